//! In what deals that were won differ from those that were lost.
//!
//! Shares are compared by Newcombe's interval and the pooled z test, means by Welch's t (1947).
//! Many things are looked at, and some would seem to differ by chance alone: all p values are
//! corrected together by Holm (1979).

use super::Query;
use crate::domain::deal::{BuyingRole, Deal, Status};
use crate::domain::ids::DealId;
use crate::domain::insight::facts::{Facts, NEVER};
use crate::domain::insight::slice::{Dimension, Sliced};
use crate::domain::insight::stats::binomial::difference;
use crate::domain::insight::stats::sample::Sample;
use crate::domain::insight::stats::special::{student_quantile, student_tail};
use crate::domain::insight::stats::test::{holm, two_shares};
use crate::domain::insight::stats::{Interval, Rate};
use crate::domain::order::Order;
use crate::domain::query::qualify::qualification;
use crate::domain::world::World;

/// Fewer deals won, or lost, than this are not compared.
pub const LEAST: usize = 10;
/// A value of a dimension that fewer closed deals have than this is not looked at.
pub const LEAST_VALUE: usize = 5;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Factor {
    /// The share of deals with a value of a dimension.
    Dimension(Dimension),
    /// The share of deals with an organisation of a size.
    Size,
    /// How many contacts.
    Contacts,
    /// Whether a champion is among them.
    Champion,
    /// Whether somebody who decides or holds the budget is among them.
    Decider,
    /// How much of the qualification is known, in percent.
    Qualification,
    /// How many activities were done.
    Activities,
    /// How many of them were meetings.
    Meetings,
    /// How often the expected close was put off.
    Slips,
    /// Days from creation to close.
    Cycle,
}

/// The dimensions that are compared: what is known before a deal is closed.
const DIMENSIONS: [Dimension; 9] = [
    Dimension::Owner,
    Dimension::Source,
    Dimension::Campaign,
    Dimension::Industry,
    Dimension::Territory,
    Dimension::Product,
    Dimension::Persona,
    Dimension::Kind,
    Dimension::Tag,
];

const NUMBERS: [Factor; 6] = [
    Factor::Contacts,
    Factor::Qualification,
    Factor::Activities,
    Factor::Meetings,
    Factor::Slips,
    Factor::Cycle,
];

/// Sizes of organisations: at most so many people.
const SIZES: [(&str, u32); 5] = [
    ("1 to 10 people", 10),
    ("11 to 50 people", 50),
    ("51 to 200 people", 200),
    ("201 to 1,000 people", 1_000),
    ("More than 1,000 people", u32::MAX),
];

impl Factor {
    /// What it is called.
    #[must_use]
    pub fn label(self, world: &World) -> String {
        match self {
            Self::Dimension(dimension) => dimension.label(world),
            Self::Size => "Company size".into(),
            Self::Contacts => "Contacts".into(),
            Self::Champion => "A champion is known".into(),
            Self::Decider => "A decision maker or economic buyer is known".into(),
            Self::Qualification => "Qualification known".into(),
            Self::Activities => "Activities done".into(),
            Self::Meetings => "Meetings held".into(),
            Self::Slips => "Close put off".into(),
            Self::Cycle => "Days from creation to close".into(),
        }
    }
}

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
    for dimension in DIMENSIONS {
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
    for factor in NUMBERS {
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
        match factor {
            Factor::Contacts => u32::try_from(deal.contacts.len()).ok(),
            Factor::Qualification => {
                let known = qualification(&self.query.world.state, deal)?;
                Some(known.percent.into())
            }
            Factor::Activities => Some(facts.done[row].iter().map(|n| u32::from(*n)).sum()),
            Factor::Meetings => Some(
                facts.done[row][crate::domain::activity::ActivityKind::Meeting as usize].into(),
            ),
            Factor::Slips => Some(facts.pushes[row].into()),
            Factor::Cycle => {
                let (begin, end) = (facts.created[row], facts.closed[row]);
                (begin != NEVER && end != NEVER).then(|| (end - begin).max(0).unsigned_abs())
            }
            _ => None,
        }
    }
}

fn variance(sample: &Sample, mean: f64) -> f64 {
    let squares: f64 = sample
        .iter()
        .map(|(x, n)| f64::from(n) * (f64::from(x) - mean).powi(2))
        .sum();
    squares / (sample.len() as f64 - 1.0)
}

/// The difference of two means with its 95 % interval and p value by Welch's t with the degrees of
/// freedom of Satterthwaite. None below two of either, or where nothing varies.
#[must_use]
pub fn welch(a: &Sample, b: &Sample) -> Option<(f64, Interval, f64)> {
    let (mean_a, mean_b) = (a.mean()?, b.mean()?);
    if a.len() < 2 || b.len() < 2 {
        return None;
    }
    let (n, m) = (a.len() as f64, b.len() as f64);
    let (va, vb) = (variance(a, mean_a) / n, variance(b, mean_b) / m);
    let error = (va + vb).sqrt();
    if error <= 0.0 {
        return None;
    }
    let freedom = (va + vb).powi(2) / (va * va / (n - 1.0) + vb * vb / (m - 1.0));
    let by = mean_a - mean_b;
    let reach = student_quantile(0.025, freedom) * error;
    let p = (2.0 * student_tail((by / error).abs(), freedom)).min(1.0);
    let interval = Interval {
        low: by - reach,
        high: by + reach,
    };
    Some((by, interval, p))
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
}
