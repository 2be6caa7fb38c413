//! The forms of scoring rules and of criteria of the ideal customer profile.

use super::FieldError;
use crate::domain::activity::{ActivityKind, ActivityOutcome, Direction};
use crate::domain::command::Command;
use crate::domain::command::qualify::{IcpDraft, QualifyCommand, RuleDraft};
use crate::domain::ids::{IcpId, ScoreRuleId};
use crate::domain::query::condition::{Scope, Test};
use crate::domain::rule::{Condition, Op};
use crate::domain::scoring::{Axis, IcpCriterion, IcpPart, ScoreRule, Signal};
use crate::domain::state::State;

/// The names of the fields of these forms.
pub mod field {
    /// What it is called.
    pub const NAME: &str = "name";
    /// What has to hold.
    pub const CONDITIONS: &str = "conditions";
    /// How much it counts.
    pub const WEIGHT: &str = "weight";
    /// Points for each hit.
    pub const POINTS: &str = "points";
    /// Days until it counts half.
    pub const HALF_LIFE: &str = "half_life";
    /// The most points.
    pub const CAP: &str = "cap";
}

/// Reads a whole number; nothing typed is none.
fn whole(text: &str) -> Result<Option<i64>, ()> {
    let plain: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ',')
        .map(|c| if c == '−' { '-' } else { c })
        .collect();
    if plain.is_empty() {
        return Ok(None);
    }
    plain.parse().map(Some).map_err(drop)
}

/// What is wrong with the conditions, in a sentence; none when each can be asked.
fn conditions(state: &State, all: &[Condition], scope: Scope) -> Option<FieldError> {
    let bad = all.iter().find_map(|c| Test::read(state, c, scope).err())?;
    Some(FieldError::new(field::CONDITIONS, bad.message))
}

/// A criterion of the ideal customer profile as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IcpForm {
    /// The criterion, unless new.
    pub id: Option<IcpId>,
    /// What it says.
    pub name: String,
    /// What has to hold.
    pub condition: Condition,
    /// What it does.
    pub part: IcpPart,
    /// How much it counts.
    pub weight: String,
}

impl IcpForm {
    /// An empty form.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            id: None,
            name: String::new(),
            condition: Condition {
                what: String::new(),
                op: Op::Is,
                with: Vec::new(),
            },
            part: IcpPart::Scored,
            weight: String::from("10"),
        }
    }

    /// The form of a criterion there is.
    #[must_use]
    pub fn from_criterion(criterion: &IcpCriterion) -> Self {
        Self {
            id: Some(criterion.id),
            name: criterion.name.clone(),
            condition: *criterion.condition.clone(),
            part: criterion.part,
            weight: criterion.weight.to_string(),
        }
    }

    /// The command that saves it.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn command(&self, state: &State) -> Result<Command, Vec<FieldError>> {
        let one = std::slice::from_ref(&self.condition);
        let mut errors: Vec<FieldError> = conditions(state, one, Scope::Organisation)
            .into_iter()
            .collect();
        let weight = match whole(&self.weight) {
            // Only scored criteria have one.
            _ if self.part != IcpPart::Scored => 10,
            Ok(Some(n @ 1..=100)) => n as u8,
            _ => {
                errors.push(FieldError::new(
                    field::WEIGHT,
                    "Give a whole number from 1 to 100.",
                ));
                0
            }
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Command::Qualify(QualifyCommand::SaveIcp {
            id: self.id,
            draft: IcpDraft {
                name: self.name.clone(),
                condition: self.condition.clone(),
                part: self.part,
                weight,
            },
        }))
    }
}

/// A scoring rule as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleForm {
    /// The rule, unless new.
    pub id: Option<ScoreRuleId>,
    /// What it is called.
    pub name: String,
    /// On which axis.
    pub axis: Axis,
    /// Whether it counts at present.
    pub on: bool,
    /// What has to hold.
    pub conditions: Vec<Condition>,
    /// Counts activities.
    pub counts: bool,
    /// Of which kind.
    pub kind: Option<ActivityKind>,
    /// From whom.
    pub direction: Option<Direction>,
    /// With which outcome.
    pub outcome: Option<ActivityOutcome>,
    /// Points for each hit.
    pub points: String,
    /// Days until it counts half.
    pub half_life: String,
    /// The most points.
    pub cap: String,
}

impl RuleForm {
    /// An empty form.
    #[must_use]
    pub fn blank(axis: Axis) -> Self {
        Self {
            id: None,
            name: String::new(),
            axis,
            on: true,
            conditions: Vec::new(),
            counts: axis == Axis::Engagement,
            kind: None,
            direction: None,
            outcome: None,
            points: String::from("10"),
            half_life: match axis {
                Axis::Fit => String::new(),
                Axis::Engagement => String::from("30"),
            },
            cap: String::new(),
        }
    }

    /// The form of a rule there is.
    #[must_use]
    pub fn from_rule(rule: &ScoreRule) -> Self {
        let signal = rule.signal.as_ref();
        Self {
            id: Some(rule.id),
            name: rule.name.clone(),
            axis: rule.axis,
            on: rule.on,
            conditions: rule.conditions.clone(),
            counts: signal.is_some(),
            kind: signal.and_then(|s| s.kind),
            direction: signal.and_then(|s| s.direction),
            outcome: signal.and_then(|s| s.outcome),
            points: rule.points.to_string(),
            half_life: rule.half_life.map(|n| n.to_string()).unwrap_or_default(),
            cap: rule.cap.map(|n| n.to_string()).unwrap_or_default(),
        }
    }

    /// The command that saves it.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn command(&self, state: &State) -> Result<Command, Vec<FieldError>> {
        let mut errors = Vec::new();
        if self.name.trim().is_empty() {
            errors.push(FieldError::new(field::NAME, "Give the rule a name."));
        }
        let counts = self.counts && self.axis == Axis::Engagement;
        errors.extend(conditions(state, &self.conditions, Scope::Scoring));
        if self.conditions.is_empty() && !counts {
            let message =
                "Add a condition: a rule that asks for nothing would count for every deal.";
            errors.push(FieldError::new(field::CONDITIONS, message));
        }
        let mut number =
            |name, text: &str, range: std::ops::RangeInclusive<i64>, message: &str| match whole(
                text,
            ) {
                Ok(None) => None,
                Ok(Some(n)) if range.contains(&n) => Some(n),
                _ => {
                    errors.push(FieldError::new(name, message));
                    None
                }
            };
        let points = number(
            field::POINTS,
            &self.points,
            -1_000..=1_000,
            "Give a whole number from -1,000 to 1,000.",
        );
        let (half_life, cap) = if counts {
            (
                number(
                    field::HALF_LIFE,
                    &self.half_life,
                    1..=3_650,
                    "Give 1 to 3,650 days, or leave it empty.",
                ),
                number(
                    field::CAP,
                    &self.cap,
                    1..=10_000,
                    "Give 1 to 10,000 points, or leave it empty.",
                ),
            )
        } else {
            (None, None)
        };
        let known = !errors.iter().any(|e| e.field == field::POINTS);
        if known && points.unwrap_or(0) == 0 {
            errors.push(FieldError::new(
                field::POINTS,
                "Give points, or take some away with a minus.",
            ));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let signal = counts.then_some(Signal {
            kind: self.kind,
            direction: self.direction,
            outcome: self.outcome,
        });
        Ok(Command::Qualify(QualifyCommand::SaveRule {
            id: self.id,
            draft: Box::new(RuleDraft {
                name: self.name.clone(),
                axis: self.axis,
                on: self.on,
                conditions: self.conditions.clone(),
                signal,
                points: points.unwrap_or(0),
                half_life: half_life.and_then(|n| u16::try_from(n).ok()),
                cap: cap.and_then(|n| u32::try_from(n).ok()),
            }),
        }))
    }
}
