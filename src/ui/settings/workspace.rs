//! Name and currency of the workspace.

use leptos::prelude::*;

use super::Section;
use crate::domain::command::Command;
use crate::domain::money::Currency;
use crate::domain::workspace::{WORKSPACE, Workspace, WorkspaceField};
use crate::ui::parts::{Field, Select, TextInput};
use crate::ui::stages::Draft;
use crate::ui::start::currency;
use crate::ui::store::{Store, use_store};

/// The workspace as it is now. Reruns when it changes.
pub(super) fn follow_workspace(store: Store) -> Memo<Workspace> {
    Memo::new(move |_| {
        store.track(WORKSPACE);
        store.with(|session| session.world().state.workspace())
    })
}

/// Name and currency.
#[component]
pub(super) fn WorkspaceSettings() -> impl IntoView {
    let store = use_store();
    let workspace = follow_workspace(store);
    let name = Draft::new();
    let currency_error = Draft::new();
    let set = move |draft: Draft, field: WorkspaceField| {
        draft.settle(store.run(Command::EditWorkspace(vec![field])))
    };
    let set_currency = move |code: String| match Currency::parse(&code) {
        Ok(currency) => set(currency_error, WorkspaceField::Currency(currency)),
        Err(error) => currency_error.refuse(error.to_string()),
    };
    view! {
        <Section title="Workspace" text="Travels with the data, into every export.">
            <Field label="Name" error=name.error()>
                <TextInput
                    value=name.or(move || workspace.with(|w| w.name.clone()))
                    on_input=move |text| name.typed(text)
                    on_commit=move |text| set(name, WorkspaceField::Name(text))
                    placeholder="My workspace"
                />
            </Field>
            <Field
                label="Currency"
                hint="What new deals start with. Deals keep theirs; how sums over several are made is chosen below."
                error=currency_error.error()
            >
                <Select
                    options=Signal::derive(move || currency::choices(workspace.with(|w| w.currency)))
                    value=Signal::derive(move || workspace.with(|w| w.currency.as_str().to_owned()))
                    on_change=set_currency
                />
            </Field>
        </Section>
    }
}
