//! One figure of the catalogue for some deals: what tiles and breakdowns ask for.

use super::catalogue::Metric;
use super::cycle::Cycle;
use super::exchange::{Exchange, Total};
use super::facts::{Facts, Now, Purse};
use super::idle::{IdleQuery, Threshold, idle_stages, taught};
use super::open::WeightRule;
use super::period::Period;
use super::select::Selection;
use super::slips::Slips;
use super::stats::sample::Sample;
use super::stats::{Interval, Rate};
use super::stay::{StageTime, StageTimes, StayRule};
use super::ways::conversion;
use super::win::{WinMeasure, WinPart, WinQuery, WinRate};
use crate::domain::deal::Status;
use crate::domain::ids::PipelineId;
use crate::domain::money::{Currency, Money, Sums, percent_of};

mod behind;
mod missing;
mod money;
mod rules;
mod stages;
#[cfg(test)]
mod tests;

pub use rules::Rules;

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

/// A figure with what belongs to it; the deals behind it are asked for apart, by
/// [`Question::deals`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// How much.
    pub value: Value,
    /// How many it rests on.
    pub n: u64,
    /// Where the true value lies with 95 % confidence, in the unit of the value.
    pub interval: Option<Interval>,
}

impl Answer {
    fn new(value: Value, n: u64) -> Self {
        Self {
            value,
            n,
            interval: None,
        }
    }

    fn share(rate: Rate) -> Self {
        Self {
            value: rate.value().map_or(Value::None, |_| Value::Share(rate)),
            n: rate.n,
            interval: rate.interval(),
        }
    }

    fn days(days: Option<f64>, n: u64, interval: Option<Interval>) -> Self {
        Self {
            value: days.map_or(Value::None, Value::Days),
            n,
            interval,
        }
    }
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

    /// The sum of value times chance to win, rounded once.
    #[must_use]
    pub fn weighted(&self, of: &Selection) -> Total {
        let (facts, plain) = (self.facts, self.plain());
        let (mut total, mut purse) = (Total::default(), Purse::default());
        let (mut sums, mut counts) = (Sums::default(), Purse::default());
        let by_stage = self.rules.weight == WeightRule::Stage;
        let chance = |row: usize| match facts.stages.get(facts.stage[row]) {
            Some(stage) if by_stage && facts.status[row] == Status::Open => stage.probability,
            _ => facts.probability[row],
        };
        of.each(|row| {
            let (code, percent) = (facts.currency[row], i128::from(chance(row)));
            if plain[code as usize] {
                purse.add(code, i128::from(facts.value[row]) * percent);
                counts.add(code, 1);
                total.n += 1;
            } else if let Some(money) = facts.money(row) {
                let (shown, apart, converted) = self.exchange.shown(money, self.day_of(row));
                sums.add(shown.currency, i128::from(shown.minor) * percent);
                total.counts.add(shown.currency, 1);
                total.n += 1;
                total.apart += u64::from(apart);
                total.converted += u64::from(converted);
            }
        });
        sums.merge(&purse.sums(facts));
        total.counts.merge(&counts.sums(facts));
        for (currency, sum) in sums.iter() {
            total.sums.add(currency, percent_of(sum));
        }
        total
    }

    /// From when on deals rot, by stage: as set, else as all winners of the facts teach.
    #[must_use]
    pub fn thresholds(&self) -> Vec<Option<Threshold>> {
        taught(self.facts)
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

    /// The median of some stays as they are counted, and its 95 % interval; none while most are still
    /// there, or where the interval has no end.
    #[must_use]
    pub fn median_stay(&self, time: &StageTime) -> (Option<f64>, Option<Interval>) {
        if self.rules.stay == StayRule::LeftOnly {
            return (time.left.median(), time.left.median_interval());
        }
        let curve = time.curve();
        let ends = curve.median_band();
        let interval = ends.0.zip(ends.1).map(|(low, high)| Interval {
            low: low.into(),
            high: high.into(),
        });
        (curve.median().map(f64::from), interval)
    }

    /// How many stays that is of.
    #[must_use]
    pub fn stays(&self, time: &StageTime) -> u64 {
        match self.rules.stay {
            StayRule::Watched => time.n(),
            StayRule::LeftOnly => time.left.len(),
        }
    }

    /// The days that the deals of a cycle figure took; none for another figure.
    #[must_use]
    pub fn cycle_days(&self, metric: Metric, of: &Selection) -> Option<Sample> {
        let won = match metric {
            Metric::CycleWon => true,
            Metric::CycleLost => false,
            _ => return None,
        };
        let cycle = Cycle::of(self.facts, of, self.period, self.rules.cycle);
        Some(if won { cycle.won } else { cycle.lost })
    }

    fn cycle(&self, metric: Metric, of: &Selection) -> Answer {
        let sample = self.cycle_days(metric, of).unwrap_or_default();
        Answer::days(sample.median(), sample.len(), sample.median_interval())
    }

    fn value_rate(&self, of: &Selection) -> Answer {
        let query = self.win();
        let part = |row: usize| query.part(self.facts, row);
        let won = of.and(|row| part(row) == Some(WinPart::Won));
        let lost = of.and(|row| matches!(part(row), Some(WinPart::Lost | WinPart::Late)));
        let (gained, gone) = (self.total(&won).sums, self.total(&lost).sums);
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
        let value = if parts.is_empty() {
            Value::None
        } else {
            Value::Parts(parts)
        };
        Answer::new(value, (won.count() + lost.count()) as u64)
    }

    fn done(&self, of: &Selection) -> Answer {
        let mut counts = Sample::default();
        self.rows(Metric::Activities, of).each(|row| {
            let done = self.facts.done[row].iter().map(|n| u32::from(*n));
            counts.add(done.sum());
        });
        Answer {
            value: counts.mean().map_or(Value::None, Value::Mean),
            n: counts.len(),
            interval: counts.mean_interval(),
        }
    }

    fn idle_query<'t>(&self, thresholds: &'t [Option<Threshold>]) -> IdleQuery<'t> {
        IdleQuery {
            thresholds,
            rule: self.rules.idle,
            now: self.now,
        }
    }

    fn idle(&self, of: &Selection) -> Answer {
        let thresholds = self.thresholds();
        let query = self.idle_query(&thresholds);
        let mut days = Sample::default();
        for stage in idle_stages(self.facts, of, &query) {
            days.merge(&stage.days);
        }
        Answer::days(days.median(), days.len(), days.median_interval())
    }

    fn times(&self, of: &Selection) -> Answer {
        let Some(coverage) = self.coverage(of) else {
            return Answer::default();
        };
        let value = coverage.ratio().map_or(Value::None, Value::Times);
        Answer::new(value, self.rows(Metric::Coverage, of).count() as u64)
    }

    /// A figure for some deals.
    #[must_use]
    pub fn answer(&self, metric: Metric, of: &Selection) -> Answer {
        let facts = self.facts;
        let rows = || self.rows(metric, of);
        let money =
            |total: Total, rows: Selection| Answer::new(Value::Money(total), rows.count() as u64);
        let count = || {
            let n = rows().count() as u64;
            Answer::new(Value::Count(n), n)
        };
        match metric {
            Metric::WinRate if self.rules.measure == WinMeasure::Value => self.value_rate(of),
            Metric::WinRate => Answer::share(WinRate::of(facts, of, &self.win()).rate()),
            Metric::WinValue => self.value_rate(of),
            Metric::Won | Metric::Lost | Metric::Open => {
                let rows = rows();
                money(self.total(&rows), rows)
            }
            Metric::WonCount | Metric::OpenCount | Metric::Creation => count(),
            Metric::Conversion => Answer::share(self.conversion(of)),
            Metric::StageTime => {
                let stay = self.stay(of);
                let (median, interval) = self.median_stay(&stay);
                Answer::days(median, self.stays(&stay), interval)
            }
            Metric::CycleWon | Metric::CycleLost => self.cycle(metric, of),
            Metric::Velocity => {
                let all = self.velocity(of).all();
                let value = if all.is_empty() {
                    Value::None
                } else {
                    Value::PerDay(all)
                };
                Answer::new(value, rows().count() as u64)
            }
            Metric::Weighted => {
                let rows = rows();
                money(self.weighted(&rows), rows)
            }
            Metric::Coverage => self.times(of),
            Metric::Idle => self.idle(of),
            Metric::Rotting => Answer {
                n: self.rows(Metric::Open, of).count() as u64,
                ..count()
            },
            Metric::Slips => {
                let slips = Slips::of(facts, of, self.period);
                let mut all = slips.open;
                all.merge(&slips.won);
                all.merge(&slips.lost);
                Answer::share(Slips::pushed(&all))
            }
            Metric::Activities => self.done(of),
            // It ranks stages; there is none of the whole.
            Metric::Bottleneck => Answer::default(),
        }
    }
}
