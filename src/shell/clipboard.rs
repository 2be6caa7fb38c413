//! Putting text on the clipboard.

use wasm_bindgen_futures::JsFuture;

/// Copies a text; says whether the browser let it. Call it while a click or key press is
/// being handled.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    // Pages that are not served safely have no clipboard at all.
    if !super::tabs::has(&window.navigator(), "clipboard") {
        return false;
    }
    let written = window.navigator().clipboard().write_text(text);
    JsFuture::from(written).await.is_ok()
}
