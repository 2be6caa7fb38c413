//! What an import would do and what is odd about the files, for people to read.

use super::plan::Domain;
use super::target::{Holds, Target, grouped};
use crate::domain::deal::Status;
use crate::domain::ids::StageId;
use crate::domain::money::Sums;
use std::collections::BTreeMap;
use std::fmt;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The row is not imported.
    Error,
    /// Something is left out or was assumed.
    Warning,
    /// Worth knowing; imported as it stands.
    Note,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "Row skipped",
            Self::Warning => "Check",
            Self::Note => "Note",
        }
    }
}

/// What is odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something about the file or a line of it, found while cutting it into cells.
    Cutting(String),
    /// A cell that usually has a value has none.
    Blank(Target),
    /// No date says since when the deal is in its stage; the time of the import counts.
    NoSince,
    /// No date says when the deal was closed; today counts.
    NoClosingDate,
    /// The deal is closed before work on it began.
    ClosedBeforeBegun,
    /// A date is after today.
    Future(Target),
    /// A cell cannot be read; the reason is a sentence.
    Unreadable(Target, String),
    /// An amount was rounded to the currency's smallest unit.
    Rounded,
    /// An amount below nothing, or beyond what can be kept.
    OutOfRange(Target),
    /// A currency sign that several currencies share was taken for this one.
    SharedSign(String),
    /// The word is not a currency.
    NotACurrency,
    /// A word not known in this place; what was done about it.
    UnknownWord(Target, &'static str),
    /// An open deal has no such thing; it was left out.
    NotForOpen(Target),
    /// A text was cut at the longest that is kept.
    Cut(Target),
    /// No name, and nothing to make one of.
    NoName,
    /// The id, or the name, stood in an earlier line of the files.
    Repeated {
        /// That line.
        line: u32,
        /// True when the row still counts.
        kept: bool,
    },
    /// The choice for this stage is not to import its deals.
    LeftOut,
    /// The deal is here and the choice is to leave it.
    LeftAsIs,
    /// A name that was not here or listed; a record was made of it.
    Made(Domain),
    /// A name that was not here or listed; the field was left empty.
    NotFound(Domain),
    /// Several deals have the name; the activity was linked to none.
    Ambiguous,
    /// A name or word that is probably a slip, kept as written.
    Near {
        /// Of what kind.
        domain: Domain,
        /// What it may be a slip of.
        suggestion: String,
        /// In how many cells.
        rows: usize,
    },
}

impl What {
    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::NoName | Self::LeftOut | Self::Repeated { kept: false, .. } => Severity::Error,
            Self::Cutting(_)
            | Self::NoSince
            | Self::NoClosingDate
            | Self::ClosedBeforeBegun
            | Self::Future(_)
            | Self::Unreadable(..)
            | Self::OutOfRange(_)
            | Self::SharedSign(_)
            | Self::NotACurrency
            | Self::UnknownWord(..)
            | Self::Cut(_)
            | Self::Repeated { kept: true, .. }
            | Self::NotFound(_)
            | Self::Ambiguous
            | Self::Near { domain: Domain::Person | Domain::Organisation | Domain::Product, .. } => {
                Severity::Warning
            }
            Self::Blank(_) | Self::NotForOpen(_) | Self::Rounded | Self::LeftAsIs | Self::Made(_) | Self::Near { .. } => {
                Severity::Note
            }
        }
    }

    /// What it is, without the particulars of a row: the heading of a group.
    #[must_use]
    pub fn headline(&self) -> String {
        match self {
            Self::Cutting(_) => "Odd lines in the file".to_owned(),
            Self::Blank(target) => format!("No {}", short(*target)),
            Self::NoSince => "No date for the stage; counted from now".to_owned(),
            Self::NoClosingDate => "Closed without a date; today was taken".to_owned(),
            Self::ClosedBeforeBegun => "Closed before work began".to_owned(),
            Self::Future(_) => "A date in the future".to_owned(),
            Self::Unreadable(target, _) => format!("{target}: cannot be read; left empty"),
            Self::Rounded => "Amount rounded".to_owned(),
            Self::OutOfRange(target) => format!("{target}: out of range; left empty"),
            Self::SharedSign(code) => format!("Currency sign taken for {code}"),
            Self::NotACurrency => "Not a currency; the file’s currency was taken".to_owned(),
            Self::UnknownWord(target, done) => format!("{target}: word not known; {done}"),
            Self::NotForOpen(target) => format!("{target}: not for open deals; left out"),
            Self::Cut(target) => format!("{target}: too long; cut"),
            Self::NoName => "No name".to_owned(),
            Self::Repeated { kept: false, .. } => "The id was there before".to_owned(),
            Self::Repeated { kept: true, .. } => "The name was there before".to_owned(),
            Self::LeftOut => "Stage not to be imported".to_owned(),
            Self::LeftAsIs => "Here already; left as it is".to_owned(),
            Self::Made(domain) => format!("{}: not listed; made new", domain.label()),
            Self::NotFound(domain) => format!("{}: not found; left empty", domain.label()),
            Self::Ambiguous => "Several deals have this name; not linked".to_owned(),
            Self::Near { domain, .. } => format!("{}: looks like another one", domain.label()),
        }
    }

    /// Rows with the same answer are shown together.
    fn group(&self) -> String {
        match self {
            // Each its own sentence, so the group goes by kind only.
            Self::Unreadable(target, _) => format!("unreadable {target}"),
            Self::Near { domain, .. } => format!("near {}", domain.label()),
            other => other.headline(),
        }
    }
}

/// The name of a field inside a sentence.
fn short(target: Target) -> String {
    match target {
        Target::Engaged => "date on which work began".to_owned(),
        other => {
            let label = other.label();
            let label = label.split_once(" (").map_or(label, |(front, _)| front);
            label.to_lowercase()
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cutting(sentence) => f.write_str(sentence),
            Self::Blank(target) => write!(f, "No {} is given.", short(*target)),
            Self::NoSince => write!(f, "No date says since when the deal is in this stage; it counts from the import on."),
            Self::NoClosingDate => write!(f, "The deal is closed, but no date says when; today was taken."),
            Self::ClosedBeforeBegun => write!(f, "The deal is closed before work on it began; the closing date was taken for both."),
            Self::Future(target) => write!(f, "The date ({}) lies in the future.", short(*target)),
            Self::Unreadable(_, reason) => write!(f, "{reason} It was left empty."),
            Self::Rounded => write!(f, "The amount has more decimal places than its currency; it was rounded."),
            Self::OutOfRange(_) => write!(f, "The amount is below nothing or too large; it was left empty."),
            Self::SharedSign(code) => write!(f, "Several currencies have this sign; it was taken for {code}."),
            Self::NotACurrency => write!(f, "This is not a currency; the file’s currency was taken."),
            Self::UnknownWord(target, done) => write!(f, "The word is not known as {}; {done}.", short(*target)),
            Self::NotForOpen(target) => write!(f, "An open deal has no {}; it was left out.", short(*target)),
            Self::Cut(target) => write!(f, "The {} is longer than 300 characters; the rest was left out.", short(*target)),
            Self::NoName => write!(f, "The row has no name; it was not imported."),
            Self::Repeated { line, kept: false } => write!(f, "The same id stands in line {line} already; this row was not imported."),
            Self::Repeated { line, kept: true } => write!(f, "The same name stands in line {line} already; both rows count for one record."),
            Self::LeftOut => write!(f, "Deals of this stage are not imported, as chosen."),
            Self::LeftAsIs => write!(f, "The deal is here already and was left as it is, as chosen."),
            Self::Made(domain) => write!(f, "{} was not here or in the files; it was made new.", domain.label()),
            Self::NotFound(domain) => write!(f, "{} is not here or in the files; the field was left empty.", domain.label()),
            Self::Ambiguous => write!(f, "Several deals have this name; the activity was linked to none of them."),
            Self::Near { suggestion, rows, .. } => {
                let cells = if *rows == 1 { "1 cell".to_owned() } else { format!("{} cells", grouped(*rows)) };
                write!(f, "Looks like “{suggestion}”; kept as written ({cells}).")
            }
        }
    }
}

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
        Self { file, line: Some(line), column: Some(column), value, what }
    }

    /// A problem with a line.
    pub(super) fn row(file: usize, line: u32, value: &str, what: What) -> Self {
        let value = value.trim().chars().take(LONGEST).collect();
        Self { file, line: Some(line), column: None, value, what }
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
        self.groups.iter().filter(|g| g.severity == severity).map(|g| g.count).sum()
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
        self.groups.sort_by(|a, b| {
            (a.severity, a.file, a.column, &a.headline).cmp(&(b.severity, b.file, b.column, &b.headline))
        });
        self.groups
    }
}
