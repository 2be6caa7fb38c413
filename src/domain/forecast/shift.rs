//! By how much things come out other than was expected: days and values.

/// Counts of whole numbers in a range; what is beyond an end counts as the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    least: i32,
    counts: Vec<u32>,
    total: u64,
    /// How many deals the counts are of.
    pub deals: u32,
    last: Option<usize>,
}

impl Spread {
    /// Nothing yet, of numbers from `least` to `most`.
    #[must_use]
    pub fn new(least: i32, most: i32) -> Self {
        let len = usize::try_from(most - least + 1).unwrap_or(1);
        Self {
            least,
            counts: vec![0; len],
            total: 0,
            deals: 0,
            last: None,
        }
    }

    /// Counts a number of a deal; those of one deal come one after another.
    pub fn note(&mut self, deal: usize, number: i32) {
        if self.last != Some(deal) {
            self.deals += 1;
            self.last = Some(deal);
        }
        let at = usize::try_from(number.saturating_sub(self.least)).unwrap_or(0);
        let at = at.min(self.counts.len() - 1);
        self.counts[at] += 1;
        self.total += 1;
    }

    /// The share of numbers up to one, from 0 to 1; 0 of nothing.
    #[must_use]
    pub fn share_by(&self, number: i32) -> f64 {
        let Ok(at) = usize::try_from(number.saturating_sub(self.least)) else {
            return 0.0;
        };
        if self.total == 0 {
            return 0.0;
        }
        let below: u64 = self.counts.iter().take(at + 1).map(|n| u64::from(*n)).sum();
        below as f64 / self.total as f64
    }

    /// The mean; none of nothing.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let numbers = (self.least..).zip(&self.counts);
        let sum: f64 = numbers.map(|(x, n)| f64::from(x) * f64::from(*n)).sum();
        (self.total > 0).then(|| sum / self.total as f64)
    }

    /// The number below which a share of all lies; none of nothing.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<i32> {
        let wanted = share.clamp(0.0, 1.0) * self.total as f64;
        let mut below = 0_u64;
        for (number, n) in (self.least..).zip(&self.counts) {
            below += u64::from(*n);
            if below as f64 >= wanted && below > 0 {
                return Some(number);
            }
        }
        None
    }

    /// So many quantiles in the middle of equal shares, to draw from; empty of nothing.
    #[must_use]
    pub fn draws(&self, many: usize) -> Vec<i32> {
        let share = |n: usize| (n as f64 + 0.5) / many as f64;
        (0..many).filter_map(|n| self.quantile(share(n))).collect()
    }

    /// Adds all of another of the same range.
    pub fn merge(&mut self, other: &Self) {
        for (own, n) in self.counts.iter_mut().zip(&other.counts) {
            *own += n;
        }
        self.total += other.total;
    }
}

/// How far ahead an expected close is: a number for each kind.
pub const LEADS: usize = 4;

/// Which kind a close so many days ahead is: past, within 30 days, within 90, later.
#[must_use]
pub fn lead(days: i32) -> usize {
    match days {
        ..0 => 0,
        0..=30 => 1,
        31..=90 => 2,
        _ => 3,
    }
}

/// Words for the kinds.
#[must_use]
pub fn lead_words(lead: usize) -> &'static str {
    ["overdue", "within 30 days", "within 31 to 90 days", "later"][lead.min(3)]
}

/// When deals that were won were won, against the day expected some time before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slips {
    /// Days from the expected day to the day won, by how far ahead it was; where it was overdue,
    /// days from then on.
    pub by_lead: [Spread; LEADS],
    /// The same of all that were not overdue.
    pub all: Spread,
}

impl Default for Slips {
    fn default() -> Self {
        Self {
            by_lead: std::array::from_fn(|_| Spread::new(-400, 730)),
            all: Spread::new(-400, 730),
        }
    }
}

/// Fewer deals than this say nothing of their own kind of lead.
pub const FEW: u32 = 10;

impl Slips {
    /// Notes that a deal, expected to close `lead` days later, was won `won` days later.
    pub fn note(&mut self, deal: usize, ahead: i32, won: i32) {
        let kind = lead(ahead);
        if kind == 0 {
            self.by_lead[0].note(deal, won);
        } else {
            self.by_lead[kind].note(deal, won - ahead);
            self.all.note(deal, won - ahead);
        }
    }

    /// For a deal that will be won and is expected `ahead` days from now: the share of cases in
    /// which that is within `days`, where `put_off` days are added. None where too little is known.
    #[must_use]
    pub fn won_by(&self, ahead: i32, days: i32, put_off: i32) -> Option<f64> {
        let kind = lead(ahead);
        let own = &self.by_lead[kind];
        if kind == 0 {
            return (own.deals >= FEW).then(|| own.share_by(days - put_off));
        }
        let spread = if own.deals >= FEW { own } else { &self.all };
        // What would have come before today comes today.
        let by = |days: i32| spread.share_by(days - ahead - put_off);
        (spread.deals >= FEW).then(|| if days < 0 { 0.0 } else { by(days) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_quantiles_and_draws_agree() {
        let mut spread = Spread::new(-5, 5);
        for (deal, n) in [-9, -1, 0, 0, 3, 40].into_iter().enumerate() {
            spread.note(deal, n);
        }
        assert_eq!(spread.deals, 6);
        assert!((spread.share_by(0) - 4.0 / 6.0).abs() < 1e-12);
        assert_eq!(spread.share_by(-6), 0.0);
        assert_eq!(spread.share_by(99), 1.0);
        assert_eq!(spread.quantile(0.5), Some(0));
        assert_eq!(spread.draws(6), [-5, -1, 0, 0, 3, 5]);
        assert_eq!(Spread::new(0, 3).draws(4), Vec::<i32>::new());
        assert_eq!(Spread::new(0, 3).mean(), None);
    }

    #[test]
    fn a_slip_is_looked_up_by_how_far_ahead_the_day_was() {
        let mut slips = Slips::default();
        for deal in 0..10 {
            slips.note(deal, 20, 20 + deal as i32);
            slips.note(deal, -4, 7);
        }
        assert_eq!(slips.won_by(10, 9, 0), Some(0.0));
        assert_eq!(slips.won_by(10, 14, 0), Some(0.5));
        assert_eq!(slips.won_by(10, 14, 30), Some(0.0));
        // Nothing is known of its own kind: all others stand in.
        assert_eq!(slips.won_by(200, 209, 0), Some(1.0));
        assert_eq!(slips.won_by(-9, 7, 0), Some(1.0));
        assert_eq!(Slips::default().won_by(10, 14, 0), None);
    }
}
