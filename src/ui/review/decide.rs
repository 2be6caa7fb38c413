//! What is decided of a deal on the spot: in words, and as something to do.

use super::state::use_desk;
use crate::app::form::FieldError;
use crate::app::review::{Task, minutes, written};
use crate::domain::activity::ActivityKind;
use crate::domain::change::Kind;
use crate::domain::command::review::ReviewCommand;
use crate::domain::command::{ActivityDraft, Command, Refusal};
use crate::domain::ids::DealId;
use crate::ui::deal::{due_picks, glyph_of};
use crate::ui::history::Local;
use crate::ui::parts::*;
use crate::ui::stages::Draft;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // A control in the page takes the focus.
        let _ = element.focus();
    }
}

/// Puts the cursor into the decision.
pub(super) fn focus_decision() {
    focus("[data-decision] textarea");
}

/// Puts the cursor into the task.
pub(super) fn focus_plan() {
    focus("[data-plan] input");
}

/// The decision in words; kept when it is left, or with Control or Command and Enter.
#[component]
pub(super) fn Decision(
    /// Of which deal.
    deal: DealId,
) -> impl IntoView {
    let desk = use_desk();
    let decided = desk.item(deal, |item| item.decision.clone());
    let draft = Draft::new();
    let commit = move |decision: String| {
        let command = ReviewCommand::Decide {
            review: desk.id,
            deal,
            decision,
        };
        draft.settle(desk.store.run(Command::Review(command)));
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            commit(event_target_value(&event));
            focus("[data-topic]");
        }
    };
    view! {
        <div class="review-decision" data-decision="">
            <Field label="Decision" hint="What was decided, by whom it is done" error=draft.error()>
                <TextArea
                    rows=3
                    value=draft.or(move || decided.get())
                    on_input=move |text| draft.typed(text)
                    on_commit=commit
                    on_key
                />
            </Field>
            <p class="review-decision__key no-print"><Kbd keys="D"/>" writes, "<Kbd keys="Mod+Enter"/>" keeps it"</p>
        </div>
    }
}

/// Something to do, and what was planned in this review already.
#[component]
pub(super) fn Plan(
    /// For which deal.
    deal: DealId,
) -> impl IntoView {
    let desk = use_desk();
    let text = RwSignal::new(String::new());
    let kind = RwSignal::new(ActivityKind::Task);
    let due = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let today = desk.store.moment().today;
    let kinds: Vec<Choice> = ActivityKind::ALL
        .iter()
        .filter(|k| **k != ActivityKind::Note)
        .map(|k| Choice::new(k.code(), k.label()).icon(glyph_of(*k)))
        .collect();
    let plan = move || {
        let draft = ActivityDraft {
            subject: text.get_untracked(),
            due: due.with_untracked(|d| d.parse().ok()),
            ..ActivityDraft::new(kind.get_untracked())
        };
        let command = ReviewCommand::Plan {
            review: desk.id,
            deal,
            draft: Box::new(draft),
        };
        match desk.store.run(Command::Review(command)) {
            Ok(_) | Err(Refusal::Nothing) => {
                text.set(String::new());
                due.set(String::new());
                errors.set(Vec::new());
            }
            Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
        }
    };
    let error = move || errors.with(|all| all.first().map(|e| e.message.clone()));
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            plan();
        }
    };
    view! {
        <div class="review-plan" data-plan="">
            <Field label="Task" hint="What is to be done" error>
                <TextInput value=text on_input=move |now| text.set(now) on_key/>
            </Field>
            <Segmented
                options=Signal::stored(kinds)
                value=move || kind.get().code().to_owned()
                on_change=move |code: String| kind.set(ActivityKind::from_code(&code).unwrap_or(ActivityKind::Task))
                label="Kind of task"
                icons_only=true
            />
            <DateField label=Some("By when".to_owned()) value=due on_change=move |day| due.set(day) picks=Signal::stored(due_picks(today))/>
            <Button icon=Glyph::Plus kbd="T" on_click=move |_| plan()>"Plan it"</Button>
            <Planned deal/>
        </div>
    }
}

/// What was planned here, with a box to tick.
#[component]
fn Planned(
    /// For which deal.
    deal: DealId,
) -> impl IntoView {
    let desk = use_desk();
    let tasks = Memo::new(move |_| {
        desk.store.track(desk.id);
        desk.store.track_kind(Kind::Activity);
        desk.store.with(|s| {
            let all = minutes(s.world(), desk.id)?.topics.into_iter();
            let mut of = all.filter(|t| t.deal == deal);
            of.next().map(|t| t.tasks)
        })
    });
    let row = move |task: Task| {
        let (id, done) = (task.id, task.done.is_some());
        let label = written(&task, &Local);
        let tick = move |done| desk.store.dispatch(Command::SetDone { activity: id, done });
        view! { <li><Checkbox checked=done on_change=tick label/></li> }
    };
    move || {
        let tasks = tasks.get().unwrap_or_default();
        (!tasks.is_empty()).then(|| view! {
            <ul class="review-plan__tasks" aria-label="Planned in this review">{tasks.into_iter().map(row).collect_view()}</ul>
        })
    }
}
