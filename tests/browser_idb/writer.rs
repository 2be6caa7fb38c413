//! The queue: nothing is lost, doubled or reordered while the disk fails.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use fairlead::shell::error::StoreError;
use fairlead::shell::log_store::{Appended, Durability, LogStore, Record};
use fairlead::shell::writer::{Sink, Target, WriteState, Writer};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Heard, fresh, numbered, record, stamps, stored_stamps};

/// No test waits this long: a retry within it was asked for.
const NEVER: &[i32] = &[3_600_000];
const AT_ONCE: &[i32] = &[0];

/// A disk that is full for the next `failing` writes.
#[derive(Clone)]
struct Flaky {
    store: LogStore,
    failing: Rc<Cell<u32>>,
    tries: Rc<RefCell<Vec<String>>>,
}

impl Flaky {
    async fn new(purpose: &str, failing: u32) -> Self {
        Self {
            store: fresh(purpose).await,
            failing: Rc::new(Cell::new(failing)),
            tries: Rc::default(),
        }
    }
}

impl Sink for Flaky {
    async fn append(&self, records: &[Record], d: Durability) -> Result<Appended, StoreError> {
        self.tries.borrow_mut().push(records[0].stamp.clone());
        match self.failing.get() {
            0 => self.store.append(records, d).await,
            left => {
                self.failing.set(left - 1);
                Err(StoreError::Quota)
            }
        }
    }
}

fn failed(waiting: usize) -> WriteState {
    WriteState::Failed {
        error: StoreError::Quota.to_string(),
        code: "quota",
        waiting,
    }
}

fn push(writer: &Writer<impl Sink>, stamp: &str) {
    writer.push(vec![record(stamp, &["deal:1"])], Durability::Relaxed);
}

#[wasm_bindgen_test]
async fn actions_are_written_in_order_and_reported() {
    let store = fresh("writer").await;
    let states = Heard::new();
    let written = Heard::new();
    let tell = written.listener();
    let writer = Writer::new(store.clone(), states.listener(), move |records, done| {
        tell((records[0].stamp.clone(), done.seqs.clone()));
    });
    assert_eq!(writer.flush().await, Ok(()));
    writer.push(Vec::new(), Durability::Relaxed);
    assert_eq!(writer.waiting(), 0);
    for stamp in ["c", "a", "b"] {
        push(&writer, stamp);
    }
    assert_eq!(writer.waiting(), 3);
    writer.flush().await.unwrap();
    assert_eq!(stored_stamps(&store).await, ["c", "a", "b"]);
    assert_eq!(states.all(), [WriteState::Saving, WriteState::Idle]);
    let expected = [("c", 1), ("a", 2), ("b", 3)].map(|(s, n)| (s.to_owned(), vec![Some(n)]));
    assert_eq!(written.all(), expected);
    assert!(writer.pending().is_empty());
}

#[wasm_bindgen_test]
async fn a_full_disk_keeps_all_and_tries_again_in_order() {
    let disk = Flaky::new("writer-retry", 3).await;
    let states = Heard::new();
    let writer = Writer::with_delays(disk.clone(), AT_ONCE, states.listener(), |_, _| ());
    for stamp in ["c", "a", "b"] {
        push(&writer, stamp);
    }
    assert_eq!(writer.flush().await, Err(StoreError::Quota));
    assert_eq!(stamps(&writer.pending()), ["c", "a", "b"]);
    states.until(|state| *state == WriteState::Idle).await;
    assert_eq!(*disk.tries.borrow(), ["c", "c", "c", "c", "a", "b"]);
    assert_eq!(stored_stamps(&disk.store).await, ["c", "a", "b"]);
    let expected = [
        WriteState::Saving,
        failed(3),
        WriteState::Saving,
        WriteState::Idle,
    ];
    assert_eq!(states.all(), expected);
    assert_eq!(writer.flush().await, Ok(()));
}

#[wasm_bindgen_test]
async fn a_retry_on_demand_does_not_wait_for_the_pause() {
    let disk = Flaky::new("writer-demand", 1).await;
    let states = Heard::new();
    let writer = Writer::with_delays(disk.clone(), NEVER, states.listener(), |_, _| ());
    push(&writer, "a");
    states.until(|state| *state == failed(1)).await;
    push(&writer, "b");
    assert_eq!(writer.state(), failed(2), "told at once how many wait");
    assert_eq!(writer.flush().await, Err(StoreError::Quota));
    assert_eq!(disk.store.count().await.unwrap(), 0);
    writer.retry_now();
    states.until(|state| *state == WriteState::Idle).await;
    assert_eq!(stored_stamps(&disk.store).await, ["a", "b"]);
}

#[wasm_bindgen_test]
async fn a_failure_in_the_middle_keeps_the_rest_behind_it() {
    let disk = Flaky::new("writer-middle", 0).await;
    let states = Heard::new();
    let fail_next = disk.failing.clone();
    let writer = Writer::with_delays(disk.clone(), NEVER, states.listener(), move |records, _| {
        if records[0].stamp == "a" {
            fail_next.set(1);
        }
    });
    for stamp in ["a", "b", "c"] {
        push(&writer, stamp);
    }
    states.until(|state| *state == failed(2)).await;
    assert_eq!(stored_stamps(&disk.store).await, ["a"]);
    assert_eq!(stamps(&writer.pending()), ["b", "c"]);
    writer.retry_now();
    states.until(|state| *state == WriteState::Idle).await;
    assert_eq!(stored_stamps(&disk.store).await, ["a", "b", "c"]);
}

#[wasm_bindgen_test]
async fn a_write_that_was_stored_though_it_seemed_to_fail_is_not_doubled() {
    let disk = Flaky::new("writer-doubled", 1).await;
    let action = numbered(3);
    // As after a tab was frozen between the commit and its report.
    let stored = disk.store.append(&action, Durability::Relaxed).await;
    assert_eq!(stored.unwrap().added(), 3);
    let states = Heard::new();
    let writer = Writer::with_delays(disk.clone(), AT_ONCE, states.listener(), |_, _| ());
    writer.push(action, Durability::Relaxed);
    states.until(|state| *state == WriteState::Idle).await;
    assert_eq!(disk.store.count().await.unwrap(), 3);
}

#[wasm_bindgen_test]
async fn without_storage_everything_waits_for_a_place() {
    let states = Heard::new();
    let reason = StoreError::Unavailable("Private window.".to_owned());
    let nowhere = Target::Nowhere(reason.clone());
    let writer = Writer::with_delays(nowhere, NEVER, states.listener(), |_, _| ());
    push(&writer, "a");
    push(&writer, "b");
    assert_eq!(writer.flush().await, Err(reason));
    let told = WriteState::Failed {
        error: "Private window.".to_owned(),
        code: "unavailable",
        waiting: 2,
    };
    assert_eq!(writer.state(), told);
    let store = fresh("writer-late").await;
    writer.set_sink(Target::Store(store.clone()));
    states.until(|state| *state == WriteState::Idle).await;
    assert_eq!(stored_stamps(&store).await, ["a", "b"]);
}

#[wasm_bindgen_test]
async fn a_stopped_queue_writes_nothing_and_keeps_what_waits() {
    let disk = Flaky::new("writer-stopped", 1).await;
    let states = Heard::new();
    let writer = Writer::with_delays(disk.clone(), NEVER, states.listener(), |_, _| ());
    push(&writer, "a");
    states.until(|state| *state == failed(1)).await;
    writer.stop();
    push(&writer, "b");
    writer.retry_now();
    assert_eq!(writer.flush().await, Err(StoreError::Version));
    let told = WriteState::Failed {
        error: StoreError::Version.to_string(),
        code: "version",
        waiting: 2,
    };
    assert_eq!(writer.state(), told);
    assert_eq!(stamps(&writer.pending()), ["a", "b"]);
    assert_eq!(disk.store.count().await.unwrap(), 0);
    assert_eq!(*disk.tries.borrow(), ["a"]);
}
