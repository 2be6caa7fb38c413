//! The form of a quota.

use super::data::use_quotas;
use super::suggestion::Suggested;
use crate::app::form::plan::{QuotaForm, periods};
use crate::app::form::{FieldError, field, lists, print_date};
use crate::domain::command::{Command, Refusal};
use crate::domain::order::Order;
use crate::domain::quota::Span;
use crate::ui::insight::period_words;
use crate::ui::parts::*;
use leptos::prelude::*;

/// The dialog, open while there is a form to fill in.
#[component]
pub(super) fn QuotaDialog(
    /// The form as it is opened; none while closed.
    form: RwSignal<Option<QuotaForm>>,
) -> impl IntoView {
    let open = Memo::new(move |_| form.with(Option::is_some));
    let new = Memo::new(move |before: Option<&bool>| {
        let now = form.with(|f| f.as_ref().map(|f| f.id.is_none()));
        now.or(before.copied()).unwrap_or(true)
    });
    let element = StoredValue::new(unique_id("quota"));
    let title = move || {
        if new.get() {
            "Set a quota"
        } else {
            "Change the quota"
        }
        .to_owned()
    };
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| form.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form=element.get_value()>{move || if new.get() { "Set quota" } else { "Save" }}</Button>
        }
    };
    view! {
        <Dialog open title=Signal::derive(title) on_close=move |()| form.set(None) backdrop_closes=false kind=DialogKind::Large footer>
            {move || form.get().map(|opened| view! { <Fields opened element=element.get_value() close=form/> })}
        </Dialog>
    }
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
    let form = RwSignal::new(opened);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let submit = move || match form.with_untracked(QuotaForm::submit) {
        Err(found) => errors.set(found),
        Ok(command) => match store.run(Command::Plan(command)) {
            Ok(_) | Err(Refusal::Nothing) => close.set(None),
            Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
        },
    };
    let text =
        move |get: fn(&QuotaForm) -> &String| Memo::new(move |_| form.with(|f| get(f).clone()));
    let put = move |get: fn(&mut QuotaForm) -> &mut String| {
        move |text: String| {
            errors.set(Vec::new());
            form.update(|f| *get(f) = text);
        }
    };
    let error = move |name: &'static str| {
        let of = move |e: &FieldError| (e.field == name).then(|| e.message.clone());
        move || errors.with(|all| all.iter().find_map(of))
    };
    let other = move || {
        let known = ["holder", field::FROM, "amount", "factors", field::NOTE];
        errors.with(|all| {
            all.iter()
                .find(|e| !known.contains(&e.field.as_ref()))
                .map(|e| e.message.clone())
        })
    };
    let spans: Vec<Choice> = Span::ALL
        .iter()
        .map(|s| Choice::new(s.code(), s.label()))
        .collect();
    let (today, fiscal) = (store.moment().today, quotas.fiscal_month());
    let times = Memo::new(move |_| {
        let (span, chosen) = form.with(|f| (f.span(), f.period()));
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
        errors.set(Vec::new());
        form.update(|f| {
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
            <Field label="Whose" error=error("holder")>
                <Select options=Signal::stored(holders()) value=text(|f| &f.holder) on_change=put(|f| &mut f.holder) placeholder="Everybody"/>
            </Field>
            <Field label="Pipeline">
                <Select options=Signal::stored(pipelines) value=text(|f| &f.pipeline) on_change=put(|f| &mut f.pipeline) placeholder="All pipelines"/>
            </Field>
            <Field label="How long">
                <Select options=Signal::stored(spans) value=text(|f| &f.span) on_change=on_span/>
            </Field>
            <Field label="Period" error=error(field::FROM)>
                <Select options=times value=text(|f| &f.from) on_change=put(|f| &mut f.from)/>
            </Field>
            <div class="line-form__wide"><Suggested form errors/></div>
            <Field label="Quota" required=true error=error("amount")>
                <MoneyField amount=text(|f| &f.amount) on_amount=put(|f| &mut f.amount) currency=text(|f| &f.currency) on_currency=put(|f| &mut f.currency) currencies=Signal::stored(codes)/>
            </Field>
            <Field label="Note" error=error(field::NOTE)>
                <TextInput value=text(|f| &f.note) on_input=put(|f| &mut f.note)/>
            </Field>
            {block(move || other().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> }))}
        </form>
    }
}
