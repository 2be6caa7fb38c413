//! An invitation to a meeting, as a file for other calendars.

use super::title_of;
use crate::app::session::Tone;
use crate::codec::ics::{self, Meeting, Party, When};
use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::ids::ActivityId;
use crate::domain::stamp::Millis;
use crate::shell::clock;
use crate::shell::file::Download;
use crate::ui::store::Store;

/// Minutes a meeting takes when nobody said how long.
const USUAL: u32 = 30;

/// Whether an invitation can be made: to a meeting, on a day.
#[must_use]
pub fn can_invite(activity: &Activity) -> bool {
    activity.kind == ActivityKind::Meeting && activity.due.is_some()
}

/// Downloads the invitation.
pub fn invite(store: Store, id: ActivityId) {
    let Some((meeting, name)) = store.with(|s| {
        let state = &s.world().state;
        let t = &state.tables;
        let row = t.activities.row(id)?;
        let activity = &row.entity;
        let due = activity.due.filter(|_| can_invite(activity))?;
        let person = |id| t.people.get(id);
        let organiser = s
            .me()
            .or(activity.owner)
            .and_then(person)
            .filter(|p| !p.email.trim().is_empty())
            .map(|p| Party {
                name: p.name.clone(),
                email: p.email.clone(),
            });
        let deal = activity.deal.and_then(|id| t.deals.get(id));
        let contact = activity
            .contact
            .or_else(|| deal.and_then(|d| crate::domain::query::cadence::contact_of(state, d)))
            .and_then(|id| t.contacts.get(id));
        let attendee = contact.and_then(|c| {
            Some(Party {
                name: c.name.clone(),
                email: c.emails.first()?.clone(),
            })
        });
        let title = title_of(activity);
        let meeting = Meeting {
            uid: format!("{id}@fairlead"),
            written: clock::now_ms(),
            sequence: sequence(row.born.ms(), row.stamps.last().ms()),
            when: match activity.due_minute {
                None => When::Day(due),
                Some(minute) => When::From {
                    ms: clock::instant(due, minute),
                    minutes: activity.duration.map_or(USUAL, u32::from),
                },
            },
            summary: title.clone(),
            description: activity.body.clone(),
            location: activity.location.clone(),
            organiser,
            attendees: attendee.into_iter().collect(),
            alarm: activity.remind,
        };
        Some((meeting, format!("{}.ics", file_name(&title))))
    }) else {
        return;
    };
    let mut file = Download::new("text/calendar;charset=utf-8");
    let saved = file
        .text(&ics::write(&meeting))
        .and_then(|()| file.save(&name));
    match saved {
        Ok(()) => store.say(format!("Downloaded {name}"), Tone::Done),
        Err(error) => store.say(format!("Nothing was downloaded. {error}"), Tone::Refused),
    }
}

/// Counts up with each change: the seconds since the meeting was written down.
fn sequence(born: Millis, last: Millis) -> u32 {
    u32::try_from((last - born).max(0) / 1_000)
        .unwrap_or(0)
        .min(i32::MAX as u32)
}

/// A text as a name of a file, at most 60 characters.
fn file_name(text: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let name: String = text.chars().map(plain).take(60).collect();
    let name = name.trim_matches('-').to_owned();
    if name.is_empty() {
        String::from("meeting")
    } else {
        name
    }
}
