//! A column, read as a slice.

use std::ops::{Deref, DerefMut};

/// What a column holds, row by row. A vector but for one thing: built for size, the compiler makes a
/// call of each look into a vector, and none of a look into a slice.
#[derive(Clone, Debug)]
pub struct Column<T>(Vec<T>);

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Column<T> {
    /// `len` times the same.
    #[must_use]
    pub fn of(value: T, len: usize) -> Self
    where
        T: Clone,
    {
        Self(vec![value; len])
    }

    pub(in crate::domain::insight) fn push(&mut self, value: T) {
        self.0.push(value);
    }

    pub(in crate::domain::insight) fn swap_remove(&mut self, row: usize) {
        self.0.swap_remove(row);
    }

    pub(in crate::domain::insight) fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }

    /// At least this long, with the same where it was shorter.
    #[cold]
    pub(in crate::domain::insight) fn grow(&mut self, len: usize, value: T)
    where
        T: Clone,
    {
        if self.0.len() < len {
            self.0.resize(len, value);
        }
    }
}

impl<T> Deref for Column<T> {
    type Target = [T];
    #[inline(always)]
    fn deref(&self) -> &[T] {
        self.0.as_slice()
    }
}

impl<T> DerefMut for Column<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        self.0.as_mut_slice()
    }
}

impl<T> FromIterator<T> for Column<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

impl<'c, T> IntoIterator for &'c Column<T> {
    type Item = &'c T;
    type IntoIter = std::slice::Iter<'c, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: PartialEq> PartialEq for Column<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Eq> Eq for Column<T> {}
