//! What was done: on one deal, and in the whole workspace.

mod deal;
mod entry;
mod load;
mod page;
mod record;

pub use deal::DealHistory;
pub use entry::Local;
pub use page::HistoryPage;
pub use record::{RecordHistory, merges_into};
