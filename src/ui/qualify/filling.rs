//! A move that waits, and what the person fills in for it.

use crate::app::gates::{fill_field, remaining};
use crate::domain::change::Edit;
use crate::domain::command::qualify::{AnswerDraft, Fill};
use crate::domain::command::{Command, OrNew, Refusal};
use crate::domain::deal::{BuyingRole, DealContact, DealField};
use crate::domain::ids::{ContactId, CriterionId, DealId, IdSource, QuestionId};
use crate::domain::party::ContactField;
use crate::domain::query::gate::Gap;
use crate::domain::world::World;
use crate::ui::store::Store;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A move that waits for what it is missing.
#[derive(Clone)]
pub struct Gated {
    /// The move.
    pub command: Command,
    /// What was missing when it was asked for.
    pub gaps: Vec<Gap>,
    /// What follows once it was made.
    pub then: Option<Rc<dyn Fn()>>,
}

impl Gated {
    /// A move that nothing follows yet.
    #[must_use]
    pub fn new(command: Command, gaps: Vec<Gap>) -> Self {
        Self {
            command,
            gaps,
            then: None,
        }
    }
}

/// An answer as typed: its score, once chosen, and the evidence.
pub(super) type Typed = (Option<u8>, String);

/// What was filled in so far, as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filling {
    /// Whether a criterion is ticked, the evidence, and since when.
    pub checks: BTreeMap<(DealId, CriterionId), (bool, String, String)>,
    /// Fields, as [`fill_field`] reads them.
    pub fields: BTreeMap<(DealId, String), Vec<String>>,
    /// Answers: score, once chosen, and evidence.
    pub answers: BTreeMap<(DealId, QuestionId), Typed>,
    /// Contacts to add.
    pub contacts: BTreeMap<DealId, Vec<OrNew<ContactId>>>,
    /// Why it goes on all the same.
    pub reason: String,
}

/// What is wrong with one thing filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// A field of a deal.
    Field(DealId, String, String),
    /// The evidence of a criterion.
    Evidence(DealId, CriterionId),
}

impl Filling {
    /// As commands take it; what cannot be read is left out and told.
    pub fn read(&self, store: Store) -> (Fill, Vec<Wrong>) {
        // Its own ids: those of new records must not be the same twice.
        let seed = store
            .runtime()
            .with_mut(crate::app::session::Session::entropy);
        store.with(|s| self.fill(s.world(), &mut IdSource::new(seed)))
    }

    fn fill(&self, world: &World, ids: &mut IdSource) -> (Fill, Vec<Wrong>) {
        let (mut fill, mut wrong) = (Fill::default(), Vec::new());
        for ((deal, id), (ticked, evidence, on)) in &self.checks {
            let known = world.state.tables.criteria.get(*id);
            let needs = known.is_some_and(|c| c.evidence) && evidence.trim().is_empty();
            match (*ticked, needs) {
                (true, true) => wrong.push(Wrong::Evidence(*deal, *id)),
                (true, false) => {
                    let on = on.parse().ok();
                    fill.checks.push((*deal, *id, evidence.clone(), on));
                }
                _ => {}
            }
        }
        for ((deal, name), typed) in &self.fields {
            match fill_field(world, *deal, name, typed, ids) {
                Ok(edits) => fill.edits.extend(edits),
                Err(message) => wrong.push(Wrong::Field(*deal, name.clone(), message)),
            }
        }
        for ((deal, question), (score, evidence)) in &self.answers {
            if let Some(score) = score {
                let draft = AnswerDraft {
                    score: *score,
                    evidence: evidence.clone(),
                };
                fill.answers.push((*deal, *question, draft));
            }
        }
        for (deal, added) in self.contacts.iter().filter(|(_, added)| !added.is_empty()) {
            fill.edits.extend(with_contacts(world, *deal, added, ids));
        }
        (fill, wrong)
    }
}

/// The edits that add contacts to a deal, and make those that are new.
fn with_contacts(
    world: &World,
    deal: DealId,
    added: &[OrNew<ContactId>],
    ids: &mut IdSource,
) -> Vec<Edit> {
    let Some(known) = world.state.tables.deals.get(deal) else {
        return Vec::new();
    };
    let (mut edits, mut all) = (Vec::new(), known.contacts.clone());
    for who in added {
        let contact = match who {
            OrNew::Known(id) => *id,
            OrNew::New(name) => {
                let id: ContactId = ids.fresh();
                edits.push(Edit::Contact(
                    id,
                    ContactField::Name(name.trim().to_owned()),
                ));
                edits.push(Edit::Contact(
                    id,
                    ContactField::Organisation(known.organisation),
                ));
                id
            }
        };
        if !all.iter().any(|c| c.contact == contact) {
            let role = BuyingRole::Unknown;
            all.push(DealContact { contact, role });
        }
    }
    edits.push(Edit::Deal(deal, DealField::Contacts(all)));
    edits
}

/// What is still missing with this filled in.
pub(super) fn left(
    store: Store,
    command: &Command,
    filling: &Filling,
) -> Result<Vec<Gap>, Refusal> {
    let at = store.moment();
    store.with(|s| {
        let (fill, _) = filling.fill(s.world(), &mut IdSource::new(1));
        remaining(s, command, &fill, at)
    })
}
