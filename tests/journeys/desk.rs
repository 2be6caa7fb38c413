//! A person at work: a session, the log it has written, and a clock.

use chrono::NaiveDate;
use fairlead::app::session::{Bulk, Done, Effect, Moment, Notice, Session};
use fairlead::codec::{export, wire};
use fairlead::domain::automate::{When, Zone};
use fairlead::domain::change::{Change, Edit, EntityRef, Slot};
use fairlead::domain::command::{Command, DealDraft, Refusal};
use fairlead::domain::deal::{Closure, Deal, Status};
use fairlead::domain::ids::{DealId, PipelineId, StageId};
use fairlead::domain::merge::MergeReport;
use fairlead::domain::money::Currency;
use fairlead::domain::query::board::Place;
use fairlead::domain::stage::Stage;
use fairlead::domain::stamp::{Millis, Stamp};
use fairlead::domain::state::State;
use fairlead::domain::workspace::WorkspaceField;
use fairlead::domain::world::World;

/// 23 November 2026, 10:00 UTC.
pub const MORNING: Millis = 1_795_428_000_000;
pub const DAY: Millis = 86_400_000;

/// Where these tests take place.
pub const UTC: Zone = |_| 0;

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// One tab of one person.
pub struct Desk {
    pub session: Session,
    pub log: Vec<Change>,
    pub now: Millis,
}

impl Desk {
    /// A tab in which nothing was ever begun.
    pub fn fresh(seed: u64) -> Self {
        Self {
            session: Session::new(World::default(), Stamp::ZERO, seed),
            log: Vec::new(),
            now: MORNING,
        }
    }

    /// A tab with the seven stages and euros, which closes deals without asking why.
    pub fn new() -> Self {
        let mut desk = Self::asking();
        desk.run(Command::EditWorkspace(vec![
            WorkspaceField::ReasonsRequired(false),
        ]));
        desk
    }

    /// The same as people begin with: reasons are asked for.
    pub fn asking() -> Self {
        let mut desk = Self::fresh(1);
        desk.run(Command::Setup {
            name: "Sales".into(),
            currency: Currency::EUR,
        });
        desk
    }

    /// The same data in another tab or after a reload: read from the log as it was written.
    pub fn reopened(&self, seed: u64) -> Self {
        let file = export::write("2026-11-23T10:00:00Z", &self.log);
        let log = export::read(file.into_bytes()).unwrap();
        let mut state = State::default();
        log.iter().for_each(|change| drop(state.apply(change)));
        let newest = log.iter().map(|c| c.stamp).max().unwrap_or(Stamp::ZERO);
        Self {
            session: Session::new(World::over(state), newest, seed),
            log,
            now: self.now,
        }
    }

    pub fn at(&self) -> Moment {
        let midnight = MORNING - 10 * 3_600_000;
        let days = (self.now - midnight).div_euclid(DAY);
        Moment {
            now: self.now,
            today: today() + chrono::Duration::days(days),
        }
    }

    /// The same for rules that wait for time.
    pub fn when(&self) -> When {
        let Moment { now, today } = self.at();
        let zone = UTC;
        When { now, today, zone }
    }

    /// Lets rules work that are due, as the page does on opening.
    pub fn open(&mut self) -> Option<Notice> {
        let effects = self.session.run_due(self.at(), UTC).0;
        self.carry_out(effects)
    }

    /// Does something that must be possible.
    pub fn run(&mut self, command: Command) -> Option<EntityRef> {
        self.now += 1_000;
        let shown = format!("{command:?}");
        match self.session.command(command, self.at()) {
            Ok(Done { effects, focus }) => {
                self.carry_out(effects);
                focus
            }
            Err(refusal) => panic!("{refusal} ({shown})"),
        }
    }

    /// Does something and returns what was said about it.
    pub fn told(&mut self, command: Command) -> Notice {
        self.now += 1_000;
        let done = self.session.command(command, self.at()).unwrap();
        self.carry_out(done.effects).unwrap()
    }

    /// Tries something that must be refused, and must then have changed nothing at all.
    pub fn refused(&mut self, command: Command) -> Refusal {
        self.now += 1_000;
        self.session.take_changed_columns();
        let before = self.session.world().state.clone();
        let labels = (
            self.session.undo_label().map(str::to_owned),
            self.session.redo_label().map(str::to_owned),
        );
        let refusal = self.session.command(command, self.at()).unwrap_err();
        assert_eq!(self.session.world().state, before);
        assert_eq!(self.session.undo_label(), labels.0.as_deref());
        assert_eq!(self.session.redo_label(), labels.1.as_deref());
        assert!(self.session.take_changed_columns().is_empty());
        refusal
    }

    pub fn undo(&mut self) -> Notice {
        self.now += 1_000;
        let effects = self.session.undo(self.at());
        self.carry_out(effects).unwrap()
    }

    pub fn redo(&mut self) -> Notice {
        self.now += 1_000;
        let effects = self.session.redo(self.at());
        self.carry_out(effects).unwrap()
    }

    /// Works a large change through as the page does: in slices, written, then shown.
    pub fn carry(&mut self, mut bulk: Bulk) -> Notice {
        while !self.session.step(&mut bulk, 700).finished {}
        let written = bulk.take_written();
        let parts = written.iter().map(|w| wire::decode(&w.json).unwrap());
        self.log.extend(wire::assemble(parts.collect()).0);
        let finished = self.session.finish(bulk, |_| true);
        self.carry_out(finished.effects).unwrap()
    }

    /// A change in parts, as the log has it.
    pub fn parts(&self, stamp: Stamp) -> Vec<Change> {
        let change = self.log.iter().find(|c| c.stamp == stamp).unwrap();
        let written = wire::encode(change);
        let parts = written.iter().map(|w| wire::decode(&w.json).unwrap());
        parts.map(|part| part.change).collect()
    }

    /// What the page does with effects: writes to the log, shows the notice.
    pub fn carry_out(&mut self, effects: Vec<Effect>) -> Option<Notice> {
        let mut notice = None;
        for effect in effects {
            match effect {
                Effect::Persist { changes, .. } => self.log.extend(changes),
                Effect::Say(said) => notice = Some(said),
                Effect::Touched(_) => {}
            }
        }
        notice
    }

    /// Hears what other tabs have written.
    pub fn hear(&mut self, changes: &[Change]) {
        let effects = self.session.remote(changes);
        assert!(
            effects.iter().all(|e| matches!(e, Effect::Touched(_))),
            "what others wrote is neither written again nor announced"
        );
        self.log.extend_from_slice(changes);
    }

    /// Hears all that another tab has and this one has not.
    pub fn catch_up(&mut self, other: &Self) {
        let new: Vec<Change> = other
            .log
            .iter()
            .filter(|c| !self.log.iter().any(|mine| mine.stamp == c.stamp))
            .cloned()
            .collect();
        self.hear(&new);
    }

    pub fn export(&self) -> String {
        export::write("2026-11-23T10:00:00Z", &self.log)
    }

    /// Merges an exported file as the page does.
    pub fn import(&mut self, file: &str) -> MergeReport {
        let changes = export::read(file.as_bytes().to_vec()).unwrap();
        let (known, new): (Vec<Change>, Vec<Change>) = changes
            .into_iter()
            .partition(|c| self.log.iter().any(|mine| mine.stamp == c.stamp));
        self.log.extend_from_slice(&new);
        self.session.merge(&new, known.len()).0
    }

    pub fn world(&self) -> &World {
        self.session.world()
    }

    pub fn state(&self) -> &State {
        &self.world().state
    }

    pub fn pipeline(&self, name: &str) -> PipelineId {
        let all = self.state().pipelines();
        all.iter().find(|p| p.name == name).unwrap().id
    }

    /// A stage of the first pipeline.
    pub fn stage(&self, name: &str) -> StageId {
        self.stage_in(self.state().pipelines()[0].id, name)
    }

    pub fn stage_in(&self, pipeline: PipelineId, name: &str) -> StageId {
        let stages: Vec<&Stage> = self.state().stages(pipeline);
        let found = stages.iter().find(|s| s.name == name);
        found.unwrap_or_else(|| panic!("no stage {name}")).id
    }

    pub fn stage_names(&self, pipeline: PipelineId) -> Vec<&str> {
        let stages = self.state().stages(pipeline);
        stages.iter().map(|s| s.name.as_str()).collect()
    }

    pub fn deal(&self, id: DealId) -> &Deal {
        self.state().tables.deals.get(id).unwrap()
    }

    /// Adds a deal by its title.
    pub fn add(&mut self, title: &str, stage: &str) -> DealId {
        let stage = self.stage(stage);
        let made = self.run(Command::QuickAdd {
            stage,
            title: title.into(),
        });
        DealId(made.unwrap().id)
    }

    /// Adds a deal by the form.
    pub fn save(&mut self, draft: DealDraft) -> DealId {
        let draft = Box::new(draft);
        DealId(self.run(Command::SaveDeal { id: None, draft }).unwrap().id)
    }

    pub fn move_to(&mut self, deal: DealId, stage: &str) {
        let stage = self.stage(stage);
        self.run(moved(&[deal], stage, Place::Top));
    }

    pub fn set_status(&mut self, deal: DealId, status: Status) {
        self.run(Command::SetStatus {
            deals: vec![deal],
            status,
            closure: Closure::on(today()),
        });
    }

    /// The stages a deal has been in, by name.
    pub fn path(&self, deal: DealId) -> Vec<String> {
        let entries = self.state().stage_entries(deal);
        let name = |id: StageId| self.state().name_of(id.into());
        entries.iter().map(|e| name(e.stage)).collect()
    }

    /// The titles in a column from top to bottom, whatever their status.
    pub fn column(&self, stage: &str) -> Vec<&str> {
        use fairlead::domain::query::board::{BoardFilter, StatusFilter};
        let filter = BoardFilter {
            status: StatusFilter::All,
            ..BoardFilter::default()
        };
        let world = self.world();
        let view = world.board.view(&world.state, self.stage(stage), &filter);
        view.deals
            .iter()
            .map(|d| self.deal(*d).title.as_str())
            .collect()
    }

    /// Every field of everything that is not removed: what a person sees.
    pub fn shown(&self) -> Vec<Edit> {
        let tables = &self.state().tables;
        let mut all: Vec<EntityRef> = tables.alive().into_iter().map(|(e, _)| e).collect();
        all.sort();
        let mut fields = Vec::new();
        for entity in all {
            for kept in tables.fields(entity) {
                let (key, sub) = (kept.key, kept.sub);
                fields.push(tables.present(Slot { entity, key, sub }));
            }
        }
        fields.retain(|edit| edit.name() != "deleted");
        fields
    }
}

pub fn moved(deals: &[DealId], stage: StageId, place: Place) -> Command {
    Command::Move {
        deals: deals.to_vec(),
        stage,
        place,
        closure: None,
    }
}
