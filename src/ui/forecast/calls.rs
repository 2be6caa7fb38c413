//! What people say will be sold, and what came of it.

use super::data::{Case, use_forecast};
use super::learning::Made;
use crate::app::form::{FieldError, parse_amount};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::plan::{CallDraft, PlanCommand};
use crate::domain::ids::CallId;
use crate::domain::insight::period::Period;
use crate::domain::order::Order;
use crate::domain::quota::Call;
use crate::ui::fmt;
use crate::ui::insight::period_words;
use crate::ui::parts::*;
use leptos::prelude::*;

/// What was won in a period by the deals of whoever called; of all where nobody is named.
pub(super) fn outcome(case: &Case, call: &Call) -> i128 {
    let Some(from) = call.from else { return 0 };
    let period = Period::months_from(from, call.span.months());
    let owner = |deal| {
        let life = case
            .learnt
            .lives
            .lives
            .binary_search_by_key(&deal, |l| l.deal);
        let life = life.ok().map(|n| &case.learnt.lives.lives[n]);
        life.and_then(|l| l.steps.last()).and_then(|s| s.owner)
    };
    let won = case.book.won.iter().filter(|w| period.holds(w.on));
    won.filter(|w| call.person.is_none() || owner(w.deal) == call.person)
        .map(|w| i128::from(w.minor))
        .sum()
}

/// The calls, newest first, and a button to make one.
#[component]
pub(super) fn Calls() -> impl IntoView {
    let forecast = use_forecast();
    let store = forecast.store;
    let open = RwSignal::new(false);
    let calls = Memo::new(move |_| {
        store.track_kind(Kind::Call);
        store.with(|s| {
            let all = s.world().state.tables.calls.iter();
            let mut all: Vec<(i64, CallId)> = all.map(|c| (c.at, c.id)).collect();
            all.order_by_key(|(at, id)| (std::cmp::Reverse(*at), *id));
            all.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        })
    });
    let columns = vec![
        Column::new("when", "Said").fixed(),
        Column::new("who", "By").fixed(),
        Column::new("period", "For").fixed(),
        Column::new("amount", "Call").numeric().fixed(),
        Column::new("commit", "For certain").numeric().fixed(),
        Column::new("best", "If all goes well").numeric().fixed(),
        Column::new("won", "Won by then").numeric().fixed(),
        Column::new("came", "What came").fixed(),
    ];
    view! {
        <section class="forecast__part" aria-labelledby="calls">
            <h2 class="forecast__head" id="calls">
                "Calls "
                <Explain title="calls">
                    <p>"A call is what a person says will be sold in a period, what is won already included. It is kept as it was said, with what was won and weighted by then, and is compared with what came."</p>
                    <p>"What came is what the deals of that person brought in the period; of a call without a person, all deals."</p>
                </Explain>
            </h2>
            <div><Button kind=ButtonKind::Primary on_click=move |_| open.set(true)>"Make a call"</Button></div>
            {block(move || if calls.with(Vec::is_empty) {
                view! { <p class="forecast__note">"Nobody has made a call yet."</p> }.into_any()
            } else {
                view! {
                    <Table caption="Calls" columns=Signal::stored(columns.clone()) class="forecast__table">
                        {block(move || calls.get().into_iter().map(|id| view! { <Row id/> }).collect_view())}
                    </Table>
                }.into_any()
            })}
            <CallDialog open/>
        </section>
    }
}

#[component]
fn Row(
    /// Which call.
    id: CallId,
) -> impl IntoView {
    let forecast = use_forecast();
    let call = forecast
        .store
        .with(|s| s.world().state.tables.calls.get(id).cloned());
    let Some(call) = call else {
        return ().into_any();
    };
    let who = call.person.map_or_else(
        || "All".to_owned(),
        |id| forecast.store.with(|s| s.world().state.name_of(id.into())),
    );
    let money = |money: Option<crate::domain::money::Money>| money.map(fmt::money);
    let period = call
        .from
        .map(|from| Period::months_from(from, call.span.months()));
    let said = call.clone();
    let came = move || {
        let case = forecast.case.get()?;
        let over = period.is_some_and(|p| p.to().to_epoch_days() < case.learnt.today);
        let won = outcome(&case, &said);
        let minor = i128::from(said.amount?.minor);
        let won_text = case.text(won);
        Some(if over {
            let off = won - minor;
            let word = if off < 0 { "less" } else { "more" };
            format!("{won_text}, {} {word} than called", case.text(off.abs()))
        } else {
            format!("{won_text} so far")
        })
    };
    let note = call.note.clone();
    view! {
        <tr data-call=id.to_string()>
            <th scope="row">{fmt::time(call.at)}</th>
            <td>{who}{(!note.is_empty()).then(|| view! { <span class="forecast__note-of">{note}</span> })}</td>
            <td>{period.map(period_words)}</td>
            <td class="num">{money(call.amount)}</td>
            <td class="num">{money(call.commit)}</td>
            <td class="num">{money(call.best)}</td>
            <td class="num">{money(call.won)}</td>
            <td>{came}</td>
        </tr>
    }
    .into_any()
}

/// What is typed.
#[derive(Clone, Default, PartialEq)]
struct Form {
    amount: String,
    commit: String,
    best: String,
    note: String,
}

fn draft(case: &Made<Case>, form: &Form) -> Result<CallDraft, Vec<FieldError>> {
    let currency = case.learnt.ground.currency;
    let mut errors = Vec::new();
    let mut read = |field: &'static str, text: &str| {
        parse_amount(text, currency).unwrap_or_else(|message| {
            errors.push(FieldError::new(field, message));
            None
        })
    };
    let amount = read("amount", &form.amount);
    let (commit, best) = (read("commit", &form.commit), read("best", &form.best));
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(CallDraft {
        person: case.person,
        team: None,
        from: case.period.from(),
        span: case.ahead.span(),
        amount,
        best,
        commit,
        note: form.note.clone(),
        won: Some(case.money(case.rollup.closed.minor)),
        weighted: Some(case.money(case.weighted.minor)),
    })
}

/// Making a call for the period and the person chosen.
#[component]
fn CallDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let forecast = use_forecast();
    let form = RwSignal::new(Form::default());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    Effect::new(move |_| {
        if open.get() {
            form.set(Form::default());
            errors.set(Vec::new());
        }
    });
    let submit = move || {
        let Some(case) = forecast.case.get_untracked() else {
            return;
        };
        let done = form.with_untracked(|f| draft(&case, f));
        let done = done.and_then(|draft| {
            let command = Command::Plan(PlanCommand::Call(Box::new(draft)));
            forecast
                .store
                .run(command)
                .map_err(|refusal| vec![FieldError::from_refusal(&refusal)])
        });
        match done {
            Ok(_) => open.set(false),
            Err(found) => errors.set(found),
        }
    };
    let about = move || {
        let case = forecast.case.get()?;
        let who = case.person.map_or_else(
            || "all deals".to_owned(),
            |id| {
                let name = forecast.store.with(|s| s.world().state.name_of(id.into()));
                format!("the deals of {name}")
            },
        );
        Some(format!(
            "For {} and {who}. Won so far: {}; weighted: {}. A call cannot be changed afterwards.",
            period_words(case.period),
            case.text(case.rollup.closed.minor),
            case.text(case.weighted.minor)
        ))
    };
    let foot = move || {
        view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary on_click=move |_| submit()>"Submit the call"</Button>
        }
    };
    let other = move || {
        errors.with(|all| {
            let other = all
                .iter()
                .find(|e| !["amount", "commit", "best", "note"].contains(&e.field.as_ref()));
            other.map(|e| e.message.clone())
        })
    };
    view! {
        <Dialog open title="Make a call" on_close=move |()| open.set(false) footer=foot backdrop_closes=false>
            <form class="forecast__call" on:submit=move |event| { event.prevent_default(); submit(); }>
                <p class="forecast__note">{about}</p>
                <AmountField name="amount" label="How much will be sold in all" required=true form errors get=|f| &f.amount set=|f, t| f.amount = t/>
                <AmountField name="commit" label="For certain" required=false form errors get=|f| &f.commit set=|f, t| f.commit = t/>
                <AmountField name="best" label="If all goes well" required=false form errors get=|f| &f.best set=|f, t| f.best = t/>
                <Field label="Why" error=error_of(errors, "note")>
                    <TextArea value=Signal::derive(move || form.with(|f| f.note.clone())) on_input=move |t| form.update(|f| f.note = t)/>
                </Field>
                {block(move || other().map(|text| view! { <p class="forecast__problem" role="alert">{text}</p> }))}
            </form>
        </Dialog>
    }
}

fn error_of(errors: RwSignal<Vec<FieldError>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        errors.with(|all| {
            all.iter()
                .find(|e| e.field == field)
                .map(|e| e.message.clone())
        })
    })
}

#[component]
fn AmountField(
    /// The field's name in errors.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// Whether it must be filled in.
    required: bool,
    /// What is typed.
    form: RwSignal<Form>,
    /// What is wrong.
    errors: RwSignal<Vec<FieldError>>,
    /// Reads it.
    get: fn(&Form) -> &String,
    /// Sets it.
    set: fn(&mut Form, String),
) -> impl IntoView {
    let forecast = use_forecast();
    let unit = Signal::derive(move || {
        let case = forecast.case.get();
        case.map(|c| c.learnt.ground.currency.to_string())
    });
    view! {
        <Field label error=error_of(errors, name) required>
            <NumberInput decimals=true unit autofocus=required value=Signal::derive(move || form.with(|f| get(f).clone())) on_input=move |t| form.update(|f| set(f, t))/>
        </Field>
    }
}
