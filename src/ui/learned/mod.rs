//! The chance to win that is learned from the own closed deals.

mod card;

pub use card::{LearnedCard, signed};

use crate::domain::change::Kind;
use crate::domain::insight::facts::Facts;
use crate::domain::insight::learned::{Learned, TooFew, Verdict};
use crate::domain::insight::select::Selection;
use crate::shell::clock::sleep;
use crate::ui::parts::Latest;
use crate::ui::store::Store;
use leptos::prelude::*;
use std::sync::Arc;

/// What was learned, with the facts it is of.
#[derive(Clone)]
pub struct Told {
    /// All deals column by column, as they were then.
    pub facts: Arc<Facts>,
    /// What they teach, or why not.
    pub learned: Arc<Result<Learned, TooFew>>,
}

impl PartialEq for Told {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.facts, &other.facts)
    }
}

/// Kinds of records that a score depends on.
const KINDS: [Kind; 9] = [
    Kind::Deal,
    Kind::Stage,
    Kind::Organisation,
    Kind::Person,
    Kind::Contact,
    Kind::Product,
    Kind::Territory,
    Kind::Campaign,
    Kind::CustomField,
];

/// Waits for more changes before learning anew, in milliseconds.
const CALM: i32 = 300;

/// Learns as soon as `wanted` says so, after the page is drawn, and again whenever deals change.
pub fn follow(store: Store, wanted: impl Fn() -> bool + 'static) -> RwSignal<Option<Told>> {
    let told = RwSignal::new(None::<Told>);
    let runs = Latest::idle();
    Effect::new(move |before: Option<()>| {
        if !wanted() {
            return;
        }
        for kind in KINDS {
            store.track_kind(kind);
        }
        let is_last = runs.begin();
        let wait = if before.is_some() && told.with_untracked(Option::is_some) {
            CALM
        } else {
            0
        };
        leptos::task::spawn_local(async move {
            sleep(wait).await;
            if !is_last() {
                return;
            }
            let now = store.with(|s| {
                let facts = Facts::over(s.world(), &|_| 0);
                let learned = Learned::of(s.world(), &facts, &Selection::all(&facts));
                Told {
                    facts: Arc::new(facts),
                    learned: Arc::new(learned),
                }
            });
            told.try_set(Some(now));
        });
    });
    told
}

/// A verdict in a few words.
#[must_use]
pub fn verdict_title(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "Better than the base rate",
        Verdict::NoBetter => "No better than the base rate",
        Verdict::Worse => "Worse than the base rate",
    }
}

/// What a verdict means for the use of the score.
#[must_use]
pub fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => {
            "On later deals that it had not seen, the score was nearer to what came than the plain win rate, by more than chance."
        }
        Verdict::NoBetter => {
            "On later deals that it had not seen, the score was not nearer to what came than the plain win rate, or by no more than chance gives: do not rely on it."
        }
        Verdict::Worse => {
            "On later deals that it had not seen, the score was further from what came than the plain win rate. Your deals have changed since: do not rely on it."
        }
    }
}
