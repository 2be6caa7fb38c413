//! Own fields as facts of a record: a press changes one in place.

use super::{CustomControl, field, fields_of, habits, words};
use crate::app::form::custom::{CustomDraft, error_key};
use crate::domain::change::EntityRef;
use crate::domain::command::fields::FieldCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::custom::{CustomField, CustomValue, FieldHome, FieldKind, check};
use crate::domain::ids::FieldId;
use crate::domain::query::fields;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// What a record holds in its own fields, each changed in place: Enter saves, Escape does
/// not, a press elsewhere keeps what was typed. Shows nothing while there are no fields of
/// these records, or no such record.
#[component]
pub fn CustomFacts(
    /// The deal, organisation or contact.
    #[prop(into)]
    of: EntityRef,
    /// A heading above the facts, shown while there are any.
    #[prop(optional, into)]
    title: Option<&'static str>,
    /// The class of the heading.
    #[prop(default = "deal-section")]
    title_class: &'static str,
    /// More classes for the whole, such as those of a panel.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let store = use_store();
    let home = FieldHome::of(of.kind)?;
    let all = fields_of(store, home);
    let any = Memo::new(move |_| !all.with(Vec::is_empty));
    let heading = unique_id("own");
    Some(move || {
        any.get().then(|| {
            let heading = heading.clone();
            let labelled = title.is_some().then(|| heading.clone());
            view! {
                <section
                    class=format!("own-facts {class}")
                    aria-labelledby=labelled
                    aria-label=title.is_none().then_some("Custom fields")
                >
                    {title.map(|title| view! { <h2 class=title_class id=heading>{title}</h2> })}
                    <ul class="own-facts__list">
                        <For each=move || all.get() key=|id| *id let(id)>
                            <Fact of id/>
                        </For>
                    </ul>
                </section>
            }
        })
    })
}

/// One value.
#[component]
fn Fact(of: EntityRef, id: FieldId) -> impl IntoView {
    let store = use_store();
    let field = field(store, id);
    let value = Memo::new(move |_| {
        store.track(of);
        store.with(|s| fields::value(&s.world().state, of, id).cloned())
    });
    let name = move || field.with(|f| f.as_ref().map(|f| f.name.clone()).unwrap_or_default());
    let anchor = RwSignal::new_local(None::<Anchor>);
    let button = NodeRef::<html::Button>::new();
    let leave = RwSignal::new(0_u32);
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
    // Only addresses that lead where they say: a merged file may hold anything.
    let href = move || {
        let is_link = field.with(|f| f.as_ref().is_some_and(|f| f.kind == FieldKind::Link));
        value.with(|v| match v {
            Some(CustomValue::Text(text)) if is_link => check::link(text).ok(),
            _ => None,
        })
    };
    let open = move || {
        href().map(|href| view! {
            <a class="own-fact__open" href=href.clone() target="_blank" rel="noopener noreferrer" title=href aria-label=format!("Open {}", name())>
                <Icon glyph=Glyph::External/>
            </a>
        })
    };
    let editor = move || {
        field
            .get()
            .map(|field| view! { <Editor of field close leave/> })
    };
    view! {
        <li class="own-fact" data-field=error_key(id)>
            <button
                type="button"
                class="own-fact__button"
                node_ref=button
                aria-haspopup="dialog"
                aria-expanded=move || if anchor.with(Option::is_some) { "true" } else { "false" }
                title=move || format!("Change: {}", name())
                on:click=toggle
            >
                <span class="own-fact__label">{name}</span>
                <span class="own-fact__value" class:own-fact__value--none=move || value.with(Option::is_none)>
                    <span class="own-fact__text">{move || value.with(|v| v.as_ref().map_or_else(|| String::from("Not set"), words))}</span>
                    <Icon glyph=Glyph::Pencil class="own-fact__pencil"/>
                </span>
            </button>
            {open}
            <Popup anchor on_outside=move |()| leave.update(|n| *n += 1) class="deal-edit">{editor}</Popup>
        </li>
    }
}

/// What the record holds at this moment.
fn held(store: Store, of: EntityRef, field: FieldId) -> Option<CustomValue> {
    store.with(|s| fields::value(&s.world().state, of, field).cloned())
}

/// The open control.
#[component]
fn Editor(
    of: EntityRef,
    field: CustomField,
    #[prop(into)] close: UnsyncCallback<()>,
    /// Counts presses outside.
    leave: RwSignal<u32>,
) -> impl IntoView {
    let store = use_store();
    let root = NodeRef::<html::Div>::new();
    let opened = CustomDraft::of(&field, held(store, of, field.id).as_ref(), habits(store));
    let draft = RwSignal::new(opened.clone());
    let error = RwSignal::new(None::<String>);
    let (id, label, hint) = (field.id, field.name.clone(), field.hint.clone());
    let shown = field.clone();
    let opened = StoredValue::new(opened);
    let field = StoredValue::new(field);
    let save = move || {
        let typed = draft.get_untracked();
        if opened.with_value(|opened| *opened == typed) {
            return close.run(());
        }
        let now = held(store, of, id);
        let read = field.with_value(|field| typed.read(field, now.as_ref(), habits(store)));
        let outcome = read.and_then(|value| {
            let command = FieldCommand::Set {
                record: of,
                values: vec![(id, value)],
            };
            match store.run(Command::Fields(command)) {
                Ok(_) | Err(Refusal::Nothing) => Ok(()),
                Err(refusal) => Err(refusal.to_string()),
            }
        });
        match outcome {
            Ok(()) => close.run(()),
            Err(message) => error.set(Some(message)),
        }
    };
    // A press elsewhere keeps what was typed.
    Effect::watch(move || leave.get(), move |_, _, _| save(), false);
    focus_first(root);
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        _ if event.default_prevented() || event.is_composing() => {}
        "Enter" if saves(&event) => {
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
    let change = move |typed: CustomDraft| {
        error.set(None);
        draft.set(typed);
    };
    view! {
        <div class="deal-edit__box" role="dialog" aria-label=format!("Change {label}") node_ref=root on:keydown=on_key>
            <Field label=label.clone() hint=Some(hint).filter(|h| !h.is_empty()) error>
                <CustomControl field=shown draft on_change=change/>
            </Field>
            <div class="deal-edit__foot">
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost on_click=move |_| close.run(())>"Cancel"</Button>
                <Button size=ButtonSize::Small kind=ButtonKind::Primary on_click=move |_| save()>"Save"</Button>
            </div>
        </div>
    }
}

/// Whether Enter saves here: on a button it presses it, in a text it begins a line.
fn saves(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let Some(target) = target else { return true };
    match target.tag_name().as_str() {
        "TEXTAREA" => event.ctrl_key() || event.meta_key(),
        "BUTTON" => target.get_attribute("role").is_some(),
        _ => true,
    }
}
