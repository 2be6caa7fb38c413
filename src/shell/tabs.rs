//! Other tabs of the same browser: messages between them, and locks that only one can hold.

use js_sys::{Array, Function, Promise, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

use super::error::StoreError;

const CHANNEL: &str = "fairlead";

/// What tabs tell each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum TabMessage {
    /// New records of the log, as wire text.
    Changes(Vec<String>),
    /// A tab has opened; this is the newest schema it can write.
    Hello {
        /// [`super::log_store::SCHEMA`] of that tab.
        schema: u32,
    },
    /// The sender knows a newer schema: older tabs must stop writing.
    NewerSchema,
    /// The data was wiped or restored: what other tabs show is out of date.
    Cleared,
    /// Received only: a message this version does not know, such as one of a newer page.
    #[serde(skip)]
    Unreadable(String),
}

/// A connection to the other tabs; it ends when dropped. A tab does not hear itself.
pub struct Tabs {
    channel: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Listens to the other tabs of this site. Do so before reading the log, so that no change
    /// falls between the two.
    ///
    /// # Errors
    /// `Unavailable` in browsers without `BroadcastChannel`.
    pub fn listen(on_message: impl Fn(TabMessage) + 'static) -> Result<Self, StoreError> {
        Self::listen_on(CHANNEL, on_message)
    }

    /// Listens on a channel of another name.
    ///
    /// # Errors
    /// As [`Self::listen`].
    pub fn listen_on(
        channel: &str,
        on_message: impl Fn(TabMessage) + 'static,
    ) -> Result<Self, StoreError> {
        if !has(&js_sys::global(), "BroadcastChannel") {
            return Err(StoreError::Unavailable(
                "This browser cannot tell other tabs about changes. Work in one tab only."
                    .to_owned(),
            ));
        }
        let channel = BroadcastChannel::new(channel)?;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            on_message(read(&event.data()));
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Ok(Self {
            channel,
            _on_message: listener,
        })
    }

    /// Tells all other tabs.
    ///
    /// # Errors
    /// `Closed` when the page is being torn down; `Other` for a message that cannot be sent.
    pub fn send(&self, message: &TabMessage) -> Result<(), StoreError> {
        let text = serde_json::to_string(message).map_err(|error| StoreError::Other {
            name: "a message that cannot be sent".to_owned(),
            message: error.to_string(),
        })?;
        Ok(self.channel.post_message(&JsValue::from_str(&text))?)
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

fn read(data: &JsValue) -> TabMessage {
    let Some(text) = data.as_string() else {
        return TabMessage::Unreadable("not text".to_owned());
    };
    serde_json::from_str(&text).unwrap_or_else(|error| TabMessage::Unreadable(error.to_string()))
}

#[wasm_bindgen]
extern "C" {
    // web-sys has web locks only behind its unstable flag.
    type Locks;
    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, granted: &Function) -> Result<Promise, JsValue>;
}

/// A lock that no other tab can hold at the same time; released when dropped, and when the tab
/// closes or crashes.
pub struct Held {
    release: Function,
}

impl Drop for Held {
    fn drop(&mut self) {
        // Resolving a promise does not throw.
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// Waits for the lock `name`.
///
/// # Errors
/// `Unavailable` where the browser has no web locks, as on pages not served over HTTPS.
pub async fn lock(name: &str) -> Result<Held, StoreError> {
    let locks = locks()?;
    let mut release = None;
    let until_released = Promise::new(&mut |resolve, _| release = Some(resolve));
    let release = release.ok_or(StoreError::Closed)?;
    // From here on dropping it, even while waiting, gives the lock up.
    let held = Held { release };

    let mut refused = None;
    let granted = Promise::new(&mut |resolve, _| {
        let until_released = until_released.clone();
        let on_grant = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
            // Resolving a promise does not throw.
            let _ = resolve.call0(&JsValue::NULL);
            until_released.into()
        });
        match locks.request(name, on_grant.unchecked_ref()) {
            Ok(request) => refused = Some(request),
            Err(thrown) => refused = Some(Promise::reject(&thrown)),
        }
    });
    // The request settles after the release, or early with a refusal.
    let request = refused.ok_or(StoreError::Closed)?;
    JsFuture::from(Promise::race(&Array::of2(&granted, &request))).await?;
    Ok(held)
}

/// Runs `work` while no other tab is inside a section of the same name. Keep it short.
///
/// # Errors
/// As [`lock`]; `work` has not been started then.
pub async fn with_lock<T>(name: &str, work: impl Future<Output = T>) -> Result<T, StoreError> {
    let _held = lock(name).await?;
    Ok(work.await)
}

/// The office of the one tab that does a job for all of them; held until the tab closes or
/// this is dropped. Then the tab that has waited longest is elected.
pub struct Election {
    _held: Held,
}

impl Election {
    /// Resolves when this tab is elected for the job `name`: at once, or when the tabs before
    /// it are closed.
    ///
    /// # Errors
    /// As [`lock`].
    pub async fn try_lead(name: &str) -> Result<Self, StoreError> {
        Ok(Self {
            _held: lock(name).await?,
        })
    }
}

fn locks() -> Result<Locks, StoreError> {
    let missing = || {
        StoreError::Unavailable(
            "This browser cannot keep tabs apart here. Serve the page over HTTPS, or work in one tab only."
                .to_owned(),
        )
    };
    let navigator = web_sys::window().ok_or_else(missing)?.navigator();
    if !has(&navigator, "locks") {
        return Err(missing());
    }
    let locks = Reflect::get(&navigator, &"locks".into())?;
    Ok(locks.unchecked_into())
}

/// Whether a browser interface exists.
pub(super) fn has(object: &JsValue, name: &str) -> bool {
    Reflect::get(object, &name.into()).is_ok_and(|value| !value.is_undefined() && !value.is_null())
}
