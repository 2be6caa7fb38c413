//! The form of a quota.

use super::data::use_quotas;
use super::suggestion::Suggested;
use crate::app::form::plan::{QuotaForm, periods};
use crate::app::form::{field, lists, print_date};
use crate::domain::command::Command;
use crate::domain::order::Order;
use crate::domain::quota::Span;
use crate::ui::drafted::{Drafted, FormDialog, makes_new};
use crate::ui::insight::period_words;
use crate::ui::parts::*;
use leptos::prelude::*;

/// The dialog, open while there is a form to fill in.
#[component]
pub(super) fn QuotaDialog(
    /// The form as it is opened; none while closed.
    form: RwSignal<Option<QuotaForm>>,
) -> impl IntoView {
    let new = makes_new(form, |f| f.id.is_none());
    let title = move || {
        if new.get() {
            "Set a quota"
        } else {
            "Change the quota"
        }
        .to_owned()
    };
    let save = move || if new.get() { "Set quota" } else { "Save" }.to_owned();
    let fields = move |opened, element| view! { <Fields opened element close=form/> }.into_any();
    view! { <FormDialog form title=Signal::derive(title) save=Signal::derive(save) kind=DialogKind::Large fields/> }
}

/// Everybody a quota can be of.
fn holders() -> Vec<Choice> {
    use_quotas().store.with(|s| {
        let t = &s.world().state.tables;
        let people = t
            .people
            .iter()
            .filter(|p| !p.left)
            .map(|p| Choice::new(format!("person:{}", p.id), p.name.clone()));
        let mut all: Vec<Choice> = people.collect();
        all.order_by_key(|c| c.label.to_lowercase());
        let teams = t
            .teams
            .iter()
            .map(|p| Choice::new(format!("team:{}", p.id), format!("{} (team)", p.name)));
        let mut teams: Vec<Choice> = teams.collect();
        teams.order_by_key(|c| c.label.to_lowercase());
        let places = t.territories.iter().map(|p| {
            Choice::new(
                format!("territory:{}", p.id),
                format!("{} (territory)", p.name),
            )
        });
        let mut places: Vec<Choice> = places.collect();
        places.order_by_key(|c| c.label.to_lowercase());
        all.append(&mut teams);
        all.append(&mut places);
        all
    })
}

#[component]
fn Fields(
    /// The form as it is opened.
    opened: QuotaForm,
    /// The id of the element, for the button outside of it.
    element: String,
    /// Set to none when it is saved.
    close: RwSignal<Option<QuotaForm>>,
) -> impl IntoView {
    let quotas = use_quotas();
    let store = quotas.store;
    let is_new = opened.id.is_none();
    let draft = Drafted::new(opened);
    let submit = move || {
        let command = draft.form.with_untracked(QuotaForm::submit);
        if draft.save(store, command.map(Command::Plan)) {
            close.set(None);
        }
    };
    let other = draft.other(&["holder", field::FROM, "amount", "factors", field::NOTE]);
    let spans: Vec<Choice> = Span::ALL
        .iter()
        .map(|s| Choice::new(s.code(), s.label()))
        .collect();
    let (today, fiscal) = (store.moment().today, quotas.fiscal_month());
    let times = Memo::new(move |_| {
        let (span, chosen) = draft.form.with(|f| (f.span(), f.period()));
        let mut all = periods(span, today, fiscal);
        // One of long ago stays among the choices.
        if let Some(chosen) = chosen.filter(|c| !all.contains(c) && !is_new) {
            all.insert(0, chosen);
        }
        all.into_iter()
            .map(|p| Choice::new(print_date(Some(p.from())), period_words(p)))
            .collect::<Vec<_>>()
    });
    let on_span = move |code: String| {
        draft.errors.set(Vec::new());
        draft.form.update(|f| {
            f.span = code;
            // The period of the new length that runs now.
            let all = periods(f.span(), today, fiscal);
            if let Some(now) = all.iter().find(|p| p.from() <= today && today <= p.to()) {
                f.from = print_date(Some(now.from()));
            }
        });
    };
    let pipelines = store.with(|s| {
        let all = s.world().state.pipelines();
        all.iter()
            .map(|p| Choice::new(p.id.to_string(), p.name.clone()))
            .collect::<Vec<_>>()
    });
    let codes = store.with(|s| lists::currencies(s.world()));
    view! {
        <form class="line-form" id=element novalidate on:submit=move |event| { event.prevent_default(); submit(); }>
            <Field label="Whose" error=draft.error("holder")>
                <Select options=Signal::stored(holders()) value=draft.text(|f| &f.holder) on_change=draft.put(|f| &mut f.holder) placeholder="Everybody"/>
            </Field>
            <Field label="Pipeline">
                <Select options=Signal::stored(pipelines) value=draft.text(|f| &f.pipeline) on_change=draft.put(|f| &mut f.pipeline) placeholder="All pipelines"/>
            </Field>
            <Field label="How long">
                <Select options=Signal::stored(spans) value=draft.text(|f| &f.span) on_change=on_span/>
            </Field>
            <Field label="Period" error=draft.error(field::FROM)>
                <Select options=times value=draft.text(|f| &f.from) on_change=draft.put(|f| &mut f.from)/>
            </Field>
            <div class="line-form__wide"><Suggested form=draft.form errors=draft.errors/></div>
            <Field label="Quota" required=true error=draft.error("amount")>
                <MoneyField amount=draft.text(|f| &f.amount) on_amount=draft.put(|f| &mut f.amount) currency=draft.text(|f| &f.currency) on_currency=draft.put(|f| &mut f.currency) currencies=Signal::stored(codes)/>
            </Field>
            <Field label="Note" error=draft.error(field::NOTE)>
                <TextInput value=draft.text(|f| &f.note) on_input=draft.put(|f| &mut f.note)/>
            </Field>
            {block(move || other().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> }))}
        </form>
    }
}
