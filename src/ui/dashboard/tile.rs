//! A tile: its heading, what can be done with it, and what it shows.

use super::content::Content;
use super::drag::Dragging;
use super::use_board;
use crate::app::dashboard::{self as app, HEIGHTS, WIDTHS};
use crate::domain::change::Kind;
use crate::domain::command::insight::InsightCommand;
use crate::domain::dashboard::Tile;
use crate::domain::ids::TileId;
use crate::ui::parts::*;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Edit,
    Earlier,
    Later,
    Wider,
    Narrower,
    Higher,
    Lower,
    Duplicate,
    Remove,
}

fn entries(tile: &Tile, at: usize, count: usize) -> Vec<MenuEntry<Act>> {
    let item = |act, label: &str, can: bool| MenuItem::new(act, label).disabled(!can);
    let can = |sizes: &[u8], now, up| app::resized(sizes, now, up).is_some();
    vec![
        MenuItem::new(Act::Edit, "Change…")
            .icon(Glyph::Pencil)
            .into(),
        item(Act::Earlier, "Move earlier", at > 0)
            .icon(Glyph::ArrowLeft)
            .into(),
        item(Act::Later, "Move later", at + 1 < count)
            .icon(Glyph::ArrowRight)
            .into(),
        item(Act::Wider, "Wider", can(&WIDTHS, tile.width, true)).into(),
        item(Act::Narrower, "Narrower", can(&WIDTHS, tile.width, false)).into(),
        item(Act::Higher, "Higher", can(&HEIGHTS, tile.height, true)).into(),
        item(Act::Lower, "Lower", can(&HEIGHTS, tile.height, false)).into(),
        MenuItem::new(Act::Duplicate, "Duplicate").into(),
        MenuItem::new(Act::Remove, "Remove")
            .icon(Glyph::Trash)
            .danger()
            .into(),
    ]
}

/// One tile.
#[component]
pub(super) fn TileView(
    /// Which.
    id: TileId,
    /// Dragging on this dashboard.
    dragging: Dragging,
) -> impl IntoView {
    let board = use_board();
    let found = move || {
        board.tiles.with(|all| {
            let at = all.iter().position(|(own, _)| *own == id)?;
            Some((at, all.len(), all[at].1.clone()))
        })
    };
    let place = Memo::new(move |_| found().map_or((0, 0), |(at, count, _)| (at, count)));
    let tile = Memo::new(move |before: Option<&Tile>| {
        // Kept while it goes.
        found()
            .map(|(_, _, tile)| tile)
            .or(before.cloned())
            .unwrap_or_else(|| Tile {
                rank: crate::domain::rank::Rank::default(),
                metric: String::new(),
                view: String::new(),
                by: String::new(),
                period: String::new(),
                filters: Vec::new(),
                title: String::new(),
                width: 3,
                height: 1,
            })
    });
    let title = Memo::new(move |_| {
        board.store.track_kind(Kind::CustomField);
        let tile = tile.get();
        board.store.with(|s| app::title(&tile, s.world()))
    });
    let save = move |change: &dyn Fn(&mut crate::domain::command::insight::TileDraft)| {
        let Some(dashboard) = board.id.get_untracked() else {
            return;
        };
        let mut draft = app::draft(&tile.get_untracked());
        change(&mut draft);
        board.run(InsightCommand::SaveTile {
            id: dashboard,
            tile: Some(id),
            draft: Box::new(draft),
        });
    };
    let resize = move |wide: bool, up: bool| {
        let now = tile.get_untracked();
        let (sizes, size): (&[u8], u8) = if wide {
            (&WIDTHS, now.width)
        } else {
            (&HEIGHTS, now.height)
        };
        if let Some(size) = app::resized(sizes, size, up) {
            save(&|draft| {
                if wide {
                    draft.width = size
                } else {
                    draft.height = size
                }
            });
        }
    };
    let shift = move |later: bool| {
        let (at, _) = place.get_untracked();
        let index = if later {
            Some(at + 1)
        } else {
            at.checked_sub(1)
        };
        if let Some(index) = index {
            board.place(id, index);
        }
    };
    let pick = move |act: Act| {
        let Some(dashboard) = board.id.get_untracked() else {
            return;
        };
        match act {
            Act::Edit => board.form.set(Some(Some(id))),
            Act::Earlier => shift(false),
            Act::Later => shift(true),
            Act::Wider => resize(true, true),
            Act::Narrower => resize(true, false),
            Act::Higher => resize(false, true),
            Act::Lower => resize(false, false),
            Act::Duplicate => board.run(InsightCommand::DuplicateTile {
                id: dashboard,
                tile: id,
            }),
            Act::Remove => board.run(InsightCommand::RemoveTile {
                id: dashboard,
                tile: id,
            }),
        }
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowLeft" | "ArrowUp" => shift(false),
            "ArrowRight" | "ArrowDown" => shift(true),
            "Escape" => return dragging.cancel(),
            _ => return,
        }
        event.prevent_default();
    };
    let drop = move || {
        if let Some((moved, over)) = dragging.end() {
            let index = board
                .tiles
                .with_untracked(|all| all.iter().position(|(own, _)| *own == over));
            if let Some(index) = index {
                board.place(moved, index);
            }
        }
    };
    let menu = Signal::derive(move || {
        let (at, count) = place.get();
        tile.with(|tile| entries(tile, at, count))
    });
    view! {
        <article
            class="tile"
            class:tile--dragged=move || dragging.is_dragged(id)
            class:tile--over=move || dragging.is_over(id)
            role="listitem"
            data-tile=id.to_string()
            data-width=move || tile.with(|t| t.width.to_string())
            data-height=move || tile.with(|t| t.height.to_string())
            aria-label=title
        >
            <header class="tile__head">
                <button
                    type="button"
                    class="tile__grip no-print"
                    aria-label=move || format!("Move {}: arrow keys, or drag", title.get())
                    title="Drag, or move with the arrow keys"
                    on:pointerdown=move |event: PointerEvent| dragging.press(&event, id)
                    on:pointermove=move |event: PointerEvent| dragging.follow(&event)
                    on:pointerup=move |_| drop()
                    on:pointercancel=move |_| dragging.cancel()
                    on:keydown=on_key
                >
                    <Icon glyph=Glyph::Grip/>
                </button>
                <h2 class="tile__title">{title}</h2>
                <span class="no-print">
                    <Menu label=Signal::derive(move || format!("More for {}", title.get())) icon=Glyph::Dots icon_only=true kind=ButtonKind::Ghost size=ButtonSize::Small align=Align::End entries=menu on_pick=pick/>
                </span>
            </header>
            <div class="tile__body">{in_turn(move || view! { <Content tile title/> })}</div>
        </article>
    }
}
