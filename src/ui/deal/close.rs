//! Asking when and why a deal was won, lost or put on hold.

use super::choices::texts;
use super::page::{Page, use_page};
use crate::app::form::closure::ClosureForm;
use crate::app::form::{FieldError, field, lists};
use crate::domain::command::{Command, Refusal};
use crate::domain::deal::{Closure, Status};
use crate::domain::ids::StageId;
use crate::domain::query::board::Place;
use crate::ui::parts::*;
use chrono::Days;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ask {
    /// What the deal becomes.
    pub status: Status,
    /// The stage it goes to; none for where its status leads.
    pub stage: Option<StageId>,
}

impl Ask {
    fn verb(self) -> &'static str {
        match self.status {
            Status::Open => "Reopen",
            Status::Won => "Mark as won",
            Status::Lost => "Mark as lost",
            Status::OnHold => "Put on hold",
        }
    }

    fn command(self, page: Page, closure: Closure) -> Command {
        let deals = vec![page.id];
        match self.stage {
            Some(stage) => Command::Move {
                deals,
                stage,
                place: Place::Top,
                closure: Some(closure),
            },
            None => Command::SetStatus {
                deals,
                status: self.status,
                closure,
            },
        }
    }
}

/// The dialog, open while the page asks.
#[component]
pub(super) fn CloseDialog() -> impl IntoView {
    let page = use_page();
    move || page.asking.get().map(|ask| view! { <Asked ask/> })
}

#[component]
fn Asked(
    /// What is asked.
    ask: Ask,
) -> impl IntoView {
    let page = use_page();
    let today = page.store.moment().today;
    let begin = page.store.with(|s| {
        let deal = s.world().state.tables.deals.get(page.id);
        ClosureForm::new(deal, ask.status, today)
    });
    let form = RwSignal::new(begin);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let close = move || page.asking.set(None);
    let submit = move || {
        let closure = match form.with_untracked(|f| f.submit(ask.status, today)) {
            Ok(closure) => closure,
            Err(found) => return errors.set(found),
        };
        match page.store.run(ask.command(page, closure)) {
            Ok(_) | Err(Refusal::Nothing | Refusal::Gated(_)) => close(),
            Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
        }
    };
    let title = page.now(|_, deal| format!("{}: {}", ask.verb(), deal.title));
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| close()>"Cancel"</Button>
            <Button kind=ButtonKind::Primary kbd="Mod+Enter" on_click=move |_| submit()>{ask.verb()}</Button>
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            submit();
        }
    };
    view! {
        <Dialog open=true on_close=move |()| close() title kind=DialogKind::Small footer>
            <div class="deal-close" on:keydown=on_key><ClosureFields ask form errors/></div>
        </Dialog>
    }
}

#[component]
fn ClosureFields(
    /// What is asked.
    ask: Ask,
    /// What was typed.
    form: RwSignal<ClosureForm>,
    /// What is wrong with it.
    errors: RwSignal<Vec<FieldError>>,
) -> impl IntoView {
    let page = use_page();
    let today = page.store.moment().today;
    let [reasons, rivals] = page.store.with(|s| {
        [
            lists::reasons(s.world(), ask.status),
            lists::competitors(s.world()),
        ]
    });
    let error = move |name: &'static str| {
        move || {
            errors.with(|all| {
                all.iter()
                    .find(|e| e.field == name)
                    .map(|e| e.message.clone())
            })
        }
    };
    let text =
        move |get: fn(&ClosureForm) -> &String| Memo::new(move |_| form.with(|f| get(f).clone()));
    let put = move |get: fn(&mut ClosureForm) -> &mut String| {
        move |text: String| form.update(|f| *get(f) = text)
    };
    let (reason, rival) = (text(|f| &f.reason), text(|f| &f.competitor));
    let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    let picks = vec![
        DatePick::new("Today", today),
        DatePick::new("Yesterday", yesterday),
    ];
    let latest = (ask.status != Status::OnHold).then(|| today.to_string());
    view! {
        <Field label="Reason" error=error(field::REASON)>
            <Combobox options=move || texts(reasons.clone(), &reason.get()) value=reason on_pick=put(|f| &mut f.reason) on_create=put(|f| &mut f.reason) placeholder="Choose or type" autofocus=true/>
        </Field>
        <Field label=if ask.status == Status::OnHold { "Since" } else { "Date" } required=true error=error(field::CLOSED_ON)>
            <DateField value=text(|f| &f.on) on_change=put(|f| &mut f.on) picks=Signal::stored(picks) max=latest/>
        </Field>
        {(ask.status == Status::Lost).then(|| view! {
            <Field label="Lost to" hint="The competitor, if there was one" error=error(field::COMPETITOR)>
                <Combobox options=move || texts(rivals.clone(), &rival.get()) value=rival on_pick=put(|f| &mut f.competitor) on_create=put(|f| &mut f.competitor) placeholder="Choose or type"/>
            </Field>
        })}
        <Field label="Note" error=error(field::NOTE)>
            <TextArea value=text(|f| &f.note) on_input=put(|f| &mut f.note) rows=2/>
        </Field>
        {move || error(field::FORM)().map(|why| view! { <p class="deal-close__error" role="alert">{why}</p> })}
    }
}
