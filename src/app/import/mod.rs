//! Bringing in spreadsheets: files of deals, organisations, products, people, contacts
//! and activities, several at once, joined by name.
//!
//! The way: cells ([`crate::codec::csv`]) → [`Plan`] (what each file holds, what each
//! column means, how its cells are read: our best guess, to be changed) → [`Surveyor`]
//! (which stages, which names are not known) → [`Importer`] (edits and a [`Report`]) →
//! [`Prepared::command`], one change and so one undo. The last three go in steps of a few
//! rows, so that the page stays alive; any of them can be dropped at any time, and nothing
//! has happened.
//!
//! Every doubt is said aloud: a cell that cannot be read, a blank where a value usually
//! is, a name that looks like another. Rows are left out only with a reason.

mod activities;
mod alias;
mod aliases;
mod cells;
mod choice;
mod deals;
mod foundation;
mod guess;
mod holds;
mod kinds;
pub mod list;
mod names;
mod near;
pub mod own;
mod own_plan;
mod placing;
mod plan;
pub mod preview;
mod ranking;
mod records;
mod report;
mod run;
mod settle;
pub mod source;
mod stages;
mod survey;
mod target;
mod what;
mod work;

pub use cells::Setting;
pub use choice::{Again, Domain, Doubt, Missing, Unit};
pub use foundation::Foundation;
pub use holds::{Holds, grouped};
pub use near::fold;
pub use own::Own;
pub use plan::{Blocker, ColumnPlan, FilePlan, Plan, Source};
pub use report::{Group, KEPT, Problem, Report, StageTotal, Tally};
pub use run::{Importer, Prepared, Progress};
pub use settle::standing_names;
pub use stages::{PipelineTo, StageKey, StageTo, Stood, pipeline_to, stage_to, status_of};
pub use survey::{Names, StageValue, Survey, Surveyor, Unknown};
pub use target::{Reading, Target};
pub use what::{Severity, What};
