//! Lines in words.

use crate::app::form::line::print_discount;
use crate::domain::custom::Decimal;
use crate::domain::line::{LineItem, Period};
use crate::shell::intl;
use crate::ui::fmt;

/// A quantity in thousandths in the locale's way: `2,5`.
#[must_use]
pub fn quantity(thousandths: i64) -> String {
    // Beyond a million pieces, which no form takes, the plain digits do.
    let plain = || Decimal(thousandths.saturating_mul(1_000)).to_string();
    match i32::try_from(thousandths) {
        Ok(n) => intl::number(f64::from(n) / 1_000.0, 3),
        Err(_) => plain(),
    }
}

/// How long: `12 months`.
#[must_use]
pub fn term(period: Period, periods: u16) -> String {
    let (one, many) = match period {
        Period::Month => ("month", "months"),
        Period::Quarter => ("quarter", "quarters"),
        Period::Year => ("year", "years"),
    };
    intl::count(periods.into(), one, many)
}

/// How a line is priced, in a few words: `2.5 × €480 per month, 10% off, for 12 months`.
#[must_use]
pub fn describe(line: &LineItem) -> String {
    let mut text = format!("{} × {}", quantity(line.quantity), fmt::money(line.price));
    if let Some(period) = line.period {
        text.push_str(&format!(" {}", period.label()));
    }
    if line.discount > 0 {
        text.push_str(&format!(", {}% off", print_discount(line.discount)));
    }
    if let Some(period) = line.period {
        text.push_str(&format!(", for {}", term(period, line.periods)));
    }
    text
}
