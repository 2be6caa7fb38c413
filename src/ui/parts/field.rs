//! A labelled place for one control.

use super::boxed::block;
use leptos::context::Provider;
use leptos::prelude::*;

use super::dom::unique_id;
use super::icon::{Glyph, Icon};

/// What a [`Field`] tells the control inside it.
#[derive(Clone)]
pub struct FieldContext {
    /// The id the control must carry, so that the label points to it.
    pub id: String,
    /// The id of the label, for groups that are named by `aria-labelledby`.
    pub label_id: String,
    /// The ids of hint and error that are shown now, for `aria-describedby`.
    pub described_by: Signal<Option<String>>,
    /// Whether an error is shown, for `aria-invalid`.
    pub invalid: Signal<bool>,
    /// Whether something must be entered, for `aria-required`.
    pub required: Signal<bool>,
    /// What the control says itself is wrong with what was typed, such as half a date.
    pub own_error: RwSignal<Option<&'static str>>,
}

/// The field's wiring for the control calling this, or a fresh one outside of any field.
pub(super) fn wiring() -> FieldContext {
    use_context::<FieldContext>().unwrap_or_else(|| FieldContext {
        id: unique_id("control"),
        label_id: String::new(),
        described_by: Signal::stored(None),
        invalid: Signal::stored(false),
        required: Signal::stored(false),
        own_error: RwSignal::new(None),
    })
}

impl FieldContext {
    /// `aria-invalid`, set only while it is true.
    pub(super) fn aria_invalid(&self) -> impl Fn() -> Option<&'static str> + Copy + use<> {
        let (invalid, own) = (self.invalid, self.own_error);
        move || (invalid.get() || own.with(Option::is_some)).then_some("true")
    }

    /// Whether the control stands in a field, which shows what is wrong with it.
    pub(super) fn is_in_field(&self) -> bool {
        !self.label_id.is_empty()
    }

    /// `aria-required`, set only while it is true.
    pub(super) fn aria_required(&self) -> impl Fn() -> Option<&'static str> + Copy + use<> {
        let required = self.required;
        move || required.get().then_some("true")
    }
}

/// A label above one control, a hint below it and, when there is one, an error.
///
/// The control inside takes its id, description, error and required state from here.
#[component]
pub fn Field(
    /// The name of what goes in.
    #[prop(into)]
    label: Signal<String>,
    /// A short help, always shown.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong with the entry; shown and announced while there is one.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must not stay empty.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// Keeps the label for assistive technology only.
    #[prop(optional)]
    label_hidden: bool,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// The one control.
    children: Children,
) -> impl IntoView {
    let id = unique_id("field");
    let label_id = format!("{id}-label");
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let own_error = RwSignal::new(None::<&'static str>);
    let error = Signal::derive(move || own_error.get().map(String::from).or_else(|| error.get()));
    let has = move |text: Signal<Option<String>>| {
        text.with(|t| t.as_ref().is_some_and(|t| !t.is_empty()))
    };
    let invalid = Signal::derive(move || has(error));
    let described_by = Signal::derive({
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            let shown: Vec<&str> = [(has(hint), &hint_id), (invalid.get(), &error_id)]
                .into_iter()
                .filter_map(|(shown, id)| shown.then_some(id.as_str()))
                .collect();
            (!shown.is_empty()).then(|| shown.join(" "))
        }
    });
    let context = FieldContext {
        id: id.clone(),
        label_id: label_id.clone(),
        described_by,
        invalid,
        required,
        own_error,
    };
    view! {
        <div class=format!("field {class}") class:field--invalid=invalid>
            <label class="field__label" class:visually-hidden=label_hidden id=label_id for=id>
                {label}
                {block(move || required.get().then(|| view! { <span class="field__required" aria-hidden="true">"*"</span> }))}
            </label>
            // For the control inside only, never for one beside it.
            <Provider value=context>{children()}</Provider>
            <p class="field__hint" id=hint_id hidden=move || !has(hint)>{hint}</p>
            <div aria-live="polite" class="field__live">
                {block(move || invalid.get().then(|| view! {
                    <p class="field__error" id=error_id.clone()>
                        <Icon glyph=Glyph::Warning/>
                        <span>{error}</span>
                    </p>
                }))}
            </div>
        </div>
    }
}

/// What a control outside of any field says is wrong with what was typed into it.
#[component]
pub(super) fn OwnError(
    /// What is wrong.
    error: RwSignal<Option<&'static str>>,
    /// Whether it is said here and not by a field.
    shown: bool,
) -> impl IntoView {
    shown.then(|| {
        view! {
            <span class="field__live" aria-live="polite">
                {block(move || error.get().map(|error| view! { <span class="field__error">{error}</span> }))}
            </span>
        }
    })
}
