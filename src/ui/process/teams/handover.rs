//! When somebody leaves: who takes over what was theirs.

use leptos::prelude::*;

use crate::app::session::Tone as News;
use crate::domain::change::{Edit, Kind};
use crate::domain::command::customer::{CustomerCommand, Leaving};
use crate::domain::command::{Command, Refusal};
use crate::domain::deal::Status;
use crate::domain::ids::PersonId;
use crate::domain::party::PersonField;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::records::{change, people, select_of};
use crate::ui::store::Store;

/// Stands for keeping everything as it is.
const KEEP: &str = "keep";

/// Whether anything that can be handed over is somebody's.
#[must_use]
pub fn owns_anything(store: Store, id: PersonId) -> bool {
    store.with(|s| {
        let t = &s.world().state.tables;
        let mine = |owner: Option<PersonId>| owner == Some(id);
        t.deals
            .iter()
            .any(|d| mine(d.owner) && d.outcome.status() == Status::Open)
            || t.organisations.iter().any(|o| mine(o.owner))
            || t.contacts.iter().any(|c| mine(c.owner))
            || t.activities
                .iter()
                .any(|a| mine(a.owner) && a.done.is_none())
    })
}

/// The dialog, open while somebody is named.
#[component]
pub fn HandOver(
    /// The data.
    store: Store,
    /// Who; set to none to close it.
    leaving: RwSignal<Option<PersonId>>,
) -> impl IntoView {
    let to = RwSignal::new(String::from(KEEP));
    let then = RwSignal::new(String::from("left"));
    let refusal = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if leaving.get().is_some() {
            to.set(String::from(KEEP));
            then.set(String::from("left"));
            refusal.set(None);
        }
    });
    let name = move || {
        leaving.get().map_or_else(String::new, |id| {
            store.with(|s| s.world().state.name_of(id.into()))
        })
    };
    let go = move |_| {
        let Some(from) = leaving.get_untracked() else {
            return;
        };
        let heir = to.get_untracked();
        let then = match then.get_untracked().as_str() {
            "deleted" => Leaving::Deleted,
            "stays" => Leaving::Stays,
            _ => Leaving::Left,
        };
        let command = match (heir.as_str(), then) {
            (KEEP, Leaving::Stays) => {
                return refusal.set(Some(String::from(
                    "Choose who takes over, or what becomes of them.",
                )));
            }
            (KEEP, Leaving::Left) => change(vec![Edit::Person(from, PersonField::Left(true))]),
            (KEEP, Leaving::Deleted) => Command::Delete(vec![from.into()]),
            (heir, then) => Command::Customer(CustomerCommand::HandOver {
                from,
                to: heir.parse().ok(),
                then,
            }),
        };
        match store.run(command) {
            Ok(_) | Err(Refusal::Nothing) => {
                leaving.set(None);
                nav::rescue_focus();
                let me = store.prefs().with_untracked(|p| p.me.clone());
                if then != Leaving::Stays && me == Some(from.to_string()) {
                    store.say(
                        "That was you, in this browser. Say under Settings who you are now",
                        News::Refused,
                    );
                }
            }
            Err(why) => refusal.set(Some(why.to_string())),
        }
    };
    let footer = move || {
        view! {
            <Button on_click=move |_| leaving.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary on_click=go>"Do it"</Button>
        }
    };
    let heirs = Signal::derive(move || {
        store.track_kind(Kind::Person);
        let own = leaving.get().map(|id| id.to_string());
        let mut all = vec![Choice::new(KEEP, "Stays with them")];
        all.extend(select_of(people(store, String::new), own).get());
        all.push(Choice::new("none", "Nobody: without an owner"));
        all
    });
    let ways = Signal::stored(vec![
        Choice::new("left", "No longer here"),
        Choice::new("stays", "Stays in the team"),
        Choice::new("deleted", "Deleted"),
    ]);
    view! {
        <Dialog
            open=Signal::derive(move || leaving.with(Option::is_some))
            on_close=move |()| leaving.set(None)
            title=Signal::derive(move || format!("Hand over from {}", name()))
            footer
        >
            <div class="record-form">
                <Field
                    class="record-form__wide"
                    label="Open deals and what else is theirs"
                    hint="Open deals, planned activities, organisations, contacts, territories and teams. What is closed or done stays theirs. One undo takes all of it back."
                >
                    <Select options=heirs value=to on_change=move |v| to.set(v)/>
                </Field>
                <Field class="record-form__wide" label="What becomes of them" hint="Somebody no longer here keeps what is theirs and is offered no more.">
                    <Segmented options=ways value=then on_change=move |v| then.set(v)/>
                </Field>
                {move || refusal.get().map(|why| view! { <p class="record-form__wide record-form__error" role="alert">{why}</p> })}
            </div>
        </Dialog>
    }
}
