//! The page of one deal.

use super::activities::Activities;
use super::close::{Ask, Closing};
use super::facts::Facts;
use super::head::{Closed, Head, Steps};
use super::products::Products;
use super::side::Side;
use super::template::Using;
use crate::app::form::activity::ActivityForm;
use crate::app::form::lists::neighbours;
use crate::app::route::Route;
use crate::domain::activity::ActivityKind;
use crate::domain::change::{Edit, Intent, IntentKind, Kind};
use crate::domain::command::Command;
use crate::domain::deal::{Closure, Deal, Status};
use crate::domain::ids::{DealId, StageId};
use crate::domain::query::board::Place;
use crate::domain::world::World;
use crate::ui::history::DealHistory;
use crate::ui::keys::{self, Group};
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::qualify;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;

/// The deal a page shows, for its parts; found with [`use_page`].
#[derive(Clone, Copy)]
pub(super) struct Page {
    /// The data.
    pub store: Store,
    /// Which deal.
    pub id: DealId,
    /// Date and reason are being asked for.
    pub asking: RwSignal<Option<Ask>>,
    /// The activity being written; outlives the tab it is written in.
    pub writing: RwSignal<ActivityForm>,
    /// A template is being used.
    pub using: RwSignal<Option<Using>>,
}

thread_local! {
    /// Activities that were begun and not saved, by deal, for when one comes back.
    static BEGUN: RefCell<HashMap<DealId, ActivityForm>> = RefCell::default();
}

/// The page this part stands in.
pub(super) fn use_page() -> Page {
    expect_context()
}

impl Page {
    fn new(store: Store, id: DealId) -> Self {
        let begun = BEGUN.with_borrow_mut(|all| all.remove(&id));
        let blank = || ActivityForm::blank(id, ActivityKind::Note);
        let writing = RwSignal::new(begun.unwrap_or_else(blank));
        on_cleanup(move || {
            if let Some(form) = writing
                .try_get_untracked()
                .filter(|f| !f.text.trim().is_empty())
            {
                BEGUN.with_borrow_mut(|all| all.insert(id, form));
            }
        });
        Self {
            store,
            id,
            asking: RwSignal::new(None),
            writing,
            using: RwSignal::new(None),
        }
    }

    /// Reruns the surrounding closure when the deal, or anything it names, changes.
    pub fn track(self) {
        self.store.track(self.id);
        for kind in [
            Kind::Pipeline,
            Kind::Stage,
            Kind::Organisation,
            Kind::Contact,
            Kind::Person,
            Kind::Product,
        ] {
            self.store.track_kind(kind);
        }
    }

    /// What `get` reads off the deal; the default while the deal is not there.
    pub fn read<T>(self, get: impl Fn(&World, &Deal) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            self.track();
            self.now(&get)
        })
    }

    /// The same at this moment, without rerunning.
    pub fn now<T: Default>(self, get: impl FnOnce(&World, &Deal) -> T) -> T {
        self.store.with(|s| {
            let world = s.world();
            let deal = world.state.tables.deals.get(self.id);
            deal.map(|deal| get(world, deal)).unwrap_or_default()
        })
    }

    /// Moves the deal to the top of a stage; asks for date and reason first where that
    /// stage closes it.
    pub fn move_to(self, stage: StageId) {
        let closes = self.now(|world, deal| {
            let status = world.state.tables.stages.get(stage)?.kind.status();
            Some(status).filter(|s| *s != Status::Open && *s != deal.outcome.status())
        });
        match closes {
            Some(status) => self.asking.set(Some(Ask {
                status,
                stage: Some(stage),
            })),
            None => self.store.dispatch(Command::Move {
                deals: vec![self.id],
                stage,
                place: Place::Top,
                closure: None,
            }),
        }
    }

    /// Asks for date and reason, then sets the status; takes the deal up again at once.
    pub fn set_status(self, status: Status) {
        if status == Status::Open {
            let closure = Closure::on(self.store.moment().today);
            let deals = vec![self.id];
            self.store.dispatch(Command::SetStatus {
                deals,
                status,
                closure,
            });
        } else {
            self.asking.set(Some(Ask {
                status,
                stage: None,
            }));
        }
    }

    /// Goes to the deal `by` places further down the column.
    pub fn step(self, by: isize) {
        let next = self.store.with(|s| {
            let (column, at) = neighbours(s.world(), self.id)?;
            column.get(at.checked_add_signed(by)?).copied()
        });
        match next {
            // Back leads to where the first of these deals was opened from.
            Some(next) => nav::replace(Route::Deal(next)),
            None => self.store.announce(if by < 0 {
                "This is the first deal of the column"
            } else {
                "This is the last deal of the column"
            }),
        }
    }
}

/// What there is to show of a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// No such deal was ever here.
    Nowhere,
    /// It was removed.
    Deleted,
    /// It.
    Here,
}

/// Everything about a deal, and what can be done with it.
#[component]
pub fn DealPage(
    /// Which deal.
    id: DealId,
) -> impl IntoView {
    let store = use_store();
    provide_context(Page::new(store, id));
    let found = Memo::new(move |_| {
        store.track(id);
        store.with(|s| match s.world().state.tables.deals.row(id) {
            None => Found::Nowhere,
            Some(row) if row.entity.deleted => Found::Deleted,
            Some(_) => Found::Here,
        })
    });
    keys::on("Escape", "Back to the board", Group::Deal, || {
        nav::back_or(Route::Board(None))
    });
    move || match found.get() {
        Found::Nowhere => view! { <Nowhere/> }.into_any(),
        Found::Deleted => view! { <Deleted/> }.into_any(),
        Found::Here => view! { <Here/> }.into_any(),
    }
}

/// The address names no deal of this workspace.
#[component]
fn Nowhere() -> impl IntoView {
    view! {
        <div class="deal-page">
            <Head title="No such deal"/>
            <Empty
                glyph=Glyph::Search
                title="There is no such deal here"
                text="The address may be incomplete, or the deal belongs to data kept in another browser."
            >
                <Button kind=ButtonKind::Primary on_click=|_| nav::go(Route::Board(None))>"Go to the board"</Button>
            </Empty>
        </div>
    }
}

/// The deal was removed; its history is still there.
#[component]
fn Deleted() -> impl IntoView {
    let Page { store, id, .. } = use_page();
    let name = store.with(|s| s.world().state.name_of(id.into()));
    let text = format!("Brought back {name}");
    let bring_back = move |_| {
        store.dispatch(Command::Bring {
            intent: Intent::new(IntentKind::EditDeal, text.clone()),
            edits: vec![Edit::deleted(id.into(), false)],
        });
    };
    view! {
        <div class="deal-page">
            <Head title=name/>
            <Banner tone=Tone::Warn title="This deal was deleted" text="It is shown nowhere else and counts in no number.">
                <Button icon=Glyph::Undo on_click=bring_back>"Bring it back"</Button>
            </Banner>
            <div class="deal-page__body">
                <section class="deal-page__main" aria-label="History"><DealHistory deal=id/></section>
            </div>
        </div>
    }
}

/// The deal.
#[component]
fn Here() -> impl IntoView {
    let page = use_page();
    let title = page.read(|_, deal| deal.title.clone());
    let tab = RwSignal::new(String::from("activity"));
    keys::on("E", "Edit the deal", Group::Deal, move || {
        nav::go(Route::EditDeal(page.id))
    });
    keys::on("J", "Next deal of the column", Group::Deal, move || {
        page.step(1)
    });
    keys::on("K", "Previous deal of the column", Group::Deal, move || {
        page.step(-1)
    });
    let lines = page.read(|_, deal| deal.lines.len());
    let asks = Memo::new(move |_| qualify::has_framework(page.store, page.id));
    let tabs = Signal::derive(move || {
        let products = Choice::new("products", "Products").icon(Glyph::Tag);
        let mut tabs = vec![Choice::new("activity", "Activity").icon(Glyph::Timeline)];
        if asks.get() {
            tabs.push(Choice::new("qualification", "Qualification").icon(Glyph::Target));
        }
        tabs.push(match lines.get() {
            0 => products,
            n => products.count(n),
        });
        tabs.push(Choice::new("history", "History").icon(Glyph::History));
        tabs
    });
    view! {
        <div class="deal-page" data-deal=page.id.to_string()>
            <Head title here=true/>
            <Steps/>
            <Closed/>
            <Facts/>
            <div class="deal-page__body">
                <div class="deal-page__main">
                    <Tabs options=tabs value=tab on_change=move |value| tab.set(value) label="About this deal">
                        {move || match tab.get().as_str() {
                            "products" => view! { <Products/> }.into_any(),
                            "qualification" if asks.get() => view! { <qualify::Questions deal=page.id/> }.into_any(),
                            "history" => view! { <DealHistory deal=page.id/> }.into_any(),
                            _ => view! { <Activities/> }.into_any(),
                        }}
                    </Tabs>
                </div>
                <Side/>
            </div>
            <Closing/>
        </div>
    }
}
