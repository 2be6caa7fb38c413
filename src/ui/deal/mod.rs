//! A deal: its form and its page.
//!
//! [`DealForms`] stands once in the frame and shows the form while the address says so;
//! [`new_deal_in`] opens it with a stage chosen. [`DealPage`] is the view of one deal.

mod activities;
mod after;
mod arms;
mod cadence;
mod choices;
mod close;
mod composer;
mod decided;
mod desk;
mod details;
mod draft;
mod facts;
mod fields;
mod for_deal;
mod form;
mod form_lines;
mod head;
mod inline;
mod more;
mod page;
mod people;
mod playbook;
mod products;
mod row_menu;
mod side;
mod template;
mod template_draft;
mod template_gaps;
mod when;

pub(crate) use after::renew;
pub use composer::Composer;
pub use desk::{DealBackground, DealDesk};
pub use facts::from_today;
pub use form::{
    DealFormDialog, DealForms, FormTarget, further_deal, new_deal_for, new_deal_in, new_deal_titled,
};
pub use head::StatusChip;
pub use more::{due_picks, glyph_of};
pub use page::DealPage;
