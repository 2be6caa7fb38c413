//! The part of a deal's form that is asked for when saving it closes the deal.

use super::check::Check;
use super::closure::ClosureForm;
use super::deal::{DealForm, NAME_LIMIT, TEXT_LIMIT};
use super::line::LineForm;
use super::{field, parse_date, print_date};
use crate::domain::deal::{Closure, Status};
use crate::domain::ids::StageId;
use crate::domain::query::lines;
use crate::domain::world::World;
use chrono::NaiveDate;

impl DealForm {
    /// The status the deal gets by what the form says, when saving it moves the deal into
    /// a stage that wins, loses or puts it aside: then date and reason are asked for.
    #[must_use]
    pub fn closes(&self, world: &World) -> Option<Status> {
        let t = &world.state.tables;
        let stage = t.stages.get(self.stage?)?;
        let stands_there = self
            .deal
            .and_then(|id| t.deals.get(id))
            .is_some_and(|deal| world.state.standing(deal.placement.stage) == Some(stage.id));
        Some(stage.kind.status()).filter(|status| *status != Status::Open && !stands_there)
    }

    /// Chooses a stage. Where that closes the deal, date and reason start with what the deal
    /// says of that status already, else with today and no reason; what the person typed
    /// before stands.
    pub fn choose_stage(&mut self, world: &World, stage: Option<StageId>, today: NaiveDate) {
        self.stage = stage;
        let Some(status) = self.closes(world) else {
            return;
        };
        let deal = self.deal.and_then(|id| world.state.tables.deals.get(id));
        let now = deal.and_then(|d| d.outcome.closure());
        let same = |mine: &str, theirs: fn(&Closure) -> &str| mine == now.map_or("", theirs);
        let untouched = self.closed_on == print_date(now.map(|c| c.on))
            && same(&self.reason, |c| &c.reason)
            && same(&self.note, |c| &c.note)
            && same(&self.competitor, |c| &c.competitor);
        if untouched {
            let begin = ClosureForm::new(deal, status, today);
            self.closed_on = begin.on;
            self.reason = begin.reason;
            self.note = begin.note;
            self.competitor = begin.competitor;
        }
        if status == Status::Won && self.renewal.is_empty() {
            let won = parse_date(&self.closed_on).ok().flatten();
            let items: Vec<_> = self.lines.iter().filter_map(LineForm::item).collect();
            self.renewal = print_date(won.and_then(|won| lines::end_of(&items, won)));
        }
    }

    pub(super) fn closure(&self, world: &World, check: &mut Check) -> Option<Closure> {
        let status = self.closes(world)?;
        // A competitor is asked for where a deal is lost.
        let competitor = Some(self.competitor.trim()).filter(|_| status == Status::Lost);
        let competitor = competitor.unwrap_or_default();
        check.length(field::REASON, &self.reason, NAME_LIMIT);
        check.length(field::COMPETITOR, competitor, NAME_LIMIT);
        check.length(field::NOTE, &self.note, TEXT_LIMIT);
        let on = check.take(field::CLOSED_ON, parse_date(&self.closed_on));
        let said = [self.reason.as_str(), &self.note, competitor];
        let undated = on.is_none() && said.iter().any(|text| !text.trim().is_empty());
        check.require(field::CLOSED_ON, !undated, "Choose the date.");
        on.map(|on| Closure {
            on,
            reason: self.reason.trim().to_owned(),
            note: self.note.trim().to_owned(),
            competitor: competitor.to_owned(),
        })
    }
}
