//! What an import would do and what is odd about the files, for people to read.

use super::holds::Holds;
use super::what::{Severity, What};
use crate::domain::deal::Status;
use crate::domain::ids::StageId;
use crate::domain::money::Sums;
use crate::domain::order::Order;
use std::collections::BTreeMap;

/// One thing that is odd, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which file of the plan.
    pub file: usize,
    /// The physical line, the heading being line 1; `None` when it concerns the file.
    pub line: Option<u32>,
    /// Which column, from 0; `None` when it concerns the whole line.
    pub column: Option<usize>,
    /// The cell, shortened.
    pub value: String,
    /// What.
    pub what: What,
}

/// Cells are kept this long in problems.
const LONGEST: usize = 120;
/// Problems of one group beyond this number are only counted.
pub const KEPT: usize = 20_000;

impl Problem {
    /// A problem with a cell.
    pub(super) fn cell(file: usize, line: u32, column: usize, value: &str, what: What) -> Self {
        let value = value.trim().chars().take(LONGEST).collect();
        Self {
            file,
            line: Some(line),
            column: Some(column),
            value,
            what,
        }
    }

    /// A problem with a line.
    pub(super) fn row(file: usize, line: u32, value: &str, what: What) -> Self {
        let value = value.trim().chars().take(LONGEST).collect();
        Self {
            file,
            line: Some(line),
            column: None,
            value,
            what,
        }
    }
}

/// Problems of one kind in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How much they matter.
    pub severity: Severity,
    /// What they are.
    pub headline: String,
    /// Which file.
    pub file: usize,
    /// Which column.
    pub column: Option<usize>,
    /// How many there are.
    pub count: usize,
    /// The first [`KEPT`] of them.
    pub items: Vec<Problem>,
}

/// What happens to the records of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows read.
    pub rows: usize,
    /// Made new, those among them that are only mentioned included.
    pub created: usize,
    /// Made new because another row mentions them.
    pub mentioned: usize,
    /// Here already, and changed.
    pub updated: usize,
    /// Here already, and the same.
    pub unchanged: usize,
    /// Not imported.
    pub skipped: usize,
}

/// The deals that come to stand in one stage with one status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageTotal {
    /// Which stage.
    pub stage: StageId,
    /// Its name.
    pub name: String,
    /// True when the import makes it.
    pub is_new: bool,
    /// Open, won, lost or on hold.
    pub status: Status,
    /// How many deals.
    pub count: usize,
    /// Their value, by currency.
    pub value: Sums,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// By kind of record.
    pub tallies: BTreeMap<Holds, Tally>,
    /// Where the deals of the files stand afterwards, in the order of the pipeline.
    pub stages: Vec<StageTotal>,
    /// Names of the stages made new.
    pub new_stages: Vec<String>,
    /// Names of the own fields made new.
    pub new_fields: Vec<String>,
    /// What is odd, the gravest first.
    pub groups: Vec<Group>,
}

impl Report {
    /// What happens to the records of a kind.
    #[must_use]
    pub fn tally(&self, holds: Holds) -> Tally {
        self.tallies.get(&holds).copied().unwrap_or_default()
    }

    /// Rows read in all files.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.tallies.values().map(|t| t.rows).sum()
    }

    /// Number and value of the deals of a status.
    #[must_use]
    pub fn of_status(&self, status: Status) -> (usize, Sums) {
        let mut sums = Sums::default();
        let mut count = 0;
        for total in self.stages.iter().filter(|s| s.status == status) {
            count += total.count;
            sums.merge(&total.value);
        }
        (count, sums)
    }

    /// How many problems there are of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.groups
            .iter()
            .filter(|g| g.severity == severity)
            .map(|g| g.count)
            .sum()
    }
}

/// Collects problems into groups.
#[derive(Debug, Default)]
pub(super) struct Collector {
    groups: Vec<Group>,
    index: std::collections::HashMap<(usize, Option<usize>, String), usize>,
}

impl Collector {
    pub(super) fn add(&mut self, problem: Problem) {
        let key = (problem.file, problem.column, problem.what.group());
        let at = *self.index.entry(key).or_insert_with(|| {
            self.groups.push(Group {
                severity: problem.what.severity(),
                headline: problem.what.headline(),
                file: problem.file,
                column: problem.column,
                count: 0,
                items: Vec::new(),
            });
            self.groups.len() - 1
        });
        let group = &mut self.groups[at];
        group.count += 1;
        if group.items.len() < KEPT {
            group.items.push(problem);
        }
    }

    /// The groups, the gravest first, then by file and column.
    pub(super) fn finish(mut self) -> Vec<Group> {
        self.groups.order_by(|a, b| {
            (a.severity, a.file, a.column, &a.headline).cmp(&(
                b.severity,
                b.file,
                b.column,
                &b.headline,
            ))
        });
        self.groups
    }
}
