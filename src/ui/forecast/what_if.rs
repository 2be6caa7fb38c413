//! What if all chances, days, values or new deals were otherwise.

use super::play::use_play;
use crate::domain::forecast::what_if::WhatIf;
use crate::shell::intl;
use crate::ui::parts::*;
use leptos::prelude::*;

/// A number that is moved between two ends.
#[derive(Clone, Copy)]
struct Knob {
    label: &'static str,
    least: i32,
    most: i32,
    step: i32,
    get: fn(&WhatIf) -> i32,
    set: fn(&mut WhatIf, i32),
    days: bool,
}

const KNOBS: [Knob; 4] = [
    Knob {
        label: "Chances",
        least: 50,
        most: 150,
        step: 5,
        get: |w| w.chances as i32,
        set: |w, n| w.chances = n.max(0) as u32,
        days: false,
    },
    Knob {
        label: "Later by",
        least: -30,
        most: 60,
        step: 5,
        get: |w| w.slip,
        set: |w, n| w.slip = n,
        days: true,
    },
    Knob {
        label: "Values",
        least: 50,
        most: 150,
        step: 5,
        get: |w| w.values as i32,
        set: |w, n| w.values = n.max(0) as u32,
        days: false,
    },
    Knob {
        label: "New deals",
        least: 0,
        most: 200,
        step: 10,
        get: |w| w.arrivals as i32,
        set: |w, n| w.arrivals = n.max(0) as u32,
        days: false,
    },
];

/// The panel.
#[component]
pub(super) fn WhatIfPanel() -> impl IntoView {
    let play = use_play();
    let plain = Memo::new(move |_| play.what_if.with(WhatIf::is_plain));
    let deals = move || play.what_if.with(|w| w.deals.len());
    let words = move || match (plain.get(), deals()) {
        (true, _) => "As it stands.".to_owned(),
        (false, 0) => "The simulation is played with these.".to_owned(),
        (false, n) => format!(
            "The simulation is played with these, and with what is chosen for {}.",
            intl::count(n, "deal", "deals")
        ),
    };
    view! {
        <section class="forecast__part" aria-labelledby="what-if">
            <h2 class="forecast__head" id="what-if">
                "What if "
                <Explain title="what-if">
                    <p>"Each trial is played anew with the same random numbers, so that only what you move makes the difference. Nothing of it is kept, and no deal is changed."</p>
                    <p>"Chances of all open and new deals are multiplied, at most up to certain. Days shift everything that is to be won. Values of all open and new deals are multiplied. New deals come more or less often."</p>
                </Explain>
            </h2>
            <div class="forecast__knobs">
                {KNOBS.map(|knob| view! { <Slider knob/> }).into_iter().collect_view()}
            </div>
            <p class="forecast__note" role="status">
                {words} " "
                {block(move || (!plain.get()).then(|| view! {
                    <Button size=ButtonSize::Small on_click=move |_| play.what_if.set(WhatIf::default())>"Reset the what-if"</Button>
                }))}
            </p>
        </section>
    }
}

#[component]
fn Slider(
    /// Which number.
    knob: Knob,
) -> impl IntoView {
    let play = use_play();
    let value = Memo::new(move |_| play.what_if.with(knob.get));
    let words = move || match (knob.days, value.get()) {
        (true, n) if n < 0 => format!(
            "{} earlier",
            intl::count(n.unsigned_abs() as usize, "day", "days")
        ),
        (true, n) => intl::count(n as usize, "day", "days"),
        (false, n) => intl::percent(f64::from(n) / 100.0, 0),
    };
    let id = unique_id("knob");
    view! {
        <div class="forecast__knob">
            <label for=id.clone()>{knob.label}</label>
            <output for=id.clone()>{words}</output>
            <input
                type="range"
                id=id
                min=knob.least.to_string()
                max=knob.most.to_string()
                step=knob.step.to_string()
                prop:value=move || value.get().to_string()
                aria-valuetext=words
                on:input:target=move |event| {
                    if let Ok(n) = event.target().value().parse::<i32>() {
                        play.what_if.update(|w| (knob.set)(w, n));
                    }
                }
            />
        </div>
    }
}
