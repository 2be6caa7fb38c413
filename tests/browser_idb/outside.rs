//! Everything outside of IndexedDB: localStorage, OPFS, files, the clock, randomness.

use fairlead::shell::clock;
use fairlead::shell::entropy::random_u64;
use fairlead::shell::error::StoreError;
use fairlead::shell::file::{self, Cancel, Download, FileError};
use fairlead::shell::local::{self, Sentinel};
use fairlead::shell::opfs::{self, Backups};
use js_sys::{Array, Date, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, File, HtmlAnchorElement, Response};

use super::{Heard, unique};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// 2026-02-03T12:00:00Z.
const NOON: i64 = 1_770_120_000_000;

#[wasm_bindgen_test]
fn preferences_and_sentinel_are_kept() {
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.clear().unwrap();
    assert_eq!(local::read_prefs(), Ok(None));
    assert_eq!(local::read_sentinel(), Ok(None));
    local::write_prefs(r#"{"theme":"dark"}"#).unwrap();
    let sentinel = Sentinel {
        generation: 3,
        changes: 1_000_000,
        deals: 8_800,
        saved_at: NOON,
    };
    local::write_sentinel(&sentinel).unwrap();
    assert_eq!(
        local::read_prefs().unwrap().as_deref(),
        Some(r#"{"theme":"dark"}"#)
    );
    assert_eq!(local::read_sentinel(), Ok(Some(sentinel)));

    storage.set_item("fairlead.sentinel", "{").unwrap();
    assert_eq!(local::read_sentinel().unwrap_err().code(), "corrupt");
    local::clear_sentinel().unwrap();
    assert_eq!(local::read_sentinel(), Ok(None));
    // More than any browser allows (5 MiB in Chromium).
    let huge = "x".repeat(12 << 20);
    assert_eq!(local::write_prefs(&huge), Err(StoreError::Quota));
    assert!(local::read_prefs().unwrap().is_some(), "the old ones stay");
}

#[wasm_bindgen_test]
async fn a_backup_comes_back_whole() {
    let backups = Backups::open_in(&unique("backup")).await.unwrap();
    assert!(backups.list().await.unwrap().is_empty());
    let line = "Zoë – 価格 🦀\n".to_owned();
    let text = line.repeat(40_000);
    let chunks = std::iter::repeat_n(line, 40_000);
    let backup = backups.write(NOON, "Before import", chunks).await.unwrap();
    assert_eq!(
        backup.name,
        "2026-02-03T12-00-00Z.before-import.fairlead.json"
    );
    assert_eq!(backup.bytes, text.len() as u64);
    assert_eq!((backup.at_ms, &*backup.reason), (NOON, "before-import"));
    assert_eq!(backups.list().await.unwrap(), std::slice::from_ref(&backup));
    assert!(backups.read(&backup.name).await.unwrap() == text);

    let again = backups.write(NOON, "before-import", ["new".to_owned()].into_iter());
    assert_eq!(again.await.unwrap().bytes, 3);
    assert_eq!(backups.read(&backup.name).await.unwrap(), "new");
    backups.delete(&backup.name).await.unwrap();
    assert!(backups.list().await.unwrap().is_empty());
    let gone = backups.read(&backup.name).await.unwrap_err().to_string();
    assert!(gone.contains("NotFoundError"), "{gone}");
}

#[wasm_bindgen_test]
async fn the_ring_makes_room_as_it_is_written() {
    let backups = Backups::open_in(&unique("ring")).await.unwrap();
    let noon = NOON - i64::from(clock::utc_offset_minutes(NOON)) * 60_000;
    for day in 0..9 {
        for hour in [0, 1] {
            let at = noon + day * DAY + hour * HOUR;
            let text = format!("{day}.{hour}");
            backups
                .write(at, "hourly", std::iter::once(text))
                .await
                .unwrap();
        }
    }
    let mut kept = Vec::new();
    for backup in backups.list().await.unwrap() {
        kept.push(backups.read(&backup.name).await.unwrap());
    }
    let expected = [
        "8.1", "8.0", "7.1", "6.1", "5.1", "4.1", "3.1", "2.1", "1.1",
    ];
    assert_eq!(kept, expected);
}

#[wasm_bindgen_test]
async fn an_unfinished_backup_is_not_one_and_is_cleaned_up() {
    let folder = unique("unfinished");
    let backups = Backups::open_in(&folder).await.unwrap();
    let started = format!("{}.part", "2026-02-03T12-00-00Z.hourly.fairlead.json");
    make_file(&folder, &started).await;
    make_file(&folder, "notes.txt").await;
    assert!(backups.list().await.unwrap().is_empty());
    let soon = backups.prune(NOON + HOUR / 2).await.unwrap();
    assert!(soon.is_empty(), "another tab may be writing it");
    assert_eq!(backups.prune(NOON + 2 * HOUR).await.unwrap(), [started]);
    assert_eq!(backups.read("notes.txt").await.unwrap(), "");
}

async fn make_file(folder: &str, name: &str) {
    let storage = web_sys::window().unwrap().navigator().storage();
    let root = JsFuture::from(storage.get_directory()).await.unwrap();
    let root: web_sys::FileSystemDirectoryHandle = root.unchecked_into();
    let folder = JsFuture::from(root.get_directory_handle(folder)).await;
    let folder: web_sys::FileSystemDirectoryHandle = folder.unwrap().unchecked_into();
    let create = web_sys::FileSystemGetFileOptions::new();
    create.set_create(true);
    JsFuture::from(folder.get_file_handle_with_options(name, &create))
        .await
        .unwrap();
}

#[wasm_bindgen_test]
async fn the_browser_says_how_it_keeps_the_data() {
    let space = opfs::estimate().await.unwrap();
    assert!(space.quota > space.usage);
    // Headless profiles are not granted persistence; what matters is one answer, twice.
    let asked = opfs::request_persist().await.unwrap();
    assert_eq!(opfs::persisted().await.unwrap(), asked);
}

fn file_of(bytes: &[u8]) -> File {
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_u8_array_sequence(&parts, "deals.csv").unwrap()
}

#[wasm_bindgen_test]
async fn a_file_is_read_in_slices() {
    let bytes: Vec<u8> = (0..2_500_000_u32).map(|i| (i % 251) as u8).collect();
    let mut told = Vec::new();
    let (file, cancel) = (file_of(&bytes), Cancel::default());
    let read = file::read(&file, 3_000_000, &cancel, |n, of| told.push((n, of)));
    assert!(read.await.unwrap() == bytes);
    let total = 2_500_000;
    assert_eq!(told, [(1 << 20, total), (2 << 20, total), (total, total)]);
    let empty = file_of(&[]);
    let read = file::read(&empty, 0, &cancel, |_, _| ());
    assert_eq!(read.await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn a_file_that_is_too_big_or_not_wanted_any_more_is_not_read() {
    let file = file_of(&vec![7; 2_500_000]);
    let cancel = Cancel::default();
    let read = file::read(&file, 2_400_000, &cancel, |_, _| ());
    let error = read.await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "The file has 2.5 MB; at most 2.4 MB can be read."
    );
    let mut slices = 0;
    let read = file::read(&file, u64::MAX, &cancel, |_, _| {
        slices += 1;
        cancel.cancel();
    });
    assert_eq!(read.await, Err(FileError::Cancelled));
    assert_eq!(slices, 1);
}

#[wasm_bindgen_test]
async fn a_download_has_its_name_and_all_its_parts() {
    let clicked = Heard::new();
    let tell = clicked.listener();
    let document = web_sys::window().unwrap().document().unwrap();
    let trap = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        event.prevent_default();
        let anchor: HtmlAnchorElement = event.target().unwrap().unchecked_into();
        tell((anchor.download(), anchor.href()));
    });
    document
        .add_event_listener_with_callback("click", trap.as_ref().unchecked_ref())
        .unwrap();
    let mut download = Download::new("text/csv");
    download.text("Zoë,").unwrap();
    download.bytes(&[0xEF, 0xBB, 0xBF]).unwrap();
    let long = "x".repeat(5 << 20);
    download.text(&long).unwrap();
    download.text("end").unwrap();
    download.save("deals.csv").unwrap();
    document
        .remove_event_listener_with_callback("click", trap.as_ref().unchecked_ref())
        .unwrap();

    let (name, url) = clicked.until(|_| true).await;
    assert_eq!(name, "deals.csv");
    let fetched = web_sys::window().unwrap().fetch_with_str(&url);
    let response: Response = JsFuture::from(fetched).await.unwrap().unchecked_into();
    let blob = JsFuture::from(response.blob().unwrap()).await.unwrap();
    let blob: web_sys::Blob = blob.unchecked_into();
    assert_eq!(blob.type_(), "text/csv");
    let buffer = JsFuture::from(blob.array_buffer()).await.unwrap();
    let expected = [
        "Zoë,".as_bytes(),
        &[0xEF, 0xBB, 0xBF],
        long.as_bytes(),
        b"end",
    ]
    .concat();
    assert!(Uint8Array::new(&buffer).to_vec() == expected);
    assert!(document.query_selector("a[download]").unwrap().is_none());
}

#[wasm_bindgen_test]
fn the_clock_knows_the_local_day() {
    let noon = Date::new_with_year_month_day_hr(2026, 1, 3, 12);
    let ms = noon.get_time() as i64;
    let day = clock::civil_date(ms).unwrap();
    assert_eq!(day.to_string(), "2026-02-03");
    assert_eq!(
        clock::civil_date(ms + 12 * HOUR).unwrap(),
        day.succ_opt().unwrap()
    );
    assert_eq!(
        clock::civil_date(ms - 13 * HOUR).unwrap(),
        day.pred_opt().unwrap()
    );
    let local_noon = NOON - i64::from(clock::utc_offset_minutes(NOON)) * 60_000;
    assert_eq!(ms, local_noon);
    assert_eq!(clock::civil_date(i64::MAX), None);
    assert_eq!(clock::today(), clock::civil_date(clock::now_ms()).unwrap());
    let before = clock::performance_now();
    assert!(clock::performance_now() >= before);
}

#[wasm_bindgen_test]
fn random_numbers_use_all_bits() {
    let drawn: Vec<u64> = (0..64).map(|_| random_u64().unwrap()).collect();
    let ever_set = drawn.iter().fold(0, |bits, n| bits | n);
    let always_set = drawn.iter().fold(u64::MAX, |bits, n| bits & n);
    // Each of the 128 claims fails by chance once in 2^64 runs.
    assert_eq!((ever_set, always_set), (u64::MAX, 0));
}
