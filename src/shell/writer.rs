//! The queue between the session and the disk. What is pushed is in memory until the browser
//! has committed it: written in order, one transaction per user action, tried again with growing
//! pauses, never reordered and never dropped.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::clock::sleep;
use super::error::StoreError;
use super::log_store::{Appended, Durability, LogStore, Record};

/// Where records go. A trait, so that a test can put a failing disk under the queue.
pub trait Sink: Clone + 'static {
    /// Stores all records or none; see [`LogStore::append`].
    fn append(
        &self,
        records: &[Record],
        durability: Durability,
    ) -> impl Future<Output = Result<Appended, StoreError>>;
}

impl Sink for LogStore {
    async fn append(
        &self,
        records: &[Record],
        durability: Durability,
    ) -> Result<Appended, StoreError> {
        LogStore::append(self, records, durability).await
    }
}

/// The page's disk: the log, or the reason why there is none.
#[derive(Clone)]
pub enum Target {
    /// The open log.
    Store(LogStore),
    /// The log could not be opened: everything stays in memory and the queue says so.
    Nowhere(StoreError),
}

impl Sink for Target {
    async fn append(
        &self,
        records: &[Record],
        durability: Durability,
    ) -> Result<Appended, StoreError> {
        match self {
            Self::Store(store) => store.append(records, durability).await,
            Self::Nowhere(error) => Err(error.clone()),
        }
    }
}

/// What the page says about its unsaved changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteState {
    /// Everything is on disk.
    Idle,
    /// A write is under way.
    Saving,
    /// The last try failed; the changes are kept, and tried again.
    Failed {
        /// A sentence for people.
        error: String,
        /// [`StoreError::code`].
        code: &'static str,
        /// How many user actions are not on disk yet.
        waiting: usize,
    },
}

/// Pauses before the next try, in ms; the last one repeats.
const DELAYS_MS: &[i32] = &[1_000, 2_000, 5_000, 10_000, 30_000];

struct Batch {
    records: Vec<Record>,
    durability: Durability,
}

type OnWritten = Box<dyn Fn(&[Record], &Appended)>;

struct Inner<S> {
    sink: RefCell<S>,
    delays_ms: &'static [i32],
    queue: RefCell<VecDeque<Rc<Batch>>>,
    state: RefCell<WriteState>,
    /// Why the last try failed; `None` after a success.
    failure: RefCell<Option<StoreError>>,
    failures: Cell<usize>,
    running: Cell<bool>,
    stopped: Cell<bool>,
    /// Ends the pause before the next try.
    wake: RefCell<Option<Function>>,
    /// Those who wait for the queue to be empty, or to fail.
    flushers: RefCell<Vec<Function>>,
    on_state: Box<dyn Fn(WriteState)>,
    on_written: OnWritten,
}

/// The queue; clones share it.
pub struct Writer<S: Sink> {
    inner: Rc<Inner<S>>,
}

impl<S: Sink> Clone for Writer<S> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
        }
    }
}

impl<S: Sink> Writer<S> {
    /// A queue in front of `sink`. `on_state` hears each change of state; `on_written` hears of
    /// each user action once it is on disk.
    pub fn new(
        sink: S,
        on_state: impl Fn(WriteState) + 'static,
        on_written: impl Fn(&[Record], &Appended) + 'static,
    ) -> Self {
        Self::with_delays(sink, DELAYS_MS, on_state, on_written)
    }

    /// As [`Self::new`] with other pauses (ms) between tries; the last one repeats.
    pub fn with_delays(
        sink: S,
        delays_ms: &'static [i32],
        on_state: impl Fn(WriteState) + 'static,
        on_written: impl Fn(&[Record], &Appended) + 'static,
    ) -> Self {
        Self {
            inner: Rc::new(Inner {
                sink: RefCell::new(sink),
                delays_ms,
                queue: RefCell::default(),
                state: RefCell::new(WriteState::Idle),
                failure: RefCell::default(),
                failures: Cell::new(0),
                running: Cell::new(false),
                stopped: Cell::new(false),
                wake: RefCell::default(),
                flushers: RefCell::default(),
                on_state: Box::new(on_state),
                on_written: Box::new(on_written),
            }),
        }
    }

    /// Queues the records of one user action; writing starts before the page paints again.
    pub fn push(&self, records: Vec<Record>, durability: Durability) {
        if records.is_empty() {
            return;
        }
        let batch = Rc::new(Batch {
            records,
            durability,
        });
        self.inner.queue.borrow_mut().push_back(batch);
        self.inner.report_failure();
        self.start();
    }

    /// Tries at once instead of at the end of the pause.
    pub fn retry_now(&self) {
        self.inner.wake();
    }

    /// Writes to another place from now on, starting with what waits.
    pub fn set_sink(&self, sink: S) {
        *self.inner.sink.borrow_mut() = sink;
        self.inner.wake();
    }

    /// Writes nothing more: this page is older than the data. What waits is kept for an export.
    pub fn stop(&self) {
        self.inner.stopped.set(true);
        *self.inner.failure.borrow_mut() = Some(StoreError::Version);
        self.inner.report_failure();
        self.inner.release_flushers();
        self.inner.wake();
    }

    /// The state last reported.
    pub fn state(&self) -> WriteState {
        self.inner.state.borrow().clone()
    }

    /// How many user actions are not on disk.
    pub fn waiting(&self) -> usize {
        self.inner.queue.borrow().len()
    }

    /// The records of one change that are not on disk, in order.
    pub fn pending_of(&self, stamp: &str) -> Vec<Record> {
        let queue = self.inner.queue.borrow();
        let records = queue.iter().flat_map(|batch| &batch.records);
        records.filter(|r| r.stamp == stamp).cloned().collect()
    }

    /// The records that are not on disk, in order.
    pub fn pending(&self) -> Vec<Record> {
        let queue = self.inner.queue.borrow();
        queue
            .iter()
            .flat_map(|batch| batch.records.iter().cloned())
            .collect()
    }

    /// Waits until everything is on disk.
    ///
    /// # Errors
    /// The failure that keeps it from getting there, as soon as there is one. The queue goes on
    /// trying all the same.
    pub async fn flush(&self) -> Result<(), StoreError> {
        let failure = self.inner.failure.borrow().clone();
        match failure {
            _ if self.waiting() == 0 => return Ok(()),
            Some(failure) => return Err(failure),
            None => {}
        }
        let promise = Promise::new(&mut |resolve, _| {
            self.inner.flushers.borrow_mut().push(resolve);
        });
        JsFuture::from(promise).await?;
        let failure = self.inner.failure.borrow().clone();
        failure.map_or(Ok(()), Err)
    }

    fn start(&self) {
        if !self.inner.running.replace(true) {
            spawn_local(self.inner.clone().run());
        }
    }
}

impl<S: Sink> Inner<S> {
    async fn run(self: Rc<Self>) {
        while !self.stopped.get() {
            // Cloned out: nothing stays borrowed while the disk works and others push.
            let Some(batch) = self.queue.borrow().front().cloned() else {
                break;
            };
            if self.failures.get() == 0 {
                self.set_state(WriteState::Saving);
            }
            let sink = self.sink.borrow().clone();
            match sink.append(&batch.records, batch.durability).await {
                Ok(appended) => {
                    self.failures.set(0);
                    if !self.stopped.get() {
                        *self.failure.borrow_mut() = None;
                    }
                    self.queue.borrow_mut().pop_front();
                    (self.on_written)(&batch.records, &appended);
                }
                Err(error) => self.fail(error).await,
            }
        }
        self.running.set(false);
        if self.queue.borrow().is_empty() {
            self.set_state(WriteState::Idle);
        }
        self.report_failure();
        self.release_flushers();
    }

    /// Reports a failed try and waits for the next one.
    async fn fail(&self, error: StoreError) {
        if self.stopped.get() {
            return;
        }
        *self.failure.borrow_mut() = Some(error);
        let pause = self.delays_ms.get(self.failures.get());
        let pause = pause.or(self.delays_ms.last()).copied().unwrap_or_default();
        self.failures.set(self.failures.get() + 1);
        // Set before anyone hears of the failure: the listener may ask for a retry at once.
        let woken = Promise::new(&mut |resolve, _| {
            *self.wake.borrow_mut() = Some(resolve);
        });
        self.report_failure();
        self.release_flushers();
        let timer = wasm_bindgen_futures::future_to_promise(async move {
            sleep(pause).await;
            Ok(JsValue::UNDEFINED)
        });
        let first = Promise::race(&js_sys::Array::of2(&woken, &timer));
        // Neither of the two is ever rejected.
        let _ = JsFuture::from(first).await;
        *self.wake.borrow_mut() = None;
    }

    fn wake(&self) {
        let wake = self.wake.borrow_mut().take();
        if let Some(wake) = wake {
            // Resolving a promise does not throw.
            let _ = wake.call0(&JsValue::NULL);
        }
    }

    fn release_flushers(&self) {
        for resolve in self.flushers.take() {
            // Resolving a promise does not throw.
            let _ = resolve.call0(&JsValue::NULL);
        }
    }

    /// While the disk fails, every new action changes the number that waits.
    fn report_failure(&self) {
        let failure = self.failure.borrow().clone();
        let waiting = self.queue.borrow().len();
        if let (Some(error), true) = (failure, waiting > 0) {
            self.set_state(WriteState::Failed {
                error: error.to_string(),
                code: error.code(),
                waiting,
            });
        }
    }

    fn set_state(&self, state: WriteState) {
        let changed = self.state.replace(state.clone()) != state;
        if changed {
            (self.on_state)(state);
        }
    }
}
