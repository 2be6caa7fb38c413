//! What a tile shows.

use super::list::DealList;
use super::panel::PanelTile;
use super::split_tile::{Course, Split};
use super::use_board;
use crate::app::dashboard::{self as app, Shown, TileView};
use crate::domain::change::Kind;
use crate::domain::dashboard::Tile;
use crate::domain::ids::PipelineId;
use crate::domain::insight::answer::Question;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::period::Period;
use crate::domain::insight::select::Selection;
use crate::domain::insight::slice::{Dimension, filtered};
use crate::domain::insight::target;
use crate::shell::intl;
use crate::ui::insight::{Behind, use_rows};
use crate::ui::insight::{
    Deals, Definition, FigureData, Reading, figure, period_words, use_reading,
};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// What a tile looks at; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub reading: Reading,
    pub tile: Memo<Tile>,
    /// Its deals.
    pub of: Memo<Arc<Selection>>,
    /// Its days, and those before.
    pub days: Memo<(Period, Option<Period>)>,
}

impl Look {
    fn new(tile: Memo<Tile>) -> Self {
        let (board, reading) = (use_board(), use_reading());
        let store = board.store;
        let of = Memo::new(move |_| {
            let facts = reading.facts();
            let filters = tile.with(|t| app::filters(&t.filters));
            let all = Selection::all(&facts);
            Arc::new(if filters.is_empty() {
                all
            } else {
                store.with(|s| filtered(s.world(), &facts, &all, &filters))
            })
        });
        let days = Memo::new(move |_| {
            store.track_kind(Kind::Workspace);
            let usual = tile
                .with(|t| Shown::of(&t.metric, &t.view))
                .and_then(Shown::usual_time);
            let when = board.when(&tile.with(|t| t.period.clone()), usual);
            let today = store.tick().today;
            let fiscal = store.with(|s| s.world().state.workspace().fiscal_month);
            (when.days(today, fiscal), when.before(today, fiscal))
        });
        Self {
            reading,
            tile,
            of,
            days,
        }
    }

    /// The one value a tile is filtered by in a dimension.
    fn filter(self, by: Dimension) -> Option<String> {
        let all = self.tile.with(|t| app::filters(&t.filters));
        let found = all.into_iter().find(|(own, _)| *own == by);
        found.and_then(|(_, keys)| keys.into_iter().next())
    }

    /// Asks something of a time. Tracked.
    pub fn ask<R>(self, period: Period, read: impl FnOnce(&Question<'_>) -> R) -> R {
        let pipeline: Option<PipelineId> = self
            .filter(Dimension::Pipeline)
            .and_then(|key| key.parse().ok());
        let owner = self
            .filter(Dimension::Owner)
            .and_then(|key| key.parse().ok());
        let store = self.reading.insight.store;
        store.track_kind(Kind::Quota);
        let today = store.tick().today;
        let owners = owner.map(|owner| vec![owner]);
        let quota =
            store.with(|s| target::quota(&s.world().state, owners.as_deref(), pipeline, today));
        self.reading.ask(period, |q| {
            read(&Question {
                pipeline,
                quota,
                ..*q
            })
        })
    }
}

/// What a tile shows, whatever it is.
#[component]
pub(super) fn Content(
    /// The tile.
    tile: Memo<Tile>,
    /// Its heading.
    title: Memo<String>,
) -> impl IntoView {
    let look = Look::new(tile);
    let shown = Memo::new(move |_| tile.with(|t| Shown::of(&t.metric, &t.view)));
    block(move || {
        match shown.get() {
        None => view! { <p class="tile__none">"A newer Fairlead made this tile. Reload to see it, or change it."</p> }.into_any(),
        Some(Shown::Panel(panel)) => view! { <PanelTile look panel/> }.into_any(),
        Some(Shown::List(kind)) => view! { <DealList look kind title/> }.into_any(),
        Some(Shown::Figure(metric, TileView::Line)) => view! { <Course look metric title/> }.into_any(),
        Some(Shown::Figure(metric, TileView::Bar)) => view! { <Split look metric title as_table=false/> }.into_any(),
        Some(Shown::Figure(metric, TileView::Table)) => view! { <Split look metric title as_table=true/> }.into_any(),
        Some(Shown::Figure(metric, _)) => view! { <Number look metric title/> }.into_any(),
    }
    })
}

/// What is shown where a figure has no number.
fn none_words(metric: Metric, nouns: (&str, &str)) -> String {
    match metric {
        Metric::Coverage => "None: no quota runs today, or it is reached.".into(),
        Metric::Velocity => "None yet: nothing with a value was won in this time.".into(),
        _ => format!("None yet: no {} here.", nouns.1),
    }
}

/// One number.
#[component]
fn Number(
    /// What the tile looks at.
    look: Look,
    /// The figure.
    metric: Metric,
    /// The tile's heading.
    title: Memo<String>,
) -> impl IntoView {
    let rows = use_rows();
    let data: Memo<FigureData> = Memo::new(move |_| {
        let of = look.of.get();
        let (period, before) = look.days.get();
        let now = look.ask(period, |q| q.answer(metric, &of));
        let before = before.filter(|_| Question::has_course(metric));
        let before = before.map(|period| look.ask(period, |q| q.answer(metric, &of)));
        let sentence = look.reading.rules.get().definition(metric);
        let n = usize::try_from(now.n).unwrap_or(usize::MAX);
        let deals = Deals::asked(n, move || {
            let (of, (period, _)) = (look.of.get(), look.days.get());
            look.ask(period, |q| q.deals(metric, &of))
        });
        let insight = look.reading.insight;
        figure(insight, metric, now, before.as_ref(), deals, sentence)
    });
    let open = move |_| {
        let data = data.get_untracked();
        rows.open(Behind {
            title: format!("{} {}", title.get_untracked(), data.value),
            sentence: data.sentence,
            deals: data.deals.get(),
        });
    };
    let of = move || {
        data.with(|d| {
            let n = intl::count(d.n, d.nouns.0, d.nouns.1);
            match &d.interval {
                Some(interval) => format!("{interval}, {n}"),
                None => n,
            }
        })
    };
    let none = Memo::new(move |_| data.with(|d| d.value.is_empty()));
    let period = move || {
        let has =
            Question::has_course(metric) || metric == Metric::Slips || metric == Metric::Velocity;
        has.then(|| view! { <span class="tile__small">{period_words(look.days.get().0)}</span> })
    };
    view! {
        <div class="tile__number" class:figure--few=move || data.with(|d| d.small.is_some())>
            {block(move || if none.get() {
                view! { <p class="tile__none">{move || data.with(|d| none_words(metric, d.nouns))}</p> }.into_any()
            } else {
                view! {
                    <button type="button" class="figure__value tile__value" on:click=open>
                        {move || data.with(|d| d.value.clone())}
                        <span class="visually-hidden">", show the deals behind it"</span>
                    </button>
                    <span class="tile__small">{of}</span>
                    {move || data.with(|d| d.way.clone()).map(|way| view! { <span class="tile__small">{way}</span> })}
                }.into_any()
            })}
            {block(move || data.with(|d| d.delta.clone()).map(|d| view! {
                <span class="figure__delta" data-good=d.good.map(|g| if g { "yes" } else { "no" })>{d.text}</span>
            }))}
            {block(move || data.with(|d| d.small.clone()).map(|why| view! { <span class="figure__few">{why}</span> }))}
            <span class="tile__foot">{block(period)} <Explain title=metric.label()><Definition metric/></Explain></span>
        </div>
    }
}
