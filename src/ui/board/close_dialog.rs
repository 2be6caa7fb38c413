//! When and why deals were won, lost or put on hold.

use super::state::{Board, Closing, Then, use_board};
use crate::app::form::closure::ClosureForm;
use crate::app::form::{FieldError, field, lists};
use crate::domain::command::{Command, Refusal};
use crate::domain::deal::Status;
use crate::ui::parts::{
    Button, ButtonKind, ComboOption, Combobox, DateField, DatePick, Dialog, DialogKind, Field,
    TextArea, unique_id,
};
use chrono::Days;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

impl Board {
    fn close_deals(
        self,
        closing: Closing,
        form: RwSignal<ClosureForm>,
        errors: RwSignal<Vec<FieldError>>,
    ) {
        let Closing {
            deals,
            status,
            then,
            from,
        } = closing;
        let today = self.store.moment().today;
        let closure = match form.with_untracked(|form| form.submit(status, today)) {
            Ok(closure) => closure,
            Err(found) => return errors.set(found),
        };
        let stay = self.stay(&deals);
        let command = match then {
            Then::SetStatus => Command::SetStatus {
                deals: deals.clone(),
                status,
                closure,
            },
            Then::Move(stage, place) => Command::Move {
                deals: deals.clone(),
                stage,
                place,
                closure: Some(closure),
            },
        };
        match self.store.run(command) {
            Ok(_) | Err(Refusal::Nothing) => {
                self.closing.set(None);
                self.land(&deals, stay, from);
            }
            // What is missing is asked for in a dialog of its own.
            Err(Refusal::Gated(_)) => {
                self.closing.set(None);
                self.store.after_gate(move || self.land(&deals, stay, from));
            }
            Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
        }
    }

    /// Leaves the deals as and where they were.
    fn leave_open(self) {
        let deal = self
            .closing
            .with_untracked(|c| c.as_ref().and_then(|c| c.deals.first().copied()));
        self.closing.set(None);
        if let Some(deal) = deal {
            self.focus_card(deal, None);
        }
    }
}

fn heading(board: Board, closing: &Closing) -> String {
    let name = board.name_all(&closing.deals);
    match closing.status {
        Status::Won => format!("Mark {name} as won"),
        Status::Lost => format!("Mark {name} as lost"),
        Status::OnHold => format!("Put {name} on hold"),
        Status::Open => format!("Reopen {name}"),
    }
}

fn confirm_label(status: Status) -> &'static str {
    match status {
        Status::Won => "Mark as won",
        Status::Lost => "Mark as lost",
        Status::OnHold => "Put on hold",
        Status::Open => "Reopen",
    }
}

/// The dialog, open while [`Board::closing`] says so. Enter confirms it as it is; Escape
/// leaves the deals where they were.
#[component]
pub(super) fn CloseDialog() -> impl IntoView {
    let board = use_board();
    let open = Memo::new(move |_| board.closing.with(Option::is_some));
    let title = Memo::new(move |before: Option<&String>| {
        // Kept while it closes.
        board
            .closing
            .with(|c| c.as_ref().map(|c| heading(board, c)))
            .or(before.cloned())
            .unwrap_or_default()
    });
    let form = StoredValue::new(unique_id("close"));
    let label = move || {
        board
            .closing
            .with(|c| confirm_label(c.as_ref().map_or(Status::Won, |c| c.status)))
    };
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| board.leave_open()>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form=form.get_value()>{label}</Button>
        }
    };
    view! {
        <Dialog open title kind=DialogKind::Small on_close=move |()| board.leave_open() footer=footer>
            {move || board.closing.get().map(|closing| view! { <CloseForm closing id=form.get_value()/> })}
        </Dialog>
    }
}

#[component]
fn CloseForm(
    /// What is being closed.
    closing: Closing,
    /// The id of the form, for the button outside of it.
    id: String,
) -> impl IntoView {
    let board = use_board();
    let status = closing.status;
    let today = board.store.moment().today;
    let begin = board.store.with(|s| {
        // Several deals begin with nothing: what one of them says need not hold for all.
        let one = if let [one] = closing.deals[..] {
            s.world().state.tables.deals.get(one)
        } else {
            None
        };
        ClosureForm::new(one, status, today)
    });
    let form = RwSignal::new(begin);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let closing = StoredValue::new(closing);
    let submit = move || board.close_deals(closing.get_value(), form, errors);
    let on_key = move |event: KeyboardEvent| {
        // In the note Enter begins a line.
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            submit();
        }
    };
    view! {
        <form
            class="board-close"
            id=id
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
            on:keydown=on_key
        >
            <ClosureFields status form errors/>
        </form>
    }
}

/// Reason, date, competitor and note of a status.
#[component]
fn ClosureFields(
    /// What the deals become.
    status: Status,
    /// What was typed.
    form: RwSignal<ClosureForm>,
    /// What is wrong with it.
    errors: RwSignal<Vec<FieldError>>,
) -> impl IntoView {
    let board = use_board();
    let today = board.store.moment().today;
    let (reasons, rivals) = board.store.with(|s| {
        (
            lists::reasons(s.world(), status),
            lists::competitors(s.world()),
        )
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
    let picks = vec![
        DatePick::new("Today", today),
        DatePick::new(
            "Yesterday",
            today.checked_sub_days(Days::new(1)).unwrap_or(today),
        ),
    ];
    let latest = (status != Status::OnHold).then(|| today.to_string());
    let date = Signal::derive(move || form.with(|f| f.on.clone()));
    let note = Signal::derive(move || form.with(|f| f.note.clone()));
    view! {
        <Field label="Reason" error=error(field::REASON)>
            <Choices known=reasons form get=|f| &mut f.reason autofocus=true/>
        </Field>
        <Field label=if status == Status::OnHold { "Since" } else { "Date" } required=true error=error(field::CLOSED_ON)>
            <DateField value=date on_change=move |on| form.update(|f| f.on = on) picks max=latest/>
        </Field>
        {(status == Status::Lost).then(|| view! {
            <Field label="Lost to" hint="The competitor, if there was one" error=error(field::COMPETITOR)>
                <Choices known=rivals.clone() form get=|f| &mut f.competitor/>
            </Field>
        })}
        <Field label="Note" error=error(field::NOTE)>
            <TextArea value=note on_input=move |note| form.update(|f| f.note = note) rows=2/>
        </Field>
        {move || error(field::FORM)().map(|why| view! { <p class="board-close__error" role="alert">{why}</p> })}
    }
}

/// A text of a list, or another one.
#[component]
fn Choices(
    /// The list.
    known: Vec<String>,
    /// The form it belongs to.
    form: RwSignal<ClosureForm>,
    /// Its text in the form.
    get: fn(&mut ClosureForm) -> &mut String,
    /// Takes the focus when the dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let value = Memo::new(move |_| get(&mut form.get()).clone());
    let put = move |text: String| form.update(|f| *get(f) = text);
    let options = Memo::new(move |_| {
        let own = value.get();
        let extra = (!own.is_empty() && !known.contains(&own)).then_some(own);
        let option = |text: String| ComboOption {
            id: text.clone(),
            label: text,
            detail: String::new(),
        };
        known
            .iter()
            .cloned()
            .chain(extra)
            .map(option)
            .collect::<Vec<_>>()
    });
    view! { <Combobox options value on_pick=put on_create=put placeholder="Choose or type" autofocus/> }
}
