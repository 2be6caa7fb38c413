//! Invitations as RFC 5545 wants them.

use fairlead::codec::ics::{Meeting, Party, When, write};
use proptest::prelude::*;

fn meeting() -> Meeting {
    Meeting {
        uid: "00000000000000aa@fairlead".into(),
        written: 1_795_428_000_000,
        sequence: 3,
        when: When::From {
            ms: 1_795_530_600_000,
            minutes: 90,
        },
        summary: "Site walk; hall 3, both floors".into(),
        description: "Bring shoes\nand C:\\plans".into(),
        location: String::new(),
        organiser: None,
        attendees: Vec::new(),
        alarm: Some(15),
    }
}

#[test]
fn is_written_byte_for_byte_like_this() {
    let golden = concat!(
        "BEGIN:VCALENDAR\r\n",
        "VERSION:2.0\r\n",
        "PRODID:-//Fairlead//Fairlead//EN\r\n",
        "CALSCALE:GREGORIAN\r\n",
        "METHOD:PUBLISH\r\n",
        "BEGIN:VEVENT\r\n",
        "UID:00000000000000aa@fairlead\r\n",
        "DTSTAMP:20261123T100000Z\r\n",
        "SEQUENCE:3\r\n",
        "DTSTART:20261124T143000Z\r\n",
        "DTEND:20261124T160000Z\r\n",
        "SUMMARY:Site walk\\; hall 3\\, both floors\r\n",
        "DESCRIPTION:Bring shoes\\nand C:\\\\plans\r\n",
        "STATUS:CONFIRMED\r\n",
        "TRANSP:OPAQUE\r\n",
        "BEGIN:VALARM\r\n",
        "ACTION:DISPLAY\r\n",
        "DESCRIPTION:Site walk\\; hall 3\\, both floors\r\n",
        "TRIGGER:-PT15M\r\n",
        "END:VALARM\r\n",
        "END:VEVENT\r\n",
        "END:VCALENDAR\r\n",
    );
    assert_eq!(write(&meeting()), golden);
}

#[test]
fn with_both_sides_it_is_a_request_and_all_day_has_dates() {
    let text = write(&Meeting {
        when: When::Day("2028-02-29".parse().unwrap()),
        organiser: Some(Party {
            name: "Nora \"N\" Feldmann".into(),
            email: "nora@fairlead.example".into(),
        }),
        attendees: vec![Party {
            name: String::new(),
            email: " ada@orchard.example ".into(),
        }],
        location: "Hall 3".into(),
        alarm: None,
        ..meeting()
    });
    // Folded lines put together again.
    let flat = text.replace("\r\n ", "");
    for line in [
        "METHOD:REQUEST",
        "DTSTART;VALUE=DATE:20280229",
        "DTEND;VALUE=DATE:20280301",
        "LOCATION:Hall 3",
        "ORGANIZER;CN=\"Nora N Feldmann\":mailto:nora@fairlead.example",
        "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ada@orchard.example",
    ] {
        assert!(
            flat.contains(&format!("{line}\r\n")),
            "{line} is missing in {flat}"
        );
    }
    assert!(!flat.contains("VALARM"));
}

proptest! {
    #[test]
    fn lines_are_folded_at_75_octets_without_tearing_a_character(
        summary in "\\PC{0,200}", description in "(\\PC|\n|\r|\t|\u{7}){0,300}",
    ) {
        let text = write(&Meeting { summary: summary.clone(), description, ..meeting() });
        prop_assert!(text.ends_with("\r\n"));
        for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
            let control = line.chars().any(char::is_control);
            prop_assert!(!control || line.contains('\t'));
        }
        // Unfolded and with its escapes undone, the summary is what it was.
        let flat = text.replace("\r\n ", "");
        let written = flat.lines().find_map(|l| l.strip_prefix("SUMMARY:")).unwrap();
        let mut read = String::new();
        let mut letters = written.chars();
        while let Some(c) = letters.next() {
            read.push(if c == '\\' { letters.next().unwrap() } else { c });
        }
        prop_assert_eq!(read, summary.trim_end());
    }
}
