//! What only this browser remembers: looks, the way of writing numbers, keys.

use chrono::NaiveDate;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Section;
use crate::app::prefs::Theme;
use crate::domain::money::Money;
use crate::domain::workspace::WORKSPACE;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::frame::use_chrome;
use crate::ui::parts::{Button, Checkbox, Choice, Field, Glyph, Segmented, Select};
use crate::ui::store::{Store, use_store};

/// Language tags (BCP 47) whose way of writing numbers and dates can be chosen.
const LOCALES: [(&str, &str); 26] = [
    ("en-GB", "English (United Kingdom)"),
    ("en-US", "English (United States)"),
    ("en-IE", "English (Ireland)"),
    ("en-AU", "English (Australia)"),
    ("en-CA", "English (Canada)"),
    ("en-IN", "English (India)"),
    ("cs-CZ", "Czech"),
    ("da-DK", "Danish"),
    ("nl-NL", "Dutch"),
    ("fi-FI", "Finnish"),
    ("fr-FR", "French (France)"),
    ("fr-CH", "French (Switzerland)"),
    ("de-DE", "German (Germany)"),
    ("de-AT", "German (Austria)"),
    ("de-CH", "German (Switzerland)"),
    ("hu-HU", "Hungarian"),
    ("it-IT", "Italian"),
    ("ja-JP", "Japanese"),
    ("nb-NO", "Norwegian"),
    ("pl-PL", "Polish"),
    ("pt-BR", "Portuguese (Brazil)"),
    ("pt-PT", "Portuguese (Portugal)"),
    ("es-ES", "Spanish (Spain)"),
    ("es-MX", "Spanish (Mexico)"),
    ("sv-SE", "Swedish"),
    ("tr-TR", "Turkish"),
];

/// Theme, locale, keys.
#[component]
pub(super) fn Browser() -> impl IntoView {
    let store = use_store();
    let chrome = use_chrome();
    let prefs = store.prefs();
    view! {
        <Section title="This browser" text="Stays here and is not part of an export.">
            <ThemeField store/>
            <LocaleField store/>
            <super::reminders::Reminders store/>
            <div class="settings-keys">
                <Checkbox
                    switch=true
                    label="Keys without Ctrl or ⌘"
                    hint=Some(String::from("C makes a new deal, / searches, G B goes to the board. Off for those who dictate, or press keys by chance."))
                    checked=Signal::derive(move || prefs.with(|prefs| prefs.letter_keys))
                    on_change=move |on| prefs.update(|prefs| prefs.letter_keys = on)
                />
                <Button icon=Glyph::Keyboard on_click=move |_| chrome.help.set(true)>"All keys"</Button>
            </div>
        </Section>
    }
}

#[component]
fn ThemeField(store: Store) -> impl IntoView {
    const THEMES: [(Theme, &str, &str, Glyph); 3] = [
        (Theme::System, "system", "As the system", Glyph::Eye),
        (Theme::Light, "light", "Light", Glyph::Sun),
        (Theme::Dark, "dark", "Dark", Glyph::Moon),
    ];
    let prefs = store.prefs();
    let value = move || {
        let theme = prefs.with(|prefs| prefs.theme);
        THEMES
            .iter()
            .find(|(known, ..)| *known == theme)
            .map_or_else(String::new, |(_, code, ..)| (*code).to_owned())
    };
    let change = move |code: String| {
        if let Some((theme, ..)) = THEMES.iter().find(|(_, known, ..)| *known == code) {
            prefs.update(|prefs| prefs.theme = *theme);
        }
    };
    let choices: Vec<Choice> = THEMES
        .iter()
        .map(|(_, code, label, glyph)| Choice::new(*code, *label).icon(*glyph))
        .collect();
    view! {
        <Field label="Theme">
            <Segmented options=choices value=Signal::derive(value) on_change=change/>
        </Field>
    }
}

#[component]
fn LocaleField(store: Store) -> impl IntoView {
    let prefs = store.prefs();
    let choices = move || {
        let mut choices: Vec<Choice> = LOCALES
            .iter()
            .map(|(tag, name)| Choice::new(*tag, format!("{name}, {tag}")))
            .collect();
        // A tag that came from elsewhere stays choosable.
        if let Some(tag) = prefs.with(|prefs| prefs.locale.clone())
            && !choices.iter().any(|choice| choice.value == tag)
        {
            choices.push(Choice::new(tag.clone(), tag));
        }
        choices
    };
    let change = move |tag: String| {
        prefs.update(|prefs| prefs.locale = Some(tag).filter(|tag| !tag.is_empty()));
        // The page is written anew in the other locale; the focus belongs where it was.
        request_animation_frame(|| {
            let select = document()
                .query_selector(".settings-locale select")
                .ok()
                .flatten();
            if let Some(select) = select.and_then(|select| select.dyn_into::<HtmlElement>().ok()) {
                // A control in the page takes the focus.
                let _ = select.focus();
            }
        });
    };
    view! {
        <Field label="Numbers and dates" hint=Signal::derive(move || example(store)) class="settings-locale">
            <Select
                options=Signal::derive(choices)
                value=Signal::derive(move || prefs.with(|prefs| prefs.locale.clone().unwrap_or_default()))
                placeholder="As this browser does"
                on_change=change
            />
        </Field>
    }
}

/// How things are written in the locale chosen. Tracks what it shows.
fn example(store: Store) -> String {
    store.track(WORKSPACE);
    let currency = store.with(|session| session.world().state.workspace().currency);
    let today = store.tick().today;
    let new_year = NaiveDate::from_ymd_opt(2027, 1, 31).unwrap_or(today);
    let parts = [
        fmt::money(Money::new(123_456_750, currency)),
        fmt::date(new_year),
        intl::percent(0.275, 1),
        intl::relative_days(-3),
    ];
    format!("Like this: {}", parts.join("  ·  "))
}
