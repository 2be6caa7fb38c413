//! Which view is shown.

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;

use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::PipelineId;
use crate::ui::board::BoardView;
use crate::ui::calendar::CalendarView;
use crate::ui::contacts::{ContactPage, ContactsView};
use crate::ui::customers::CustomersView;
use crate::ui::data::{DataView, ImportView};
use crate::ui::deal::DealPage;
use crate::ui::history::HistoryPage;
use crate::ui::nav;
use crate::ui::organisations::{OrganisationPage, OrganisationsView};
use crate::ui::process::ProcessView;
use crate::ui::products::ProductsView;
use crate::ui::settings::SettingsView;
use crate::ui::stages::StagesView;
use crate::ui::start::Start;
use crate::ui::store::{Store, use_store};
use crate::ui::today::TodayView;

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
    Effect::new(move |before: Option<Shown>| {
        let now = shown.get();
        if before != Some(now) {
            nav::settle(before.is_some());
        }
        now
    });
    move || match shown.get() {
        Shown::Start => scoped(|| view! { <Start/> }.into_any()),
        Shown::View(route) => scoped(|| view_of(route)),
    }
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
        Route::Data => view! { <DataView/> }.into_any(),
        Route::Import => view! { <ImportView/> }.into_any(),
        Route::Today => view! { <TodayView/> }.into_any(),
        Route::Calendar => view! { <CalendarView/> }.into_any(),
        Route::Organisations => view! { <OrganisationsView/> }.into_any(),
        Route::Organisation(id) => view! { <OrganisationPage id/> }.into_any(),
        Route::Contacts => view! { <ContactsView/> }.into_any(),
        Route::Contact(id) => view! { <ContactPage id/> }.into_any(),
        Route::Customers(page) => view! { <CustomersView page/> }.into_any(),
        Route::Products(_) => view! { <ProductsView/> }.into_any(),
        Route::Process(page) => view! { <ProcessView page/> }.into_any(),
        Route::History => view! { <HistoryPage/> }.into_any(),
        Route::Settings => view! { <SettingsView/> }.into_any(),
        Route::Stages(pipeline) => view! { <StagesView pipeline/> }.into_any(),
        Route::Deal(id) => view! { <DealPage id/> }.into_any(),
        _ => view! { <BoardView pipeline=board_pipeline()/> }.into_any(),
    }
}

/// Keeps the document's title in step: the deal's name on its page, else the view's.
fn follow_title(store: Store, shown: Memo<Shown>) {
    Effect::new(move |_| {
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
