//! The page of one organisation.

use std::sync::Arc;

use leptos::prelude::*;

use super::about::About;
use super::add::{AddOrganisation, Adding};
use super::contacts::Contacts;
use super::list::health_chip;
use crate::app::form::activity::ActivityForm;
use crate::app::route::Route;
use crate::domain::activity::ActivityKind;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::ids::OrgId;
use crate::domain::party::Organisation;
use crate::domain::query::parties::{
    Standing, activities_of_organisation, deals_of_organisation, of_group, of_organisation,
};
use crate::domain::world::World;
use crate::shell::intl;
use crate::ui::deal::new_deal_for;
use crate::ui::duplicates::{MergeDialog, MergedHere};
use crate::ui::fmt;
use crate::ui::frame::TopBar;
use crate::ui::history::RecordHistory;
use crate::ui::parts::*;
use crate::ui::records::{DealLines, Group, RecordPage, Stat, Timeline, deal_line, organisations};
use crate::ui::store::{Store, use_store};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) store: Store,
    pub(super) id: OrgId,
    pub(super) adding: RwSignal<Option<Adding>>,
}

impl Page {
    /// What `get` reads off the organisation; the default while it is not there.
    pub(super) fn read<T>(
        self,
        get: impl Fn(&World, &Organisation) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            self.store.track(self.id);
            self.store.with(|s| {
                let world = s.world();
                let org = world.state.tables.organisations.get(self.id);
                org.map(|org| get(world, org)).unwrap_or_default()
            })
        })
    }

    /// The same, again whenever a record of these kinds changes.
    pub(super) fn read_with<T>(
        self,
        kinds: &'static [Kind],
        get: impl Fn(&World, OrgId) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            self.store.track(self.id);
            kinds.iter().for_each(|kind| self.store.track_kind(*kind));
            self.store.with(|s| get(s.world(), self.id))
        })
    }
}

/// Everything about an organisation.
#[component]
pub fn OrganisationPage(
    /// Which.
    id: OrgId,
) -> impl IntoView {
    let page = Page {
        store: use_store(),
        id,
        adding: RwSignal::new(None),
    };
    let here = move || view! { <Here page/> };
    view! { <RecordPage entity=id home=Route::Organisations children=here.into()/> }
}

/// The organisation is there.
#[component]
fn Here(
    /// The page.
    page: Page,
) -> impl IntoView {
    let name = page.read(|_, org| org.name.clone());
    let tab = RwSignal::new(String::from("activity"));
    let tabs = vec![
        Choice::new("activity", "Activity").icon(Glyph::Timeline),
        Choice::new("history", "History").icon(Glyph::History),
    ];
    let lines = page.read_with(&[Kind::Deal, Kind::Stage, Kind::Person], |world, id| {
        let all = deals_of_organisation(world, id).into_iter();
        all.filter_map(|id| deal_line(world, id, None))
            .collect::<Vec<_>>()
    });
    let id = page.id;
    let what: crate::ui::records::What =
        Arc::new(move |world| activities_of_organisation(world, id));
    let begin = ActivityForm {
        organisation: Some(id),
        ..ActivityForm::empty(ActivityKind::Note)
    };
    let begin = StoredValue::new((begin, what));
    let new_deal = move || {
        view! {
            <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Plus on_click=move |_| new_deal_for(Some(id), None)>"New deal"</Button>
        }
    };
    view! {
        <div class="record" data-organisation=id.to_string()>
            <TopBar title=name/>
            <Head page/>
            <MergedHere entity=id/>
            <Numbers page/>
            <div class="record__body">
                <div class="record__main">
                    <Group title="Deals" tools=new_deal>
                        <DealLines lines none="No deals yet."/>
                    </Group>
                    <Contacts page/>
                    <Tabs options=Signal::stored(tabs) value=tab on_change=move |value| tab.set(value) label="About this organisation">
                        {move || match tab.get().as_str() {
                            "history" => view! { <RecordHistory entity=id/> }.into_any(),
                            _ => {
                                let (begin, what) = begin.get_value();
                                view! { <Timeline begin what/> }.into_any()
                            }
                        }}
                    </Tabs>
                </div>
                <About page/>
            </div>
        </div>
        <AddOrganisation adding=page.adding/>
    }
}

/// Industry, place, site, health; and what can be done.
#[component]
fn Head(
    /// The page.
    page: Page,
) -> impl IntoView {
    let about = page.read(|_, org| {
        let parts = [org.industry.clone(), org.location.clone()];
        let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        (parts.join(" · "), org.website.clone(), org.health)
    });
    let merging = RwSignal::new(None);
    let choosing = RwSignal::new(false);
    let entries: Vec<MenuEntry<Act>> = vec![
        MenuItem::new(Act::Merge, "Merge with…")
            .icon(Glyph::Merge)
            .into(),
        MenuItem::new(Act::Part, "Add one that belongs to it")
            .icon(Glyph::Plus)
            .into(),
        MenuEntry::Separator,
        MenuItem::new(Act::Delete, "Delete")
            .icon(Glyph::Trash)
            .danger()
            .into(),
    ];
    let act = move |act| match act {
        Act::Merge => choosing.set(true),
        Act::Part => page.adding.set(Some(Adding {
            parent: Some(page.id),
        })),
        Act::Delete => page.store.dispatch(Command::Delete(vec![page.id.into()])),
    };
    let with = move |other: String| {
        choosing.set(false);
        if let Ok(other) = other.parse::<OrgId>() {
            merging.set(Some(vec![page.id.into(), other.into()]));
        }
    };
    view! {
        <div class="record-head">
            <div class="record-head__under">
                <Icon glyph=Glyph::Building/>
                {move || about.with(|a| a.0.clone())}
                {move || about.with(|a| site_link(&a.1))}
                {move || about.with(|a| a.2).map(health_chip)}
            </div>
            <div class="record-head__actions no-print">
                <Menu label="More actions" icon=Glyph::Dots icon_only=true align=Align::End entries=Signal::stored(entries) on_pick=act/>
            </div>
        </div>
        <Dialog open=choosing on_close=move |()| choosing.set(false) title="Merge with which organisation?" kind=DialogKind::Small>
            <Field label="Organisation">
                <Combobox options=organisations(page.store, Some(page.id)) value="" on_pick=with autofocus=true/>
            </Field>
        </Dialog>
        <MergeDialog records=merging then_open=true/>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Merge,
    Part,
    Delete,
}

/// The site as a link, where it is one.
fn site_link(site: &str) -> Option<AnyView> {
    let bare = site
        .trim()
        .split_once("://")
        .map_or(site.trim(), |(_, rest)| rest);
    // Whatever was typed, the link leads to a web page.
    let host = bare.split('/').next().unwrap_or_default();
    if bare.is_empty() || !host.contains('.') || bare.contains(char::is_whitespace) {
        return None;
    }
    let href = format!("https://{bare}");
    Some(
        view! {
            <a href=href target="_blank" rel="noopener noreferrer">{bare.to_owned()}</a>
        }
        .into_any(),
    )
}

/// Deals, contacts, last activity.
#[component]
fn Numbers(
    /// The page.
    page: Page,
) -> impl IntoView {
    let standing = page.read_with(&[Kind::Deal, Kind::Activity], of_organisation);
    let contacts = page.read_with(&[Kind::Contact], |world, id| {
        world.links.contacts_of(id).len()
    });
    // Of the whole group, where others belong to this one.
    let group = page.read_with(&[Kind::Deal, Kind::Organisation], |world, id| {
        Some(of_group(world, id)).filter(|(others, _)| *others > 0)
    });
    let group = move || {
        let (others, all) = group.get()?;
        let also = intl::count(others, "other", "others");
        let worth = fmt::sums(&all.open_value);
        let note = if worth.is_empty() {
            format!("with {also}")
        } else {
            format!("{worth}, with {also}")
        };
        Some(
            view! { <Stat label="Open in the group" value=intl::integer(all.open as i64) note=Some(note)/> },
        )
    };
    let of = move |get: fn(&Standing) -> String| Signal::derive(move || standing.with(get));
    let note = move |get: fn(&Standing) -> String| {
        Signal::derive(move || Some(standing.with(get)).filter(|t| !t.is_empty()))
    };
    let last = Signal::derive(move || {
        let last = standing.with(|s| s.last);
        last.map_or_else(|| String::from("Never"), fmt::since)
    });
    view! {
        <dl class="record-stats">
            <Stat label="Open deals" value=of(|s| s.open.to_string()) note=note(|s| fmt::sums(&s.open_value))/>
            {group}
            <Stat label="Won" value=of(|s| s.won.to_string()) note=note(|s| fmt::sums(&s.won_value))/>
            <Stat label="Contacts" value=Signal::derive(move || intl::integer(contacts.get() as i64))/>
            <Stat label="Last activity" value=last/>
        </dl>
    }
}
