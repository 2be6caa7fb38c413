//! Domain values as people read them, through the browser's own formatters.

use crate::domain::custom::Decimal;
use crate::domain::money::{Currency, Money, Sums, percent_of};
use crate::shell::clock;
use crate::shell::intl::{self, MoneyStyle};
use chrono::NaiveDate;

/// An amount with its currency, all digits.
#[must_use]
pub fn money(money: Money) -> String {
    intl::money(money.minor, money.currency.as_str(), MoneyStyle::Full)
}

/// An amount, shortened: `€12k`.
#[must_use]
pub fn money_compact(money: Money) -> String {
    intl::money(money.minor, money.currency.as_str(), MoneyStyle::Compact)
}

fn of_sum(currency: Currency, sum: i128, style: MoneyStyle) -> String {
    // A sum beyond 64 bits is far beyond any pipeline; its end is shown instead of a wrong number.
    intl::money(
        Money::clamped(sum, currency).minor,
        currency.as_str(),
        style,
    )
}

fn joined(sums: &Sums, style: MoneyStyle, part: impl Fn(i128) -> i128) -> String {
    let parts: Vec<String> = sums
        .iter()
        .map(|(c, n)| of_sum(c, part(n), style))
        .collect();
    parts.join(" · ")
}

/// Sums side by side, one per currency: never added up. Empty when there are none.
#[must_use]
pub fn sums(sums: &Sums) -> String {
    joined(sums, MoneyStyle::Full, |n| n)
}

/// Sums side by side, shortened.
#[must_use]
pub fn sums_compact(sums: &Sums) -> String {
    joined(sums, MoneyStyle::Compact, |n| n)
}

/// Weighted sums (Σ value × percent) side by side.
#[must_use]
pub fn weighted(sums: &Sums) -> String {
    joined(sums, MoneyStyle::Full, percent_of)
}

/// Weighted sums, shortened.
#[must_use]
pub fn weighted_compact(sums: &Sums) -> String {
    joined(sums, MoneyStyle::Compact, percent_of)
}

/// A decimal number with the locale's grouping, all its decimals.
#[must_use]
pub fn decimal(n: Decimal) -> String {
    let plain = n.to_string();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    // The sign of a number between −1 and 0 would be lost with its whole part.
    let sign = if whole == "-0" { "-" } else { "" };
    let whole = intl::integer(whole.parse().unwrap_or_default());
    if part.is_empty() {
        whole
    } else {
        format!("{sign}{whole}{}{part}", intl::separators().1)
    }
}

/// A civil date in full: `28 Nov 2026`.
#[must_use]
pub fn date(date: NaiveDate) -> String {
    intl::date_medium(date)
}

/// A civil date as short as it can be: the year only when it is not this one.
#[must_use]
pub fn day_month(date: NaiveDate) -> String {
    intl::date_near(date, clock::today())
}

/// A point in time, local, to the minute.
#[must_use]
pub fn time(ms: i64) -> String {
    intl::date_time(ms)
}

/// How long ago in whole days: `3 days ago`, `today`.
#[must_use]
pub fn since(ms: i64) -> String {
    let days = clock::civil_date(ms).map_or(0, |then| (clock::today() - then).num_days());
    intl::relative_days(-days)
}

/// A percentage from whole percent.
#[must_use]
pub fn percent(percent: u8) -> String {
    intl::percent(f64::from(percent) / 100.0, 0)
}
