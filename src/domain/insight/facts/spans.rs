//! Lists of different lengths, one for each row, in one piece of memory.

/// The lists. One that grows moves to the end; what it leaves behind is reclaimed when it is half
/// of all.
#[derive(Clone, Debug)]
pub struct Spans<T> {
    places: Vec<(u32, u32)>,
    pool: Vec<T>,
    waste: usize,
}

impl<T> Default for Spans<T> {
    fn default() -> Self {
        Self {
            places: Vec::new(),
            pool: Vec::new(),
            waste: 0,
        }
    }
}

impl<T: Copy> Spans<T> {
    /// The list of a row.
    #[must_use]
    #[inline(always)]
    pub fn of(&self, row: usize) -> &[T] {
        let (start, len) = self.places.as_slice()[row];
        &self.pool.as_slice()[start as usize..(start + len) as usize]
    }

    /// A list for a new row.
    pub(super) fn push(&mut self, list: &[T]) {
        self.places
            .push((self.pool.len() as u32, list.len() as u32));
        self.pool.extend_from_slice(list);
    }

    /// Another list for a row.
    pub(super) fn put(&mut self, row: usize, list: &[T]) {
        let (start, len) = self.places[row];
        if list.len() <= len as usize {
            self.pool[start as usize..start as usize + list.len()].copy_from_slice(list);
            self.waste += len as usize - list.len();
            self.places[row].1 = list.len() as u32;
        } else {
            self.waste += len as usize;
            self.places[row] = (self.pool.len() as u32, list.len() as u32);
            self.pool.extend_from_slice(list);
        }
        self.tidy();
    }

    /// Takes a row out; the last one takes its place.
    pub(super) fn swap_remove(&mut self, row: usize) {
        let (_, len) = self.places.swap_remove(row);
        self.waste += len as usize;
        self.tidy();
    }

    fn tidy(&mut self) {
        if self.waste <= 1_024 || self.waste * 2 <= self.pool.len() {
            return;
        }
        let mut kept = Self::default();
        for row in 0..self.places.len() {
            kept.push(self.of(row));
        }
        *self = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_rows_while_others_grow_and_go() {
        let mut spans = Spans::default();
        let mut plain: Vec<Vec<u32>> = Vec::new();
        for n in 0..2_000_u32 {
            let list: Vec<u32> = (0..n % 5).map(|i| n * 10 + i).collect();
            spans.push(&list);
            plain.push(list);
        }
        for n in 0..6_000_u32 {
            let row = (n as usize * 7_919) % plain.len();
            if n % 4 == 0 {
                spans.swap_remove(row);
                plain.swap_remove(row);
            } else {
                let list: Vec<u32> = (0..n % 9).map(|i| n + i).collect();
                spans.put(row, &list);
                plain[row] = list;
            }
        }
        assert_eq!(spans.places.len(), plain.len());
        assert!((0..plain.len()).all(|row| spans.of(row) == plain[row]));
        assert!(spans.pool.len() < 2 * plain.iter().map(Vec::len).sum::<usize>() + 2_048);
    }
}
