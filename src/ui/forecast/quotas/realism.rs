//! How likely the amount of the form is, and on whom it weighs.

use super::chance::sentences;
use super::data::{ahead, use_quotas};
use super::reach::use_reaching;
use super::suggestion::Found;
use crate::app::form::plan::QuotaForm;
use crate::domain::insight::quotas::{burden, outside};
use leptos::prelude::*;

/// Said anew whenever something of the form changes.
#[component]
pub(super) fn Realism(
    /// The form.
    form: RwSignal<QuotaForm>,
    /// What is known.
    found: Memo<Option<Found>>,
) -> impl IntoView {
    let (quotas, reaching) = (use_quotas(), use_reaching());
    let question = Memo::new(move |_| form.with(|f| Some((f.holder(), f.period()?))));
    Effect::new(move |_| reaching.asked.set(question.get()));
    on_cleanup(move || {
        reaching.asked.try_set(None);
    });
    let words = move || {
        let form = form.get();
        let found = found.get()?;
        let (amount, period) = (form.money()?, form.period()?);
        let (holder, quota) = (form.holder(), i128::from(amount.minor));
        let ground = quotas.ground.get();
        let known = ahead(period, ground.today).and_then(|time| {
            let factors = form.factors();
            quotas
                .store
                .with(|s| outside(s.world(), &holder, time, &factors))
        });
        let (factor, names) = known.unzip();
        let got = &found.got;
        let mut words = match (got.remaining(quota), period.range().1 < ground.today) {
            (0, _) => vec!["Reached already.".to_owned()],
            (_, true) => vec!["The period is over.".to_owned()],
            _ => match reaching.of((holder, period)) {
                None => vec!["How likely it is, is being played …".to_owned()],
                Some(played) => match played.say(amount, got.won, factor) {
                    Err(why) => vec![format!("How likely it is cannot be said. {why}")],
                    Ok(said) => {
                        let mut words = sentences(&said, amount, &names.unwrap_or_default());
                        words.push(played.rests_on());
                        words
                    }
                },
            },
        };
        words.extend(quotas.store.with(|s| {
            let (world, facts) = (s.world(), &ground.facts);
            burden(world, facts, &holder, quota, form.span(), &found.history)
        }));
        Some(words)
    };
    view! {
        <div class="quotas__realism" role="status">
            {move || words().map(|all| all.into_iter().map(|w| view! { <p>{w}</p> }).collect_view())}
        </div>
    }
}
