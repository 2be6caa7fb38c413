//! All reviews: those going on, those closed, and a new one.

use super::begin::BeginDialog;
use crate::app::review::{Minutes, minutes};
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::ReviewId;
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::frame::TopBar;
use crate::ui::keys::{Group, on};
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// Rows shown before one asks for more.
const FEW: usize = 50;

/// A review in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    id: ReviewId,
    name: String,
    whose: String,
    on: Option<chrono::NaiveDate>,
    going: bool,
    deals: usize,
    seen: usize,
    decisions: usize,
    open: usize,
    tasks: usize,
}

impl Row {
    fn of(found: &Minutes) -> Self {
        let (open, tasks) = found.tasks();
        Self {
            id: found.id,
            name: found.name.clone(),
            whose: found.whose.clone(),
            on: found.on,
            going: found.closed.is_none(),
            deals: found.topics.len(),
            seen: found.seen(),
            decisions: found.decisions(),
            open,
            tasks,
        }
    }
}

/// All reviews.
#[component]
pub fn ReviewsView() -> impl IntoView {
    let store = use_store();
    let beginning = RwSignal::new(false);
    on("N", "Begin a review", Group::Review, move || {
        beginning.set(true)
    });
    let rows = Memo::new(move |_| {
        for kind in [Kind::Review, Kind::Activity, Kind::Person, Kind::Team] {
            store.track_kind(kind);
        }
        store.with(|s| {
            let world = s.world();
            let all = world.state.tables.reviews.iter();
            let mut all: Vec<_> = all
                .map(|r| (r.closed.is_some(), r.on, r.begun, r.id))
                .collect();
            // Those going on first, then the latest.
            all.order_by_key(|(closed, on, begun, id)| {
                (*closed, std::cmp::Reverse((*on, *begun)), *id)
            });
            all.into_iter()
                .filter_map(|(.., id)| minutes(world, id))
                .map(|found| Row::of(&found))
                .collect::<Vec<_>>()
        })
    });
    let some = Memo::new(move |_| rows.with(|all| !all.is_empty()));
    view! {
        <TopBar title="Reviews">
            <Button icon=Glyph::Review kbd="N" on_click=move |_| beginning.set(true)>"Begin a review"</Button>
        </TopBar>
        <div class="page reviews">
            {move || if some.get() {
                view! { <Reviews rows/> }.into_any()
            } else {
                view! {
                    <Empty
                        glyph=Glyph::Review
                        title="No reviews yet"
                        text="A review goes through what was won, lost, moved and forgotten since the last one, deal by deal, and keeps what was decided."
                    >
                        <Button kind=ButtonKind::Primary icon=Glyph::Review on_click=move |_| beginning.set(true)>"Begin the first one"</Button>
                    </Empty>
                }.into_any()
            }}
        </div>
        <BeginDialog open=beginning/>
    }
}

#[component]
fn Reviews(
    /// What there is.
    rows: Memo<Vec<Row>>,
) -> impl IntoView {
    let most = RwSignal::new(FEW);
    let columns = vec![
        Column::new("name", "Review"),
        Column::new("on", "Held on"),
        Column::new("deals", "Deals").numeric(),
        Column::new("decisions", "Decisions").numeric(),
        Column::new("open", "Open tasks").numeric(),
    ]
    .into_iter()
    .map(Column::fixed)
    .collect::<Vec<_>>();
    let row = |row: Row| {
        let seen = if row.seen == row.deals {
            intl::integer(row.deals as i64)
        } else {
            format!(
                "{} of {}",
                intl::integer(row.seen as i64),
                intl::integer(row.deals as i64)
            )
        };
        let tasks = if row.tasks == 0 {
            String::from("none")
        } else {
            format!(
                "{} of {}",
                intl::integer(row.open as i64),
                intl::integer(row.tasks as i64)
            )
        };
        view! {
            <tr>
                <th scope="row">
                    <a class="reviews__name" href=Route::Review(row.id).print()>{row.name}</a>
                    {row.going.then(|| view! { " " <Chip tone=Tone::Accent>"Going on"</Chip> })}
                    <span class="reviews__whose">{row.whose}</span>
                </th>
                <td>{row.on.map(fmt::date)}</td>
                <td class="num">{seen}</td>
                <td class="num">{intl::integer(row.decisions as i64)}</td>
                <td class="num">{tasks}</td>
            </tr>
        }
    };
    let hidden = move || rows.with(Vec::len).saturating_sub(most.get());
    view! {
        <Table caption="Reviews" columns=Signal::stored(columns)>
            {move || rows.get().into_iter().take(most.get()).map(row).collect_view()}
        </Table>
        {move || (hidden() > 0).then(|| view! {
            <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| most.update(|n| *n += 100)>
                {format!("Show {} more", intl::integer(hidden().min(100) as i64))}
            </Button>
        })}
    }
}
