//! The rail: where one can go. At the left edge; icons alone where there is less room, along
//! the lower edge on phones.

use leptos::prelude::*;

use super::chrome::use_chrome;
use super::saving::SaveState;
use super::switch::Page;
use crate::app::route::{CustomersPage, ForecastPage, InsightPage, ProcessPage, Route};
use crate::ui::nav;
use crate::ui::parts::{Align, ButtonKind, Glyph, Icon, Menu, MenuEntry, MenuItem};
use crate::ui::store::use_store;

/// A place one can always go to.
pub(super) struct Place {
    /// Where it is.
    pub(super) route: Route,
    /// What it is called.
    pub(super) name: &'static str,
    /// The keys that lead there.
    pub(super) keys: &'static str,
    glyph: Glyph,
    group: u8,
    /// Whether phones have room for it in their bar; the others are under “More” there.
    on_phones: bool,
}

/// In order; a new group begins with some room above.
pub(super) static PLACES: [Place; 16] = [
    Place {
        route: Route::Today,
        name: "Today",
        keys: "G T",
        glyph: Glyph::Inbox,
        group: 0,
        on_phones: true,
    },
    Place {
        route: Route::Board(None),
        name: "Board",
        keys: "G B",
        glyph: Glyph::Board,
        group: 0,
        on_phones: true,
    },
    Place {
        route: Route::Calendar,
        name: "Calendar",
        keys: "G L",
        glyph: Glyph::Calendar,
        group: 0,
        on_phones: false,
    },
    Place {
        route: Route::Organisations,
        name: "Organisations",
        keys: "G O",
        glyph: Glyph::Building,
        group: 0,
        on_phones: true,
    },
    Place {
        route: Route::Contacts,
        name: "Contacts",
        keys: "G P",
        glyph: Glyph::People,
        group: 0,
        on_phones: true,
    },
    Place {
        route: Route::Customers(CustomersPage::List),
        name: "Customers",
        keys: "G U",
        glyph: Glyph::Heart,
        group: 0,
        on_phones: false,
    },
    Place {
        route: Route::Dashboard(None),
        name: "Dashboard",
        keys: "G A",
        glyph: Glyph::Table,
        group: 1,
        on_phones: false,
    },
    Place {
        route: Route::Insight(InsightPage::Pipeline),
        name: "Insight",
        keys: "G I",
        glyph: Glyph::Chart,
        group: 1,
        on_phones: false,
    },
    Place {
        route: Route::Forecast(ForecastPage::Forecast),
        name: "Forecast",
        keys: "G F",
        glyph: Glyph::Forecast,
        group: 1,
        on_phones: false,
    },
    Place {
        route: Route::Reviews,
        name: "Reviews",
        keys: "G W",
        glyph: Glyph::Review,
        group: 1,
        on_phones: false,
    },
    Place {
        route: Route::Process(ProcessPage::Profile),
        name: "Process",
        keys: "G R",
        glyph: Glyph::Timeline,
        group: 2,
        on_phones: false,
    },
    Place {
        route: Route::Stages(None),
        name: "Stages",
        keys: "G S",
        glyph: Glyph::Columns,
        group: 2,
        on_phones: false,
    },
    Place {
        route: Route::Products(None),
        name: "Products",
        keys: "G K",
        glyph: Glyph::Tag,
        group: 2,
        on_phones: false,
    },
    Place {
        route: Route::History,
        name: "History",
        keys: "G H",
        glyph: Glyph::History,
        group: 3,
        on_phones: false,
    },
    Place {
        route: Route::Data,
        name: "Data",
        keys: "G D",
        glyph: Glyph::Archive,
        group: 3,
        on_phones: false,
    },
    Place {
        route: Route::Settings,
        name: "Settings",
        keys: "G ,",
        glyph: Glyph::Settings,
        group: 3,
        on_phones: false,
    },
];

impl Place {
    /// Whether a route is this place, or something within it.
    fn holds(&self, route: Route) -> bool {
        match self.route {
            Route::Board(_) => matches!(
                route,
                Route::Home
                    | Route::Board(_)
                    | Route::NewDeal
                    | Route::Deal(_)
                    | Route::EditDeal(_)
            ),
            Route::Data => matches!(route, Route::Data | Route::Import),
            Route::Organisations => matches!(
                route,
                Route::Organisations | Route::OrganisationDuplicates | Route::Organisation(_)
            ),
            Route::Contacts => matches!(
                route,
                Route::Contacts | Route::ContactDuplicates | Route::Contact(_)
            ),
            Route::Customers(_) => matches!(route, Route::Customers(_)),
            Route::Products(_) => matches!(route, Route::Products(_)),
            Route::Process(_) => matches!(route, Route::Process(_)),
            Route::Dashboard(_) => matches!(route, Route::Dashboard(_)),
            Route::Insight(_) => matches!(route, Route::Insight(_) | Route::Member(_)),
            Route::Forecast(_) => matches!(route, Route::Forecast(_)),
            Route::Reviews => matches!(route, Route::Reviews | Route::Review(_)),
            Route::Stages(_) => matches!(route, Route::Stages(_)),
            place => place == route,
        }
    }
}

/// The navigation of the application.
#[component]
pub(super) fn Rail() -> impl IntoView {
    let page = expect_context::<Page>();
    let groups = PLACES.chunk_by(|a, b| a.group == b.group).map(|group| {
        let links = group.iter().map(move |place| {
            let here = move || page.route().filter(|route| place.holds(*route)).map(|_| "page");
            view! {
                <li class:rail__item--more=!place.on_phones>
                    <a class="rail__link" href=place.route.print() title=place.name aria-current=here>
                        <Icon glyph=place.glyph/>
                        <span class="rail__text">{place.name}</span>
                    </a>
                </li>
            }
        });
        view! { <ul class="rail__group">{links.collect_view()}</ul> }
    });
    view! {
        <nav class="rail no-print" aria-label="Main">
            <a class="rail__brand" href=Route::Board(None).print() title="Fairlead">
                <img src="./icons/icon.svg" alt="" width="18" height="18"/>
                <span class="rail__text">"Fairlead"</span>
            </a>
            {groups.collect_view()}
            <More page/>
            <SaveState/>
        </nav>
    }
}

/// The places for which the bar of a phone has no room.
#[component]
fn More(page: Page) -> impl IntoView {
    let rest = PLACES.iter().filter(|place| !place.on_phones);
    let item = |place: &Place| {
        MenuEntry::from(MenuItem::new(Some(place.route), place.name).icon(place.glyph))
    };
    // There are no keys on a phone.
    let log = MenuItem::new(None, "Log an activity").icon(Glyph::Pencil);
    let entries: Vec<_> = std::iter::once(log.into()).chain(rest.map(item)).collect();
    let (store, chrome) = (use_store(), use_chrome());
    let go = move |to: Option<Route>| match to {
        Some(route) => nav::go(route),
        None => chrome.logging.open(store),
    };
    let among = move || {
        let here = page.route();
        let mut rest = PLACES.iter().filter(|place| !place.on_phones);
        here.is_some_and(|route| rest.any(|place| place.holds(route)))
    };
    view! {
        <div class="rail__more" class:rail__more--here=among>
            <Menu
                label="More"
                icon=Glyph::Dots
                kind=ButtonKind::Ghost
                align=Align::End
                class="rail__link"
                entries=Signal::stored(entries)
                on_pick=go
            />
        </div>
    }
}
