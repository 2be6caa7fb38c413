//! Deciding commands about experiments.

use crate::domain::command::experiment::ExperimentCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) fn decide(
    _: &World,
    command: ExperimentCommand,
    _: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {}
}
