//! Deciding commands about follow-up: cadences, templates, playbooks.

use crate::domain::command::follow::FollowCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) fn decide(
    _world: &World,
    command: FollowCommand,
    _ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {}
}
