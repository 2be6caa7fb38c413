//! Deciding commands about customers: profile, personas, teams, territories, duplicates.

use crate::domain::command::customer::CustomerCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) fn decide(
    _world: &World,
    command: CustomerCommand,
    _ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {}
}
