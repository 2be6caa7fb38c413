//! Buttons.

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::kbd::{Kbd, aria_shortcut};

/// How much weight a button has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here: filled with the accent. At most one in a view.
    Primary,
    /// An ordinary action: outlined.
    #[default]
    Secondary,
    /// A quiet action: no outline until pointed at.
    Ghost,
    /// An action that destroys something.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn--primary",
            Self::Secondary => "btn btn--secondary",
            Self::Ghost => "btn btn--ghost",
            Self::Danger => "btn btn--danger",
        }
    }
}

/// How high a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 26 px; 40 px for fingers.
    Small,
    /// 32 px; 40 px for fingers.
    #[default]
    Medium,
    /// 38 px; 44 px for fingers.
    Large,
}

impl ButtonSize {
    fn class(self) -> &'static str {
        match self {
            Self::Small => "btn--sm",
            Self::Medium => "btn--md",
            Self::Large => "btn--lg",
        }
    }
}

/// The classes of a button of this weight and height.
pub(super) fn class_of(kind: ButtonKind, size: ButtonSize) -> String {
    format!("{} {}", kind.class(), size.class())
}

fn classes(kind: ButtonKind, size: ButtonSize, more: &str) -> String {
    format!("{} {more}", class_of(kind, size))
}

/// A button with a text, and perhaps an icon before it and the keys that do the same after it.
#[component]
pub fn Button(
    /// Its weight; `Secondary` when not given.
    #[prop(optional)]
    kind: ButtonKind,
    /// Its height; `Medium` when not given.
    #[prop(optional)]
    size: ButtonSize,
    /// An icon before the text.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Is at work: shows a spinner, keeps the focus, ignores presses.
    #[prop(optional, into)]
    loading: Signal<bool>,
    /// The keys that do the same, written as for [`Kbd`]: "Mod+K".
    #[prop(optional, into)]
    kbd: Option<String>,
    /// Submits the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// The element, for focusing it or hanging a menu from it.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
    /// Called when pressed, unless disabled or loading.
    #[prop(optional, into)]
    on_click: Option<UnsyncCallback<MouseEvent>>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let shortcut = kbd.as_deref().map(aria_shortcut);
    let press = move |event: MouseEvent| {
        if loading.get_untracked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(event);
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=classes(kind, size, class)
            node_ref=node_ref
            disabled=disabled
            aria-busy=move || loading.get().then_some("true")
            aria-disabled=move || loading.get().then_some("true")
            aria-keyshortcuts=shortcut
            on:click=press
        >
            {block(move || loading.get().then(|| view! { <span class="spinner" aria-hidden="true"></span> }))}
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <span class="btn__text">{children()}</span>
            {kbd.map(|keys| view! { <Kbd keys/> })}
        </button>
    }
}

/// A square button with only an icon; its label is its accessible name and its tooltip.
#[component]
pub fn IconButton(
    /// What it does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// The icon.
    glyph: Glyph,
    /// Its weight; `Ghost` when not given.
    #[prop(default = ButtonKind::Ghost)]
    kind: ButtonKind,
    /// Its height; `Medium` when not given.
    #[prop(optional)]
    size: ButtonSize,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// For a button that stays down: whether it is down.
    #[prop(optional, into)]
    pressed: Signal<Option<bool>>,
    /// The keys that do the same; they are added to the tooltip.
    #[prop(optional, into)]
    kbd: Option<String>,
    /// Left out of the tab order (something else reachable does the same).
    #[prop(optional)]
    skip_tab: bool,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// The element, for focusing it or hanging a menu from it.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
    /// Called when pressed.
    #[prop(optional, into)]
    on_click: Option<UnsyncCallback<MouseEvent>>,
) -> impl IntoView {
    let keys = kbd.as_deref().map(super::kbd::shortcut_text);
    let title = move || match &keys {
        Some(keys) => format!("{} ({keys})", label.get()),
        None => label.get(),
    };
    view! {
        <button
            type="button"
            class=format!("{} btn--icon", classes(kind, size, class))
            node_ref=node_ref
            disabled=disabled
            aria-label=label
            title=title
            aria-pressed=move || pressed.get().map(|down| if down { "true" } else { "false" })
            aria-keyshortcuts=kbd.as_deref().map(aria_shortcut)
            tabindex=skip_tab.then_some("-1")
            on:click=move |event| {
                if let Some(on_click) = on_click {
                    on_click.run(event);
                }
            }
        >
            <Icon glyph/>
        </button>
    }
}
