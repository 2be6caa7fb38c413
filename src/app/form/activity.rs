//! The form of an activity: a text, and when.

use super::{
    FieldError, field, overlong, parse_date, parse_duration, parse_time, print_date, print_time,
};
use crate::domain::activity::{Activity, ActivityKind, ActivityOutcome, Direction};
use crate::domain::command::ActivityDraft;
use crate::domain::ids::{ActivityId, ContactId, DealId, OrgId, TemplateId};
use crate::domain::world::World;

/// An activity as typed. The first line is what it is about, the rest is more text; a
/// note is all text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityForm {
    /// The activity it changes; none for a new one.
    pub activity: Option<ActivityId>,
    /// For which deal.
    pub deal: Option<DealId>,
    /// Which kind.
    pub kind: ActivityKind,
    /// What it says.
    pub text: String,
    /// When it is due, `2026-03-31`.
    pub due: String,
    /// At what time that day, `14:30`.
    pub time: String,
    /// It was done already.
    pub done: bool,
    /// With whom.
    pub contact: Option<ContactId>,
    /// With which organisation, where there is no deal.
    pub organisation: Option<OrgId>,
    /// Who began it.
    pub direction: Direction,
    /// How it went.
    pub outcome: Option<ActivityOutcome>,
    /// How long it takes or took: `45`, `1:30`.
    pub duration: String,
    /// Where it takes place.
    pub location: String,
    /// Minutes before its time to remind of it.
    pub remind: Option<u16>,
    /// The template it was written with.
    pub template: Option<TemplateId>,
}

impl ActivityForm {
    /// An empty form for something of this kind on a deal.
    #[must_use]
    pub fn blank(deal: DealId, kind: ActivityKind) -> Self {
        Self {
            deal: Some(deal),
            ..Self::empty(kind)
        }
    }

    /// An empty form for something of this kind that belongs to nothing yet.
    #[must_use]
    pub fn empty(kind: ActivityKind) -> Self {
        Self {
            activity: None,
            deal: None,
            kind,
            text: String::new(),
            due: String::new(),
            time: String::new(),
            done: false,
            contact: None,
            organisation: None,
            direction: Direction::Out,
            outcome: None,
            duration: String::new(),
            location: String::new(),
            remind: None,
            template: None,
        }
    }

    /// The form of an activity; none when it is not there (any more).
    #[must_use]
    pub fn from_activity(world: &World, id: ActivityId) -> Option<Self> {
        let activity = world.state.tables.activities.get(id)?;
        Some(Self {
            activity: Some(id),
            deal: activity.deal,
            kind: activity.kind,
            text: whole_text(activity),
            due: print_date(activity.due),
            time: activity.due_minute.map(print_time).unwrap_or_default(),
            done: activity.done.is_some(),
            contact: activity.contact,
            organisation: activity.organisation,
            direction: activity.direction,
            outcome: activity.outcome,
            duration: activity.duration.map(|m| m.to_string()).unwrap_or_default(),
            location: activity.location.clone(),
            remind: activity.remind,
            template: activity.template,
        })
    }

    /// Turns the drafts into values.
    ///
    /// # Errors
    /// Everything that is wrong, at most one error for a field.
    pub fn submit(&self) -> Result<ActivityDraft, Vec<FieldError>> {
        let mut errors = Vec::new();
        let (subject, body) = self.split();
        if subject.is_empty() && body.trim().is_empty() {
            errors.push(FieldError::new(field::NEXT, "Write a few words."));
        } else if let Some(message) = overlong(&subject, super::deal::NAME_LIMIT) {
            errors.push(FieldError::new(
                field::NEXT,
                format!("{message} Only the first line is limited."),
            ));
        } else if let Some(message) = overlong(&body, super::deal::TEXT_LIMIT) {
            errors.push(FieldError::new(field::NEXT, message));
        }
        let mut due = None;
        let mut due_minute = None;
        if self.kind != ActivityKind::Note {
            due = parse_date(&self.due).unwrap_or_else(|message| {
                errors.push(FieldError::new(field::DUE, message));
                None
            });
            due_minute = parse_time(&self.time).unwrap_or_else(|message| {
                errors.push(FieldError::new(field::TIME, message));
                None
            });
            if due.is_none() && due_minute.is_some() {
                errors.push(FieldError::new(
                    field::DUE,
                    "Choose the day as well, or clear the time.",
                ));
            }
        }
        let duration = parse_duration(&self.duration).unwrap_or_else(|message| {
            errors.push(FieldError::new(field::DURATION, message));
            None
        });
        if let Some(message) = overlong(&self.location, super::deal::NAME_LIMIT) {
            errors.push(FieldError::new(field::LOCATION, message));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(ActivityDraft {
            kind: self.kind,
            subject,
            body,
            deal: self.deal,
            due,
            due_minute,
            done: self.done,
            contact: self.contact,
            organisation: self.organisation.filter(|_| self.deal.is_none()),
            direction: self.direction,
            outcome: self.outcome,
            duration,
            location: self.location.clone(),
            remind: self.remind,
            template: self.template,
        })
    }

    /// What it is about, and the rest.
    fn split(&self) -> (String, String) {
        let text = self.text.trim();
        if self.kind == ActivityKind::Note {
            return (String::new(), text.to_owned());
        }
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        (first.trim().to_owned(), rest.trim().to_owned())
    }
}

/// What an activity says, subject and body as one text.
#[must_use]
pub fn whole_text(activity: &Activity) -> String {
    let parts = [activity.subject.trim(), activity.body.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::fixture::shop;
    use crate::domain::command::{Command, Refusal};
    use chrono::NaiveDate;

    fn form(kind: ActivityKind, text: &str) -> ActivityForm {
        ActivityForm {
            text: text.into(),
            ..ActivityForm::blank(DealId(1), kind)
        }
    }

    #[test]
    fn the_first_line_is_the_subject_except_in_a_note() {
        let call = form(
            ActivityKind::Call,
            " Ask about budget \n\nMs Park decides \n",
        )
        .submit()
        .unwrap();
        assert_eq!(
            (call.subject.as_str(), call.body.as_str()),
            ("Ask about budget", "Ms Park decides")
        );
        let note = form(ActivityKind::Note, "One\nTwo").submit().unwrap();
        assert_eq!(
            (note.subject.as_str(), note.body.as_str()),
            ("", "One\nTwo")
        );
    }

    #[test]
    fn a_note_has_no_date_and_a_time_needs_its_day() {
        let mut note = form(ActivityKind::Note, "x");
        note.due = "nonsense".into();
        assert_eq!(note.submit().unwrap().due, None);
        let mut call = form(ActivityKind::Call, " ");
        call.time = "14:30".into();
        let errors = call.submit().unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|e| &*e.field).collect();
        assert_eq!(fields, [field::NEXT, field::DUE]);
        call.text = "Ring".into();
        call.due = "2026-02-05".into();
        let draft = call.submit().unwrap();
        assert_eq!(draft.due, NaiveDate::from_ymd_opt(2026, 2, 5));
        assert_eq!(draft.due_minute, Some(870));
    }

    #[test]
    fn a_duration_is_minutes_or_hours_and_minutes() {
        let mut call = form(ActivityKind::Call, "Ring");
        for (typed, minutes) in [("45", 45), (" 1:30 ", 90), ("2h", 120), ("1 h 15", 75)] {
            call.duration = typed.into();
            assert_eq!(call.submit().unwrap().duration, Some(minutes), "{typed}");
        }
        for typed in ["0", "soon", "1:75", "-5", "20000"] {
            call.duration = typed.into();
            assert_eq!(
                call.submit().unwrap_err()[0].field,
                field::DURATION,
                "{typed}"
            );
        }
    }

    #[test]
    fn a_first_line_too_long_says_so() {
        let long = form(ActivityKind::Task, &"x".repeat(301))
            .submit()
            .unwrap_err();
        assert!(long[0].message.contains("301 characters"), "{long:?}");
        assert!(form(ActivityKind::Note, &"x".repeat(301)).submit().is_ok());
    }

    #[test]
    fn an_activity_opened_and_saved_changes_nothing() {
        let mut shop = shop();
        for kind in ActivityKind::ALL {
            let mut new = form(*kind, "Ask\nabout budget");
            new.deal = Some(shop.deal);
            new.due = "2026-02-05".into();
            new.time = "09:00".into();
            new.duration = "1:30".into();
            new.location = "Hall 3".into();
            new.remind = Some(15);
            new.direction = Direction::In;
            let draft = Box::new(new.submit().unwrap());
            shop.run(Command::SaveActivity { id: None, draft });
        }
        let ids = shop.session.world().activities[&shop.deal].clone();
        assert_eq!(ids.len(), ActivityKind::ALL.len());
        for id in ids {
            let form = ActivityForm::from_activity(shop.session.world(), id).unwrap();
            let draft = Box::new(form.submit().unwrap());
            let at = shop.tick();
            let again = shop.session.command(
                Command::SaveActivity {
                    id: Some(id),
                    draft,
                },
                at,
            );
            assert_eq!(again, Err(Refusal::Nothing));
        }
    }
}
