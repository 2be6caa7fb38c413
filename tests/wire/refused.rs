//! Records that cannot be taken: one clear sentence, with line and column.

use super::case::{SECOND, assert_one_sentence, file, reformatted, said, unmarked};
use super::read;
use fairlead::codec::export::ImportError;

/// What makes no sense: a value put in place of another, marked where it stands, and what is
/// said of it.
const NONSENSE: &[(&str, &str, &str)] = &[
    (r#""title""#, r#"⟦"colour""#, "a deal has no field “colour”"),
    (r#""title","#, "⟦", "a deal has no field “Möbel”"),
    (
        r#""title""#,
        "⟦5",
        "the name of a field is expected, a number was found",
    ),
    (
        r#""close","2027-02-28","custom.00000000000001f0","North""#,
        r#"⟦"close""#,
        "the field “close” has no value",
    ),
    (
        r#""custom.00000000000001f0""#,
        r#"⟦"custom""#,
        "a deal has no field “custom”",
    ),
    (
        r#""custom.00000000000001f0""#,
        r#"⟦"custom.1f0""#,
        "a deal has no field “custom.1f0”",
    ),
    (
        r#""custom.00000000000001f0""#,
        r#"⟦"custom.00000000000001f0.1""#,
        "a deal has no field “custom.00000000000001f0.1”",
    ),
    (
        r#""custom.00000000000001f0""#,
        r#"⟦"title.00000000000001f0""#,
        "a deal has no field “title.00000000000001f0”",
    ),
    (
        r#""North""#,
        r#"⟦{"date":"soon"}"#,
        "field “custom.00000000000001f0” of a deal: a date such as 2026-03-31 is expected, “soon” was found",
    ),
    (
        r#""custom.00000000000001f0","North""#,
        r#""answers.00000000000001f0",⟦7"#,
        "field “answers.00000000000001f0” of a deal: an object is expected, 7 was found",
    ),
    (
        r#""custom.00000000000001f0","North""#,
        r#""kind",⟦"rental""#,
        "field “kind” of a deal: new, renewal, upsell or cross_sell is expected, “rental” was found",
    ),
    (
        r#""deal:00000000000000d1","title""#,
        r#"⟦"robot:00000000000000d1","title""#,
        "Fairlead keeps nothing called “robot”",
    ),
    (
        r#""deal:00000000000000d1","title""#,
        r#"⟦"deal:d1","title""#,
        "“d1” is not an id: 16 hexadecimal digits are expected",
    ),
    (
        r#""deal:00000000000000d1","title""#,
        r#"⟦"d1","title""#,
        "“d1” is not an id: 16 hexadecimal digits are expected",
    ),
    (
        r#""deal:00000000000000d1","title""#,
        r#"⟦7,"title""#,
        "this should say what the values after it belong to, such as deal:00000000000000d1",
    ),
    (
        r#"["create_deal","#,
        r#"⟦["explode","#,
        "“explode” is not something Fairlead does",
    ),
    (
        r#""Möbel","value""#,
        r#"⟦5,"value""#,
        "field “title” of a deal: a text is expected, 5 was found",
    ),
    (
        r#"[100,"EUR"]"#,
        "⟦100",
        "field “value” of a deal: [minor units, currency] is expected, 100 was found",
    ),
    (
        r#"[100,"EUR"]"#,
        r#"⟦["1","EUR"]"#,
        "field “value” of a deal: a whole number is expected, “1” was found",
    ),
    (
        r#"[100,"EUR"]"#,
        r#"⟦[100,"Euro"]"#,
        "field “value” of a deal: a currency code is expected, “Euro” was found",
    ),
    (
        r#"[100,"EUR"]"#,
        r#"⟦[100]"#,
        "field “value” of a deal: [minor units, currency] is expected, a list was found",
    ),
    (
        r#""2027-02-28""#,
        r#"⟦"2027-02-29""#,
        "field “close” of a deal: a date such as 2026-03-31 is expected, “2027-02-29” was found",
    ),
    (
        "35",
        "⟦300",
        "field “probability” of a deal: a whole number from 0 to 255 is expected, 300 was found",
    ),
    (
        "35",
        "⟦-1",
        "field “probability” of a deal: a whole number from 0 to 255 is expected, -1 was found",
    ),
    (
        "35",
        "⟦true",
        "field “probability” of a deal: a whole number from 0 to 255 is expected, yes or no was found",
    ),
    (
        r#""01a207da0b60-0001-000000000000000a""#,
        r#"⟦"yesterday""#,
        "“yesterday” is not a stamp of a change",
    ),
    (
        r#""01a207da0b60-0001-000000000000000a""#,
        r#"⟦"000000000000-0000-0000000000000000""#,
        "a change cannot be without a time",
    ),
    (
        r#""01a207da0b60-0001-000000000000000a""#,
        r#"⟦"ffffffffffff-ffff-000000000000000a""#,
        "a change cannot be from after the year 9999",
    ),
    (
        r#"undoes":"01a207d92100-0000-000000000000000a""#,
        r#"undoes":⟦"it""#,
        "“it” is not a stamp of a change",
    ),
    (
        r#"by":"00000000000000e1""#,
        r#"by":⟦"me""#,
        "“me” is not an id: 16 hexadecimal digits are expected",
    ),
    (
        r#""by""#,
        r#""part":⟦[2,2],"by""#,
        "there is no part 3 of 2",
    ),
    (
        r#""by""#,
        r#""part":⟦[0,0],"by""#,
        "there is no part 1 of 0",
    ),
];

#[test]
fn what_makes_no_sense_is_named_with_its_place() {
    for (from, to, what) in NONSENSE {
        let plain = file(from, to);
        for text in [reformatted(&plain), plain.replace('\n', "\r\n"), plain] {
            let (line, column, text) = unmarked(&text);
            let sentence = said(&text);
            assert_eq!(
                sentence,
                format!("The file is damaged at line {line}, column {column}: {what}.")
            );
            assert_one_sentence(&sentence);
        }
    }
}

/// What is no JSON, or of another shape.
const SHAPES: &[(&str, &str, &str)] = &[
    (r#""value":"#, "", ""),
    (
        r#""v":2"#,
        r#""v":"2""#,
        "the number of the format is expected, the text “2” was found",
    ),
    (
        r#""v":2"#,
        r#""v":2.0"#,
        "the number of the format is expected, the number 2.0 was found",
    ),
    (r#""v":2,"#, "", "“v” is missing"),
    (
        r#""at":"01a207da0b60-0001-000000000000000a","#,
        "",
        "“at” is missing",
    ),
    (
        r#""do":["create_deal","Added Möbel"]"#,
        r#""do":"create_deal""#,
        "a list of 2 is expected, the text “create_deal” was found",
    ),
    (
        r#","Added Möbel"]"#,
        "]",
        "a list of 2 is expected, 1 was found",
    ),
    (r#""set":["#, r#""set":{"a":["#, ""),
    (
        r#""by":"#,
        r#""colour":"red","by":"#,
        "nothing called “colour” belongs there",
    ),
    (r#""by":"#, r#""v":2,"by":"#, "“v” is there twice"),
    (
        "35",
        "3.5",
        "3.5 is not a whole number; amounts are kept in whole minor units",
    ),
    (
        "35",
        "-0.0001",
        "-0.0001 is not a whole number; amounts are kept in whole minor units",
    ),
    (
        "35",
        "35.0",
        "whole numbers are written without a point and without an exponent",
    ),
    (
        "35",
        "1e2",
        "whole numbers are written without a point and without an exponent",
    ),
    ("35", "9223372036854775808", "the number is too large"),
    ("35", "-9223372036854775809", "the number is too large"),
    (
        "35",
        "100000000000000000000000000000",
        "the number is too large",
    ),
    ("35", "1e999", "the number is too large"),
    ("35", "035", "the number is not written as JSON wants it"),
    ("35", "NaN", "a value is expected"),
    ("35", "'35'", "a value is expected"),
    (r#""was":"#, r#""was""#, "“:” is expected"),
    (r#","2027"#, r#""2027"#, "“,” or “]” is expected"),
    (
        r#""Möbel""#,
        "\"M\u{1}bel\"",
        "a text has a control character in it that should be written as \\u and four digits",
    ),
    (
        r#""Möbel""#,
        r#""M\öbel""#,
        "a text has a backslash in it with a wrong sign after it",
    ),
    (
        r#""Möbel""#,
        r#""M\ud800bel""#,
        "a text has half of a character in it",
    ),
    (SECOND, "7", "a change is expected, the number 7 was found"),
    (SECOND, "[1]", "a change is expected, a list was found"),
    (SECOND, "null", "a change is expected, nothing was found"),
];

/// A record of version 1 is judged as one of version 2: with the place of what is wrong.
#[test]
fn what_is_wrong_with_a_record_of_version_1_is_found_too() {
    for (from, to, what) in NONSENSE {
        let plain = file(from, to).replace(r#"{"v":2,"#, r#"{"v":1,"#);
        let (line, column, text) = unmarked(&plain);
        assert_eq!(
            said(&text),
            format!("The file is damaged at line {line}, column {column}: {what}.")
        );
    }
}

#[test]
fn what_is_of_another_shape_is_refused_on_its_line() {
    for (from, to, what) in SHAPES.iter().filter(|(.., what)| !what.is_empty()) {
        let sentence = said(&file(from, to));
        let told = sentence
            .strip_prefix("The file is damaged at line 3, column ")
            .unwrap_or_else(|| panic!("{what}: {sentence}"));
        let (column, message) = told.split_once(": ").unwrap();
        assert_eq!(message, format!("{what}."));
        let column: usize = column.parse().unwrap();
        let line = file(from, to).lines().nth(2).unwrap().to_owned();
        assert!(
            (1..=line.chars().count() + 1).contains(&column),
            "{sentence}"
        );
        assert_one_sentence(&sentence);
    }
}

#[test]
fn columns_are_counted_in_characters() {
    let (line, column, text) = unmarked(&file("35", "⟦3.5"));
    let Err(ImportError::Broken {
        line: l, column: c, ..
    }) = read(&text)
    else {
        panic!()
    };
    // The reader notices at the end of the number.
    assert!(
        l == line && (column..=column + 3).contains(&c),
        "{c} for {column}"
    );
}
