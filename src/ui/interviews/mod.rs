//! What customers said after a deal was won or lost: written down on the deal's page and beside
//! the reasons.

mod card;
mod dialog;
mod of_deal;

pub use card::InterviewCard;
pub use dialog::InterviewDialog;
pub use of_deal::DealInterviews;
