//! Logistic regression with a ridge, by Newton's method: the same for the same data, everywhere.

use super::factors::Design;

/// What a fit found, as log-odds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// The log-odds of a deal without any of the columns.
    pub intercept: f64,
    /// What each column adds; 0 for those that were left out.
    pub columns: Vec<f64>,
}

impl Weights {
    /// The log-odds of a row.
    #[must_use]
    pub fn log_odds(&self, columns: &[u32]) -> f64 {
        let sum: f64 = columns.iter().map(|c| self.columns[*c as usize]).sum();
        self.intercept + sum
    }
}

/// The share that belongs to log-odds.
#[must_use]
pub fn share(log_odds: f64) -> f64 {
    if log_odds >= 0.0 {
        1.0 / (1.0 + (-log_odds).exp())
    } else {
        let odds = log_odds.exp();
        odds / (1.0 + odds)
    }
}

/// The log-odds of a share, kept off 0 and 1.
#[must_use]
pub fn log_odds(share: f64) -> f64 {
    let p = share.clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).ln()
}

/// ln(1 + eˣ) without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// The mean of −ln of the chance that a row's log-odds gave to what came.
#[must_use]
pub fn log_loss(log_odds: &[f64], won: &[bool]) -> f64 {
    let pairs = log_odds.iter().zip(won);
    let sum: f64 = pairs
        .map(|(x, won)| softplus(if *won { -x } else { *x }))
        .sum();
    sum / log_odds.len().max(1) as f64
}

/// Steps of Newton at most; ten are enough in practice.
const STEPS: usize = 60;
/// A fit is done when no weight moves by more than this.
const STILL: f64 = 1e-10;

/// Minimises Σ ln(1 + e^(∓log-odds)) + ridge/2 · Σ weight² over some rows of a design; the
/// intercept is not drawn to 0 (Hoerl and Kennard 1970; le Cessie and van Houwelingen 1992). Only
/// columns for which `keep` holds get a weight.
#[must_use]
pub fn fit(design: &Design, rows: &[u32], won: &[bool], keep: &[bool], ridge: f64) -> Weights {
    // Place 0 is the intercept.
    let mut place = vec![0_u32; keep.len()];
    let mut size = 1;
    for (column, kept) in keep.iter().enumerate() {
        if *kept {
            place[column] = size;
            size += 1;
        }
    }
    let n = size as usize;
    let with: Vec<Vec<usize>> = rows
        .iter()
        .map(|row| {
            let columns = design.columns(*row as usize).iter();
            let kept = columns
                .map(|c| place[*c as usize] as usize)
                .filter(|p| *p > 0);
            std::iter::once(0).chain(kept).collect()
        })
        .collect();
    let of = |w: &[f64], places: &[usize]| places.iter().map(|p| w[*p]).sum::<f64>();
    let cost = |w: &[f64]| {
        let fit: f64 = (with.iter().zip(won))
            .map(|(places, won)| {
                let x = of(w, places);
                softplus(if *won { -x } else { x })
            })
            .sum();
        fit + 0.5 * ridge * w[1..].iter().map(|w| w * w).sum::<f64>()
    };
    let mut w = vec![0.0; n];
    let mut now = cost(&w);
    for _ in 0..STEPS {
        let (mut slope, mut bend) = (vec![0.0; n], vec![0.0; n * n]);
        for (places, won) in with.iter().zip(won) {
            let p = share(of(&w, places));
            let (off, weight) = (p - f64::from(u8::from(*won)), (p * (1.0 - p)).max(1e-12));
            for a in places {
                slope[*a] += off;
                for b in places {
                    bend[a * n + b] += weight;
                }
            }
        }
        for at in 1..n {
            slope[at] += ridge * w[at];
            bend[at * n + at] += ridge;
        }
        let step = solve(&mut bend, slope, n);
        let mut part = 1.0;
        let next = loop {
            let next: Vec<f64> = w.iter().zip(&step).map(|(w, s)| w - part * s).collect();
            let then = cost(&next);
            if then <= now || part < 1e-6 {
                now = then.min(now);
                break next;
            }
            part *= 0.5;
        };
        let moved = w.iter().zip(&next).map(|(a, b)| (a - b).abs());
        let still = moved.fold(0.0, f64::max) < STILL;
        w = next;
        if still {
            break;
        }
    }
    let columns = place
        .iter()
        .map(|p| if *p == 0 { 0.0 } else { w[*p as usize] });
    Weights {
        intercept: w[0],
        columns: columns.collect(),
    }
}

/// Solves a symmetric positive definite system by Cholesky, in place.
fn solve(matrix: &mut [f64], mut right: Vec<f64>, n: usize) -> Vec<f64> {
    for column in 0..n {
        for row in column..n {
            let (above, below) = (&matrix[column * n..], &matrix[row * n..]);
            let sum: f64 = (0..column).map(|k| above[k] * below[k]).sum();
            let rest = matrix[row * n + column] - sum;
            matrix[row * n + column] = if row == column {
                rest.max(1e-12).sqrt()
            } else {
                rest / matrix[column * n + column]
            };
        }
    }
    for row in 0..n {
        let sum: f64 = (0..row).map(|k| matrix[row * n + k] * right[k]).sum();
        right[row] = (right[row] - sum) / matrix[row * n + row];
    }
    for row in (0..n).rev() {
        let sum: f64 = (row + 1..n).map(|k| matrix[k * n + row] * right[k]).sum();
        right[row] = (right[row] - sum) / matrix[row * n + row];
    }
    right
}

/// Platt's calibration (1999): which line through log-odds gives the right shares, with his
/// smoothed targets. The slope stays within 0 and 2: below, the score would be turned round.
#[must_use]
pub fn platt(log_odds: &[f64], won: &[bool]) -> (f64, f64) {
    let wins = won.iter().filter(|w| **w).count() as f64;
    let losses = won.len() as f64 - wins;
    let (high, low) = ((wins + 1.0) / (wins + 2.0), 1.0 / (losses + 2.0));
    let target = |won: &bool| if *won { high } else { low };
    let (mut slope, mut shift) = (1.0, 0.0);
    let line = |slope: f64, shift: f64, free: bool| {
        // First and second derivatives of the log loss by slope and shift.
        let mut d = [0.0; 5];
        for (x, won) in log_odds.iter().zip(won) {
            let p = share(slope * x + shift);
            let (off, weight) = (p - target(won), (p * (1.0 - p)).max(1e-12));
            for (sum, more) in d
                .iter_mut()
                .zip([off * x, off, weight * x * x, weight * x, weight])
            {
                *sum += more;
            }
        }
        let [a, b, aa, ab, bb] = d;
        let (aa, bb) = (aa + 1e-9, bb + 1e-9);
        let det = aa * bb - ab * ab;
        if free && det > 1e-12 {
            ((bb * a - ab * b) / det, (aa * b - ab * a) / det)
        } else {
            (0.0, b / bb)
        }
    };
    for round in 0..2 * STEPS {
        let free = round < STEPS;
        let (by_slope, by_shift) = line(slope, shift, free);
        slope -= by_slope.clamp(-2.0, 2.0);
        shift -= by_shift.clamp(-5.0, 5.0);
        if round == STEPS - 1 {
            slope = slope.clamp(0.0, 2.0);
        }
    }
    (slope, shift)
}

/// What must be added to log-odds so that the mean of their shares is the share that was won.
#[must_use]
pub fn level(log_odds: &[f64], won: &[bool]) -> f64 {
    let wins = won.iter().filter(|w| **w).count() as f64;
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        let said: f64 = log_odds.iter().map(|x| share(x + middle)).sum();
        if said < wins {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_column_gives_the_rates_that_are_there() {
        // 30 of 40 with it, 10 of 40 without; hardly any ridge.
        let design = Design::plain(1, (0..80).map(|n| if n < 40 { vec![0] } else { vec![] }));
        let rows: Vec<u32> = (0..80).collect();
        let won: Vec<bool> = (0..80).map(|n| n < 30 || (40..50).contains(&n)).collect();
        let weights = fit(&design, &rows, &won, &[true], 1e-9);
        assert!((share(weights.log_odds(&[])) - 0.25).abs() < 1e-6);
        assert!((share(weights.log_odds(&[0])) - 0.75).abs() < 1e-6);
        // A strong ridge draws the column to nothing and leaves the mean.
        let drawn = fit(&design, &rows, &won, &[true], 1e9);
        assert!(drawn.columns[0].abs() < 1e-6 && drawn.intercept.abs() < 1e-6);
        // A column left out has no weight.
        let without = fit(&design, &rows, &won, &[false], 1.0);
        assert_eq!(without.columns, [0.0]);
    }

    #[test]
    fn platt_keeps_what_is_right_and_takes_back_what_is_too_sure() {
        let x: Vec<f64> = (0..4_000)
            .map(|n| if n % 2 == 0 { 3.0 } else { -3.0 })
            .collect();
        // Said 95 and 5 percent, came 75 and 25.
        let won: Vec<bool> = (0..4_000).map(|n| (n % 2 == 0) == (n % 8 < 6)).collect();
        let (slope, shift) = platt(&x, &won);
        assert!(
            (share(slope * 3.0 + shift) - 0.75).abs() < 0.01,
            "{slope} {shift}"
        );
        // Turned round says nothing at all.
        let turned: Vec<bool> = won.iter().map(|w| !w).collect();
        let (slope, shift) = platt(&x, &turned);
        assert!(slope == 0.0 && shift.abs() < 0.01, "{slope} {shift}");
        assert!(platt(&[], &[]).0.is_finite());
        let shift = level(&[0.5; 40], &won[..40]);
        let rate = won[..40].iter().filter(|w| **w).count() as f64 / 40.0;
        assert!((share(0.5 + shift) - rate).abs() < 1e-9);
    }
}
