//! Figures stage by stage, and by month.

use super::{Answer, Question};
use crate::domain::ids::{DealId, StageId};
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::flow::Flows;
use crate::domain::insight::select::Selection;
use crate::domain::insight::stay::StageTimes;
use crate::domain::insight::ways::conversion;

impl Question<'_> {
    /// A figure of stages, stage by stage, of those that are open; none for figures of deals.
    #[must_use]
    pub fn by_stage(&self, metric: Metric, of: &Selection) -> Option<Vec<(u16, Answer)>> {
        let times = match metric {
            Metric::Conversion => None,
            Metric::StageTime => Some(StageTimes::of(self.facts, of, self.period, self.now.today)),
            _ => return None,
        };
        let mut all = Vec::new();
        for pipeline in self.pipelines() {
            if let Some(times) = &times {
                all.extend(self.facts.stages.open_of(pipeline).map(|stage| {
                    let time = &times.stages[usize::from(stage)];
                    let (median, interval) = self.median_stay(time);
                    (stage, Answer::days(median, self.stays(time), interval))
                }));
                continue;
            }
            let rates = conversion(self.facts, of, self.period, pipeline, self.rules.conversion);
            all.extend(rates.into_iter().map(|(n, rate)| (n, Answer::share(rate))));
        }
        Some(all)
    }

    /// The deals that came into a stage in the time.
    #[must_use]
    pub fn entered(&self, stage: StageId, of: &Selection) -> Vec<DealId> {
        let Some(stage) = self.facts.stages.find(stage) else {
            return Vec::new();
        };
        let rows = of.and(|row| {
            let mut legs = self.facts.legs.of(row).iter();
            legs.any(|leg| leg.stage == stage && self.period.holds(leg.entered))
        });
        rows.deals(self.facts)
    }

    /// Whether a figure can be told for each month of a time: those of what stands now cannot.
    #[must_use]
    pub fn has_course(metric: Metric) -> bool {
        !matches!(
            metric,
            Metric::Velocity
                | Metric::Open
                | Metric::OpenCount
                | Metric::Weighted
                | Metric::Coverage
                | Metric::Idle
                | Metric::Rotting
                | Metric::Slips
                | Metric::Bottleneck
        )
    }

    /// What became of the entries of the time into each stage.
    #[must_use]
    pub fn flows(&self, of: &Selection) -> Flows {
        Flows::of(self.facts, of, self.period)
    }
}
