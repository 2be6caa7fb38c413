//! Long lists: thousands of rows of which only those in view are in the page.
//!
//! The data comes from [`use_list`], which finds and sorts; [`ListTools`] stands above with the
//! search, the order and the count; [`List`] shows the rows. Where there is room it is a grid
//! of columns with sorting heads; in a narrow place each row takes two lines, and the columns
//! that have a [`Corner`] stand in its four corners.

mod head;
mod keys;
mod model;
mod rows;
mod tools;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::measure::observe_height;
use super::popup::Align;

pub use model::{Keep, ListData, ListModel, use_list};
pub use tools::ListTools;

/// Where a column stands in a row of two lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// First line, at the start. The first column always stands here.
    TopStart,
    /// First line, at the end.
    TopEnd,
    /// Second line, at the start.
    BottomStart,
    /// Second line, at the end.
    BottomEnd,
}

impl Corner {
    fn code(self) -> &'static str {
        match self {
            Self::TopStart => "top-start",
            Self::TopEnd => "top-end",
            Self::BottomStart => "bottom-start",
            Self::BottomEnd => "bottom-end",
        }
    }
}

/// One column of a [`List`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListColumn {
    /// What sorting speaks of; never shown.
    pub key: &'static str,
    /// The heading.
    pub label: &'static str,
    /// Its width as a track of a CSS grid.
    pub track: &'static str,
    /// Numbers stand at the end, everything else at the start.
    pub align: Align,
    /// Whether its heading sorts.
    pub sortable: bool,
    /// Sorting by it begins with the largest.
    pub largest_first: bool,
    /// Only shown where there is much room.
    pub wide: bool,
    /// Its place in rows of two lines; none where it is not shown there.
    pub corner: Option<Corner>,
}

impl ListColumn {
    /// A sortable column of text.
    #[must_use]
    pub const fn new(key: &'static str, label: &'static str, track: &'static str) -> Self {
        Self {
            key,
            label,
            track,
            align: Align::Start,
            sortable: true,
            largest_first: false,
            wide: false,
            corner: None,
        }
    }

    /// The same for numbers: at the end, the largest first.
    #[must_use]
    pub const fn numeric(mut self) -> Self {
        self.align = Align::End;
        self.largest_first = true;
        self
    }

    /// The same, sorted with the largest (latest) first.
    #[must_use]
    pub const fn largest_first(mut self) -> Self {
        self.largest_first = true;
        self
    }

    /// The same, not sortable.
    #[must_use]
    pub const fn fixed(mut self) -> Self {
        self.sortable = false;
        self
    }

    /// The same, only shown where there is much room.
    #[must_use]
    pub const fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The same, with a place in rows of two lines.
    #[must_use]
    pub const fn corner(mut self, corner: Corner) -> Self {
        self.corner = Some(corner);
        self
    }
}

/// What stands in a row.
pub struct ListRow {
    /// Where it leads.
    pub href: String,
    /// One cell for each column. The first one is the text of the link; a press anywhere else
    /// in the row follows it as well, but for controls in cells.
    pub cells: Vec<AnyView>,
}

/// Makes a row; reactive.
type MakeRow = Arc<dyn Fn(u64) -> ListRow + Send + Sync>;

/// What the parts of a list share.
#[derive(Clone, Copy)]
struct Shared {
    model: ListModel,
    columns: StoredValue<Vec<ListColumn>>,
    make: StoredValue<MakeRow>,
    /// The element that scrolls, and is the grid.
    scroller: NodeRef<html::Div>,
    /// Height of a row, CSS pixels; 0 until measured.
    row: RwSignal<f64>,
    /// Height of what can be seen, with the head.
    height: RwSignal<f64>,
    /// Height of the head; 0 in a narrow place, where there is none.
    head: RwSignal<f64>,
}

/// A list that fills the height it is given and scrolls by itself.
///
/// One Tab leads to its heads, one to its rows. In the rows Up, Down, Page Up, Page Down, Home
/// and End move, Enter opens.
#[component]
pub fn List(
    /// What is found, in which order.
    model: ListModel,
    /// What it lists, for assistive technology.
    #[prop(into)]
    label: Signal<String>,
    /// The columns; the first one names the row.
    columns: Vec<ListColumn>,
    /// Makes a row; reactive. Run only for rows in view.
    row: impl Fn(u64) -> ListRow + Send + Sync + 'static,
    /// What stands there while nothing is found.
    #[prop(optional, into)]
    empty: ViewFn,
) -> impl IntoView {
    let tracks = |keep: fn(&ListColumn) -> bool| {
        let tracks = columns.iter().filter(|c| keep(c)).map(|c| c.track);
        tracks.collect::<Vec<_>>().join(" ")
    };
    let (all, fewer) = (tracks(|_| true), tracks(|c| !c.wide));
    let count = columns.len();
    let shared = Shared {
        model,
        columns: StoredValue::new(columns),
        make: StoredValue::new(Arc::new(row)),
        scroller: NodeRef::new(),
        row: RwSignal::new(0.0),
        height: RwSignal::new(0.0),
        head: RwSignal::new(0.0),
    };
    let (ruler, head) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    observe_height(shared.scroller, shared.height);
    observe_height(ruler, shared.row);
    observe_height(head, shared.head);
    let found = Memo::new(move |_| model.order.with(|order| order.len()));
    let on_scroll = move |_| {
        if let Some(scroller) = shared.scroller.get_untracked() {
            model.scrolled.set(f64::from(scroller.scroll_top()));
        }
    };
    rows::keep_place(shared);
    view! {
        <div
            class="list"
            role="grid"
            tabindex="-1"
            aria-label=label
            aria-rowcount=move || (found.get() + 1).to_string()
            aria-colcount=count.to_string()
            node_ref=shared.scroller
            style:--list-all=all
            style:--list-fewer=fewer
            on:scroll=on_scroll
            on:keydown=move |event| keys::press(shared, &event)
        >
            <div class="list__ruler" aria-hidden="true" node_ref=ruler></div>
            <div class="list__headbox" role="rowgroup" node_ref=head><head::Head shared/></div>
            <rows::Rows shared found/>
            {move || (found.get() == 0).then(|| view! { <div class="list__none" role="row"><div role="gridcell">{empty.run()}</div></div> })}
        </div>
    }
}
