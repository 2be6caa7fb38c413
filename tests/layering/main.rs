//! The layers and who may use whom, checked on the source text.
//!
//! `domain` uses nothing of the crate; `codec` and `chart` use `domain`; `app` uses those three;
//! `shell` uses these and `app`; `ui` uses all. A path from one module to another is found
//! wherever it stands (`use`, a type, an expression, a macro), whether it begins with `crate::`,
//! `fairlead::` or a row of `super::`.
//!
//! The compiler already keeps browser crates out of a native build; this test also finds them
//! behind a `cfg`, and holds rules no compiler knows: no clock and no chance in `domain`, no
//! markup from text anywhere, no file that has grown too long to read, and no test where nothing
//! runs it: the tests of the core run natively, those of `shell` and `ui` from `tests/browser_*`.
#![cfg(not(target_arch = "wasm32"))]

mod lexer;
mod paths;

use lexer::{Token, tokens};
use paths::{crate_paths, test_lines};
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer and the layers it may use, innermost first.
const LAYERS: [(&str, &[&str]); 6] = [
    ("domain", &[]),
    ("codec", &["domain"]),
    ("chart", &["domain"]),
    ("app", &["domain", "codec", "chart"]),
    ("shell", &["domain", "codec", "chart", "app"]),
    ("ui", &["domain", "codec", "chart", "app", "shell"]),
];

/// Layers that are compiled natively too and must not know that there is a browser.
const CORE: [&str; 4] = ["domain", "codec", "chart", "app"];

/// Names that only a browser layer may write.
const BROWSER: [&str; 7] = [
    "js_sys",
    "web_sys",
    "leptos",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "gloo",
    "console_error_panic_hook",
];

/// Names that `domain` must not write: it takes time and chance as data, and knows no file format.
const IMPURE: [&str; 6] = [
    "serde",
    "serde_json",
    "SystemTime",
    "rand",
    "getrandom",
    "OnceLock",
];

/// Ways to turn text into markup; whatever a person typed must stay text.
const MARKUP: [&str; 4] = [
    "inner_html",
    "outer_html",
    "insert_adjacent_html",
    "create_contextual_fragment",
];

/// Longest file, in lines, its test modules not counted.
const MAX_LINES: usize = 450;

/// One broken rule: where, and what is wrong.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    line: usize,
    message: String,
}

/// The layer a path below `src/` belongs to; `None` for `lib.rs` and `main.rs`.
fn layer_of(path: &Path) -> Option<&'static str> {
    let first = path.components().next()?.as_os_str().to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    LAYERS
        .iter()
        .map(|(layer, _)| *layer)
        .find(|layer| *layer == name)
}

/// How many modules deep the file at `path` below `src/` is.
fn depth_of(path: &Path) -> usize {
    let parts = path.components().count();
    if path.file_name().is_some_and(|name| name == "mod.rs") {
        parts - 1
    } else {
        parts
    }
}

/// All rules that the file at `path` (relative to `src/`) breaks.
fn faults(path: &Path, source: &str) -> Vec<Fault> {
    let tokens = tokens(source);
    let layer = layer_of(path);
    let mut found = Vec::new();
    let mut fault = |line: usize, message: String| found.push(Fault { line, message });

    if let Some((from, allowed)) = LAYERS.iter().find(|(name, _)| Some(*name) == layer) {
        for (line, to) in crate_paths(&tokens, depth_of(path)) {
            let is_layer = LAYERS.iter().any(|(name, _)| *name == to);
            if is_layer && to != *from && !allowed.contains(&to.as_str()) {
                fault(line, format!("{from} must not use {to}"));
            }
        }
    }
    for (at, (line, token)) in tokens.iter().enumerate() {
        let Token::Name(name) = token else { continue };
        let calls_now = || {
            matches!(tokens.get(at + 1), Some((_, Token::Path)))
                && matches!(tokens.get(at + 2), Some((_, Token::Name(next))) if next == "now")
        };
        if layer == Some("domain")
            && (IMPURE.contains(&name.as_str()) || (name == "Instant" && calls_now()))
        {
            fault(
                *line,
                format!(
                    "domain must not name {name}: time, chance and file formats come from outside"
                ),
            );
        }
        if layer.is_some_and(|layer| CORE.contains(&layer)) && BROWSER.contains(&name.as_str()) {
            fault(
                *line,
                format!(
                    "{} must not name {name}: it runs without a browser",
                    layer.unwrap_or_default()
                ),
            );
        }
        let marks_a_test =
            name == "wasm_bindgen_test" || name == "test" && is_attribute(&tokens, at);
        if matches!(layer, Some("shell" | "ui")) && marks_a_test {
            fault(
                *line,
                "nothing runs a test that stands here; put it into tests/browser_*".into(),
            );
        }
        if MARKUP.iter().any(|way| name.contains(way)) {
            fault(
                *line,
                format!("{name} turns text into markup; write the element instead"),
            );
        }
    }
    let is_test_file = path
        .file_stem()
        .is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
        || path.components().any(|part| part.as_os_str() == "tests");
    let lines = source.lines().count() - test_lines(&tokens).min(source.lines().count());
    if lines > MAX_LINES && !is_test_file {
        fault(
            lines,
            format!("{lines} lines without its tests; at most {MAX_LINES}, better 400"),
        );
    }
    found
}

/// Whether the name at `at` is all of `#[…]` or `cfg(…)`.
fn is_attribute(tokens: &[(usize, Token)], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|i| &tokens[i].1);
    match before(1) {
        Some(Token::Sign('[')) => before(2) == Some(&Token::Sign('#')),
        Some(Token::Sign('(')) => before(2) == Some(&Token::Name("cfg".into())),
        _ => false,
    }
}

/// All Rust files below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("src can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What listens to a lost focus without asking whether its owner is still there.
fn unguarded(source: &str) -> Vec<usize> {
    let listens = |line: &str| line.contains("on:focusout=") || line.contains("on:blur=");
    let guarded = |line: &str| line.contains("=leaving(");
    let lines = source.lines().enumerate();
    lines
        .filter(|(_, line)| listens(line) && !guarded(line))
        .map(|(at, _)| at + 1)
        .collect()
}

#[test]
fn whoever_listens_to_a_lost_focus_may_be_gone_by_then() {
    assert_eq!(
        unguarded("<div on:focusout=look>\n<b on:blur=leaving(x)>"),
        [1]
    );
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut report = Vec::new();
    for file in sources(&src) {
        let source = fs::read_to_string(&file).expect("a source file is UTF-8");
        let path = file.strip_prefix(&src).expect("found below src");
        let lines = unguarded(&source).into_iter();
        report
            .extend(lines.map(|line| format!("src/{}:{line}: use parts::leaving", path.display())));
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

#[test]
fn every_source_file_keeps_to_its_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&src);
    assert!(files.len() > LAYERS.len(), "src holds the layers");
    let mut report = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("a source file is UTF-8");
        let path = file.strip_prefix(&src).expect("found below src");
        for Fault { line, message } in faults(path, &source) {
            report.push(format!("src/{}:{line}: {message}", path.display()));
        }
    }
    assert!(report.is_empty(), "\n{}\n", report.join("\n"));
}

/// The messages for a made-up file, as `line: message`.
fn complaints(path: &str, source: &str) -> Vec<String> {
    faults(Path::new(path), source)
        .into_iter()
        .map(|Fault { line, message }| format!("{line}: {message}"))
        .collect()
}

#[test]
fn a_forbidden_edge_is_found_wherever_it_stands() {
    let bad = ["1: domain must not use app"];
    assert_eq!(
        complaints("domain/deal.rs", "use crate::app::Session;"),
        bad
    );
    assert_eq!(
        complaints("domain/deal.rs", "fn f(s: &crate::app::Session) {}"),
        bad
    );
    assert_eq!(
        complaints(
            "domain/deal.rs",
            "use crate::{domain::Deal, app::{Session, codec}};"
        ),
        bad
    );
    assert_eq!(
        complaints("domain/deal.rs", "use fairlead::app::Session;"),
        bad
    );
    assert_eq!(
        complaints("domain/deal.rs", "use super::super::app::Session;"),
        bad
    );
    assert_eq!(complaints("domain/mod.rs", "use super::app::Session;"), bad);
    assert_eq!(
        complaints(
            "domain/query/board.rs",
            "use super::super::super::{app, domain};"
        ),
        bad
    );
    assert_eq!(
        complaints(
            "domain/deal.rs",
            "mod tests { use super::super::super::app; }"
        ),
        bad
    );
    assert_eq!(
        complaints("codec/wire.rs", "\nuse crate::chart::Scene;"),
        ["2: codec must not use chart"]
    );
    assert_eq!(
        complaints("chart/bar.rs", "use crate::codec::wire;"),
        ["1: chart must not use codec"]
    );
    assert_eq!(
        complaints("app/session.rs", "use crate::shell::idb;"),
        ["1: app must not use shell"]
    );
    assert_eq!(
        complaints("shell/idb.rs", "use crate::ui::board;"),
        ["1: shell must not use ui"]
    );
}

#[test]
fn an_allowed_edge_passes() {
    let none: [&str; 0] = [];
    assert_eq!(
        complaints(
            "app/session.rs",
            "use crate::{chart, codec::wire, domain::Deal, app::form};"
        ),
        none
    );
    assert_eq!(
        complaints(
            "ui/root.rs",
            "use crate::shell::runtime; use leptos::prelude::*;"
        ),
        none
    );
    assert_eq!(
        complaints(
            "domain/deal.rs",
            "use super::stage::Stage; mod tests { use super::super::app_name; }"
        ),
        none
    );
    assert_eq!(
        complaints(
            "domain/deal.rs",
            "mod inner { use super::app; } fn f() { chart::app(); }"
        ),
        none
    );
    assert_eq!(
        complaints("lib.rs", "pub mod app; pub use crate::ui::start;"),
        none
    );
}

#[test]
fn comments_and_strings_are_no_code() {
    let none: [&str; 0] = [];
    let source = r##"
        //! See crate::app. // and leptos
        /* use crate::app; /* nested */ use crate::ui; */
        const A: &str = "use crate::app; \" leptos";
        const B: &str = r#"crate::ui " "#;
        const C: (char, char, &'static str) = ('"', '\'', "rand");
    "##;
    assert_eq!(complaints("domain/deal.rs", source), none);
    // What stands after them is code again, on the right line.
    assert_eq!(
        complaints("domain/deal.rs", &format!("{source}use crate::ui;")),
        ["7: domain must not use ui"]
    );
}

#[test]
fn the_core_is_kept_pure() {
    let found = complaints(
        "domain/stamp.rs",
        "use std::time::SystemTime;\nfn f() { Instant::now(); }\nuse serde::Serialize;",
    );
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[1].starts_with("2: domain must not name Instant"));
    assert_eq!(
        complaints("chart/svg.rs", "#[cfg(x)]\nuse web_sys::Document;").len(),
        1
    );
    assert_eq!(
        complaints("codec/wire.rs", "use serde::Serialize;").len(),
        0
    );
    assert_eq!(
        complaints("ui/card.rs", "view! { <p inner_html=title/> }").len(),
        1
    );
    assert_eq!(
        complaints("ui/card.rs", "element.set_inner_html(&title);").len(),
        1
    );
}

#[test]
fn a_test_that_nothing_runs_is_found() {
    assert_eq!(
        complaints("shell/idb.rs", "#[cfg(test)] mod tests {}").len(),
        1
    );
    assert_eq!(complaints("ui/card.rs", "#[test] fn f() {}").len(), 1);
    assert_eq!(
        complaints("ui/card.rs", "use x::wasm_bindgen_test;").len(),
        1
    );
    assert_eq!(
        complaints("ui/card.rs", "fn test(test: u8) { run(test); }").len(),
        0
    );
    assert_eq!(
        complaints("domain/deal.rs", "#[cfg(test)] mod tests {}").len(),
        0
    );
}

#[test]
fn a_long_file_is_found_and_its_tests_do_not_count() {
    let code = "fn f() {}\n".repeat(MAX_LINES);
    let tests = format!(
        "#[cfg(test)]\nmod tests {{\n{}}}\n",
        "    // x\n".repeat(200)
    );
    assert_eq!(complaints("app/session.rs", &code).len(), 0);
    assert_eq!(
        complaints("app/session.rs", &format!("{code}\nfn g() {{}}\n")).len(),
        1
    );
    let short = "fn f() {}\n".repeat(MAX_LINES - 5);
    assert_eq!(
        complaints("app/session.rs", &format!("{short}{tests}")).len(),
        0
    );
    let other = tests.replace("#[cfg(test)]\n", "");
    assert_eq!(
        complaints("app/session.rs", &format!("{short}{other}")).len(),
        1
    );
    assert_eq!(
        complaints("app/session/tests.rs", &format!("{code}{code}")).len(),
        0
    );
}
