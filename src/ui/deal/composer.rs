//! Writing down or planning an activity.

use super::details::{Details, DetailsToggle, How, says_more};
use super::for_deal::ForDeal;
use super::more::glyph_of;
use super::when::{When, instant};
use crate::app::form::activity::ActivityForm;
use crate::app::form::{FieldError, field, print_date, print_time};
use crate::domain::activity::ActivityKind;
use crate::domain::command::{Command, Refusal};
use crate::shell::clock;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// A text for a kind of activity, and when: to be done on a day, or done now.
///
/// Given `on_done`, it is called after saving and by Cancel; without, the box stays, empty,
/// for the next one.
#[component]
pub fn Composer(
    /// What it begins with.
    begin: ActivityForm,
    /// Where what is typed is kept, when it outlives the box.
    #[prop(optional)]
    kept: Option<RwSignal<ActivityForm>>,
    /// Called when it is over.
    #[prop(optional, into)]
    on_done: Option<UnsyncCallback<()>>,
    /// It stands for the next step: to be planned, of a kind that can be.
    #[prop(optional)]
    next_step: bool,
    /// Its button is the main one, though nothing can be cancelled.
    #[prop(optional)]
    main: bool,
    /// Called after saving only.
    #[prop(optional, into)]
    on_saved: Option<UnsyncCallback<()>>,
    /// Takes the focus when a dialog opens, or when it comes.
    #[prop(optional)]
    autofocus: bool,
    /// What is wrong with it, where parts outside of the box show that too.
    #[prop(optional)]
    wrong: Option<RwSignal<Vec<FieldError>>>,
) -> impl IntoView {
    let store = use_store();
    let new = begin.activity.is_none();
    let about = (begin.deal, begin.contact, begin.organisation);
    let form = kept.unwrap_or_else(|| RwSignal::new(begin));
    let errors = wrong.unwrap_or_default();
    let was = StoredValue::new(was_done(store, form));
    let details = RwSignal::new(form.with_untracked(says_more));
    let over = move || {
        if let Some(on_done) = on_done {
            on_done.run(());
        }
    };
    let root = NodeRef::<leptos::html::Div>::new();
    let submit = move || {
        if root.get_untracked().is_some_and(|root| !settled(&root)) {
            return;
        }
        let mut draft = match form.with_untracked(|f| f.submit(instant)) {
            Ok(draft) => Box::new(draft),
            Err(found) => return errors.set(found),
        };
        let shown = form.with_untracked(|f| (f.done_on.clone(), f.done_time.clone()));
        if was.with_value(|was| was.as_ref() == Some(&shown)) {
            // Shown to the minute, known to the millisecond.
            draft.done_at = None;
        }
        let id = form.with_untracked(|f| f.activity);
        match store.run(Command::SaveActivity { id, draft }) {
            Ok(_) | Err(Refusal::Nothing) => {
                errors.set(Vec::new());
                // The next one is mostly of the same kind.
                form.update(|f| {
                    if f.activity.is_none() {
                        let (deal, contact, organisation) = about;
                        *f = ActivityForm {
                            // And for the same deal.
                            deal: deal.or(f.deal),
                            contact,
                            organisation,
                            ..ActivityForm::empty(f.kind)
                        };
                    }
                });
                if let Some(on_saved) = on_saved {
                    on_saved.run(());
                }
                over();
            }
            Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let whole = event.ctrl_key() || event.meta_key();
        if event.key() == "Enter" && whole && !event.default_prevented() {
            event.prevent_default();
            // Not also the keys of a form it may stand in.
            event.stop_propagation();
            submit();
        }
        if event.key() == "Escape" && on_done.is_some() && !event.default_prevented() {
            event.prevent_default();
            event.stop_propagation();
            over();
        }
    };
    let for_deal = about.0.is_none() && !next_step;
    let kind = Memo::new(move |_| form.with(|f| f.kind));
    let done = Memo::new(move |_| form.with(|f| f.done));
    let label = move || match (new, kind.get(), done.get()) {
        (false, ..) => String::from("Save"),
        (true, ActivityKind::Note, _) => String::from("Add note"),
        (true, kind, true) => format!("Log {}", kind.label().to_lowercase()),
        (true, kind, false) => format!("Plan {}", kind.label().to_lowercase()),
    };
    view! {
        <div class="deal-composer" node_ref=root class:deal-composer--small=on_done.is_some() on:keydown=on_key>
            <What form errors next_step autofocus/>
            {move || (kind.get() != ActivityKind::Note).then(|| view! { <When form errors next_step/> })}
            {move || (done.get() && kind.get() != ActivityKind::Note).then(|| view! { <How form/> })}
            {for_deal.then(|| view! { <ForDeal form/> })}
            <Details form errors open=details/>
            {move || errors.with(|all| all.iter().find(|e| e.field == field::FORM).map(|e| e.message.clone()))
                .map(|why| view! { <p class="deal-composer__error" role="alert">{why}</p> })}
            <div class="deal-composer__foot">
                <DetailsToggle open=details/>
                {on_done.is_some().then(|| view! {
                    <Button size=ButtonSize::Small kind=ButtonKind::Ghost on_click=move |_| over()>"Cancel"</Button>
                })}
                <Button
                    size=ButtonSize::Small
                    kind=if on_done.is_some() || main { ButtonKind::Primary } else { ButtonKind::Secondary }
                    kbd="Mod+Enter"
                    on_click=move |_| submit()
                >
                    {label}
                </Button>
            </div>
        </div>
    }
}

/// What the form shows of when its activity was done, filled in from what is known; none of one
/// that is not done yet.
fn was_done(store: Store, form: RwSignal<ActivityForm>) -> Option<(String, String)> {
    let id = form.with_untracked(|f| f.activity)?;
    let done = store.with(|s| s.world().state.tables.activities.get(id)?.done)?;
    let day = clock::civil_date(done)?;
    let minute = u16::try_from((done - clock::instant(day, 0)).div_euclid(60_000)).ok();
    let shown = (
        print_date(Some(day)),
        minute
            .filter(|m| *m < 24 * 60)
            .map(print_time)
            .unwrap_or_default(),
    );
    form.update(|f| (f.done_on, f.done_time) = shown.clone());
    Some(shown)
}

/// The shown error of a field.
pub(super) fn error_of(
    errors: RwSignal<Vec<FieldError>>,
    name: &'static str,
) -> impl Fn() -> Option<String> + Copy {
    move || {
        errors.with(|all| {
            all.iter()
                .find(|e| e.field == name)
                .map(|e| e.message.clone())
        })
    }
}

/// Kind and text.
#[component]
fn What(
    /// What was typed.
    form: RwSignal<ActivityForm>,
    /// What is wrong with it.
    errors: RwSignal<Vec<FieldError>>,
    /// Only kinds that can be planned.
    next_step: bool,
    /// The text takes the focus.
    autofocus: bool,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get().filter(|_| autofocus) {
            // A control in the page takes the focus.
            let _ = node.focus();
        }
    });
    let kind = Memo::new(move |_| form.with(|f| f.kind));
    let text = Memo::new(move |_| form.with(|f| f.text.clone()));
    // A note comes first: it is what is written most.
    let mut kinds: Vec<ActivityKind> = vec![ActivityKind::Note];
    kinds.extend(
        ActivityKind::ALL
            .iter()
            .filter(|k| **k != ActivityKind::Note),
    );
    kinds.retain(|k| !next_step || *k != ActivityKind::Note);
    let kinds: Vec<Choice> = kinds
        .into_iter()
        .map(|k| Choice::new(k.code(), k.label()).icon(glyph_of(k)))
        .collect();
    let hint = move || match kind.get() {
        ActivityKind::Note => "Write a note",
        ActivityKind::Task => "What is to be done",
        ActivityKind::Call => "What the call is about",
        ActivityKind::Email => "What the e-mail is about",
        ActivityKind::Meeting => "What the meeting is about",
    };
    view! {
        <Segmented
            options=Signal::stored(kinds)
            value=move || kind.get().code().to_owned()
            on_change=move |code: String| form.update(|f| f.kind = ActivityKind::from_code(&code).unwrap_or(f.kind))
            label="Kind of activity"
        />
        <Field label=move || hint().to_owned() label_hidden=true error=error_of(errors, field::NEXT)>
            <TextArea
                value=text
                on_input=move |text| {
                    errors.update(|all| all.retain(|e| e.field != field::NEXT));
                    form.update(|f| f.text = text);
                }
                placeholder=move || hint().to_owned()
                rows=if next_step { 1 } else { 2 }
                autofocus=autofocus
                node_ref=node
            />
        </Field>
    }
}
