//! Closures in boxes, so that the code around them is compiled once and not for each closure:
//! measured at 1 to 2 kB of program each (ARCHITECTURE.md, Sizes). For what the first load needs.

use leptos::prelude::*;

/// A piece of a view that is made anew whenever what it reads changes: `{block(move || …)}` for
/// `{move || …}`.
pub fn block<V: IntoView + IntoAny>(
    mut view: impl FnMut() -> V + Send + 'static,
) -> Box<dyn FnMut() -> AnyView + Send> {
    Box::new(move || view().into_any())
}

/// Runs `run` now and whenever what it reads changes.
pub fn effect(run: impl FnMut() + 'static) {
    in_box(Box::new(run));
}

fn in_box(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}
