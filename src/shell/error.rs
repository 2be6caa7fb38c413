//! What can go wrong between the page and the browser's storage.

use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};

/// A failure to keep or to read data. `Display` is one sentence for people; [`code`](Self::code)
/// is the stable name for programs and tests.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// Another tab keeps an older version of the database open.
    #[error(
        "Another tab has an older version of Fairlead open. Close the other Fairlead tabs, then try again."
    )]
    Blocked,
    /// The disk, or the part of it this site may use, is full.
    #[error(
        "There is no room left to save: the disk or this site's share of it is full. Free some space, then try again."
    )]
    Quota,
    /// A transaction was rolled back; nothing of it was stored.
    #[error("The browser stopped the save before it was finished.")]
    Aborted,
    /// The browser has no such storage, or does not let this page use it. Holds the sentence.
    #[error("{0}")]
    Unavailable(String),
    /// The stored data belongs to a newer version of the page.
    #[error("The data was saved by a newer version of Fairlead. Reload the page to get it.")]
    Version,
    /// This connection was closed: by a newer page, or because the site's data was cleared.
    #[error("The connection to the stored data was closed. Reload the page to open it again.")]
    Closed,
    /// The stored bytes cannot be read back. Holds what was found.
    #[error("The stored data is damaged: {0}.")]
    Corrupt(String),
    /// Anything else, in the browser's words.
    #[error("The browser reported {name}: {message}")]
    Other {
        /// Name of the exception, such as `DataCloneError`.
        name: String,
        /// The browser's explanation.
        message: String,
    },
}

impl StoreError {
    /// Stable name of the kind of failure.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Quota => "quota",
            Self::Aborted => "aborted",
            Self::Unavailable(_) => "unavailable",
            Self::Version => "version",
            Self::Closed => "closed",
            Self::Corrupt(_) => "corrupt",
            Self::Other { .. } => "other",
        }
    }

    /// Reads an exception, or the event of a failed request, as thrown by the browser.
    pub fn from_js(thrown: &JsValue) -> Self {
        if let Some(exception) = thrown.dyn_ref::<web_sys::DomException>() {
            return Self::from_name(exception.name(), exception.message());
        }
        if let Some(error) = thrown.dyn_ref::<js_sys::Error>() {
            return Self::from_name(String::from(error.name()), String::from(error.message()));
        }
        Self::Other {
            name: "an error".to_owned(),
            message: thrown.as_string().unwrap_or_else(|| format!("{thrown:?}")),
        }
    }

    fn from_name(name: String, message: String) -> Self {
        match name.as_str() {
            "QuotaExceededError" => Self::Quota,
            "AbortError" => Self::Aborted,
            "VersionError" => Self::Version,
            // IndexedDB throws this from every call on a closed connection.
            "InvalidStateError" => Self::Closed,
            "SecurityError" => Self::Unavailable(
                "The browser's settings do not let this page store data.".to_owned(),
            ),
            // Chromium, when the file behind a stored value is gone.
            "NotReadableError" => Self::Corrupt(message),
            _ => Self::Other { name, message },
        }
    }

    /// Whether the browser refused a record because its key is there already.
    pub(super) fn is_constraint(&self) -> bool {
        matches!(self, Self::Other { name, .. } if name == "ConstraintError")
    }
}

impl From<JsValue> for StoreError {
    fn from(thrown: JsValue) -> Self {
        Self::from_js(&thrown)
    }
}
