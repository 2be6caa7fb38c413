//! The people and organisations around a deal.

use super::custom::CustomValue;
use super::deal::BuyingRole;
use super::ids::{ContactId, FieldId, OrgId, PersonId, PersonaId, ProductId, TeamId, TerritoryId};
use super::line::Period;
use super::money::Money;
use crate::{entity, words};

words! {
    /// How a customer is doing with us.
    Health: "good, watch or risk" {
        /// All is well.
        Good = "good",
        /// Needs attention.
        Watch = "watch",
        /// May leave.
        Risk = "risk",
    }
}

impl Health {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Good => "Good",
            Self::Watch => "Needs attention",
            Self::Risk => "At risk",
        }
    }
}

entity! {
    /// An organisation: a customer, or one to be.
    Organisation(OrgId) sets OrgField {
        /// Its name.
        name / Name: String = String::new(),
        /// Internet domain or address of its site.
        website / Website: String = String::new(),
        /// Industry or sector.
        industry / Industry: String = String::new(),
        /// How many people work there.
        employees / Employees: Option<u32> = None,
        /// Revenue a year.
        revenue / Revenue: Option<Money> = None,
        /// The year it was founded.
        founded / Founded: Option<u16> = None,
        /// City, country or office.
        location / Location: String = String::new(),
        /// The organisation it belongs to.
        parent / Parent: Option<OrgId> = None,
        /// Free text.
        description / Description: String = String::new(),
        /// The id it has in the system it was imported from, or empty.
        external / External: String = String::new(),
        /// Who of the own team looks after it.
        owner / Owner: Option<PersonId> = None,
        /// In which territory.
        territory / Territory: Option<TerritoryId> = None,
        /// What they can spend a year on what we sell.
        budget / Budget: Option<Money> = None,
        /// How they decide: who, in which steps, by when.
        decision / Decision: String = String::new(),
        /// What hurts them.
        pains / Pains: String = String::new(),
        /// Labels.
        tags / Tags: Vec<String> = Vec::new(),
        /// How they are doing as a customer.
        health / Health: Option<Health> = None,
        /// Why.
        health_note / HealthNote: String = String::new(),
        /// The record it was merged into; set together with its removal.
        merged / Merged: Option<OrgId> = None,
    }
    with entries {
        /// What the team's own fields hold.
        custom / Custom: FieldId => CustomValue,
        /// Others that look like the same one and are not; said once for two, on the one with
        /// the smaller id.
        distinct / Distinct: OrgId => bool,
    }
}

entity! {
    /// A person at an organisation.
    Contact(ContactId) sets ContactField {
        /// Full name.
        name / Name: String = String::new(),
        /// What they do there.
        title / Title: String = String::new(),
        /// Where they work.
        organisation / Organisation: Option<OrgId> = None,
        /// E-mail addresses, the first one first choice.
        emails / Emails: Vec<String> = Vec::new(),
        /// Telephone numbers, the first one first choice.
        phones / Phones: Vec<String> = Vec::new(),
        /// Free text.
        description / Description: String = String::new(),
        /// The id they have in the system they were imported from, or empty.
        external / External: String = String::new(),
        /// The part they mostly play when their organisation buys.
        role / Role: BuyingRole = BuyingRole::Unknown,
        /// What kind of buyer they are.
        persona / Persona: Option<PersonaId> = None,
        /// Who of the own team looks after them.
        owner / Owner: Option<PersonId> = None,
        /// Labels.
        tags / Tags: Vec<String> = Vec::new(),
        /// They asked not to be contacted.
        do_not_contact / DoNotContact: bool = false,
        /// The record it was merged into; set together with its removal.
        merged / Merged: Option<ContactId> = None,
    }
    with entries {
        /// What the team's own fields hold.
        custom / Custom: FieldId => CustomValue,
        /// Others that look like the same one and are not; said once for two, on the one with
        /// the smaller id.
        distinct / Distinct: ContactId => bool,
    }
}

entity! {
    /// A member of the own team: may own deals and sign changes.
    Person(PersonId) sets PersonField {
        /// Full name.
        name / Name: String = String::new(),
        /// E-mail address.
        email / Email: String = String::new(),
        /// Who leads them.
        manager / Manager: Option<PersonId> = None,
        /// Office or region.
        office / Office: String = String::new(),
        /// What they do: seller, manager, success.
        role / Role: String = String::new(),
        /// Their team.
        team / Team: Option<TeamId> = None,
        /// Their territory.
        territory / Territory: Option<TerritoryId> = None,
        /// No longer there: keeps what is theirs, is offered no more.
        left / Left: bool = false,
    }
}

entity! {
    /// A product of the own catalogue.
    Product(ProductId) sets ProductField {
        /// Its name.
        name / Name: String = String::new(),
        /// The line of products it belongs to.
        series / Series: String = String::new(),
        /// List price of one.
        price / Price: Option<Money> = None,
        /// Article number.
        code / Code: String = String::new(),
        /// What it is.
        description / Description: String = String::new(),
        /// How often the price recurs; none for once.
        period / Period: Option<Period> = None,
        /// No longer sold: stays on deals, is offered no more.
        retired / Retired: bool = false,
    }
}
