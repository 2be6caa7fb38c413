//! The forms of experiments.

use super::check::Check;
use super::plan::{parse_share, print_share};
use super::{FieldError, field, parse_percent};
use crate::domain::command::experiment::{EndDraft, ExperimentCommand, ExperimentDraft};
use crate::domain::experiment::{Arm, Assignment, Experiment};
use crate::domain::ids::ExperimentId;

/// One of the ways, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArmForm {
    /// Its name.
    pub name: String,
    /// What is done in it.
    pub text: String,
    /// The tag that puts a deal into it.
    pub tag: String,
    /// How many parts of the deals it gets; not used where tags decide.
    pub parts: String,
}

impl Default for ArmForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            text: String::new(),
            tag: String::new(),
            parts: "1".into(),
        }
    }
}

impl ArmForm {
    fn weight(&self) -> Option<i64> {
        let parts = self.parts.trim().parse().ok();
        parts.filter(|n| (1..=100).contains(n))
    }
}

/// An experiment as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExperimentForm {
    /// The experiment it changes; none for a new one.
    pub id: Option<ExperimentId>,
    /// Its name.
    pub name: String,
    /// What is believed.
    pub hypothesis: String,
    /// The ways; the first is what is done today.
    pub arms: Vec<ArmForm>,
    /// How deals come to a way, by its code.
    pub assignment: String,
    /// What is measured, by its code.
    pub metric: String,
    /// The least difference, in percent points.
    pub minimum: String,
    /// The power, in percent.
    pub power: String,
    /// False alarms, in percent.
    pub alpha: String,
    /// The stage where deals take part, by id; empty for new deals.
    pub stage: String,
}

impl ExperimentForm {
    /// An empty form.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            id: None,
            name: String::new(),
            hypothesis: String::new(),
            arms: vec![
                ArmForm {
                    name: "As today".into(),
                    ..ArmForm::default()
                },
                ArmForm::default(),
            ],
            assignment: Assignment::Random.code().to_owned(),
            metric: "won".to_owned(),
            minimum: "10".into(),
            power: "80".into(),
            alpha: "5".into(),
            stage: String::new(),
        }
    }

    /// The form of one that is there.
    #[must_use]
    pub fn of(experiment: &Experiment) -> Self {
        let arm = |arm: &Arm| ArmForm {
            name: arm.name.clone(),
            text: arm.text.clone(),
            tag: arm.tag.clone(),
            parts: arm.weight.to_string(),
        };
        Self {
            id: Some(experiment.id),
            name: experiment.name.clone(),
            hypothesis: experiment.hypothesis.clone(),
            arms: experiment.arms.iter().map(arm).collect(),
            assignment: experiment.assignment.code().to_owned(),
            metric: experiment.metric.clone(),
            minimum: print_share(experiment.minimum),
            power: experiment.power.to_string(),
            alpha: experiment.alpha.to_string(),
            stage: experiment
                .stage
                .map(|id| id.to_string())
                .unwrap_or_default(),
        }
    }

    /// Which share of the deals each way gets, from 0 to 1; none where tags decide, or while any of
    /// the parts is no number.
    #[must_use]
    pub fn shares(&self) -> Option<Vec<f64>> {
        if self.assignment == Assignment::Tag.code() {
            return None;
        }
        let parts: Option<Vec<i64>> = self.arms.iter().map(ArmForm::weight).collect();
        let parts = parts?;
        let all: i64 = parts.iter().sum();
        Some(
            parts
                .iter()
                .map(|n| *n as f64 / all.max(1) as f64)
                .collect(),
        )
    }

    /// The command that saves it; everything a form can tell is told by the decision.
    ///
    /// # Errors
    /// Numbers that are none.
    pub fn submit(&self) -> Result<ExperimentCommand, Vec<FieldError>> {
        let mut check = Check::default();
        let minimum = check.take("minimum", parse_share(&self.minimum).map(Some));
        let power = check.take("power", parse_percent(&self.power));
        let alpha = check.take("alpha", parse_percent(&self.alpha));
        check.require(
            field::NAME,
            !self.name.trim().is_empty(),
            "Give the experiment a name.",
        );
        let by_tag = self.assignment == Assignment::Tag.code();
        check.require(
            "arms",
            by_tag || self.arms.iter().all(|arm| arm.weight().is_some()),
            "Each way gets between 1 and 100 parts of the deals. Write a whole number.",
        );
        if !check.errors.is_empty() {
            return Err(check.errors);
        }
        let arm = |arm: &ArmForm| Arm {
            name: arm.name.clone(),
            text: arm.text.clone(),
            tag: arm.tag.clone(),
            weight: arm.weight().unwrap_or(1),
        };
        Ok(ExperimentCommand::Save {
            id: self.id,
            draft: Box::new(ExperimentDraft {
                name: self.name.clone(),
                hypothesis: self.hypothesis.clone(),
                arms: self.arms.iter().map(arm).collect(),
                assignment: Assignment::from_code(&self.assignment).unwrap_or(Assignment::Random),
                metric: self.metric.clone(),
                minimum: minimum.unwrap_or(0),
                power: power.unwrap_or(0),
                alpha: alpha.unwrap_or(0),
                stage: self.stage.parse().ok(),
                pipeline: None,
                owner: None,
            }),
        })
    }
}

/// The end of an experiment, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndForm {
    /// Which.
    pub id: ExperimentId,
    /// What came of it.
    pub outcome: String,
    /// Which way from now on, by its number; empty for none.
    pub chosen: String,
    /// Why it ends early.
    pub early: String,
    /// Whether it becomes a practice.
    pub share: bool,
}

impl EndForm {
    /// The command that ends it.
    #[must_use]
    pub fn submit(&self) -> ExperimentCommand {
        ExperimentCommand::End {
            id: self.id,
            draft: Box::new(EndDraft {
                outcome: self.outcome.clone(),
                chosen: self.chosen.parse().ok(),
                early: self.early.clone(),
                share: self.share,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(parts: [&str; 2], assignment: Assignment) -> ExperimentForm {
        let mut form = ExperimentForm::blank();
        form.name = "Call first".into();
        form.assignment = assignment.code().into();
        for (arm, parts) in form.arms.iter_mut().zip(parts) {
            arm.parts = parts.into();
        }
        form
    }

    fn weights(form: &ExperimentForm) -> Option<Vec<i64>> {
        match form.submit().ok()? {
            ExperimentCommand::Save { draft, .. } => {
                Some(draft.arms.iter().map(|arm| arm.weight).collect())
            }
            _ => None,
        }
    }

    #[test]
    fn ways_get_the_parts_that_were_typed() {
        assert_eq!(
            weights(&form(["1", "1"], Assignment::Random)),
            Some(vec![1, 1])
        );
        let uneven = form([" 3 ", "1"], Assignment::Alternating);
        assert_eq!(weights(&uneven), Some(vec![3, 1]));
        assert_eq!(uneven.shares(), Some(vec![0.75, 0.25]));
        for wrong in ["", "0", "101", "1.5", "-1", "half"] {
            let form = form(["1", wrong], Assignment::Random);
            let errors = form.submit().unwrap_err();
            assert_eq!(errors[0].field, "arms", "{wrong}");
            assert_eq!(form.shares(), None);
        }
    }

    #[test]
    fn where_tags_decide_parts_do_not_matter() {
        let form = form(["3", "half"], Assignment::Tag);
        assert_eq!(weights(&form), Some(vec![3, 1]));
        assert_eq!(form.shares(), None);
    }
}
