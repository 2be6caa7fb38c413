//! The people and organisations around a deal.

use super::ids::{ContactId, OrgId, PersonId, ProductId};
use super::money::Money;
use crate::entity;

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
    }
}
