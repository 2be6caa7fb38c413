//! What the page of quotas shares.

use super::reach::{Question, Reaching};
use crate::app::form::plan::QuotaForm;
use crate::domain::change::Kind;
use crate::domain::forecast::months::date;
use crate::domain::ids::QuotaId;
use crate::domain::insight::exchange::Exchange;
use crate::domain::insight::facts::Facts;
use crate::domain::insight::period::Period;
use crate::domain::insight::quotas::{
    Attained, History, Holder, Pace, burden, history, outside, pace, period_of,
};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::quota::Quota;
use crate::domain::world::World;
use crate::ui::fmt;
use crate::ui::insight::LiveFacts;
use crate::ui::store::{Store, use_store};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

/// A quota with all that is said of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub id: QuotaId,
    pub holder: Holder,
    pub who: String,
    pub period: Period,
    pub span: &'static str,
    pub amount: Money,
    pub got: Attained,
    pub history: History,
    pub pace: Option<Pace>,
    /// What is known from outside of the days to come, per mille, with the names of it.
    pub outside: Option<(i64, Vec<String>)>,
    pub burden: Vec<String>,
}

impl Line {
    /// An amount of the quota's currency as text.
    pub(super) fn text(&self, minor: i128) -> String {
        fmt::money(Money::clamped(minor, self.amount.currency))
    }

    /// How much is to be sold, minor units.
    pub(super) fn quota(&self) -> i128 {
        self.amount.minor.into()
    }

    /// What is played to know how likely it is.
    pub(super) fn question(&self) -> Question {
        (self.holder, self.period)
    }

    /// Whether it is still open how it ends.
    pub(super) fn is_going(&self, today: i32) -> bool {
        self.period.range().1 >= today && self.got.remaining(self.quota()) > 0
    }
}

/// The deals and rates as they are.
#[derive(Clone)]
pub(super) struct Ground {
    facts: LiveFacts,
    version: u64,
    pub exchange: Arc<Exchange>,
    pub today: i32,
}

impl Ground {
    /// The deals; nobody should keep them (`LiveFacts`).
    pub(super) fn facts(&self) -> Arc<Facts> {
        self.facts.get_untracked().0
    }
}

impl PartialEq for Ground {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version && self.today == other.today
    }
}

/// Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Quotas {
    pub store: Store,
    pub ground: Memo<Ground>,
    pub lines: Memo<Vec<Line>>,
}

/// What the page around shares.
pub(super) fn use_quotas() -> Quotas {
    expect_context()
}

impl Quotas {
    pub(super) fn provide() -> Self {
        let store = use_store();
        let facts = LiveFacts::follow(store);
        let ground = Memo::new(move |_| {
            let today = Memo::new(move |_| store.tick().today);
            let today = today.get().to_epoch_days();
            let version = facts.version();
            store.with(|s| Ground {
                facts,
                version,
                exchange: Arc::new(Exchange::read(&s.world().state)),
                today,
            })
        });
        let lines = Memo::new(move |_| {
            for kind in [Kind::Quota, Kind::Territory, Kind::ExternalFactor] {
                store.track_kind(kind);
            }
            let ground = ground.get();
            store.with(|s| {
                let world = s.world();
                let all = world.state.tables.quotas.iter();
                let mut all: Vec<Line> = all.filter_map(|q| line(world, &ground, q)).collect();
                all.order_by_key(|l| {
                    (
                        std::cmp::Reverse(l.period.from()),
                        l.period.to(),
                        l.who.to_lowercase(),
                        l.id,
                    )
                });
                all
            })
        });
        let quotas = Self {
            store,
            ground,
            lines,
        };
        provide_context(quotas);
        provide_context(Reaching::start(quotas));
        quotas
    }

    /// The currency quotas begin with.
    pub(super) fn currency(self) -> Currency {
        self.store.with(|s| {
            let workspace = s.world().state.workspace();
            workspace.reporting.unwrap_or(workspace.currency)
        })
    }

    /// The first month of the fiscal year.
    pub(super) fn fiscal_month(self) -> u8 {
        self.store
            .with(|s| s.world().state.workspace().fiscal_month)
    }

    /// A form for a new quota.
    pub(super) fn blank(self) -> QuotaForm {
        QuotaForm::blank(
            self.currency(),
            self.store.moment().today,
            self.fiscal_month(),
        )
    }
}

/// Whose a quota is, in words.
pub(super) fn who(world: &World, holder: &Holder) -> String {
    let state = &world.state;
    let who = match (holder.person, holder.team, holder.territory) {
        (Some(id), _, _) => state.name_of(id.into()),
        (_, Some(id), _) => format!("{} (team)", state.name_of(id.into())),
        (_, _, Some(id)) => format!("{} (territory)", state.name_of(id.into())),
        _ => "Everybody".to_owned(),
    };
    match holder.pipeline {
        Some(id) => format!("{who}, {}", state.name_of(id.into())),
        None => who,
    }
}

/// What is left of a period.
pub(super) fn ahead(period: Period, today: i32) -> Option<Period> {
    period.within(Period::new(date(today), NaiveDate::MAX))
}

fn line(world: &World, ground: &Ground, quota: &Quota) -> Option<Line> {
    let (period, amount) = (period_of(quota)?, quota.amount?);
    let holder = Holder::of(quota);
    let (facts, exchange, today) = (&*ground.facts(), &*ground.exchange, ground.today);
    let of = holder.select(world, facts);
    let got = Attained::of(facts, exchange, &of, period, amount.currency, today);
    let history = history(facts, exchange, &of, amount.currency, today);
    let minor = i128::from(amount.minor);
    Some(Line {
        id: quota.id,
        who: who(world, &holder),
        holder,
        period,
        span: quota.span.label(),
        amount,
        pace: pace(minor, &got, &history, period, today),
        outside: ahead(period, today).and_then(|t| outside(world, &holder, t, &quota.factors)),
        burden: if period.range().1 < today || got.remaining(minor) == 0 {
            Vec::new()
        } else {
            burden(world, facts, &holder, minor, quota.span, &history)
        },
        got,
        history,
    })
}
