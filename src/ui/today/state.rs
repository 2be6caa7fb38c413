//! What the parts of the view share: the lists, what is being done in which row, and where the
//! focus goes.

use crate::app::today::{Agenda, BareOrder, agenda};
use crate::domain::change::Kind;
use crate::domain::ids::{ActivityId, DealId, PersonId};
use crate::domain::workspace::WORKSPACE;
use crate::ui::nav;
use crate::ui::store::Store;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A list of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Overdue,
    Today,
    Upcoming,
    Undated,
}

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Activity(ActivityId),
    Deal(DealId),
}

impl Item {
    /// As the attribute of its row has it.
    pub(super) fn code(self) -> String {
        match self {
            Self::Activity(id) => format!("a{id}"),
            Self::Deal(id) => format!("d{id}"),
        }
    }

    fn parse(code: &str) -> Option<Self> {
        let id = code.get(1..)?;
        match code.as_bytes().first()? {
            b'a' => id.parse().ok().map(Self::Activity),
            b'd' => id.parse().ok().map(Self::Deal),
            _ => None,
        }
    }
}

/// What is being done in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It was done: how did it go?
    Finish,
    /// A day is being chosen.
    Date,
    /// The next step is being planned.
    Plan,
    /// It is being changed.
    Edit,
}

/// The view's state; cheap to copy, found with [`use_today`].
#[derive(Clone, Copy)]
pub(super) struct Today {
    pub(super) store: Store,
    pub(super) order: RwSignal<BareOrder>,
    pub(super) agenda: Memo<Agenda>,
    /// The row in which something is being done.
    pub(super) mode: RwSignal<Option<(Item, Mode)>>,
    /// Something done that keeps its row until its questions are answered: list and place.
    held: RwSignal<Option<(List, usize, ActivityId)>>,
    /// A day is being chosen for this one, from the menu that hangs from its row.
    pub(super) snoozing: RwSignal<Option<ActivityId>>,
}

pub(super) fn use_today() -> Today {
    expect_context()
}

/// Who the person is, while that one is there.
pub(crate) fn myself(store: Store) -> Option<PersonId> {
    let me = store
        .prefs()
        .with(|p| p.me.as_deref().and_then(|id| id.parse().ok()));
    store.track_kind(Kind::Person);
    me.filter(|id: &PersonId| store.with(|s| s.world().state.is_here(*id)))
}

/// Whose activities are shown: the person's own, or, where it is not known who they are or
/// they asked for it, everybody's.
pub(crate) fn who(store: Store) -> Option<PersonId> {
    let all = store.prefs().with(|p| p.everybody);
    myself(store).filter(|_| !all)
}

impl Today {
    pub(super) fn new(store: Store) -> Self {
        let order = RwSignal::new(BareOrder::default());
        let agenda = Memo::new(move |_| {
            store.track_kind(Kind::Activity);
            store.track_kind(Kind::Deal);
            store.track(WORKSPACE);
            let today = store.tick().today;
            let (who, order) = (who(store), order.get());
            store.with(|s| agenda(s.world(), today, who, order))
        });
        Self {
            store,
            order,
            agenda,
            mode: RwSignal::new(None),
            held: RwSignal::new(None),
            snoozing: RwSignal::new(None),
        }
    }

    /// The rows of a list, with what keeps its row among them.
    pub(super) fn rows(self, list: List) -> Vec<ActivityId> {
        let mut rows = self.agenda.with(|a| of(a, list).clone());
        if let Some((_, at, id)) = self.held.get().filter(|(of, ..)| *of == list)
            && !rows.contains(&id)
        {
            rows.insert(at.min(rows.len()), id);
        }
        rows
    }

    /// Whether nothing at all is left to do.
    pub(super) fn is_empty(self) -> bool {
        self.held.get().is_none() && self.agenda.with(|a| *a == Agenda::default())
    }

    /// Marks it done; its row stays for the questions.
    pub(super) fn done(self, id: ActivityId) {
        let place = self.agenda.with_untracked(|a| {
            [List::Overdue, List::Today, List::Upcoming, List::Undated]
                .into_iter()
                .find_map(|list| {
                    let at = of(a, list).iter().position(|other| *other == id)?;
                    Some((list, at, id))
                })
        });
        self.held.set(place);
        self.mode.set(Some((Item::Activity(id), Mode::Finish)));
        self.store
            .dispatch(crate::domain::command::Command::SetDone {
                activity: id,
                done: true,
            });
    }

    /// Begins something in a row.
    pub(super) fn begin(self, item: Item, mode: Mode) {
        self.held.set(None);
        self.mode.set(Some((item, mode)));
    }

    /// It is over; the row, or the one that has come to its place, takes the focus.
    pub(super) fn over(self) {
        let Some((item, _)) = self.mode.get_untracked() else {
            return;
        };
        let at = place_of(item);
        self.mode.set(None);
        self.held.set(None);
        focus_at(at);
    }

    /// Does something after which a row may be gone; then the next one has the focus.
    pub(super) fn and_go_on(self, item: Item, act: impl FnOnce()) {
        let at = place_of(item);
        act();
        focus_at(at);
    }
}

fn of(agenda: &Agenda, list: List) -> &Vec<ActivityId> {
    match list {
        List::Overdue => &agenda.overdue,
        List::Today => &agenda.today,
        List::Upcoming => &agenda.upcoming,
        List::Undated => &agenda.undated,
    }
}

/// The rows in the page, in order.
fn rows() -> Vec<Element> {
    let Ok(found) = document().query_selector_all("[data-item]") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

fn item_of(row: &Element) -> Option<Item> {
    Item::parse(&row.get_attribute("data-item")?)
}

fn place_of(item: Item) -> usize {
    rows()
        .iter()
        .position(|row| item_of(row) == Some(item))
        .unwrap_or_default()
}

/// The row that has the focus, or has it in it.
pub(super) fn current() -> Option<(usize, Item)> {
    let active = document().active_element()?;
    let row = active.closest("[data-item]").ok().flatten()?;
    let item = item_of(&row)?;
    Some((place_of(item), item))
}

/// The row that has the focus, else the first one.
pub(super) fn current_or_first() -> Option<Item> {
    current()
        .map(|(_, item)| item)
        .or_else(|| rows().first().and_then(item_of))
}

/// Moves the focus by rows; to the first one when it is in none.
pub(super) fn step(by: isize) {
    let next = match current() {
        Some((at, _)) => at.saturating_add_signed(by),
        None => 0,
    };
    focus_now(next);
}

/// Gives the row at a place the focus once the page shows what has changed; the last one when
/// there are fewer, the heading when there are none.
fn focus_at(at: usize) {
    // One frame for what is being drawn, one for what that draws.
    request_animation_frame(move || request_animation_frame(move || focus_now(at)));
}

fn focus_now(at: usize) {
    let rows = rows();
    let row = rows.get(at).or_else(|| rows.last());
    let Some(row) = row else {
        return nav::focus_heading();
    };
    let main = row.query_selector("[data-main]").ok().flatten();
    if let Some(main) = main.and_then(|m| m.dyn_into::<HtmlElement>().ok()) {
        // A control in the page takes the focus.
        let _ = main.focus();
    }
}
