//! How good forecasts were.

use super::data::{Case, Forecasting, use_forecast};
use super::grading_tables::{Amounts, Curve, Givers, People};
use super::learning::Made;
use super::progress::{Calculating, Trouble};
use crate::app::job::Order;
use crate::chart::line::{Lines, Place, Series, Value, line};
use crate::chart::scene::Room;
use crate::chart::value::{About, Amount, Interval, Said};
use crate::domain::forecast::grade::report::{Report, report};
use crate::domain::forecast::grade::verdict::{Mood, verdicts};
use crate::domain::forecast::grade::{Ask, RUN_UP, Shot, words};
use crate::domain::forecast::months::date;
use crate::domain::quota::Span;
use crate::shell::clock::sleep;
use crate::shell::intl;
use crate::shell::worker::{self, carry_out};
use crate::ui::charts::amount_axis;
use crate::ui::fmt;
use crate::ui::insight::period_words;
use crate::ui::parts::*;
use leptos::prelude::*;

/// Trials of each forecast of the past.
const TRIALS: u32 = 2_000;

/// What was graded.
pub(super) struct Graded {
    /// The forecasts.
    pub shots: Vec<Shot>,
    /// What they come to.
    pub report: Report,
    /// The currency is that of this case.
    pub case: Made<Case>,
}

/// The grading of what is chosen; cheap to copy.
#[derive(Clone, Copy)]
struct Grader {
    span: RwSignal<String>,
    weekly: RwSignal<bool>,
    graded: RwSignal<Option<Made<Graded>>>,
    running: RwSignal<Option<(u32, u32)>>,
    stopped: RwSignal<bool>,
    again: RwSignal<u32>,
}

impl Grader {
    fn ask(self) -> Ask {
        Ask {
            span: self
                .span
                .with(|code| Span::from_code(code).unwrap_or(Span::Month)),
            weekly: self.weekly.get(),
            trials: TRIALS,
        }
    }

    fn start(forecast: Forecasting) -> Self {
        let this = Self {
            span: RwSignal::new(Span::Month.code().to_owned()),
            weekly: RwSignal::new(false),
            graded: RwSignal::new(None),
            running: RwSignal::new(None),
            stopped: RwSignal::new(false),
            again: RwSignal::new(0),
        };
        worker::start();
        let runs = Latest::idle();
        Effect::new(move |_| {
            this.again.track();
            let ask = this.ask();
            let Some(case) = forecast.case.get() else {
                return;
            };
            let is_last = runs.begin();
            this.stopped.set(false);
            let alive = move || is_last() && this.stopped.try_get_untracked() == Some(false);
            leptos::task::spawn_local(async move {
                sleep(0).await;
                if alive() {
                    this.grade(forecast, case, ask, alive).await;
                }
            });
        });
        this
    }

    async fn grade(
        self,
        forecast: Forecasting,
        case: Made<Case>,
        ask: Ask,
        alive: impl Fn() -> bool,
    ) {
        self.running.try_set(Some((0, 1)));
        let Ok(log) = forecast.store.recent_log(u32::MAX).await else {
            self.running.try_set(None);
            return;
        };
        let now = forecast.store.moment().now;
        let order = Order::grade(&log, case.learnt.today, now, ask);
        drop(log);
        let told = move |done, all| {
            self.running.try_set(Some((done, all)));
        };
        let words = carry_out(order, true, told, &alive).await;
        if let Some(shots) = words.and_then(|w| words::from_words(&w))
            && alive()
        {
            let report = report(&shots);
            self.graded.try_set(Some(Made::new(Graded {
                shots,
                report,
                case,
            })));
            self.running.try_set(None);
        }
    }

    fn cancel(self) {
        self.stopped.set(true);
        self.running.set(None);
    }
}

/// The page.
#[component]
pub(super) fn GradingBody() -> impl IntoView {
    let forecast = Forecasting::provide();
    let grader = Grader::start(forecast);
    let graded = grader.graded;
    let has = Memo::new(move |_| graded.with(Option::is_some));
    let spans = [(Span::Month, "Months"), (Span::Quarter, "Quarters")]
        .map(|(span, label)| Choice::new(span.code(), label));
    view! {
        <div class="insight__page">
            <p class="forecast__note">{format!("For every period that is over, the forecast is made again with nothing but what was known then, and compared with what came. The first one needs {RUN_UP} days to learn from.")}</p>
            <div class="scope__line">
                <Segmented label="Periods" options=Signal::stored(spans.to_vec()) value=grader.span on_change=move |code| grader.span.set(code)/>
                <Checkbox label="Forecast every week" checked=grader.weekly on_change=move |on| grader.weekly.set(on)/>
            </div>
            <Working grader/>
            {block(move || has.get().then(|| view! { <Results graded/> }))}
        </div>
    }
}

#[component]
fn Working(
    /// The grading.
    grader: Grader,
) -> impl IntoView {
    let forecast = use_forecast();
    view! {
        <Trouble learner=forecast.learner/>
        <Calculating label="Forecasting the past" of="forecasts" running=grader.running on_cancel=move |()| grader.cancel()/>
        {block(move || grader.stopped.get().then(|| view! {
            <p class="forecast__note" role="status">
                "The grading was stopped. "
                <Button size=ButtonSize::Small on_click=move |_| grader.again.update(|n| *n += 1)>"Grade again"</Button>
            </p>
        }))}
    }
}

#[component]
fn Results(
    /// What was graded.
    graded: RwSignal<Option<Made<Graded>>>,
) -> impl IntoView {
    let all = move || {
        let graded = graded.get()?;
        Some(verdicts(&graded.report))
    };
    let verdict = |v: crate::domain::forecast::grade::verdict::Verdict| {
        let (mood, word) = match v.mood {
            Mood::Good => ("good", "Holds"),
            Mood::Open => ("open", "Open"),
            Mood::Bad => ("bad", "Does not hold"),
        };
        view! {
            <li class="verdicts__one" data-mood=mood><span class="verdicts__mood">{word}</span><span>{v.text}</span></li>
        }
    };
    let few = Memo::new(move |_| graded.with(|g| g.as_ref().is_some_and(|g| g.shots.is_empty())));
    view! {
        <ul class="verdicts" aria-label="Verdict">
            {block(move || all().into_iter().flatten().map(verdict).collect_view())}
        </ul>
        {block(move || (!few.get()).then(|| view! {
            <Coverage graded/>
            <Amounts graded/>
            <Givers graded/>
            <Curve graded/>
            <People graded/>
        }))}
    }
}

/// What came beside what was forecast.
fn covered(graded: &Graded) -> Lines {
    let case = &graded.case;
    let amount = |minor: i128| Amount {
        minor,
        said: Said {
            full: case.about(minor),
            short: fmt::money_compact(case.money(minor)),
        },
    };
    let shots = &graded.shots;
    let place = |shot: &Shot| Place {
        key: None,
        label: Said {
            full: format!(
                "{}, as of {}",
                period_words(shot.period),
                fmt::date(date(shot.until))
            ),
            short: intl::month(shot.period.from()),
        },
        day: None,
    };
    let said = shots.iter().map(|shot| {
        Some(Value {
            amount: amount(shot.said[4]),
            band: Some(Interval {
                low: shot.low,
                high: shot.high,
                said: format!("{} to {}", case.about(shot.low), case.about(shot.high)),
            }),
            n: None,
        })
    });
    let came = shots.iter().map(|shot| {
        Some(Value {
            amount: amount(shot.came),
            ..Value::default()
        })
    });
    let rate = graded.report.covered;
    let currency = case.learnt.ground.currency;
    Lines {
        about: About {
            title: "What came, and the interval forecast".into(),
            summary: format!(
                "{} of {} forecasts had what came within their interval; eight in ten are promised.",
                rate.part, rate.n
            ),
            nothing: String::new(),
        },
        label: "Period".into(),
        measure: amount_axis("Won", currency),
        places: shots.iter().map(place).collect(),
        series: vec![
            Series {
                name: "Forecast".into(),
                values: said.collect(),
            },
            Series {
                name: "Came".into(),
                values: came.collect(),
            },
        ],
        references: Vec::new(),
        pins: Vec::new(),
    }
}

#[component]
fn Coverage(
    /// What was graded.
    graded: RwSignal<Option<Made<Graded>>>,
) -> impl IntoView {
    let draw = Callback::new(move |room: Room| {
        let lines = graded.with(|g| g.as_ref().map(|g| covered(g)));
        line(&lines.unwrap_or_default(), room)
    });
    view! {
        <section class="forecast__charts" aria-label="Interval">
            <div class="panel"><ChartView draw file_name="forecast-grading"/></div>
        </section>
    }
}
