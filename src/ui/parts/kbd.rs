//! Keys on the keyboard.

use leptos::prelude::*;

use super::dom::is_mac;

/// A key as people know it on this system: "Mod" is ⌘ on Apple's and Ctrl elsewhere.
fn key_text(key: &str) -> &str {
    match (key, is_mac()) {
        ("Mod", true) => "⌘",
        ("Mod", false) => "Ctrl",
        ("Alt", true) => "⌥",
        ("Shift", _) => "⇧",
        ("Enter", _) => "↵",
        ("Up", _) => "↑",
        ("Down", _) => "↓",
        ("Left", _) => "←",
        ("Right", _) => "→",
        ("Escape", _) => "Esc",
        (key, _) => key,
    }
}

/// The parts of "Mod+Shift+K"; a lone "+" stays a key.
fn keys_of(keys: &str) -> Vec<&str> {
    keys.split('+')
        .map(|key| if key.is_empty() { "+" } else { key })
        .collect()
}

/// "Mod+K" as one short text for this system: "⌘K" or "Ctrl+K".
pub(super) fn shortcut_text(keys: &str) -> String {
    let keys: Vec<_> = keys_of(keys).into_iter().map(key_text).collect();
    keys.join(if is_mac() { "" } else { "+" })
}

/// "Mod+K" as `aria-keyshortcuts` wants it: "Meta+K" or "Control+K".
pub(super) fn aria_shortcut(keys: &str) -> String {
    keys.replace("Mod", if is_mac() { "Meta" } else { "Control" })
}

/// Keys to press, such as "Mod+K" or "?". "Mod" shows as ⌘ on Apple's systems, Ctrl elsewhere.
#[component]
pub fn Kbd(
    /// The keys, joined by "+": Mod, Alt, Shift, Enter, Escape, Up, Down, Left, Right or the key's own text.
    #[prop(into)]
    keys: String,
) -> impl IntoView {
    view! { <kbd class="kbd">{shortcut_text(&keys)}</kbd> }
}
