//! How likely quotas are: the months ahead of each are played through.

use super::data::{Ground, Line, Quotas};
use crate::app::job::Order;
use crate::domain::forecast::chance::LEAST;
use crate::domain::forecast::life::{Life, Step};
use crate::domain::forecast::months::date;
use crate::domain::forecast::outcome::Outcome;
use crate::domain::forecast::reach::{Reach, UNCHANGED};
use crate::domain::forecast::what_if::WhatIf;
use crate::domain::ids::DealId;
use crate::domain::insight::period::Period;
use crate::domain::insight::quotas::Holder;
use crate::domain::insight::stats::Rate;
use crate::domain::money::{Money, in_whole_units};
use crate::shell::clock::sleep;
use crate::shell::intl;
use crate::shell::worker::{self, carry_out};
use crate::ui::fmt;
use crate::ui::forecast::learning::{Learner, Learnt, Made};
use crate::ui::insight::share_text;
use crate::ui::parts::Latest;
use leptos::prelude::*;

/// Whose deals are played, and over which days.
pub(super) type Question = (Holder, Period);

/// What was played for a question.
pub(super) struct Played {
    question: Question,
    learnt: Made<Learnt>,
    ground: Ground,
    /// None where nothing could be played; then the sentence says why.
    pub reach: Result<Reach, String>,
    /// The open deals that were played.
    pub open: Vec<DealId>,
    /// How many closed deals were learnt from.
    pub closed: u32,
}

/// How likely an amount is.
pub(super) struct Said {
    /// In how many trials it is reached.
    pub chance: Rate,
    /// What is sold in the period in the end: one in ten trials brings less, half of them, one in
    /// ten more.
    pub range: [Money; 3],
    /// The same chance with what is known from outside.
    pub outside: Option<Rate>,
}

impl Played {
    /// How likely it is that `won` grows to `quota`.
    ///
    /// # Errors
    /// Why that cannot be said, in a sentence.
    pub fn say(&self, quota: Money, won: i128, outside: Option<i64>) -> Result<Said, String> {
        let reach = self.reach.as_ref().map_err(Clone::clone)?;
        let (ground, today) = (&self.learnt.ground, self.learnt.today);
        let no_rate = || {
            format!(
                "There is no rate from {} to {}.",
                quota.currency, ground.currency
            )
        };
        let missing = Money::clamped(i128::from(quota.minor) - won, quota.currency);
        let missing = i128::from(ground.minor(Some(missing), today).ok_or_else(no_rate)?);
        let back = |minor| {
            let more = Money::clamped(minor, ground.currency);
            ground.exchange.convert(more, quota.currency, date(today))
        };
        let range = reach.range(UNCHANGED);
        let mut all = [quota; 3];
        for (sum, minor) in all.iter_mut().zip([range.low, range.middle, range.high]) {
            let more = back(minor).ok_or_else(no_rate)?;
            *sum = Money::clamped(won + i128::from(more.minor), quota.currency);
        }
        Ok(Said {
            chance: reach.chance(missing, UNCHANGED),
            range: all,
            outside: outside.map(|factor| reach.chance(missing, factor)),
        })
    }

    /// What it rests on, in a sentence.
    pub fn rests_on(&self) -> String {
        let open = intl::count(self.open.len(), "open deal", "open deals");
        let closed = intl::count(self.closed as usize, "closed deal", "closed deals");
        match self.closed {
            ..LEAST => format!(
                "{open} and new ones; {closed} are too few to learn from, so the chances of the stages stand for a history."
            ),
            _ => format!("{open} and new ones; learnt from {closed}."),
        }
    }
}

/// What the page around shares.
pub(super) fn use_reaching() -> Reaching {
    expect_context()
}

/// A chance as text: what is still to come is never certain.
pub(super) fn chance_text(chance: Rate) -> String {
    match chance.value() {
        None => "—".to_owned(),
        Some(p) if p > 0.99 => format!("over {}", share_text(0.99)),
        Some(p) if p < 0.01 => format!("under {}", share_text(0.01)),
        Some(p) => share_text(p),
    }
}

/// An estimate as text: in whole units, as it is not true to the cent.
pub(super) fn about(amount: Money) -> String {
    let whole = in_whole_units(amount.minor.into(), amount.currency);
    fmt::money(Money::clamped(whole, amount.currency))
}

/// The answers; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Reaching {
    /// Reads and learns.
    pub learner: Learner,
    /// What the form asks, while it is open.
    pub asked: RwSignal<Option<Question>>,
    /// How far playing is.
    pub running: RwSignal<Option<(u32, u32)>>,
    answers: RwSignal<Vec<Made<Played>>>,
    stopped: RwSignal<bool>,
}

impl Reaching {
    /// Plays whatever the lines and the form ask, one after the other, and anew whenever what is
    /// played from changes.
    pub(super) fn start(quotas: Quotas) -> Self {
        let this = Self {
            learner: Learner::start(quotas.store),
            asked: RwSignal::new(None),
            running: RwSignal::new(None),
            answers: RwSignal::new(Vec::new()),
            stopped: RwSignal::new(false),
        };
        worker::start();
        let questions = Memo::new(move |_| {
            let today = quotas.ground.with(|g| g.today);
            let mut all: Vec<Question> = quotas.lines.with(|lines| {
                let open = lines.iter().filter(|l| l.is_going(today));
                open.map(Line::question).collect()
            });
            all.extend(this.asked.get().filter(|(_, p)| p.range().1 >= today));
            // Quotas of one holder and period ask the same.
            let mut once: Vec<Question> = Vec::new();
            for question in all {
                if !once.contains(&question) {
                    once.push(question);
                }
            }
            once
        });
        let runs = Latest::idle();
        Effect::new(move |_| {
            let (questions, ground) = (questions.get(), quotas.ground.get());
            let stopped = this.stopped.get();
            let Some(learnt) = this.learner.learnt.get() else {
                return;
            };
            let alive = runs.begin();
            if stopped {
                this.running.set(None);
                return;
            }
            leptos::task::spawn_local(async move {
                // What changes in quick succession is asked once.
                sleep(0).await;
                if alive() {
                    this.answer(quotas, &questions, learnt, ground, alive).await;
                }
            });
        });
        this
    }

    /// Stops what runs; what is there already stays.
    pub(super) fn cancel(self) {
        self.stopped.set(true);
    }

    /// Goes on after it was stopped.
    pub(super) fn go_on(self) {
        self.stopped.set(false);
    }

    /// Whether it was stopped.
    pub(super) fn is_stopped(self) -> bool {
        self.stopped.get()
    }

    /// What was played for a question last.
    pub(super) fn of(self, question: Question) -> Option<Made<Played>> {
        self.answers
            .with(|all| all.iter().find(|a| a.question == question).cloned())
    }

    async fn answer(
        self,
        quotas: Quotas,
        questions: &[Question],
        learnt: Made<Learnt>,
        ground: Ground,
        alive: impl Fn() -> bool,
    ) {
        let known = |question: &Question| {
            self.answers.with_untracked(|all| {
                all.iter()
                    .any(|a| a.question == *question && a.learnt == learnt && a.ground == ground)
            })
        };
        let new: Vec<Question> = questions.iter().filter(|q| !known(q)).copied().collect();
        for (n, question) in new.iter().enumerate() {
            let done = (n as u32, new.len() as u32);
            let Some(played) = self
                .play(quotas, *question, &learnt, &ground, done, &alive)
                .await
            else {
                return;
            };
            self.answers.try_update(|all| {
                all.retain(|a| a.question != *question);
                all.push(Made::new(played));
            });
        }
        self.running.try_set(None);
    }

    /// Plays one; none where nobody waits for it any more.
    async fn play(
        self,
        quotas: Quotas,
        question: Question,
        learnt: &Made<Learnt>,
        ground: &Ground,
        (n, of): (u32, u32),
        alive: &impl Fn() -> bool,
    ) -> Option<Played> {
        let (holder, period) = question;
        let deals: Option<Vec<DealId>> = (holder != Holder::default()).then(|| {
            let facts = ground.facts();
            let of = quotas.store.with(|s| holder.select(s.world(), &facts));
            of.deals(&facts)
        });
        let keep = |life: &Life, _: &Step| {
            let of = deals.as_ref();
            of.is_none_or(|deals| deals.binary_search(&life.deal).is_ok())
        };
        let case = learnt.case(period, deals.is_some().then_some(&keep));
        let (won, lost) = learnt.model.closed;
        let mut played = Played {
            question,
            learnt: learnt.clone(),
            ground: ground.clone(),
            reach: Ok(Reach::default()),
            open: case.book.open.iter().map(|o| o.deal).collect(),
            closed: won + lost,
        };
        if !case.is_seen() {
            let months = case.months.len();
            played.reach = Err(format!("The simulation looks {months} months ahead."));
        } else if !case.can_win() {
            played.reach = Err("Too little history: no open deal with a value, and no deal won to expect new ones from.".into());
        } else {
            let mut plan = case.plan(&learnt.model, &WhatIf::default());
            plan.won = 0;
            let told = move |done: u32, all: u32| {
                self.running.try_set(Some((n * all + done, of * all)));
            };
            let words = carry_out(Order::play(&plan), false, told, alive).await?;
            played.reach = Ok(Reach::new(Outcome::from_words(&words)?));
        }
        alive().then_some(played)
    }
}
