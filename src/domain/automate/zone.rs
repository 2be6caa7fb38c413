//! Civil days where the person is.

use crate::domain::stamp::Millis;
use chrono::{DateTime, NaiveDate};

/// Minutes by which local time is ahead of UTC at a moment (milliseconds since 1970).
pub type Zone = fn(Millis) -> i32;

/// When rules that wait for time are looked at.
#[derive(Clone, Copy, Debug)]
pub struct When {
    /// Milliseconds since 1970.
    pub now: Millis,
    /// The civil date where the person is.
    pub today: NaiveDate,
    /// Where the person is.
    pub zone: Zone,
}

const MINUTE: Millis = 60_000;

/// The civil date of a moment.
pub(super) fn day(ms: Millis, zone: Zone) -> Option<NaiveDate> {
    let local = ms.checked_add(Millis::from(zone(ms)) * MINUTE)?;
    DateTime::from_timestamp_millis(local).map(|t| t.date_naive())
}

/// The last second of a civil date.
pub(super) fn end(day: NaiveDate, zone: Zone) -> Option<Millis> {
    let civil = day.and_hms_opt(23, 59, 59)?.and_utc().timestamp_millis();
    // The offset at the moment meant, which itself depends on it.
    let near = civil - Millis::from(zone(civil)) * MINUTE;
    Some(civil - Millis::from(zone(near)) * MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_and_end_where_the_person_is() {
        let date = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap_or_default();
        // 27 November 2026, 02:00 UTC.
        let night = 1_795_744_800_000;
        for (zone, day_of_it) in [(0, 27), (-480, 26), (840, 27)] {
            let zone: Zone = match zone {
                0 => |_| 0,
                -480 => |_| -480,
                _ => |_| 840,
            };
            assert_eq!(day(night, zone), Some(date(day_of_it)));
            let last = end(date(day_of_it), zone).unwrap_or_default();
            assert_eq!(day(last, zone), Some(date(day_of_it)));
            assert_eq!(day(last + 1_000, zone), Some(date(day_of_it + 1)));
        }
        assert_eq!(day(Millis::MAX, |_| 60), None);
        assert_eq!(day(Millis::MIN, |_| -60), None);
    }
}
