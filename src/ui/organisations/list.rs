//! All organisations.

use std::cell::RefCell;

use leptos::prelude::*;

use super::add::{AddOrganisation, Adding};
use crate::app::list::{Sort, SortKey};
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::{OrgId, PersonId, TerritoryId};
use crate::domain::order::Order;
use crate::domain::party::{Health, Organisation};
use crate::domain::query::parties::of_organisation;
use crate::domain::query::words::fold;
use crate::domain::world::World;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::frame::TopBar;
use crate::ui::parts::*;
use crate::ui::records::{people, select_of, territories};
use crate::ui::store::{Store, use_store};

fn columns() -> Vec<ListColumn> {
    vec![
        ListColumn::new("name", "Name", "minmax(9rem, 2.2fr)"),
        ListColumn::new("industry", "Industry", "minmax(6rem, 1.2fr)").corner(Corner::BottomStart),
        ListColumn::new("employees", "Employees", "6rem")
            .numeric()
            .wide(),
        ListColumn::new("location", "Location", "minmax(6rem, 1.3fr)").wide(),
        ListColumn::new("territory", "Territory", "minmax(5rem, 1fr)").wide(),
        ListColumn::new("owner", "Owner", "minmax(6rem, 1.1fr)"),
        ListColumn::new("open", "Open", "3.5rem").numeric(),
        ListColumn::new("value", "Open value", "minmax(6rem, .9fr)")
            .numeric()
            .corner(Corner::TopEnd),
        ListColumn::new("last", "Last activity", "7rem")
            .largest_first()
            .corner(Corner::BottomEnd),
        ListColumn::new("health", "Health", "7.5rem").wide(),
    ]
}

/// What the list is narrowed to; "" for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Narrowed {
    owner: String,
    territory: String,
    industry: String,
}

/// Stands for records without an owner or territory.
const NONE: &str = "none";

thread_local! {
    static NARROWED: RefCell<Narrowed> = RefCell::default();
}

/// The list, with search, filters and what can be done.
#[component]
pub fn OrganisationsView() -> impl IntoView {
    let store = use_store();
    let narrowed = RwSignal::new(NARROWED.with_borrow(Clone::clone));
    on_cleanup(move || NARROWED.with_borrow_mut(|kept| *kept = narrowed.get_untracked()));
    let model = use_list("organisations", Sort::up("name"), data(store, narrowed));
    let adding = RwSignal::new(None::<Adding>);
    let is_empty = move || model.total.get() == 0;
    let empty = move || {
        if is_empty() {
            view! {
                <Empty glyph=Glyph::Building title="No organisations yet" text="Companies, authorities, clubs: whoever you sell to.">
                    <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=move |_| adding.set(Some(Adding::default()))>"New organisation"</Button>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Empty glyph=Glyph::Search title="No organisation fits" text="Change the search or the filters.">
                    <Button on_click=move |_| { model.query.set(String::new()); narrowed.set(Narrowed::default()); }>"Show all"</Button>
                </Empty>
            }
            .into_any()
        }
    };
    view! {
        <div class="list-view">
            <TopBar title="Organisations">
                <Button icon=Glyph::Plus on_click=move |_| adding.set(Some(Adding::default()))>"New organisation"</Button>
                <a class="btn btn--ghost btn--md" href=Route::OrganisationDuplicates.print()><Icon glyph=Glyph::Merge/><span class="btn__text">"Duplicates"</span></a>
            </TopBar>
            <div class="list-view__body">
                <ListTools model columns=columns() nouns=("organisation", "organisations")>
                    <Filters narrowed/>
                </ListTools>
                <List model label="Organisations" columns=columns() row=move |id| row(store, OrgId(id)) empty/>
            </div>
        </div>
        <AddOrganisation adding/>
    }
}

/// Owner, territory and industry.
#[component]
fn Filters(
    /// What is chosen.
    narrowed: RwSignal<Narrowed>,
) -> impl IntoView {
    let store = use_store();
    let with_none = |all: Signal<Vec<Choice>>, none: &'static str| {
        Signal::derive(move || {
            let mut all = all.get();
            all.push(Choice::new(NONE, none));
            all
        })
    };
    let owners = select_of(people(store, String::new), None);
    let regions = select_of(territories(store), None);
    let industries = Memo::new(move |_| {
        store.track_kind(Kind::Organisation);
        store.with(|s| industries(s.world()))
    });
    let industries = Signal::derive(move || {
        let all = industries.get().into_iter();
        all.map(|name| Choice::new(name.clone(), name))
            .collect::<Vec<_>>()
    });
    view! {
        <Select
            class="list-tools__filter"
            label="Owner"
            placeholder="Any owner"
            options=with_none(owners, "No owner")
            value=Signal::derive(move || narrowed.with(|n| n.owner.clone()))
            on_change=move |id| narrowed.update(|n| n.owner = id)
        />
        <Select
            class="list-tools__filter"
            label="Territory"
            placeholder="Any territory"
            options=with_none(regions, "No territory")
            value=Signal::derive(move || narrowed.with(|n| n.territory.clone()))
            on_change=move |id| narrowed.update(|n| n.territory = id)
        />
        <Select
            class="list-tools__filter"
            label="Industry"
            placeholder="Any industry"
            options=industries
            value=Signal::derive(move || narrowed.with(|n| n.industry.clone()))
            on_change=move |name| narrowed.update(|n| n.industry = name)
        />
    }
}

/// The industries in use, each once, in order.
pub(super) fn industries(world: &World) -> Vec<String> {
    let orgs = world.state.tables.organisations.iter();
    let names: std::collections::HashSet<&str> = orgs
        .map(|o| o.industry.trim())
        .filter(|name| !name.is_empty())
        .collect();
    let mut all: Vec<String> = names.into_iter().map(str::to_owned).collect();
    all.order_by_key(|name| fold(name));
    all
}

fn data(store: Store, narrowed: RwSignal<Narrowed>) -> ListData {
    let rows = move || {
        store.track_kind(Kind::Organisation);
        store.with(|s| {
            let orgs = s.world().state.tables.organisations.iter();
            let mut all: Vec<(u64, String)> = orgs.map(|o| (o.id.0, words(o))).collect();
            // The words begin with the name.
            all.order_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
            all
        })
    };
    let keys = move |by: &'static str, ids: &[u64]| {
        store.track_kind(Kind::Organisation);
        if matches!(by, "open" | "value" | "last") {
            store.track_kind(Kind::Deal);
            store.track_kind(Kind::Activity);
        }
        store.with(|s| {
            let world = s.world();
            let usual = world.state.workspace().currency;
            ids.iter()
                .map(|id| key(world, usual, OrgId(*id), by))
                .collect()
        })
    };
    let keep = move || {
        let wanted = narrowed.get();
        if wanted == Narrowed::default() {
            return None;
        }
        let fits = move |id: u64| {
            store.with(|s| {
                let org = s.world().state.tables.organisations.get(OrgId(id));
                org.is_some_and(|org| fits(org, &wanted))
            })
        };
        Some(Box::new(fits) as Keep)
    };
    ListData {
        rows: Box::new(rows),
        keys: Box::new(keys),
        keep: Box::new(keep),
    }
}

fn words(org: &Organisation) -> String {
    let mut text = format!(
        "{}\n{}\n{}\n{}",
        org.name, org.website, org.industry, org.location
    );
    for tag in &org.tags {
        text.push('\n');
        text.push_str(tag);
    }
    fold(&text)
}

fn fits(org: &Organisation, wanted: &Narrowed) -> bool {
    let is = |wanted: &str, id: Option<String>| match wanted {
        "" => true,
        NONE => id.is_none(),
        wanted => id.as_deref() == Some(wanted),
    };
    is(&wanted.owner, org.owner.map(|id: PersonId| id.to_string()))
        && is(
            &wanted.territory,
            org.territory.map(|id: TerritoryId| id.to_string()),
        )
        && (wanted.industry.is_empty() || org.industry.trim() == wanted.industry)
}

fn key(
    world: &World,
    usual: crate::domain::money::Currency,
    id: OrgId,
    by: &'static str,
) -> SortKey {
    let t = &world.state.tables;
    let Some(org) = t.organisations.get(id) else {
        return SortKey::Nothing;
    };
    match by {
        "industry" => SortKey::text(&org.industry),
        "employees" => SortKey::number(org.employees),
        "location" => SortKey::text(&org.location),
        "territory" => {
            let territory = org.territory.and_then(|id| t.territories.get(id));
            territory.map_or(SortKey::Nothing, |t| SortKey::text(&t.name))
        }
        "owner" => {
            let owner = org.owner.and_then(|id| t.people.get(id));
            owner.map_or(SortKey::Nothing, |p| SortKey::text(&p.name))
        }
        "open" => SortKey::number(Some(of_organisation(world, id).open as i64).filter(|n| *n > 0)),
        "value" => {
            // Currencies are not converted: the usual one decides, another one where it is
            // the only one.
            let sums = of_organisation(world, id).open_value;
            let own = Some(sums.of(usual)).filter(|n| *n != 0);
            let sum = own.or_else(|| sums.iter().map(|(_, n)| n).max());
            SortKey::number(sum.and_then(|n| i64::try_from(n).ok()))
        }
        "last" => SortKey::number(of_organisation(world, id).last),
        "health" => SortKey::number(org.health.map(|h| match h {
            Health::Risk => 3,
            Health::Watch => 2,
            Health::Good => 1,
        })),
        _ => SortKey::text(&org.name),
    }
}

/// How a customer is doing, as a chip.
pub(super) fn health_chip(health: Health) -> AnyView {
    let tone = match health {
        Health::Good => Tone::Success,
        Health::Watch => Tone::Warn,
        Health::Risk => Tone::Danger,
    };
    view! { <Chip tone>{health.label()}</Chip> }.into_any()
}

fn row(store: Store, id: OrgId) -> ListRow {
    store.track(id);
    for kind in [Kind::Deal, Kind::Activity, Kind::Person, Kind::Territory] {
        store.track_kind(kind);
    }
    let href = Route::Organisation(id).print();
    let cells = store.with(|s| {
        let world = s.world();
        let t = &world.state.tables;
        let org = t.organisations.get(id)?;
        let standing = of_organisation(world, id);
        let owner = org.owner.and_then(|id| t.people.get(id)).map(|p| p.name.clone());
        let territory = org.territory.and_then(|id| t.territories.get(id));
        let employees = org.employees.map(|n| intl::integer(i64::from(n)));
        let open = (standing.open > 0).then(|| standing.open.to_string());
        Some(vec![
            view! { <span>{org.name.clone()}</span> }.into_any(),
            org.industry.clone().into_any(),
            employees.into_any(),
            org.location.clone().into_any(),
            territory.map(|t| t.name.clone()).into_any(),
            owner.map(|name| view! { <span class="list__person"><Avatar name=name.clone() decorative=true/><span>{name}</span></span> }).into_any(),
            open.into_any(),
            fmt::sums_compact(&standing.open_value).into_any(),
            standing.last.map(|at| view! { <span title=fmt::time(at)>{fmt::since(at)}</span> }).into_any(),
            org.health.map(health_chip).into_any(),
        ])
    });
    ListRow {
        href,
        cells: cells.unwrap_or_default(),
    }
}
