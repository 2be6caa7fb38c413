//! Arranging tiles by dragging their handles, with mouse, pen or finger.

use crate::domain::ids::TileId;
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How far the pointer goes, in CSS pixels, before a press becomes a drag.
const SLOP: f64 = 5.0;

/// A tile on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Drag {
    tile: TileId,
    start: (f64, f64),
    begun: bool,
    over: Option<TileId>,
}

/// Dragging on one dashboard.
#[derive(Clone, Copy)]
pub(super) struct Dragging(RwSignal<Option<Drag>>);

impl Dragging {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// A press on the handle of a tile.
    pub(super) fn press(self, event: &PointerEvent, tile: TileId) {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        if let Some(handle) = event
            .current_target()
            .and_then(|t| t.dyn_into::<Element>().ok())
        {
            // Refused only for a pointer that is up again.
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        self.0.set(Some(Drag {
            tile,
            start: (f64::from(event.client_x()), f64::from(event.client_y())),
            begun: false,
            over: None,
        }));
    }

    /// The pointer moved.
    pub(super) fn follow(self, event: &PointerEvent) {
        let Some(mut drag) = self.0.get_untracked() else {
            return;
        };
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        drag.begun |= (x - drag.start.0).hypot(y - drag.start.1) > SLOP;
        if drag.begun {
            drag.over = under(x, y).filter(|over| *over != drag.tile);
        }
        self.0.set(Some(drag));
    }

    /// The pointer is up: which tile goes to the place of which.
    pub(super) fn end(self) -> Option<(TileId, TileId)> {
        let drag = self.0.try_update(Option::take)??;
        drag.over
            .filter(|_| drag.begun)
            .map(|over| (drag.tile, over))
    }

    /// Gives up.
    pub(super) fn cancel(self) {
        self.0.set(None);
    }

    /// Whether a tile is on its way.
    pub(super) fn is_dragged(self, tile: TileId) -> bool {
        self.0
            .with(|d| d.is_some_and(|d| d.begun && d.tile == tile))
    }

    /// Whether the one on its way would take a tile's place.
    pub(super) fn is_over(self, tile: TileId) -> bool {
        self.0.with(|d| d.is_some_and(|d| d.over == Some(tile)))
    }
}

/// The tile at a place of the window.
fn under(x: f64, y: f64) -> Option<TileId> {
    let element = document().element_from_point(x as f32, y as f32)?;
    let tile = element.closest("[data-tile]").ok()??;
    tile.get_attribute("data-tile")?.parse().ok()
}
