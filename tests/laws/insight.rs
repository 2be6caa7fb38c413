//! Figures follow the changes, and hold together whatever was done.

use crate::work::{Team, at, ops, shuffled};
use fairlead::domain::deal::Status;
use fairlead::domain::ids::DealId;
use fairlead::domain::insight::facts::{Facts, Now};
use fairlead::domain::insight::period::Period;
use fairlead::domain::insight::select::Selection;
use fairlead::domain::insight::win::{WinBy, WinPart, WinQuery, WinRate, WinRule};
use fairlead::domain::world::World;
use proptest::prelude::*;

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
        )
    )
}

pub fn all_said(facts: &Facts) -> Vec<String> {
    let mut all: Vec<String> = (0..facts.len()).map(|row| said(facts, row)).collect();
    all.sort();
    all
}

fn query(by: WinBy, rule: WinRule) -> WinQuery {
    WinQuery {
        period: Period::all(),
        by,
        rule,
        now: now(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn facts_kept_in_step_are_those_read_anew(ops in ops()) {
        let team = Team::after(&ops);
        let mut world = World::default();
        let mut facts = Facts::over(&world, &pushes);
        for change in team.log(0) {
            let touched = world.apply(change);
            facts.refresh(&world, &pushes, &touched.entities);
        }
        let anew = Facts::over(&world, &pushes);
        prop_assert_eq!(all_said(&facts), all_said(&anew));
        prop_assert_eq!(&facts.stages.list, &anew.stages.list);
        prop_assert_eq!(facts.home, anew.home);
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
}
