//! What is in the deal of a page, line by line; each change is saved at once.

use super::page::use_page;
use crate::app::form::FieldError;
use crate::app::form::line::LineForm;
use crate::domain::command::sell::SellCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::LineId;
use crate::domain::line::LineItem;
use crate::domain::money::Money;
use crate::domain::query::lines;
use crate::domain::state::State;
use crate::ui::fmt;
use crate::ui::lines::{AddLine, LineDialog, LineList, LineRow, Totals, TotalsOf, describe};
use crate::ui::parts::*;
use leptos::prelude::*;

/// A line as it is shown.
pub(super) fn row(state: &State, key: String, line: &LineItem) -> LineRow {
    let total = i64::try_from(lines::total(line)).unwrap_or(i64::MAX);
    LineRow {
        key,
        name: lines::name(state, line),
        how: describe(line),
        total: fmt::money(Money::new(total, line.price.currency)),
    }
}

/// The lines with their totals.
#[component]
pub(super) fn Products() -> impl IntoView {
    let page = use_page();
    let deal = page.id;
    let rows = page.read(|world, deal| {
        let all = lines::ordered(deal).into_iter();
        all.map(|(id, line)| row(&world.state, id.to_string(), line))
            .collect::<Vec<_>>()
    });
    let totals = page.read(|_, deal| TotalsOf::lines(deal.lines.iter().map(|(_, l)| l)));
    let currency = page.read(|world, deal| {
        let line = lines::ordered(deal).first().map(|(_, l)| l.price.currency);
        let value = deal.value.map(|v| v.currency);
        line.or(value)
            .unwrap_or_else(|| world.state.workspace().currency)
    });
    let begin = RwSignal::new(None::<LineForm>);
    let run = move |command| page.store.dispatch(Command::Sell(command));
    let save = move |form: LineForm| {
        let draft = Box::new(form.submit()?);
        let line = form.id;
        let command = SellCommand::SaveLine { deal, line, draft };
        match page.store.run(Command::Sell(command)) {
            Ok(_) | Err(Refusal::Nothing) => Ok(()),
            Err(refusal) => Err(vec![FieldError::from_refusal(&refusal)]),
        }
    };
    let open = move |key: String| {
        let form = page.now(|_, deal| {
            let id: LineId = key.parse().ok()?;
            Some(LineForm::of(id, deal.lines.get(id)?))
        });
        begin.set(form);
    };
    let shift = move |(key, index): (String, usize)| {
        if let Ok(line) = key.parse() {
            run(SellCommand::MoveLine { deal, line, index });
        }
    };
    let remove = move |key: String| {
        if let Ok(line) = key.parse() {
            run(SellCommand::RemoveLine { deal, line });
        }
    };
    let some = move || rows.with(|all| !all.is_empty());
    view! {
        <section class="deal-lines" aria-label="Products">
            {move || (!some()).then(|| view! {
                <p class="deal-lines__none">"Nothing is listed yet. Lines say what is sold, at which price and for how long; the value of the deal can be their sum."</p>
            })}
            <div hidden=move || !some()>
                <LineList lines=rows on_open=open on_move=shift on_remove=remove/>
            </div>
            <AddLine currency on_add=move |form| begin.set(Some(form))/>
            {move || some().then(|| view! {
                <Totals of=totals/>
                <Priced/>
            })}
            <LineDialog begin on_save=save/>
        </section>
    }
}

/// Whether the value is the sum of the lines.
#[component]
fn Priced() -> impl IntoView {
    let page = use_page();
    let priced = page.read(|_, deal| deal.priced);
    let differs = page.read(|_, deal| {
        let sum = lines::value(deal.lines.iter().map(|(_, l)| l));
        (deal.value != sum).then(|| (deal.value.map(fmt::money), sum.map(fmt::money)))
    });
    let set = move |priced: bool| {
        let deal = page.id;
        let command = SellCommand::SetPriced { deal, priced };
        page.store.dispatch(Command::Sell(command));
    };
    // Two people who changed lines at once each wrote the sum they knew.
    let stale = move || priced.get().then(|| differs.get()).flatten();
    view! {
        <Checkbox
            switch=true
            label="Value from lines"
            hint=move || Some(String::from(if priced.get() { "The value of the deal is the total of its lines." } else { "The value is entered by hand." }))
            checked=priced
            on_change=set
        />
        {move || stale().map(|(value, sum)| {
            let text = format!(
                "The value is {}, the lines come to {}: they were changed in two places at once.",
                value.unwrap_or_else(|| "empty".into()),
                sum.unwrap_or_else(|| "several currencies".into()),
            );
            view! {
                <Banner tone=Tone::Warn title="The value differs from the lines" text>
                    <Button on_click=move |_| set(true)>"Take the value from the lines"</Button>
                </Banner>
            }
        })}
    }
}
