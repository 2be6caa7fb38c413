//! Backups in the origin private file system. It is not part of IndexedDB: whole backups there
//! have survived every damage that emptied the databases (measured).

use crate::domain::order::Order;
use js_sys::{AsyncIterator, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions,
    FileSystemGetFileOptions, FileSystemWritableFileStream, StorageEstimate, StorageManager,
};

use super::clock;
use super::error::StoreError;
use super::tabs::has;
use crate::app::backups;

const FOLDER: &str = "backups";
/// Ending of a file that is still being written.
const UNFINISHED: &str = ".part";
/// Text is handed over in pieces of at least this many bytes.
const PIECE_BYTES: usize = 256 << 10;

/// One whole backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Name of the file.
    pub name: String,
    /// When it was written, ms since 1970 UTC, to the second.
    pub at_ms: i64,
    /// Why: lower-case words joined by `-`.
    pub reason: String,
    /// Size of the file.
    pub bytes: u64,
}

/// The ring of backups; clones share it.
#[derive(Clone)]
pub struct Backups {
    folder: FileSystemDirectoryHandle,
}

impl Backups {
    /// Opens the page's backups.
    ///
    /// # Errors
    /// `Unavailable` where the browser has no such files, or not for this page.
    pub async fn open() -> Result<Self, StoreError> {
        Self::open_in(FOLDER).await
    }

    /// Opens the backups in another folder.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_in(folder: &str) -> Result<Self, StoreError> {
        let missing =
            "This browser has no place for automatic backups here. Export your data now and then.";
        let missing = || StoreError::Unavailable(missing.to_owned());
        let storage = storage().map_err(|_| missing())?;
        if !has(&storage, "getDirectory") {
            return Err(missing());
        }
        let root: FileSystemDirectoryHandle =
            cast(storage.get_directory()).await.map_err(|_| missing())?;
        let options = FileSystemGetDirectoryOptions::new();
        options.set_create(true);
        let folder = cast(root.get_directory_handle_with_options(folder, &options)).await?;
        Ok(Self { folder })
    }

    /// Writes a whole backup, verifies its length, and deletes those that the ring has no more
    /// room for. The backup appears under its name only when it is complete.
    ///
    /// # Errors
    /// `Quota`, `Unavailable`, or `Corrupt` when the file is not as long as what was written;
    /// older backups are untouched then.
    pub async fn write(
        &self,
        now_ms: i64,
        reason: &str,
        chunks: impl Iterator<Item = String>,
    ) -> Result<Backup, StoreError> {
        let name = backups::file_name(now_ms, reason).ok_or_else(|| StoreError::Other {
            name: "a wrong clock".to_owned(),
            message: format!("the time {now_ms} has no date"),
        })?;
        let unfinished = format!("{name}{UNFINISHED}");
        let written = self.write_and_move(&unfinished, &name, chunks).await;
        if let Err(error) = written {
            // Whatever is left of it is not listed, and is removed by the next prune.
            let _ = self.delete(&unfinished).await;
            return Err(error);
        }
        self.prune(now_ms).await?;
        self.describe(&name)
            .await?
            .ok_or_else(|| StoreError::Corrupt("the backup is gone after writing".to_owned()))
    }

    async fn write_and_move(
        &self,
        unfinished: &str,
        name: &str,
        chunks: impl Iterator<Item = String>,
    ) -> Result<(), StoreError> {
        let handle = self.file(unfinished, true).await?;
        if !has(&handle, "createWritable") || !has(&handle, "move") {
            return Err(StoreError::Unavailable(
                "This browser cannot write automatic backups. Export your data now and then."
                    .to_owned(),
            ));
        }
        let stream: FileSystemWritableFileStream = cast(handle.create_writable()).await?;
        let expected = match pour(&stream, chunks).await {
            Ok(bytes) => bytes,
            Err(error) => {
                // Throws the half-written content away; the error to report is the first one.
                let _ = JsFuture::from(stream.abort()).await;
                return Err(error);
            }
        };
        JsFuture::from(stream.close()).await?;
        let file: File = cast(handle.get_file()).await?;
        let bytes = file.size() as u64;
        if bytes != expected {
            return Err(StoreError::Corrupt(format!(
                "the backup has {bytes} bytes instead of {expected}"
            )));
        }
        let moving: &Movable = handle.unchecked_ref();
        JsFuture::from(moving.rename(name)?).await?;
        Ok(())
    }

    /// All finished backups, newest first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn list(&self) -> Result<Vec<Backup>, StoreError> {
        let mut found = Vec::new();
        for name in self.names().await? {
            found.extend(self.describe(&name).await?);
        }
        found.order_by(|a, b| b.at_ms.cmp(&a.at_ms).then_with(|| b.name.cmp(&a.name)));
        Ok(found)
    }

    /// The text of a backup.
    ///
    /// # Errors
    /// `Other` with the name `NotFoundError` when there is none of that name.
    pub async fn read(&self, name: &str) -> Result<String, StoreError> {
        let handle = self.file(name, false).await?;
        let file: File = cast(handle.get_file()).await?;
        let text = JsFuture::from(file.text()).await?;
        text.as_string()
            .ok_or_else(|| StoreError::Corrupt("the backup is not text".to_owned()))
    }

    /// Deletes a backup.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn delete(&self, name: &str) -> Result<(), StoreError> {
        JsFuture::from(self.folder.remove_entry(name)).await?;
        Ok(())
    }

    /// Deletes the backups that the ring has no room for, and what unfinished writes have left
    /// behind more than an hour ago. Returns the names.
    ///
    /// # Errors
    /// When the folder cannot be read, or a file cannot be deleted.
    pub async fn prune(&self, now_ms: i64) -> Result<Vec<String>, StoreError> {
        let names = self.names().await?;
        let times: Vec<i64> = names
            .iter()
            .filter_map(|name| backups::parse_name(name).map(|(at, _)| at))
            .collect();
        let surplus = backups::surplus(&times, now_ms, clock::utc_offset_minutes(now_ms));
        let mut deleted = Vec::new();
        for name in names {
            let drop = match name.strip_suffix(UNFINISHED) {
                // Another tab may be writing a younger one right now.
                Some(finished) => backups::parse_name(finished)
                    .is_some_and(|(at, _)| at < now_ms - 60 * 60 * 1_000),
                None => backups::parse_name(&name).is_some_and(|(at, _)| surplus.contains(&at)),
            };
            if drop {
                self.delete(&name).await?;
                deleted.push(name);
            }
        }
        Ok(deleted)
    }

    async fn describe(&self, name: &str) -> Result<Option<Backup>, StoreError> {
        let Some((at_ms, reason)) = backups::parse_name(name) else {
            return Ok(None);
        };
        let handle = self.file(name, false).await?;
        let file: File = cast(handle.get_file()).await?;
        Ok(Some(Backup {
            name: name.to_owned(),
            at_ms,
            reason: reason.to_owned(),
            bytes: file.size() as u64,
        }))
    }

    async fn file(&self, name: &str, create: bool) -> Result<FileSystemFileHandle, StoreError> {
        let options = FileSystemGetFileOptions::new();
        options.set_create(create);
        cast(self.folder.get_file_handle_with_options(name, &options)).await
    }

    async fn names(&self) -> Result<Vec<String>, StoreError> {
        let keys: AsyncIterator = self.folder.keys();
        let mut names = Vec::new();
        loop {
            let step = JsFuture::from(keys.next()?).await?;
            if Reflect::get(&step, &"done".into())?.is_truthy() {
                return Ok(names);
            }
            names.extend(Reflect::get(&step, &"value".into())?.as_string());
        }
    }
}

#[wasm_bindgen]
extern "C" {
    // Not in web-sys: `FileSystemHandle.move(name)`.
    #[wasm_bindgen(extends = FileSystemFileHandle)]
    type Movable;
    #[wasm_bindgen(method, catch, js_name = move)]
    fn rename(this: &Movable, name: &str) -> Result<Promise, JsValue>;
}

/// Writes all text and returns its length in bytes.
async fn pour(
    stream: &FileSystemWritableFileStream,
    chunks: impl Iterator<Item = String>,
) -> Result<u64, StoreError> {
    let mut bytes = 0;
    let mut piece = String::new();
    for chunk in chunks {
        piece.push_str(&chunk);
        if piece.len() >= PIECE_BYTES {
            bytes += piece.len() as u64;
            JsFuture::from(stream.write_with_str(&piece)?).await?;
            piece.clear();
        }
    }
    bytes += piece.len() as u64;
    JsFuture::from(stream.write_with_str(&piece)?).await?;
    Ok(bytes)
}

/// Room for the data of this site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    /// Bytes in use.
    pub usage: u64,
    /// Bytes the browser allows.
    pub quota: u64,
}

/// How much room this site uses and may use; the browser rounds both.
///
/// # Errors
/// `Unavailable` where the browser does not say.
pub async fn estimate() -> Result<Space, StoreError> {
    let estimate: StorageEstimate = cast(storage()?.estimate()?).await?;
    Ok(Space {
        usage: estimate.get_usage().unwrap_or_default() as u64,
        quota: estimate.get_quota().unwrap_or_default() as u64,
    })
}

/// Whether the browser has promised not to clear this site's data when the disk is full.
///
/// # Errors
/// `Unavailable` where the browser does not say.
pub async fn persisted() -> Result<bool, StoreError> {
    Ok(JsFuture::from(storage()?.persisted()?).await?.is_truthy())
}

/// Asks for that promise; call it after a click. Returns the browser's answer.
///
/// # Errors
/// `Unavailable` where the browser knows no such promise.
pub async fn request_persist() -> Result<bool, StoreError> {
    Ok(JsFuture::from(storage()?.persist()?).await?.is_truthy())
}

fn storage() -> Result<StorageManager, StoreError> {
    let missing = || {
        StoreError::Unavailable(
            "This browser does not say how it keeps the data of this page.".to_owned(),
        )
    };
    let navigator = web_sys::window().ok_or_else(missing)?.navigator();
    if !has(&navigator, "storage") {
        return Err(missing());
    }
    Ok(navigator.storage())
}

async fn cast<T: JsCast>(promise: Promise) -> Result<T, StoreError> {
    Ok(JsFuture::from(promise).await?.unchecked_into())
}
