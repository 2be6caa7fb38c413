//! Effects: everything that touches the browser but not the page. The only layer that
//! knows IndexedDB, OPFS, localStorage, other tabs, files, the clock and randomness.

pub mod checksum;
pub mod clipboard;
pub mod clock;
pub mod entropy;
pub mod error;
pub mod file;
pub mod idb;
pub mod intl;
pub mod local;
mod log_query;
pub mod log_store;
pub mod notify;
pub mod opfs;
pub mod record;
pub mod runtime;
pub mod snapshot;
pub mod tabs;
pub mod turns;
pub mod tx;
pub mod week;
pub mod worker;
pub mod writer;
