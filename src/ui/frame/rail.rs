//! The rail: where one can go. At the left edge; icons alone where there is less room, along
//! the lower edge on phones.

use leptos::prelude::*;

use super::saving::SaveState;
use super::switch::Page;
use crate::app::route::Route;
use crate::ui::parts::{Glyph, Icon};

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
}

/// In order; a new group begins with some room above.
pub(super) static PLACES: [Place; 5] = [
    Place {
        route: Route::Board(None),
        name: "Board",
        keys: "G B",
        glyph: Glyph::Board,
        group: 0,
    },
    Place {
        route: Route::History,
        name: "History",
        keys: "G H",
        glyph: Glyph::History,
        group: 0,
    },
    Place {
        route: Route::Data,
        name: "Data",
        keys: "G D",
        glyph: Glyph::Archive,
        group: 1,
    },
    Place {
        route: Route::Stages(None),
        name: "Stages",
        keys: "G S",
        glyph: Glyph::Columns,
        group: 1,
    },
    Place {
        route: Route::Settings,
        name: "Settings",
        keys: "G ,",
        glyph: Glyph::Settings,
        group: 1,
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
                <li>
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
            <SaveState/>
        </nav>
    }
}
