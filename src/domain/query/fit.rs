//! How well an organisation fits the ideal customer profile, criterion by criterion.

use super::condition::{Scope, Subject, Test, Verdict};
use crate::domain::ids::IcpId;
use crate::domain::order::Order;
use crate::domain::scoring::{IcpCriterion, IcpPart};
use crate::domain::state::State;

/// One criterion of the profile, ready to be asked.
#[derive(Clone, Debug)]
pub struct ProfileCriterion {
    /// Which.
    pub id: IcpId,
    /// What it does.
    pub part: IcpPart,
    /// How much it counts, 1 to 100; of scored ones only.
    pub weight: u8,
    /// The test; none when its condition cannot be read (any more).
    pub test: Option<Test>,
}

/// The ideal customer profile, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Its criteria in order.
    pub criteria: Vec<ProfileCriterion>,
}

/// One criterion with what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FitReason {
    /// Which criterion.
    pub criterion: IcpId,
    /// What it does.
    pub part: IcpPart,
    /// Met, not met, unknown.
    pub verdict: Verdict,
    /// How much it counts.
    pub weight: u8,
}

/// How well an organisation fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// 0 to 100: the weight of the scored criteria that are met, of all of them. 0 where a
    /// must-have is not met or an exclusion is. Unknown counts as not met.
    pub percent: u8,
    /// What it would be if all that is unknown turned out well.
    pub most: u8,
    /// A must-have is not met, or an exclusion is.
    pub ruled_out: bool,
    /// How many criteria could not be answered.
    pub unknown: usize,
    /// Each criterion, in order.
    pub reasons: Vec<FitReason>,
}

/// From how many percent on an organisation counts as fitting.
pub const FITS: u8 = 60;

impl Fit {
    /// Whether it counts as fitting.
    #[must_use]
    pub fn fits(&self) -> bool {
        !self.ruled_out && self.percent >= FITS
    }
}

impl Profile {
    /// Reads the profile.
    #[must_use]
    pub fn read(state: &State) -> Self {
        let criterion = |c: &IcpCriterion| ProfileCriterion {
            id: c.id,
            part: c.part,
            weight: c.weight.clamp(1, 100),
            test: Test::read(state, &c.condition, Scope::Organisation).ok(),
        };
        Self {
            criteria: in_order(state).into_iter().map(criterion).collect(),
        }
    }

    /// True without any criterion: then there is nothing to fit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.criteria.is_empty()
    }

    /// How well the subject's organisation fits; none without profile or organisation.
    #[must_use]
    pub fn fit(&self, subject: &Subject) -> Option<Fit> {
        subject.organisation?;
        if self.is_empty() {
            return None;
        }
        let reasons: Vec<FitReason> = self
            .criteria
            .iter()
            .map(|c| FitReason {
                criterion: c.id,
                part: c.part,
                verdict: c
                    .test
                    .as_ref()
                    .map_or(Verdict::Unknown, |t| t.verdict(subject)),
                weight: c.weight,
            })
            .collect();
        let weight = |of: &[Verdict]| -> u32 {
            let scored = reasons.iter().filter(|r| r.part == IcpPart::Scored);
            scored
                .filter(|r| of.contains(&r.verdict))
                .map(|r| u32::from(r.weight))
                .sum()
        };
        let any = |part, verdict| {
            reasons
                .iter()
                .any(|r| r.part == part && r.verdict == verdict)
        };
        let all = weight(&[Verdict::Met, Verdict::Unmet, Verdict::Unknown]);
        let ruled_out = any(IcpPart::Must, Verdict::Unmet) || any(IcpPart::Exclusion, Verdict::Met);
        let share = |part: u32| match all {
            0 => 100,
            // At most 100, as the part is part of all.
            all => u8::try_from(part * 100 / all).unwrap_or(100),
        };
        // A profile of must-haves alone fits only who is known to have them.
        let open = all == 0 && any(IcpPart::Must, Verdict::Unknown);
        Some(Fit {
            percent: if ruled_out || open {
                0
            } else {
                share(weight(&[Verdict::Met]))
            },
            most: if ruled_out {
                0
            } else {
                share(weight(&[Verdict::Met, Verdict::Unknown]))
            },
            ruled_out,
            unknown: reasons
                .iter()
                .filter(|r| r.verdict == Verdict::Unknown)
                .count(),
            reasons,
        })
    }
}

/// The criteria of the profile in their order.
#[must_use]
pub fn in_order(state: &State) -> Vec<&IcpCriterion> {
    let mut all: Vec<&IcpCriterion> = state.tables.icp.iter().collect();
    all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    all
}
