//! Dates as exports write them.

use std::ops::{Range, RangeInclusive};

use chrono::{Days, NaiveDate, NaiveTime};

use super::quoted;
use super::value::is_blank;

/// What the first number of `3/4/2024` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
    /// The column holds Excel's day numbers.
    ExcelSerial,
}

/// A date with what else the cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The date as written, in whatever time zone the file is in.
    pub date: NaiveDate,
    /// The time of day to the second, if written.
    pub time: Option<NaiveTime>,
    /// Minutes east of UTC, if written; 0 for `Z`.
    pub offset_minutes: Option<i32>,
}

/// What the cells of a column say about their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateGuess {
    /// They read alike in any order (ISO dates, months by name, `3/3/2024`).
    AnyOrder,
    /// At least one reads in this order only.
    Clear(DateOrder),
    /// All read in both orders, as different days: a person has to say.
    Ambiguous,
    /// Some read in one order only and some in the other; an example of each.
    Conflict {
        /// A cell with the day first.
        day_first: String,
        /// A cell with the month first.
        month_first: String,
    },
    /// Less than half of the cells are dates.
    NotDates,
}

/// Years outside are taken for typing errors.
const YEARS: RangeInclusive<i32> = 1900..=2199;
/// Excel's day numbers from 1954 to 2064; smaller and larger ones are likelier just numbers.
const SERIALS: RangeInclusive<u64> = 20_000..=60_000;
/// Longest cell that is tried.
const LONGEST: usize = 80;

/// Reads the date of a cell and drops the time.
///
/// # Errors
/// As [`parse_moment`].
pub fn parse_date(text: &str, order: DateOrder) -> Result<NaiveDate, String> {
    parse_moment(text, order).map(|moment| moment.date)
}

/// Reads a date and a time of day if there is one.
///
/// Read whatever the order: `2024-01-31`, `20240131`, `2024/1/31`, `31.1.2024` (dots always
/// have the day first) and English months by name. `order` decides between `31/1/2024` and
/// `1/31/2024`, also with hyphens. Years of two digits from 69 on are of the last century
/// (POSIX `strptime`, `%y`).
///
/// # Errors
/// A sentence naming the cell and what is wrong with it.
pub fn parse_moment(text: &str, order: DateOrder) -> Result<Moment, String> {
    let trimmed = text.trim();
    if is_blank(trimmed) {
        return Err("The cell is blank; a date is needed.".to_owned());
    }
    let not_a_date = || format!("{} is not a date.", quoted(trimmed));
    if trimmed.len() > LONGEST {
        return Err(not_a_date());
    }
    if order == DateOrder::ExcelSerial {
        return serial(trimmed)
            .ok_or_else(|| format!("{} is not one of Excel's day numbers.", quoted(trimmed)));
    }
    let (day_part, time_part) = split_time(trimmed);
    let (year, month, day) = numeric(day_part, order)
        .or_else(|| named(day_part))
        .ok_or_else(not_a_date)?;
    let date = civil(year, month, day)
        .map_err(|reason| format!("{} is not a date: {reason}.", quoted(trimmed)))?;
    let (time, offset_minutes) = match time_part {
        None => (None, None),
        Some(part) => {
            let (time, offset) = clock(part)
                .ok_or_else(|| format!("{} has no valid time of day.", quoted(trimmed)))?;
            (Some(time), offset)
        }
    };
    Ok(Moment {
        date,
        time,
        offset_minutes,
    })
}

/// Tells the order of a column from its cells; blank ones are passed over.
///
/// Excel's day numbers are only taken for dates when every cell is one.
pub fn guess_date_order<'a>(samples: impl IntoIterator<Item = &'a str>) -> DateGuess {
    let (mut filled, mut dates, mut serials, mut is_ambiguous) = (0_usize, 0_usize, 0_usize, false);
    let (mut day_first, mut month_first) = (None, None);
    for text in samples.into_iter().filter(|text| !is_blank(text)) {
        filled += 1;
        serials += usize::from(serial(text.trim()).is_some());
        let by_day = parse_date(text, DateOrder::DayFirst);
        let by_month = parse_date(text, DateOrder::MonthFirst);
        dates += usize::from(by_day.is_ok() || by_month.is_ok());
        match (by_day, by_month) {
            (Ok(one), Ok(other)) => is_ambiguous |= one != other,
            (Ok(_), Err(_)) => day_first = day_first.or(Some(text)),
            (Err(_), Ok(_)) => month_first = month_first.or(Some(text)),
            (Err(_), Err(_)) => {}
        }
    }
    if filled > 0 && serials == filled {
        return DateGuess::Clear(DateOrder::ExcelSerial);
    }
    if dates == 0 || dates * 2 < filled {
        return DateGuess::NotDates;
    }
    match (day_first, month_first) {
        (Some(day_first), Some(month_first)) => DateGuess::Conflict {
            day_first: day_first.to_owned(),
            month_first: month_first.to_owned(),
        },
        (Some(_), None) => DateGuess::Clear(DateOrder::DayFirst),
        (None, Some(_)) => DateGuess::Clear(DateOrder::MonthFirst),
        (None, None) if is_ambiguous => DateGuess::Ambiguous,
        (None, None) => DateGuess::AnyOrder,
    }
}

/// Excel's day number (1900 system: day 25,569 is 1 January 1970) with the time as fraction.
fn serial(text: &str) -> Option<Moment> {
    const SECONDS: u64 = 86_400;
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let days = whole.parse().ok().filter(|days| SERIALS.contains(days))?;
    // Twelve digits are finer than a millisecond.
    let fraction = fraction.get(..12).unwrap_or(fraction);
    let unit = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let part: u64 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().ok()?
    };
    let seconds =
        (u128::from(part) * u128::from(SECONDS) + u128::from(unit) / 2) / u128::from(unit);
    let seconds = u64::try_from(seconds).ok()?;
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let date = epoch.checked_add_days(Days::new(days + seconds / SECONDS))?;
    let of_day = u32::try_from(seconds % SECONDS).ok()?;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(of_day, 0);
    Some(Moment {
        date,
        time: time.filter(|_| !fraction.is_empty()),
        offset_minutes: None,
    })
}

/// Cuts before the time of day: the word with the first colon, or the `T` of an ISO time.
fn split_time(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else {
        return (text, None);
    };
    let before = text.get(..colon).unwrap_or_default();
    let start = before.rfind(|c: char| !c.is_ascii_digit());
    let Some(start) = start else {
        return (text, None);
    };
    let (day, time) = text.split_at(start);
    let mut letters = time.chars();
    letters.next();
    let day = day.trim_end_matches([' ', ',', '\u{a0}', '\u{202f}']);
    (
        day.strip_suffix(" at").unwrap_or(day),
        Some(letters.as_str()),
    )
}

type YearMonthDay = (i32, u32, u32);

fn numeric(text: &str, order: DateOrder) -> Option<YearMonthDay> {
    let Some(separator) = text.chars().find(|c| !c.is_ascii_digit()) else {
        // 20240131
        let is_compact = text.len() == 8;
        let part = |range: Range<usize>| match text.get(range) {
            Some(part) if is_compact => part.parse::<u32>().ok(),
            _ => None,
        };
        return Some((i32::try_from(part(0..4)?).ok()?, part(4..6)?, part(6..8)?));
    };
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let mut parts = text.split(separator).map(|part| part.trim());
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if a.len() == 4 {
        return Some((year(a)?, short(b)?, short(c)?));
    }
    match order {
        DateOrder::MonthFirst if separator != '.' => Some((year(c)?, short(a)?, short(b)?)),
        _ => Some((year(c)?, short(b)?, short(a)?)),
    }
}

/// A day or month of one or two digits.
fn short(text: &str) -> Option<u32> {
    let fits = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

fn year(text: &str) -> Option<i32> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number: i32 = text.parse().ok().filter(|_| is_digits)?;
    match text.len() {
        4 => Some(number),
        2 => Some(number + if number >= 69 { 1900 } else { 2000 }),
        _ => None,
    }
}

/// `12 Jan 2024`, `Friday, January 12th, 2024`, `2024-Jan-12`, `12-Jan-24`.
fn named(text: &str) -> Option<YearMonthDay> {
    const SEPARATORS: [char; 7] = [' ', ',', '-', '/', '.', '\u{a0}', '\u{202f}'];
    let (mut month, mut numbers) = (None, Vec::new());
    for word in text.split(SEPARATORS).filter(|word| !word.is_empty()) {
        let lower = word.to_ascii_lowercase();
        if lower.starts_with(|c: char| c.is_ascii_digit()) || lower.starts_with('\'') {
            numbers.push(lower);
        } else if let Some(found) = index_of(&lower, &MONTHS) {
            if month.replace(found + 1).is_some() {
                return None;
            }
        } else if index_of(&lower, &WEEKDAYS).is_none() && lower != "of" && lower != "the" {
            return None;
        }
    }
    let [one, two] = numbers.as_slice() else {
        return None;
    };
    let (day, whole_year) = if one.len() == 4 && year(one).is_some() {
        (two, one)
    } else {
        (one, two)
    };
    let day = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| day.strip_suffix(ending))
        .unwrap_or(day);
    Some((
        year(whole_year.trim_start_matches('\''))?,
        month?,
        short(day)?,
    ))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Which of the names the word is, or abbreviates with three letters or more.
fn index_of(word: &str, names: &[&str]) -> Option<u32> {
    let fits = |name: &&str| word.len() >= 3 && name.starts_with(word);
    names
        .iter()
        .position(fits)
        .and_then(|index| u32::try_from(index).ok())
}

fn civil(year: i32, month: u32, day: u32) -> Result<NaiveDate, String> {
    if !YEARS.contains(&year) {
        return Err(format!("the year {year} is not between 1900 and 2199"));
    }
    let Some(name) = month
        .checked_sub(1)
        .and_then(|index| MONTHS.get(index as usize))
    else {
        return Err(format!("there is no month {month}"));
    };
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        let first = name.get(..1).unwrap_or_default().to_ascii_uppercase();
        let rest = name.get(1..).unwrap_or_default();
        format!("{first}{rest} {year} has no day {day}")
    })
}

/// `9:05`, `09:05:07.123`, `9:05 PM`, each with `Z`, `UTC`, `GMT+0100` or `+01:00` behind.
fn clock(text: &str) -> Option<(NaiveTime, Option<i32>)> {
    // JavaScript adds the name of the zone in brackets.
    let text = text.split('(').next().unwrap_or_default().trim();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let (digits, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut parts = digits.split(':').map(short);
    let (mut hour, minute) = (parts.next()??, parts.next()??);
    let second = match parts.next() {
        Some(second) => second?,
        None => 0,
    };
    if parts.next().is_some() {
        return None;
    }
    let rest = rest.trim().to_ascii_uppercase();
    let (half, zone) = match rest.split_at_checked(2) {
        Some((half @ ("AM" | "PM"), zone)) => (Some(half.to_owned()), zone.trim()),
        _ => (None, rest.as_str()),
    };
    if let Some(half) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if half == "PM" { 12 } else { 0 };
    }
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    let offset = if zone.is_empty() {
        None
    } else {
        Some(offset(zone)?)
    };
    Some((time, offset))
}

/// Minutes east of UTC.
fn offset(zone: &str) -> Option<i32> {
    let zone = ["UTC", "GMT"]
        .iter()
        .find_map(|name| zone.strip_prefix(name))
        .unwrap_or(zone);
    let (sign, digits) = match zone.as_bytes().first() {
        None => return Some(0),
        Some(b'Z') if zone.len() == 1 => return Some(0),
        Some(b'+') => (1, zone.get(1..)?),
        Some(b'-') => (-1, zone.get(1..)?),
        Some(_) => return None,
    };
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some((hours, minutes)), _) => (short(hours)?, short(minutes)?),
        (None, 4) => (short(digits.get(..2)?)?, short(digits.get(2..)?)?),
        (None, 1 | 2) => (short(digits)?, 0),
        _ => return None,
    };
    // The zones in use reach from -12:00 to +14:00.
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    (total <= 14 * 60 && minutes < 60).then_some(sign * total)
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
