//! A step of a cadence, changed in place.

use crate::domain::activity::ActivityKind;
use crate::domain::cadence::{CadenceStep, StepField};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::follow::FollowCommand;
use crate::domain::ids::StepId;
use crate::domain::order::Order;
use crate::ui::parts::*;
use crate::ui::stages::Draft;
use crate::ui::store::Store;
use leptos::prelude::*;

/// The row.
#[component]
pub(super) fn StepRow(store: Store, id: StepId) -> impl IntoView {
    let step = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.steps.get(id).cloned())
    });
    let edit = move |field| store.run(Command::Follow(FollowCommand::EditStep(id, field)));
    let text = move |read: fn(&CadenceStep) -> String| {
        move || step.with(|s| s.as_ref().map(read).unwrap_or_default())
    };
    let (day, subject, body) = (Draft::new(), Draft::new(), Draft::new());
    let set_day = move |typed: String| match typed.trim().parse::<u16>() {
        Ok(days) => day.settle(edit(StepField::Day(days))),
        Err(_) => day.refuse("Give a whole number of days after the start."),
    };
    let kinds = ActivityKind::ALL
        .iter()
        .filter(|k| **k != ActivityKind::Note)
        .map(|k| Choice::new(k.code(), k.label()))
        .collect::<Vec<_>>();
    let templates = Memo::new(move |_| {
        store.track_kind(Kind::Template);
        store.with(|s| {
            let mut all: Vec<_> = s.world().state.tables.templates.iter().collect();
            all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
            all.iter()
                .map(|t| Choice::new(t.id.to_string(), t.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let more =
        RwSignal::new(step.with_untracked(|s| s.as_ref().is_some_and(|s| !s.body.is_empty())));
    let delete = move |_| {
        store.dispatch(Command::Follow(FollowCommand::DeleteStep(id)));
        crate::ui::nav::rescue_focus();
    };
    view! {
        <li class="cadence-step">
            <Field label="Day" error=day.error() class="cadence-step__day">
                <NumberInput value=day.or(text(|s| s.day.to_string())) on_input=move |t| day.typed(t) on_commit=set_day/>
            </Field>
            <Field label="Channel" class="cadence-step__kind">
                <Select
                    options=Signal::stored(kinds)
                    value=Signal::derive(text(|s| s.kind.code().to_owned()))
                    on_change=move |code: String| {
                        if let Some(kind) = ActivityKind::from_code(&code) {
                            subject.settle(edit(StepField::Kind(kind)));
                        }
                    }
                />
            </Field>
            <Field label="What to do" error=subject.error() class="cadence-step__subject">
                <TextInput
                    value=subject.or(text(|s| s.subject.clone()))
                    on_input=move |t| subject.typed(t)
                    on_commit=move |t| subject.settle(edit(StepField::Subject(t)))
                    placeholder="What to do, in a line"
                />
            </Field>
            <Field label="Template" class="cadence-step__template">
                <Select
                    options=templates
                    value=Signal::derive(text(|s| s.template.map(|t| t.to_string()).unwrap_or_default()))
                    placeholder="No template"
                    on_change=move |code: String| subject.settle(edit(StepField::Template(code.parse().ok())))
                />
            </Field>
            <IconButton label="More text" glyph=Glyph::Note pressed=Signal::derive(move || Some(more.get())) class="cadence-step__more" on_click=move |_| more.update(|m| *m = !*m)/>
            <IconButton label="Delete step" glyph=Glyph::Trash class="cadence-step__delete" on_click=delete/>
            {move || more.get().then(|| view! {
                <Field label="More text" label_hidden=true class="cadence-step__body">
                    <TextArea
                        rows=2
                        value=body.or(text(|s| s.body.clone()))
                        on_input=move |t| body.typed(t)
                        on_commit=move |t| body.settle(edit(StepField::Body(t)))
                        placeholder="What to say or to keep in mind"
                    />
                </Field>
            })}
        </li>
    }
}
