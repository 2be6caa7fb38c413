//! The only serialised shapes: the one surface of backwards compatibility.
//!
//! [`wire`] is one change as written, [`export`] a file of them, [`pack`] and
//! [`snapshot`] a cache that can always be built anew, [`csv`] other people's tables, [`ics`]
//! invitations for other calendars.

pub mod csv;
pub mod export;
pub mod ics;
pub mod json;
pub mod migrate;
pub mod pack;
pub mod place;
pub mod snapshot;
pub mod wire;
