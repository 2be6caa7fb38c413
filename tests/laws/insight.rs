//! Figures follow the changes, and hold together whatever was done.

use crate::work::{Team, at, ops, shuffled};
use fairlead::domain::change::{Change, EntityRef};
use fairlead::domain::deal::Status;
use fairlead::domain::ids::DealId;
use fairlead::domain::insight::bottleneck::{NarrowQuery, bottlenecks};
use fairlead::domain::insight::cycle::CycleRule;
use fairlead::domain::insight::exchange::Exchange;
use fairlead::domain::insight::facts::{Facts, Kept, Now};
use fairlead::domain::insight::flow::{Flows, flow_deals};
use fairlead::domain::insight::idle::{IdleQuery, IdleRule, thresholds};
use fairlead::domain::insight::legs::{Fate, legs};
use fairlead::domain::insight::open::{CoverageRule, Due, Open};
use fairlead::domain::insight::overview::{Ask, Live, Overview};
use fairlead::domain::insight::period::{Cut, Period};
use fairlead::domain::insight::select::Selection;
use fairlead::domain::insight::slice::{Dimension, Sliced, filtered};
use fairlead::domain::insight::stats::sample::Sample;
use fairlead::domain::insight::stats::survival::Curve;
use fairlead::domain::insight::stats::test::{mann_whitney, two_shares};
use fairlead::domain::insight::stats::{Rate, binomial, pool};
use fairlead::domain::insight::ways::{ConversionRule, conversion};
use fairlead::domain::insight::win::{WinBy, WinPart, WinQuery, WinRate, WinRule};
use fairlead::domain::money::{Currency, Money, Sums};
use fairlead::domain::query::idle::idle;
use fairlead::domain::world::World;
use proptest::prelude::*;
use std::cell::Cell;

/// A made-up number of pushes, the same for the same deal.
pub fn pushes(deal: DealId) -> u16 {
    (deal.0 % 4) as u16
}

/// Some days after the work, so that time has passed for what is open.
pub fn now() -> Now {
    let moment = at(0);
    Now {
        ms: moment.now + 40 * 86_400_000,
        today: moment.today.to_epoch_days() + 40,
    }
}

/// All that facts say of a deal, without the numbers of codes and rows.
pub fn said(facts: &Facts, row: usize) -> String {
    let stage = |number| facts.stages.get(number).map(|s| s.id);
    let entries: Vec<_> = facts
        .entries
        .of(row)
        .iter()
        .map(|e| (stage(e.stage), e.day))
        .collect();
    format!(
        "{:?}",
        (
            (
                facts.ids[row],
                facts.created[row],
                facts.closed[row],
                facts.status[row]
            ),
            (
                facts.money(row),
                stage(facts.stage[row]),
                facts.kind[row],
                facts.close[row]
            ),
            facts.owners.key(facts.owner[row]),
            facts.organisations.key(facts.organisation[row]),
            facts.sources.key(facts.source[row]),
            facts.campaigns.key(facts.campaign[row]),
            facts.competitors.key(facts.competitor[row]),
            (
                facts.probability[row],
                facts.touched[row],
                facts.updated[row]
            ),
            (facts.pushes[row], facts.done[row]),
            (entries, facts.planned.of(row)),
            legs(facts, row)
                .map(|leg| (stage(leg.stage), leg.entered, leg.left(), leg.fate))
                .collect::<Vec<_>>(),
        )
    )
}

pub fn all_said(facts: &Facts) -> Vec<String> {
    let mut all: Vec<String> = (0..facts.len()).map(|row| said(facts, row)).collect();
    all.sort();
    all
}

fn ask() -> Ask {
    Ask {
        period: Period::all(),
        cut: Cut::Week,
        win: WinRule::Closed,
        cycle: CycleRule::Creation,
        now: now(),
    }
}

/// All that an overview says, for comparing.
fn told(facts: &Facts, all: &Overview) -> String {
    let quota = Money::new(1_000_000, Currency::EUR);
    let stages: Vec<_> = (0..facts.stages.len())
        .map(|n| {
            let time = &all.times.stages[n];
            (all.flows.stages[n], time.curve(), time.winners_p75())
        })
        .collect();
    let median = |s: &Sample| (s.len(), s.sum(), s.median(), s.mean_interval());
    format!(
        "{:?}",
        (
            (
                all.win(facts),
                all.open(facts),
                all.due(facts),
                all.velocity(facts)
            ),
            all.coverage(facts, quota, CoverageRule::Remaining).ratio(),
            (median(&all.cycle.won), median(&all.cycle.lost)),
            [&all.slips.open, &all.slips.won, &all.slips.lost].map(median),
            (all.mix.won.each_ref().map(median), all.mix.tests()),
            (all.creation(facts, now()).pieces, stages),
        )
    )
}

fn query(by: WinBy, rule: WinRule) -> WinQuery {
    WinQuery {
        period: Period::all(),
        by,
        rule,
        now: now(),
    }
}

/// Applies a change; what looks different now, as a page is told: also where a change came late and
/// set no field any more, for it says where the deal has been.
fn touched(world: &mut World, change: &Change) -> Vec<EntityRef> {
    let mut touched = world.apply(change).entities;
    touched.extend(change.entities());
    touched
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn facts_kept_in_step_are_those_read_anew(ops in ops()) {
        let team = Team::after(&ops);
        let mut world = World::default();
        let mut facts = Facts::over(&world, &pushes);
        for change in team.log(0) {
            let touched = touched(&mut world, change);
            facts.refresh(&world, &pushes, &touched);
        }
        let anew = Facts::over(&world, &pushes);
        prop_assert_eq!(all_said(&facts), all_said(&anew));
        prop_assert_eq!(&facts.winners, &anew.winners);
        prop_assert_eq!(&facts.stages.list, &anew.stages.list);
        prop_assert_eq!(facts.home, anew.home);
        for (row, id) in facts.ids.iter().enumerate() {
            prop_assert_eq!(facts.row(*id), Some(row));
        }
    }

    #[test]
    fn facts_asked_for_now_and_then_are_those_read_anew(ops in ops(), asked in any::<u64>()) {
        let team = Team::after(&ops);
        let mut world = World::default();
        let (mut kept, mut last) = (Kept::default(), None);
        // A log that is read late: until then nothing was put off.
        let told = Cell::new(false);
        let pushes = |id| if told.get() { pushes(id) } else { 0 };
        for (n, change) in team.log(0).iter().enumerate() {
            kept.hear(&touched(&mut world, change));
            if n == 5 {
                told.set(true);
                kept.read_pushes(&pushes, None);
            }
            if asked >> (n % 64) & 1 == 1 {
                let (facts, version) = kept.read(&world, &pushes);
                let anew = Facts::over(&world, &pushes);
                prop_assert_eq!(all_said(&facts), all_said(&anew));
                prop_assert_eq!(&facts.winners, &anew.winners);
                // Whoever asked before hears of it.
                prop_assert!(last != Some(version));
                prop_assert_eq!(kept.read(&world, &pushes).1, version);
                last = Some(version);
            }
        }
        let (facts, _) = kept.read(&world, &pushes);
        prop_assert_eq!(all_said(&facts), all_said(&Facts::over(&world, &pushes)));
        for (row, id) in facts.ids.iter().enumerate() {
            prop_assert_eq!(facts.row(*id), Some(row));
        }
    }

    #[test]
    fn the_order_of_changes_and_deals_does_not_matter(ops in ops(), seed in any::<u64>()) {
        let team = Team::after(&ops);
        let mut mixed = World::default();
        for change in shuffled(team.log(0), seed) {
            mixed.apply(&change);
        }
        let (one, two) = (Facts::over(team.session(0).world(), &pushes), Facts::over(&mixed, &pushes));
        prop_assert_eq!(all_said(&one), all_said(&two));
    }

    #[test]
    fn each_deal_counts_once_in_the_win_rate(ops in ops()) {
        let team = Team::after(&ops);
        let facts = Facts::over(team.session(0).world(), &pushes);
        let all = Selection::all(&facts);
        for by in [WinBy::Close, WinBy::Creation] {
            for rule in WinRule::ALL {
                let query = query(by, rule);
                let rate = WinRate::of(&facts, &all, &query);
                let parts = [WinPart::Won, WinPart::Lost, WinPart::Late, WinPart::Undecided];
                let counts = [rate.won, rate.lost, rate.late, rate.undecided];
                for (part, count) in parts.into_iter().zip(counts) {
                    prop_assert_eq!(query.deals(&facts, &all, &[part]).len() as u64, count);
                }
                let won = facts.status.iter().filter(|s| **s == Status::Won).count() as u64;
                prop_assert_eq!(rate.won, won);
                if by == WinBy::Creation {
                    prop_assert_eq!(counts.iter().sum::<u64>(), facts.len() as u64);
                }
                prop_assert_eq!(rate.rate().value().is_none(), rate.n() == 0);
                if let (Some(share), Some(interval)) = (rate.rate().value(), rate.interval()) {
                    prop_assert!(0.0 <= interval.low && interval.high <= 1.0);
                    prop_assert!(interval.holds(share));
                }
            }
        }
    }

    #[test]
    fn figures_kept_in_step_are_those_counted_anew(ops in ops()) {
        let team = Team::after(&ops);
        let mut world = World::default();
        let mut live = Live::over(&world, &pushes, ask());
        for change in team.log(0) {
            let touched = touched(&mut world, change);
            live.refresh(&world, &pushes, &touched);
        }
        let anew = Live::over(&world, &pushes, ask());
        // The series of new deals spans what there was when it was asked for.
        let ours = {
            let mut live = live.clone();
            live.ask(ask());
            told(&live.facts, &live.overview)
        };
        prop_assert_eq!(&ours, &told(&anew.facts, &anew.overview));
        let without_series = |live: &Live| {
            let all = told(&live.facts, &live.overview);
            let at = all.find("[Piece").unwrap_or(all.len());
            all[..at].to_owned()
        };
        prop_assert_eq!(without_series(&live), without_series(&anew));
        prop_assert!(!ours.contains("NaN") && !ours.contains("inf"), "{}", ours);
    }

    #[test]
    fn five_ways_to_go_on_add_up_to_the_entries(ops in ops()) {
        let team = Team::after(&ops);
        let facts = Facts::over(team.session(0).world(), &pushes);
        let all = Selection::all(&facts);
        let flows = Flows::of(&facts, &all, Period::all());
        let mut entries = 0;
        for (flow, stage) in flows.stages.iter().zip(&facts.stages.list) {
            let sum: u64 = Fate::ALL.iter().map(|fate| flow.of(*fate)).sum();
            prop_assert_eq!(sum, flow.entries());
            entries += sum;
            for fate in Fate::ALL {
                let deals = flow_deals(&facts, &all, Period::all(), stage.id, &[fate]);
                prop_assert!(deals.len() as u64 <= flow.of(fate));
                prop_assert_eq!(deals.is_empty(), flow.of(fate) == 0);
            }
        }
        let legs: usize = (0..facts.len()).map(|row| legs(&facts, row).count()).sum();
        prop_assert_eq!(entries, legs as u64);
        for pipeline in &facts.stages.pipelines {
            for rule in ConversionRule::ALL {
                for (_, rate) in conversion(&facts, &all, Period::all(), *pipeline, rule) {
                    // Entries into the next stage can be more: that is no share.
                    let is_share = rule != ConversionRule::NotLost;
                    prop_assert!(!is_share || rate.part <= rate.n, "{:?}", rule);
                    prop_assert!(rate.part <= rate.n || rate.interval().is_none());
                }
            }
            let query = NarrowQuery {
                pipeline: *pipeline,
                period: Period::all(),
                exchange: &Exchange::read(&team.session(0).world().state),
                now: now(),
            };
            for narrow in bottlenecks(&facts, &all, &query) {
                prop_assert!((0.0..=1.0).contains(&narrow.weight));
                let why = narrow.because("the stage", &|c, n| format!("{n} {c}"));
                prop_assert!(why.ends_with('.') && !why.contains("NaN"));
            }
        }
    }

    #[test]
    fn parts_make_up_the_whole(ops in ops()) {
        let team = Team::after(&ops);
        let world = team.session(0).world();
        let facts = Facts::over(world, &pushes);
        let all = Selection::all(&facts);
        let open = |of: &Selection| Open::of(&facts, of, Due::Any);
        for dimension in Dimension::plain() {
            prop_assert_eq!(Dimension::from_code(&dimension.code()), Some(dimension));
            let sliced = Sliced::of(world, &facts, dimension);
            let (mut deals, mut value, mut union) = (0, Sums::default(), 0);
            let mut seen = Selection::of(facts.len(), |_| false);
            for (number, part) in sliced.parts(&all) {
                deals += part.count();
                value.merge(&open(&part).value);
                seen = Selection::of(facts.len(), |row| seen.holds(row) || part.holds(row));
                union = seen.count();
                let label = sliced.labels[number as usize].clone();
                prop_assert!(!label.name.is_empty());
                let again = filtered(world, &facts, &all, &[(dimension, vec![label.key])]);
                prop_assert_eq!(again, part);
            }
            prop_assert_eq!(union, facts.len());
            if !dimension.is_several(world) {
                prop_assert_eq!(deals, facts.len(), "{:?}", dimension);
                prop_assert_eq!(value, open(&all).value);
            }
        }
    }

    #[test]
    fn idleness_is_the_same_as_on_the_cards(ops in ops(), days in 0_i64..90) {
        let team = Team::after(&ops);
        let world = team.session(0).world();
        let facts = Facts::over(world, &pushes);
        let own = thresholds(&facts, None);
        let moment = at(0);
        let today = moment.today + chrono::Days::new(days as u64);
        let now = Now {
            ms: moment.now + days * 86_400_000,
            today: today.to_epoch_days(),
        };
        let query = IdleQuery { thresholds: &own, rule: IdleRule::Touch, now };
        for (row, id) in facts.ids.iter().enumerate() {
            let deal = world.state.tables.deals.get(*id).unwrap();
            let (card, ours) = (idle(world, deal, now.ms, today), query.deal(&facts, row));
            prop_assert_eq!(
                (ours.days, ours.planned, ours.rotting, ours.warning),
                (card.days, card.planned, card.rotting, card.warning)
            );
        }
    }
}

fn samples() -> impl Strategy<Value = Sample> {
    prop::collection::vec(0_u32..200, 0..60).prop_map(|all| all.into_iter().collect())
}

proptest! {
    #[test]
    fn statistics_stay_within_their_bounds(
        ended in samples(),
        here in samples(),
        groups in prop::collection::vec((0_u64..50, 0_u64..50), 0..8),
        tail in 0.01_f64..0.49,
    ) {
        let curve = Curve::of(&ended, &here);
        let mut last = 1.0;
        for step in &curve.steps {
            prop_assert!(step.share <= last && step.share >= 0.0);
            last = step.share;
            if let Some(band) = step.band {
                prop_assert!(band.holds(step.share) && band.low >= 0.0 && band.high <= 1.0);
            }
        }
        let mut before = f64::NEG_INFINITY;
        for q in [0.0, tail, 0.5, 1.0 - tail, 1.0] {
            if let Some(value) = ended.quantile(q) {
                prop_assert!(value >= before);
                before = value;
            }
        }
        if let (Some(interval), Some(median)) = (ended.median_interval(), ended.median()) {
            prop_assert!(interval.holds(median));
        }
        if let Some(test) = mann_whitney(&ended, &here) {
            prop_assert!((0.0..=1.0).contains(&test.ahead) && (0.0..=1.0).contains(&test.test.p));
        }
        let rates: Vec<Rate> = groups.iter().map(|(k, more)| Rate::new(*k, k + more)).collect();
        if let Some(prior) = pool::prior(&rates) {
            for rate in &rates {
                let (share, interval) = prior.shrink(*rate);
                prop_assert!((0.0..=1.0).contains(&share));
                prop_assert!(interval.is_none_or(|i| i.low <= i.high));
                let limits = pool::funnel(prior.mean, rate.n, tail);
                prop_assert!(limits.is_none_or(|l| l.low <= l.high && l.low >= 0.0 && l.high <= 1.0));
            }
        }
        for pair in rates.windows(2) {
            if let Some((d, interval)) = binomial::difference(pair[0], pair[1]) {
                prop_assert!(interval.holds(d));
            }
            if let Some(test) = two_shares(pair[0], pair[1]) {
                prop_assert!((0.0..=1.0).contains(&test.p));
            }
        }
    }

    #[test]
    fn taking_out_undoes_adding(one in samples(), two in samples()) {
        let mut both = one.clone();
        both.merge(&two);
        for (number, times) in two.iter() {
            both.shift(number, -(times as i32));
        }
        prop_assert_eq!(both, one);
    }
}
