//! Qualification frameworks: those everybody knows, and own ones; which pipeline uses which.

use super::order::RowButtons;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::qualify::QualifyCommand;
use crate::domain::frameworks::Template;
use crate::domain::ids::{FrameworkId, PipelineId, QuestionId};
use crate::domain::qualify::Question;
use crate::domain::query::qualify::{frameworks, questions};
use crate::ui::parts::{
    Button, ButtonKind, ButtonSize, Choice, Field, Glyph, IconButton, Select, TextArea, TextInput,
};
use crate::ui::stages::Draft;
use crate::ui::store::{Store, use_store};
use leptos::html;
use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn Qualification() -> impl IntoView {
    let store = use_store();
    let ids = Memo::new(move |_| {
        store.track_kind(Kind::Framework);
        store.with(|s| {
            frameworks(&s.world().state)
                .iter()
                .map(|f| f.id)
                .collect::<Vec<_>>()
        })
    });
    view! {
        <p class="page__lead">
            "What has to be known before a deal is worth the work? A framework asks it on each deal of its pipeline, and the deal shows how much is known and where the gaps are."
        </p>
        <Pipelines store ids/>
        <Templates store ids/>
        <ul class="frameworks" aria-label="Frameworks">
            <For each=move || ids.get() key=|id| *id let(id)>
                <FrameworkView store ids id/>
            </For>
        </ul>
        <Own store/>
    }
}

/// Which pipeline is qualified by what.
#[component]
fn Pipelines(store: Store, ids: Memo<Vec<FrameworkId>>) -> impl IntoView {
    let pipelines = Memo::new(move |_| {
        store.track_kind(Kind::Pipeline);
        store.with(|s| {
            s.world()
                .state
                .pipelines()
                .iter()
                .map(|p| p.id)
                .collect::<Vec<_>>()
        })
    });
    let options = Memo::new(move |_| {
        store.track_kind(Kind::Framework);
        let name = |id: FrameworkId| store.with(|s| s.world().state.name_of(id.into()));
        let all = ids
            .get()
            .into_iter()
            .map(|id| Choice::new(id.to_string(), name(id)));
        std::iter::once(Choice::new("none", "None"))
            .chain(all)
            .collect::<Vec<_>>()
    });
    let row = move |pipeline: PipelineId| {
        let name = move || {
            store.track(pipeline);
            let name = store.with(|s| s.world().state.name_of(pipeline.into()));
            format!("Deals in {name}")
        };
        let value = Signal::derive(move || {
            store.track(pipeline);
            let chosen = store.with(|s| {
                let pipeline = s.world().state.tables.pipelines.get(pipeline);
                pipeline.and_then(|p| p.framework)
            });
            chosen
                .filter(|id| ids.with(|ids| ids.contains(id)))
                .map_or_else(|| String::from("none"), |id| id.to_string())
        });
        let choose = move |id: String| {
            store.dispatch(Command::Qualify(QualifyCommand::ChooseFramework {
                pipeline,
                framework: id.parse().ok(),
            }));
        };
        view! { <Field label=Signal::derive(name)><Select options value on_change=choose/></Field> }
    };
    view! {
        <section class="score-rules" aria-labelledby="by-pipeline">
            <h2 class="score-rules__title" id="by-pipeline">"Used by"</h2>
            <div class="frameworks__pipelines">
                <For each=move || pipelines.get() key=|id| *id children=row/>
            </div>
        </section>
    }
}

/// The frameworks everybody knows, each added with one press.
#[component]
fn Templates(store: Store, ids: Memo<Vec<FrameworkId>>) -> impl IntoView {
    let left = move || {
        let known = ids.get();
        Template::ALL
            .iter()
            .copied()
            .filter(|t| !known.contains(&t.id()))
            .collect::<Vec<_>>()
    };
    let card = move |template: Template| {
        let add = move |_| store.dispatch(Command::Qualify(QualifyCommand::AddTemplate(template)));
        let abouts: Vec<&str> = template.questions().iter().map(|q| q.0).collect();
        view! {
            <li class="framework-offer">
                <h3 class="framework-offer__name">{template.name()}</h3>
                <p class="framework-offer__text">{template.purpose()}</p>
                <p class="framework-offer__asks">{abouts.join(" · ")}</p>
                <Button size=ButtonSize::Small icon=Glyph::Plus on_click=add>{format!("Add {}", template.name())}</Button>
            </li>
        }
    };
    move || {
        let left = left();
        (!left.is_empty()).then(|| {
            view! {
                <section class="score-rules" aria-labelledby="templates">
                    <h2 class="score-rules__title" id="templates">"Frameworks to begin with"</h2>
                    <ul class="framework-offers">{left.into_iter().map(card).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// A framework with its questions, all changed in place.
#[component]
fn FrameworkView(store: Store, ids: Memo<Vec<FrameworkId>>, id: FrameworkId) -> impl IntoView {
    let own = Memo::new(move |_| {
        store.track(id);
        store.with(|s| {
            s.world()
                .state
                .tables
                .frameworks
                .get(id)
                .map(|f| (f.name.clone(), f.purpose.clone()))
        })
    });
    let name =
        Signal::derive(move || own.with(|f| f.as_ref().map(|f| f.0.clone()).unwrap_or_default()));
    let purpose =
        Signal::derive(move || own.with(|f| f.as_ref().map(|f| f.1.clone()).unwrap_or_default()));
    let all = Memo::new(move |_| {
        store.track_kind(Kind::Question);
        store.with(|s| {
            questions(&s.world().state, id)
                .into_iter()
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let rows = Memo::new(move |_| all.with(|all| all.iter().map(|q| q.id).collect::<Vec<_>>()));
    let at = Signal::derive(move || {
        ids.with(|ids| ids.iter().position(|f| *f == id).unwrap_or_default())
    });
    let (names, purposes) = (Draft::new(), Draft::new());
    let save = move |draft: Draft, name: String, purpose: String| {
        draft.settle(store.run(Command::Qualify(QualifyCommand::SaveFramework {
            id: Some(id),
            name,
            purpose,
        })));
    };
    view! {
        <li class="framework">
            <div class="framework__head">
                <Field label="Name" label_hidden=true error=names.error() class="framework__name">
                    <TextInput value=names.or(move || name.get()) on_input=move |t| names.typed(t) on_commit=move |t| save(names, t, purpose.get_untracked())/>
                </Field>
                <RowButtons store what=id.into() name at count=Signal::derive(move || ids.with(Vec::len))/>
            </div>
            <Field label="What it is for" label_hidden=true error=purposes.error()>
                <TextArea rows=1 value=purposes.or(move || purpose.get()) on_input=move |t| purposes.typed(t) on_commit=move |t| save(purposes, name.get_untracked(), t) placeholder="What it is for"/>
            </Field>
            <ol class="framework__questions" aria-label=move || format!("Questions of {}", name.get())>
                <For each=move || rows.get() key=|id| *id let(question)>
                    <QuestionEdit store framework=id all id=question/>
                </For>
            </ol>
            <AddQuestion store framework=id/>
        </li>
    }
}

/// One question, changed in place.
#[component]
fn QuestionEdit(
    store: Store,
    framework: FrameworkId,
    all: Memo<Vec<Question>>,
    id: QuestionId,
) -> impl IntoView {
    let read = move |f: fn(&Question) -> String| {
        Signal::derive(move || {
            all.with(|all| all.iter().find(|q| q.id == id).map(f).unwrap_or_default())
        })
    };
    let (name, text, weight) = (
        read(|q| q.name.clone()),
        read(|q| q.text.clone()),
        read(|q| q.weight.to_string()),
    );
    let (names, texts, weights) = (Draft::new(), Draft::new(), Draft::new());
    let save = move |draft: Draft, name: String, text: String, weight: String| {
        draft.settle(store.run(Command::Qualify(QualifyCommand::SaveQuestion {
            id: Some(id),
            framework,
            name,
            text,
            weight: weight.parse().unwrap_or(0),
        })));
    };
    let weighed: Vec<Choice> = (1..=10)
        .map(|n| Choice::new(n.to_string(), format!("× {n}")))
        .collect();
    let at = Signal::derive(move || {
        all.with(|all| all.iter().position(|q| q.id == id).unwrap_or_default())
    });
    view! {
        <li class="framework__question">
            <Field label="About" label_hidden=true error=names.error() class="framework__about">
                <TextInput value=names.or(move || name.get()) on_input=move |t| names.typed(t) on_commit=move |t| save(names, t, text.get_untracked(), weight.get_untracked())/>
            </Field>
            <Field label="Weight" label_hidden=true error=weights.error() class="framework__weight">
                <Select options=weighed value=weight on_change=move |n| save(weights, name.get_untracked(), text.get_untracked(), n)/>
            </Field>
            <RowButtons store what=id.into() name at count=Signal::derive(move || all.with(Vec::len))/>
            <Field label="Question" label_hidden=true error=texts.error() class="framework__text">
                <TextArea rows=1 value=texts.or(move || text.get()) on_input=move |t| texts.typed(t) on_commit=move |t| save(texts, name.get_untracked(), t, weight.get_untracked()) placeholder="The question"/>
            </Field>
        </li>
    }
}

/// A box for one more question.
#[component]
fn AddQuestion(store: Store, framework: FrameworkId) -> impl IntoView {
    let draft = Draft::new();
    let text = draft.or(String::new);
    let input = NodeRef::<html::Input>::new();
    let add = move || {
        let name = text.get_untracked();
        if name.trim().is_empty() {
            return;
        }
        draft.settle(store.run(Command::Qualify(QualifyCommand::SaveQuestion {
            id: None,
            framework,
            name,
            text: String::new(),
            weight: 1,
        })));
        if let Some(input) = input.get_untracked() {
            // A control in the page takes the focus.
            let _ = input.focus();
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            add();
        }
    };
    view! {
        <div class="gate-editor__add" data-add="">
            <Field label="New question: what is it about?" label_hidden=true error=draft.error()>
                <TextInput value=text placeholder="One more question: what is it about?" node_ref=input on_input=move |t| draft.typed(t) on_key=on_key/>
            </Field>
            <Button size=ButtonSize::Small icon=Glyph::Plus on_click=move |_| add()>"Add"</Button>
        </div>
    }
}

/// A framework of one's own.
#[component]
fn Own(store: Store) -> impl IntoView {
    let open = RwSignal::new(false);
    let draft = Draft::new();
    let text = draft.or(String::new);
    let add = move || {
        let done = store.run(Command::Qualify(QualifyCommand::SaveFramework {
            id: None,
            name: text.get_untracked(),
            purpose: String::new(),
        }));
        if done.is_ok() {
            open.set(false);
        }
        draft.settle(done);
    };
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            add();
        }
        "Escape" => open.set(false),
        _ => {}
    };
    move || {
        if open.get() {
            view! {
                <div class="gate-editor__add frameworks__own">
                    <Field label="Name of the framework" error=draft.error()>
                        <TextInput value=text autofocus=true on_input=move |t| draft.typed(t) on_key=on_key/>
                    </Field>
                    <Button kind=ButtonKind::Primary on_click=move |_| add()>"Add"</Button>
                    <IconButton label="Cancel" glyph=Glyph::Close on_click=move |_| open.set(false)/>
                </div>
            }
            .into_any()
        } else {
            view! { <Button icon=Glyph::Plus on_click=move |_| open.set(true)>"Add a framework of your own"</Button> }.into_any()
        }
    }
}
