//! What stands around every view: the rail, the banners, the toasts, the palette and the keys.
//!
//! A view is one child of `main` (id [`nav::MAIN`](super::nav::MAIN)), which scrolls and is as
//! high as the window leaves room for; a view that wants to fill it exactly, such as the board,
//! takes `height: 100%`. Each view begins with a [`TopBar`], which has the view's one `h1`.

mod banners;
mod bell;
mod bytes;
mod chrome;
mod help;
mod past;
mod rail;
mod saving;
mod switch;
mod tabs;
mod theme;
mod toasts;
mod topbar;
mod work;

use crate::ui::parts::{block, effect};
use leptos::prelude::*;

pub use bytes::bytes_text;
pub use chrome::{Chrome, Keeping, export_now, use_chrome};
pub use help::Help;
pub use past::go as look_at;
pub use saving::{backup_age, saved_text};
pub use tabs::{PageTab, PageTabs};
pub use topbar::TopBar;
pub use work::WorkProgress;

use super::activity::follow_reminders;
use super::data::FileDrop;
use super::keys::{self, Group};
use super::lazy::{self, Part};
use super::nav;
use super::parts::{Announcer, LiveRegion};
use super::store::{Store, use_store};
use crate::app::form::write_decimals_with;
use crate::app::route::Route;
use crate::shell::intl;

/// The whole application over a store found in the context.
#[component]
pub fn App(
    /// A sentence for each record of the log that could not be read.
    #[prop(optional)]
    problems: Vec<String>,
) -> impl IntoView {
    let store = use_store();
    let chrome = Chrome::new(problems);
    provide_context(chrome);
    theme::follow(store);
    nav::start();
    start_keys(store, chrome);
    follow_reminders(store);
    // Numbers and dates on the page are text already: another locale means another page.
    let locale = Memo::new(move |_| store.prefs().with(|prefs| prefs.locale.clone()));
    block(move || {
        intl::set_locale(locale.get().as_deref());
        write_decimals_with(intl::decimal());
        view! { <Frame/> }
    })
}

/// The page of one locale.
#[component]
fn Frame() -> impl IntoView {
    let page = switch::Page::follow(use_store());
    provide_context(page);
    let (store, chrome) = (use_store(), use_chrome());
    let announcer = Announcer::new();
    let announcement = use_store().announcement();
    effect(move || announcer.say(announcement.get()));
    let to_content = move |event: web_sys::MouseEvent| {
        // The address holds the route, so the browser's own jump would lead astray.
        event.prevent_default();
        nav::focus_heading();
    };
    view! {
        <a class="skip-link" href="#main" on:click=to_content>"Skip to content"</a>
        <div class="frame" class:frame--bare=move || page.is_start()>
            <rail::Rail/>
            <div class="frame__body">
                <banners::Banners/>
                <main class="frame__main" id=nav::MAIN tabindex="-1">
                    <switch::Views/>
                </main>
            </div>
        </div>
        {block(move || (!page.is_start()).then(deal_forms))}
        {lazy::over(move || store.gated().with(Option::is_some), Part::GateDialog, move |()| store.gated().set(None))}
        {lazy::over(move || chrome.logging.open.get(), Part::LogDialog { logging: chrome.logging }, move |()| chrome.logging.open.set(false))}
        {lazy::over(move || chrome.palette.get(), Part::Palette, move |()| chrome.palette.set(false))}
        {lazy::over(move || chrome.notices.get(), Part::Notices, move |()| chrome.notices.set(false))}
        {lazy::over(move || chrome.help.get(), Part::Help, move |()| chrome.help.set(false))}
        <work::Work/>
        <toasts::Toasts/>
        <FileDrop/>
        <LiveRegion announcer/>
    }
}

/// The form of a deal, while the address names it.
fn deal_forms() -> impl IntoView {
    let route = nav::use_route();
    let open = move || matches!(route.get(), Route::NewDeal | Route::EditDeal(_));
    lazy::over(open, Part::DealForms, |()| nav::back_or(Route::Board(None)))
}

/// The keys that work in every view.
fn start_keys(store: Store, chrome: Chrome) {
    keys::start(Signal::derive(move || {
        store.prefs().with(|prefs| prefs.letter_keys)
    }));
    keys::keys("Mod+K", "Search and jump", Group::Anywhere)
        .even_in_fields()
        .run(move || chrome.palette.set(true));
    keys::on("C", "New deal", Group::Anywhere, move || {
        // Before anything is begun there is no stage to put it in.
        if !store.with(|session| session.world().state.is_new()) {
            nav::go(Route::NewDeal);
        }
    });
    keys::on("L", "Log or plan an activity", Group::Anywhere, move || {
        chrome.logging.open(store);
    });
    keys::on("/", "Search", Group::Anywhere, move || {
        if !nav::focus_in_view("input[type=search]") {
            chrome.palette.set(true);
        }
    });
    keys::on("Mod+Z", "Undo", Group::Anywhere, move || store.undo());
    keys::on("Mod+Shift+Z", "Redo", Group::Anywhere, move || store.redo());
    keys::on("Mod+Y", "Redo", Group::Anywhere, move || store.redo());
    keys::on("?", "All keys", Group::Anywhere, move || {
        chrome.help.set(true)
    });
    keys::on("G N", "Notices", Group::Go, move || {
        // Before anything is begun there is nothing that could have worked.
        if !store.with(|session| session.world().state.is_new()) {
            chrome.notices.set(true);
        }
    });
    for place in &rail::PLACES {
        keys::on(place.keys, place.name, Group::Go, move || {
            nav::go(place.route)
        });
    }
}
