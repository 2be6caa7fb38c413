//! Random work of two people who now and then exchange their changes.

use crate::fields;
use chrono::NaiveDate;
use fairlead::app::session::{Done, Effect, Moment, Session};
use fairlead::domain::activity::ActivityKind;
use fairlead::domain::change::{Change, Edit, EntityRef, Intent, IntentKind};
use fairlead::domain::command::{ActivityDraft, Command, DealDraft, OrNew, Refusal, StageEdit};
use fairlead::domain::deal::{BuyingRole, Closure, Status};
use fairlead::domain::ids::{DealId, IdSource, StageId};
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::query::board::Place;
use fairlead::domain::stage::StageKind;
use fairlead::domain::stamp::Stamp;
use fairlead::domain::world::World;
use proptest::prelude::*;

use super::values::{FREE, FieldKey, WITH_ENTRIES, edit};

/// One thing done: by whom, what, with which choices.
pub type Op = (bool, u8, u16, u16);

/// How many kinds of things there are to do; from [`FREE_WORK`] on they set fields that have no
/// command of their own.
const KINDS: u8 = FREE_WORK + 8;
pub const FREE_WORK: u8 = OWN_FIELDS + fields::STEPS;
const OWN_FIELDS: u8 = 20;
const UNDO: u8 = 18;
const SYNC: u8 = 19;

/// Some work.
pub fn ops() -> impl Strategy<Value = Vec<Op>> {
    prop::collection::vec(
        (any::<bool>(), 0_u8..KINDS, any::<u16>(), any::<u16>()),
        1..60,
    )
}

/// A moment `n` seconds after a fixed one.
pub fn at(n: i64) -> Moment {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    Moment {
        now: 1_795_428_000_000 + n * 1_000,
        today,
    }
}

/// The changes an answer wants written down.
pub fn persisted(effects: &[Effect]) -> Vec<Change> {
    effects
        .iter()
        .filter_map(|e| match e {
            Effect::Persist { changes, .. } => Some(changes.clone()),
            _ => None,
        })
        .flatten()
        .collect()
}

/// Every field of everything not removed, without stamps: what a person sees.
pub fn shown(session: &Session) -> Vec<Edit> {
    let tables = &session.world().state.tables;
    let mut all: Vec<(EntityRef, Stamp)> = tables.alive();
    all.sort();
    all.iter()
        .flat_map(|(entity, _)| {
            tables.fields(*entity).into_iter().map(|kept| {
                tables.present(fairlead::domain::change::Slot {
                    entity: *entity,
                    key: kept.key,
                    sub: kept.sub,
                })
            })
        })
        .filter(|edit| edit.name() != "deleted")
        .collect()
}

/// Any order of these.
pub fn shuffled(log: &[Change], seed: u64) -> Vec<Change> {
    let mut rng = IdSource::new(seed);
    let mut rest = log.to_vec();
    let mut out = Vec::new();
    while !rest.is_empty() {
        let n = rng.below(rest.len() as u64) as usize;
        out.push(rest.swap_remove(n));
    }
    out
}

/// Two people with a session and a log each.
pub struct Team {
    people: [(Session, Vec<Change>); 2],
    clock: i64,
}

impl Team {
    /// The team after this work by both.
    pub fn after(ops: &[Op]) -> Self {
        let mut team = Self::new();
        team.act(
            0,
            Command::Setup {
                name: "Us".into(),
                currency: Currency::EUR,
            },
        );
        team.sync();
        for op in ops {
            team.step(usize::from(op.0), op.1, op.2, op.3);
        }
        team
    }

    /// The first person alone doing all of it.
    pub fn alone(ops: &[Op]) -> Self {
        let mut team = Self::new();
        team.act(
            0,
            Command::Setup {
                name: "Me".into(),
                currency: Currency::EUR,
            },
        );
        for (_, what, a, b) in ops {
            if !matches!(*what, UNDO | SYNC) {
                team.step(0, *what, *a, *b);
            }
        }
        team
    }

    fn new() -> Self {
        let person = |seed| {
            (
                Session::new(World::default(), Stamp::ZERO, seed),
                Vec::new(),
            )
        };
        Self {
            people: [person(11), person(22)],
            clock: 0,
        }
    }

    pub fn session(&self, who: usize) -> &Session {
        &self.people[who].0
    }

    pub fn log(&self, who: usize) -> &[Change] {
        &self.people[who].1
    }

    /// Both get all changes of the other.
    pub fn sync(&mut self) {
        let [(a, log_a), (b, log_b)] = &mut self.people;
        let new_to_b: Vec<Change> = log_a
            .iter()
            .filter(|c| !log_b.contains(c))
            .cloned()
            .collect();
        let new_to_a: Vec<Change> = log_b
            .iter()
            .filter(|c| !log_a.contains(c))
            .cloned()
            .collect();
        a.remote(&new_to_a);
        b.remote(&new_to_b);
        log_a.extend(new_to_a);
        log_b.extend(new_to_b);
    }

    pub fn undo(&mut self, who: usize) {
        let (session, log) = &mut self.people[who];
        self.clock += 1;
        log.extend(persisted(&session.undo(at(self.clock))));
    }

    pub fn redo(&mut self, who: usize) {
        let (session, log) = &mut self.people[who];
        self.clock += 1;
        log.extend(persisted(&session.redo(at(self.clock))));
    }

    fn act(&mut self, who: usize, command: Command) {
        let (session, log) = &mut self.people[who];
        self.clock += 1;
        let state = session.world().state.clone();
        match session.command(command, at(self.clock)) {
            Ok(Done { effects, .. }) => log.extend(persisted(&effects)),
            // A refusal changes nothing at all.
            Err(
                Refusal::Nothing
                | Refusal::Field { .. }
                | Refusal::Gone(_)
                | Refusal::Impossible(_)
                | Refusal::Gated(_),
            ) => {
                assert_eq!(state, session.world().state);
            }
        }
    }

    fn step(&mut self, who: usize, what: u8, a: u16, b: u16) {
        let world = self.people[who].0.world();
        let mut deals: Vec<DealId> = world.state.tables.deals.iter().map(|d| d.id).collect();
        deals.sort();
        let mut stages: Vec<StageId> = world.state.tables.stages.iter().map(|s| s.id).collect();
        stages.sort();
        let deal = deals.get(usize::from(a) % deals.len().max(1)).copied();
        let other = deals.get(usize::from(b) % deals.len().max(1)).copied();
        let stage = stages.get(usize::from(b) % stages.len().max(1)).copied();
        let stage2 = stages.get(usize::from(a) % stages.len().max(1)).copied();
        let (Some(stage), Some(stage2)) = (stage, stage2) else {
            return;
        };
        let closure = Closure {
            reason: format!("r{}", b % 3),
            ..Closure::on(at(0).today)
        };
        let command = match (what, deal, other) {
            (0..=2, ..) => Some(Command::QuickAdd {
                stage,
                title: format!("Deal {a}"),
            }),
            (3 | 4, ..) => {
                let value = Money::new(
                    i64::from(a) * 100,
                    if b.is_multiple_of(4) {
                        Currency::parse("USD").unwrap()
                    } else {
                        Currency::EUR
                    },
                );
                let draft = DealDraft {
                    title: format!("Form {b}"),
                    organisation: Some(OrNew::New(format!("Org {}", a % 5))),
                    contacts: vec![(OrNew::New(format!("Contact {}", b % 5)), BuyingRole::User)],
                    owner: Some(OrNew::New(format!("Seller {}", a % 3))),
                    value: (!a.is_multiple_of(5)).then_some(value),
                    probability: (b.is_multiple_of(3)).then_some((a % 101) as u8),
                    ..DealDraft::new(stage)
                };
                Some(Command::SaveDeal {
                    id: deal.filter(|_| what == 4),
                    draft: Box::new(draft),
                })
            }
            (5..=8, Some(deal), Some(other)) => {
                let place = match a % 4 {
                    0 => Place::Top,
                    1 => Place::Bottom,
                    2 => Place::Above(other),
                    _ => Place::Below(other),
                };
                let mut moving = vec![deal];
                if b.is_multiple_of(7) && other != deal {
                    moving.push(other);
                }
                Some(Command::Move {
                    deals: moving,
                    stage,
                    place,
                    closure: None,
                })
            }
            (9 | 10, Some(deal), _) => {
                let status = Status::ALL[usize::from(b) % 4];
                Some(Command::SetStatus {
                    deals: vec![deal],
                    status,
                    closure,
                })
            }
            (11, Some(deal), _) => Some(Command::Delete(vec![deal.into()])),
            (12, Some(deal), _) => Some(Command::SaveActivity {
                id: None,
                draft: Box::new(ActivityDraft {
                    subject: format!("Do {b}"),
                    deal: Some(deal),
                    due: Some(at(0).today),
                    done: b.is_multiple_of(2),
                    ..ActivityDraft::new(ActivityKind::ALL[usize::from(b) % 5])
                }),
            }),
            (13, ..) => {
                let pipeline = world.state.pipelines().first().map(|p| p.id);
                pipeline.map(|pipeline| Command::AddStage {
                    pipeline,
                    name: format!("Stage {a}"),
                    kind: StageKind::ALL[usize::from(b) % 4],
                    index: usize::from(b) % 8,
                })
            }
            (14, ..) => Some(Command::EditStage {
                stage,
                edit: StageEdit {
                    probability: Some((a % 101) as u8),
                    kind: (b.is_multiple_of(2)).then(|| StageKind::ALL[usize::from(a) % 4]),
                    ..StageEdit::default()
                },
            }),
            (15, ..) => Some(Command::ReorderStage {
                stage,
                index: usize::from(a) % 8,
            }),
            (16, ..) => Some(Command::MergeStage {
                from: stage,
                into: stage2,
                closure: None,
            }),
            (17, ..) => Some(Command::DeleteStage {
                stage,
                to: Some(stage2).filter(|s| *s != stage),
                closure: None,
            }),
            (UNDO, ..) => {
                self.undo(who);
                None
            }
            (SYNC, ..) => {
                self.sync();
                None
            }
            (OWN_FIELDS..FREE_WORK, ..) => fields::command(world, what - OWN_FIELDS, deal, a, b),
            (FREE_WORK.., ..) => {
                let alive: Vec<EntityRef> =
                    world.state.tables.alive().iter().map(|(e, _)| *e).collect();
                let mut rng = IdSource::new(u64::from(a) << 16 | u64::from(b));
                let edits = (0..1 + a % 6).filter_map(|n| {
                    // Those with entries are few, so every other one is of them.
                    let fields: &[FieldKey] = if n % 2 == 0 { &FREE } else { &WITH_ENTRIES };
                    edit(
                        fields,
                        a.wrapping_mul(31).wrapping_add(b).wrapping_add(n),
                        &alive,
                        &mut rng,
                    )
                });
                let kinds = IntentKind::ALL;
                let kind = kinds[usize::from(b) % kinds.len()];
                Some(Command::Bring {
                    intent: Intent::new(kind, format!("Free work {b}")),
                    edits: edits.collect(),
                })
            }
            _ => None,
        };
        if let Some(command) = command {
            self.act(who, command);
        }
    }
}
