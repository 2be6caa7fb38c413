//! How likely quotas are, as it is shown.

use super::data::{Line, use_quotas};
use super::reach::{Said, about, chance_text, use_reaching};
use super::table::number;
use crate::domain::forecast::reach::Realism;
use crate::domain::insight::stats::Rate;
use crate::domain::money::Money;
use crate::shell::intl;
use crate::ui::forecast::progress::{Calculating, Learning, Trouble};
use crate::ui::parts::*;
use leptos::prelude::*;

/// How the chance comes about, for an explanation.
#[component]
pub(super) fn ReachWords() -> impl IntoView {
    view! {
        <p><b>"Chance: "</b><code>"trials in which won so far + what is still won ≥ quota ÷ 10,000 trials"</code>", of the simulation of the page Forecast, for the deals of the same person, team or territory: each open deal is won or not by its chance, later or earlier and for more or less than expected as others were, good and bad times are common to all, and new deals come as they came. 10,000 trials leave a chance uncertain by at most one percentage point; how far the history can be trusted is said by Track record."</p>
        <p>"New deals are shared out by how many of all open and won deals are theirs. A quota in another currency is compared by today’s rate. What is known from outside is not in the simulation; the chance with it multiplies all that is still won by its percentage for the days to come. Below 10 % a quota is called hardly realistic, below 40 % ambitious, up to 80 % realistic, above that easily reached."</p>
    }
}

/// How far playing is.
#[component]
pub(super) fn Playing() -> impl IntoView {
    let reaching = use_reaching();
    let learner = reaching.learner;
    view! {
        <Trouble learner/>
        <Learning learner/>
        <Calculating label="Playing the months ahead through" of="trials" running=reaching.running on_cancel=move |()| reaching.cancel()/>
        {block(move || reaching.is_stopped().then(|| view! {
            <p class="forecast__note" role="status">
                "Playing was stopped. "
                <Button size=ButtonSize::Small on_click=move |_| reaching.go_on()>"Go on"</Button>
            </p>
        }))}
    }
}

/// The chance of a row.
#[component]
pub(super) fn Chance(
    /// The row.
    line: Line,
) -> impl IntoView {
    let (quotas, reaching) = (use_quotas(), use_reaching());
    let today = quotas.ground.with_untracked(|g| g.today);
    if !line.is_going(today) {
        let words = match line.got.remaining(line.quota()) {
            0 => "Reached",
            _ => "Missed",
        };
        return words.into_any();
    }
    let line = StoredValue::new(line);
    block(move || {
        let line = line.get_value();
        let Some(played) = reaching.of(line.question()) else {
            return view! { <span aria-hidden="true">"…"</span><span class="visually-hidden">"Not played yet"</span> }.into_any();
        };
        let outside = line.outside.as_ref().map(|(factor, _)| *factor);
        match played.say(line.amount, line.got.won, outside) {
            Err(why) => view! { "—"<span class="team-range">{why}</span> }.into_any(),
            Ok(said) => {
                let words = match said.chance.value() {
                    Some(p) => Realism::of(p).label(),
                    None => "",
                };
                let with = said.outside.zip(line.outside.as_ref());
                let with = with.map(|(chance, (_, names))| {
                    format!("with {}: {}", names.join(", "), chance_text(chance))
                });
                view! {
                    {number(chance_text(said.chance), format!("Chance: {}", line.who), "Open deals that are played, whenever they are expected: they may be won earlier or later.", played.open.clone())}
                    <span class="team-range">{words}</span>
                    <span class="team-range">{range_words(&said)}</span>
                    {with.map(|w| view! { <span class="team-range">{w}</span> })}
                }
                .into_any()
            }
        }
    })
    .into_any()
}

fn range_words(said: &Said) -> String {
    let [low, _, high] = said.range;
    format!("8 of 10: {} – {}", about(low), about(high))
}

/// What is said of an amount while it is typed.
pub(super) fn sentences(said: &Said, quota: Money, names: &[String]) -> Vec<String> {
    let Rate { part, n } = said.chance;
    let word = said.chance.value().map(|p| Realism::of(p).label());
    let [low, middle, high] = said.range;
    let mut words = vec![
        format!(
            "{}: {} is reached in {} of {} trials ({}).",
            word.unwrap_or("Unknown"),
            about(quota),
            intl::integer(part as i64),
            intl::integer(n as i64),
            chance_text(said.chance)
        ),
        format!(
            "In 8 of 10 trials {} to {} is sold in the period, in half of them at least {}.",
            about(low),
            about(high),
            about(middle)
        ),
    ];
    words.extend(
        said.outside
            .map(|chance| format!("With {}: {}.", names.join(", "), chance_text(chance))),
    );
    words
}
