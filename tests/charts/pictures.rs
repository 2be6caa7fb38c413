//! One chart of each kind as one might see it, and what it should look like.

use crate::given::{amount, euros};
use crate::kinds::{self, about, count, counts, money};
use crate::pictured;
use fairlead::chart::funnel::{Funnel, Level, Passage, funnel};
use fairlead::chart::heat::heat;
use fairlead::chart::histogram::histogram;
use fairlead::chart::line::line;
use fairlead::chart::sankey::{Flow, Node, NodeKind, Sankey, sankey};
use fairlead::chart::scatter::{Dot, Limit, Scatter, scatter};
use fairlead::chart::scene::{Room, Scene};
use fairlead::chart::spark::sparkline;
use fairlead::chart::stack::stacked;
use fairlead::chart::survival::survival;
use fairlead::chart::value::{Amount, Measure, Said, Write};
use fairlead::chart::waterfall::{Step, Waterfall, waterfall};

fn rows(names: &[&str], numbers: &[i128]) -> Vec<(String, i128)> {
    let names = names.iter().map(|name| String::from(*name));
    names.zip(numbers.iter().copied()).collect()
}

fn stages() -> Vec<(String, i128)> {
    rows(
        &[
            "Prospecting",
            "Qualification",
            "Needs analysis",
            "Proposal",
            "Negotiation",
        ],
        &[20_900_000, 18_800_050, 17_800_000, 34_700_000, 11_900_000],
    )
}

fn weeks(count: usize) -> Vec<(String, i128)> {
    let first = chrono::NaiveDate::from_ymd_opt(2027, 1, 4).unwrap();
    let name = |n: usize| {
        (first + chrono::Days::new(7 * n as u64))
            .format("%-d %b")
            .to_string()
    };
    let number = |n: usize| 1_200_000 + ((n * 37) % 23) as i128 * 90_000 + n as i128 * 60_000;
    (0..count).map(|n| (name(n), number(n))).collect()
}

pub fn a_funnel() -> Funnel {
    let levels = [
        ("Leads", 412, ""),
        ("Qualified", 188, "46 %|41 % to 50 %"),
        ("Proposal", 97, "52 %|44 % to 59 %"),
        ("Negotiation", 52, "54 %|44 % to 63 %"),
        ("Won", 21, "40 %|28 % to 54 %"),
    ];
    let passage = |n: usize| {
        let (rate, interval) = levels.get(n + 1)?.2.split_once('|')?;
        Some(Passage {
            key: Some(n as u64),
            rate: Said::plain(rate),
            n: format!("n {}", levels[n].1),
            interval: interval.into(),
        })
    };
    let level = |(n, (name, deals, _)): (usize, &(&str, i128, &str))| Level {
        key: Some(n as u64),
        label: (*name).into(),
        count: count(*deals),
        value: Some(amount(deals * 1_250_000).said),
        next: passage(n),
    };
    Funnel {
        about: about("From lead to won"),
        label: "Stage".into(),
        count: "Deals".into(),
        value: Some("Value".into()),
        rate: "Conversion".into(),
        levels: levels.iter().enumerate().map(level).collect(),
    }
}

pub fn a_waterfall() -> Waterfall {
    let step = |label: &str, minor: i128| {
        let sign = if minor > 0 { "+" } else { "" };
        Step {
            key: Some(1),
            label: label.into(),
            amount: Amount {
                minor,
                said: Said::plain(format!("{sign}{}", euros(minor))),
            },
            won: label == "Won",
        }
    };
    let plain = |label: &str, minor: i128| Step {
        key: None,
        label: label.into(),
        amount: amount(minor),
        won: false,
    };
    let mut data = Waterfall {
        about: about("Open value since 1 January"),
        label: "Change".into(),
        measure: money(),
        start: plain("1 January", 84_000_000),
        steps: vec![
            step("New deals", 31_500_000),
            step("Grown", 9_200_000),
            step("Shrunk", -4_100_000),
            step("Won", -27_300_000),
            step("Lost", -12_800_000),
        ],
        end: Step::default(),
        rest: "Moved elsewhere".into(),
    };
    data.end = plain("Today", data.sum() - 2_000_000);
    data
}

fn heats() -> fairlead::chart::heat::Heat {
    let rows = rows(
        &["Ada Meyer", "Björn Ek", "Chika Obi", "Dieter Ahl"],
        &[41, 27, 33, 8],
    );
    let mut data = kinds::heats(&rows);
    for row in &mut data.rows {
        for cell in row.cells.iter_mut().flatten() {
            cell.amount = count(cell.amount.minor.abs());
        }
    }
    data
}

fn bins() -> fairlead::chart::histogram::Histogram {
    kinds::bins(&rows(
        &[
            "0–9", "10–19", "20–29", "30–39", "40–49", "50–59", "60–69", "70–79", "80+",
        ],
        &[2, 5, 11, 14, 9, 6, 3, 0, 2],
    ))
}

fn falls() -> fairlead::chart::survival::Survival {
    let times = [4, 9, 12, 14, 21, 23, 30, 38, 47, 61, 80];
    kinds::curves(&times.map(|time| (String::new(), time)))
}

/// Owners with few and with many deals among the limits of chance.
fn owners() -> Scatter {
    let people = [
        ("Ada Meyer", 84, 31),
        ("Björn Ek", 61, 22),
        ("Chika Obi", 47, 29),
        ("Dieter Ahl", 9, 67),
        ("Ewa Lis", 22, 41),
        ("Fay Wong", 95, 52),
        ("Gus Roe", 33, 36),
        ("Hal Yu", 5, 0),
    ];
    let percent = |n: i128| Amount {
        minor: n,
        said: Said::plain(format!("{n} %")),
    };
    let dot = |(n, (name, deals, rate)): (usize, &(&str, i128, i128))| Dot {
        key: Some(n as u64),
        label: (*name).into(),
        across: count(*deals),
        up: percent(*rate),
        ..Dot::default()
    };
    let limit = |z: f64, label: &str| Limit {
        label: label.into(),
        places: (2..=50)
            .map(|n| {
                let aside = z * (0.36 * 0.64 / f64::from(n * 2)).sqrt();
                (
                    i128::from(n * 2),
                    ((0.36 + aside) * 100.0).round().clamp(0.0, 100.0) as i128,
                )
            })
            .collect(),
    };
    Scatter {
        about: about("Win rate by owner"),
        label: "Owner".into(),
        across: counts("Closed deals"),
        up: Measure {
            name: "Win rate".into(),
            write: Write::new(|n| format!("{n} %")),
            ..counts("")
        },
        dots: people.iter().enumerate().map(dot).collect(),
        limits: vec![limit(1.96, "95 % limits"), limit(-1.96, "95 % limits")],
        expected: Some(Limit {
            label: "All owners, 36 %".into(),
            places: vec![(0, 36), (100, 36)],
        }),
        ..Scatter::default()
    }
}

pub fn a_flow() -> Sankey {
    let node = |(n, (label, column, kind, total)): (usize, &(&str, usize, NodeKind, &str))| Node {
        key: Some(n as u64),
        label: (*label).into(),
        column: *column,
        kind: *kind,
        total: Said::plain(*total),
    };
    let nodes = [
        ("Lost", 4, NodeKind::Lost, "228"),
        ("Leads", 0, NodeKind::Stage, "412"),
        ("Qualified", 1, NodeKind::Stage, "188"),
        ("Proposal", 2, NodeKind::Stage, "97"),
        ("Negotiation", 3, NodeKind::Stage, "52"),
        ("Won", 4, NodeKind::Won, "21"),
        ("Still there", 4, NodeKind::Still, "163"),
    ];
    let flows = [
        (1, 2, 188),
        (1, 0, 140),
        (1, 6, 84),
        (2, 3, 97),
        (2, 0, 51),
        (2, 6, 40),
        (3, 4, 52),
        (3, 0, 20),
        (3, 6, 25),
        (4, 5, 21),
        (4, 0, 17),
        (4, 6, 14),
        (4, 3, 6),
    ];
    let flow = |(n, (from, to, deals)): (usize, &(usize, usize, i128))| Flow {
        key: Some(n as u64),
        from: *from,
        to: *to,
        amount: count(*deals),
    };
    Sankey {
        about: about("What became of the leads"),
        value: "Deals".into(),
        nodes: nodes.iter().enumerate().map(node).collect(),
        flows: flows.iter().enumerate().map(flow).collect(),
    }
}

pub fn all(width: f64) -> Vec<(&'static str, Scene)> {
    let room = Room::new(width, 12.0);
    vec![
        ("stacked", stacked(&kinds::stacks(&stages(), false), room)),
        (
            "stacked-upright",
            stacked(&kinds::stacks(&stages(), true), room),
        ),
        ("line", line(&kinds::lines(&weeks(13), true), room)),
        ("funnel", funnel(&a_funnel(), room)),
        ("waterfall", waterfall(&a_waterfall(), room)),
        ("heat", heat(&heats(), room)),
        ("histogram", histogram(&bins(), room)),
        ("survival", survival(&falls(), room)),
        ("scatter", scatter(&owners(), room)),
        (
            "scatter-sized",
            scatter(&kinds::points(&stages(), true), room),
        ),
        ("sankey", sankey(&a_flow(), room)),
    ]
}

#[test]
fn each_kind_looks_as_it_should() {
    for (width, named) in [(320.0, "320"), (720.0, "720")] {
        let pictures: Vec<(String, Scene)> = all(width)
            .into_iter()
            .map(|(kind, scene)| (format!("{kind}-{named}"), scene))
            .collect();
        pictured(&pictures);
    }
    let room = Room {
        width: 96.0,
        em: 12.0,
    };
    let (given, empty) = (
        weeks(12),
        line(&kinds::lines(&[], false), Room::new(320.0, 12.0)),
    );
    pictured(&[
        (
            "sparkline".into(),
            sparkline(&kinds::sparks(&given, false), room),
        ),
        (
            "sparkline-bars".into(),
            sparkline(&kinds::sparks(&given, true), room),
        ),
        ("nothing-320".into(), empty),
    ]);
}
