//! Ending an experiment.

use crate::app::form::FieldError;
use crate::app::form::experiment::EndForm;
use crate::domain::command::{Command, Refusal};
use crate::domain::insight::trial::findings;
use crate::shell::intl;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The dialog, open while there is a form to fill in.
#[component]
pub(super) fn EndDialog(
    /// The form as it is opened; none while closed.
    end: RwSignal<Option<EndForm>>,
) -> impl IntoView {
    let open = Memo::new(move |_| end.with(Option::is_some));
    let element = StoredValue::new(unique_id("experiment-end"));
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| end.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form=element.get_value()>"End the experiment"</Button>
        }
    };
    view! {
        <Dialog open title="End the experiment" on_close=move |()| end.set(None) backdrop_closes=false footer>
            {move || end.get().map(|opened| view! { <Fields opened element=element.get_value() close=end/> })}
        </Dialog>
    }
}

#[component]
fn Fields(
    /// The form as it is opened.
    opened: EndForm,
    /// The id of the element, for the button outside of it.
    element: String,
    /// Set to none when it is ended.
    close: RwSignal<Option<EndForm>>,
) -> impl IntoView {
    let store = use_store();
    let id = opened.id;
    let form = RwSignal::new(opened);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let submit = move || match store.run(Command::Experiment(form.with_untracked(EndForm::submit)))
    {
        Ok(_) | Err(Refusal::Nothing) => close.set(None),
        Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
    };
    let now = store.moment().now;
    let (full, missing, ways) = store.with(|s| {
        let Some(experiment) = s.world().state.tables.experiments.get(id) else {
            return (true, 0, Vec::new());
        };
        let found = findings(s.world(), experiment, now);
        let least = found.arms.iter().map(|a| a.rate.n).min().unwrap_or(0);
        let ways = experiment
            .arms
            .iter()
            .enumerate()
            .map(|(at, arm)| Choice::new(at.to_string(), arm.name.clone()));
        (
            found.is_full(),
            found.needed.unwrap_or(0).saturating_sub(least),
            ways.collect(),
        )
    });
    let text =
        move |get: fn(&EndForm) -> &String| Memo::new(move |_| form.with(|f| get(f).clone()));
    let put = move |get: fn(&mut EndForm) -> &mut String| {
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
        errors.with(|all| {
            all.iter()
                .find(|e| !["outcome", "early"].contains(&e.field.as_ref()))
                .map(|e| e.message.clone())
        })
    };
    view! {
        <form class="forecast__call" id=element novalidate on:submit=move |event| { event.prevent_default(); submit(); }>
            <Field label="What came of it" required=true error=error("outcome")>
                <TextArea value=text(|f| &f.outcome) on_input=put(|f| &mut f.outcome) rows=3 autofocus=true/>
            </Field>
            <Field label="From now on">
                <Select options=Signal::stored(ways) value=text(|f| &f.chosen) on_change=put(|f| &mut f.chosen) placeholder="No way is chosen"/>
            </Field>
            <Checkbox checked=Signal::derive(move || form.with(|f| f.share)) on_change=move |on| form.update(|f| f.share = on) label="Share the chosen way as a practice"/>
            {(!full).then(|| view! {
                <Banner tone=Tone::Warn title="It has not its size yet" text=format!("At least one way lacks {}. Ended when it pleases, a difference is seen far more often than there is one.", intl::count(missing as usize, "result", "results"))/>
                <Field label="Why now" required=true error=error("early")>
                    <TextArea value=text(|f| &f.early) on_input=put(|f| &mut f.early) rows=2/>
                </Field>
            })}
            {block(move || other().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> }))}
        </form>
    }
}
