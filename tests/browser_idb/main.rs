//! The storage of the shell in a real browser: IndexedDB, OPFS, localStorage, tabs, files.
//! Each test has databases and folders of its own, so that their order does not matter.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod connections;
mod log;
mod outside;
mod snapshot;
mod tabs;
mod writer;

use std::cell::RefCell;
use std::rc::Rc;

use fairlead::shell::entropy::random_u64;
use fairlead::shell::log_store::{LogStore, Record};
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A name that no other test, and no earlier run, has used.
fn unique(purpose: &str) -> String {
    format!("test-{purpose}-{:016x}", random_u64().unwrap())
}

async fn fresh(purpose: &str) -> LogStore {
    LogStore::open_named(&unique(purpose)).await.unwrap().0
}

/// A record with a payload that can be told apart, touching `entities`.
fn record(stamp: &str, entities: &[&str]) -> Record {
    Record {
        seq: 0,
        stamp: stamp.to_owned(),
        part: 0,
        entities: entities.iter().map(|e| (*e).to_owned()).collect(),
        json: format!(r#"{{"stamp":"{stamp}","note":"Zoë – 価格 🦀"}}"#),
    }
}

fn numbered(count: usize) -> Vec<Record> {
    (0..count)
        .map(|i| record(&format!("{i:05}"), &["deal:1"]))
        .collect()
}

fn stamps(records: &[Record]) -> Vec<&str> {
    records.iter().map(|r| r.stamp.as_str()).collect()
}

async fn stored_stamps(store: &LogStore) -> Vec<String> {
    let records = store.read_since(0, 10_000).await.unwrap();
    records.into_iter().map(|r| r.stamp).collect()
}

/// Collects what callbacks are told; a test waits for the n-th of it instead of for a time.
#[derive(Clone)]
struct Heard<T> {
    all: Rc<RefCell<Vec<T>>>,
    waiting: Rc<RefCell<Vec<Function>>>,
}

impl<T: Clone + 'static> Heard<T> {
    fn new() -> Self {
        Self {
            all: Rc::default(),
            waiting: Rc::default(),
        }
    }

    fn listener(&self) -> impl Fn(T) + 'static {
        let heard = self.clone();
        move |what| {
            heard.all.borrow_mut().push(what);
            for resolve in heard.waiting.take() {
                resolve.call0(&JsValue::NULL).unwrap();
            }
        }
    }

    fn all(&self) -> Vec<T> {
        self.all.borrow().clone()
    }

    /// Waits until something heard so far, or later, fits.
    async fn until(&self, fits: impl Fn(&T) -> bool) -> T {
        loop {
            let found = self.all.borrow().iter().find(|t| fits(t)).cloned();
            if let Some(found) = found {
                return found;
            }
            let next = Promise::new(&mut |resolve, _| self.waiting.borrow_mut().push(resolve));
            JsFuture::from(next).await.unwrap();
        }
    }
}
