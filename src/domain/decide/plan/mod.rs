//! Deciding commands about quotas, external factors and calls.

mod calls;

use crate::domain::command::plan::PlanCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) fn decide(
    world: &World,
    command: PlanCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        PlanCommand::Call(draft) => calls::call(world, *draft, ctx),
    }
}
