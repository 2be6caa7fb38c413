//! Tests: whether two groups differ by more than chance.

use super::sample::Sample;
use super::special::{erfc, student_quantile, student_tail};
use super::{Interval, Rate};

/// What a test says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// The statistic, in standard deviations.
    pub z: f64,
    /// How often chance alone gives as much or more, in either direction.
    pub p: f64,
}

impl Test {
    fn of(z: f64) -> Self {
        Self {
            z,
            p: erfc(z.abs() / std::f64::consts::SQRT_2).min(1.0),
        }
    }
}

/// Whether two shares differ: the pooled z test, the same as Pearson's χ² without correction.
/// None where either is of nothing, or all or none of both are counted.
#[must_use]
pub fn two_shares(a: Rate, b: Rate) -> Option<Test> {
    let (p, q) = (a.value()?, b.value()?);
    let pooled = Rate::new(a.part + b.part, a.n + b.n).value()?;
    let spread = pooled * (1.0 - pooled) * (1.0 / a.n as f64 + 1.0 / b.n as f64);
    (spread > 0.0).then(|| Test::of((p - q) / spread.sqrt()))
}

/// What the Mann–Whitney test says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankTest {
    /// How many pairs the first group wins; a draw counts half.
    pub u: f64,
    /// The chance that one of the first group is larger than one of the second, a draw half.
    pub ahead: f64,
    /// Statistic and p value.
    pub test: Test,
}

/// Whether one group tends to take longer than another, whatever the distributions: Mann and
/// Whitney's test by its normal approximation, corrected for ties and continuity (scipy's
/// asymptotic method). None where either is empty or all are the same.
#[must_use]
pub fn mann_whitney(a: &Sample, b: &Sample) -> Option<RankTest> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let (n, m) = (a.len() as f64, b.len() as f64);
    let all = n + m;
    let (mut rest_a, mut rest_b) = (a.iter().peekable(), b.iter().peekable());
    let (mut below_b, mut u, mut ties) = (0.0, 0.0, 0.0);
    loop {
        let next = match (rest_a.peek(), rest_b.peek()) {
            (Some((x, _)), Some((y, _))) => *x.min(y),
            (Some((x, _)), None) | (None, Some((x, _))) => *x,
            (None, None) => break,
        };
        let here = |taken: Option<(u32, u32)>| taken.map_or(0.0, |(_, count)| f64::from(count));
        let here_a = here(rest_a.next_if(|(x, _)| *x == next));
        let here_b = here(rest_b.next_if(|(y, _)| *y == next));
        u += here_a * (below_b + 0.5 * here_b);
        below_b += here_b;
        let tied = here_a + here_b;
        ties += tied * tied * tied - tied;
    }
    let spread = n * m / 12.0 * ((all + 1.0) - ties / (all * (all - 1.0)));
    if spread <= 0.0 {
        return None;
    }
    let distance = u - 0.5 * n * m;
    // Continuity: half a pair towards the middle.
    let z = distance.signum() * (distance.abs() - 0.5).max(0.0) / spread.sqrt();
    Some(RankTest {
        u,
        ahead: u / (n * m),
        test: Test::of(z),
    })
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

/// The p values of several tests, corrected so that all together are wrong no more often than one
/// alone would be (Holm 1979). In the order given.
#[must_use]
pub fn holm(p: &[f64]) -> Vec<f64> {
    use crate::domain::order::Order;
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.order_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut corrected = vec![0.0; p.len()];
    let mut least: f64 = 0.0;
    for (rank, at) in order.into_iter().enumerate() {
        least = least.max(p[at] * (p.len() - rank) as f64).min(1.0);
        corrected[at] = least;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holm_s_steps_never_go_down() {
        let corrected = holm(&[0.01, 0.04, 0.03, 0.5]);
        for (got, want) in corrected.iter().zip([0.04, 0.09, 0.09, 0.5]) {
            assert!((got - want).abs() < 1e-12, "{corrected:?}");
        }
        assert_eq!(holm(&[]), Vec::<f64>::new());
    }

    #[test]
    fn equal_groups_do_not_differ() {
        let a: Sample = [1, 5, 9].into_iter().collect();
        let same = mann_whitney(&a, &a).unwrap();
        assert!((same.ahead - 0.5).abs() < 1e-12 && (same.test.p - 1.0).abs() < 1e-12);
        let one: Sample = [4, 4].into_iter().collect();
        assert_eq!(mann_whitney(&one, &one), None);
        assert_eq!(two_shares(Rate::new(0, 4), Rate::new(0, 9)), None);
        assert_eq!(two_shares(Rate::new(0, 0), Rate::new(3, 9)), None);
    }
}
