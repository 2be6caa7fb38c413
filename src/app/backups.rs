//! The ring of whole backups: how they are named and which ones make room for new ones.

use crate::domain::order::Order;
use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Timelike};

/// How many backups of today are kept.
pub const OF_TODAY: usize = 3;
/// Of how many earlier days the last backup is kept.
pub const DAYS: usize = 7;

const ENDING: &str = ".fairlead.json";

/// Name of the backup taken at `at_ms` (ms since 1970 UTC, kept to the second), such as
/// `2026-02-03T04-05-06Z.before-import.fairlead.json`. Of `reason` only lower-case ASCII
/// letters, digits and `-` remain. `None` outside the years 0 to 9999.
pub fn file_name(at_ms: i64, reason: &str) -> Option<String> {
    let at = DateTime::from_timestamp_millis(at_ms)?;
    if !(0..=9999).contains(&at.year()) {
        return None;
    }
    let words = reason.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let reason = match words.join("-").to_ascii_lowercase() {
        empty if empty.is_empty() => "backup".to_owned(),
        slug => slug,
    };
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}-{:02}-{:02}Z.{reason}{ENDING}",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    ))
}

/// Reads such a name back: the time in ms and the reason. `None` for any other file.
pub fn parse_name(name: &str) -> Option<(i64, &str)> {
    let (time, reason) = name.strip_suffix(ENDING)?.split_once('.')?;
    let known = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    if reason.is_empty() || !reason.bytes().all(known) {
        return None;
    }
    let (date, clock) = time.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = numbers(date, [4, 2, 2])?;
    let [hour, minute, second] = numbers(clock, [2, 2, 2])?;
    let at = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?
        .and_hms_opt(hour, minute, second)?;
    Some((at.and_utc().timestamp_millis(), reason))
}

fn numbers(text: &str, widths: [usize; 3]) -> Option<[u32; 3]> {
    let mut parts = text.split('-');
    let mut found = [0; 3];
    for (slot, width) in found.iter_mut().zip(widths) {
        let part = parts.next()?;
        if part.len() != width || !part.bytes().all(|c| c.is_ascii_digit()) {
            return None;
        }
        *slot = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

/// The times (ms since 1970 UTC) of the backups that may go: all but the newest [`OF_TODAY`] of
/// today and the last one of each of the [`DAYS`] most recent earlier days that have any. Days
/// are those of a zone `utc_offset_minutes` ahead of UTC.
///
/// It counts days with backups, not days of the calendar, so coming back from a long holiday
/// costs nothing. Times in the future come from a clock that was wrong: of them the newest
/// [`OF_TODAY`] stay, without taking the place of today's.
pub fn surplus(times_ms: &[i64], now_ms: i64, utc_offset_minutes: i32) -> Vec<i64> {
    let day = |ms: i64| {
        ms.saturating_add(i64::from(utc_offset_minutes) * 60_000)
            .div_euclid(86_400_000)
    };
    let today = day(now_ms);
    let mut sorted = times_ms.to_vec();
    sorted.order_by(|a, b| b.cmp(a));
    sorted.dedup();

    // Newest first: what was counted on a day before a backup is what is worth more than it.
    let mut counted: BTreeMap<i64, usize> = BTreeMap::new();
    let mut days = 0;
    sorted.retain(|&at| {
        let on = day(at).min(today + 1);
        let count = counted.entry(on).or_default();
        *count += 1;
        if on >= today {
            return *count > OF_TODAY;
        }
        let last_of_day = *count == 1;
        days += usize::from(last_of_day);
        !last_of_day || days > DAYS
    });
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    const DAY: i64 = 24 * HOUR;
    /// 2026-02-03T12:00:00Z.
    const NOON: i64 = 1_770_120_000_000;

    fn kept(times: &[i64], now: i64, offset: i32) -> Vec<i64> {
        let gone = surplus(times, now, offset);
        let mut kept: Vec<i64> = times
            .iter()
            .copied()
            .filter(|t| !gone.contains(t))
            .collect();
        kept.sort_unstable();
        kept
    }

    #[test]
    fn a_name_says_when_and_why() {
        assert_eq!(
            file_name(NOON + 61_999, "Before import").as_deref(),
            Some("2026-02-03T12-01-01Z.before-import.fairlead.json")
        );
        assert_eq!(
            parse_name("2026-02-03T12-01-01Z.before-import.fairlead.json"),
            Some((NOON + 61_000, "before-import"))
        );
    }

    #[test]
    fn names_come_back_as_they_went() {
        for (at, reason) in [(0, "quarter-hour"), (NOON, "x1"), (-1_000, "before-1970")] {
            let name = file_name(at, reason).unwrap();
            assert_eq!(parse_name(&name), Some((at, reason)), "{name}");
        }
    }

    #[test]
    fn a_reason_cannot_leave_the_folder_or_be_empty() {
        let name = file_name(NOON, "../../etc/passwd").unwrap();
        assert_eq!(name, "2026-02-03T12-00-00Z.etc-passwd.fairlead.json");
        let name = file_name(NOON, "…").unwrap();
        assert_eq!(parse_name(&name), Some((NOON, "backup")));
    }

    #[test]
    fn a_time_without_a_four_digit_year_has_no_name() {
        assert_eq!(file_name(i64::MAX, "x"), None);
        assert_eq!(file_name(400_000 * DAY * 10, "x"), None);
    }

    #[test]
    fn other_files_are_not_backups() {
        for name in [
            "",
            "notes.txt",
            "2026-02-03T12-00-00Z.fairlead.json",
            "2026-02-03T12-00-00Z.x.fairlead.json.part",
            "2026-02-30T12-00-00Z.x.fairlead.json",
            "2026-02-03T25-00-00Z.x.fairlead.json",
            "2026-2-03T12-00-00Z.x.fairlead.json",
            "2026-02-03-04T12-00-00Z.x.fairlead.json",
            "+026-02-03T12-00-00Z.x.fairlead.json",
            "2026-02-03T12-00-00Z.X Y.fairlead.json",
        ] {
            assert_eq!(parse_name(name), None, "{name}");
        }
    }

    #[test]
    fn the_newest_three_of_today_stay() {
        let times: Vec<i64> = (0..8).map(|i| NOON - i * HOUR).collect();
        assert_eq!(kept(&times, NOON, 0), [NOON - 2 * HOUR, NOON - HOUR, NOON]);
    }

    #[test]
    fn the_last_of_each_earlier_day_stays_for_seven_days() {
        let times: Vec<i64> = (1..=10)
            .flat_map(|d| [NOON - d * DAY, NOON - d * DAY - HOUR])
            .collect();
        let expected: Vec<i64> = (1..=7).rev().map(|d| NOON - d * DAY).collect();
        assert_eq!(kept(&times, NOON, 0), expected);
    }

    #[test]
    fn a_long_holiday_costs_no_backup() {
        let times: Vec<i64> = (100..105).map(|d| NOON - d * DAY).collect();
        assert!(surplus(&times, NOON, 0).is_empty());
    }

    #[test]
    fn days_are_those_of_the_user() {
        // 01:00, 02:00, 03:00 and 04:00 UTC: one day there, but two days in UTC-3:30.
        let times = [1, 2, 3, 4].map(|h| NOON - 12 * HOUR + h * HOUR);
        assert_eq!(kept(&times, NOON, 0), times[1..]);
        assert_eq!(kept(&times, NOON, -210), times[2..]);
    }

    #[test]
    fn a_clock_that_was_ahead_does_not_push_out_today() {
        let ahead: Vec<i64> = (1..=5).map(|d| NOON + d * 300 * DAY).collect();
        let mut times = ahead.clone();
        times.extend([NOON, NOON - HOUR, NOON - DAY]);
        let mut expected = vec![NOON - DAY, NOON - HOUR, NOON];
        expected.extend(&ahead[2..]);
        assert_eq!(kept(&times, NOON, 0), expected);
    }

    #[test]
    fn a_ring_kept_up_every_quarter_of_an_hour_holds_ten() {
        let mut ring: Vec<i64> = Vec::new();
        for i in 0..(30 * 96) {
            let now = NOON + i * 900_000;
            ring.push(now);
            let gone = surplus(&ring, now, 60);
            ring.retain(|at| !gone.contains(at));
            assert!(ring.contains(&now));
        }
        assert_eq!(ring.len(), OF_TODAY + DAYS);
    }
}
