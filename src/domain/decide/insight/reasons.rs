//! Whether closing a deal needs its reason.

use crate::domain::change::Edit;
use crate::domain::command::qualify::QualifyCommand;
use crate::domain::command::sell::SellCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::deal::{DealField, Outcome, Status};
use crate::domain::world::World;

/// Whether a command closes deals by a person's hand. Imports, automations, merges of stages and
/// undo close them without being asked why.
pub(in crate::domain::decide) fn asks_for_reasons(command: &Command) -> bool {
    matches!(
        command,
        Command::Move { .. }
            | Command::SetStatus { .. }
            | Command::SaveDeal { .. }
            | Command::QuickAdd { .. }
            | Command::Sell(SellCommand::Win { .. })
            | Command::Qualify(QualifyCommand::Pass { .. })
    )
}

/// Refuses edits that win or lose a deal without a reason, unless the workspace does not ask for
/// one. A deal that was closed without one before may be changed and stay so.
pub(in crate::domain::decide) fn require_reasons(
    world: &World,
    edits: &[Edit],
) -> Result<(), Refusal> {
    let lacks = edits.iter().find_map(|edit| {
        let Edit::Deal(id, DealField::Outcome(outcome @ (Outcome::Won(_) | Outcome::Lost(_)))) =
            edit
        else {
            return None;
        };
        let blank = |o: &Outcome| o.closure().is_none_or(|c| c.reason.trim().is_empty());
        let before = world.state.tables.deals.get(*id).map(|d| &d.outcome);
        let so_already = before.is_some_and(|now| now.status() == outcome.status() && blank(now));
        (blank(outcome) && !so_already).then(|| outcome.status())
    });
    match lacks {
        Some(status) if world.state.workspace().reasons_required => Err(Refusal::field(
            "reason",
            match status {
                Status::Won => "Say why it was won.",
                _ => "Say why it was lost.",
            },
        )),
        _ => Ok(()),
    }
}
