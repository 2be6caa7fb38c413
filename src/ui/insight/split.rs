//! A figure part by part: by the values of a dimension, and month by month.

use super::data::period_words;
use super::reading::{Reading, largest};
use super::write::{self, currencies};
use crate::chart::bar::{Bar, Bars, Names, horizontal};
use crate::chart::line::{Lines, Place, Series, Value as Dot};
use crate::chart::scene::{Room, Scene};
use crate::chart::value::{About, Interval, Said};
use crate::domain::ids::{DealId, StageId};
use crate::domain::insight::answer::{Answer, Question, Value};
use crate::domain::insight::catalogue::{Metric, Unit};
use crate::domain::insight::creation::fitted;
use crate::domain::insight::period::{Cut, Period};
use crate::domain::insight::select::Selection;
use crate::domain::insight::slice::Dimension;
use crate::domain::insight::win::TOO_FEW;
use crate::domain::money::Currency;
use crate::domain::order::Order;
use crate::shell::intl;
use chrono::Datelike;

/// A figure of one part.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// What the part is called.
    pub name: String,
    /// Which part it is.
    part: Part,
    /// The figure.
    pub answer: Answer,
}

/// A part of the deals looked at, whatever row of the facts they are.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// Those with a value of a dimension, by its key.
    Value(Dimension, String),
    /// Those that came into a stage.
    Stage(StageId),
    /// All of them in other days.
    Days(Period),
}

impl Piece {
    /// The days it is of, where it is a part of time.
    fn period(&self) -> Option<Period> {
        match self.part {
            Part::Days(period) => Some(period),
            Part::Value(..) | Part::Stage(_) => None,
        }
    }

    /// The same part's figure in another time, of those that the question is asked of.
    pub fn again(
        &self,
        reading: Reading,
        q: &Question<'_>,
        of: &Selection,
        metric: Metric,
    ) -> Option<Answer> {
        match &self.part {
            Part::Value(by, key) => {
                let sliced = reading.sliced(*by);
                let value = sliced.find(key)?;
                Some(q.answer(metric, &sliced.with(of, value)))
            }
            Part::Stage(id) => {
                let number = q.facts.stages.find(*id)?;
                let all = q.by_stage(metric, of)?;
                all.into_iter().find(|(n, _)| *n == number).map(|(_, a)| a)
            }
            Part::Days(_) => None,
        }
    }

    /// The deals behind it, of those that the question is asked of.
    pub fn deals(
        &self,
        reading: Reading,
        q: &Question<'_>,
        of: &Selection,
        metric: Metric,
    ) -> Vec<DealId> {
        match &self.part {
            Part::Value(by, key) => {
                let sliced = reading.sliced(*by);
                let part = sliced.find(key).map(|value| sliced.with(of, value));
                part.map_or_else(Vec::new, |part| q.deals(metric, &part))
            }
            Part::Stage(stage) => q.entered(*stage, of),
            Part::Days(period) => {
                let period = *period;
                Question { period, ..*q }.deals(metric, of)
            }
        }
    }
}

/// At most so many parts are shown.
pub const MOST: usize = 12;
/// At most so many months are shown.
const MONTHS: usize = 36;

/// A figure by the values of a dimension: those with most deals, and how many values more there
/// are. Figures of stages are told stage by stage, whatever stage a deal is in now.
pub fn split(
    reading: Reading,
    q: &Question<'_>,
    of: &Selection,
    metric: Metric,
    by: Dimension,
) -> (Vec<Piece>, usize) {
    if by == Dimension::Stage
        && let Some(stages) = q.by_stage(metric, of)
    {
        let piece = |(stage, answer): (u16, Answer)| Piece {
            name: stage_of_pipeline(reading, q, stage),
            part: Part::Stage(q.facts.stages.list[usize::from(stage)].id),
            answer,
        };
        return (stages.into_iter().map(piece).collect(), 0);
    }
    let sliced = reading.sliced(by);
    let (parts, others) = largest(&sliced, of, MOST);
    let piece = |(value, part): (u32, Selection)| Piece {
        name: match by {
            Dimension::Stage => {
                let key = sliced.labels[value as usize].key.parse().ok();
                let number = key.and_then(|id| q.facts.stages.find(id));
                number.map_or_else(
                    || sliced.labels[value as usize].name.clone(),
                    |number| stage_of_pipeline(reading, q, number),
                )
            }
            _ => sliced.labels[value as usize].name.clone(),
        },
        part: Part::Value(by, sliced.labels[value as usize].key.clone()),
        answer: q.answer(metric, &part),
    };
    let mut pieces: Vec<(u32, Piece)> = parts
        .into_iter()
        .map(|(value, part)| (value, piece((value, part))))
        .collect();
    if sliced.ordered {
        // Stages and ranges of numbers in their own order, not by size.
        pieces.order_by_key(|(value, _)| *value);
    }
    let shown = pieces.into_iter().map(|(_, piece)| piece);
    let told = shown.filter(|p| p.answer.value != Value::None || p.answer.n > 0);
    (told.collect(), others)
}

/// The name of a stage, with that of its pipeline where several are looked at.
fn stage_of_pipeline(reading: Reading, q: &Question<'_>, stage: u16) -> String {
    let name = reading.stage_name(q.facts, stage);
    let of = q
        .facts
        .stages
        .get(stage)
        .filter(|_| q.pipelines().len() > 1);
    let pipeline = of.map(|stage| {
        let store = reading.insight.store;
        store.with(|s| s.world().state.name_of(stage.pipeline.into()))
    });
    pipeline.map_or(name.clone(), |pipeline| format!("{name} ({pipeline})"))
}

/// A figure month by month, from the first deal on, to today at most.
pub fn course(q: &Question<'_>, of: &Selection, metric: Metric) -> Vec<Piece> {
    let span = fitted(q.facts, of, q.period, q.now.today);
    let months = Cut::Month.pieces(span, MONTHS).into_iter();
    months
        .map(|month| {
            let within = month.within(q.period).unwrap_or(month);
            let asked = Question {
                period: within,
                ..*q
            };
            Piece {
                name: intl::month(month.from()),
                part: Part::Days(within),
                answer: asked.answer(metric, of),
            }
        })
        .collect()
}

/// Of how many a piece is in a currency: where several stay apart, each sum is of its own.
fn note(piece: &Piece, currency: Currency, alone: bool) -> Option<Said> {
    let n = match &piece.answer.value {
        Value::Money(total) if !alone => u64::try_from(total.counts.of(currency)).unwrap_or(0),
        // Not told currency by currency.
        Value::PerDay(_) | Value::Parts(_) if !alone => return None,
        _ => piece.answer.n,
    };
    let n = intl::integer(i64::try_from(n).unwrap_or(i64::MAX));
    Some(Said {
        full: n.clone(),
        short: format!("n {n}"),
    })
}

/// Whether a piece has anything in a currency: it is left out of the picture of another.
fn is_in(piece: &Piece, currency: Currency) -> bool {
    match &piece.answer.value {
        Value::Money(total) => total.counts.of(currency) > 0,
        Value::PerDay(all) => all.iter().any(|(c, _)| *c == currency),
        Value::Parts(all) => all.iter().any(|(c, _)| *c == currency),
        _ => true,
    }
}

/// Between which lengths a figure lies.
fn interval(answer: &Answer) -> Option<Interval> {
    let by = match answer.value {
        Value::Share(_) => 10_000.0,
        Value::Days(_) | Value::Mean(_) => 10.0,
        _ => return None,
    };
    let found = answer.interval?;
    Some(Interval {
        low: (found.low.max(0.0) * by).round() as i128,
        high: (found.high * by).round() as i128,
        said: sure(answer),
    })
}

/// Whether a figure rests on too few to be told without saying so: it has an interval, or would
/// have one with more.
#[must_use]
pub fn is_few(answer: &Answer) -> bool {
    let uncertain = matches!(
        answer.value,
        Value::Share(_) | Value::Days(_) | Value::Mean(_)
    );
    uncertain && answer.n < TOO_FEW
}

/// A share of too few in words, "1 of 3"; none where percent may be told.
#[must_use]
pub fn few_words(answer: &Answer) -> Option<Said> {
    match &answer.value {
        Value::Share(rate) if is_few(answer) => {
            let words = format!("{} of {}", rate.part, rate.n);
            Some(Said {
                full: format!("{words}, too few for a rate"),
                short: words,
            })
        }
        _ => None,
    }
}

/// What can be seen in bars, in a sentence: the longest of those that rest on enough.
fn summary(bars: &[Bar]) -> String {
    let told = bars.iter().filter(|bar| !bar.few && bar.whole.minor != 0);
    match told.max_by_key(|bar| bar.whole.minor) {
        Some(bar) => match &bar.interval {
            Some(i) => format!("Most: {}, {} ({}).", bar.label, bar.whole.said.full, i.said),
            None => format!("Most: {}, {}.", bar.label, bar.whole.said.full),
        },
        None if bars.iter().any(|bar| bar.few) => {
            format!("Each rests on fewer than {TOO_FEW}: too few to compare.")
        }
        None => String::new(),
    }
}

/// The bars of some pieces in one currency. Keys are places in the list.
pub fn bars(
    pieces: &[Piece],
    metric: Metric,
    currency: Currency,
    title: String,
    of: String,
    room: Room,
) -> Scene {
    let noted = metric.unit() != Unit::Count || metric == Metric::Activities;
    let alone = currencies(pieces.iter().map(|p| &p.answer.value), currency).len() < 2;
    let bar = |(n, piece): (usize, &Piece)| {
        let mut whole = write::amount(metric, &piece.answer.value, currency).unwrap_or_else(|| {
            crate::chart::value::Amount {
                minor: 0,
                said: Said::plain("none yet"),
            }
        });
        if let Some(words) = few_words(&piece.answer) {
            whole.said = words;
        }
        Bar {
            key: Some(n as u64),
            label: piece.name.clone(),
            note: note(piece, currency, alone).filter(|_| noted),
            whole,
            part: None,
            interval: interval(&piece.answer),
            few: is_few(&piece.answer),
        }
    };
    // Keys stay the places in the whole list.
    let own = pieces.iter().enumerate();
    let own = own.filter(|(_, piece)| alone || is_in(piece, currency));
    let all: Vec<Bar> = own.map(bar).collect();
    let summary = summary(&all);
    let data = Bars {
        title,
        summary,
        names: Names {
            label: of,
            note: noted.then(|| "n".to_owned()),
            whole: metric.label().to_owned(),
            part: None,
        },
        bars: all,
        least_step: write::axis(metric, currency).least_step,
    };
    horizontal(&data, room, &|minor| {
        write::said(metric, currency, minor).short
    })
}

/// The line of some pieces of time in one currency. Keys are places in the list.
#[must_use]
pub fn lines(pieces: &[Piece], metric: Metric, currency: Currency, title: String) -> Lines {
    let place = |(n, piece): (usize, &Piece)| Place {
        key: Some(n as u64),
        label: Said {
            full: piece
                .period()
                .map_or_else(|| piece.name.clone(), period_words),
            short: piece.name.clone(),
        },
        // A month that is cut off stands where it begins.
        day: piece.period().and_then(|period| period.from().with_day(1)),
    };
    let value = |piece: &Piece| {
        let amount = write::amount(metric, &piece.answer.value, currency)?;
        let is_share = matches!(piece.answer.value, Value::Share(_));
        let band = piece
            .answer
            .interval
            .filter(|_| is_share)
            .map(|i| Interval {
                low: (i.low * 10_000.0).round() as i128,
                high: (i.high * 10_000.0).round() as i128,
                said: super::figure::share_interval(i),
            });
        let n = format!(
            "n {}",
            intl::integer(i64::try_from(piece.answer.n).unwrap_or(i64::MAX))
        );
        Some(Dot {
            amount,
            band,
            n: Some(n),
        })
    };
    let mut told = pieces.iter().filter_map(|p| {
        let amount = write::amount(metric, &p.answer.value, currency)?;
        Some((p, amount))
    });
    let last = told.next_back();
    Lines {
        about: About {
            title,
            summary: last.map_or_else(String::new, |(p, amount)| {
                format!("{}: {}.", p.name, amount.said.full)
            }),
            nothing: "Nothing happened in this time.".into(),
        },
        label: "Month".into(),
        measure: write::axis(metric, currency),
        places: pieces.iter().enumerate().map(place).collect(),
        series: vec![Series {
            name: metric.label().to_owned(),
            values: pieces.iter().map(value).collect(),
        }],
        references: Vec::new(),
        pins: Vec::new(),
    }
}

/// The interval of a piece in words, or why there is none.
#[must_use]
pub fn sure(answer: &Answer) -> String {
    match (&answer.value, answer.interval) {
        (Value::Share(_), Some(i)) => super::figure::share_interval(i),
        (Value::Days(_) | Value::Mean(_), Some(i)) => {
            format!(
                "{} to {}",
                intl::number(i.low.max(0.0), 1),
                intl::number(i.high, 1)
            )
        }
        _ => "–".to_owned(),
    }
}
