//! Statistics without a crate. Checked against scipy, numpy and lifelines in `tests/oracle`.

pub mod binomial;
pub mod pool;
pub mod sample;
pub mod special;
pub mod survival;
pub mod test;

/// The 0.975 quantile of the normal distribution: two-sided 95 %.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Where a true value lies with 95 % confidence, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a value lies in it.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// How wide it is.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

/// A share: `part` of `n`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// How many of them.
    pub part: u64,
    /// Of how many.
    pub n: u64,
}

impl Rate {
    /// `part` of `n`.
    #[must_use]
    pub fn new(part: u64, n: u64) -> Self {
        Self { part, n }
    }

    /// The share, 0 to 1; none of nothing.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.n > 0).then(|| self.part as f64 / self.n as f64)
    }

    /// Its 95 % Wilson interval; none of nothing, and none where it is no share but how many times
    /// one number is another.
    #[must_use]
    pub fn interval(self) -> Option<Interval> {
        (self.part <= self.n).then(|| binomial::wilson(self.part, self.n))?
    }
}
