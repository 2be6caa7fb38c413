//! Where in a file something is wrong, and the JSON reader's words for it in plain ones.

/// A place in a text, for people: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Place {
    /// The place of the byte at `offset`; one beyond the end is the end.
    #[must_use]
    pub fn of(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let start = before.rfind('\n').map_or(0, |n| n + 1);
        Self {
            line: before.bytes().filter(|b| *b == b'\n').count() + 1,
            column: before[start..].chars().count() + 1,
        }
    }
}

/// The byte that the JSON reader means by its line and column, which counts bytes.
#[must_use]
pub fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(n) => text
            .match_indices('\n')
            .nth(n)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    (start + column.saturating_sub(1)).min(text.len())
}

/// The JSON reader's message as a part of a sentence.
#[must_use]
pub fn plain(error: &serde_json::Error) -> String {
    let full = error.to_string();
    let message = full
        .rfind(" at line ")
        .map_or(full.as_str(), |at| &full[..at]);
    let fixed = match message {
        "recursion limit exceeded" => {
            "it is nested more than 127 levels deep, which no Fairlead file is"
        }
        "trailing characters" => "there is more after the end",
        "trailing comma" => "there is a comma too many",
        "number out of range" => "the number is too large",
        "invalid number" => "the number is not written as JSON wants it",
        "key must be a string" => "a name in quotes is expected",
        "invalid escape" => "a text has a backslash in it with a wrong sign after it",
        m if m.contains("surrogate") || m == "unexpected end of hex escape" => {
            "a text has half of a character in it"
        }
        m if m.starts_with("control character") => {
            "a text has a control character in it that should be written as \\u and four digits"
        }
        _ => return rephrased(message),
    };
    fixed.to_owned()
}

fn rephrased(message: &str) -> String {
    let named = |prefix: &str| {
        let rest = message.strip_prefix(prefix)?.strip_prefix('`')?;
        rest.split_once('`').map(|(name, _)| name)
    };
    if let Some(name) = named("missing field ") {
        return format!("“{name}” is missing");
    }
    if let Some(name) = named("duplicate field ") {
        return format!("“{name}” is there twice");
    }
    if let Some(name) = named("unknown field ") {
        return format!("nothing called “{name}” belongs there");
    }
    for prefix in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some((found, wanted)) = message
            .strip_prefix(prefix)
            .and_then(|rest| rest.split_once(", expected "))
        {
            return format!(
                "{} is expected, {} was found",
                wanted_text(wanted),
                found_text(found)
            );
        }
    }
    match message.strip_prefix("expected ") {
        Some("value" | "ident") => "a value is expected".to_owned(),
        Some(sign) => format!("{} is expected", quoted(sign)),
        None => quoted(message),
    }
}

/// “string "x"” and “integer `5`” as people say it.
fn found_text(found: &str) -> String {
    let kinds = [
        ("string ", "the text "),
        ("integer ", "the number "),
        ("floating point ", "the number "),
        ("boolean ", ""),
    ];
    for (theirs, ours) in kinds {
        if let Some(value) = found.strip_prefix(theirs) {
            let value = value.trim_matches('`');
            return match value.strip_prefix('"').and_then(|v| v.strip_suffix('"')) {
                Some(text) => format!("{ours}“{}”", text.chars().take(40).collect::<String>()),
                None => format!("{ours}{value}"),
            };
        }
    }
    match found {
        "null" => "nothing".to_owned(),
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        other => quoted(other),
    }
}

fn wanted_text(wanted: &str) -> String {
    match wanted {
        "a sequence" => "a list".to_owned(),
        "a string" | "a borrowed string" => "a text".to_owned(),
        "u32" => "the number of the format".to_owned(),
        other => match other.strip_prefix("a tuple of size ") {
            Some(n) => format!("a list of {n}"),
            None => quoted(other),
        },
    }
}

/// Code in backquotes as text in quotation marks.
fn quoted(text: &str) -> String {
    let mut open = false;
    text.chars()
        .map(|c| match c {
            '`' => {
                open = !open;
                if open { '“' } else { '”' }
            }
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_stay_in_the_text() {
        let text = "ab\nöß\u{1F6CB}x\n";
        let at = |offset| {
            let place = Place::of(text, offset);
            (place.line, place.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (1, 3));
        assert_eq!(at(3), (2, 1));
        assert_eq!(at(7), (2, 3));
        // In the middle of the fourth character of the line.
        assert_eq!(at(9), (2, 3));
        assert_eq!(at(11), (2, 4));
        assert_eq!(at(13), (3, 1));
        assert_eq!(at(999), (3, 1));
    }

    #[test]
    fn offsets_are_found_again() {
        let text = "ab\ncde\n\nf";
        for (line, column, byte) in [
            (1, 1, 0),
            (1, 2, 1),
            (2, 1, 3),
            (2, 3, 5),
            (4, 1, 8),
            (3, 1, 7),
        ] {
            assert_eq!(offset(text, line, column), byte);
        }
        // The reader says column 0 for the end of a line, and lines may lie beyond the text.
        assert_eq!(offset(text, 2, 0), 3);
        assert_eq!(offset(text, 9, 4), text.len());
    }

    #[test]
    fn no_message_shows_code() {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code)]
        struct Shape {
            a: u32,
            b: Option<(String, bool)>,
        }
        let said =
            |json: &str| plain(&serde_json::from_str::<Shape>(json).map(|_| ()).unwrap_err());
        for (json, message) in [
            (
                r#"{"a":true}"#,
                "the number of the format is expected, true was found",
            ),
            (
                r#"{"a":{}}"#,
                "the number of the format is expected, an object was found",
            ),
            (
                r#"{"a":-1}"#,
                "the number of the format is expected, the number -1 was found",
            ),
            (
                r#"{"a":1.5}"#,
                "the number of the format is expected, the number 1.5 was found",
            ),
            (r#"{"a":1,}"#, "there is a comma too many"),
            (
                r#"{"a":1,"b":["x",[]]}"#,
                "a boolean is expected, a list was found",
            ),
            (r#"{1:2}"#, "a name in quotes is expected"),
            (r#"{"c":2}"#, "nothing called “c” belongs there"),
            (r#"{"a":1 "b"}"#, "“,” or “}” is expected"),
        ] {
            assert_eq!(said(json), message, "{json}");
        }
    }
}
