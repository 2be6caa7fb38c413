//! Every word of the file format, in `fixtures/names.txt`. A word that is there may never change
//! its meaning or go; new ones are added at the end, so that snapshots, which number the fields,
//! stay readable.

use super::{assert_same, blessing, fixture};
use fairlead::domain::activity::{ActivityKind, ActivityOutcome, Direction};
use fairlead::domain::automation::{ActionKind, TriggerKind};
use fairlead::domain::cadence::{RunState, StopReason, TemplateKind};
use fairlead::domain::change::{Edit, IntentKind, Kind, Tables};
use fairlead::domain::custom::{FieldHome, FieldKind};
use fairlead::domain::deal::{BuyingRole, DealKind, ForecastCategory, Status};
use fairlead::domain::entity::MAP_BASE;
use fairlead::domain::experiment::{Assignment, ExperimentState};
use fairlead::domain::gate::{GateMode, GateSide};
use fairlead::domain::line::Period;
use fairlead::domain::party::Health;
use fairlead::domain::quota::Span;
use fairlead::domain::review::{CoachingKind, FeedbackKind};
use fairlead::domain::rule::Op;
use fairlead::domain::scoring::{Axis, IcpPart};
use fairlead::domain::stage::{Hue, StageKind};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

/// Where a word is used: the path of its value in files, such as `automation.trigger.kind`.
pub struct Words {
    pub name: &'static str,
    pub at: &'static str,
    pub words: Vec<&'static str>,
}

macro_rules! vocabulary {
    ($($name:ident in $at:literal),* $(,)?) => {
        /// The enums of words, and where each is used.
        pub fn vocabulary() -> Vec<Words> {
            vec![$(Words {
                name: stringify!($name),
                at: $at,
                words: $name::ALL.iter().map(|word| word.code()).collect(),
            }),*]
        }

        #[test]
        fn each_word_leads_back_to_itself_and_no_other_does() {
            $(for word in $name::ALL {
                assert_eq!($name::from_code(word.code()), Some(*word));
            }
            for other in ["", "Open", " open", "nothing"] {
                assert_eq!($name::from_code(other), None);
            })*
        }
    };
}

// `kind` and `do` are those of the record itself.
vocabulary! {
    Kind in "kind",
    IntentKind in "do",
    Status in "deal.outcome",
    StageKind in "stage.kind",
    Hue in "stage.hue",
    GateMode in "stage.gate",
    GateSide in "criterion.side",
    ForecastCategory in "deal.category",
    BuyingRole in "deal.contacts.role",
    DealKind in "deal.kind",
    Period in "deal.lines.period",
    ActivityKind in "activity.kind",
    Direction in "activity.direction",
    ActivityOutcome in "activity.outcome",
    Health in "organisation.health",
    FieldKind in "field.kind",
    FieldHome in "field.home",
    Op in "icp.condition.op",
    IcpPart in "icp.part",
    Axis in "score_rule.axis",
    RunState in "deal.cadences.state",
    StopReason in "deal.cadences.why",
    TemplateKind in "template.kind",
    TriggerKind in "automation.trigger.kind",
    ActionKind in "automation.actions.kind",
    CoachingKind in "coaching.kind",
    FeedbackKind in "feedback.kind",
    Span in "quota.span",
    Assignment in "experiment.assignment",
    ExperimentState in "experiment.state",
}

/// All names: the fields of each kind, those with entries with an asterisk, then the words.
fn names() -> String {
    let mut text = String::new();
    let mut add = |what: String, words: Vec<String>| {
        if !words.is_empty() {
            text.push_str(&format!("{what}: {}\n", words.join(" ")));
        }
    };
    for kind in Kind::ALL {
        let of_entries = |has: bool| {
            let keys = Tables::keys(*kind).into_iter();
            keys.filter(|key| (*key >= MAP_BASE) == has)
                .map(|key| Edit::name_of(*kind, key).to_owned())
                .collect::<Vec<_>>()
        };
        add(kind.code().to_owned(), of_entries(false));
        add(format!("{}*", kind.code()), of_entries(true));
    }
    for Words { name, words, .. } in vocabulary() {
        add(
            name.to_owned(),
            words.into_iter().map(str::to_owned).collect(),
        );
    }
    text
}

fn lines(text: &str) -> BTreeMap<&str, Vec<&str>> {
    text.lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, words)| (name, words.split_whitespace().collect()))
        .collect()
}

#[test]
fn the_words_are_these_in_this_order() {
    let now = names();
    if blessing() {
        // Also then nothing goes. What was never in any release may: delete its line first.
        let path = format!("{}/tests/fixtures/names.txt", env!("CARGO_MANIFEST_DIR"));
        let before = std::fs::read_to_string(path).unwrap_or_default();
        let all = lines(&now);
        for (name, words) in lines(&before) {
            let kept = all.get(name).is_some_and(|now| now.starts_with(&words));
            assert!(kept, "{name} may only grow at its end: it was {words:?}");
        }
    }
    assert_same(&now, &fixture("names.txt", &now));
}

#[test]
fn no_name_is_there_twice_and_the_stamps_have_room() {
    for kind in Kind::ALL {
        let keys = Tables::keys(*kind);
        let names: HashSet<_> = keys.iter().map(|key| Edit::name_of(*kind, *key)).collect();
        assert_eq!(names.len(), keys.len(), "{}", kind.code());
        // The key and its point must not be taken for a part of the name.
        assert!(names.iter().all(|name| !name.contains('.')));
        // The stamps of a row are kept with a mask of 64 bits, a key number in one byte each.
        assert!(keys.iter().filter(|key| **key < MAP_BASE).count() < 64);
    }
    for Words { name, words, .. } in vocabulary() {
        assert_eq!(
            words.iter().collect::<HashSet<_>>().len(),
            words.len(),
            "{name}"
        );
    }
}

#[test]
fn no_enum_of_words_is_forgotten() {
    fn declared(folder: &Path, into: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                declared(&path, into);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for part in text.split("words! {").skip(1) {
                let is_doc =
                    |line: &&str| line.trim_start().starts_with("///") || line.trim().is_empty();
                let first = part.lines().find(|line| !is_doc(line)).unwrap_or_default();
                if let Some((name, _)) = first.split_once(": \"") {
                    into.insert(name.trim().to_owned());
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    declared(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain"),
        &mut found,
    );
    // What frameworks are made from; only the frameworks made are in files.
    found.remove("Template");
    // What this browser's preferences name, not files.
    found.remove("When");
    found.remove("Against");
    // What a chart is told of, not files.
    found.remove("StepKind");
    found.remove("Ahead");
    let known = vocabulary()
        .iter()
        .map(|words| words.name.to_owned())
        .collect();
    assert_eq!(found, known);
}
