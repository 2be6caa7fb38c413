//! Forecasts against pipelines of which the truth is known, and against their own laws.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

#[path = "../support/pipelines.rs"]
mod pipelines;

#[path = "../support/lookalike.rs"]
mod lookalike;

mod brought;
mod known;
mod laws;
mod oracle;
mod reach;
