//! One experiment with what came of it.

use crate::app::form::experiment::{EndForm, ExperimentForm};
use crate::app::route::{InsightPage, Route};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::experiment::ExperimentCommand;
use crate::domain::experiment::{Assignment, Experiment, ExperimentState};
use crate::domain::ids::ExperimentId;
use crate::domain::insight::trial::{ArmResult, Findings, Says, findings, metric_name, parts};
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::{number_button, share_interval, share_text, use_rows};
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// What one may say, in words.
fn says(experiment: &Experiment, found: &Findings) -> String {
    let name = |at: usize| {
        experiment
            .arms
            .get(at)
            .map(|a| a.name.clone())
            .unwrap_or_default()
    };
    let first = name(0);
    let total: u64 = found.arms.iter().map(|a| a.rate.n).sum();
    match found.says() {
        Says::Higher(at) => format!("“{}” has a higher rate than “{first}”: the evidence is past what {} % false alarms allow, however often one looked.", name(at), experiment.alpha),
        Says::Lower(at) => format!("“{}” has a lower rate than “{first}”: the evidence is past what {} % false alarms allow, however often one looked.", name(at), experiment.alpha),
        Says::NoDifference => "Every way has the results it needs, and no difference was seen. One smaller than the least worth knowing of may still be there.".into(),
        Says::TooEarly if total == 0 => "No results yet.".into(),
        Says::TooEarly if experiment.state == ExperimentState::Ended => {
            "It ended before anything could be told from chance.".into()
        }
        Says::TooEarly => "Too early to say: what is seen so far can well be chance. Looking does no harm, stopping now would.".into(),
    }
}

/// The experiment.
#[component]
pub(super) fn One(
    /// Which.
    id: ExperimentId,
    /// The form that changes it.
    form: RwSignal<Option<ExperimentForm>>,
    /// The form that ends it.
    end: RwSignal<Option<EndForm>>,
) -> impl IntoView {
    let store = use_store();
    let found = Memo::new(move |_| {
        for kind in [Kind::Deal, Kind::Stage, Kind::Activity] {
            store.track_kind(kind);
        }
        store.track(id);
        let now = store.moment().now;
        store.with(|s| {
            let experiment = s.world().state.tables.experiments.get(id)?;
            Some((experiment.clone(), findings(s.world(), experiment, now)))
        })
    });
    block(move || {
        found
            .get()
            .map(|(experiment, found)| view! { <Shown experiment found form end/> })
    })
}

/// How many parts of the deals each way gets, where they are not alike.
fn parts_text(experiment: &Experiment) -> String {
    let all: Vec<u64> = (0..experiment.arms.len())
        .map(|at| parts(experiment, at))
        .collect();
    if all.windows(2).all(|pair| pair[0] == pair[1]) {
        return String::new();
    }
    let told: Vec<String> = all.iter().map(u64::to_string).collect();
    format!(", {}", told.join(" : "))
}

/// How many results the ways need, in words.
fn needed_text(experiment: &Experiment, needed: &[u64]) -> String {
    let count = |n: u64| intl::count(n as usize, "result", "results");
    match needed {
        [first, rest @ ..] if rest.iter().all(|n| n == first) => {
            format!("Each way needs {}", count(*first))
        }
        _ => {
            let arms = experiment.arms.iter().zip(needed);
            let told: Vec<String> = arms
                .map(|(arm, n)| format!("“{}” needs {}", arm.name, count(*n)))
                .collect();
            told.join(", ")
        }
    }
}

/// How it is set up, in a line.
fn setup(experiment: &Experiment, found: &Findings, stage: Option<String>) -> Vec<String> {
    let take = match stage {
        Some(stage) => format!("Deals entering {stage} take part"),
        None => "New deals take part".to_owned(),
    };
    let how = match experiment.assignment {
        Assignment::Random => format!("assigned by chance{}", parts_text(experiment)),
        Assignment::Alternating => format!("assigned in turn{}", parts_text(experiment)),
        Assignment::Tag => "assigned by their tags".to_owned(),
    };
    let base = match found.base.and_then(|b| Some((b.value()?, b.n))) {
        Some((rate, n)) => format!("the rate of {} of {n} closed deals", share_text(rate)),
        None => "a rate of one half, as too little is known".to_owned(),
    };
    let size = found.needed.as_deref().map_or_else(String::new, |needed| {
        format!(
            "{} to see a difference of {} points with {} % power and {} % false alarms, from {base}.",
            needed_text(experiment, needed),
            intl::number(experiment.minimum as f64 / 10.0, 1),
            experiment.power,
            experiment.alpha
        )
    });
    let mut words = vec![
        format!(
            "{take}, {how}. Measured: {}.",
            metric_name(&experiment.metric).to_lowercase()
        ),
        size,
    ];
    if experiment.assignment == Assignment::Tag {
        words.push("Tags are set by people: a difference can then come from which deals they chose, not from what was done.".into());
    }
    words
}

#[component]
fn Shown(
    /// It.
    experiment: Experiment,
    /// What came of it.
    found: Findings,
    /// The form that changes it.
    form: RwSignal<Option<ExperimentForm>>,
    /// The form that ends it.
    end: RwSignal<Option<EndForm>>,
) -> impl IntoView {
    let store = use_store();
    let id = experiment.id;
    let stage = experiment
        .stage
        .map(|s| store.with(|st| st.world().state.name_of(s.into())));
    let lines = setup(&experiment, &found, stage)
        .into_iter()
        .filter(|l| !l.is_empty())
        .map(|l| view! { <p class="forecast__note">{l}</p> })
        .collect_view();
    let state = experiment.state;
    let when = match (experiment.begun, experiment.ended) {
        (Some(from), Some(to)) => format!("{} – {}", fmt::date(from), fmt::date(to)),
        (Some(from), None) => format!("since {}", fmt::date(from)),
        _ => String::new(),
    };
    let opened = ExperimentForm::of(&experiment);
    let tools = match state {
        ExperimentState::Draft => view! {
            <Button size=ButtonSize::Small on_click=move |_| form.set(Some(opened.clone()))>"Change"</Button>
            <Button size=ButtonSize::Small on_click=move |_| store.dispatch(Command::Delete(vec![id.into()]))>"Delete"</Button>
            <Button size=ButtonSize::Small kind=ButtonKind::Primary on_click=move |_| store.dispatch(Command::Experiment(ExperimentCommand::Start(id)))>"Start"</Button>
        }.into_any(),
        ExperimentState::Running => view! {
            <Button size=ButtonSize::Small on_click=move |_| end.set(Some(EndForm { id, outcome: String::new(), chosen: String::new(), early: String::new(), share: true }))>"End it"</Button>
        }.into_any(),
        ExperimentState::Ended => view! {
            <Button size=ButtonSize::Small on_click=move |_| store.dispatch(Command::Delete(vec![id.into()]))>"Delete"</Button>
        }.into_any(),
    };
    let heading = format!("experiment-{id}");
    let (verdict, begun) = (says(&experiment, &found), state != ExperimentState::Draft);
    let chosen = experiment
        .chosen
        .and_then(|at| experiment.arms.get(usize::from(at)))
        .map(|arm| arm.name.clone());
    let (outcome, early) = (experiment.outcome.clone(), experiment.early.clone());
    let name = experiment.name.clone();
    let hypothesis = experiment.hypothesis.clone();
    view! {
        <article class="experiment" aria-labelledby=heading.clone() data-experiment=id.to_string()>
            <div class="part__line">
                <h3 class="experiment__name" id=heading.clone()>{name}" "<Badge text=state.label().to_owned() tone=if state == ExperimentState::Running { Tone::Accent } else { Tone::Neutral }/>" "<span class="experiment__when">{when}</span></h3>
                <div class="part__tools">{tools}</div>
            </div>
            <p>{hypothesis}</p>
            {lines}
            {begun.then(|| view! { <p class="experiment__says">{verdict}</p> })}
            <Arms experiment found/>
            {(!outcome.is_empty()).then(|| view! {
                <div class="experiment__end">
                    <p><b>"What came of it: "</b>{outcome}</p>
                    {chosen.map(|name| view! { <p><b>"From now on: "</b>{name}". "<a href=Route::Insight(InsightPage::Team).print()>"Practices to share"</a></p> })}
                    {(!early.is_empty()).then(|| view! { <p><b>"Ended before its size: "</b>{early}</p> })}
                </div>
            })}
        </article>
    }
}

/// How the numbers are made.
#[component]
fn Legend() -> impl IntoView {
    view! {
        <Explain title="What came of the ways">
            <p><b>"Rate: "</b>"of the deals whose result is known, with its 95 % interval for one look (Wilson). Whether deals went on, or were answered, is known after 30 days at the latest; whether they are won, when they close."</p>
            <p><b>"Better: "</b>"the chance that the way's true rate is above that of the first, where every rate was equally likely before: Beta(1, 1). "<b>"Cost: "</b>"what one loses in the mean, in points, by going on with it."</p>
            <p><b>"Evidence: "</b>"how much likelier the counts are if it makes a difference than if it makes none: a mixture sequential probability ratio test (Robbins 1970) on which way each success and each failure belongs to. Once it is at 1 ÷ the rate of false alarms, times the number of ways compared, a difference is shown. That holds however often one looks (Ville 1939); it rests on deals being assigned by chance."</p>
            <p>"Size: two proportions, two-sided (Fleiss, Levin and Paik 2003, section 4.2, and 4.4 for uneven parts). The first way needs what the most demanding comparison asks of it."</p>
        </Explain>
    }
}

#[component]
fn Arms(
    /// The experiment.
    experiment: Experiment,
    /// What came of it.
    found: Findings,
) -> impl IntoView {
    let columns = vec![
        Column::new("arm", "Way"),
        Column::new("n", "Results").numeric(),
        Column::new("rate", "Rate").numeric(),
        Column::new("better", "Better").numeric(),
        Column::new("cost", "Cost").numeric(),
        Column::new("evidence", "Evidence").numeric(),
    ];
    let columns: Vec<Column> = columns.into_iter().map(Column::fixed).collect();
    let (needed, bound) = (found.needed.unwrap_or_default(), found.bound);
    let arms = experiment.arms.iter().zip(found.arms).enumerate();
    let rows = arms.map(|(at, (arm, result))| {
        let needed = needed.get(at).copied();
        view! { <ArmRow name=arm.name.clone() text=arm.text.clone() tag=arm.tag.clone() result needed bound/> }
    });
    let rows = rows.collect_view();
    let caption = format!("Ways of {}", experiment.name);
    view! {
        <p class="experiment__legend">"How the ways do " <Legend/></p>
        <Table caption columns=Signal::stored(columns) class="team-table">{rows}</Table>
    }
}

#[component]
fn ArmRow(
    /// Its name.
    name: String,
    /// What is done in it.
    text: String,
    /// Its tag.
    tag: String,
    /// What came of it.
    result: ArmResult,
    /// How many results it needs.
    needed: Option<u64>,
    /// The evidence it needs.
    bound: f64,
) -> impl IntoView {
    let title = format!(
        "{name}: {}",
        intl::count(result.assigned as usize, "deal", "deals")
    );
    let n = format!(
        "{} of {}",
        intl::integer(result.rate.n as i64),
        needed.map_or_else(|| "?".to_owned(), |n| intl::integer(n as i64))
    );
    let press = use_rows().opener(
        title,
        "Deals assigned to this way, whether their result is known or not.".into(),
        result.deals.clone(),
    );
    let rate = result.rate.value().map(share_text);
    let interval = result.interval.map(share_interval);
    let known = result.rate.n > 0;
    let better = result
        .belief
        .filter(|_| known)
        .map(|b| share_text(b.better));
    let cost = result
        .belief
        .filter(|_| known)
        .map(|b| format!("{} points", intl::number(b.loss * 100.0, 1)));
    let strong = |e: f64| {
        if e >= 1_000.0 {
            "over 1,000".to_owned()
        } else {
            intl::number(e, 2)
        }
    };
    let evidence = result
        .evidence
        .filter(|_| known)
        .map(|e| format!("{} of {}", strong(e), intl::number(bound, 0)));
    let tag = (!tag.is_empty()).then(|| format!("Tag: {tag}"));
    view! {
        <tr>
            <th scope="row">{name}<span class="forecast__note-of">{text}</span>{tag.map(|t| view! { <span class="forecast__note-of">{t}</span> })}</th>
            <td class="num">
                {number_button(n, press)}
                <span class="team-range">{format!("{} assigned", intl::integer(result.assigned as i64))}</span>
            </td>
            <td class="num">{rate}<span class="team-range">{interval}</span></td>
            <td class="num">{better}</td>
            <td class="num">{cost}</td>
            <td class="num">{evidence}</td>
        </tr>
    }
}
