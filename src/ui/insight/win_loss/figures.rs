//! The few numbers above: how often deals are won, what was won and lost, what is not explained.

use super::Page;
use crate::domain::deal::Status;
use crate::domain::insight::answer::Value;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::period::Period;
use crate::domain::insight::win_loss::{Reasons, Tally};
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::insight::figure::{Figure, FigureData};
use crate::ui::insight::section::MetricFigure;
use crate::ui::insight::versus;
use crate::ui::insight::write::delta;
use leptos::prelude::*;

/// What the strip shows.
#[derive(Clone, Debug, Default, PartialEq)]
struct Sums {
    won: Tally,
    lost: Tally,
    unexplained: Tally,
}

fn sums(page: Page, period: Period) -> Sums {
    let (won, lost) = page.ask_in(period, |query| {
        [Status::Won, Status::Lost]
            .map(|status| Reasons::of(query, status))
            .into()
    });
    let mut unexplained = Tally::default();
    for reasons in [&won, &lost] {
        for row in reasons.rows.iter().filter(|row| row.reason.is_empty()) {
            unexplained.deals.extend(&row.all.deals);
            unexplained.value.merge(&row.all.value);
        }
    }
    unexplained.deals.order();
    Sums {
        won: won.all,
        lost: lost.all,
        unexplained,
    }
}

/// The strip.
#[component]
pub(super) fn Figures(page: Page) -> impl IntoView {
    let insight = page.insight;
    let before = Memo::new(move |_| {
        let before = insight.lens.with(|lens| lens.before);
        before.map(|period| sums(page, period))
    });
    let sums = Memo::new(move |_| sums(page, insight.lens.with(|lens| lens.period)));
    let change = move |metric: Metric, of: &dyn Fn(&Sums) -> Value| {
        let (now, than) = (sums.with(of), insight.than());
        before.with(|b| delta(metric, &now, &of(b.as_ref()?), &than))
    };
    let of = move |metric: Metric, pick: fn(&Sums) -> &Tally, sentence: &'static str| {
        Memo::new(move |_| {
            sums.with(|s| {
                let tally = pick(s);
                let value = insight.sum(&tally.value);
                FigureData {
                    delta: change(metric, &|s| Value::Money(pick(s).value.clone())),
                    beside: before.with(|b| Some(versus::counts(tally.n(), pick(b.as_ref()?).n()))),
                    ..FigureData::new(value, tally.deals.clone(), sentence)
                }
            })
        })
    };
    let unexplained = Memo::new(move |_| {
        sums.with(|s| {
            let n = intl::integer(s.unexplained.deals.len() as i64);
            let sentence = "Deals won or lost in the time that give no reason.";
            FigureData {
                beside: before.with(|b| {
                    Some(versus::counts(
                        s.unexplained.n(),
                        b.as_ref()?.unexplained.n(),
                    ))
                }),
                ..FigureData::new(n, s.unexplained.deals.clone(), sentence)
            }
        })
    });
    let how = move |pick: fn(&Sums) -> &Tally| sums.with(|s| insight.how_summed(&pick(s).value));
    view! {
        <section class="figures" aria-label="Won and lost">
            <MetricFigure metric=Metric::WinRate/>
            <Figure label="Won" data=of(Metric::Won, |s| &s.won, "Deals won in the time, by the day they were won.")>
                <p>{Metric::Won.definition()}</p>
                <p>{move || how(|s| &s.won)}</p>
                <code>{Metric::Won.formula()}</code>
            </Figure>
            <Figure label="Lost" data=of(Metric::Lost, |s| &s.lost, "Deals lost in the time, by the day they were lost.")>
                <p>{Metric::Lost.definition()}</p>
                <p>{move || how(|s| &s.lost)}</p>
                <code>{Metric::Lost.formula()}</code>
            </Figure>
            <Figure label="Without a reason" data=unexplained>
                <p>"Deals won or lost in the time that give no reason: closed before reasons were asked for, brought in from elsewhere, or by a rule."</p>
            </Figure>
        </section>
    }
}
