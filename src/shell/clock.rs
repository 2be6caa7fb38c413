//! The clock: time as data, for those layers that have none.

use chrono::{Datelike, NaiveDate};
use js_sys::{Date, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub fn now_ms() -> i64 {
    Date::now() as i64
}

/// Today's date where the user is.
pub fn today() -> NaiveDate {
    civil_date(now_ms()).unwrap_or_default()
}

/// The date an instant (ms since 1970 UTC) has where the user is; `None` beyond the years that
/// JavaScript's dates cover (271,821 BC to AD 275,760).
pub fn civil_date(ms: i64) -> Option<NaiveDate> {
    let date = date_at(ms);
    let year = date.get_full_year();
    // A Date out of range has NaN in every field, which the bindings give as 0.
    if date.get_time().is_nan() {
        return None;
    }
    NaiveDate::from_ymd_opt(year as i32, date.get_month() + 1, date.get_date())
}

/// The instant (ms since 1970 UTC) of a time of day (minutes after midnight) where the user is.
/// A time that a change of clocks leaves out is the one an hour later.
pub fn instant(day: NaiveDate, minute: u16) -> i64 {
    let date = Date::new_with_year_month_day_hr_min(
        day.year_ce().1,
        day.month0() as i32,
        day.day() as i32,
        i32::from(minute / 60),
        i32::from(minute % 60),
    );
    date.get_time() as i64
}

/// The time of day now, in minutes after midnight where the user is.
pub fn minute_of_day() -> u16 {
    let date = date_at(now_ms());
    u16::try_from(date.get_hours() * 60 + date.get_minutes()).unwrap_or_default()
}

/// Minutes by which local time is ahead of UTC at an instant: 120 for UTC+2.
pub fn utc_offset_minutes(ms: i64) -> i32 {
    -(date_at(ms).get_timezone_offset() as i32)
}

/// Milliseconds since the page was opened, never running backwards; for measuring.
pub fn performance_now() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or_else(Date::now, |performance| performance.now())
}

/// Lets the page react and paint. Unlike [`sleep`] it waits no longer than that takes, also
/// in a tab that is not shown.
pub async fn breathe() {
    let Ok(channel) = MessageChannel::new() else {
        return sleep(0).await;
    };
    let (here, there) = (channel.port1(), channel.port2());
    let promise = Promise::new(&mut |resolve, _| {
        here.set_onmessage(Some(&resolve));
        if there.post_message(&JsValue::NULL).is_err() {
            // A page that is being torn down gets no messages: go on at once.
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
    here.close();
}

/// Keeps long work from holding up the page: to be asked between two pieces of it.
#[derive(Clone, Copy)]
pub struct Pace {
    begun: f64,
}

/// How long work may hold up the page at a time, in ms.
const SLICE_MS: f64 = 12.0;

impl Pace {
    /// Work that begins now.
    pub fn begin() -> Self {
        Self {
            begun: performance_now(),
        }
    }

    /// Whether there is time for another piece.
    pub fn has_time(&self) -> bool {
        performance_now() - self.begun < SLICE_MS
    }

    /// Lets the page react when the work has held it up long enough.
    pub async fn breathe(&mut self) {
        if !self.has_time() {
            breathe().await;
            self.begun = performance_now();
        }
    }
}

/// Waits `ms` milliseconds; 0 lets the page react and paint.
pub async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        // Of the page or of a worker.
        let timer = js_sys::Reflect::get(&js_sys::global(), &"setTimeout".into())
            .and_then(|set| set.dyn_into::<js_sys::Function>())
            .and_then(|set| set.call2(&JsValue::UNDEFINED, &resolve, &ms.into()))
            .ok();
        if timer.is_none() {
            // A page that is being torn down has no timers: go on at once.
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
}

/// Waits until the browser has nothing else to do; where it cannot tell, a moment.
pub async fn idle() {
    let mut asked = false;
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window();
        asked = window.is_some_and(|window| window.request_idle_callback(&resolve).is_ok());
        if !asked {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
    if !asked {
        sleep(500).await;
    }
}

fn date_at(ms: i64) -> Date {
    Date::new(&JsValue::from_f64(ms as f64))
}
