//! What a text made from a template needs before it goes out and is written down.

use super::form::{parse_date, parse_duration, parse_time};
use crate::domain::cadence::TemplateKind;
use crate::domain::decide::is_email;
use chrono::NaiveDate;

/// Where something is missing or wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Whom it is for.
    To,
    /// The address of that contact.
    Address,
    /// The word that somebody is contacted who asked not to be.
    Confirm,
    /// The subject line.
    Subject,
    /// The day of a meeting.
    Day,
    /// Its time of day.
    Time,
    /// How long it takes.
    Duration,
}

/// What is about to go out, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// Whether the deal has contacts to choose from.
    pub choice: bool,
    /// Whether one of them is chosen.
    pub chosen: bool,
    /// Whether that one asked not to be contacted.
    pub blocked: bool,
    /// Whether the person said that this is to be done all the same.
    pub confirmed: bool,
    /// The e-mail address, known or typed.
    pub address: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The day of a meeting.
    pub day: String,
    /// Its time of day.
    pub time: String,
    /// How long it takes.
    pub duration: String,
}

/// When a meeting is, as it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// The civil date.
    pub due: Option<NaiveDate>,
    /// Minutes after midnight.
    pub minute: Option<u16>,
    /// Minutes.
    pub duration: Option<u16>,
}

impl Sending {
    /// When it is.
    ///
    /// # Errors
    /// Everything that is missing or wrong, each where it is to be put right, from the top.
    pub fn check(&self, kind: TemplateKind) -> Result<When, Vec<(Place, String)>> {
        let mut wrong: Vec<(Place, String)> = Vec::new();
        let mut say = |place, text: &str| wrong.push((place, text.to_owned()));
        if self.blocked && !self.confirmed {
            say(Place::Confirm, "Tick this first, or choose somebody else.");
        }
        if kind == TemplateKind::Email {
            let address = self.address.trim();
            let place = match self.choice {
                true => Place::Address,
                false => Place::To,
            };
            if self.choice && !self.chosen {
                say(Place::To, "Choose whom it is for.");
            } else if address.is_empty() {
                say(place, "An e-mail needs an address. Fill it in here.");
            } else if !is_email(address) {
                say(
                    place,
                    "This is no e-mail address. Write it like name@example.com.",
                );
            }
            if self.subject.trim().is_empty() && self.body.trim().is_empty() {
                say(Place::Subject, "Write a subject or a text first.");
            }
        }
        let mut when = When::default();
        if kind == TemplateKind::Meeting {
            match parse_date(&self.day) {
                Ok(None) => say(Place::Day, "Choose the day of the meeting."),
                Ok(due) => when.due = due,
                Err(why) => say(Place::Day, &why),
            }
            match parse_time(&self.time) {
                Ok(minute) => when.minute = minute,
                Err(why) => say(Place::Time, &why),
            }
            match parse_duration(&self.duration) {
                Ok(duration) => when.duration = duration,
                Err(why) => say(Place::Duration, &why),
            }
        }
        if wrong.is_empty() {
            Ok(when)
        } else {
            Err(wrong)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(sending: &Sending, kind: TemplateKind) -> Vec<Place> {
        let wrong = sending.check(kind).err().unwrap_or_default();
        wrong.into_iter().map(|(place, _)| place).collect()
    }

    #[test]
    fn an_email_goes_to_somebody_and_says_something() {
        let email = |change: fn(&mut Sending)| {
            let mut sending = Sending {
                choice: true,
                chosen: true,
                address: "ada@park.example".into(),
                body: "Dear Ada".into(),
                ..Sending::default()
            };
            change(&mut sending);
            places(&sending, TemplateKind::Email)
        };
        assert_eq!(email(|_| {}), []);
        assert_eq!(email(|s| s.address = " ".into()), [Place::Address]);
        assert_eq!(email(|s| s.address = "ada".into()), [Place::Address]);
        assert_eq!(email(|s| s.chosen = false), [Place::To]);
        let nobody = |s: &mut Sending| {
            (s.choice, s.chosen) = (false, false);
            s.address.clear();
        };
        assert_eq!(email(nobody), [Place::To]);
        assert_eq!(email(|s| s.body.clear()), [Place::Subject]);
        assert_eq!(email(|s| s.blocked = true), [Place::Confirm]);
        assert_eq!(email(|s| (s.blocked, s.confirmed) = (true, true)), []);
    }

    #[test]
    fn a_call_needs_no_address_and_a_meeting_a_day() {
        let nobody = Sending::default();
        assert_eq!(places(&nobody, TemplateKind::Call), []);
        assert_eq!(places(&nobody, TemplateKind::Meeting), [Place::Day]);
        let meeting = Sending {
            blocked: true,
            day: "2026-12-01".into(),
            time: "9".into(),
            duration: "soon".into(),
            ..Sending::default()
        };
        assert_eq!(
            places(&meeting, TemplateKind::Meeting),
            [Place::Confirm, Place::Time, Place::Duration]
        );
        let good = Sending {
            time: "9:30".into(),
            duration: "1:15".into(),
            confirmed: true,
            ..meeting
        };
        let when = good.check(TemplateKind::Meeting).unwrap();
        assert_eq!((when.minute, when.duration), (Some(570), Some(75)));
    }
}
