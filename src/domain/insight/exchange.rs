//! What amounts of one currency are worth in another, by the rates that the team keeps.
//!
//! An amount is converted with the rate of its own day: the latest that holds from that day or an
//! earlier one on. In this order the first that there is counts: the rate of the pair, the one of
//! the pair the other way round, both by way of the reporting currency. The result is rounded once,
//! to whole minor units, a half to the even one. Where there is no rate the amount stays apart.

use crate::domain::money::{Currency, Money, Sums};
use crate::domain::order::Order;
use crate::domain::state::State;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The parts of one unit of a rate: `worth` counts millionths.
pub const PARTS: i64 = 1_000_000;
/// The largest rate: a million units for one.
pub const MOST: i64 = 1_000_000 * PARTS;

/// A rate as a fraction, in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ratio {
    above: i128,
    below: i128,
}

fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 {
        a.abs().max(1)
    } else {
        divisor(b, a % b)
    }
}

impl Ratio {
    fn new(above: i128, below: i128) -> Self {
        let by = divisor(above, below);
        Self {
            above: above / by,
            below: below / by,
        }
    }

    fn times(self, other: Self) -> Option<Self> {
        // Crosswise first, so that less overflows.
        let a = Self::new(self.above, other.below);
        let b = Self::new(other.above, self.below);
        Some(Self {
            above: a.above.checked_mul(b.above)?,
            below: a.below.checked_mul(b.below)?,
        })
    }
}

/// Division rounded to the nearest whole number, a half to the even one; `below` is positive.
#[must_use]
pub fn half_even(above: i128, below: i128) -> i128 {
    let (quotient, rest) = (above.div_euclid(below), above.rem_euclid(below));
    // Twice the rest could overflow; what is missing to the next does not.
    let missing = below - rest;
    let up = rest > missing || (rest == missing && quotient % 2 != 0);
    quotient + i128::from(up)
}

/// A rate and from which day on it holds; none for always.
type Dated = (Option<NaiveDate>, i64);

/// The rates, ready to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    /// The currency that sums are shown in; none keeps them apart.
    pub reporting: Option<Currency>,
    rates: BTreeMap<(Currency, Currency), Vec<Dated>>,
}

impl Exchange {
    /// Reads the rates. Those that cannot be (nothing or less, a currency in itself) do not count.
    #[must_use]
    pub fn read(state: &State) -> Self {
        let rates = state.tables.rates.iter();
        Self::of(
            state.workspace().reporting,
            rates.map(|r| (r.of, r.in_currency, r.on, r.worth)),
        )
    }

    /// Over these rates: of a currency, in another, from a day on, worth in millionths.
    #[must_use]
    pub fn of(
        reporting: Option<Currency>,
        all: impl Iterator<Item = (Currency, Currency, Option<NaiveDate>, i64)>,
    ) -> Self {
        let mut rates: BTreeMap<_, Vec<Dated>> = BTreeMap::new();
        for (of, to, on, worth) in all.filter(|(of, to, _, worth)| *worth > 0 && of != to) {
            rates.entry((of, to)).or_default().push((on, worth));
        }
        for dated in rates.values_mut() {
            dated.order();
        }
        Self { reporting, rates }
    }

    /// The rate of a pair on a day, in millionths.
    fn dated(&self, of: Currency, to: Currency, on: NaiveDate) -> Option<i64> {
        let all = self.rates.get(&(of, to))?;
        let latest = all
            .iter()
            .rev()
            .find(|(from, _)| from.is_none_or(|f| f <= on));
        latest.map(|(_, worth)| *worth)
    }

    /// The rate of a pair or of the same the other way round.
    fn pair(&self, of: Currency, to: Currency, on: NaiveDate) -> Option<Ratio> {
        if of == to {
            return Some(Ratio { above: 1, below: 1 });
        }
        let parts = i128::from(PARTS);
        let direct = self.dated(of, to, on);
        direct
            .map(|worth| Ratio::new(worth.into(), parts))
            .or_else(|| {
                let inverse = self.dated(to, of, on)?;
                Some(Ratio::new(parts, inverse.into()))
            })
    }

    fn ratio(&self, of: Currency, to: Currency, on: NaiveDate) -> Option<Ratio> {
        self.pair(of, to, on).or_else(|| {
            let by = self.reporting.filter(|by| *by != of && *by != to)?;
            self.pair(of, by, on)?.times(self.pair(by, to, on)?)
        })
    }

    /// An amount in another currency by the rate of a day; none where there is no rate, or the
    /// result is beyond what can be kept.
    #[must_use]
    pub fn convert(&self, money: Money, to: Currency, on: NaiveDate) -> Option<Money> {
        if money.currency == to {
            return Some(money);
        }
        let ratio = self.ratio(money.currency, to, on)?;
        // Between minor units of different sizes.
        let scale = Ratio::new(
            10_i128.pow(to.digits()),
            10_i128.pow(money.currency.digits()),
        );
        let ratio = ratio.times(scale)?;
        let above = i128::from(money.minor).checked_mul(ratio.above)?;
        let minor = i64::try_from(half_even(above, ratio.below)).ok()?;
        Some(Money::new(minor, to))
    }
}

/// A sum in the reporting currency, beside what could not be converted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// By currency: with a reporting currency all that could be converted is in that one.
    pub sums: Sums,
    /// How many amounts each of these sums is of.
    pub counts: Sums,
    /// How many amounts were converted.
    pub converted: u64,
    /// How many stay apart although there is a reporting currency: there is no rate.
    pub apart: u64,
    /// How many amounts there are.
    pub n: u64,
}

impl Total {
    /// Adds an amount of a day.
    pub fn add(&mut self, exchange: &Exchange, money: Money, on: NaiveDate) {
        self.n += 1;
        let (shown, apart, converted) = exchange.shown(money, on);
        self.sums.add(shown.currency, shown.minor.into());
        self.counts.add(shown.currency, 1);
        self.apart += u64::from(apart);
        self.converted += u64::from(converted);
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
        self.counts.merge(&other.counts);
        self.converted += other.converted;
        self.apart += other.apart;
        self.n += other.n;
    }

    /// The sum in the one currency everything is in; none where there are several. Nothing at all
    /// is 0 of `home`.
    #[must_use]
    pub fn one(&self, home: Currency) -> Option<(Currency, i128)> {
        let mut all = self.sums.iter();
        match (all.next(), all.next()) {
            (None, _) => Some((home, 0)),
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// In words, what the sum keeps apart and why; none where it is one sum.
    #[must_use]
    pub fn words(&self, exchange: &Exchange) -> Option<String> {
        let codes: Vec<String> = self.sums.iter().map(|(c, _)| c.to_string()).collect();
        if codes.len() < 2 {
            return None;
        }
        Some(match exchange.reporting {
            None => format!(
                "{} stay apart: no reporting currency is set.",
                codes.join(" and ")
            ),
            Some(reporting) => {
                let other: Vec<_> = codes
                    .into_iter()
                    .filter(|c| c != reporting.as_str())
                    .collect();
                let other = other.join(" and ");
                match self.apart {
                    1 => format!(
                        "1 amount in {other} stays apart: there is no rate to {reporting} for its day."
                    ),
                    n => format!(
                        "{n} amounts in {other} stay apart: there is no rate to {reporting} for their days."
                    ),
                }
            }
        })
    }
}

impl Exchange {
    /// An amount as sums show it: whether it stays apart for want of a rate, and whether it was
    /// converted.
    #[must_use]
    pub fn shown(&self, money: Money, on: NaiveDate) -> (Money, bool, bool) {
        match self.reporting {
            None => (money, false, false),
            Some(to) if to == money.currency => (money, false, false),
            Some(to) => match self.convert(money, to, on) {
                Some(shown) => (shown, false, true),
                None => (money, true, false),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    fn day(n: i32) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(739_000 + n).unwrap()
    }

    fn exchange(reporting: &str, rates: &[(&str, &str, Option<i32>, i64)]) -> Exchange {
        Exchange::of(
            Some(currency(reporting)),
            rates
                .iter()
                .map(|(of, to, on, worth)| (currency(of), currency(to), on.map(day), *worth)),
        )
    }

    fn convert(x: &Exchange, minor: i64, of: &str, to: &str, on: i32) -> Option<i64> {
        let money = Money::new(minor, currency(of));
        x.convert(money, currency(to), day(on)).map(|m| m.minor)
    }

    #[test]
    fn the_rate_of_the_day_counts() {
        let x = exchange(
            "EUR",
            &[
                ("USD", "EUR", Some(10), 900_000),
                ("USD", "EUR", Some(20), 800_000),
            ],
        );
        assert_eq!(convert(&x, 10_000, "USD", "EUR", 9), None);
        assert_eq!(convert(&x, 10_000, "USD", "EUR", 10), Some(9_000));
        assert_eq!(convert(&x, 10_000, "USD", "EUR", 19), Some(9_000));
        assert_eq!(convert(&x, 10_000, "USD", "EUR", 20), Some(8_000));
        let always = exchange("EUR", &[("USD", "EUR", None, 900_000)]);
        assert_eq!(convert(&always, 100, "USD", "EUR", -9_000), Some(90));
    }

    #[test]
    fn direct_comes_before_inverse_and_inverse_before_the_way_round() {
        let x = exchange(
            "EUR",
            &[
                ("USD", "EUR", None, 900_000),
                ("EUR", "USD", None, 2_000_000),
                ("GBP", "EUR", None, 1_200_000),
                ("CHF", "USD", None, 1_100_000),
            ],
        );
        assert_eq!(convert(&x, 100, "USD", "EUR", 0), Some(90));
        assert_eq!(convert(&x, 90, "EUR", "GBP", 0), Some(75));
        // GBP to USD: by way of EUR, with its own rate to USD.
        assert_eq!(convert(&x, 100, "GBP", "USD", 0), Some(240));
        // CHF has no rate to EUR, and nothing leads there but USD.
        assert_eq!(convert(&x, 100, "CHF", "EUR", 0), None);
    }

    #[test]
    fn minor_units_of_other_sizes_are_scaled() {
        let x = exchange(
            "EUR",
            &[
                ("EUR", "JPY", None, 160_000_000),
                ("KWD", "EUR", None, 3_000_000),
            ],
        );
        assert_eq!(convert(&x, 100, "EUR", "JPY", 0), Some(160));
        assert_eq!(convert(&x, 160, "JPY", "EUR", 0), Some(100));
        assert_eq!(convert(&x, 1_000, "KWD", "EUR", 0), Some(300));
        assert_eq!(convert(&x, 1_000, "KWD", "JPY", 0), Some(480));
    }

    #[test]
    fn a_sum_says_what_stays_apart() {
        let x = exchange("EUR", &[("USD", "EUR", None, 500_000)]);
        let mut total = Total::default();
        for (minor, code) in [(100, "EUR"), (100, "USD"), (7, "GBP")] {
            total.add(&x, Money::new(minor, currency(code)), day(0));
        }
        let sums: Vec<_> = total.sums.iter().map(|(c, n)| (c.to_string(), n)).collect();
        assert_eq!(sums, [("EUR".to_owned(), 150), ("GBP".to_owned(), 7)]);
        assert_eq!((total.converted, total.apart, total.n), (1, 1, 3));
        assert_eq!(total.one(Currency::EUR), None);
        assert_eq!(
            total.words(&x).unwrap(),
            "1 amount in GBP stays apart: there is no rate to EUR for its day."
        );
    }

    proptest! {
        #[test]
        fn rounding_is_nearest_and_ties_are_even(above in -10_i128.pow(20)..10_i128.pow(20), below in 1_i128..10_i128.pow(9)) {
            let whole = half_even(above, below);
            let off = above - whole * below;
            prop_assert!(2 * off.abs() <= below);
            if 2 * off.abs() == below {
                prop_assert_eq!(whole % 2, 0);
            }
        }

        #[test]
        fn there_and_back_is_off_by_less_than_the_rate_allows(minor in -10_i64.pow(15)..10_i64.pow(15), worth in 1..=MOST) {
            let x = Exchange::of(Some(Currency::EUR), [(currency("USD"), Currency::EUR, None, worth)].into_iter());
            let usd = Money::new(minor, currency("USD"));
            if let Some(eur) = x.convert(usd, Currency::EUR, day(0)) {
                let back = x.convert(eur, currency("USD"), day(0)).unwrap();
                // Half a cent of euro is worth so many cents of dollars, and half of one more.
                let most = i128::from(PARTS) / (2 * i128::from(worth)) + 1;
                prop_assert!((i128::from(back.minor) - i128::from(minor)).abs() <= most);
            }
        }

        #[test]
        fn signs_and_order_are_kept(a in -10_i64.pow(12)..10_i64.pow(12), b in -10_i64.pow(12)..10_i64.pow(12), worth in 1..=1_000_000_000_i64) {
            let x = Exchange::of(Some(Currency::EUR), [(currency("USD"), Currency::EUR, None, worth)].into_iter());
            let eur = |n| x.convert(Money::new(n, currency("USD")), Currency::EUR, day(0)).unwrap().minor;
            prop_assert_eq!(eur(-a), -eur(a));
            prop_assert!((a <= b) <= (eur(a) <= eur(b)));
        }

        #[test]
        fn the_latest_rate_by_the_day_counts_in_any_order(mut dated in proptest::collection::vec((0..60_i32, 1..10_000_000_i64), 1..12), on in 0..60_i32) {
            dated.sort_unstable();
            dated.dedup_by_key(|d| d.0);
            let want = dated.iter().rfind(|(from, _)| *from <= on).map(|d| d.1);
            let x = Exchange::of(Some(Currency::EUR), dated.iter().rev().map(|(from, worth)| (currency("USD"), Currency::EUR, Some(day(*from)), *worth)));
            let got = x.convert(Money::new(1_000_000, currency("USD")), Currency::EUR, day(on)).map(|m| m.minor);
            prop_assert_eq!(got, want);
        }
    }
}
