//! In what deals that were won differ from those that were lost.
//!
//! Shares are compared by Newcombe's interval and the pooled z test, means by Welch's t (1947).
//! Many things are looked at, and some would seem to differ by chance alone: all p values are
//! corrected together by Holm (1979).

mod factor;

pub use factor::Factor;

use super::{Query, date_of};
use crate::domain::activity::ActivityKind;
use crate::domain::deal::{BuyingRole, Deal, Status};
use crate::domain::ids::DealId;
use crate::domain::insight::facts::{Facts, NEVER};
use crate::domain::insight::slice::{Dimension, Sliced};
use crate::domain::insight::stats::binomial::difference;
use crate::domain::insight::stats::sample::Sample;
use crate::domain::insight::stats::test::{holm, two_shares, welch};
use crate::domain::insight::stats::{Interval, Rate};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::query::qualify::qualification;
use crate::domain::stage::StageKind;
use factor::{NUMBERS, SIZES, dimensions};
use std::collections::BTreeMap;

/// Fewer deals won, or lost, than this are not compared.
pub const LEAST: usize = 10;
/// A value of a dimension that fewer closed deals have than this is not looked at.
pub const LEAST_VALUE: usize = 5;

/// One side of a difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The share, 0 to 1, or the mean.
    pub value: f64,
    /// Of how many deals.
    pub n: u64,
    /// Of a share those that have it, of a mean all; in order of their ids.
    pub deals: Vec<DealId>,
}

/// What the two sides are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Shares.
    Share,
    /// Means.
    Mean,
}

/// A difference between deals won and deals lost.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In what.
    pub factor: Factor,
    /// In which value of it; empty for a number or a yes.
    pub value: String,
    /// What the sides are.
    pub measure: Measure,
    /// Of deals won.
    pub won: Side,
    /// Of deals lost.
    pub lost: Side,
    /// Won minus lost.
    pub by: f64,
    /// Its 95 % interval, not corrected.
    pub interval: Interval,
    /// How often chance alone gives as much or more.
    pub p: f64,
    /// The same, corrected for all that was looked at.
    pub corrected: f64,
}

impl Difference {
    /// Whether it is more than chance, with all that was looked at taken into account.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.corrected < 0.05
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Differences {
    /// There are too few to compare: so many won, so many lost.
    TooFew(usize, usize),
    /// All that was looked at, the surest first.
    Found(Vec<Difference>),
}

/// Compares the deals closed in the time.
#[must_use]
pub fn differences(query: Query<'_>) -> Differences {
    let won: Vec<usize> = query.closed(Status::Won).collect();
    let lost: Vec<usize> = query.closed(Status::Lost).collect();
    if won.len() < LEAST || lost.len() < LEAST {
        return Differences::TooFew(won.len(), lost.len());
    }
    let pair = Pair {
        query,
        won: &won,
        lost: &lost,
    };
    let mut found = Vec::new();
    for dimension in dimensions(query.world) {
        pair.dimension(dimension, &mut found);
    }
    for (label, most) in SIZES {
        let least = SIZES.iter().rev().find(|(_, m)| *m < most);
        let least = least.map_or(0, |(_, m)| m + 1);
        let fits = |n: u32| (least..=most).contains(&n);
        found.extend(pair.share(Factor::Size, label, |deal| {
            let org = deal.organisation?;
            let org = query.world.state.tables.organisations.get(org)?;
            org.employees.map(fits)
        }));
    }
    let role = |wanted: &'static [BuyingRole]| {
        move |deal: &Deal| Some(deal.contacts.iter().any(|c| wanted.contains(&c.role)))
    };
    found.extend(pair.share(Factor::Champion, "", role(&[BuyingRole::Champion])));
    found.extend(pair.share(
        Factor::Decider,
        "",
        role(&[BuyingRole::DecisionMaker, BuyingRole::EconomicBuyer]),
    ));
    found.extend(pair.worth_more());
    let stages = query.facts.stages.list.iter();
    let open = stages.filter(|stage| stage.kind == StageKind::Open);
    let stays = open.map(|stage| Factor::Stay(stage.id));
    for factor in NUMBERS.into_iter().chain(stays) {
        found.extend(pair.mean(factor));
    }
    let p: Vec<f64> = found.iter().map(|d| d.p).collect();
    for (difference, corrected) in found.iter_mut().zip(holm(&p)) {
        difference.corrected = corrected;
    }
    found.order_by(|a, b| a.p.total_cmp(&b.p));
    Differences::Found(found)
}

/// The two sides.
struct Pair<'a> {
    query: Query<'a>,
    won: &'a [usize],
    lost: &'a [usize],
}

impl Pair<'_> {
    fn dimension(&self, dimension: Dimension, found: &mut Vec<Difference>) {
        let (world, facts) = (self.query.world, self.query.facts);
        let sliced = Sliced::of(world, facts, dimension);
        let mut seen: Vec<u32> = Vec::new();
        for row in self.won.iter().chain(self.lost) {
            seen.extend(sliced.values(*row));
        }
        seen.order();
        seen.dedup();
        for value in seen.into_iter().filter(|v| *v != 0) {
            let label = sliced.labels.get(value as usize);
            let label = label.map_or("", |l| l.name.as_str());
            let has = |row: usize| Some(sliced.values(row).contains(&value));
            found.extend(self.share_of(Factor::Dimension(dimension), label, has));
        }
    }

    fn share(
        &self,
        factor: Factor,
        value: &str,
        has: impl Fn(&Deal) -> Option<bool>,
    ) -> Option<Difference> {
        self.share_of(factor, value, |row| has(self.query.deal(row)?))
    }

    /// Compares how often something holds; deals of which it is not known are left out.
    fn share_of(
        &self,
        factor: Factor,
        value: &str,
        has: impl Fn(usize) -> Option<bool>,
    ) -> Option<Difference> {
        let side = |rows: &[usize]| {
            let (mut n, mut deals) = (0, Vec::new());
            for row in rows {
                if let Some(yes) = has(*row) {
                    n += 1;
                    deals.extend(yes.then(|| self.query.facts.ids[*row]));
                }
            }
            deals.order();
            (Rate::new(deals.len() as u64, n), deals)
        };
        let ((a, won), (b, lost)) = (side(self.won), side(self.lost));
        let enough = a.part + b.part >= LEAST_VALUE as u64
            && (a.n - a.part) + (b.n - b.part) >= LEAST_VALUE as u64;
        if !enough {
            return None;
        }
        let (by, interval) = difference(a, b)?;
        let p = two_shares(a, b)?.p;
        Some(Difference {
            factor,
            value: value.to_owned(),
            measure: Measure::Share,
            won: Side {
                value: a.value()?,
                n: a.n,
                deals: won,
            },
            lost: Side {
                value: b.value()?,
                n: b.n,
                deals: lost,
            },
            by,
            interval,
            p,
            corrected: p,
        })
    }

    /// Compares how many are worth more than half of the closed deals in the currency that most of them
    /// are in. No mean of amounts: a few large deals would decide it.
    fn worth_more(&self) -> Option<Difference> {
        let query = self.query;
        let shown = |row: usize| {
            let on = date_of(query.facts.closed[row]);
            Some(query.exchange.shown(query.facts.money(row)?, on).0)
        };
        let rows = || self.won.iter().chain(self.lost);
        let mut counts: BTreeMap<Currency, usize> = BTreeMap::new();
        for money in rows().filter_map(|row| shown(*row)) {
            *counts.entry(money.currency).or_default() += 1;
        }
        let (currency, _) = counts.into_iter().max_by_key(|(_, n)| *n)?;
        let own = |row: usize| shown(row).filter(|money| money.currency == currency);
        let mut values: Vec<i64> = rows().filter_map(|row| Some(own(*row)?.minor)).collect();
        values.order();
        let half = Money::new(*values.get(values.len() / 2)?, currency);
        let name = format!("more than {} {currency}", half.to_plain());
        self.share_of(Factor::Value, &name, |row| {
            Some(own(row)?.minor > half.minor)
        })
    }

    /// Compares a number; deals of which it is not known are left out.
    fn mean(&self, factor: Factor) -> Option<Difference> {
        let side = |rows: &[usize]| {
            let (mut sample, mut deals) = (Sample::default(), Vec::new());
            for row in rows {
                if let Some(number) = self.number(factor, *row) {
                    sample.add(number);
                    deals.push(self.query.facts.ids[*row]);
                }
            }
            deals.order();
            (sample, deals)
        };
        let ((a, won), (b, lost)) = (side(self.won), side(self.lost));
        if won.len() < LEAST || lost.len() < LEAST {
            return None;
        }
        let (by, interval, p) = welch(&a, &b)?;
        Some(Difference {
            factor,
            value: String::new(),
            measure: Measure::Mean,
            won: Side {
                value: a.mean()?,
                n: a.len(),
                deals: won,
            },
            lost: Side {
                value: b.mean()?,
                n: b.len(),
                deals: lost,
            },
            by,
            interval,
            p,
            corrected: p,
        })
    }

    fn number(&self, factor: Factor, row: usize) -> Option<u32> {
        let facts: &Facts = self.query.facts;
        let deal = self.query.deal(row)?;
        let done = |kind: ActivityKind| Some(facts.done[row][kind as usize].into());
        match factor {
            Factor::Contacts => u32::try_from(deal.contacts.len()).ok(),
            Factor::Qualification => {
                let known = qualification(&self.query.world.state, deal)?;
                Some(known.percent.into())
            }
            Factor::Activities => Some(facts.done[row].iter().map(|n| u32::from(*n)).sum()),
            Factor::Meetings => done(ActivityKind::Meeting),
            Factor::Calls => done(ActivityKind::Call),
            Factor::Emails => done(ActivityKind::Email),
            Factor::Stay(stage) => {
                let number = facts.stages.find(stage)?;
                let stays = facts.legs.of(row).iter().filter(|leg| leg.stage == number);
                let days: Vec<u32> = stays.map(|leg| leg.days(facts.closed[row])).collect();
                (!days.is_empty()).then(|| days.iter().sum())
            }
            Factor::Slips => Some(facts.pushes[row].into()),
            Factor::Cycle => {
                let (begin, end) = (facts.created[row], facts.closed[row]);
                (begin != NEVER && end != NEVER).then(|| (end - begin).max(0).unsigned_abs())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welch_by_another_way() {
        // t = 2.4541 with 8.0522 degrees of freedom; tail and quantile by numeric integration.
        let a: Sample = [3, 5, 9, 4, 8, 12].into_iter().collect();
        let b: Sample = [1, 2, 2, 6, 3].into_iter().collect();
        let (by, interval, p) = welch(&a, &b).unwrap();
        let close = |got: f64, want: f64| assert!((got - want).abs() < 1e-6, "{got} {want}");
        close(by, 4.033_333_333);
        close(p, 0.039_495_387);
        close(interval.low, 0.247_672_136);
        close(interval.high, 7.818_994_530);
        let same: Sample = [4, 4].into_iter().collect();
        assert_eq!(welch(&same, &same), None);
        assert_eq!(welch(&a, &Sample::default()), None);
    }

    #[test]
    fn values_stays_and_calls_are_compared_too() {
        use crate::domain::insight::exchange::Exchange;
        use crate::domain::insight::made::{End, Made, STAGES};
        use crate::domain::insight::period::Period;
        use crate::domain::insight::select::Selection;
        let mut made = Made::new();
        for n in 0..12 {
            // Won: worth 1,000 and more, 4 or 5 days in the first stage; lost: less, 20 or 21 days.
            made.deal(
                Some(1_000 + n),
                &[(0, 20), (1, 24 + n as u64 % 2)],
                End::Won(50),
            );
            made.deal(
                Some(500 + n),
                &[(0, 20), (1, 40 + n as u64 % 2)],
                End::Lost(50),
            );
        }
        let facts = Facts::over(&made.world, &|_| 0);
        let found = differences(Query {
            world: &made.world,
            facts: &facts,
            of: &Selection::all(&facts),
            period: Period::all(),
            exchange: &Exchange::default(),
        });
        let Differences::Found(all) = found else {
            panic!("{found:?}");
        };
        let of = |factor| all.iter().find(|d| d.factor == factor).unwrap();
        let worth = of(Factor::Value);
        // Of 24 values the 13th, 1,000, is the limit: eleven of twelve won ones are above it.
        assert_eq!(worth.value, "more than 1000 EUR");
        assert_eq!((worth.won.deals.len(), worth.lost.deals.len()), (11, 0));
        assert!(worth.holds());
        let stay = of(Factor::Stay(STAGES[0]));
        assert_eq!((stay.won.value, stay.lost.value), (4.5, 20.5));
        assert!(stay.holds() && stay.factor.grows_with_time());
        assert_eq!(stay.factor.label(&made.world), "Days in Stage 1");
        assert!(!all.iter().any(|d| d.factor == Factor::Stay(STAGES[2])));
    }
}
