//! Menus of actions.

use super::boxed::{block, effect};
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::button::{ButtonKind, ButtonSize};
use super::dom::{all_matching, focus, focused, unique_id};
use super::icon::{Glyph, Icon};
use super::kbd::Kbd;
use super::popup::{Align, Anchor, Popup};

/// One action of a menu. `T` is whatever tells the actions apart: an enum of the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem<T> {
    value: T,
    label: String,
    icon: Option<Glyph>,
    kbd: Option<String>,
    danger: bool,
    disabled: bool,
    checked: Option<bool>,
}

impl<T> MenuItem<T> {
    /// An action with a label.
    pub fn new(value: T, label: impl Into<String>) -> Self {
        Self {
            value,
            label: label.into(),
            icon: None,
            kbd: None,
            danger: false,
            disabled: false,
            checked: None,
        }
    }

    /// The same with an icon.
    #[must_use]
    pub fn icon(mut self, glyph: Glyph) -> Self {
        self.icon = Some(glyph);
        self
    }

    /// The same with the keys that do it, written as for [`Kbd`].
    #[must_use]
    pub fn kbd(mut self, keys: impl Into<String>) -> Self {
        self.kbd = Some(keys.into());
        self
    }

    /// The same in the colour of things that destroy.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// The same, shown but not to be picked when `disabled`.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    /// The same as something that is on or off.
    #[must_use]
    pub fn checked(mut self, on: bool) -> Self {
        self.checked = Some(on);
        self
    }
}

/// A line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuEntry<T> {
    /// An action.
    Item(MenuItem<T>),
    /// A rule between groups.
    Separator,
    /// The name of the group below.
    Heading(String),
}

impl<T> From<MenuItem<T>> for MenuEntry<T> {
    fn from(item: MenuItem<T>) -> Self {
        Self::Item(item)
    }
}

/// The same lines with numbers for values, so that the view is compiled once.
fn numbered<T>(entries: Vec<MenuEntry<T>>) -> (Vec<T>, Vec<MenuEntry<usize>>) {
    let mut values = Vec::new();
    let lines = entries.into_iter().map(|entry| match entry {
        MenuEntry::Separator => MenuEntry::Separator,
        MenuEntry::Heading(text) => MenuEntry::Heading(text),
        MenuEntry::Item(item) => {
            values.push(item.value);
            MenuEntry::Item(MenuItem {
                value: values.len() - 1,
                label: item.label,
                icon: item.icon,
                kbd: item.kbd,
                danger: item.danger,
                disabled: item.disabled,
                checked: item.checked,
            })
        }
    });
    let lines = lines.collect();
    (values, lines)
}

/// A button that opens a menu below it.
#[component]
pub fn Menu<T>(
    /// The button's text; with `icon_only` its accessible name and tooltip.
    #[prop(into)]
    label: Signal<String>,
    /// The button's icon.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Shows the icon alone.
    #[prop(optional)]
    icon_only: bool,
    /// The button's weight; `Secondary` when not given.
    #[prop(optional)]
    kind: ButtonKind,
    /// The button's height; `Medium` when not given.
    #[prop(optional)]
    size: ButtonSize,
    /// Cannot be opened now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Which edges of button and menu meet.
    #[prop(optional)]
    align: Align,
    /// More classes for the button.
    #[prop(optional)]
    class: &'static str,
    /// The lines; read only while the menu is open.
    #[prop(into)]
    entries: Signal<Vec<MenuEntry<T>>>,
    /// Called with the value of the item picked, after the menu has closed.
    #[prop(into)]
    on_pick: UnsyncCallback<T>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let anchor = RwSignal::new_local(None::<Anchor>);
    let button = NodeRef::<html::Button>::new();
    let toggle = move || {
        anchor.update(|anchor| {
            *anchor = match anchor.take() {
                Some(_) => None,
                None => button
                    .get_untracked()
                    .map(|button| Anchor::Element(button.unchecked_into())),
            };
        });
    };
    let on_key = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp") {
            event.prevent_default();
            toggle();
        }
    };
    let class = format!(
        "{} {} {class}",
        super::button::class_of(kind, size),
        if icon_only { "btn--icon" } else { "" }
    );
    view! {
        <button
            type="button"
            class=class
            node_ref=button
            disabled=disabled
            aria-haspopup="menu"
            aria-expanded=move || if anchor.with(Option::is_some) { "true" } else { "false" }
            aria-label=move || icon_only.then(|| label.get())
            title=move || icon_only.then(|| label.get())
            on:click=move |_| toggle()
            on:keydown=on_key
        >
            {icon.map(|glyph| view! { <Icon glyph/> })}
            {(!icon_only).then(|| view! {
                <span class="btn__text">{label}</span>
                <Icon glyph=Glyph::ChevronDown class="btn__chevron"/>
            })}
        </button>
        <MenuPopup anchor label entries on_pick align/>
    }
}

/// A menu alone, hung wherever `anchor` says: one serves all the cards of a board, or a
/// press of the right button. It clears `anchor` when it closes and gives the focus back.
#[component]
pub fn MenuPopup<T>(
    /// What it hangs from; setting it opens the menu.
    anchor: RwSignal<Option<Anchor>, LocalStorage>,
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The lines; read only while the menu is open.
    #[prop(into)]
    entries: Signal<Vec<MenuEntry<T>>>,
    /// Called with the value of the item picked, after the menu has closed.
    #[prop(into)]
    on_pick: UnsyncCallback<T>,
    /// Which edges of anchor and menu meet.
    #[prop(optional)]
    align: Align,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <Popup anchor on_outside=move |()| anchor.set(None) align class="pop--menu">
            {block(move || {
                let (values, lines) = numbered(entries.get());
                let pick = UnsyncCallback::new(move |index: usize| {
                    if let Some(value) = values.get(index) {
                        on_pick.run(value.clone());
                    }
                });
                view! { <MenuList anchor label lines pick/> }
            })}
        </Popup>
    }
}

/// The open list: takes the focus, follows the keys, gives the focus back.
#[component]
fn MenuList(
    /// What it hangs from.
    anchor: RwSignal<Option<Anchor>, LocalStorage>,
    /// The accessible name.
    label: Signal<String>,
    /// The lines.
    lines: Vec<MenuEntry<usize>>,
    /// Called with the number of the item picked.
    pick: UnsyncCallback<usize>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let came_from = StoredValue::new_local(focused());
    effect(move || {
        let first = list.get().and_then(|list| items(&list).into_iter().next());
        if let Some(first) = first {
            focus(&first);
        }
    });
    let close = move || {
        let back = came_from.get_value();
        anchor.set(None);
        if let Some(back) = back {
            focus(&back);
        }
    };
    let choose = UnsyncCallback::new(move |index: usize| {
        close();
        pick.run(index);
    });
    let typed = StoredValue::new((0.0, String::new()));
    let on_key = move |event: KeyboardEvent| {
        let Some(list) = list.get_untracked() else {
            return;
        };
        match event.key().as_str() {
            "Escape" => {
                close();
                event.stop_propagation();
            }
            "Tab" => return close(),
            key => match next_item(&items(&list), key, &event, typed) {
                Some(item) => focus(&item),
                None => return,
            },
        }
        event.prevent_default();
    };
    view! {
        <div class="menu" role="menu" aria-label=label node_ref=list on:keydown=on_key>
            {lines.into_iter().map(|line| line_view(line, choose)).collect_view()}
        </div>
    }
}

fn line_view(line: MenuEntry<usize>, choose: UnsyncCallback<usize>) -> AnyView {
    match line {
        MenuEntry::Separator => view! { <div class="menu__rule" role="separator"></div> }.into_any(),
        MenuEntry::Heading(text) => {
            view! { <div class="menu__heading" role="presentation" id=unique_id("heading")>{text}</div> }.into_any()
        }
        MenuEntry::Item(item) => {
            let (index, disabled) = (item.value, item.disabled);
            view! {
                <button
                    type="button"
                    class="menu__item"
                    class:menu__item--danger=item.danger
                    role=if item.checked.is_some() { "menuitemcheckbox" } else { "menuitem" }
                    aria-checked=item.checked.map(|on| if on { "true" } else { "false" })
                    aria-disabled=disabled.then_some("true")
                    tabindex="-1"
                    on:click=move |_| if !disabled { choose.run(index) }
                    on:mouseenter:target=|event| focus(&event.target())
                >
                    <span class="menu__icon">
                        {match (item.checked, item.icon) {
                            (Some(true), _) => Some(Glyph::Check),
                            (Some(false), _) => None,
                            (None, icon) => icon,
                        }.map(|glyph| view! { <Icon glyph/> })}
                    </span>
                    <span class="menu__label">{item.label}</span>
                    {item.kbd.map(|keys| view! { <Kbd keys/> })}
                </button>
            }
            .into_any()
        }
    }
}

fn items(list: &HtmlElement) -> Vec<HtmlElement> {
    all_matching(list, ".menu__item")
}

/// Which item a key leads to: arrows, Home and End, or the beginning of a label. Letters
/// typed within half a second of each other are one text.
fn next_item(
    items: &[HtmlElement],
    key: &str,
    event: &KeyboardEvent,
    typed: StoredValue<(f64, String)>,
) -> Option<HtmlElement> {
    let count = items.len();
    let here = focused().and_then(|now| items.iter().position(|item| *item == now));
    let at = match key {
        "ArrowDown" => here.map_or(0, |here| (here + 1) % count.max(1)),
        "ArrowUp" => here.map_or(count, |here| here + count).checked_sub(1)? % count.max(1),
        "Home" => 0,
        "End" => count.checked_sub(1)?,
        key if key.chars().count() == 1
            && key != " "
            && !event.ctrl_key()
            && !event.meta_key()
            && !event.alt_key() =>
        {
            let now = event.time_stamp();
            let text = typed.try_update_value(|(last, text)| {
                if now - *last > 500.0 {
                    text.clear();
                }
                *last = now;
                text.push_str(&key.to_lowercase());
                text.clone()
            })?;
            // The first letter goes on to the next item; more letters narrow from here.
            let start = here.map_or(0, |here| {
                if text.chars().count() == 1 {
                    here + 1
                } else {
                    here
                }
            });
            let begins = |item: &HtmlElement| {
                let label = item.query_selector(".menu__label").ok().flatten();
                label
                    .and_then(|label| label.text_content())
                    .is_some_and(|l| l.to_lowercase().starts_with(&text))
            };
            (0..count)
                .map(|step| (start + step) % count)
                .find(|at| begins(&items[*at]))?
        }
        _ => return None,
    };
    items.get(at).cloned()
}
