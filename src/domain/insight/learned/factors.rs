//! What is known of a deal before it closes, as columns of which it has some.

use crate::domain::custom::FieldHome;
use crate::domain::ids::DealId;
use crate::domain::insight::facts::{Facts, NEVER, NONE};
use crate::domain::insight::slice::{Dimension, Sliced};
use crate::domain::world::World;
use std::collections::HashMap;

/// One thing deals can differ in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Factor {
    /// What it is called.
    pub name: String,
    /// What it can be, in words.
    pub levels: Vec<String>,
    /// The column of its first level.
    pub first: u32,
}

/// All deals as columns: for each deal those it has.
#[derive(Clone, Debug, Default)]
pub struct Design {
    /// The factors.
    pub factors: Vec<Factor>,
    starts: Vec<u32>,
    columns: Vec<u32>,
    count: usize,
}

/// What is looked at by dimensions of figures. Neither the value (it is often set at closing) nor
/// the competitor (only known by then) nor the stage (closed deals stand at the end).
const BY: [Dimension; 9] = [
    Dimension::Owner,
    Dimension::Territory,
    Dimension::Source,
    Dimension::Campaign,
    Dimension::Product,
    Dimension::Industry,
    Dimension::Persona,
    Dimension::Kind,
    Dimension::Pipeline,
];

const SIZES: [&str; 5] = [
    "Size not known",
    "Under 50 people",
    "50 to 249 people",
    "250 to 999 people",
    "1,000 people or more",
];
const CONTACTS: [&str; 4] = [
    "No contact",
    "One contact",
    "Two or three contacts",
    "Four or more contacts",
];
const ANSWERS: [&str; 3] = [
    "Nothing answered",
    "Less than half answered",
    "Half or more answered",
];

impl Design {
    /// Reads all deals of the facts.
    #[must_use]
    pub fn of(world: &World, facts: &Facts) -> Self {
        let sliced: Vec<(String, Sliced)> = BY
            .iter()
            .map(|by| (by.label(world), Sliced::of(world, facts, *by)))
            .chain(
                own_choices(world)
                    .into_iter()
                    .map(|by| (by.label(world), Sliced::of(world, facts, by))),
            )
            .collect();
        let mut design = Self::default();
        for (name, values) in &sliced {
            let levels = values.labels.iter().map(|label| label.name.clone());
            design.add(name, levels.collect());
        }
        let organisations: Vec<String> = std::iter::once("No organisation".to_owned())
            .chain(
                facts
                    .organisations
                    .keys()
                    .iter()
                    .map(|id| world.state.name_of((*id).into())),
            )
            .collect();
        let organisation = design.add("Organisation", organisations);
        let fixed = |all: &[&str]| all.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
        let size = design.add("Size of the organisation", fixed(&SIZES));
        let contacts = design.add("Contacts", fixed(&CONTACTS));
        let answers = design.add("Qualification", fixed(&ANSWERS));
        let questions = world.state.tables.questions.iter().count();
        design.starts.push(0);
        for row in 0..facts.len() {
            for (at, (_, values)) in sliced.iter().enumerate() {
                let first = design.factors[at].first;
                let of = values.values(row);
                design.columns.extend(of.iter().map(|v| first + v));
            }
            let org = facts.organisation[row];
            design.columns.push(organisation + org);
            design.columns.push(size + size_of(world, facts, org));
            design
                .columns
                .push(contacts + contacts_of(world, facts.ids[row]));
            if questions > 0 {
                let end = facts.closed[row];
                let level = answered(world, facts.ids[row], end, questions);
                design.columns.push(answers + level);
            }
            design.starts.push(design.columns.len() as u32);
        }
        design
    }

    /// Columns without names, for tests of the fit.
    #[must_use]
    pub fn plain(count: usize, rows: impl Iterator<Item = Vec<u32>>) -> Self {
        let mut design = Self {
            starts: vec![0],
            ..Self::default()
        };
        design.add("", vec![String::new(); count]);
        for row in rows {
            design.columns.extend(row);
            design.starts.push(design.columns.len() as u32);
        }
        design
    }

    fn add(&mut self, name: &str, levels: Vec<String>) -> u32 {
        let first = self.count as u32;
        self.count += levels.len();
        self.factors.push(Factor {
            name: name.to_owned(),
            levels,
            first,
        });
        first
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.count
    }

    /// The columns of a row.
    #[must_use]
    pub fn columns(&self, row: usize) -> &[u32] {
        &self.columns[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    /// The number of the factor a column belongs to.
    #[must_use]
    pub fn factor_of(&self, column: u32) -> usize {
        self.factors
            .partition_point(|f| f.first <= column)
            .saturating_sub(1)
    }

    /// What a column says, in words.
    #[must_use]
    pub fn level(&self, column: u32) -> &str {
        let factor = &self.factors[self.factor_of(column)];
        &factor.levels[(column - factor.first) as usize]
    }
}

/// The team's own fields that are a choice, at most eight of them.
fn own_choices(world: &World) -> Vec<Dimension> {
    use crate::domain::custom::FieldKind;
    let all = world.state.tables.custom_fields.iter();
    let choice = all.filter(|f| {
        matches!(f.kind, FieldKind::Choice | FieldKind::Choices)
            && matches!(f.home, FieldHome::Deal | FieldHome::Organisation)
    });
    choice.map(|f| Dimension::Custom(f.id)).take(8).collect()
}

fn size_of(world: &World, facts: &Facts, org: u32) -> u32 {
    if org == NONE {
        return 0;
    }
    let org = facts.organisations.key(org);
    let org = org.and_then(|id| world.state.tables.organisations.get(*id));
    match org.and_then(|o| o.employees) {
        None => 0,
        Some(..50) => 1,
        Some(..250) => 2,
        Some(..1_000) => 3,
        Some(_) => 4,
    }
}

fn contacts_of(world: &World, deal: DealId) -> u32 {
    match world
        .state
        .tables
        .deals
        .get(deal)
        .map_or(0, |d| d.contacts.len())
    {
        0 => 0,
        1 => 1,
        2 | 3 => 2,
        _ => 3,
    }
}

/// How much was known to the questions of qualification before the deal closed.
fn answered(world: &World, deal: DealId, closed: i32, questions: usize) -> u32 {
    let Some(deal) = world.state.tables.deals.get(deal) else {
        return 0;
    };
    let known = deal.answers.iter().filter(|(_, answer)| {
        answer.score > 0 && (closed == NEVER || answer.on.to_epoch_days() < closed)
    });
    match known.count() {
        0 => 0,
        n if 2 * n < questions => 1,
        _ => 2,
    }
}

/// How often each column occurs among some rows, and how often it was won.
pub(super) fn counts(design: &Design, rows: &[u32], won: &[bool]) -> HashMap<u32, (u64, u64)> {
    let mut counts: HashMap<u32, (u64, u64)> = HashMap::new();
    for (row, won) in rows.iter().zip(won) {
        for column in design.columns(*row as usize) {
            let count = counts.entry(*column).or_default();
            count.0 += u64::from(*won);
            count.1 += 1;
        }
    }
    counts
}
