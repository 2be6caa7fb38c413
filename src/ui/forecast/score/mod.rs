//! How good the learned score is.

mod chart;

use self::chart::reliability;
use crate::chart::scatter::scatter;
use crate::chart::scene::Room;
use crate::domain::insight::facts::Day;
use crate::domain::insight::learned::{EACH, Grade, LEAST, Learned, OLDER, Reason, Verdict};
use crate::domain::insight::win_loss::date_of;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::{Figure, FigureData, share_interval, share_text};
use crate::ui::learned::{Told, follow, signed, verdict_title, verdict_words};
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// Levels shown.
const LEVELS: usize = 15;

/// The page.
#[component]
pub(super) fn ScoreBody() -> impl IntoView {
    let told = follow(use_store(), || true);
    view! {
        <div class="insight__page score-page">
            <p class="insight__lead">"A chance to win is learned from your own won and lost deals and shown on each open deal, beside what people think. Here it says how good it was on deals that it had not seen."</p>
            {block(move || match told.get() {
                None => view! { <p class="insight__wait" role="status">"Learning from your closed deals…"</p> }.into_any(),
                Some(told) => match &*told.learned {
                    Err(few) => view! { <Empty glyph=Glyph::Forecast title="Too few closed deals to learn from" text=format!("{} With fewer, whatever is found is mostly chance.", few.words())/> }.into_any(),
                    Ok(learned) => view! { <Found told=told.clone() learned=Summary::of(learned)/> }.into_any(),
                },
            })}
        </div>
    }
}

/// What the page shows of what was learned.
#[derive(Clone)]
struct Summary {
    grade: Option<Grade>,
    drift: String,
    drifted: bool,
    levels: Vec<Reason>,
    tested: Vec<crate::domain::ids::DealId>,
    days: (Day, Day),
    ridge: f64,
    line: (f64, f64),
}

impl Summary {
    fn of(learned: &Learned) -> Self {
        let drift = &learned.drift;
        let drifted = drift.test.is_some_and(|t| t.p < 0.05);
        let rates = drift.learned.value().zip(drift.lately.value());
        let words = match (rates, drifted) {
            (None, _) => "All deals were closed within three months: whether the win rate moves cannot be said yet.".to_owned(),
            (Some((before, lately)), drifted) => format!(
                "Before the last 91 days {} of {} were won, in these days {} of {}. {}",
                share_text(before),
                intl::count(drift.learned.n as usize, "closed deal", "closed deals"),
                share_text(lately),
                intl::count(drift.lately.n as usize, "closed deal", "closed deals"),
                if drifted {
                    "That is more than chance: the score may be off until enough newer deals are closed."
                } else {
                    "That is within what chance gives."
                }
            ),
        };
        Self {
            grade: learned.grade.clone(),
            drift: words,
            drifted,
            levels: learned.strongest(LEVELS),
            tested: learned.tested.clone(),
            days: learned.test_days,
            ridge: learned.model.ridge,
            line: learned.model.line,
        }
    }
}

#[component]
fn Found(
    /// All of it.
    told: Told,
    /// What is shown.
    learned: Summary,
) -> impl IntoView {
    let _ = told;
    let (drift, drifted) = (learned.drift.clone(), learned.drifted);
    let levels = learned.levels.clone();
    let body = match learned.grade.clone() {
        None => view! { <Banner title="Not graded" text="The newer deals were all won or all lost, so nothing can be graded on them.".to_owned()/> }.into_any(),
        Some(grade) => view! { <Graded grade learned/> }.into_any(),
    };
    view! {
        {body}
        <section class="forecast__part" aria-labelledby="score-drift">
            <h2 class="forecast__head" id="score-drift">"Does the win rate move?"</h2>
            <p class="forecast__note" class:score-page__alert=drifted>{drift}</p>
        </section>
        <Levels levels/>
    }
}

#[component]
fn Graded(
    /// The grade.
    grade: Grade,
    /// What it is of.
    learned: Summary,
) -> impl IntoView {
    let verdict = grade.verdict();
    let tone = match verdict {
        Verdict::Better => Tone::Success,
        Verdict::NoBetter => Tone::Info,
        Verdict::Worse => Tone::Warn,
    };
    let days = format!(
        "Learned from the older {OLDER} % by close date: {}. Graded on the {} closed from {} to {}.",
        intl::count(grade.learned.n as usize, "deal", "deals"),
        intl::count(grade.test.n as usize, "deal", "deals"),
        fmt::date(date_of(learned.days.0)),
        fmt::date(date_of(learned.days.1)),
    );
    let how = format!(
        "Ridge {} and slope {}, both chosen on the newest fifth of what it learns from; shift {}, so that the mean score is the win rate of all of it. Levels with fewer than 8 closed deals get no weight. It needs {LEAST} closed deals, {EACH} of them won and {EACH} lost.",
        intl::number(learned.ridge, 0),
        intl::fixed(learned.line.0, 2),
        intl::fixed(learned.line.1, 2),
    );
    let tested = learned.tested.clone();
    let sentence = "Closed deals it was graded on: those closed last, which it had not seen.";
    let figure = |value: String, interval: Option<String>| FigureData {
        interval,
        nouns: ("closed deal", "closed deals"),
        ..FigureData::new(value, tested.clone(), sentence)
    };
    let auc = figure(
        intl::fixed(grade.auc, 3),
        Some(range(grade.auc_interval.low, grade.auc_interval.high)),
    );
    let brier = figure(intl::fixed(grade.brier, 4), None);
    let base = figure(intl::fixed(grade.brier_base, 4), None);
    let off = figure(
        signed4(grade.difference),
        Some(format!(
            "{} to {}",
            signed4(grade.difference_interval.low),
            signed4(grade.difference_interval.high)
        )),
    );
    let bins = StoredValue::new(grade);
    let draw = Callback::new(move |room: Room| {
        bins.with_value(|grade| scatter(&reliability(grade), room))
    });
    view! {
        <Banner tone title=verdict_title(verdict) text=verdict_words(verdict).to_owned()/>
        <section aria-label="Grade">
            <div class="figures">
                <Figure label="AUC" data=Signal::stored(auc)>
                    <p>"The chance that a won deal has a higher score than a lost one. One half is what guessing gives, 1 is never wrong."</p>
                    <p>"Its 95 % interval is that of Hanley and McNeil (1982)."</p>
                </Figure>
                <Figure label="Brier score" data=Signal::stored(brier)>
                    <p><code>"mean of (score − what came)²"</code>", where won is 1 and lost is 0. Less is better."</p>
                </Figure>
                <Figure label="Brier score of the base rate" data=Signal::stored(base)>
                    <p>"The same of always saying the win rate of the deals it was learned from. Whatever is not below that knows nothing."</p>
                </Figure>
                <Figure label="Difference" data=Signal::stored(off)>
                    <p>"Brier score minus that of the base rate, deal by deal, with the 95 % interval of the mean (Student). The verdict is “better” only where the whole interval is below 0."</p>
                </Figure>
            </div>
        </section>
        <p class="forecast__note">{days}" "{how}</p>
        <section class="forecast__charts" aria-label="Reliability">
            <div class="panel"><ChartView draw file_name="learned-score-reliability"/></div>
        </section>
    }
}

fn signed4(x: f64) -> String {
    let size = intl::fixed(x.abs(), 4);
    if x < 0.0 {
        format!("−{size}")
    } else {
        format!("+{size}")
    }
}

fn range(low: f64, high: f64) -> String {
    format!("{} to {}", intl::fixed(low, 3), intl::fixed(high, 3))
}

/// What moves the score.
#[component]
fn Levels(
    /// The strongest levels.
    levels: Vec<Reason>,
) -> impl IntoView {
    let columns = vec![
        Column::new("factor", "Factor").fixed(),
        Column::new("level", "Is").fixed(),
        Column::new("adds", "Log-odds").numeric().fixed(),
        Column::new("rate", "Won").numeric().fixed(),
        Column::new("interval", "Of closed deals").numeric().fixed(),
    ];
    let none = levels.is_empty();
    let rows = levels
        .into_iter()
        .map(|level| {
            let rate = level.rate.value().map(share_text);
            let interval = level.rate.interval().map(share_interval);
            view! {
                <tr>
                    <th scope="row">{level.factor}</th>
                    <td>{level.level}</td>
                    <td class="num">{signed(level.log_odds)}</td>
                    <td class="num">{rate}</td>
                    <td class="num">{interval}", n = "{intl::integer(level.rate.n as i64)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="forecast__part" aria-labelledby="score-levels">
            <h2 class="forecast__head" id="score-levels">
                "What moves the score "
                <Explain title="What moves the score">
                    <p>"Each level's weight against the average deal, in log-odds: +0.7 doubles the odds to win, −0.7 halves them. The weight is drawn to nothing by the ridge, and is what remains of the level when all others are accounted for; the win rate beside it is the plain one."</p>
                    <p>"Looked at: owner, territory, source, campaign, products, industry, personas, kind of sale, pipeline, organisation and its size, number of contacts, answers to qualification before the close, and your own choice fields of deals and organisations."</p>
                    <p>"Not looked at: value, competitor, stage and probability, which are often set at the end and would give the result away."</p>
                </Explain>
            </h2>
            {if none {
                view! { <p class="forecast__note">"No level has a weight: nothing tells won deals from lost ones."</p> }.into_any()
            } else {
                view! { <Table caption="What moves the score" columns=Signal::stored(columns) class="sell-table">{rows}</Table> }.into_any()
            }}
        </section>
    }
}
