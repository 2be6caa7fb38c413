//! Columns that fill own fields: fields the team has, and fields made of a column.

use super::alias::{Heading, match_headings};
use super::cells::{Amount, Cells};
use super::holds::Holds;
use super::list;
use super::near::fold;
use super::what::What;
use crate::app::form::custom::whole_link;
use crate::codec::csv::{Rounding, parse_bool, parse_decimal, parse_moment, to_minor};
use crate::domain::change::{Edit, EntityRef};
use crate::domain::custom::{
    CustomField, CustomFieldField as F, CustomValue, Decimal, FieldHome, FieldKind, check,
};
use crate::domain::entity::Entity;
use crate::domain::ids::{FieldId, IdSource};
use crate::domain::query::fields;
use crate::domain::rank::Rank;
use crate::domain::state::State;
use std::collections::HashMap;

/// In front of an own field's name where that alone would mean something built in.
pub const PREFIX: &str = "Field: ";

/// An own field that a column fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Which; none for one to be made.
    pub field: Option<FieldId>,
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
}

impl Own {
    /// A field the team has.
    #[must_use]
    pub fn here(field: &CustomField) -> Self {
        Self {
            field: Some(field.id),
            name: field.name.clone(),
            kind: field.kind,
        }
    }

    /// Whether both are the same field.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self.field, other.field) {
            (Some(a), Some(b)) => a == b,
            _ => fold(&self.name) == fold(&other.name),
        }
    }
}

/// The own fields records of each kind have.
#[must_use]
pub fn known(state: &State) -> Vec<(FieldHome, Own)> {
    let homes = FieldHome::ALL.iter();
    homes
        .flat_map(|home| {
            let all = fields::of_home(state, *home).into_iter();
            all.map(|f| (*home, Own::here(f)))
        })
        .collect()
}

/// Whose fields the columns of such a file can fill.
#[must_use]
pub fn home(holds: Holds) -> Option<FieldHome> {
    match holds {
        Holds::Deals => Some(FieldHome::Deal),
        Holds::Organisations => Some(FieldHome::Organisation),
        Holds::Contacts => Some(FieldHome::Contact),
        _ => None,
    }
}

/// The name of a field as a heading says it: `Deal - Region` and `Field: Region` are “Region”.
pub(super) fn name_of(heading: &str, holds: Holds) -> String {
    let text = heading.trim_start_matches('\u{feff}').trim();
    let text = text.strip_prefix(PREFIX.trim_end()).unwrap_or(text).trim();
    let of_holds = Heading::new(text).prefix == Some(holds);
    let text = match text.split_once(" - ") {
        Some((_, rest)) if of_holds => rest.trim(),
        _ => text,
    };
    text.chars().take(check::NAME_LIMIT).collect()
}

/// The heading of an own field of deals in our own table: its name, or with [`PREFIX`] where
/// the name would be read as something built in.
#[must_use]
pub fn heading(name: &str) -> String {
    let means_more = match_headings(Holds::Deals, &[Heading::new(name)])[0].is_some();
    if means_more || name_of(name, Holds::Deals) != name {
        format!("{PREFIX}{name}")
    } else {
        name.to_owned()
    }
}

/// A field that rows are being read into.
#[derive(Clone, Debug)]
struct Filling {
    field: CustomField,
    is_new: bool,
    /// Options were added.
    grown: bool,
    /// Some row has a value.
    used: bool,
}

/// The own fields of an import.
#[derive(Debug, Default)]
pub(super) struct Filled {
    all: Vec<Filling>,
    /// From file and column to the place in `all`.
    by_column: HashMap<(usize, usize), usize>,
}

impl Filled {
    /// Says that a column of a file fills a field.
    pub(super) fn note(
        &mut self,
        place: (usize, usize),
        home: FieldHome,
        own: &Own,
        state: &State,
        ids: &mut IdSource,
    ) {
        let by_id = own.field.and_then(|id| state.tables.custom_fields.get(id));
        let here = by_id.or_else(|| fields::named(state, home, &own.name));
        let same = |f: &Filling| match here {
            Some(here) => f.field.id == here.id,
            None => f.is_new && f.field.home == home && fold(&f.field.name) == fold(&own.name),
        };
        let at = self.all.iter().position(same).unwrap_or_else(|| {
            let field = here.cloned().unwrap_or_else(|| CustomField {
                name: own.name.trim().to_owned(),
                home,
                kind: own.kind,
                ..CustomField::blank(ids.fresh())
            });
            self.all.push(Filling {
                field,
                is_new: here.is_none(),
                grown: false,
                used: false,
            });
            self.all.len() - 1
        });
        self.by_column.insert(place, at);
    }

    /// What the columns of a row say of a record: an edit for each that is filled.
    pub(super) fn row(
        &mut self,
        c: &mut Cells<'_>,
        state: &State,
        record: impl Into<EntityRef>,
    ) -> Vec<Edit> {
        let (record, mut edits) = (record.into(), Vec::new());
        if self.all.is_empty() {
            return edits;
        }
        for column in 0..c.file.columns.len() {
            let Some(at) = self.by_column.get(&(c.index, column)) else {
                continue;
            };
            let filling = &mut self.all[*at];
            let text = c.cell(column);
            if text.is_empty() {
                continue;
            }
            let Some(value) = read(c, column, filling.field.kind) else {
                continue;
            };
            // What is no option any more may stay where it is.
            if fields::value(state, record, filling.field.id) == Some(&value) {
                continue;
            }
            if let Some(value) = filling.take(c, column, value) {
                filling.used = true;
                edits.extend(fields::edit(record, filling.field.id, Some(value)));
            }
        }
        edits
    }

    /// The edits that make new fields and add options to others, and the names of the new.
    pub(super) fn finish(self, state: &State) -> (Vec<Edit>, Vec<String>) {
        let (mut edits, mut made) = (Vec::new(), Vec::new());
        let mut last: HashMap<FieldHome, Rank> = HashMap::new();
        for Filling {
            field,
            is_new,
            grown,
            used,
        } in self.all
        {
            let id = field.id;
            if is_new && used {
                let before = last.remove(&field.home).or_else(|| {
                    let all = fields::of_home(state, field.home);
                    all.last().map(|f| f.rank.clone())
                });
                let rank = Rank::between(before.as_ref(), None);
                last.insert(field.home, rank.clone());
                made.push(field.name.clone());
                let mut set = vec![
                    F::Name(field.name),
                    F::Home(field.home),
                    F::Kind(field.kind),
                    F::Rank(rank),
                ];
                if field.kind.has_options() {
                    set.push(F::Options(field.options));
                }
                edits.extend(set.into_iter().map(|f| Edit::CustomField(id, f)));
            } else if grown && !is_new {
                edits.push(Edit::CustomField(id, F::Options(field.options)));
            }
        }
        (edits, made)
    }
}

impl Filling {
    /// The value as the field keeps it; options not known yet are added.
    fn take(
        &mut self,
        c: &mut Cells<'_>,
        column: usize,
        value: CustomValue,
    ) -> Option<CustomValue> {
        let value = match value {
            CustomValue::Text(text) if self.field.kind == FieldKind::Choice => {
                CustomValue::Text(self.option(c, column, &text)?)
            }
            CustomValue::List(list) => {
                let kept = list.iter().filter_map(|text| self.option(c, column, text));
                CustomValue::List(kept.collect())
            }
            other => other,
        };
        match check::value(&self.field, value, None) {
            Ok(value) => value,
            Err(reason) => {
                c.note(column, c.cell(column), What::OwnUnreadable(reason));
                None
            }
        }
    }

    fn option(&mut self, c: &mut Cells<'_>, column: usize, text: &str) -> Option<String> {
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = limited(c, column, &text, check::OPTION_LIMIT);
        if let Some(known) = check::find_option(&self.field.options, &text) {
            return Some(known.clone());
        }
        if self.field.options.len() >= check::OPTIONS_MOST {
            c.note(column, &text, What::TooManyOptions);
            return None;
        }
        if !self.is_new {
            c.note(column, &text, What::OptionMade);
        }
        self.grown = true;
        self.field.options.push(text.clone());
        Some(text)
    }
}

/// A text cut at the longest that is kept.
fn limited(c: &mut Cells<'_>, column: usize, text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    c.note(column, text, What::OwnCut(most));
    text.chars().take(most).collect()
}

/// What a filled cell says in a field of this kind. Options are taken as they stand.
pub(super) fn read(c: &mut Cells<'_>, column: usize, kind: FieldKind) -> Option<CustomValue> {
    let text = c.cell(column);
    let plan = &c.file.columns[column];
    let read = match kind {
        FieldKind::Text => {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let line = if text.contains(['\n', '\r']) {
                line
            } else {
                text.to_owned()
            };
            Ok(CustomValue::Text(limited(
                c,
                column,
                &line,
                check::TEXT_LIMIT,
            )))
        }
        FieldKind::LongText => Ok(CustomValue::Text(limited(
            c,
            column,
            text,
            check::LONG_LIMIT,
        ))),
        FieldKind::Choice => Ok(CustomValue::Text(text.to_owned())),
        FieldKind::Choices => Ok(CustomValue::List(list::read(text, &[';', ',']))),
        FieldKind::Link => check::link(&whole_link(text)).map(CustomValue::Text),
        FieldKind::YesNo => parse_bool(text).map(CustomValue::Flag),
        FieldKind::Date => parse_moment(text, plan.dates).map(|m| CustomValue::Date(m.date)),
        FieldKind::Number => match parse_decimal(text, plan.decimals) {
            Err(reason) => Err(reason),
            Ok(number) => {
                let exact = to_minor(number, 6, Rounding::Refuse);
                let micro = exact.or_else(|_| {
                    let rounded = to_minor(number, 6, Rounding::HalfEven)?;
                    c.note(column, text, What::OwnRounded);
                    Ok(rounded)
                });
                micro.map(|n| CustomValue::Number(Decimal(n)))
            }
        },
        FieldKind::Money => match c.amount(column, text) {
            Amount::Read(money)
                if money.minor.unsigned_abs() <= check::MONEY_MOST.unsigned_abs() =>
            {
                Ok(CustomValue::Money(money))
            }
            Amount::Read(_) | Amount::Large => Err(String::from("The amount is too large.")),
            Amount::Bad(reason) => Err(reason),
        },
    };
    match read {
        Ok(value) => Some(value),
        Err(reason) => {
            c.note(column, text, What::OwnUnreadable(reason));
            None
        }
    }
}
