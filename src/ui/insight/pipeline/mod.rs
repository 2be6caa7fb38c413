//! Where every open deal stands now, and how deals went through the stages.

mod ageing;
mod conversion;
mod course;
mod figures;
mod health;
mod narrow;
mod stages;
mod stay;
mod work;

use super::breakdown::Breakdown;
use super::reading::Reading;
use crate::domain::ids::PipelineId;
use crate::ui::parts::*;
use leptos::prelude::*;

/// What is said of one pipeline.
fn of_pipeline(pipeline: PipelineId, name: String, alone: Memo<bool>) -> impl IntoView {
    let (stages, outcomes) = (name.clone(), name.clone());
    view! {
        {in_turn(move || view! { <stages::StageTable pipeline name=stages.clone() alone/> })}
        {in_turn(move || view! { <conversion::Outcomes pipeline name=outcomes.clone() alone/> })}
        {in_turn(move || view! { <narrow::Bottlenecks pipeline name=name.clone() alone/> })}
    }
}

/// The page.
#[component]
pub fn PipelinePage() -> impl IntoView {
    let reading = Reading::provide();
    let none = Memo::new(move |_| reading.of.get().count() == 0);
    let pipelines = Memo::new(move |_| reading.pipelines());
    let alone = Memo::new(move |_| pipelines.with(Vec::len) < 2);
    let body = move || {
        if none.get() {
            return view! {
                <Empty glyph=Glyph::Chart title="No deals here" text=Some(String::from("Nothing fits the choice above. As soon as deals do, they show here stage by stage."))/>
            }
            .into_any();
        }
        view! {
            <figures::Figures/>
            <For each=move || pipelines.get() key=|(id, name)| (*id, name.clone()) children=move |(pipeline, name)| view! {
                {of_pipeline(pipeline, name, alone)}
            }/>
            {in_turn(|| view! { <course::OverTime/> })}
            {in_turn(|| view! { <health::Health/> })}
            {in_turn(|| view! { <ageing::Ageing/> })}
            {in_turn(|| view! { <work::Slipped/> })}
            {in_turn(|| view! { <work::MixTable/> })}
            {in_turn(|| view! { <Breakdown/> })}
        }
        .into_any()
    };
    view! {
        <section class="insight__page">
            <p class="insight__lead">"Where every open deal stands now, and how the deals of the chosen time went through the stages."</p>
            {block(body)}
        </section>
    }
}
