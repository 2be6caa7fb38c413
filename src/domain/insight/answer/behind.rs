//! The deals behind a figure.

use super::Question;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::open::WeightRule;
use crate::domain::insight::select::Selection;
use crate::domain::insight::slips::{slipped, slipped_deals};
use crate::domain::insight::ways::ConversionRule;
use crate::domain::insight::win::WinPart;

impl Question<'_> {
    /// The deals behind a figure, as rows of the facts.
    #[must_use]
    pub fn rows(&self, metric: Metric, of: &Selection) -> Selection {
        let (facts, period) = (self.facts, self.period);
        let status = |row: usize| facts.status[row];
        let within = |row: usize| period.holds(facts.closed[row]);
        let closed = |own: Status| of.and(|row| status(row) == own && within(row));
        match metric {
            Metric::WinRate | Metric::WinValue => {
                let query = self.win();
                of.and(|row| {
                    let part = query.part(facts, row);
                    part.is_some_and(|part| part != WinPart::Undecided)
                })
            }
            Metric::Won | Metric::WonCount | Metric::CycleWon => closed(Status::Won),
            Metric::Lost | Metric::CycleLost => closed(Status::Lost),
            Metric::Activities => {
                of.and(|row| matches!(status(row), Status::Won | Status::Lost) && within(row))
            }
            Metric::Conversion if self.rules.conversion == ConversionRule::NotLost => {
                of.and(|row| status(row) != Status::Lost && period.holds(facts.created[row]))
            }
            Metric::Conversion | Metric::StageTime => {
                let stages = facts.stages.len() as u16;
                let counted: Vec<bool> = (0..stages).map(|n| self.is_counted(n)).collect();
                of.and(|row| {
                    let mut legs = facts.legs.of(row).iter();
                    legs.any(|leg| period.holds(leg.entered) && counted[usize::from(leg.stage)])
                })
            }
            Metric::Velocity => self.counted(of),
            Metric::Weighted if self.rules.weight == WeightRule::WithWon => of.and(|row| {
                status(row) == Status::Open || (status(row) == Status::Won && within(row))
            }),
            Metric::Open | Metric::OpenCount | Metric::Weighted | Metric::Idle => {
                of.and(|row| status(row) == Status::Open)
            }
            Metric::Coverage => of.and(|row| self.covers(row)),
            Metric::Rotting => {
                let thresholds = self.thresholds();
                let query = self.idle_query(&thresholds);
                of.and(|row| status(row) == Status::Open && query.deal(facts, row).rotting)
            }
            Metric::Creation => of.and(|row| period.holds(facts.created[row])),
            Metric::Slips => of.and(|row| slipped(facts, row, period, 1)),
            Metric::Bottleneck => of.none(),
        }
    }

    /// The deals behind a figure: in order of their ids, those that rot longest first, those put
    /// off most often first.
    #[must_use]
    pub fn deals(&self, metric: Metric, of: &Selection) -> Vec<DealId> {
        match metric {
            Metric::Rotting => {
                let thresholds = self.thresholds();
                let query = self.idle_query(&thresholds);
                query.rotting(self.facts, of, None)
            }
            Metric::Slips => slipped_deals(self.facts, of, self.period, 1),
            _ => self.rows(metric, of).deals(self.facts),
        }
    }
}
