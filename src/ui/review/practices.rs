//! Practices to share: what works, for all to do.

use crate::app::form::FieldError;
use crate::app::form::lists::stages_by_pipeline;
use crate::domain::change::Kind;
use crate::domain::command::review::ReviewCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::{PersonId, PracticeId, StageId};
use crate::domain::order::Order;
use crate::domain::review::{Practice, PracticeField};
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::records::Group;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;

/// A practice being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PracticeDraft {
    id: Option<PracticeId>,
    title: String,
    text: String,
    stage: Option<StageId>,
}

impl PracticeDraft {
    fn command(&self) -> Command {
        Command::Review(ReviewCommand::Share {
            id: self.id,
            fields: vec![
                PracticeField::Title(self.title.clone()),
                PracticeField::Text(self.text.clone()),
                PracticeField::Stage(self.stage),
            ],
        })
    }
}

/// Those for which `keep` holds, those of stages first, in order of their titles.
fn follow(
    store: Store,
    keep: impl Fn(&Practice) -> bool + Send + Sync + 'static,
) -> Memo<Vec<Practice>> {
    Memo::new(move |_| {
        for kind in [Kind::Practice, Kind::Person, Kind::Stage] {
            store.track_kind(kind);
        }
        store.with(|s| {
            let all = s.world().state.tables.practices.iter();
            let mut all: Vec<Practice> = all.filter(|p| keep(p)).cloned().collect();
            all.order_by_key(|p| (p.stage.is_none(), p.title.to_lowercase(), p.id));
            all
        })
    })
}

/// Stages to choose from, by the name of the pipeline where there are several.
pub fn stage_choices(store: Store) -> Vec<Choice> {
    store.with(|s| {
        let groups = stages_by_pipeline(s.world());
        let single = groups.len() == 1;
        let mut all = Vec::new();
        for (pipeline, stages) in groups {
            for stage in stages {
                let label = if single {
                    stage.name.clone()
                } else {
                    format!("{}: {}", pipeline.name, stage.name)
                };
                all.push(Choice::new(stage.id.to_string(), label));
            }
        }
        all
    })
}

/// All of them, to be added to and changed.
#[component]
pub fn Practices() -> impl IntoView {
    let store = use_store();
    let all = follow(store, |_| true);
    let draft = RwSignal::new(None::<PracticeDraft>);
    let tools = move || view! { <Button size=ButtonSize::Small icon=Glyph::Plus on_click=move |_| draft.set(Some(PracticeDraft::default()))>"Share a practice"</Button> };
    view! {
        <Group title="Practices to share" tools>
            {move || if all.with(Vec::is_empty) {
                view! { <p class="notes__none">"Nothing is shared yet. What works for one can work for all: write it down with how one knows that it works. It is shown beside the playbook of its stage."</p> }.into_any()
            } else {
                view! { <ul class="notes">{all.get().into_iter().map(|one| view! { <PracticeRow one draft/> }).collect_view()}</ul> }.into_any()
            }}
        </Group>
        <PracticeDialog draft/>
    }
}

/// Those from somebody.
#[component]
pub fn PracticesOf(
    /// From whom.
    person: PersonId,
) -> impl IntoView {
    let store = use_store();
    let all = follow(store, move |p| p.by == Some(person));
    let draft = RwSignal::new(None::<PracticeDraft>);
    view! {
        {move || (!all.with(Vec::is_empty)).then(|| view! {
            <Group title="Practices they share">
                <ul class="notes">{all.get().into_iter().map(|one| view! { <PracticeRow one draft/> }).collect_view()}</ul>
            </Group>
        })}
        <PracticeDialog draft/>
    }
}

/// Those of a stage, to be read.
#[component]
pub fn PracticesAt(
    /// At which stage.
    #[prop(into)]
    stage: Signal<Option<StageId>>,
) -> impl IntoView {
    let store = use_store();
    let all = Memo::new(move |_| {
        store.track_kind(Kind::Practice);
        let Some(stage) = stage.get() else {
            return Vec::new();
        };
        store.with(|s| {
            let all = s.world().state.tables.practices.iter();
            let mut all: Vec<Practice> = all.filter(|p| p.stage == Some(stage)).cloned().collect();
            all.order_by_key(|p| (p.title.to_lowercase(), p.id));
            all
        })
    });
    move || {
        (!all.with(Vec::is_empty)).then(|| view! {
            <h3 class="deal-group__sub">"What works here"</h3>
            <dl class="playbook__objections">
                {all.get().into_iter().map(|one| view! {
                    <div class="playbook__objection"><dt>{one.title}</dt><dd>{one.text}</dd></div>
                }).collect_view()}
            </dl>
        })
    }
}

#[component]
fn PracticeRow(
    /// It.
    one: Practice,
    /// Opens it for changing.
    draft: RwSignal<Option<PracticeDraft>>,
) -> impl IntoView {
    let store = use_store();
    let (by, stage) = store.with(|s| {
        let state = &s.world().state;
        (
            one.by.map(|id| state.name_of(id.into())),
            one.stage.map(|id| state.name_of(id.into())),
        )
    });
    let under = [by.map(|by| format!("from {by}")), one.on.map(fmt::date)];
    let under: Vec<String> = under.into_iter().flatten().collect();
    let id = one.id;
    let begin = PracticeDraft {
        id: Some(id),
        title: one.title.clone(),
        text: one.text.clone(),
        stage: one.stage,
    };
    view! {
        <li class="notes__note">
            <div class="notes__head">
                <strong>{one.title.clone()}</strong>
                {stage.map(|stage| view! { <Chip>{stage}</Chip> })}
                <span class="notes__under">{under.join(", ")}</span>
            </div>
            {(!one.text.is_empty()).then(|| view! { <p class="notes__text">{one.text.clone()}</p> })}
            <div class="notes__acts no-print">
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Pencil on_click=move |_| draft.set(Some(begin.clone()))>"Change"</Button>
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Trash on_click=move |_| store.dispatch(Command::Delete(vec![id.into()]))>"Delete"</Button>
            </div>
        </li>
    }
}

#[component]
fn PracticeDialog(
    /// What is being written.
    draft: RwSignal<Option<PracticeDraft>>,
) -> impl IntoView {
    let store = use_store();
    let open = Memo::new(move |_| draft.with(Option::is_some));
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let close = move || {
        errors.set(Vec::new());
        draft.set(None);
    };
    let save = move || {
        let Some(command) = draft.with_untracked(|d| d.as_ref().map(PracticeDraft::command)) else {
            return;
        };
        match store.run(command) {
            Ok(_) | Err(Refusal::Nothing) => close(),
            Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
        }
    };
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| close()>"Cancel"</Button>
            <Button kind=ButtonKind::Primary on_click=move |_| save()>"Save"</Button>
        }
    };
    let read = move |get: fn(&PracticeDraft) -> String| {
        Memo::new(move |_| draft.with(|d| d.as_ref().map(get).unwrap_or_default()))
    };
    let put = move |set: fn(&mut PracticeDraft, String)| {
        move |text: String| {
            draft.update(|d| {
                if let Some(d) = d {
                    set(d, text)
                }
            })
        }
    };
    let error = move || errors.with(|all| all.first().map(|e| e.message.clone()));
    view! {
        <Dialog open on_close=move |()| close() title="A practice to share" kind=DialogKind::Medium footer>
            {move || open.get().then(|| view! {
                <div class="coach">
                    <Field label="In a line" required=true error>
                        <TextInput value=read(|d| d.title.clone()) on_input=put(|d, text| d.title = text) autofocus=true/>
                    </Field>
                    <Field label="How to do it" hint="And how one knows that it works">
                        <TextArea rows=5 value=read(|d| d.text.clone()) on_input=put(|d, text| d.text = text)/>
                    </Field>
                    <Field label="Stage it belongs to">
                        <Select options=Signal::stored(stage_choices(store)) value=read(|d| d.stage.map(|id| id.to_string()).unwrap_or_default()) on_change=put(|d, id| d.stage = id.parse().ok()) placeholder="No stage in particular"/>
                    </Field>
                </div>
            })}
        </Dialog>
    }
}
