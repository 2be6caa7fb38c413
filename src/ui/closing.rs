//! Asking when and why deals were won, lost or put on hold: one dialog for the board and for
//! the page of a deal.

use crate::app::form::closure::ClosureForm;
use crate::app::form::{FieldError, field, lists};
use crate::domain::command::sell::SellCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::deal::{Closure, Status};
use crate::domain::ids::{DealId, StageId};
use crate::domain::line::Period;
use crate::domain::query::board::Place;
use crate::domain::query::lines;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use chrono::Days;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which deals.
    pub deals: Vec<DealId>,
    /// What they become; never open.
    pub status: Status,
    /// Where they go; none for where their status leads.
    pub to: Option<(StageId, Place)>,
    /// The heading.
    pub title: String,
}

impl Asked {
    fn verb(&self) -> &'static str {
        match self.status {
            Status::Open => "Reopen",
            Status::Won => "Mark as won",
            Status::Lost => "Mark as lost",
            Status::OnHold => "Put on hold",
        }
    }

    fn command(&self, closure: Closure) -> Command {
        let deals = self.deals.clone();
        match self.to {
            Some((stage, place)) => Command::Move {
                deals,
                stage,
                place,
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

/// The dialog, open while something is asked. Enter confirms it as it is, in the note with
/// Control or Command; Escape leaves the deals as they were.
#[component]
pub fn CloseDialog(
    /// What is asked; none while closed.
    #[prop(into)]
    asked: Signal<Option<Asked>>,
    /// Called when the deals are to stay as they are.
    #[prop(into)]
    on_cancel: UnsyncCallback<()>,
    /// Carries the command out. The dialog stays open, and says why, when that is refused.
    #[prop(into)]
    on_close: UnsyncCallback<Command, Result<(), Refusal>>,
) -> impl IntoView {
    let open = Memo::new(move |_| asked.with(Option::is_some));
    let title = Memo::new(move |before: Option<&String>| {
        // Kept while it closes.
        let now = asked.with(|a| a.as_ref().map(|a| a.title.clone()));
        now.or(before.cloned()).unwrap_or_default()
    });
    let form = StoredValue::new(unique_id("close"));
    let verb = move || asked.with(|a| a.as_ref().map_or("", Asked::verb));
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| on_cancel.run(())>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form=form.get_value()>{verb}</Button>
        }
    };
    view! {
        <Dialog open title kind=DialogKind::Small on_close=move |()| on_cancel.run(()) footer=footer>
            {move || asked.get().map(|asked| view! { <CloseForm asked id=form.get_value() on_close/> })}
        </Dialog>
    }
}

/// What was typed so far.
#[derive(Clone, Copy)]
struct Answer {
    asked: StoredValue<Asked>,
    form: RwSignal<ClosureForm>,
    errors: RwSignal<Vec<FieldError>>,
}

impl Answer {
    fn error(self, name: &'static str) -> impl Fn() -> Option<String> + Copy + Send + Sync {
        let of = move |e: &FieldError| (e.field == name).then(|| e.message.clone());
        move || self.errors.with(|all| all.iter().find_map(of))
    }

    fn text(self, get: fn(&ClosureForm) -> &String) -> Memo<String> {
        Memo::new(move |_| self.form.with(|f| get(f).clone()))
    }

    fn put(self, get: fn(&mut ClosureForm) -> &mut String) -> impl Fn(String) + Copy {
        move |text: String| self.form.update(|f| *get(f) = text)
    }

    /// The one deal that is asked about.
    fn one(self) -> Option<DealId> {
        self.asked.with_value(|asked| match asked.deals[..] {
            [one] => Some(one),
            _ => None,
        })
    }
}

#[component]
fn CloseForm(
    /// What is asked.
    asked: Asked,
    /// The id of the form, for the button outside of it.
    id: String,
    /// Carries the command out.
    on_close: UnsyncCallback<Command, Result<(), Refusal>>,
) -> impl IntoView {
    let store = use_store();
    let today = store.moment().today;
    let status = asked.status;
    let begin = store.with(|s| {
        // Several deals begin with nothing: what one of them says need not hold for all.
        let deals = &s.world().state.tables.deals;
        let one = match asked.deals[..] {
            [one] => deals.get(one),
            _ => None,
        };
        ClosureForm::new(one, status, today)
    });
    let answer = Answer {
        asked: StoredValue::new(asked),
        form: RwSignal::new(begin),
        errors: RwSignal::new(Vec::new()),
    };
    let command = move || {
        let closure = answer.form.with_untracked(|f| f.submit(status, today))?;
        let closing = answer.asked.with_value(|asked| asked.command(closure));
        if status != Status::Won {
            return Ok(closing);
        }
        let renewal = store.with(|s| {
            let state = &s.world().state;
            let deal = answer.one().and_then(|id| state.tables.deals.get(id));
            answer.form.with_untracked(|f| f.renewal_date(state, deal))
        })?;
        Ok(Command::Sell(SellCommand::Win {
            closing: Box::new(closing),
            renewal,
        }))
    };
    let submit = move || {
        let command: Result<Command, Vec<FieldError>> = command();
        match command.map(|command| on_close.run(command)) {
            Ok(Ok(()) | Err(Refusal::Nothing)) => {}
            Ok(Err(refusal)) => answer.errors.set(vec![FieldError::from_refusal(&refusal)]),
            Err(found) => answer.errors.set(found),
        }
    };
    let on_key = move |event: KeyboardEvent| {
        // In the note Enter begins a line.
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            submit();
        }
    };
    view! {
        <form
            class="closing"
            id=id
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
            on:keydown=on_key
        >
            <ClosureFields answer status/>
        </form>
    }
}

/// Reason, date, competitor, renewal and note of a status.
#[component]
fn ClosureFields(
    /// What was typed.
    answer: Answer,
    /// What the deals become.
    status: Status,
) -> impl IntoView {
    let store = use_store();
    let today = store.moment().today;
    let (reasons, rivals) = store.with(|s| {
        (
            lists::reasons(s.world(), status),
            lists::competitors(s.world()),
        )
    });
    let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    let picks = vec![
        DatePick::new("Today", today),
        DatePick::new("Yesterday", yesterday),
    ];
    let latest = (status != Status::OnHold).then(|| today.to_string());
    view! {
        <Field label="Reason" error=answer.error(field::REASON)>
            <Choices known=reasons answer get=|f| &f.reason put=|f| &mut f.reason autofocus=true/>
        </Field>
        <Field label=if status == Status::OnHold { "Since" } else { "Date" } required=true error=answer.error(field::CLOSED_ON)>
            <DateField value=answer.text(|f| &f.on) on_change=answer.put(|f| &mut f.on) picks=Signal::stored(picks) max=latest/>
        </Field>
        {(status == Status::Lost).then(|| view! {
            <Field label="Lost to" hint="The competitor, if there was one" error=answer.error(field::COMPETITOR)>
                <Choices known=rivals.clone() answer get=|f| &f.competitor put=|f| &mut f.competitor/>
            </Field>
        })}
        {(status == Status::Won).then(|| view! { <RenewalField answer/> })}
        <Field label="Note" error=answer.error(field::NOTE)>
            <TextArea value=answer.text(|f| &f.note) on_input=answer.put(|f| &mut f.note) rows=2/>
        </Field>
        {move || answer.error(field::FORM)().map(|why| view! { <p class="closing__error" role="alert">{why}</p> })}
    }
}

/// When what was sold is up for renewal, where anything recurs.
#[component]
fn RenewalField(
    /// What was typed.
    answer: Answer,
) -> impl IntoView {
    let store = use_store();
    // How many of the deals have lines that recur, and how the one asked about does.
    let (recurring, how) = store.with(|s| {
        let deals = &s.world().state.tables.deals;
        let recurs = |id: &DealId| {
            let deal = deals.get(*id)?;
            let periods = deal.lines.iter().filter_map(|(_, line)| line.period);
            periods.min_by_key(|p: &Period| p.months())
        };
        let asked = answer.asked.get_value().deals;
        let all: Vec<Period> = asked.iter().filter_map(recurs).collect();
        (all.len(), all.first().copied())
    });
    let one = answer.one();
    let set = store.with(|s| {
        let deals = &s.world().state.tables.deals;
        one.and_then(|id| deals.get(id)?.renewal).is_some()
    });
    if recurring == 0 && !set {
        return ().into_any();
    }
    let Some(id) = one else {
        let text = format!(
            "{recurring} of these recur. Each gets the renewal date that the terms of its lines lead to."
        );
        return view! { <p class="closing__hint">{text}</p> }.into_any();
    };
    let value = Memo::new(move |_| {
        answer.form.with(|form| {
            store.with(|s| {
                let deal = s.world().state.tables.deals.get(id);
                let state = &s.world().state;
                deal.map(|deal| form.renewal(state, deal))
                    .unwrap_or_default()
            })
        })
    });
    let suggested = move || {
        let won = answer.form.with(|f| f.on.parse().ok())?;
        store.with(|s| {
            let state = &s.world().state;
            lines::renewal_date(state, state.tables.deals.get(id)?, won)
        })
    };
    let hint = move || {
        let recurs = how.map_or("", Period::label);
        suggested().map(|on| {
            format!(
                "Lines recur {recurs}; the first of them ends on {}.",
                fmt::date(on)
            )
        })
    };
    let put = move |text: String| answer.form.update(|f| f.renewal = Some(text));
    view! {
        <Field label="Up for renewal on" hint error=answer.error(field::RENEWAL)>
            <DateField value on_change=put/>
        </Field>
    }
    .into_any()
}

/// A text of a list, or another one.
#[component]
fn Choices(
    /// The list.
    known: Vec<String>,
    /// The form it belongs to.
    answer: Answer,
    /// Its text in the form.
    get: fn(&ClosureForm) -> &String,
    /// The same, to be changed.
    put: fn(&mut ClosureForm) -> &mut String,
    /// Takes the focus when the dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let value = answer.text(get);
    let put = answer.put(put);
    let options = Memo::new(move |_| {
        let own = value.get();
        let extra = (!own.is_empty() && !known.contains(&own)).then_some(own);
        let option = |text: String| ComboOption {
            id: text.clone(),
            label: text,
            detail: String::new(),
        };
        let all = known.iter().cloned().chain(extra);
        all.map(option).collect::<Vec<_>>()
    });
    view! { <Combobox options value on_pick=put on_create=put placeholder="Choose or type" autofocus/> }
}
