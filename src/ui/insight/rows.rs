//! The deals behind a number.

use super::data::{Insight, day_of};
use super::deals::Deals;
use crate::app::list::{Sort, SortKey};
use crate::app::route::Route;
use crate::app::rows_csv::rows_csv;
use crate::app::session::Tone as Said;
use crate::domain::change::Kind;
use crate::domain::deal::Deal;
use crate::domain::ids::DealId;
use crate::domain::query::words::fold;
use crate::shell::clock;
use crate::shell::file::Download;
use crate::shell::intl;
use crate::ui::deal::StatusChip;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use std::sync::Arc;

/// What is behind a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// What the number is, with its value: "Win rate 42 %".
    pub title: String,
    /// Which deals these are and how the number comes about, in a sentence.
    pub sentence: String,
    /// The deals.
    pub deals: Arc<Vec<DealId>>,
}

/// Opens the deals behind numbers; cheap to copy, found with [`use_rows`].
#[derive(Clone, Copy)]
pub struct Rows {
    shown: RwSignal<Option<Behind>>,
    /// Whether with how often and to when the close was put off.
    put_off: RwSignal<bool>,
}

/// The dialog of the page around.
#[must_use]
pub fn use_rows() -> Rows {
    expect_context()
}

impl Rows {
    /// Makes it for the views below; they need one [`RowsDialog`] among them.
    pub fn provide() -> Self {
        let rows = Self {
            shown: RwSignal::new(None),
            put_off: RwSignal::new(false),
        };
        provide_context(rows);
        rows
    }

    /// Shows what is behind a number.
    pub fn open(self, behind: Behind) {
        self.put_off.set(false);
        self.shown.set(Some(behind));
    }

    /// Shows deals in this order, with how often and to when their close was put off.
    pub fn open_put_off(self, behind: Behind) {
        self.put_off.set(true);
        self.shown.set(Some(behind));
    }

    /// Shows these deals when pressed.
    pub fn opener(
        self,
        title: String,
        sentence: String,
        deals: impl Into<Deals>,
    ) -> Box<dyn Fn(MouseEvent)> {
        let deals = deals.into();
        Box::new(move |_| {
            self.open(Behind {
                title: title.clone(),
                sentence: sentence.clone(),
                deals: deals.get(),
            });
        })
    }
}

/// A number in a table that opens the deals behind it: see [`Rows::opener`].
pub fn number_button(text: String, press: impl Fn(MouseEvent) + 'static) -> AnyView {
    view! {
        <button type="button" class="team-number" on:click=press>
            {text}
            <span class="visually-hidden">", show the deals behind it"</span>
        </button>
    }
    .into_any()
}

const COLUMNS: [ListColumn; 8] = [
    ListColumn::new("title", "Deal", "minmax(11rem, 2fr)"),
    ListColumn::new("organisation", "Organisation", "minmax(8rem, 1.2fr)")
        .corner(Corner::BottomStart),
    ListColumn::new("owner", "Owner", "minmax(6rem, .9fr)").wide(),
    ListColumn::new("stage", "Stage", "minmax(6rem, .9fr)").wide(),
    ListColumn::new("status", "Status", "5.5rem").corner(Corner::BottomEnd),
    ListColumn::new("value", "Value", "minmax(5.5rem, .8fr)")
        .numeric()
        .corner(Corner::TopEnd),
    ListColumn::new("created", "Created", "6.5rem").largest_first(),
    ListColumn::new("closed", "Closed", "6.5rem").largest_first(),
];

/// The columns of deals that were put off: instead of their days how often, and to when.
fn columns(put_off: bool) -> Vec<ListColumn> {
    let mut all = COLUMNS.to_vec();
    if put_off {
        all.truncate(6);
        all.push(ListColumn::new("close", "Expected close", "7.5rem").largest_first());
        all.push(ListColumn::new("pushes", "Put off", "6rem").numeric());
    }
    all
}

/// How often the close of a deal was put off.
fn pushes(insight: Option<Insight>, id: DealId) -> u16 {
    let told = insight.and_then(|insight| insight.trails.get_untracked());
    told.map_or(0, |told| told.0.pushes(id))
}

/// The dialog; closed while nothing is asked for.
#[component]
pub fn RowsDialog() -> impl IntoView {
    let store = use_store();
    let Rows { shown, put_off } = use_rows();
    let open = Memo::new(move |_| shown.with(Option::is_some));
    let title = Memo::new(move |before: Option<&String>| {
        let now = shown.with(|b| b.as_ref().map(|b| b.title.clone()));
        now.or(before.cloned()).unwrap_or_default()
    });
    let foot = move || {
        view! {
            <Button class="push" icon=Glyph::Download on_click=move |_| download(store, shown)>"Download as CSV"</Button>
            <Button kind=ButtonKind::Primary on_click=move |_| shown.set(None)>"Close"</Button>
        }
    };
    view! {
        <Dialog open title kind=DialogKind::Large class="rows-dialog" on_close=move |()| shown.set(None) footer=foot>
            {move || shown.get().map(|behind| view! { <Found behind put_off=put_off.get_untracked()/> })}
        </Dialog>
    }
}

fn download(store: Store, shown: RwSignal<Option<Behind>>) {
    let Some(behind) = shown.get_untracked() else {
        return;
    };
    let table = store.with(|s| rows_csv(&s.world().state, &behind.deals, clock::civil_date));
    let mut file = Download::new("text/csv;charset=utf-8");
    let name = format!("fairlead-rows-{}.csv", clock::today());
    match file.text(&table).and_then(|()| file.save(&name)) {
        Ok(()) => store.say(format!("Downloaded {name}"), Said::Done),
        Err(error) => store.say(format!("Nothing was downloaded. {error}"), Said::Refused),
    }
}

fn key(store: Store, by: &'static str, id: u64) -> SortKey {
    store.with(|s| {
        let state = &s.world().state;
        let Some(deal) = state.tables.deals.get(DealId(id)) else {
            return SortKey::Nothing;
        };
        let day = |d: chrono::NaiveDate| (d - chrono::NaiveDate::default()).num_days();
        let name = |id: Option<crate::domain::change::EntityRef>| {
            id.map_or(SortKey::Nothing, |id| SortKey::text(&state.name_of(id)))
        };
        match by {
            "organisation" => name(deal.organisation.map(Into::into)),
            "owner" => name(deal.owner.map(Into::into)),
            "stage" => state
                .stage_of(deal)
                .map_or(SortKey::Nothing, |s| SortKey::text(&s.name)),
            "status" => SortKey::text(deal.outcome.status().label()),
            "value" => SortKey::number(deal.value.map(|v| v.minor)),
            "created" => SortKey::Number(deal.created),
            "close" => SortKey::number(deal.close.map(day)),
            "closed" => SortKey::number(deal.outcome.closure().map(|c| day(c.on))),
            _ => SortKey::text(&deal.title),
        }
    })
}

/// The sentence and the list.
#[component]
fn Found(
    /// What is shown.
    behind: Behind,
    /// Whether with how often and to when the close was put off.
    put_off: bool,
) -> impl IntoView {
    let (store, insight) = (use_store(), use_context::<Insight>());
    let columns = columns(put_off);
    let deals = StoredValue::new(behind.deals);
    let rows = move || {
        store.track_kind(Kind::Deal);
        store.with(|s| {
            let state = &s.world().state;
            let row = |id: &DealId| {
                let deal = state.tables.deals.get(*id)?;
                let org = deal.organisation.map(|org| state.name_of(org.into()));
                let text = format!("{}\n{}", deal.title, org.unwrap_or_default());
                Some((id.0, fold(&text)))
            };
            deals.with_value(|all| all.iter().filter_map(row).collect())
        })
    };
    let model = use_list(
        if put_off {
            "rows that were put off"
        } else {
            "rows behind a number"
        },
        Sort::down(if put_off { "pushes" } else { "closed" }),
        ListData {
            rows: Box::new(rows),
            keys: Box::new(move |by, ids| {
                let pushed = |id: &u64| SortKey::Number(pushes(insight, DealId(*id)).into());
                let key = |id: &u64| key(store, by, *id);
                match by {
                    "pushes" => ids.iter().map(pushed).collect(),
                    _ => ids.iter().map(key).collect(),
                }
            }),
            keep: Box::new(|| None),
        },
    );
    // Another number is other deals: what was looked for among the last ones is over.
    model.query.set(String::new());
    let row = move |id: u64| {
        store.track(DealId(id));
        let cells = store.with(|s| {
            let deal = s.world().state.tables.deals.get(DealId(id));
            let times = put_off.then(|| pushes(insight, DealId(id)));
            deal.map(|deal| cells(&s.world().state, deal, times))
        });
        ListRow {
            href: Route::Deal(DealId(id)).print(),
            cells: cells.unwrap_or_default(),
        }
    };
    let n = Memo::new(move |_| model.total.get());
    view! {
        <div class="rows-behind">
            <p class="rows-behind__what">{behind.sentence} " " <b>{move || format!("n = {}", intl::integer(n.get() as i64))}</b></p>
            <ListTools model columns=columns.clone() nouns=("deal", "deals")/>
            <List
                model
                label="Deals behind the number"
                columns
                row
                empty=|| view! { <Empty glyph=Glyph::Search title="No deals" text="Nothing is behind this number, or the search leaves all out."/> }
            />
        </div>
    }
}

fn cells(state: &crate::domain::state::State, deal: &Deal, put_off: Option<u16>) -> Vec<AnyView> {
    let name = |id: Option<crate::domain::change::EntityRef>| {
        id.map(|id| state.name_of(id)).unwrap_or_default()
    };
    let status = deal.outcome.status();
    let mut all = vec![
        view! { <span>{deal.title.clone()}</span> }.into_any(),
        name(deal.organisation.map(Into::into)).into_any(),
        name(deal.owner.map(Into::into)).into_any(),
        state.stage_of(deal).map(|s| s.name.clone()).into_any(),
        view! { <StatusChip status/> }.into_any(),
        deal.value.map(fmt::money).into_any(),
    ];
    all.extend(match put_off {
        Some(times) => [
            deal.close.map(fmt::date).into_any(),
            intl::count(times.into(), "time", "times").into_any(),
        ],
        None => [
            fmt::date(day_of(deal.created)).into_any(),
            deal.outcome.closure().map(|c| fmt::date(c.on)).into_any(),
        ],
    });
    all
}
