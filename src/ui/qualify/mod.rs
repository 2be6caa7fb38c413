//! Qualification where deals and organisations are shown: criteria, questions, scores, and the
//! dialog a move past unmet criteria opens.

mod checklist;
mod deal_grade;
mod fill_field;
mod filling;
pub mod fit_card;
mod gate_dialog;
mod gate_items;
mod grade;
mod questions;
mod scores;

pub use checklist::Checklist;
pub use deal_grade::DealGrade;
pub use filling::Gated;
pub use fit_card::FitCard;
pub use gate_dialog::GateDialog;
pub use grade::{GradeChip, QualifiedMark};
pub use questions::{Questions, has_framework};
pub use scores::{ScoreCard, ScoreReasons, points};

use super::store::Store;
use crate::domain::change::Kind;
use crate::domain::ids::DealId;

/// Reruns the surrounding closure when anything that says how far a deal is qualified changes.
fn track(store: Store, deal: DealId) {
    store.track(deal);
    for kind in [
        Kind::Pipeline,
        Kind::Stage,
        Kind::Criterion,
        Kind::Framework,
        Kind::Question,
        Kind::ScoreRule,
        Kind::IcpCriterion,
        Kind::CustomField,
        Kind::Workspace,
        Kind::Organisation,
        Kind::Contact,
        Kind::Person,
    ] {
        store.track_kind(kind);
    }
}
