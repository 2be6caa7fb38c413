//! Writing a note to a member of the team: coaching, praise, what was agreed, a win.

use super::pick::members;
use crate::app::form::FieldError;
use crate::domain::change::Kind;
use crate::domain::command::review::ReviewCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::{CoachingId, DealId, PersonId};
use crate::domain::review::{Coaching, CoachingField, CoachingKind};
use crate::ui::deal::due_picks;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// A note being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoachDraft {
    /// Which, unless new.
    pub id: Option<CoachingId>,
    /// To whom.
    pub person: Option<PersonId>,
    /// What it is.
    pub kind: CoachingKind,
    /// What it says.
    pub text: String,
    /// The deal it is about.
    pub deal: Option<DealId>,
    /// When to come back to it, `2026-03-31` or empty.
    pub follow_up: String,
}

impl CoachDraft {
    /// An empty note of a kind.
    #[must_use]
    pub fn new(kind: CoachingKind) -> Self {
        Self {
            id: None,
            person: None,
            kind,
            text: String::new(),
            deal: None,
            follow_up: String::new(),
        }
    }

    /// A note that is there, to be changed.
    #[must_use]
    pub fn of(note: &Coaching) -> Self {
        Self {
            id: Some(note.id),
            person: note.person,
            kind: note.kind,
            text: note.text.clone(),
            deal: note.deal,
            follow_up: note.follow_up.map(|d| d.to_string()).unwrap_or_default(),
        }
    }

    fn command(&self) -> Command {
        Command::Review(ReviewCommand::Coach {
            id: self.id,
            fields: vec![
                CoachingField::Person(self.person),
                CoachingField::Kind(self.kind),
                CoachingField::Text(self.text.clone()),
                CoachingField::Deal(self.deal),
                CoachingField::FollowUp(self.follow_up.parse().ok()),
            ],
        })
    }
}

/// The dialog, open while there is a draft.
#[component]
pub fn CoachDialog(
    /// What is being written; set to none to close it.
    draft: RwSignal<Option<CoachDraft>>,
) -> impl IntoView {
    let store = use_store();
    let open = Memo::new(move |_| draft.with(Option::is_some));
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let title = Memo::new(move |before: Option<&String>| {
        // Kept while it closes.
        let now = draft.with(|d| {
            let verb = if d.as_ref()?.id.is_some() {
                "Change"
            } else {
                "Write"
            };
            Some(format!("{verb} a note"))
        });
        now.or(before.cloned()).unwrap_or_default()
    });
    let close = move || {
        errors.set(Vec::new());
        draft.set(None);
    };
    let save = move || {
        let Some(command) = draft.with_untracked(|d| d.as_ref().map(CoachDraft::command)) else {
            return;
        };
        match store.run(command) {
            Ok(_) | Err(Refusal::Nothing) => close(),
            Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
        }
    };
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| close()>"Cancel"</Button>
            <Button kind=ButtonKind::Primary kbd="Mod+Enter" on_click=move |_| save()>"Save"</Button>
        }
    };
    view! {
        <Dialog open on_close=move |()| close() title kind=DialogKind::Medium footer>
            {move || open.get().then(|| view! {
                <div class="coach" on:keydown=move |event| if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                    event.prevent_default();
                    save();
                }>
                    <CoachFields draft errors/>
                </div>
            })}
        </Dialog>
    }
}

#[component]
fn CoachFields(
    /// What is being written.
    draft: RwSignal<Option<CoachDraft>>,
    /// What is wrong with it.
    errors: RwSignal<Vec<FieldError>>,
) -> impl IntoView {
    let store = use_store();
    let people = Memo::new(move |_| {
        store.track_kind(Kind::Person);
        store.with(|s| members(&s.world().state))
    });
    let read = move |get: fn(&CoachDraft) -> String| {
        Memo::new(move |_| draft.with(|d| d.as_ref().map(get).unwrap_or_default()))
    };
    let put = move |set: fn(&mut CoachDraft, String)| {
        move |text: String| {
            draft.update(|d| {
                if let Some(d) = d {
                    set(d, text);
                }
            });
        }
    };
    let error = move |name: &'static str| {
        move || {
            errors.with(|all| {
                let own =
                    |e: &&FieldError| e.field == name || (name == "text" && e.field == "form");
                all.iter().find(own).map(|e| e.message.clone())
            })
        }
    };
    let kinds: Vec<Choice> = CoachingKind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), k.label()))
        .collect();
    let about = Memo::new(move |_| {
        let deal = draft.with(|d| d.as_ref()?.deal)?;
        Some(store.with(|s| s.world().state.name_of(deal.into())))
    });
    let today = store.moment().today;
    view! {
        <Field label="For" required=true error=error("person")>
            <Select
                options=people
                value=read(|d| d.person.map(|id| id.to_string()).unwrap_or_default())
                on_change=put(|d, id| d.person = id.parse().ok())
                placeholder="Choose a member"
            />
        </Field>
        <Segmented
            options=Signal::stored(kinds)
            value=read(|d| d.kind.code().to_owned())
            on_change=put(|d, code| d.kind = CoachingKind::from_code(&code).unwrap_or(d.kind))
            label="What it is"
        />
        <Field label="Note" required=true error=error("text")>
            <TextArea rows=4 value=read(|d| d.text.clone()) on_input=put(|d, text| d.text = text) autofocus=true/>
        </Field>
        {move || about.get().map(|title| view! { <p class="coach__about">{format!("About the deal {title}")}</p> })}
        <Field label="Come back to it on">
            <DateField value=read(|d| d.follow_up.clone()) on_change=put(|d, day| d.follow_up = day) picks=Signal::stored(due_picks(today))/>
        </Field>
    }
}
