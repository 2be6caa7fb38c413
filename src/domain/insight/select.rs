//! Which deals a figure is about.

use super::facts::Facts;
use crate::domain::ids::DealId;

/// A set of rows of [`Facts`]; good until the facts change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    words: Vec<u64>,
    len: usize,
}

impl Selection {
    /// The rows below `len` for which a condition holds.
    #[must_use]
    pub fn of(len: usize, mut holds: impl FnMut(usize) -> bool) -> Self {
        let words = (0..len.div_ceil(64)).map(|word| {
            let first = word * 64;
            (first..len.min(first + 64)).fold(0, |bits, row| {
                bits | (u64::from(holds(row)) << (row - first))
            })
        });
        Self {
            words: words.collect(),
            len,
        }
    }

    /// All deals.
    #[must_use]
    pub fn all(facts: &Facts) -> Self {
        Self::of(facts.len(), |_| true)
    }

    /// Whether a row is in it.
    #[must_use]
    pub fn holds(&self, row: usize) -> bool {
        self.words
            .get(row / 64)
            .is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// How many rows are in it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Those of it for which a condition holds too.
    #[must_use]
    pub fn and(&self, mut holds: impl FnMut(usize) -> bool) -> Self {
        Self::of(self.len, |row| self.holds(row) && holds(row))
    }

    /// The rows in it, ascending.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(at * 64 + bit)
            })
        })
    }

    /// The deals in it, in order of their ids, so that a list of them stays the same.
    #[must_use]
    pub fn deals(&self, facts: &Facts) -> Vec<DealId> {
        deals(facts, self.rows())
    }
}

/// The deals of rows, in order of their ids.
pub(super) fn deals(facts: &Facts, rows: impl Iterator<Item = usize>) -> Vec<DealId> {
    let mut ids: Vec<DealId> = rows.map(|row| facts.ids[row]).collect();
    ids.sort_unstable();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_counts_and_walks_the_same_rows() {
        for len in [0, 1, 63, 64, 65, 1_000] {
            let odd = Selection::of(len, |row| row % 3 == 1);
            let rows: Vec<usize> = odd.rows().collect();
            assert_eq!(rows, (0..len).filter(|r| r % 3 == 1).collect::<Vec<_>>());
            assert_eq!(rows.len(), odd.count());
            assert!(!odd.holds(len));
            assert_eq!(
                odd.and(|row| row % 2 == 0).rows().next(),
                (len > 4).then_some(4)
            );
        }
    }
}
