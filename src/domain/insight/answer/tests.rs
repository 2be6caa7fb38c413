//! Figures of small worlds, counted by hand.

use super::*;
use crate::domain::deal::DealField;
use crate::domain::insight::made::{End, Made, on};
use crate::domain::insight::win::WinMeasure;
use std::collections::BTreeMap;

fn chosen(all: &[(&str, &str)]) -> Rules {
    let all = all.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
    Rules::read(&all.collect::<BTreeMap<_, _>>())
}

/// Won: 300 on day 40, 100 on day 60. Lost: 200 on day 50. Open: 400 due on day 45, which is over;
/// 1,000 without a close. All but the last were created on day 20, that one on day 30.
fn five() -> Made {
    let mut made = Made::new();
    made.deal(Some(300), &[(0, 20)], End::Won(40));
    made.deal(Some(100), &[(0, 20)], End::Won(60));
    made.deal(Some(200), &[(0, 20)], End::Lost(50));
    let late = made.deal(Some(400), &[(0, 20)], End::Open);
    made.set(late, DealField::Close(Some(on(45))));
    made.deal(Some(1_000), &[(0, 30)], End::Open);
    made
}

#[test]
fn the_chosen_way_of_the_win_rate_holds_for_number_value_and_the_deals_behind() {
    let made = five();
    let rate = |all: &[(&str, &str)], days| {
        made.ask(days, chosen(all), |q, of| {
            let answer = q.answer(Metric::WinRate, of);
            (answer.value, answer.n, q.deals(Metric::WinRate, of).len())
        })
    };
    let share = |part, n| Value::Share(Rate::new(part, n));
    let euros = |part: f64| Value::Parts(vec![(Currency::EUR, part)]);
    let win = |code| ("win_rate", code);
    let value = ("win_measure", "value");
    assert_eq!(rate(&[], (35, 70)), (share(2, 3), 3, 3));
    assert_eq!(rate(&[win("with_overdue")], (35, 70)), (share(2, 4), 4, 4));
    // By creation: both won, the lost and the late one came on day 20; nothing decided on day 30.
    assert_eq!(rate(&[win("creation")], (20, 29)), (share(2, 3), 3, 3));
    let both = win("creation_with_overdue");
    assert_eq!(rate(&[both], (20, 29)), (share(2, 4), 4, 4));
    // 400 of 600; with what is overdue 400 of 1,000.
    assert_eq!(rate(&[value], (35, 70)), (euros(400.0 / 600.0), 3, 3));
    assert_eq!(
        rate(&[value, win("with_overdue")], (35, 70)),
        (euros(0.4), 4, 4)
    );
    assert_eq!(rate(&[value, both], (30, 99)), (Value::None, 0, 0));
    // The figure of its own follows the way too.
    let own = made.ask((35, 70), chosen(&[win("with_overdue")]), |q, of| {
        q.answer(Metric::WinValue, of).value
    });
    assert_eq!(own, euros(0.4));
}

#[test]
fn a_cohort_says_who_is_not_decided_and_between_what_the_rate_can_end() {
    let made = five();
    let rate = made.ask((20, 30), chosen(&[("win_rate", "creation")]), |q, of| {
        WinRate::of(q.facts, of, &q.win())
    });
    assert_eq!((rate.rate(), rate.undecided), (Rate::new(2, 3), 2));
    let bounds = rate.bounds().unwrap();
    assert_eq!((bounds.low, bounds.high), (0.4, 0.8));
}

#[test]
fn rules_name_the_way_that_was_chosen_and_say_what_it_means() {
    let usual = Rules::default();
    assert_eq!(usual.way(Metric::WinRate), None);
    assert_eq!(
        usual.definition(Metric::WinRate),
        Metric::WinRate.definition()
    );
    for (_, _, way) in &crate::domain::insight::catalogue::WIN_WAYS[1..] {
        let rules = chosen(&[("win_rate", way.code)]);
        assert_eq!(rules.code(Metric::WinRate), Some(way.code));
        assert_eq!(rules.way(Metric::WinRate).as_deref(), Some(way.label));
        assert_eq!(rules.definition(Metric::WinRate), way.definition);
        assert_eq!(rules.formula(Metric::WinRate), way.formula);
        let value = chosen(&[("win_rate", way.code), ("win_measure", "value")]);
        assert_eq!(value.measure, WinMeasure::Value);
        let said = value.way(Metric::WinRate).unwrap();
        assert!(said.starts_with("By value. ") && said.ends_with(way.label));
    }
    for metric in Metric::ALL {
        for way in metric.alternatives() {
            let rules = chosen(&[(Rules::key(*metric), way.code)]);
            assert_eq!(rules.code(*metric), Some(way.code));
            assert!(!way.formula.is_empty());
        }
    }
}

#[test]
fn a_velocity_that_is_not_there_names_the_driver_that_is_missing() {
    let why = |made: &Made| {
        made.ask((35, 70), Rules::default(), |q, of| {
            assert_eq!(q.answer(Metric::Velocity, of).value, Value::None);
            q.why_none(Metric::Velocity, of).unwrap()
        })
    };
    let mut made = Made::new();
    made.deal(Some(1_000), &[(0, 30)], End::Open);
    assert!(why(&made).contains("no deal was won or lost"));
    made.deal(Some(1_000), &[(0, 30)], End::Lost(40));
    assert!(why(&made).contains("no deal was won in"));
    made.deal(None, &[(0, 30)], End::Won(40));
    assert!(why(&made).contains("has a value"));
    let mut at_once = Made::new();
    at_once.deal(Some(5), &[(0, 40)], End::Won(40));
    assert!(why(&at_once).contains("the day they were created"));
}

/// Three deals that went through three stages. One on to the next, back, on again and won on day 50;
/// one straight from the first to the third and lost on day 60; one still in the first, since day 30.
fn ways() -> Made {
    let mut made = Made::new();
    made.deal(
        Some(100),
        &[(0, 20), (1, 24), (0, 28), (1, 30), (2, 40)],
        End::Won(50),
    );
    made.deal(Some(200), &[(0, 20), (2, 30)], End::Lost(60));
    made.deal(Some(400), &[(0, 30)], End::Open);
    made
}

#[test]
fn from_a_stage_to_won_and_to_lost_and_by_entries_of_deals_not_lost() {
    let made = ways();
    let rates = |code| {
        made.ask((0, 99), chosen(&[("conversion", code)]), |q, of| {
            let all = q.by_stage(Metric::Conversion, of).unwrap();
            let rate = |(_, answer): (u16, Answer)| match answer.value {
                Value::Share(rate) => (rate.part, rate.n, answer.interval.is_some()),
                other => panic!("{other:?}"),
            };
            all.into_iter().map(rate).collect::<Vec<_>>()
        })
    };
    assert_eq!(rates("to_won"), [(1, 3, true), (1, 1, true), (1, 2, true)]);
    assert_eq!(rates("to_lost"), [(1, 3, true), (0, 1, true), (1, 2, true)]);
    // Not lost: three times into the first, twice into the second, once into the third, one won.
    assert_eq!(
        rates("not_lost"),
        [(2, 3, true), (1, 2, true), (1, 1, true)]
    );
    let mut twice = Made::new();
    twice.deal(None, &[(0, 20), (1, 24), (2, 26), (1, 28)], End::Open);
    let first = twice.ask((0, 99), chosen(&[("conversion", "not_lost")]), |q, of| {
        let first = q.by_stage(Metric::Conversion, of).unwrap().remove(0).1;
        (first.value, first.interval)
    });
    assert_eq!(first, (Value::Share(Rate::new(2, 1)), None));
}

#[test]
fn time_in_a_stage_without_those_still_there_is_the_median_of_those_that_left() {
    let made = ways();
    let days = |code| {
        made.ask((0, 99), chosen(&[("stage_time", code)]), |q, of| {
            let first = q.by_stage(Metric::StageTime, of).unwrap().remove(0).1;
            (first.value, first.n)
        })
    };
    // Left after 4, 2 and 10 days; one has been there for 70. Half of four are gone after 4.
    assert_eq!(days("watched"), (Value::Days(4.0), 4));
    assert_eq!(days("left_only"), (Value::Days(4.0), 3));
    let mut slow = Made::new();
    slow.deal(None, &[(0, 20), (1, 23)], End::Open);
    slow.deal(None, &[(0, 20)], End::Open);
    slow.deal(None, &[(0, 20)], End::Open);
    let of = |code| {
        slow.ask((0, 22), chosen(&[("stage_time", code)]), |q, of| {
            let none = q.why_none(Metric::StageTime, of);
            (q.answer(Metric::StageTime, of).value, none.is_some())
        })
    };
    assert_eq!(of("watched"), (Value::None, true));
    assert_eq!(of("left_only").0, Value::Days(3.0));
}

#[test]
fn values_are_weighted_by_the_chance_that_is_chosen() {
    let mut made = ways();
    let own = made.deal(Some(1_000), &[(1, 30)], End::Open);
    made.set(own, DealField::Probability(Some(90)));
    let weighted = |code, days| {
        made.ask(days, chosen(&[("weighted", code)]), |q, of| {
            let answer = q.answer(Metric::Weighted, of);
            let deals = q.deals(Metric::Weighted, of).len();
            match answer.value {
                Value::Money(total) => (total.sums.of(Currency::EUR), deals),
                other => panic!("{other:?}"),
            }
        })
    };
    // 400 in a stage of 10 %, 1,000 in one of 20 % with 90 % of its own; 100 were won on day 50.
    assert_eq!(weighted("own", (0, 99)), (94_000, 2));
    assert_eq!(weighted("stage", (0, 99)), (24_000, 2));
    assert_eq!(weighted("with_won", (0, 99)), (104_000, 3));
    assert_eq!(weighted("with_won", (60, 99)), (94_000, 2));
}

#[test]
fn by_age_a_deal_rots_whatever_is_done_for_it() {
    use crate::domain::change::Edit;
    use crate::domain::insight::made::STAGES;
    use crate::domain::stage::StageField;
    let mut made = Made::new();
    let old = made.deal(None, &[(0, 20), (1, 99)], End::Open);
    made.deal(None, &[(1, 95)], End::Open);
    let limit = StageField::RotDays(Some(30));
    made.apply(vec![Edit::Stage(STAGES[1], limit)]);
    let rotting = |code| {
        made.ask((0, 99), chosen(&[("idle", code)]), |q, of| {
            q.deals(Metric::Rotting, of)
        })
    };
    assert_eq!(rotting("touch"), []);
    assert_eq!(rotting("age"), [old]);
}
