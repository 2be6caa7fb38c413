//! Special functions, written for accuracy near the last digits of a double.

use std::f64::consts::PI;

/// ln √(2π).
const LN_ROOT_TWO_PI: f64 = 0.918_938_533_204_672_7;

/// ln Γ(x) for x > 0. Lanczos's approximation with g = 7 and nine terms (Godfrey 2001), about
/// 15 digits. Infinite at 0 and below.
#[must_use]
#[expect(clippy::excessive_precision, reason = "as published")]
pub fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 8] = [
        676.520_368_121_885_098_567_009_190_444_019,
        -1_259.139_216_722_402_870_471_560_787_552_828,
        771.323_428_777_653_078_848_652_825_889_07,
        -176.615_029_162_140_599_065_845_513_999_14,
        12.507_343_278_686_904_814_458_936_853_287,
        -0.138_571_095_265_720_116_895_547_07,
        9.984_369_578_019_570_859_563e-6,
        1.505_632_735_149_311_558_338_355e-7,
    ];
    if x <= 0.0 {
        return f64::INFINITY;
    }
    if x < 0.5 {
        // Reflection.
        return (PI / (PI * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    if x > 15.0 {
        // Stirling's series loses less than the sum does where ln Γ is large.
        return (x - 0.5) * x.ln() - x + LN_ROOT_TWO_PI + stirling_rest(x);
    }
    let x = x - 1.0;
    let mut sum = 0.999_999_999_999_809_932_276_847_004_734_78;
    for (i, term) in TERMS.iter().enumerate() {
        sum += term / (x + i as f64 + 1.0);
    }
    let t = x + 7.5;
    LN_ROOT_TWO_PI + (x + 0.5) * t.ln() - t + sum.ln()
}

/// What Stirling's formula for ln Γ(x + 1) = ln x! leaves, as a series in 1/x; for x > 15.
fn stirling_rest(x: f64) -> f64 {
    let y = 1.0 / (x * x);
    (1.0 / 12.0
        - y * (1.0 / 360.0 - y * (1.0 / 1_260.0 - y * (1.0 / 1_680.0 - y * (1.0 / 1_188.0)))))
        / x
}

/// ln x! − Stirling's formula, for any x > 0.
fn stirling_error(x: f64) -> f64 {
    if x > 15.0 {
        return stirling_rest(x);
    }
    ln_gamma(x + 1.0) - (x + 0.5) * x.ln() + x - LN_ROOT_TWO_PI
}

/// x ln(x / m) + m − x without cancellation where x is close to m (Loader 2000).
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() < 0.1 * (x + m) {
        let v = (x - m) / (x + m);
        let mut sum = (x - m) * v;
        let mut term = 2.0 * x * v;
        for j in 1..1_000 {
            term *= v * v;
            let next = sum + term / f64::from(2 * j + 1);
            if next == sum {
                return next;
            }
            sum = next;
        }
        return sum;
    }
    x * (x / m).ln() + m - x
}

/// Γ(n+1) / (Γ(a+1) Γ(n−a+1)) pᵃ (1−p)ⁿ⁻ᵃ for real a in 0..=n: the binomial probability, by the
/// saddle point expansion of Loader (2000), which keeps its digits for large n.
#[must_use]
pub fn binomial_mass(a: f64, n: f64, p: f64) -> f64 {
    let q = 1.0 - p;
    if !(0.0..=n).contains(&a) {
        return 0.0;
    }
    if p <= 0.0 {
        return if a == 0.0 { 1.0 } else { 0.0 };
    }
    if q <= 0.0 {
        return if a == n { 1.0 } else { 0.0 };
    }
    if n == 0.0 {
        return 1.0;
    }
    if a == 0.0 {
        return (n * (-p).ln_1p()).exp();
    }
    if a == n {
        return (n * p.ln()).exp();
    }
    let b = n - a;
    let log = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * p)
        - deviance(b, n * q);
    (n / (2.0 * PI * a * b)).sqrt() * log.exp()
}

/// The regularised incomplete beta function Iₓ(a, b), for a, b > 0: the distribution function of
/// the beta distribution. Lentz's continued fraction (Press et al. 2007, 6.4).
#[must_use]
pub fn inc_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // xᵃ (1−x)ᵇ / B(a, b)
    let front = binomial_mass(a, a + b, x) * a * b / (a + b);
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |v: f64| if v.abs() < TINY { TINY } else { v };
    let (sum, above, below) = (a + b, a + 1.0, a - 1.0);
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - sum * x / above);
    let mut h = d;
    // Needs about √max(a, b) turns.
    for m in 1..100_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((below + 2.0 * m) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (sum + m) * x / ((a + 2.0 * m) * (above + 2.0 * m));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    h
}

/// The x with Iₓ(a, b) = p, by halving: 0 for p ≤ 0 and 1 for p ≥ 1.
#[must_use]
pub fn inc_beta_inverse(a: f64, b: f64, p: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    // From the side where the answer is small, so that it keeps its digits.
    if inc_beta(a, b, 0.5) < p {
        return 1.0 - low_inverse(|x| 1.0 - inc_beta(b, a, x) < p);
    }
    low_inverse(|x| inc_beta(a, b, x) > p)
}

/// The least x in 0..=0.5 for which `beyond` holds, to the last digits.
fn low_inverse(beyond: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 0.5);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if beyond(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    0.5 * (low + high)
}

/// The complementary error function, by its series where it is close to 1 and by its continued
/// fraction in the tail.
#[must_use]
pub fn erfc(x: f64) -> f64 {
    if x < 0.0 {
        return 2.0 - erfc(-x);
    }
    let root = PI.sqrt();
    if x < 2.5 {
        // erf x = 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·5 … (2n+1)): all terms positive.
        let (mut term, mut sum) = (x, x);
        for n in 1..200 {
            term *= 2.0 * x * x / f64::from(2 * n + 1);
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        return 1.0 - 2.0 / root * (-x * x).exp() * sum;
    }
    if x > 27.0 {
        return 0.0;
    }
    // erfc x = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), from the far end.
    let mut tail = x;
    for k in (1..=120).rev() {
        tail = x + f64::from(k) * 0.5 / tail;
    }
    (-x * x).exp() / (root * tail)
}

/// The distribution function of the normal distribution.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erfc(-x / std::f64::consts::SQRT_2)
}

/// The quantile of the normal distribution, for 0 < p < 1: a rational approximation, then steps of
/// Halley's method, which bring it to the last digits. Infinite at 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    // A start that is good enough anywhere (Abramowitz and Stegun 26.2.23).
    let t = (-2.0 * p.ln()).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let under = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut x = -(t - above / under);
    for _ in 0..3 {
        let error = normal_cdf(x) - p;
        let u = error * (2.0 * PI).sqrt() * (0.5 * x * x).exp();
        x -= u / (1.0 + 0.5 * x * u);
    }
    x
}

/// The upper tail of Student's t with `freedom` degrees, for t ≥ 0.
#[must_use]
pub fn student_tail(t: f64, freedom: f64) -> f64 {
    0.5 * inc_beta(0.5 * freedom, 0.5, freedom / (freedom + t * t))
}

/// The t that leaves `tail` (below one half) above it.
#[must_use]
pub fn student_quantile(tail: f64, freedom: f64) -> f64 {
    // The other way round for large degrees, where x is close to 1.
    let y = inc_beta_inverse(0.5, 0.5 * freedom, 1.0 - 2.0 * tail);
    (freedom * y / (1.0 - y)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, want: f64) {
        let fits = (got - want).abs() < 1e-12 * want.abs().max(1e-3);
        assert!(fits, "{got} instead of {want}");
    }

    #[test]
    fn known_values() {
        close(ln_gamma(0.5), PI.sqrt().ln());
        close(ln_gamma(10.0), 362_880_f64.ln());
        close(ln_gamma(101.0), 363.739_375_555_563_47);
        close(erfc(0.5), 0.479_500_122_186_953_5);
        close(erfc(3.0), 2.209_049_699_858_544e-5);
        close(normal_quantile(0.975), super::super::Z95);
        close(normal_quantile(1e-10), -6.361_340_902_404_056);
        close(normal_quantile(0.5), 0.0);
        close(inc_beta(2.0, 3.0, 0.4), 0.524_8);
        close(inc_beta(0.5, 0.5, 0.25), 1.0 / 3.0);
        close(student_quantile(0.025, 1.0), 12.706_204_736_174_7);
        close(student_quantile(0.025, 30.0), 2.042_272_456_301_238);
        close(binomial_mass(3.0, 10.0, 0.5), 120.0 / 1_024.0);
    }

    #[test]
    fn inverses_invert() {
        for (a, b) in [(0.5, 0.5), (2.0, 9.0), (400.0, 3.0), (1e5, 2e5)] {
            for p in [1e-6, 0.025, 0.3, 0.5, 0.975] {
                close(inc_beta(a, b, inc_beta_inverse(a, b, p)), p);
            }
        }
        for p in [1e-9, 0.025, 0.2, 0.499, 0.7, 0.999] {
            close(normal_cdf(normal_quantile(p)), p);
        }
    }
}
