//! From a command to the edits it means, or the reason why not.

mod activities;
mod arms;
mod automate;
mod customer;
mod deals;
mod experiment;
mod faults;
mod fields;
mod follow;
mod gates;
mod insight;
mod lines;
mod links;
mod plan;
mod qualify;
mod react;
mod records;
mod renewal;
mod replan;
mod review;
mod rules;
mod runs;
mod sell;
mod setup;
mod stages;

use super::change::{Edit, EntityRef, Intent, SlotMap, Tables};
use super::command::{Command, Ctx, Decision, Refusal};
use super::world::World;

pub use customer::check::is_email;
pub use faults::{Part, Spot, faults};
pub use gates::gaps;
pub use setup::{PIPELINE_NAME, STAGES};

/// Decides a command in the present world.
///
/// # Errors
/// [`Refusal`] says why it cannot be carried out; nothing has changed then.
pub fn decide(world: &World, command: Command, ctx: &mut Ctx) -> Result<Decision, Refusal> {
    let asks = insight::asks_for_reasons(&command);
    let decision = freely(world, command, ctx)?;
    if asks {
        insight::require_reasons(world, &decision.edits)?;
    }
    Ok(decision)
}

/// The same without asking why deals are won or lost: what rules do by themselves.
pub(super) fn freely(world: &World, command: Command, ctx: &mut Ctx) -> Result<Decision, Refusal> {
    // What comes from a file or goes back to one says itself what it means.
    let reacts = !matches!(command, Command::Bring { .. } | Command::RemoveSample);
    let guarded = gates::guards(&command);
    let mut decision = one(world, command, ctx)?;
    if guarded {
        gates::enforce(world, &decision.edits)?;
    }
    if reacts {
        react::react(world, &mut decision.edits, ctx);
        arms::react(world, &mut decision.edits);
    }
    drop_unchanged(&world.state.tables, &mut decision.edits);
    if decision.edits.is_empty() {
        Err(Refusal::Nothing)
    } else {
        Ok(decision)
    }
}

/// Decides a command without asking the gates of stages.
fn one(world: &World, command: Command, ctx: &mut Ctx) -> Result<Decision, Refusal> {
    match command {
        Command::Setup { name, currency } => setup::setup(world, &name, currency, ctx),
        Command::QuickAdd { stage, title } => deals::quick_add(world, stage, &title, ctx),
        Command::Move {
            deals,
            stage,
            place,
            closure,
        } => deals::move_to(world, &deals, stage, place, closure, ctx),
        Command::SetStatus {
            deals,
            status,
            closure,
        } => deals::set_status(world, &deals, status, closure, ctx),
        Command::Delete(entities) => records::delete(world, &entities),
        Command::SetDone { activity, done } => activities::set_done(world, activity, done, ctx),
        Command::Bring { intent, edits } => Ok(Decision {
            intent,
            edits,
            focus: None,
        }),
        Command::RemoveSample => setup::remove_sample(world),
        other => match ctx.later {
            Some(later) => later(world, other, ctx),
            None => Err(Refusal::Impossible(
                "This part of Fairlead is still on its way. Please try again in a moment.".into(),
            )),
        },
    }
}

/// Decides what the board has no use for. It is handed in with [`Ctx::later`], so that a page can
/// fetch it after its first sight.
///
/// # Errors
/// As [`decide`].
pub fn later(world: &World, command: Command, ctx: &mut Ctx) -> Result<Decision, Refusal> {
    match command {
        Command::SaveDeal { id, draft } => deals::save(world, id, *draft, ctx),
        Command::EditRecord(edits) => records::edit(world, edits),
        Command::SaveActivity { id, draft } => activities::save(world, id, *draft, ctx),
        Command::AddPipeline { name } => stages::add_pipeline(world, &name, ctx),
        Command::RenamePipeline { pipeline, name } => {
            stages::rename_pipeline(world, pipeline, &name)
        }
        Command::ReorderPipeline { pipeline, index } => {
            stages::reorder_pipeline(world, pipeline, index)
        }
        Command::DeletePipeline {
            pipeline,
            to,
            closure,
        } => stages::delete_pipeline(world, pipeline, to, closure.as_ref(), ctx),
        Command::AddStage {
            pipeline,
            name,
            kind,
            index,
        } => stages::add(world, pipeline, &name, kind, index, ctx),
        Command::EditStage { stage, edit } => stages::edit(world, stage, edit, ctx),
        Command::ReorderStage { stage, index } => stages::reorder(world, stage, index),
        Command::MergeStage {
            from,
            into,
            closure,
        } => stages::merge(world, from, into, closure.as_ref(), ctx),
        Command::DeleteStage { stage, to, closure } => {
            stages::delete(world, stage, to, closure.as_ref(), ctx)
        }
        Command::EditWorkspace(fields) => {
            let mut with_it = replan::days_off(world, &fields, ctx);
            let mut decision = records::edit_workspace(fields)?;
            decision.intent.text += &with_it.told();
            decision.edits.append(&mut with_it.edits);
            Ok(decision)
        }
        Command::Fields(command) => fields::decide(world, command, ctx),
        Command::Customer(command) => customer::decide(world, command, ctx),
        Command::Qualify(command) => qualify::decide(world, command, ctx),
        Command::Follow(command) => follow::decide(world, command, ctx),
        Command::Automate(command) => automate::decide(world, command, ctx),
        Command::Sell(command) => sell::decide(world, command, ctx),
        Command::Insight(command) => insight::decide(world, command, ctx),
        Command::Review(command) => review::decide(world, command, ctx),
        Command::Plan(command) => plan::decide(world, command, ctx),
        Command::Experiment(command) => experiment::decide(world, command, ctx),
        // What the board gives is decided at once.
        Command::Setup { .. }
        | Command::QuickAdd { .. }
        | Command::Move { .. }
        | Command::SetStatus { .. }
        | Command::Delete(_)
        | Command::SetDone { .. }
        | Command::Bring { .. }
        | Command::RemoveSample => one(world, command, ctx),
    }
}

/// Leaves out edits that set a field to what it holds already, unless a later or earlier
/// edit of the same decision sets it otherwise.
pub fn drop_unchanged(tables: &Tables, edits: &mut Vec<Edit>) {
    // What is new has nothing it could leave unchanged.
    let mut count: SlotMap<usize> = SlotMap::default();
    for edit in edits.iter() {
        let slot = edit.slot();
        if tables.knows(slot.entity) {
            *count.entry(slot).or_default() += 1;
        }
    }
    if count.is_empty() {
        return;
    }
    edits.retain(|edit| {
        let slot = edit.slot();
        count.get(&slot) != Some(&1) || !tables.knows(slot.entity) || tables.present(slot) != *edit
    });
}

fn decision(intent: Intent, edits: Vec<Edit>, focus: Option<EntityRef>) -> Decision {
    Decision {
        intent,
        edits,
        focus,
    }
}

/// A name a person typed, trimmed; refused when nothing is left or it is overlong.
fn clean_name(field: &'static str, what: &str, text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    if name.is_empty() {
        return Err(Refusal::field(field, format!("{what} needs a name.")));
    }
    if name.chars().count() > 300 {
        return Err(Refusal::field(
            field,
            format!("{what} can have a name of at most 300 characters."),
        ));
    }
    Ok(name.to_owned())
}

/// “1 deal”, “12 deals”.
fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}
