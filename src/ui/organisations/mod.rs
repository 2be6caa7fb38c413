//! Organisations: the list, and the page of one.

mod about;
mod add;
mod contacts;
mod list;
mod page;

pub use add::{AddOrganisation, Adding};
pub use list::OrganisationsView;
pub use page::OrganisationPage;
