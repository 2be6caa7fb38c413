//! Numbers that look random and are the same for the same seed.

use crate::domain::ids::IdSource;

/// xoshiro256++ (Blackman and Vigna, 2019), its state filled by SplitMix64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random([u64; 4]);

/// Above this mean a Poisson number is drawn as a sum of two.
const MOST: f64 = 30.0;

impl Random {
    /// From a seed; the same seed gives the same numbers everywhere.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut source = IdSource::new(seed);
        Self([
            source.next_u64(),
            source.next_u64(),
            source.next_u64(),
            source.next_u64(),
        ])
    }

    /// The next 64 bits.
    // Always: a release is built for size, and a call would cost more than the work.
    #[inline(always)]
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.0;
        let out = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c2, d2) = (c ^ a, d ^ b);
        self.0 = [a ^ d2, b ^ c2, c2 ^ (b << 17), d2.rotate_left(45)];
        out
    }

    /// A number from 0 to 1, without 1.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `n`; 0 when `n` is 0.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(n)) >> 32) as u32
    }

    /// A number of the normal distribution (the polar method of Marsaglia).
    pub fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let s = x * x + y * y;
            if s > 0.0 && s < 1.0 {
                return x * (-2.0 * s.ln() / s).sqrt();
            }
        }
    }

    /// How many there are where `mean` are expected, each on its own (Knuth's product of
    /// uniforms; large means in pieces).
    pub fn poisson(&mut self, mean: f64) -> u32 {
        if mean > MOST {
            return self.poisson(MOST) + self.poisson(mean - MOST);
        }
        if mean <= 0.0 || mean.is_nan() {
            return 0;
        }
        let (limit, mut product, mut n) = ((-mean).exp(), self.unit(), 0);
        while product > limit {
            product *= self.unit();
            n += 1;
        }
        n
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_distributions() {
        let mut random = Random::new(7);
        let n = 200_000;
        let mut sums = [0.0; 5];
        for _ in 0..n {
            let (u, z, k) = (
                random.unit(),
                random.normal(),
                f64::from(random.poisson(42.5)),
            );
            assert!((0.0..1.0).contains(&u));
            for (sum, x) in sums.iter_mut().zip([u, z, z * z, k, k * k]) {
                *sum += x;
            }
        }
        let [u, z, zz, k, kk] = sums.map(|s| s / f64::from(n));
        // Five standard errors each.
        assert!((u - 0.5).abs() < 0.004, "{u}");
        assert!(z.abs() < 0.012 && (zz - 1.0).abs() < 0.017, "{z} {zz}");
        assert!(
            (k - 42.5).abs() < 0.08 && (kk - k * k - 42.5).abs() < 0.8,
            "{k} {kk}"
        );
    }

    #[test]
    fn a_seed_gives_the_same_and_another_seed_others() {
        let row = |seed| -> Vec<u64> {
            let mut random = Random::new(seed);
            (0..20).map(|_| random.bits()).collect()
        };
        assert_eq!(row(3), row(3));
        assert_ne!(row(3), row(4));
        assert!((0..1_000).all(|seed| Random::new(seed).below(7) < 7));
    }
}
