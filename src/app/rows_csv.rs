//! The deals behind a number, as a table for spreadsheets.

use crate::codec::csv::{WriteStyle, Writer};
use crate::domain::ids::DealId;
use crate::domain::state::State;
use chrono::NaiveDate;

/// The heads of the table.
const HEADS: [&str; 12] = [
    "id",
    "title",
    "organisation",
    "owner",
    "stage",
    "status",
    "value",
    "currency",
    "created",
    "close",
    "closed on",
    "reason",
];

/// The table of these deals, in this order. `day` says on which civil date a moment was where the
/// person is. Deals that are gone are left out.
#[must_use]
pub fn rows_csv(state: &State, deals: &[DealId], day: impl Fn(i64) -> Option<NaiveDate>) -> String {
    let mut out = Writer::new(WriteStyle::default());
    for head in HEADS {
        out.text(head);
    }
    out.end_row();
    for deal in deals.iter().filter_map(|id| state.tables.deals.get(*id)) {
        let name = |id: Option<crate::domain::change::EntityRef>| {
            id.map(|id| state.name_of(id)).unwrap_or_default()
        };
        out.text(&deal.id.to_string())
            .text(&deal.title)
            .text(&name(deal.organisation.map(Into::into)))
            .text(&name(deal.owner.map(Into::into)))
            .text(state.stage_of(deal).map_or("", |s| &s.name))
            .text(deal.outcome.status().label());
        match deal.value {
            Some(value) => out.text(&value.to_plain()).text(value.currency.as_str()),
            None => out.empty().empty(),
        };
        let closure = deal.outcome.closure();
        for date in [day(deal.created), deal.close, closure.map(|c| c.on)] {
            match date {
                Some(date) => out.date(date),
                None => out.empty(),
            };
        }
        out.text(closure.map_or("", |c| &c.reason));
        out.end_row();
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::fixture::shop;

    #[test]
    fn a_row_for_each_deal_that_is_there() {
        let shop = shop();
        let state = &shop.session.world().state;
        let table = rows_csv(state, &[shop.deal, DealId(0)], |_| {
            NaiveDate::from_ymd_opt(2026, 2, 3)
        });
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].ends_with(
            "id,title,organisation,owner,stage,status,value,currency,created,close,closed on,reason"
        ));
        assert!(lines[1].contains(
            "Fleet telemetry pilot,Orchard Bank,Jo Ortega,Prospecting,Open,12500.50,CHF,2026-02-03,2026-03-31,,"
        ), "{}", lines[1]);
    }
}
