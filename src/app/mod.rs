//! The application without a browser.
//!
//! Where to start: [`session::Session`] takes what a person asks for and answers with
//! effects; the shell carries those out.

pub mod backups;
pub mod calendar;
pub mod export_csv;
pub mod form;
pub mod gates;
pub mod history;
pub mod import;
pub mod list;
pub mod merging;
pub mod prefs;
pub mod route;
pub mod sample;
pub mod session;
pub mod template;
pub mod today;
