//! What the panels say.

use super::super::content::Look;
use super::{Line, Told};
use crate::app::dashboard::panel::Panel;
use crate::domain::deal::Status;
use crate::domain::forecast::book::{Book, Tally};
use crate::domain::ids::DealId;
use crate::domain::insight::answer::Question;
use crate::domain::insight::bottleneck::{Narrow, NarrowQuery, bottlenecks};
use crate::domain::insight::quotas::Attained;
use crate::domain::insight::select::Selection;
use crate::domain::insight::stats::Rate;
use crate::domain::insight::win::TOO_FEW;
use crate::domain::insight::win_loss::{Query, ReasonRow, Reasons};
use crate::domain::money::{Currency, Money};
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::{period_words, share_interval, share_text};
use leptos::prelude::*;
use std::sync::Arc;

/// How many reasons and stages have room.
const REASONS: usize = 6;
const STAGES: usize = 3;

pub(super) fn told(look: Look, panel: Panel) -> Told {
    let of = look.of.get();
    let days = look.days.get().0;
    let told = look.ask(days, |q| match panel {
        Panel::Quota => quota(q, &of),
        Panel::Forecast => forecast(look, q, &of),
        Panel::LossReasons => losses(look, q, &of),
        Panel::Bottlenecks => narrow(look, q, &of),
        Panel::Changes => Told::default(),
    });
    Told {
        days: told.days.or((panel != Panel::Quota).then_some(days)),
        ..told
    }
}

fn line(name: &str, value: String, small: String, sentence: &str, deals: Vec<DealId>) -> Line {
    Line {
        name: name.to_owned(),
        value,
        small,
        sentence: sentence.to_owned(),
        deals: Arc::new(deals),
    }
}

fn deals(n: usize) -> String {
    intl::count(n, "deal", "deals")
}

/// What is left out for want of a value or a rate.
fn left_out(n: u64, currency: Currency) -> String {
    match n {
        0 => String::new(),
        n => format!(
            "{} left out: no value, or no rate to {currency}.",
            intl::count(n as usize, "deal is", "deals are")
        ),
    }
}

fn quota(q: &Question<'_>, of: &Selection) -> Told {
    let Some((quota, period)) = q.quota else {
        return Told {
            none: "No quota runs today.",
            ..Told::default()
        };
    };
    let own = quota.currency;
    let got = Attained::of(q.facts, q.exchange, of, period, own, q.now.today);
    let minor = i128::from(quota.minor);
    let text = |minor: i128| fmt::money(Money::clamped(minor, own));
    let share = got.share(minor);
    let won = share.map_or_else(String::new, |share| format!("{} · ", share_text(share)));
    let small = |n: usize, words: &str| format!("{}{words}", deals(n));
    let sentence = format!("Deals won in {}.", period_words(period));
    let mut lines = vec![line(
        "Won",
        text(got.won),
        format!("{won}{}", deals(got.won_deals.len())),
        &sentence,
        got.won_deals.clone(),
    )];
    if got.remaining(minor) > 0 {
        let open = got.open_deals.clone();
        lines.push(line(
            "Still missing",
            text(got.remaining(minor)),
            small(open.len(), " expected to close in what is left"),
            "Open deals expected to close in what is left of the days of the quota.",
            open.clone(),
        ));
        lines.push(line(
            "Open, weighted",
            text(got.weighted),
            format!("{} in full", text(got.open)),
            "Open deals expected to close in what is left of the days of the quota, each value times its chance.",
            open,
        ));
    }
    Told {
        lines,
        reached: share.map(|share| {
            let words = format!("{} of {}", text(got.won), fmt::money(quota));
            (words, share.clamp(0.0, 1.0))
        }),
        note: left_out(got.apart, own),
        days: Some(period),
        ..Told::default()
    }
}

fn forecast(look: Look, q: &Question<'_>, of: &Selection) -> Told {
    let insight = look.reading.insight;
    let currency = q.exchange.reporting.unwrap_or(q.facts.home);
    let store = insight.store;
    let book = store.with(|s| Book::standing(&s.world().state, q, of, currency));
    let rollup = book.rollup(q.period, q.now.today);
    let commit = rollup.closed.and(&rollup.commit);
    let best = commit.and(&rollup.best);
    let weighted = book.weighted(q.period, q.now.today);
    let one = |name: &str, tally: &Tally, sentence: &str| {
        line(
            name,
            fmt::money(Money::clamped(tally.minor, currency)),
            deals(tally.deals.len()),
            sentence,
            tally.deals.clone(),
        )
    };
    let mut lines = vec![
        one(
            "Won so far",
            &rollup.closed,
            "Deals won in the time of the tile.",
        ),
        one(
            "Commit",
            &commit,
            "Deals won in the time of the tile, and open ones expected in it that are called commit.",
        ),
        one(
            "Best case",
            &best,
            "Deals won in the time of the tile, and open ones expected in it that are called commit or best case.",
        ),
        one(
            "Weighted",
            &weighted,
            "Deals won in the time of the tile, and open ones expected in it, each value times its chance.",
        ),
    ];
    if !rollup.overdue.deals.is_empty() {
        lines.push(one(
            "Overdue, in none of these",
            &rollup.overdue,
            "Open deals whose expected close is past.",
        ));
    }
    if weighted.deals.is_empty() && rollup.overdue.deals.is_empty() {
        lines.clear();
    }
    Told {
        lines,
        none: "Nothing is won or expected in this time.",
        note: match book.apart {
            0 => String::new(),
            n => format!(
                "{} no rate to {currency} and count as nothing.",
                intl::count(n as usize, "deal has", "deals have")
            ),
        },
        ..Told::default()
    }
}

fn losses(look: Look, q: &Question<'_>, of: &Selection) -> Told {
    let insight = look.reading.insight;
    let reasons = insight.store.with(|s| {
        let query = Query {
            world: s.world(),
            facts: q.facts,
            of,
            period: q.period,
            exchange: q.exchange,
        };
        Reasons::of(query, Status::Lost)
    });
    let all = reasons.all.n();
    let row = |row: &ReasonRow| {
        let n = row.all.n();
        let worth = insight.sum(&row.all.value);
        let small = match Rate::new(n, all).interval().filter(|_| all >= TOO_FEW) {
            Some(interval) => format!("{} of all lost · {worth}", share_interval(interval)),
            None => worth,
        };
        let name = match row.reason.as_str() {
            "" => "No reason given",
            reason => reason,
        };
        line(
            name,
            format!(
                "{} of {}",
                intl::integer(n as i64),
                intl::integer(all as i64)
            ),
            small,
            "Deals lost in the time of the tile for this reason.",
            row.all.deals.clone(),
        )
    };
    let more = reasons.rows.len().saturating_sub(REASONS);
    Told {
        lines: reasons.rows.iter().take(REASONS).map(row).collect(),
        none: "No deal was lost in this time.",
        note: match more {
            0 => String::new(),
            n => format!(
                "{} not shown.",
                intl::count(n, "rarer reason is", "rarer reasons are")
            ),
        },
        ..Told::default()
    }
}

fn narrow(look: Look, q: &Question<'_>, of: &Selection) -> Told {
    let store = look.reading.insight.store;
    let pipelines = q.pipelines();
    let several = pipelines.len() > 1;
    let mut all: Vec<Narrow> = Vec::new();
    for pipeline in pipelines {
        let query = NarrowQuery {
            pipeline,
            period: q.period,
            exchange: q.exchange,
            now: q.now,
        };
        let found = bottlenecks(q.facts, of, &query).into_iter();
        all.extend(found.filter(|n| n.is_told() && n.weight > 0.0));
    }
    let one = |narrow: &Narrow| {
        let name = store.with(|s| {
            let state = &s.world().state;
            let stage = state.name_of(narrow.stage.into());
            let row = state.tables.stages.get(narrow.stage);
            match row.filter(|_| several) {
                Some(row) => format!("{stage}, {}", state.name_of(row.pipeline.into())),
                None => stage,
            }
        });
        let mut deals = narrow.waiting.clone();
        deals.extend(
            narrow
                .lost_deals
                .iter()
                .filter(|id| !narrow.waiting.contains(id)),
        );
        line(
            &name,
            format!("{} {}", share_text(narrow.weight), narrow.weight_of),
            format!(
                "{} lost, {} standing too long",
                intl::integer(narrow.lost as i64),
                intl::integer(narrow.waiting.len() as i64)
            ),
            "Open deals that stand here longer than three of four winners did, and deals lost out of the stage in the time of the tile.",
            deals,
        )
    };
    Told {
        lines: all.iter().take(STAGES).map(one).collect(),
        none: "There is not enough to call a stage narrow yet.",
        ..Told::default()
    }
}
