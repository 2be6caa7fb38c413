//! The gates of stages: what a move needs, and going through all the same.

use super::one;
use crate::domain::change::Edit;
use crate::domain::command::qualify::{AnswerDraft, Fill};
use crate::domain::command::sell::SellCommand;
use crate::domain::command::{Command, Ctx, Decision, Refusal};
use crate::domain::deal::{Deal, DealField, Outcome, Status};
use crate::domain::entity::{Entity, FieldSet};
use crate::domain::gate::{Check, GateMode, Override};
use crate::domain::ids::{CriterionId, DealId, OverrideId, QuestionId};
use crate::domain::party::OrgField;
use crate::domain::qualify::{Answer, FULL_SCORE};
use crate::domain::query::gate::{Gap, Missing, missing, missing_to_win};
use crate::domain::value::Value;
use crate::domain::world::World;
use chrono::NaiveDate;

/// The longest evidence or reason, in characters.
const LONGEST: usize = 2_000;

/// Whether the gates have a say in a command. Imports, merges of stages and undo go past them.
pub(super) fn guards(command: &Command) -> bool {
    matches!(
        command,
        Command::Move { .. }
            | Command::QuickAdd { .. }
            | Command::SetStatus { .. }
            | Command::SaveDeal { .. }
            | Command::Sell(SellCommand::Win { .. })
    )
}

/// What deals would be missing for a command, warnings included; nothing where the command is
/// none the gates have a say in, or would be refused anyway.
#[must_use]
pub fn gaps(world: &World, command: &Command, ctx: &Ctx) -> Vec<Gap> {
    let stages = &world.state.tables.stages;
    if !guards(command) || stages.iter().all(|s| s.gate == GateMode::Off) {
        return Vec::new();
    }
    // A move by hand names its deals and where they go; no need to find their places first.
    if let Command::Move { deals, stage, .. } = command {
        let gap = |id: &DealId| {
            let deal = world.state.tables.deals.get(*id)?;
            let from = world.state.standing(deal.placement.stage)?;
            missing(world, deal, Some(from), *stage)
        };
        return deals.iter().filter_map(gap).collect();
    }
    let decided = copied(command).and_then(|c| one(world, c, &mut ctx.clone()).ok());
    decided
        .map(|d| of_edits(world, &d.edits))
        .unwrap_or_default()
}

/// A copy of a command the gates have a say in. Copying any command is code of its own for each
/// that there is, which the first load would need for this alone.
fn copied(command: &Command) -> Option<Command> {
    Some(match command {
        Command::QuickAdd { stage, title } => Command::QuickAdd {
            stage: *stage,
            title: title.clone(),
        },
        Command::SaveDeal { id, draft } => Command::SaveDeal {
            id: *id,
            draft: draft.clone(),
        },
        Command::SetStatus {
            deals,
            status,
            closure,
        } => Command::SetStatus {
            deals: deals.clone(),
            status: *status,
            closure: closure.clone(),
        },
        Command::Sell(SellCommand::Win { closing, renewal }) => Command::Sell(SellCommand::Win {
            closing: Box::new(copied(closing)?),
            renewal: *renewal,
        }),
        _ => return None,
    })
}

/// Refuses a move past criteria of a stage that blocks.
pub(super) fn enforce(world: &World, edits: &[Edit]) -> Result<(), Refusal> {
    let mut gaps = of_edits(world, edits);
    gaps.retain(|gap| gap.mode() == GateMode::Block);
    if gaps.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Gated(gaps))
    }
}

/// What deals that these edits move, make or win are missing, once all other edits are made.
fn of_edits(world: &World, edits: &[Edit]) -> Vec<Gap> {
    let moved = |id: DealId| {
        edits
            .iter()
            .any(|edit| matches!(edit, Edit::Deal(other, DealField::Placement(_)) if *other == id))
    };
    let gap = |edit: &Edit| {
        let state = &world.state;
        let (id, to) = match edit {
            Edit::Deal(id, DealField::Placement(to)) => (*id, Some(to.stage)),
            Edit::Deal(id, DealField::Outcome(Outcome::Won(_))) if !moved(*id) => (*id, None),
            _ => return None,
        };
        let known = state.tables.deals.get(id);
        let blank = <Deal as Entity>::blank(id);
        let after = filled(known.unwrap_or(&blank), edits);
        let from = known.and_then(|deal| state.standing(deal.placement.stage));
        let mut gap = match (to, known) {
            (Some(to), _) => missing(world, &after, from, to),
            // Won where it stands; one that was won before only changes.
            (None, Some(deal)) if deal.outcome.status() != Status::Won => {
                missing_to_win(world, &after, from?)
            }
            _ => None,
        }?;
        gap.lacks
            .retain(|lack| !names_filled(&after, edits, &lack.what));
        (!gap.lacks.is_empty()).then_some(gap)
    };
    edits.iter().filter_map(gap).collect()
}

/// The deal as it will be, but where it is and in the state it is.
fn filled(deal: &Deal, edits: &[Edit]) -> Deal {
    let mut after = deal.clone();
    for edit in edits {
        if let Edit::Deal(id, field) = edit
            && *id == deal.id
            && !matches!(field, DealField::Placement(_) | DealField::Outcome(_))
        {
            after.set(field.clone());
        }
    }
    after
}

/// Whether the edits fill in the field of an organisation that is missing.
fn names_filled(deal: &Deal, edits: &[Edit], missing: &Missing) -> bool {
    let Missing::Field { name, .. } = missing else {
        return false;
    };
    edits.iter().any(|edit| match edit {
        Edit::Organisation(id, field) if deal.organisation == Some(*id) => {
            let own = match field {
                OrgField::Custom(key, _) => format!("organisation.custom.{key}"),
                field => format!("organisation.{}", field.name()),
            };
            let empty = match field.value() {
                Value::Null => true,
                Value::Text(text) => text.trim().is_empty(),
                _ => false,
            };
            own == *name && !empty
        }
        _ => false,
    })
}

/// Carries out a move with what was filled in for it, and notes an override for each deal
/// that still misses something.
pub(super) fn pass(
    world: &World,
    command: Command,
    fill: Fill,
    reason: Option<&str>,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    if !guards(&command) {
        return Err(Refusal::Impossible("This is not a move.".into()));
    }
    let reason = reason.map(|r| clean("reason", r)).transpose()?;
    let mut edits = Vec::new();
    for edit in fill.edits {
        match edit {
            Edit::Deal(
                _,
                DealField::Placement(_) | DealField::Outcome(_) | DealField::Deleted(_),
            ) => {
                return Err(Refusal::Impossible(
                    "This is not a field to fill in.".into(),
                ));
            }
            Edit::Deal(..) | Edit::Organisation(..) | Edit::Contact(..) => edits.push(edit),
            _ => {
                return Err(Refusal::Impossible(
                    "This is not a field to fill in.".into(),
                ));
            }
        }
    }
    for (deal, criterion, evidence, on) in fill.checks {
        edits.push(check(world, deal, criterion, &evidence, on, ctx)?);
    }
    for (deal, question, draft) in fill.answers {
        known_deal(world, deal)?;
        edits.push(answer(world, deal, question, &draft, ctx)?);
    }
    let moved = one(world, command, ctx)?;
    for_made(world, &moved.edits, &mut edits)?;
    // What was filled in counts over what a form that was opened before says.
    let filled = std::mem::take(&mut edits);
    edits.extend(moved.edits);
    edits.extend(filled);
    let gaps = of_edits(world, &edits);
    let mut intent = moved.intent;
    let blocked = gaps.iter().any(|gap| gap.mode() == GateMode::Block);
    match &reason {
        None if !gaps.is_empty() => return Err(Refusal::Gated(gaps)),
        Some(reason) if blocked && reason.is_empty() => {
            return Err(Refusal::field("reason", "Say why it goes on all the same."));
        }
        _ => {}
    }
    if !gaps.is_empty() {
        intent.text.push_str(", past unmet criteria");
    }
    for gap in gaps {
        let id: OverrideId = ctx.ids.fresh();
        let noted = Override {
            from: gap.from,
            to: gap.to,
            reason: reason.clone().unwrap_or_default(),
            at: ctx.now,
            by: ctx.me,
            missing: gap.texts(),
        };
        edits.push(Edit::Deal(
            gap.deal,
            DealField::Override(id, Some(Box::new(noted))),
        ));
    }
    Ok(Decision {
        intent,
        edits,
        focus: moved.focus,
    })
}

/// What was filled in for a deal that is about to be made goes to the one that is made.
fn for_made(world: &World, moved: &[Edit], filled: &mut [Edit]) -> Result<(), Refusal> {
    let deals = &world.state.tables.deals;
    let made = moved.iter().find_map(|edit| match edit {
        Edit::Deal(id, DealField::Placement(_)) if deals.get(*id).is_none() => Some(*id),
        _ => None,
    });
    for edit in filled {
        if let Edit::Deal(id, _) = edit
            && deals.get(*id).is_none()
        {
            *id = made.ok_or(Refusal::Gone("The deal"))?;
        }
    }
    Ok(())
}

/// A text a person typed, trimmed; refused when overlong.
fn clean(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(Refusal::field(
            field,
            format!("Shorten it to {LONGEST} characters at most."),
        ));
    }
    Ok(text.to_owned())
}

fn known_deal(world: &World, id: DealId) -> Result<&Deal, Refusal> {
    let deals = &world.state.tables.deals;
    deals.get(id).ok_or(Refusal::Gone("The deal"))
}

/// The edit that ticks a criterion off, since today unless another day is said.
pub(super) fn check(
    world: &World,
    deal: DealId,
    criterion: CriterionId,
    evidence: &str,
    on: Option<NaiveDate>,
    ctx: &Ctx,
) -> Result<Edit, Refusal> {
    let on = on.unwrap_or(ctx.today);
    if on > ctx.today {
        return Err(Refusal::field("on", "This day is still to come."));
    }
    let known = world.state.tables.criteria.get(criterion);
    let known = known.ok_or(Refusal::Gone("The criterion"))?;
    let evidence = clean("evidence", evidence)?;
    if known.evidence && evidence.is_empty() {
        return Err(Refusal::field("evidence", "Say how you know."));
    }
    let check = Check {
        evidence,
        on,
        by: ctx.me,
    };
    Ok(Edit::Deal(
        deal,
        DealField::Check(criterion, Some(Box::new(check))),
    ))
}

/// The edit that answers a question.
pub(super) fn answer(
    world: &World,
    deal: DealId,
    question: QuestionId,
    draft: &AnswerDraft,
    ctx: &Ctx,
) -> Result<Edit, Refusal> {
    let deal = known_deal(world, deal)?;
    let questions = &world.state.tables.questions;
    questions
        .get(question)
        .ok_or(Refusal::Gone("The question"))?;
    if draft.score > FULL_SCORE {
        return Err(Refusal::field(
            "score",
            format!("A score lies between 0 and {FULL_SCORE}."),
        ));
    }
    let stage = world.state.standing(deal.placement.stage);
    let answer = Answer {
        score: draft.score,
        evidence: clean("evidence", &draft.evidence)?,
        on: ctx.today,
        stage: stage.unwrap_or(deal.placement.stage),
        by: ctx.me,
    };
    Ok(Edit::Deal(
        deal.id,
        DealField::Answer(question, Some(Box::new(answer))),
    ))
}
