//! The grading in words.

use super::report::{Off, Report};
use super::{Giver, Way};

/// Below so many forecasts nothing is said.
pub const LEAST: u64 = 6;
/// Odds below this are more than chance.
const ODD: f64 = 0.05;

/// How a sentence is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It can be relied on.
    Good,
    /// It cannot be told.
    Open,
    /// It cannot be relied on.
    Bad,
}

/// A judgement and a sentence for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How it is meant.
    pub mood: Mood,
    /// The sentence.
    pub text: String,
}

fn said(mood: Mood, text: impl Into<String>) -> Verdict {
    Verdict {
        mood,
        text: text.into(),
    }
}

fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).round() as i64)
}

/// The judgements, the first one over all.
#[must_use]
pub fn verdicts(report: &Report) -> Vec<Verdict> {
    if report.shots < LEAST {
        return vec![said(
            Mood::Open,
            format!(
                "There are {} forecasts to grade; it takes {LEAST} to say anything.",
                report.shots
            ),
        )];
    }
    vec![chances(report), interval(report), amounts(report)]
}

/// Whether the chances beat the base rate.
fn chances(report: &Report) -> Verdict {
    let of = |giver: Giver| report.truths.iter().find(|t| t.giver == giver);
    let Some((played, base)) = of(Giver::Played).zip(of(Giver::Base)) else {
        return said(Mood::Open, "No deal was open at any of these times.");
    };
    let numbers = format!(
        "Brier score {:.3} against {:.3} ({} chances)",
        played.brier, base.brier, played.n
    );
    if played.is_better() {
        let less = if base.brier > 0.0 {
            1.0 - played.brier / base.brier
        } else {
            0.0
        };
        said(
            Mood::Good,
            format!(
                "The chances of deals are better than the base rate, by {}: {numbers}.",
                percent(less)
            ),
        )
    } else {
        said(
            Mood::Bad,
            format!(
                "The chances of deals are no better than the base rate: {numbers}. To say for every deal what is true of all would do as well."
            ),
        )
    }
}

/// Whether eight in ten come to lie within the interval.
fn interval(report: &Report) -> Verdict {
    let share = report.covered.value().unwrap_or(0.0);
    let numbers = format!(
        "{} of {} forecasts, where eight in ten are promised",
        report.covered.part, report.covered.n
    );
    let odd = report.covered_odds.is_some_and(|p| p < ODD);
    match (odd, share < 0.8) {
        (false, _) => said(
            Mood::Good,
            format!(
                "What came lay within the interval in {numbers}: as good as promised, as far as so few can tell."
            ),
        ),
        (true, true) => said(
            Mood::Bad,
            format!(
                "What came lay within the interval in {numbers}: the interval is too narrow, take it for less than it says."
            ),
        ),
        (true, false) => said(
            Mood::Open,
            format!(
                "What came lay within the interval in {numbers}: the interval is wider than it would have to be."
            ),
        ),
    }
}

/// Which way was least off, and whether it beats saying the same as before.
fn amounts(report: &Report) -> Verdict {
    let of = |way: Way| report.off.iter().find(|o| o.way == way);
    let best = report
        .off
        .iter()
        .filter(|o| o.way != Way::AsBefore)
        .min_by_key(|o| o.error);
    let Some((best, before)) = best.zip(of(Way::AsBefore)) else {
        return said(Mood::Open, "Nothing was forecast.");
    };
    let share = |off: &Off| {
        let mean = report.mean.max(1) as f64;
        percent(off.error as f64 / mean)
    };
    let text = format!(
        "{} was least off: by {} of what came in the mean, where saying the same as the period before is off by {}.",
        best.way.label(),
        share(best),
        share(before)
    );
    if best.error < before.error {
        said(Mood::Good, text)
    } else {
        said(
            Mood::Bad,
            format!(
                "No way of forecasting was less off than saying the same as the period before ({}); the best, {}, was off by {}.",
                share(before),
                best.way.label().to_lowercase(),
                share(best)
            ),
        )
    }
}
