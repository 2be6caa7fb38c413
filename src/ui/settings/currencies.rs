//! Rates of exchange, the currency that sums are shown in, and when the fiscal year begins.

use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

use super::Section;
use super::workspace::follow_workspace;
use crate::app::form::field;
use crate::app::form::insight::{RateForm, print_worth};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::ids::RateId;
use crate::domain::money::Currency;
use crate::domain::order::Order;
use crate::domain::workspace::WorkspaceField;
use crate::shell::intl;
use crate::ui::drafted::{Drafted, FormDialog, makes_new};
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::start::currency;
use crate::ui::store::use_store;

/// A rate as a line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    id: RateId,
    pair: String,
    worth: String,
    on: Option<chrono::NaiveDate>,
    note: String,
}

/// The section.
#[component]
pub(super) fn Currencies() -> impl IntoView {
    let store = use_store();
    let workspace = follow_workspace(store);
    let set = move |field| store.dispatch(Command::EditWorkspace(vec![field]));
    let reporting =
        move || workspace.with(|w| w.reporting.map(|c| c.to_string()).unwrap_or_default());
    let months: Vec<Choice> = (1..=12)
        .filter_map(|m| {
            let first = chrono::NaiveDate::from_ymd_opt(2026, m, 1)?;
            let name = intl::month_long(first);
            let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
            Some(Choice::new(m.to_string(), name))
        })
        .collect();
    let form = RwSignal::new(None::<RateForm>);
    let begin = move |_| {
        let home = workspace.with_untracked(|w| w.reporting.unwrap_or(w.currency));
        form.set(Some(RateForm::blank(home)));
    };
    view! {
        <Section title="Currencies and year" text="How sums over several currencies are made, and when quarters and years begin.">
            <Field label="Show sums in" hint="Amounts of other currencies are converted, each by the rate of its own day. Without a rate they stay apart.">
                <Select
                    options=Signal::derive(move || currency::choices(workspace.with(|w| w.reporting.unwrap_or(w.currency))))
                    value=Signal::derive(reporting)
                    on_change=move |code: String| set(WorkspaceField::Reporting(Currency::parse(&code).ok()))
                    placeholder="Keep currencies apart"
                />
            </Field>
            <RateTable form/>
            <div><Button icon=Glyph::Plus on_click=begin>"Add rate"</Button></div>
            <Field label="The fiscal year begins with">
                <Select
                    options=Signal::stored(months)
                    value=Signal::derive(move || workspace.with(|w| w.fiscal_month.to_string()))
                    on_change=move |month: String| set(WorkspaceField::FiscalMonth(month.parse().unwrap_or(1)))
                />
            </Field>
            <RateDialog form/>
        </Section>
    }
}

/// All rates, by currencies and day.
#[component]
fn RateTable(
    /// Opens the form of a rate.
    form: RwSignal<Option<RateForm>>,
) -> impl IntoView {
    let store = use_store();
    let lines = Memo::new(move |_| {
        store.track_kind(Kind::Rate);
        let decimal = intl::decimal();
        store.with(|s| {
            let mut all: Vec<_> = s.world().state.tables.rates.iter().cloned().collect();
            all.order_by_key(|r| (r.of, r.in_currency, std::cmp::Reverse(r.on)));
            all.into_iter()
                .map(|r| Line {
                    id: r.id,
                    pair: format!("{} in {}", r.of, r.in_currency),
                    worth: print_worth(r.worth, decimal),
                    on: r.on,
                    note: r.note,
                })
                .collect::<Vec<_>>()
        })
    });
    let edit = move |id: RateId| {
        let now = store.with(|s| {
            let rate = s.world().state.tables.rates.get(id)?;
            Some(RateForm::of(rate, intl::decimal()))
        });
        form.set(now);
    };
    let row = move |line: Line| {
        let id = line.id;
        let since = line.on.map_or_else(|| "always".to_owned(), fmt::date);
        let (change, delete) = (
            format!("Change the rate of {} from {since}", line.pair),
            format!("Delete the rate of {} from {since}", line.pair),
        );
        view! {
            <tr>
                <th scope="row">{line.pair}</th>
                <td class="num">{line.worth}</td>
                <td>{since}</td>
                <td class="rates__note">{line.note}</td>
                <td class="rates__actions">
                    <IconButton size=ButtonSize::Small label=change glyph=Glyph::Pencil on_click=move |_| edit(id)/>
                    <IconButton size=ButtonSize::Small label=delete glyph=Glyph::Trash on_click=move |_| {
                        store.dispatch(Command::Delete(vec![id.into()]));
                        crate::ui::nav::rescue_focus();
                    }/>
                </td>
            </tr>
        }
    };
    move || {
        (!lines.with(Vec::is_empty)).then(|| view! {
            <div class="rates">
                <table class="rates__table">
                    <caption class="visually-hidden">"Rates of exchange"</caption>
                    <thead><tr><th scope="col">"One unit of"</th><th scope="col" class="num">"is worth"</th><th scope="col">"from"</th><th scope="col">"Note"</th><td></td></tr></thead>
                    <tbody>{move || lines.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        })
    }
}

/// The form of a rate, open while there is one.
#[component]
fn RateDialog(form: RwSignal<Option<RateForm>>) -> impl IntoView {
    let new = makes_new(form, |f| f.id.is_none());
    let title = move || {
        if new.get() {
            "Add a rate"
        } else {
            "Change the rate"
        }
        .to_owned()
    };
    let save = move || if new.get() { "Add rate" } else { "Save" }.to_owned();
    let fields = move |opened, element| {
        view! { <RateFields opened element on_close=move |()| form.set(None)/> }.into_any()
    };
    view! { <FormDialog form title=Signal::derive(title) save=Signal::derive(save) kind=DialogKind::Small fields/> }
}

#[component]
fn RateFields(
    /// The form as it is opened.
    opened: RateForm,
    /// The id of the element, for the button outside of it.
    element: String,
    /// Called when it is saved.
    #[prop(into)]
    on_close: UnsyncCallback<()>,
) -> impl IntoView {
    let store = use_store();
    let draft = Drafted::new(opened);
    let submit = move || {
        let command = draft.form.with_untracked(RateForm::submit);
        if draft.save(store, command.map(Command::Insight)) {
            on_close.run(());
        }
    };
    let home = store.with(|s| s.world().state.workspace().currency);
    let codes = Signal::stored(currency::choices(home));
    let sentence = move || {
        draft.form.with(|f| match (f.of.as_str(), f.worth.trim()) {
            ("", _) | (_, "") => String::new(),
            (of, worth) => format!("1 {of} = {worth} {}", f.to),
        })
    };
    view! {
        <form
            class="closing"
            id=element
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <Field label="One unit of" required=true error=draft.error(field::OF)>
                <Select options=codes value=draft.text(|f| &f.of) on_change=draft.put(|f| &mut f.of) placeholder="Choose a currency"/>
            </Field>
            <Field label="Is worth" required=true error=draft.error(field::WORTH)>
                <NumberInput value=draft.text(|f| &f.worth) on_input=draft.put(|f| &mut f.worth)/>
            </Field>
            <Field label="In" required=true error=draft.error(field::IN_CURRENCY)>
                <Select options=codes value=draft.text(|f| &f.to) on_change=draft.put(|f| &mut f.to)/>
            </Field>
            <Field label="From" hint="Amounts of this day and later take it, until a later rate. Empty: always." error=draft.error(field::ON)>
                <DateField value=draft.text(|f| &f.on) on_change=draft.put(|f| &mut f.on)/>
            </Field>
            <Field label="Note" hint="Where it is from" error=draft.error(field::NOTE)>
                <TextInput value=draft.text(|f| &f.note) on_input=draft.put(|f| &mut f.note)/>
            </Field>
            <p class="closing__hint">{sentence}</p>
            {move || draft.error(field::FORM)().map(|why| view! { <p class="closing__error" role="alert">{why}</p> })}
        </form>
    }
}
