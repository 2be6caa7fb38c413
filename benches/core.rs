//! How fast the core is, beside floors measured in the same run: `cargo bench`.
//!
//! Nothing here fails by time; it prints. The floors are what the same amount of data
//! costs when nothing is done with it, so the ratios mean the same on any machine.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]

use chrono::NaiveDate;
use fairlead::app::session::{Moment, Session};
use fairlead::codec::{export, pack, snapshot, snapshot::Manifest};
use fairlead::domain::activity::{ActivityField, ActivityKind};
use fairlead::domain::change::{Change, Edit, Intent, IntentKind};
use fairlead::domain::command::{Command, Ctx};
use fairlead::domain::deal::{Closure, DealField, Outcome, Placement, Status};
use fairlead::domain::decide::decide;
use fairlead::domain::ids::{ActivityId, DealId, IdSource, OrgId, ScoreRuleId, StageId};
use fairlead::domain::insight::answer::{Question, Rules};
use fairlead::domain::insight::bottleneck::{NarrowQuery, bottlenecks};
use fairlead::domain::insight::catalogue::Metric;
use fairlead::domain::insight::cycle::CycleRule;
use fairlead::domain::insight::exchange::Exchange;
use fairlead::domain::insight::facts::{Facts, Kept, Now};
use fairlead::domain::insight::open::{Due, Open};
use fairlead::domain::insight::overview::{Ask, Live, Overview};
use fairlead::domain::insight::period::{Cut, Period};
use fairlead::domain::insight::select::Selection;
use fairlead::domain::insight::slice::{Dimension, Sliced};
use fairlead::domain::insight::win::WinRule;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::party::OrgField;
use fairlead::domain::query::board::{BoardFilter, BoardIndex, Place};
use fairlead::domain::query::hot::hot;
use fairlead::domain::rank::Rank;
use fairlead::domain::rule::{Condition, Op};
use fairlead::domain::scoring::{Axis, ScoreRuleField, Signal};
use fairlead::domain::stamp::Stamp;
use fairlead::domain::world::World;
use std::hint::black_box;
use std::time::Instant;

/// Median of five runs in milliseconds.
fn time<T>(mut work: impl FnMut() -> T) -> f64 {
    let mut runs: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    runs.sort_by(f64::total_cmp);
    runs[2]
}

fn at() -> Moment {
    Moment {
        now: 1_795_428_000_000,
        today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
    }
}

/// A workspace of `n` deals: the setup, and one import.
fn workspace(n: usize) -> (Session, Vec<Change>) {
    let mut session = Session::new(World::default(), Stamp::ZERO, 1);
    let mut log = Vec::new();
    let mut keep = |done: fairlead::app::session::Done| {
        for effect in done.effects {
            if let fairlead::app::session::Effect::Persist { changes, .. } = effect {
                log.extend(changes);
            }
        }
    };
    keep(
        session
            .command(
                Command::Setup {
                    name: "Bench".into(),
                    currency: Currency::EUR,
                },
                at(),
            )
            .unwrap(),
    );
    let state = &session.world().state;
    let stages: Vec<StageId> = state
        .stages(state.pipelines()[0].id)
        .iter()
        .map(|s| s.id)
        .collect();
    let mut rng = IdSource::new(9);
    let orgs: Vec<OrgId> = (0..n / 20 + 1).map(|_| rng.fresh()).collect();
    let mut edits: Vec<Edit> = orgs
        .iter()
        .enumerate()
        .map(|(i, id)| Edit::Organisation(*id, OrgField::Name(format!("Organisation {i}"))))
        .collect();
    for (i, rank) in Rank::spread(n).into_iter().enumerate() {
        let id: DealId = rng.fresh();
        let stage = stages[rng.below(6) as usize];
        for field in [
            DealField::Title(format!("Deal number {i} for something")),
            DealField::Placement(Placement {
                stage,
                since: at().now - rng.below(90) as i64 * 86_400_000,
            }),
            DealField::Rank(rank),
            DealField::Organisation(Some(orgs[rng.below(orgs.len() as u64) as usize])),
            DealField::Value(Some(Money::new(
                rng.below(10_000_000) as i64,
                Currency::EUR,
            ))),
            DealField::Close(
                at().today
                    .checked_add_days(chrono::Days::new(rng.below(120))),
            ),
            DealField::Source("Referral".into()),
            DealField::Created(at().now),
            DealField::External(format!("X{i}")),
        ] {
            edits.push(Edit::Deal(id, field));
        }
    }
    let intent = Intent::new(IntentKind::Import, "Imported");
    keep(
        session
            .command(Command::Bring { intent, edits }, at())
            .unwrap(),
    );
    (session, log)
}

/// The same with ten scoring rules and three calls on each deal.
fn with_rules(world: &World) -> World {
    let mut world = world.clone();
    let mut edits = Vec::new();
    for n in 0..10_u64 {
        let engagement = n % 2 == 1;
        let axis = [Axis::Fit, Axis::Engagement][usize::from(engagement)];
        let condition = Condition {
            what: ["deal.value", "organisation.name"][usize::from(n % 4 == 0)].into(),
            op: Op::Set,
            with: Vec::new(),
        };
        let signal = engagement.then_some(Signal {
            kind: Some(ActivityKind::Call),
            direction: None,
            outcome: None,
        });
        edits.extend(
            [
                ScoreRuleField::Axis(axis),
                ScoreRuleField::Points(10),
                ScoreRuleField::Conditions(vec![condition]),
                ScoreRuleField::Signal(signal),
                ScoreRuleField::HalfLife(Some(14)),
                ScoreRuleField::Cap(Some(50)),
            ]
            .map(|f| Edit::ScoreRule(ScoreRuleId(n + 1), f)),
        );
    }
    let deals: Vec<DealId> = world.state.tables.deals.iter().map(|d| d.id).collect();
    let mut ids = IdSource::new(5);
    for deal in deals {
        for days in 1..4 {
            let id: ActivityId = ids.fresh();
            edits.extend(
                [
                    ActivityField::Kind(ActivityKind::Call),
                    ActivityField::Deal(Some(deal)),
                    ActivityField::Done(Some(at().now - days * 864_000_000)),
                ]
                .map(|f| Edit::Activity(id, f)),
            );
        }
    }
    world.apply(&Change {
        stamp: Stamp::new(at().now + 60_000, 0, 9),
        intent: Intent::new(IntentKind::Import, "Rules"),
        author: None,
        edits,
        before: Vec::new(),
        undoes: None,
    });
    world
}

fn main() {
    println!(
        "{:<44}{:>10}{:>12}{:>9}",
        "operation (median of 5)", "ms", "floor ms", "ratio"
    );
    for n in [1_000, 10_000, 100_000] {
        println!("— {n} deals");
        let started = Instant::now();
        let (session, log) = workspace(n);
        println!(
            "  make and import them in one change {:.1} ms",
            started.elapsed().as_secs_f64() * 1_000.0
        );
        let world = session.world();
        let row = |name: &str, ms: f64, floor: f64| {
            println!("{name:<44}{ms:>10.2}{floor:>12.2}{:>9.1}", ms / floor)
        };

        let plan = Manifest::plan(&world.state, 1, Stamp::ZERO);
        let chunks = plan.pack_all(&world.state);
        let bytes: usize = chunks.iter().map(|(_, b)| b.len()).sum();
        let copy = time(|| chunks.iter().map(|(_, b)| b.clone()).collect::<Vec<_>>());
        println!("  snapshot {} kB, {} B a deal", bytes / 1_024, bytes / n);
        row(
            "  pack the snapshot (floor: copy its bytes)",
            time(|| plan.pack_all(&world.state)),
            copy,
        );
        row(
            "  open it",
            time(|| snapshot::unpack(chunks.iter().map(|(_, b)| b.as_slice())).unwrap()),
            copy,
        );
        let scan = time(|| {
            world
                .state
                .tables
                .deals
                .iter()
                .map(|d| d.created)
                .sum::<i64>()
        });
        row(
            "  index the board (floor: scan the deals)",
            time(|| BoardIndex::over(&world.state)),
            scan,
        );

        let file = export::write("2026-11-23T00:00:00Z", &log);
        let text = time(|| file.clone());
        println!("  export {} kB", file.len() / 1_024);
        row(
            "  write the export (floor: copy its text)",
            time(|| export::write("2026-11-23T00:00:00Z", &log)),
            text,
        );
        row(
            "  read it",
            time(|| export::read(file.clone().into_bytes()).unwrap()),
            text,
        );

        let mut searching = world.clone();
        searching.board.prepare_search(&searching.state);
        let stages = world.state.stages(world.state.pipelines()[0].id);
        let filter = BoardFilter {
            text: "number 77".into(),
            ..BoardFilter::default()
        };
        let titles: Vec<&str> = world
            .state
            .tables
            .deals
            .iter()
            .map(|d| d.title.as_str())
            .collect();
        let contains = time(|| {
            titles
                .iter()
                .filter(|t| t.contains("number"))
                .filter(|t| t.contains("77"))
                .count()
        });
        row(
            "  filter the board (floor: search titles)",
            time(|| {
                stages
                    .iter()
                    .map(|s| {
                        searching
                            .board
                            .view(&searching.state, s.id, &filter)
                            .deals
                            .len()
                    })
                    .sum::<usize>()
            }),
            contains,
        );

        let (from, to) = (stages[0].id, stages[1].id);
        let deal = world
            .board
            .column(from, fairlead::domain::deal::Status::Open)
            .unwrap()
            .deals[0];
        let mut moving = world.clone();
        let mut clock = fairlead::domain::stamp::Clock::new(3);
        clock.observe(Stamp::new(at().now + 10_000, 0, 0));
        let mut turn = false;
        let one = time(|| {
            turn = !turn;
            let stage = if turn { to } else { from };
            let mut ctx = Ctx {
                now: at().now,
                today: at().today,
                me: None,
                later: Some(fairlead::domain::decide::later),
                ids: IdSource::new(1),
            };
            let command = Command::Move {
                deals: vec![deal],
                stage,
                place: Place::Top,
                closure: None,
            };
            let decided = decide(&moving, command, &mut ctx).unwrap();
            let stamp = clock.tick(at().now + 20_000);
            let before = moving.state.before(&decided.edits);
            moving.apply(&Change {
                stamp,
                intent: decided.intent,
                author: None,
                edits: decided.edits,
                before,
                undoes: None,
            });
        });
        row("  move a card (floor: scan the deals)", one, scan);
        let ruled = with_rules(world);
        row(
            "  score all deals by ten rules (floor: scan)",
            time(|| hot(&ruled, 25, at().now, at().today)),
            scan,
        );
        let packed = time(|| pack::pack(&world.state, &[deal.into()]));
        println!("  pack one row {packed:.4} ms");
        figures(n);
    }
}

/// All figures of `n` deals: read, counted, and after one change.
fn figures(n: usize) {
    let world = with_history(n);
    let row = |name: &str, ms: f64, floor: f64| {
        println!("{name:<44}{ms:>10.2}{floor:>12.2}{:>9.1}", ms / floor);
    };
    let ask = Ask {
        period: Period::all(),
        cut: Cut::Month,
        win: WinRule::Closed,
        cycle: CycleRule::Creation,
        now: Now {
            ms: at().now,
            today: at().today.to_epoch_days(),
        },
    };
    let deals = &world.state.tables.deals;
    let scan = time(|| deals.iter().map(|d| d.created).sum::<i64>());
    row(
        "  read the facts (floor: scan the deals)",
        time(|| Facts::over(&world, &|_| 0)),
        scan,
    );
    let mut live = Live::over(&world, &|_| 0, ask);
    let facts = live.facts.clone();
    // What any figure must at least do: walk the arrays it is made of.
    let walk = || {
        let mut sum = 0_i64;
        for row in 0..facts.len() {
            sum += facts.value[row] + i64::from(facts.created[row]) + i64::from(facts.closed[row]);
            sum += facts.status[row] as i64 + i64::from(facts.currency[row]);
            sum += facts
                .entries
                .of(row)
                .iter()
                .map(|e| i64::from(e.day))
                .sum::<i64>();
        }
        sum
    };
    let floor = time(walk);
    let legs: usize = (0..n).map(|row| facts.entries.of(row).len()).sum();
    println!("  {legs} stage entries");
    let all = Selection::all(&facts);
    row(
        "  count all figures (floor: walk the arrays)",
        time(|| {
            let overview = Overview::of(&facts, &all, &ask);
            let idle = overview.idle(&facts, &all, ask.now);
            let told = (overview.win(&facts), overview.velocity(&facts));
            (told, overview.creation(&facts, ask.now), idle)
        }),
        floor,
    );
    let mut moving = world.clone();
    let moved: Vec<DealId> = moving
        .state
        .tables
        .deals
        .iter()
        .take(5)
        .map(|d| d.id)
        .collect();
    let mut turn = 0;
    let mut changes = moved.into_iter().map(|id| {
        turn += 1;
        let change = Change {
            stamp: Stamp::new(at().now + 90_000 + turn, 0, 9),
            intent: Intent::new(IntentKind::Import, "Value"),
            author: None,
            edits: vec![Edit::Deal(
                id,
                DealField::Value(Some(Money::new(turn, Currency::EUR))),
            )],
            before: Vec::new(),
            undoes: None,
        };
        moving.apply(&change).entities
    });
    let touched: Vec<_> = changes.by_ref().collect();
    let mut next = touched.iter();
    row(
        "  the same after one change",
        time(|| {
            live.refresh(&moving, &|_| 0, next.next().unwrap());
            let idle = live.overview.idle(&live.facts, &all, ask.now);
            let told = (
                live.overview.win(&live.facts),
                live.overview.velocity(&live.facts),
            );
            (told, live.overview.creation(&live.facts, ask.now), idle)
        }),
        floor,
    );
    let mut kept = Kept::default();
    kept.read(&moving, &|_| 0);
    let mut next = touched.iter();
    row(
        "  one change with a page of figures open",
        time(|| {
            kept.hear(next.next().unwrap());
            kept.read(&moving, &|_| 0).1
        }),
        floor,
    );
    let sliced = Sliced::of(&moving, &live.facts, Dimension::Stage);
    row(
        "  open deals of each stage",
        time(|| {
            let parts = sliced.parts(&all).into_iter();
            parts
                .map(|(_, part)| Open::of(&facts, &part, Due::Any).count)
                .sum::<u64>()
        }),
        floor,
    );
    asked(&moving, ask.now, &row, floor);
    row(
        "  rank the bottlenecks",
        time(|| {
            let query = NarrowQuery {
                pipeline: facts.stages.pipelines[0],
                period: Period::all(),
                exchange: &Exchange::default(),
                now: ask.now,
            };
            bottlenecks(&facts, &all, &query)
        }),
        floor,
    );
}

/// What the pages ask for, figure by figure, of all deals.
fn asked(world: &World, now: Now, row: &dyn Fn(&str, f64, f64), floor: f64) {
    let facts = Facts::over(world, &|_| 0);
    let all = Selection::all(&facts);
    let exchange = Exchange::read(&world.state);
    let question = Question {
        facts: &facts,
        exchange: &exchange,
        period: Period::all(),
        now,
        rules: Rules::default(),
        pipeline: None,
        quota: None,
    };
    for metric in Metric::ALL.iter().copied() {
        let name = format!("    {}", metric.label());
        row(&name, time(|| question.answer(metric, &all)), floor);
    }
}

/// `n` deals with a way through the stages: some won, some lost, some still open.
fn with_history(n: usize) -> World {
    let (session, _) = workspace(n);
    let mut world = session.world().clone();
    let stages = world.state.stages(world.state.pipelines()[0].id);
    let stages: Vec<StageId> = stages.iter().map(|s| s.id).collect();
    let (mut rng, mut edits) = (IdSource::new(4), Vec::new());
    let deals: Vec<DealId> = world.state.tables.deals.iter().map(|d| d.id).collect();
    for id in deals {
        let mut since = at().now - (rng.below(700) as i64 + 1) * 86_400_000;
        edits.push(Edit::Deal(id, DealField::Created(since)));
        for stage in &stages[..1 + rng.below(5) as usize] {
            let placement = Placement {
                stage: *stage,
                since,
            };
            edits.push(Edit::Deal(id, DealField::Placement(placement)));
            since += rng.below(30) as i64 * 86_400_000;
        }
        let on = Closure::on(NaiveDate::from_epoch_days((since / 86_400_000) as i32).unwrap());
        let status = [Status::Open, Status::Won, Status::Lost][rng.below(3) as usize];
        edits.push(Edit::Deal(id, DealField::Outcome(Outcome::new(status, on))));
    }
    world.apply(&Change {
        stamp: Stamp::new(at().now + 80_000, 0, 9),
        intent: Intent::new(IntentKind::Import, "History"),
        author: None,
        edits,
        before: Vec::new(),
        undoes: None,
    });
    world
}
