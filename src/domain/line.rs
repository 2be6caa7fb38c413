//! Line items: what of the catalogue is in a deal, and at what price.

use super::ids::ProductId;
use super::money::Money;
use super::rank::Rank;
use crate::{record, words};

words! {
    /// How often a price recurs.
    Period: "month, quarter or year" {
        /// Each month.
        Month = "month",
        /// Each quarter.
        Quarter = "quarter",
        /// Each year.
        Year = "year",
    }
}

impl Period {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Month => "per month",
            Self::Quarter => "per quarter",
            Self::Year => "per year",
        }
    }

    /// How many months it has.
    #[must_use]
    pub fn months(self) -> u16 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

record! {
    /// One line of a deal.
    LineItem {
        /// From the catalogue, unless it is something of its own.
        product: Option<ProductId>,
        /// What it is called on the offer; empty for the product's name.
        text: String,
        /// How many, in thousandths.
        quantity: i64,
        /// Price of one, for one period where it recurs.
        price: Money,
        /// Discount in hundredths of a percent, 0 to 10,000.
        discount: u16,
        /// How often the price recurs; none for once.
        period: Option<Period>,
        /// How many periods are agreed, 1 or more; 1 where it does not recur.
        periods: u16,
        /// Place among the lines.
        rank: Rank,
    }
}
