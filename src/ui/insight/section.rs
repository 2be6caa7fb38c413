//! What sections of the pages are made of: a heading with its explanation, figures of the
//! catalogue, and the choice of how they are counted.

use super::figure::{Figure, FigureData};
use super::reading::use_reading;
use crate::domain::insight::answer::Rules;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::win::WinMeasure;
use crate::ui::parts::*;
use leptos::prelude::*;

/// A part of a page under a heading.
#[component]
pub fn Section(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// What it shows, in a sentence.
    #[prop(optional, into)]
    lead: Signal<Option<String>>,
    /// How its numbers are computed.
    #[prop(optional)]
    how: Option<ChildrenFn>,
    /// What stands at the right of the heading.
    #[prop(optional)]
    tools: Option<Children>,
    /// The part.
    children: Children,
) -> impl IntoView {
    let id = unique_id("section");
    let labelled = id.clone();
    let how = StoredValue::new(how);
    view! {
        <section class="part" aria-labelledby=labelled>
            <header class="part__head">
                <h2 class="insight__title" id=id>{title}</h2>
                {how.with_value(Option::is_some).then(|| view! {
                    <Explain title>{move || how.with_value(|how| how.as_ref().map(|how| how()))}</Explain>
                })}
                {tools.map(|tools| view! { <span class="part__tools no-print">{tools()}</span> })}
            </header>
            {block(move || lead.get().map(|lead| view! { <p class="part__lead">{lead}</p> }))}
            {children()}
        </section>
    }
}

/// What a figure says and how it is computed, as it is counted, with the choice of another way where
/// there is one.
#[component]
pub fn Definition(
    /// Which.
    metric: Metric,
) -> impl IntoView {
    let rules = use_reading().rules;
    view! {
        <p>{move || rules.get().definition(metric)}</p>
        <p><code>{move || rules.get().formula(metric)}</code></p>
        {(!metric.alternatives().is_empty()).then(|| view! { <Ways metric told=true/> })}
        {(metric == Metric::WinRate).then(|| view! { <WinMeasured/> })}
    }
}

/// Whether the win rate counts deals or their value; remembered in this browser.
#[component]
fn WinMeasured() -> impl IntoView {
    let reading = use_reading();
    let prefs = reading.insight.store.prefs();
    let all = WinMeasure::ALL.iter();
    let options: Vec<Choice> = all.map(|m| Choice::new(m.code(), m.label())).collect();
    let choose = move |code: String| {
        prefs.update(|p| {
            p.definitions.insert(Rules::MEASURE.to_owned(), code);
        });
    };
    view! {
        <div class="counted">
            <Segmented label="Measured" options=Signal::stored(options) value=move || reading.rules.get().measure.code().to_owned() on_change=choose/>
        </div>
    }
}

/// The choice of how a figure is counted; remembered in this browser.
#[component]
pub fn Ways(
    /// Which figure.
    metric: Metric,
    /// Whether what the chosen way means is said beside it.
    #[prop(optional)]
    told: bool,
) -> impl IntoView {
    let reading = use_reading();
    let prefs = reading.insight.store.prefs();
    let ways = metric.alternatives();
    let options: Vec<Choice> = ways.iter().map(|w| Choice::new(w.code, w.label)).collect();
    let chosen = Memo::new(move |_| reading.rules.get().code(metric).unwrap_or_default());
    let meaning = move || {
        let code = chosen.get();
        ways.iter()
            .find(|w| w.code == code)
            .map(|w| w.definition)
            .unwrap_or_default()
    };
    let choose = move |code: String| {
        prefs.update(|p| {
            p.definitions.insert(Rules::key(metric).to_owned(), code);
        });
    };
    view! {
        <div class="counted">
            <Field label="Counted">
                <Select options=Signal::stored(options) value=move || chosen.get().to_owned() on_change=choose/>
            </Field>
            {(!told).then(|| view! { <p class="counted__meaning">{meaning}</p> })}
        </div>
    }
}

/// A figure of the catalogue for what the page looks at.
#[component]
pub fn MetricFigure(
    /// Which.
    metric: Metric,
) -> impl IntoView {
    let reading = use_reading();
    let data = Memo::new(move |_| {
        let (now, before) = reading.both(metric);
        reading.figure(metric, now, before.as_ref())
    });
    view! { <ShownFigure metric data/> }
}

/// A figure of the catalogue worked out elsewhere.
#[component]
pub fn ShownFigure(
    /// Which.
    metric: Metric,
    /// What it comes to.
    data: Memo<FigureData>,
) -> impl IntoView {
    view! { <Figure label=metric.label() data><Definition metric/></Figure> }
}
