//! Figures stage by stage, and by month.

use super::{Answer, Question};
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::flow::Flows;
use crate::domain::insight::legs::legs;
use crate::domain::insight::select::{Selection, deals};
use crate::domain::insight::stay::StageTimes;
use crate::domain::insight::ways::conversion;

impl Question<'_> {
    /// A figure of stages, stage by stage, of those that are open; none for figures of deals.
    #[must_use]
    pub fn by_stage(&self, metric: Metric, of: &Selection) -> Option<Vec<(u16, Answer)>> {
        if !matches!(metric, Metric::Conversion | Metric::StageTime) {
            return None;
        }
        let mut all = Vec::new();
        let times = StageTimes::of(self.facts, of, self.period, self.now.today);
        for pipeline in self.pipelines() {
            let rates = conversion(self.facts, of, self.period, pipeline, self.rules.conversion);
            for (stage, rate) in rates {
                let ids = deals(
                    self.facts,
                    of.rows().filter(|row| {
                        legs(self.facts, *row)
                            .any(|leg| leg.stage == stage && self.period.holds(leg.entered))
                    }),
                );
                all.push((
                    stage,
                    if metric == Metric::Conversion {
                        Answer::share(rate, ids)
                    } else {
                        let time = &times.stages[usize::from(stage)];
                        let median = time.curve().median().map(f64::from);
                        Answer::days(median, time.n(), None, ids)
                    },
                ));
            }
        }
        Some(all)
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
