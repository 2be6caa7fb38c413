//! The log: what is appended is there, once, in order, and whole or not at all.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use fairlead::shell::log_store::{Durability, LogStore, Record};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{fresh, numbered, record, stamps, stored_stamps, unique};

#[wasm_bindgen_test]
async fn records_come_back_as_they_went() {
    let name = unique("round-trip");
    let (store, opened) = LogStore::open_named(&name).await.unwrap();
    assert!(opened.fresh && !opened.data_loss);
    let mut sent = vec![
        record("a", &["deal:1", "contact:2"]),
        record("b", &[]),
        Record {
            part: 7,
            ..record("b", &["deal:3"])
        },
    ];
    let appended = store.append(&sent, Durability::Strict).await.unwrap();
    for (record, seq) in sent.iter_mut().zip(&appended.seqs) {
        record.seq = seq.unwrap();
    }
    drop(store);

    let (store, opened) = LogStore::open_named(&name).await.unwrap();
    assert!(!opened.fresh);
    assert_eq!(store.read_since(0, 100).await.unwrap(), sent);
    assert_eq!(appended.last_seq(), Some(sent[2].seq));
    assert_eq!(store.last_seq().await.unwrap(), sent[2].seq);
}

#[wasm_bindgen_test]
async fn an_empty_log_has_nothing_and_seq_zero() {
    let store = fresh("empty").await;
    assert_eq!(store.count().await.unwrap(), 0);
    assert_eq!(store.last_seq().await.unwrap(), 0);
    assert!(store.read_since(0, 10).await.unwrap().is_empty());
    assert!(store.stream(0).next().await.unwrap().is_none());
    assert!(!store.has("a").await.unwrap());
    let nothing = store.append(&[], Durability::Relaxed).await.unwrap();
    assert_eq!(nothing.last_seq(), None);
}

#[wasm_bindgen_test]
async fn order_is_that_of_arrival_not_of_stamps() {
    let store = fresh("order").await;
    for stamp in ["m", "z", "a"] {
        let one = [record(stamp, &[])];
        store.append(&one, Durability::Relaxed).await.unwrap();
    }
    let all = store.read_since(0, 10).await.unwrap();
    assert_eq!(stamps(&all), ["m", "z", "a"]);
    assert!(all.is_sorted_by_key(|r| r.seq));
    let tail = store.read_since(all[0].seq, 1).await.unwrap();
    assert_eq!(stamps(&tail), ["z"]);
}

#[wasm_bindgen_test]
async fn a_big_append_is_streamed_back_in_pages() {
    let store = fresh("stream").await;
    let sent = numbered(1_234);
    let appended = store.append(&sent, Durability::Relaxed).await.unwrap();
    assert_eq!(appended.added(), 1_234);
    let mut pages = store.stream(0);
    let mut sizes = Vec::new();
    let mut all = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        sizes.push(page.len());
        all.extend(page);
    }
    // Small ones come many at a time once it is known how small they are.
    assert_eq!(sizes, [20, 500, 500, 214]);
    assert_eq!(stamps(&all), stamps(&sent));

    let mut told = Vec::new();
    let json = store.read_all_json(|done, total| told.push((done, total)));
    let json = json.await.unwrap();
    assert!(json.iter().eq(sent.iter().map(|r| &r.json)));
    let steps = [20, 520, 1_020, 1_234].map(|done| (done, 1_234));
    assert_eq!(told, steps);
}

#[wasm_bindgen_test]
async fn known_records_are_left_out_and_new_ones_stored() {
    let store = fresh("duplicates").await;
    let first = [record("a", &["deal:1"]), record("b", &[])];
    store.append(&first, Durability::Relaxed).await.unwrap();
    let other_part = Record {
        part: 1,
        ..record("a", &[])
    };
    let mixed = [
        record("c", &[]),
        record("a", &["deal:9"]),
        other_part,
        record("d", &[]),
        record("c", &[]),
    ];
    let appended = store.append(&mixed, Durability::Relaxed).await.unwrap();
    let kept: Vec<bool> = appended.seqs.iter().map(Option::is_some).collect();
    assert_eq!(kept, [true, false, true, true, false]);
    assert_eq!(stored_stamps(&store).await, ["a", "b", "c", "a", "d"]);
    assert!(store.read_entity("deal:9").await.unwrap().is_empty());
    let known = store.append(&first, Durability::Relaxed).await.unwrap();
    assert_eq!(known.seqs, [None, None]);
}

#[wasm_bindgen_test]
async fn known_records_are_left_out_across_slices() {
    let store = fresh("duplicates-sliced").await;
    let sent = numbered(1_200);
    let some: Vec<Record> = sent.iter().step_by(100).cloned().collect();
    store.append(&some, Durability::Relaxed).await.unwrap();
    let appended = store.append(&sent, Durability::Relaxed).await.unwrap();
    assert_eq!(appended.added(), 1_200 - some.len());
    assert_eq!(store.count().await.unwrap(), 1_200);
}

#[wasm_bindgen_test]
async fn records_are_found_by_entity_and_stamp() {
    let store = fresh("entity").await;
    let sent = [
        record("3", &["deal:1", "contact:1"]),
        record("2", &["deal:2"]),
        record("1", &["contact:1", "deal:1"]),
        Record {
            part: 4,
            ..record("0", &["deal:10"])
        },
    ];
    store.append(&sent, Durability::Relaxed).await.unwrap();
    let of_deal = store.read_entity("deal:1").await.unwrap();
    assert_eq!(stamps(&of_deal), ["3", "1"]);
    assert!(store.read_entity("deal:").await.unwrap().is_empty());
    assert!(store.has("0").await.unwrap());
    assert!(!store.has("00").await.unwrap());
}

/// Lets a future start its work and gives it up.
fn start_and_drop(work: impl Future) {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    assert!(matches!(work.as_mut().poll(&mut context), Poll::Pending));
}

#[wasm_bindgen_test]
async fn an_abandoned_append_leaves_nothing() {
    let store = fresh("abandoned").await;
    let before = [record("before", &[])];
    store.append(&before, Durability::Relaxed).await.unwrap();
    // More than one slice, so that the first is issued and the next is not.
    start_and_drop(store.append(&numbered(1_200), Durability::Relaxed));
    assert_eq!(stored_stamps(&store).await, ["before"]);
    let after = [record("after", &[])];
    store.append(&after, Durability::Relaxed).await.unwrap();
    assert_eq!(stored_stamps(&store).await, ["before", "after"]);
}

#[wasm_bindgen_test]
async fn a_restore_replaces_the_log_and_goes_on_counting() {
    let store = fresh("replace").await;
    store
        .append(&numbered(3), Durability::Relaxed)
        .await
        .unwrap();
    store
        .put_snapshot("old", &[("x".into(), vec![1])], &[])
        .await
        .unwrap();
    store.put_meta("node", "7").await.unwrap();
    let last = store.last_seq().await.unwrap();
    let mut told = Vec::new();
    let restored = [record("x", &["deal:5"]), record("y", &[]), record("x", &[])];
    let replaced = store.replace_all(&restored, |done, total| told.push((done, total)));
    replaced.await.unwrap();
    assert_eq!(told, [(3, 3)]);
    let all = store.read_since(0, 10).await.unwrap();
    assert_eq!(stamps(&all), ["x", "y"]);
    assert!(all[0].seq > last, "another tab would take it for known");
    assert!(store.read_entity("deal:1").await.unwrap().is_empty());
    assert_eq!(
        store.get_snapshot().await.unwrap(),
        fairlead::shell::snapshot::SnapshotRead::Absent
    );
    assert_eq!(store.get_meta("node").await.unwrap().as_deref(), Some("7"));
}

#[wasm_bindgen_test]
async fn an_abandoned_restore_leaves_the_old_log() {
    let store = fresh("replace-abandoned").await;
    let before = [record("before", &["deal:1"])];
    store.append(&before, Durability::Relaxed).await.unwrap();
    start_and_drop(store.replace_all(&numbered(1_200), |_, _| ()));
    assert_eq!(stored_stamps(&store).await, ["before"]);
}

#[wasm_bindgen_test]
async fn clearing_removes_everything() {
    let store = fresh("clear").await;
    store
        .append(&numbered(3), Durability::Relaxed)
        .await
        .unwrap();
    store
        .put_snapshot("m", &[("x".into(), vec![1])], &[])
        .await
        .unwrap();
    store.put_meta("node", "7").await.unwrap();
    let last = store.last_seq().await.unwrap();
    store.clear_all().await.unwrap();
    assert_eq!(store.count().await.unwrap(), 0);
    assert_eq!(store.get_meta("node").await.unwrap(), None);
    assert_eq!(
        store.get_snapshot().await.unwrap(),
        fairlead::shell::snapshot::SnapshotRead::Absent
    );
    let one = [record("a", &[])];
    let appended = store.append(&one, Durability::Relaxed).await.unwrap();
    assert!(appended.last_seq().unwrap() > last);
}

#[wasm_bindgen_test]
async fn meta_keeps_the_latest_value() {
    let store = fresh("meta").await;
    assert_eq!(store.get_meta("node").await.unwrap(), None);
    store.put_meta("node", "1").await.unwrap();
    store.put_meta("node", "2").await.unwrap();
    assert_eq!(store.get_meta("node").await.unwrap().as_deref(), Some("2"));
}
