//! Numbers in ranges, so that a dimension has a dozen values and not one for each number.

/// Fewer different numbers than this stay as they are.
const FEW: usize = 9;

/// Whole numbers cut into ranges of one length, or kept apart where there are few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ranges {
    /// Each number alone, ascending.
    Each(Vec<i64>),
    /// From multiples of a step to the next.
    Of(i64),
}

impl Ranges {
    /// About eight ranges over some numbers, their ends 1, 2 or 5 times a power of ten, at least
    /// `least` long.
    pub(super) fn over(mut all: Vec<i64>, least: i64) -> Self {
        all.sort_unstable();
        all.dedup();
        if all.len() < FEW {
            return Self::Each(all);
        }
        // Nine and more different numbers are some way apart.
        let span = i128::from(all[all.len() - 1]) - i128::from(all[0]);
        let fits = |step: i64| i128::from(step) * 8 >= span;
        let mut power = least.max(1);
        let step = loop {
            let Some(next) = power.checked_mul(10) else {
                break power;
            };
            if let Some(step) = [1, 2, 5].into_iter().map(|n| n * power).find(|s| fits(*s)) {
                break step;
            }
            power = next;
        };
        Self::Of(step)
    }

    /// The first and the last number of the range one lies in: the end itself is in the next.
    pub(super) fn of(&self, n: i64) -> (i64, i64) {
        match self {
            Self::Each(_) => (n, n),
            Self::Of(step) => {
                let from = n.div_euclid(*step).saturating_mul(*step);
                (from, from.saturating_add(*step))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_numbers_stay_and_many_are_put_into_ranges_with_plain_ends() {
        assert_eq!(Ranges::over(vec![3, 1, 3], 1), Ranges::Each(vec![1, 3]));
        let all = Ranges::over((0..100).collect(), 1);
        assert_eq!(all, Ranges::Of(20));
        assert_eq!(
            (all.of(0), all.of(19), all.of(20)),
            ((0, 20), (0, 20), (20, 40))
        );
        assert_eq!(all.of(-1), (-20, 0));
        // Not below whole euros.
        assert_eq!(Ranges::over((0..50).collect(), 100), Ranges::Of(100));
        let far = Ranges::over((0..20).map(|n| n * (i64::MAX / 20)).collect(), 1);
        assert!(matches!(far, Ranges::Of(step) if step > i64::MAX / 100));
    }
}
