//! The state: what all changes so far amount to.

use super::change::{Change, Edit, EntityRef, Kind, Slot, SlotSet, Tables};
use super::deal::{Deal, DealField};
use super::ids::{DealId, PersonId, PipelineId, StageId};
use super::shared::SharedMap;
use super::stage::{Pipeline, Stage, StageKind};
use super::stamp::{Millis, Stamp};
use super::workspace::{WORKSPACE, Workspace};
use crate::domain::order::Order;
use std::sync::Arc;

/// One entry of a deal into a stage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct StageEntry {
    /// When the deal entered, in milliseconds since 1970.
    pub since: Millis,
    /// The change that said so.
    pub stamp: Stamp,
    /// The stage entered.
    pub stage: StageId,
    /// The change this entry takes back, [`Stamp::ZERO`] when none.
    pub undoes: Stamp,
}

/// All entities with the stamps of their fields, and the stage entries of all deals.
///
/// A fold over changes: [`State::apply`] is commutative and idempotent, so any order
/// and any repetition of the same changes gives the same state. Copies share what has not
/// changed since.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The entities.
    pub tables: Tables,
    /// Per deal, every stage entry ever said, sorted; read through [`State::stage_entries`].
    entries: SharedMap<DealId, Arc<[StageEntry]>>,
}

impl State {
    /// Applies a change and returns the fields it really set (none when all were set
    /// later by others, or nothing new was said).
    pub fn apply(&mut self, change: &Change) -> Vec<Slot> {
        let mut set = Vec::with_capacity(change.edits.len());
        for edit in &change.edits {
            if let Edit::Deal(id, DealField::Placement(placement)) = edit {
                self.note_entry(
                    *id,
                    StageEntry {
                        since: placement.since,
                        stamp: change.stamp,
                        stage: placement.stage,
                        undoes: change.undoes.unwrap_or(Stamp::ZERO),
                    },
                );
            }
            let slot = edit.slot();
            if self.tables.apply(edit.clone(), change.stamp) {
                set.push(slot);
            }
        }
        set
    }

    /// Room for this many more of a kind: tables that grow step by step are copied each time,
    /// and a page never gives memory back.
    pub fn reserve(&mut self, kind: Kind, more: usize) {
        self.tables.reserve(kind, more);
        if kind == Kind::Deal {
            self.entries.reserve(more);
        }
    }

    fn note_entry(&mut self, deal: DealId, entry: StageEntry) {
        let known = self.raw_entries(deal);
        if let Err(at) = known.binary_search(&entry) {
            let all: Arc<[StageEntry]> = match known.split_at(at) {
                ([], []) => Arc::new([entry]),
                (earlier, later) => [earlier, &[entry], later].concat().into(),
            };
            self.entries.put(deal, all);
        }
    }

    /// Puts a stage entry back, as read from a snapshot.
    pub fn restore_entry(&mut self, deal: DealId, entry: StageEntry) {
        self.note_entry(deal, entry);
    }

    /// Lets go of some of a state that is not needed any more; says whether there was any.
    pub fn shed(&mut self) -> bool {
        self.tables.shed() || self.entries.shed()
    }

    /// Every stage entry ever said of a deal, also those taken back; for snapshots.
    #[must_use]
    pub fn raw_entries(&self, deal: DealId) -> &[StageEntry] {
        self.entries.get(deal).map_or(&[], |all| &**all)
    }

    /// The stages a deal has been in, in order of time, without those that were undone
    /// and without repeats of the stage it stood in already.
    #[must_use]
    pub fn stage_entries(&self, deal: DealId) -> Vec<StageEntry> {
        let all = self.raw_entries(deal);
        // An undo cancels the entries of the change it takes back; a redo (the undo of
        // an undo) cancels the undo, so the first entries count again.
        let cancels = |e: &StageEntry| e.undoes != Stamp::ZERO;
        let mut undone: std::collections::HashSet<Stamp> = std::collections::HashSet::new();
        let mut by_stamp: Vec<&StageEntry> = all.iter().filter(|e| cancels(e)).collect();
        by_stamp.order_by_key(|e| std::cmp::Reverse(e.stamp));
        for entry in by_stamp {
            if !undone.contains(&entry.stamp) {
                undone.insert(entry.undoes);
            }
        }
        let mut result: Vec<StageEntry> = Vec::new();
        for entry in all
            .iter()
            .filter(|e| !cancels(e) && !undone.contains(&e.stamp))
        {
            if result.last().is_none_or(|last| last.stage != entry.stage) {
                result.push(*entry);
            }
        }
        result
    }

    /// The workspace's settings; the defaults when none were ever made.
    #[must_use]
    pub fn workspace(&self) -> Workspace {
        use super::entity::Entity;
        self.tables
            .workspaces
            .get(WORKSPACE)
            .cloned()
            .unwrap_or_else(|| Workspace::blank(WORKSPACE))
    }

    /// True when nothing was ever begun here.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.tables.pipelines.iter().next().is_none() && self.tables.deals.iter().next().is_none()
    }

    /// The pipelines in their order.
    #[must_use]
    pub fn pipelines(&self) -> Vec<&Pipeline> {
        let mut all: Vec<&Pipeline> = self.tables.pipelines.iter().collect();
        all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
        all
    }

    /// The stages of a pipeline in their order.
    #[must_use]
    pub fn stages(&self, pipeline: PipelineId) -> Vec<&Stage> {
        let mut all: Vec<&Stage> = self
            .tables
            .stages
            .iter()
            .filter(|s| s.pipeline == pipeline)
            .collect();
        all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
        all
    }

    /// The stage a deal is shown in. One that names a removed stage, or a stage of a removed
    /// pipeline (two people worked at once), stands in that stage's successor, else in the first stage of the same
    /// pipeline, else of the first pipeline: a deal is never lost from sight.
    #[must_use]
    pub fn standing(&self, named: StageId) -> Option<StageId> {
        let mut at = named;
        // Successors may form a ring after a merge of two people's edits: bounded.
        for _ in 0..16 {
            let here = self.tables.stages.get(at);
            if here.is_some_and(|s| self.tables.pipelines.get(s.pipeline).is_some()) {
                return Some(at);
            }
            match self
                .tables
                .stages
                .row(at)
                .and_then(|row| row.entity.successor)
            {
                Some(next) => at = next,
                None => break,
            }
        }
        let home = self.tables.stages.row(named).map(|row| row.entity.pipeline);
        let first_of = |p: PipelineId| self.stages(p).first().map(|s| s.id);
        home.filter(|p| self.tables.pipelines.get(*p).is_some())
            .and_then(first_of)
            .or_else(|| self.pipelines().iter().find_map(|p| first_of(p.id)))
    }

    /// The stage a deal is shown in.
    #[must_use]
    pub fn stage_of(&self, deal: &Deal) -> Option<&Stage> {
        self.standing(deal.placement.stage)
            .and_then(|id| self.tables.stages.get(id))
    }

    /// Whether a member of the team is there: known, and has not left.
    #[must_use]
    pub fn is_here(&self, person: PersonId) -> bool {
        self.tables.people.get(person).is_some_and(|p| !p.left)
    }

    /// The chance to win of an open deal in percent: its own, else its stage's; 100 for
    /// won, 0 for lost and for deals put aside.
    #[must_use]
    pub fn probability(&self, deal: &Deal) -> u8 {
        use super::deal::Outcome;
        match deal.outcome {
            Outcome::Won(_) => 100,
            Outcome::Lost(_) | Outcome::OnHold(_) => 0,
            Outcome::Open => deal
                .probability
                .or_else(|| self.stage_of(deal).map(|s| s.probability))
                .unwrap_or(0)
                .min(100),
        }
    }

    /// The first stage of a kind in a pipeline.
    #[must_use]
    pub fn first_of_kind(&self, pipeline: PipelineId, kind: StageKind) -> Option<&Stage> {
        self.stages(pipeline).into_iter().find(|s| s.kind == kind)
    }

    /// What the fields of these edits hold now, for those that were ever set: the
    /// `before` of a change about to be made.
    #[must_use]
    pub fn before(&self, edits: &[Edit]) -> Vec<Edit> {
        let mut seen = SlotSet::default();
        edits
            .iter()
            .map(Edit::slot)
            .filter(|slot| self.tables.stamp_of(*slot) != Stamp::ZERO && seen.insert(*slot))
            .map(|slot| self.tables.present(slot))
            .collect()
    }

    /// Whose quota it is: a person, a team, a territory or all.
    fn quota_name(&self, quota: &super::quota::Quota) -> String {
        let whose = (quota.person.map(EntityRef::from))
            .or_else(|| quota.team.map(EntityRef::from))
            .or_else(|| quota.territory.map(EntityRef::from));
        let whose = whose.map_or_else(|| "all".to_owned(), |of| self.name_of(of));
        match quota.from {
            Some(from) => format!("{whose}, {} from {from}", quota.span.code()),
            None => whose,
        }
    }

    /// A name to call an entity by in sentences, even when it is removed.
    #[must_use]
    pub fn name_of(&self, entity: EntityRef) -> String {
        use super::ids::Id;
        let t = &self.tables;
        macro_rules! name {
            ($table:ident, $field:ident) => {
                t.$table
                    .row(Id::from_raw(entity.id))
                    .map(|row| row.entity.$field.clone())
            };
        }
        let name = match entity.kind {
            Kind::Workspace => name!(workspaces, name),
            Kind::Pipeline => name!(pipelines, name),
            Kind::Stage => name!(stages, name),
            Kind::Deal => name!(deals, title),
            Kind::Organisation => name!(organisations, name),
            Kind::Contact => name!(contacts, name),
            Kind::Person => name!(people, name),
            Kind::Product => name!(products, name),
            Kind::Activity => name!(activities, subject),
            Kind::CustomField => name!(custom_fields, name),
            Kind::Team => name!(teams, name),
            Kind::Territory => name!(territories, name),
            Kind::Persona => name!(personas, name),
            Kind::IcpCriterion => name!(icp, name),
            Kind::Criterion => name!(criteria, text),
            Kind::Framework => name!(frameworks, name),
            Kind::Question => name!(questions, name),
            Kind::ScoreRule => name!(score_rules, name),
            Kind::Cadence => name!(cadences, name),
            Kind::CadenceStep => name!(steps, subject),
            Kind::Template => name!(templates, name),
            Kind::Automation => name!(automations, name),
            Kind::RuleRun => name!(runs, cause),
            Kind::Campaign => name!(campaigns, name),
            Kind::Interview => name!(interviews, decided),
            Kind::Rate => t
                .rates
                .row(Id::from_raw(entity.id))
                .map(|row| format!("{} in {}", row.entity.of, row.entity.in_currency)),
            Kind::Review => name!(reviews, name),
            Kind::Coaching => name!(coaching, text),
            Kind::Practice => name!(practices, title),
            Kind::Feedback => name!(feedback, text),
            Kind::Dashboard => name!(dashboards, name),
            Kind::Quota => t
                .quotas
                .row(Id::from_raw(entity.id))
                .map(|row| self.quota_name(&row.entity)),
            Kind::ExternalFactor => name!(factors, name),
            Kind::Call => name!(calls, note),
            Kind::Experiment => name!(experiments, name),
        };
        name.filter(|n| !n.is_empty())
            .unwrap_or_else(|| "unnamed".to_owned())
    }
}
