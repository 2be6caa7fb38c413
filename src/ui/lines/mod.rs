//! The lines of a deal: the list with its totals, and the form of one line. Used on the page
//! of a deal, where each change is saved at once, and in its form, where all are saved together.

mod dialog;
mod list;
mod totals;
mod words;

pub use dialog::LineDialog;
pub use list::{AddLine, LineList, LineRow};
pub use totals::{Totals, TotalsOf};
pub use words::{describe, quantity, term};
