//! Deciding commands about what is sold: lines, products, renewals, further sales.

use crate::domain::command::sell::SellCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) fn decide(
    _world: &World,
    command: SellCommand,
    _ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {}
}
