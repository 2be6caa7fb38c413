//! Where pipelines and stages named in the files lead, and what happens to deals that are
//! here already.

use std::sync::Arc;

use leptos::prelude::*;

use super::wizard::Wizard;
use crate::app::import::{
    Again as AgainChoice, Holds, PipelineTo, StageTo, StageValue, Stood, Survey, fold, grouped,
    pipeline_to, stage_to,
};
use crate::domain::deal::Status;
use crate::domain::ids::{PipelineId, StageId};
use crate::domain::stage::StageKind;
use crate::ui::parts::{Choice, Field, Segmented, Select};

/// A stage or pipeline that is here: its id as text, and its name.
type Named = (String, String);

/// One value with where it leads, ready to show.
#[derive(Clone, PartialEq)]
struct Line {
    value: StageValue,
    to: StageTo,
    /// The stages of the pipeline it leads to.
    here: Vec<Named>,
    /// Other values that lead to open stages, by their place in the survey.
    likes: Vec<Named>,
}

fn lines(wizard: Wizard, survey: &Survey) -> Vec<Line> {
    wizard.plan.with(|plan| {
        wizard.with_state(|state| {
            let to = |value| stage_to(plan, survey, state, value);
            let all: Vec<(StageValue, StageTo)> =
                survey.stages.iter().map(|v| (v.clone(), to(v))).collect();
            all.iter()
                .map(|(value, to)| {
                    let pipeline = pipeline_to(plan, survey, state, &value.pipeline);
                    let here = match pipeline {
                        PipelineTo::Here(id) => state
                            .stages(id)
                            .iter()
                            .map(|s| (s.id.to_string(), s.name.clone()))
                            .collect(),
                        PipelineTo::New(_) => Vec::new(),
                    };
                    let open = |other: &&(StageValue, StageTo)| {
                        matches!(other.1, StageTo::New(StageKind::Open))
                            && fold(&other.0.pipeline) == fold(&value.pipeline)
                    };
                    let likes = all
                        .iter()
                        .filter(open)
                        .map(|(v, _)| (v.order.to_string(), v.stage.clone()))
                        .collect();
                    Line {
                        value: value.clone(),
                        to: to.clone(),
                        here,
                        likes,
                    }
                })
                .collect()
        })
    })
}

/// The stages, when the files hold deals.
#[component]
pub(super) fn StagesPart(
    /// The import.
    wizard: Wizard,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        wizard
            .survey
            .get()
            .filter(|s| !s.stages.is_empty())
            .map(|survey| lines(wizard, &survey))
    });
    let is_there = Memo::new(move |_| shown.with(Option::is_some));
    move || {
        is_there.get().then(|| view! {
            <section class="import-part" aria-labelledby="import-stages">
                <h2 id="import-stages">"Stages"</h2>
                <p class="import-part__about">
                    "Where each stage of the files leads. A closed deal stays in the history of the stage it stood in."
                </p>
                <Pipelines wizard/>
                <div class="import-stages">
                    <For
                        each=move || shown.get().unwrap_or_default()
                        key=|line| (line.value.key(), format!("{:?}{}{:?}", line.to, line.value.rows, line.likes))
                        let:line
                    >
                        <StageLine wizard line/>
                    </For>
                </div>
            </section>
        })
    }
}

/// Which pipelines the files' pipelines lead to, when there is a choice.
#[component]
fn Pipelines(wizard: Wizard) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let survey = wizard.survey.get()?;
        let here = wizard.with_state(|state| {
            state
                .pipelines()
                .iter()
                .map(|p| (p.id.to_string(), p.name.clone()))
                .collect::<Vec<Named>>()
        });
        let names = survey.pipelines.clone();
        let alone = here.len() == 1 && names.iter().all(|n| n.is_empty());
        let of = |name: &String| {
            let to = wizard
                .plan
                .with(|p| wizard.with_state(|s| pipeline_to(p, &survey, s, name)));
            (name.clone(), to)
        };
        (!alone).then(|| (here, names.iter().map(of).collect::<Vec<_>>()))
    });
    move || {
        lines.get().map(|(here, lines)| {
            lines
                .into_iter()
                .map(|(name, to)| pipeline_line(wizard, here.clone(), name, &to))
                .collect_view()
        })
    }
}

fn pipeline_line(
    wizard: Wizard,
    here: Vec<Named>,
    name: String,
    to: &PipelineTo,
) -> impl IntoView + use<> {
    let mut options: Vec<Choice> = here
        .into_iter()
        .map(|(id, name)| Choice::new(id, name))
        .collect();
    if !name.trim().is_empty() {
        options.push(Choice::new(
            "new",
            format!("New pipeline “{}”", name.trim()),
        ));
    }
    let value = match to {
        PipelineTo::Here(id) => id.to_string(),
        PipelineTo::New(_) => "new".to_owned(),
    };
    let label = if name.trim().is_empty() {
        "Pipeline".to_owned()
    } else {
        format!("Pipeline “{}” is", name.trim())
    };
    let set = move |code: String| {
        let to = match code.parse::<PipelineId>() {
            Ok(id) => PipelineTo::Here(id),
            Err(_) => PipelineTo::New(name.trim().to_owned()),
        };
        let key = fold(&name);
        wizard.change(|plan| {
            plan.pipelines.insert(key, to);
        });
    };
    view! {
        <div class="import-pipeline">
            <Field label=label>
                <Select options=options value=value on_change=set/>
            </Field>
        </div>
    }
}

#[component]
fn StageLine(wizard: Wizard, line: Line) -> impl IntoView {
    let Line {
        value,
        to,
        here,
        likes,
    } = line;
    let name = match value.stage.trim() {
        "" => "(blank)".to_owned(),
        name if value.pipeline.trim().is_empty() => name.to_owned(),
        name => format!("{} › {name}", value.pipeline.trim()),
    };
    let count = match value.rows {
        0 => "in histories only".to_owned(),
        n => Holds::Deals.counted(n),
    };
    let mut options: Vec<Choice> = here
        .iter()
        .map(|(id, name)| Choice::new(id.clone(), format!("Stage {name}")))
        .collect();
    let new = if value.stage.trim().is_empty() {
        "Imported"
    } else {
        value.stage.trim()
    };
    options.push(Choice::new("new", format!("New stage “{new}”")));
    options.push(Choice::new("new_won", format!("New won stage “{new}”")));
    options.extend(
        [("won", "Won"), ("lost", "Lost"), ("on_hold", "On hold")].map(|(c, l)| Choice::new(c, l)),
    );
    options.push(Choice::new("leave", "Do not import these deals"));
    let key = StoredValue::new(value.key());
    let set = move |code: String| {
        if let Some(to) = read_stage(&code) {
            wizard.change(|plan| {
                plan.stages.insert(key.get_value(), to);
            });
        }
    };
    let stood = match &to {
        StageTo::Closed { status, stood } => {
            Some(view! { <StoodIn wizard key status=*status stood=stood.clone() here likes/> })
        }
        _ => None,
    };
    let label = format!("Where {name} leads");
    view! {
        <div class="import-stages__line">
            <div class="import-stages__value">
                <b>{name}</b>
                <span>{count}</span>
            </div>
            <Select options=options value=stage_code(&to) on_change=set label=label/>
            {stood}
        </div>
    }
}

/// The stage a closed deal stood in.
#[component]
fn StoodIn(
    wizard: Wizard,
    key: StoredValue<crate::app::import::StageKey>,
    status: Status,
    stood: Stood,
    here: Vec<Named>,
    likes: Vec<Named>,
) -> impl IntoView {
    let mut options = vec![Choice::new("furthest", "from the furthest open stage")];
    options.extend(
        here.into_iter()
            .map(|(id, name)| Choice::new(id, format!("from {name}"))),
    );
    options.extend(
        likes.into_iter().map(|(order, name)| {
            Choice::new(format!("like:{order}"), format!("from {name} (new)"))
        }),
    );
    let survey = wizard.survey.get_untracked();
    let order_of = |key: &crate::app::import::StageKey| {
        survey
            .as_ref()
            .and_then(|s: &Arc<Survey>| s.stages.iter().find(|v| v.key() == *key).map(|v| v.order))
    };
    let value = match &stood {
        Stood::Furthest => "furthest".to_owned(),
        Stood::Here(id) => id.to_string(),
        Stood::Like(key) => order_of(key).map_or_else(String::new, |order| format!("like:{order}")),
    };
    let set = move |code: String| {
        let stood = if let Ok(id) = code.parse::<StageId>() {
            Stood::Here(id)
        } else {
            let order = code
                .strip_prefix("like:")
                .and_then(|n| n.parse::<usize>().ok());
            let survey = wizard.survey.get_untracked();
            let value = order.and_then(|o| {
                survey.and_then(|s| s.stages.iter().find(|v| v.order == o).map(StageValue::key))
            });
            value.map_or(Stood::Furthest, Stood::Like)
        };
        wizard.change(|plan| {
            plan.stages
                .insert(key.get_value(), StageTo::Closed { status, stood });
        });
    };
    view! { <Select options=options value=value on_change=set label="Stood in"/> }
}

fn stage_code(to: &StageTo) -> String {
    match to {
        StageTo::Here(id) => id.to_string(),
        StageTo::New(StageKind::Won) => "new_won".to_owned(),
        StageTo::New(_) => "new".to_owned(),
        StageTo::Closed { status, .. } => status.code().to_owned(),
        StageTo::Leave => "leave".to_owned(),
    }
}

fn read_stage(code: &str) -> Option<StageTo> {
    Some(match code {
        "new" => StageTo::New(StageKind::Open),
        "new_won" => StageTo::New(StageKind::Won),
        "leave" => StageTo::Leave,
        "won" | "lost" | "on_hold" => StageTo::Closed {
            status: Status::from_code(code)?,
            stood: Stood::Furthest,
        },
        id => StageTo::Here(id.parse().ok()?),
    })
}

/// What happens to deals whose id is here already.
#[component]
pub(super) fn Again(
    /// The import.
    wizard: Wizard,
) -> impl IntoView {
    let known = Memo::new(move |_| {
        wizard
            .survey
            .with(|s| s.as_ref().map_or(0, |s| s.here_already))
    });
    let value = move || {
        wizard
            .plan
            .with(|p| match p.again {
                AgainChoice::Update => "update",
                AgainChoice::Leave => "leave",
                AgainChoice::Add => "add",
            })
            .to_owned()
    };
    let set = move |code: String| {
        let again = match code.as_str() {
            "leave" => AgainChoice::Leave,
            "add" => AgainChoice::Add,
            _ => AgainChoice::Update,
        };
        wizard.change(|plan| plan.again = again);
    };
    let options = || {
        vec![
            Choice::new("update", "Bring them up to date"),
            Choice::new("leave", "Leave them as they are"),
            Choice::new("add", "Add them again"),
        ]
    };
    move || {
        let count = known.get();
        (count > 0).then(|| view! {
            <section class="import-part" aria-labelledby="import-again">
                <h2 id="import-again">"Here already"</h2>
                <p class="import-part__about">
                    {format!("{} of the files {} here already, known by the id. Blank cells never wipe what is here.", grouped(count), if count == 1 { "is" } else { "are" })}
                </p>
                <Segmented options=options() value=Signal::derive(value) on_change=set label="Deals that are here already"/>
            </section>
        })
    }
}
