//! Conditions in the person's own language of numbers and dates.

use crate::domain::custom::Decimal;
use crate::domain::money::Money;
use crate::domain::query::condition::Wording;
use crate::shell::intl;
use crate::ui::fmt;
use chrono::NaiveDate;

/// The browser's formatters.
#[derive(Clone, Copy, Debug)]
pub struct Local;

impl Wording for Local {
    fn number(&self, n: Decimal) -> String {
        if n.0 % Decimal::ONE == 0 {
            intl::integer(n.0 / Decimal::ONE)
        } else {
            // Only shown: what is compared stays exact.
            intl::number(n.0 as f64 / Decimal::ONE as f64, 2)
        }
    }
    fn money(&self, money: Money) -> String {
        fmt::money(money)
    }
    fn date(&self, date: NaiveDate) -> String {
        fmt::date(date)
    }
}
