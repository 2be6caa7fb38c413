//! A persona as a card: a line, and more when it is opened.

use leptos::prelude::*;

use crate::app::route::{ProcessPage, Route};
use crate::domain::ids::PersonaId;
use crate::domain::persona::Persona;
use crate::ui::parts::*;
use crate::ui::store::use_store;

/// What is known of a kind of buyer; nothing when the persona is gone.
#[component]
pub fn PersonaCard(
    /// Which.
    id: PersonaId,
    /// Whose persona it is, for its heading; none on their own page.
    #[prop(optional, into)]
    of: Option<String>,
) -> impl IntoView {
    let store = use_store();
    let persona = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.personas.get(id).cloned())
    });
    let of = StoredValue::new(of);
    move || {
        persona.get().map(|persona| {
            let lead = first_line(&persona);
            let name = persona.name.clone();
            view! {
                <details class="persona-card">
                    <summary class="persona-card__head">
                        <Icon glyph=Glyph::User/>
                        <span class="persona-card__name">{name}</span>
                        {of.get_value().map(|of| view! { <span class="persona-card__of">{of}</span> })}
                        <Icon glyph=Glyph::ChevronDown class="persona-card__chevron"/>
                        {lead.map(|lead| view! { <span class="persona-card__lead">{lead}</span> })}
                    </summary>
                    <div class="persona-card__body">{body(persona)}</div>
                </details>
            }
        })
    }
}

fn first_line(persona: &Persona) -> Option<String> {
    let text = [
        &persona.motivations,
        &persona.behaviours,
        &persona.demographics,
    ];
    let lines = text.into_iter().filter_map(|t| t.lines().next());
    lines
        .map(str::trim)
        .find(|l| !l.is_empty())
        .map(str::to_owned)
}

fn body(persona: Persona) -> impl IntoView {
    let part = |label: &'static str, text: String| {
        (!text.trim().is_empty()).then(|| {
            view! { <div class="persona-card__part"><dt>{label}</dt><dd>{text}</dd></div> }
        })
    };
    let objections = persona.objections.into_iter().map(|o| {
        view! {
            <div class="persona-card__objection">
                <dt>{format!("“{}”", o.objection)}</dt>
                <dd>{o.answer}</dd>
            </div>
        }
    });
    let objections: Vec<_> = objections.collect();
    let has_objections = !objections.is_empty();
    view! {
        <dl>
            {part("Motivations", persona.motivations)}
            {part("Behaviours", persona.behaviours)}
            {part("Demographics", persona.demographics)}
            {part("What to say", persona.messages)}
            {part("Channels", persona.channels.join(", "))}
        </dl>
        {has_objections.then(|| view! {
            <p class="persona-card__label">"Objections and answers"</p>
            <dl>{objections}</dl>
        })}
        <a class="persona-card__edit" href=Route::Process(ProcessPage::Personas).print()>"All personas"</a>
    }
}
