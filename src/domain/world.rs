//! The state with the indexes that make it quick to read, kept in step.

use super::beside::Beside;
use super::change::{Change, EntityRef, Kind, RefSet, Slot};
use super::custom::CustomValue;
use super::ids::{ActivityId, DealId, Id, IdMap, OrgId, shed};
use super::links::Links;
use super::query::agenda::Agenda;
use super::query::board::BoardIndex;
use super::query::fit::Profile;
use super::query::score::ScoreRules;
use super::state::State;

/// State and indexes. Everything outside the domain reads this.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// The entities.
    pub state: State,
    /// Deals by stage, in order, with totals.
    pub board: BoardIndex,
    /// Activities by deal, in no order, removed ones not among them.
    pub activities: IdMap<DealId, Vec<ActivityId>>,
    /// Records by the organisation or contact they name.
    pub links: Links,
    /// Activities by due day, and open deals without a next step.
    pub agenda: Agenda,
    /// The ideal customer profile and the scoring rules, ready to be asked.
    pub rules: Rules,
    /// Which deal an activity is filed under in `activities`.
    pub(super) filed: IdMap<ActivityId, DealId>,
}

/// Edits from which on indexes are built anew.
const MANY: usize = 4_000;
/// Profile and scoring rules as they were last read.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The ideal customer profile.
    pub profile: Profile,
    /// The scoring rules.
    pub scores: ScoreRules,
}

impl Rules {
    pub(super) fn read(state: &State) -> Self {
        Self {
            profile: Profile::read(state),
            scores: ScoreRules::read(state),
        }
    }

    /// Whether rules may read differently after a change of this kind: the rules themselves,
    /// and what they name.
    fn depend_on(kind: Kind) -> bool {
        !matches!(
            kind,
            Kind::Deal | Kind::Organisation | Kind::Contact | Kind::Activity | Kind::RuleRun
        )
    }
}

/// What a change touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Entities of which a field was really set, each once.
    pub entities: Vec<EntityRef>,
    /// How many fields were set.
    pub fields: usize,
}

impl World {
    /// Builds all indexes over a state just read.
    #[must_use]
    pub fn over(state: State) -> Self {
        Beside::over(state).finish()
    }

    /// Builds all indexes anew but the links, which are up to date.
    fn rebuild(&mut self) {
        let links = std::mem::take(&mut self.links);
        *self = Beside::with_links(std::mem::take(&mut self.state), links).finish();
    }

    /// Applies a change and brings the indexes up to date.
    pub fn apply(&mut self, change: &Change) -> Touched {
        // A large change touches most rows anyway: building anew is then the quicker way.
        let linked = if change.edits.len() > MANY {
            Vec::new()
        } else {
            change.entities()
        };
        for entity in &linked {
            self.links.file(&self.state, *entity, false);
        }
        let slots = self.state.apply(change);
        for entity in &linked {
            self.links.file(&self.state, *entity, true);
        }
        if change.edits.len() > MANY {
            self.links = Links::over(&self.state);
        }
        let entities = self.reindex(&slots);
        Touched {
            entities,
            fields: slots.len(),
        }
    }

    fn reindex(&mut self, slots: &[Slot]) -> Vec<EntityRef> {
        let mut seen = RefSet::default();
        let mut entities: Vec<EntityRef> = slots
            .iter()
            .map(|s| s.entity)
            .filter(|e| seen.insert(*e))
            .collect();
        // A stage that comes, goes or changes weight moves or reweighs all its deals, and
        // a large change touches most rows anyway: building anew is then the quicker way.
        let stages = entities
            .iter()
            .any(|e| matches!(e.kind, Kind::Stage | Kind::Pipeline));
        if stages || entities.len() > 1_000 {
            self.rebuild();
            return entities;
        }
        if entities.iter().any(|e| Rules::depend_on(e.kind)) {
            self.rules = Rules::read(&self.state);
        }
        let mut deals: Vec<DealId> = Vec::new();
        let mut looks: Vec<DealId> = Vec::new();
        for entity in &entities {
            match entity.kind {
                Kind::Deal => {
                    self.board.update(&self.state, DealId(entity.id));
                    looks.push(DealId(entity.id));
                }
                Kind::Activity => {
                    let id = ActivityId(entity.id);
                    deals.extend(self.filed.get(&id));
                    self.file_activity(id);
                    self.agenda.file(&self.state, id);
                    deals.extend(self.filed.get(&id));
                }
                // Cards are found by these names too.
                Kind::Organisation | Kind::Contact | Kind::Person | Kind::Product => {
                    self.board.forget_text(&self.state, *entity);
                }
                // Which of a deal's own fields are searched.
                Kind::CustomField => self.board.forget_all_text(),
                _ => {}
            }
        }
        for deal in looks.into_iter().chain(deals.iter().copied()) {
            self.agenda.look(&self.state, &self.activities, deal);
        }
        // A deal shows its next step, so it looks different when an activity of it does.
        entities.extend(
            deals
                .into_iter()
                .map(EntityRef::from)
                .filter(|e| seen.insert(*e)),
        );
        entities
    }

    /// Files an activity under the deal it is of now.
    pub(super) fn file_activity(&mut self, id: ActivityId) {
        if let Some(deal) = self.filed.remove(&id)
            && let Some(list) = self.activities.get_mut(&deal)
        {
            list.retain(|a| *a != id);
        }
        if let Some(deal) = self.state.tables.activities.get(id).and_then(|a| a.deal) {
            self.activities.entry(deal).or_default().push(id);
            self.filed.insert(id, deal);
        }
    }

    /// Lets go of some of a world that is not needed any more; says whether there was any.
    pub fn shed(&mut self) -> bool {
        self.state.shed() || self.board.shed() || shed(&mut self.activities)
    }

    /// The deals of an organisation that are not removed, in no order.
    #[must_use]
    pub fn deals_of(&self, org: OrgId) -> Vec<DealId> {
        self.links.deals_of(org).to_vec()
    }

    /// What a deal's contacts, owner and organisation are called, lower-case, with its
    /// title, tags and the texts of its own fields: what the search looks through.
    #[must_use]
    pub fn search_text(state: &State, deal: DealId) -> String {
        let t = &state.tables;
        let Some(deal) = t.deals.get(deal) else {
            return String::new();
        };
        let mut text = deal.title.clone();
        let mut add = |part: &str| {
            if !part.is_empty() {
                text.push('\n');
                text.push_str(part);
            }
        };
        if let Some(org) = deal.organisation.and_then(|id| t.organisations.get(id)) {
            add(&org.name);
        }
        if let Some(owner) = deal.owner.and_then(|id| t.people.get(id)) {
            add(&owner.name);
        }
        for link in &deal.contacts {
            if let Some(contact) = t.contacts.get(link.contact) {
                add(&contact.name);
            }
        }
        for product in deal.products.iter().filter_map(|id| t.products.get(*id)) {
            add(&product.name);
        }
        for tag in &deal.tags {
            add(tag);
        }
        add(&deal.source);
        add(&deal.external);
        for (field, value) in deal.custom.iter() {
            match value {
                _ if t.custom_fields.get(field).is_none() => {}
                CustomValue::Text(text) => add(text),
                CustomValue::List(list) => list.iter().for_each(|option| add(option)),
                _ => {}
            }
        }
        text.to_lowercase()
    }

    /// True when the entity is shown somewhere: known and not removed.
    #[must_use]
    pub fn is_alive(&self, entity: EntityRef) -> bool {
        self.state.tables.is_alive(entity)
    }

    /// The ids of a kind that are not removed.
    #[must_use]
    pub fn alive_ids<I: Id>(&self, kind: Kind) -> Vec<I> {
        self.state
            .tables
            .alive()
            .into_iter()
            .filter(|(e, _)| e.kind == kind)
            .map(|(e, _)| I::from_raw(e.id))
            .collect()
    }
}
