//! Light, dark, or as the system says. public/boot.js does the same before the first paint.

use crate::ui::parts::effect;
use leptos::prelude::*;

use crate::app::prefs::Theme;
use crate::ui::store::Store;

/// Keeps the page in the theme of the preferences.
pub(super) fn follow(store: Store) {
    let theme = Memo::new(move |_| store.prefs().with(|prefs| prefs.theme));
    effect(move || show(theme.get()));
}

fn show(theme: Theme) {
    let name = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    let Some(page) = document().document_element() else {
        return;
    };
    // Setting an attribute fails only for a malformed name.
    let _ = match name {
        Some(name) => page.set_attribute("data-theme", name),
        None => page.remove_attribute("data-theme"),
    };
    colour_the_window(name);
}

/// The two `theme-color` marks say light and dark, each for its own scheme of the system's; a
/// theme chosen here holds for both.
fn colour_the_window(theme: Option<&str>) {
    const COLOURS: [(&str, &str); 2] = [("light", "#f7f7f5"), ("dark", "#131416")];
    let Ok(marks) = document().query_selector_all("meta[name=theme-color]") else {
        return;
    };
    let marks = (0..marks.length()).filter_map(|at| marks.item(at));
    for mark in
        marks.filter_map(|node| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(node).ok())
    {
        let wanted = theme
            .map(str::to_owned)
            .or_else(|| mark.get_attribute("data-scheme"));
        let colour = COLOURS
            .iter()
            .find(|(scheme, _)| wanted.as_deref() == Some(scheme));
        if let Some((_, colour)) = colour {
            let _ = mark.set_attribute("content", colour);
        }
    }
}
