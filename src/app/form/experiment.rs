//! The forms of experiments.

use super::check::Check;
use super::plan::{parse_share, print_share};
use super::{FieldError, field, parse_percent};
use crate::domain::command::experiment::{EndDraft, ExperimentCommand, ExperimentDraft};
use crate::domain::experiment::{Arm, Assignment, Experiment};
use crate::domain::ids::ExperimentId;

/// One of the ways, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArmForm {
    /// Its name.
    pub name: String,
    /// What is done in it.
    pub text: String,
    /// The tag that puts a deal into it.
    pub tag: String,
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
        if !check.errors.is_empty() {
            return Err(check.errors);
        }
        let arm = |arm: &ArmForm| Arm {
            name: arm.name.clone(),
            text: arm.text.clone(),
            tag: arm.tag.clone(),
            weight: 1,
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
