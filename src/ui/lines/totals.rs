//! What lines come to, each sum with how it is computed.

use crate::domain::line::LineItem;
use crate::domain::money::{Currency, Money};
use crate::domain::query::lines::{self, LineSums};
use crate::ui::fmt;
use crate::ui::parts::Explain;
use leptos::prelude::*;

/// The sums of lines, by currency.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TotalsOf(Vec<(Currency, LineSums)>);

impl TotalsOf {
    /// The sums of these lines.
    #[must_use]
    pub fn lines<'a>(lines: impl IntoIterator<Item = &'a LineItem>) -> Self {
        Self(lines::sums(lines).into_iter().collect())
    }

    /// One of the sums, of each currency.
    fn text(&self, get: fn(&LineSums) -> i128) -> String {
        let money = |currency: Currency, sum: i128| {
            // A sum beyond 64 bits is beyond any deal; its end is shown instead of a wrong number.
            Money::new(i64::try_from(sum).unwrap_or(i64::MAX), currency)
        };
        let parts: Vec<String> = self
            .0
            .iter()
            .map(|(currency, sums)| fmt::money(money(*currency, get(sums))))
            .collect();
        parts.join(" · ")
    }

    fn any(&self, get: fn(&LineSums) -> i128) -> bool {
        self.0.iter().any(|(_, sums)| get(sums) != 0)
    }
}

/// One of the sums, and what it means.
struct Sum {
    label: &'static str,
    long: &'static str,
    get: fn(&LineSums) -> i128,
    means: &'static str,
    formula: &'static str,
}

const ONE_TIME: Sum = Sum {
    label: "One-time",
    long: "One-time total",
    get: |s| s.one_time,
    means: "What is paid once: all lines that do not recur.",
    formula: "Σ quantity × price × (1 − discount)",
};
const MRR: Sum = Sum {
    label: "MRR",
    long: "Monthly recurring revenue (MRR)",
    get: LineSums::mrr,
    means: "What recurs, brought to one month: a quarter counts a third, a year a twelfth. What is paid once does not count.",
    formula: "MRR = ARR ÷ 12, rounded half up",
};
const ARR: Sum = Sum {
    label: "ARR",
    long: "Annual recurring revenue (ARR)",
    get: |s| s.arr,
    means: "What recurs, over a year at these rates, whatever the term is.",
    formula: "Σ quantity × price × (1 − discount) × periods in a year",
};
const ACV: Sum = Sum {
    label: "First year (ACV)",
    long: "Annual contract value (ACV)",
    get: |s| s.acv,
    means: "What falls into the first twelve months: what is paid once, and as many periods as are agreed within them.",
    formula: "one-time + Σ rate × the smaller of agreed periods and periods in a year",
};
const TCV: Sum = Sum {
    label: "Total (TCV)",
    long: "Total contract value (TCV)",
    get: |s| s.tcv,
    means: "Everything over the whole term. Each line is rounded once, to what is invoiced for one period.",
    formula: "Σ rate × agreed periods",
};

/// The totals of lines. Where nothing recurs, the total is all there is to say.
#[component]
pub fn Totals(
    /// What they come to.
    #[prop(into)]
    of: Signal<TotalsOf>,
) -> impl IntoView {
    let recurs = Memo::new(move |_| of.with(|of| of.any(|s| s.arr)));
    let once = Memo::new(move |_| of.with(|of| of.any(|s| s.one_time)));
    let one = move |sum: Sum| {
        let Sum {
            label,
            long,
            get,
            means,
            formula,
        } = sum;
        let text = Memo::new(move |_| of.with(|of| of.text(get)));
        view! {
            <div class="totals__one" data-sum=label>
                <dt class="totals__label">
                    {label}
                    <Explain title=long>
                        <p>{means}</p>
                        <p><code>{formula}</code></p>
                        <p>{move || format!("Here: {}", text.get())}</p>
                    </Explain>
                </dt>
                <dd class="totals__value">{text}</dd>
            </div>
        }
    };
    view! {
        <dl class="totals">
            {move || (recurs.get() && once.get()).then(|| one(ONE_TIME))}
            {move || recurs.get().then(|| [MRR, ARR, ACV].map(one).into_iter().collect_view())}
            {move || one(if recurs.get() { TCV } else { Sum { label: "Total", ..TCV } })}
        </dl>
    }
}
