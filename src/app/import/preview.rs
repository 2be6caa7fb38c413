//! The first rows of a file with what they mean.

use super::cells::{Cells, Layout, Setting};
use super::choice::Domain;
use super::holds::Holds;
use super::own::{self, Own};
use super::plan::Plan;
use super::target::{Reading, Target};
use crate::domain::custom::CustomValue;
use crate::domain::money::Money;
use chrono::NaiveDate;

/// One cell as it will be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Not imported.
    Ignored,
    /// Nothing there.
    Blank,
    /// A text, a name, a word.
    Text(String),
    /// A date.
    Date(NaiveDate),
    /// An amount.
    Money(Money),
    /// A number, with `%` where it is a percentage.
    Number(String),
    /// It cannot be read; why, as a sentence.
    Bad(String),
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// The physical line.
    pub line: u32,
    /// Each cell as it stands, and what it means.
    pub cells: Vec<(String, Meaning)>,
}

/// The first rows of a file.
#[must_use]
pub fn rows(plan: &Plan, file: usize, setting: &Setting, count: usize) -> Vec<PreviewRow> {
    let Some(source) = plan.files.get(file) else {
        return Vec::new();
    };
    let layouts: Vec<Layout> = (0..source.columns.len())
        .map(|at| alone(plan, file, at))
        .collect();
    let table = &source.source.table;
    (0..count)
        .map_while(|at| table.row(at))
        .map(|row| PreviewRow {
            line: row.line(),
            cells: (0..source.columns.len())
                .map(|column| {
                    let text = row.get(column).unwrap_or_default().trim();
                    let mut cells = Cells::new(plan, file, &layouts[column], setting, row);
                    let plan = &source.columns[column];
                    let meaning = match &plan.own {
                        Some(own) if plan.target.is_none() => own_meaning(&mut cells, column, own),
                        _ => meaning(&mut cells, plan.target, text),
                    };
                    (text.to_owned(), meaning)
                })
                .collect(),
        })
        .collect()
}

/// A layout in which only one column means anything, except that the currency stays.
fn alone(plan: &Plan, file: usize, column: usize) -> Layout {
    let mut copy = plan.files[file].clone();
    for (at, other) in copy.columns.iter_mut().enumerate() {
        if at != column && other.target != Some(Target::Currency) {
            other.target = None;
        }
    }
    Layout::of(&copy)
}

fn meaning(c: &mut Cells<'_>, target: Option<Target>, text: &str) -> Meaning {
    let Some(target) = target else {
        return Meaning::Ignored;
    };
    if text.is_empty() {
        return Meaning::Blank;
    }
    let read = match target.reading() {
        Reading::Text => Some(Meaning::Text(words(c, target, text))),
        Reading::Date => c.date(target).map(Meaning::Date),
        Reading::Money => c.money(target, i64::MAX).map(Meaning::Money),
        Reading::Number if target == Target::Probability => {
            c.percent(target).map(|p| Meaning::Number(format!("{p} %")))
        }
        Reading::Number => c
            .whole(target, i64::MIN, i64::MAX)
            .map(|n| Meaning::Number(n.to_string())),
    };
    read.unwrap_or_else(|| {
        let why = c.problems.first().map(|p| p.what.to_string());
        Meaning::Bad(why.unwrap_or_else(|| "It cannot be read.".to_owned()))
    })
}

/// What a cell of an own field says.
fn own_meaning(c: &mut Cells<'_>, column: usize, own: &Own) -> Meaning {
    if c.cell(column).is_empty() {
        return Meaning::Blank;
    }
    match own::read(c, column, own.kind) {
        Some(CustomValue::Text(text)) => Meaning::Text(text),
        Some(CustomValue::List(list)) => Meaning::Text(list.join(", ")),
        Some(CustomValue::Flag(yes)) => Meaning::Text(String::from(if yes { "Yes" } else { "No" })),
        Some(CustomValue::Number(number)) => Meaning::Number(number.to_string()),
        Some(CustomValue::Money(money)) => Meaning::Money(money),
        Some(CustomValue::Date(date)) => Meaning::Date(date),
        None => {
            let why = c.problems.first().map(|p| p.what.to_string());
            Meaning::Bad(why.unwrap_or_else(|| "It cannot be read.".to_owned()))
        }
    }
}

/// The text, or what an accepted proposal makes of it.
fn words(c: &Cells<'_>, target: Target, text: &str) -> String {
    let domain = match (c.file.holds, target) {
        (_, Target::Owner | Target::Manager) | (Holds::People, Target::Name) => Domain::Person,
        (_, Target::Organisation | Target::Parent) | (Holds::Organisations, Target::Name) => {
            Domain::Organisation
        }
        (_, Target::Products) | (Holds::Products, Target::Name) => Domain::Product,
        (_, word) => Domain::Word(word),
    };
    c.plan.meant(domain, text).to_owned()
}
