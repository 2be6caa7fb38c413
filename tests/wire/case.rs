//! Small files with something wrong in them, and what is said of them.

use super::read;
use fairlead::codec::export;

/// Of version 1, as in a log that was begun then.
pub const FIRST: &str = r#"{"v":1,"at":"01a207d92100-0000-000000000000000a","do":["setup","Set up"],"set":[["pipeline:00000000000000f1","name","Vertrieb für Köln"]]}"#;
/// Of version 2.
pub const SECOND: &str = r#"{"v":2,"at":"01a207da0b60-0001-000000000000000a","do":["create_deal","Added Möbel"],"by":"00000000000000e1","undoes":"01a207d92100-0000-000000000000000a","set":[["deal:00000000000000d1","title","Möbel","value",[100,"EUR"],"close","2027-02-28","custom.00000000000001f0","North"]],"was":[["deal:00000000000000d1","probability",35]]}"#;

/// A file of two records, the second with `from` replaced by `to`.
pub fn file(from: &str, to: &str) -> String {
    assert!(SECOND.contains(from), "{from}");
    let second = SECOND.replacen(from, to, 1);
    export::lines("2026-11-23T12:00:00Z", [FIRST, &second].into_iter())
}

/// The same file as another program would lay it out: a value a line, indented.
pub fn reformatted(text: &str) -> String {
    let mut out = String::new();
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.push_str(&"\t".repeat(depth));
    };
    for c in text.chars().filter(|c| *c != '\n') {
        if quoted {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
            out.push(c);
            continue;
        }
        match c {
            '{' | '[' => {
                out.push(c);
                depth += 1;
                line(&mut out, depth);
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(" : "),
            _ => {
                quoted = c == '"';
                out.push(c);
            }
        }
    }
    out
}

/// Stands before the value that is wrong; taken out before the file is read.
pub const MARK: char = '⟦';

/// Line and column of the mark, from 1 and in characters, and the text without it.
pub fn unmarked(text: &str) -> (usize, usize, String) {
    let before = &text[..text.find(MARK).unwrap()];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    (line, column, text.replace(MARK, ""))
}

pub fn said(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

pub fn assert_one_sentence(sentence: &str) {
    assert!(
        sentence.ends_with('.') && !sentence.ends_with(".."),
        "{sentence}"
    );
    assert!(
        sentence.starts_with("The ") || sentence.starts_with("This "),
        "{sentence}"
    );
    assert!(
        !sentence.contains('\n') && !sentence.contains('`') && !sentence.contains("  "),
        "{sentence}"
    );
}
