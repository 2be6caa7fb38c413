//! What changed in the open pipeline between two days, and looking back at any day.

mod look_back;
mod steps;
mod work;

use super::data::{period_words, use_insight};
use super::rows::{Behind, use_rows};
use crate::chart::scene::Room;
use crate::chart::value::{About, Amount, Measure, Said, Write};
use crate::chart::waterfall::{self, Step as Bar};
use crate::domain::insight::period::Period;
use crate::domain::insight::waterfall::StepKind;
use crate::domain::money::{Currency, Money};
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;
use look_back::LookBack;
use std::sync::Arc;
use steps::Steps;
use work::{Closing, Fall, falls, is_of_now, is_to_come};

pub use work::fall_of;

/// What picking the bar of the start or the end means; a step's is its place in the list of kinds.
const START: u64 = 1_000;
const END: u64 = 1_001;

/// Under which name the choice of the expected close is kept.
const CLOSING: &str = "changes.closing";

/// The page.
#[component]
pub fn ChangesPage() -> impl IntoView {
    let insight = use_insight();
    let prefs = insight.store.prefs();
    let kept = Memo::new(move |_| prefs.with(|p| p.definitions.get(CLOSING).cloned()));
    let closing = Memo::new(move |_| {
        let code = kept.get();
        code.and_then(|code| Closing::from_code(&code))
            .unwrap_or(Closing::Any)
    });
    let choose = move |code: String| {
        prefs.update(|p| {
            p.definitions.insert(CLOSING.to_owned(), code);
        });
    };
    let fall = Memo::new(move |_| falls(insight, closing.get()).map(Arc::new));
    let said = move || {
        let lens = insight.lens.get();
        let today = insight.store.tick().today;
        let so_far = if lens.period.to() > today && lens.period.from() <= today {
            ", so far"
        } else {
            ""
        };
        let time = period_words(lens.period);
        format!("What happened to open deals: {time}{so_far}.")
    };
    let of_now = move || {
        let by = insight.lens.with(|lens| lens.slice.as_ref().map(|s| s.0))?;
        let name = insight.store.with(|s| by.label(s.world())).to_lowercase();
        is_of_now(insight, by)
            .then(|| format!("Deals count by their {name} as it is now, also at the start."))
    };
    let hint = Memo::new(move |_| {
        (closing.get() == Closing::Any)
            .then(|| String::from("Choose one to see deals pulled into it and pushed out of it."))
    });
    let choices: Vec<Choice> = Closing::ALL
        .iter()
        .map(|c| Choice::new(c.code(), c.label()))
        .collect();
    let body = move || {
        if is_to_come(insight) {
            return view! { <Empty glyph=Glyph::History title="This time is still to come" text=Some(String::from("Nothing has happened in it. Choose a time above that has begun."))/> }.into_any();
        }
        match fall.get() {
        None => view! { <p class="insight__wait">"Reading the history…"</p> }.into_any(),
        Some(fall) if fall.is_empty() => view! {
            <Empty glyph=Glyph::History title="Nothing was open in this time" text=Some(String::from("Choose another time above, or all pipelines and everybody."))/>
        }
        .into_any(),
        Some(fall) => view! { <FallPicture fall=fall.clone() period=insight.lens.get().period/> <Steps fall/> }.into_any(),
    }
    };
    view! {
        <section class="insight__page changes">
            <p class="insight__lead">{said} " "<HowRead/></p>
            {move || of_now().map(|words| view! { <p class="insight__lead">{words}</p> })}
            <div class="changes__choice">
                <Field label="Expected close" hint>
                    <Select
                        options=Signal::stored(choices)
                        value=move || closing.get().code().to_owned()
                        on_change=choose
                    />
                </Field>
                <LookBack/>
            </div>
            {block(body)}
        </section>
    }
}

/// How the two days are compared.
#[component]
fn HowRead() -> impl IntoView {
    view! {
        <Explain title="How changes are read">
            <p><code>"end = start + what came − what went"</code>", to the cent."</p>
            <p>"Start is what was open at the end of the day before the time, end what was open at the end of its last day, or is now. Each deal is compared as it stood then; what went there and back in between does not show."</p>
            <p>"Deals won and lost are counted at what they were worth last; what they gained or lost in value before stands under increased and decreased."</p>
            <p>"Pulled in and pushed out tell of deals whose expected close came into the days chosen or left them. At any time, none does."</p>
            <p>"Amounts in other currencies are converted by the rates of the last day, at both ends; without a rate each currency has its own chart."</p>
        </Explain>
    }
}

/// One chart for each currency.
#[component]
pub fn FallPicture(
    /// What happened.
    fall: Arc<Fall>,
    /// In which time.
    period: Period,
) -> impl IntoView {
    let rows = use_rows();
    // Until now, then, and not until the end of the time.
    let so_far = period.to() >= use_store().moment().today;
    let alone = fall.currencies().len() < 2;
    let summed = fall.summed.clone();
    let charts = fall.currencies().into_iter().map(|currency| {
        let drawn = fall.clone();
        let draw = Callback::new(move |room: Room| {
            waterfall::waterfall(&picture(period, so_far, &drawn, currency, alone), room)
        });
        let fall = fall.clone();
        let pick = move |key: u64| rows.open(behind(&fall, key));
        let file = format!("changes-{}", currency.as_str().to_lowercase());
        view! { <ChartView draw on_pick=pick file_name=file/> }
    });
    view! {
        <div class="changes__charts">{charts.collect_view()}</div>
        {(!summed.is_empty()).then(|| view! { <p class="part__small">{summed}</p> })}
    }
}

fn picture(
    period: Period,
    so_far: bool,
    fall: &Fall,
    currency: Currency,
    alone: bool,
) -> waterfall::Waterfall {
    let amount = |minor: i128, sign: bool| {
        let full = fmt::money(Money::clamped(minor, currency));
        let short = fmt::money_compact(Money::clamped(minor, currency));
        let plus = if sign && minor > 0 { "+" } else { "" };
        let said = Said {
            full: format!("{plus}{full}"),
            short: format!("{plus}{short}"),
        };
        Amount { minor, said }
    };
    let steps = fall.kinds().into_iter().filter_map(|kind| {
        let minor = fall.waterfall.total(kind).of(currency);
        (minor != 0).then(|| Bar {
            key: Some(kind as u64),
            label: kind.label().to_owned(),
            amount: amount(minor, true),
            won: kind == StepKind::Won,
        })
    });
    let bar = |key, label: String, minor| Bar {
        key: Some(key),
        label,
        amount: amount(minor, false),
        won: false,
    };
    let ended = |worth: String| match so_far {
        true => format!("are worth {worth} now"),
        false => format!("{worth} at the end"),
    };
    let (start, end) = (
        fall.waterfall.start.of(currency),
        fall.waterfall.end.of(currency),
    );
    waterfall::Waterfall {
        about: About {
            title: match alone {
                true => "From the start to the end".to_owned(),
                false => format!("From the start to the end, in {currency}"),
            },
            summary: format!(
                "{}: open deals were worth {} at the start and {}.",
                period_words(period),
                fmt::money(Money::clamped(start, currency)),
                ended(fmt::money(Money::clamped(end, currency))),
            ),
            nothing: "No deal with a value was open in this time.".to_owned(),
        },
        label: "What happened".to_owned(),
        measure: Measure {
            name: "Value".to_owned(),
            least_step: 100,
            from_zero: true,
            write: Write::new(move |minor| fmt::money_compact(Money::clamped(minor, currency))),
        },
        start: bar(START, "Start".to_owned(), start),
        steps: steps.collect(),
        end: bar(END, "End".to_owned(), end),
        rest: "Other".to_owned(),
    }
}

/// The deals behind a bar.
fn behind(fall: &Fall, key: u64) -> Behind {
    let (title, sentence, deals) = match key {
        START => (
            "Open at the start",
            "Deals open at the start.",
            fall.waterfall.began.clone(),
        ),
        END => (
            "Open at the end",
            "Deals open at the end.",
            fall.waterfall.ended.clone(),
        ),
        key => {
            let kind = StepKind::ALL.iter().find(|kind| **kind as u64 == key);
            let kind = kind.copied().unwrap_or(StepKind::New);
            (kind.label(), kind.meaning(), fall.waterfall.deals(kind))
        }
    };
    Behind {
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        deals: Arc::new(deals),
    }
}
