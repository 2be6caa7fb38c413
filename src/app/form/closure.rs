//! The form of how and when a deal was won, lost or put on hold.

use super::check::Check;
use super::deal::{NAME_LIMIT, TEXT_LIMIT};
use super::{FieldError, field, parse_date, print_date};
use crate::domain::command::sell::RenewalDate;
use crate::domain::deal::{Closure, Deal, Status};
use crate::domain::query::lines;
use crate::domain::state::State;
use chrono::NaiveDate;

/// Date and reason as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureForm {
    /// On which date, `2026-03-31`.
    pub on: String,
    /// Why.
    pub reason: String,
    /// Who else was in it; asked for lost deals.
    pub competitor: String,
    /// Anything more to say.
    pub note: String,
    /// When what was sold is up for renewal; none to follow the terms of the lines.
    pub renewal: Option<String>,
}

impl ClosureForm {
    /// What the deal says already when it has that status, else today and nothing more.
    #[must_use]
    pub fn new(deal: Option<&Deal>, status: Status, today: NaiveDate) -> Self {
        let known = deal
            .filter(|deal| deal.outcome.status() == status)
            .and_then(|deal| deal.outcome.closure().cloned());
        let Closure {
            on,
            reason,
            note,
            competitor,
        } = known.unwrap_or_else(|| Closure::on(today));
        Self {
            on: print_date(Some(on)),
            reason,
            competitor,
            note,
            renewal: None,
        }
    }

    /// The renewal date shown: as typed, else what the deal says, else what the terms of its
    /// lines come to from the day it is won.
    #[must_use]
    pub fn renewal(&self, state: &State, deal: &Deal) -> String {
        self.renewal.clone().unwrap_or_else(|| {
            let won = parse_date(&self.on).ok().flatten();
            let end = won.and_then(|won| lines::renewal_date(state, deal, won));
            print_date(deal.renewal.or(end))
        })
    }

    /// What to say about the renewal of deals being won; `deal` where it is one.
    ///
    /// # Errors
    /// When what was typed is no date, or not after the day the deal is won.
    pub fn renewal_date(
        &self,
        state: &State,
        deal: Option<&Deal>,
    ) -> Result<RenewalDate, Vec<FieldError>> {
        let Some(deal) = deal else {
            return Ok(RenewalDate::Suggested);
        };
        let mut check = Check::default();
        let on = check.take(field::RENEWAL, parse_date(&self.renewal(state, deal)));
        let won = parse_date(&self.on).ok().flatten();
        let late = on.zip(won).is_some_and(|(on, won)| on <= won);
        check.require(
            field::RENEWAL,
            !late,
            "The renewal comes after the day the deal is won.",
        );
        match check.errors.is_empty() {
            true => Ok(RenewalDate::On(on)),
            false => Err(check.errors),
        }
    }

    /// Turns the drafts into values.
    ///
    /// # Errors
    /// Everything that is wrong: no date, or a deal won or lost in the future.
    pub fn submit(&self, status: Status, today: NaiveDate) -> Result<Closure, Vec<FieldError>> {
        let mut check = Check::default();
        let on = check.take(field::CLOSED_ON, parse_date(&self.on));
        check.require(field::CLOSED_ON, on.is_some(), "Choose the date.");
        let ahead = on.is_some_and(|on| on > today) && status != Status::OnHold;
        check.require(
            field::CLOSED_ON,
            !ahead,
            "That day is still to come. Choose today or earlier.",
        );
        check.length(field::REASON, &self.reason, NAME_LIMIT);
        check.length(field::COMPETITOR, &self.competitor, NAME_LIMIT);
        check.length(field::NOTE, &self.note, TEXT_LIMIT);
        let (Some(on), true) = (on, check.errors.is_empty()) else {
            return Err(check.errors);
        };
        Ok(Closure {
            on,
            reason: self.reason.trim().to_owned(),
            note: self.note.trim().to_owned(),
            competitor: self.competitor.trim().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::fixture::shop;
    use crate::domain::command::Command;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 2, day).unwrap()
    }

    #[test]
    fn begins_with_today_and_with_what_is_known_when_changed() {
        let mut shop = shop();
        let closure = Closure {
            reason: "Price".into(),
            ..Closure::on(day(1))
        };
        shop.run(Command::SetStatus {
            deals: vec![shop.deal],
            status: Status::Lost,
            closure: closure.clone(),
        });
        let deal = shop.session.world().state.tables.deals.get(shop.deal);
        let again = ClosureForm::new(deal, Status::Lost, day(3));
        assert_eq!(again.submit(Status::Lost, day(3)), Ok(closure));
        let won = ClosureForm::new(deal, Status::Won, day(3));
        assert_eq!(won.submit(Status::Won, day(3)), Ok(Closure::on(day(3))));
    }

    #[test]
    fn the_future_can_be_on_hold_but_not_won() {
        let mut form = ClosureForm::new(None, Status::Won, day(4));
        let refused = form.submit(Status::Won, day(3)).unwrap_err();
        assert_eq!(refused[0].field, field::CLOSED_ON);
        assert!(form.submit(Status::OnHold, day(3)).is_ok());
        form.on.clear();
        form.note = "x".repeat(TEXT_LIMIT + 1);
        let errors = form.submit(Status::OnHold, day(3)).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|e| &*e.field).collect();
        assert_eq!(fields, [field::CLOSED_ON, field::NOTE]);
    }
}
