//! Order by hand: a key between any two keys, so one moved card changes one card.
//!
//! Keys are fractions written in base 62 without trailing zeros, compared as text
//! (the idea of "fractional indexing", Figma 2017).

use std::fmt;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The longest rank that is read. Made here they are far shorter: see [`Rank::is_long`].
const MAX: usize = 10_000;

/// Ranks longer than this are given anew together with their neighbours.
const LONG: usize = 48;

/// At the ends of an order ranks are counted up and down in this many digits, so that tens
/// of thousands can be put there before they grow by a digit.
const WINDOW: usize = 3;

/// A place in an order made by hand. Empty is before everything.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rank(Box<str>);

/// A text that is no rank.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a rank: base-62 digits not ending in 0 are expected")]
pub struct BadRank(pub String);

impl Rank {
    /// Reads a rank.
    ///
    /// # Errors
    /// [`BadRank`] when the text has another character, ends in 0 or is over 10,000 long.
    pub fn parse(text: &str) -> Result<Self, BadRank> {
        let fine = text.len() <= MAX
            && !text.ends_with('0')
            && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if fine {
            Ok(Self(text.into()))
        } else {
            Err(BadRank(text.chars().take(40).collect()))
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A rank strictly between the two; `None` stands for the open end. When `low` is
    /// not below `high` (two people ranked alike at once), the result is just above
    /// `low`, and the caller ranks what follows anew.
    #[must_use]
    pub fn between(low: Option<&Self>, high: Option<&Self>) -> Self {
        let low = low.map_or("", |r| &*r.0);
        let high = high.map(|r| &*r.0).filter(|high| low < *high);
        let step = match (low, high) {
            ("", Some(high)) => step(high.as_bytes(), false),
            (low, None) if !low.is_empty() => step(low.as_bytes(), true),
            _ => None,
        };
        let text = step.unwrap_or_else(|| midpoint(low.as_bytes(), high.map(str::as_bytes)));
        Self(text.into_boxed_str())
    }

    /// Its first eight digits as a number that orders as they do. Ranks of at most eight
    /// digits are equal when these are.
    #[must_use]
    pub fn prefix(&self) -> u64 {
        let digits = self.0.bytes().chain(std::iter::repeat(0)).take(8);
        digits.fold(0, |number, digit| number << 8 | u64::from(digit))
    }

    /// True when it has grown so long, by much sorting at one place, that it and its
    /// neighbours should be ranked anew.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.0.len() > LONG
    }

    /// `count` ranks in order between the two, evenly spread.
    #[must_use]
    pub fn spread_between(low: Option<&Self>, high: Option<&Self>, count: usize) -> Vec<Self> {
        if low.is_none() && high.is_none() {
            return Self::spread(count);
        }
        let mut ranks = vec![Self::default(); count];
        // Halves first, then their halves: n ranks take log n midpoints one within the other.
        let mut open = vec![(0, count, low.cloned(), high.cloned())];
        while let Some((from, to, low, high)) = open.pop() {
            if from < to {
                let at = usize::midpoint(from, to);
                let low_bytes = low.as_ref().map_or("", |r| &*r.0).as_bytes();
                let high_bytes = high.as_ref().map(|r| r.0.as_bytes());
                let mid = Self(midpoint(low_bytes, high_bytes).into_boxed_str());
                ranks[at] = mid.clone();
                open.push((from, at, low, Some(mid.clone())));
                open.push((at + 1, to, Some(mid), high));
            }
        }
        ranks
    }

    /// The same place with two digits of noise behind it, so that two people who put
    /// something at the same place at once mostly still get different ranks. Stays
    /// below `high`.
    #[must_use]
    pub fn jittered(self, high: Option<&Self>, noise: u64) -> Self {
        let first = DIGITS[(noise % 62) as usize];
        // Never a trailing zero.
        let second = DIGITS[1 + (noise / 62 % 61) as usize];
        let text = format!("{}{}{}", self.0, char::from(first), char::from(second));
        if high.is_none_or(|high| text.as_str() < &*high.0) {
            Self(text.into_boxed_str())
        } else {
            self
        }
    }

    /// `count` ranks in order, evenly spread and short: for a whole column at once.
    #[must_use]
    pub fn spread(count: usize) -> Vec<Self> {
        Spread::of(count).collect()
    }
}

/// Ranks in order, evenly spread and short, one by one.
#[derive(Clone, Debug)]
pub struct Spread {
    next: u64,
    count: u64,
    width: u32,
    /// How many ranks of this width there are.
    space: u64,
}

impl Spread {
    /// So many ranks.
    #[must_use]
    pub fn of(count: usize) -> Self {
        let mut width = 1;
        // One spare factor of 62 leaves room between neighbours without longer keys.
        while 62_usize.saturating_pow(width) < count.saturating_add(1).saturating_mul(4) {
            width += 1;
        }
        Self {
            next: 1,
            count: count as u64,
            width,
            space: 62_u64.saturating_pow(width),
        }
    }
}

impl Iterator for Spread {
    type Item = Rank;
    fn next(&mut self) -> Option<Rank> {
        if self.next > self.count {
            return None;
        }
        let place = u128::from(self.next) * u128::from(self.space);
        let mut rest = (place / (u128::from(self.count) + 1)) as u64;
        self.next += 1;
        let mut digits = vec![b'0'; self.width as usize];
        for slot in digits.iter_mut().rev() {
            *slot = DIGITS[(rest % 62) as usize];
            rest /= 62;
        }
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        Some(Rank(to_text(digits).into_boxed_str()))
    }
}

fn digit(byte: u8) -> usize {
    DIGITS.iter().position(|d| *d == byte).unwrap_or(0)
}

fn to_text(digits: Vec<u8>) -> String {
    digits.into_iter().map(char::from).collect()
}

/// The next fraction up or down from `from`, counted in its first few digits; none at the
/// very end, where only a midpoint is left.
fn step(from: &[u8], up: bool) -> Option<String> {
    let edge = if up { 61 } else { 0 };
    let same = from.iter().take_while(|b| digit(**b) == edge).count();
    let mut digits: Vec<usize> = (0..same + WINDOW)
        .map(|i| from.get(i).map_or(0, |b| digit(*b)))
        .collect();
    for slot in digits[same..].iter_mut().rev() {
        match (up, *slot) {
            (true, 61) => *slot = 0,
            (true, n) => {
                *slot = n + 1;
                break;
            }
            (false, 0) => *slot = 61,
            (false, n) => {
                *slot = n - 1;
                break;
            }
        }
    }
    while digits.last() == Some(&0) {
        digits.pop();
    }
    let text = to_text(digits.into_iter().map(|d| DIGITS[d]).collect());
    let fits = if up {
        text.as_bytes() > from
    } else {
        !text.is_empty() && text.as_bytes() < from
    };
    fits.then_some(text)
}

/// The shortest-ish fraction between `low` and `high` (`None` = 1).
fn midpoint(low: &[u8], high: Option<&[u8]>) -> String {
    let mut out = Vec::new();
    let mut high = high;
    let mut i = 0;
    loop {
        let a = low.get(i).map_or(0, |b| digit(*b));
        let b = match high {
            Some(h) => h.get(i).map_or(0, |b| digit(*b)),
            None => 62,
        };
        if a == b {
            out.push(DIGITS[a]);
        } else if b - a > 1 {
            out.push(DIGITS[usize::midpoint(a, b)]);
            return to_text(out);
        } else {
            // Neighbouring digits: take the lower one; everything longer is below `high`.
            out.push(DIGITS[a]);
            high = None;
        }
        i += 1;
    }
}

impl fmt::Debug for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rank({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(low: Option<&Rank>, high: Option<&Rank>) -> Rank {
        let mid = Rank::between(low, high);
        assert!(low.is_none_or(|l| *l < mid), "{low:?} < {mid:?}");
        assert!(high.is_none_or(|h| mid < *h), "{mid:?} < {high:?}");
        assert_eq!(Rank::parse(mid.as_str()), Ok(mid.clone()));
        mid
    }

    #[test]
    fn always_finds_room_at_both_ends_and_in_between() {
        let (mut low, mut high) = (check(None, None), check(None, None));
        for _ in 0..300 {
            low = check(None, Some(&low));
            high = check(Some(&high), None);
        }
        assert!(low.as_str().len() < 80 && high.as_str().len() < 80);
        let (mut a, mut b) = (low, high);
        for turn in 0..200 {
            let mid = check(Some(&a), Some(&b));
            if turn % 2 == 0 { a = mid } else { b = mid }
        }
    }

    #[test]
    fn ranks_stay_short_at_both_ends() {
        let mut longest = 0;
        for up in [true, false] {
            let mut rank = check(None, None);
            for noise in 0..200_000 {
                rank = match up {
                    true => Rank::between(Some(&rank), None).jittered(None, noise * 7_919),
                    false => Rank::between(None, Some(&rank)).jittered(Some(&rank), noise * 7_919),
                };
                longest = longest.max(rank.as_str().len());
            }
        }
        assert!(longest <= 12, "{longest}");
    }

    #[test]
    fn the_ends_of_the_digits_are_no_end() {
        for text in [
            "001", "0001", "01", "1", "00z", "zzz", "zz", "z", "zzzzzz", "V", "0000001",
        ] {
            let rank = Rank::parse(text).unwrap();
            check(None, Some(&rank));
            check(Some(&rank), None);
        }
    }

    #[test]
    fn many_ranks_between_two_are_in_order_and_short() {
        let (a, b) = (Rank::parse("V").unwrap(), Rank::parse("V1").unwrap());
        for (low, high) in [
            (Some(&a), Some(&b)),
            (None, Some(&a)),
            (Some(&b), None),
            (None, None),
        ] {
            for count in [0, 1, 2, 3, 100, 5_000] {
                let ranks = Rank::spread_between(low, high, count);
                assert_eq!(ranks.len(), count);
                let all: Vec<&Rank> = low.into_iter().chain(&ranks).chain(high).collect();
                assert!(all.windows(2).all(|w| w[0] < w[1]));
                assert!(
                    ranks
                        .iter()
                        .all(|r| r.as_str().len() < 10 && Rank::parse(r.as_str()).is_ok())
                );
            }
        }
    }

    #[test]
    fn whatever_is_made_can_be_read() {
        let longest = Rank::parse(&"z".repeat(MAX)).unwrap();
        assert!(longest.is_long());
        assert!(Rank::parse(&"z".repeat(MAX + 1)).is_err());
        let mut low = check(None, None);
        let high = check(Some(&low), None);
        for _ in 0..2_000 {
            low = check(Some(&low), Some(&high));
        }
    }

    #[test]
    fn the_beginning_orders_as_the_rank_does() {
        let ranks = ["", "1", "11", "12", "2", "V", "VV", "zzzzzzzz", "zzzzzzzz1"];
        let ranks = ranks.map(|text| Rank::parse(text).unwrap());
        for pair in ranks.windows(2) {
            assert!(pair[0].prefix() <= pair[1].prefix());
            assert!(pair[0].prefix() < pair[1].prefix() || pair[1].as_str().len() > 8);
        }
    }

    #[test]
    fn equal_neighbours_give_a_key_above_them() {
        let a = check(None, None);
        assert!(Rank::between(Some(&a), Some(&a)) > a);
    }

    #[test]
    fn a_spread_is_in_order_short_and_leaves_room() {
        for count in [0, 1, 2, 61, 62, 5_000, 100_000] {
            let ranks = Rank::spread(count);
            assert_eq!(ranks.len(), count);
            for pair in ranks.windows(2) {
                assert!(pair[0] < pair[1]);
            }
            assert!(
                ranks
                    .iter()
                    .all(|r| r.as_str().len() <= 5 && Rank::parse(r.as_str()).is_ok())
            );
            if count > 1 {
                check(Some(&ranks[0]), Some(&ranks[1]));
            }
        }
    }
}
