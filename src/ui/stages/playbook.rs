//! The playbook of a stage: how to work a deal there.

use leptos::prelude::*;

use super::Editor;
use crate::domain::command::follow::FollowCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::StageId;
use crate::domain::persona::{Link, Objection};
use crate::domain::stage::StageField;
use crate::ui::parts::{
    Button, ButtonKind, ButtonSize, Dialog, DialogKind, Field, Glyph, IconButton, TextArea,
    TextInput,
};

/// Two texts that belong together, such as an objection and its answer.
type Pair = (String, String);

/// What is being written.
#[derive(Clone, Copy)]
struct Draft {
    text: RwSignal<String>,
    /// One a line.
    questions: RwSignal<String>,
    objections: RwSignal<Vec<Pair>>,
    products: RwSignal<String>,
    links: RwSignal<Vec<Pair>>,
    error: RwSignal<Option<String>>,
}

/// The dialog.
#[component]
pub(super) fn PlaybookDialog(
    /// The stage editor.
    editor: Editor,
    /// Of which stage.
    stage: StageId,
) -> impl IntoView {
    let store = editor.store;
    let of = store.with(|s| s.world().state.tables.stages.get(stage).cloned());
    let draft = of.as_ref().map(|s| Draft {
        text: RwSignal::new(s.playbook.clone()),
        questions: RwSignal::new(s.questions.join("\n")),
        objections: RwSignal::new(
            s.objections
                .iter()
                .map(|o| (o.objection.clone(), o.answer.clone()))
                .collect(),
        ),
        products: RwSignal::new(s.product_notes.clone()),
        links: RwSignal::new(
            s.links
                .iter()
                .map(|l| (l.url.clone(), l.title.clone()))
                .collect(),
        ),
        error: RwSignal::new(None),
    });
    let close = move || editor.asked.set(None);
    let save = move || {
        let Some(draft) = draft else { return };
        let fields = vec![
            StageField::Playbook(draft.text.get_untracked()),
            StageField::Questions(
                draft
                    .questions
                    .with_untracked(|q| q.lines().map(str::to_owned).collect()),
            ),
            StageField::Objections(draft.objections.with_untracked(|all| {
                let pair = |(objection, answer): &Pair| Objection {
                    objection: objection.trim().to_owned(),
                    answer: answer.trim().to_owned(),
                };
                all.iter().map(pair).collect()
            })),
            StageField::ProductNotes(draft.products.get_untracked()),
            StageField::Links(draft.links.with_untracked(|all| {
                let link = |(url, title): &Pair| Link {
                    url: url.clone(),
                    title: title.clone(),
                };
                all.iter().map(link).collect()
            })),
        ];
        match store.run(Command::Follow(FollowCommand::EditPlaybook(stage, fields))) {
            Ok(_) | Err(Refusal::Nothing) => close(),
            Err(refusal) => draft.error.set(Some(refusal.to_string())),
        }
    };
    let title = of
        .map(|s| format!("Playbook: {}", s.name))
        .unwrap_or_default();
    view! {
        <Dialog
            open=true
            on_close=move |()| close()
            title
            kind=DialogKind::Sheet
            backdrop_closes=false
            footer=move || view! {
                <Button on_click=move |_| close()>"Cancel"</Button>
                <Button kind=ButtonKind::Primary on_click=move |_| save()>"Save"</Button>
            }
        >
            {draft.map(|draft| view! { <Fields draft/> })}
        </Dialog>
    }
}

#[component]
fn Fields(draft: Draft) -> impl IntoView {
    view! {
        <div class="playbook-form">
            <p class="field__hint">"Shown beside each deal that stands in this stage."</p>
            <Field label="How to work a deal here">
                <TextArea value=draft.text on_input=move |t| draft.text.set(t) rows=4/>
            </Field>
            <Field label="Questions to ask" hint="One a line. They can be ticked into a note.">
                <TextArea value=draft.questions on_input=move |t| draft.questions.set(t) rows=3/>
            </Field>
            <Pairs title="Objections" one="objection" first="They say" second="Answer" rows=draft.objections long=true/>
            <Field label="Products">
                <TextArea value=draft.products on_input=move |t| draft.products.set(t) rows=2/>
            </Field>
            <Pairs title="Links" one="link" first="Address" second="Title" rows=draft.links/>
            {move || draft.error.get().map(|why| view! { <p class="stages-form__error" role="alert">{why}</p> })}
        </div>
    }
}

/// A list of pairs that can be added to.
#[component]
fn Pairs(
    title: &'static str,
    one: &'static str,
    /// The label of the first text.
    first: &'static str,
    /// The label of the second text.
    second: &'static str,
    rows: RwSignal<Vec<Pair>>,
    /// The second text takes several lines.
    #[prop(optional)]
    long: bool,
) -> impl IntoView {
    let count = Memo::new(move |_| rows.with(Vec::len));
    let row = move |at: usize| {
        let text = move |second: bool| {
            Memo::new(move |_| {
                rows.with(|all| {
                    all.get(at)
                        .map(|(a, b)| if second { b.clone() } else { a.clone() })
                        .unwrap_or_default()
                })
            })
        };
        let set = move |second: bool, text: String| {
            rows.update(|all| {
                if let Some((a, b)) = all.get_mut(at) {
                    *(if second { b } else { a }) = text;
                }
            });
        };
        let remove = move |_| {
            rows.update(|all| {
                if at < all.len() {
                    all.remove(at);
                }
            });
        };
        let (a, b) = (text(false), text(true));
        view! {
            <li class="playbook-form__pair">
                <Field label=first><TextInput value=a on_input=move |t| set(false, t)/></Field>
                <Field label=second>
                    {if long {
                        view! { <TextArea value=b on_input=move |t| set(true, t) rows=2/> }.into_any()
                    } else {
                        view! { <TextInput value=b on_input=move |t| set(true, t)/> }.into_any()
                    }}
                </Field>
                <IconButton label=format!("Remove {one} {}", at + 1) glyph=Glyph::Close on_click=remove/>
            </li>
        }
    };
    view! {
        <fieldset class="playbook-form__pairs">
            <legend class="field__label">{title}</legend>
            <ul><For each=move || 0..count.get() key=|at| *at children=row/></ul>
            <Button size=ButtonSize::Small icon=Glyph::Plus on_click=move |_| rows.update(|all| all.push(Pair::default()))>
                {format!("Add {} {one}", if one.starts_with('o') { "an" } else { "a" })}
            </Button>
        </fieldset>
    }
}
