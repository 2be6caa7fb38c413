//! What was done for a deal and what comes next.

use super::ids::{ActivityId, ContactId, DealId, PersonId};
use super::stamp::Millis;
use crate::{entity, words};
use chrono::NaiveDate;

words! {
    /// The kinds of activity.
    ActivityKind: "a kind of activity: task, call, email, meeting or note" {
        /// Something to do.
        Task = "task",
        /// A telephone call.
        Call = "call",
        /// An e-mail.
        Email = "email",
        /// A meeting or demo.
        Meeting = "meeting",
        /// Something to remember; never due.
        Note = "note",
    }
}

impl ActivityKind {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Task => "Task",
            Self::Call => "Call",
            Self::Email => "E-mail",
            Self::Meeting => "Meeting",
            Self::Note => "Note",
        }
    }
}

entity! {
    /// A call, e-mail, meeting, task or note.
    Activity(ActivityId) sets ActivityField {
        /// Which kind.
        kind / Kind: ActivityKind = ActivityKind::Task,
        /// What it is about, in a line.
        subject / Subject: String = String::new(),
        /// More text.
        body / Body: String = String::new(),
        /// For which deal.
        deal / Deal: Option<DealId> = None,
        /// With whom.
        contact / Contact: Option<ContactId> = None,
        /// Who of the own team does it.
        owner / Owner: Option<PersonId> = None,
        /// The civil date it is due.
        due / Due: Option<NaiveDate> = None,
        /// Minutes after midnight of that date, local time, when it has a time.
        due_minute / DueMinute: Option<u16> = None,
        /// When it was done, in milliseconds since 1970.
        done / Done: Option<Millis> = None,
        /// When it was written down, in milliseconds since 1970.
        created / Created: Millis = 0,
    }
}
