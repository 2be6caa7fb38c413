//! Asking for figures of what a page looks at.

use super::data::{Insight, use_insight};
use super::deals::Deals;
use super::figure::{Apart, FigureData, share_interval};
use super::write;
use crate::domain::change::Kind;
use crate::domain::ids::{DealId, PipelineId};
use crate::domain::insight::answer::{Answer, Question, Rules, Value};
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::facts::{Facts, Now};
use crate::domain::insight::period::Period;
use crate::domain::insight::select::Selection;
use crate::domain::insight::slice::{Dimension, Sliced};
use crate::domain::insight::target;
use crate::domain::insight::win::{WinBy, WinMeasure, WinPart, WinQuery, WinRate};
use crate::domain::money::Money;
use crate::shell::intl;
use chrono::Datelike;
use leptos::prelude::*;
use std::sync::Arc;

/// What figures of a page are asked of; cheap to copy, found with [`use_reading`].
#[derive(Clone, Copy)]
pub struct Reading {
    /// What the page looks at.
    pub insight: Insight,
    /// The deals it looks at.
    pub of: Memo<Arc<Selection>>,
    /// The present.
    pub now: Memo<Now>,
    /// How things are counted.
    pub rules: Memo<Rules>,
    /// The quota that runs, with its days.
    pub quota: Memo<Option<(Money, Period)>>,
}

/// The reading of the page around.
#[must_use]
pub fn use_reading() -> Reading {
    expect_context()
}

impl Reading {
    /// Makes it for the views below.
    pub fn provide() -> Self {
        let insight = use_insight();
        let store = insight.store;
        let now = Memo::new(move |_| {
            let moment = store.tick();
            Now {
                ms: moment.now,
                today: moment.today.num_days_from_ce() - EPOCH,
            }
        });
        let rules = Memo::new(move |_| store.prefs().with(|p| Rules::read(&p.definitions)));
        let quota = Memo::new(move |_| {
            store.track_kind(Kind::Quota);
            let (today, lens) = (store.tick().today, insight.lens.get());
            let owners = lens.owners.as_deref();
            store.with(|s| target::quota(&s.world().state, owners, lens.pipeline, today))
        });
        let reading = Self {
            insight,
            of: insight.selection(),
            now,
            rules,
            quota,
        };
        provide_context(reading);
        reading
    }

    /// Asks something of a time. What it depends on is tracked.
    pub fn ask<R>(self, period: Period, read: impl FnOnce(&Question<'_>) -> R) -> R {
        let facts = self.insight.facts.get();
        let exchange = self.insight.exchange.get();
        let lens = self.insight.lens.get();
        read(&Question {
            facts: &facts.0,
            exchange: &exchange,
            period,
            now: self.now.get(),
            rules: self.rules.get(),
            pipeline: lens.pipeline,
            quota: self.quota.get(),
        })
    }

    /// Where times are compared: what is said of a figure that is not, because what it is of is not
    /// kept for earlier days.
    pub fn as_of_today(self) -> Option<String> {
        let compares = self.insight.lens.get().before.is_some();
        compares.then(|| "as of today, not compared".to_owned())
    }

    /// Asks something of the time that is compared with, where one is.
    pub fn then<R>(self, read: impl FnOnce(&Question<'_>) -> R) -> Option<R> {
        let before = self.insight.lens.get().before?;
        Some(self.ask(before, read))
    }

    /// Deals of the time that is compared with, found when they are asked for.
    pub fn deals_then(
        self,
        n: usize,
        find: impl Fn(&Question<'_>, &Selection) -> Vec<DealId> + Send + Sync + 'static,
    ) -> Deals {
        Deals::asked(n, move || {
            let of = self.of.get();
            self.then(|q| find(q, &of)).unwrap_or_default()
        })
    }

    /// The win rate of the page's time as it is counted.
    pub fn win(self) -> WinQuery {
        self.ask(self.insight.lens.get().period, |q| q.win())
    }

    /// A figure of the page's time, and of the time before where it is compared.
    pub fn both(self, metric: Metric) -> (Answer, Option<Answer>) {
        let (lens, of) = (self.insight.lens.get(), self.of.get());
        let now = self.ask(lens.period, |q| q.answer(metric, &of));
        let before = lens.before.filter(|_| Question::has_course(metric));
        let before = before.map(|period| self.ask(period, |q| q.answer(metric, &of)));
        (now, before)
    }

    /// The deals behind a figure of the page's time, found when they are asked for.
    pub fn behind(self, metric: Metric, answer: &Answer) -> Deals {
        // Of a share of entries or stays there are fewer deals than that.
        let n = usize::try_from(answer.n).unwrap_or(usize::MAX);
        Deals::asked(n, move || {
            let (lens, of) = (self.insight.lens.get(), self.of.get());
            self.ask(lens.period, |q| q.deals(metric, &of))
        })
    }

    /// A figure of the page's time ready to be shown, with what belongs to it as it is counted.
    pub fn figure(self, metric: Metric, now: Answer, before: Option<&Answer>) -> FigureData {
        let (period, of) = (self.insight.lens.get().period, self.of.get());
        let than = self.insight.than();
        let before = before.map(|before| (before, than.as_str()));
        let sentence = self.rules.get().definition(metric);
        let deals = self.behind(metric, &now);
        let none = now.value == Value::None;
        let data = write::figure_on(self.insight, metric, now, before, deals, sentence);
        let (missing, beside) = self.ask(period, |q| {
            let missing = none.then(|| q.why_none(metric, &of)).flatten();
            (missing, beside(q, metric, &of))
        });
        FigureData {
            apart: self.undecided(metric, period, &of),
            beside,
            ..data.or_else_said(missing)
        }
    }

    /// The deals that the win rate of a cohort leaves out because they are not decided, and what it
    /// can still come to.
    fn undecided(self, metric: Metric, period: Period, of: &Arc<Selection>) -> Option<Apart> {
        let rules = self.rules.get();
        if metric != Metric::WinRate || rules.by != WinBy::Creation {
            return None;
        }
        let rate = self.ask(period, |q| WinRate::of(q.facts, of, &q.win()));
        let n = usize::try_from(rate.undecided).ok().filter(|n| *n > 0)?;
        let bounds = rate.bounds().map(share_interval)?;
        let ends = match rules.measure {
            WinMeasure::Count => format!(": in the end {bounds}"),
            WinMeasure::Value => String::new(),
        };
        Some(Apart {
            text: format!("{} not decided yet{ends}", intl::integer(n as i64)),
            sentence: "Deals created in the time that are open or on hold and not decided yet. In the end the rate lies between that with all of them lost and that with all of them won.".into(),
            deals: Deals::asked(n, move || {
                let of = self.of.get();
                self.ask(self.insight.lens.get().period, |q| {
                    q.win().deals(q.facts, &of, &[WinPart::Undecided])
                })
            }),
        })
    }

    /// The facts. Tracked.
    pub fn facts(self) -> Arc<Facts> {
        self.insight.facts.get().0
    }

    /// Tells the deals apart. Tracked.
    pub fn sliced(self, by: Dimension) -> Sliced {
        let facts = self.insight.facts.get();
        self.insight
            .store
            .with(|s| Sliced::of(s.world(), &facts.0, by))
    }

    /// The pipelines the page shows one by one: the chosen one, or all that hold any of its deals.
    pub fn pipelines(self) -> Vec<(PipelineId, String)> {
        let (lens, facts, of) = (
            self.insight.lens.get(),
            self.insight.facts.get(),
            self.of.get(),
        );
        let mut seen = vec![false; facts.0.stages.pipelines.len()];
        for row in of.rows() {
            if let Some(stage) = facts.0.stages.get(facts.0.stage[row]) {
                seen[usize::from(stage.in_pipeline)] = true;
            }
        }
        let all = facts.0.stages.pipelines.iter().zip(seen);
        let shown = all.filter(|(id, seen)| match lens.pipeline {
            Some(one) => **id == one,
            None => *seen,
        });
        self.insight.store.with(|s| {
            let name = |id: PipelineId| s.world().state.name_of(id.into());
            shown.map(|(id, _)| (*id, name(*id))).collect()
        })
    }

    /// The name of a deal. Not tracked.
    pub fn title(self, deal: DealId) -> String {
        self.insight
            .store
            .with(|s| s.world().state.name_of(deal.into()))
    }

    /// The name of a stage by its number. Not tracked.
    pub fn stage_name(self, facts: &Facts, number: u16) -> String {
        let stage = facts.stages.get(number).map(|stage| stage.id);
        stage.map_or_else(String::new, |id| {
            self.insight
                .store
                .with(|s| s.world().state.name_of(id.into()))
        })
    }
}

/// What else is said of a figure: of cycles the mean, and the days within which nine of ten ended.
fn beside(q: &Question<'_>, metric: Metric, of: &Selection) -> Option<String> {
    let sample = q.cycle_days(metric, of)?;
    let (mean, most) = sample.mean().zip(sample.quantile(0.9))?;
    Some(format!(
        "mean {}, nine of ten within {}",
        write::days_text(mean),
        write::days_text(most)
    ))
}

/// Days from the first day of the common era to 1970-01-01.
const EPOCH: i32 = 719_163;

/// Of some deals those of the values of a dimension with most of them; the others are counted. With
/// thousands of values each deal is still looked at once for each part shown.
pub fn largest(sliced: &Sliced, of: &Selection, most: usize) -> (Vec<(u32, Selection)>, usize) {
    let mut counts = vec![0_usize; sliced.labels.len()];
    for row in of.rows() {
        for value in sliced.values(row) {
            counts[*value as usize] += 1;
        }
    }
    let mut found: Vec<u32> = (0..)
        .take(counts.len())
        .filter(|value| counts[*value as usize] > 0)
        .collect();
    found.sort_by_cached_key(|value| {
        let at = *value as usize;
        let name = sliced.labels[at].name.clone();
        (std::cmp::Reverse(counts[at]), name, *value)
    });
    let others = found.len().saturating_sub(most);
    let parts = found.into_iter().take(most);
    let parts = parts.map(|value| (value, sliced.with(of, value)));
    (parts.collect(), others)
}
