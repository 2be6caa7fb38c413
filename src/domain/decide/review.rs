//! Deciding commands about reviews, notes to members, practices and feedback.

use crate::domain::command::review::ReviewCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) fn decide(_: &World, command: ReviewCommand, _: &mut Ctx) -> Result<Decision, Refusal> {
    match command {}
}
