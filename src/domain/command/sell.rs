//! Commands about what is sold: lines, products, renewals, further sales.

use super::{Command, OrNew};
use crate::domain::deal::DealKind;
use crate::domain::ids::{DealId, LineId, OrgId, ProductId};
use crate::domain::line::{LineItem, Period};
use crate::domain::money::Money;
use crate::domain::party::Health;
use chrono::NaiveDate;

/// All a product's form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductDraft {
    /// Its name.
    pub name: String,
    /// The line of products it belongs to.
    pub series: String,
    /// Article number; no two products have the same.
    pub code: String,
    /// List price of one, for one period where it recurs.
    pub price: Option<Money>,
    /// How often the price recurs; none for once.
    pub period: Option<Period>,
    /// What it is.
    pub description: String,
}

/// All the form of a line holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineDraft {
    /// From the catalogue, or to be added to it; none for something of its own.
    pub product: Option<OrNew<ProductId>>,
    /// What it is called on the offer; may be empty where there is a product.
    pub text: String,
    /// How many, in thousandths.
    pub quantity: i64,
    /// Price of one, for one period where it recurs.
    pub price: Money,
    /// Discount in hundredths of a percent, 0 to 10,000.
    pub discount: u16,
    /// How often the price recurs; none for once.
    pub period: Option<Period>,
    /// How many periods are agreed.
    pub periods: u16,
}

impl LineDraft {
    /// The form of a line that is there.
    #[must_use]
    pub fn of(line: &LineItem) -> Self {
        Self {
            product: line.product.map(OrNew::Known),
            text: line.text.clone(),
            quantity: line.quantity,
            price: line.price,
            discount: line.discount,
            period: line.period,
            periods: line.periods,
        }
    }
}

/// What a deal's form says about lines and about what kind of sale it is; `None` leaves
/// what the deal says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaleDraft {
    /// A first sale, or one to a customer.
    pub kind: Option<DealKind>,
    /// The won deal it goes back to.
    pub origin: Option<Option<DealId>>,
    /// When what was sold is up for renewal.
    pub renewal: Option<Option<NaiveDate>>,
    /// Whether the value is the sum of the lines.
    pub priced: Option<bool>,
    /// All lines in their order, those that are there with their ids.
    pub lines: Option<Vec<(Option<LineId>, LineDraft)>>,
}

/// The renewal date of deals being won.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewalDate {
    /// This one, or none.
    On(Option<NaiveDate>),
    /// Each deal's own, from the terms of its lines.
    Suggested,
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SellCommand {
    /// Make a product (`id` none) or change one to what the form says.
    SaveProduct {
        /// The product, unless new.
        id: Option<ProductId>,
        /// What the form says.
        draft: Box<ProductDraft>,
    },
    /// Take a product out of what is offered, or back in.
    RetireProduct {
        /// Which.
        product: ProductId,
        /// Out or in.
        retired: bool,
    },
    /// Add a line to a deal (`line` none) or change one to what the form says.
    SaveLine {
        /// Of which deal.
        deal: DealId,
        /// The line, unless new.
        line: Option<LineId>,
        /// What the form says.
        draft: Box<LineDraft>,
    },
    /// Take a line out of a deal.
    RemoveLine {
        /// Of which deal.
        deal: DealId,
        /// Which.
        line: LineId,
    },
    /// Put a line at another place among the lines.
    MoveLine {
        /// Of which deal.
        deal: DealId,
        /// Which.
        line: LineId,
        /// Its new place, from 0.
        index: usize,
    },
    /// Let the value be the sum of the lines, or keep it as it is from now on.
    SetPriced {
        /// Of which deal.
        deal: DealId,
        /// The sum of the lines, or by hand.
        priced: bool,
    },
    /// Win deals as `closing` says, and say when they are up for renewal.
    Win {
        /// What wins them.
        closing: Box<Command>,
        /// When they are up for renewal.
        renewal: RenewalDate,
    },
    /// Say when a won deal is up for renewal.
    SetRenewal {
        /// Which deal.
        deal: DealId,
        /// The day, or none.
        on: Option<NaiveDate>,
    },
    /// Make the deal that renews a won one. There is one at most.
    Renew {
        /// The won deal.
        deal: DealId,
    },
    /// Say how a customer is doing.
    SetHealth {
        /// Who.
        organisation: OrgId,
        /// How; none for not known.
        health: Option<Health>,
        /// Why.
        note: String,
    },
}
