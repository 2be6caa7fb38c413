//! All kinds with all sorts of numbers and names, at the widths that count.

use crate::check::fault;
use crate::given::{NAMES, minor, name};
use crate::kinds::{all, curves, points, sparks};
use fairlead::chart::scatter::scatter;
use fairlead::chart::scene::{Mark, Room, Scene};
use fairlead::chart::spark::sparkline;
use fairlead::chart::survival::survival;
use fairlead::chart::svg::svg;
use proptest::prelude::*;

/// What is wrong with each kind.
fn wrong(given: &[(String, i128)], room: Room) -> Option<String> {
    let found = all(given, room).into_iter();
    let found = found.filter_map(|(kind, scene)| {
        let fault = fault(&scene).or_else(|| speechless(&scene));
        fault.map(|fault| {
            format!(
                "{kind} at {} px, {} px letters: {fault}",
                room.width, room.em
            )
        })
    });
    let found: Vec<String> = found.collect();
    (!found.is_empty()).then(|| found.join("\n"))
}

/// A chart has a title, something to be seen, and a summary where there is nothing else.
fn speechless(scene: &Scene) -> Option<String> {
    let texts = scene
        .marks
        .iter()
        .any(|mark| matches!(mark, Mark::Text { .. }));
    let nothing = scene
        .marks
        .iter()
        .all(|mark| mark.tag().id.part == "nothing");
    if scene.title.is_empty() || scene.marks.is_empty() {
        return Some("it says nothing".into());
    }
    (nothing && (scene.summary.is_empty() || !texts))
        .then(|| "it does not say that there is nothing".into())
}

fn given(count: usize, number: impl Fn(usize) -> i128) -> Vec<(String, i128)> {
    (0..count)
        .map(|n| (format!("Stage {n}"), number(n)))
        .collect()
}

#[test]
fn every_kind_at_every_width() {
    let named: Vec<(String, i128)> = NAMES
        .iter()
        .enumerate()
        .map(|(n, name)| (String::from(*name), 70 * (n as i128 + 1)))
        .collect();
    let cases = [
        ("empty", Vec::new()),
        ("one", given(1, |_| 500)),
        ("one of nothing", given(1, |_| 0)),
        ("two", given(2, |n| 300 * n as i128 + 1)),
        ("all equal", given(6, |_| 12_300)),
        ("all nothing", given(6, |_| 0)),
        (
            "usual",
            given(6, |n| {
                [
                    20_900_000, 18_800_050, 17_800_000, 34_700_000, 9_700_000, 900_000,
                ][n]
            }),
        ),
        ("falling", given(5, |n| 1_000 >> n)),
        ("huge", given(5, |n| i128::MAX >> (8 * n))),
        ("least", given(3, |_| i128::MIN)),
        ("ends", given(4, |n| [i128::MAX, i128::MIN, 1, 0][n])),
        ("negative", given(5, |n| -1_000 * n as i128 - 5)),
        (
            "mixed",
            given(7, |n| [500, -300, 0, 20, -1, 40_000, -39_000][n]),
        ),
        ("forty", given(40, |n| ((n * n * 37) % 101) as i128 * 1_000)),
        ("a year of days", given(370, |n| ((n * 31) % 97) as i128)),
        ("named", named),
    ];
    let mut faults = Vec::new();
    for (case, given) in &cases {
        for width in [160.0, 320.0, 600.0, 1200.0] {
            let found = wrong(given, Room::new(width, 12.0));
            faults.extend(found.map(|fault| format!("{case}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn more_points_than_can_be_told_apart() {
    let many = given(3_000, |n| ((n * 7_919) % 1_009) as i128);
    let room = Room::new(600.0, 12.0);
    let scenes = [
        scatter(&points(&many, true), room),
        sparkline(&sparks(&many, true), room),
        sparkline(&sparks(&many, false), room),
    ];
    for scene in scenes {
        assert_eq!(fault(&scene), None);
        assert_eq!(scene.table.rows.len(), 3_000);
        assert!(scene.marks.len() < 100, "{} marks", scene.marks.len());
    }
}

#[test]
fn twenty_thousand_are_drawn_in_as_little_as_a_hundred() {
    let many = given(20_000, |n| ((n * 7_919) % 20_011) as i128);
    let room = Room::new(900.0, 12.0);
    let scenes = [
        scatter(&points(&many, true), room),
        survival(&curves(&many), room),
    ];
    for scene in scenes {
        assert!(scene.marks.len() < 1_000, "{} marks", scene.marks.len());
        let file = svg(&scene).len();
        assert!(file < 4_000_000, "{file} bytes");
    }
}

#[test]
fn larger_letters_fit_too() {
    let given = given(6, |n| {
        [20_900_000, 18_800_050, 0, 34_700_000, 9_700_000, 900_000][n]
    });
    for em in [6.0, 13.0, 18.0, 24.0, 48.0] {
        for width in [160.0, 320.0, 411.5, 777.7] {
            assert_eq!(wrong(&given, Room::new(width, em)), None);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_given(given in prop::collection::vec((name(), minor()), 0..24), width in 0.0..1_500.0, em in 8.0..28.0) {
        prop_assert_eq!(wrong(&given, Room::new(width, em)), None);
    }
}
