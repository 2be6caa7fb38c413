//! Files that cannot be taken as a whole: newer, cut short, or something else altogether.

use super::case::{SECOND, assert_one_sentence, file, reformatted, said};
use super::{V1, V2, read};
use fairlead::codec::export::{self, ImportError, header};
use fairlead::codec::wire::{self, WireError};

#[test]
fn a_newer_format_is_told_apart_from_damage() {
    let sentence = "This file was written by a newer Fairlead (format 3; this page knows up to 2). Reload the page to get the newest one.";
    for (mine, newer_file) in [
        (1, V1.replacen(r#""version":1"#, r#""version":3"#, 1)),
        (2, V2.replacen(r#""version":2"#, r#""version":3"#, 1)),
    ] {
        assert_eq!(said(&newer_file), sentence, "{mine}");
        assert_eq!(said(&reformatted(&newer_file)), sentence, "{mine}");
    }
    // Of another shape altogether, as the records of format 3 may be.
    assert_eq!(
        said(r#"{"format":"fairlead","version":3,"log":"elsewhere"}"#),
        sentence
    );
    assert_eq!(said(&file(SECOND, r#"{"v":3}"#)), sentence);
    assert_eq!(
        said(&file(
            SECOND,
            r#"{"v":3,"at":[1],"more":{"deep":[[[[]]]]}}"#
        )),
        sentence
    );
    let deep = format!(r#"{{"v":3,"set":{}{}}}"#, "[".repeat(500), "]".repeat(500));
    assert_eq!(said(&file(SECOND, &deep)), sentence);
    assert_eq!(
        said(&file(r#""v":2"#, r#""v":4000000000"#)),
        sentence.replace("format 3", "format 4000000000")
    );
    assert_eq!(
        wire::decode(r#"{"v":3}"#),
        Err(WireError::Newer { found: 3 })
    );
    // Also when only its words are newer, and whichever comes first.
    for words in [
        r#"{"v":3,"at":"01a207d92100-0000-000000000000000a","do":["dance",""],"set":[]}"#,
        r#"{"at":"01a207d92100-0000-000000000000000a","do":["setup",""],"set":[["robot:00000000000000d1","mood.x",1]],"v":3}"#,
    ] {
        assert_eq!(wire::decode(words), Err(WireError::Newer { found: 3 }));
    }
}

#[test]
fn format_0_never_was() {
    let sentence = "The file is damaged at line 1, column 1: there never was a format 0.";
    assert_eq!(
        said(&V1.replacen(r#""version":1"#, r#""version":0"#, 1)),
        sentence
    );
    assert_eq!(
        said(&file(r#""v":2"#, r#""v":0"#)),
        sentence.replace("line 1", "line 3")
    );
}

#[test]
fn a_file_that_stops_early_says_so() {
    let whole = file("35", "36");
    let ends = [
        1,
        40,
        77,
        78,
        79,
        100,
        200,
        300,
        whole.len() - 2 - 3,
        whole.len() - 4,
        whole.len() - 3,
    ];
    for end in ends {
        let part = &whole.as_bytes()[..end];
        let text = String::from_utf8_lossy(part);
        let Err(ImportError::Cut { line, column }) = export::read(part.to_vec()) else {
            panic!("{end}: {:?}", export::read(part.to_vec()))
        };
        assert_eq!(
            line,
            text.trim_end_matches('\n').matches('\n').count()
                + 1
                + usize::from(text.ends_with('\n')),
            "{end}"
        );
        assert!(
            column >= 1 && column <= text.lines().last().unwrap().chars().count() + 1,
            "{end}: {column}"
        );
    }
    // In the middle of a character.
    let at = whole.find('ö').unwrap() + 1;
    assert!(matches!(
        export::read(whole.as_bytes()[..at].to_vec()),
        Err(ImportError::Cut { line: 2, .. })
    ));
    assert_eq!(
        said(&whole[..whole.len() - 3]),
        "The file ends in the middle (line 4, column 1). It may not have been copied whole."
    );
    assert!(matches!(
        read(&reformatted(&whole)[..400]),
        Err(ImportError::Cut { .. })
    ));
    // A record broken in two by another program is no early end.
    let broken = whole.replacen(r#""value""#, "\n\"value\"", 1);
    assert!(
        said(&broken).starts_with("The file is damaged at line 3, column "),
        "{}",
        said(&broken)
    );
}

#[test]
fn lines_after_the_end_are_refused() {
    let text = file("35", "35") + "more";
    assert_eq!(
        said(&text),
        "The file is damaged at line 5, column 1: there is more after the end."
    );
    assert!(read(&(file("35", "35") + "\n \n")).is_ok());
}

#[test]
fn a_change_that_lacks_parts_is_not_taken() {
    let without: Vec<&str> = V1
        .lines()
        .filter(|l| !l.contains(r#""part":[1,2]"#))
        .collect();
    assert_eq!(
        said(&without.join("\n")),
        "The file lacks parts of “Imported contacts”. It may not have been copied whole."
    );
    // Parts that contradict each other, as after a merge by hand.
    for odd in [r#""part":[1,3]"#, r#""part":[2,3]"#] {
        assert!(
            matches!(
                read(&V1.replacen(r#""part":[1,2]"#, odd, 1)),
                Err(ImportError::Missing(_))
            ),
            "{odd}"
        );
    }
}

#[test]
fn nesting_has_a_limit_and_no_file_can_exhaust_the_stack() {
    let nested = |depth: usize| file(r#""Möbel""#, &("[".repeat(depth) + &"]".repeat(depth)));
    for depth in [129, 100_000] {
        let sentence = said(&nested(depth));
        assert!(
            sentence.starts_with("The file is damaged at line 3, column "),
            "{sentence}"
        );
        assert!(
            sentence
                .ends_with(": it is nested more than 127 levels deep, which no Fairlead file is."),
            "{sentence}"
        );
        let whole = said(&format!("{}1{}", "[".repeat(depth), "]".repeat(depth)));
        assert_one_sentence(&whole);
    }
    assert!(said(&nested(60)).ends_with("a text is expected, a list was found."));
}

#[test]
fn files_of_other_kinds_are_called_by_their_name() {
    let kinds: &[(&[u8], &str)] = &[
        (
            b"PK\x03\x04\x14\0\x06\0\x08\0",
            "This is a ZIP archive or an Office document, not a Fairlead file.",
        ),
        (
            b"%PDF-1.7\n%\xe2\xe3",
            "This is a PDF document, not a Fairlead file.",
        ),
        (
            b"\x1f\x8b\x08\0\0\0",
            "This is a gzip archive, not a Fairlead file.",
        ),
        (
            b"\x89PNG\r\n\x1a\n",
            "This is a picture, not a Fairlead file.",
        ),
        (
            b"SQLite format 3\0",
            "This is a database, not a Fairlead file.",
        ),
        (
            b"opportunity_id,sales_agent\n1,Moses\n",
            "This is plain text, perhaps a table, not a Fairlead file.",
        ),
        (
            b"null",
            "This is plain text, perhaps a table, not a Fairlead file.",
        ),
        (
            b" \n<!doctype html><title>Sign in</title>",
            "This is a web page, not a Fairlead file.",
        ),
        (b"", "The file is empty."),
        (b" \r\n\t\n", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
    ];
    for (bytes, sentence) in kinds {
        assert_eq!(
            export::read(bytes.to_vec()).unwrap_err().to_string(),
            *sentence
        );
    }
    let not_ours = "This is a JSON file, but not one that Fairlead exported: its first part should say \"format\":\"fairlead\".";
    for text in [
        "{}",
        "[]",
        "[1,2,3]",
        r#"["fairlead",1]"#,
        r#"{"format":"other","version":1,"changes":[]}"#,
        r#"{"format":"fairlead","changes":[]}"#,
        r#"{"format":"fairlead","version":"1","changes":[]}"#,
        r#"{"format":["fairlead"],"version":1}"#,
        r#"{"type":"FeatureCollection","features":[]}"#,
    ] {
        assert_eq!(said(text), not_ours, "{text}");
    }
    assert_eq!(
        said("{\n  \"ä\": troe\n}"),
        "The file is damaged at line 2, column 10: a value is expected."
    );
}

#[test]
fn text_that_is_not_utf_8_is_refused_where_it_begins() {
    let mut latin = file("35", "35").into_bytes();
    let at = latin.windows(2).rposition(|w| w == "ö".as_bytes()).unwrap();
    latin.splice(at..at + 2, [0xf6]);
    let column = latin[..at]
        .iter()
        .rev()
        .take_while(|b| **b != b'\n')
        .count()
        + 1;
    // One letter before it, in the sentence of the change, takes two bytes.
    assert_eq!(
        export::read(latin).unwrap_err().to_string(),
        format!(
            "The file is not UTF-8 text (line 3, column {}). Fairlead files always are.",
            column - 1
        )
    );
    let utf16: Vec<u8> = "\u{feff}{}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(matches!(
        export::read(utf16),
        Err(ImportError::NotText { line: 1, column: 1 })
    ));
}

#[test]
fn a_broken_header_is_damage_and_a_missing_list_too() {
    assert_eq!(
        said(r#"{"format":"fairlead","version":1}"#),
        "The file is damaged at line 1, column 33: “changes” is missing."
    );
    assert_eq!(
        said(r#"{"format":"fairlead","version":1,"changes":7}"#),
        "The file is damaged at line 1, column 44: a list is expected, the number 7 was found."
    );
    assert!(read(&(header("now") + "]}")).unwrap().is_empty());
}
