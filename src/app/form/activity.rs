//! The form of an activity: a text, and when.

use super::{
    FieldError, field, overlong, parse_date, parse_duration, parse_time, print_date, print_time,
};
use crate::domain::activity::{Activity, ActivityKind, ActivityOutcome, Direction};
use crate::domain::command::ActivityDraft;
use crate::domain::ids::{ActivityId, ContactId, DealId, OrgId, PersonId, TemplateId};
use crate::domain::stamp::Millis;
use crate::domain::world::World;
use chrono::NaiveDate;

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
    /// The day it was done, `2026-03-31`; empty for the present moment.
    pub done_on: String,
    /// At what time that day, `14:30`.
    pub done_time: String,
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
    /// Who of the own team does it; none means who makes it, or else whose deal it is.
    pub owner: Option<PersonId>,
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
            done_on: String::new(),
            done_time: String::new(),
            contact: None,
            organisation: None,
            direction: Direction::Out,
            outcome: None,
            duration: String::new(),
            location: String::new(),
            remind: None,
            template: None,
            owner: None,
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
            done_on: String::new(),
            done_time: String::new(),
            contact: activity.contact,
            organisation: activity.organisation,
            direction: activity.direction,
            outcome: activity.outcome,
            duration: activity.duration.map(|m| m.to_string()).unwrap_or_default(),
            location: activity.location.clone(),
            remind: activity.remind,
            template: activity.template,
            owner: activity.owner,
        })
    }

    /// Says that it was done: on the day and at the time it was due, when that is not still to
    /// come, else at this moment. A day that was said already stays.
    pub fn set_done(&mut self, today: NaiveDate, minute: u16) {
        self.done = true;
        if !self.done_on.is_empty() {
            return;
        }
        let due = parse_date(&self.due).ok().flatten();
        let time = parse_time(&self.time).ok().flatten();
        let before = due.filter(|due| (*due, time.unwrap_or(0)) <= (today, minute));
        self.done_on = print_date(before.or(Some(today)));
        self.done_time = match before {
            Some(due) if due < today || time.is_some() => self.time.clone(),
            _ => print_time(minute),
        };
    }

    /// The day and the minute after midnight at which it was done, where that is said.
    fn done_when(&self, errors: &mut Vec<FieldError>) -> Option<(NaiveDate, Option<u16>)> {
        if !self.done || self.kind == ActivityKind::Note {
            return None;
        }
        let day = parse_date(&self.done_on).unwrap_or_else(|message| {
            errors.push(FieldError::new(field::DONE, message));
            None
        });
        let time = parse_time(&self.done_time).unwrap_or_else(|message| {
            errors.push(FieldError::new(field::DONE_TIME, message));
            None
        });
        Some((day?, time))
    }

    /// Turns the drafts into values. `instant` says which moment a day and a minute after
    /// midnight are where the person is.
    ///
    /// # Errors
    /// Everything that is wrong, at most one error for a field.
    pub fn submit(
        &self,
        instant: impl Fn(NaiveDate, Option<u16>) -> Millis,
    ) -> Result<ActivityDraft, Vec<FieldError>> {
        let mut errors = Vec::new();
        let done_when = self.done_when(&mut errors);
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
        // What is written down once it was done stands on the day it was done.
        if let (None, Some((day, time)), true) = (self.activity, done_when, due.is_some()) {
            (due, due_minute) = (Some(day), time);
        }
        Ok(ActivityDraft {
            kind: self.kind,
            subject,
            body,
            deal: self.deal,
            due,
            due_minute,
            done: self.done,
            done_at: done_when.map(|(day, time)| instant(day, time)),
            contact: self.contact,
            organisation: self.organisation.filter(|_| self.deal.is_none()),
            direction: self.direction,
            outcome: self.outcome,
            duration,
            location: self.location.clone(),
            remind: self.remind,
            template: self.template,
            owner: self.owner,
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

    /// Where the person is, clocks show universal time.
    fn at(day: NaiveDate, minute: Option<u16>) -> Millis {
        let days = (day - NaiveDate::default()).num_days();
        days * 86_400_000 + i64::from(minute.unwrap_or(720)) * 60_000
    }

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
        .submit(at)
        .unwrap();
        assert_eq!(
            (call.subject.as_str(), call.body.as_str()),
            ("Ask about budget", "Ms Park decides")
        );
        let note = form(ActivityKind::Note, "One\nTwo").submit(at).unwrap();
        assert_eq!(
            (note.subject.as_str(), note.body.as_str()),
            ("", "One\nTwo")
        );
    }

    #[test]
    fn a_note_has_no_date_and_a_time_needs_its_day() {
        let mut note = form(ActivityKind::Note, "x");
        note.due = "nonsense".into();
        assert_eq!(note.submit(at).unwrap().due, None);
        let mut call = form(ActivityKind::Call, " ");
        call.time = "14:30".into();
        let errors = call.submit(at).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|e| &*e.field).collect();
        assert_eq!(fields, [field::NEXT, field::DUE]);
        call.text = "Ring".into();
        call.due = "2026-02-05".into();
        let draft = call.submit(at).unwrap();
        assert_eq!(draft.due, NaiveDate::from_ymd_opt(2026, 2, 5));
        assert_eq!(draft.due_minute, Some(870));
    }

    #[test]
    fn a_duration_is_minutes_or_hours_and_minutes() {
        let mut call = form(ActivityKind::Call, "Ring");
        for (typed, minutes) in [("45", 45), (" 1:30 ", 90), ("2h", 120), ("1 h 15", 75)] {
            call.duration = typed.into();
            assert_eq!(call.submit(at).unwrap().duration, Some(minutes), "{typed}");
        }
        for typed in ["0", "soon", "1:75", "-5", "20000"] {
            call.duration = typed.into();
            assert_eq!(
                call.submit(at).unwrap_err()[0].field,
                field::DURATION,
                "{typed}"
            );
        }
    }

    #[test]
    fn a_first_line_too_long_says_so() {
        let long = form(ActivityKind::Task, &"x".repeat(301))
            .submit(at)
            .unwrap_err();
        assert!(long[0].message.contains("301 characters"), "{long:?}");
        assert!(
            form(ActivityKind::Note, &"x".repeat(301))
                .submit(at)
                .is_ok()
        );
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
            let draft = Box::new(new.submit(at).unwrap());
            shop.run(Command::SaveActivity { id: None, draft });
        }
        let ids = shop.session.world().activities[&shop.deal].clone();
        assert_eq!(ids.len(), ActivityKind::ALL.len());
        for id in ids {
            let form = ActivityForm::from_activity(shop.session.world(), id).unwrap();
            let draft = Box::new(form.submit(at).unwrap());
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

    #[test]
    fn it_can_be_for_somebody_else_and_stays_theirs() {
        use crate::domain::party::PersonField;
        let mut shop = shop();
        for name in ["Ada", "Ben"] {
            let fields = vec![PersonField::Name(name.into())];
            shop.run(Command::Customer(
                crate::domain::command::customer::CustomerCommand::AddPerson(fields),
            ));
        }
        let people = &shop.session.world().state.tables.people;
        let ben = people.iter().find(|p| p.name == "Ben").unwrap().id;
        let mut new = form(ActivityKind::Task, "Send the offer");
        new.deal = None;
        new.owner = Some(ben);
        let draft = Box::new(new.submit(at).unwrap());
        shop.run(Command::SaveActivity { id: None, draft });
        let only = |shop: &crate::app::form::fixture::Shop| {
            let all = &shop.session.world().state.tables.activities;
            let found = all.iter().find(|a| a.subject.starts_with("Send"));
            found.map(|a| (a.id, a.owner)).unwrap()
        };
        let (id, owner) = only(&shop);
        assert_eq!(owner, Some(ben));
        let mut form = ActivityForm::from_activity(shop.session.world(), id).unwrap();
        assert_eq!(form.owner, Some(ben));
        form.text = "Send the offer today".into();
        form.owner = None;
        let draft = Box::new(form.submit(at).unwrap());
        let id = Some(id);
        shop.run(Command::SaveActivity { id, draft });
        assert_eq!(only(&shop).1, Some(ben));
    }

    #[test]
    fn what_was_done_yesterday_says_so() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (today, now) = (day("2026-11-23"), 600);
        let mut met = form(ActivityKind::Meeting, "Went through the plan");
        met.due = "2026-11-22".into();
        met.set_done(today, now);
        let said = |f: &ActivityForm| (f.done_on.clone(), f.done_time.clone());
        assert_eq!(said(&met), ("2026-11-22".into(), String::new()));
        let draft = met.submit(at).unwrap();
        assert_eq!(draft.done_at, Some(at(day("2026-11-22"), None)));
        assert_eq!(draft.due, Some(day("2026-11-22")));
        // What is still to come was done now, if it was.
        for (due, time) in [("2026-11-24", ""), ("2026-11-23", "10:01"), ("", "")] {
            let mut call = form(ActivityKind::Call, "Rang");
            (call.due, call.time) = (due.into(), time.into());
            call.set_done(today, now);
            assert_eq!(said(&call), ("2026-11-23".into(), "10:00".into()), "{due}");
        }
        met.done_on = "yesterday".into();
        met.done_time = "25:00".into();
        let errors = met.submit(at).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|e| &*e.field).collect();
        assert_eq!(fields, [field::DONE, field::DONE_TIME]);
        // Without a day it is left to the moment at which it is saved.
        met.done_on = String::new();
        met.done_time = String::new();
        assert_eq!(met.submit(at).unwrap().done_at, None);
    }
}
