//! The name of a dashboard.

use super::{show, use_board};
use crate::app::form::FieldError;
use crate::domain::change::EntityRef;
use crate::domain::command::insight::InsightCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::DashboardId;
use crate::domain::insight::when::When;
use crate::ui::parts::*;
use leptos::prelude::*;

/// The dialog, open while a name is asked for.
#[component]
pub(super) fn NameDialog() -> impl IntoView {
    let board = use_board();
    let naming = board.naming;
    let open = Memo::new(move |_| naming.with(Option::is_some));
    let title = Memo::new(move |before: Option<&String>| {
        let now = naming.get().map(|id| match id {
            None => "Add a dashboard".to_owned(),
            Some(_) => "Rename the dashboard".to_owned(),
        });
        now.or(before.cloned()).unwrap_or_default()
    });
    let element = StoredValue::new(unique_id("dashboard"));
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| naming.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form=element.get_value()>{move || if naming.get().flatten().is_some() { "Save" } else { "Add" }}</Button>
        }
    };
    view! {
        <Dialog open title kind=DialogKind::Small on_close=move |()| naming.set(None) footer=foot>
            {move || naming.get().map(|id| view! { <NameFields id element=element.get_value()/> })}
        </Dialog>
    }
}

#[component]
fn NameFields(
    /// Which; none for a new one.
    id: Option<DashboardId>,
    /// The id of the form.
    element: String,
) -> impl IntoView {
    let board = use_board();
    let before = id.and_then(|id| board.with(id, |d| (d.name.clone(), d.period.clone())));
    let (name, period) = before.unwrap_or_else(|| (String::new(), When::Months12.code().into()));
    let (name, period) = (RwSignal::new(name), StoredValue::new(period));
    let error = RwSignal::new(None::<String>);
    let submit = move || {
        let (name, period) = (name.get_untracked(), period.get_value());
        let command = match id {
            Some(id) => InsightCommand::EditDashboard { id, name, period },
            None => InsightCommand::AddDashboard {
                name,
                preset: String::new(),
                period,
                tiles: Vec::new(),
            },
        };
        match board.store.run(Command::Insight(command)) {
            Ok(Some(EntityRef { id: new, .. })) => {
                board.naming.set(None);
                if id.is_none() {
                    show(DashboardId(new));
                }
            }
            Ok(None) | Err(Refusal::Nothing) => board.naming.set(None),
            Err(refusal) => error.set(Some(FieldError::from_refusal(&refusal).message)),
        }
    };
    view! {
        <form id=element novalidate on:submit=move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            submit();
        }>
            <Field label="Name" error=move || error.get()>
                <TextInput value=name on_input=move |text: String| {
                    error.set(None);
                    name.set(text);
                }/>
            </Field>
        </form>
    }
}
