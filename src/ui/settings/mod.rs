//! Settings: of the workspace, which travel with the data, and of this browser, which do not.

mod about;
mod browser;
mod lists;
mod people;
mod reminders;
mod text_list;
mod working;
mod workspace;

use leptos::prelude::*;

pub use self::text_list::TextList;

use self::about::About;
use self::browser::Browser;
use self::lists::Lists;
use self::people::People;
use self::working::Working;
use self::workspace::WorkspaceSettings;
use super::frame::TopBar;

/// The settings.
#[component]
pub fn SettingsView() -> impl IntoView {
    view! {
        <TopBar title="Settings"/>
        <div class="page settings">
            <WorkspaceSettings/>
            <People/>
            <Lists/>
            <Working/>
            <Browser/>
            <About/>
        </div>
    }
}

/// A part of the settings with its heading at the side.
#[component]
fn Section(
    /// The heading.
    title: &'static str,
    /// What it is about.
    text: &'static str,
    /// The controls.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="settings-section">
            <div class="settings-section__head">
                <h2>{title}</h2>
                <p>{text}</p>
            </div>
            <div class="settings-section__body">{children()}</div>
        </section>
    }
}
