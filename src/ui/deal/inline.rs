//! Changing one fact in place: a press opens its control, Enter saves, Escape does not.

use super::draft::Draft;
use super::page::use_page;
use crate::app::form::deal::DealForm;
use crate::ui::parts::*;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// A control that saves by itself; it is given what to call when it is done.
type OwnEditor = Arc<dyn Fn(UnsyncCallback<()>) -> AnyView + Send + Sync>;

/// A fact with its label; a press changes it.
#[component]
pub(super) fn Fact(
    /// What it is.
    label: &'static str,
    /// Its value in words; none while there is none.
    #[prop(into)]
    value: Signal<Option<String>>,
    /// What stands there instead.
    #[prop(into)]
    none: Signal<String>,
    /// A few more words below it.
    #[prop(optional, into)]
    note: Signal<Option<String>>,
    /// It is overdue.
    #[prop(optional, into)]
    alarm: Signal<bool>,
    /// It is missing, and should not be.
    #[prop(optional, into)]
    warn: Signal<bool>,
    /// It is the most important one.
    #[prop(optional)]
    strong: bool,
    /// It is a person's name.
    #[prop(optional)]
    avatar: bool,
    /// It takes more room.
    #[prop(optional)]
    wide: bool,
    /// A field of the deal form.
    #[prop(optional, into)]
    editor: Option<ViewFn>,
    /// A control that is no field of the deal form.
    #[prop(optional, into)]
    own_editor: Option<StoredEditor>,
) -> impl IntoView {
    let anchor = RwSignal::new_local(None::<Anchor>);
    let button = NodeRef::<html::Button>::new();
    let close = move || {
        anchor.set(None);
        if let Some(button) = button.get_untracked() {
            // Fails only for an element that is gone.
            let _ = button.focus();
        }
    };
    let toggle = move |_| match (
        anchor.with_untracked(Option::is_some),
        button.get_untracked(),
    ) {
        (false, Some(button)) => anchor.set(Some(Anchor::Element(button.unchecked_into()))),
        _ => anchor.set(None),
    };
    let leave = RwSignal::new(0_u32);
    let editor = StoredValue::new(editor);
    let own_editor = StoredValue::new(own_editor.map(|e| e.0));
    view! {
        <div class="deal-fact" class:deal-fact--wide=wide class:deal-fact--alarm=alarm class:deal-fact--warn=warn>
            <button
                type="button"
                class="deal-fact__button"
                node_ref=button
                aria-haspopup="dialog"
                aria-expanded=move || if anchor.with(Option::is_some) { "true" } else { "false" }
                title=format!("Change: {}", label.to_lowercase())
                on:click=toggle
            >
                <span class="deal-fact__label">{label}</span>
                <span class="deal-fact__value" class:deal-fact__value--strong=strong class:deal-fact__value--none=move || value.with(Option::is_none)>
                    {move || avatar.then(|| value.get()).flatten().map(|name| view! { <Avatar name decorative=true/> })}
                    <span class="deal-fact__text">{move || value.get().unwrap_or_else(|| none.get())}</span>
                    <Icon glyph=Glyph::Pencil class="deal-fact__pencil"/>
                </span>
                <span class="deal-fact__note">{note}</span>
            </button>
            <Popup anchor on_outside=move |()| leave.update(|n| *n += 1) class="deal-edit">
                {move || match (editor.get_value(), own_editor.get_value()) {
                    (Some(editor), _) => view! { <Edit label editor close leave/> }.into_any(),
                    (None, Some(own)) => view! { <OwnEdit label own close leave/> }.into_any(),
                    (None, None) => ().into_any(),
                }}
            </Popup>
        </div>
    }
}

/// A control that saves by itself, as a prop.
#[derive(Clone)]
pub(super) struct StoredEditor(OwnEditor);

impl<F> From<F> for StoredEditor
where
    F: Fn(UnsyncCallback<()>) -> AnyView + Send + Sync + 'static,
{
    fn from(make: F) -> Self {
        Self(Arc::new(make))
    }
}

/// The open control of a field of the deal form.
#[component]
fn Edit(
    /// What is changed.
    label: &'static str,
    /// The control.
    editor: ViewFn,
    /// Called when it is over.
    #[prop(into)]
    close: UnsyncCallback<()>,
    /// Counts presses outside.
    leave: RwSignal<u32>,
) -> impl IntoView {
    let page = use_page();
    let root = NodeRef::<html::Div>::new();
    let form = page.store.with(|s| DealForm::from_deal(s.world(), page.id));
    let Some(form) = form else {
        return ().into_any();
    };
    let draft = Draft::new(page.store, form, None);
    provide_context(draft);
    let is_settled = move || root.get_untracked().is_none_or(|root| settled(&root));
    let save = move || {
        if is_settled() && draft.save().is_ok() {
            close.run(());
        }
    };
    // A press elsewhere keeps what was typed.
    Effect::watch(
        move || leave.get(),
        move |_, _, _| {
            // What was typed last may count only from now on.
            match is_settled() {
                true if draft.is_dirty_now() => save(),
                true => close.run(()),
                false => {}
            }
        },
        false,
    );
    focus_first(root);
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        _ if event.default_prevented() || event.is_composing() => {}
        // On a button Enter presses it.
        "Enter" if !is_button(&event) => {
            event.prevent_default();
            save();
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            close.run(());
        }
        _ => {}
    };
    view! {
        <div class="deal-edit__box" role="dialog" aria-label=format!("Change {}", label.to_lowercase()) node_ref=root on:keydown=on_key>
            {editor.run()}
            <div class="deal-edit__foot">
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost on_click=move |_| close.run(())>"Cancel"</Button>
                <Button size=ButtonSize::Small kind=ButtonKind::Primary on_click=move |_| save()>"Save"</Button>
            </div>
        </div>
    }
    .into_any()
}

/// The open control that saves by itself.
#[component]
fn OwnEdit(
    /// What is changed.
    label: &'static str,
    /// The control.
    own: OwnEditor,
    /// Called when it is over.
    #[prop(into)]
    close: UnsyncCallback<()>,
    /// Counts presses outside.
    leave: RwSignal<u32>,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    focus_first(root);
    Effect::watch(move || leave.get(), move |_, _, _| close.run(()), false);
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            event.stop_propagation();
            close.run(());
        }
    };
    view! {
        <div class="deal-edit__box" role="dialog" aria-label=format!("Change {}", label.to_lowercase()) node_ref=root on:keydown=on_key>
            {own(close)}
        </div>
    }
}

fn is_button(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|e| e.tag_name() == "BUTTON" && e.get_attribute("role").is_none())
}
