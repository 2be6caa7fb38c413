//! Transactions and requests of IndexedDB as futures.
//!
//! A transaction commits itself when control returns to the event loop and no request of it is
//! pending. So inside a [`Tx`] **nothing but its own requests may be awaited**: issue all
//! writes synchronously, then await only [`Tx::commit`] (or [`Tx::complete`]).

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbObjectStore, IdbRequest, IdbTransaction};

use super::error::StoreError;

#[wasm_bindgen]
extern "C" {
    // web-sys marks `commit` as deprecated, though it is in the standard (IndexedDB 3.0).
    #[wasm_bindgen(extends = IdbTransaction)]
    type Committable;
    #[wasm_bindgen(method, catch)]
    fn commit(this: &Committable) -> Result<(), JsValue>;
}

/// A readwrite transaction. Dropped before its end it is rolled back, so that a cancelled
/// future never leaves half of its writes behind.
pub struct Tx {
    tx: IdbTransaction,
    outcome: Option<JsFuture>,
}

impl Tx {
    pub(super) fn new(tx: IdbTransaction) -> Self {
        let outcome = Promise::new(&mut |resolve, reject| {
            tx.set_oncomplete(Some(&resolve));
            tx.set_onabort(Some(&reject));
        });
        Self {
            tx,
            outcome: Some(JsFuture::from(outcome)),
        }
    }

    /// A store of this transaction.
    ///
    /// # Errors
    /// When the transaction has ended or does not cover the store.
    pub fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        Ok(self.tx.object_store(name)?)
    }

    /// Commits without waiting for the answers of the requests, and waits until all is stored.
    /// Any failed request rolls everything back, even one whose error event was cancelled.
    ///
    /// # Errors
    /// The reason for which the transaction was rolled back.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        // Already aborted if this throws: the outcome then tells the reason.
        let _ = self.tx.unchecked_ref::<Committable>().commit();
        match self.outcome.take() {
            Some(outcome) => outcome.await.map(drop).map_err(|_| self.reason()),
            None => Ok(()),
        }
    }

    /// Waits until the transaction has committed by itself; failed requests whose error event
    /// was cancelled do not count.
    ///
    /// # Errors
    /// The reason for which the transaction was rolled back.
    pub async fn complete(mut self) -> Result<(), StoreError> {
        let Some(outcome) = self.outcome.as_mut() else {
            return Ok(());
        };
        let ended = outcome.await;
        self.outcome = None;
        ended.map(drop).map_err(|_| self.reason())
    }

    /// Lets the page breathe inside the transaction: a request that finds nothing is answered
    /// after all that were issued before it, and keeps the transaction alive meanwhile.
    ///
    /// # Errors
    /// The reason for which the transaction was rolled back.
    pub async fn turn(&self, store: &IdbObjectStore) -> Result<(), StoreError> {
        let request = store
            .get_key(&JsValue::from_f64(0.0))
            .map_err(|thrown| self.failure(&thrown))?;
        match done(request).await {
            // Only a consequence: the transaction knows the cause.
            Err(StoreError::Aborted) => Err(self.reason()),
            other => other.map(drop),
        }
    }

    /// Why a call threw: when the transaction was rolled back, the cause of that.
    pub fn failure(&self, thrown: &JsValue) -> StoreError {
        match self.reason() {
            StoreError::Aborted => StoreError::from_js(thrown),
            cause => cause,
        }
    }

    /// The reason of a rolled back transaction; `Aborted` when the browser names none.
    pub fn reason(&self) -> StoreError {
        self.tx
            .error()
            .map_or(StoreError::Aborted, |e| StoreError::from_js(&e))
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if self.outcome.is_some() {
            // Throws only if the transaction has ended, and then there is nothing to undo.
            let _ = self.tx.abort();
        }
    }
}

/// Waits for one request and returns its result, or its error. Listens from the call on, not
/// from the first poll, so that several requests can be issued before any is awaited.
pub fn done(request: IdbRequest) -> impl Future<Output = Result<JsValue, StoreError>> {
    let settled = settle(&request, |_| ());
    async move {
        match settled.await {
            Ok(_) => Ok(request.result()?),
            Err(_) => Err(StoreError::from_js(&error_of(&request))),
        }
    }
}

/// The handlers are the promise's own functions: no Rust closure to keep alive.
pub(super) fn settle(request: &IdbRequest, also: impl Fn(&Function)) -> JsFuture {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        also(&reject);
    });
    JsFuture::from(promise)
}

pub(super) fn error_of(request: &IdbRequest) -> JsValue {
    match request.error() {
        Ok(Some(error)) => error.into(),
        Ok(None) => JsValue::UNDEFINED,
        Err(thrown) => thrown,
    }
}
