//! A log made by chance from a seed, of which all is known: what was put into it stands in CSV
//! files beside it, written as it was made and not read back from the world.

use super::figures::{Question, figures};
use super::parts;
use super::{put, put_found};
use chrono::NaiveDate;
use fairlead::app::session::{Effect, Moment, Session};
use fairlead::domain::activity::{ActivityField, ActivityKind};
use fairlead::domain::change::{Change, Edit, Intent, IntentKind};
use fairlead::domain::command::Command;
use fairlead::domain::deal::{DealField, Outcome, Placement, Status};
use fairlead::domain::ids::{ActivityId, DealId, IdSource, PersonId, PipelineId, StageId};
use fairlead::domain::insight::facts::Now;
use fairlead::domain::insight::period::Period;
use fairlead::domain::insight::trail::Trails;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::party::PersonField;
use fairlead::domain::rank::Rank;
use fairlead::domain::stage::{PipelineField, StageField, StageKind};
use fairlead::domain::stamp::Stamp;
use fairlead::domain::world::World;
use std::fmt::Write as _;

const DAY: i64 = 86_400_000;
/// 2026-11-23T08:00:00Z.
const NOW: i64 = 1_795_420_800_000;
const DEALS: usize = 3_000;

pub fn date(day: i64) -> NaiveDate {
    NaiveDate::from_epoch_days(i32::try_from(day).unwrap()).unwrap()
}

/// The log and what is known of it.
pub struct Made {
    pub rng: IdSource,
    log: Vec<Change>,
    /// Counts changes, so that no two are of one time; all within some of the 20 minutes before…
    clock: i64,
    /// …so many whole hours ago, in milliseconds.
    ago: i64,
    deals: String,
    entries: String,
    activities: String,
    closes: String,
    pub contacts: String,
    lost: usize,
    won: usize,
}

impl Made {
    pub fn chance(&mut self, percent: u64) -> bool {
        self.rng.below(100) < percent
    }

    /// Writes one change down; all are written after what they tell of.
    fn say(&mut self, edits: Vec<Edit>, undoes: Option<Stamp>) -> Stamp {
        self.clock += 1;
        let stamp = Stamp::new(NOW - 20 * 60_000 - self.ago + self.clock, 0, 3);
        self.log.push(Change {
            stamp,
            intent: Intent::new(IntentKind::Import, "Made"),
            author: None,
            edits,
            before: Vec::new(),
            undoes,
        });
        stamp
    }

    /// A deal's way, until it is decided or the present is reached.
    fn deal(
        &mut self,
        stages: &[(StageId, u16, i64)],
        aside: &[(StageId, u16, i64)],
        won_stage: StageId,
        owners: &[PersonId],
    ) {
        let id: DealId = self.rng.fresh();
        let created = NOW - 1 - self.rng.below(900 * DAY as u64) as i64;
        let mut way = vec![(stages[self.rng.below(2) as usize], created)];
        let mut line = stages;
        let mut fates = Vec::new();
        let (mut status, mut closed) = (Status::Open, 0);
        loop {
            let ((_, number, pace), since) = *way.last().unwrap();
            let at = line.iter().position(|(_, n, _)| *n == number).unwrap();
            // Mostly short stays, some long ones; some within the same day.
            let stay = (self.rng.below(1_000) * self.rng.below(1_000) * pace as u64 / 250_000)
                as i64
                * DAY;
            let leaves = since + stay + 60_000;
            if leaves >= NOW {
                fates.push('s');
                break;
            }
            closed = leaves;
            let dice = self.rng.below(100);
            if dice < 22 {
                (status, _) = (Status::Lost, fates.push('l'));
                break;
            } else if dice < 24 {
                (status, _) = (Status::OnHold, fates.push('e'));
                break;
            } else if dice < 30 && at > 0 {
                fates.push('b');
                way.push((line[self.rng.below(at as u64) as usize], leaves));
            } else if dice < 34 {
                fates.push('e');
                line = if line[0].1 == stages[0].1 {
                    aside
                } else {
                    stages
                };
                way.push((line[0], leaves));
            } else {
                fates.push('a');
                let next = at + 1 + usize::from(self.chance(12));
                match line.get(next) {
                    Some(stage) => way.push((*stage, leaves)),
                    None => {
                        status = Status::Won;
                        break;
                    }
                }
            }
        }
        let mut edits = vec![
            Edit::Deal(id, DealField::Title(format!("Deal {id}"))),
            Edit::Deal(id, DealField::Created(created)),
        ];
        for ((stage, number, _), since) in &way {
            edits.push(Edit::Deal(
                id,
                DealField::Placement(Placement {
                    stage: *stage,
                    since: *since,
                }),
            ));
            let fate = fates.remove(0);
            writeln!(self.entries, "{id},{number},{since},{fate}").unwrap();
        }
        let last = way.last().unwrap();
        let mut placed = Placement {
            stage: last.0.0,
            since: last.1,
        };
        if status == Status::Won && self.chance(60) {
            placed = Placement {
                stage: won_stage,
                since: closed,
            };
            edits.push(Edit::Deal(id, DealField::Placement(placed.clone())));
            writeln!(self.entries, "{id},6,{closed},").unwrap();
        }
        let (mut reason, mut competitor) = ("", "");
        if status != Status::Open {
            let closure = self.closure(status, date(closed.div_euclid(DAY)));
            (reason, competitor) = (closure.reason, closure.competitor);
            edits.push(Edit::Deal(
                id,
                DealField::Outcome(Outcome::new(status, closure.made())),
            ));
        }
        let organisation = self.organisation(id, &mut edits);
        self.contacts(id, status == Status::Won, &mut edits);
        let currency = parts::CURRENCIES[self.rng.below(12) as usize];
        let minor = self.rng.below(5_000_000) as i64;
        if let Ok(currency) = Currency::parse(currency) {
            edits.push(Edit::Deal(
                id,
                DealField::Value(Some(Money::new(minor, currency))),
            ));
        }
        let source = ["Referral", "Website", "Fair", ""][self.rng.below(4) as usize];
        edits.push(Edit::Deal(id, DealField::Source(source.into())));
        let owner = self.rng.below(9) as usize;
        edits.push(Edit::Deal(id, DealField::Owner(owners.get(owner).copied())));
        let own = self.chance(15).then(|| self.rng.below(101) as u8);
        edits.push(Edit::Deal(id, DealField::Probability(own)));
        // Not before all of it has happened.
        let last = way
            .last()
            .unwrap()
            .1
            .max(if status == Status::Open { 0 } else { closed });
        let hours = (NOW - last - 25 * 60_000).max(0) as u64 / 3_600_000;
        self.ago = self.rng.below(hours.min(24 * 90) + 1) as i64 * 3_600_000;
        self.say(edits, None);
        let close = self.closes(id);
        if self.chance(6) {
            // A slip of the hand that was taken back: it did not happen.
            let wrong = Placement {
                stage: stages[4].0,
                since: NOW - self.rng.below(90) as i64 * DAY,
            };
            let stamp = self.say(vec![Edit::Deal(id, DealField::Placement(wrong))], None);
            self.say(
                vec![Edit::Deal(id, DealField::Placement(placed))],
                Some(stamp),
            );
        }
        let written = NOW - 20 * 60_000 - self.ago + self.clock;
        let own = own.map_or(String::new(), |p| p.to_string());
        let closed = if status == Status::Open {
            String::new()
        } else {
            date(closed.div_euclid(DAY)).to_string()
        };
        let value = if currency.is_empty() {
            String::new()
        } else {
            minor.to_string()
        };
        let owner = if owner < owners.len() {
            format!("Person {owner}")
        } else {
            String::new()
        };
        writeln!(
            self.deals,
            "{id},{created},{},{closed},{value},{currency},{source},{owner},{close},{own},{written},{reason},{competitor},{organisation}",
            status.code()
        )
        .unwrap();
        self.won += usize::from(status == Status::Won);
        self.lost += usize::from(status == Status::Lost);
        self.ago = 0;
        for _ in 0..self.rng.below(6) {
            self.activity(id, created, status == Status::Won);
        }
    }

    /// Says when a deal is expected to close, says it again, and takes it away now and then.
    fn closes(&mut self, id: DealId) -> String {
        let mut said = String::new();
        for _ in 0..self.rng.below(9) {
            let next = NOW / DAY - 60 + self.rng.below(240) as i64;
            let next = (!self.chance(10)).then(|| date(next));
            said = next.map_or(String::new(), |day| day.to_string());
            writeln!(self.closes, "{id},{said}").unwrap();
            self.say(vec![Edit::Deal(id, DealField::Close(next))], None);
        }
        said
    }

    fn activity(&mut self, deal: DealId, created: i64, won: bool) {
        let id: ActivityId = self.rng.fresh();
        let kind = ActivityKind::ALL
            [(self.rng.below(5) as usize + usize::from(won && self.chance(20))) % 5];
        let written = created + self.rng.below((NOW - created) as u64) as i64;
        let done = (kind != ActivityKind::Note && self.chance(70)).then_some(written);
        let due = self
            .chance(60)
            .then(|| NOW / DAY - 20 + self.rng.below(60) as i64);
        let edits = [
            ActivityField::Kind(kind),
            ActivityField::Deal(Some(deal)),
            ActivityField::Created(written),
            ActivityField::Done(done),
            ActivityField::Due(due.map(date)),
        ];
        self.say(edits.map(|f| Edit::Activity(id, f)).into(), None);
        let text = |n: Option<i64>| n.map_or(String::new(), |n| n.to_string());
        writeln!(
            self.activities,
            "{deal},{},{},{},{written}",
            kind.code(),
            text(done),
            text(due)
        )
        .unwrap();
    }
}

#[test]
fn a_log_with_known_truth_is_written_for_the_oracle() {
    let moment = Moment {
        now: NOW - 3_600_000,
        today: date(NOW / DAY),
    };
    let mut session = Session::new(World::default(), Stamp::ZERO, 1);
    let setup = Command::Setup {
        name: "Oracle".into(),
        currency: Currency::EUR,
    };
    let done = session.command(setup, moment).unwrap();
    let mut log: Vec<Change> = Vec::new();
    for effect in done.effects {
        if let Effect::Persist { changes, .. } = effect {
            log.extend(changes);
        }
    }
    let mut world = session.world().clone();
    let pipeline = world.state.pipelines()[0].id;
    let mut made = Made {
        rng: IdSource::new(2_026),
        log,
        clock: 0,
        ago: 0,
        deals: "id,created,status,closed,value,currency,source,owner,close,own,written,reason,competitor,organisation\n".into(),
        entries: "deal,stage,since,fate\n".into(),
        activities: "deal,kind,done,due,written\n".into(),
        closes: "deal,said\n".into(),
        contacts: "deal,role\n".into(),
        lost: 0,
        won: 0,
    };
    let second = PipelineId(2);
    let mut edits = vec![
        Edit::Pipeline(second, PipelineField::Name("Partners".into())),
        Edit::Pipeline(second, PipelineField::Rank(Rank::parse("zz").unwrap())),
    ];
    for (n, rank) in (1..).zip(Rank::spread(3)) {
        let fields = [
            StageField::Pipeline(second),
            StageField::Name(format!("Step {n}")),
            StageField::Rank(rank),
            StageField::Probability(20 * n as u8),
        ];
        edits.extend(fields.map(|f| Edit::Stage(StageId(n), f)));
    }
    let owners: Vec<PersonId> = (10..17).map(PersonId).collect();
    for (n, id) in owners.iter().enumerate() {
        edits.push(Edit::Person(*id, PersonField::Name(format!("Person {n}"))));
    }
    edits.extend(parts::rates());
    edits.extend(parts::organisations());
    made.say(edits, None);
    let before = made.log.len() - 1;
    for change in &made.log[before..] {
        world.apply(change);
    }
    let mut stages = String::from("number,pipeline,place,kind,rot,probability\n");
    let mut lines: Vec<Vec<(StageId, u16, i64)>> = Vec::new();
    let mut number = 0_u16;
    for (p, pipeline) in world.state.pipelines().iter().enumerate() {
        let mut line = Vec::new();
        for (place, stage) in world.state.stages(pipeline.id).iter().enumerate() {
            let rot = stage.rot_days.map_or(String::new(), |d| d.to_string());
            writeln!(
                stages,
                "{number},{p},{place},{},{rot},{}",
                stage.kind.code(),
                stage.probability
            )
            .unwrap();
            if stage.kind == StageKind::Open {
                line.push((stage.id, number, 12 + 9 * i64::from(number)));
            }
            number += 1;
        }
        lines.push(line);
    }
    let won_stage = world
        .state
        .first_of_kind(pipeline, StageKind::Won)
        .unwrap()
        .id;
    assert_eq!(lines[0].len(), 6, "the seventh stage is the won one");
    for _ in 0..DEALS {
        made.deal(&lines[0], &lines[1], won_stage, &owners);
    }
    for change in &made.log[before + 1..] {
        world.apply(change);
    }
    let trails = Trails::read(&made.log);
    let question = Question {
        world: &world,
        pushes: &|deal| trails.of(deal).pushes(),
        now: Now {
            ms: NOW,
            today: (NOW / DAY) as i32,
        },
        period: Period::new(date(NOW / DAY - 500), date(NOW / DAY - 40)),
        pipeline,
        currency: Currency::EUR,
        quota: 900_000_000,
    };
    let found = figures(&question);
    assert_eq!(found["status.won"], made.won);
    assert_eq!(found["status.lost"], made.lost);
    // What was put in on purpose is found, and what makes no difference is not.
    let differs = |name: &str| found["differ.all"][name]["holds"].as_bool();
    assert_eq!(differs("champion:"), Some(true));
    assert_eq!(differs("size:51 to 200 people"), Some(false));
    put("generated.deals.csv", &made.deals);
    put("generated.entries.csv", &made.entries);
    put("generated.activities.csv", &made.activities);
    put("generated.closes.csv", &made.closes);
    put("generated.contacts.csv", &made.contacts);
    put("generated.rates.csv", &parts::rates_table());
    put("generated.organisations.csv", &parts::organisations_table());
    put("generated.stages.csv", &stages);
    let period = question.period;
    put("generated.question.json", &serde_json::json!({
        "now": NOW, "today": question.now.today, "from": period.from().to_string(), "to": period.to().to_string(),
        "currency": "EUR", "home": "EUR", "quota": question.quota,
    }).to_string());
    put_found("generated.json", found);
}
