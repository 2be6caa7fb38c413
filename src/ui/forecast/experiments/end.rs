//! Ending an experiment.

use crate::app::form::experiment::EndForm;
use crate::domain::command::Command;
use crate::domain::insight::trial::findings;
use crate::shell::intl;
use crate::ui::drafted::{Drafted, FormDialog};
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The dialog, open while there is a form to fill in.
#[component]
pub(super) fn EndDialog(
    /// The form as it is opened; none while closed.
    end: RwSignal<Option<EndForm>>,
) -> impl IntoView {
    let fields = move |opened, element| view! { <Fields opened element close=end/> }.into_any();
    view! { <FormDialog form=end title="End the experiment" save="End the experiment" fields/> }
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
    let draft = Drafted::new(opened);
    let submit = move || {
        let command = draft.form.with_untracked(EndForm::submit);
        if draft.save(store, Ok(Command::Experiment(command))) {
            close.set(None);
        }
    };
    let now = store.moment().now;
    let (full, missing, ways) = store.with(|s| {
        let Some(experiment) = s.world().state.tables.experiments.get(id) else {
            return (true, 0, Vec::new());
        };
        let found = findings(s.world(), experiment, now);
        let needed = found.needed.clone().unwrap_or_default();
        let lacks = found.arms.iter().zip(needed);
        let lacks = lacks.map(|(arm, needed)| needed.saturating_sub(arm.rate.n));
        let ways = experiment
            .arms
            .iter()
            .enumerate()
            .map(|(at, arm)| Choice::new(at.to_string(), arm.name.clone()));
        (found.is_full(), lacks.max().unwrap_or(0), ways.collect())
    });
    let other = draft.other(&["outcome", "early"]);
    view! {
        <form class="forecast__call" id=element novalidate on:submit=move |event| { event.prevent_default(); submit(); }>
            <Field label="What came of it" required=true error=draft.error("outcome")>
                <TextArea value=draft.text(|f| &f.outcome) on_input=draft.put(|f| &mut f.outcome) rows=3 autofocus=true/>
            </Field>
            <Field label="From now on">
                <Select options=Signal::stored(ways) value=draft.text(|f| &f.chosen) on_change=draft.put(|f| &mut f.chosen) placeholder="No way is chosen"/>
            </Field>
            <Checkbox checked=Signal::derive(move || draft.form.with(|f| f.share)) on_change=move |on| draft.form.update(|f| f.share = on) label="Share the chosen way as a practice"/>
            {(!full).then(|| view! {
                <Banner tone=Tone::Warn title="It has not its size yet" text=format!("At least one way lacks {}. Ended when it pleases, a difference is seen far more often than there is one.", intl::count(missing as usize, "result", "results"))/>
                <Field label="Why now" required=true error=draft.error("early")>
                    <TextArea value=draft.text(|f| &f.early) on_input=draft.put(|f| &mut f.early) rows=2/>
                </Field>
            })}
            {block(move || other().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> }))}
        </form>
    }
}
