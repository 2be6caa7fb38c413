//! Hybrid logical clock (Kulkarni et al. 2014): stamps that order changes of several
//! tabs and people, never go backwards and stay close to wall time.

use std::fmt;

/// Milliseconds since 1970-01-01T00:00Z.
pub type Millis = i64;

/// When a change was made, and by which clock. Ordered by time, then counter, then
/// node; equal only for the same change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp {
    /// 48 bits of milliseconds, 16 bits of counter.
    time: u64,
    /// Random per tab, so two tabs never make the same stamp.
    node: u64,
}

const MAX_MS: u64 = (1 << 48) - 1;

impl Stamp {
    /// Before every real stamp; stands for "never set".
    pub const ZERO: Self = Self { time: 0, node: 0 };

    /// A stamp from its parts. Milliseconds are kept within 0..2^48.
    #[must_use]
    pub fn new(ms: Millis, counter: u16, node: u64) -> Self {
        let ms = u64::try_from(ms).unwrap_or(0).min(MAX_MS);
        Self {
            time: (ms << 16) | u64::from(counter),
            node,
        }
    }

    /// Wall time in milliseconds.
    #[must_use]
    pub fn ms(self) -> Millis {
        (self.time >> 16) as Millis
    }

    /// The three raw parts, for packing.
    #[must_use]
    pub fn to_raw(self) -> (u64, u64) {
        (self.time, self.node)
    }

    /// The inverse of [`Stamp::to_raw`].
    #[must_use]
    pub fn from_raw(time: u64, node: u64) -> Self {
        Self { time, node }
    }

    /// The clock that made it.
    #[must_use]
    pub fn node(self) -> u64 {
        self.node
    }
}

impl fmt::Display for Stamp {
    /// `ms-counter-node` in hex of fixed width: the order of texts is the order of stamps.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:012x}-{:04x}-{:016x}",
            self.time >> 16,
            self.time & 0xffff,
            self.node
        )
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stamp({self})")
    }
}

/// A text that is no stamp.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a stamp of a change")]
pub struct BadStamp(pub String);

impl std::str::FromStr for Stamp {
    type Err = BadStamp;
    fn from_str(text: &str) -> Result<Self, BadStamp> {
        let parse = || {
            let bytes = text.as_bytes();
            if bytes.len() != 34 || bytes[12] != b'-' || bytes[17] != b'-' {
                return None;
            }
            let hex = |part: &str| {
                part.bytes()
                    .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
                    .then(|| u64::from_str_radix(part, 16).ok())
                    .flatten()
            };
            let (ms, counter) = (hex(text.get(..12)?)?, hex(text.get(13..17)?)?);
            let node = hex(text.get(18..)?)?;
            Some(Stamp {
                time: (ms << 16) | counter,
                node,
            })
        };
        parse().ok_or_else(|| BadStamp(text.chars().take(40).collect()))
    }
}

/// The clock of one tab.
#[derive(Clone, Debug)]
pub struct Clock {
    last: u64,
    node: u64,
}

impl Clock {
    /// A clock with this random node.
    #[must_use]
    pub fn new(node: u64) -> Self {
        Self { last: 0, node }
    }

    /// The next stamp: at wall time where that has moved on, else one counter further.
    /// Later than every stamp ever ticked or observed.
    pub fn tick(&mut self, now: Millis) -> Stamp {
        let wall = u64::try_from(now).unwrap_or(0).min(MAX_MS) << 16;
        // A full counter carries into the milliseconds, which keeps the order.
        self.last = wall.max(self.last.saturating_add(1));
        Stamp {
            time: self.last,
            node: self.node,
        }
    }

    /// Takes note of a stamp made elsewhere, so that what is decided here after seeing
    /// it also wins over it.
    pub fn observe(&mut self, seen: Stamp) {
        self.last = self.last.max(seen.time);
    }

    /// This tab's node.
    #[must_use]
    pub fn node(&self) -> u64 {
        self.node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_never_repeat_or_go_back_when_wall_time_does() {
        let mut clock = Clock::new(1);
        let mut last = clock.tick(1_000);
        for now in [1_000, 999, 0, -5, 1_000, 1_001, 70_000] {
            let next = clock.tick(now);
            assert!(next > last);
            last = next;
        }
        assert_eq!(last.ms(), 70_000);
    }

    #[test]
    fn a_hundred_thousand_ticks_in_one_millisecond_stay_in_order() {
        let mut clock = Clock::new(1);
        let mut last = Stamp::ZERO;
        for _ in 0..100_000 {
            let next = clock.tick(5);
            assert!(next > last);
            last = next;
        }
    }

    #[test]
    fn what_follows_an_observed_stamp_wins_over_it() {
        let mut clock = Clock::new(1);
        let seen = Stamp::new(9_000, 3, 99);
        clock.observe(seen);
        assert!(clock.tick(10) > seen);
    }

    #[test]
    fn text_keeps_order_and_identity() {
        let a = Stamp::new(1, 65_535, 5);
        let b = Stamp::new(2, 0, 4);
        assert!(a < b && a.to_string() < b.to_string());
        assert_eq!(a.to_string().parse(), Ok(a));
        for bad in [
            "",
            "x",
            "000000000001-0000-000000000000000g",
            "000000000001_0000-0000000000000001",
        ] {
            assert!(bad.parse::<Stamp>().is_err(), "{bad}");
        }
    }
}
