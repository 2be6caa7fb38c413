//! Records that seem to mean the same: finding, merging, keeping apart, taking a merge back.

mod merge;
mod unmerge;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::route::Route;
use crate::domain::change::{EntityRef, Kind};
use crate::domain::command::Command;
use crate::domain::command::customer::CustomerCommand;
use crate::domain::ids::{ContactId, OrgId};
use crate::domain::query::duplicates::{Group, Reason, groups};
use crate::domain::world::World;
use crate::ui::frame::TopBar;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::records::route_of;
use crate::ui::store::use_store;

pub use merge::MergeDialog;
pub use unmerge::MergedHere;

/// Groups shown at once.
const PAGE: usize = 50;
/// Members of a group shown.
const MEMBERS: usize = 12;

/// All groups among organisations or contacts.
#[component]
pub fn DuplicatesView(
    /// Which.
    kind: Kind,
) -> impl IntoView {
    let store = use_store();
    let found = Memo::new(move |_| {
        store.track_kind(Kind::Organisation);
        store.track_kind(Kind::Contact);
        store.with(|s| Arc::new(groups(s.world(), kind)))
    });
    let merging = RwSignal::new(None::<Vec<EntityRef>>);
    let most = RwSignal::new(PAGE);
    let (title, home, nouns) = match kind {
        Kind::Contact => (
            Route::ContactDuplicates.title(),
            Route::Contacts,
            "contacts",
        ),
        _ => (
            Route::OrganisationDuplicates.title(),
            Route::Organisations,
            "organisations",
        ),
    };
    let shown = move || {
        let most = most.get();
        found.with(|all| all.iter().take(most).cloned().collect::<Vec<_>>())
    };
    let count = move || match found.with(|all| all.len()) {
        0 => String::from("Nothing looks like a duplicate."),
        1 => String::from("1 group looks like the same twice."),
        n => format!("{n} groups look like the same more than once."),
    };
    view! {
        <TopBar title>
            <a class="btn btn--ghost btn--md" href=home.print()><Icon glyph=Glyph::ArrowLeft/><span class="btn__text">{format!("All {nouns}")}</span></a>
        </TopBar>
        <div class="page dups">
            <p class="page__lead">
                <span role="status">{count}</span>
                " Compared are names without case, accents, punctuation and legal form, web and e-mail domains, e-mail addresses and telephone numbers. Nothing is merged by itself."
            </p>
            <ul class="dups__list">
                <For each=shown key=|group| group.members.clone() children=move |group| view! { <Card group kind merging/> }/>
            </ul>
            {move || (found.with(|all| all.len()) > most.get()).then(|| view! {
                <Button on_click=move |_| most.update(|n| *n += PAGE)>"Show more groups"</Button>
            })}
        </div>
        <MergeDialog records=merging/>
    }
}

/// A reason in words.
fn reason_words(reason: &Reason) -> String {
    match reason {
        Reason::Email(address) => format!("Same e-mail address: {address}"),
        Reason::Domain(domain) => format!("Same domain: {domain}"),
        Reason::Phone(digits) => format!("Same telephone number: …{digits}"),
        Reason::Name => String::from("Same name"),
        Reason::NameAlone => {
            String::from("Same name, and of one nothing says where they work: look twice")
        }
    }
}

/// A few words that tell a record from others of its name.
fn details(world: &World, entity: EntityRef) -> String {
    let t = &world.state.tables;
    let parts = match entity.kind {
        Kind::Organisation => {
            let Some(org) = t.organisations.get(OrgId(entity.id)) else {
                return String::new();
            };
            let deals = world.links.deals_of(org.id).len();
            let contacts = world.links.contacts_of(org.id).len();
            vec![
                org.website.clone(),
                org.location.clone(),
                counted(deals, "deal", "deals"),
                counted(contacts, "contact", "contacts"),
            ]
        }
        _ => {
            let Some(contact) = t.contacts.get(ContactId(entity.id)) else {
                return String::new();
            };
            let at = contact.organisation.and_then(|id| t.organisations.get(id));
            let deals = world.links.deals_with(contact.id).len();
            vec![
                contact.title.clone(),
                at.map(|o| o.name.clone()).unwrap_or_default(),
                contact.emails.join(", "),
                contact.phones.join(", "),
                counted(deals, "deal", "deals"),
            ]
        }
    };
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.trim().is_empty()).collect();
    parts.join(" · ")
}

fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 0 {
        return String::new();
    }
    crate::shell::intl::count(n, one, many)
}

/// One group: who, why, and what to do.
#[component]
fn Card(
    /// The group.
    group: Group,
    /// Of which kind.
    kind: Kind,
    /// Set to the records to merge.
    merging: RwSignal<Option<Vec<EntityRef>>>,
) -> impl IntoView {
    let store = use_store();
    let entity = move |id: u64| EntityRef { kind, id };
    let all: Vec<EntityRef> = group.members.iter().map(|id| entity(*id)).collect();
    let reasons = group.reasons();
    let name = store.with(|s| s.world().state.name_of(all[0]));
    let rows = all.iter().take(MEMBERS).map(|entity| {
        let (name, more) = store.with(|s| {
            (
                s.world().state.name_of(*entity),
                details(s.world(), *entity),
            )
        });
        let href = route_of(*entity).map(Route::print);
        view! {
            <li class="dup__member">
                <a href=href>{name}</a>
                <span class="dup__more">{more}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    let chips = reasons.iter().take(4).map(reason_words);
    let chips = chips.map(|words| view! { <li><Chip tone=Tone::Info>{words}</Chip></li> });
    let chips = chips.collect_view();
    let (own, merge_name, apart_name) = (name.clone(), format!(" {name}"), format!(": {name}"));
    let hidden = all.len().saturating_sub(MEMBERS);
    let records = StoredValue::new(all);
    let apart = move |_| {
        // The card goes, and with it the focus.
        nav::focus_heading();
        let records = records.get_value();
        store.dispatch(Command::Customer(CustomerCommand::SetDistinct {
            records,
            distinct: true,
        }));
    };
    view! {
        <li class="dup" data-duplicates=own>
            <ul class="dup__members">{rows}</ul>
            {(hidden > 0).then(|| view! { <p class="dup__more">{format!("and {hidden} more")}</p> })}
            <div class="dup__foot">
                <ul class="dup__reasons" aria-label="Why">
                    {chips}
                </ul>
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost on_click=apart>
                    "Not duplicates"<span class="visually-hidden">{apart_name}</span>
                </Button>
                <Button size=ButtonSize::Small icon=Glyph::Merge on_click=move |_| merging.set(Some(records.get_value()))>
                    "Merge…"<span class="visually-hidden">{merge_name}</span>
                </Button>
            </div>
        </li>
    }
}
