//! Deciding commands about quotas, external factors and calls.

mod calls;
mod quotas;

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
        PlanCommand::Quota { id, draft } => quotas::quota(world, id, *draft, ctx),
        PlanCommand::Factor { id, draft } => quotas::factor(world, id, *draft, ctx),
    }
}
