//! The import itself, a few rows at a time: from a plan to edits and a report. Nothing is
//! applied here; what comes out is one command.

use super::activities;
use super::cells::{Cells, Layout, Setting};
use super::deals;
use super::holds::Holds;
use super::own;
use super::plan::Plan;
use super::ranking::Ranking;
use super::records;
use super::report::{Collector, Problem, Report, StageTotal};
use super::settle::settle;
use super::survey::Survey;
use super::what::What;
use super::work::{Claimed, Work};
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::Command;
use crate::domain::divide::Parts;
use crate::domain::ids::IdSource;
use crate::domain::order::Order;
use crate::domain::state::State;
use std::sync::Arc;

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows done. Files of records that others refer to are gone through twice.
    pub done: usize,
    /// Rows in all.
    pub total: usize,
    /// True when there is nothing left to do.
    pub finished: bool,
}

/// What an import comes to: to be looked at, then to be carried out as one command.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// What it would do.
    pub report: Report,
    /// What to call it.
    pub intent: Intent,
    /// The edits.
    pub edits: Parts,
}

impl Prepared {
    /// The command that carries it out at once.
    #[must_use]
    pub fn command(self) -> Command {
        Command::Bring {
            intent: self.intent,
            edits: self.edits.into_iter().flatten().collect(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Listing,
    Rows,
    Placing,
    Done,
}

/// What does not change while an import runs.
#[derive(Debug)]
struct Frame {
    plan: Plan,
    layouts: Vec<Layout>,
    setting: Setting,
    survey: Survey,
}

/// An import under way. Dropping it leaves everything as it was.
#[derive(Debug)]
pub struct Importer {
    frame: Arc<Frame>,
    work: Work,
    problems: Collector,
    phase: Phase,
    /// Which of the plan's order, and which row of it.
    at: (usize, usize),
    order: Vec<usize>,
    claims: Vec<Vec<Option<Claimed>>>,
    ranking: Ranking,
    done: usize,
    total: usize,
}

impl Importer {
    /// An import about to begin, over the state it is to go into.
    #[must_use]
    pub fn new(plan: &Plan, survey: &Survey, state: &State, setting: Setting) -> Self {
        let mut ids = IdSource::new(setting.seed);
        let stages = settle(plan, survey, state, &mut ids);
        let mut work = Work::new(ids, stages);
        let t = &state.tables;
        t.people
            .iter()
            .for_each(|p| work.people.here(p.id, &p.name, ""));
        t.organisations
            .iter()
            .for_each(|o| work.organisations.here(o.id, &o.name, &o.external));
        t.products
            .iter()
            .for_each(|p| work.products.here(p.id, &p.name, ""));
        t.contacts.iter().for_each(|c| {
            work.contacts
                .note(c.id, &c.name, &c.emails, &c.external, c.organisation)
        });
        work.deals.keeps_titles = plan.files.iter().any(|f| f.holds == Holds::Activities);
        if work.deals.keeps_titles {
            work.activities = t.activities.iter().map(activities::key_of).collect();
        }
        work.deals.load(state);
        let order = plan.order();
        for file in &order {
            let Some(home) = own::home(plan.files[*file].holds) else {
                continue;
            };
            for (column, plan) in plan.files[*file].columns.iter().enumerate() {
                if let Some(own) = &plan.own {
                    let Work {
                        own: filled, ids, ..
                    } = &mut work;
                    filled.note((*file, column), home, own, state, ids);
                }
            }
        }
        let listed = order.iter().filter(|f| lists(plan.files[**f].holds));
        let twice: usize = listed.map(|f| plan.files[*f].source.table.len()).sum();
        let layouts = plan.files.iter().map(Layout::of).collect();
        let mut importer = Self {
            claims: vec![Vec::new(); plan.files.len()],
            work,
            problems: Collector::default(),
            phase: Phase::Listing,
            at: (0, 0),
            ranking: Ranking::default(),
            total: plan.rows() + twice,
            order,
            done: 0,
            frame: Arc::new(Frame {
                plan: plan.clone(),
                layouts,
                setting,
                survey: survey.clone(),
            }),
        };
        importer.note_files();
        importer
    }

    /// Puts edits in front of all others.
    pub(super) fn begin_with(&mut self, edits: &[Edit]) {
        let mut first: Parts = edits.iter().cloned().collect();
        first.extend(std::mem::take(&mut self.work.edits).into_iter().flatten());
        self.work.edits = first;
    }

    /// What was odd while the files were cut into cells.
    fn note_files(&mut self) {
        for file in &self.order {
            let source = &self.frame.plan.files[*file].source;
            for problem in source.notes.iter().chain(source.table.problems()) {
                let column = problem
                    .at
                    .and_then(|p| p.column)
                    .and_then(|c| (c as usize).checked_sub(1));
                self.problems.add(Problem {
                    file: *file,
                    line: problem.at.map(|p| p.line),
                    column,
                    value: String::new(),
                    what: What::Cutting(problem.kind.to_string()),
                });
            }
        }
    }

    /// Does some more rows.
    pub fn step(&mut self, state: &State, rows: usize) -> Progress {
        let frame = Arc::clone(&self.frame);
        for _ in 0..rows {
            let Some(file) = self.order.get(self.at.0).copied() else {
                match self.phase {
                    Phase::Listing => (self.phase, self.at) = (Phase::Rows, (0, 0)),
                    Phase::Rows => {
                        let waiting = std::mem::take(&mut self.work.waiting);
                        self.ranking = Ranking::of(waiting, state);
                        self.phase = Phase::Placing;
                    }
                    Phase::Placing => {
                        if self.ranking.step(state, &mut self.work.edits) {
                            self.phase = Phase::Done;
                        }
                    }
                    Phase::Done => break,
                }
                continue;
            };
            let plan = &frame.plan.files[file];
            let passes = self.phase == Phase::Listing && !lists(plan.holds);
            let row = plan.source.table.row(self.at.1).filter(|_| !passes);
            let Some(row) = row else {
                self.at = (self.at.0 + 1, 0);
                continue;
            };
            let mut cells =
                Cells::new(&frame.plan, file, &frame.layouts[file], &frame.setting, row);
            if self.phase == Phase::Listing {
                let claimed = records::claim(&mut self.work, state, &cells, row);
                self.claims[file].push(claimed);
            } else {
                match plan.holds {
                    Holds::Deals => deals::row(&mut self.work, state, &mut cells),
                    Holds::Contacts => records::contact(&mut self.work, state, &mut cells, row),
                    Holds::Activities => activities::row(&mut self.work, state, &mut cells),
                    Holds::People | Holds::Organisations | Holds::Products => {
                        let claimed = self.claims[file].get_mut(self.at.1).and_then(Option::take);
                        records::row(&mut self.work, state, &mut cells, claimed);
                    }
                    Holds::Nothing => {}
                }
            }
            for problem in cells.problems {
                self.problems.add(problem);
            }
            self.at.1 += 1;
            self.done += 1;
        }
        Progress {
            done: self.done,
            total: self.total,
            finished: self.phase == Phase::Done,
        }
    }

    /// Does the rest and says what it comes to.
    #[must_use]
    pub fn finish(mut self, state: &State) -> Prepared {
        while !self.step(state, 10_000).finished {}
        self.note_slips();
        let (own, new_fields) = std::mem::take(&mut self.work.own).finish(state);
        self.work.edits.extend(own);
        let intent = Intent::new(IntentKind::Import, self.sentence());
        let stages = self.stage_totals();
        let report = Report {
            tallies: self.work.tallies,
            stages,
            new_stages: self.work.stages.made,
            new_fields,
            groups: self.problems.finish(),
        };
        Prepared {
            report,
            intent,
            edits: self.work.edits,
        }
    }

    /// Names and words that are probably slips, unless the proposal was taken.
    fn note_slips(&mut self) {
        let frame = Arc::clone(&self.frame);
        for names in &frame.survey.names {
            for unknown in &names.unknown {
                let Some(near) = &unknown.near else { continue };
                if frame.plan.meant(names.domain, &unknown.value) != unknown.value {
                    continue;
                }
                let (domain, suggestion, rows) = (names.domain, near.clone(), unknown.rows);
                let what = What::Near {
                    domain,
                    suggestion,
                    rows,
                };
                self.problems.add(Problem::cell(
                    unknown.file,
                    unknown.line,
                    unknown.column,
                    &unknown.value,
                    what,
                ));
            }
        }
    }

    /// “Imported 8,800 deals from sales_pipeline.csv”.
    fn sentence(&self) -> String {
        let plan = &self.frame.plan;
        let weight = |holds: Holds| match holds {
            Holds::Deals => 6,
            Holds::Organisations => 5,
            Holds::Contacts => 4,
            Holds::Activities => 3,
            Holds::People => 2,
            Holds::Products => 1,
            Holds::Nothing => 0,
        };
        let main = self
            .order
            .iter()
            .max_by_key(|f| weight(plan.files[**f].holds));
        let Some(main) = main else {
            return "Imported nothing".to_owned();
        };
        let file = &plan.files[*main];
        let tally = self
            .work
            .tallies
            .get(&file.holds)
            .copied()
            .unwrap_or_default();
        let what = file.holds.counted(tally.created + tally.updated);
        let more = match self.order.len() - 1 {
            0 => String::new(),
            1 => " and 1 more file".to_owned(),
            n => format!(" and {n} more files"),
        };
        format!("Imported {what} from {}{more}", file.source.name)
    }

    fn stage_totals(&mut self) -> Vec<StageTotal> {
        let totals = std::mem::take(&mut self.work.totals);
        let all = &self.work.stages.all;
        let mut list: Vec<(usize, StageTotal)> = totals
            .into_iter()
            .map(|((stage, status), (count, value))| {
                let settled = all.get(&stage);
                let name = settled.map(|s| s.name.clone()).unwrap_or_default();
                let is_new = settled.is_some_and(|s| s.is_new);
                let order = settled.map_or(usize::MAX, |s| s.order);
                (
                    order,
                    StageTotal {
                        stage,
                        name,
                        is_new,
                        status,
                        count,
                        value,
                    },
                )
            })
            .collect();
        list.order_by_key(|(order, total)| (*order, total.status));
        list.into_iter().map(|(_, total)| total).collect()
    }
}

/// Whether the rows of such a file are records others refer to by name.
fn lists(holds: Holds) -> bool {
    matches!(
        holds,
        Holds::People | Holds::Organisations | Holds::Products
    )
}
