//! The fields a condition can name: what they are called, what they hold, how they compare.

use super::Subject;
use super::known::Atom;
use super::known::{self, Known, Source};
use crate::domain::change::Kind;
use crate::domain::custom::{CustomField, FieldHome, FieldKind};
use crate::domain::deal::{BuyingRole, DealKind, ForecastCategory, Status};
use crate::domain::ids::{FieldId, Id};
use crate::domain::order::Order;
use crate::domain::party::Health;
use crate::domain::rule::Op;
use crate::domain::state::State;
use crate::domain::world::World;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Whose field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// The deal.
    Deal,
    /// The organisation.
    Organisation,
    /// Any contact of the deal.
    Contact,
}

impl Home {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Deal => "Deal",
            Self::Organisation => "Organisation",
            Self::Contact => "Contact",
        }
    }
}

/// Where the choices of a field come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choices {
    /// Open, won, lost, on hold.
    Status,
    /// The owner's call.
    Category,
    /// New business, renewal, further sale.
    DealKind,
    /// Buying roles.
    Role,
    /// How a customer is doing.
    Health,
    /// The options of a field of one's own.
    Custom(FieldId),
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// A text.
    Text,
    /// Several short texts.
    Texts,
    /// A number.
    Number,
    /// An amount.
    Money,
    /// A civil date.
    Date,
    /// Yes or no.
    YesNo,
    /// One of some choices.
    Choice(Choices),
    /// Any of some choices.
    Choices(Choices),
    /// A record of this kind.
    Record(Kind),
    /// Records of this kind.
    Records(Kind),
    /// Something that is there or not.
    Presence,
}

impl FieldType {
    /// The comparisons that go with it, the usual one first.
    #[must_use]
    pub fn ops(self) -> &'static [Op] {
        match self {
            Self::Text => &[
                Op::Is,
                Op::IsNot,
                Op::Contains,
                Op::Lacks,
                Op::Set,
                Op::Empty,
            ],
            Self::Texts | Self::Choices(_) | Self::Records(_) => {
                &[Op::Contains, Op::Lacks, Op::Set, Op::Empty]
            }
            Self::Number => &[
                Op::AtLeast,
                Op::AtMost,
                Op::Is,
                Op::IsNot,
                Op::Set,
                Op::Empty,
            ],
            Self::Money => &[Op::AtLeast, Op::AtMost, Op::Set, Op::Empty],
            Self::Date => &[
                Op::Within,
                Op::Older,
                Op::Before,
                Op::After,
                Op::Is,
                Op::Set,
                Op::Empty,
            ],
            Self::YesNo => &[Op::Is, Op::Set, Op::Empty],
            Self::Choice(_) | Self::Record(_) => &[Op::Is, Op::IsNot, Op::Set, Op::Empty],
            Self::Presence => &[Op::Set, Op::Empty],
        }
    }

    /// How many values a comparison takes with it: none, one, or any number from one on.
    #[must_use]
    pub fn takes_many(self, op: Op) -> bool {
        let listed = matches!(op, Op::Is | Op::IsNot | Op::Contains | Op::Lacks);
        listed && !matches!(self, Self::YesNo | Self::Number | Self::Date)
    }
}

/// A field that a condition can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldInfo {
    /// Its name in conditions: `organisation.industry`.
    pub what: String,
    /// Whose it is.
    pub home: Home,
    /// What people call it: "Industry".
    pub label: String,
    /// What it holds.
    pub kind: FieldType,
    /// What a number counts, such as "days"; empty where it says nothing.
    pub unit: &'static str,
    /// It is worked out from scores or the profile, so it may not stand in their own rules.
    pub scored: bool,
}

/// Which fields may be named where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Organisations alone: the ideal customer profile.
    Organisation,
    /// Deals with their organisations and contacts, but no scores: scoring rules.
    Scoring,
    /// Everything: automations.
    All,
}

impl Scope {
    /// Whether a field may be named here.
    #[must_use]
    pub fn has(self, field: &FieldInfo) -> bool {
        match self {
            Self::Organisation => field.home == Home::Organisation && !field.scored,
            Self::Scoring => !field.scored || field.what == "organisation.fit",
            Self::All => true,
        }
    }
}

fn of_known(known: &Known) -> FieldInfo {
    FieldInfo {
        what: known.what.to_owned(),
        home: known.home(),
        label: known.label.to_owned(),
        kind: known.kind,
        unit: known.unit,
        scored: known.scored,
    }
}

fn of_custom(field: &CustomField) -> FieldInfo {
    let (home, prefix) = match field.home {
        FieldHome::Deal => (Home::Deal, "deal"),
        FieldHome::Organisation => (Home::Organisation, "organisation"),
        FieldHome::Contact => (Home::Contact, "contact"),
    };
    let choices = Choices::Custom(field.id);
    let kind = match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Link => FieldType::Text,
        FieldKind::Number => FieldType::Number,
        FieldKind::Money => FieldType::Money,
        FieldKind::Date => FieldType::Date,
        FieldKind::YesNo => FieldType::YesNo,
        FieldKind::Choice => FieldType::Choice(choices),
        FieldKind::Choices => FieldType::Choices(choices),
    };
    FieldInfo {
        what: format!("{prefix}.custom.{}", field.id),
        home,
        label: field.name.clone(),
        kind,
        unit: "",
        scored: false,
    }
}

/// All fields a scope can name: by home, the built-in ones first, then the team's own.
#[must_use]
pub fn fields(state: &State, scope: Scope) -> Vec<FieldInfo> {
    let mut custom: Vec<&CustomField> = state.tables.custom_fields.iter().collect();
    custom.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    let mut all: Vec<FieldInfo> = known::all().map(of_known).collect();
    all.extend(custom.into_iter().map(of_custom));
    all.retain(|field| scope.has(field));
    all.order_by_key(|field| field.home);
    all
}

/// A field by its name in conditions; none when it is unknown or removed.
#[must_use]
pub fn field(state: &State, what: &str) -> Option<FieldInfo> {
    match Source::find(what)? {
        Source::Known(known) => Some(of_known(known)),
        Source::Custom(home, id) => {
            let field = state.tables.custom_fields.get(id).map(of_custom)?;
            (field.home == home).then_some(field)
        }
    }
}

/// One value to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// As conditions have it.
    pub value: String,
    /// As people read it.
    pub label: String,
}

impl Pick {
    fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// The values a field of choices, records or yes and no can be compared with; empty for
/// others.
#[must_use]
pub fn picks(state: &State, kind: FieldType) -> Vec<Pick> {
    macro_rules! words {
        ($name:ident) => {
            $name::ALL
                .iter()
                .map(|w| Pick::new(w.code(), w.label()))
                .collect()
        };
    }
    match kind {
        FieldType::YesNo => vec![Pick::new("yes", "Yes"), Pick::new("no", "No")],
        FieldType::Choice(choices) | FieldType::Choices(choices) => match choices {
            Choices::Status => words!(Status),
            Choices::Category => words!(ForecastCategory),
            Choices::DealKind => words!(DealKind),
            Choices::Role => words!(BuyingRole),
            Choices::Health => words!(Health),
            Choices::Custom(id) => {
                let field = state.tables.custom_fields.get(id);
                let options = field.map(|f| f.options.as_slice()).unwrap_or_default();
                options.iter().map(|o| Pick::new(o, o)).collect()
            }
        },
        FieldType::Record(kind) | FieldType::Records(kind) => records(state, kind),
        _ => Vec::new(),
    }
}

fn records(state: &State, kind: Kind) -> Vec<Pick> {
    let t = &state.tables;
    macro_rules! named {
        ($table:ident) => {{
            let all = t.$table.iter();
            let mut all: Vec<Pick> = all.map(|r| Pick::new(r.id.to_string(), &r.name)).collect();
            all.order_by(|a, b| a.label.to_lowercase().cmp(&b.label.to_lowercase()));
            all
        }};
    }
    match kind {
        // Stages go by their order, with their pipeline where there is more than one.
        Kind::Stage => {
            let pipelines = state.pipelines();
            let several = pipelines.len() > 1;
            let stages = pipelines.iter().flat_map(|p| {
                state.stages(p.id).into_iter().map(move |s| {
                    let name = if several {
                        format!("{} ({})", s.name, p.name)
                    } else {
                        s.name.clone()
                    };
                    Pick::new(s.id.to_string(), name)
                })
            });
            stages.collect()
        }
        Kind::Pipeline => {
            let all = state.pipelines();
            all.iter()
                .map(|p| Pick::new(p.id.to_string(), &p.name))
                .collect()
        }
        Kind::Person => named!(people),
        Kind::Territory => named!(territories),
        Kind::Team => named!(teams),
        Kind::Persona => named!(personas),
        Kind::Product => named!(products),
        _ => Vec::new(),
    }
}

/// The most texts offered for a field; one with more different texts offers none.
const MOST_SUGGESTED: usize = 200;

/// The texts a field holds at present, each once, the most used first; for typing less. None
/// for fields that are different on every record.
#[must_use]
pub fn suggestions(world: &World, field: &FieldInfo) -> Vec<String> {
    if !matches!(field.kind, FieldType::Text | FieldType::Texts) {
        return Vec::new();
    }
    let Some(source) = Source::find(&field.what) else {
        return Vec::new();
    };
    let t = &world.state.tables;
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut note = |subject: &Subject| {
        source.read(subject, &mut |atom| {
            if let Atom::Text(text) = atom
                && text.len() <= 80
                && found.len() <= MOST_SUGGESTED
            {
                *found.entry(text.to_owned()).or_default() += 1;
            }
        });
    };
    // No text depends on the time.
    let day = NaiveDate::default();
    if field.home == Home::Organisation {
        for organisation in t.organisations.iter() {
            note(&Subject::organisation(world, organisation, 0, day));
        }
    } else {
        for deal in t.deals.iter() {
            note(&Subject::deal(world, deal, 0, day));
        }
    }
    if found.len() > MOST_SUGGESTED {
        return Vec::new();
    }
    let mut all: Vec<(String, usize)> = found.into_iter().collect();
    all.order_by(|a, b| b.1.cmp(&a.1));
    all.into_iter().map(|(text, _)| text).collect()
}

/// The id in the 16 digits of a value.
pub(super) fn id_of(text: &str) -> Option<u64> {
    text.parse::<FieldId>().ok().map(Id::raw)
}
