//! What a list shows: which rows are found, in which order. Kept while one is elsewhere.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::list::{Query, Sort, SortKey, arranged};

/// Reads what the rows of these ids are sorted by in a column.
pub type Keys = Box<dyn Fn(&'static str, &[u64]) -> Vec<SortKey> + Send + Sync>;

/// Where the rows of a list come from. All three closures are reactive: they track what they
/// read. They work on all rows at once, so that the data is asked for once, not per row.
pub struct ListData {
    /// Every row with the folded text it is found by, in the order in which equal rows stand.
    pub rows: Box<dyn Fn() -> Vec<(u64, String)> + Send + Sync>,
    /// What these rows are sorted by in a column, one key for each.
    pub keys: Keys,
    /// Which rows the view's own filters let through; none for all.
    pub keep: Box<dyn Fn() -> Option<Keep> + Send + Sync>,
}

/// Whether the view's own filters let a row through.
pub type Keep = Box<dyn Fn(u64) -> bool>;

/// The rows as they were found and folded.
type Indexed = Arc<Vec<(u64, String)>>;

/// The state of a list, cheap to copy.
#[derive(Clone, Copy)]
pub struct ListModel {
    /// What is looked for.
    pub query: RwSignal<String>,
    /// The order.
    pub sort: RwSignal<Sort>,
    /// The rows found, in order.
    pub order: Memo<Arc<Vec<u64>>>,
    /// How many rows there are in all.
    pub total: Memo<usize>,
    /// How far it is scrolled, in CSS pixels.
    pub(super) scrolled: RwSignal<f64>,
    /// The row that has, or had last, the focus.
    pub(super) cursor: RwSignal<Option<u64>>,
}

/// A list as it was left.
#[derive(Clone)]
struct Left {
    query: String,
    sort: Sort,
    scrolled: f64,
    cursor: Option<u64>,
}

thread_local! {
    static LEFT: RefCell<HashMap<&'static str, Left>> = RefCell::default();
}

/// A list over this data, as it was left when it was last shown under this name.
pub fn use_list(name: &'static str, sort: Sort, data: ListData) -> ListModel {
    let left = LEFT.with_borrow(|all| all.get(name).cloned());
    let left = left.unwrap_or(Left {
        query: String::new(),
        sort,
        scrolled: 0.0,
        cursor: None,
    });
    let ListData { rows, keys, keep } = data;
    let query = RwSignal::new(left.query);
    let sort = RwSignal::new(left.sort);
    let (scrolled, cursor) = (RwSignal::new(left.scrolled), RwSignal::new(left.cursor));
    let indexed = Memo::new(move |_| Indexed::new(rows()));
    let sorted = Memo::new(move |_| {
        let sort = sort.get();
        let ids: Vec<u64> = indexed.with(|rows| rows.iter().map(|row| row.0).collect());
        Arc::new(arranged(&keys(sort.by, &ids), sort.descending))
    });
    let order = Memo::new(move |_| {
        let query = query.with(|typed| Query::new(typed));
        let (finds, keep) = (query.finds(), keep());
        indexed.with(|rows| {
            let found = |place: &u32| {
                let (id, text) = &rows[*place as usize];
                let kept = keep.as_ref().is_none_or(|keep| keep(*id));
                (kept && finds(text)).then_some(*id)
            };
            sorted.with(|places| Arc::new(places.iter().filter_map(found).collect::<Vec<u64>>()))
        })
    });
    on_cleanup(move || {
        let left = Left {
            query: query.get_untracked(),
            sort: sort.get_untracked(),
            scrolled: scrolled.get_untracked(),
            cursor: cursor.get_untracked(),
        };
        LEFT.with_borrow_mut(|all| all.insert(name, left));
    });
    ListModel {
        query,
        sort,
        order,
        total: Memo::new(move |_| indexed.with(|rows| rows.len())),
        scrolled,
        cursor,
    }
}

impl ListModel {
    /// Whether a row has the focus, or had it last: the controls in its cells, and only
    /// those, are stops for Tab. Reactive.
    #[must_use]
    pub fn is_current(self, id: u64) -> bool {
        self.cursor.get() == Some(id)
    }

    /// Sorts by a column; by the same one the other way round.
    pub(super) fn sort_by(self, column: &'static str, first_down: bool) {
        self.sort.update(|sort| {
            *sort = if sort.by == column {
                Sort {
                    descending: !sort.descending,
                    ..*sort
                }
            } else {
                Sort {
                    by: column,
                    descending: first_down,
                }
            };
        });
    }
}
