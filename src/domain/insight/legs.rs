//! A deal's way through the stages, leg by leg.

use super::facts::{Day, Facts, NOWHERE};
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
    /// In which stage, by number.
    pub stage: u16,
    /// The day it came in.
    pub entered: Day,
    /// The day it left; none while it is still there.
    pub left: Option<Day>,
    /// How it ended.
    pub fate: Fate,
    /// Into which stage it went, by number; none where it went into none.
    pub next: Option<u16>,
}

impl Leg {
    /// How many days it lasted, or has lasted until today.
    #[must_use]
    pub fn days(&self, today: Day) -> u32 {
        let end = self.left.unwrap_or(today);
        u32::try_from(i64::from(end) - i64::from(self.entered)).unwrap_or(0)
    }
}

/// The stays of a row in open stages, in order of time.
pub fn legs(facts: &Facts, row: usize) -> impl Iterator<Item = Leg> + '_ {
    let entries = facts.entries.of(row);
    entries.iter().enumerate().filter_map(move |(at, entry)| {
        let here = facts.stages.get(entry.stage)?;
        if here.kind != StageKind::Open {
            return None;
        }
        let next = entries.get(at + 1);
        let fate = match next.map(|n| facts.stages.get(n.stage)) {
            Some(None) => Fate::Elsewhere,
            Some(Some(there)) => match there.kind {
                StageKind::Won => Fate::Advanced,
                StageKind::Lost => Fate::Lost,
                StageKind::OnHold => Fate::Elsewhere,
                StageKind::Open if there.pipeline != here.pipeline => Fate::Elsewhere,
                StageKind::Open if there.place > here.place => Fate::Advanced,
                StageKind::Open => Fate::Back,
            },
            None => match facts.status[row] {
                Status::Open => Fate::Still,
                Status::Won => Fate::Advanced,
                Status::Lost => Fate::Lost,
                Status::OnHold => Fate::Elsewhere,
            },
        };
        debug_assert_ne!(entry.stage, NOWHERE);
        let left = (fate != Fate::Still).then(|| next.map_or(facts.closed[row], |n| n.day));
        Some(Leg {
            stage: entry.stage,
            entered: entry.day,
            left,
            fate,
            next: next.map(|n| n.stage),
        })
    })
}
