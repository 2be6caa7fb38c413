//! Numbers beside those of the time they are compared with, in words.

use super::deals::Deals;
use super::figure::{share_text, signed_points};
use super::rows::use_rows;
use crate::domain::insight::stats::binomial::difference;
use crate::domain::insight::stats::sample::Sample;
use crate::domain::insight::stats::test::welch;
use crate::domain::insight::stats::{Interval, Rate};
use crate::shell::intl;
use leptos::prelude::*;

/// With its sign.
fn signed(by: f64, digits: u8) -> String {
    let size = 10_f64.powi(digits.into());
    let sign = match (by * size).round() {
        0.0 => "±",
        n if n < 0.0 => "−",
        _ => "+",
    };
    format!("{sign}{}", intl::number(by.abs(), digits))
}

fn whole(n: u64) -> String {
    intl::integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Two shares: "was 37 % of 31, +5 points (−8 to +18)"; the interval is Newcombe's.
#[must_use]
pub fn rates(now: Rate, before: Rate) -> String {
    let Some(share) = before.value() else {
        return "was of nothing".into();
    };
    let was = format!("was {} of {}", share_text(share), whole(before.n));
    match difference(now, before) {
        None => was,
        Some((by, Interval { low, high })) => format!(
            "{was}, {} ({} to {})",
            signed_points(by),
            signed(low * 100.0, 0),
            signed(high * 100.0, 0)
        ),
    }
}

/// Two numbers of things: "was 31, +4".
#[must_use]
pub fn counts(now: u64, before: u64) -> String {
    let by = now as f64 - before as f64;
    format!("was {}, {}", whole(before), signed(by, 0))
}

/// Two means: "was 2.1, +0.4 (−0.2 to +1.0)"; the interval is Welch's.
#[must_use]
pub fn means(now: &Sample, before: &Sample) -> String {
    let Some(mean) = before.mean() else {
        return "was of nothing".into();
    };
    let was = format!("was {}", intl::number(mean, 1));
    match (welch(now, before), now.mean()) {
        (Some((by, Interval { low, high }, _)), _) => format!(
            "{was}, {} ({} to {})",
            signed(by, 1),
            signed(low, 1),
            signed(high, 1)
        ),
        (None, Some(now)) => format!("{was}, {}", signed(now - mean, 1)),
        (None, None) => was,
    }
}

/// Two numbers of days: "was 12 days, −2".
#[must_use]
pub fn days(now: Option<f64>, before: Option<f64>) -> String {
    let Some(was) = before else {
        return "was not known yet".into();
    };
    let text = format!("was {}", super::write::days_text(was));
    now.map_or(text.clone(), |now| {
        format!("{text}, {}", signed(now - was, 1))
    })
}

/// What it was, under a number; pressing it opens the deals it was of.
#[component]
pub fn Was(
    /// Of what: "Reached Lead".
    what: String,
    /// What it was.
    text: String,
    /// Which deals these are, in a sentence.
    #[prop(into)]
    sentence: String,
    /// These deals.
    #[prop(into)]
    deals: Deals,
) -> impl IntoView {
    let rows = use_rows();
    if deals.is_empty() {
        return view! { <span class="part__small">{text}</span> }.into_any();
    }
    let label = format!("{what} {text}, show the deals of then");
    let open = rows.opener(format!("{what} {text}"), sentence, deals);
    view! { <span class="part__small"><button type="button" class="cell-link" aria-label=label on:click=open>{text}</button></span> }
        .into_any()
}
