//! How a customer is doing.

use crate::domain::command::sell::SellCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::OrgId;
use crate::domain::party::Health;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The health in a word with its colour and icon.
#[component]
pub fn HealthChip(
    /// How they are doing; none where nobody has said.
    health: Option<Health>,
) -> impl IntoView {
    let Some(health) = health else {
        return view! { <span class="list__mute">"Not set"</span> }.into_any();
    };
    let (tone, icon) = match health {
        Health::Good => (Tone::Success, Glyph::Check),
        Health::Watch => (Tone::Warn, Glyph::Eye),
        Health::Risk => (Tone::Danger, Glyph::Warning),
    };
    view! { <Chip tone icon>{health.label()}</Chip> }.into_any()
}

/// Asks how a customer is doing, and why.
#[component]
pub fn HealthDialog(
    /// Which customer; none while closed. Emptied when it is done with.
    of: RwSignal<Option<OrgId>>,
) -> impl IntoView {
    let store = use_store();
    let open = Memo::new(move |_| of.with(Option::is_some));
    let title = Memo::new(move |before: Option<&String>| {
        let now = of.get().map(|org| {
            let name = store.with(|s| s.world().state.name_of(org.into()));
            format!("How is {name} doing?")
        });
        now.or(before.cloned()).unwrap_or_default()
    });
    let health = RwSignal::new(None::<Health>);
    let note = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let Some(org) = of.get() else { return };
        let now = store.with(|s| {
            let org = s.world().state.tables.organisations.get(org)?;
            Some((org.health, org.health_note.clone()))
        });
        let (is, why) = now.unwrap_or_default();
        health.set(is);
        note.set(why);
        error.set(None);
    });
    let save = move || {
        let Some(organisation) = of.get_untracked() else {
            return;
        };
        let command = SellCommand::SetHealth {
            organisation,
            health: health.get_untracked(),
            note: note.get_untracked(),
        };
        match store.run(Command::Sell(command)) {
            Ok(_) | Err(Refusal::Nothing) => of.set(None),
            Err(refusal) => error.set(Some(refusal.to_string())),
        }
    };
    let options = std::iter::once(Choice::new("", "Not set"))
        .chain(Health::ALL.iter().map(|h| Choice::new(h.code(), h.label())));
    let options = options.collect::<Vec<_>>();
    let options = StoredValue::new(options);
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| of.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary kbd="Mod+Enter" on_click=move |_| save()>"Save"</Button>
        }
    };
    view! {
        <Dialog open title kind=DialogKind::Small on_close=move |()| of.set(None) footer>
            <div
                class="closing"
                on:keydown=move |event| {
                    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                        event.prevent_default();
                        save();
                    }
                }
            >
                <Field label="Health">
                    <Segmented
                        options=Signal::stored(options.get_value())
                        value=move || health.get().map_or("", Health::code).to_owned()
                        on_change=move |code: String| health.set(Health::from_code(&code))
                    />
                </Field>
                <Field label="Why" error=move || error.get()>
                    <TextArea value=note on_input=move |text| note.set(text) rows=3 placeholder="What you see, and what you do about it"/>
                </Field>
            </div>
        </Dialog>
    }
}
