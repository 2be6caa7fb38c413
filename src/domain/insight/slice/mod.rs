//! By what figures can be told apart, and which deals that leaves.

mod fill;
mod range;
mod then;

pub use then::was;

use super::facts::Facts;
use super::select::Selection;
use crate::domain::ids::{ExperimentId, FieldId};
use crate::domain::world::World;

/// Something by which deals can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// Whose they are.
    Owner,
    /// The team of the owner.
    Team,
    /// The territory of the organisation, else that of the owner.
    Territory,
    /// Where they came from.
    Source,
    /// What brought them.
    Campaign,
    /// What may be bought; several.
    Product,
    /// The industry of the organisation.
    Industry,
    /// The personas of the contacts; several.
    Persona,
    /// Labels; several.
    Tag,
    /// New business, renewal, upsell, cross-sell.
    Kind,
    /// In which pipeline.
    Pipeline,
    /// In which stage.
    Stage,
    /// Against whom they were closed.
    Competitor,
    /// In which currency.
    Currency,
    /// What a field of the team's own holds, of the deal or its organisation; several, where several
    /// can be chosen.
    Custom(FieldId),
    /// The arm of an experiment.
    Arm(ExperimentId),
}

/// Those that need nothing more to be named.
const PLAIN: [(Dimension, &str, &str); 14] = [
    (Dimension::Owner, "owner", "Owner"),
    (Dimension::Team, "team", "Team"),
    (Dimension::Territory, "territory", "Territory"),
    (Dimension::Source, "source", "Source"),
    (Dimension::Campaign, "campaign", "Campaign"),
    (Dimension::Product, "product", "Product"),
    (Dimension::Industry, "industry", "Industry"),
    (Dimension::Persona, "persona", "Persona"),
    (Dimension::Tag, "tag", "Tag"),
    (Dimension::Kind, "kind", "Kind of sale"),
    (Dimension::Pipeline, "pipeline", "Pipeline"),
    (Dimension::Stage, "stage", "Stage"),
    (Dimension::Competitor, "competitor", "Competitor"),
    (Dimension::Currency, "currency", "Currency"),
];

impl Dimension {
    /// All but own fields and experiments.
    pub fn plain() -> impl Iterator<Item = Self> {
        PLAIN.iter().map(|(dimension, _, _)| *dimension)
    }

    /// The word for it in saved dashboards: `owner`, `custom.00000000000001f0`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Custom(field) => format!("custom.{field}"),
            Self::Arm(experiment) => format!("arm.{experiment}"),
            plain => PLAIN
                .iter()
                .find(|(d, _, _)| *d == plain)
                .map_or_else(String::new, |(_, code, _)| (*code).to_owned()),
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some(field) = code.strip_prefix("custom.") {
            return field.parse().ok().map(Self::Custom);
        }
        if let Some(experiment) = code.strip_prefix("arm.") {
            return experiment.parse().ok().map(Self::Arm);
        }
        let found = PLAIN.iter().find(|(_, c, _)| *c == code);
        found.map(|(dimension, _, _)| *dimension)
    }

    /// What it is called.
    #[must_use]
    pub fn label(self, world: &World) -> String {
        let name = match self {
            Self::Custom(field) => {
                (world.state.tables.custom_fields.row(field)).map(|row| row.entity.name.clone())
            }
            Self::Arm(experiment) => {
                (world.state.tables.experiments.row(experiment)).map(|row| row.entity.name.clone())
            }
            plain => (PLAIN.iter().find(|(d, _, _)| *d == plain))
                .map(|(_, _, label)| (*label).to_owned()),
        };
        name.filter(|n| !n.is_empty())
            .unwrap_or_else(|| "unnamed".to_owned())
    }

    /// Whether a deal can have several values of it, so that the parts add up to more than all.
    #[must_use]
    pub fn is_several(self, world: &World) -> bool {
        use crate::domain::custom::FieldKind;
        match self {
            Self::Product | Self::Persona | Self::Tag => true,
            Self::Custom(field) => (world.state.tables.custom_fields.get(field))
                .is_some_and(|f| f.kind == FieldKind::Choices),
            _ => false,
        }
    }
}

/// One value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What stands for it in filters and addresses: an id or a word; empty for none.
    pub key: String,
    /// What people call it; “None” in the dimension's own words where there is none.
    pub name: String,
}

/// The values of a dimension, deal by deal; good until the facts change. Value 0 is none.
#[derive(Clone, Debug)]
pub struct Sliced {
    /// Of what.
    pub dimension: Dimension,
    /// The values by number.
    pub labels: Vec<Label>,
    /// Whether the values have an order of their own: stages, and numbers in ranges.
    pub ordered: bool,
    rows: Rows,
}

#[derive(Clone, Debug)]
enum Rows {
    One(Vec<u32>),
    /// Where each row's values begin, with one more at the end; no row is without one.
    Several(Vec<u32>, Vec<u32>),
}

impl Sliced {
    /// Tells the deals apart.
    #[must_use]
    pub fn of(world: &World, facts: &Facts, dimension: Dimension) -> Self {
        let mut labels = vec![Label {
            key: String::new(),
            name: none_of(dimension).to_owned(),
        }];
        let rows = fill::fill(world, facts, dimension, &mut labels);
        let ordered = match dimension {
            Dimension::Stage | Dimension::Pipeline => true,
            Dimension::Custom(field) => {
                use crate::domain::custom::FieldKind;
                let field = world.state.tables.custom_fields.get(field);
                field.is_some_and(|f| matches!(f.kind, FieldKind::Number | FieldKind::Money))
            }
            _ => false,
        };
        Self {
            dimension,
            labels,
            ordered,
            rows,
        }
    }

    /// The values of a row, at least one.
    #[must_use]
    pub fn values(&self, row: usize) -> &[u32] {
        match &self.rows {
            Rows::One(codes) => std::slice::from_ref(&codes[row]),
            Rows::Several(starts, codes) => &codes[starts[row] as usize..starts[row + 1] as usize],
        }
    }

    /// Which values any deal has, by number; that of none always counts.
    #[must_use]
    pub fn had(&self) -> Vec<bool> {
        let mut had = vec![false; self.labels.len()];
        had[0] = true;
        let codes = match &self.rows {
            Rows::One(codes) | Rows::Several(_, codes) => codes,
        };
        for code in codes {
            had[*code as usize] = true;
        }
        had
    }

    /// The number of the value with this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<u32> {
        let at = self.labels.iter().position(|label| label.key == key)?;
        Some(at as u32)
    }

    /// Of some deals those with a value.
    #[must_use]
    pub fn with(&self, of: &Selection, value: u32) -> Selection {
        match &self.rows {
            Rows::One(codes) => {
                let codes = codes.as_slice();
                of.and(|row| codes[row] == value)
            }
            Rows::Several(..) => of.and(|row| self.values(row).contains(&value)),
        }
    }

    /// Some deals in parts, one for each value that occurs among them; most deals first, then by
    /// name. With several values a deal is in several parts.
    #[must_use]
    pub fn parts(&self, of: &Selection) -> Vec<(u32, Selection)> {
        let mut counts = vec![0_usize; self.labels.len()];
        let mut parts: Vec<Option<Selection>> = vec![None; self.labels.len()];
        let mut note = |row: usize, value: u32| {
            counts.as_mut_slice()[value as usize] += 1;
            let part = &mut parts.as_mut_slice()[value as usize];
            part.get_or_insert_with(|| of.none()).take_in(row);
        };
        match &self.rows {
            Rows::One(codes) => {
                let codes = codes.as_slice();
                of.each(|row| note(row, codes[row]));
            }
            Rows::Several(..) => of.each(|row| {
                for value in self.values(row) {
                    note(row, *value);
                }
            }),
        }
        let mut found: Vec<(u32, Selection)> = (0_u32..)
            .zip(parts)
            .filter_map(|(value, part)| Some((value, part?)))
            .collect();
        found.sort_by_cached_key(|(value, _)| {
            let at = *value as usize;
            let name = self.labels[at].name.clone();
            (std::cmp::Reverse(counts[at]), name, *value)
        });
        found
    }
}

fn none_of(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Owner => "Nobody",
        Dimension::Team => "No team",
        Dimension::Territory => "No territory",
        Dimension::Source => "No source",
        Dimension::Campaign => "No campaign",
        Dimension::Product => "No product",
        Dimension::Industry => "No industry",
        Dimension::Persona => "No persona",
        Dimension::Tag => "No tag",
        Dimension::Pipeline | Dimension::Stage => "Nowhere",
        Dimension::Competitor => "No competitor",
        Dimension::Currency => "No value",
        Dimension::Arm(_) => "Not in it",
        Dimension::Kind | Dimension::Custom(_) => "Not set",
    }
}

/// Of some deals those for which all of these hold: a dimension, and the keys of values of which
/// one must be had.
#[must_use]
pub fn filtered(
    world: &World,
    facts: &Facts,
    of: &Selection,
    filters: &[(Dimension, Vec<String>)],
) -> Selection {
    filters.iter().fold(of.clone(), |left, (dimension, keys)| {
        let sliced = Sliced::of(world, facts, *dimension);
        let wanted: Vec<u32> = keys.iter().filter_map(|key| sliced.find(key)).collect();
        left.and(|row| sliced.values(row).iter().any(|v| wanted.contains(v)))
    })
}
