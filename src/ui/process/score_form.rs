//! The form of a scoring rule.

use super::conditions::Conditions;
use crate::app::form::rules::{RuleForm, field};
use crate::app::form::{FieldError, field as any_field};
use crate::domain::activity::{ActivityKind, ActivityOutcome, Direction};
use crate::domain::command::Refusal;
use crate::domain::query::condition::Scope;
use crate::domain::scoring::Axis;
use crate::ui::parts::{
    Button, ButtonKind, Checkbox, Choice, Dialog, DialogKind, Field, NumberInput, Select, TextInput,
};
use crate::ui::store::Store;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The dialog.
#[component]
pub(super) fn EditForm<C>(
    /// The data.
    store: Store,
    /// The form to begin with.
    form: RuleForm,
    /// Called when it is done with.
    close: C,
) -> impl IntoView
where
    C: Fn() + Copy + Send + Sync + 'static,
{
    let (new, axis) = (form.id.is_none(), form.axis);
    let form = RwSignal::new(form);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let tried = RwSignal::new(false);
    let save = move || {
        let command = store.with(|s| form.with_untracked(|f| f.command(&s.world().state)));
        match command.map(|command| store.run(command)) {
            Ok(Ok(_) | Err(Refusal::Nothing)) => close(),
            Ok(Err(refusal)) => errors.set(vec![FieldError::from_refusal(&refusal)]),
            Err(found) => {
                errors.set(found);
                tried.set(true);
            }
        }
    };
    let error = move |name: &'static str| {
        Signal::derive(move || {
            errors.with(|all| {
                all.iter()
                    .find(|e| e.field == name)
                    .map(|e| e.message.clone())
            })
        })
    };
    let text =
        move |get: fn(&RuleForm) -> &String| Signal::derive(move || form.with(|f| get(f).clone()));
    let put = move |get: fn(&mut RuleForm) -> &mut String| {
        move |text: String| form.update(|f| *get(f) = text)
    };
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| close()>"Cancel"</Button>
            <Button kind=ButtonKind::Primary kbd="Mod+Enter" on_click=move |_| save()>{if new { "Add" } else { "Save" }}</Button>
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            save();
        }
    };
    let none = match axis {
        Axis::Fit => "None yet. All of them have to hold.",
        Axis::Engagement => "None: it counts for every deal.",
    };
    let title = format!(
        "{} rule for {}",
        if new { "New" } else { "Change the" },
        axis.label().to_lowercase()
    );
    view! {
        <Dialog open=true on_close=move |()| close() title backdrop_closes=false kind=DialogKind::Medium footer>
            <div class="rule-form" on:keydown=on_key>
                <Field label="Name" required=true error=error(field::NAME)>
                    <TextInput value=text(|f| &f.name) on_input=put(|f| &mut f.name) autofocus=true/>
                </Field>
                <Field label="Points" hint="With a minus they are taken away" required=true error=error(field::POINTS) class="rule-form__short">
                    <NumberInput value=text(|f| &f.points) on_input=put(|f| &mut f.points)/>
                </Field>
                {(axis == Axis::Engagement).then(|| view! { <Counted form/> })}
                {move || (axis == Axis::Engagement && form.with(|f| f.counts)).then(|| view! {
                    <div class="rule-form__pair">
                        <Field label="Counts half after" error=error(field::HALF_LIFE)>
                            <NumberInput value=text(|f| &f.half_life) on_input=put(|f| &mut f.half_life) unit="days" placeholder="never"/>
                        </Field>
                        <Field label="At most" error=error(field::CAP)>
                            <NumberInput value=text(|f| &f.cap) on_input=put(|f| &mut f.cap) unit="points" placeholder="no limit"/>
                        </Field>
                    </div>
                })}
                <fieldset class="rule-form__part">
                    <legend>{match axis { Axis::Fit => "What has to hold", Axis::Engagement => "Only for deals where" }}</legend>
                    <Conditions
                        scope=Scope::Scoring
                        conditions=Signal::derive(move || form.with(|f| f.conditions.clone()))
                        on_change=move |all| form.update(|f| f.conditions = all)
                        show_errors=tried
                        none=String::from(none)
                    />
                    {move || {
                        let empty = form.with(|f| f.conditions.is_empty());
                        error(field::CONDITIONS).get().filter(|_| empty).map(|why| view! { <p class="rule-form__error" role="alert">{why}</p> })
                    }}
                </fieldset>
                {move || error(any_field::FORM).get().map(|why| view! { <p class="rule-form__error" role="alert">{why}</p> })}
            </div>
        </Dialog>
    }
}

/// Which activities count.
#[component]
fn Counted(form: RwSignal<RuleForm>) -> impl IntoView {
    fn choices(any: &str, all: impl Iterator<Item = (&'static str, &'static str)>) -> Vec<Choice> {
        std::iter::once(Choice::new("any", any))
            .chain(all.map(|(code, label)| Choice::new(code, label)))
            .collect()
    }
    let kinds: Signal<Vec<Choice>> = Signal::stored(choices(
        "Any activity",
        ActivityKind::ALL.iter().map(|k| (k.code(), k.label())),
    ));
    let sides: Signal<Vec<Choice>> = Signal::stored(choices(
        "From either side",
        Direction::ALL.iter().map(|d| (d.code(), d.label())),
    ));
    let outcomes: Signal<Vec<Choice>> = Signal::stored(choices(
        "Any outcome",
        ActivityOutcome::ALL.iter().map(|o| (o.code(), o.label())),
    ));
    let code = move |get: fn(&RuleForm) -> Option<&'static str>| {
        Signal::derive(move || form.with(get).unwrap_or("any").to_owned())
    };
    view! {
        <Checkbox
            checked=Signal::derive(move || form.with(|f| f.counts))
            label="Counts activities"
            hint="Each activity that was done gives the points once"
            on_change=move |on| form.update(|f| f.counts = on)
        />
        {move || form.with(|f| f.counts).then(|| view! {
            <div class="rule-form__three">
                <Field label="Kind">
                    <Select options=kinds value=code(|f| f.kind.map(ActivityKind::code)) on_change=move |c: String| form.update(|f| f.kind = ActivityKind::from_code(&c))/>
                </Field>
                <Field label="From whom">
                    <Select options=sides value=code(|f| f.direction.map(Direction::code)) on_change=move |c: String| form.update(|f| f.direction = Direction::from_code(&c))/>
                </Field>
                <Field label="Outcome">
                    <Select options=outcomes value=code(|f| f.outcome.map(ActivityOutcome::code)) on_change=move |c: String| form.update(|f| f.outcome = ActivityOutcome::from_code(&c))/>
                </Field>
            </div>
        })}
    }
}
