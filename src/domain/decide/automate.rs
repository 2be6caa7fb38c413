//! Deciding commands about rules that do work by themselves.

use crate::domain::command::automate::AutomateCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) fn decide(
    _world: &World,
    command: AutomateCommand,
    _ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {}
}
