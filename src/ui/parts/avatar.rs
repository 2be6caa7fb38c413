//! A person as two letters in a colour of their own.

use super::boxed::block;
use leptos::prelude::*;

/// The named hues of `style/tokens.css`, for `data-hue`.
const HUES: [&str; 10] = [
    "teal", "blue", "indigo", "violet", "pink", "red", "orange", "amber", "green", "slate",
];

/// A hue for a text, always the same for the same text (FNV-1a over its bytes).
#[must_use]
pub fn hue_of(text: &str) -> &'static str {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    HUES[hash as usize % HUES.len()]
}

/// The first letters of the first and the last word, in capitals; "?" when there is no letter.
#[must_use]
pub fn initials_of(name: &str) -> String {
    let mut firsts = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let Some(first) = firsts.next() else {
        return String::from("?");
    };
    first
        .to_uppercase()
        .chain(firsts.next_back().into_iter().flat_map(char::to_uppercase))
        .collect()
}

/// A round badge with the initials of a name; the name is its tooltip and accessible name.
#[component]
pub fn Avatar(
    /// The whole name.
    #[prop(into)]
    name: Signal<String>,
    /// Larger: 28 px instead of 20.
    #[prop(optional)]
    large: bool,
    /// The name stands in text beside it: hidden from assistive technology.
    #[prop(optional)]
    decorative: bool,
) -> impl IntoView {
    view! {
        <span
            class="avatar"
            class:avatar--lg=large
            data-hue=move || name.with(|name| hue_of(name))
            role=(!decorative).then_some("img")
            aria-hidden=decorative.then_some("true")
            aria-label=move || (!decorative).then(|| name.get())
            title=name
        >
            {block(move || name.with(|name| initials_of(name)))}
        </span>
    }
}
