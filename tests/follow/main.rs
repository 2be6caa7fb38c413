//! Follow-up: the dates of cadences as properties, invitations byte by byte, templates.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod dates;
mod ics;
mod templates;
