//! What a deal scores on two axes, fit and engagement, and why: every score is the sum of its
//! reasons.

use super::condition::{Scope, Subject, Tests};
use super::idle::{DAY, activities};
use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::ids::{ActivityId, ScoreRuleId};
use crate::domain::order::Order;
use crate::domain::scoring::{Axis, ScoreRule, Signal};
use crate::domain::state::State;
use std::fmt;

/// Hundredths of a point: what hits are kept in, so that fading leaves no jumps.
pub const HUNDREDTHS: i64 = 100;

/// One rule, ready to be asked.
#[derive(Clone, Debug)]
pub struct ReadRule {
    /// Which.
    pub id: ScoreRuleId,
    /// On which axis.
    pub axis: Axis,
    tests: Tests,
    signal: Option<Signal>,
    points: i64,
    half_life: Option<u16>,
    cap: Option<u32>,
}

/// All rules that are on, ready to be asked, with the limits of the grades.
#[derive(Clone, Debug, Default)]
pub struct ScoreRules {
    rules: Vec<ReadRule>,
    fit_grades: Vec<i64>,
    engagement_grades: Vec<i64>,
}

/// One activity that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub activity: ActivityId,
    /// How many whole days ago.
    pub days: i64,
    /// What is left of the rule's points, in hundredths.
    pub hundredths: i64,
}

/// What one rule gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreReason {
    /// Which rule.
    pub rule: ScoreRuleId,
    /// Its points: the sum of its hits, capped, rounded to whole points toward zero.
    pub points: i64,
    /// The activities that count, the newest first; none of a rule of conditions alone.
    pub hits: Vec<Hit>,
    /// The cap took something away.
    pub capped: bool,
}

/// What a deal scores on one axis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AxisScore {
    /// The sum of its reasons.
    pub points: i64,
    /// The rules that gave or took points, in order.
    pub reasons: Vec<ScoreReason>,
}

/// Fit from A (best) to D, engagement from 1 (best) to 4, both kept as 0 to 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade {
    /// 0 for A to 3 for D.
    pub fit: u8,
    /// 0 for 1 to 3 for 4.
    pub engagement: u8,
}

impl Grade {
    /// How hot, 0 (A1) to 6 (D4): both axes count alike.
    #[must_use]
    pub fn heat(self) -> u8 {
        self.fit + self.engagement
    }

    /// The letter of a fit of 0 to 3.
    #[must_use]
    pub fn letter(fit: u8) -> char {
        char::from(b'A' + fit.min(3))
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}",
            Self::letter(self.fit),
            self.engagement.min(3) + 1
        )
    }
}

/// Both scores of a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Who they are.
    pub fit: AxisScore,
    /// What they do.
    pub engagement: AxisScore,
    /// Both together.
    pub grade: Grade,
}

impl Score {
    /// One of the two.
    #[must_use]
    pub fn axis(&self, axis: Axis) -> &AxisScore {
        match axis {
            Axis::Fit => &self.fit,
            Axis::Engagement => &self.engagement,
        }
    }

    /// In order of heat: better grades first, then more points.
    #[must_use]
    pub fn heat_key(&self) -> (u8, i64) {
        (
            self.grade.heat(),
            -(self.fit.points.saturating_add(self.engagement.points)),
        )
    }
}

/// The rules in their order, those of an axis together.
#[must_use]
pub fn in_order(state: &State, axis: Axis) -> Vec<&ScoreRule> {
    let mut all: Vec<&ScoreRule> = state
        .tables
        .score_rules
        .iter()
        .filter(|r| r.axis == axis)
        .collect();
    all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    all
}

impl ScoreRules {
    /// Reads the rules that are on.
    #[must_use]
    pub fn read(state: &State) -> Self {
        let rule = |r: &ScoreRule| ReadRule {
            id: r.id,
            axis: r.axis,
            tests: Tests::read(state, &r.conditions, Scope::Scoring),
            signal: r.signal.clone().filter(|_| r.axis == Axis::Engagement),
            points: r.points,
            half_life: r.half_life.filter(|days| *days > 0),
            cap: r.cap,
        };
        // A rule that asks for nothing would be true of everybody.
        let asks = |r: &&ScoreRule| {
            r.on && (!r.conditions.is_empty() || (r.axis == Axis::Engagement && r.signal.is_some()))
        };
        let all = Axis::ALL.iter().flat_map(|axis| in_order(state, *axis));
        let workspace = state.workspace();
        Self {
            rules: all.filter(asks).map(rule).collect(),
            fit_grades: workspace.fit_grades,
            engagement_grades: workspace.engagement_grades,
        }
    }

    /// True while no rule is on: then nothing is scored.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What one axis amounts to; costs as much as the rules times the deal's activities.
    #[must_use]
    pub fn axis(&self, subject: &Subject, axis: Axis) -> AxisScore {
        let mut score = AxisScore::default();
        for rule in self.rules.iter().filter(|r| r.axis == axis) {
            if let Some(reason) = rule.reason(subject) {
                score.points = score.points.saturating_add(reason.points);
                score.reasons.push(reason);
            }
        }
        score
    }

    /// Both axes and the grade; none without rules or deal.
    #[must_use]
    pub fn score(&self, subject: &Subject) -> Option<Score> {
        subject.deal?;
        if self.is_empty() {
            return None;
        }
        let fit = self.axis(subject, Axis::Fit);
        let engagement = self.axis(subject, Axis::Engagement);
        let grade = Grade {
            fit: grade_of(fit.points, &self.fit_grades),
            engagement: grade_of(engagement.points, &self.engagement_grades),
        };
        Some(Score {
            fit,
            engagement,
            grade,
        })
    }
}

/// 0 from the first limit on, 1 from the second, 2 from the third, else 3.
#[must_use]
pub fn grade_of(points: i64, limits: &[i64]) -> u8 {
    let limits = limits.iter().take(3);
    let at = limits.clone().position(|limit| points >= *limit);
    at.map_or(3, |at| at as u8)
}

/// What is left of `hundredths` after so many days: half after each half-life, and in between
/// on the straight line from one halving to the next. Whole numbers only, rounded toward
/// zero; never grows with the days.
#[must_use]
pub fn faded(hundredths: i64, days: i64, half_life: Option<u16>) -> i64 {
    let Some(half) = half_life.map(i64::from).filter(|half| *half > 0) else {
        return hundredths;
    };
    let days = days.max(0);
    let (halvings, rest) = (days / half, days % half);
    if halvings >= 62 {
        return 0;
    }
    let line = i128::from(hundredths) * i128::from(2 * half - rest) / i128::from(2 * half);
    // Not more than it began with.
    i64::try_from(line / (1_i128 << halvings)).unwrap_or(0)
}

impl ReadRule {
    fn reason(&self, subject: &Subject) -> Option<ScoreReason> {
        if !self.tests.hold(subject) {
            return None;
        }
        let full = self.points.saturating_mul(HUNDREDTHS);
        let hits = self.hits(subject, full);
        let sum = match &hits {
            None => full,
            Some(hits) if hits.is_empty() => return None,
            Some(hits) => hits
                .iter()
                .fold(0_i64, |sum, hit| sum.saturating_add(hit.hundredths)),
        };
        let limit = self.cap.map_or(i64::MAX, |cap| i64::from(cap) * HUNDREDTHS);
        let capped = sum.clamp(-limit, limit);
        Some(ScoreReason {
            rule: self.id,
            points: capped / HUNDREDTHS,
            capped: capped != sum,
            hits: hits.unwrap_or_default(),
        })
    }

    /// The activities that count; none where the rule counts none.
    fn hits(&self, subject: &Subject, full: i64) -> Option<Vec<Hit>> {
        let signal = self.signal.as_ref()?;
        let deal = subject.deal?;
        let mut hits: Vec<Hit> = activities(subject.world, deal)
            .filter(|a| counts(signal, a))
            .filter_map(|a| {
                let days = (subject.now.saturating_sub(when(a)?)).max(0) / DAY;
                Some(Hit {
                    activity: a.id,
                    days,
                    hundredths: faded(full, days, self.half_life),
                })
            })
            .collect();
        hits.order_by(|a, b| (a.days, a.activity).cmp(&(b.days, b.activity)));
        Some(hits)
    }
}

/// When an activity took place; none while it is only planned.
fn when(activity: &Activity) -> Option<i64> {
    match activity.done {
        None if activity.kind == ActivityKind::Note => Some(activity.created),
        done => done,
    }
}

fn counts(signal: &Signal, activity: &Activity) -> bool {
    signal.kind.is_none_or(|kind| kind == activity.kind)
        && signal
            .direction
            .is_none_or(|direction| direction == activity.direction)
        && signal
            .outcome
            .is_none_or(|outcome| activity.outcome == Some(outcome))
}
