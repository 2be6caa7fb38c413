//! User stories against the application without a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod board;
mod bring;
mod cache;
mod desk;
mod follow;
mod idle;
mod refusals;
mod selling;
mod stages;
mod together;
mod undo;
