//! Invitations to meetings as files of other calendars: iCalendar (RFC 5545), and which of its
//! methods a message may have (RFC 5546).

use chrono::{DateTime, NaiveDate, Utc};

/// When a meeting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// All day long.
    Day(NaiveDate),
    /// From a moment on, in milliseconds since 1970, for so many minutes.
    From {
        /// The moment.
        ms: i64,
        /// Minutes.
        minutes: u32,
    },
}

/// Somebody with an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// A meeting to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// What tells it from all others, for ever: the same in each file about it.
    pub uid: String,
    /// When the file is written, in milliseconds since 1970.
    pub written: i64,
    /// Counts up with each version of the meeting.
    pub sequence: u32,
    /// When it is.
    pub when: When,
    /// What it is about, in a line.
    pub summary: String,
    /// More text.
    pub description: String,
    /// Where.
    pub location: String,
    /// Who invites.
    pub organiser: Option<Party>,
    /// Who is invited.
    pub attendees: Vec<Party>,
    /// Minutes before to remind of it.
    pub alarm: Option<u16>,
}

/// The longest line, in octets without the line break (RFC 5545, 3.1).
const MOST: usize = 75;

/// The file, with the line breaks the format asks for.
#[must_use]
pub fn write(meeting: &Meeting) -> String {
    let mut file = File::default();
    // A request needs both sides; a published event must name no attendee.
    let request = meeting.organiser.is_some() && !meeting.attendees.is_empty();
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//Fairlead//Fairlead//EN");
    file.line("CALSCALE:GREGORIAN");
    file.line(if request {
        "METHOD:REQUEST"
    } else {
        "METHOD:PUBLISH"
    });
    file.line("BEGIN:VEVENT");
    file.line(&format!("UID:{}", escaped(&meeting.uid)));
    file.line(&format!("DTSTAMP:{}", utc(meeting.written)));
    file.line(&format!("SEQUENCE:{}", meeting.sequence));
    match meeting.when {
        When::Day(day) => {
            file.line(&format!("DTSTART;VALUE=DATE:{}", day.format("%Y%m%d")));
            // The end is not part of it.
            let end = day.succ_opt().unwrap_or(day);
            file.line(&format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")));
        }
        When::From { ms, minutes } => {
            file.line(&format!("DTSTART:{}", utc(ms)));
            let end = ms.saturating_add(i64::from(minutes) * 60_000);
            file.line(&format!("DTEND:{}", utc(end)));
        }
    }
    file.line(&format!("SUMMARY:{}", escaped(&meeting.summary)));
    for (name, text) in [
        ("DESCRIPTION", &meeting.description),
        ("LOCATION", &meeting.location),
    ] {
        if !text.trim().is_empty() {
            file.line(&format!("{name}:{}", escaped(text)));
        }
    }
    if let Some(party) = &meeting.organiser {
        file.line(&format!("ORGANIZER{}", address(party)));
    }
    for party in meeting.attendees.iter().filter(|_| request) {
        file.line(&format!(
            "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE{}",
            address(party)
        ));
    }
    file.line("STATUS:CONFIRMED");
    file.line("TRANSP:OPAQUE");
    if let Some(minutes) = meeting.alarm {
        file.line("BEGIN:VALARM");
        file.line("ACTION:DISPLAY");
        file.line(&format!("DESCRIPTION:{}", escaped(&meeting.summary)));
        file.line(&format!("TRIGGER:-PT{minutes}M"));
        file.line("END:VALARM");
    }
    file.line("END:VEVENT");
    file.line("END:VCALENDAR");
    file.0
}

/// Name and address of somebody, after the name of the property.
fn address(party: &Party) -> String {
    // Inside quotes everything may stand but quotes and control characters.
    let plain = |c: &char| *c != '"' && !c.is_control();
    let name: String = party.name.chars().filter(plain).collect();
    let email: String = party
        .email
        .trim()
        .chars()
        .filter(|c| plain(c) && !c.is_whitespace())
        .collect();
    if name.trim().is_empty() {
        format!(":mailto:{email}")
    } else {
        format!(";CN=\"{}\":mailto:{email}", name.trim())
    }
}

/// A moment as of UTC, so that it means the same to everybody.
fn utc(ms: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(ms)
        .unwrap_or_default()
        .format("%Y%m%dT%H%M%SZ")
        .to_string()
}

/// A text with what has a meaning in it made harmless; control characters are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim_end().replace("\r\n", "\n").chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[derive(Default)]
struct File(String);

impl File {
    /// Adds a line, folded: no more than 75 octets, and no character torn apart.
    fn line(&mut self, text: &str) {
        let mut room = MOST;
        for c in text.chars() {
            if c.len_utf8() > room {
                // The space that marks a continued line counts as well.
                self.0.push_str("\r\n ");
                room = MOST - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
