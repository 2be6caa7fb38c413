//! A deal's way through the stages, leg by leg.

use super::facts::{Day, Entry, Facts, NOWHERE, Stages};
use crate::domain::deal::Status;
use crate::domain::stage::StageKind;

/// How a stay in a stage ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// To a later stage of the pipeline, or won.
    Advanced,
    /// Lost.
    Lost,
    /// To an earlier stage of the pipeline.
    Back,
    /// To another pipeline, or put aside.
    Elsewhere,
    /// Not ended.
    Still,
}

impl Fate {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Advanced,
        Self::Lost,
        Self::Back,
        Self::Elsewhere,
        Self::Still,
    ];

    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Advanced => "Advanced",
            Self::Lost => "Lost",
            Self::Back => "Moved back",
            Self::Elsewhere => "Moved elsewhere",
            Self::Still => "Still there",
        }
    }
}

/// One stay of a deal in an open stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The day it came in.
    pub entered: Day,
    /// The day it left; [`NEVER`](super::facts::NEVER) while it is still there.
    left: Day,
    /// In which stage, by number.
    pub stage: u16,
    /// Into which stage it went, by number; [`NOWHERE`] where it went into none.
    next: u16,
    /// How it ended.
    pub fate: Fate,
}

impl Leg {
    /// The day it left; none while it is still there.
    #[must_use]
    pub fn left(&self) -> Option<Day> {
        (self.fate != Fate::Still).then_some(self.left)
    }

    /// Into which stage it went, by number; none where it went into none.
    #[must_use]
    pub fn next(&self) -> Option<u16> {
        (self.next != NOWHERE).then_some(self.next)
    }

    /// How many days it lasted, or has lasted until today.
    #[must_use]
    #[inline(always)]
    pub fn days(&self, today: Day) -> u32 {
        let end = if self.fate == Fate::Still {
            today
        } else {
            self.left
        };
        end.saturating_sub(self.entered).max(0).unsigned_abs()
    }
}

/// The stays of a deal in open stages, from all it came into.
pub(super) fn read(
    stages: &Stages,
    entries: &[Entry],
    status: Status,
    closed: Day,
    legs: &mut Vec<Leg>,
) {
    for (at, entry) in entries.iter().enumerate() {
        let Some(here) = stages.get(entry.stage) else {
            continue;
        };
        if here.kind != StageKind::Open {
            continue;
        }
        let next = entries.get(at + 1);
        let fate = match next.map(|n| stages.get(n.stage)) {
            Some(None) => Fate::Elsewhere,
            Some(Some(there)) => match there.kind {
                StageKind::Won => Fate::Advanced,
                StageKind::Lost => Fate::Lost,
                StageKind::OnHold => Fate::Elsewhere,
                StageKind::Open if there.pipeline != here.pipeline => Fate::Elsewhere,
                StageKind::Open if there.place > here.place => Fate::Advanced,
                StageKind::Open => Fate::Back,
            },
            None => match status {
                Status::Open => Fate::Still,
                Status::Won => Fate::Advanced,
                Status::Lost => Fate::Lost,
                Status::OnHold => Fate::Elsewhere,
            },
        };
        legs.push(Leg {
            entered: entry.day,
            left: match next {
                Some(next) => next.day,
                None => closed,
            },
            stage: entry.stage,
            next: next.map_or(NOWHERE, |n| n.stage),
            fate,
        });
    }
}

/// The stays of a row in open stages, in order of time.
pub fn legs(facts: &Facts, row: usize) -> impl Iterator<Item = Leg> + '_ {
    facts.legs.of(row).iter().copied()
}
