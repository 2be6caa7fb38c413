//! Long calculations that run in a thread of their own, or a slice at a time on the page: what is
//! to be done and what came of it go from one to the other as numbers and text.

use crate::codec::wire;
use crate::domain::change::Change;
use crate::domain::forecast::grade::{Ask, Grading, words};
use crate::domain::forecast::life::{Ground, Reading, StageBook};
use crate::domain::forecast::plan::Plan;
use crate::domain::forecast::simulate::Run;
use crate::domain::forecast::{Day, day_of};
use crate::domain::insight::exchange::Exchange;
use crate::domain::insight::trail::Trails;
use crate::domain::quota::Span;
use crate::domain::stamp::Millis;
use crate::domain::state::State;

/// What is to be done, as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Numbers: what kind it is comes first.
    pub words: Vec<u64>,
    /// The log, a change on each line; empty where it is not needed.
    pub log: String,
}

const PLAY: u64 = 1;
const GRADE: u64 = 2;

impl Order {
    /// To play a simulation.
    #[must_use]
    pub fn play(plan: &Plan) -> Self {
        let mut words = vec![PLAY];
        words.extend(plan.to_words());
        Self {
            words,
            log: String::new(),
        }
    }

    /// To grade the forecasts that this log tells of, as it is at a moment.
    #[must_use]
    pub fn grade(log: &[Change], today: Day, now: Millis, ask: Ask) -> Self {
        let span = match ask.span {
            Span::Month => 1,
            Span::Quarter => 3,
            Span::Year => 12,
        };
        let lines = log.iter().flat_map(wire::encode).map(|w| w.json + "\n");
        Self {
            words: vec![
                GRADE,
                i64::from(today) as u64,
                now as u64,
                span,
                u64::from(ask.weekly),
                u64::from(ask.trials),
            ],
            log: lines.collect(),
        }
    }
}

/// The state of the settings that forecasts need.
#[must_use]
pub fn ground(state: &State, stages: StageBook) -> Ground {
    let workspace = state.workspace();
    Ground {
        stages,
        exchange: Exchange::read(state),
        currency: workspace.reporting.unwrap_or(workspace.currency),
        fiscal_month: workspace.fiscal_month,
    }
}

/// Grading, from the text of the log on.
struct Graded {
    log: String,
    /// Where reading goes on.
    at: usize,
    words: [u64; 5],
    parts: Vec<wire::Part>,
    trails: Trails,
    ground: Option<Ground>,
    reading: Option<Reading>,
    grading: Option<Grading>,
}

/// A calculation that is under way.
pub struct Job(Kind);

enum Kind {
    Play(Box<Run>),
    Grade(Box<Graded>),
}

impl Job {
    /// Ready to begin; none where the order is not understood.
    #[must_use]
    pub fn new(order: Order) -> Option<Self> {
        let (kind, rest) = order.words.split_first()?;
        Some(Self(match *kind {
            PLAY => Kind::Play(Box::new(Run::new(Plan::from_words(rest)?))),
            GRADE => Kind::Grade(Box::new(Graded {
                log: order.log,
                at: 0,
                words: rest.try_into().ok()?,
                parts: Vec::new(),
                trails: Trails::default(),
                ground: None,
                reading: None,
                grading: None,
            })),
            _ => return None,
        }))
    }

    /// Goes on a little; says whether there is more.
    pub fn step(&mut self) -> bool {
        match &mut self.0 {
            Kind::Play(run) => run.step(8),
            Kind::Grade(graded) => graded.step(),
        }
    }

    /// How much is done, and of how much.
    #[must_use]
    pub fn progress(&self) -> (u32, u32) {
        match &self.0 {
            Kind::Play(run) => run.progress(),
            Kind::Grade(graded) => {
                let (done, all) = graded.grading.as_ref().map_or((0, 1), Grading::progress);
                let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                (small(done), small(all))
            }
        }
    }

    /// Does the rest; what came of it, as it is sent.
    #[must_use]
    pub fn finish(mut self) -> Vec<u64> {
        while self.step() {}
        match self.0 {
            Kind::Play(run) => run.finish().to_words(),
            Kind::Grade(graded) => match (graded.grading, &graded.ground) {
                (Some(grading), Some(ground)) => {
                    words::to_words(&grading.finish(&graded.trails, ground))
                }
                _ => Vec::new(),
            },
        }
    }
}

impl Graded {
    fn step(&mut self) -> bool {
        if let (Some(grading), Some(ground)) = (&mut self.grading, &self.ground) {
            return grading.step(&self.trails, ground);
        }
        if let Some(rest) = self.log.get(self.at..).filter(|rest| !rest.is_empty()) {
            let line = rest.split('\n').next().unwrap_or_default();
            self.at += line.len() + 1;
            // What the page could read when it wrote it can be read here.
            self.parts.extend(wire::decode(line).ok());
            return true;
        }
        let [today, now, ..] = self.words;
        let (today, now) = (i32::try_from(today as i64).unwrap_or(0), now as i64);
        let Some(ground) = &self.ground else {
            let (log, _) = wire::assemble(std::mem::take(&mut self.parts));
            let mut state = State::default();
            for change in &log {
                state.apply(change);
            }
            self.trails = Trails::read(&log);
            self.reading = Some(Reading::new(&self.trails, today.max(day_of(now)), now));
            self.ground = Some(ground(&state, StageBook::read(&log)));
            return true;
        };
        if let Some(reading) = &mut self.reading
            && reading.step(&self.trails, &ground.stages)
        {
            return true;
        }
        let Some(reading) = self.reading.take() else {
            return false;
        };
        let lives = reading.finish(&self.trails, &ground.stages);
        let [_, _, span, weekly, trials] = self.words;
        let ask = Ask {
            span: match span {
                1 => Span::Month,
                3 => Span::Quarter,
                _ => Span::Year,
            },
            weekly: weekly != 0,
            trials: u32::try_from(trials).unwrap_or(1_000),
        };
        let grading = Grading::new(lives, ground, today, ask);
        let more = grading.progress().1 > 0;
        self.grading = Some(grading);
        more
    }
}
