//! Files on their way to the view that takes them: dropped on one page, shown on another.

use std::cell::RefCell;

use leptos::prelude::*;
use web_sys::File;

#[derive(Default)]
struct Inbox {
    spreadsheets: Vec<File>,
    fairlead: Option<File>,
}

thread_local! {
    static INBOX: RefCell<Inbox> = RefCell::default();
    static ARRIVED: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// Reruns the surrounding closure when files arrive.
pub(super) fn track() {
    ARRIVED.with(|arrived| arrived.track());
}

/// Whether a file is one that Fairlead may have written, by its name.
pub(super) fn is_fairlead(file: &File) -> bool {
    file.name().to_lowercase().ends_with(".json")
}

/// Takes files in: a Fairlead file when one is among them, else spreadsheets. Says which.
pub(super) fn put(files: Vec<File>) -> Option<Kind> {
    let (ours, tables): (Vec<File>, Vec<File>) = files.into_iter().partition(is_fairlead);
    let kind = INBOX.with_borrow_mut(|inbox| {
        if !tables.is_empty() {
            inbox.spreadsheets = tables;
            Some(Kind::Spreadsheets)
        } else if let Some(file) = ours.into_iter().next() {
            inbox.fairlead = Some(file);
            Some(Kind::Fairlead)
        } else {
            None
        }
    });
    if kind.is_some() {
        ARRIVED.with(|arrived| arrived.update(|n| *n += 1));
    }
    kind
}

/// What arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Files for the import of spreadsheets.
    Spreadsheets,
    /// A file for the data page.
    Fairlead,
}

/// Hands over the spreadsheets that arrived.
pub(super) fn take_spreadsheets() -> Vec<File> {
    INBOX.with_borrow_mut(|inbox| std::mem::take(&mut inbox.spreadsheets))
}

/// Hands over the Fairlead file that arrived.
pub(super) fn take_fairlead() -> Option<File> {
    INBOX.with_borrow_mut(|inbox| inbox.fairlead.take())
}
