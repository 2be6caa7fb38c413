//! A column's list, of which only the cards in view are in the page.
//!
//! Leptos' own keyed list moves elements that could stay when items are added before them,
//! which takes the focus away and ends transitions. This one builds and removes cards at the
//! edges and moves only those whose order really changed.

use super::actions::still;
use super::card::Card;
use super::lane::Lane;

use super::state::{Board, use_board};
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use crate::ui::parts::{block, effect, observe_height};
use leptos::html;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Render};
use std::collections::HashMap;
use web_sys::{Element, HtmlElement};

/// Cards built beyond each edge of the view, so that scrolling shows no gap.
const MARGIN: usize = 5;
/// Cards shown before anything is measured.
const FIRST: usize = 10;

/// A card in the page.
struct Mounted {
    deal: DealId,
    at: RwSignal<usize>,
    owner: Owner,
    state: AnyViewState,
}

/// The cards in the page, in order, and owners left over from cards that went.
#[derive(Default)]
struct Cards {
    shown: Vec<Mounted>,
    spare: Vec<Owner>,
}

/// The scrolling list of a column.
#[component]
pub(super) fn VirtualList(
    /// Whose cards.
    lane: Lane,
    /// The id of the heading that names it.
    label: String,
) -> impl IntoView {
    let board = use_board();
    let list = NodeRef::<html::Ul>::new();
    let height = RwSignal::new(0.0);
    observe_height(lane.scroller, height);
    let slots = Memo::new(move |_| slots(board, lane, height.get()));
    let stop = tab_stop(board, lane);
    let count = Memo::new(move |_| lane.order.with(|column| column.deals.len()));
    let cards = StoredValue::new_local(Cards::default());
    // Cards belong to the list, not to the run of the effect that builds them.
    let nursery = StoredValue::new(Owner::new());
    let build = move |deal: DealId, at: usize, spare: Option<Owner>| {
        let owner = spare.unwrap_or_else(|| nursery.with_value(Owner::child));
        let (at, state) = owner.with(|| {
            let at = RwSignal::new(at);
            (at, view! { <Card deal at stop count/> }.into_any().build())
        });
        Mounted {
            deal,
            at,
            owner,
            state,
        }
    };
    effect(move || {
        let Some(list) = list.get() else { return };
        let wanted = slots.get();
        untrack(|| {
            let focused = focused_in(&list);
            let left = cards.try_update_value(|cards| {
                reconcile(cards, &wanted, &list, build);
                let here = |deal: &DealId| cards.shown.iter().any(|card| card.deal == *deal);
                focused.filter(|(deal, _)| !here(deal))
            });
            if let Some((deal, at)) = left.flatten() {
                board.follow_focus(lane, deal, at);
            }
        });
    });
    keep_place(board, lane);
    let on_scroll = move |_| {
        if let Some(scroller) = lane.list() {
            lane.scrolled.set(f64::from(scroller.scroll_top()));
        }
    };
    view! {
        <div class="board-list" node_ref=lane.scroller on:scroll=on_scroll>
            <ul
                role="list"
                class="board-list__cards"
                aria-labelledby=label
                node_ref=list
                style:--count=move || count.get().to_string()
            ></ul>
            <Marker lane/>
            {block(move || (count.get() == 0).then(|| view! { <p class="board-list__none">"No deals"</p> }))}
        </div>
    }
}

/// Which cards are in the page, with their places: those in view, and those that have or
/// are about to have the focus or the pointer.
fn slots(board: Board, lane: Lane, height: f64) -> Vec<(usize, DealId)> {
    let row = board.row.get();
    let top = lane.scrolled.get();
    let pins = [
        board.cursor.get(),
        board.drag.held.get(),
        board.lift.with(|l| l.map(|l| l.deal)),
    ];
    lane.order.with(|column| {
        let deals = &column.deals;
        let (first, end) = if row > 0.0 {
            // Neither is negative, nor beyond what a usize holds.
            let first = (top / row).floor() as usize;
            let end = ((top + height) / row).ceil() as usize;
            (first.saturating_sub(MARGIN), end + MARGIN)
        } else {
            (0, FIRST)
        };
        let end = end.min(deals.len());
        let first = first.min(end);
        let mut slots: Vec<(usize, DealId)> = (first..end).map(|at| (at, deals[at])).collect();
        for pin in pins.into_iter().flatten() {
            if !slots.iter().any(|(_, id)| *id == pin)
                && let Some(at) = deals.iter().position(|id| *id == pin)
            {
                slots.push((at, pin));
            }
        }
        slots.order();
        slots
    })
}

/// The card of the column that Tab leads to: the one with the board's focus, else the first
/// in view.
fn tab_stop(board: Board, lane: Lane) -> Memo<Option<DealId>> {
    Memo::new(move |_| {
        let row = board.row.get();
        let first = if row > 0.0 {
            (lane.scrolled.get() / row).ceil() as usize
        } else {
            0
        };
        let cursor = board.cursor.get();
        lane.order.with(|column| {
            let own = cursor.filter(|id| column.deals.contains(id));
            own.or_else(|| column.deals.get(first).or(column.deals.last()).copied())
        })
    })
}

/// The card in a list that has the focus, and its place.
fn focused_in(list: &HtmlElement) -> Option<(DealId, usize)> {
    let active = list.owner_document()?.active_element()?;
    let card = active.closest("[data-deal]").ok()??;
    if !list.contains(Some(&card)) {
        return None;
    }
    let number = |name: &str| card.get_attribute(name)?.parse::<usize>().ok();
    Some((
        card.get_attribute("data-deal")?.parse().ok()?,
        number("aria-posinset")?.saturating_sub(1),
    ))
}

/// Makes the page show exactly the cards wanted, in order, touching as few as possible.
fn reconcile(
    cards: &mut Cards,
    wanted: &[(usize, DealId)],
    list: &HtmlElement,
    build: impl Fn(DealId, usize, Option<Owner>) -> Mounted,
) {
    let places: HashMap<DealId, usize> = wanted.iter().map(|(at, id)| (*id, *at)).collect();
    let mut known: HashMap<DealId, (usize, Mounted)> = HashMap::with_capacity(cards.shown.len());
    for (order, mut card) in std::mem::take(&mut cards.shown).into_iter().enumerate() {
        if places.contains_key(&card.deal) {
            known.insert(card.deal, (order, card));
        } else {
            card.state.unmount();
            card.owner.cleanup();
            cards.spare.push(card.owner);
        }
    }
    let orders: Vec<Option<usize>> = wanted
        .iter()
        .map(|(_, id)| known.get(id).map(|(order, _)| *order))
        .collect();
    let stays = longest_rise(&orders);
    let mut marker: Option<Element> = None;
    let mut shown = Vec::with_capacity(wanted.len());
    for (n, (at, deal)) in wanted.iter().enumerate().rev() {
        let mut card = match known.remove(deal) {
            Some((_, card)) => {
                if card.at.get_untracked() != *at {
                    card.at.set(*at);
                }
                card
            }
            None => build(*deal, *at, cards.spare.pop()),
        };
        if !stays[n] {
            card.state.mount(list, marker.as_deref());
        }
        marker = card.state.elements().into_iter().next();
        shown.push(card);
    }
    shown.reverse();
    cards.shown = shown;
}

/// Which of these numbers to leave where they are so that the fewest move: a longest rising
/// subsequence (n² is fine for the few dozen cards in view).
fn longest_rise(orders: &[Option<usize>]) -> Vec<bool> {
    let mut best: Vec<(usize, Option<usize>)> = vec![(0, None); orders.len()];
    let mut last: Option<usize> = None;
    for n in 0..orders.len() {
        let Some(order) = orders[n] else { continue };
        best[n] = (1, None);
        for m in 0..n {
            if orders[m].is_some_and(|o| o < order) && best[m].0 + 1 > best[n].0 {
                best[n] = (best[m].0 + 1, Some(m));
            }
        }
        if last.is_none_or(|l| best[n].0 > best[l].0) {
            last = Some(n);
        }
    }
    let mut stays = vec![false; orders.len()];
    while let Some(n) = last {
        stays[n] = true;
        last = best[n].1;
    }
    stays
}

/// Keeps the first card in view where it is when cards come or go above it; goes to the top
/// when other deals are asked for, and back to where the column was left before.
fn keep_place(board: Board, lane: Lane) {
    struct Seen {
        epoch: usize,
        first: Option<(usize, DealId)>,
    }
    let seen = StoredValue::new(None::<Seen>);
    let first_now = move || {
        let row = board.row.get_untracked();
        let at = if row > 0.0 {
            (lane.scrolled.get_untracked() / row).floor() as usize
        } else {
            0
        };
        lane.order
            .with_untracked(|column| column.deals.get(at).map(|id| (at, *id)))
    };
    effect(move || {
        lane.scrolled.track();
        let first = first_now();
        seen.update_value(|seen| {
            if let Some(seen) = seen {
                seen.first = first;
            }
        });
    });
    effect(move || {
        let (epoch, row) = (board.epoch.get(), board.row.get());
        let order = lane.order.get();
        let Some(scroller) = lane.scroller.get().filter(|_| row > 0.0) else {
            return;
        };
        let top = lane.scrolled.get_untracked();
        let (was_epoch, was_first) = seen.with_value(|s| {
            s.as_ref()
                .map_or((None, None), |s| (Some(s.epoch), s.first))
        });
        let wanted = match (was_epoch, was_first) {
            // Just shown: where it was left.
            (None, _) => top,
            (Some(was), _) if was != epoch => 0.0,
            (_, Some((at, id))) if top > 0.0 && order.deals.get(at) != Some(&id) => {
                let now = order.deals.iter().position(|d| *d == id);
                now.map_or(top, |now| top + (now as f64 - at as f64) * row)
            }
            _ => top,
        };
        // Whole pixels are what scrolling has.
        if scroller.scroll_top() != wanted.round() as i32 {
            still(&scroller);
            scroller.set_scroll_top(wanted.round() as i32);
        }
        lane.scrolled.set(f64::from(scroller.scroll_top()));
        seen.set_value(Some(Seen {
            epoch,
            first: first_now(),
        }));
    });
}

/// The line where dragged cards would go.
#[component]
fn Marker(
    /// In which column.
    lane: Lane,
) -> impl IntoView {
    use super::drag::Over;
    let board = use_board();
    let gap = Memo::new(move |_| match board.drag.over.get() {
        Some(Over::Gap(stage, gap)) if stage == lane.stage => {
            let load = board.drag.load.get()?;
            (!board.is_where_it_was(&load, stage, gap)).then_some(gap)
        }
        _ => None,
    });
    block(move || {
        gap.get().map(|gap| view! { <div class="board-marker" aria-hidden="true" style:--at=gap.to_string()></div> })
    })
}
