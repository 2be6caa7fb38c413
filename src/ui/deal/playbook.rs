//! How to work a deal in its stage: the stage's playbook, beside the deal.

use super::page::use_page;
use crate::app::form::activity::ActivityForm;
use crate::domain::activity::ActivityKind;
use crate::domain::persona::{Link, Objection};
use crate::ui::parts::*;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the stage says.
#[derive(Clone, Debug, Default, PartialEq)]
struct Book {
    stage: String,
    text: String,
    questions: Vec<String>,
    objections: Vec<Objection>,
    products: String,
    links: Vec<Link>,
}

impl Book {
    fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
            && self.questions.is_empty()
            && self.objections.is_empty()
            && self.products.trim().is_empty()
            && self.links.is_empty()
    }
}

/// Whether an address leads to the web; a file from elsewhere may hold anything.
pub(super) fn is_web(url: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    url.starts_with("https://") || url.starts_with("http://")
}

/// The playbook; can be folded away, and stays so.
#[component]
pub(super) fn Playbook() -> impl IntoView {
    let page = use_page();
    let prefs = page.store.prefs();
    let book = page.read(|world, deal| {
        world
            .state
            .stage_of(deal)
            .map_or_else(Book::default, |s| Book {
                stage: s.name.clone(),
                text: s.playbook.clone(),
                questions: s.questions.clone(),
                objections: s.objections.clone(),
                products: s.product_notes.clone(),
                links: s.links.clone(),
            })
    });
    let folded = Memo::new(move |_| prefs.with(|p| p.playbook_folded));
    let body = unique_id("playbook");
    move || {
        let body = body.clone();
        book.with(|book| !book.is_empty()).then(|| view! {
            <section class="deal-group playbook" aria-labelledby="deal-playbook">
                <h2 class="deal-section">
                    <button
                        type="button"
                        class="playbook__fold"
                        id="deal-playbook"
                        aria-expanded=move || if folded.get() { "false" } else { "true" }
                        aria-controls=body.clone()
                        on:click=move |_| prefs.update(|p| p.playbook_folded = !p.playbook_folded)
                    >
                        <Icon glyph=Glyph::ChevronDown/>
                        {move || format!("Playbook: {}", book.with(|b| b.stage.clone()))}
                    </button>
                </h2>
                <div id=body.clone()>
                    {move || (!folded.get()).then(|| view! { <Pages book=book.get()/> })}
                </div>
            </section>
        })
    }
}

/// What it says.
#[component]
fn Pages(book: Book) -> impl IntoView {
    let Book {
        text,
        questions,
        objections,
        products,
        links,
        ..
    } = book;
    let objection = |o: Objection| {
        view! { <div class="playbook__objection"><dt>{o.objection}</dt><dd>{o.answer}</dd></div> }
    };
    let link = |link: Link| {
        let name = if link.title.trim().is_empty() {
            link.url.clone()
        } else {
            link.title
        };
        // The page it leads to is not told where from.
        if is_web(&link.url) {
            view! { <li><a href=link.url target="_blank" rel="noopener noreferrer">{name}</a></li> }
                .into_any()
        } else {
            view! { <li>{name}</li> }.into_any()
        }
    };
    view! {
        <div class="playbook__pages">
            {(!text.trim().is_empty()).then(|| view! { <p class="playbook__text">{text}</p> })}
            {(!questions.is_empty()).then(|| view! { <Questions questions/> })}
            {(!objections.is_empty()).then(|| view! {
                <h3 class="deal-group__sub">"Objections"</h3>
                <dl class="playbook__objections">{objections.into_iter().map(objection).collect_view()}</dl>
            })}
            {(!products.trim().is_empty()).then(|| view! {
                <h3 class="deal-group__sub">"Products"</h3>
                <p class="playbook__text">{products}</p>
            })}
            {(!links.is_empty()).then(|| view! {
                <h3 class="deal-group__sub">"Read more"</h3>
                <ul class="playbook__links">{links.into_iter().map(link).collect_view()}</ul>
            })}
        </div>
    }
}

/// Questions to ask; those ticked go into a note.
#[component]
fn Questions(questions: Vec<String>) -> impl IntoView {
    let page = use_page();
    let ticked = RwSignal::new(Vec::<String>::new());
    let to_note = move |_| {
        let lines: Vec<String> = ticked.get_untracked();
        ticked.set(Vec::new());
        page.writing.update(|form| {
            if form.kind != ActivityKind::Note && form.text.trim().is_empty() {
                *form = ActivityForm::blank(page.id, ActivityKind::Note);
            }
            let mut text = form.text.trim_end().to_owned();
            for line in lines {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&line);
                text.push(' ');
            }
            form.text = text;
        });
        request_animation_frame(|| {
            let area = document()
                .query_selector(".deal-page__main .deal-composer textarea")
                .ok()
                .flatten();
            if let Some(area) = area.and_then(|a| a.dyn_into::<HtmlElement>().ok()) {
                // A control in the page takes the focus.
                let _ = area.focus();
            }
        });
    };
    let row = move |question: String| {
        let (own, other) = (question.clone(), question.clone());
        view! {
            <li>
                <Checkbox
                    label=question
                    checked=Signal::derive(move || ticked.with(|all| all.contains(&own)))
                    on_change=move |on| ticked.update(|all| {
                        all.retain(|q| *q != other);
                        if on {
                            all.push(other.clone());
                        }
                    })
                />
            </li>
        }
    };
    view! {
        <h3 class="deal-group__sub">"Questions to ask"</h3>
        <ul class="playbook__questions">{questions.into_iter().map(row).collect_view()}</ul>
        {move || ticked.with(|all| !all.is_empty()).then(|| view! {
            <Button size=ButtonSize::Small icon=Glyph::Note on_click=to_note>"Put into a note"</Button>
        })}
    }
}
