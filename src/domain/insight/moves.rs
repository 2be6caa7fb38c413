//! What happened to the date and the value of a deal since a moment.

use super::trail::{Event, Trail};
use crate::domain::money::Money;
use crate::domain::stamp::Millis;
use chrono::NaiveDate;

/// What happened to one deal since a moment. What it was given for the first time is no move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Its expected close, from what to what; none when it is where it was.
    pub close: Option<(NaiveDate, NaiveDate)>,
    /// How often it was put later since.
    pub pushes: usize,
    /// How often it was put later in all.
    pub pushes_ever: usize,
    /// Its value, from what to what; none when it is what it was, or in another currency: then
    /// neither is more.
    pub value: Option<(Money, Money)>,
}

impl Moved {
    /// Reads it off what the deal has been through.
    #[must_use]
    pub fn since(trail: &Trail, from: Millis) -> Self {
        let moves = trail.moves();
        let since = || moves.iter().filter(|(at, ..)| *at >= from);
        let close = since().next().zip(since().next_back());
        let close = close.map(|((_, from, _), (_, _, to))| (*from, *to));
        Self {
            close: close.filter(|(from, to)| from != to),
            pushes: since().filter(|(_, a, b)| b > a).count(),
            pushes_ever: usize::from(trail.pushes()),
            value: value(trail, from),
        }
    }
}

fn value(trail: &Trail, from: Millis) -> Option<(Money, Money)> {
    let (mut before, mut after): (Option<Money>, Option<Money>) = (None, None);
    for (at, event) in &trail.events {
        let Event::Value(Some(value)) = event else {
            continue;
        };
        // The first value since is where it began when there was none before.
        if *at < from || before.is_none() {
            before = Some(*value);
        }
        after = Some(*value);
    }
    before
        .zip(after)
        .filter(|(a, b)| a.currency == b.currency && a.minor != b.minor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, d).unwrap()
    }

    fn trail(events: Vec<(Millis, Event)>) -> Trail {
        Trail { created: 0, events }
    }

    #[test]
    fn a_close_put_later_twice_is_told_from_where_it_was_to_where_it_is() {
        let close = |at, d| (at, Event::Close(Some(day(d))));
        let deal = trail(vec![close(1, 2), close(5, 5), close(11, 8), close(12, 20)]);
        let moved = Moved::since(&deal, 10);
        assert_eq!(moved.close, Some((day(5), day(20))));
        assert_eq!((moved.pushes, moved.pushes_ever), (2, 3));
        assert_eq!(Moved::since(&deal, 13).close, None);
        let back = trail(vec![close(1, 5), close(11, 8), close(12, 5)]);
        assert_eq!(Moved::since(&back, 10).close, None, "it is where it was");
        let first = trail(vec![close(11, 8)]);
        assert_eq!(Moved::since(&first, 10), Moved::default());
    }

    #[test]
    fn a_value_is_compared_with_what_it_was_and_only_in_its_currency() {
        let eur = |n| Money::new(n, Currency::EUR);
        let value = |at, money| (at, Event::Value(Some(money)));
        let of = |events| Moved::since(&trail(events), 10).value;
        assert_eq!(
            of(vec![value(1, eur(3)), value(2, eur(5)), value(11, eur(7))]),
            Some((eur(5), eur(7)))
        );
        assert_eq!(of(vec![value(1, eur(5))]), None);
        assert_eq!(
            of(vec![value(11, eur(5)), value(12, eur(4))]),
            Some((eur(5), eur(4))),
            "a new deal is compared with its first value"
        );
        let usd = Money::new(9, Currency::parse("USD").unwrap());
        assert_eq!(of(vec![value(1, eur(5)), value(11, usd)]), None);
        assert_eq!(of(vec![value(1, eur(5)), (11, Event::Value(None))]), None);
    }
}
