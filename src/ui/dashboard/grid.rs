//! The tiles in their order.

use super::drag::Dragging;
use super::tile::TileView;
use super::use_board;
use crate::ui::parts::*;
use leptos::prelude::*;

/// All tiles.
#[component]
pub(super) fn Grid() -> impl IntoView {
    let board = use_board();
    let dragging = Dragging::new();
    let none = Memo::new(move |_| board.tiles.with(Vec::is_empty));
    let ids = move || {
        board
            .tiles
            .with(|all| all.iter().map(|(id, _)| *id).collect::<Vec<_>>())
    };
    view! {
        <div class="dash__grid" role="list" aria-label="Tiles">
            <For each=ids key=|id| *id children=move |id| view! { <TileView id dragging/> }/>
        </div>
        {block(move || none.get().then(|| view! {
            <Empty glyph=Glyph::Plus title="Nothing on it yet" text=Some(String::from("Add a tile: a number, a line over months, bars by owner or source, or a list of deals.")) >
                <Button kind=ButtonKind::Secondary icon=Glyph::Plus on_click=move |_| board.form.set(Some(None))>"Add a first tile"</Button>
            </Empty>
        }))}
    }
}
