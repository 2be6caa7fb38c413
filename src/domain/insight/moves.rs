//! What happened to the dates and values of deals in a stretch of the log.

use crate::domain::change::{Change, Edit, SlotMap};
use crate::domain::deal::DealField;
use crate::domain::ids::{DealId, IdMap};
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::stamp::Stamp;
use chrono::NaiveDate;
use std::collections::HashSet;

/// What happened to one deal, oldest first. A first setting is no move.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Its expected close, from what to what.
    pub closes: Vec<(NaiveDate, NaiveDate)>,
    /// Its value, from what to what.
    pub values: Vec<(Money, Money)>,
}

impl Moved {
    /// The expected close from the first to the last, and how often it was put later; none when
    /// it is where it was.
    #[must_use]
    pub fn close(&self) -> Option<(NaiveDate, NaiveDate, usize)> {
        let (from, to) = (self.closes.first()?.0, self.closes.last()?.1);
        let later = self.closes.iter().filter(|(from, to)| to > from).count();
        (from != to).then_some((from, to, later))
    }

    /// The value from the first to the last; none when it is what it was, or in another currency:
    /// then neither is more.
    #[must_use]
    pub fn value(&self) -> Option<(Money, Money)> {
        let (from, to) = (self.values.first()?.0, self.values.last()?.1);
        (from.currency == to.currency && from.minor != to.minor).then_some((from, to))
    }
}

/// What happened to all deals of which anything did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves(IdMap<DealId, Moved>);

impl Moves {
    /// Reads a stretch of the log, in any order, each change once. What was taken back within it
    /// does not count, nor does the taking back.
    #[must_use]
    pub fn read<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Self {
        let mut all: Vec<&Change> = changes.into_iter().collect();
        all.order_by_key(|change| change.stamp);
        let known: HashSet<Stamp> = all.iter().map(|change| change.stamp).collect();
        let mut gone: HashSet<Stamp> = HashSet::new();
        // From the newest: what takes back a taking back brings its change to count again.
        for change in all.iter().rev() {
            if let Some(undone) = change.undoes
                && !gone.contains(&change.stamp)
                && known.contains(&undone)
            {
                gone.insert(undone);
            }
        }
        let counts = |change: &Change| {
            let back = change.undoes.is_some_and(|undone| known.contains(&undone));
            !back && !gone.contains(&change.stamp)
        };
        let mut moves = Self::default();
        for change in all.into_iter().filter(|change| counts(change)) {
            moves.add(change);
        }
        moves
    }

    fn add(&mut self, change: &Change) {
        let mut held: SlotMap<&Edit> = SlotMap::default();
        for edit in &change.before {
            if matches!(
                edit,
                Edit::Deal(_, DealField::Close(_) | DealField::Value(_))
            ) {
                held.insert(edit.slot(), edit);
            }
        }
        for edit in &change.edits {
            let Edit::Deal(id, field) = edit else {
                continue;
            };
            let before = held.get(&edit.slot()).copied();
            match (field, before) {
                (DealField::Close(Some(to)), Some(Edit::Deal(_, DealField::Close(Some(from)))))
                    if to != from =>
                {
                    self.0.entry(*id).or_default().closes.push((*from, *to));
                }
                (DealField::Value(Some(to)), Some(Edit::Deal(_, DealField::Value(Some(from)))))
                    if to != from =>
                {
                    self.0.entry(*id).or_default().values.push((*from, *to));
                }
                (DealField::Close(_) | DealField::Value(_), _) => {}
                _ => continue,
            }
            held.insert(edit.slot(), edit);
        }
    }

    /// What happened to a deal, where anything did.
    #[must_use]
    pub fn of(&self, deal: DealId) -> Option<&Moved> {
        self.0.get(&deal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Intent, IntentKind};
    use crate::domain::money::Currency;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, d).unwrap()
    }

    fn close(at: u64, from: Option<u32>, to: Option<u32>, undoes: Option<u64>) -> Change {
        let edit = |d: Option<u32>| Edit::Deal(DealId(1), DealField::Close(d.map(day)));
        Change {
            stamp: Stamp::new(at as i64, 0, 1),
            intent: Intent::new(IntentKind::EditDeal, ""),
            author: None,
            edits: vec![edit(to)],
            before: vec![edit(from)],
            undoes: undoes.map(|at| Stamp::new(at as i64, 0, 1)),
        }
    }

    fn moved(changes: &[Change]) -> Option<(NaiveDate, NaiveDate, usize)> {
        Moves::read(changes).of(DealId(1))?.close()
    }

    #[test]
    fn a_close_put_later_twice_is_told_from_the_first_to_the_last() {
        let all = [
            close(3, Some(8), Some(20), None),
            close(1, None, Some(5), None),
            close(2, Some(5), Some(8), None),
        ];
        assert_eq!(moved(&all), Some((day(5), day(20), 2)));
        assert_eq!(
            moved(&all[1..2]),
            None,
            "a date set for the first time was not moved"
        );
    }

    #[test]
    fn what_was_taken_back_does_not_count_and_what_was_done_again_does() {
        let done = close(2, Some(5), Some(20), None);
        let undone = close(3, Some(20), Some(5), Some(2));
        let redone = close(4, Some(5), Some(20), Some(3));
        assert_eq!(moved(&[done.clone(), undone.clone()]), None);
        assert_eq!(
            moved(&[done, undone, redone]),
            Some((day(5), day(20), 1)),
            "the first one counts again, once"
        );
    }

    #[test]
    fn values_of_two_currencies_are_neither_more_nor_less() {
        let value = |at, from: Money, to: Money| Change {
            edits: vec![Edit::Deal(DealId(1), DealField::Value(Some(to)))],
            before: vec![Edit::Deal(DealId(1), DealField::Value(Some(from)))],
            ..close(at, None, None, None)
        };
        let eur = |n| Money::new(n, Currency::EUR);
        let usd = Money::new(9, Currency::parse("USD").unwrap());
        let of = |all: &[Change]| Moves::read(all).of(DealId(1)).and_then(Moved::value);
        let (a, b) = (value(1, eur(5), eur(7)), value(2, eur(7), usd));
        assert_eq!(of(std::slice::from_ref(&a)), Some((eur(5), eur(7))));
        assert_eq!(of(&[a, b]), None);
    }
}
