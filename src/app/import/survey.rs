//! What the files say before anything is decided: which stages, how many deals are here
//! already, which names are not known and what they may be slips of.

use super::choice::Domain;
use super::holds::Holds;
use super::list;
use super::near::{COUNTRIES, INDUSTRIES, Neighbours, fold};
use super::placing::split_entry;
use super::plan::{FilePlan, Plan};
use super::stages::{StageKey, status_of};
use super::target::Target;
use crate::codec::csv::Row;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use crate::domain::state::State;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A stage as the files name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageValue {
    /// The pipeline as written, empty where none is named.
    pub pipeline: String,
    /// The stage as written, empty for blank cells.
    pub stage: String,
    /// How many rows stand there.
    pub rows: usize,
    /// How many of them have a status of their own: open, won, lost, on hold.
    pub statuses: [usize; 4],
    /// Its place among the values in order of first mention.
    pub order: usize,
}

impl StageValue {
    /// Its key.
    #[must_use]
    pub fn key(&self) -> StageKey {
        StageKey::new(&self.pipeline, &self.stage)
    }

    /// True when the status column gives all its rows this status.
    #[must_use]
    pub fn is_all(&self, status: Status) -> bool {
        self.rows > 0 && self.statuses[status as usize] == self.rows
    }
}

/// A name that is neither here nor in the files that list such names, or a word that
/// looks misspelt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// As first written.
    pub value: String,
    /// In how many cells.
    pub rows: usize,
    /// What it may be a slip of.
    pub near: Option<String>,
    /// The file it was first seen in, and the line there.
    pub file: usize,
    /// The physical line of the first one.
    pub line: u32,
    /// The column of the first one.
    pub column: usize,
}

/// The names of one kind in the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// Of what kind.
    pub domain: Domain,
    /// How many different ones there are.
    pub distinct: usize,
    /// Those not known, the most frequent first. Of words, only those near another.
    pub unknown: Vec<Unknown>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// The stages, in order of first mention.
    pub stages: Vec<StageValue>,
    /// The pipelines named, as first written, in order of first mention.
    pub pipelines: Vec<String>,
    /// The names and words, by kind.
    pub names: Vec<Names>,
    /// Rows of deals whose id is here already.
    pub here_already: usize,
    /// Rows of deals with an id.
    pub with_id: usize,
}

/// Goes through the files of a plan a few rows at a time.
#[derive(Debug)]
pub struct Surveyor {
    order: Vec<usize>,
    /// Which of `order`, and which row of it.
    at: (usize, usize),
    stages: BTreeMap<StageKey, StageValue>,
    pipelines: Vec<String>,
    names: BTreeMap<Domain, HashMap<String, Unknown>>,
    listed: BTreeMap<Domain, HashMap<String, String>>,
    external: HashSet<String>,
    here_already: usize,
    with_id: usize,
}

/// Which columns of a file hold names or words of which kind, several in a cell or not.
fn watched(holds: Holds) -> &'static [(Target, Domain, bool)] {
    use Domain as D;
    use Target as T;
    match holds {
        Holds::Deals => &[
            (T::Owner, D::Person, false),
            (T::Organisation, D::Organisation, false),
            (T::Products, D::Product, true),
            (T::Source, D::Word(T::Source), false),
        ],
        Holds::Organisations => &[
            (T::Parent, D::Organisation, false),
            (T::Industry, D::Word(T::Industry), false),
            (T::Location, D::Word(T::Location), false),
        ],
        Holds::Contacts => &[(T::Organisation, D::Organisation, false)],
        Holds::People => &[
            (T::Manager, D::Person, false),
            (T::Office, D::Word(T::Office), false),
        ],
        Holds::Products => &[(T::Series, D::Word(T::Series), false)],
        Holds::Activities => &[(T::Owner, D::Person, false)],
        Holds::Nothing => &[],
    }
}

/// Of which kind the records of a file are, where others refer to them by name.
fn lists(holds: Holds) -> Option<Domain> {
    match holds {
        Holds::People => Some(Domain::Person),
        Holds::Organisations => Some(Domain::Organisation),
        Holds::Products => Some(Domain::Product),
        _ => None,
    }
}

impl Surveyor {
    /// A survey about to begin.
    #[must_use]
    pub fn new(plan: &Plan, state: &State) -> Self {
        let t = &state.tables;
        let mut listed: BTreeMap<Domain, HashMap<String, String>> = BTreeMap::new();
        let named = |names: Vec<&String>| names.into_iter().map(|n| (fold(n), n.clone())).collect();
        listed.insert(
            Domain::Person,
            named(t.people.iter().map(|p| &p.name).collect()),
        );
        listed.insert(
            Domain::Organisation,
            named(t.organisations.iter().map(|o| &o.name).collect()),
        );
        listed.insert(
            Domain::Product,
            named(t.products.iter().map(|p| &p.name).collect()),
        );
        Self {
            order: plan.order(),
            at: (0, 0),
            stages: BTreeMap::new(),
            pipelines: Vec::new(),
            names: BTreeMap::new(),
            listed,
            external: external_ids(state),
            here_already: 0,
            with_id: 0,
        }
    }

    /// Looks at some more rows; true when all were seen.
    pub fn step(&mut self, plan: &Plan, state: &State, rows: usize) -> bool {
        for _ in 0..rows {
            let Some(file) = self.order.get(self.at.0).copied() else {
                return true;
            };
            match plan.files[file].source.table.row(self.at.1) {
                Some(row) => {
                    self.look(plan, state, file, row);
                    self.at.1 += 1;
                }
                None => self.at = (self.at.0 + 1, 0),
            }
        }
        self.at.0 >= self.order.len()
    }

    fn look(&mut self, plan: &Plan, state: &State, index: usize, row: Row<'_>) {
        let file = &plan.files[index];
        for (target, domain, several) in watched(file.holds) {
            for column in file.columns_of(*target) {
                let cell = row.get(column).unwrap_or_default().trim();
                let parts = if *several {
                    list::read(cell, &[';', '\n'])
                } else {
                    vec![cell.to_owned()]
                };
                for part in parts.iter().filter(|p| !p.is_empty()) {
                    self.see(*domain, part, index, row.line(), column);
                }
            }
        }
        if let Some(domain) = lists(file.holds) {
            let name = record_name(file, row);
            if !name.is_empty() {
                self.listed
                    .entry(domain)
                    .or_default()
                    .entry(fold(&name))
                    .or_insert(name);
            }
        }
        if file.holds == Holds::Deals {
            self.look_at_deal(file, state, row);
        }
    }

    fn see(&mut self, domain: Domain, value: &str, file: usize, line: u32, column: usize) {
        let seen = self
            .names
            .entry(domain)
            .or_default()
            .entry(fold(value))
            .or_insert_with(|| Unknown {
                value: value.to_owned(),
                rows: 0,
                near: None,
                file,
                line,
                column,
            });
        seen.rows += 1;
    }

    fn look_at_deal(&mut self, file: &FilePlan, state: &State, row: Row<'_>) {
        let cell = |target| {
            let column = file.columns_of(target).next()?;
            Some(row.get(column).unwrap_or_default().trim())
        };
        let pipeline = cell(Target::Pipeline).unwrap_or_default();
        let stage = cell(Target::Stage).unwrap_or_default();
        if !self.pipelines.iter().any(|p| fold(p) == fold(pipeline)) {
            self.pipelines.push(pipeline.to_owned());
        }
        // Stages that are only remembered have to exist too, for the history to name them.
        for part in list::read(cell(Target::StageHistory).unwrap_or_default(), &[';']) {
            if let Some((elsewhere, past, _)) = split_entry(&part) {
                self.stage(elsewhere.unwrap_or(pipeline), past);
            }
        }
        let value = self.stage(pipeline, stage);
        value.rows += 1;
        if let Some(status) = cell(Target::Status).and_then(status_of) {
            value.statuses[status as usize] += 1;
        }
        let own = cell(Target::FairleadId).and_then(|id| id.parse::<DealId>().ok());
        let external = cell(Target::ExternalId).filter(|id| !id.is_empty());
        if own.is_some() || external.is_some() {
            self.with_id += 1;
            let here = own.is_some_and(|id| state.tables.deals.get(id).is_some())
                || external.is_some_and(|id| self.external.contains(id));
            self.here_already += usize::from(here);
        }
    }

    fn stage(&mut self, pipeline: &str, stage: &str) -> &mut StageValue {
        let order = self.stages.len();
        self.stages
            .entry(StageKey::new(pipeline, stage))
            .or_insert_with(|| StageValue {
                pipeline: pipeline.to_owned(),
                stage: stage.to_owned(),
                order,
                ..StageValue::default()
            })
    }

    /// What was found.
    #[must_use]
    pub fn finish(self) -> Survey {
        let mut stages: Vec<StageValue> = self.stages.into_values().collect();
        stages.order_by_key(|s| s.order);
        let names = self
            .names
            .into_iter()
            .map(|(domain, seen)| names_of(domain, seen, self.listed.get(&domain)))
            .collect();
        Survey {
            stages,
            pipelines: self.pipelines,
            names,
            here_already: self.here_already,
            with_id: self.with_id,
        }
    }
}

/// The external ids of all deals here.
pub(super) fn external_ids(state: &State) -> HashSet<String> {
    let ids = state.tables.deals.iter().map(|d| &d.external);
    ids.filter(|id| !id.is_empty()).cloned().collect()
}

/// The name a row of a file of records gives its record: the name, else the given and
/// family name, else the e-mail address.
#[must_use]
pub(super) fn record_name(file: &FilePlan, row: Row<'_>) -> String {
    let cell = |target| {
        let mut cells = file
            .columns_of(target)
            .filter_map(|c| row.get(c))
            .map(str::trim);
        cells.find(|text| !text.is_empty()).unwrap_or_default()
    };
    let whole = cell(Target::Name);
    if !whole.is_empty() {
        return whole.to_owned();
    }
    let parts = format!("{} {}", cell(Target::FirstName), cell(Target::LastName));
    match parts.trim() {
        "" => cell(Target::Emails).to_owned(),
        name => name.to_owned(),
    }
}

fn names_of(
    domain: Domain,
    seen: HashMap<String, Unknown>,
    listed: Option<&HashMap<String, String>>,
) -> Names {
    let distinct = seen.len();
    let mut known = Neighbours::default();
    let mut unknown: Vec<(String, Unknown)> = match (domain, listed) {
        (Domain::Word(target), _) => {
            let words = match target {
                Target::Industry => INDUSTRIES,
                Target::Location => COUNTRIES,
                _ => "",
            };
            words
                .split('|')
                .filter(|w| !w.is_empty())
                .for_each(|w| known.add(w));
            let common: HashSet<String> = words.split('|').map(fold).collect();
            // What is spelt as usual is right, and others may be slips of it.
            let (right, rest): (Vec<_>, Vec<_>) = seen
                .into_iter()
                .partition(|(name, _)| common.contains(name));
            right.iter().for_each(|(_, u)| known.add(&u.value));
            rest
        }
        (_, Some(listed)) => {
            let mut names: Vec<&String> = listed.values().collect();
            names.order();
            names.into_iter().for_each(|n| known.add(n));
            seen.into_iter()
                .filter(|(name, _)| !listed.contains_key(name))
                .collect()
        }
        (_, None) => seen.into_iter().collect(),
    };
    // The frequent one is likelier right, so the rarer is called a slip of it.
    unknown.order_by(|(a, x), (b, y)| y.rows.cmp(&x.rows).then(a.cmp(b)));
    let mut result = Vec::new();
    for (_, mut value) in unknown {
        value.near = known
            .nearest(&value.value)
            .map(|near| in_case_of(&value.value, near));
        if value.near.is_none() {
            known.add(&value.value);
        }
        if value.near.is_some() || !matches!(domain, Domain::Word(_)) {
            result.push(value);
        }
    }
    Names {
        domain,
        distinct,
        unknown: result,
    }
}

/// The proposal with a capital in front where the value has one.
fn in_case_of(value: &str, near: &str) -> String {
    let capital = value.chars().next().is_some_and(char::is_uppercase);
    let mut letters = near.chars();
    match letters.next() {
        Some(first) if capital && first.is_lowercase() => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => near.to_owned(),
    }
}
