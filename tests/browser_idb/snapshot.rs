//! The snapshot: whole, or dropped and said to be damaged.

use fairlead::shell::checksum::xxh64;
use fairlead::shell::idb;
use fairlead::shell::log_store::{Durability, LogStore, SCHEMA};
use fairlead::shell::snapshot::SnapshotRead;
use fairlead::shell::tx::done;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{numbered, unique};

fn chunk(key: &str, byte: u8, length: usize) -> (String, Vec<u8>) {
    (key.to_owned(), vec![byte; length])
}

fn found(manifest: &str, chunks: Vec<(String, Vec<u8>)>) -> SnapshotRead {
    SnapshotRead::Found {
        manifest: manifest.to_owned(),
        chunks,
    }
}

/// Changes what is stored under `key` behind the store's back.
async fn tamper(name: &str, store: &str, key: &str, change: impl Fn(&JsValue)) {
    let (db, _) = idb::open(name, SCHEMA, |_, _| Ok(())).await.unwrap();
    let key = JsValue::from_str(key);
    let value = db.read(store).unwrap().get(&key).unwrap();
    let value = done(value).await.unwrap();
    change(&value);
    let tx = db.write(&[store], Durability::Relaxed).unwrap();
    let target = tx.store(store).unwrap();
    target.put_with_key(&value, &key).unwrap();
    tx.commit().await.unwrap();
}

fn flip_first_byte(sealed: &JsValue) {
    let bytes = Reflect::get(sealed, &"bytes".into()).unwrap();
    let bytes: Uint8Array = bytes.unchecked_into();
    bytes.set_index(0, bytes.get_index(0) ^ 1);
}

#[wasm_bindgen_test]
async fn chunks_are_replaced_and_dropped_with_the_manifest() {
    let (store, _) = LogStore::open_named(&unique("snapshot")).await.unwrap();
    assert_eq!(store.get_snapshot().await.unwrap(), SnapshotRead::Absent);
    // Nine megabytes: more than one slice.
    let first = [
        chunk("a", 1, 3 << 20),
        chunk("b", 2, 3 << 20),
        chunk("c", 3, 3 << 20),
        chunk("d", 4, 0),
    ];
    store.put_snapshot("one", &first, &[]).await.unwrap();
    assert!(store.get_snapshot().await.unwrap() == found("one", first.to_vec()));

    let dirty = [chunk("b", 9, 5), chunk("e", 8, 1)];
    let gone = ["a".to_owned(), "c".to_owned(), "never-there".to_owned()];
    store.put_snapshot("two ü", &dirty, &gone).await.unwrap();
    let expected = vec![dirty[0].clone(), first[3].clone(), dirty[1].clone()];
    assert_eq!(
        store.get_snapshot().await.unwrap(),
        found("two ü", expected)
    );
    store.drop_snapshot().await.unwrap();
    assert_eq!(store.get_snapshot().await.unwrap(), SnapshotRead::Absent);
}

#[wasm_bindgen_test]
async fn a_flipped_bit_is_noticed_and_the_log_stays() {
    let name = unique("snapshot-bit");
    let (store, _) = LogStore::open_named(&name).await.unwrap();
    store
        .append(&numbered(2), Durability::Relaxed)
        .await
        .unwrap();
    let chunks = [chunk("a", 1, 40), chunk("b", 2, 40)];
    store.put_snapshot("m", &chunks, &[]).await.unwrap();
    tamper(&name, "chunks", "b", flip_first_byte).await;
    assert_eq!(
        store.get_snapshot().await.unwrap(),
        SnapshotRead::Damaged("chunk b does not match its checksum".to_owned())
    );
    assert_eq!(store.get_snapshot().await.unwrap(), SnapshotRead::Absent);
    assert_eq!(store.count().await.unwrap(), 2);
    store.put_snapshot("m", &chunks[..1], &[]).await.unwrap();
    let expected = found("m", chunks[..1].to_vec());
    assert_eq!(store.get_snapshot().await.unwrap(), expected);
}

#[wasm_bindgen_test]
async fn a_damaged_manifest_is_noticed() {
    let name = unique("snapshot-manifest");
    let (store, _) = LogStore::open_named(&name).await.unwrap();
    let chunks = [chunk("a", 1, 40)];
    store.put_snapshot("m", &chunks, &[]).await.unwrap();
    tamper(&name, "meta", "#snapshot", flip_first_byte).await;
    assert_eq!(
        store.get_snapshot().await.unwrap(),
        SnapshotRead::Damaged("the manifest does not match its checksum".to_owned())
    );
}

#[wasm_bindgen_test]
async fn a_missing_or_misshapen_chunk_is_noticed() {
    let name = unique("snapshot-missing");
    let (store, _) = LogStore::open_named(&name).await.unwrap();
    let chunks = [chunk("a", 1, 40), chunk("b", 2, 40)];
    store.put_snapshot("m", &chunks, &[]).await.unwrap();
    let (db, _) = idb::open(&name, SCHEMA, |_, _| Ok(())).await.unwrap();
    let tx = db.write(&["chunks"], Durability::Relaxed).unwrap();
    tx.store("chunks").unwrap().delete(&"a".into()).unwrap();
    tx.commit().await.unwrap();
    let read = store.get_snapshot().await.unwrap();
    let expected = "1 chunks, not as many as written".to_owned();
    assert_eq!(read, SnapshotRead::Damaged(expected));

    store.put_snapshot("m", &chunks, &[]).await.unwrap();
    tamper(&name, "chunks", "a", |sealed| {
        Reflect::set(sealed, &"bytes".into(), &JsValue::NULL).unwrap();
    })
    .await;
    let read = store.get_snapshot().await.unwrap();
    let expected = "chunk a does not match its checksum".to_owned();
    assert_eq!(read, SnapshotRead::Damaged(expected));
}

/// Vectors of the reference implementation, `xxhsum -H1`.
#[wasm_bindgen_test]
fn the_checksum_is_xxh64() {
    assert_eq!(xxh64(b""), 0xEF46_DB37_51D8_E999);
    assert_eq!(xxh64(b"a"), 0xD24E_C4F1_A98C_6E5B);
    assert_eq!(xxh64(b"abc"), 0x44BC_2CF5_AD77_0999);
    assert_eq!(
        xxh64(b"Nobody inspects the spammish repetition"),
        0xFBCE_A83C_8A37_8BF1
    );
}
