//! The head of a view.

use leptos::prelude::*;

use super::bell::Bell;
use super::chrome::use_chrome;
use super::saving::SaveSign;
use crate::app::route::Route;
use crate::ui::nav;
use crate::ui::parts::{Button, ButtonKind, Glyph, Icon, Kbd};

/// The first line of every view: its heading, its own controls, and at the end what every
/// view has: the search, the notices and "New deal".
#[component]
pub fn TopBar(
    /// The view's heading, its one `h1`.
    #[prop(into)]
    title: Signal<String>,
    /// The view's own controls, after the heading.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let chrome = use_chrome();
    view! {
        <header class="topbar">
            <h1 class="topbar__title" tabindex="-1">{title}</h1>
            <div class="topbar__own">{children.map(|children| children())}</div>
            <div class="topbar__end no-print">
                <button
                    type="button"
                    class="topbar__search"
                    aria-keyshortcuts="Control+K Meta+K"
                    aria-haspopup="dialog"
                    on:click=move |_| chrome.palette.set(true)
                >
                    <Icon glyph=Glyph::Search/>
                    <span>"Search or jump to…"</span>
                    <Kbd keys="Mod+K"/>
                </button>
                <SaveSign/>
                <Bell/>
                <Button
                    kind=ButtonKind::Primary
                    icon=Glyph::Plus
                    kbd="C"
                    class="topbar__new"
                    on_click=move |_| nav::go(Route::NewDeal)
                >
                    "New deal"
                </Button>
            </div>
        </header>
    }
}
