//! Every word of the file format. A word that is here may never change its meaning or go;
//! new ones are added at the end, so that snapshots, which number the fields, stay readable.

use fairlead::domain::activity::ActivityKind;
use fairlead::domain::change::{Edit, IntentKind, Kind, Tables};
use fairlead::domain::deal::{BuyingRole, ForecastCategory, Status};
use fairlead::domain::stage::{Hue, StageKind};
use std::collections::HashSet;

/// The fields of each kind, in the order of their key numbers.
const FIELDS: &[(&str, &[&str])] = &[
    (
        "workspace",
        &[
            "deleted",
            "name",
            "currency",
            "lost_reasons",
            "won_reasons",
            "hold_reasons",
            "sources",
            "competitors",
            "sample",
        ],
    ),
    ("pipeline", &["deleted", "name", "rank"]),
    (
        "stage",
        &[
            "deleted",
            "pipeline",
            "name",
            "rank",
            "kind",
            "probability",
            "rot_days",
            "hue",
            "purpose",
            "successor",
        ],
    ),
    (
        "deal",
        &[
            "deleted",
            "title",
            "placement",
            "rank",
            "outcome",
            "organisation",
            "contacts",
            "owner",
            "value",
            "close",
            "probability",
            "category",
            "source",
            "tags",
            "products",
            "description",
            "created",
            "external",
        ],
    ),
    (
        "organisation",
        &[
            "deleted",
            "name",
            "website",
            "industry",
            "employees",
            "revenue",
            "founded",
            "location",
            "parent",
            "description",
            "external",
        ],
    ),
    (
        "contact",
        &[
            "deleted",
            "name",
            "title",
            "organisation",
            "emails",
            "phones",
            "description",
            "external",
        ],
    ),
    ("person", &["deleted", "name", "email", "manager", "office"]),
    ("product", &["deleted", "name", "series", "price"]),
    (
        "activity",
        &[
            "deleted",
            "kind",
            "subject",
            "body",
            "deal",
            "contact",
            "owner",
            "due",
            "due_minute",
            "done",
            "created",
        ],
    ),
];

#[test]
fn the_fields_have_these_names_in_this_order() {
    let now: Vec<(&str, Vec<&str>)> = Kind::ALL
        .iter()
        .map(|kind| {
            let keys = Tables::keys(*kind).into_iter();
            let names = keys.map(|key| Edit::name_of(*kind, key)).collect();
            (kind.code(), names)
        })
        .collect();
    let pinned: Vec<(&str, Vec<&str>)> = FIELDS
        .iter()
        .map(|(kind, names)| (*kind, names.to_vec()))
        .collect();
    assert_eq!(now, pinned);
    // The stamps of a row are kept with a mask of 64 bits, a key number in one byte each.
    assert!(pinned.iter().all(|(_, names)| names.len() < 64));
}

/// Checks the words of an enum: all of them, in this order, each leading back to itself.
macro_rules! assert_words {
    ($name:ident, $words:literal) => {
        let words: Vec<&str> = $words.split_whitespace().collect();
        let now: Vec<&str> = $name::ALL.iter().map(|w| w.code()).collect();
        assert_eq!(now, words, stringify!($name));
        assert_eq!(
            words.iter().collect::<HashSet<_>>().len(),
            words.len(),
            stringify!($name)
        );
        for word in $name::ALL {
            assert_eq!($name::from_code(word.code()), Some(*word));
        }
        for other in ["", "Open", " open", "nothing"] {
            assert_eq!($name::from_code(other), None);
        }
    };
}

#[test]
fn the_values_have_these_words() {
    assert_words!(
        IntentKind,
        "setup create_deal edit_deal move_deal close_deal reopen_deal delete edit_record
         log_activity complete_activity edit_stages merge_stages delete_stage edit_workspace
         import load_sample remove_sample undo redo"
    );
    assert_words!(Status, "open won lost on_hold");
    assert_words!(StageKind, "open won lost on_hold");
    assert_words!(
        Hue,
        "slate blue sky teal green lime amber orange rose violet"
    );
    assert_words!(ForecastCategory, "omitted pipeline best_case commit");
    assert_words!(
        BuyingRole,
        "unknown champion economic_buyer decision_maker influencer technical_buyer user blocker
         procurement"
    );
    assert_words!(ActivityKind, "task call email meeting note");
}
