//! All figures of a world, by name.

use super::amounts::amounts;
use super::reached::reached;
use super::reasons::why;
use super::statistics::{curve, sample};
use super::{Found, ends};
use chrono::NaiveDate;
use fairlead::domain::deal::Status;
use fairlead::domain::ids::PipelineId;
use fairlead::domain::insight::bottleneck::{NarrowQuery, bottlenecks};
use fairlead::domain::insight::creation::Creation;
use fairlead::domain::insight::cycle::{Cycle, CycleRule};
use fairlead::domain::insight::exchange::Exchange;
use fairlead::domain::insight::facts::{Facts, Now, Pushes};
use fairlead::domain::insight::flow::Flows;
use fairlead::domain::insight::idle::{IdleQuery, IdleRule, idle_stages, thresholds};
use fairlead::domain::insight::legs::Fate;
use fairlead::domain::insight::mix::Mix;
use fairlead::domain::insight::open::{Coverage, CoverageRule, Due, Open};
use fairlead::domain::insight::overview::{Ask, Overview};
use fairlead::domain::insight::period::{Cut, Period};
use fairlead::domain::insight::select::Selection;
use fairlead::domain::insight::slice::{Dimension, Sliced};
use fairlead::domain::insight::slips::{Slips, put_off_deals, slipped_deals};
use fairlead::domain::insight::stats::pool;
use fairlead::domain::insight::stay::StageTimes;
use fairlead::domain::insight::ways::{ConversionRule, conversion};
use fairlead::domain::insight::win::{WinBy, WinQuery, WinRate, WinRule};
use fairlead::domain::money::{Currency, Money, Sums};
use fairlead::domain::world::World;
use serde_json::{Value, json};

/// What is asked for.
pub struct Question<'a> {
    pub world: &'a World,
    pub pushes: Pushes<'a>,
    pub now: Now,
    /// The first and the last day that figures of a period are of.
    pub period: Period,
    pub pipeline: PipelineId,
    pub currency: Currency,
    pub quota: i64,
}

pub fn sums(sums: &Sums) -> Value {
    let each = sums.iter();
    each.map(|(c, n)| (c.to_string(), json!(i64::try_from(n).unwrap())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn win(rate: &WinRate) -> Value {
    json!({
        "won": rate.won, "lost": rate.lost, "late": rate.late, "undecided": rate.undecided,
        "rate": rate.rate().value(), "interval": ends(rate.interval()), "bounds": ends(rate.bounds()),
        "won_value": sums(&rate.won_value), "lost_value": sums(&rate.lost_value),
        "won_valued": sums(&rate.won_valued), "unvalued": rate.unvalued,
    })
}

fn open(open: &Open) -> Value {
    json!({ "count": open.count, "unvalued": open.unvalued, "value": sums(&open.value), "weighted": sums(&open.weighted) })
}

fn day(date: NaiveDate) -> String {
    date.to_string()
}

pub fn figures(q: &Question<'_>) -> Found {
    let facts = Facts::over(q.world, q.pushes);
    let all = Selection::all(&facts);
    let mut found = Found::new();
    let mut put = |name: &str, value: Value| found.insert(name.to_owned(), value);
    let query = |period, by, rule| WinQuery {
        period,
        by,
        rule,
        now: q.now,
    };
    put("deals", json!(facts.len()));

    for (name, period) in [("all", Period::all()), ("period", q.period)] {
        for by in [WinBy::Close, WinBy::Creation] {
            for rule in WinRule::ALL {
                let rate = WinRate::of(&facts, &all, &query(period, by, rule));
                put(
                    &format!("win.{name}.{}.{}", by.code(), rule.code()),
                    win(&rate),
                );
            }
        }
        let flows = Flows::of(&facts, &all, period);
        let times = StageTimes::of(&facts, &all, period, q.now.today);
        for (n, (flow, time)) in flows.stages.iter().zip(&times.stages).enumerate() {
            let fates = Fate::ALL.map(|fate| flow.of(fate));
            put(
                &format!("flow.{name}.{n}"),
                json!({
                    "entries": flow.entries(), "fates": fates, "advanced": flow.advanced().value(),
                    "settled": flow.advanced_of_settled().value(), "interval": ends(flow.advanced().interval()),
                }),
            );
            put(&format!("stay.{name}.{n}"), curve(&time.left, &time.here));
            put(
                &format!("winners.{name}.{n}"),
                json!([sample(&time.winners), time.winners_p75()]),
            );
        }
        for rule in ConversionRule::ALL {
            let rates = conversion(&facts, &all, period, q.pipeline, rule);
            let rates: Vec<_> = rates.iter().map(|(n, r)| json!([n, r.part, r.n])).collect();
            put(&format!("conversion.{name}.{}", rule.code()), rates.into());
        }
        for rule in CycleRule::ALL {
            let cycle = Cycle::of(&facts, &all, period, rule);
            put(
                &format!("cycle.{name}.{}", rule.code()),
                json!({ "won": sample(&cycle.won), "lost": sample(&cycle.lost) }),
            );
        }
        let slips = Slips::of(&facts, &all, period);
        let groups = [&slips.open, &slips.won, &slips.lost];
        put(
            &format!("slips.{name}"),
            json!(groups.map(|g| json!([sample(g), Slips::pushed(g).part]))),
        );
        let times: Vec<_> = (groups.iter())
            .map(|g| [0..=0, 1..=1, 2..=3, 2..=u16::MAX].map(|times| Slips::times(g, &times)))
            .collect();
        let behind = [Status::Open, Status::Won, Status::Lost].map(|status| {
            [0..=0, 1..=1, 2..=3, 2..=u16::MAX]
                .map(|times| put_off_deals(&facts, &all, period, status, times).len())
        });
        let most: Vec<_> = (slipped_deals(&facts, &all, period, 1).iter())
            .map(|id| facts.pushes[facts.row(*id).unwrap()])
            .collect();
        put(
            &format!("put_off.{name}"),
            json!({ "times": times, "behind": behind, "most": most }),
        );
        let mix = Mix::of(&facts, &all, period);
        let tests: Vec<_> = (mix.tests().iter())
            .map(|t| {
                json!([
                    t.kind.code(),
                    t.test.u,
                    t.test.ahead,
                    t.test.test.p,
                    t.corrected
                ])
            })
            .collect();
        put(
            &format!("mix.{name}"),
            json!({
                "won": mix.won.each_ref().map(sample), "lost": mix.lost.each_ref().map(sample), "tests": tests,
            }),
        );
        let ask = Ask {
            period,
            cut: Cut::Month,
            win: WinRule::Closed,
            cycle: CycleRule::Creation,
            now: q.now,
        };
        let overview = Overview::of(&facts, &all, &ask);
        let velocity = overview.velocity(&facts);
        let by_currency: serde_json::Map<_, _> = (velocity.all().iter())
            .map(|(c, n)| {
                (
                    c.to_string(),
                    json!([
                        i64::try_from(*n).unwrap(),
                        i64::try_from(velocity.mean_value(*c).unwrap()).unwrap()
                    ]),
                )
            })
            .collect();
        put(
            &format!("velocity.{name}"),
            json!({ "open": sums(&velocity.open), "of": by_currency, "cycle": velocity.mean_cycle() }),
        );
        for rule in CoverageRule::ALL {
            let quota = Money::new(q.quota, q.currency);
            let coverage: Coverage = overview.coverage(&facts, quota, rule);
            put(
                &format!("coverage.{name}.{}", rule.code()),
                json!({
                    "remaining": i64::try_from(coverage.remaining()).unwrap(), "ratio": coverage.ratio(),
                    "needed": coverage.needed(), "needed_interval": ends(coverage.needed_interval()),
                }),
            );
        }
        let narrow_query = NarrowQuery {
            pipeline: q.pipeline,
            period,
            exchange: &Exchange::default(),
            now: q.now,
        };
        let narrow: serde_json::Map<_, _> = bottlenecks(&facts, &all, &narrow_query)
            .iter()
            .map(|s| {
                let n = facts.stages.find(s.stage).unwrap();
                let told = json!({
                    "lost": s.lost, "value": sums(&s.lost_value.sums), "lost_share": s.lost_share, "limit": s.limit,
                    "beyond": s.beyond, "beyond_share": s.beyond_share, "waiting": s.waiting.len(), "weight": s.weight,
                });
                (n.to_string(), told)
            })
            .collect();
        put(&format!("narrow.{name}"), narrow.into());
        for (cut, code) in [
            (Cut::Week, "week"),
            (Cut::Month, "month"),
            (Cut::Quarter(2), "quarter"),
        ] {
            let creation = Creation::of(&facts, &all, period, cut, q.now.today);
            let pieces: Vec<_> = (creation.pieces.iter())
                .map(|p| {
                    json!([
                        day(p.period.from()),
                        day(p.period.to()),
                        p.count,
                        sums(&p.value),
                        p.whole
                    ])
                })
                .collect();
            put(
                &format!("creation.{name}.{code}"),
                json!({ "pieces": pieces, "mean": creation.mean(), "interval": ends(creation.interval()) }),
            );
        }
    }
    for (name, due) in [
        ("any", Due::Any),
        ("period", Due::In(q.period)),
        ("never", Due::Never),
    ] {
        put(&format!("open.{name}"), open(&Open::of(&facts, &all, due)));
    }
    let months: serde_json::Map<_, _> = Cut::Month
        .pieces(q.period, 36)
        .into_iter()
        .map(|month| {
            let rate = WinRate::of(&facts, &all, &query(month, WinBy::Close, WinRule::Closed));
            (month.from().format("%Y-%m").to_string(), win(&rate))
        })
        .collect();
    put("win_by_month", months.into());

    let times = StageTimes::of(&facts, &all, Period::all(), q.now.today);
    for (name, learned) in [("own", None), ("learned", Some(&times))] {
        let thresholds = thresholds(&facts, learned);
        let days: Vec<_> = thresholds.iter().map(|t| t.map(|t| t.days())).collect();
        for rule in IdleRule::ALL {
            let idle_query = IdleQuery {
                thresholds: &thresholds,
                rule,
                now: q.now,
            };
            let stages: Vec<_> = idle_stages(&facts, &all, &idle_query)
                .iter()
                .map(|s| {
                    json!([
                        s.open,
                        s.rotting,
                        s.warning,
                        s.planned,
                        sample(&s.days),
                        sums(&s.value)
                    ])
                })
                .collect();
            // Those that rot, longest first: how long, and how many in all.
            let rotting = idle_query.rotting(&facts, &all, None);
            let longest: Vec<_> = (rotting.iter().take(50))
                .map(|id| idle_query.deal(&facts, facts.row(*id).unwrap()).days)
                .collect();
            put(
                &format!("idle.{name}.{}", rule.code()),
                json!({ "thresholds": days, "stages": stages, "rotting": rotting.len(), "longest": longest }),
            );
        }
    }
    for dimension in [Dimension::Source, Dimension::Owner, Dimension::Currency] {
        let sliced = Sliced::of(q.world, &facts, dimension);
        let parts: Vec<_> = sliced.parts(&all);
        let rates: Vec<_> = (parts.iter())
            .map(|(n, part)| {
                let rate = WinRate::of(
                    &facts,
                    part,
                    &query(Period::all(), WinBy::Close, WinRule::Closed),
                );
                let name = if *n == 0 {
                    ""
                } else {
                    sliced.labels[*n as usize].name.as_str()
                };
                (name.to_owned(), part.count(), rate)
            })
            .collect();
        let groups: Vec<_> = rates.iter().map(|(_, _, rate)| rate.rate()).collect();
        let prior = pool::prior(&groups);
        let told: serde_json::Map<_, _> = (rates.iter())
            .map(|(name, count, rate)| {
                let drawn = prior.map(|p| p.shrink(rate.rate()).0);
                (name.clone(), json!([count, rate.won, rate.lost, drawn]))
            })
            .collect();
        put(&format!("slice.{}", dimension.code()), told.into());
    }
    for status in Status::ALL {
        let count = facts.status.iter().filter(|s| *s == status).count();
        put(&format!("status.{}", status.code()), json!(count));
    }
    found.extend(amounts(q, &facts));
    found.extend(reached(q, &facts));
    found.extend(why(q, &facts));
    found
}
