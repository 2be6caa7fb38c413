//! A row: something to do, for whom, when, and what can be done with it.

use super::snooze::ChooseDay;
use super::state::{Item, List, Mode, use_today};
use crate::app::form::activity::ActivityForm;
use crate::app::route::Route;
use crate::app::today::{StepPlace, step_place};
use crate::domain::activity::ActivityKind;
use crate::domain::command::Command;
use crate::domain::ids::ActivityId;
use crate::domain::query::cadence::contact_of;
use crate::ui::activity::{Finish, can_invite, invite, time_words, title_of};
use crate::ui::deal::{Composer, from_today, glyph_of};
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::Store;
use chrono::NaiveDate;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// All a row shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Face {
    kind: ActivityKind,
    title: String,
    done: bool,
    due: Option<NaiveDate>,
    time: Option<String>,
    /// What it opens, and its name.
    link: Option<(Route, String)>,
    organisation: Option<String>,
    contact: Option<Contact>,
    step: Option<StepPlace>,
    owner: Option<String>,
    meeting: bool,
}

/// Whom to reach, and how.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Contact {
    name: String,
    email: Option<String>,
    phone: Option<String>,
    blocked: bool,
}

fn read(store: Store, id: ActivityId) -> Option<Face> {
    store.track(id);
    let (deal, contact, org) = store.with(|s| {
        let t = &s.world().state.tables;
        let activity = t.activities.get(id)?;
        Some((activity.deal, activity.contact, activity.organisation))
    })?;
    // What it names looks different when that changes.
    if let Some(id) = deal {
        store.track(id);
    }
    if let Some(id) = contact {
        store.track(id);
    }
    if let Some(id) = org {
        store.track(id);
    }
    let me = store.with(|s| s.me());
    store.with(|s| {
        let state = &s.world().state;
        let t = &state.tables;
        let activity = t.activities.get(id)?;
        let deal = activity.deal.and_then(|id| t.deals.get(id));
        let contact = activity
            .contact
            .or_else(|| deal.and_then(|d| contact_of(state, d)))
            .and_then(|id| t.contacts.get(id));
        let org = activity
            .organisation
            .or(deal.and_then(|d| d.organisation))
            .or(contact.and_then(|c| c.organisation))
            .and_then(|id| t.organisations.get(id));
        let link = deal
            .map(|d| (Route::Deal(d.id), d.title.clone()))
            .or_else(|| org.map(|o| (Route::Organisation(o.id), o.name.clone())))
            .or_else(|| contact.map(|c| (Route::Contact(c.id), c.name.clone())));
        Some(Face {
            kind: activity.kind,
            title: title_of(activity),
            done: activity.done.is_some(),
            due: activity.due,
            time: time_words(activity),
            link,
            organisation: org.filter(|_| deal.is_some()).map(|o| o.name.clone()),
            contact: contact.map(|c| Contact {
                name: c.name.clone(),
                email: c.emails.first().cloned(),
                phone: c.phones.first().cloned(),
                blocked: c.do_not_contact,
            }),
            step: step_place(state, activity.cadence, activity.step),
            owner: activity
                .owner
                .filter(|id| Some(*id) != me)
                .and_then(|id| t.people.get(id))
                .map(|p| p.name.clone()),
            meeting: can_invite(activity),
        })
    })
}

/// The row.
#[component]
pub(super) fn Row(
    /// Which activity.
    id: ActivityId,
    /// In which list.
    list: List,
) -> impl IntoView {
    let today = use_today();
    let item = Item::Activity(id);
    let face = Memo::new(move |_| read(today.store, id));
    let mode = Memo::new(move |_| {
        today
            .mode
            .get()
            .filter(|(of, _)| *of == item)
            .map(|(_, m)| m)
    });
    let deal = move || {
        today
            .store
            .with(|s| s.world().state.tables.activities.get(id)?.deal)
    };
    let form = move || {
        let begin = today
            .store
            .with(|s| ActivityForm::from_activity(s.world(), id));
        begin.map(|begin| view! { <Composer begin autofocus=true on_done=move |()| today.over()/> })
    };
    let plan = move || {
        let begin = match deal() {
            Some(deal) => ActivityForm::blank(deal, ActivityKind::Task),
            None => ActivityForm::empty(ActivityKind::Task),
        };
        view! { <Composer begin next_step=true autofocus=true on_done=move |()| today.over()/> }
    };
    view! {
        <li class="today-row" data-item=item.code() data-kind="activity">
            {move || match mode.get() {
                Some(Mode::Finish) => view! { <Finish id focused=true on_over=move |()| today.over()/> }.into_any(),
                Some(Mode::Edit) => form().into_any(),
                other => view! {
                    {move || face.get().map(|face| view! { <Line id face list/> })}
                    {(other == Some(Mode::Date)).then(|| view! { <ChooseDay id/> })}
                    {(other == Some(Mode::Plan)).then(|| plan().into_any())}
                }
                .into_any(),
            }}
        </li>
    }
}

/// What it is and for whom.
#[component]
fn Line(id: ActivityId, face: Face, list: List) -> impl IntoView {
    let today = use_today();
    let Face {
        kind,
        title,
        done,
        due,
        time,
        link,
        organisation,
        contact,
        step,
        owner,
        meeting,
    } = face;
    let check = {
        let title = title.clone();
        view! {
            <Checkbox checked=done on_change=move |_| today.done(id) label=format!("Done: {title}") label_hidden=true/>
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == " " {
            event.prevent_default();
            today.done(id);
        }
    };
    let main = match link.clone() {
        Some((route, _)) => view! {
            <a class="today-row__title" data-main href=route.print() on:keydown=on_key>{title}</a>
        }
        .into_any(),
        None => view! {
            <button type="button" class="today-row__title" data-main on:keydown=on_key on:click=move |_| today.begin(Item::Activity(id), Mode::Edit)>{title}</button>
        }
        .into_any(),
    };
    view! {
        <div class="today-row__line">
            {check}
            <span class="today-row__kind" title=kind.label()><Icon glyph=glyph_of(kind)/><span class="visually-hidden">{kind.label()}</span></span>
            <div class="today-row__what">
                {main}
                <p class="today-row__for">
                    {link.map(|(_, name)| view! { <span>{name}</span> })}
                    {organisation.map(|name| view! { <span class="today-row__org">{name}</span> })}
                    {step.map(|step| {
                        let words = if step.at > 0 { format!("{}, step {} of {}", step.cadence, step.at, step.of) } else { step.cadence };
                        view! { <Chip icon=Glyph::Refresh>{words}</Chip> }
                    })}
                </p>
            </div>
            {contact.map(|contact| reach(contact, kind))}
            <When due time list/>
            {owner.map(|name| view! { <Avatar name/> })}
            <Actions id meeting/>
        </div>
    }
}

/// The contact, with links that call and write.
fn reach(contact: Contact, kind: ActivityKind) -> impl IntoView {
    let Contact {
        name,
        email,
        phone,
        blocked,
    } = contact;
    let mail = email.filter(|_| !blocked).map(|email| {
        view! { <a class="btn btn--ghost btn--sm btn--icon" href=format!("mailto:{email}") title=email.clone() aria-label=format!("Write to {name}")><Icon glyph=Glyph::Mail/></a> }
    });
    let call = phone.filter(|_| !blocked).map(|phone| {
        let number: String = phone.chars().filter(|c| !c.is_whitespace()).collect();
        view! { <a class="btn btn--ghost btn--sm btn--icon" href=format!("tel:{number}") title=phone.clone() aria-label=format!("Call {name}")><Icon glyph=Glyph::Phone/></a> }
    });
    let links = if kind == ActivityKind::Call {
        view! { {call}{mail} }.into_any()
    } else {
        view! { {mail}{call} }.into_any()
    };
    view! {
        <span class="today-row__contact">
            <span class="today-row__name" title=name.clone()>{name.clone()}</span>
            {blocked.then(|| view! { <Chip tone=Tone::Warn>"Do not contact"</Chip> })}
            {links}
        </span>
    }
}

/// When it is due: what the heading of the list does not say already.
#[component]
fn When(due: Option<NaiveDate>, time: Option<String>, list: List) -> impl IntoView {
    let today = use_today();
    due.map(|due| {
        let day = fmt::date(due);
        move || {
            let now = today.store.tick().today;
            let tone = match list {
                List::Overdue => Tone::Danger,
                List::Today => Tone::Warn,
                _ => Tone::Neutral,
            };
            let words = match list {
                List::Today => None,
                _ => Some(from_today(due, now)),
            };
            let parts: Vec<String> = words.into_iter().chain(time.clone()).collect();
            let text = if parts.is_empty() { String::from("All day") } else { parts.join(", ") };
            view! { <span class="today-row__due"><Chip tone title=Some(format!("Due {day}"))>{text}</Chip></span> }
        }
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Edit,
    Plan,
    Invite,
    Delete,
}

/// Snooze, and the menu of the rest.
#[component]
fn Actions(id: ActivityId, meeting: bool) -> impl IntoView {
    let today = use_today();
    let item = Item::Activity(id);
    let mut entries: Vec<MenuEntry<Act>> = vec![
        MenuItem::new(Act::Edit, "Edit")
            .icon(Glyph::Pencil)
            .kbd("E")
            .into(),
        MenuItem::new(Act::Plan, "Plan the next step")
            .icon(Glyph::Plus)
            .kbd("N")
            .into(),
    ];
    if meeting {
        entries.push(
            MenuItem::new(Act::Invite, "Download invitation")
                .icon(Glyph::Download)
                .into(),
        );
    }
    entries.push(
        MenuItem::new(Act::Delete, "Delete")
            .icon(Glyph::Trash)
            .danger()
            .into(),
    );
    let act = move |act| match act {
        Act::Edit => today.begin(item, Mode::Edit),
        Act::Plan => today.begin(item, Mode::Plan),
        Act::Invite => invite(today.store, id),
        Act::Delete => today.and_go_on(item, || {
            today.store.dispatch(Command::Delete(vec![id.into()]))
        }),
    };
    view! {
        <span class="today-row__actions">
            <IconButton
                label="Put on another day"
                glyph=Glyph::Clock
                size=ButtonSize::Small
                kbd="S"
                attr:data-snooze="yes"
                on_click=move |_| today.snoozing.set(Some(id))
            />
            <Menu
                label="More"
                icon=Glyph::Dots
                icon_only=true
                kind=ButtonKind::Ghost
                size=ButtonSize::Small
                align=Align::End
                entries=Signal::stored(entries)
                on_pick=act
            />
        </span>
    }
}
