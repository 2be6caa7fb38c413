//! What else can be said of an activity: with whom, how it went, how long, where, a reminder.

use super::composer::error_of;
use crate::app::form::activity::ActivityForm;
use crate::app::form::{FieldError, field};
use crate::domain::activity::{ActivityKind, ActivityOutcome, Direction};
use crate::domain::change::Kind;
use crate::domain::ids::ContactId;
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;

/// Minutes before its time to remind of an activity, as offered.
const REMIND: [u16; 7] = [0, 5, 10, 15, 30, 60, 1_440];

/// Who began it, and how it went: of what is done.
#[component]
pub(super) fn How(
    /// What was typed.
    form: RwSignal<ActivityForm>,
) -> impl IntoView {
    let kind = Memo::new(move |_| form.with(|f| f.kind));
    let outcome = Memo::new(move |_| form.with(|f| f.outcome));
    let direction = Memo::new(move |_| form.with(|f| f.direction));
    let outcomes = move || {
        let known = outcome.get();
        let mut all = kind.get().outcomes().to_vec();
        all.extend(known.filter(|k| !kind.get().outcomes().contains(k)));
        all.into_iter()
            .map(|o| Choice::new(o.code(), o.label()))
            .collect::<Vec<_>>()
    };
    let directions = Direction::ALL
        .iter()
        .map(|d| Choice::new(d.code(), d.label()))
        .collect::<Vec<_>>();
    view! {
        <div class="deal-composer__how">
            <Field label="Outcome" label_hidden=true>
                <Select
                    options=Signal::derive(outcomes)
                    value=move || outcome.get().map(|o| o.code().to_owned()).unwrap_or_default()
                    placeholder="Outcome not given"
                    on_change=move |code: String| form.update(|f| f.outcome = ActivityOutcome::from_code(&code))
                />
            </Field>
            {move || (kind.get() != ActivityKind::Task).then(|| view! {
                <Segmented
                    options=Signal::stored(directions.clone())
                    value=move || direction.get().code().to_owned()
                    on_change=move |code: String| form.update(|f| f.direction = Direction::from_code(&code).unwrap_or(Direction::Out))
                    label="Who began it"
                />
            })}
        </div>
    }
}

/// Whether anything is said that the short form does not show.
pub(super) fn says_more(form: &ActivityForm) -> bool {
    form.contact.is_some()
        || !form.duration.is_empty()
        || !form.location.is_empty()
        || form.remind.is_some()
}

/// The rest, shown on demand.
#[component]
pub(super) fn Details(
    /// What was typed.
    form: RwSignal<ActivityForm>,
    /// What is wrong with it.
    errors: RwSignal<Vec<FieldError>>,
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let note = Memo::new(move |_| form.with(|f| f.kind == ActivityKind::Note));
    view! {
        {move || (open.get()).then(|| view! {
            <div class="deal-composer__details">
                <WithWhom form/>
                {move || (!note.get()).then(|| view! { <Where form errors/> })}
            </div>
        })}
    }
}

/// Shows the rest, or hides it.
#[component]
pub(super) fn DetailsToggle(
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn--ghost btn--sm deal-composer__toggle"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <span class="btn__text">{move || if open.get() { "Fewer details" } else { "More details" }}</span>
        </button>
    }
}

/// Contacts to choose from: those of the deal first, then those of its organisation.
fn contacts(store: Store, form: RwSignal<ActivityForm>) -> Memo<Vec<ComboOption>> {
    let of = Memo::new(move |_| form.with(|f| (f.deal, f.organisation)));
    Memo::new(move |_| {
        store.track_kind(Kind::Contact);
        let (deal, organisation) = of.get();
        store.with(|s| {
            let t = &s.world().state.tables;
            let deal = deal.and_then(|id| t.deals.get(id));
            let home = deal.and_then(|d| d.organisation).or(organisation);
            let near = |id: ContactId, org| {
                let on_deal = deal.is_some_and(|d| d.contacts.iter().any(|c| c.contact == id));
                match (on_deal, home.is_some() && org == home) {
                    (true, _) => 0,
                    (_, true) => 1,
                    _ => 2,
                }
            };
            let mut all: Vec<(u8, String, ComboOption)> = t
                .contacts
                .iter()
                .map(|c| {
                    let org = c.organisation.and_then(|id| t.organisations.get(id));
                    let option = ComboOption {
                        id: c.id.to_string(),
                        label: c.name.clone(),
                        detail: org.map(|o| o.name.clone()).unwrap_or_default(),
                    };
                    (near(c.id, c.organisation), c.name.to_lowercase(), option)
                })
                .collect();
            all.order_by(|a, b| (a.0, &a.1, &a.2.id).cmp(&(b.0, &b.1, &b.2.id)));
            all.into_iter().map(|(.., option)| option).collect()
        })
    })
}

#[component]
fn WithWhom(form: RwSignal<ActivityForm>) -> impl IntoView {
    let options = contacts(use_store(), form);
    let value =
        Memo::new(move |_| form.with(|f| f.contact.map(|id| id.to_string()).unwrap_or_default()));
    view! {
        <Field label="Contact">
            <Combobox
                options
                value
                on_pick=move |id: String| form.update(|f| f.contact = id.parse().ok())
                placeholder="With whom"
            />
        </Field>
    }
}

#[component]
fn Where(form: RwSignal<ActivityForm>, errors: RwSignal<Vec<FieldError>>) -> impl IntoView {
    let text =
        |read: fn(&ActivityForm) -> &String| Memo::new(move |_| form.with(|f| read(f).clone()));
    let (duration, location) = (text(|f| &f.duration), text(|f| &f.location));
    let meeting = Memo::new(move |_| form.with(|f| f.kind == ActivityKind::Meeting));
    let timed = Memo::new(move |_| form.with(|f| !f.done && !f.time.is_empty()));
    let remind = Memo::new(move |_| form.with(|f| f.remind));
    let before = move || {
        let mut all = REMIND.to_vec();
        all.extend(remind.get().filter(|m| !REMIND.contains(m)));
        all.into_iter()
            .map(|m| Choice::new(m.to_string(), before_words(m)))
            .collect::<Vec<_>>()
    };
    view! {
        <Field label="Duration" error=error_of(errors, field::DURATION)>
            <TextInput value=duration on_input=move |text| form.update(|f| f.duration = text) placeholder="30 or 1:30"/>
        </Field>
        {move || meeting.get().then(|| view! {
            <Field label="Location" error=error_of(errors, field::LOCATION)>
                <TextInput value=location on_input=move |text| form.update(|f| f.location = text) placeholder="Room, address or link"/>
            </Field>
        })}
        {move || timed.get().then(|| view! {
            <Field label="Remind me">
                <Select
                    options=Signal::derive(before)
                    value=move || remind.get().map(|m| m.to_string()).unwrap_or_default()
                    placeholder="No reminder"
                    on_change=move |minutes: String| form.update(|f| f.remind = minutes.parse().ok())
                />
            </Field>
        })}
    }
}

/// How long before, in words.
fn before_words(minutes: u16) -> String {
    match minutes {
        0 => String::from("At its time"),
        1_440 => String::from("1 day before"),
        m if m.is_multiple_of(60) => {
            format!(
                "{} before",
                intl::count(usize::from(m / 60), "hour", "hours")
            )
        }
        m => format!(
            "{} before",
            intl::count(usize::from(m), "minute", "minutes")
        ),
    }
}
