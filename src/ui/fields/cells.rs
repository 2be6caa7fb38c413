//! Own fields as the cells of a form.

use super::{CustomControl, field, fields_of, habits};
use crate::app::form::custom::{CustomDraft, CustomDrafts, error_key};
use crate::domain::custom::{CustomField, FieldHome, FieldKind};
use crate::domain::ids::FieldId;
use crate::ui::parts::{Field, leaving};
use crate::ui::store::use_store;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

/// What is wrong with a field, to be shown; empty for nothing.
pub type ErrorOf = UnsyncCallback<FieldId, Signal<String>>;

/// A cell for each own field of a kind of record, for a grid such as `deal-form__grid`.
/// Each carries `data-field` with its [`error_key`].
#[component]
pub fn CustomCells(
    /// Of which records.
    home: FieldHome,
    /// What is typed, as [`drafts`](crate::app::form::custom::drafts) begins it.
    #[prop(into)]
    drafts: Signal<CustomDrafts>,
    /// Called with a field and its draft as it is to be.
    #[prop(into)]
    on_change: UnsyncCallback<(FieldId, CustomDraft)>,
    /// What is wrong with a field.
    #[prop(into)]
    error: ErrorOf,
    /// Called when a field was left after typing: its error may be shown now.
    #[prop(into)]
    on_leave: UnsyncCallback<FieldId>,
) -> impl IntoView {
    let store = use_store();
    let all = fields_of(store, home);
    let cell = move |id: FieldId| {
        let of = field(store, id);
        let typed = StoredValue::new(false);
        let error = error.run(id);
        let draft = Memo::new(move |_| {
            // A field made in another tab since the form was opened has no draft yet.
            let blank = || {
                let blank = |f: &CustomField| CustomDraft::of(f, None, habits(store));
                of.with(|f| f.as_ref().map(blank)).unwrap_or_default()
            };
            drafts
                .with(|all| all.get(&id).cloned())
                .unwrap_or_else(blank)
        });
        let wide = move || {
            let wide = |f: &CustomField| matches!(f.kind, FieldKind::LongText | FieldKind::Choices);
            of.with(|f| f.as_ref().is_some_and(wide))
        };
        let text = move |get: fn(&CustomField) -> &String| {
            Signal::derive(move || of.with(|f| f.as_ref().map(get).cloned().unwrap_or_default()))
        };
        let hint = text(|f| &f.hint);
        let control =
            move || {
                of.get().map(|field| view! {
                <CustomControl field draft on_change=move |draft| on_change.run((id, draft))/>
            })
            };
        view! {
            <div
                class="deal-form__cell"
                class:deal-form__cell--wide=wide
                data-field=error_key(id)
                on:input=move |_| typed.set_value(true)
                on:focusout=leaving(move |_| {
                    if typed.get_value() {
                        on_leave.run(id);
                    }
                })
            >
                <Field
                    label=text(|f| &f.name)
                    hint=Signal::derive(move || Some(hint.get()).filter(|h| !h.is_empty()))
                    error=Signal::derive(move || Some(error.get()).filter(|e| !e.is_empty()))
                >
                    {control}
                </Field>
            </div>
        }
    };
    view! { <For each=move || all.get() key=|id| *id children=cell/> }
}
