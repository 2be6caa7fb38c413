//! Follow-up by plan: cadences, their steps, and where deals stand in them. Also templates.

use super::activity::ActivityKind;
use super::ids::{CadenceId, PersonaId, StageId, StepId, TemplateId};
use super::rank::Rank;
use crate::{entity, record, words};
use chrono::NaiveDate;

entity! {
    /// A series of touches.
    Cadence(CadenceId) sets CadenceField {
        /// Its name.
        name / Name: String = String::new(),
        /// The stage it is for; it stops when the deal leaves that.
        stage / Stage: Option<StageId> = None,
        /// Whether it starts by itself when a deal enters the stage.
        auto / Auto: bool = false,
        /// Whether days are working days: weekends and holidays are skipped.
        working / Working: bool = true,
        /// Place in the list.
        rank / Rank: Rank = Rank::default(),
    }
}

entity! {
    /// One touch of a cadence.
    CadenceStep(StepId) sets StepField {
        /// Of which cadence.
        cadence / Cadence: CadenceId = CadenceId(0),
        /// Days after the start; the first step has mostly 0.
        day / Day: u16 = 0,
        /// Through which channel.
        kind / Kind: ActivityKind = ActivityKind::Call,
        /// What to do, in a line.
        subject / Subject: String = String::new(),
        /// More text.
        body / Body: String = String::new(),
        /// The template to use.
        template / Template: Option<TemplateId> = None,
        /// Place among steps of the same day.
        rank / Rank: Rank = Rank::default(),
    }
}

impl CadenceStep {
    /// What its activities are called: its subject, else what kind they are of.
    #[must_use]
    pub fn title(&self) -> &str {
        match self.subject.trim() {
            "" => self.kind.label(),
            subject => subject,
        }
    }
}

words! {
    /// Where a deal stands in a cadence.
    RunState: "running, paused, finished or stopped" {
        /// On its way.
        Running = "running",
        /// Waiting for the person.
        Paused = "paused",
        /// All steps done.
        Finished = "finished",
        /// Ended before its last step.
        Stopped = "stopped",
    }
}

words! {
    /// Why a cadence ended early.
    StopReason: "a reason for stopping" {
        /// They answered.
        Replied = "replied",
        /// The deal left the stage.
        StageChanged = "stage_changed",
        /// The deal was won, lost, put aside or reopened.
        Closed = "closed",
        /// Somebody stopped it.
        ByHand = "by_hand",
    }
}

record! {
    /// A deal's way through a cadence.
    CadenceRun {
        /// The day it counts from; moves on by the length of pauses.
        started: NaiveDate,
        /// Where it stands.
        state: RunState,
        /// Why it ended, where it was stopped.
        why: Option<StopReason>,
        /// Since when it is paused.
        paused: Option<NaiveDate>,
        /// The steps done or skipped.
        done: Vec<StepId>,
    }
}

words! {
    /// What a template is for.
    TemplateKind: "a kind of template" {
        /// An e-mail.
        Email = "email",
        /// What to say on the telephone.
        Call = "call",
        /// An invitation to a meeting.
        Meeting = "meeting",
    }
}

impl TemplateKind {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Email => "E-mail",
            Self::Call => "Call script",
            Self::Meeting => "Meeting invitation",
        }
    }
}

entity! {
    /// A text to begin with, with fields to fill in such as `{{contact.first_name}}`.
    Template(TemplateId) sets TemplateField {
        /// Its name.
        name / Name: String = String::new(),
        /// What it is for.
        kind / Kind: TemplateKind = TemplateKind::Email,
        /// The subject line.
        subject / Subject: String = String::new(),
        /// The text.
        body / Body: String = String::new(),
        /// The stage it is meant for.
        stage / Stage: Option<StageId> = None,
        /// The persona it is meant for.
        persona / Persona: Option<PersonaId> = None,
        /// Minutes, of a meeting.
        minutes / Minutes: Option<u16> = None,
        /// Place in the list.
        rank / Rank: Rank = Rank::default(),
    }
}
