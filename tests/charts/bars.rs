//! Bars, single and with a part.

use crate::check::{SLACK, fault, of, texts};
use crate::given::{NAMES, amount, euros, minor, name, short};
use crate::pictured;
use fairlead::chart::bar::{Bar, Bars, Interval, Names, Said, horizontal, vertical};
use fairlead::chart::scene::{Frame, Look, Room, Scene};
use fairlead::chart::ticks::LIMIT;
use proptest::prelude::*;

fn bar(n: usize, label: &str, whole: i128, part: Option<i128>) -> Bar {
    Bar {
        key: Some(n as u64),
        label: label.into(),
        note: Some(Said {
            full: n.to_string(),
            short: format!("n {n}"),
        }),
        whole: amount(whole),
        part: part.map(amount),
        ..Bar::default()
    }
}

/// A chart of values, with parts when the first bar has one.
fn chart(bars: Vec<Bar>) -> Bars {
    let paired = bars.first().is_none_or(|bar| bar.part.is_some());
    Bars {
        title: "Open value by stage".into(),
        summary: "What stands open in each stage.".into(),
        names: Names {
            label: "Stage".into(),
            note: Some("Deals".into()),
            whole: "Value".into(),
            part: paired.then(|| "Weighted".into()),
        },
        bars,
        least_step: 100,
    }
}

/// The stages of the look, with a few cents for good measure.
fn stages() -> Bars {
    let stages = [
        ("Prospecting", 20_900_000, 10),
        ("Qualification", 18_800_050, 25),
        ("Needs analysis", 17_800_000, 40),
        ("Proposal", 34_700_000, 60),
        ("Negotiation", 36_700_000, 80),
        ("Close", 11_900_000, 90),
    ];
    let stages = stages.iter().enumerate();
    chart(
        stages
            .map(|(n, (name, cents, percent))| bar(n, name, *cents, Some(cents * percent / 100)))
            .collect(),
    )
}

/// The drawings of a chart at the widths that count.
fn drawings(bars: &Bars) -> Vec<Scene> {
    [320.0, 600.0, 1200.0]
        .into_iter()
        .flat_map(|width| {
            let room = Room::new(width, 12.0);
            [
                horizontal(bars, room, &short),
                vertical(bars, room, 240.0, &short),
            ]
        })
        .collect()
}

/// The lengths of bars against what they stand for, for all bars of one kind.
fn lengths(scene: &Scene, part: &str, amounts: &[i128], upright: bool) -> Option<String> {
    let length = |b: Frame| if upright { b.height } else { b.width };
    let found: Vec<(i128, f64)> = of(scene, part)
        .map(|(n, mark)| (amounts[n].clamp(-LIMIT, LIMIT), length(mark.bounds())))
        .collect();
    if found.len() != amounts.iter().filter(|n| **n != 0).count() {
        return Some("not every amount has a bar".into());
    }
    let (most, longest) = found.iter().max_by_key(|(n, _)| n.abs())?;
    found.iter().find_map(|(n, length)| {
        // A bar of something is never shorter than a pixel.
        let expected = (longest * (*n as f64 / *most as f64).abs()).max(1.0);
        let wrong = (length - expected).abs() > SLACK;
        wrong.then(|| format!("a bar for {n} is {length} long instead of {expected}"))
    })
}

fn check(bars: &Bars) -> Result<(), String> {
    let whole: Vec<i128> = bars.bars.iter().map(|bar| bar.whole.minor).collect();
    let part: Vec<i128> = bars
        .bars
        .iter()
        .map(|bar| bar.part.as_ref().map_or(0, |part| part.minor))
        .collect();
    for (n, scene) in drawings(bars).iter().enumerate() {
        let upright = n % 2 == 1;
        let found = fault(scene)
            .or_else(|| lengths(scene, "whole", &whole, upright))
            .or_else(|| lengths(scene, "part", &part, upright));
        if let Some(found) = found {
            let kind = if upright { "vertical" } else { "horizontal" };
            return Err(format!("{kind} at {}: {found}", scene.size.width));
        }
        if of(scene, "hit").count() != whole.len() || scene.table.rows.len() != whole.len() {
            return Err("not every bar can be pointed at and read".into());
        }
    }
    Ok(())
}

#[test]
fn ordinary_stages() {
    let bars = stages();
    check(&bars).unwrap();
    let scene = horizontal(&bars, Room::new(900.0, 12.0), &short);
    assert_eq!(texts(&scene, "label")[0], "Prospecting n 0");
    assert_eq!(texts(&scene, "number")[4], "€367k");
    assert_eq!(texts(&scene, "minor")[4], "€293k");
    assert_eq!(
        texts(&scene, "tick"),
        ["€0", "€100k", "€200k", "€300k", "€400k"]
    );
    assert_eq!(texts(&scene, "head"), ["Value", "Weighted"]);
}

#[test]
fn the_table_and_the_tip_say_it_in_full() {
    let scene = horizontal(&stages(), Room::new(320.0, 12.0), &short);
    let heads: Vec<&str> = scene.table.heads.iter().map(|h| h.label.as_str()).collect();
    assert_eq!(heads, ["Stage", "Deals", "Value", "Weighted"]);
    assert_eq!(
        scene.table.rows[1],
        ["Qualification", "1", "€188,000", "€47,000"]
    );
    let tips: Vec<String> = scene
        .told()
        .filter_map(|(_, mark)| mark.tag().tip.as_ref().map(ToString::to_string))
        .collect();
    assert_eq!(
        tips[1],
        "Qualification: Value €188,000, Weighted €47,000, Deals 1"
    );
    let keys: Vec<Option<u64>> = scene.told().map(|(_, mark)| mark.tag().key).collect();
    assert_eq!(keys, (0..6).map(Some).collect::<Vec<_>>());
}

#[test]
fn nothing_at_all() {
    let empty = chart(Vec::new());
    check(&empty).unwrap();
    for scene in drawings(&empty) {
        assert!(scene.marks.is_empty() && scene.table.rows.is_empty());
    }
}

#[test]
fn a_single_bar_and_bars_of_nothing() {
    check(&chart(vec![bar(0, "Only", 500, Some(250))])).unwrap();
    check(&chart(vec![bar(0, "Only", 500, None)])).unwrap();
    let zeros = (0..5).map(|n| bar(n, "None", 0, Some(0))).collect();
    let zeros = chart(zeros);
    check(&zeros).unwrap();
    for scene in drawings(&zeros) {
        assert_eq!(of(&scene, "whole").count(), 0);
        assert!(texts(&scene, "tick").contains(&String::from("€0")));
    }
}

#[test]
fn huge_amounts_beside_one_cent() {
    let most = 100_000 * 1_000_000_000_000_000_i128;
    let bars = chart(vec![
        bar(0, "Largest", most, Some(most / 3)),
        bar(1, "Limit of one deal", 1_000_000_000_000_000, Some(1)),
        bar(2, "One cent", 1, Some(1)),
        bar(3, "Beyond", i128::MAX, Some(i128::MIN)),
    ]);
    check(&bars).unwrap();
    check(&chart(bars.bars[..3].to_vec())).unwrap();
}

#[test]
fn negative_amounts_go_the_other_way() {
    let bars = chart(vec![
        bar(0, "Up", 30_000, Some(10_000)),
        bar(1, "Down", -20_000, Some(-15_000)),
        bar(2, "Turned", 10_000, Some(-5_000)),
    ]);
    check(&bars).unwrap();
    let scene = horizontal(&bars, Room::new(600.0, 12.0), &short);
    let (_, zero) = of(&scene, "zero").next().unwrap();
    let zero = zero.bounds().x;
    let at = |part, n| of(&scene, part).find(|(m, _)| *m == n).unwrap().1.bounds();
    assert_eq!(at("whole", 0).x, zero);
    assert!((at("whole", 1).right() - zero).abs() < SLACK);
    assert!((at("part", 2).right() - zero).abs() < SLACK);
    check(&chart(vec![
        bar(0, "Down", -5, None),
        bar(1, "Further", -7_000_000, None),
    ]))
    .unwrap();
}

#[test]
fn forty_bars() {
    let forty = (0..40_i128).map(|n| {
        bar(
            n as usize,
            &format!("Stage {n}"),
            n * n * 1_000,
            Some(n * 500),
        )
    });
    let bars = chart(forty.collect());
    check(&bars).unwrap();
    let scene = vertical(&bars, Room::new(320.0, 12.0), 240.0, &short);
    let names = texts(&scene, "label");
    assert!((2..20).contains(&names.len()), "{names:?}");
    assert_eq!(texts(&scene, "number"), [""; 0]);
}

fn named() -> Bars {
    let bars = NAMES.iter().enumerate();
    chart(
        bars.map(|(n, name)| {
            bar(
                n,
                name,
                (n as i128 + 1) * 770_000,
                Some(n as i128 * 310_000),
            )
        })
        .collect(),
    )
}

#[test]
fn long_names_in_any_script_are_cut_to_their_room() {
    check(&named()).unwrap();
    let scene = horizontal(&named(), Room::new(320.0, 12.0), &short);
    let names = texts(&scene, "label");
    assert_eq!(names.len(), NAMES.len());
    assert!(
        names[0].starts_with("Waiting f") && names[0].ends_with("… n 0"),
        "{}",
        names[0]
    );
    // The whole name is still to be had.
    assert_eq!(scene.table.rows[0][0], NAMES[0]);
}

#[test]
fn numbers_are_shown_whole_or_not_at_all() {
    let exact = |n: i128| euros(n * 1_000_000_007);
    let mut bars = stages();
    for bar in &mut bars.bars {
        bar.whole.said.short = exact(bar.whole.minor);
        let part = bar.part.as_mut().unwrap();
        part.said.short = exact(part.minor);
    }
    check(&bars).unwrap();
    let wide = horizontal(&bars, Room::new(1200.0, 12.0), &short);
    assert_eq!(texts(&wide, "minor")[0], exact(2_090_000));
    let narrow = horizontal(&bars, Room::new(320.0, 12.0), &exact);
    assert_eq!(texts(&narrow, "minor"), [""; 0]);
    assert_eq!(texts(&narrow, "number")[0], exact(20_900_000));
    // The labels of the axis are too long for more than that of zero.
    assert_eq!(texts(&narrow, "tick")[0], "€0");
    let least = horizontal(&bars, Room::new(160.0, 16.0), &exact);
    assert_eq!(fault(&least), None);
    assert_eq!(texts(&least, "number"), [""; 0]);
}

#[test]
fn larger_text_needs_more_room_and_still_fits() {
    for em in [6.0, 13.0, 18.0, 24.0, 48.0] {
        for width in [160.0, 320.0, 411.5, 777.7] {
            for bars in [stages(), named()] {
                let room = Room::new(width, em);
                for scene in [
                    horizontal(&bars, room, &short),
                    vertical(&bars, room, 300.0, &short),
                ] {
                    assert_eq!(fault(&scene), None, "{em} px in {width} px");
                }
            }
        }
    }
}

#[test]
fn rows_are_tall_enough_for_a_finger() {
    for scene in drawings(&stages()).iter().step_by(2) {
        for (_, mark) in of(scene, "hit") {
            assert!(mark.bounds().height >= 23.0, "{:?}", mark.bounds());
        }
    }
}

fn any_chart() -> impl Strategy<Value = Bars> {
    let row = (name(), minor(), minor());
    let rows = prop::collection::vec(row, 0..45);
    (
        rows,
        any::<bool>(),
        prop::sample::select(vec![1_i128, 100, 1_000]),
    )
        .prop_map(|(rows, paired, least)| {
            let rows = rows.into_iter().enumerate();
            let bars =
                rows.map(|(n, (name, whole, part))| bar(n, &name, whole, paired.then_some(part)));
            let mut bars = chart(bars.collect());
            bars.least_step = least;
            bars
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_numbers_and_names(bars in any_chart()) {
        if let Err(fault) = check(&bars) {
            prop_assert!(false, "{fault}");
        }
    }

    #[test]
    fn whatever_the_room(bars in any_chart(), width in 0.0..2_000.0, height in 0.0..900.0, em in 8.0..32.0) {
        let room = Room::new(width, em);
        for scene in [horizontal(&bars, room, &short), vertical(&bars, room, height, &euros)] {
            prop_assert_eq!(fault(&scene), None);
        }
    }

    #[test]
    fn ticks_are_round_even_and_cover_the_amounts(bars in any_chart(), width in 160.0..1_500.0) {
        use fairlead::chart::ticks::amounts;
        let whole: Vec<i128> = bars.bars.iter().map(|bar| bar.whole.minor.clamp(-LIMIT, LIMIT)).collect();
        let (low, high) = whole.iter().fold((0, 0), |(a, b), n| (a.min(*n), b.max(*n)));
        let most = (width / 100.0) as usize;
        let ticks = amounts(low, high, most, bars.least_step);
        let step = ticks[1] - ticks[0];
        let lead = step.to_string();
        prop_assert!(matches!(lead.trim_end_matches('0'), "1" | "2" | "5"), "{}", step);
        prop_assert!(step >= bars.least_step && ticks.len() <= most.max(3));
        prop_assert!(ticks.windows(2).all(|w| w[1] - w[0] == step) && ticks.contains(&0));
        let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
        prop_assert!(first <= low && high <= last && low - first < step);
        prop_assert!(last - high < step || low == high);
        let scene = horizontal(&bars, Room::new(width, 12.0), &short);
        let lines = of(&scene, "grid").chain(of(&scene, "zero"));
        let mut places: Vec<f64> = lines.map(|(_, mark)| mark.bounds().x).collect();
        places.sort_by(f64::total_cmp);
        let gaps: Vec<f64> = places.windows(2).map(|w| w[1] - w[0]).collect();
        prop_assert!(gaps.iter().all(|gap| (gap - gaps[0]).abs() < SLACK), "{:?}", gaps);
    }
}

#[test]
fn the_pictures_are_as_they_should_be() {
    let room = |width| Room::new(width, 12.0);
    let turned = chart(vec![
        bar(0, "Expansion", 4_200_000, Some(2_100_000)),
        bar(1, "Renewal", 0, Some(0)),
        bar(2, "Refunds & credits", -1_750_000, Some(-900_000)),
    ]);
    let mut plain = stages();
    plain.names.part = None;
    let pictures = [
        ("stages-320", horizontal(&stages(), room(320.0), &short)),
        ("stages-720", horizontal(&stages(), room(720.0), &short)),
        ("names-320", horizontal(&named(), room(320.0), &short)),
        ("below-zero-600", horizontal(&turned, room(600.0), &short)),
        (
            "upright-480",
            vertical(&stages(), room(480.0), 220.0, &short),
        ),
        (
            "upright-below-zero-320",
            vertical(&turned, room(320.0), 200.0, &short),
        ),
        (
            "upright-single-600",
            vertical(&plain, room(600.0), 220.0, &short),
        ),
    ];
    pictured(&pictures.map(|(name, scene)| (name.into(), scene)));
}

#[test]
fn intervals_lie_over_their_bars_and_are_told() {
    let mut bars = chart(vec![
        bar(30, "Ada", 4_000, None),
        bar(3, "Bob", 10_000, None),
    ]);
    bars.bars[0].interval = Some(Interval {
        low: 2_500,
        high: 6_000,
        said: "25 % to 60 %".into(),
    });
    bars.bars[1].few = true;
    check(&bars).unwrap();
    let scene = horizontal(&bars, Room::new(600.0, 12.0), &short);
    let at = |part, n| of(&scene, part).find(|(m, _)| *m == n).unwrap().1.bounds();
    let (whole, whisker) = (at("whole", 0), at("whisker", 0));
    assert!(whisker.x < whole.right() && whisker.right() > whole.right());
    assert!(whisker.y >= whole.y && whisker.bottom() <= whole.bottom());
    assert_eq!(of(&scene, "whisker").count(), 1);
    let heads: Vec<&str> = scene.table.heads.iter().map(|h| h.label.as_str()).collect();
    assert_eq!(heads, ["Stage", "Deals", "Value", "95 % interval"]);
    assert_eq!(scene.table.rows[0][3], "25 % to 60 %");
    let look = |n| {
        of(&scene, "whole")
            .find(|(m, _)| *m == n)
            .unwrap()
            .1
            .tag()
            .look
    };
    assert_eq!((look(0), look(1)), (Look::Fill(1), Look::Whole(1)));
}

#[test]
fn short_names_keep_their_notes() {
    let bars = chart(vec![
        bar(3, "Ada", 4_000, None),
        bar(12, "Bob", 10_000, None),
    ]);
    for width in [320.0, 600.0, 1_000.0] {
        let scene = horizontal(&bars, Room::new(width, 12.0), &short);
        let names = texts(&scene, "label").join(" ");
        assert!(
            names.contains("n 3") && names.contains("n 12"),
            "{width}: {names}"
        );
    }
}
