//! What open deals lack.

use crate::domain::insight::lacks::Lack;
use crate::shell::intl;
use crate::ui::insight::deals::Deals;
use crate::ui::insight::figure::{Figure, FigureData};
use crate::ui::insight::reading::use_reading;
use crate::ui::insight::section::Section;
use leptos::prelude::*;

/// One figure for each thing an open deal should have.
#[component]
pub(super) fn Health() -> impl IntoView {
    let reading = use_reading();
    let figures = Lack::ALL.into_iter().map(move |lack| {
        let data = Memo::new(move |_| {
            let of = reading.of.get();
            let period = reading.insight.lens.get().period;
            let rate = reading.ask(period, |q| lack.among(q.facts, &of, q.now));
            let deals = Deals::asked(rate.part as usize, move || {
                let of = reading.of.get();
                reading.ask(reading.insight.lens.get().period, |q| {
                    lack.deals(q.facts, &of, q.now)
                })
            });
            let mut data =
                FigureData::share(rate, ("open deal", "open deals"), deals, lack.meaning());
            // All open deals are here, not a sample of them: nothing is unsure.
            data.interval = None;
            data.small = None;
            if !data.value.is_empty() {
                data.value = format!(
                    "{} · {}",
                    intl::integer(i64::try_from(rate.part).unwrap_or(i64::MAX)),
                    data.value
                );
            }
            data
        });
        view! {
            <Figure label=lack.label() data>
                <p>{lack.meaning()}</p>
                <p><code>"such deals ÷ open deals"</code></p>
            </Figure>
        }
    });
    view! {
        <Section title="Health" lead=Signal::derive(move || Some(match reading.as_of_today() {
            None => "What open deals lack, and can be given today.".to_owned(),
            Some(today) => format!("What open deals lack, and can be given today: {today}."),
        }))>
            <div class="figures" role="group" aria-label="Health">{figures.collect_view()}</div>
        </Section>
    }
}
