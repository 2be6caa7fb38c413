//! What will be sold in a period.

use super::calls::Calls;
use super::chart::Charts;
use super::data::{Forecasting, use_forecast};
use super::deals::Contributors;
use super::figures::Figures;
use super::play::{Play, use_play};
use super::progress::{Calculating, Learning, Trouble};
use super::rollup::Rollups;
use super::what_if::WhatIfPanel;
use crate::domain::change::Kind;
use crate::domain::forecast::months::Ahead;
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::insight::period_words;
use crate::ui::parts::*;
use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn ForecastBody() -> impl IntoView {
    let forecast = Forecasting::provide();
    Play::provide(forecast);
    let has_case = Memo::new(move |_| forecast.case.with(Option::is_some));
    let nothing = Memo::new(move |_| {
        let case = forecast.case.get();
        case.is_some_and(|c| c.learnt.lives.lives.is_empty())
    });
    view! {
        <div class="insight__page">
            <Choices/>
            <Reading/>
            {block(move || match (has_case.get(), nothing.get()) {
                (false, _) => ().into_any(),
                (true, true) => view! {
                    <Empty glyph=Glyph::Forecast title="Nothing to forecast from yet" text="A forecast needs deals: open ones to be won, and closed ones to learn from."/>
                }.into_any(),
                (true, false) => view! { <Sections/> }.into_any(),
            })}
        </div>
    }
}

#[component]
fn Sections() -> impl IntoView {
    view! {
        <Figures/>
        <Trust/>
        <Charts/>
        <WhatIfPanel/>
        <Contributors/>
        <Rollups/>
        <Calls/>
    }
}

/// Which period of which deals.
#[component]
fn Choices() -> impl IntoView {
    let forecast = use_forecast();
    let store = forecast.store;
    let periods: Vec<Choice> = Ahead::ALL
        .iter()
        .map(|a| Choice::new(a.code(), a.label()))
        .collect();
    let pipelines = Memo::new(move |_| {
        store.track_kind(Kind::Pipeline);
        store.with(|s| {
            let all = s.world().state.pipelines().into_iter();
            all.map(|p| Choice::new(p.id.to_string(), p.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let people = Memo::new(move |_| {
        store.track_kind(Kind::Person);
        store.with(|s| {
            let all = s.world().state.tables.people.iter();
            let mut all: Vec<Choice> = all
                .filter(|p| !p.left)
                .map(|p| Choice::new(p.id.to_string(), p.name.clone()))
                .collect();
            all.order_by_key(|c| (c.label.to_lowercase(), c.value.clone()));
            all
        })
    });
    let choose = move |code: String| {
        if let Some(ahead) = Ahead::from_code(&code) {
            forecast.ahead.set(ahead);
        }
    };
    let days = move || forecast.case.get().map(|c| period_words(c.period));
    view! {
        <section class="scope" aria-label="What is forecast">
            <div class="scope__line">
                <Select class="scope__one" label="Period" options=Signal::stored(periods) value=move || forecast.ahead.get().code().to_owned() on_change=choose/>
                <Select class="scope__one" label="Pipeline" options=pipelines value=forecast.pipeline on_change=move |id| forecast.pipeline.set(id) placeholder="All pipelines"/>
                <Select class="scope__one" label="Whose deals" options=people value=forecast.person on_change=move |id| forecast.person.set(id) placeholder="Everybody"/>
            </div>
            <p class="scope__days">{days}</p>
        </section>
    }
}

/// How far reading, learning and playing are.
#[component]
fn Reading() -> impl IntoView {
    let (learner, play) = (use_forecast().learner, use_play());
    view! {
        <Trouble learner/>
        <Learning learner/>
        <Calculating label="Playing the months ahead through" of="trials" running=play.running on_cancel=move |()| play.cancel()/>
    }
}

/// What the forecast rests on, in a line.
#[component]
fn Trust() -> impl IntoView {
    let forecast = use_forecast();
    let words = move || {
        forecast.case.get().map(|case| {
            let model = &case.learnt.model;
            let closed = (model.closed.0 + model.closed.1) as usize;
            let mut words = format!(
                "Learnt from {} ({} won).",
                intl::count(closed, "closed deal", "closed deals"),
                intl::integer(model.closed.0.into())
            );
            if model.closed.0 + model.closed.1 < crate::domain::forecast::chance::LEAST {
                words.push_str(" That is too few to learn from: the chances of the stages stand for a history.");
            }
            if case.book.unvalued > 0 {
                let many = intl::count(case.book.unvalued as usize, "open deal has", "open deals have");
                words.push_str(&format!(" {many} no value and count as nothing."));
            }
            if case.book.apart > 0 {
                let many = intl::count(case.book.apart as usize, "deal is", "deals are");
                let currency = case.learnt.ground.currency;
                words.push_str(&format!(" {many} left out: there is no rate to {currency}."));
            }
            words
        })
    };
    view! { <p class="forecast__trust">{words}</p> }
}
