//! Standings over small teams.

use super::better::{Alike, Habit, better, mean_difference, mean_test};
use super::effort::{Part, effort, mismatch};
use super::*;
use crate::domain::activity::ActivityField;
use crate::domain::change::{Change, Edit, Intent, IntentKind};
use crate::domain::deal::{Closure, DealField, Outcome, Placement};
use crate::domain::ids::{ActivityId, DealId, PipelineId, StageId};
use crate::domain::money::{Currency, Money};
use crate::domain::party::PersonField;
use crate::domain::rank::Rank;
use crate::domain::stage::{PipelineField, StageField};
use crate::domain::stamp::Stamp;
use chrono::NaiveDate;

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, d).unwrap()
}

fn noon(d: u32) -> i64 {
    day(d)
        .and_hms_opt(12, 0, 0)
        .unwrap()
        .and_utc()
        .timestamp_millis()
}

/// Deals of three people: (owner, won, lost, calls each), all in one pipeline of two stages.
fn world(people: &[(u64, u64, u64, u64)]) -> World {
    let mut edits = vec![Edit::Pipeline(
        PipelineId(1),
        PipelineField::Name("Sales".into()),
    )];
    for (n, rank) in Rank::spread(2).into_iter().enumerate() {
        let id = StageId(n as u64 + 1);
        let fields = [
            StageField::Pipeline(PipelineId(1)),
            StageField::Name(format!("Stage {}", n + 1)),
            StageField::Rank(rank),
            StageField::Probability(50),
        ];
        edits.extend(fields.map(|f| Edit::Stage(id, f)));
    }
    let (mut id, mut activity) = (0, 0);
    for (person, won, lost, calls) in people {
        let name = PersonField::Name(format!("Person {person}"));
        edits.push(Edit::Person(PersonId(*person), name));
        for n in 0..won + lost {
            id += 1;
            let closure = Box::new(Closure::on(day(20)));
            let outcome = if n < *won {
                Outcome::Won(closure)
            } else {
                Outcome::Lost(closure)
            };
            let fields = [
                DealField::Title(format!("Deal {id}")),
                DealField::Placement(Placement {
                    stage: StageId(1),
                    since: noon(1),
                }),
                DealField::Created(noon(1)),
                DealField::Value(Some(Money::new(1_000, Currency::EUR))),
                DealField::Owner(Some(PersonId(*person))),
                DealField::Outcome(outcome),
            ];
            edits.extend(fields.map(|f| Edit::Deal(DealId(id), f)));
            for _ in 0..*calls {
                activity += 1;
                let fields = [
                    ActivityField::Kind(ActivityKind::Call),
                    ActivityField::Deal(Some(DealId(id))),
                    ActivityField::Done(Some(noon(10))),
                ];
                edits.extend(fields.map(|f| Edit::Activity(ActivityId(activity), f)));
            }
        }
    }
    over(edits)
}

fn over(edits: Vec<Edit>) -> World {
    let mut world = World::default();
    world.apply(&Change {
        stamp: Stamp::new(1, 0, 1),
        intent: Intent::new(IntentKind::Import, ""),
        author: None,
        edits,
        before: Vec::new(),
        undoes: None,
    });
    world
}

fn found(world: &World) -> (Facts, Standings) {
    let facts = Facts::over(world, &|_| 0);
    let all = Selection::all(&facts);
    let standings = standings(
        ask(world, &facts, &all, &Exchange::default()),
        Dimension::Owner,
    );
    (facts, standings)
}

fn ask<'a>(
    world: &'a World,
    facts: &'a Facts,
    all: &'a Selection,
    exchange: &'a Exchange,
) -> Ask<'a> {
    Ask {
        world,
        facts,
        of: all,
        everybody: all,
        period: Period::all(),
        exchange,
        today: day_of(noon(25)),
    }
}

#[test]
fn of_nothing_there_is_no_rate_and_nothing_to_compare() {
    let world = World::default();
    let (facts, standings) = found(&world);
    assert!(standings.all.is_empty());
    assert_eq!(standings.limits(10), None);
    let better = better(&world, &facts, &standings, Period::all());
    assert_eq!(better, Err(Alike::Few));
    assert_eq!(works(&world.state, Period::all(), 20_000), Works::default());
}

#[test]
fn a_lucky_beginner_is_drawn_towards_the_others_and_the_limits_are_wider_for_few() {
    let world = world(&[(1, 30, 30, 1), (2, 12, 48, 1), (3, 2, 0, 1)]);
    let (_, standings) = found(&world);
    let of = |key: u64| {
        let key = PersonId(key).to_string();
        standings.all.iter().find(|s| s.key == key).unwrap()
    };
    assert_eq!(of(3).rate.value(), Some(1.0));
    assert!(of(3).is_few() && !of(1).is_few());
    assert!(of(3).compared().unwrap() < 0.7, "{:?}", of(3).shrunk);
    let (few, many) = (
        standings.limits(2).unwrap().0,
        standings.limits(60).unwrap().0,
    );
    assert!(few.width() > many.width());
    // All have deals of the same size: expected is the common rate.
    let expected = of(1).expected.unwrap();
    assert!((expected - 60.0 * 44.0 / 122.0).abs() < 1e-9, "{expected}");
    assert_eq!(of(1).won_value.sums.of(Currency::EUR), 30_000);
    assert_eq!(of(1).cycle.median(), Some(19.0));
}

#[test]
fn strays_are_those_whom_chance_does_not_explain() {
    let strays = |people: &[(u64, u64, u64, u64)]| {
        let (_, standings) = found(&world(people));
        let strays = standings.strays().into_iter();
        strays.map(|s| s.name.clone()).collect::<Vec<_>>()
    };
    // One of one says nothing, nor does eight of ten, nor two.
    assert!(strays(&[(1, 1, 0, 0), (2, 7, 4, 0)]).is_empty());
    assert!(strays(&[(1, 8, 2, 0), (2, 5, 5, 0), (3, 2, 8, 0)]).is_empty());
    // All won, or all lost: all are on the mean.
    assert!(strays(&[(1, 12, 0, 0), (2, 11, 0, 0)]).is_empty());
    assert!(strays(&[(1, 0, 12, 0), (2, 0, 11, 0)]).is_empty());
    // What is as far off on either side is one as much as the other.
    assert_eq!(
        strays(&[(1, 9, 1, 0), (2, 5, 5, 0), (3, 1, 9, 0)]),
        ["Person 1", "Person 3"]
    );
    // Far off, but of few.
    assert!(strays(&[(1, 9, 0, 0), (2, 10, 40, 0)]).is_empty());
}

#[test]
fn who_is_chosen_is_still_held_against_everybody() {
    let world = world(&[(1, 30, 30, 1), (2, 12, 48, 1), (3, 2, 0, 1)]);
    let (facts, all) = found(&world);
    let second = facts.owners.find(&PersonId(2)).unwrap();
    let of = Selection::all(&facts).and(|row| facts.owner[row] == second);
    let everybody = Selection::all(&facts);
    let exchange = Exchange::default();
    let asked = Ask {
        of: &of,
        ..ask(&world, &facts, &everybody, &exchange)
    };
    let chosen = standings(asked, Dimension::Owner);
    let of = |all: &Standings| {
        let key = PersonId(2).to_string();
        all.all.iter().find(|s| s.key == key).cloned()
    };
    assert_eq!(chosen.all.len(), 1);
    assert_eq!(of(&chosen), of(&all));
    assert_eq!((chosen.rate, chosen.prior), (all.rate, all.prior));
}

#[test]
fn won_values_are_added_up_by_the_rates() {
    let world = world(&[(1, 3, 1, 0)]);
    let facts = Facts::over(&world, &|_| 0);
    let all = Selection::all(&facts);
    let usd = Currency::parse("USD").unwrap();
    let worth = [(usd, Currency::EUR, None, 800_000)];
    let exchange = Exchange::of(Some(usd), worth.into_iter());
    let one = &standings(ask(&world, &facts, &all, &exchange), Dimension::Owner).all[0];
    assert_eq!(one.won_value.one(usd), Some((usd, 3_750)));
    assert_eq!(one.won_value.converted, 3);
}

#[test]
fn what_the_better_ones_do_differently_needs_three_people_with_enough_deals() {
    let two = world(&[(1, 20, 10, 5), (2, 5, 25, 1), (3, 1, 1, 1)]);
    let (facts, standings) = found(&two);
    assert_eq!(
        better(&two, &facts, &standings, Period::all()),
        Err(Alike::Few)
    );
    let three = world(&[(1, 20, 10, 5), (2, 5, 25, 1), (3, 6, 24, 2)]);
    let (facts, standings) = found(&three);
    let better = better(&three, &facts, &standings, Period::all()).unwrap();
    assert_eq!(better.top, ["Person 1"]);
    assert_eq!((better.top_deals, better.rest_deals), (30, 60));
    let calls = better
        .habits
        .iter()
        .find(|h| h.habit == Habit::Activities(ActivityKind::Call))
        .unwrap();
    let (difference, interval) = calls.difference().unwrap();
    assert!((difference - 3.5).abs() < 1e-9 && interval.holds(3.5));
    assert!(calls.is_clear());
    let meetings = Habit::Activities(ActivityKind::Meeting);
    let meetings = better.habits.iter().find(|h| h.habit == meetings).unwrap();
    assert!(!meetings.is_clear(), "nobody had any");
}

#[test]
fn nobody_is_better_where_chance_alone_makes_the_difference() {
    let world = world(&[(1, 13, 17, 5), (2, 12, 18, 1), (3, 11, 19, 2)]);
    let (facts, standings) = found(&world);
    let better = better(&world, &facts, &standings, Period::all());
    assert_eq!(better, Err(Alike::Chance));
}

#[test]
fn a_difference_that_is_clear_alone_may_not_be_among_many() {
    let three = world(&[(1, 20, 10, 5), (2, 5, 25, 1), (3, 6, 24, 2)]);
    let (facts, standings) = found(&three);
    let better = better(&three, &facts, &standings, Period::all()).unwrap();
    let tested = better.habits.iter().filter(|h| h.p.is_some()).count();
    assert!(tested > 5);
    for habit in &better.habits {
        let alone = mean_test(&habit.top, &habit.rest);
        assert_eq!(alone.is_some(), habit.p.is_some());
        assert!(habit.p >= alone);
        if let (Some(alone), Some((_, interval))) = (alone, habit.difference()) {
            assert_eq!(alone < 0.05, !interval.holds(0.0));
        }
    }
}

#[test]
fn the_difference_of_two_means_is_that_of_welch() {
    // Means 2.5 and 6, squared errors 5/12 and 2, 5.52 degrees of freedom, t = 2.499.
    let of = |all: &[u32]| {
        let mut sample = Sample::default();
        all.iter().for_each(|n| sample.add(*n));
        sample
    };
    let (difference, interval) =
        mean_difference(&of(&[1, 2, 3, 4]), &of(&[2, 4, 6, 8, 10])).unwrap();
    assert!((difference + 3.5).abs() < 1e-12);
    assert!((interval.low + 7.385_4).abs() < 1e-3, "{interval:?}");
    assert!((interval.high - 0.385_4).abs() < 1e-3, "{interval:?}");
    // t = 3.5 ÷ √(5/12 + 2) = 2.251.
    let p = mean_test(&of(&[1, 2, 3, 4]), &of(&[2, 4, 6, 8, 10])).unwrap();
    assert!((p - 0.069_3).abs() < 5e-4, "{p}");
    assert_eq!(mean_test(&of(&[4, 4]), &of(&[4, 4])), Some(1.0));
    assert_eq!(mean_difference(&of(&[1]), &of(&[1, 2])), None);
}

#[test]
fn effort_is_held_against_value_by_the_rates() {
    let mut edits = vec![Edit::Pipeline(
        PipelineId(1),
        PipelineField::Name("Sales".into()),
    )];
    for (n, rank) in Rank::spread(2).into_iter().enumerate() {
        let id = StageId(n as u64 + 1);
        let fields = [
            StageField::Pipeline(PipelineId(1)),
            StageField::Name(format!("Stage {}", n + 1)),
            StageField::Rank(rank),
            StageField::Probability(50),
        ];
        edits.extend(fields.map(|f| Edit::Stage(id, f)));
    }
    let usd = Currency::parse("USD").unwrap();
    for (deal, stage, value, calls) in [
        (1, 1, Money::new(100, Currency::EUR), 3),
        (2, 2, Money::new(900, Currency::EUR), 1),
        (3, 1, Money::new(5_000, usd), 0),
    ] {
        let id = DealId(deal);
        let fields = [
            DealField::Placement(Placement {
                stage: StageId(stage),
                since: noon(1),
            }),
            DealField::Value(Some(value)),
        ];
        edits.extend(fields.map(|f| Edit::Deal(id, f)));
        for n in 0..calls {
            let fields = [
                ActivityField::Kind(ActivityKind::Call),
                ActivityField::Deal(Some(id)),
                ActivityField::Done(Some(noon(10))),
                ActivityField::Duration(Some(15)),
            ];
            let id = ActivityId(deal * 10 + n);
            edits.extend(fields.map(|f| Edit::Activity(id, f)));
        }
    }
    let world = over(edits);
    let facts = Facts::over(&world, &|_| 0);
    let all = Selection::all(&facts);
    let by_stage = |exchange: &Exchange| {
        let parts = effort(ask(&world, &facts, &all, exchange), Dimension::Stage);
        let told = |p: &Part| (p.name.clone(), p.work.count(), p.effort, p.value);
        (parts.iter().map(told).collect::<Vec<_>>(), parts)
    };
    let told = |stage: &str, n, effort, value| (stage.to_owned(), n, Some(effort), value);
    // 50 and 450 euro, and 2,500 dollars: without a rate no share is claimed.
    let (apart, parts) = by_stage(&Exchange::default());
    assert_eq!(
        apart,
        [
            told("Stage 1", 3, 0.75, None),
            told("Stage 2", 1, 0.25, None)
        ]
    );
    assert_eq!(parts[0].weighted.sums.of(usd), 2_500);
    assert_eq!(parts[0].work.minutes, 45);
    assert_eq!(mismatch(&parts), None);
    // At 8 for 10 these are 2,000 euro.
    let worth = [(usd, Currency::EUR, None, 800_000)];
    let exchange = Exchange::of(Some(Currency::EUR), worth.into_iter());
    let (one, parts) = by_stage(&exchange);
    assert_eq!(
        one,
        [
            told("Stage 1", 3, 0.75, Some(0.82)),
            told("Stage 2", 1, 0.25, Some(0.18))
        ]
    );
    assert_eq!(parts[0].weighted.sums.of(Currency::EUR), 2_050);
    assert_eq!(mismatch(&parts), None);
    assert_eq!(mismatch(&[]), None);
}

#[test]
fn behind_a_number_are_the_deals_it_is_made_of() {
    use crate::domain::insight::stay::{StageTimes, stayed};
    let world = world(&[(1, 2, 0, 1), (2, 0, 3, 2), (3, 1, 0, 0)]);
    let today = day_of(noon(25));
    let of = |person: u64, kind| {
        let (period, person) = (Period::all(), PersonId(person));
        let theirs = worked_on(&world.state, period, today, kind, |who| who == person);
        let rest = worked_on(&world.state, period, today, kind, |who| who != person);
        (theirs, rest)
    };
    let ids = |all: &[u64]| all.iter().copied().map(DealId).collect::<Vec<_>>();
    let call = Some(ActivityKind::Call);
    assert_eq!(of(1, call), (ids(&[1, 2]), ids(&[3, 4, 5])));
    assert_eq!(of(2, None), (ids(&[3, 4, 5]), ids(&[1, 2])));
    assert_eq!(of(3, call), (ids(&[]), ids(&[1, 2, 3, 4, 5])));
    assert_eq!(of(1, Some(ActivityKind::Meeting)), (ids(&[]), ids(&[])));

    let (facts, standings) = found(&world);
    let own = &standings
        .all
        .iter()
        .find(|s| s.key == PersonId(2).to_string());
    let own = &own.unwrap().deals;
    for stage in 0..2 {
        let deals = stayed(&facts, own, Period::all(), stage);
        let times = StageTimes::of(&facts, own, Period::all(), today);
        assert_eq!(deals.len() as u64, times.stages[stage].n());
    }
    assert_eq!(stayed(&facts, own, Period::all(), 0), ids(&[3, 4, 5]));
}

#[test]
fn where_all_were_won_or_lost_all_are_as_all() {
    let (_, standings) = found(&world(&[(1, 0, 12, 0), (2, 0, 3, 0)]));
    assert_eq!(standings.all[0].shrunk, Some((0.0, None)));
    let (_, standings) = found(&world(&[(1, 3, 0, 0)]));
    assert_eq!(standings.all[0].shrunk, None, "there is nobody else");
}
