//! How far reading, learning and playing are, and what went wrong.

use super::learning::Learner;
use crate::shell::intl;
use crate::ui::parts::*;
use leptos::callback::UnsyncCallback;
use leptos::prelude::*;

/// Why the history could not be read.
#[component]
pub fn Trouble(
    /// Reads it.
    learner: Learner,
) -> impl IntoView {
    block(move || {
        learner.problem.get().map(|why| {
            view! { <p class="forecast__problem" role="alert">{format!("The history could not be read: {why}")}</p> }
        })
    })
}

/// How far reading and learning is.
#[component]
pub fn Learning(
    /// Reads and learns.
    learner: Learner,
) -> impl IntoView {
    let reading = learner.reading;
    let share = Signal::derive(move || {
        let (done, all) = reading.get()?;
        Some(done as f64 / all.max(1) as f64)
    });
    let runs = Memo::new(move |_| reading.with(Option::is_some));
    block(move || {
        runs.get()
            .then(|| view! { <Progress label="Learning from the history" value=share/> })
    })
}

/// How far a long calculation is, with a button to stop it.
#[component]
pub fn Calculating(
    /// What it does.
    label: &'static str,
    /// What it goes through, many: "trials".
    of: &'static str,
    /// How much is done, and of how much, while it runs.
    running: RwSignal<Option<(u32, u32)>>,
    /// Stops it.
    #[prop(into)]
    on_cancel: UnsyncCallback<()>,
) -> impl IntoView {
    let share = Signal::derive(move || {
        let (done, all) = running.get()?;
        Some(f64::from(done) / f64::from(all.max(1)))
    });
    let text = Signal::derive(move || {
        let (done, all) = running.get()?;
        let [done, all] = [done, all].map(|n| intl::integer(n.into()));
        Some(format!("{done} of {all} {of}"))
    });
    let runs = Memo::new(move |_| running.with(Option::is_some));
    block(move || {
        runs.get().then(|| {
            view! { <Progress label value=share text on_cancel/> }
        })
    })
}
