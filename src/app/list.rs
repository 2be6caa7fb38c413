//! The order of long lists: what is found, and what comes first.

use crate::domain::order::Order;
use crate::domain::query::words::{fold, has_all};
use std::cmp::Ordering;

/// What a row is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// Nothing is known; such rows come last, whichever way is sorted.
    Nothing,
    /// A number, an amount, a time.
    Number(i64),
    /// A text, folded.
    Text(String),
}

impl SortKey {
    /// A text, whatever its case and accents; an empty one is nothing.
    #[must_use]
    pub fn text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Nothing,
            text => Self::Text(fold(text)),
        }
    }

    /// A number, where there is one.
    pub fn number(n: Option<impl Into<i64>>) -> Self {
        n.map_or(Self::Nothing, |n| Self::Number(n.into()))
    }
}

/// Which column a list is sorted by, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's key.
    pub by: &'static str,
    /// The largest first.
    pub descending: bool,
}

impl Sort {
    /// The smallest first.
    #[must_use]
    pub const fn up(by: &'static str) -> Self {
        Self {
            by,
            descending: false,
        }
    }

    /// The largest first.
    #[must_use]
    pub const fn down(by: &'static str) -> Self {
        Self {
            by,
            descending: true,
        }
    }
}

/// The places of rows in order of their keys; equal ones stay as they stand.
#[must_use]
pub fn arranged(keys: &[SortKey], descending: bool) -> Vec<u32> {
    let mut places: Vec<u32> = (0..keys.len() as u32).collect();
    places.order_by(|a, b| compare(&keys[*a as usize], &keys[*b as usize], descending));
    places
}

fn compare(a: &SortKey, b: &SortKey, descending: bool) -> Ordering {
    let natural = match (a, b) {
        (SortKey::Nothing, SortKey::Nothing) => return Ordering::Equal,
        (SortKey::Nothing, _) => return Ordering::Greater,
        (_, SortKey::Nothing) => return Ordering::Less,
        (SortKey::Number(a), SortKey::Number(b)) => a.cmp(b),
        (SortKey::Text(a), SortKey::Text(b)) => a.cmp(b),
        (SortKey::Number(_), SortKey::Text(_)) => Ordering::Less,
        (SortKey::Text(_), SortKey::Number(_)) => Ordering::Greater,
    };
    if descending {
        natural.reverse()
    } else {
        natural
    }
}

/// A query, ready to be looked for in folded texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(String);

impl Query {
    /// What a person typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self(fold(typed.trim()))
    }

    /// Whether a folded text has all its words.
    pub fn finds(&self) -> impl Fn(&str) -> bool + '_ {
        let words: Vec<&str> = self.0.split_whitespace().collect();
        move |text| has_all(text, &words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_a_key_come_last_either_way() {
        let keys = [
            SortKey::Nothing,
            SortKey::text("Zürich"),
            SortKey::text(" "),
            SortKey::text("abc"),
            SortKey::text("Ärzte"),
        ];
        assert_eq!(arranged(&keys, false), [3, 4, 1, 0, 2]);
        assert_eq!(arranged(&keys, true), [1, 4, 3, 0, 2]);
    }

    #[test]
    fn equal_rows_keep_their_order_either_way() {
        let keys = [3, 1, 3, 1].map(SortKey::Number);
        assert_eq!(arranged(&keys, false), [1, 3, 0, 2]);
        assert_eq!(arranged(&keys, true), [0, 2, 1, 3]);
        assert_eq!(SortKey::number(None::<i64>), SortKey::Nothing);
    }

    #[test]
    fn a_query_is_words_in_any_order() {
        let query = Query::new("  Köln ACME ");
        let finds = query.finds();
        assert!(finds("acme gmbh\nkoln"));
        assert!(!finds("acme gmbh\nberlin"));
        let nothing = Query::new(" ");
        let all = nothing.finds();
        assert!(all(""));
    }
}
