//! Several connections to one database, upgrades and what stands in their way.

use fairlead::shell::clock::sleep;
use fairlead::shell::error::StoreError;
use fairlead::shell::idb::{self, Lost};
use fairlead::shell::log_store::{Durability, LogStore, SCHEMA};
use fairlead::shell::tx::done;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DomException, IdbDatabase};

use super::{Heard, fresh, numbered, record, stored_stamps, unique};

fn no_upgrade(_: &IdbDatabase, _: u32) -> Result<(), JsValue> {
    Ok(())
}

fn add_store(db: &IdbDatabase, _: u32) -> Result<(), JsValue> {
    db.create_object_store("later").map(drop)
}

fn refuse(db: &IdbDatabase, _: u32) -> Result<(), JsValue> {
    db.create_object_store("half-made")?;
    // A second store of the same name is refused by the browser.
    db.create_object_store("half-made").map(drop)
}

/// A page that does not react to upgrades, as one that hangs.
async fn deaf_connection(name: &str) -> IdbDatabase {
    let factory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    let request = factory.open(name).unwrap();
    let opened = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(opened).await.unwrap();
    request.result().unwrap().unchecked_into()
}

#[wasm_bindgen_test]
async fn two_connections_share_one_log() {
    let name = unique("two");
    let (one, _) = LogStore::open_named(&name).await.unwrap();
    let (two, opened) = LogStore::open_named(&name).await.unwrap();
    assert!(!opened.fresh);
    let a = [record("a", &[])];
    let b = [record("b", &[])];
    // Both under way at the same time: the browser orders the transactions as they were made.
    let (first, second) = (spawn(one.clone(), a), spawn(two.clone(), b));
    JsFuture::from(first).await.unwrap();
    JsFuture::from(second).await.unwrap();
    assert_eq!(stored_stamps(&one).await, ["a", "b"]);
    assert_eq!(stored_stamps(&two).await, ["a", "b"]);
    let again = two.append(&[record("a", &[])], Durability::Relaxed).await;
    assert_eq!(again.unwrap().seqs, [None]);
}

fn spawn(store: LogStore, records: [fairlead::shell::log_store::Record; 1]) -> Promise {
    wasm_bindgen_futures::future_to_promise(async move {
        store.append(&records, Durability::Relaxed).await.unwrap();
        Ok(JsValue::UNDEFINED)
    })
}

#[wasm_bindgen_test]
async fn an_older_page_lets_a_newer_one_upgrade_and_says_so() {
    let name = unique("upgrade");
    let (old, _) = LogStore::open_named(&name).await.unwrap();
    let before = [record("a", &[])];
    old.append(&before, Durability::Relaxed).await.unwrap();
    let lost = Heard::new();
    old.on_lost(lost.listener());

    let (newer, opened) = idb::open(&name, SCHEMA + 1, add_store).await.unwrap();
    assert!(!opened.fresh);
    assert_eq!(lost.all(), [Lost::NewerVersion]);
    let refused = old.append(&[record("b", &[])], Durability::Relaxed).await;
    assert_eq!(refused, Err(StoreError::Closed));
    assert_eq!(old.count().await, Err(StoreError::Closed));
    let reopened = LogStore::open_named(&name).await.map(|_| ());
    assert_eq!(reopened, Err(StoreError::Version));

    let late = Heard::new();
    old.on_lost(late.listener());
    assert_eq!(
        late.all(),
        [Lost::NewerVersion],
        "told although it was late"
    );
    newer.close();
}

#[wasm_bindgen_test]
async fn a_write_under_way_is_finished_before_an_upgrade() {
    let name = unique("upgrade-busy");
    let (old, _) = LogStore::open_named(&name).await.unwrap();
    let writing = Heard::new();
    let tell = writing.listener();
    let busy = old.clone();
    wasm_bindgen_futures::spawn_local(async move {
        tell(busy.append(&numbered(1_200), Durability::Strict).await);
    });
    let (newer, _) = idb::open(&name, SCHEMA + 1, add_store).await.unwrap();
    let appended = writing.until(|_| true).await.unwrap();
    assert_eq!(appended.added(), 1_200);
    let count = newer.read("changes").unwrap().count().unwrap();
    assert_eq!(done(count).await.unwrap().as_f64(), Some(1_200.0));
}

#[wasm_bindgen_test]
async fn a_page_that_lets_go_after_a_moment_does_not_block() {
    let name = unique("upgrade-slow");
    drop(LogStore::open_named(&name).await.unwrap());
    let slow = deaf_connection(&name).await;
    let closing = slow.clone();
    let let_go = Closure::once_into_js(move || {
        // The moment is the subject of this test: the browser reports `blocked` during it.
        wasm_bindgen_futures::spawn_local(async move {
            sleep(100).await;
            closing.close();
        });
    });
    slow.set_onversionchange(Some(let_go.unchecked_ref()));
    let (_, opened) = idb::open(&name, SCHEMA + 1, add_store).await.unwrap();
    assert!(!opened.fresh);
}

#[wasm_bindgen_test]
async fn a_deleted_database_is_reported() {
    let name = unique("deleted");
    let (store, _) = LogStore::open_named(&name).await.unwrap();
    let lost = Heard::new();
    store.on_lost(lost.listener());
    idb::delete(&name).await.unwrap();
    assert_eq!(lost.all(), [Lost::Deleted]);
    let (_, opened) = LogStore::open_named(&name).await.unwrap();
    assert!(opened.fresh);
}

#[wasm_bindgen_test]
async fn an_upgrade_behind_a_deaf_page_is_blocked_and_works_later() {
    let name = unique("blocked");
    let (store, _) = LogStore::open_named(&name).await.unwrap();
    let before = [record("a", &[])];
    store.append(&before, Durability::Relaxed).await.unwrap();
    drop(store);
    let deaf = deaf_connection(&name).await;

    let blocked = idb::open(&name, SCHEMA + 1, add_store).await.map(|_| ());
    assert_eq!(blocked, Err(StoreError::Blocked));
    deaf.close();
    // The first request is answered now, with nobody waiting. Its upgrade must be whole, and
    // its connection must not stand in the way of the next upgrade.
    let (again, _) = idb::open(&name, SCHEMA + 1, no_upgrade).await.unwrap();
    again.read("later").unwrap();
    again.read("changes").unwrap();
    drop(again);
    let (_, opened) = idb::open(&name, SCHEMA + 2, no_upgrade).await.unwrap();
    assert!(!opened.fresh);
}

#[wasm_bindgen_test]
async fn a_failed_upgrade_leaves_no_database() {
    let name = unique("upgrade-fails");
    let failed = idb::open(&name, 1, refuse).await.map(|_| ());
    let Err(StoreError::Other { name: kind, .. }) = failed else {
        panic!("{failed:?}");
    };
    assert_eq!(kind, "ConstraintError");
    let (store, opened) = LogStore::open_named(&name).await.unwrap();
    assert!(opened.fresh);
    assert_eq!(store.count().await.unwrap(), 0);
}

#[wasm_bindgen_test]
async fn a_transaction_that_is_dropped_is_rolled_back() {
    let name = unique("rollback");
    let (store, _) = LogStore::open_named(&name).await.unwrap();
    let (raw, _) = idb::open(&name, SCHEMA, no_upgrade).await.unwrap();
    let tx = raw.write(&["meta"], Durability::Relaxed).unwrap();
    let meta = tx.store("meta").unwrap();
    meta.put_with_key(&"1".into(), &"kept".into()).unwrap();
    drop(tx);
    assert_eq!(store.get_meta("kept").await.unwrap(), None);

    let tx = raw.write(&["meta"], Durability::Strict).unwrap();
    let meta = tx.store("meta").unwrap();
    meta.put_with_key(&"1".into(), &"kept".into()).unwrap();
    // The same key again: `add` fails, and takes the put with it.
    meta.add_with_key(&"2".into(), &"kept".into()).unwrap();
    let Err(StoreError::Other { name: kind, .. }) = tx.commit().await else {
        panic!("the transaction must fail");
    };
    assert_eq!(kind, "ConstraintError");
    assert_eq!(store.get_meta("kept").await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_closed_store_says_so() {
    let store = fresh("closed").await;
    store.close();
    let refused = store.append(&[record("a", &[])], Durability::Relaxed).await;
    assert_eq!(refused, Err(StoreError::Closed));
}

#[wasm_bindgen_test]
fn the_browsers_errors_get_stable_codes() {
    let code = |name| {
        let thrown = DomException::new_with_message_and_name("why", name).unwrap();
        StoreError::from_js(&thrown).code()
    };
    let codes = [
        "QuotaExceededError",
        "AbortError",
        "VersionError",
        "InvalidStateError",
        "SecurityError",
        "NotReadableError",
        "DataCloneError",
    ]
    .map(code);
    assert_eq!(
        codes,
        [
            "quota",
            "aborted",
            "version",
            "closed",
            "unavailable",
            "corrupt",
            "other"
        ]
    );
    let text = StoreError::from_js(&js_sys::TypeError::new("no such thing")).to_string();
    assert_eq!(text, "The browser reported TypeError: no such thing");
}
