//! What all pages of insight share: which deals they look at, and how sums are made.

use super::figure::THE_TIME_BEFORE;
use super::shared::{LiveFacts, Told, track};
use crate::app::scope::Scope;
use crate::domain::change::Kind;
use crate::domain::insight::exchange::{Exchange, Total};
use crate::domain::insight::lens::Lens;
use crate::domain::insight::period::Period;
use crate::domain::insight::select::Selection;
use crate::domain::insight::when::Against;
use crate::domain::money::{Currency, Money};
use crate::domain::workspace::WORKSPACE;
use crate::shell::{clock, intl};
use crate::ui::fmt;
use crate::ui::store::{Store, use_store};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

/// The civil date of a moment where the person is.
pub fn day_of(ms: i64) -> NaiveDate {
    clock::civil_date(ms).unwrap_or_default()
}

/// The choices and what follows from them; cheap to copy, found with [`use_insight`].
#[derive(Clone, Copy)]
pub struct Insight {
    /// The data.
    pub store: Store,
    /// The choices; kept in this browser.
    pub scope: RwSignal<Scope>,
    /// Which deals of which days.
    pub lens: Memo<Arc<Lens>>,
    /// The rates, and the currency sums are shown in.
    pub exchange: Memo<Arc<Exchange>>,
    /// The currency new deals start with.
    pub home: Memo<Currency>,
    /// All deals column by column, as they are now.
    pub facts: LiveFacts,
    /// What deals have been through; none while the log is being read.
    pub trails: RwSignal<Option<Told>>,
}

/// What the pages around share.
#[must_use]
pub fn use_insight() -> Insight {
    expect_context()
}

impl Insight {
    /// Makes it for the views below, with the choices as they were left.
    pub fn provide() -> Self {
        let store = use_store();
        let scope = RwSignal::new(store.prefs().with_untracked(|p| p.insight.clone()));
        Effect::new(move |_| {
            let now = scope.get();
            if store.prefs().with_untracked(|p| p.insight != now) {
                store.prefs().update(|p| p.insight = now);
            }
        });
        let lens = Memo::new(move |_| {
            for kind in [Kind::Pipeline, Kind::Person, Kind::Team, Kind::Workspace] {
                store.track_kind(kind);
            }
            let today = store.tick().today;
            Arc::new(scope.with(|scope| store.with(|s| scope.lens(&s.world().state, today))))
        });
        let exchange = Memo::new(move |_| {
            store.track_kind(Kind::Rate);
            store.track(WORKSPACE);
            Arc::new(store.with(|s| Exchange::read(&s.world().state)))
        });
        let home = Memo::new(move |_| {
            store.track(WORKSPACE);
            store.with(|s| s.world().state.workspace().currency)
        });
        let trails = super::trails::follow(store);
        let facts = LiveFacts::follow(store);
        let insight = Self {
            facts,
            trails,
            store,
            scope,
            lens,
            exchange,
            home,
        };
        provide_context(insight);
        insight
    }

    /// Reruns the surrounding closure whenever any figure may have changed.
    pub fn track(self) {
        track(self.store);
    }

    /// The rows of the facts that the lens looks at, whatever their days.
    pub fn selection(self) -> Memo<Arc<Selection>> {
        Memo::new(move |_| {
            let (facts, lens) = (self.facts.get(), self.lens.get());
            let of = self.store.with(|s| lens.select(&facts.0, s.world()));
            Arc::new(of)
        })
    }

    /// The sum of amounts with their days, in the reporting currency where there is one.
    pub fn total(self, amounts: impl IntoIterator<Item = (Money, NaiveDate)>) -> Total {
        let exchange = self.exchange.get();
        let mut total = Total::default();
        for (money, on) in amounts {
            total.add(&exchange, money, on);
        }
        total
    }

    /// A sum as text: of one currency in full, of several side by side; nothing is 0.
    pub fn sum(self, total: &Total) -> String {
        if total.sums.is_empty() {
            let exchange = self.exchange.get();
            return fmt::money(Money::new(0, exchange.reporting.unwrap_or(self.home.get())));
        }
        match total.sums.iter().count() {
            1 => fmt::sums(&total.sums),
            _ => fmt::sums_compact(&total.sums),
        }
    }

    /// The same, shortened.
    pub fn sum_compact(self, total: &Total) -> String {
        if total.sums.is_empty() {
            let exchange = self.exchange.get();
            return fmt::money_compact(Money::new(
                0,
                exchange.reporting.unwrap_or(self.home.get()),
            ));
        }
        fmt::sums_compact(&total.sums)
    }

    /// What the page's time is compared with, in words.
    pub fn than(self) -> String {
        let own = self.lens.get().before.map(period_words);
        match self.scope.with(Scope::against) {
            Against::Before => THE_TIME_BEFORE.to_owned(),
            Against::YearBefore => "a year before".to_owned(),
            Against::Own => own.unwrap_or_default(),
        }
    }

    /// How sums are made, as a sentence for explanations.
    pub fn how_summed(self, total: &Total) -> String {
        let exchange = self.exchange.get();
        let words = total.words(&exchange);
        match (exchange.reporting, total.converted) {
            (None, _) => words.unwrap_or_else(|| {
                "Amounts of one currency are added up; several would stand side by side.".into()
            }),
            (Some(to), 0) => words.unwrap_or_else(|| format!("All amounts are in {to} already.")),
            (Some(to), n) => {
                let many = intl::count(n as usize, "amount was", "amounts were");
                let begin = format!(
                    "{many} converted to {to}, each by the rate of its own day and rounded to whole minor units, a half to the even one."
                );
                words.map_or(begin.clone(), |words| format!("{begin} {words}"))
            }
        }
    }
}

/// A span of days in words: `1 Oct 2026 – 31 Dec 2026`.
#[must_use]
pub fn period_words(period: Period) -> String {
    let (from, to) = (period.from(), period.to());
    match (from == NaiveDate::MIN, to == NaiveDate::MAX) {
        (true, true) => "All time".into(),
        (false, true) => format!("Since {}", fmt::date(from)),
        (true, false) => format!("Until {}", fmt::date(to)),
        (false, false) => format!("{} – {}", fmt::date(from), fmt::date(to)),
    }
}
