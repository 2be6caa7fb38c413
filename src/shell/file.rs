//! Files of the user: chosen or dropped, read in slices, and saved as downloads.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Promise, Uint8Array};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, DataTransfer, File, FileList, HtmlAnchorElement, HtmlElement,
    HtmlInputElement, Url,
};

use super::clock::sleep;
use super::error::StoreError;

/// Files are read in slices of this many bytes, with a chance to cancel after each.
const SLICE_BYTES: u64 = 1 << 20;
/// Texts of a download are gathered to blobs of this many bytes, which the browser may move
/// out of the page's memory.
const PART_BYTES: usize = 4 << 20;
/// How long the browser may take to start a download before its address is given back, in ms.
const REVOKE_AFTER_MS: i32 = 60_000;

/// Why a file could not be read or saved. `Display` is a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    /// The user cancelled.
    #[error("Reading was cancelled.")]
    Cancelled,
    /// The file is bigger than the caller allows.
    #[error("The file has {} MB; at most {} MB can be read.", megabytes(*bytes), megabytes(*limit))]
    TooLarge {
        /// Size of the file.
        bytes: u64,
        /// The most that is allowed.
        limit: u64,
    },
    /// The browser could not read or write it. Holds the sentence.
    #[error("{0}")]
    Unreadable(String),
}

fn megabytes(bytes: u64) -> String {
    super::intl::fixed(bytes as f64 / 1e6, 1)
}

/// A cancel button's other end; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Rc<Cell<bool>>);

impl Cancel {
    /// Asks the work to stop at the next opportunity.
    pub fn cancel(&self) {
        self.0.set(true);
    }

    /// Whether it was asked to.
    pub fn is_cancelled(&self) -> bool {
        self.0.get()
    }
}

/// Lets the user choose files; `accept` is the attribute of a file input, such as `.json,.csv`.
/// Call it while a click or key press is being handled. Empty when nothing was chosen.
///
/// # Errors
/// `Unreadable` when the browser cannot show the dialog.
pub async fn pick(accept: &str, multiple: bool) -> Result<Vec<File>, FileError> {
    let input: HtmlInputElement = element("input")?;
    input.set_type("file");
    input.set_accept(accept);
    input.set_multiple(multiple);
    let _attached = Attached::hidden(&input)?;
    let answered = Promise::new(&mut |resolve, _| {
        // The promise's own function listens: there is nothing to release if neither comes.
        for event in ["change", "cancel"] {
            if input
                .add_event_listener_with_callback(event, &resolve)
                .is_err()
            {
                let _ = resolve.call0(&JsValue::NULL);
            }
        }
    });
    input.click();
    JsFuture::from(answered).await.map_err(unreadable)?;
    Ok(input
        .files()
        .map(|files| listed(&files))
        .unwrap_or_default())
}

/// The files of a drop.
pub fn from_transfer(transfer: &DataTransfer) -> Vec<File> {
    transfer
        .files()
        .map(|files| listed(&files))
        .unwrap_or_default()
}

fn listed(files: &FileList) -> Vec<File> {
    (0..files.length()).filter_map(|i| files.get(i)).collect()
}

/// Reads a whole file slice by slice; `progress(read, total)` in bytes.
///
/// # Errors
/// `TooLarge` above `limit` bytes, before anything is read; `Cancelled`; `Unreadable` when the
/// file has changed or gone since it was chosen.
pub async fn read(
    file: &File,
    limit: u64,
    cancel: &Cancel,
    mut progress: impl FnMut(u64, u64),
) -> Result<Vec<u8>, FileError> {
    let total = file.size() as u64;
    if total > limit {
        return Err(FileError::TooLarge {
            bytes: total,
            limit,
        });
    }
    let mut bytes = Vec::with_capacity(total as usize);
    while (bytes.len() as u64) < total {
        if cancel.is_cancelled() {
            return Err(FileError::Cancelled);
        }
        let from = bytes.len() as u64;
        let to = (from + SLICE_BYTES).min(total);
        let slice = file
            .slice_with_f64_and_f64(from as f64, to as f64)
            .map_err(unreadable)?;
        let buffer = JsFuture::from(slice.array_buffer())
            .await
            .map_err(unreadable)?;
        let view = Uint8Array::new(&buffer);
        if u64::from(view.length()) != to - from {
            return Err(FileError::Unreadable(
                "The file became shorter while it was read. Choose it again.".to_owned(),
            ));
        }
        bytes.extend_from_slice(&view.to_vec());
        progress(to, total);
    }
    if cancel.is_cancelled() {
        return Err(FileError::Cancelled);
    }
    Ok(bytes)
}

/// A file put together from parts and handed to the browser to save.
pub struct Download {
    mime: String,
    text: String,
    blobs: Array,
}

impl Download {
    /// An empty file of a media type, such as `application/json`.
    pub fn new(mime: &str) -> Self {
        Self {
            mime: mime.to_owned(),
            text: String::new(),
            blobs: Array::new(),
        }
    }

    /// Adds text, as UTF-8.
    ///
    /// # Errors
    /// `Unreadable` when the browser has no room for it.
    pub fn text(&mut self, text: &str) -> Result<(), FileError> {
        self.text.push_str(text);
        if self.text.len() >= PART_BYTES {
            self.gather()?;
        }
        Ok(())
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// `Unreadable` when the browser has no room for them.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        self.gather()?;
        let parts = Array::of1(&Uint8Array::from(bytes));
        let blob = Blob::new_with_u8_array_sequence(&parts).map_err(unreadable)?;
        self.blobs.push(&blob);
        Ok(())
    }

    /// Offers the file for saving under `file_name`. Whether and where it is saved is between
    /// the user and the browser: a page is not told.
    ///
    /// # Errors
    /// `Unreadable` when the browser could not make the file.
    pub fn save(mut self, file_name: &str) -> Result<(), FileError> {
        self.gather()?;
        let kind = BlobPropertyBag::new();
        kind.set_type(&self.mime);
        let blob = Blob::new_with_blob_sequence_and_options(&self.blobs, &kind);
        let url = Url::create_object_url_with_blob(&blob.map_err(unreadable)?);
        let url = url.map_err(unreadable)?;
        let anchor: HtmlAnchorElement = element("a")?;
        anchor.set_href(&url);
        anchor.set_download(file_name);
        let attached = Attached::hidden(&anchor)?;
        anchor.click();
        drop(attached);
        spawn_local(async move {
            sleep(REVOKE_AFTER_MS).await;
            // Fails only for an address that is no longer in use.
            let _ = Url::revoke_object_url(&url);
        });
        Ok(())
    }

    fn gather(&mut self) -> Result<(), FileError> {
        if !self.text.is_empty() {
            let parts = Array::of1(&JsValue::from_str(&self.text));
            let blob = Blob::new_with_str_sequence(&parts).map_err(unreadable)?;
            self.blobs.push(&blob);
            self.text.clear();
        }
        Ok(())
    }
}

/// An element in the page for as long as this lives: some browsers ignore a click on one that
/// is not.
struct Attached(HtmlElement);

impl Attached {
    fn hidden(element: &HtmlElement) -> Result<Self, FileError> {
        element.set_hidden(true);
        let body = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.body());
        if let Some(body) = body {
            body.append_child(element).map_err(unreadable)?;
        }
        Ok(Self(element.clone()))
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        self.0.remove();
    }
}

fn element<T: JsCast>(tag: &str) -> Result<T, FileError> {
    web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element(tag).ok())
        .and_then(|element| element.dyn_into().ok())
        .ok_or_else(|| FileError::Unreadable("The browser is closing the page.".to_owned()))
}

fn unreadable(thrown: JsValue) -> FileError {
    FileError::Unreadable(match StoreError::from_js(&thrown) {
        StoreError::Corrupt(_) => {
            "The file cannot be read: it has changed or gone since it was chosen.".to_owned()
        }
        other => other.to_string(),
    })
}
