//! What history suggests, step by step.

use super::data::{Quotas, use_quotas};
use super::realism::Realism;
use crate::app::form::FieldError;
use crate::app::form::plan::{QuotaForm, print_share};
use crate::domain::insight::quotas::{Attained, History, Suggestion, apply, history, suggest};
use crate::domain::money::{Currency, Money};
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::share_text;
use crate::ui::parts::*;
use leptos::prelude::*;

/// What is asked for: everything of the form but amount and steps.
#[derive(Clone, PartialEq)]
struct Asked(QuotaForm);

/// What was found of it.
#[derive(Clone, PartialEq)]
pub(super) struct Found {
    pub history: History,
    pub got: Attained,
    suggestion: Option<Suggestion>,
    currency: Currency,
}

fn find(quotas: Quotas, form: &QuotaForm) -> Option<Found> {
    let ground = quotas.ground.get();
    let (period, currency) = (form.period()?, form.currency()?);
    let holder = form.holder();
    quotas.store.with(|s| {
        let world = s.world();
        let (facts, exchange) = (&*ground.facts(), &*ground.exchange);
        let of = holder.select(world, facts);
        let history = history(facts, exchange, &of, currency, ground.today);
        let got = Attained::of(facts, exchange, &of, period, currency, ground.today);
        let suggestion = suggest(
            world,
            facts,
            exchange,
            &of,
            &holder,
            &history,
            (period, form.span()),
            (currency, ground.today),
        );
        Some(Found {
            history,
            got,
            suggestion,
            currency,
        })
    })
}

/// How the base comes about, in words.
fn base_words(found: &Found, base: i128) -> String {
    let history = &found.history;
    format!(
        "{} deals a week × weeks × {} won ({} of {}) × {} each = {}",
        intl::number(history.created_per_week(), 1),
        history.win.value().map(share_text).unwrap_or_default(),
        intl::integer(history.win.part as i64),
        intl::integer(history.win.n as i64),
        fmt::money_compact(Money::clamped(history.value, found.currency)),
        fmt::money(Money::clamped(base, found.currency)),
    )
}

/// The steps, to be adjusted, with what comes of them.
#[component]
pub(super) fn Suggested(
    /// The form.
    form: RwSignal<QuotaForm>,
    /// What is wrong with it.
    errors: RwSignal<Vec<FieldError>>,
) -> impl IntoView {
    let quotas = use_quotas();
    let asked = Memo::new(move |_| {
        let mut asked = form.get();
        asked.amount = String::new();
        asked.note = String::new();
        asked.steps = Vec::new();
        asked.base = None;
        Asked(asked)
    });
    let found = Memo::new(move |_| asked.with(|a| find(quotas, &a.0)));
    // What is kept stays as it was; another question begins with its own suggestion.
    Effect::new(move |before: Option<Asked>| {
        let now = asked.get();
        let keeps = before.is_none() && now.0.id.is_some();
        if !keeps && before.as_ref() != Some(&now) {
            let suggestion = found
                .get_untracked()
                .and_then(|f| Some((f.suggestion?, f.currency)));
            form.update(|f| fill(f, suggestion));
        }
        now
    });
    let steps = Memo::new(move |_| form.with(|f| f.steps.len()));
    let words = move || {
        let base = form.with(|f| f.base);
        found.with(|found| match (found, base) {
            (Some(found), Some(base)) if found.history.is_enough() => base_words(found, base.into()),
            (Some(_), None) => "The history of these deals says too little to suggest anything: fewer than five wins in the last twelve months. Type the amount yourself.".to_owned(),
            _ => String::new(),
        })
    };
    let comes_to = move || {
        let (base, factors, currency) = form.with(|f| (f.base, f.factors(), f.currency()));
        let (base, currency) = base.zip(currency)?;
        Some(Money::clamped(
            apply(base.into(), &factors, currency),
            currency,
        ))
    };
    let take = move |_| {
        if let Some(amount) = comes_to() {
            form.update(|f| f.amount = amount.to_plain());
            errors.set(Vec::new());
        }
    };
    let wrong = move || {
        errors.with(|all| {
            all.iter()
                .find(|e| e.field == "factors")
                .map(|e| e.message.clone())
        })
    };
    view! {
        <fieldset class="quotas__steps">
            <legend>
                "From history "
                <Explain title="A quota from history">
                    <p><code>"deals created a week × weeks of the period × win rate × mean value of a won deal"</code>", of the last 365 days, times each step."</p>
                    <p>"Season: what was won in such months (for a month: its place in the quarter; for a quarter: the calendar quarter) against the mean, over whole years, drawn to 100 % as if 30 more wins had been without season. Territory: 110 % where less than a fifth of its potential is sold in a year, 90 % above four fifths. Capacity: what the people can work on well against what they have open, at least half. Start: half a year until somebody new sells as others do. From outside: what you noted, for the days it touches."</p>
                    <p>"All but history and season are rules of thumb: change them as you know better. The steps are kept with the quota."</p>
                </Explain>
            </legend>
            <p class="forecast__note">{words}</p>
            <ul class="quotas__list">
                {block(move || (0..steps.get()).map(|at| view! { <StepRow form at/> }).collect_view())}
            </ul>
            {block(move || wrong().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> }))}
            {block(move || comes_to().map(|amount| view! {
                <p class="quotas__sum">
                    <span>"Comes to " <b>{fmt::money(amount)}</b></span>
                    <Button size=ButtonSize::Small on_click=take>"Take as quota"</Button>
                </p>
            }))}
        </fieldset>
        <Realism form found/>
    }
}

fn fill(form: &mut QuotaForm, suggestion: Option<(Suggestion, Currency)>) {
    let Some((suggestion, currency)) = suggestion else {
        (form.base, form.steps) = (None, Vec::new());
        return;
    };
    form.base = Some(Money::clamped(suggestion.base, currency).minor);
    form.amount = Money::clamped(suggestion.amount(currency), currency).to_plain();
    let step = |s: &crate::domain::quota::QuotaFactor| {
        (s.name.clone(), print_share(s.factor), s.note.clone())
    };
    form.steps = suggestion.steps.iter().map(step).collect();
}

#[component]
fn StepRow(
    /// The form.
    form: RwSignal<QuotaForm>,
    /// Which step.
    at: usize,
) -> impl IntoView {
    let get = move |pick: fn(&(String, String, String)) -> &String| {
        Memo::new(move |_| {
            form.with(|f| f.steps.get(at).map(|s| pick(s).clone()).unwrap_or_default())
        })
    };
    let (name, share, note) = (get(|s| &s.0), get(|s| &s.1), get(|s| &s.2));
    let put = move |text: String| {
        form.update(|f| {
            if let Some(step) = f.steps.get_mut(at) {
                step.1 = text;
            }
        });
    };
    let label = Signal::derive(move || format!("{} in percent", name.get()));
    view! {
        <li class="quotas__step">
            <span class="quotas__name">{name}</span>
            <span class="quotas__share"><NumberInput label=label value=share on_input=put/>" %"</span>
            <span class="quotas__why">{note}</span>
        </li>
    }
}
