//! The head of the board: which pipeline, which deals, how many, and a new one.

use super::state::use_board;
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::deal::Status;
use crate::domain::ids::{PersonId, PipelineId};
use crate::domain::order::Order;
use crate::domain::query::board::{OwnerFilter, StatusFilter};
use crate::domain::stage::Pipeline;
use crate::shell::intl;
use crate::ui::frame::TopBar;
use crate::ui::nav;
use crate::ui::parts::{
    Button, ButtonKind, Choice, Glyph, Menu, MenuEntry, MenuItem, Segmented, TextInput, block,
};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

/// What the menu of pipelines offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PipelinePick {
    Show(PipelineId),
    Edit,
}

/// The views by status, with the values of their buttons.
const STATUS_VIEWS: [(StatusFilter, &str, &str); 4] = [
    (StatusFilter::Current, "current", "Current"),
    (StatusFilter::Only(Status::OnHold), "on_hold", "On hold"),
    (StatusFilter::Only(Status::Lost), "lost", "Lost"),
    (StatusFilter::All, "all", "All"),
];

/// The head of the board.
#[component]
pub(super) fn Header() -> impl IntoView {
    let board = use_board();
    let store = board.store;
    let title = Signal::derive(move || match board.pipeline.get() {
        Some(pipeline) => {
            store.track(pipeline);
            store.with(|s| s.world().state.name_of(pipeline.into()))
        }
        None => "Board".to_owned(),
    });
    view! {
        <TopBar title>
            <PipelineMenu/>
            <Filters/>
            <Count/>
        </TopBar>
    }
}

/// Switches to another pipeline.
#[component]
fn PipelineMenu() -> impl IntoView {
    let board = use_board();
    let store = board.store;
    let entries = Signal::derive(move || {
        store.track_kind(Kind::Pipeline);
        let now = board.pipeline.get();
        let mut entries: Vec<MenuEntry<PipelinePick>> = store.with(|s| {
            let item = |p: &Pipeline| {
                MenuItem::new(PipelinePick::Show(p.id), p.name.clone())
                    .checked(now == Some(p.id))
                    .into()
            };
            s.world().state.pipelines().into_iter().map(item).collect()
        });
        entries.push(MenuEntry::Separator);
        entries.push(
            MenuItem::new(PipelinePick::Edit, "Edit pipelines and stages")
                .icon(Glyph::Settings)
                .into(),
        );
        entries
    });
    let pick = move |pick| match pick {
        PipelinePick::Show(pipeline) => {
            store
                .prefs()
                .update(|prefs| prefs.pipeline = Some(pipeline.to_string()));
            nav::go(Route::Board(Some(pipeline)));
        }
        PipelinePick::Edit => nav::go(Route::Stages(board.pipeline.get_untracked())),
    };
    view! {
        <Menu
            label="Switch pipeline"
            icon=Glyph::ChevronDown
            icon_only=true
            kind=ButtonKind::Ghost
            class="board-head__pipeline"
            entries
            on_pick=pick
        />
    }
}

#[component]
fn Filters() -> impl IntoView {
    let board = use_board();
    let filter = board.filter;
    let search = NodeRef::<html::Input>::new();
    let status = move || {
        let now = filter.with(|f| f.status);
        STATUS_VIEWS
            .iter()
            .find(|(view, ..)| *view == now)
            .map_or("current", |(_, value, _)| *value)
            .to_owned()
    };
    let choose = move |value: String| {
        if let Some((view, ..)) = STATUS_VIEWS.iter().find(|(_, own, _)| *own == value) {
            filter.update(|f| f.status = *view);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && filter.with_untracked(|f| !f.text.is_empty()) {
            event.prevent_default();
            event.stop_propagation();
            filter.update(|f| f.text.clear());
        }
    };
    let choices: Vec<Choice> = STATUS_VIEWS
        .iter()
        .map(|(_, value, label)| Choice::new(*value, *label))
        .collect();
    view! {
        <div class="board-head__filters" role="search" aria-label="Deals on the board">
            <TextInput
                value=Signal::derive(move || filter.with(|f| f.text.clone()))
                label="Filter deals by words"
                placeholder="Filter deals"
                kind="search"
                icon=Glyph::Search
                class="board-head__text"
                on_input=move |text| filter.update(|f| f.text = text)
                on_key
                node_ref=search
                on:focusin=move |_| board.store.prepare_search()
            />
            <OwnerMenu/>
            <Segmented options=choices value=Signal::derive(status) on_change=choose label="Status"/>
            {block(move || board.is_filtered().then(|| view! {
                <Button
                    kind=ButtonKind::Ghost
                    icon=Glyph::Close
                    on_click=move |_| {
                        board.clear_filter();
                        if let Some(search) = search.get_untracked() {
                            // Fails only for an element that cannot take the focus.
                            let _ = search.focus();
                        }
                    }
                >
                    "Clear"
                </Button>
            }))}
        </div>
    }
}

#[component]
fn OwnerMenu() -> impl IntoView {
    let board = use_board();
    let (store, filter) = (board.store, board.filter);
    let people = Memo::new(move |_| {
        store.track_kind(Kind::Person);
        let mut people: Vec<(PersonId, String)> = store.with(|s| {
            s.world()
                .state
                .tables
                .people
                .iter()
                .map(|p| (p.id, p.name.clone()))
                .collect()
        });
        people.order_by(|a, b| intl::compare(&a.1, &b.1));
        people
    });
    let me = move || {
        store.prefs().track();
        store.with(|s| s.me())
    };
    let name = move |person| {
        people.with(|all| {
            all.iter()
                .find(|(id, _)| *id == person)
                .map(|(_, n)| n.clone())
        })
    };
    let label = Signal::derive(move || match filter.with(|f| f.owner) {
        None => "All owners".to_owned(),
        Some(OwnerFilter::Nobody) => "No owner".to_owned(),
        Some(OwnerFilter::Person(person)) => name(person).unwrap_or_else(|| "Owner".to_owned()),
    });
    let entries = Signal::derive(move || {
        let now = filter.with(|f| f.owner);
        let item = |owner: Option<OwnerFilter>, label: String| {
            MenuEntry::from(MenuItem::new(owner, label).checked(now == owner))
        };
        let person = |id| Some(OwnerFilter::Person(id));
        let mut entries = vec![
            item(None, "All owners".into()),
            item(Some(OwnerFilter::Nobody), "No owner".into()),
        ];
        if let Some((me, own)) = me().and_then(|me| Some((me, name(me)?))) {
            entries.push(item(person(me), format!("{own} (you)")));
        }
        entries.push(MenuEntry::Separator);
        people.with(|all| {
            entries.extend(all.iter().map(|(id, name)| item(person(*id), name.clone())))
        });
        entries
    });
    view! { <Menu label icon=Glyph::User entries on_pick=move |owner| filter.update(|f| f.owner = owner)/> }
}

/// How many deals are shown, of how many the status view has.
#[component]
fn Count() -> impl IntoView {
    let board = use_board();
    let shown = Memo::new(move |_| {
        board
            .lanes()
            .into_iter()
            .map(|l| l.view.with(|c| c.totals.count))
            .sum::<usize>()
    });
    let all = Memo::new(move |_| board.count_all(board.filter.with(|f| f.status)));
    let text = move || {
        let (shown, all) = (shown.get(), all.get());
        let deals = intl::count(all, "deal", "deals");
        if shown == all {
            deals
        } else {
            format!("{} of {deals}", intl::integer(shown as i64))
        }
    };
    view! { <p class="board-head__count" role="status">{text}</p> }
}
