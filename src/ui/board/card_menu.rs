//! The menu of a card: one for the whole board, hung from whichever card asks.

use super::actions::card_element;
use super::state::{Board, use_board};
use crate::app::form::lists::stages_by_pipeline;
use crate::app::route::Route;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, OrgId, StageId};
use crate::domain::query::board::Place;
use crate::domain::stage::Stage;
use crate::ui::nav;
use crate::ui::parts::{Anchor, Glyph, MenuEntry, MenuItem, MenuPopup};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

/// What a card's menu offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    Open,
    Organisation(OrgId),
    Edit,
    Select,
    MoveTo,
    Up,
    Down,
    Become(Status),
    Delete,
}

/// Where the second menu moves a card.
type Spot = (StageId, Place);

/// The state of the menus; part of [`Board`].
#[derive(Clone, Copy)]
pub(super) struct CardMenu {
    deal: RwSignal<Option<DealId>>,
    actions: RwSignal<Option<Anchor>, LocalStorage>,
    spots: RwSignal<Option<Anchor>, LocalStorage>,
    /// Where the second menu opens: where the first one was.
    anchor: StoredValue<Option<Anchor>, LocalStorage>,
}

impl Default for CardMenu {
    fn default() -> Self {
        Self {
            deal: RwSignal::new(None),
            actions: RwSignal::new_local(None),
            spots: RwSignal::new_local(None),
            anchor: StoredValue::new_local(None),
        }
    }
}

/// From what a menu is hung.
pub(super) enum Hook {
    /// A button.
    Element(HtmlElement),
    /// A point of the window.
    Point(f64, f64),
}

impl Board {
    /// Opens the menu of a card.
    pub fn open_menu(self, deal: DealId, from: Hook) {
        let anchor = match from {
            Hook::Element(element) => Anchor::Element(element),
            Hook::Point(x, y) => Anchor::Point { x, y },
        };
        // The card stays in the page while its menu is open.
        self.cursor.set(Some(deal));
        self.menu.deal.set(Some(deal));
        self.menu.anchor.set_value(Some(anchor.clone()));
        self.menu.actions.set(Some(anchor));
    }

    /// Opens the menu of a card at its button, as a key does.
    pub fn open_menu_at_card(self, deal: DealId) {
        if let Some(button) = menu_button(deal) {
            self.open_menu(deal, Hook::Element(button));
        }
    }

    /// Opens the menu of the places a card can go, at its button.
    pub fn open_spots_at_card(self, deal: DealId) {
        self.menu.deal.set(Some(deal));
        self.menu.spots.set(menu_button(deal).map(Anchor::Element));
    }

    /// Whether one of the menus is open.
    pub fn menu_is_open(self) -> bool {
        self.menu.actions.with(Option::is_some) || self.menu.spots.with(Option::is_some)
    }

    /// Closes both menus.
    pub fn close_menus(self) {
        self.menu.actions.set(None);
        self.menu.spots.set(None);
    }

    /// The right button, or the key of that meaning.
    pub fn context_menu(self, event: &MouseEvent) {
        if self.finger_holds() {
            event.prevent_default();
            return;
        }
        let Some(deal) = super::drag::deal_at(event) else {
            return;
        };
        event.prevent_default();
        // A key has no place of its own.
        if event.button() == 2 {
            self.open_menu(
                deal,
                Hook::Point(f64::from(event.client_x()), f64::from(event.client_y())),
            );
        } else {
            self.open_menu_at_card(deal);
        }
    }

    fn entries(self, deal: DealId) -> Vec<MenuEntry<Pick>> {
        let found = self.find(deal);
        let (at, last) = found.map_or((0, 0), |(lane, at)| (at, lane.len().saturating_sub(1)));
        let many = self.group_of(deal).len() > 1;
        let selected = self.selected.with_untracked(|all| all.contains(&deal));
        let organisation = self.store.with(|s| {
            let world = s.world();
            let deal = world.state.tables.deals.get(deal)?;
            deal.organisation.filter(|id| world.is_alive((*id).into()))
        });
        let mut entries: Vec<MenuEntry<Pick>> = vec![
            MenuItem::new(Pick::Open, "Open")
                .icon(Glyph::External)
                .kbd("Enter")
                .disabled(many)
                .into(),
            MenuItem::new(Pick::Edit, "Edit")
                .icon(Glyph::Pencil)
                .kbd("E")
                .disabled(many)
                .into(),
            MenuItem::new(Pick::Select, "Select")
                .checked(selected)
                .kbd("X")
                .into(),
            MenuEntry::Separator,
            MenuItem::new(Pick::MoveTo, "Move to…")
                .icon(Glyph::ArrowRight)
                .into(),
            MenuItem::new(Pick::Up, "Move up")
                .icon(Glyph::ArrowUp)
                .disabled(many || at == 0)
                .into(),
            MenuItem::new(Pick::Down, "Move down")
                .icon(Glyph::ArrowDown)
                .disabled(many || at >= last)
                .into(),
            MenuEntry::Separator,
        ];
        if let Some(id) = organisation.filter(|_| !many) {
            let item = MenuItem::new(Pick::Organisation(id), "Open the organisation");
            entries.insert(1, item.icon(Glyph::Building).into());
        }
        entries.extend(self.status_items(&self.group_of(deal)).into_iter().map(
            |(status, label, glyph)| {
                MenuItem::new(Pick::Become(status), label)
                    .icon(glyph)
                    .into()
            },
        ));
        entries.push(MenuEntry::Separator);
        entries.push(
            MenuItem::new(Pick::Delete, "Delete")
                .icon(Glyph::Trash)
                .kbd("Del")
                .danger()
                .into(),
        );
        entries
    }

    /// The statuses that deals could get, with what to call that.
    pub fn status_items(self, deals: &[DealId]) -> Vec<(Status, &'static str, Glyph)> {
        let any_not = |status| {
            self.store.with(|s| {
                let table = &s.world().state.tables.deals;
                deals.iter().any(|id| {
                    table
                        .get(*id)
                        .is_some_and(|deal| deal.outcome.status() != status)
                })
            })
        };
        let all = [
            (Status::Won, "Won…", Glyph::Trophy),
            (Status::Lost, "Lost…", Glyph::Close),
            (Status::OnHold, "On hold…", Glyph::Pause),
            (Status::Open, "Reopen", Glyph::Play),
        ];
        all.into_iter()
            .filter(|(status, ..)| any_not(*status))
            .collect()
    }

    /// The stages a card can be moved to, top and bottom of each.
    pub fn spots(self, deals: &[DealId]) -> Vec<MenuEntry<Spot>> {
        let here = deals
            .first()
            .and_then(|deal| self.find(*deal))
            .map(|(lane, _)| lane.stage);
        let stages = self.stages.get_untracked();
        let others = self.other_stages();
        let group = |heading: &str, place: Place| {
            let items = stages.iter().map(move |stage| {
                let name = self.stage_name(*stage);
                let item = MenuItem::new((*stage, place), name);
                MenuEntry::from(if here == Some(*stage) {
                    item.icon(Glyph::Target)
                } else {
                    item
                })
            });
            std::iter::once(MenuEntry::Heading(heading.to_owned()))
                .chain(items)
                .collect::<Vec<_>>()
        };
        [
            group("To the top of", Place::Top),
            group("To the bottom of", Place::Bottom),
            others,
        ]
        .concat()
    }

    /// The stages of the other pipelines, to go on top of.
    fn other_stages(self) -> Vec<MenuEntry<Spot>> {
        let here = self.pipeline.get_untracked();
        self.store.with(|s| {
            let mut entries = Vec::new();
            for (pipeline, stages) in stages_by_pipeline(s.world()) {
                if Some(pipeline.id) != here {
                    let heading = format!("{}, to the top of", pipeline.name);
                    entries.push(MenuEntry::Heading(heading));
                    let item = |s: &Stage| MenuItem::new((s.id, Place::Top), &*s.name);
                    entries.extend(stages.into_iter().map(|s| item(s).into()));
                }
            }
            entries
        })
    }

    fn act(self, deal: DealId, pick: Pick) {
        let group = self.group_of(deal);
        match pick {
            Pick::Open => nav::go(Route::Deal(deal)),
            Pick::Organisation(id) => nav::go(Route::Organisation(id)),
            Pick::Edit => nav::go(Route::EditDeal(deal)),
            Pick::Select => self.toggle_selected(deal),
            Pick::MoveTo => self.menu.spots.set(self.menu.anchor.get_value()),
            Pick::Up => self.nudge(deal, false),
            Pick::Down => self.nudge(deal, true),
            Pick::Become(status) => self.set_status(group, status, None),
            Pick::Delete => self.delete(group),
        }
    }
}

fn menu_button(deal: DealId) -> Option<HtmlElement> {
    card_element(deal)?
        .query_selector(".board-card__menu")
        .ok()??
        .dyn_into()
        .ok()
}

/// The menus themselves; one of each for the board.
#[component]
pub fn CardMenus() -> impl IntoView {
    let board = use_board();
    let menu = board.menu;
    let name = move |what: &str| match menu.deal.get() {
        Some(deal) => format!("{what} {}", board.name_all(&board.group_of(deal))),
        None => String::new(),
    };
    let entries = Signal::derive(move || {
        menu.deal
            .get()
            .map(|deal| board.entries(deal))
            .unwrap_or_default()
    });
    let spots = Signal::derive(move || {
        menu.deal
            .get()
            .map(|d| board.spots(&board.group_of(d)))
            .unwrap_or_default()
    });
    view! {
        <MenuPopup
            anchor=menu.actions
            label=Signal::derive(move || name("Actions for"))
            entries
            on_pick=move |pick| if let Some(deal) = menu.deal.get_untracked() { board.act(deal, pick) }
        />
        <MenuPopup
            anchor=menu.spots
            label=Signal::derive(move || name("Move"))
            entries=spots
            on_pick=move |(stage, place)| if let Some(deal) = menu.deal.get_untracked() {
                board.move_to(board.group_of(deal), stage, place, None);
            }
        />
    }
}
