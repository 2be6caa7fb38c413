//! A deal: a possible sale on its way through a pipeline.

use super::cadence::CadenceRun;
use super::custom::CustomValue;
use super::gate::{Check, Override};
use super::ids::{
    CadenceId, CampaignId, ContactId, CriterionId, DealId, ExperimentId, FieldId, LineId, OrgId,
    OverrideId, PersonId, ProductId, QuestionId, StageId,
};
use super::line::LineItem;
use super::money::Money;
use super::qualify::Answer;
use super::rank::Rank;
use super::stamp::Millis;
use super::value::{BadValue, Field, Value};
use crate::{entity, record, words};
use chrono::NaiveDate;

record! {
    /// Where a deal stands, and since when. `since` is data of its own, not the stamp of
    /// the change: an import or a correction can say that the deal came here long ago.
    Placement {
        /// The stage.
        stage: StageId,
        /// When the deal entered it, in milliseconds since 1970.
        since: Millis,
    }
}

impl Default for Placement {
    fn default() -> Self {
        Self {
            stage: StageId(0),
            since: 0,
        }
    }
}

record! {
    /// How and when a deal left the open pipeline.
    Closure {
        /// The civil date.
        on: NaiveDate,
        /// Why; mostly one of the workspace's list of reasons, or empty.
        reason: String,
        /// Anything more to say.
        note: String,
        /// Who else was in it, or empty.
        competitor: String,
    }
}

impl Closure {
    /// A closure on a date, with nothing else said.
    #[must_use]
    pub fn on(date: NaiveDate) -> Self {
        Self {
            on: date,
            reason: String::new(),
            note: String::new(),
            competitor: String::new(),
        }
    }
}

words! {
    /// The four states of a deal, apart from the stage it stands in.
    Status: "a status: open, won, lost or on_hold" {
        /// Being worked on.
        Open = "open",
        /// Sold.
        Won = "won",
        /// Not sold.
        Lost = "lost",
        /// Put aside; counts as neither open nor closed.
        OnHold = "on_hold",
    }
}

impl Status {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Won => "Won",
            Self::Lost => "Lost",
            Self::OnHold => "On hold",
        }
    }
}

/// The state of a deal with what belongs to it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Outcome {
    /// Being worked on.
    #[default]
    Open,
    /// Sold.
    Won(Box<Closure>),
    /// Not sold.
    Lost(Box<Closure>),
    /// Put aside since the date.
    OnHold(Box<Closure>),
}

impl Outcome {
    /// The outcome of this status.
    #[must_use]
    pub fn new(status: Status, closure: Closure) -> Self {
        match status {
            Status::Open => Self::Open,
            Status::Won => Self::Won(Box::new(closure)),
            Status::Lost => Self::Lost(Box::new(closure)),
            Status::OnHold => Self::OnHold(Box::new(closure)),
        }
    }

    /// The status alone.
    #[must_use]
    pub fn status(&self) -> Status {
        match self {
            Self::Open => Status::Open,
            Self::Won(_) => Status::Won,
            Self::Lost(_) => Status::Lost,
            Self::OnHold(_) => Status::OnHold,
        }
    }

    /// Date and reason, unless open.
    #[must_use]
    pub fn closure(&self) -> Option<&Closure> {
        match self {
            Self::Open => None,
            Self::Won(c) | Self::Lost(c) | Self::OnHold(c) => Some(c),
        }
    }
}

impl Field for Outcome {
    fn to_value(&self) -> Value {
        match self.closure() {
            None => Value::Text(Status::Open.code().to_owned()),
            Some(closure) => Value::List(vec![self.status().to_value(), closure.to_value()]),
        }
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        match value {
            Value::List(parts) => match <[Value; 2]>::try_from(parts) {
                Ok([status, closure]) => Ok(Self::new(
                    Status::from_value(status)?,
                    Closure::from_value(closure)?,
                )),
                Err(parts) => Err(BadValue::new("[status, closure]", &Value::List(parts))),
            },
            other => match Status::from_value(other)? {
                Status::Open => Ok(Self::Open),
                status => Err(BadValue::new("[status, closure]", &status.to_value())),
            },
        }
    }
}

words! {
    /// How sure the owner is that a deal closes in its period.
    ForecastCategory: "a forecast category: omitted, pipeline, best_case or commit" {
        /// Not in the forecast.
        Omitted = "omitted",
        /// Possible.
        Pipeline = "pipeline",
        /// Likely if things go well.
        BestCase = "best_case",
        /// Promised.
        Commit = "commit",
    }
}

impl ForecastCategory {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Omitted => "Omitted",
            Self::Pipeline => "Pipeline",
            Self::BestCase => "Best case",
            Self::Commit => "Commit",
        }
    }
}

words! {
    /// The part a contact plays in the buying committee.
    BuyingRole: "a buying role" {
        /// Not known yet.
        Unknown = "unknown",
        /// Sells for us inside.
        Champion = "champion",
        /// Holds the budget.
        EconomicBuyer = "economic_buyer",
        /// Makes the decision.
        DecisionMaker = "decision_maker",
        /// Has a say in the decision.
        Influencer = "influencer",
        /// Judges whether it works technically.
        TechnicalBuyer = "technical_buyer",
        /// Will use it.
        User = "user",
        /// Stands against it.
        Blocker = "blocker",
        /// Handles purchase or contract.
        Procurement = "procurement",
    }
}

impl BuyingRole {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Unknown => "Role not known",
            Self::Champion => "Champion",
            Self::EconomicBuyer => "Economic buyer",
            Self::DecisionMaker => "Decision maker",
            Self::Influencer => "Influencer",
            Self::TechnicalBuyer => "Technical buyer",
            Self::User => "User",
            Self::Blocker => "Blocker",
            Self::Procurement => "Procurement",
        }
    }
}

record! {
    /// A contact on a deal with the role played there.
    DealContact {
        /// Who.
        contact: ContactId,
        /// In which role.
        role: BuyingRole,
    }
}

words! {
    /// What kind of sale it is.
    DealKind: "new, renewal, upsell or cross_sell" {
        /// To somebody new.
        New = "new",
        /// The same again.
        Renewal = "renewal",
        /// More of the same.
        Upsell = "upsell",
        /// Something else to the same customer.
        CrossSell = "cross_sell",
    }
}

impl DealKind {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New business",
            Self::Renewal => "Renewal",
            Self::Upsell => "Upsell",
            Self::CrossSell => "Cross-sell",
        }
    }
}

entity! {
    /// A possible sale.
    Deal(DealId) sets DealField {
        /// What is being sold, in a few words. Never empty on a deal that was decided here.
        title / Title: String = String::new(),
        /// Stage and since when.
        placement / Placement: Placement = Placement::default(),
        /// Place in the column, by hand.
        rank / Rank: Rank = Rank::default(),
        /// Open, won, lost or on hold.
        outcome / Outcome: Outcome = Outcome::Open,
        /// To whom.
        organisation / Organisation: Option<OrgId> = None,
        /// With whom, in which buying roles.
        contacts / Contacts: Vec<DealContact> = Vec::new(),
        /// By whom of the own team.
        owner / Owner: Option<PersonId> = None,
        /// Worth how much.
        value / Value: Option<Money> = None,
        /// The civil date it is expected to close on.
        close / Close: Option<NaiveDate> = None,
        /// Own probability in percent, 0 to 100, instead of the stage's.
        probability / Probability: Option<u8> = None,
        /// The owner's call.
        category / Category: Option<ForecastCategory> = None,
        /// Where it came from.
        source / Source: String = String::new(),
        /// Labels.
        tags / Tags: Vec<String> = Vec::new(),
        /// What the customer may buy.
        products / Products: Vec<ProductId> = Vec::new(),
        /// Free text.
        description / Description: String = String::new(),
        /// When it came into the world, in milliseconds since 1970; may be long before the
        /// import that brought it here.
        created / Created: Millis = 0,
        /// The id it has in the system it was imported from, or empty.
        external / External: String = String::new(),
        /// A first sale, or one to a customer.
        kind / Kind: DealKind = DealKind::New,
        /// The won deal it goes back to.
        origin / Origin: Option<DealId> = None,
        /// When what was sold is up for renewal.
        renewal / Renewal: Option<NaiveDate> = None,
        /// Whether the value is the sum of the lines.
        priced / Priced: bool = false,
        /// The campaign that brought it.
        campaign / Campaign: Option<CampaignId> = None,
    }
    with entries {
        /// What the team's own fields hold.
        custom / Custom: FieldId => CustomValue,
        /// What is in it, line by line.
        lines / Line: LineId => Box<LineItem>,
        /// The criteria of stages it meets.
        checks / Check: CriterionId => Box<Check>,
        /// Moves past unmet criteria.
        overrides / Override: OverrideId => Box<Override>,
        /// What is known to the questions of qualification.
        answers / Answer: QuestionId => Box<Answer>,
        /// Where it stands in cadences.
        cadences / Cadence: CadenceId => Box<CadenceRun>,
        /// Which arm of experiments it is in, from 0.
        arms / Arm: ExperimentId => i64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entity::{Entity, FieldSet};

    #[test]
    fn every_field_survives_the_tree_and_names_are_unique() {
        let mut deal = Deal::blank(DealId(1));
        let on = NaiveDate::from_ymd_opt(2026, 2, 28).unwrap();
        deal.outcome = Outcome::Lost(Box::new(Closure {
            reason: "Price".into(),
            ..Closure::on(on)
        }));
        deal.contacts = vec![DealContact {
            contact: ContactId(7),
            role: BuyingRole::Champion,
        }];
        deal.value = Some(Money::new(5, crate::domain::money::Currency::EUR));
        let mut names = std::collections::HashSet::new();
        for key in DealField::NAMES.plain_keys() {
            let field = deal.get(key, 0);
            assert_eq!(field.key(), key);
            assert_eq!(DealField::NAMES.key_of(field.name()), Some(key));
            assert_eq!(DealField::NAMES.name_of(key), field.name());
            assert!(names.insert(field.name()));
            assert_eq!(DealField::from_parts(key, 0, field.value()), Ok(field));
        }
    }

    #[test]
    fn an_entry_is_set_read_and_removed_by_its_key() {
        let mut deal = Deal::blank(DealId(1));
        let region = CustomValue::Text("North".into());
        deal.set(DealField::Custom(FieldId(9), Some(region.clone())));
        deal.set(DealField::Custom(FieldId(3), Some(CustomValue::Flag(true))));
        let field = DealField::Custom(FieldId(9), Some(region.clone()));
        assert_eq!((field.name(), field.sub()), ("custom", 9));
        assert_eq!(deal.get(field.key(), 9), field);
        assert_eq!(
            DealField::from_parts(field.key(), 9, field.value()),
            Ok(field)
        );
        let ids: Vec<_> = deal.custom.iter().map(|(id, _)| id.0).collect();
        assert_eq!(ids, [3, 9]);
        deal.set(DealField::Custom(FieldId(9), None));
        assert_eq!(deal.custom.get(FieldId(9)), None);
        assert_eq!(deal.custom.len(), 1);
    }

    #[test]
    fn a_closed_outcome_needs_its_closure() {
        assert!(Outcome::from_value(Value::Text("won".into())).is_err());
        assert!(Outcome::from_value(Value::Int(3)).is_err());
        assert_eq!(
            Outcome::from_value(Value::Text("open".into())),
            Ok(Outcome::Open)
        );
    }
}
