//! The pipeline as a chart, a press away from the totals.

use super::state::use_board;
use crate::domain::ids::StageId;
use crate::ui::lazy::{self, Part};
use crate::ui::parts::{Dialog, Glyph, IconButton};
use leptos::prelude::*;

/// A button that shows open and weighted value by stage; a bar leads to its column.
#[component]
pub(super) fn ChartButton() -> impl IntoView {
    let board = use_board();
    let open = RwSignal::new(false);
    let pick = Callback::new(move |stage: StageId| {
        open.set(false);
        board.show_column(stage);
    });
    view! {
        <div class="board-chart">
            <IconButton label="Value by stage as a chart" glyph=Glyph::Chart on_click=move |_| open.set(true)/>
            <Dialog open title="Value by stage" on_close=move |()| open.set(false)>
                {lazy::piece(Part::StageChart { pipeline: board.pipeline.into(), on_pick: pick })}
            </Dialog>
        </div>
    }
}
