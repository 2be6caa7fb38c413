//! Speaking to assistive technology.

use super::boxed::effect;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::above;

/// Says things to assistive technology through the [`LiveRegion`] it is given to.
#[derive(Clone, Copy, Debug)]
pub struct Announcer(RwSignal<(u32, String)>);

impl Announcer {
    /// An announcer that has said nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new((0, String::new())))
    }

    /// Has the text read out once the screen reader pauses, even if it is the same as the last.
    pub fn say(self, text: impl Into<String>) {
        let text = text.into();
        self.0.update(|(count, said)| {
            *count = count.wrapping_add(1);
            *said = text;
        });
    }
}

impl Default for Announcer {
    fn default() -> Self {
        Self::new()
    }
}

/// Where an [`Announcer`] writes. Put it once at the end of the page and leave it there.
///
/// Two boxes take turns: a screen reader speaks when a box changes, so the same text twice
/// in one box would be silent. It travels into whatever modal [`Dialog`](super::Dialog) is
/// open: what stands outside of that is not read out.
#[component]
pub fn LiveRegion(
    /// Who speaks here.
    announcer: Announcer,
) -> impl IntoView {
    let line = move |turn: u32| {
        move || {
            announcer
                .0
                .with(|(count, said)| (count % 2 == turn).then(|| said.clone()))
        }
    };
    let home = NodeRef::<html::Div>::new();
    let region = NodeRef::<html::Div>::new();
    effect(move || {
        if let (Some(home), Some(region)) = (home.get(), region.get()) {
            above::register(region.unchecked_into(), home.unchecked_into());
        }
    });
    view! {
        <div node_ref=home>
            <div class="visually-hidden" node_ref=region>
                <div role="status" aria-live="polite" aria-atomic="true">{line(0)}</div>
                <div role="status" aria-live="polite" aria-atomic="true">{line(1)}</div>
            </div>
        </div>
    }
}
