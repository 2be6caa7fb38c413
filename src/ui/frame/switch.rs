//! Which view is shown.

use crate::ui::parts::{block, effect};
use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;

use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::PipelineId;
use crate::ui::board::BoardView;
use crate::ui::lazy::{self, Arrivals, Part};
use crate::ui::nav;
use crate::ui::store::{Store, use_store};

/// What `main` holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// The first run: nothing was ever begun here.
    Start,
    /// The view of a route, never of a form's.
    View(Route),
}

/// What is shown, for all parts of the frame.
#[derive(Clone, Copy)]
pub(super) struct Page(Memo<Shown>);

impl Page {
    /// Follows the address and the data; put it into the context of the frame.
    ///
    /// While the form of a deal lies over it, a page stays what it was.
    pub(super) fn follow(store: Store) -> Self {
        let route = nav::use_route();
        let page = Memo::new(move |before: Option<&Route>| match route.get() {
            Route::NewDeal | Route::EditDeal(_) => before.copied().unwrap_or(Route::Board(None)),
            // One board for all pipelines: it changes, and is not made anew.
            Route::Home | Route::Board(_) => Route::Board(None),
            // The form of a product lies over the list.
            Route::Products(_) => Route::Products(None),
            other => other,
        });
        let is_new = Memo::new(move |_| {
            store.track_kind(Kind::Pipeline);
            store.with(|session| session.world().state.is_new())
        });
        Self(Memo::new(move |_| match page.get() {
            // Before anything is begun one can bring data in, and set this browser up.
            page @ (Route::Data | Route::Import | Route::Settings) => Shown::View(page),
            _ if is_new.get() => Shown::Start,
            page => Shown::View(page),
        }))
    }

    /// Whether this is the first run.
    pub(super) fn is_start(self) -> bool {
        self.0.get() == Shown::Start
    }

    /// The route of the view shown; none in the first run.
    pub(super) fn route(self) -> Option<Route> {
        match self.0.get() {
            Shown::Start => None,
            Shown::View(route) => Some(route),
        }
    }
}

/// The view, and what comes with another one: the title, the scroll position, the focus.
#[component]
pub(super) fn Views() -> impl IntoView {
    let store = use_store();
    let Page(shown) = expect_context();
    follow_title(store, shown);
    let arrivals = Arrivals::new();
    provide_context(arrivals);
    // Of each view: which, and whether one came to it from another.
    Effect::new(move |before: Option<(Shown, bool)>| {
        arrivals.track();
        let now = shown.get();
        let moved = before.is_some_and(|(before, moved)| moved || before != now);
        nav::settle(moved);
        (now, moved)
    });
    block(move || match shown.get() {
        Shown::Start => scoped(|| lazy::page(Part::Start)),
        Shown::View(route) => scoped(|| view_of(route)),
    })
}

/// A view with an owner of its own, so that what one view puts into the context is not found
/// by the next one.
fn scoped(view: impl FnOnce() -> AnyView) -> AnyView {
    let owner = Owner::current().map_or_else(Owner::new, |owner| owner.child());
    let view = owner.with(view);
    OwnedView::new_with_owner(view, owner).into_any()
}

/// The pipeline the address names; the last one named while another page or a form is shown.
fn board_pipeline() -> Signal<Option<PipelineId>> {
    let route = nav::use_route();
    let named = Memo::new(
        move |before: Option<&Option<PipelineId>>| match route.get() {
            Route::Board(pipeline) => pipeline,
            _ => before.copied().flatten(),
        },
    );
    named.into()
}

fn view_of(route: Route) -> AnyView {
    match route {
        Route::Data => lazy::page(Part::Data),
        Route::Import => lazy::page(Part::Import),
        Route::Today => lazy::page(Part::Today),
        Route::Calendar => lazy::page(Part::Calendar),
        Route::Organisations => lazy::page(Part::Organisations),
        Route::Organisation(id) => lazy::page(Part::Organisation { id }),
        Route::Contacts => lazy::page(Part::Contacts),
        Route::Contact(id) => lazy::page(Part::Contact { id }),
        Route::OrganisationDuplicates => lazy::page(Part::Duplicates {
            kind: Kind::Organisation,
        }),
        Route::ContactDuplicates => lazy::page(Part::Duplicates {
            kind: Kind::Contact,
        }),
        Route::Customers(page) => lazy::page(Part::Customers { page }),
        Route::Products(_) => lazy::page(Part::Products),
        Route::Process(page) => lazy::page(Part::Process { page }),
        Route::History => lazy::page(Part::History),
        Route::Settings => lazy::page(Part::Settings),
        Route::Stages(pipeline) => lazy::page(Part::Stages { pipeline }),
        Route::Deal(id) => lazy::page(Part::Deal { id }),
        _ => view! { <BoardView pipeline=board_pipeline()/> }.into_any(),
    }
}

/// Keeps the document's title in step: the deal's name on its page, else the view's.
fn follow_title(store: Store, shown: Memo<Shown>) {
    effect(move || {
        let title = match shown.get() {
            Shown::Start => return document().set_title("Fairlead"),
            Shown::View(Route::Deal(deal)) => {
                store.track(deal);
                store.with(|session| session.world().state.name_of(deal.into()))
            }
            Shown::View(Route::Organisation(id)) => {
                store.track(id);
                store.with(|session| session.world().state.name_of(id.into()))
            }
            Shown::View(Route::Contact(id)) => {
                store.track(id);
                store.with(|session| session.world().state.name_of(id.into()))
            }
            Shown::View(route) => String::from(route.title()),
        };
        document().set_title(&format!("{title} – Fairlead"));
    });
}
