//! Axes that many charts have.

use crate::chart::value::{Measure, Write};
use crate::domain::money::{Currency, Money};
use crate::shell::intl;
use crate::ui::fmt;

/// An axis of whole numbers.
pub fn count_axis(name: &str) -> Measure {
    Measure {
        name: name.to_owned(),
        least_step: 1,
        from_zero: true,
        write: Write::new(|n| intl::integer(i64::try_from(n).unwrap_or(i64::MAX))),
    }
}

/// An axis of amounts, in steps of whole units of the currency.
pub fn amount_axis(name: &str, currency: Currency) -> Measure {
    Measure {
        name: name.to_owned(),
        least_step: 10_i128.pow(currency.digits()),
        from_zero: true,
        write: Write::new(move |minor| fmt::money_compact(Money::clamped(minor, currency))),
    }
}
