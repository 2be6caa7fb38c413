//! Figures of a pipeline in several currencies, with a rate and without.

use crate::desk::{DAY, Desk, MORNING, today};
use chrono::Days;
use fairlead::domain::command::insight::{InsightCommand, RateDraft};
use fairlead::domain::command::{Command, DealDraft};
use fairlead::domain::deal::Status;
use fairlead::domain::ids::DealId;
use fairlead::domain::insight::answer::{Question, Rules, Value};
use fairlead::domain::insight::bottleneck::{LossBy, Narrow, NarrowQuery, bottlenecks};
use fairlead::domain::insight::catalogue::Metric;
use fairlead::domain::insight::cohort::Ladder;
use fairlead::domain::insight::exchange::Exchange;
use fairlead::domain::insight::facts::{Facts, Now};
use fairlead::domain::insight::period::Period;
use fairlead::domain::insight::select::Selection;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::workspace::WorkspaceField;

fn usd() -> Currency {
    Currency::parse("USD").unwrap()
}

fn add(desk: &mut Desk, stage: &str, minor: i64, currency: Currency) -> DealId {
    let draft = DealDraft {
        title: "A deal".into(),
        value: Some(Money::new(minor, currency)),
        close: today().checked_add_days(Days::new(3)),
        ..DealDraft::new(desk.stage(stage))
    };
    desk.save(draft)
}

/// One dollar is worth 0.90 euros, always; sums are shown in euros.
fn with_rate(desk: &mut Desk) {
    desk.run(Command::Insight(InsightCommand::SaveRate {
        id: None,
        draft: Box::new(RateDraft {
            of: usd(),
            to: Currency::EUR,
            worth: 900_000,
            on: None,
            note: String::new(),
        }),
    }));
    let reporting = WorkspaceField::Reporting(Some(Currency::EUR));
    desk.run(Command::EditWorkspace(vec![reporting]));
}

/// Asks something of a time, with a quota of 100,000.00 euros for all time.
fn ask<R>(desk: &Desk, period: Period, read: impl FnOnce(&Question<'_>, &Selection) -> R) -> R {
    let facts = Facts::over(desk.world(), &|_| 0);
    let exchange = Exchange::read(desk.state());
    let of = Selection::all(&facts);
    let quota = Money::new(10_000_000, Currency::EUR);
    read(
        &Question {
            facts: &facts,
            exchange: &exchange,
            period,
            now: now(desk),
            rules: Rules::default(),
            pipeline: None,
            quota: Some((quota, Period::all())),
        },
        &of,
    )
}

fn now(desk: &Desk) -> Now {
    Now {
        ms: desk.now,
        today: (desk.now.div_euclid(DAY)) as i32,
    }
}

fn narrow(desk: &Desk, period: Period) -> Vec<(String, Narrow)> {
    let pipeline = desk.state().pipelines()[0].id;
    ask(desk, period, |q, of| {
        let query = NarrowQuery {
            pipeline,
            period,
            exchange: q.exchange,
            now: q.now,
        };
        let all = bottlenecks(q.facts, of, &query).into_iter();
        let all = all.filter(|n| n.is_told() && n.weight > 0.0);
        let name = |n: &Narrow| desk.state().name_of(n.stage.into());
        all.map(|n| (name(&n), n)).collect()
    })
}

fn because(found: &(String, Narrow)) -> String {
    found
        .1
        .because(&found.0, &|c, minor| format!("{c} {}", minor / 100))
}

#[test]
fn losses_in_two_currencies_are_counted_without_a_rate_and_weighed_with_one() {
    let mut desk = Desk::new();
    for (stage, minor, currency) in [
        ("Qualification", 1_000_000, usd()),
        ("Prospecting", 10_000, Currency::EUR),
    ] {
        for _ in 0..6 {
            let deal = add(&mut desk, stage, minor, currency);
            desk.set_status(deal, Status::Lost);
        }
    }
    let apart = narrow(&desk, Period::all());
    assert_eq!(apart.len(), 2);
    for one in &apart {
        assert_eq!((one.1.by, one.1.lost_share), (LossBy::Apart, 0.5));
        assert!(because(one).contains("50 % of the deals lost in this pipeline. They are counted"));
    }
    with_rate(&mut desk);
    let summed = narrow(&desk, Period::all());
    let [first, second] = summed.as_slice() else {
        panic!("{summed:?}");
    };
    assert_eq!(
        (first.0.as_str(), second.0.as_str()),
        ("Qualification", "Prospecting")
    );
    assert_eq!(
        because(first).split(". ").next().unwrap(),
        "6 deals were lost in Qualification, worth EUR 54000: 99 % of the value lost in this pipeline"
    );
    // No stage has a limit: the losses alone make the rank, and it is said so.
    assert!((first.1.weight - 0.989).abs() < 0.001);
    assert_eq!(first.1.weight_of, "of what is lost");
    assert!(because(first).ends_with(
        "No deal that was won stayed there: too few to say how long is too long (from 20 on)."
    ));
}

#[test]
fn a_deal_that_stands_too_long_is_seen_whenever_it_came() {
    let mut desk = Desk::new();
    desk.now = MORNING - 500 * DAY;
    let stuck = add(&mut desk, "Qualification", 100, Currency::EUR);
    desk.now = MORNING - 450 * DAY;
    let winners: Vec<DealId> = (0..20)
        .map(|_| add(&mut desk, "Qualification", 100, Currency::EUR))
        .collect();
    desk.now = MORNING - 440 * DAY;
    for deal in winners {
        desk.run(Command::SetStatus {
            deals: vec![deal],
            status: Status::Won,
            closure: fairlead::domain::deal::Closure::on(desk.at().today),
        });
    }
    desk.now = MORNING;
    let month = Period::new(today().checked_sub_days(Days::new(22)).unwrap(), today());
    let found = narrow(&desk, month);
    let [one] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(one.1.waiting, [stuck]);
    assert_eq!(one.1.winners, 20);
    assert_eq!(
        (one.1.weight, one.1.weight_of),
        (1.0, "of what is waited for")
    );
}

#[test]
fn velocity_coverage_and_funnel_are_converted() {
    let mut desk = Desk::new();
    desk.now = MORNING - 10 * DAY;
    let won = add(&mut desk, "Qualification", 100_000, usd());
    desk.now = MORNING;
    desk.set_status(won, Status::Won);
    add(&mut desk, "Qualification", 200_000, usd());
    add(&mut desk, "Prospecting", 300_000, Currency::EUR);
    add(&mut desk, "Prospecting", 300_000, Currency::EUR);
    let speed = |desk: &Desk| ask(desk, Period::all(), |q, of| q.answer(Metric::Velocity, of));
    // Only the dollars have won anything: one open deal × $1,000 ÷ 10 days.
    let apart = speed(&desk);
    assert_eq!(
        (apart.value, apart.n),
        (Value::PerDay(vec![(usd(), 10_000)]), 1)
    );
    let cover = |desk: &Desk| ask(desk, Period::all(), |q, of| q.coverage(of).unwrap());
    let alone = cover(&desk);
    assert_eq!((alone.won, alone.open.count, alone.apart), (0, 2, 2));
    assert_eq!(alone.open.value.of(Currency::EUR), 600_000);
    let behind = |desk: &Desk| {
        ask(desk, Period::all(), |q, of| {
            q.rows(Metric::Coverage, of).count()
        })
    };
    assert_eq!(behind(&desk), 2);

    with_rate(&mut desk);
    let all = speed(&desk);
    assert_eq!(
        (all.value, all.n),
        (Value::PerDay(vec![(Currency::EUR, 27_000)]), 3)
    );
    let whole = cover(&desk);
    assert_eq!((whole.won, whole.open.count, whole.apart), (90_000, 3, 0));
    assert_eq!(whole.open.value.of(Currency::EUR), 780_000);
    assert_eq!(behind(&desk), 3);
    let pipeline = desk.state().pipelines()[0].id;
    let rungs = ask(&desk, Period::all(), |q, of| {
        q.reached(&Ladder::of(q.facts, pipeline), of)
    });
    let euros: Vec<i128> = rungs
        .iter()
        .map(|t| t.one(Currency::EUR).unwrap().1)
        .collect();
    assert_eq!(euros[..2], [870_000, 270_000]);
    assert_eq!(euros.last(), Some(&90_000));
}
