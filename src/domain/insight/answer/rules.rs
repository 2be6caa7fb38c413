//! How figures are counted that can be counted in several ways.

use crate::domain::insight::catalogue::{Alternative, Metric, WIN_WAYS};
use crate::domain::insight::cycle::CycleRule;
use crate::domain::insight::idle::IdleRule;
use crate::domain::insight::open::{CoverageRule, WeightRule};
use crate::domain::insight::stay::StayRule;
use crate::domain::insight::ways::ConversionRule;
use crate::domain::insight::win::{WinBy, WinMeasure, WinRule};
use std::collections::BTreeMap;

/// How figures are counted that can be counted in several ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// What counts against the win rate.
    pub win: WinRule,
    /// By which day it is counted.
    pub by: WinBy,
    /// Whether it counts deals or their value.
    pub measure: WinMeasure,
    /// Conversion.
    pub conversion: ConversionRule,
    /// Which stays in stages count.
    pub stay: StayRule,
    /// From when a cycle counts.
    pub cycle: CycleRule,
    /// What open deals are held against.
    pub coverage: CoverageRule,
    /// By which chance values are weighted.
    pub weight: WeightRule,
    /// What is a sign of life.
    pub idle: IdleRule,
}

impl Rules {
    /// Under which word it is kept whether the win rate counts deals or their value.
    pub const MEASURE: &str = "win_measure";

    /// Under which word the choice of a figure is kept; figures that are counted alike share it.
    #[must_use]
    pub fn key(metric: Metric) -> &'static str {
        match metric {
            Metric::WinRate | Metric::WinValue => "win_rate",
            Metric::CycleWon | Metric::CycleLost => "cycle",
            Metric::Idle | Metric::Rotting => "idle",
            other => other.code(),
        }
    }

    /// As chosen: the code of an alternative by [`Rules::key`]. What is not known counts as not
    /// chosen.
    #[must_use]
    pub fn read(chosen: &BTreeMap<String, String>) -> Self {
        let code = |metric| chosen.get(Self::key(metric)).map_or("", String::as_str);
        macro_rules! of {
            ($metric:ident, $rule:ty) => {{
                let code = code(Metric::$metric);
                let found = <$rule>::ALL.into_iter().find(|rule| rule.code() == code);
                found.unwrap_or_default()
            }};
        }
        let way = code(Metric::WinRate);
        let way = WIN_WAYS.iter().find(|(_, _, own)| own.code == way);
        let (by, win) = way.map_or_else(Default::default, |(by, win, _)| (*by, *win));
        let measure = chosen.get(Self::MEASURE).map_or("", String::as_str);
        let measure = WinMeasure::ALL.into_iter().find(|m| m.code() == measure);
        Self {
            win,
            by,
            measure: measure.unwrap_or_default(),
            conversion: of!(Conversion, ConversionRule),
            stay: of!(StageTime, StayRule),
            cycle: of!(CycleWon, CycleRule),
            coverage: of!(Coverage, CoverageRule),
            weight: of!(Weighted, WeightRule),
            idle: of!(Idle, IdleRule),
        }
    }

    /// The code of the way in which a figure is counted; none where there is but one.
    #[must_use]
    pub fn code(&self, metric: Metric) -> Option<&'static str> {
        Some(match metric {
            Metric::WinRate | Metric::WinValue => {
                let mut ways = WIN_WAYS.iter();
                ways.find(|(by, win, _)| (*by, *win) == (self.by, self.win))?
                    .2
                    .code
            }
            Metric::Conversion => self.conversion.code(),
            Metric::StageTime => self.stay.code(),
            Metric::CycleWon | Metric::CycleLost => self.cycle.code(),
            Metric::Coverage => self.coverage.code(),
            Metric::Weighted => self.weight.code(),
            Metric::Idle | Metric::Rotting => self.idle.code(),
            _ => return None,
        })
    }

    /// The way in which a figure is counted where it is not the usual one.
    fn other(&self, metric: Metric) -> Option<Alternative> {
        let (code, ways) = (self.code(metric)?, metric.alternatives());
        let usual = ways.first().is_none_or(|usual| usual.code == code);
        ways.into_iter().find(|way| !usual && way.code == code)
    }

    /// Whether a figure of deals is of their value here.
    fn is_by_value(&self, metric: Metric) -> bool {
        metric == Metric::WinRate && self.measure == WinMeasure::Value
    }

    /// What the way is called in which a figure is counted; none where it is the usual one.
    #[must_use]
    pub fn way(&self, metric: Metric) -> Option<String> {
        let other = self.other(metric).map(|way| way.label.to_owned());
        if !self.is_by_value(metric) {
            return other;
        }
        let value = WinMeasure::Value.label();
        Some(other.map_or_else(|| value.to_owned(), |way| format!("{value}. {way}")))
    }

    /// What a figure says, in sentences, as it is counted.
    #[must_use]
    pub fn definition(&self, metric: Metric) -> String {
        let own = self.other(metric).map(|way| way.definition);
        let own = own.unwrap_or(metric.definition());
        if self.is_by_value(metric) {
            return match self.other(metric) {
                None => Metric::WinValue.definition().to_owned(),
                Some(_) => format!("{own} {}", WinMeasure::Value.definition()),
            };
        }
        own.to_owned()
    }

    /// The same ways, of the number of deals.
    #[must_use]
    pub fn by_number(self) -> Self {
        Self {
            measure: WinMeasure::Count,
            ..self
        }
    }

    /// How a figure is computed, as it is counted.
    #[must_use]
    pub fn formula(&self, metric: Metric) -> &'static str {
        let usual = match self.is_by_value(metric) {
            true => Metric::WinValue.formula(),
            false => metric.formula(),
        };
        self.other(metric).map_or(usual, |way| way.formula)
    }

    /// What a win rate counts, one and many.
    #[must_use]
    pub fn decided(&self) -> (&'static str, &'static str) {
        match (self.win, self.by) {
            (WinRule::WithOverdue, _) => ("decided or overdue deal", "decided or overdue deals"),
            (_, WinBy::Creation) => ("decided deal", "decided deals"),
            _ => ("closed deal", "closed deals"),
        }
    }
}
