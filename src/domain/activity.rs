//! What was done for a deal and what comes next.

use super::ids::{
    ActivityId, AutomationId, CadenceId, ContactId, DealId, OrgId, PersonId, StepId, TemplateId,
};
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

    /// How something of this kind can go, the usual first.
    #[must_use]
    pub fn outcomes(self) -> &'static [ActivityOutcome] {
        use ActivityOutcome::{
            Bounced, Declined, Held, LeftMessage, NoAnswer, NoShow, Reached, Replied,
        };
        match self {
            Self::Call => &[Reached, NoAnswer, LeftMessage, Replied, Declined],
            Self::Email => &[Replied, Bounced, Declined],
            Self::Meeting => &[Held, NoShow, Declined],
            Self::Task => &[Replied, Declined],
            Self::Note => &[],
        }
    }
}

words! {
    /// Who began it.
    Direction: "out or in" {
        /// We did.
        Out = "out",
        /// They did.
        In = "in",
    }
}

impl Direction {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Out => "From us",
            Self::In => "From them",
        }
    }
}

words! {
    /// How an activity went.
    ActivityOutcome: "an outcome of an activity" {
        /// Spoke with them.
        Reached = "reached",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// Left a message.
        LeftMessage = "left_message",
        /// They answered.
        Replied = "replied",
        /// The address does not work.
        Bounced = "bounced",
        /// The meeting took place.
        Held = "held",
        /// They did not come.
        NoShow = "no_show",
        /// They said no.
        Declined = "declined",
    }
}

impl ActivityOutcome {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Reached => "Reached",
            Self::NoAnswer => "No answer",
            Self::LeftMessage => "Left a message",
            Self::Replied => "Replied",
            Self::Bounced => "Bounced",
            Self::Held => "Took place",
            Self::NoShow => "Did not show up",
            Self::Declined => "Declined",
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
        /// Who began it.
        direction / Direction: Direction = Direction::Out,
        /// How it went.
        outcome / Outcome: Option<ActivityOutcome> = None,
        /// How long it takes or took, in minutes.
        duration / Duration: Option<u16> = None,
        /// With which organisation, where it belongs to no deal.
        organisation / Organisation: Option<OrgId> = None,
        /// Where it takes place.
        location / Location: String = String::new(),
        /// Minutes before its time to remind of it.
        remind / Remind: Option<u16> = None,
        /// The template it was written with.
        template / Template: Option<TemplateId> = None,
        /// The cadence that planned it.
        cadence / Cadence: Option<CadenceId> = None,
        /// The step of that cadence.
        step / Step: Option<StepId> = None,
        /// The rule that planned it.
        automation / Automation: Option<AutomationId> = None,
    }
}
