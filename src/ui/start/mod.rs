//! The first run: look at a sample, bring what there is, or start empty.

pub mod currency;
mod open;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

pub use open::{Opening, take_in};

use super::nav;
use super::parts::{Button, ButtonKind, ButtonSize, Field, Glyph, Icon, Select, TextInput};
use super::store::{Store, use_store};
use crate::app::route::Route;
use crate::app::sample::{lived, sample};
use crate::app::session::Tone;
use crate::domain::command::customer::CustomerCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::PersonId;
use crate::domain::money::Currency;
use crate::domain::party::PersonField;
use crate::shell::entropy::random_u64;
use crate::shell::intl;

/// The page of a workspace in which nothing was ever begun.
#[component]
pub fn Start() -> impl IntoView {
    view! {
        <div class="start">
            <div class="start__head">
                <img src="./icons/icon.svg" alt="" width="44" height="44"/>
                <h1 class="start__title" tabindex="-1">"Welcome to Fairlead"</h1>
                <p class="start__lead">
                    "Your sales pipeline, kept in this browser on this device. There is no account and no server; what leaves, leaves as a file that you save."
                </p>
            </div>
            <div class="start__ways">
                <SampleWay/>
                <OwnWay/>
                <EmptyWay/>
            </div>
        </div>
    }
}

/// One way to begin.
#[component]
fn Way(
    /// Its icon.
    glyph: Glyph,
    /// What it is.
    title: &'static str,
    /// What one gets.
    text: &'static str,
    /// The controls.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="start__way">
            <span class="start__icon"><Icon glyph/></span>
            <h2>{title}</h2>
            <p class="start__text">{text}</p>
            <div class="start__controls">{children()}</div>
        </section>
    }
}

#[component]
fn SampleWay() -> impl IntoView {
    let store = use_store();
    view! {
        <Way
            glyph=Glyph::Star
            title="Look around"
            text="A made-up company with deals, people and a year of history. Try everything; one press removes all of it."
        >
            <Button kind=ButtonKind::Primary size=ButtonSize::Large on_click=move |_| load_sample(store)>
                "Load the sample"
            </Button>
        </Way>
    }
}

/// Loads a sample that no other one shares an id with: one that was removed stays removed.
fn load_sample(store: Store) {
    let seed = random_u64().unwrap_or_else(|_| store.moment().now.unsigned_abs());
    let edits = sample(seed, store.moment(), currency::likely());
    let story = lived(edits, store.moment().now);
    if let Err(refusal) = store.runtime().bring_story(story) {
        store.say(refusal.to_string(), Tone::Refused);
    }
}

#[component]
fn OwnWay() -> impl IntoView {
    let opening = Opening::new(use_store());
    let busy = Signal::derive(move || opening.share.get().is_some());
    view! {
        <Way
            glyph=Glyph::Upload
            title="Bring your own"
            text="Spreadsheets as CSV, with a preview before anything is taken in, or a file that Fairlead saved."
        >
            <Button size=ButtonSize::Large on_click=|_| nav::go(Route::Import)>"Import spreadsheets"</Button>
            <Button size=ButtonSize::Large loading=busy on_click=move |_| opening.choose(|| nav::go(Route::Board(None)))>
                {move || match opening.share.get() {
                    Some(share) => format!("Opening… {}", intl::percent(share, 0)),
                    None => String::from("Open a Fairlead file"),
                }}
            </Button>
            <p class="start__error" role="alert">{opening.error}</p>
        </Way>
    }
}

#[component]
fn EmptyWay() -> impl IntoView {
    let store = use_store();
    let name = RwSignal::new(String::new());
    let currency = RwSignal::new(currency::likely().as_str().to_owned());
    let me = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let begin = move |event: SubmitEvent| {
        event.prevent_default();
        let made = set_up(store, name.get_untracked(), &currency.get_untracked());
        match made {
            Ok(()) => sign_as(store, me.get_untracked()),
            Err(reason) => error.set(Some(reason)),
        }
    };
    view! {
        <Way
            glyph=Glyph::Columns
            title="Start empty"
            text="One pipeline with seven stages, from prospecting to after the sale. All of it can be changed later."
        >
            <form class="start__form" on:submit=begin>
                <Field label="Name of your pipeline">
                    <TextInput
                        value=name
                        on_input=move |text| name.set(text)
                        placeholder="Sales"
                        max_length=120
                    />
                </Field>
                <Field label="Currency" error=error>
                    <Select
                        options=currency::choices(currency::likely())
                        value=currency
                        on_change=move |code| currency.set(code)
                    />
                </Field>
                <Field label="Your name" hint="Signs your changes in the history. It can stay empty.">
                    <TextInput value=me on_input=move |text| me.set(text) max_length=120/>
                </Field>
                <Button submit=true size=ButtonSize::Large>"Start empty"</Button>
            </form>
        </Way>
    }
}

/// Notes who begins here, so that the history says who changed what.
fn sign_as(store: Store, name: String) {
    if name.trim().is_empty() {
        return;
    }
    let fields = vec![PersonField::Name(name)];
    let made = store.run(Command::Customer(CustomerCommand::AddPerson(fields)));
    if let Ok(Some(person)) = made {
        let id = PersonId(person.id).to_string();
        store.prefs().update(|prefs| prefs.me = Some(id));
    }
}

fn set_up(store: Store, name: String, currency: &str) -> Result<(), String> {
    let currency = Currency::parse(currency).map_err(|error| error.to_string())?;
    match store.run(Command::Setup { name, currency }) {
        Ok(_) => Ok(()),
        Err(Refusal::Nothing) => {
            store.say("There is nothing to set up", Tone::Refused);
            Ok(())
        }
        Err(refusal) => Err(refusal.to_string()),
    }
}
