//! What holds of every forecast, whatever the pipeline.

use crate::known::{Told, forecast, told};
use crate::pipelines::{PLAIN, begin, date, story};
use fairlead::domain::change::{Change, Edit, Intent, IntentKind};
use fairlead::domain::deal::{Closure, DealField, Outcome, Status};
use fairlead::domain::forecast::grade::report::report;
use fairlead::domain::forecast::grade::verdict::verdicts;
use fairlead::domain::forecast::grade::{Ask, Grading, words};
use fairlead::domain::forecast::life::Lives;
use fairlead::domain::forecast::outcome::{Outcome as Came, quantile};
use fairlead::domain::forecast::plan::Plan;
use fairlead::domain::forecast::simulate::Run;
use fairlead::domain::forecast::{DAY, Day};
use fairlead::domain::ids::DealId;
use fairlead::domain::insight::period::Period;
use fairlead::domain::insight::stats::special::normal_quantile;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::quota::Span;
use fairlead::domain::stage::StageField;
use fairlead::domain::stamp::Stamp;
use proptest::prelude::*;

const WEEKS: i32 = 90;

fn then() -> Day {
    begin() + 7 * 60
}

fn period() -> Period {
    Period::quarter_of(date(then() + 1), 1)
}

/// A plan of some deals, without a history.
fn plan(deals: &[(u16, i32)], rho: f64, fresh: &[i64], seed: u64) -> Plan {
    let months = 3;
    Plan {
        trials: 400,
        seed,
        months,
        period: (0, months),
        deals: (0..deals.len()).map(|n| DealId(n as u64 + 1)).collect(),
        thresholds: deals
            .iter()
            .map(|(p, _)| normal_quantile(f64::from(*p) / 1_000.0))
            .collect(),
        when: deals
            .iter()
            .flat_map(|_| [1 << 30, 3 << 30, u32::MAX])
            .collect(),
        values: deals.iter().map(|(_, v)| i64::from(*v)).collect(),
        ratios: [32, 64, 96, 64].repeat(64),
        arrivals: vec![0.5; months],
        fresh: fresh.to_vec(),
        certain: vec![5, 0, 7],
        rho,
        won: 1_000,
        unit: 1,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn quantiles_are_ordered_and_within_what_can_be(
        deals in proptest::collection::vec((1..1_000_u16, 0..1_000_000), 0..40),
        rho in 0.0..0.4_f64,
        seed in any::<u64>(),
    ) {
        let plan = plan(&deals, rho, &[10, 20], seed);
        let came = Run::new(plan.clone()).finish();
        prop_assert_eq!(came.totals.len(), 400);
        prop_assert!(came.totals.is_sorted());
        for range in came.months.iter().chain(&came.by_then).chain([&came.range]) {
            prop_assert!(range.low <= range.middle && range.middle <= range.high);
        }
        // What is won already and for sure is always in it.
        prop_assert!(i128::from(came.totals[0]) >= 1_012);
        let last = came.by_then.last().copied();
        prop_assert_eq!(last, Some(came.range));
        let risk: f64 = came.parts.iter().map(|p| p.risk).sum::<f64>() + came.arrivals.1;
        prop_assert!((risk - 1.0).abs() < 1e-6, "{}", risk);
        prop_assert_eq!(came.at_least(i128::MIN), Some(1.0));
        prop_assert_eq!(came.at_least(i128::MAX), Some(0.0));
        // The same seed gives the same, also in slices, and over a thread's words.
        let mut slices = Run::new(Plan::from_words(&plan.to_words()).unwrap());
        while slices.step(7) {}
        let again = slices.finish();
        prop_assert_eq!(&again, &came);
        prop_assert_eq!(Came::from_words(&came.to_words()).unwrap(), came);
    }

    #[test]
    fn quantiles_are_among_the_numbers(mut all in proptest::collection::vec(-1_000_000..1_000_000_i64, 1..60), share in 0.0..1.0_f64) {
        all.sort_unstable();
        let found = quantile(&all, share);
        prop_assert!(i128::from(all[0]) <= found && found <= i128::from(*all.last().unwrap()));
    }

    #[test]
    fn nothing_later_shows(seed in 0..40_u64, odd in any::<u64>()) {
        let log = story(PLAIN, WEEKS, seed);
        let known: Vec<Change> = log.iter().filter(|c| c.stamp.ms() < at(then() + 1)).cloned().collect();
        let whole = forecast(&told(&disturbed(log, odd)), then(), period(), 200);
        let early = forecast(&told(&known), then(), period(), 200);
        prop_assert_eq!(&whole.book, &early.book);
        prop_assert_eq!(&whole.model, &early.model);
        prop_assert_eq!(&whole.chances, &early.chances);
        prop_assert_eq!(&whole.outcome, &early.outcome);
    }
}

fn at(day: Day) -> i64 {
    i64::from(day) * DAY
}

/// The log with later events changed and added: deals closed, worth more, removed, stages with
/// other chances, changes of before taken back.
fn disturbed(mut log: Vec<Change>, odd: u64) -> Vec<Change> {
    let after = at(then() + 1);
    for change in log.iter_mut().filter(|c| c.stamp.ms() >= after) {
        for edit in &mut change.edits {
            if let Edit::Deal(_, DealField::Value(Some(money))) = edit {
                money.minor = (money.minor / 2).wrapping_add((odd % 1_000) as i64);
            }
        }
    }
    let stamps: Vec<Stamp> = log.iter().map(|c| c.stamp).collect();
    let mut add = |n: u16, undoes: Option<Stamp>, edits: Vec<Edit>| {
        log.push(Change {
            stamp: Stamp::new(after + i64::from(n) * 60_000, n, 9),
            author: None,
            intent: Intent::new(IntentKind::EditDeal, "Later"),
            edits,
            before: Vec::new(),
            undoes,
        });
    };
    for n in 0..30_u16 {
        let id = DealId(1 + (odd >> n) % 150);
        let on = date(then() + 1 + i32::from(n));
        let field = match n % 4 {
            0 => DealField::Outcome(Outcome::new(Status::Won, Closure::on(on))),
            1 => DealField::Value(Some(Money::new(9_000_000, Currency::EUR))),
            2 => DealField::Close(Some(on)),
            _ => DealField::Deleted(true),
        };
        add(n, None, vec![Edit::Deal(id, field)]);
    }
    let stage = fairlead::domain::ids::StageId(2);
    add(
        40,
        None,
        vec![Edit::Stage(stage, StageField::Probability(90))],
    );
    // What was done before is taken back later: then it still stood.
    let of = stamps[(odd % stamps.len() as u64) as usize];
    if of.ms() < after {
        add(50, Some(of), Vec::new());
    }
    log
}

fn graded(told: &Told, today: Day, ask: Ask) -> Vec<fairlead::domain::forecast::grade::Shot> {
    let lives = Lives::read(&told.trails, &told.ground.stages, today, i64::MAX);
    Grading::new(lives, &told.ground, today, ask).finish(&told.trails, &told.ground)
}

#[test]
fn grading_says_of_a_good_history_that_chances_beat_the_base_rate() {
    let weeks = 52 * 3;
    let told = told(&story(PLAIN, weeks, 5));
    let ask = Ask {
        span: Span::Month,
        weekly: false,
        trials: 400,
    };
    let shots = graded(&told, begin() + 7 * weeks, ask);
    assert!(shots.len() >= 25, "{}", shots.len());
    let report = report(&shots);
    assert_eq!(report.periods, report.shots);
    let first = &verdicts(&report)[0];
    assert!(
        first.text.contains("better than the base rate, by"),
        "{first:?}"
    );
    // The chances of all deals together come to about as many as were won.
    let said: f64 = shots
        .iter()
        .flat_map(|s| &s.guesses)
        .map(|g| g.chances[1])
        .sum();
    let won = shots
        .iter()
        .flat_map(|s| &s.guesses)
        .filter(|g| g.won)
        .count() as f64;
    assert!((said - won).abs() < 4.0 * won.sqrt(), "{said} for {won}");
    assert_eq!(words::from_words(&words::to_words(&shots)).unwrap(), shots);
}

#[test]
fn nothing_and_little_are_graded_in_words() {
    let ask = Ask {
        span: Span::Quarter,
        weekly: true,
        trials: 100,
    };
    for weeks in [0, 4, 40] {
        let told = told(&story(PLAIN, weeks, 3));
        let shots = graded(&told, begin() + 7 * weeks, ask);
        let report = report(&shots);
        let all = verdicts(&report);
        assert!(!all.is_empty());
        assert!(all.iter().all(|v| !v.text.contains("NaN")), "{all:?}");
        let now = forecast(&told, begin() + 7 * weeks, period(), 100);
        assert!(now.outcome.range.low <= now.outcome.range.high);
        assert!(
            now.chances
                .iter()
                .all(|c| c.played.iter().all(|p| (0.0..=1.0).contains(p)))
        );
    }
}
