//! Deals as a table for spreadsheets, in columns that our own import reads back: same
//! identity, stage history to the second, places in the columns, buying roles, own fields. What is not
//! in it: activities, and who changed what when; those are in the JSON export.

use crate::app::import::{list, own};
use crate::codec::csv::{self, WriteStyle, Writer};
use crate::domain::custom::{CustomValue, Decimal, FieldHome};
use crate::domain::deal::{BuyingRole, Deal, DealContact};
use crate::domain::ids::{DealId, FieldId, StageId};
use crate::domain::order::Order;
use crate::domain::query::fields;
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use chrono::DateTime;
use std::collections::HashMap;

/// The headings, in order. Each is one that the import knows by itself.
pub const HEADINGS: [&str; 28] = [
    "Fairlead ID",
    "External ID",
    "Title",
    "Organisation",
    "Contacts",
    "Owner",
    "Products",
    "Value",
    "Currency",
    "Pipeline",
    "Stage",
    "Status",
    "Stage since",
    "Expected close",
    "Closed on",
    "Reason",
    "Closing note",
    "Competitor",
    "Own probability",
    "Forecast category",
    "Source",
    "Tags",
    "Description",
    "Created",
    "Stage history",
    "Place in column",
    "Kind of sale",
    "Up for renewal on",
];

/// Between the pipeline and the stage of a past entry in another pipeline.
pub const WITHIN: &str = " › ";

/// Stands in the stage history between the name of a stage that is gone and, before a closing
/// bracket, that of the one which took its deals.
pub const NOW: &str = " (now ";

/// The table, a few rows at a time.
#[derive(Debug)]
pub struct DealsCsv {
    style: WriteStyle,
    rows: Vec<(DealId, usize)>,
    /// The own fields with their headings, after the built-in columns.
    own: Vec<(FieldId, String)>,
    at: usize,
}

impl DealsCsv {
    /// All deals: pipeline by pipeline, stage by stage, in the order of the columns.
    #[must_use]
    pub fn new(state: &State, style: WriteStyle) -> Self {
        let mut order: HashMap<StageId, usize> = HashMap::new();
        for pipeline in state.pipelines() {
            for stage in state.stages(pipeline.id) {
                let next = order.len();
                order.insert(stage.id, next);
            }
        }
        let place = |deal: &Deal| {
            let stage = state.standing(deal.placement.stage);
            stage
                .and_then(|s| order.get(&s))
                .copied()
                .unwrap_or(usize::MAX)
        };
        let mut deals: Vec<(usize, &Deal)> =
            state.tables.deals.iter().map(|d| (place(d), d)).collect();
        deals.order_by(|(a, x), (b, y)| (a, &x.rank, x.id).cmp(&(b, &y.rank, y.id)));
        let mut rows = Vec::with_capacity(deals.len());
        for column in deals.chunk_by(|(a, _), (b, _)| a == b) {
            rows.extend(
                column
                    .iter()
                    .enumerate()
                    .map(|(n, (_, deal))| (deal.id, n + 1)),
            );
        }
        let own = fields::of_home(state, FieldHome::Deal);
        let own = own.iter().map(|f| (f.id, own::heading(&f.name)));
        Self {
            style,
            rows,
            own: own.collect(),
            at: 0,
        }
    }

    /// How many deals there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The text of the next rows, the headings before the first; `None` at the end. A deal
    /// removed meanwhile is left out.
    pub fn next_chunk(&mut self, state: &State, rows: usize) -> Option<String> {
        let is_first = self.at == 0;
        if self.at > self.rows.len() {
            return None;
        }
        let style = WriteStyle {
            bom: self.style.bom && is_first,
            ..self.style
        };
        let mut writer = Writer::new(style);
        if is_first {
            for heading in HEADINGS {
                writer.text(heading);
            }
            for (_, heading) in &self.own {
                writer.text(heading);
            }
            writer.end_row();
        }
        let end = (self.at + rows.max(1)).min(self.rows.len());
        for (id, place) in &self.rows[self.at..end] {
            if let Some(deal) = state.tables.deals.get(*id) {
                write_row(&mut writer, state, deal, *place);
                for (field, _) in &self.own {
                    write_own(&mut writer, deal.custom.get(*field));
                }
                writer.end_row();
            }
        }
        // One past the end says that all was given.
        self.at = if end == self.rows.len() { end + 1 } else { end };
        Some(writer.finish())
    }
}

fn write_row(w: &mut Writer, state: &State, deal: &Deal, place: usize) {
    let t = &state.tables;
    w.text(&deal.id.to_string())
        .text(&deal.external)
        .text(&deal.title);
    w.text(
        deal.organisation
            .and_then(|id| t.organisations.get(id))
            .map_or("", |o| &o.name),
    );
    let contacts: Vec<String> = deal
        .contacts
        .iter()
        .filter_map(|c| contact(state, c))
        .collect();
    w.text(&list::write(contacts.iter().map(String::as_str)));
    w.text(
        deal.owner
            .and_then(|id| t.people.get(id))
            .map_or("", |p| &p.name),
    );
    let products = deal.products.iter().filter_map(|id| t.products.get(*id));
    w.text(&list::write(products.map(|p| p.name.as_str())));
    match deal.value {
        // A plain number with a point, so never taken for a formula.
        Some(money) => w.text(&money.to_plain()).text(money.currency.as_str()),
        None => w.empty().empty(),
    };
    let stage = state.stage_of(deal);
    let pipeline = stage.and_then(|s| t.pipelines.get(s.pipeline));
    w.text(pipeline.map_or("", |p| &p.name));
    w.text(stage.map_or("", |s| &s.name));
    w.text(deal.outcome.status().label());
    w.text(&moment(deal.placement.since));
    date(w, deal.close);
    match deal.outcome.closure() {
        Some(c) => w
            .date(c.on)
            .text(&c.reason)
            .text(&c.note)
            .text(&c.competitor),
        None => w.empty().empty().empty().empty(),
    };
    match deal.probability {
        Some(percent) => w.int(i64::from(percent)),
        None => w.empty(),
    };
    w.text(deal.category.map_or("", |c| c.label()));
    w.text(&deal.source);
    w.text(&list::write(deal.tags.iter().map(String::as_str)));
    w.text(&deal.description);
    w.text(&moment(deal.created));
    w.text(&history(state, deal));
    w.int(i64::try_from(place).unwrap_or(i64::MAX));
    w.text(deal.kind.label());
    date(w, deal.renewal);
}

/// The value of an own field, as the import reads it.
fn write_own(w: &mut Writer, value: Option<&CustomValue>) {
    match value {
        None => w.empty(),
        Some(CustomValue::Text(text)) => w.text(text),
        Some(CustomValue::Number(n)) => w.decimal(plain(*n)),
        Some(CustomValue::Money(m)) => w.text(&format!("{} {}", m.to_plain(), m.currency)),
        Some(CustomValue::Date(date)) => w.date(*date),
        Some(CustomValue::Flag(yes)) => w.text(if *yes { "yes" } else { "no" }),
        Some(CustomValue::List(list)) => w.text(&list::write(list.iter().map(String::as_str))),
    };
}

/// A number with as many decimals as it needs.
fn plain(n: Decimal) -> csv::Decimal {
    let (mut units, mut scale) = (i128::from(n.0), 6);
    while scale > 0 && units % 10 == 0 {
        (units, scale) = (units / 10, scale - 1);
    }
    csv::Decimal { units, scale }
}

fn date(w: &mut Writer, date: Option<chrono::NaiveDate>) {
    match date {
        Some(date) => w.date(date),
        None => w.empty(),
    };
}

/// `2026-02-03T04:05:06Z`.
fn moment(ms: Millis) -> String {
    DateTime::from_timestamp_millis(ms)
        .map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}

fn contact(state: &State, link: &DealContact) -> Option<String> {
    let name = &state.tables.contacts.get(link.contact)?.name;
    Some(match link.role {
        BuyingRole::Unknown => name.clone(),
        role => format!("{name} ({})", role.label()),
    })
}

/// A stage that was merged or deleted, with the one that took its deals: `Proposal (now Close)`.
fn now_named(gone: &str, now: &str) -> String {
    format!("{gone}{NOW}{now})")
}

/// `Prospecting @ 2026-02-03T04:05:06Z; Proposal @ …`, in order of time.
fn history(state: &State, deal: &Deal) -> String {
    let home = state.stage_of(deal).map(|s| s.pipeline);
    let entries: Vec<String> = state
        .stage_entries(deal.id)
        .iter()
        .filter_map(|entry| {
            let stage = state.tables.stages.get(state.standing(entry.stage)?)?;
            let at = moment(entry.since);
            let name = match stage.id == entry.stage {
                true => stage.name.clone(),
                false => now_named(&state.name_of(entry.stage.into()), &stage.name),
            };
            if Some(stage.pipeline) == home {
                return Some(format!("{name} @ {at}"));
            }
            let pipeline = state.tables.pipelines.get(stage.pipeline)?;
            Some(format!("{}{WITHIN}{name} @ {at}", pipeline.name))
        })
        .collect();
    list::write(entries.iter().map(String::as_str))
}
