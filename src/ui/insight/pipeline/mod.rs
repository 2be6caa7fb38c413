//! Where every open deal stands now, and how deals went through the stages.

mod ageing;
mod conversion;
mod figures;
mod health;
mod narrow;
mod stages;
mod stay;
mod work;

use super::breakdown::Breakdown;
use super::reading::Reading;
use crate::ui::parts::*;
use leptos::prelude::*;

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
                <stages::StageTable pipeline name=name.clone() alone/>
                <conversion::Outcomes pipeline name=name.clone() alone/>
                <narrow::Bottlenecks pipeline name alone/>
            }/>
            <health::Health/>
            <ageing::Ageing/>
            <work::Slipped/>
            <work::MixTable/>
            <Breakdown/>
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
