//! A small workspace for the tests of forms and history.

use super::deal::DealForm;
use crate::app::session::{Effect, Moment, Session};
use crate::domain::change::{Change, EntityRef};
use crate::domain::command::{Command, OrNew, Refusal};
use crate::domain::deal::{BuyingRole, ForecastCategory};
use crate::domain::ids::{DealId, PersonId, StageId};
use crate::domain::money::Currency;
use crate::domain::stage::{Stage, StageKind};
use crate::domain::stamp::{Millis, Stamp};
use crate::domain::world::World;
use chrono::NaiveDate;

/// 2026-02-03T12:00Z.
pub(crate) const NOON: Millis = 1_770_120_000_000;

/// A workspace with the usual stages, two people and some deals.
pub(crate) struct Shop {
    /// It.
    pub session: Session,
    /// Everything that happened, oldest first.
    pub log: Vec<Change>,
    /// A deal with every field filled in.
    pub deal: DealId,
    /// A member of the team.
    pub me: PersonId,
    now: Millis,
}

/// The workspace.
pub(crate) fn shop() -> Shop {
    let mut shop = Shop {
        session: Session::new(World::default(), Stamp::ZERO, 7),
        log: Vec::new(),
        deal: DealId(0),
        me: PersonId(0),
        now: NOON,
    };
    shop.run(Command::Setup {
        name: "Shop".into(),
        currency: Currency::EUR,
    });
    let filled = DealForm {
        title: "Fleet telemetry pilot".into(),
        organisation: Some(OrNew::New("Orchard Bank".into())),
        contacts: vec![
            (OrNew::New("Ada Park".into()), BuyingRole::Champion),
            (OrNew::New("Bo Lind".into()), BuyingRole::Unknown),
        ],
        owner: Some(OrNew::New("Jo Ortega".into())),
        amount: "12,500.50".into(),
        currency: "CHF".into(),
        close: "2026-03-31".into(),
        probability: "55".into(),
        category: Some(ForecastCategory::BestCase),
        source: "Fair".into(),
        tags: vec!["fleet".into(), "pilot, paid".into()],
        products: vec![OrNew::New("Sensor kit".into())],
        description: "Two lines\nof text".into(),
        ..DealForm::blank(shop.session.world(), None, None)
    };
    shop.deal = DealId(shop.save(&filled).id);
    shop.me = shop
        .session
        .world()
        .state
        .tables
        .deals
        .get(shop.deal)
        .unwrap()
        .owner
        .unwrap();
    for title in ["Site survey", "Data migration"] {
        let form = DealForm {
            title: title.into(),
            ..DealForm::blank(shop.session.world(), None, None)
        };
        shop.save(&form);
    }
    shop
}

impl Shop {
    /// Saves a form a minute after the last thing that happened.
    pub fn save(&mut self, form: &DealForm) -> EntityRef {
        let command = form.command(self.session.world()).unwrap();
        self.run(command).unwrap()
    }

    /// Carries out a command a minute after the last thing that happened.
    pub fn run(&mut self, command: Command) -> Option<EntityRef> {
        let at = self.tick();
        let done = self.session.command(command, at).unwrap();
        self.note(done.effects);
        done.focus
    }

    /// Why a command is not carried out.
    pub fn refused(&mut self, command: Command) -> Refusal {
        let at = self.tick();
        self.session.command(command, at).unwrap_err()
    }

    /// Takes the last change back a minute after the last thing that happened.
    pub fn undo(&mut self) {
        let at = self.tick();
        let effects = self.session.undo(at);
        self.note(effects);
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) {
        let at = self.tick();
        let effects = self.session.redo(at);
        self.note(effects);
    }

    /// The next moment.
    pub fn tick(&mut self) -> Moment {
        self.now += 60_000;
        let today = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
        Moment {
            now: self.now,
            today,
        }
    }

    fn note(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Persist { changes, .. } = effect {
                self.log.extend(changes);
            }
        }
    }

    /// The first stage of a kind.
    pub fn stage(&self, kind: StageKind) -> &Stage {
        let state = &self.session.world().state;
        state.first_of_kind(state.pipelines()[0].id, kind).unwrap()
    }

    /// A stage by its name.
    pub fn named(&self, name: &str) -> StageId {
        let stages = &self.session.world().state.tables.stages;
        stages.iter().find(|s| s.name == name).unwrap().id
    }
}
