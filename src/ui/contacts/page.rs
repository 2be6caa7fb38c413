//! The page of one contact.

use std::sync::Arc;

use leptos::prelude::*;

use super::about::About;
use crate::app::form::activity::ActivityForm;
use crate::app::route::Route;
use crate::domain::activity::ActivityKind;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::deal::BuyingRole;
use crate::domain::entity::Entity;
use crate::domain::ids::ContactId;
use crate::domain::order::Order;
use crate::domain::party::Contact;
use crate::domain::query::parties::{deals_of_contact, of_contact};
use crate::domain::query::words::fold;
use crate::domain::world::World;
use crate::ui::deal::new_deal_for;
use crate::ui::duplicates::{MergeDialog, MergedHere};
use crate::ui::fmt;
use crate::ui::frame::TopBar;
use crate::ui::history::RecordHistory;
use crate::ui::parts::*;
use crate::ui::records::{DealLines, Group, RecordPage, Stat, Timeline, What, deal_line};
use crate::ui::store::{Store, use_store};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) store: Store,
    pub(super) id: ContactId,
}

impl Page {
    /// What `get` reads off the contact; the default while they are not there.
    pub(super) fn read<T>(
        self,
        get: impl Fn(&World, &Contact) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            self.store.track(self.id);
            for kind in [Kind::Organisation, Kind::Persona] {
                self.store.track_kind(kind);
            }
            self.store.with(|s| {
                let world = s.world();
                let contact = world.state.tables.contacts.get(self.id);
                contact.map(|c| get(world, c)).unwrap_or_default()
            })
        })
    }
}

/// Everything about a contact.
#[component]
pub fn ContactPage(
    /// Which.
    id: ContactId,
) -> impl IntoView {
    let page = Page {
        store: use_store(),
        id,
    };
    let here = move || view! { <Here page/> };
    view! { <RecordPage entity=id home=Route::Contacts children=here.into()/> }
}

/// The contact is there.
#[component]
fn Here(
    /// The page.
    page: Page,
) -> impl IntoView {
    let (id, store) = (page.id, page.store);
    let name = page.read(|_, c| c.name.clone());
    let tab = RwSignal::new(String::from("activity"));
    let tabs = vec![
        Choice::new("activity", "Activity").icon(Glyph::Timeline),
        Choice::new("history", "History").icon(Glyph::History),
    ];
    let lines = Memo::new(move |_| {
        for kind in [Kind::Deal, Kind::Stage, Kind::Person] {
            store.track_kind(kind);
        }
        store.with(|s| {
            let world = s.world();
            let all = deals_of_contact(world, id).into_iter();
            all.filter_map(|deal| deal_line(world, deal, Some(id)))
                .collect::<Vec<_>>()
        })
    });
    let what: What = Arc::new(move |world| world.links.activities_with(id).to_vec());
    let begin = StoredValue::new((
        ActivityForm {
            contact: Some(id),
            ..ActivityForm::empty(ActivityKind::Note)
        },
        what,
    ));
    let at = page.read(|_, c| c.organisation);
    let tools = move || {
        view! {
            <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Plus on_click=move |_| new_deal_for(at.get_untracked(), Some(id))>"New deal"</Button>
        }
    };
    view! {
        <div class="record" data-contact=id.to_string()>
            <TopBar title=name/>
            <Head page/>
            <MergedHere entity=id/>
            <Numbers page/>
            <div class="record__body">
                <div class="record__main">
                    <Group title="Deals" tools>
                        <DealLines lines none="On no deal yet."/>
                    </Group>
                    <Tabs options=Signal::stored(tabs) value=tab on_change=move |value| tab.set(value) label="About this contact">
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
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Merge,
    Delete,
}

/// Job, organisation, role; what can be done.
#[component]
fn Head(
    /// The page.
    page: Page,
) -> impl IntoView {
    let about = page.read(|world, c| {
        let org = c.organisation.filter(|id| world.is_alive((*id).into()));
        let org = org.map(|id| (id, world.state.name_of(id.into())));
        Some((c.title.clone(), org, c.role, c.do_not_contact))
    });
    let (merging, choosing) = (RwSignal::new(None), RwSignal::new(false));
    let entries: Vec<MenuEntry<Act>> = vec![
        MenuItem::new(Act::Merge, "Merge with…")
            .icon(Glyph::Merge)
            .into(),
        MenuEntry::Separator,
        MenuItem::new(Act::Delete, "Delete")
            .icon(Glyph::Trash)
            .danger()
            .into(),
    ];
    let act = move |act| match act {
        Act::Merge => choosing.set(true),
        Act::Delete => page.store.dispatch(Command::Delete(vec![page.id.into()])),
    };
    let with = move |other: String| {
        choosing.set(false);
        if let Ok(other) = other.parse::<ContactId>() {
            merging.set(Some(vec![page.id.into(), other.into()]));
        }
    };
    view! {
        <div class="record-head">
            {move || about.get().map(|(title, org, role, closed)| view! {
                <div class="record-head__under">
                    {(!title.is_empty()).then(|| view! { <span>{title}</span> })}
                    {org.map(|(id, name)| view! {
                        <a class="record-head__org" href=Route::Organisation(id).print()><Icon glyph=Glyph::Building/>{name}</a>
                    })}
                    {(role != BuyingRole::Unknown).then(|| view! { <Chip tone=Tone::Accent>{role.label()}</Chip> })}
                    {closed.then(|| view! { <Chip tone=Tone::Danger icon=Glyph::Warning>"Do not contact"</Chip> })}
                </div>
            })}
            <div class="record-head__actions no-print">
                <Menu label="More actions" icon=Glyph::Dots icon_only=true align=Align::End entries=Signal::stored(entries) on_pick=act/>
            </div>
        </div>
        <Dialog open=choosing on_close=move |()| choosing.set(false) title="Merge with which contact?" kind=DialogKind::Small>
            <Field label="Contact">
                <Combobox options=others(page) value="" on_pick=with autofocus=true/>
            </Field>
        </Dialog>
        <MergeDialog records=merging then_open=true/>
    }
}

/// All other contacts, with where they work.
fn others(page: Page) -> Memo<Vec<ComboOption>> {
    let (id, store) = (page.id, page.store);
    Memo::new(move |_| {
        store.track_kind(Kind::Contact);
        store.with(|s| {
            let t = &s.world().state.tables;
            let mut all: Vec<&Contact> = t.contacts.iter().filter(|c| c.id() != id).collect();
            all.order_by_key(|c| (fold(&c.name), c.id));
            let at = |c: &Contact| {
                let org = c.organisation.and_then(|id| t.organisations.get(id));
                org.map(|o| o.name.clone()).unwrap_or_default()
            };
            let option = |c: &Contact| ComboOption {
                id: c.id.to_string(),
                label: c.name.clone(),
                detail: at(c),
            };
            all.into_iter().map(option).collect()
        })
    })
}

/// Deals and last activity.
#[component]
fn Numbers(
    /// The page.
    page: Page,
) -> impl IntoView {
    let (id, store) = (page.id, page.store);
    let standing = Memo::new(move |_| {
        store.track_kind(Kind::Deal);
        store.track_kind(Kind::Activity);
        store.with(|s| of_contact(s.world(), id))
    });
    let last = move || {
        let last = standing.with(|s| s.last);
        last.map_or_else(|| String::from("Never"), fmt::since)
    };
    let note = |text: String| Some(text).filter(|t| !t.is_empty());
    view! {
        <dl class="record-stats">
            <Stat
                label="Open deals"
                value=Signal::derive(move || standing.with(|s| s.open.to_string()))
                note=Signal::derive(move || note(standing.with(|s| fmt::sums(&s.open_value))))
            />
            <Stat
                label="Won"
                value=Signal::derive(move || standing.with(|s| s.won.to_string()))
                note=Signal::derive(move || note(standing.with(|s| fmt::sums(&s.won_value))))
            />
            <Stat label="Last activity" value=Signal::derive(last)/>
        </dl>
    }
}
