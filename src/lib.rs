//! Fairlead: a private sales pipeline in one web page.
//!
//! Where to start: [`domain`] says what a pipeline is, [`app`] is the whole application
//! without a browser. `shell` and `ui` exist only in the browser build.
//!
//! The layers, innermost first; each may use only those to its left
//! (`tests/layering.rs` fails on any other edge):
//! `domain` ◄ `codec`, `chart` ◄ `app` ◄ `shell` ◄ `ui`.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod app;
pub mod chart;
pub mod codec;
pub mod domain;

#[cfg(target_arch = "wasm32")]
pub mod shell;
#[cfg(target_arch = "wasm32")]
pub mod ui;
