//! The list of all keys, behind "?".

use leptos::prelude::*;

use super::chrome::use_chrome;
use crate::ui::keys::{self, Listed};
use crate::ui::parts::{Dialog, DialogKind, Kbd, block};
use crate::ui::store::use_store;

/// All keys that do something now, by group.
#[component]
pub fn Help() -> impl IntoView {
    let chrome = use_chrome();
    let store = use_store();
    let off = move || !store.prefs().with(|prefs| prefs.letter_keys);
    view! {
        <Dialog
            open=chrome.help
            on_close=move |()| chrome.help.set(false)
            title="Keys"
            kind=DialogKind::Large
            class="help"
        >
            {block(move || off().then(|| view! {
                <p class="help__off">"Keys without Ctrl or ⌘ are switched off in the settings."</p>
            }))}
            <div class="help__groups">{groups}</div>
        </Dialog>
    }
}

fn groups() -> impl IntoView {
    let all = keys::all();
    all.chunk_by(|a, b| a.group == b.group)
        .map(|group| {
            let title = group.first().map(|listed| listed.group.title());
            view! {
                <section class="help__group">
                    <h3>{title}</h3>
                    <dl>{lines(group)}</dl>
                </section>
            }
        })
        .collect_view()
}

/// One line for each action; the keys that do the same stand together.
fn lines(group: &[Listed]) -> impl IntoView + use<> {
    let mut lines: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    for listed in group {
        match lines.iter_mut().find(|(label, _)| *label == listed.label) {
            Some((_, keys)) => keys.push(listed.keys),
            None => lines.push((listed.label, vec![listed.keys])),
        }
    }
    let line = |(label, ways): (&'static str, Vec<&'static str>)| {
        let way = |(at, keys): (usize, &'static str)| {
            let strokes = keys
                .split(' ')
                .map(|keys| view! { <Kbd keys/> })
                .collect_view();
            view! {
                {(at > 0).then_some(" or ")}
                <span class="help__way">{strokes}</span>
            }
        };
        view! {
            <div class="help__line">
                <dt>{label}</dt>
                <dd>{ways.into_iter().enumerate().map(way).collect_view()}</dd>
            </div>
        }
    };
    lines.into_iter().map(line).collect_view()
}
