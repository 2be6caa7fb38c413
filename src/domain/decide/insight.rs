//! Deciding commands about campaigns, rates, reasons, interviews and dashboards.

use crate::domain::command::insight::InsightCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) fn decide(_: &World, command: InsightCommand, _: &mut Ctx) -> Result<Decision, Refusal> {
    match command {}
}
