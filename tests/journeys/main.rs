//! User stories against the application without a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod automate;
mod board;
mod bring;
mod cache;
mod customers;
mod dashboards;
mod desk;
mod fields;
mod follow;
mod idle;
mod insight;
mod money;
mod plan;
mod qualify;
mod refusals;
mod rules;
mod sell;
mod selling;
mod stages;
mod together;
mod trial;
mod undo;
