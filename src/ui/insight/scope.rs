//! The bar above every page of insight: which deals, of which time, compared with what.

use super::data::{period_words, use_insight};
use crate::app::scope::Scope;
use crate::domain::change::Kind;
use crate::domain::custom::FieldHome;
use crate::domain::insight::slice::{Dimension, Sliced};
use crate::domain::insight::when::{Against, When};
use crate::domain::order::Order;
use crate::domain::state::State;
use crate::domain::world::World;
use crate::ui::parts::*;
use leptos::prelude::*;

/// The bar.
#[component]
pub fn ScopeBar(
    /// The page is of one person: it does not ask whose.
    #[prop(optional)]
    one_person: bool,
    /// Whether the page can compare its time with another.
    #[prop(optional)]
    comparing: bool,
) -> impl IntoView {
    let insight = use_insight();
    let (store, scope) = (insight.store, insight.scope);
    let lists = Memo::new(move |_| {
        for kind in [Kind::Pipeline, Kind::Person, Kind::Team] {
            store.track_kind(kind);
        }
        store.with(|s| (pipelines(&s.world().state), owners(&s.world().state)))
    });
    let text = move |get: fn(&Scope) -> &String| Memo::new(move |_| scope.with(|s| get(s).clone()));
    let put = move |get: fn(&mut Scope) -> &mut String| {
        move |text: String| scope.update(|s| *get(s) = text)
    };
    let periods = Memo::new(move |_| {
        store.track_kind(Kind::Workspace);
        let fiscal = store.with(|s| s.world().state.workspace().fiscal_month);
        let choice = |p: &When| Choice::new(p.code(), p.label(fiscal));
        When::ALL.iter().map(choice).collect::<Vec<_>>()
    });
    let plain = Memo::new(move |_| scope.with(|s| *s == Scope::default()));
    let own = Memo::new(move |_| scope.with(|s| s.when() == When::Own));
    let compares = Memo::new(move |_| scope.with(|s| s.compare));
    let days = move || {
        let lens = insight.lens.get();
        match lens.before.filter(|_| comparing) {
            None => period_words(lens.period),
            Some(before) => format!(
                "{}, compared with {}",
                period_words(lens.period),
                period_words(before)
            ),
        }
    };
    let endless = Memo::new(move |_| {
        insight
            .lens
            .with(|lens| lens.period.from() == chrono::NaiveDate::MIN)
    });
    view! {
        <section class="scope" aria-label="What the page looks at">
            <div class="scope__line">
                {block(move || (lists.with(|(all, _)| all.len()) > 1).then(|| view! {
                    <Select class="scope__one" label="Pipeline" options=Signal::derive(move || lists.with(|l| l.0.clone())) value=text(|s| &s.pipeline) on_change=put(|s| &mut s.pipeline) placeholder="All pipelines"/>
                }))}
                {(!one_person).then(|| view! {
                    <Select class="scope__one" label="Whose" options=Signal::derive(move || lists.with(|l| l.1.clone())) value=text(|s| &s.who) on_change=put(|s| &mut s.who) placeholder="Everybody"/>
                })}
                <Select class="scope__one" label="Time" options=periods value=move || scope.with(|s| s.when().code().to_owned()) on_change=put(|s| &mut s.period)/>
                {block(move || own.get().then(|| view! {
                    <DateField label="From" value=text(|s| &s.from) on_change=put(|s| &mut s.from)/>
                    <DateField label="To" value=text(|s| &s.to) on_change=put(|s| &mut s.to)/>
                }))}
                <SliceFields/>
                {comparing.then(|| view! { <Checkbox label="Compare" checked=move || scope.with(|s| s.compare) disabled=endless on_change=move |on| scope.update(|s| s.compare = on)/> })}
                {block(move || (comparing && compares.get()).then(|| view! { <AgainstFields/> }))}
                {block(move || (!plain.get()).then(|| view! {
                    <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| scope.set(Scope::default())>"Reset"</Button>
                }))}
            </div>
            <p class="scope__days">{days}</p>
        </section>
    }
}

/// What the time is compared with.
#[component]
fn AgainstFields() -> impl IntoView {
    let scope = use_insight().scope;
    let all = Against::ALL.iter();
    let choices: Vec<Choice> = all.map(|a| Choice::new(a.code(), a.label())).collect();
    let own = Memo::new(move |_| scope.with(|s| s.against() == Against::Own));
    let from = Memo::new(move |_| scope.with(|s| s.against_from.clone()));
    let to = Memo::new(move |_| scope.with(|s| s.against_to.clone()));
    let choose = move |code: String| scope.update(|s| s.against = code);
    view! {
        <Select class="scope__one" label="Compare with" options=Signal::stored(choices) value=move || scope.with(|s| s.against().code().to_owned()) on_change=choose/>
        {block(move || own.get().then(|| view! {
            <DateField label="Compare from" value=from on_change=move |text| scope.update(|s| s.against_from = text)/>
            <DateField label="Compare to" value=to on_change=move |text| scope.update(|s| s.against_to = text)/>
        }))}
    }
}

/// One dimension and which of it.
#[component]
fn SliceFields() -> impl IntoView {
    let insight = use_insight();
    let (store, scope) = (insight.store, insight.scope);
    let dimension = Memo::new(move |_| scope.with(Scope::dimension));
    let dimensions = Memo::new(move |_| {
        store.track_kind(Kind::CustomField);
        store.track_kind(Kind::Experiment);
        store.with(|s| dimensions(s.world()))
    });
    let name = Memo::new(move |_| {
        dimensions.track();
        let by = dimension.get();
        by.map_or_else(String::new, |by| store.with(|s| by.label(s.world())))
    });
    let values = Memo::new(move |_| {
        let Some(by) = dimension.get() else {
            return Vec::new();
        };
        let facts = insight.facts.get();
        let sliced = store.with(|s| Sliced::of(s.world(), &facts.0, by));
        // Facts that followed changes may still know a word that no deal has any more.
        let chosen = scope.with(|scope| scope.value.clone());
        let had = sliced.had().into_iter().zip(sliced.labels);
        let had = had.filter(|(had, label)| *had || chosen == format!("={}", label.key));
        sorted(
            had.map(|(_, l)| Choice::new(format!("={}", l.key), l.name))
                .collect(),
        )
    });
    let choose = move |code: String| {
        scope.update(|s| {
            s.by = code;
            s.value.clear();
        });
    };
    view! {
        <Select class="scope__one" label="Only" options=dimensions value=move || scope.with(|s| s.by.clone()) on_change=choose placeholder="Any deals"/>
        {block(move || dimension.get().map(|_| view! {
            <Select class="scope__one" label=Signal::derive(move || Some(name.get())) options=values value=move || scope.with(|s| s.value.clone()) on_change=move |code| scope.update(|s| s.value = code) placeholder="Any"/>
        }))}
    }
}

fn sorted(mut all: Vec<Choice>) -> Vec<Choice> {
    all.order_by_key(|c| (c.label.to_lowercase(), c.value.clone()));
    all
}

fn pipelines(state: &State) -> Vec<Choice> {
    let all = state.pipelines().into_iter();
    all.map(|p| Choice::new(p.id.to_string(), p.name.clone()))
        .collect()
}

/// Teams, then people.
fn owners(state: &State) -> Vec<Choice> {
    let teams = state.tables.teams.iter();
    let teams = teams.map(|t| Choice::new(format!("team:{}", t.id), format!("Team {}", t.name)));
    let people = state.tables.people.iter();
    let people = people.map(|p| Choice::new(format!("person:{}", p.id), p.name.clone()));
    let mut all = sorted(teams.collect());
    all.extend(sorted(people.collect()));
    all
}

/// What deals can be told apart by: what is known of all, then own fields and experiments.
pub fn dimensions(world: &World) -> Vec<Choice> {
    let t = &world.state.tables;
    let fields = t.custom_fields.iter();
    let own = fields
        .filter(|f| f.home != FieldHome::Contact)
        .map(|f| Dimension::Custom(f.id));
    let arms = t.experiments.iter().map(|e| Dimension::Arm(e.id));
    let choice = |by: Dimension| Choice::new(by.code(), by.label(world));
    let mut all: Vec<Choice> = Dimension::plain().map(choice).collect();
    all.extend(sorted(own.chain(arms).map(choice).collect()));
    all
}
