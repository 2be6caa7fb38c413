//! Taking a change back: what it is called.

use super::Notice;
use crate::domain::change::{Change, Intent, IntentKind};

/// What taking a change back is called: “Undid: Moved x to y”; the redo of it says
/// “Redid: Moved x to y”.
pub(super) fn retold(change: &Change, kind: IntentKind) -> Intent {
    let plain = change
        .intent
        .text
        .strip_prefix("Undid: ")
        .unwrap_or(&change.intent.text);
    let text = match kind {
        IntentKind::Redo => format!("Redid: {plain}"),
        _ => format!("Undid: {}", plain.strip_prefix("Redid: ").unwrap_or(plain)),
    };
    Intent::new(kind, text)
}

/// What is said when a change was taken back but for so many fields.
pub(super) fn told(intent: &Intent, skipped: usize) -> Notice {
    let text = &intent.text;
    let text = match skipped {
        0 => text.clone(),
        1 => format!("{text}. 1 field was changed since and stayed as it is"),
        n => format!("{text}. {n} fields were changed since and stayed as they are"),
    };
    // The toast of an undo offers redo by key, not another undo.
    Notice {
        undo: false,
        ..Notice::done(text)
    }
}
