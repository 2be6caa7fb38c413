//! A deal: its form and its page.
//!
//! [`DealForms`] stands once in the frame and shows the form while the address says so;
//! [`new_deal_in`] opens it with a stage chosen. [`DealPage`] is the view of one deal.

mod choices;
mod draft;
mod fields;
mod form;
mod more;
mod people;

pub use form::{DealFormDialog, DealForms, FormTarget, new_deal_in};
