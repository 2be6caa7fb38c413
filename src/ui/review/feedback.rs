//! What people say of the process, stage by stage, and what was done about it.

use super::practices::stage_choices;
use crate::app::form::FieldError;
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::command::review::ReviewCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::{DealId, StageId};
use crate::domain::order::Order;
use crate::domain::review::{Feedback, FeedbackField, FeedbackKind};
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::records::Group;
use crate::ui::stages::Draft;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// Feedback being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackDraft {
    /// At which stage.
    pub stage: Option<StageId>,
    /// What it is.
    pub kind: FeedbackKind,
    /// What it says.
    pub text: String,
    /// The deal where it showed.
    pub deal: Option<DealId>,
}

impl FeedbackDraft {
    /// Nothing written yet.
    #[must_use]
    pub fn new(stage: Option<StageId>, deal: Option<DealId>) -> Self {
        Self {
            stage,
            kind: FeedbackKind::Problem,
            text: String::new(),
            deal,
        }
    }

    fn command(&self) -> Command {
        Command::Review(ReviewCommand::Feed {
            id: None,
            fields: vec![
                FeedbackField::Stage(self.stage),
                FeedbackField::Kind(self.kind),
                FeedbackField::Text(self.text.clone()),
                FeedbackField::Deal(self.deal),
            ],
        })
    }
}

/// The dialog, open while there is a draft.
#[component]
pub fn FeedbackDialog(
    /// What is being written; set to none to close it.
    draft: RwSignal<Option<FeedbackDraft>>,
) -> impl IntoView {
    let store = use_store();
    let open = Memo::new(move |_| draft.with(Option::is_some));
    let error = RwSignal::new(None::<String>);
    let close = move || {
        error.set(None);
        draft.set(None);
    };
    let save = move || {
        let Some(command) = draft.with_untracked(|d| d.as_ref().map(FeedbackDraft::command)) else {
            return;
        };
        match store.run(command) {
            Ok(_) | Err(Refusal::Nothing) => close(),
            Err(refusal) => error.set(Some(FieldError::from_refusal(&refusal).message)),
        }
    };
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| close()>"Cancel"</Button>
            <Button kind=ButtonKind::Primary on_click=move |_| save()>"Save"</Button>
        }
    };
    let read = move |get: fn(&FeedbackDraft) -> String| {
        Memo::new(move |_| draft.with(|d| d.as_ref().map(get).unwrap_or_default()))
    };
    let put = move |set: fn(&mut FeedbackDraft, String)| {
        move |text: String| {
            draft.update(|d| {
                if let Some(d) = d {
                    set(d, text)
                }
            })
        }
    };
    let kinds: Vec<Choice> = FeedbackKind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), k.label()))
        .collect();
    let kinds = StoredValue::new(kinds);
    view! {
        <Dialog open on_close=move |()| close() title="Feedback on the process" kind=DialogKind::Medium footer>
            {move || open.get().then(|| view! {
                <div class="coach">
                    <Field label="Stage">
                        <Select options=Signal::stored(stage_choices(store)) value=read(|d| d.stage.map(|id| id.to_string()).unwrap_or_default()) on_change=put(|d, id| d.stage = id.parse().ok()) placeholder="The process as a whole"/>
                    </Field>
                    <Segmented options=Signal::stored(kinds.get_value()) value=read(|d| d.kind.code().to_owned()) on_change=put(|d, code| d.kind = FeedbackKind::from_code(&code).unwrap_or(d.kind)) label="What it is"/>
                    <Field label="What you see" required=true error=move || error.get()>
                        <TextArea rows=4 value=read(|d| d.text.clone()) on_input=put(|d, text| d.text = text) autofocus=true/>
                    </Field>
                </div>
            })}
        </Dialog>
    }
}

/// All of it: without an answer first.
#[component]
pub fn FeedbackList() -> impl IntoView {
    let store = use_store();
    let draft = RwSignal::new(None::<FeedbackDraft>);
    let all = Memo::new(move |_| {
        for kind in [Kind::Feedback, Kind::Person, Kind::Stage, Kind::Deal] {
            store.track_kind(kind);
        }
        store.with(|s| {
            let all = s.world().state.tables.feedback.iter();
            let mut all: Vec<Feedback> = all.cloned().collect();
            all.order_by_key(|f| (!f.answer.is_empty(), std::cmp::Reverse(f.on), f.id));
            all
        })
    });
    let tools = move || view! { <Button size=ButtonSize::Small icon=Glyph::Plus on_click=move |_| draft.set(Some(FeedbackDraft::new(None, None)))>"Say something"</Button> };
    view! {
        <Group title="Feedback on the process" tools>
            {move || if all.with(Vec::is_empty) {
                view! { <p class="notes__none">"Nothing was said yet. It can be said here, or beside a deal under its playbook."</p> }.into_any()
            } else {
                view! {
                    <ul class="notes">
                        <For each=move || all.get() key=key_of children=move |one| view! { <FeedbackRow one/> }/>
                    </ul>
                }.into_any()
            }}
        </Group>
        <FeedbackDialog draft/>
    }
}

/// What a row is told apart by: all that it shows.
fn key_of(one: &Feedback) -> (u64, String, String) {
    (one.id.0, one.text.clone(), one.answer.clone())
}

#[component]
fn FeedbackRow(
    /// It.
    one: Feedback,
) -> impl IntoView {
    let store = use_store();
    let (by, stage, deal) = store.with(|s| {
        let state = &s.world().state;
        (
            one.by.map(|id| state.name_of(id.into())),
            one.stage.map(|id| state.name_of(id.into())),
            one.deal.map(|id| (id, state.name_of(id.into()))),
        )
    });
    let under = [by.map(|by| format!("from {by}")), one.on.map(fmt::date)];
    let under: Vec<String> = under.into_iter().flatten().collect();
    let tone = match one.kind {
        FeedbackKind::Problem => Tone::Warn,
        FeedbackKind::Idea => Tone::Info,
        FeedbackKind::Praise => Tone::Success,
    };
    let id = one.id;
    let typed = Draft::new();
    let answer = one.answer.clone();
    let commit = move |text: String| {
        let command = ReviewCommand::Feed {
            id: Some(id),
            fields: vec![FeedbackField::Answer(text)],
        };
        typed.settle(store.run(Command::Review(command)));
    };
    view! {
        <li class="notes__note">
            <div class="notes__head">
                <Chip tone>{one.kind.label()}</Chip>
                {stage.map(|stage| view! { <Chip>{stage}</Chip> })}
                <span class="notes__under">{under.join(", ")}</span>
            </div>
            <p class="notes__text">{one.text.clone()}</p>
            {deal.map(|(id, title)| view! { <p class="notes__deal"><a href=Route::Deal(id).print()>{title}</a></p> })}
            <Field label="Answer" hint="What was done about it" error=typed.error()>
                <TextArea rows=1 value=typed.or(move || answer.clone()) on_input=move |text| typed.typed(text) on_commit=commit/>
            </Field>
            <div class="notes__acts no-print">
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Trash on_click=move |_| store.dispatch(Command::Delete(vec![id.into()]))>"Delete"</Button>
            </div>
        </li>
    }
}
