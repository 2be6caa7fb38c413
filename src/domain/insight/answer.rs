//! One figure of the catalogue for some deals: what tiles and breakdowns ask for.

use super::catalogue::Metric;
use super::creation::created_deals;
use super::cycle::{Cycle, CycleRule, closed_deals};
use super::exchange::{Exchange, Total};
use super::facts::{Facts, Now};
use super::flow::Flows;
use super::idle::{IdleQuery, IdleRule, Threshold, idle_stages, thresholds};
use super::legs::legs;
use super::open::{Coverage, CoverageRule, Due, Open, open_deals, open_tally};
use super::period::Period;
use super::select::{Selection, deals};
use super::slips::{Slips, slipped_deals};
use super::stats::sample::Sample;
use super::stats::{Interval, Rate};
use super::stay::{StageTime, StageTimes};
use super::velocity::Velocity;
use super::ways::{ConversionRule, conversion};
use super::win::{WinBy, WinPart, WinQuery, WinRate, WinRule};
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, PipelineId};
use crate::domain::money::{Currency, Money, Sums, percent_of};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How figures are counted that can be counted in several ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// What counts against the win rate.
    pub win: WinRule,
    /// By which day it is counted.
    pub by: WinBy,
    /// Conversion.
    pub conversion: ConversionRule,
    /// From when a cycle counts.
    pub cycle: CycleRule,
    /// What open deals are held against.
    pub coverage: CoverageRule,
    /// What is a sign of life.
    pub idle: IdleRule,
}

impl Rules {
    /// Under which word the choice of a figure is kept; figures that are counted alike share it.
    #[must_use]
    pub fn key(metric: Metric) -> &'static str {
        match metric {
            Metric::CycleWon | Metric::CycleLost => "cycle",
            Metric::Idle | Metric::Rotting => "idle",
            other => other.code(),
        }
    }

    /// As chosen: the code of an alternative by [`Rules::key`]. What is not known counts as not
    /// chosen.
    #[must_use]
    pub fn read(chosen: &BTreeMap<String, String>) -> Self {
        let code = |metric| chosen.get(Self::key(metric)).map_or("", String::as_str);
        macro_rules! of {
            ($metric:ident, $rule:ty) => {{
                let code = code(Metric::$metric);
                let found = <$rule>::ALL.into_iter().find(|rule| rule.code() == code);
                found.unwrap_or_default()
            }};
        }
        let cohort = code(Metric::WinRate) == WinBy::Creation.code();
        Self {
            win: of!(WinRate, WinRule),
            by: if cohort {
                WinBy::Creation
            } else {
                WinBy::Close
            },
            conversion: of!(Conversion, ConversionRule),
            cycle: of!(CycleWon, CycleRule),
            coverage: of!(Coverage, CoverageRule),
            idle: of!(Idle, IdleRule),
        }
    }

    /// The code of the way in which a figure is counted; none where there is but one.
    #[must_use]
    pub fn code(&self, metric: Metric) -> Option<&'static str> {
        Some(match metric {
            Metric::WinRate if self.by == WinBy::Creation => self.by.code(),
            Metric::WinRate => self.win.code(),
            Metric::Conversion => self.conversion.code(),
            Metric::CycleWon | Metric::CycleLost => self.cycle.code(),
            Metric::Coverage => self.coverage.code(),
            Metric::Idle | Metric::Rotting => self.idle.code(),
            _ => return None,
        })
    }
}

/// What is asked for, whatever the figure.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// The rates that sums are made with.
    pub exchange: &'a Exchange,
    /// Of which time.
    pub period: Period,
    /// The present.
    pub now: Now,
    /// How things are counted.
    pub rules: Rules,
    /// Of one pipeline only, where stages are counted.
    pub pipeline: Option<PipelineId>,
    /// The quota, and the days it is for.
    pub quota: Option<(Money, Period)>,
}

/// How much.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// There is nothing to count.
    #[default]
    None,
    /// An amount.
    Money(Total),
    /// A share of counted things.
    Share(Rate),
    /// A share of amounts, by their currency.
    Parts(Vec<(Currency, f64)>),
    /// Days.
    Days(f64),
    /// A number of things.
    Count(u64),
    /// A number of things for each deal.
    Mean(f64),
    /// How many times something.
    Times(f64),
    /// An amount a day, by currency, in minor units.
    PerDay(Vec<(Currency, i128)>),
}

/// A figure with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// How much.
    pub value: Value,
    /// How many it rests on.
    pub n: u64,
    /// Where the true value lies with 95 % confidence, in the unit of the value.
    pub interval: Option<Interval>,
    /// The deals behind it.
    pub deals: Vec<DealId>,
}

impl Answer {
    fn new(value: Value, deals: Vec<DealId>) -> Self {
        Self {
            value,
            n: deals.len() as u64,
            interval: None,
            deals,
        }
    }

    fn share(rate: Rate, deals: Vec<DealId>) -> Self {
        Self {
            value: rate.value().map_or(Value::None, |_| Value::Share(rate)),
            n: rate.n,
            interval: rate.interval(),
            deals,
        }
    }

    fn days(days: Option<f64>, n: u64, interval: Option<Interval>, deals: Vec<DealId>) -> Self {
        Self {
            value: days.map_or(Value::None, Value::Days),
            n,
            interval,
            deals,
        }
    }
}

fn date(day: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(day).unwrap_or_default()
}

impl Question<'_> {
    /// The win rate asked for.
    #[must_use]
    pub fn win(&self) -> WinQuery {
        WinQuery {
            period: self.period,
            by: self.rules.by,
            rule: self.rules.win,
            now: self.now,
        }
    }

    /// The sum of the values of deals, each by the rate of the day it was closed, or of today.
    #[must_use]
    pub fn total(&self, ids: &[DealId]) -> Total {
        let mut total = Total::default();
        for row in ids.iter().filter_map(|id| self.facts.row(*id)) {
            if let Some(money) = self.facts.money(row) {
                let closed = self.facts.closed[row];
                let day = if self.facts.status[row] == Status::Open {
                    self.now.today
                } else {
                    closed
                };
                total.add(self.exchange, money, date(day));
            }
        }
        total
    }

    /// The sum of value times chance to win, rounded once.
    #[must_use]
    pub fn weighted(&self, ids: &[DealId]) -> Total {
        let (mut total, mut sums) = (Total::default(), Sums::default());
        for row in ids.iter().filter_map(|id| self.facts.row(*id)) {
            if let Some(money) = self.facts.money(row) {
                let (shown, apart, converted) = self.exchange.shown(money, date(self.now.today));
                let percent = i128::from(self.facts.probability[row]);
                sums.add(shown.currency, i128::from(shown.minor) * percent);
                total.n += 1;
                total.apart += u64::from(apart);
                total.converted += u64::from(converted);
            }
        }
        for (currency, sum) in sums.iter() {
            total.sums.add(currency, percent_of(sum));
        }
        total
    }

    /// From when on deals rot, by stage: as set, else as all winners of the facts teach.
    #[must_use]
    pub fn thresholds(&self) -> Vec<Option<Threshold>> {
        let all = Selection::all(self.facts);
        let times = StageTimes::of(self.facts, &all, Period::all(), self.now.today);
        thresholds(self.facts, Some(&times))
    }

    /// The pipelines whose stages are counted.
    #[must_use]
    pub fn pipelines(&self) -> Vec<PipelineId> {
        match self.pipeline {
            Some(one) => vec![one],
            None => self.facts.stages.pipelines.clone(),
        }
    }

    fn is_counted(&self, stage: u16) -> bool {
        let stage = self.facts.stages.get(stage);
        stage.is_some_and(|s| self.pipeline.is_none_or(|p| p == s.pipeline))
    }

    /// The deals that came into one of the stages counted in the time.
    fn entered(&self, of: &Selection) -> Vec<DealId> {
        let hit = |row: &usize| {
            legs(self.facts, *row)
                .any(|leg| self.is_counted(leg.stage) && self.period.holds(leg.entered))
        };
        deals(self.facts, of.rows().filter(hit))
    }

    fn conversion(&self, of: &Selection) -> Rate {
        let mut all = Rate::default();
        for pipeline in self.pipelines() {
            let rule = self.rules.conversion;
            for (_, rate) in conversion(self.facts, of, self.period, pipeline, rule) {
                all.part += rate.part;
                all.n += rate.n;
            }
        }
        all
    }

    fn stay(&self, of: &Selection) -> StageTime {
        let times = StageTimes::of(self.facts, of, self.period, self.now.today);
        let mut all = StageTime::default();
        for (number, time) in (0_u16..).zip(&times.stages) {
            if self.is_counted(number) {
                all.left.merge(&time.left);
                all.here.merge(&time.here);
                all.winners.merge(&time.winners);
            }
        }
        all
    }

    fn cycle(&self, of: &Selection, status: Status) -> Answer {
        let cycle = Cycle::of(self.facts, of, self.period, self.rules.cycle);
        let sample = if status == Status::Won {
            cycle.won
        } else {
            cycle.lost
        };
        let deals = closed_deals(self.facts, of, self.period, status);
        Answer::days(
            sample.median(),
            sample.len(),
            sample.median_interval(),
            deals,
        )
    }

    /// The speed of the pipeline with its four drivers.
    #[must_use]
    pub fn velocity(&self, of: &Selection) -> Velocity {
        let query = WinQuery {
            by: WinBy::Close,
            ..self.win()
        };
        let win = WinRate::of(self.facts, of, &query);
        let cycle = Cycle::of(self.facts, of, self.period, self.rules.cycle);
        Velocity {
            open: open_tally(self.facts, of, Due::Any).counts(self.facts),
            win: win.rate(),
            won_value: win.won_value,
            won_valued: win.won_valued,
            cycle_days: cycle.won.sum(),
            cycle_n: cycle.won.len(),
        }
    }

    /// How far open deals cover the quota; none without one.
    #[must_use]
    pub fn coverage(&self, of: &Selection) -> Option<Coverage> {
        let (quota, period) = self.quota?;
        let asked = WinQuery {
            period,
            by: WinBy::Close,
            ..self.win()
        };
        let won = WinRate::of(self.facts, of, &asked);
        let rate = WinQuery {
            by: WinBy::Close,
            ..self.win()
        };
        Some(Coverage {
            quota,
            won: won.won_value.of(quota.currency),
            open: Open::of(self.facts, of, Due::In(period)),
            win: WinRate::of(self.facts, of, &rate).rate(),
            rule: self.rules.coverage,
        })
    }

    fn value_rate(&self, of: &Selection) -> Answer {
        let won = closed_deals(self.facts, of, self.period, Status::Won);
        let mut all = closed_deals(self.facts, of, self.period, Status::Lost);
        let (gained, gone) = (self.total(&won).sums, self.total(&all).sums);
        let mut currencies: Vec<Currency> =
            gained.iter().chain(gone.iter()).map(|(c, _)| c).collect();
        currencies.sort_unstable();
        currencies.dedup();
        let share = |c: Currency| {
            let (won, lost) = (gained.of(c), gone.of(c));
            let whole = won >= 0 && lost >= 0 && won + lost > 0;
            whole.then(|| (c, won as f64 / (won + lost) as f64))
        };
        let parts: Vec<_> = currencies.into_iter().filter_map(share).collect();
        all.extend(won);
        all.sort_unstable();
        let value = if parts.is_empty() {
            Value::None
        } else {
            Value::Parts(parts)
        };
        Answer::new(value, all)
    }

    fn done(&self, of: &Selection) -> Answer {
        let hit = |row: &usize| {
            matches!(self.facts.status[*row], Status::Won | Status::Lost)
                && self.period.holds(self.facts.closed[*row])
        };
        let mut counts = Sample::default();
        for row in of.rows().filter(hit) {
            counts.add(self.facts.done[row].iter().map(|n| u32::from(*n)).sum());
        }
        Answer {
            value: counts.mean().map_or(Value::None, Value::Mean),
            n: counts.len(),
            interval: counts.mean_interval(),
            deals: deals(self.facts, of.rows().filter(hit)),
        }
    }

    fn idle(&self, of: &Selection, rotting: bool) -> Answer {
        let thresholds = self.thresholds();
        let query = IdleQuery {
            thresholds: &thresholds,
            rule: self.rules.idle,
            now: self.now,
        };
        if rotting {
            let found = query.rotting(self.facts, of, None);
            return Answer {
                n: open_deals(self.facts, of, Due::Any).len() as u64,
                ..Answer::new(Value::Count(found.len() as u64), found)
            };
        }
        let mut days = Sample::default();
        for stage in idle_stages(self.facts, of, &query) {
            days.merge(&stage.days);
        }
        let open = open_deals(self.facts, of, Due::Any);
        Answer::days(days.median(), days.len(), days.median_interval(), open)
    }

    fn times(&self, of: &Selection) -> Answer {
        let Some(coverage) = self.coverage(of) else {
            return Answer::default();
        };
        let due = self.quota.map_or(Due::Any, |(_, period)| Due::In(period));
        let value = coverage.ratio().map_or(Value::None, Value::Times);
        Answer::new(value, open_deals(self.facts, of, due))
    }

    /// A figure for some deals.
    #[must_use]
    pub fn answer(&self, metric: Metric, of: &Selection) -> Answer {
        let facts = self.facts;
        let open = || open_deals(facts, of, Due::Any);
        let closed = |status| closed_deals(facts, of, self.period, status);
        let money = |ids: Vec<DealId>| Answer::new(Value::Money(self.total(&ids)), ids);
        let count = |ids: Vec<DealId>| Answer::new(Value::Count(ids.len() as u64), ids);
        match metric {
            Metric::WinRate => {
                let query = self.win();
                let decided = [WinPart::Won, WinPart::Lost, WinPart::Late];
                let rate = WinRate::of(facts, of, &query).rate();
                Answer::share(rate, query.deals(facts, of, &decided))
            }
            Metric::WinValue => self.value_rate(of),
            Metric::Won => money(closed(Status::Won)),
            Metric::WonCount => count(closed(Status::Won)),
            Metric::Lost => money(closed(Status::Lost)),
            Metric::Conversion => Answer::share(self.conversion(of), self.entered(of)),
            Metric::StageTime => {
                let stay = self.stay(of);
                let curve = stay.curve();
                let ends = curve.median_band();
                let interval = ends.0.zip(ends.1).map(|(low, high)| Interval {
                    low: low.into(),
                    high: high.into(),
                });
                Answer::days(
                    curve.median().map(f64::from),
                    stay.n(),
                    interval,
                    self.entered(of),
                )
            }
            Metric::CycleWon => self.cycle(of, Status::Won),
            Metric::CycleLost => self.cycle(of, Status::Lost),
            Metric::Velocity => {
                let all = self.velocity(of).all();
                let value = if all.is_empty() {
                    Value::None
                } else {
                    Value::PerDay(all)
                };
                Answer::new(value, open())
            }
            Metric::Open => money(open()),
            Metric::OpenCount => count(open()),
            Metric::Weighted => {
                let ids = open();
                Answer::new(Value::Money(self.weighted(&ids)), ids)
            }
            Metric::Coverage => self.times(of),
            Metric::Idle => self.idle(of, false),
            Metric::Rotting => self.idle(of, true),
            Metric::Creation => count(created_deals(facts, of, self.period)),
            Metric::Slips => {
                let slips = Slips::of(facts, of, self.period);
                let mut all = slips.open;
                all.merge(&slips.won);
                all.merge(&slips.lost);
                let ids = slipped_deals(facts, of, self.period, 1);
                Answer::share(Slips::pushed(&all), ids)
            }
            Metric::Activities => self.done(of),
            // It ranks stages; there is none of the whole.
            Metric::Bottleneck => Answer::default(),
        }
    }

    /// A figure of stages, stage by stage, of those that are open; none for figures of deals.
    #[must_use]
    pub fn by_stage(&self, metric: Metric, of: &Selection) -> Option<Vec<(u16, Answer)>> {
        if !matches!(metric, Metric::Conversion | Metric::StageTime) {
            return None;
        }
        let mut all = Vec::new();
        let times = StageTimes::of(self.facts, of, self.period, self.now.today);
        for pipeline in self.pipelines() {
            let rates = conversion(self.facts, of, self.period, pipeline, self.rules.conversion);
            for (stage, rate) in rates {
                let ids = deals(
                    self.facts,
                    of.rows().filter(|row| {
                        legs(self.facts, *row)
                            .any(|leg| leg.stage == stage && self.period.holds(leg.entered))
                    }),
                );
                all.push((
                    stage,
                    if metric == Metric::Conversion {
                        Answer::share(rate, ids)
                    } else {
                        let time = &times.stages[usize::from(stage)];
                        let median = time.curve().median().map(f64::from);
                        Answer::days(median, time.n(), None, ids)
                    },
                ));
            }
        }
        Some(all)
    }

    /// Whether a figure can be told for each month of a time: those of what stands now cannot.
    #[must_use]
    pub fn has_course(metric: Metric) -> bool {
        !matches!(
            metric,
            Metric::Velocity
                | Metric::Open
                | Metric::OpenCount
                | Metric::Weighted
                | Metric::Coverage
                | Metric::Idle
                | Metric::Rotting
                | Metric::Slips
                | Metric::Bottleneck
        )
    }

    /// What became of the entries of the time into each stage.
    #[must_use]
    pub fn flows(&self, of: &Selection) -> Flows {
        Flows::of(self.facts, of, self.period)
    }
}
