//! Why there is no figure.

use super::Question;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::select::Selection;
use crate::domain::insight::win::WinMeasure;

impl Question<'_> {
    /// Why a figure has no value although there are deals it could be of, in a sentence that names
    /// what is missing; none where it is simply that there is nothing to count.
    #[must_use]
    pub fn why_none(&self, metric: Metric, of: &Selection) -> Option<&'static str> {
        match metric {
            Metric::Velocity => Some(self.missing_driver(of)),
            Metric::Coverage if self.quota.is_none() => Some("None: no quota runs today."),
            Metric::Coverage => Some("None: the quota is reached."),
            Metric::StageTime if self.stay(of).n() > 0 => {
                Some("None yet: less than half have left their stage so far.")
            }
            Metric::WinValue => self.without_value(of),
            Metric::WinRate if self.rules.measure == WinMeasure::Value => self.without_value(of),
            _ => None,
        }
    }

    /// Which driver the velocity lacks.
    fn missing_driver(&self, of: &Selection) -> &'static str {
        let velocity = self.velocity(of);
        if velocity.win.n == 0 {
            "None yet: no deal was won or lost in this time."
        } else if velocity.win.part == 0 {
            "None yet: no deal was won in this time."
        } else if velocity.won_valued.is_empty() {
            "None yet: no deal won in this time has a value."
        } else if velocity.cycle_days == 0 {
            "None yet: all deals won in this time were closed on the day they were created."
        } else {
            "None yet: the deals won in this time have no value in the currency of those open."
        }
    }

    fn without_value(&self, of: &Selection) -> Option<&'static str> {
        let any = self.rows(Metric::WinRate, of).count() > 0;
        any.then_some("None yet: no decided deal has a value.")
    }
}
