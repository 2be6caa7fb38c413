//! What the lines of a deal come to.
//!
//! All sums are whole minor units, computed in 128 bits. A line is rounded once, half up, to
//! what is invoiced for one period ([`rate`]); everything else follows from that amount, so a
//! total is what the invoices come to, and the totals of lines add up to the deal's.
//!
//! The words are those of subscription billing. TCV, "one-time charges plus recurring charges
//! over the term", and MRR, "recurring charges brought to one month", as in the documentation
//! of Zuora Billing (Key metrics for customer accounts); ARR is twelve times MRR; ACV, "the value
//! of the deal over a period of 12 months", as in HubSpot's deal properties, taken for the
//! first twelve months because that is the year that can be planned with.

use crate::domain::deal::{Deal, DealKind};
use crate::domain::ids::{LineId, ProductId};
use crate::domain::line::LineItem;
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::state::State;
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;

/// Thousandths in one piece.
pub const QUANTITY_SCALE: i64 = 1_000;
/// Hundredths of a percent in the whole.
pub const DISCOUNT_SCALE: u16 = 10_000;

/// `a / b` rounded half up (half away from zero for negative `a`); `b` is positive.
#[must_use]
pub fn div_round(a: i128, b: i128) -> i128 {
    let half = b / 2;
    if a < 0 {
        -((-a + half) / b)
    } else {
        (a + half) / b
    }
}

/// What one period of a line costs, or all of one that does not recur, in minor units:
/// quantity × price × (1 − discount), rounded half up once. An amount beyond 64 bits, which no
/// line entered here comes near but a file may hold, is cut to them; so sums cannot overflow.
#[must_use]
pub fn rate(line: &LineItem) -> i128 {
    let kept = i128::from(DISCOUNT_SCALE.saturating_sub(line.discount));
    let scale = i128::from(QUANTITY_SCALE) * i128::from(DISCOUNT_SCALE);
    let full = i128::from(line.quantity) * i128::from(line.price.minor);
    // Whole parts first: the product of all three may not fit 128 bits.
    let exact = full / scale * kept + div_round(full % scale * kept, scale);
    exact.clamp(i128::from(i64::MIN), i128::from(i64::MAX))
}

/// How many periods count: 1 where the line does not recur.
#[must_use]
pub fn periods(line: &LineItem) -> u16 {
    match line.period {
        Some(_) => line.periods.max(1),
        None => 1,
    }
}

/// What the line comes to over its whole term, in minor units.
#[must_use]
pub fn total(line: &LineItem) -> i128 {
    rate(line) * i128::from(periods(line))
}

/// The term in months; none where the line does not recur.
#[must_use]
pub fn months(line: &LineItem) -> Option<u32> {
    let period = line.period?;
    Some(u32::from(period.months()) * u32::from(periods(line)))
}

/// What recurs within a year, in minor units; exact, as a year is a whole number of periods.
fn yearly(line: &LineItem) -> i128 {
    match line.period {
        Some(period) => rate(line) * i128::from(12 / period.months()),
        None => 0,
    }
}

/// What falls into the first twelve months, in minor units.
fn first_year(line: &LineItem) -> i128 {
    match line.period {
        Some(period) => rate(line) * i128::from(periods(line).min(12 / period.months())),
        None => total(line),
    }
}

/// What lines of one currency come to, in its minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineSums {
    /// Lines counted.
    pub count: usize,
    /// All that is paid once.
    pub one_time: i128,
    /// Annual recurring revenue: what recurs, over a year at today's rates, whatever the term.
    pub arr: i128,
    /// Annual contract value: what falls into the first twelve months, paid once or recurring.
    pub acv: i128,
    /// Total contract value: everything over the whole term. The sum of the lines.
    pub tcv: i128,
}

impl LineSums {
    /// Counts one more line.
    pub fn add(&mut self, line: &LineItem) {
        self.count += 1;
        if line.period.is_none() {
            self.one_time += total(line);
        }
        self.arr += yearly(line);
        self.acv += first_year(line);
        self.tcv += total(line);
    }

    /// Monthly recurring revenue: a twelfth of [`LineSums::arr`], rounded half up once.
    #[must_use]
    pub fn mrr(&self) -> i128 {
        div_round(self.arr, 12)
    }

    /// What recurs over the whole term.
    #[must_use]
    pub fn recurring(&self) -> i128 {
        self.tcv - self.one_time
    }
}

/// The sums of lines, by currency: never added up across. Mostly there is one currency.
#[must_use]
pub fn sums<'a>(lines: impl IntoIterator<Item = &'a LineItem>) -> BTreeMap<Currency, LineSums> {
    let mut all: BTreeMap<Currency, LineSums> = BTreeMap::new();
    for line in lines {
        all.entry(line.price.currency).or_default().add(line);
    }
    all
}

/// The lines of a deal in their order.
#[must_use]
pub fn ordered(deal: &Deal) -> Vec<(LineId, &LineItem)> {
    let mut lines: Vec<(LineId, &LineItem)> = deal.lines.iter().collect();
    lines.order_by(|a, b| (&a.1.rank, a.0).cmp(&(&b.1.rank, b.0)));
    lines
}

/// What lines are worth as the value of a deal: their total, when there are lines, all in
/// one currency, and the sum fits.
#[must_use]
pub fn value<'a>(lines: impl IntoIterator<Item = &'a LineItem>) -> Option<Money> {
    let all = sums(lines);
    let mut all = all.iter();
    match (all.next(), all.next()) {
        (Some((currency, sums)), None) => {
            Some(Money::new(i64::try_from(sums.tcv).ok()?, *currency))
        }
        _ => None,
    }
}

/// The day the terms of a deal won on `won` begin: that day, or the day the deal it renews
/// was up for renewal, where it was won before.
#[must_use]
pub fn begins(state: &State, deal: &Deal, won: NaiveDate) -> NaiveDate {
    let origin = deal.origin.filter(|_| deal.kind == DealKind::Renewal);
    let old = origin.and_then(|id| state.tables.deals.get(id)?.renewal);
    old.map_or(won, |old| old.max(won))
}

/// The day a deal won on `won` is up for renewal: the end of the term of the recurring line
/// that ends first, so that nothing runs out unnoticed; none where nothing recurs.
#[must_use]
pub fn renewal_date(state: &State, deal: &Deal, won: NaiveDate) -> Option<NaiveDate> {
    let lines = deal.lines.iter().map(|(_, line)| line);
    end_of(lines, begins(state, deal, won))
}

/// The same for lines that are not in a deal yet.
#[must_use]
pub fn end_of<'a>(
    lines: impl IntoIterator<Item = &'a LineItem>,
    won: NaiveDate,
) -> Option<NaiveDate> {
    let terms = lines.into_iter().filter_map(months);
    won.checked_add_months(Months::new(terms.min()?))
}

/// What a line is called: its own text, else the product's name.
#[must_use]
pub fn name(state: &State, line: &LineItem) -> String {
    match line.product {
        Some(id) if line.text.trim().is_empty() => state.name_of(id.into()),
        _ => line.text.clone(),
    }
}

/// The products in a deal, each once: those of its lines and those it names besides.
#[must_use]
pub fn products(deal: &Deal) -> Vec<ProductId> {
    let mut all = deal.products.clone();
    for (_, line) in ordered(deal) {
        if let Some(product) = line.product
            && !all.contains(&product)
        {
            all.push(product);
        }
    }
    all
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
