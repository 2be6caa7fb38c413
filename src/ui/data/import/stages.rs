//! Where pipelines and stages named in the files lead.

use leptos::prelude::*;

use super::wizard::Wizard;
use crate::app::import::{
    Holds, PipelineTo, StageKey, StageTo, StageValue, Stood, Survey, fold, pipeline_to, stage_to,
    standing_names,
};
use crate::domain::deal::Status;
use crate::domain::ids::{PipelineId, StageId};
use crate::domain::stage::StageKind;
use crate::ui::parts::{Choice, Field, Select};

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
    /// Where its deals stand or last stood, by name.
    stands: String,
}

fn lines(wizard: Wizard, survey: &Survey) -> Vec<Line> {
    wizard.plan.with(|plan| {
        wizard.with_state(|state| {
            let to = |value| stage_to(plan, survey, state, value);
            let all: Vec<(StageValue, StageTo)> =
                survey.stages.iter().map(|v| (v.clone(), to(v))).collect();
            let stands = standing_names(plan, survey, state);
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
                        stands: stands.get(&value.key()).cloned().unwrap_or_default(),
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
    // Lines stay as they are while what they show changes, and with them the focus.
    let keys = Memo::new(move |_| {
        shown.with(|s| {
            s.iter()
                .flatten()
                .map(|l| l.value.key())
                .collect::<Vec<_>>()
        })
    });
    move || {
        is_there.get().then(|| view! {
            <section class="import-part" aria-labelledby="import-stages">
                <h2 id="import-stages">"Stages"</h2>
                <p class="import-part__about">
                    "Where each stage of the files leads. A closed deal stays in the history of the stage it stood in."
                </p>
                <Pipelines wizard/>
                <div class="import-stages">
                    <For each=move || keys.get() key=StageKey::clone let:key>
                        <StageLine wizard key shown/>
                    </For>
                </div>
            </section>
        })
    }
}

/// Which pipelines the files' pipelines lead to, when there is a choice.
#[component]
fn Pipelines(wizard: Wizard) -> impl IntoView {
    let here = Memo::new(move |_| {
        wizard.survey.track();
        wizard.with_state(|state| {
            let named = |p: &&crate::domain::stage::Pipeline| (p.id.to_string(), p.name.clone());
            state.pipelines().iter().map(named).collect::<Vec<Named>>()
        })
    });
    let names = Memo::new(move |_| {
        let survey = wizard.survey.get()?;
        let alone = here.with(Vec::len) == 1 && survey.pipelines.iter().all(String::is_empty);
        (!alone).then(|| survey.pipelines.clone())
    });
    view! {
        <For each=move || names.get().unwrap_or_default() key=String::clone let:name>
            <PipelineLine wizard here name/>
        </For>
    }
}

#[component]
fn PipelineLine(
    wizard: Wizard,
    /// The pipelines that are here.
    here: Memo<Vec<Named>>,
    /// The pipeline's name in the files, empty where none is named.
    name: String,
) -> impl IntoView {
    let label = match name.trim() {
        "" => "Pipeline".to_owned(),
        name => format!("Pipeline “{name}” is"),
    };
    let name = StoredValue::new(name.trim().to_owned());
    let options = move || {
        let mut options: Vec<Choice> = here.with(|here| {
            here.iter()
                .map(|(id, name)| Choice::new(id.clone(), name.clone()))
                .collect()
        });
        name.with_value(|name| {
            if !name.is_empty() {
                options.push(Choice::new("new", format!("New pipeline “{name}”")));
            }
        });
        options
    };
    let value = move || {
        let Some(survey) = wizard.survey.get() else {
            return String::new();
        };
        let to = wizard.plan.with(|plan| {
            wizard
                .with_state(|state| name.with_value(|name| pipeline_to(plan, &survey, state, name)))
        });
        match to {
            PipelineTo::Here(id) => id.to_string(),
            PipelineTo::New(_) => "new".to_owned(),
        }
    };
    let set = move |code: String| {
        let to = match code.parse::<PipelineId>() {
            Ok(id) => PipelineTo::Here(id),
            Err(_) => PipelineTo::New(name.get_value()),
        };
        let key = name.with_value(|name| fold(name));
        wizard.change(|plan| {
            plan.pipelines.insert(key, to);
        });
    };
    view! {
        <div class="import-pipeline">
            <Field label=label>
                <Select options=Signal::derive(options) value=Signal::derive(value) on_change=set/>
            </Field>
        </div>
    }
}

#[component]
fn StageLine(
    wizard: Wizard,
    /// Which stage of the files.
    key: StageKey,
    /// All lines.
    shown: Memo<Option<Vec<Line>>>,
) -> impl IntoView {
    let key = StoredValue::new(key);
    let line = Memo::new(move |_| {
        shown.with(|lines| {
            let found = lines
                .iter()
                .flatten()
                .find(|l| key.with_value(|key| l.value.key() == *key));
            found.cloned()
        })
    });
    let Some(Line { value, .. }) = line.get_untracked() else {
        return ().into_any();
    };
    let stage = value.stage.trim().to_owned();
    let name = match stage.as_str() {
        "" => "(blank)".to_owned(),
        name if value.pipeline.trim().is_empty() => name.to_owned(),
        name => format!("{} › {name}", value.pipeline.trim()),
    };
    let count = move || match line.with(|l| l.as_ref().map_or(0, |l| l.value.rows)) {
        0 => "in histories only".to_owned(),
        n => Holds::Deals.counted(n),
    };
    let here =
        Memo::new(move |_| line.with(|l| l.as_ref().map(|l| l.here.clone()).unwrap_or_default()));
    let options = move || {
        let mut options: Vec<Choice> = here.with(|here| {
            here.iter()
                .map(|(id, name)| Choice::new(id.clone(), format!("Stage {name}")))
                .collect()
        });
        let new = if stage.is_empty() {
            "Imported"
        } else {
            stage.as_str()
        };
        options.push(Choice::new("new", format!("New stage “{new}”")));
        options.push(Choice::new("new_won", format!("New won stage “{new}”")));
        options.extend(
            [("won", "Won"), ("lost", "Lost"), ("on_hold", "On hold")]
                .map(|(c, l)| Choice::new(c, l)),
        );
        options.push(Choice::new("leave", "Do not import these deals"));
        options
    };
    let code = move || line.with(|l| l.as_ref().map_or_else(String::new, |l| stage_code(&l.to)));
    let set = move |code: String| {
        if let Some(to) = read_stage(&code) {
            wizard.change(|plan| {
                plan.stages.insert(key.get_value(), to);
            });
        }
    };
    let closes = Memo::new(move |_| {
        line.with(|l| matches!(l.as_ref().map(|l| &l.to), Some(StageTo::Closed { .. })))
    });
    let label = format!("Where {name} leads");
    view! {
        <div class="import-stages__line">
            <div class="import-stages__value">
                <b>{name}</b>
                <span>{count}</span>
            </div>
            <Select options=Signal::derive(options) value=Signal::derive(code) on_change=set label=label/>
            {move || closes.get().then(|| view! { <StoodIn wizard line/> })}
        </div>
    }
    .into_any()
}

/// The stage a closed deal stood in.
#[component]
fn StoodIn(
    wizard: Wizard,
    /// The value that closes its deals.
    line: Memo<Option<Line>>,
) -> impl IntoView {
    let options = move || line.with(|l| l.as_ref().map(stood_options).unwrap_or_default());
    let order_of = move |key: &StageKey| {
        let survey = wizard.survey.get_untracked()?;
        survey
            .stages
            .iter()
            .find(|v| v.key() == *key)
            .map(|v| v.order)
    };
    let value = move || {
        line.with(|l| match l.as_ref().map(|l| &l.to) {
            Some(StageTo::Closed {
                stood: Stood::Here(id),
                ..
            }) => id.to_string(),
            Some(StageTo::Closed {
                stood: Stood::Like(key),
                ..
            }) => order_of(key).map_or_else(String::new, |order| format!("like:{order}")),
            _ => "furthest".to_owned(),
        })
    };
    let set = move |code: String| {
        let Some(Line {
            value,
            to: StageTo::Closed { status, .. },
            ..
        }) = line.get_untracked()
        else {
            return;
        };
        let like = || {
            let order: usize = code.strip_prefix("like:")?.parse().ok()?;
            let survey = wizard.survey.get_untracked()?;
            let value = survey.stages.iter().find(|v| v.order == order)?;
            Some(Stood::Like(value.key()))
        };
        let stood = match code.parse::<StageId>() {
            Ok(id) => Stood::Here(id),
            Err(_) => like().unwrap_or_default(),
        };
        wizard.change(|plan| {
            plan.stages
                .insert(value.key(), StageTo::Closed { status, stood });
        });
    };
    view! { <Select options=Signal::derive(options) value=Signal::derive(value) on_change=set label="Stood in"/> }
}

fn stood_options(line: &Line) -> Vec<Choice> {
    let furthest = match &line.to {
        StageTo::Closed {
            stood: Stood::Furthest,
            ..
        } => format!("from {} (furthest open)", line.stands),
        _ => "from the furthest open stage".to_owned(),
    };
    let mut options = vec![Choice::new("furthest", furthest)];
    options.extend(
        line.here
            .iter()
            .map(|(id, name)| Choice::new(id.clone(), format!("from {name}"))),
    );
    let new =
        |(order, name): &Named| Choice::new(format!("like:{order}"), format!("from {name} (new)"));
    options.extend(line.likes.iter().map(new));
    options
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
