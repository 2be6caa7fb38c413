//! Messages that stay.

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

use super::button::IconButton;
use super::chip::Tone;
use super::icon::{Glyph, Icon};

/// A message across the page that stays until its cause is gone: changes not saved, a newer
/// version, data that could not be read. `Danger` interrupts what a screen reader says.
#[component]
pub fn Banner(
    /// The meaning: `Info`, `Warn` or `Danger`; `Info` when not given.
    #[prop(default = Tone::Info)]
    tone: Tone,
    /// What is the matter, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// What it means and what to do, in a sentence or two.
    #[prop(optional, into)]
    text: Signal<Option<String>>,
    /// Gives it a button to send it away.
    #[prop(optional, into)]
    on_dismiss: Option<UnsyncCallback<()>>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let urgent = tone == Tone::Danger;
    view! {
        <div class="banner" data-tone=tone.name() role=if urgent { "alert" } else { "status" }>
            <Icon glyph=tone.glyph()/>
            <p class="banner__text">
                <strong>{title}</strong>
                {block(move || text.get().map(|text| view! { <span>{text}</span> }))}
            </p>
            {children.map(|children| view! { <div class="banner__actions">{children()}</div> })}
            {on_dismiss.map(|on_dismiss| view! {
                <IconButton label="Dismiss" glyph=Glyph::Close on_click=move |_| on_dismiss.run(())/>
            })}
        </div>
    }
}
