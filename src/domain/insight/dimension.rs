//! What deals can be told apart by.

use crate::domain::deal::{Deal, DealKind};
use crate::domain::ids::PersonId;
use crate::domain::money::Currency;
use crate::domain::query::lines;
use crate::domain::state::State;
use crate::words;

words! {
    /// Something deals differ in.
    Dimension: "a dimension" {
        /// Who sells it.
        Owner = "owner",
        /// Their team.
        Team = "team",
        /// Where it came from.
        Source = "source",
        /// What brought it.
        Campaign = "campaign",
        /// The customer's industry.
        Industry = "industry",
        /// How many people work there.
        Size = "size",
        /// Where the customer is.
        Location = "location",
        /// In which territory.
        Territory = "territory",
        /// What is sold; a deal can be of several.
        Product = "product",
        /// A first sale, or one to a customer.
        Kind = "kind",
        /// Labels; a deal can have several.
        Tag = "tag",
        /// Who else was in it.
        Competitor = "competitor",
        /// In which currency.
        Currency = "currency",
    }
}

/// Sizes of organisations: code, label, at most so many people.
const SIZES: [(&str, &str, u32); 5] = [
    ("10", "1 to 10 people", 10),
    ("50", "11 to 50 people", 50),
    ("200", "51 to 200 people", 200),
    ("1000", "201 to 1,000 people", 1_000),
    ("more", "More than 1,000 people", u32::MAX),
];

impl Dimension {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Team => "Team",
            Self::Source => "Source",
            Self::Campaign => "Campaign",
            Self::Industry => "Industry",
            Self::Size => "Company size",
            Self::Location => "Location",
            Self::Territory => "Territory",
            Self::Product => "Product",
            Self::Kind => "Kind of sale",
            Self::Tag => "Tag",
            Self::Competitor => "Competitor",
            Self::Currency => "Currency",
        }
    }

    /// The codes of what a deal is in this; none where nothing is known. Records are named by
    /// their id, so that those of one name stay apart.
    #[must_use]
    pub fn of(self, state: &State, deal: &Deal) -> Vec<String> {
        let t = &state.tables;
        let org = deal.organisation.and_then(|id| t.organisations.get(id));
        let text = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        let one: Option<String> = match self {
            Self::Owner => deal.owner.map(|id| id.to_string()),
            Self::Team => team(state, deal.owner),
            Self::Source => text(&deal.source),
            Self::Campaign => deal.campaign.map(|id| id.to_string()),
            Self::Industry => org.and_then(|o| text(&o.industry)),
            Self::Size => org.and_then(|o| o.employees).map(|n| {
                let size = SIZES.iter().find(|(_, _, most)| n <= *most);
                size.map_or("more", |(code, ..)| code).to_owned()
            }),
            Self::Location => org.and_then(|o| text(&o.location)),
            Self::Territory => org.and_then(|o| o.territory).map(|id| id.to_string()),
            Self::Kind => Some(deal.kind.code().to_owned()),
            Self::Competitor => deal.outcome.closure().and_then(|c| text(&c.competitor)),
            Self::Currency => deal.value.map(|v| v.currency.to_string()),
            Self::Product => {
                let all = lines::products(deal);
                return all.iter().map(ToString::to_string).collect();
            }
            Self::Tag => return deal.tags.clone(),
        };
        one.into_iter().collect()
    }

    /// What a code means to people.
    #[must_use]
    pub fn name(self, state: &State, code: &str) -> String {
        macro_rules! named {
            ($id:ty) => {
                code.parse::<$id>().ok().map(|id| state.name_of(id.into()))
            };
        }
        let name = match self {
            Self::Owner => named!(PersonId),
            Self::Team => named!(crate::domain::ids::TeamId),
            Self::Campaign => named!(crate::domain::ids::CampaignId),
            Self::Territory => named!(crate::domain::ids::TerritoryId),
            Self::Product => named!(crate::domain::ids::ProductId),
            Self::Kind => DealKind::from_code(code).map(|k| k.label().to_owned()),
            Self::Size => {
                let size = SIZES.iter().find(|(c, ..)| *c == code);
                size.map(|(_, label, _)| (*label).to_owned())
            }
            Self::Currency => Currency::parse(code).ok().map(|c| c.to_string()),
            Self::Source | Self::Industry | Self::Location | Self::Tag | Self::Competitor => None,
        };
        name.unwrap_or_else(|| code.to_owned())
    }
}

fn team(state: &State, owner: Option<PersonId>) -> Option<String> {
    let person = state.tables.people.get(owner?)?;
    person.team.map(|id| id.to_string())
}
