//! Contacts: the list, and the page of one.

mod about;
mod add;
mod list;
mod page;
mod persona;
mod ways;

pub use add::{AddContact, AddingContact};
pub use list::ContactsView;
pub use page::ContactPage;
pub use persona::PersonaCard;
