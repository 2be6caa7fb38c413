//! A chart of each kind from any names and numbers.

use crate::given::{amount, euros, short};
use chrono::{Days, NaiveDate};
use fairlead::chart::funnel::{Funnel, Level, Passage, funnel};
use fairlead::chart::heat::{Cell, Heat, HeatRow, heat};
use fairlead::chart::histogram::{Bin, Histogram, Line, histogram};
use fairlead::chart::line::{Lines, Pin, Place, Reference, Series, Value, line};
use fairlead::chart::sankey::{Flow, Node, NodeKind, Sankey, sankey};
use fairlead::chart::scatter::{Dot, Limit, Scatter, scatter};
use fairlead::chart::scene::{Room, Scene};
use fairlead::chart::spark::{Spark, sparkline};
use fairlead::chart::stack::{Part, Stack, Stacks, stacked};
use fairlead::chart::survival::{Curve, Fall, Survival, survival};
use fairlead::chart::value::{About, Amount, Interval, Measure, Said, Write};
use fairlead::chart::waterfall::{Step, Waterfall, waterfall};

/// One row of what is given: a name and its number.
pub type Given = [(String, i128)];

pub fn about(title: &str) -> About {
    About {
        title: title.into(),
        ..About::default()
    }
}

pub fn money() -> Measure {
    Measure {
        name: "Value".into(),
        least_step: 100,
        from_zero: true,
        write: Write::new(short),
    }
}

pub fn counts(name: &str) -> Measure {
    Measure {
        name: name.into(),
        least_step: 1,
        from_zero: true,
        write: Write::default(),
    }
}

/// A number that is written as it is.
pub fn count(n: i128) -> Amount {
    Amount {
        minor: n,
        said: Said::plain(n.to_string()),
    }
}

fn interval(minor: i128) -> Interval {
    let (low, high) = (
        minor.saturating_sub(minor / 3),
        minor.saturating_add(minor / 3),
    );
    Interval {
        low,
        high,
        said: format!("{} to {}", euros(low), euros(high)),
    }
}

pub fn stacks(given: &Given, upright: bool) -> Stacks {
    let part = |(n, minor): (usize, i128)| Part {
        key: (n % 2 == 0).then_some(n as u64),
        amount: amount(minor),
    };
    let row = |(n, (name, minor)): (usize, &(String, i128))| {
        let parts = [*minor, minor / 2, minor / 3, -(minor / 5)];
        Stack {
            key: Some(n as u64),
            label: name.clone(),
            parts: parts.into_iter().enumerate().map(part).collect(),
            total: amount(parts.into_iter().fold(0, i128::saturating_add)).said,
        }
    };
    Stacks {
        about: about("Value by stage and source"),
        label: "Stage".into(),
        total: "All".into(),
        measure: money(),
        series: ["Inbound", "Outbound", "Partner", "Credits"]
            .map(String::from)
            .into(),
        rows: given.iter().enumerate().map(row).collect(),
        upright,
    }
}

pub fn lines(given: &Given, with_days: bool) -> Lines {
    let first = NaiveDate::from_ymd_opt(2027, 1, 4).unwrap();
    let place = |(n, (name, _)): (usize, &(String, i128))| Place {
        key: Some(n as u64),
        label: Said::plain(name.clone()),
        day: with_days.then(|| first + Days::new(7 * n as u64)),
    };
    let value = |minor: i128, band: bool| Value {
        amount: amount(minor),
        band: band.then(|| interval(minor)),
        n: band.then(|| "n 12".into()),
    };
    // Every fifth is missing, and of the second series the first and every third.
    let first_line =
        |(n, (_, minor)): (usize, &(String, i128))| (n % 5 != 4).then(|| value(*minor, true));
    let second =
        |(n, (_, minor)): (usize, &(String, i128))| (n % 3 != 0).then(|| value(minor / 2, false));
    let series = |name: &str, values: Vec<Option<Value>>| Series {
        name: name.into(),
        values,
    };
    Lines {
        about: about("Win rate by week"),
        label: "Week".into(),
        measure: money(),
        places: given.iter().enumerate().map(place).collect(),
        series: vec![
            series(
                "All deals",
                given.iter().enumerate().map(first_line).collect(),
            ),
            series(
                "Inbound only",
                given.iter().enumerate().map(second).collect(),
            ),
        ],
        references: vec![Reference {
            label: "Quota".into(),
            amount: amount(given.first().map_or(0, |row| row.1 / 2)),
        }],
        pins: vec![Pin {
            place: 1,
            label: "New price".into(),
            amount: amount(given.get(1).map_or(0, |row| row.1)),
        }],
    }
}

pub fn funnels(given: &Given) -> Funnel {
    let level = |(n, (name, minor)): (usize, &(String, i128))| Level {
        key: Some(n as u64),
        label: name.clone(),
        count: count(*minor),
        value: Some(amount(minor.saturating_mul(1_000)).said),
        next: Some(Passage {
            key: Some(100 + n as u64),
            rate: Said::plain("62 %"),
            n: format!("n {minor}"),
            interval: "48 % to 74 %".into(),
        }),
    };
    Funnel {
        about: about("From lead to won"),
        label: "Stage".into(),
        count: "Deals".into(),
        value: Some("Value".into()),
        rate: "Conversion".into(),
        levels: given.iter().enumerate().map(level).collect(),
    }
}

pub fn steps(given: &Given) -> Waterfall {
    let step = |key: u64, label: &str, minor: i128| Step {
        key: Some(key),
        label: label.into(),
        amount: amount(minor),
        won: false,
    };
    let start = given.first().map_or(0, |row| row.1);
    let later = given.iter().enumerate().skip(1);
    let mut data = Waterfall {
        about: about("Pipeline since January"),
        label: "Change".into(),
        measure: money(),
        start: step(0, "1 January", start),
        steps: later
            .map(|(n, (name, minor))| step(n as u64, name, *minor))
            .collect(),
        end: Step::default(),
        rest: "Other".into(),
    };
    data.end = step(999, "Today", data.sum());
    data
}

pub fn heats(given: &Given) -> Heat {
    let columns = ["Mon", "Tue", "Wed", "Thu", "Fri"];
    let cell = |(n, minor): (usize, i128)| Cell {
        key: Some(n as u64),
        amount: amount(minor),
        more: vec![("n".into(), "3".into())],
    };
    let row = |(n, (name, minor)): (usize, &(String, i128))| {
        let numbers = [*minor, minor / 2, 0, minor / 7, minor.saturating_neg() / 4];
        let cells = numbers.into_iter().enumerate();
        HeatRow {
            label: name.clone(),
            cells: cells
                .map(|(c, m)| ((n + c) % 4 != 3).then(|| cell((n * 5 + c, m))))
                .collect(),
        }
    };
    Heat {
        about: about("Calls by weekday"),
        label: "Owner".into(),
        value: "Calls".into(),
        columns: columns.map(Said::plain).into(),
        rows: given.iter().enumerate().map(row).collect(),
    }
}

pub fn bins(given: &Given) -> Histogram {
    let bin = |(n, (name, minor)): (usize, &(String, i128))| Bin {
        key: Some(n as u64),
        label: Said::plain(name.clone()),
        from: 10 * n as i128,
        to: 10 * (n as i128 + 1),
        count: count(*minor),
    };
    let line = |label: &str, at: i128| Line {
        label: label.into(),
        amount: Amount {
            minor: at,
            said: Said::plain(format!("{at} days")),
        },
    };
    let end = 10 * given.len() as i128;
    Histogram {
        about: about("How long won deals took"),
        label: "Days".into(),
        measure: counts("Deals"),
        bins: given.iter().enumerate().map(bin).collect(),
        lines: vec![
            line("Median", end * 2 / 5),
            line("P75", end / 2),
            line("Longest", 4 * end),
        ],
    }
}

/// A time that is written as it is.
fn days(n: i128) -> Amount {
    Amount {
        minor: n,
        said: Said::plain(format!("{n} days")),
    }
}

pub fn curves(given: &Given) -> Survival {
    let all = given.len() as i128 + 1;
    let curve = |key: u64, name: &str, stretch: i128| {
        let mut times: Vec<i128> = given
            .iter()
            .map(|row| row.1.saturating_abs() / stretch)
            .collect();
        times.sort_unstable();
        let falls = times.iter().enumerate().map(|(n, time)| {
            let share = 100 * (all - 1 - n as i128) / all;
            Fall {
                time: days(*time),
                share: Amount {
                    minor: share,
                    said: Said::plain(format!("{share} %")),
                },
                band: Some(Interval {
                    low: (share - 10).max(0),
                    high: (share + 10).min(100),
                    said: format!("{} % to {} %", (share - 10).max(0), (share + 10).min(100)),
                }),
            }
        });
        Curve {
            key: Some(key),
            name: name.into(),
            n: format!("n {}", given.len()),
            falls: falls.collect(),
            censored: times.iter().map(|time| time / 3).collect(),
            median: times.get(times.len() / 2).copied().map(days),
            end: times.last().map_or(0, |last| last.saturating_add(last / 4)),
        }
    };
    Survival {
        about: about("Time in Proposal"),
        time: counts("Days in the stage"),
        share: Measure {
            name: "Still there".into(),
            least_step: 10,
            from_zero: true,
            write: Write::new(|n| format!("{n} %")),
        },
        whole: 100,
        curves: vec![curve(1, "Inbound", 1), curve(2, "Outbound", 2)],
    }
}

pub fn points(given: &Given, sized: bool) -> Scatter {
    let dot = |(n, (name, minor)): (usize, &(String, i128))| Dot {
        key: Some(n as u64),
        label: name.clone(),
        across: count(7 * n as i128 + 5),
        up: amount(*minor),
        size: sized.then(|| amount(minor / 3)),
        group: n % 3,
        more: Vec::new(),
    };
    let most = given.iter().map(|row| row.1).max().unwrap_or_default();
    let curve = |label: &str, up: bool| Limit {
        label: label.into(),
        places: (1..20_i128)
            .map(|n| {
                let aside = most / 2 / n;
                (
                    n * 4,
                    if up {
                        (most / 2).saturating_add(aside)
                    } else {
                        (most / 2).saturating_sub(aside)
                    },
                )
            })
            .collect(),
    };
    Scatter {
        about: about("Win rate by owner"),
        label: "Owner".into(),
        across: counts("Closed deals"),
        up: money(),
        size: sized.then(|| "Value".into()),
        groups: ["North", "South", "Partners"].map(String::from).into(),
        dots: given.iter().enumerate().map(dot).collect(),
        limits: vec![curve("95 % limit", true), curve("95 % limit", false)],
        expected: Some(Limit {
            label: "All owners".into(),
            places: vec![(0, most / 2), (80, most / 2)],
        }),
    }
}

pub fn sparks(given: &Given, bars: bool) -> Spark {
    let value = |(n, (name, minor)): (usize, &(String, i128))| {
        (name.clone(), (n % 7 != 5).then(|| amount(*minor)))
    };
    Spark {
        about: about("Won per week"),
        label: "Week".into(),
        value: "Won".into(),
        values: given.iter().enumerate().map(value).collect(),
        bars,
    }
}

/// Each name is a stage in a column of its own, up to five; from each some are lost, some still
/// there and the others go on, the last to won.
pub fn flows(given: &Given) -> Sankey {
    let column = |n: usize| n * 5 / given.len().max(5);
    let node = |(n, (name, minor)): (usize, &(String, i128))| Node {
        key: Some(n as u64),
        label: name.clone(),
        column: column(n),
        kind: NodeKind::Stage,
        total: Said::plain(minor.to_string()),
    };
    let mut nodes: Vec<Node> = given.iter().enumerate().map(node).collect();
    let ends = [
        (NodeKind::Won, "Won"),
        (NodeKind::Still, "Still there"),
        (NodeKind::Lost, "Lost"),
    ];
    nodes.extend(ends.into_iter().map(|(kind, name)| Node {
        key: None,
        label: name.into(),
        column: 6,
        kind,
        total: Said::plain("some"),
    }));
    let ends = given.len();
    let mut flows = Vec::new();
    for (n, (_, minor)) in given.iter().enumerate() {
        let next = (n..ends).find(|m| column(*m) > column(n)).unwrap_or(ends);
        for (to, part) in [
            (next, minor / 2),
            (ends + 1, minor / 5),
            (ends + 2, minor / 4),
        ] {
            flows.push(Flow {
                key: Some(flows.len() as u64),
                from: n,
                to,
                amount: count(part),
            });
        }
    }
    Sankey {
        about: about("What became of the deals"),
        value: "Deals".into(),
        nodes,
        flows,
    }
}

/// A drawing of every kind.
pub fn all(given: &Given, room: Room) -> Vec<(&'static str, Scene)> {
    vec![
        ("stacked", stacked(&stacks(given, false), room)),
        ("stacked upright", stacked(&stacks(given, true), room)),
        ("line", line(&lines(given, false), room)),
        ("line over days", line(&lines(given, true), room)),
        ("funnel", funnel(&funnels(given), room)),
        ("waterfall", waterfall(&steps(given), room)),
        ("heat", heat(&heats(given), room)),
        ("histogram", histogram(&bins(given), room)),
        ("survival", survival(&curves(given), room)),
        ("scatter", scatter(&points(given, false), room)),
        ("scatter of sizes", scatter(&points(given, true), room)),
        ("sparkline", sparkline(&sparks(given, false), room)),
        ("sparkline of bars", sparkline(&sparks(given, true), room)),
        ("sankey", sankey(&flows(given), room)),
    ]
}
