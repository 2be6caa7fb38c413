//! What is to be imported and how: all a person can choose, with our best guess to begin
//! with.

use super::alias::{Heading, match_headings};
use super::choice::{Again, Domain, Doubt, Missing, Unit};
use super::guess;
use super::holds::Holds;
use super::near::fold;
use super::own::{self, Own};
use super::own_plan::own_blockers;
use super::stages::{PipelineTo, StageKey, StageTo};
use super::target::{Reading, Target};
use crate::codec::csv::{self, DateOrder, DecimalStyle, PercentScale, Table};
use crate::domain::custom::{FieldHome, FieldKind};
use crate::domain::money::Currency;
use crate::domain::order::Order;
use crate::domain::state::State;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its cells.
    pub table: Arc<Table>,
    /// What was odd about it before there were cells: encoding, separator.
    pub notes: Vec<csv::Problem>,
}

/// How one column is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnPlan {
    /// What it means; `None`: an own field, or not to be imported.
    pub target: Option<Target>,
    /// The own field it fills, when it means nothing built in.
    pub own: Option<Own>,
    /// Day or month first.
    pub dates: DateOrder,
    /// Which character is the decimal sign.
    pub decimals: DecimalStyle,
    /// What a probability without percent sign is.
    pub percent: PercentScale,
    /// What to multiply money by.
    pub unit: Unit,
    /// What a person should look at.
    pub doubt: Option<Doubt>,
    /// True when the cells read alike in any order of dates and with any decimal sign.
    pub is_plain: bool,
}

impl ColumnPlan {
    pub(super) fn unread() -> Self {
        Self {
            target: None,
            own: None,
            dates: DateOrder::DayFirst,
            decimals: DecimalStyle::Point,
            percent: PercentScale::Percent,
            unit: Unit::One,
            doubt: None,
            is_plain: true,
        }
    }

    /// How its cells are read; none when it is not imported.
    #[must_use]
    pub fn reading(&self) -> Option<Reading> {
        let own = self.own.as_ref().map(|own| match own.kind {
            FieldKind::Date => Reading::Date,
            FieldKind::Money => Reading::Money,
            FieldKind::Number => Reading::Number,
            _ => Reading::Text,
        });
        self.target.map(Target::reading).or(own)
    }
}

/// How one file is read.
#[derive(Clone, Debug)]
pub struct FilePlan {
    /// The file.
    pub source: Source,
    /// What its rows are.
    pub holds: Holds,
    /// Its columns.
    pub columns: Vec<ColumnPlan>,
    /// The currency of amounts that say none.
    pub currency: Currency,
    /// The own fields there are, of all kinds of records.
    pub known: Arc<Vec<(FieldHome, Own)>>,
}

impl FilePlan {
    /// The headings of the columns that are not imported, in order.
    #[must_use]
    pub fn left_out(&self) -> Vec<&str> {
        let columns = self.columns.iter().enumerate();
        let out = columns.filter(|(_, plan)| plan.target.is_none() && plan.own.is_none());
        out.map(|(at, _)| self.heading(at)).collect()
    }

    /// Our best guess for a file.
    #[must_use]
    pub fn guess(source: Source, state: &State) -> Self {
        let columns = vec![ColumnPlan::unread(); source.table.columns()];
        let mut file = Self {
            source,
            holds: Holds::Nothing,
            columns,
            currency: state.workspace().currency,
            known: Arc::new(own::known(state)),
        };
        file.holds = guess::holds(&file.headings(), &file.source.name);
        file.remap();
        if let Some(currency) = guess::currency(&file) {
            file.currency = currency;
        }
        file
    }

    fn remap(&mut self) {
        let mut targets = match_headings(self.holds, &self.headings());
        guess::settle_status(&mut targets);
        // Our own table says all there is to say of a deal: what is left are own fields.
        let is_ours = targets.contains(&Some(Target::FairleadId));
        for (column, target) in targets.into_iter().enumerate() {
            let own = match target {
                None => self
                    .own_of(column)
                    .filter(|own| is_ours || own.field.is_some()),
                Some(_) => None,
            };
            self.columns[column] = guess::column(&self.source.table, column, target, own);
            if is_ours && self.columns[column].own.is_some() {
                self.columns[column].decimals = DecimalStyle::Point;
                self.columns[column].doubt = None;
            }
        }
        guess::units(self);
    }

    /// The columns that mean this, from left to right.
    pub fn columns_of(&self, target: Target) -> impl Iterator<Item = usize> + '_ {
        self.columns
            .iter()
            .enumerate()
            .filter(move |(_, c)| c.target == Some(target))
            .map(|(at, _)| at)
    }

    /// True when some column means this.
    #[must_use]
    pub fn has(&self, target: Target) -> bool {
        self.columns_of(target).next().is_some()
    }

    /// True when amounts are read that may need the file's currency.
    #[must_use]
    pub fn has_money(&self) -> bool {
        let money = |c: &ColumnPlan| c.reading() == Some(Reading::Money);
        self.columns.iter().any(money)
    }

    /// The heading of a column.
    #[must_use]
    pub fn heading(&self, column: usize) -> &str {
        self.source
            .table
            .header()
            .get(column)
            .map_or("", String::as_str)
    }

    fn headings(&self) -> Vec<Heading> {
        self.source
            .table
            .header()
            .iter()
            .map(|h| Heading::new(h))
            .collect()
    }
}

/// All that is chosen about an import.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The files.
    pub files: Vec<FilePlan>,
    /// Where pipelines named in files lead, by folded name; those absent get a guess.
    pub pipelines: BTreeMap<String, PipelineTo>,
    /// Where stages named in files lead; those absent get a guess.
    pub stages: BTreeMap<StageKey, StageTo>,
    /// What to do with names not found.
    pub missing: BTreeMap<Domain, Missing>,
    /// Accepted proposals: from a folded name or word to what is meant by it.
    pub replace: BTreeMap<(Domain, String), String>,
    /// What to do with deals that are here already.
    pub again: Again,
}

/// Why a plan cannot be carried out as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocker {
    /// Which file, by index; `None` when it concerns all.
    pub file: Option<usize>,
    /// What to do about it, as a sentence.
    pub message: String,
}

impl Plan {
    /// Our best guess for these files.
    #[must_use]
    pub fn new(sources: Vec<Source>, state: &State) -> Self {
        let mut plan = Self::default();
        for source in sources {
            plan.add(source, state);
        }
        plan
    }

    /// Adds a file with our best guess.
    pub fn add(&mut self, source: Source, state: &State) {
        self.files.push(FilePlan::guess(source, state));
    }

    /// Says what a file holds; its columns are matched anew.
    pub fn set_holds(&mut self, file: usize, holds: Holds) {
        if let Some(plan) = self.files.get_mut(file) {
            plan.holds = holds;
            plan.remap();
        }
    }

    /// Says what a column means; how its cells are read is guessed anew.
    pub fn set_target(&mut self, file: usize, column: usize, target: Option<Target>) {
        if let Some(plan) = self.files.get_mut(file)
            && column < plan.columns.len()
        {
            plan.columns[column] = guess::column(&plan.source.table, column, target, None);
        }
    }

    /// What is meant by a name or word: an accepted proposal, or the word itself.
    #[must_use]
    pub fn meant<'a>(&'a self, domain: Domain, text: &'a str) -> &'a str {
        if self.replace.is_empty() {
            return text;
        }
        self.replace
            .get(&(domain, fold(text)))
            .map_or(text, String::as_str)
    }

    /// What to do with names of this kind that are not found.
    #[must_use]
    pub fn missing(&self, domain: Domain) -> Missing {
        self.missing.get(&domain).copied().unwrap_or_default()
    }

    /// Indices of the files that are imported, in the order in which that is done.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.files.len())
            .filter(|at| self.files[*at].holds != Holds::Nothing)
            .collect();
        order.order_by_key(|at| self.files[*at].holds);
        order
    }

    /// Rows of the files that are imported.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.order()
            .iter()
            .map(|at| self.files[*at].source.table.len())
            .sum()
    }

    /// What has to be put right before anything can be imported; empty when nothing.
    #[must_use]
    pub fn blockers(&self) -> Vec<Blocker> {
        let mut found = Vec::new();
        for (at, file) in self.files.iter().enumerate() {
            if file.holds == Holds::Nothing {
                continue;
            }
            let name = &file.source.name;
            let mut block = |message: String| {
                found.push(Blocker {
                    file: Some(at),
                    message,
                })
            };
            if file.source.table.is_empty() {
                block(format!("{name} has headings but no rows."));
                continue;
            }
            for target in file.holds.targets().iter().filter(|t| !t.takes_several()) {
                let columns: Vec<usize> = file.columns_of(*target).collect();
                if let [first, second, ..] = columns[..] {
                    block(format!(
                        "{name}: “{}” (column {}) and “{}” (column {}) are both “{target}”. Choose one of them.",
                        file.heading(first),
                        first + 1,
                        file.heading(second),
                        second + 1,
                    ));
                }
            }
            own_blockers(file, &mut block);
            if let Some(need) = needs(file) {
                block(format!(
                    "{name}: no column is {need}. Choose it under Mapping, or do not import this file."
                ));
            }
        }
        if self.order().is_empty() && !self.files.is_empty() {
            let message = match self.files.as_slice() {
                [only] if only.columns.len() == 1 => format!(
                    "{} has one column only, “{}”, which is not known. Is another character than the chosen one between its cells?",
                    only.source.name,
                    only.heading(0)
                ),
                [only] => format!(
                    "The columns of {} are not known. Choose what the file holds.",
                    only.source.name
                ),
                _ => "None of these files is known. Choose what they hold.".to_owned(),
            };
            found.push(Blocker {
                file: None,
                message,
            });
        }
        found
    }
}

/// What a file cannot do without and does not have.
fn needs(file: &FilePlan) -> Option<&'static str> {
    let has = |target| file.has(target);
    let named = has(Target::Name) || has(Target::FirstName) || has(Target::LastName);
    match file.holds {
        Holds::Deals => {
            let any = [
                Target::Title,
                Target::Organisation,
                Target::Products,
                Target::ExternalId,
            ]
            .into_iter()
            .any(has);
            (!any).then_some("the title, the organisation, the product or the id of a deal")
        }
        Holds::People | Holds::Contacts => (!named && !has(Target::Emails)).then_some("the name"),
        Holds::Organisations | Holds::Products => (!has(Target::Name)).then_some("the name"),
        Holds::Activities => {
            (!has(Target::Title) && !has(Target::Description)).then_some("the subject or the text")
        }
        Holds::Nothing => None,
    }
}
