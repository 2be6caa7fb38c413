//! The page. Components read signals and dispatch inputs; they decide nothing.

pub mod activity;
pub mod board;
pub mod calendar;
pub mod charts;
pub mod closing;
pub mod contacts;
pub mod customers;
pub mod dashboard;
pub mod data;
pub mod deal;
pub mod drafted;
pub mod duplicates;
pub mod fields;
pub mod fmt;
pub mod forecast;
pub mod frame;
pub mod history;
pub mod insight;
pub mod interviews;
pub mod keys;
pub mod lazy;
pub mod learned;
pub mod lines;
pub mod nav;
pub mod notices;
pub mod organisations;
pub mod palette;
pub mod parts;
pub mod process;
pub mod products;
pub mod qualify;
pub mod records;
pub mod recovery;
pub mod review;
mod root;
pub mod settings;
pub mod stages;
pub mod start;
pub mod store;
pub mod today;

/// Mounts the application into the document's body.
pub fn start() {
    console_error_panic_hook::set_once();
    if web_sys::window().is_none() {
        // In a worker, where there is nothing to show.
        lazy::work();
        return;
    }
    leptos::mount::mount_to_body(root::Root);
}
