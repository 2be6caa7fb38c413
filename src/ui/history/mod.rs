//! What was done: on one deal, and in the whole workspace.

mod deal;
mod entry;
mod load;
mod page;

pub use deal::DealHistory;
pub(in crate::ui) use entry::Local;
pub use page::HistoryPage;
