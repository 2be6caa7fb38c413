//! Identities: `Copy` newtypes over 64 random bits, printed as 16 hex digits.

use super::value::{BadValue, Field, Value};
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};

/// What every id can do; lets tables and the codec treat all kinds alike.
pub trait Id: Copy + Eq + Ord + std::hash::Hash + fmt::Debug {
    /// The bits.
    fn raw(self) -> u64;
    /// The id with these bits.
    fn from_raw(raw: u64) -> Self;
}

impl Id for u64 {
    fn raw(self) -> u64 {
        self
    }
    fn from_raw(raw: u64) -> Self {
        raw
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub u64);

        impl Id for $name {
            fn raw(self) -> u64 {
                self.0
            }
            fn from_raw(raw: u64) -> Self {
                Self(raw)
            }
        }

        impl Field for $name {
            fn to_value(&self) -> Value {
                Value::Id(self.0)
            }
            fn from_value(value: Value) -> Result<Self, BadValue> {
                match &value {
                    Value::Id(raw) => Ok(Self(*raw)),
                    Value::Text(text) => text.parse().map_err(|_| BadValue::new("an id of 16 hex digits", &value)),
                    other => Err(BadValue::new("an id", other)),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:016x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:x})"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                parse_raw(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A deal.
    DealId,
    /// An organisation (a customer or one to be).
    OrgId,
    /// A person at an organisation.
    ContactId,
    /// A call, e-mail, meeting, task or note.
    ActivityId,
    /// A member of the own team.
    PersonId,
    /// A product of the own catalogue.
    ProductId,
    /// A pipeline.
    PipelineId,
    /// A stage of a pipeline.
    StageId,
    /// A field that a team has added.
    FieldId,
    /// A team.
    TeamId,
    /// A territory.
    TerritoryId,
    /// A buyer persona.
    PersonaId,
    /// A criterion of the ideal customer profile.
    IcpId,
    /// A criterion of a stage.
    CriterionId,
    /// A move past unmet criteria.
    OverrideId,
    /// A qualification framework.
    FrameworkId,
    /// A question of a framework.
    QuestionId,
    /// A scoring rule.
    ScoreRuleId,
    /// A cadence.
    CadenceId,
    /// A step of a cadence.
    StepId,
    /// A template.
    TemplateId,
    /// A rule that does work by itself.
    AutomationId,
    /// One time a rule worked.
    RunId,
    /// A line of a deal.
    LineId,
    /// A campaign.
    CampaignId,
    /// An interview after a deal was closed.
    InterviewId,
    /// A rate of exchange.
    RateId,
    /// A review of the pipeline.
    ReviewId,
    /// A note to a member of the team.
    CoachingId,
    /// A practice to share.
    PracticeId,
    /// Something said of the process.
    FeedbackId,
    /// A dashboard.
    DashboardId,
    /// A tile of a dashboard.
    TileId,
    /// A quota.
    QuotaId,
    /// Something from outside that works on sales.
    ExternalFactorId,
    /// What somebody said would be sold.
    CallId,
    /// An experiment.
    ExperimentId,
    /// The workspace itself; there is one, with the bits 0.
    WorkspaceId,
}

/// A text that is no id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an id: 16 hexadecimal digits are expected")]
pub struct BadId(pub String);

/// Reads the 16 hex digits of an id.
///
/// # Errors
/// [`BadId`] when the text is anything else.
pub fn parse_raw(text: &str) -> Result<u64, BadId> {
    let plain = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
    plain
        .then(|| u64::from_str_radix(text, 16).ok())
        .flatten()
        .ok_or_else(|| BadId(text.chars().take(40).collect()))
}

/// Hasher for ids. They are random already, so one multiplication spreads them well
/// enough, and no attacker chooses them for us: they are made here.
#[derive(Default, Clone, Copy)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b));
        }
    }
    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    fn write_isize(&mut self, n: isize) {
        self.write_u64(n as u64);
    }
}

/// A map keyed by ids.
pub type IdMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<IdHasher>>;
/// Lets go of some entries of a map that is not needed any more; says whether there were any.
pub fn shed<K: Id, V>(map: &mut IdMap<K, V>) -> bool {
    let some: Vec<K> = map.keys().take(500).copied().collect();
    for key in &some {
        map.remove(key);
    }
    !some.is_empty()
}
/// A set of ids.
pub type IdSet<K> = std::collections::HashSet<K, BuildHasherDefault<IdHasher>>;

/// 64 bits made of others: the same parts always give the same, and different ones spread
/// like random bits. For ids of what two tabs or two people may make on the same occasion.
#[must_use]
pub fn derived(parts: &[u64]) -> u64 {
    parts.iter().fold(0x6a09_e667_f3bc_c908, |seed, part| {
        IdSource::new(seed.rotate_left(23) ^ part).next_u64()
    })
}

/// Makes ids from a seed: SplitMix64 (Steele, Lea, Flood 2014), so that a test with
/// the same seed gets the same ids and a browser feeds it true entropy.
#[derive(Clone, Debug)]
pub struct IdSource(u64);

impl IdSource {
    /// A source starting from this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The next id.
    pub fn fresh<I: Id>(&mut self) -> I {
        I::from_raw(self.next_u64())
    }

    /// A number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            0
        } else {
            ((u128::from(self.next_u64()) * u128::from(n)) >> 64) as u64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_reads_sixteen_digits() {
        let id = DealId(0x00ab_cdef_0123_4567);
        assert_eq!(id.to_string(), "00abcdef01234567");
        assert_eq!("00abcdef01234567".parse(), Ok(id));
        assert!("abc".parse::<DealId>().is_err());
        assert!("+0abcdef01234567".parse::<DealId>().is_err());
    }

    #[test]
    fn same_seed_gives_same_ids_and_below_stays_below() {
        let (mut a, mut b) = (IdSource::new(7), IdSource::new(7));
        for n in 1..500 {
            assert_eq!(a.fresh::<DealId>(), b.fresh::<DealId>());
            assert!(a.below(n) < n);
            b.below(n);
        }
    }
}
