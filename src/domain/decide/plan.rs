//! Deciding commands about quotas, external factors and calls.

use crate::domain::command::plan::PlanCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) fn decide(_: &World, command: PlanCommand, _: &mut Ctx) -> Result<Decision, Refusal> {
    match command {}
}
