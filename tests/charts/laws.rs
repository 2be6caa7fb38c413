//! What each kind promises: lengths, areas and sums are as the numbers are.

use crate::check::{SLACK, of, texts};
use crate::given::{amount, minor};
use crate::kinds::{self, Given};
use crate::pictures::{a_flow, a_funnel, a_waterfall};
use fairlead::chart::funnel::funnel;
use fairlead::chart::heat::heat;
use fairlead::chart::histogram::histogram;
use fairlead::chart::line::line;
use fairlead::chart::sankey::sankey;
use fairlead::chart::scatter::scatter;
use fairlead::chart::scene::{Frame, Look, Room, Scene};
use fairlead::chart::stack::stacked;
use fairlead::chart::survival::survival;
use fairlead::chart::waterfall::waterfall;
use proptest::prelude::*;

fn room() -> Room {
    Room::new(900.0, 12.0)
}

fn given(numbers: &[i128]) -> Vec<(String, i128)> {
    let numbers = numbers.iter().enumerate();
    numbers.map(|(n, m)| (format!("Row {n}"), *m)).collect()
}

/// The frames of one kind of mark, by number.
fn frames(scene: &Scene, part: &str) -> Vec<(usize, Frame)> {
    let mut found: Vec<(usize, Frame)> = of(scene, part)
        .map(|(n, mark)| (n, mark.bounds()))
        .collect();
    found.sort_by_key(|(n, _)| *n);
    found
}

/// What does not go with the numbers in proportion, a pixel being the least that is drawn.
fn out_of_proportion(found: &[(i128, f64)], least: f64) -> Option<String> {
    let (most, longest) = found.iter().max_by_key(|(n, _)| *n)?;
    let off = found.iter().find(|(n, length)| {
        let expected = (longest * (*n as f64 / *most as f64)).max(least);
        (length - expected).abs() > SLACK * 3.0
    });
    off.map(|(n, length)| format!("{length} for {n}, {longest} for {most}"))
}

/// Amounts that are no longer than an axis, and something.
fn some(given: &Given) -> Vec<i128> {
    given.iter().map(|row| row.1).collect()
}

#[test]
fn parts_of_a_stack_touch_and_are_as_long_as_they_count() {
    for upright in [false, true] {
        let data = kinds::stacks(&given(&[1_200_000, 90_000, 600_000]), upright);
        let scene = stacked(&data, room());
        let length = |f: Frame| if upright { f.height } else { f.width };
        let parts = frames(&scene, "part");
        let amounts = data.rows.iter().flat_map(|row| &row.parts);
        let found: Vec<(i128, f64)> = amounts
            .zip(&parts)
            .map(|(part, (_, f))| (part.amount.minor.abs(), length(*f)))
            .collect();
        assert_eq!(parts.len(), 12);
        assert_eq!(out_of_proportion(&found, 0.0), None);
        let ends = |f: Frame| {
            if upright {
                (f.bottom(), f.y)
            } else {
                (f.x, f.right())
            }
        };
        assert!((ends(parts[0].1).1 - ends(parts[1].1).0).abs() < SLACK);
        // The fourth is below zero and starts where the first does.
        assert!(
            (ends(parts[0].1).0
                - if upright {
                    parts[3].1.y
                } else {
                    parts[3].1.right()
                })
            .abs()
                < SLACK
        );
    }
}

#[test]
fn areas_of_a_funnel_go_with_the_counts() {
    let data = a_funnel();
    let scene = funnel(&data, room());
    let levels = frames(&scene, "level");
    let counts = data.levels.iter().map(|level| level.count.minor);
    let found: Vec<(i128, f64)> = counts
        .zip(&levels)
        .map(|(n, (_, f))| (n, f.width))
        .collect();
    assert_eq!(out_of_proportion(&found, 1.0), None);
    assert!(
        levels
            .windows(2)
            .all(|w| w[0].1.width > w[1].1.width && (w[0].1.height - w[1].1.height).abs() < SLACK)
    );
    assert_eq!(texts(&scene, "rate")[0], "↓ 46 % (41 % to 50 %), n 412");
    assert_eq!(
        scene.table.rows[0],
        ["Leads", "412", "€5,150,000", "46 %", "41 % to 50 %", "412"]
    );
    assert_eq!(scene.table.rows[4][3..], ["", "", ""]);
}

#[test]
fn a_waterfall_says_what_its_steps_do_not_explain() {
    let data = a_waterfall();
    let scene = waterfall(&data, room());
    assert_eq!(scene.table.rows.len(), 8);
    assert_eq!(scene.table.rows[6], ["Moved elsewhere", "−€20k"]);
    let bars = frames(&scene, "bar");
    // Each begins where the one before ended.
    assert!((bars[0].1.right() - bars[1].1.x).abs() < SLACK);
    assert!((bars[2].1.right() - bars[3].1.right()).abs() < SLACK);
    assert!((bars[6].1.x - bars[7].1.right()).abs() < SLACK);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_waterfall_sums_exactly(numbers in prop::collection::vec(-1_000_000_000_000_000_i128..1_000_000_000_000_000, 2..12), off in minor()) {
        let mut data = kinds::steps(&given(&numbers));
        prop_assert_eq!(data.sum(), numbers.iter().sum::<i128>());
        let exact = waterfall(&data, room()).table;
        prop_assert_eq!(exact.rows.len(), numbers.len() + 1);
        // With an end of its own, the rest is the difference to the last unit.
        let off = off % 1_000_000_000_000_000_000;
        data.end.amount = amount(data.sum() + off);
        let rows = waterfall(&data, room()).table.rows;
        prop_assert_eq!(rows.len(), numbers.len() + 1 + usize::from(off != 0));
    }

    #[test]
    fn bars_of_a_histogram_go_with_the_counts(numbers in prop::collection::vec(0_i128..100_000, 1..30)) {
        let data = kinds::bins(&given(&numbers));
        let scene = histogram(&data, room());
        let bars = frames(&scene, "bar");
        let counts = some(&given(&numbers)).into_iter().filter(|n| *n > 0);
        let found: Vec<(i128, f64)> = counts.zip(&bars).map(|(n, (_, f))| (n, f.height)).collect();
        prop_assert_eq!(out_of_proportion(&found, 1.0), None);
        prop_assert!(bars.windows(2).all(|w| w[0].1.right() <= w[1].1.x + SLACK));
    }

    #[test]
    fn nodes_are_as_high_as_what_goes_through(numbers in prop::collection::vec(40_i128..100_000, 1..12)) {
        let data = kinds::flows(&given(&numbers));
        let scene = sankey(&data, room());
        let sum = |n: usize| {
            let of = |end: fn(&fairlead::chart::sankey::Flow) -> usize| -> i128 {
                data.flows.iter().filter(|flow| end(flow) == n).map(|flow| flow.amount.minor).sum()
            };
            of(|flow| flow.from).max(of(|flow| flow.to))
        };
        let nodes: Vec<(i128, f64)> = frames(&scene, "node").iter().map(|(n, f)| (sum(*n), f.height)).collect();
        // Each flow of less than a pixel adds up to one.
        let fine = 2.0 * data.flows.len() as f64;
        let (most, longest) = nodes.iter().max_by_key(|(n, _)| *n).copied().unwrap();
        for (n, height) in nodes {
            let expected = longest * (n as f64 / most as f64);
            prop_assert!((height - expected).abs() <= fine, "{} for {}", height, n);
        }
        prop_assert_eq!(of(&scene, "flow").count(), data.flows.iter().filter(|flow| flow.amount.minor > 0).count());
    }
}

#[test]
fn what_goes_back_is_not_drawn_but_said() {
    let scene = sankey(&a_flow(), room());
    assert_eq!(of(&scene, "flow").count(), 12);
    assert_eq!(scene.table.rows.len(), 13);
    assert_eq!(texts(&scene, "note").len(), 1);
    let keys: Vec<Option<u64>> = scene.told().map(|(_, mark)| mark.tag().key).collect();
    assert!(keys.len() == 19 && keys.iter().all(Option::is_some));
}

#[test]
fn a_line_has_a_gap_where_a_value_is_missing() {
    let data = kinds::lines(&given(&[10, 20, 30, 40, 50, 60, 70]), false);
    let scene = line(&data, room());
    let (_, drawn) = of(&scene, "line").next().unwrap();
    let fairlead::chart::scene::Mark::Path { path, .. } = drawn else {
        panic!("a line is no path")
    };
    assert_eq!(path.to_string().matches('M').count(), 2);
    assert_eq!(of(&scene, "hit").count(), 7);
    let tip = scene
        .told()
        .next()
        .and_then(|(_, mark)| mark.tag().tip.clone())
        .unwrap();
    assert_eq!(
        tip.lines[0],
        ("All deals".into(), "€0 (€0 to €0), n 12".into())
    );
    let heads: Vec<&str> = scene
        .table
        .heads
        .iter()
        .map(|head| head.label.as_str())
        .collect();
    assert_eq!(
        heads,
        [
            "Week",
            "All deals",
            "All deals, interval",
            "All deals, n",
            "Inbound only",
            "Quota",
            "Pointed out"
        ]
    );
    assert_eq!(scene.table.rows[4][1], "");
}

#[test]
fn days_stand_apart_as_they_are() {
    let mut data = kinds::lines(&given(&[1, 2, 3, 4]), true);
    data.places.remove(1);
    let scene = line(&data, room());
    let dots: Vec<f64> = frames(&scene, "dot")
        .iter()
        .take(3)
        .map(|(_, f)| f.x)
        .collect();
    let (first, second) = (dots[1] - dots[0], dots[2] - dots[1]);
    assert!((first - 2.0 * second).abs() < SLACK, "{dots:?}");
}

#[test]
fn heat_goes_with_the_numbers_and_nothing_is_not_zero() {
    let scene = heat(&kinds::heats(&given(&[800, 400, 0, 100])), room());
    let step = |n: usize| {
        of(&scene, "cell")
            .find(|(m, _)| *m == n)
            .map(|(_, mark)| mark.tag().look)
    };
    let looks = [step(0), step(5), step(10)];
    assert_eq!(looks[0], Some(Look::Heat(8)));
    assert!(matches!((looks[1], looks[2]), (Some(Look::Heat(a)), Some(Look::Heat(b))) if a > b));
    assert_eq!(of(&scene, "missing").count(), 5);
    assert_eq!(of(&scene, "cell").count(), 15);
    assert_eq!(scene.table.rows[0][4], "");
}

#[test]
fn a_survival_curve_only_falls_and_says_how_sure_it_is() {
    let data = kinds::curves(&given(&[10, 20, 30, 40]));
    let scene = survival(&data, room());
    assert_eq!(scene.table.rows.len(), 7);
    assert_eq!(scene.table.rows[6], ["Median", "30 days", "15 days"]);
    assert_eq!(
        scene.table.rows[1],
        ["10 days", "80 % (70 % to 90 %)", "60 % (50 % to 70 %)"]
    );
    assert_eq!(
        of(&scene, "key")
            .filter(|(_, mark)| mark.tag().key.is_some())
            .count(),
        2
    );
    assert_eq!(of(&scene, "median").count(), 2);
}

#[test]
fn the_area_of_a_point_goes_with_its_size() {
    let data = kinds::points(&given(&[90_000, 360_000]), true);
    let dots = frames(&scatter(&data, room()), "dot");
    // Discs and squares: of both the breadth goes with the square root.
    let breadth = [dots[0].1.width, dots[1].1.width / 0.85];
    assert!((breadth[1] / breadth[0] - 2.0).abs() < 0.01, "{breadth:?}");
}
