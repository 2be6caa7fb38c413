//! What conditions mean: which fields they can name, how they compare, and why one holds or
//! does not. Used by the ideal customer profile, scoring rules and automations.
//!
//! Pure: the time a condition is asked about comes in with its [`Subject`]. A condition as
//! typed becomes a [`Test`] once; a test is quick to put to thousands of records.

mod catalogue;
mod known;
mod operand;
mod words;

#[cfg(test)]
mod tests;

pub use catalogue::{
    Choices, FieldInfo, FieldType, Home, Pick, Scope, field, fields, picks, suggestions,
};
pub use words::{Plain, Wording, sentence, sentence_of, value_words};

use self::known::Source;
use self::operand::Operands;
use crate::domain::deal::Deal;
use crate::domain::party::Organisation;
use crate::domain::rule::{Condition, Op};
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use crate::domain::world::World;
use chrono::NaiveDate;

/// What a condition is asked about, and when.
#[derive(Clone, Copy)]
pub struct Subject<'w> {
    /// Where to look.
    pub world: &'w World,
    /// The deal, unless it is about an organisation alone.
    pub deal: Option<&'w Deal>,
    /// The organisation: the deal's, where there is a deal.
    pub organisation: Option<&'w Organisation>,
    /// The time, in milliseconds since 1970.
    pub now: Millis,
    /// The civil date.
    pub today: NaiveDate,
}

impl<'w> Subject<'w> {
    /// A deal with its organisation and contacts.
    #[must_use]
    pub fn deal(world: &'w World, deal: &'w Deal, now: Millis, today: NaiveDate) -> Self {
        let organisations = &world.state.tables.organisations;
        Self {
            world,
            deal: Some(deal),
            organisation: deal.organisation.and_then(|id| organisations.get(id)),
            now,
            today,
        }
    }

    /// An organisation alone.
    #[must_use]
    pub fn organisation(
        world: &'w World,
        organisation: &'w Organisation,
        now: Millis,
        today: NaiveDate,
    ) -> Self {
        Self {
            world,
            deal: None,
            organisation: Some(organisation),
            now,
            today,
        }
    }
}

/// What became of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It holds.
    Met,
    /// It does not hold.
    Unmet,
    /// The field is empty, or cannot be compared (an amount of a currency without a rate).
    Unknown,
}

impl Verdict {
    fn of(holds: bool) -> Self {
        if holds { Self::Met } else { Self::Unmet }
    }

    fn not(self) -> Self {
        match self {
            Self::Met => Self::Unmet,
            Self::Unmet => Self::Met,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// Which part of a condition is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The field.
    What,
    /// The comparison.
    Op,
    /// What to compare with.
    With,
}

/// A condition that cannot be asked, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct BadCondition {
    /// Which part is wrong.
    pub part: Part,
    /// A sentence or two.
    pub message: String,
}

impl BadCondition {
    fn new(part: Part, message: impl Into<String>) -> Self {
        Self {
            part,
            message: message.into(),
        }
    }
}

/// A condition ready to be asked.
#[derive(Clone, Debug)]
pub struct Test {
    /// The field it asks.
    pub field: FieldInfo,
    /// How it compares.
    pub op: Op,
    source: Source,
    operands: Operands,
    with: Vec<String>,
}

impl Test {
    /// Reads a condition.
    ///
    /// # Errors
    /// [`BadCondition`] when the field is unknown or out of scope, the comparison does not go
    /// with it, or the values cannot be read.
    pub fn read(state: &State, condition: &Condition, scope: Scope) -> Result<Self, BadCondition> {
        let what = condition.what.as_str();
        if what.is_empty() {
            return Err(BadCondition::new(Part::What, "Choose a field."));
        }
        let gone = || {
            BadCondition::new(
                Part::What,
                "This field is no longer there. Choose another one.",
            )
        };
        let field = field(state, what).ok_or_else(gone)?;
        let source = Source::find(what).ok_or_else(gone)?;
        if !scope.has(&field) {
            let message = format!("{} cannot be used here. Choose another field.", field.label);
            return Err(BadCondition::new(Part::What, message));
        }
        if !field.kind.ops().contains(&condition.op) {
            let message = format!(
                "{} cannot be compared like that. Choose another comparison.",
                field.label
            );
            return Err(BadCondition::new(Part::Op, message));
        }
        let operands = Operands::read(state, &field, condition.op, &condition.with)
            .map_err(|message| BadCondition::new(Part::With, message))?;
        Ok(Self {
            field,
            op: condition.op,
            source,
            with: operands.plain(&condition.with),
            operands,
        })
    }

    /// The condition in plain form: values trimmed, numbers and amounts as files have them.
    #[must_use]
    pub fn condition(&self) -> Condition {
        Condition {
            what: self.field.what.clone(),
            op: self.op,
            with: self.with.clone(),
        }
    }

    /// What becomes of it for this subject.
    #[must_use]
    pub fn verdict(&self, subject: &Subject) -> Verdict {
        let (mut any, mut comparable, mut hit) = (false, false, false);
        self.source.read(subject, &mut |atom| {
            any = true;
            if let Some(matches) = self.operands.compare(self.op, &atom, subject.today) {
                comparable = true;
                hit |= matches;
            }
        });
        match self.op {
            Op::Set => Verdict::of(any),
            Op::Empty => Verdict::of(!any),
            _ if !comparable => Verdict::Unknown,
            op if is_negative(op) => Verdict::of(hit).not(),
            _ => Verdict::of(hit),
        }
    }

    /// Whether it holds. What is unknown does not; but "is not" and "does not contain" hold
    /// of an empty field, so that of each pair of opposites exactly one holds.
    #[must_use]
    pub fn holds(&self, subject: &Subject) -> bool {
        match self.verdict(subject) {
            Verdict::Met => true,
            Verdict::Unmet => false,
            Verdict::Unknown => is_negative(self.op),
        }
    }

    /// What the field holds now, in words: "Industry: Retail", "Industry is not filled in".
    #[must_use]
    pub fn found(&self, subject: &Subject, wording: &dyn Wording) -> String {
        let mut parts: Vec<String> = Vec::new();
        self.source.read(subject, &mut |atom| {
            let text = words::atom(&subject.world.state, &self.field, &atom, wording);
            if !parts.contains(&text) {
                parts.push(text);
            }
        });
        words::found(&self.field, &parts, subject)
    }

    /// Whether the field holds an amount of another currency than the condition.
    fn has_other_currency(&self, subject: &Subject) -> bool {
        let mut foreign = false;
        self.source.read(subject, &mut |atom| {
            foreign |= self.operands.is_foreign(&atom);
        });
        foreign
    }

    /// Why it is met, not met or unknown, in a sentence without full stop.
    #[must_use]
    pub fn why(&self, subject: &Subject, wording: &dyn Wording) -> String {
        let found = self.found(subject, wording);
        if !self.has_other_currency(subject) {
            return found;
        }
        match self.verdict(subject) {
            Verdict::Unknown => {
                format!("{found}; not compared, as there is no exchange rate for its currency")
            }
            _ => format!("{found}, by the latest exchange rate"),
        }
    }
}

fn is_negative(op: Op) -> bool {
    matches!(op, Op::IsNot | Op::Lacks)
}

/// Conditions that all have to hold, ready to be asked. One that cannot be read never holds.
#[derive(Clone, Debug, Default)]
pub struct Tests {
    tests: Vec<Test>,
    broken: bool,
}

impl Tests {
    /// Reads conditions.
    #[must_use]
    pub fn read(state: &State, conditions: &[Condition], scope: Scope) -> Self {
        let mut all = Self::default();
        for condition in conditions {
            match Test::read(state, condition, scope) {
                Ok(test) => all.tests.push(test),
                Err(_) => all.broken = true,
            }
        }
        all
    }

    /// Whether all hold; true without any.
    #[must_use]
    pub fn hold(&self, subject: &Subject) -> bool {
        !self.broken && self.tests.iter().all(|test| test.holds(subject))
    }

    /// The tests that could be read.
    #[must_use]
    pub fn all(&self) -> &[Test] {
        &self.tests
    }
}
