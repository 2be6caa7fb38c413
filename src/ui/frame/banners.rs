//! What has to stay in sight until it is over: changes that are not saved, a page that may no
//! longer save, data that may be lost, and the sample.

use leptos::prelude::*;

use super::chrome::{Chrome, export_now, use_chrome};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::workspace::WORKSPACE;
use crate::shell::writer::WriteState;
use crate::ui::parts::{Banner, Button, ButtonKind, ButtonSize, Glyph, Tone, block, effect};
use crate::ui::store::{Standing, Store, use_store};

/// A backup file older than this no longer makes up for a browser that promises nothing.
const FRESH_BACKUP_MS: i64 = 14 * 24 * 60 * 60 * 1_000;

/// All banners, the most pressing one first.
#[component]
pub(super) fn Banners() -> impl IntoView {
    view! {
        <div class="banners no-print">
            <super::past::LookingBack/>
            <Stopped/>
            <NotSaved/>
            <Unreadable/>
            <UpdateReady/>
            <NotKept/>
            <Sample/>
        </div>
    }
}

#[component]
fn ExportNow() -> impl IntoView {
    let store = use_store();
    view! {
        <Button size=ButtonSize::Small icon=Glyph::Download on_click=move |_| export_now(store)>"Export now"</Button>
    }
}

#[component]
fn Reload() -> impl IntoView {
    // Refused only for a document that is not shown.
    let reload = |_| drop(window().location().reload());
    view! {
        <Button size=ButtonSize::Small kind=ButtonKind::Primary icon=Glyph::Refresh on_click=reload>"Reload"</Button>
    }
}

/// This page may not write any more.
#[component]
fn Stopped() -> impl IntoView {
    let store = use_store();
    block(move || {
        store.standing().get().map(|standing| match standing {
            Standing::Stopped(why) => view! {
                <Banner tone=Tone::Danger title="This page no longer saves." text=Some(why)><ExportNow/><Reload/></Banner>
            }
            .into_any(),
            Standing::Replaced => view! {
                <Banner
                    tone=Tone::Danger
                    title="The data was replaced in another tab."
                    text=Some(String::from("Reload this page to see it; until then nothing is saved here."))
                >
                    <Reload/>
                </Banner>
            }
            .into_any(),
        })
    })
}

/// Changes that are only in memory.
#[component]
fn NotSaved() -> impl IntoView {
    let store = use_store();
    let failed = Memo::new(move |_| {
        store.save_state().with(|state| match state {
            WriteState::Failed { error, waiting, .. } => Some((error.clone(), *waiting)),
            WriteState::Idle | WriteState::Saving => None,
        })
    });
    let is_failed = Memo::new(move |_| failed.with(Option::is_some));
    let title = move || match failed.get().map(|(_, waiting)| waiting) {
        Some(1) => String::from("1 change is waiting to be saved."),
        Some(waiting) if waiting > 0 => format!("{waiting} changes are waiting to be saved."),
        _ => String::from("Nothing can be saved at the moment."),
    };
    let text = move || {
        failed
            .get()
            .map(|(error, _)| format!("{error} What you do is kept while this page is open."))
    };
    block(move || {
        is_failed.get().then(|| {
            view! {
                <Banner tone=Tone::Danger title=Signal::derive(title) text=Signal::derive(text) attr:data-unsaved="">
                    <ExportNow/>
                    <Button
                        size=ButtonSize::Small
                        kind=ButtonKind::Primary
                        icon=Glyph::Refresh
                        on_click=move |_| store.runtime().retry_now()
                    >
                        "Retry now"
                    </Button>
                </Banner>
            }
        })
    })
}

/// Records of the log that could not be read.
#[component]
fn Unreadable() -> impl IntoView {
    let Chrome { problems, .. } = use_chrome();
    block(move || {
        let text = problems.with(|problems| match problems.as_slice() {
            [] => None,
            [one] => Some(format!(
                "{one} It stays in the log as it is; all others were read."
            )),
            [first, rest @ ..] => Some(format!(
                "{first} And {} more. They stay in the log as they are; all others were read.",
                rest.len()
            )),
        })?;
        Some(view! {
            <Banner
                tone=Tone::Warn
                title="A part of the history could not be read."
                text=Some(text)
                on_dismiss=move |()| problems.set(Vec::new())
            >
                <ExportNow/>
            </Banner>
        })
    })
}

/// A newer version of the page waits.
#[component]
fn UpdateReady() -> impl IntoView {
    let chrome = use_chrome();
    block(move || {
        chrome.update.get().then(|| view! {
            <Banner
                tone=Tone::Accent
                title="A newer version of Fairlead is ready."
                on_dismiss=move |()| chrome.update.set(false)
            >
                <Button size=ButtonSize::Small kind=ButtonKind::Primary on_click=move |_| chrome.apply_update()>
                    "Reload to use it"
                </Button>
            </Banner>
        })
    })
}

/// The browser has promised nothing, there is work to lose, and no recent file of it.
#[component]
fn NotKept() -> impl IntoView {
    let store = use_store();
    let Chrome { keeping, .. } = use_chrome();
    let shown = Memo::new(move |_| {
        let at_risk = keeping.promised().get() == Some(false);
        at_risk && !is_put_away(store) && has_own_work(store) && !has_fresh_backup(store)
    });
    effect(move || {
        let promised = keeping.promised().get() == Some(true);
        let was_away = store
            .prefs()
            .with_untracked(|prefs| prefs.unkept_away_at.is_some());
        // Should the promise ever be gone, that is news.
        if promised && was_away {
            store.prefs().update(|prefs| prefs.unkept_away_at = None);
        }
    });
    let put_away = move |()| {
        let now = store.moment().now;
        store
            .prefs()
            .update(|prefs| prefs.unkept_away_at = Some(now));
    };
    let title = move || {
        let title = if keeping.refused().get() {
            "This browser did not promise to keep your data."
        } else {
            "This browser may clear your data when it runs out of room."
        };
        String::from(title)
    };
    let text = move || {
        keeping
            .refused()
            .get()
            .then(|| String::from("Download a backup from time to time."))
    };
    block(move || {
        shown.get().then(|| view! {
            <Banner
                tone=Tone::Warn
                title=Signal::derive(title)
                text=Signal::derive(text)
                on_dismiss=put_away
            >
                {block(move || (!keeping.refused().get()).then(|| view! {
                    <Button size=ButtonSize::Small kind=ButtonKind::Primary on_click=move |_| keeping.ask(store)>
                        "Ask it to keep the data"
                    </Button>
                }))}
                <Button size=ButtonSize::Small icon=Glyph::Download on_click=move |_| export_now(store)>
                    "Download a backup"
                </Button>
            </Banner>
        })
    })
}

fn is_put_away(store: Store) -> bool {
    let now = store.tick().now;
    store.prefs().with(|prefs| prefs.is_unkept_away(now))
}

fn has_own_work(store: Store) -> bool {
    store.track(WORKSPACE);
    store.track_kind(Kind::Deal);
    store.with(|session| {
        let state = &session.world().state;
        state.workspace().sample.is_none() && state.tables.deals.iter().next().is_some()
    })
}

fn has_fresh_backup(store: Store) -> bool {
    let now = store.tick().now;
    store.prefs().with(|prefs| {
        prefs
            .exported_at
            .is_some_and(|at| now - at < FRESH_BACKUP_MS)
    })
}

/// The sample is loaded.
#[component]
fn Sample() -> impl IntoView {
    let store = use_store();
    let loaded = Memo::new(move |_| {
        store.track(WORKSPACE);
        store.with(|session| session.world().state.workspace().sample.is_some())
    });
    block(move || {
        let today = store.past().get().is_none();
        (loaded.get() && today).then(|| view! {
            <Banner
                tone=Tone::Accent
                title="You are looking at a sample."
                text=Some(String::from("Change what you like; one press removes all of it."))
            >
                <Button size=ButtonSize::Small icon=Glyph::Trash on_click=move |_| store.dispatch(Command::RemoveSample)>
                    "Remove it"
                </Button>
            </Banner>
        })
    })
}
