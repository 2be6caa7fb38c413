//! What to do now.

mod bare;
mod keys;
mod row;
mod snooze;
mod state;

use leptos::prelude::*;

use self::bare::Bare;
use self::row::Row;
use self::snooze::SnoozeMenu;
pub(crate) use self::state::who;
use self::state::{List, Today, use_today};
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::deal::Status;
use crate::domain::ids::ActivityId;
use crate::shell::intl;
use crate::shell::notify::Permission;
use crate::ui::activity::{ask_permission, can_remind};
use crate::ui::frame::{TopBar, use_chrome};
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};

/// Rows of a list shown before one asks for more.
const FEW: usize = 50;

/// The view.
#[component]
pub fn TodayView() -> impl IntoView {
    let store = use_store();
    let chrome = use_chrome();
    let today = Today::new(store);
    provide_context(today);
    keys::start(today);
    let left = move || {
        today
            .agenda
            .with(|a| (a.overdue.len(), a.today.len(), a.bare.len()))
    };
    // A change of the lists must not build them anew: the focus is in one of their rows.
    let empty = Memo::new(move |_| today.is_empty());
    let words = move || {
        let (overdue, due, _) = left();
        let parts = [
            (overdue > 0).then(|| format!("{} overdue", intl::integer(overdue as i64))),
            (due > 0).then(|| format!("{} today", intl::integer(due as i64))),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(", ")
    };
    view! {
        <TopBar title="Today">
            <Whose store/>
            <p class="today__count" aria-live="polite">{words}</p>
            <Button icon=Glyph::Pencil class="today__log" on_click=move |_| chrome.logging.open(store)>"Log or plan"</Button>
        </TopBar>
        <div class="page today">
            <RemindHint store/>
            {move || if empty.get() {
                view! { <WellDone/> }.into_any()
            } else {
                view! { <Lists/> }.into_any()
            }}
            <SnoozeMenu/>
        </div>
    }
}

/// Whose activities are shown.
#[component]
pub(crate) fn Whose(store: Store) -> impl IntoView {
    let known = Memo::new(move |_| state::myself(store).is_some());
    let choices = vec![Choice::new("mine", "Mine"), Choice::new("all", "Everybody")];
    move || {
        if known.get() {
            view! {
                <Segmented
                    options=Signal::stored(choices.clone())
                    value=move || if store.prefs().with(|p| p.everybody) { "all" } else { "mine" }.to_owned()
                    on_change=move |value: String| store.prefs().update(|p| p.everybody = value == "all")
                    label="Whose activities"
                />
            }
            .into_any()
        } else {
            view! {
                <a class="today__whose" href=Route::Settings.print()>"Say who you are to see only yours"</a>
            }
            .into_any()
        }
    }
}

/// Offers to ask for the permission to remind, while it was never asked for.
#[component]
fn RemindHint(store: Store) -> impl IntoView {
    let permission = RwSignal::new(can_remind());
    let wanted = Memo::new(move |_| {
        store.track_kind(crate::domain::change::Kind::Activity);
        store.with(|s| {
            let world = s.world();
            let today = store.moment().today;
            let to = today
                .checked_add_days(chrono::Days::new(7))
                .unwrap_or(today);
            world
                .agenda
                .open_on(today..=to)
                .filter_map(|id| world.state.tables.activities.get(id))
                .any(|a| a.remind.is_some())
        })
    });
    let ask = move |_| ask_permission(store, move |answer| permission.set(answer));
    move || {
        (permission.get() == Permission::Unasked && wanted.get()).then(|| {
            view! {
                <p class="today__hint">
                    <Icon glyph=Glyph::Clock/>
                    <span>"Some of this has reminders. The browser has to allow them."</span>
                    <Button size=ButtonSize::Small on_click=ask>"Turn reminders on"</Button>
                </p>
            }
        })
    }
}

/// Nothing is left.
#[component]
fn WellDone() -> impl IntoView {
    let store = use_store();
    let chrome = use_chrome();
    let any = Memo::new(move |_| {
        store.track_kind(Kind::Deal);
        store.with(|s| {
            let mut deals = s.world().state.tables.deals.iter();
            deals.any(|d| d.outcome.status() == Status::Open)
        })
    });
    move || {
        let (glyph, title, text) = match any.get() {
            true => (
                Glyph::Check,
                "Well done",
                "Nothing is overdue, nothing is due, and every open deal has a next step.",
            ),
            // No praise for an empty desk.
            false => (
                Glyph::Inbox,
                "Nothing to do",
                "Nothing is due, and there are no open deals.",
            ),
        };
        view! {
            <Empty glyph title text>
                <Button icon=Glyph::Plus kbd="L" on_click=move |_| chrome.logging.open(store)>"Plan something"</Button>
            </Empty>
        }
    }
}

/// The lists, one below the other.
#[component]
fn Lists() -> impl IntoView {
    let today = use_today();
    let clear = Memo::new(move |_| {
        let none = |list| today.rows(list).is_empty();
        none(List::Overdue) && none(List::Today)
    });
    view! {
        {move || clear.get().then(|| view! {
            <p class="today__clear"><Icon glyph=Glyph::Check/>"Well done: nothing is left for today."</p>
        })}
        <Section list=List::Overdue title="Overdue" tone=Tone::Danger/>
        <Section list=List::Today title="Today" tone=Tone::Accent/>
        <Section list=List::Upcoming title="Next 7 days" tone=Tone::Neutral/>
        <Bare/>
        <Section list=List::Undated title="Without a day" tone=Tone::Neutral/>
    }
}

#[component]
fn Section(
    /// Which list.
    list: List,
    /// Its heading.
    title: &'static str,
    /// How pressing it is.
    tone: Tone,
) -> impl IntoView {
    let today = use_today();
    let rows = Memo::new(move |_| today.rows(list));
    let most = RwSignal::new(FEW);
    let count = Memo::new(move |_| rows.with(Vec::len));
    let shown = move || {
        rows.with(|all| {
            all.iter()
                .take(most.get())
                .copied()
                .collect::<Vec<ActivityId>>()
        })
    };
    let heading = unique_id("today");
    let any = Memo::new(move |_| count.get() > 0);
    move || {
        let heading = heading.clone();
        any.get().then(|| {
            view! {
                <section class="today__list" aria-labelledby=heading.clone()>
                    <h2 class="today__title" id=heading.clone()>
                        {title}
                        <Badge text=Signal::derive(move || intl::integer(count.get() as i64)) tone/>
                    </h2>
                    <ul class="today__rows">
                        <For each=shown key=|id| *id children=move |id| view! { <Row id list/> }/>
                    </ul>
                    <ShowMore count most/>
                </section>
            }
        })
    }
}

/// Asks for more rows of a long list.
#[component]
pub(super) fn ShowMore(count: Memo<usize>, most: RwSignal<usize>) -> impl IntoView {
    move || {
        let hidden = count.get().saturating_sub(most.get());
        (hidden > 0).then(|| view! {
            <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| most.update(|most| *most += 100)>
                {format!("Show {} more", intl::integer(hidden.min(100) as i64))}
            </Button>
        })
    }
}
