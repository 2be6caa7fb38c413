//! Keys that work everywhere on the page: one listener, one list of what they do.
//!
//! A component registers its keys with [`on`]; they go when the component goes. Of two with
//! the same keys the later one counts, so a view can take a key over. Nothing happens while a
//! dialog or a menu is open, and, but for keys made with [`Keys::even_in_fields`], nothing
//! happens while the focus is in a control that takes text. Letters and signs without Ctrl or ⌘
//! can be switched off (WCAG 2.1.4).

use crate::domain::order::Order;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::parts::is_mac;

/// Under which heading keys stand in the list of all keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Wherever one is.
    Anywhere,
    /// From view to view.
    Go,
    /// On the board.
    Board,
    /// On a deal's page and form.
    Deal,
    /// In lists that can be put in order.
    Lists,
    /// In the list of what is to be done today.
    Today,
    /// In the calendar.
    Calendar,
}

impl Group {
    /// The heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "Anywhere",
            Self::Go => "Go to",
            Self::Board => "Board",
            Self::Deal => "Deal",
            Self::Lists => "Lists in order",
            Self::Today => "Today",
            Self::Calendar => "Calendar",
        }
    }
}

/// What keys do, for the list of all keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The keys as for [`Kbd`](super::parts::Kbd); one after the other with a space between.
    pub keys: &'static str,
    /// What they do: "Undo".
    pub label: &'static str,
    /// Under which heading.
    pub group: Group,
}

struct Binding {
    number: u64,
    listed: Listed,
    strokes: Vec<Stroke>,
    in_fields: bool,
    /// None for keys that the component handles itself, and that are only listed here.
    run: Option<Rc<dyn Fn()>>,
}

#[derive(Default)]
struct Registry {
    next: Cell<u64>,
    bindings: RefCell<Vec<Binding>>,
    /// The strokes of a sequence pressed so far, and when the last one was, in ms.
    begun: RefCell<(Vec<Stroke>, f64)>,
}

thread_local! {
    static REGISTRY: Registry = Registry::default();
}

/// How long after one key of a sequence the next one may come, in ms.
const PAUSE: f64 = 1_500.0;

/// One press: a key with what is held.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stroke {
    /// The key's own text, lower case.
    key: String,
    /// Ctrl, or ⌘ on Apple's systems.
    primary: bool,
    shift: bool,
    alt: bool,
}

impl Stroke {
    /// "Mod+Shift+Z", "?", "C".
    fn parse(text: &str) -> Self {
        let mut stroke = Self {
            key: String::new(),
            primary: false,
            shift: false,
            alt: false,
        };
        for part in text.split('+') {
            match part {
                "Mod" => stroke.primary = true,
                "Shift" => stroke.shift = true,
                "Alt" => stroke.alt = true,
                key => stroke.key = named(key),
            }
        }
        stroke
    }

    /// The press of an event; none for presses that are nobody's, such as those with AltGr.
    fn of(event: &KeyboardEvent) -> Option<Self> {
        let (primary, other) = if is_mac() {
            (event.meta_key(), event.ctrl_key())
        } else {
            (event.ctrl_key(), event.meta_key())
        };
        let key = event.key();
        let mut letters = key.chars();
        let only = letters.next().filter(|_| letters.next().is_none());
        // On a keyboard without Latin letters the key's place says which letter is meant.
        let key = match only {
            Some(letter) if !letter.is_ascii() => event.code().strip_prefix("Key")?.to_lowercase(),
            _ => key.to_lowercase(),
        };
        // Signs such as "?" are what they are, however they are typed.
        let is_sign = only.is_some_and(|c| !c.is_alphanumeric());
        (!other).then_some(Self {
            key,
            primary,
            shift: event.shift_key() && !is_sign,
            alt: event.alt_key(),
        })
    }
}

/// A key of [`Kbd`](super::parts::Kbd) as events name it.
fn named(key: &str) -> String {
    match key {
        "Up" | "Down" | "Left" | "Right" => format!("arrow{}", key.to_lowercase()),
        key => key.to_lowercase(),
    }
}

/// Keys about to be registered.
#[must_use = "call `run` or `listed_only`"]
pub struct Keys {
    listed: Listed,
    in_fields: bool,
}

/// Keys such as "Mod+K", "?", "C", or one after the other, "G B".
pub fn keys(keys: &'static str, label: &'static str, group: Group) -> Keys {
    Keys {
        listed: Listed { keys, label, group },
        in_fields: false,
    }
}

impl Keys {
    /// The same, working also while the focus is in a control that takes text.
    pub fn even_in_fields(mut self) -> Self {
        self.in_fields = true;
        self
    }

    /// Calls `action` when they are pressed, as long as the present owner lives.
    pub fn run(self, action: impl Fn() + 'static) {
        self.register(Some(Rc::new(action)));
    }

    /// Only lists them, as long as the present owner lives: the component handles them.
    pub fn listed_only(self) {
        self.register(None);
    }

    fn register(self, run: Option<Rc<dyn Fn()>>) {
        let strokes = self.listed.keys.split(' ').map(Stroke::parse).collect();
        let number = REGISTRY.with(|registry| {
            let number = registry.next.get();
            registry.next.set(number + 1);
            registry.bindings.borrow_mut().push(Binding {
                number,
                listed: self.listed,
                strokes,
                in_fields: self.in_fields,
                run,
            });
            number
        });
        on_cleanup(move || {
            REGISTRY.with(|r| r.bindings.borrow_mut().retain(|b| b.number != number));
        });
    }
}

/// Calls `action` when the keys are pressed, as long as the present owner lives.
pub fn on(keys: &'static str, label: &'static str, group: Group, action: impl Fn() + 'static) {
    self::keys(keys, label, group).run(action);
}

/// All keys there are now, in order of group and of registering.
#[must_use]
pub fn all() -> Vec<Listed> {
    let mut all: Vec<Listed> = Vec::new();
    REGISTRY.with(|registry| {
        for binding in registry.bindings.borrow().iter() {
            if !all.contains(&binding.listed) {
                all.push(binding.listed.clone());
            }
        }
    });
    all.order_by_key(|listed| listed.group);
    all
}

/// Listens from now on, as long as the present owner lives. `letters` says whether keys
/// without Ctrl or ⌘ do anything.
pub fn start(letters: Signal<bool>) {
    let listener = window_event_listener(ev::keydown, move |event| {
        if let Some(action) = action_for(&event, letters.get_untracked()) {
            event.prevent_default();
            action();
        }
    });
    on_cleanup(move || listener.remove());
}

/// What a press means now. Notes the press when it begins or goes on a sequence.
fn action_for(event: &KeyboardEvent, letters: bool) -> Option<Rc<dyn Fn()>> {
    if event.default_prevented() || event.is_composing() || event.repeat() {
        return None;
    }
    let stroke = Stroke::of(event)?;
    let is_character = stroke.key.chars().count() == 1;
    if !letters && is_character && !stroke.primary || is_covered(event) {
        return None;
    }
    let in_field = in_text_field(event);
    REGISTRY.with(|registry| {
        let now = event.time_stamp();
        let mut begun = registry.begun.borrow_mut();
        if now - begun.1 > PAUSE {
            begun.0.clear();
        }
        begun.0.push(stroke.clone());
        begun.1 = now;
        let bindings = registry.bindings.borrow();
        let may = |b: &&Binding| b.run.is_some() && (b.in_fields || !in_field);
        let meant = |strokes: &[Stroke]| {
            bindings
                .iter()
                .rev()
                .filter(may)
                .find(|b| b.strokes == strokes)
                .and_then(|b| b.run.clone())
        };
        let action = meant(&begun.0).or_else(|| meant(std::slice::from_ref(&stroke)));
        let goes_on = |strokes: &[Stroke]| {
            bindings
                .iter()
                .filter(may)
                .any(|b| b.strokes.len() > strokes.len() && b.strokes.starts_with(strokes))
        };
        if action.is_some() {
            begun.0.clear();
        } else if !goes_on(&begun.0) {
            // This press may begin another sequence.
            begun.0 = vec![stroke];
            if !goes_on(&begun.0) {
                begun.0.clear();
            }
        }
        action
    })
}

/// Whether something lies above the page that has the keys to itself: a dialog, a menu.
fn is_covered(event: &KeyboardEvent) -> bool {
    let dialog = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.query_selector("dialog[open]").ok().flatten());
    dialog.is_some() || target(event).is_some_and(|e| matches!(e.closest("[popover]"), Ok(Some(_))))
}

/// Whether letters pressed now are text.
fn in_text_field(event: &KeyboardEvent) -> bool {
    const TEXT: &str = "textarea, select, [contenteditable]:not([contenteditable='false']), \
        input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range], [type=file], [type=color])";
    target(event).is_some_and(|element| element.matches(TEXT).unwrap_or(false))
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
