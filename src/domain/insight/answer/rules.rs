//! How figures are counted that can be counted in several ways.

use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::cycle::CycleRule;
use crate::domain::insight::idle::IdleRule;
use crate::domain::insight::open::CoverageRule;
use crate::domain::insight::ways::ConversionRule;
use crate::domain::insight::win::{WinBy, WinRule};
use std::collections::BTreeMap;

/// How figures are counted that can be counted in several ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// What counts against the win rate.
    pub win: WinRule,
    /// By which day it is counted.
    pub by: WinBy,
    /// Conversion.
    pub conversion: ConversionRule,
    /// From when a cycle counts.
    pub cycle: CycleRule,
    /// What open deals are held against.
    pub coverage: CoverageRule,
    /// What is a sign of life.
    pub idle: IdleRule,
}

impl Rules {
    /// Under which word the choice of a figure is kept; figures that are counted alike share it.
    #[must_use]
    pub fn key(metric: Metric) -> &'static str {
        match metric {
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
        let cohort = code(Metric::WinRate) == WinBy::Creation.code();
        Self {
            win: of!(WinRate, WinRule),
            by: if cohort {
                WinBy::Creation
            } else {
                WinBy::Close
            },
            conversion: of!(Conversion, ConversionRule),
            cycle: of!(CycleWon, CycleRule),
            coverage: of!(Coverage, CoverageRule),
            idle: of!(Idle, IdleRule),
        }
    }

    /// The code of the way in which a figure is counted; none where there is but one.
    #[must_use]
    pub fn code(&self, metric: Metric) -> Option<&'static str> {
        Some(match metric {
            Metric::WinRate if self.by == WinBy::Creation => self.by.code(),
            Metric::WinRate => self.win.code(),
            Metric::Conversion => self.conversion.code(),
            Metric::CycleWon | Metric::CycleLost => self.cycle.code(),
            Metric::Coverage => self.coverage.code(),
            Metric::Idle | Metric::Rotting => self.idle.code(),
            _ => return None,
        })
    }
}
