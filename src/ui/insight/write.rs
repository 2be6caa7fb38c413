//! Figures as text, and as lengths of charts.

use super::data::Insight;
use super::deals::Deals;
use super::figure::{
    Delta, FigureData, THE_TIME_BEFORE, few, points_on, share_interval, share_text,
};
use crate::chart::value::{Amount, Measure, Said, Write};
use crate::domain::insight::answer::{Answer, Rules, Value};
use crate::domain::insight::catalogue::{Metric, Unit};
use crate::domain::insight::exchange::Total;
use crate::domain::insight::stats::Interval;
use crate::domain::insight::win::FEW;
use crate::domain::money::{Currency, Money};
use crate::shell::intl;
use crate::ui::fmt;
use leptos::prelude::With;

/// Days in words: "12.5 days", "1 day".
#[must_use]
pub fn days_text(days: f64) -> String {
    let rounded = (days * 10.0).round() / 10.0;
    let unit = if rounded == 1.0 { "day" } else { "days" };
    format!("{} {unit}", intl::number(rounded, 1))
}

/// How much, in words; empty where there is nothing.
#[must_use]
pub fn value_text(insight: Insight, value: &Value) -> String {
    written(value, |total| insight.sum(total), fmt::money)
}

fn written(
    value: &Value,
    sum: impl Fn(&Total) -> String,
    money: impl Fn(Money) -> String,
) -> String {
    match value {
        Value::None => String::new(),
        Value::Money(total) => sum(total),
        Value::Share(rate) => rate.value().map(share_text).unwrap_or_default(),
        Value::Parts(parts) => match parts.as_slice() {
            [(_, share)] => share_text(*share),
            all => {
                let part = |(c, share): &(Currency, f64)| format!("{c} {}", share_text(*share));
                all.iter().map(part).collect::<Vec<_>>().join(" · ")
            }
        },
        Value::Days(days) => days_text(*days),
        Value::Count(n) => intl::integer(i64::try_from(*n).unwrap_or(i64::MAX)),
        Value::Mean(mean) => intl::number(*mean, 1),
        Value::Times(times) => format!("{}×", intl::number(*times, 1)),
        Value::PerDay(all) => {
            let one = |(c, minor): &(Currency, i128)| money(Money::clamped(*minor, *c));
            let all: Vec<String> = all.iter().map(one).collect();
            format!("{} a day", all.join(" · "))
        }
    }
}

/// What a figure counts, one and many.
#[must_use]
pub fn nouns(metric: Metric) -> (&'static str, &'static str) {
    match metric {
        Metric::WinRate | Metric::WinValue | Metric::Activities => ("closed deal", "closed deals"),
        Metric::Won | Metric::WonCount | Metric::CycleWon => ("deal won", "deals won"),
        Metric::Lost | Metric::CycleLost => ("deal lost", "deals lost"),
        Metric::Conversion => ("entry", "entries"),
        Metric::StageTime => ("stay", "stays"),
        Metric::Velocity
        | Metric::Open
        | Metric::OpenCount
        | Metric::Weighted
        | Metric::Coverage
        | Metric::Idle
        | Metric::Rotting => ("open deal", "open deals"),
        Metric::Creation => ("new deal", "new deals"),
        Metric::Slips | Metric::Bottleneck => ("deal", "deals"),
    }
}

/// An interval in the unit of its figure.
fn interval_text(value: &Value, interval: Interval) -> Option<String> {
    Some(match value {
        Value::Share(_) => share_interval(interval),
        Value::Days(_) => format!(
            "{} to {}",
            intl::number(interval.low, 1),
            days_text(interval.high)
        ),
        Value::Mean(_) => format!(
            "{} to {}",
            intl::number(interval.low.max(0.0), 1),
            intl::number(interval.high, 1)
        ),
        _ => return None,
    })
}

/// Whether more of it is good; none where it is neither.
fn more_is_good(metric: Metric) -> Option<bool> {
    match metric {
        Metric::WinRate
        | Metric::WinValue
        | Metric::Won
        | Metric::WonCount
        | Metric::Conversion
        | Metric::Creation
        | Metric::Velocity
        | Metric::Open
        | Metric::OpenCount
        | Metric::Weighted
        | Metric::Coverage => Some(true),
        Metric::Lost | Metric::CycleWon | Metric::StageTime | Metric::Rotting | Metric::Idle => {
            Some(false)
        }
        Metric::CycleLost | Metric::Slips | Metric::Activities | Metric::Bottleneck => None,
    }
}

/// One number for comparing and drawing; none where there are several.
fn single(value: &Value) -> Option<f64> {
    match value {
        Value::Money(total) => {
            let mut sums = total.sums.iter();
            match (sums.next(), sums.next()) {
                (None, _) => Some(0.0),
                (Some((_, minor)), None) => Some(minor as f64),
                _ => None,
            }
        }
        Value::Share(rate) => rate.value(),
        Value::Parts(parts) => match parts.as_slice() {
            [(_, share)] => Some(*share),
            _ => None,
        },
        Value::Days(n) | Value::Mean(n) | Value::Times(n) => Some(*n),
        Value::Count(n) => Some(*n as f64),
        Value::PerDay(all) => match all.as_slice() {
            [(_, minor)] => Some(*minor as f64),
            _ => None,
        },
        Value::None => None,
    }
}

fn same_currency(a: &Value, b: &Value) -> bool {
    let of = |v: &Value| match v {
        Value::Money(total) => total.sums.iter().next().map(|(c, _)| c),
        Value::PerDay(all) => all.first().map(|(c, _)| *c),
        _ => None,
    };
    of(a).is_none() || of(b).is_none() || of(a) == of(b)
}

/// How a figure compares with what it was in another time, of which `than` is the name.
#[must_use]
pub fn delta(metric: Metric, now: &Value, before: &Value, than: &str) -> Option<Delta> {
    let (a, b) = (single(now)?, single(before)?);
    if !same_currency(now, before) {
        return None;
    }
    let (text, up) = match now {
        Value::Share(_) | Value::Parts(_) => {
            let found = points_on(a - b, than);
            (found.text, found.good)
        }
        Value::Days(_) => {
            let by = ((a - b) * 10.0).round() / 10.0;
            let sign = if by < 0.0 { "−" } else { "+" };
            let text = format!("{sign}{} on {than}", days_text(by.abs()));
            (text, (by != 0.0).then_some(by > 0.0))
        }
        _ if b == 0.0 && a == 0.0 => (String::new(), None),
        _ if b == 0.0 => (format!("nothing in {than}"), None),
        _ => {
            let by = ((a - b) / b.abs() * 100.0).round();
            let sign = if by < 0.0 { "−" } else { "+" };
            let share = intl::percent(by.abs() / 100.0, 0);
            let text = format!("{sign}{share} on {than}");
            (text, (by != 0.0).then_some(by > 0.0))
        }
    };
    let text = if text.is_empty() || up.is_none() && text.starts_with('+') {
        format!("as in {than}")
    } else {
        text
    };
    let good = up.zip(more_is_good(metric)).map(|(up, more)| up == more);
    Some(Delta { text, good })
}

/// A figure ready to be shown.
#[must_use]
pub fn figure(
    insight: Insight,
    metric: Metric,
    now: Answer,
    before: Option<&Answer>,
    deals: Deals,
    sentence: String,
) -> FigureData {
    let before = before.map(|before| (before, THE_TIME_BEFORE));
    figure_on(insight, metric, now, before, deals, sentence)
}

/// The same, with what it is compared with in words.
#[must_use]
pub fn figure_on(
    insight: Insight,
    metric: Metric,
    now: Answer,
    before: Option<(&Answer, &str)>,
    deals: Deals,
    sentence: String,
) -> FigureData {
    let prefs = insight.store.prefs();
    let rules = prefs.with(|p| Rules::read(&p.definitions));
    let n = usize::try_from(now.n).unwrap_or(usize::MAX);
    let nouns = match metric {
        Metric::WinRate | Metric::WinValue => rules.decided(),
        _ => nouns(metric),
    };
    let is_rate = matches!(now.value, Value::Share(_));
    let delta = before.and_then(|(b, than)| delta(metric, &now.value, &b.value, than));
    FigureData {
        value: value_text(insight, &now.value),
        n,
        nouns,
        interval: now.interval.and_then(|i| interval_text(&now.value, i)),
        small: (is_rate && now.n < FEW && n > 0).then(|| few(n, nouns)),
        delta,
        way: rules.way(metric),
        ..FigureData::new(String::new(), deals, sentence)
    }
}

/// A value as a length: minor units for money, hundredths of a percent for shares, tenths for days
/// and means, things for counts. Of several currencies that of the one asked for.
#[must_use]
pub fn minor(value: &Value, currency: Currency) -> Option<i128> {
    match value {
        Value::Money(total) => Some(total.sums.of(currency)),
        Value::PerDay(all) => all.iter().find(|(c, _)| *c == currency).map(|(_, n)| *n),
        Value::Share(rate) => rate.value().map(|v| (v * 10_000.0).round() as i128),
        Value::Parts(parts) => {
            let own = parts.iter().find(|(c, _)| *c == currency);
            let own = own.or(parts.first());
            own.map(|(_, v)| (*v * 10_000.0).round() as i128)
        }
        Value::Days(v) | Value::Mean(v) | Value::Times(v) => Some((*v * 10.0).round() as i128),
        Value::Count(n) => Some(i128::from(*n)),
        Value::None => None,
    }
}

/// A length in words.
#[must_use]
pub fn length(unit: Unit, currency: Currency, minor: i128) -> Said {
    let plain = |n: f64| intl::number(n, 1);
    match unit {
        Unit::Money | Unit::MoneyPerDay => {
            let money = Money::clamped(minor, currency);
            let after = if unit == Unit::Money { "" } else { " a day" };
            Said {
                full: format!("{}{after}", fmt::money(money)),
                short: fmt::money_compact(money),
            }
        }
        Unit::Percent => Said::plain(intl::percent(minor as f64 / 10_000.0, 0)),
        Unit::Days => Said {
            full: days_text(minor as f64 / 10.0),
            short: plain(minor as f64 / 10.0),
        },
        Unit::Times => Said::plain(format!("{}×", plain(minor as f64 / 10.0))),
        Unit::Count => Said::plain(intl::integer(i64::try_from(minor).unwrap_or(i64::MAX))),
    }
}

/// In what lengths of a figure are measured: means of counts in tenths are told from counts.
#[must_use]
pub fn axis(metric: Metric, currency: Currency) -> Measure {
    let unit = metric.unit();
    let tenths = metric == Metric::Activities;
    Measure {
        name: metric.label().to_owned(),
        least_step: match unit {
            Unit::Money | Unit::MoneyPerDay => 10_i128.pow(currency.digits()),
            Unit::Percent => 100,
            Unit::Days | Unit::Times => 1,
            Unit::Count if tenths => 1,
            Unit::Count => 1,
        },
        from_zero: true,
        write: Write::new(move |minor| said(metric, currency, minor).short),
    }
}

/// A length of a figure in words.
#[must_use]
pub fn said(metric: Metric, currency: Currency, minor: i128) -> Said {
    if metric == Metric::Activities {
        return Said::plain(intl::number(minor as f64 / 10.0, 1));
    }
    length(metric.unit(), currency, minor)
}

/// An answer as a length with its words.
#[must_use]
pub fn amount(metric: Metric, value: &Value, currency: Currency) -> Option<Amount> {
    let minor = minor(value, currency)?;
    Some(Amount {
        minor,
        said: said(metric, currency, minor),
    })
}

/// The currencies some answers are in, in order; the one asked for where they are in none.
#[must_use]
pub fn currencies<'a>(values: impl Iterator<Item = &'a Value>, home: Currency) -> Vec<Currency> {
    let mut found: Vec<Currency> = Vec::new();
    for value in values {
        match value {
            Value::Money(total) => found.extend(total.sums.iter().map(|(c, _)| c)),
            Value::PerDay(all) => found.extend(all.iter().map(|(c, _)| *c)),
            Value::Parts(all) => found.extend(all.iter().map(|(c, _)| *c)),
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        found.push(home);
    }
    found
}
