//! Small labels: chips say what a thing is, badges how many.

use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// The meaning a colour carries. The text beside it must say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// No meaning.
    #[default]
    Neutral,
    /// The accent.
    Accent,
    /// For your information.
    Info,
    /// Went well.
    Success,
    /// Needs attention.
    Warn,
    /// Went wrong, or will.
    Danger,
}

impl Tone {
    /// The value of `data-tone`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warn => "warn",
            Self::Danger => "danger",
        }
    }

    /// The icon that says the same without colour.
    pub(super) fn glyph(self) -> Glyph {
        match self {
            Self::Neutral | Self::Accent | Self::Info => Glyph::Info,
            Self::Success => Glyph::Check,
            Self::Warn | Self::Danger => Glyph::Warning,
        }
    }
}

/// A short label with a coloured ground, perhaps with a button that removes it.
#[component]
pub fn Chip(
    /// The meaning; `Neutral` when not given. Not used when there is a `hue`.
    #[prop(optional)]
    tone: Tone,
    /// A named hue (see tokens.css), for stages and tags.
    #[prop(optional, into)]
    hue: Signal<Option<String>>,
    /// An icon before the text.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// A tooltip.
    #[prop(optional, into)]
    title: Signal<Option<String>>,
    /// What the remove button says, such as "Remove tag Enterprise". Needed with `on_remove`.
    #[prop(optional, into)]
    remove_label: Signal<Option<String>>,
    /// Gives it a remove button.
    #[prop(optional, into)]
    on_remove: Option<UnsyncCallback<()>>,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="chip" data-tone=tone.name() data-hue=move || hue.get() title=move || title.get()>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <span class="chip__text">{children()}</span>
            {on_remove.map(|on_remove| view! {
                <button
                    type="button"
                    class="chip__remove"
                    aria-label=move || remove_label.get()
                    on:click=move |_| on_remove.run(())
                >
                    <Icon glyph=Glyph::Close/>
                </button>
            })}
        </span>
    }
}

/// A number in a pill.
#[component]
pub fn Badge(
    /// The number or short text.
    #[prop(into)]
    text: Signal<String>,
    /// The meaning; `Neutral` when not given.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    view! { <span class="badge" data-tone=tone.name()>{text}</span> }
}
