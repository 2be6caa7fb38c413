//! Where the pipeline is narrow, why, and which deals to look at.

use crate::app::route::Route;
use crate::domain::ids::{DealId, PipelineId};
use crate::domain::insight::bottleneck::{LossBy, Narrow, NarrowQuery, bottlenecks};
use crate::domain::insight::catalogue::Metric;
use crate::domain::money::Money;
use crate::ui::fmt;
use crate::ui::insight::figure::share_text;
use crate::ui::insight::reading::{Reading, use_reading};
use crate::ui::insight::section::{Definition, Section};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

use super::stages::Cell;

/// How many deals to look at are named.
const NAMED: usize = 3;

fn found(reading: Reading, pipeline: PipelineId) -> Vec<(String, String, Narrow)> {
    let (insight, of) = (reading.insight, reading.of.get());
    reading.ask(insight.lens.get().period, |q| {
        let query = NarrowQuery {
            pipeline,
            period: q.period,
            exchange: q.exchange,
            now: q.now,
        };
        let all = bottlenecks(q.facts, &of, &query);
        let named = |narrow: Narrow| {
            let name = insight
                .store
                .with(|s| s.world().state.name_of(narrow.stage.into()));
            let money = |currency, minor| fmt::money(Money::clamped(minor, currency));
            let because = narrow.because(&name, &money);
            (name, because, narrow)
        };
        all.into_iter()
            .filter(|n| n.is_told() && n.weight > 0.0)
            .map(named)
            .collect()
    })
}

/// The stages, the narrowest first.
#[component]
pub(super) fn Bottlenecks(
    /// Of which pipeline.
    pipeline: PipelineId,
    /// What it is called.
    name: String,
    /// Whether it is the only one on the page.
    alone: Memo<bool>,
) -> impl IntoView {
    let reading = use_reading();
    let all = Memo::new(move |_| found(reading, pipeline));
    let title = Signal::derive(move || match alone.get() {
        true => "Bottlenecks".to_owned(),
        false => format!("Bottlenecks: {name}"),
    });
    let list = move || {
        let all = all.get();
        if all.is_empty() {
            return view! { <p class="part__lead">"There is not enough to call a stage narrow yet: it takes five deals lost out of it, or twenty stays of deals that were won."</p> }.into_any();
        }
        let item = |(name, because, narrow): (String, String, Narrow)| {
            view! { <NarrowItem name because narrow/> }
        };
        view! { <ol class="narrow">{all.into_iter().map(item).collect_view()}</ol> }.into_any()
    };
    let how: ChildrenFn = Arc::new(|| view! { <Definition metric=Metric::Bottleneck/> }.into_any());
    view! {
        <Section title how lead=Signal::derive(move || {
            let compares = reading.insight.lens.get().before.is_some();
            let only = if compares { " Of the chosen time only, not compared." } else { "" };
            Some(format!("Stages ranked by the mean of two shares: of what was lost in the chosen time, and of the days spent beyond what winners need.{only}"))
        })>
            {block(list)}
        </Section>
    }
}

#[component]
fn NarrowItem(
    /// The stage's name.
    name: String,
    /// Why it is narrow.
    because: String,
    /// The figures.
    narrow: Narrow,
) -> impl IntoView {
    let reading = use_reading();
    let look: Vec<DealId> = narrow.waiting.iter().take(NAMED).copied().collect();
    let links = look.into_iter().map(|id| {
        view! { <li><a href=Route::Deal(id).print()>{reading.title(id)}</a></li> }
    });
    let waits = !narrow.waiting.is_empty();
    let lost_sentence = match narrow.by {
        LossBy::Value => {
            "Deals lost out of this stage in the chosen time, the most valuable first."
        }
        _ => "Deals lost out of this stage in the chosen time, the last first.",
    };
    view! {
        <li class="narrow__one">
            <p class="narrow__name"><b>{name.clone()}</b> <span class="part__small">{format!("{} {}", share_text(narrow.weight), narrow.weight_of)}</span></p>
            <p>{because}</p>
            <p class="narrow__more">
                <Cell what=format!("Waiting in {name}") text=format!("{} waiting", narrow.waiting.len()) sentence="Open deals that have stood here longer than three of four winners did, whenever they came, longest first.".into() deals=narrow.waiting.clone()/>
                <Cell what=format!("Lost in {name}") text=format!("{} lost", narrow.lost) sentence=lost_sentence.into() deals=narrow.lost_deals.clone()/>
            </p>
            {waits.then(|| view! { <p class="part__small">"Look at these first:"</p> <ul class="narrow__look">{links.collect_view()}</ul> })}
        </li>
    }
}
