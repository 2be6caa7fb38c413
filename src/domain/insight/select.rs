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
        let mut words = vec![0; len.div_ceil(64)];
        for row in 0..len {
            words.as_mut_slice()[row / 64] |= u64::from(holds(row)) << (row % 64);
        }
        Self { words, len }
    }

    /// All deals.
    #[must_use]
    pub fn all(facts: &Facts) -> Self {
        Self::of(facts.len(), |_| true)
    }

    /// None of as many rows.
    pub(super) fn none(&self) -> Self {
        Self {
            words: vec![0; self.words.len()],
            len: self.len,
        }
    }

    /// Takes a row in.
    #[inline(always)]
    pub(super) fn take_in(&mut self, row: usize) {
        self.words.as_mut_slice()[row / 64] |= 1 << (row % 64);
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
        let mut both = self.none();
        let words = both.words.as_mut_slice();
        self.each(|row| words[row / 64] |= u64::from(holds(row)) << (row % 64));
        both
    }

    /// Does something for each row in it, ascending.
    // Inlined by force, here and in what figures do with a row: the program is built for size, and
    // a call for each of 100,000 rows costs more than what it does.
    #[inline(always)]
    pub fn each(&self, mut work: impl FnMut(usize)) {
        for (at, word) in self.words.iter().enumerate() {
            let first = at * 64;
            if *word == u64::MAX {
                for row in first..first + 64 {
                    work(row);
                }
                continue;
            }
            let mut rest = *word;
            while rest != 0 {
                work(first + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
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
            let odd = Selection::of(len, |row| row % 3 == 1 || row < 128 && len > 999);
            let rows: Vec<usize> = odd.rows().collect();
            assert_eq!(
                rows,
                (0..len)
                    .filter(|r| r % 3 == 1 || *r < 128 && len > 999)
                    .collect::<Vec<_>>()
            );
            assert_eq!(rows.len(), odd.count());
            let mut walked = Vec::new();
            odd.each(|row| walked.push(row));
            assert_eq!(walked, rows);
            assert!(!odd.holds(len));
            let both = odd.and(|row| row % 2 == 0);
            assert!(both.rows().eq(rows.iter().copied().filter(|r| r % 2 == 0)));
        }
    }
}
