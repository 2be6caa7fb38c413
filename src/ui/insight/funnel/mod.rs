//! From lead to customer: how far the deals got that came into the world in a time.

mod creation;
mod heat;
mod steps;
mod ways;

use super::reading::Reading;
use crate::domain::ids::PipelineId;
use crate::domain::insight::catalogue::Metric;
use crate::ui::parts::*;
use leptos::prelude::*;

/// What is said of one pipeline.
fn of_pipeline(pipeline: PipelineId, name: String, alone: Memo<bool>) -> impl IntoView {
    let (steps, cohorts) = (name.clone(), name.clone());
    view! {
        {in_turn(move || view! { <steps::Steps pipeline name=steps.clone() alone/> })}
        {in_turn(move || view! { <heat::Cohorts pipeline name=cohorts.clone() alone/> })}
        {in_turn(move || view! { <ways::Flows pipeline name=name.clone() alone/> })}
    }
}

/// The page.
#[component]
pub fn FunnelPage() -> impl IntoView {
    let reading = Reading::provide();
    let none = Memo::new(move |_| {
        let of = reading.of.get();
        let period = reading.insight.lens.get().period;
        reading.ask(period, |q| q.rows(Metric::Creation, &of).count() == 0)
    });
    let pipelines = Memo::new(move |_| reading.pipelines());
    let alone = Memo::new(move |_| pipelines.with(Vec::len) < 2);
    let body = move || {
        if none.get() {
            return view! {
                <Empty glyph=Glyph::Chart title="No deal was created in this time" text=Some(String::from("Choose another time above. The funnel follows the deals that came into the world in it."))/>
            }
            .into_any();
        }
        view! {
            <For each=move || pipelines.get() key=|(id, name)| (*id, name.clone()) children=move |(pipeline, name)| view! {
                {of_pipeline(pipeline, name, alone)}
            }/>
            {in_turn(|| view! { <creation::NewDeals/> })}
        }
        .into_any()
    };
    view! {
        <section class="insight__page">
            <p class="insight__lead">"How far the deals got that were created in the chosen time, from the first stage to won, whatever became of them since. What stands where now is on Pipeline."</p>
            {block(body)}
        </section>
    }
}
