//! Forecasts against pipelines of which the truth is known, and against their own laws.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

#[path = "../support/pipelines.rs"]
mod pipelines;

mod known;
mod laws;
mod oracle;
