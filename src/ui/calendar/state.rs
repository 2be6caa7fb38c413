//! What the parts of the calendar share.

use crate::app::calendar::{Day, Span, days, shown, turned};
use crate::app::form::activity::ActivityForm;
use crate::app::form::{print_date, print_time};
use crate::domain::activity::ActivityKind;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::follow::FollowCommand;
use crate::domain::ids::ActivityId;
use crate::shell::{clock, intl, week};
use crate::ui::fmt;
use crate::ui::frame::{Chrome, use_chrome};
use crate::ui::parts::Anchor;
use crate::ui::store::Store;
use crate::ui::today::who;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;

/// The view's state; cheap to copy, found with [`use_calendar`].
#[derive(Clone, Copy)]
pub(super) struct Calendar {
    pub(super) store: Store,
    chrome: Chrome,
    pub(super) span: Memo<Span>,
    /// A day among those shown.
    pub(super) at: RwSignal<NaiveDate>,
    pub(super) today: Memo<NaiveDate>,
    pub(super) days: Memo<Vec<Day>>,
    /// The activity whose menu is open, and what it hangs from.
    pub(super) menu: RwSignal<Option<ActivityId>>,
    pub(super) anchor: RwSignal<Option<Anchor>, LocalStorage>,
    /// The day over which something is dragged.
    pub(super) over: RwSignal<Option<NaiveDate>>,
}

pub(super) fn use_calendar() -> Calendar {
    expect_context()
}

impl Calendar {
    pub(super) fn new(store: Store) -> Self {
        let span = Memo::new(move |_| {
            if store.prefs().with(|p| p.month) {
                Span::Month
            } else {
                Span::Week
            }
        });
        let today = Memo::new(move |_| store.tick().today);
        let at = RwSignal::new(today.get_untracked());
        let first = week::first_weekday();
        let days = Memo::new(move |_| {
            store.track_kind(Kind::Activity);
            store.track_kind(Kind::Deal);
            let who = who(store);
            let dates = shown(span.get(), at.get(), first);
            let after = dates.last().and_then(|day| day.succ_opt());
            let starts = dates.iter().copied().chain(after);
            let starts: Vec<i64> = starts.map(|day| clock::instant(day, 0)).collect();
            store.with(|s| days(s.world(), &dates, &starts, who))
        });
        Self {
            store,
            chrome: use_chrome(),
            span,
            at,
            today,
            days,
            menu: RwSignal::new(None),
            anchor: RwSignal::new_local(None),
            over: RwSignal::new(None),
        }
    }

    /// The days shown.
    pub(super) fn dates(self) -> Vec<NaiveDate> {
        self.days.with(|days| days.iter().map(|d| d.date).collect())
    }

    /// What stands on a day.
    pub(super) fn day(self, date: NaiveDate) -> Memo<Day> {
        Memo::new(move |_| {
            let found = self
                .days
                .with(|days| days.iter().find(|d| d.date == date).cloned());
            found.unwrap_or_default()
        })
    }

    pub(super) fn turn(self, on: bool) {
        let span = self.span.get_untracked();
        self.at.update(|at| *at = turned(span, *at, on));
    }

    pub(super) fn go_today(self) {
        self.at.set(self.today.get_untracked());
    }

    pub(super) fn show(self, span: Span) {
        self.store.prefs().update(|p| p.month = span == Span::Month);
    }

    /// Opens the form for something on a day.
    pub(super) fn plan(self, date: NaiveDate, minute: Option<u16>) {
        self.chrome.logging.with(ActivityForm {
            due: print_date(Some(date)),
            time: minute.map(print_time).unwrap_or_default(),
            ..ActivityForm::empty(if minute.is_some() {
                ActivityKind::Meeting
            } else {
                ActivityKind::Task
            })
        });
    }

    /// Opens the form of an activity.
    pub(super) fn edit(self, id: ActivityId) {
        let form = self
            .store
            .with(|s| ActivityForm::from_activity(s.world(), id));
        if let Some(form) = form {
            self.chrome.logging.with(form);
        }
    }

    /// Puts an activity on a day, and at a time if one is given.
    pub(super) fn put(self, id: ActivityId, due: NaiveDate, minute: Option<Option<u16>>) {
        self.store
            .dispatch(Command::Follow(FollowCommand::Reschedule {
                activity: id,
                due,
                minute,
            }));
    }

    /// Moves an activity by days, says so, and keeps the focus on it.
    pub(super) fn move_by(self, id: ActivityId, by: i64) {
        let due = self
            .store
            .with(|s| s.world().state.tables.activities.get(id)?.due);
        let to = due.and_then(|due| {
            let days = Days::new(by.unsigned_abs());
            if by < 0 {
                due.checked_sub_days(days)
            } else {
                due.checked_add_days(days)
            }
        });
        let Some(to) = to else { return };
        self.put(id, to, None);
        if !self
            .days
            .with_untracked(|days| days.iter().any(|d| d.date == to))
        {
            self.at.set(to);
        }
        self.store
            .announce(format!("Moved to {}", intl::date_long(to)));
        focus_item(id);
    }

    /// Whether a day is in the month that is shown.
    pub(super) fn is_inside(self, date: NaiveDate) -> bool {
        use chrono::Datelike;
        let at = self.at.get();
        (date.year(), date.month()) == (at.year(), at.month())
    }

    /// A day as people read it, for labels.
    pub(super) fn label(date: NaiveDate) -> String {
        fmt::date(date)
    }
}

/// Gives an activity of the page the focus once it stands in its new place.
pub(super) fn focus_item(id: ActivityId) {
    request_animation_frame(move || {
        request_animation_frame(move || {
            let found = document()
                .query_selector(&format!("[data-activity=\"{id}\"]"))
                .ok()
                .flatten();
            use wasm_bindgen::JsCast;
            if let Some(item) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
                // A control in the page takes the focus.
                let _ = item.focus();
            }
        });
    });
}
