//! Deciding commands about qualification: criteria of stages, frameworks, answers, scoring rules.

use crate::domain::command::qualify::QualifyCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) fn decide(
    _world: &World,
    command: QualifyCommand,
    _ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {}
}
