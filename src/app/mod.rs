//! The application without a browser.
//!
//! Where to start: [`session::Session`] takes what a person asks for and answers with
//! effects; the shell carries those out.

pub mod backups;
pub mod calendar;
pub mod dashboard;
pub mod export_csv;
pub mod first;
pub mod form;
pub mod gates;
pub mod history;
pub mod import;
pub mod job;
pub mod list;
pub mod merging;
pub mod prefs;
pub mod review;
pub mod route;
pub mod rows_csv;
pub mod sample;
pub mod scope;
pub mod sending;
pub mod session;
pub mod template;
pub mod today;
