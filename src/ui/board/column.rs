//! A stage's column: its head, its list, and what it shrinks to.

use super::bulk::focus_in;
use super::lane::Lane;
use super::quick_add::QuickAdd;
use super::state::{Board, use_board};
use super::virtual_list::VirtualList;
use crate::app::route::Route;
use crate::domain::ids::StageId;
use crate::domain::money::{Currency, Money};
use crate::domain::query::board::Totals;
use crate::domain::stage::StageKind;
use crate::shell::intl;
use crate::ui::deal::new_deal_in;
use crate::ui::fmt;
use crate::ui::nav;
use crate::ui::parts::{
    Align, ButtonKind, ButtonSize, Glyph, Icon, IconButton, Menu, MenuItem, block,
};
use leptos::prelude::*;

/// What a column says about its stage.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Head {
    name: String,
    purpose: String,
    kind: StageKind,
    probability: u8,
    hue: &'static str,
}

/// What a column's menu offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    New,
    Fold,
    Edit,
}

impl Board {
    fn head(self, stage: StageId) -> Option<Head> {
        self.store.track(stage);
        self.store.with(|s| {
            let stage = s.world().state.tables.stages.get(stage)?;
            Some(Head {
                name: stage.name.clone(),
                purpose: stage.purpose.clone(),
                kind: stage.kind,
                probability: stage.probability,
                hue: stage.hue.code(),
            })
        })
    }

    /// Narrows a column to a strip, or widens it again, and keeps the focus in it.
    fn fold(self, stage: StageId, folded: bool) {
        let key = stage.to_string();
        self.store.prefs().update(|prefs| {
            prefs.folded.retain(|id| *id != key);
            if folded {
                prefs.folded.push(key);
            }
        });
        let button = if folded {
            ".board-col__unfold"
        } else {
            ".board-col__menu"
        };
        request_animation_frame(move || focus_in(&format!("[data-stage=\"{stage}\"] {button}")));
    }
}

/// A column, wide or folded.
#[component]
pub(super) fn ColumnView(
    /// Its stage.
    stage: StageId,
) -> impl IntoView {
    let board = use_board();
    let lane = board.lane(stage);
    let key = stage.to_string();
    let folded = Memo::new(move |_| board.store.prefs().with(|p| p.folded.contains(&key)));
    let head = Memo::new(move |before: Option<&Option<Head>>| {
        // A stage just removed keeps its face until its column goes.
        board.head(stage).or_else(|| before.cloned().flatten())
    });
    let over = move || {
        board
            .drag
            .over
            .with(|over| matches!(over, Some(super::drag::Over::Gap(s, _)) if *s == stage))
    };
    view! {
        <section
            class="board-col"
            class:board-col--folded=folded
            class:board-col--over=over
            data-stage=stage.to_string()
            data-hue=move || head.with(|h| h.as_ref().map_or("slate", |h| h.hue))
            aria-labelledby=heading_id(stage)
        >
            {block(move || if folded.get() {
                view! { <Strip lane head/> }.into_any()
            } else {
                view! { <Wide lane head/> }.into_any()
            })}
        </section>
    }
}

fn heading_id(stage: StageId) -> String {
    format!("stage-{stage}")
}

#[component]
fn Wide(
    /// The column.
    lane: Lane,
    /// What it says about its stage.
    head: Memo<Option<Head>>,
) -> impl IntoView {
    let board = use_board();
    let stage = lane.stage;
    let name = Signal::derive(move || {
        head.with(|h| h.as_ref().map(|h| h.name.clone()).unwrap_or_default())
    });
    let purpose = move || head.with(|h| h.as_ref().map(|h| h.purpose.clone()).unwrap_or_default());
    let count = Memo::new(move |_| lane.view.with(|column| column.totals.count));
    let adding = Memo::new(move |_| board.adding.get() == Some(stage));
    let entries = Signal::derive(|| {
        vec![
            MenuItem::new(Pick::New, "New deal here")
                .icon(Glyph::Plus)
                .into(),
            MenuItem::new(Pick::Fold, "Fold this column")
                .icon(Glyph::Columns)
                .into(),
            MenuItem::new(Pick::Edit, "Edit stages")
                .icon(Glyph::Settings)
                .into(),
        ]
    });
    view! {
        <header class="board-col__head">
            <h2 class="board-col__name" id=heading_id(stage) title=purpose>{name}</h2>
            <span class="board-col__count">
                {block(move || intl::integer(count.get() as i64))}
                <span class="visually-hidden">{block(move || if count.get() == 1 { " deal" } else { " deals" })}</span>
            </span>
            <IconButton
                label=Signal::derive(move || format!("Add a deal to {}", name.get()))
                glyph=Glyph::Plus
                size=ButtonSize::Small
                class="board-col__add"
                on_click=move |_| board.toggle_adding(stage)
            />
            <Menu
                label=Signal::derive(move || format!("Column {}", name.get()))
                icon=Glyph::Dots
                icon_only=true
                kind=ButtonKind::Ghost
                size=ButtonSize::Small
                align=Align::End
                class="board-col__menu"
                entries
                on_pick=move |pick| match pick {
                    Pick::New => new_deal_in(stage),
                    Pick::Fold => board.fold(stage, true),
                    Pick::Edit => nav::go(Route::Stages(board.pipeline.get_untracked())),
                }
            />
            <Sums lane head/>
        </header>
        {block(move || adding.get().then(|| view! { <QuickAdd stage/> }))}
        <VirtualList lane label=heading_id(stage)/>
    }
}

/// Value and weighted value side by side per currency, over the bar of the stage's chance.
#[component]
fn Sums(
    /// The column.
    lane: Lane,
    /// What it says about its stage.
    head: Memo<Option<Head>>,
) -> impl IntoView {
    let board = use_board();
    let share = move || head.with(|h| h.as_ref().map_or(0, |h| h.probability));
    let open = move || head.with(|h| h.as_ref().is_none_or(|h| h.kind == StageKind::Open));
    let texts = move || {
        lane.view.with(|column| {
            let currency = board.store.with(|s| s.world().state.workspace().currency);
            sums_texts(&column.totals, currency)
        })
    };
    view! {
        <p class="board-col__sums">
            {block(move || {
                let Texts { value, value_full, weighted, weighted_full } = texts();
                view! {
                    <b title=value_full>{value}</b>
                    {open().then(|| view! {
                        <span title=format!("{weighted_full} weighted by the chance to win")>{weighted} " weighted"</span>
                    })}
                }
            })}
        </p>
        <div class="board-col__bar" style:--share=move || share().to_string() title=move || {
            format!("{} chance to win from here", fmt::percent(share()))
        }></div>
    }
}

struct Texts {
    value: String,
    value_full: String,
    weighted: String,
    weighted_full: String,
}

/// The sums as they fit into a column: in full for one currency, shortened for several.
fn sums_texts(totals: &Totals, currency: Currency) -> Texts {
    let nothing = || fmt::money(Money::new(0, currency));
    if totals.value.is_empty() {
        return Texts {
            value: nothing(),
            value_full: nothing(),
            weighted: nothing(),
            weighted_full: nothing(),
        };
    }
    let (value_full, weighted_full) = (fmt::sums(&totals.value), fmt::weighted(&totals.weighted));
    // What a column of the least width holds beside each other, with the word "weighted".
    let fits = value_full.chars().count() + weighted_full.chars().count() <= 14;
    let weighted_full = if weighted_full.is_empty() {
        nothing()
    } else {
        weighted_full
    };
    let (value, weighted) = if fits {
        (value_full.clone(), weighted_full.clone())
    } else {
        (
            fmt::sums_compact(&totals.value),
            fmt::weighted_compact(&totals.weighted),
        )
    };
    Texts {
        value,
        value_full,
        weighted,
        weighted_full,
    }
}

/// A folded column: its name and count on a narrow strip, which widens it.
#[component]
fn Strip(
    /// The column.
    lane: Lane,
    /// What it says about its stage.
    head: Memo<Option<Head>>,
) -> impl IntoView {
    let board = use_board();
    let stage = lane.stage;
    let name = move || head.with(|h| h.as_ref().map(|h| h.name.clone()).unwrap_or_default());
    let count = move || lane.view.with(|column| column.totals.count);
    view! {
        <button
            type="button"
            class="board-col__unfold"
            aria-expanded="false"
            title=move || format!("Unfold {}", name())
            on:click=move |_| board.fold(stage, false)
        >
            <Icon glyph=Glyph::ChevronRight/>
            <span class="board-col__count">{block(move || intl::integer(count() as i64))}</span>
            <span class="board-col__name" id=heading_id(stage)>{name}</span>
        </button>
    }
}
