//! One number: what it is, how much, of how many, how sure, and what is behind it.

use super::deals::Deals;
use super::rows::{Behind, use_rows};
use crate::domain::insight::stats::{Interval, Rate};
use crate::domain::insight::win::FEW;
use crate::shell::intl;
use crate::ui::parts::*;
use leptos::prelude::*;

/// How a number compares with that of the time before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delta {
    /// By how much, in words: "+4 points", "+12 %".
    pub text: String,
    /// Whether that is good; none where it is neither.
    pub good: Option<bool>,
}

/// A number with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureData {
    /// The number as text; empty where there is none, which is then said.
    pub value: String,
    /// Of how many.
    pub n: usize,
    /// What is counted, one and many: "closed deal", "closed deals".
    pub nouns: (&'static str, &'static str),
    /// How sure it is, in words.
    pub interval: Option<String>,
    /// Why it says little, where n is small.
    pub small: Option<String>,
    /// How it compares.
    pub delta: Option<Delta>,
    /// Which deals are behind it, in a sentence.
    pub sentence: String,
    /// These deals.
    pub deals: Deals,
    /// The way it is counted, where that is not the usual one.
    pub way: Option<String>,
    /// What else is said of it: "mean 30 days".
    pub beside: Option<String>,
    /// Deals that are counted apart.
    pub apart: Option<Apart>,
    /// What is said where there is no number, when that is more than that there are none.
    pub missing: Option<String>,
    /// Whether the deals are shown with how often and to when their close was put off.
    pub put_off: bool,
}

/// Deals that a figure counts apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// How many, and what they mean for the figure.
    pub text: String,
    /// Which they are, in a sentence.
    pub sentence: String,
    /// They.
    pub deals: Deals,
}

impl FigureData {
    /// A plain number of deals or sum over them.
    #[must_use]
    pub fn new(value: String, deals: impl Into<Deals>, sentence: impl Into<String>) -> Self {
        let deals = deals.into();
        Self {
            value,
            n: deals.len(),
            nouns: ("deal", "deals"),
            sentence: sentence.into(),
            deals,
            ..Self::default()
        }
    }

    /// A share with its interval, greyed where it is of few.
    #[must_use]
    pub fn share(
        rate: Rate,
        nouns: (&'static str, &'static str),
        deals: impl Into<Deals>,
        sentence: impl Into<String>,
    ) -> Self {
        let n = usize::try_from(rate.n).unwrap_or(usize::MAX);
        Self {
            value: rate.value().map(share_text).unwrap_or_default(),
            n,
            nouns,
            interval: rate.interval().map(share_interval),
            small: (rate.n < FEW && n > 0).then(|| few(n, nouns)),
            ..Self::new(String::new(), deals, sentence)
        }
    }

    /// Says what is missing where there is no number.
    #[must_use]
    pub fn or_else_said(mut self, missing: Option<&str>) -> Self {
        self.missing = missing.map(str::to_owned);
        self
    }
}

/// What is compared with, where nothing else is chosen.
pub const THE_TIME_BEFORE: &str = "the time before";

/// The same, with what is compared with in words.
#[must_use]
pub fn points_on(difference: f64, than: &str) -> Delta {
    let whole = (difference * 100.0).round() as i64;
    let text = match whole {
        0 => format!("as in {than}"),
        _ => format!("{} on {than}", signed_points(difference)),
    };
    Delta {
        text,
        good: (whole != 0).then_some(whole > 0),
    }
}

/// Points of percent with their sign: "+4 points", "−1 point", "±0 points".
#[must_use]
pub fn signed_points(difference: f64) -> String {
    let whole = (difference * 100.0).round() as i64;
    let sign = match whole {
        0 => "±",
        1.. => "+",
        _ => "−",
    };
    let unit = if whole.abs() == 1 { "point" } else { "points" };
    format!("{sign}{} {unit}", whole.abs())
}

/// A share as text.
#[must_use]
pub fn share_text(share: f64) -> String {
    // What is nearly all is not all, what is nearly none not none.
    let rounds = |digits: i32| {
        let size = 10_f64.powi(digits);
        let shown = (share * 100.0 * size).round() / size;
        (shown == 0.0 && share > 0.0) || (shown == 100.0 && share < 1.0)
    };
    let digits = (0..2).find(|n| !rounds((*n).into())).unwrap_or(2);
    intl::percent(share, digits)
}

/// The interval of a share in words.
#[must_use]
pub fn share_interval(interval: Interval) -> String {
    // A narrow one keeps its ends apart.
    let digits = match interval.width() {
        width if width >= 0.015 => 0,
        width if width >= 0.0015 => 1,
        _ => 2,
    };
    format!(
        "{} to {}",
        intl::percent(interval.low, digits),
        intl::percent(interval.high, digits)
    )
}

/// Why few say little.
#[must_use]
pub fn few(n: usize, nouns: (&'static str, &'static str)) -> String {
    format!(
        "Only {}: a single one more would move it much.",
        intl::count(n, nouns.0, nouns.1)
    )
}

/// A number of more signs than this is a long one.
const LONG: usize = 11;

/// The number; pressing it opens the deals behind it.
#[component]
pub fn Figure(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// The number.
    #[prop(into)]
    data: Signal<FigureData>,
    /// How it is computed: paragraphs, and a `code` for the formula.
    children: ChildrenFn,
) -> impl IntoView {
    let rows = use_rows();
    let children = StoredValue::new(children);
    let open = move |_| {
        data.with_untracked(|d| {
            let behind = Behind {
                title: format!("{} {}", label.get_untracked(), d.value),
                sentence: d.sentence.clone(),
                deals: d.deals.get(),
            };
            if d.put_off {
                rows.open_put_off(behind);
            } else {
                rows.open(behind);
            }
        });
    };
    let value = Memo::new(move |_| data.with(|d| d.value.clone()));
    // An amount of many digits is written smaller rather than broken.
    let long = move || value.with(|value| value.chars().count() > LONG);
    let of = move || {
        data.with(|d| match d.interval.clone() {
            Some(interval) => format!("{interval}, {}", intl::count(d.n, d.nouns.0, d.nouns.1)),
            None => intl::count(d.n, d.nouns.0, d.nouns.1),
        })
    };
    let apart = Memo::new(move |_| data.with(|d| d.apart.clone()));
    let line = move |class: &'static str, pick: fn(&FigureData) -> &Option<String>| {
        let text = Memo::new(move |_| data.with(|d| pick(d).clone()));
        block(move || {
            text.get()
                .map(|text| view! { <span class=class>{text}</span> })
        })
    };
    let delta = Memo::new(move |_| data.with(|d| d.delta.clone()));
    view! {
        <div class="figure" class:figure--few=move || data.with(|d| d.small.is_some())>
            <span class="figure__label">{label} <Explain title=label>{children.with_value(|c| c())}</Explain></span>
            {line("figure__way", |d| &d.way)}
            {block(move || if value.with(String::is_empty) {
                let none = move || data.with(|d| d.missing.clone().unwrap_or_else(|| format!("None yet: no {} here.", d.nouns.1)));
                view! { <span class="figure__none">{none}</span> }.into_any()
            } else {
                view! {
                    <button type="button" class="figure__value" class:figure__value--long=long on:click=open>
                        {value}
                        <span class="visually-hidden">", show the deals behind it"</span>
                    </button>
                    <span class="figure__of">{of}</span>
                }.into_any()
            })}
            {block(move || delta.get().map(|d| view! {
                <span class="figure__delta" data-good=d.good.map(|g| if g { "yes" } else { "no" })>{d.text}</span>
            }))}
            {line("figure__few", |d| &d.beside)}
            {block(move || apart.get().map(|apart| {
                let Apart { text, sentence, deals } = apart;
                let open = rows.opener(text.clone(), sentence, deals);
                view! { <button type="button" class="cell-link figure__few" on:click=open>{text}<span class="visually-hidden">", show these deals"</span></button> }
            }))}
            {line("figure__few", |d| &d.small)}
        </div>
    }
}
