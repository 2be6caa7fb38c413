//! Choosing one of many by typing.

use super::boxed::{block, effect};
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::dom::{focus, guard_forms, leaving, unique_id};
use super::field::{OwnError, wiring};
use super::icon::{Glyph, Icon};
use super::matching::{best_matches, fold};
use super::popup::{Anchor, Popup};

/// The most matches shown at once; typing more finds the rest.
const MOST: usize = 50;

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComboOption {
    /// What the callbacks speak of; never shown.
    pub id: String,
    /// What the person reads and types.
    pub label: String,
    /// A second, quieter text; searched as well. May be empty.
    pub detail: String,
}

/// Texts to choose from, with the own one last where it is not among them.
#[must_use]
pub fn texts(known: &[String], own: &str) -> Vec<ComboOption> {
    let extra = (!own.is_empty() && !known.iter().any(|text| text == own)).then(|| own.to_owned());
    let option = |text: String| ComboOption {
        id: text.clone(),
        label: text,
        detail: String::new(),
    };
    known.iter().cloned().chain(extra).map(option).collect()
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
enum Row {
    /// The option at this index.
    Option(usize),
    /// Make a new one of this name.
    Create(String),
}

/// What is said of a text that names nothing there is.
const UNKNOWN: &str = "There is nothing of this name. Choose from the list.";
/// What is said of a text that names several things.
const SEVERAL: &str = "Several have this name. Choose one from the list.";

/// What a text that was typed and then left stands for.
#[derive(Clone, Debug, PartialEq)]
enum Meant {
    /// Nothing was typed, or what is chosen already.
    AsIs,
    /// Nothing is to be chosen any more.
    Nothing,
    /// A row of the list.
    Row(Row),
    /// It cannot be said, for this reason.
    Unclear(&'static str),
}

/// What the person is typing, and the list it opens. Dropped on closing.
#[derive(Clone, Copy)]
struct Typing {
    options: Signal<Vec<ComboOption>>,
    /// The text being typed; none while not typing.
    query: RwSignal<Option<String>>,
    /// What is wrong with a text that was left.
    error: RwSignal<Option<&'static str>>,
    can_create: bool,
    open: RwSignal<bool>,
    /// Which row Enter would pick.
    active: RwSignal<usize>,
    rows: Memo<Vec<Row>>,
}

impl Typing {
    fn new(
        options: Signal<Vec<ComboOption>>,
        error: RwSignal<Option<&'static str>>,
        can_create: bool,
    ) -> Self {
        let query = RwSignal::new(None::<String>);
        let open = RwSignal::new(false);
        // Folding is what costs; once per list of options, not once per key.
        let folded = Memo::new(move |_| {
            options.with(|all| {
                let fold_one = |option: &ComboOption| (fold(&option.label), fold(&option.detail));
                all.iter().map(fold_one).collect::<Vec<_>>()
            })
        });
        let rows = Memo::new(move |_| {
            if !open.get() {
                return Vec::new();
            }
            let query = query.get().unwrap_or_default();
            let typed = query.trim();
            folded.with(|folded| {
                let entries = folded.iter().map(|(l, d)| (l.as_str(), d.as_str()));
                let found = best_matches(entries, typed, MOST);
                let wanted = fold(typed);
                let exists = folded.iter().any(|(label, _)| *label == wanted);
                let create = can_create && !typed.is_empty() && !exists;
                let create = create.then(|| Row::Create(String::from(typed)));
                found.into_iter().map(Row::Option).chain(create).collect()
            })
        });
        Self {
            options,
            query,
            error,
            can_create,
            open,
            active: RwSignal::new(0),
            rows,
        }
    }

    fn close(self) {
        self.open.set(false);
        self.query.set(None);
        self.error.set(None);
        self.active.set(0);
    }

    /// What the typed text stands for: the one thing of that name, in any case; else a new one,
    /// where one can be made.
    fn meant(self, chosen: &str) -> Meant {
        let Some(typed) = self.query.get_untracked() else {
            return Meant::AsIs;
        };
        let (typed, wanted) = (typed.trim(), fold(typed.trim()));
        if typed.is_empty() {
            return Meant::Nothing;
        }
        self.options.with_untracked(|all| {
            let named = all.iter().enumerate();
            let mut named = named.filter(|(_, option)| fold(&option.label) == wanted);
            match (named.next(), named.next()) {
                (None, _) if self.can_create => Meant::Row(Row::Create(typed.to_owned())),
                (None, _) => Meant::Unclear(UNKNOWN),
                (Some((_, option)), None) if option.id == chosen => Meant::AsIs,
                (Some((at, _)), None) => Meant::Row(Row::Option(at)),
                _ => Meant::Unclear(SEVERAL),
            }
        })
    }

    fn move_by(self, step: isize) {
        let count = self.rows.with_untracked(Vec::len) as isize;
        if !self.open.get_untracked() {
            self.open.set(true);
        } else if count > 0 {
            let next = self.active.get_untracked() as isize + step;
            // One step past an end comes round; a page stops there.
            let next = if step.abs() == 1 {
                (next + count) % count
            } else {
                next.clamp(0, count - 1)
            };
            self.active.set(next as usize);
        }
    }
}

/// A text box that filters a list (ARIA 1.2 combobox with a listbox pop-up).
///
/// Down and Up move, Enter picks, Escape closes and takes back what was typed. Leaving it takes
/// what the text names, in any case, or makes it where that is offered; a text that names nothing
/// stays, with a word on it, and no form is sent past it. Leaving it emptied clears the choice,
/// when it is clearable.
#[component]
pub fn Combobox(
    /// Everything there is to choose, in order.
    #[prop(into)]
    options: Signal<Vec<ComboOption>>,
    /// The id chosen; "" for none.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the id the person picked; "" when the choice was cleared.
    #[prop(into)]
    on_pick: UnsyncCallback<String>,
    /// Offers "Create …" for a text that matches no label, and is called with that text.
    #[prop(optional, into)]
    on_create: Option<UnsyncCallback<String>>,
    /// Whether the choice can be cleared.
    #[prop(default = true)]
    clearable: bool,
    /// The accessible name where no [`Field`](super::Field) gives one.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// Shown while nothing is chosen.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Takes the focus when a dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let field = wiring();
    let list_id = StoredValue::new(unique_id("list"));
    let frame = NodeRef::<html::Div>::new();
    let input = NodeRef::<html::Input>::new();
    guard_forms();
    let error = field.own_error;
    let is_in_field = field.is_in_field();
    let typing = Typing::new(options, error, on_create.is_some());
    let Typing {
        query,
        open,
        active,
        rows,
        ..
    } = typing;

    let chosen = Memo::new(move |_| {
        value.with(|value| {
            options.with(|all| all.iter().find(|o| o.id == *value).map(|o| o.label.clone()))
        })
    });
    let shown = move || query.get().or_else(|| chosen.get()).unwrap_or_default();
    let pick = move |row: Row| {
        typing.close();
        match row {
            Row::Option(index) => {
                if let Some(id) = options.with_untracked(|all| all.get(index).map(|o| o.id.clone()))
                {
                    on_pick.run(id);
                }
            }
            Row::Create(name) => {
                if let Some(on_create) = on_create {
                    on_create.run(name);
                }
            }
        }
    };
    let leave = move |_| match value.with_untracked(|chosen| typing.meant(chosen)) {
        Meant::AsIs => typing.close(),
        Meant::Nothing => {
            typing.close();
            if clearable && value.with_untracked(|value| !value.is_empty()) {
                on_pick.run(String::new());
            }
        }
        Meant::Row(row) => pick(row),
        Meant::Unclear(why) => {
            open.set(false);
            error.set(Some(why));
        }
    };
    // What comes from elsewhere takes the place of what was typed.
    effect(move || {
        value.track();
        if error.with_untracked(Option::is_some) {
            typing.close();
        }
    });
    let clear = move |_| {
        typing.close();
        on_pick.run(String::new());
        if let Some(input) = input.get_untracked() {
            focus(&input);
        }
    };
    let on_key = move |event: KeyboardEvent| key(typing, pick, &event);
    let anchor = Signal::derive_local(move || {
        let frame = frame.get().filter(|_| open.get())?;
        Some(Anchor::Element(frame.unchecked_into()))
    });
    let row_id = move |at: usize| list_id.with_value(|id| format!("{id}-{at}"));
    let active_id = move || {
        let at = active.get();
        (open.get() && rows.with(|rows| at < rows.len())).then(|| row_id(at))
    };
    view! {
        <div class="input input--combo" node_ref=frame>
            <input
                class="input__text"
                type="text"
                role="combobox"
                id=field.id.clone()
                node_ref=input
                prop:value=shown
                placeholder=move || placeholder.get()
                disabled=disabled
                autofocus=autofocus
                autocomplete="off"
                spellcheck="false"
                aria-autocomplete="list"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=move || open.get().then(|| list_id.get_value())
                aria-activedescendant=active_id
                aria-label=move || label.get()
                aria-describedby=field.described_by
                aria-invalid=field.aria_invalid()
                aria-required=field.aria_required()
                data-unsettled=move || error.with(Option::is_some)
                on:input:target=move |event| {
                    query.set(Some(event.target().value()));
                    error.set(None);
                    active.set(0);
                    open.set(true);
                }
                on:keydown=on_key
                on:click=move |_| open.set(true)
                on:blur=leaving(leave)
            />
            {block(move || (clearable && !disabled.get() && value.with(|value| !value.is_empty())).then(|| view! {
                <button type="button" class="input__button" tabindex="-1" aria-label="Clear" title="Clear" on:click=clear>
                    <Icon glyph=Glyph::Close/>
                </button>
            }))}
            <Icon glyph=Glyph::ChevronDown class="input__chevron"/>
            <Popup anchor on_outside=move |()| open.set(false) match_width=true class="pop--list">
                <Rows typing value list_id pick=move |row| pick(row)/>
            </Popup>
            <OwnError error shown=!is_in_field/>
            <span class="visually-hidden" role="status">
                {block(move || open.get().then(|| count_text(rows.with(Vec::len))))}
            </span>
        </div>
    }
}

/// What the list holds, for those who do not see it.
fn count_text(count: usize) -> String {
    match count {
        0 => String::from("No matches"),
        1 => String::from("1 match"),
        MOST.. => format!("{MOST} or more matches"),
        count => format!("{count} matches"),
    }
}

/// Acts on a key in the text box.
fn key(typing: Typing, pick: impl Fn(Row), event: &KeyboardEvent) {
    let is_open = typing.open.get_untracked();
    match event.key().as_str() {
        "ArrowDown" => typing.move_by(1),
        "ArrowUp" => typing.move_by(-1),
        "PageDown" if is_open => typing.move_by(10),
        "PageUp" if is_open => typing.move_by(-10),
        "Enter" if is_open && !event.is_composing() => {
            let row = typing
                .rows
                .with_untracked(|rows| rows.get(typing.active.get_untracked()).cloned());
            match row {
                Some(row) => pick(row),
                // Nothing to pick: it is said so.
                None => typing.open.set(false),
            }
        }
        "Escape" if is_open || typing.error.with_untracked(Option::is_some) => {
            typing.close();
            event.stop_propagation();
        }
        _ => return,
    }
    event.prevent_default();
}

/// The rows of the open list.
#[component]
fn Rows(
    /// The state of the text box.
    typing: Typing,
    /// The id chosen.
    value: Signal<String>,
    /// The id of the list; rows are numbered after it.
    list_id: StoredValue<String>,
    /// Called with the row pressed.
    #[prop(into)]
    pick: UnsyncCallback<Row>,
) -> impl IntoView {
    let Typing {
        options,
        active,
        rows,
        ..
    } = typing;
    let line = move |(at, row): (usize, Row)| {
        let id = list_id.with_value(|list| format!("{list}-{at}"));
        let is_active = Memo::new(move |_| active.get() == at);
        let line = NodeRef::<html::Li>::new();
        effect(move || {
            if let Some(line) = line.get().filter(|_| is_active.get()) {
                show_nearest(line.unchecked_ref());
            }
        });
        let text = match &row {
            Row::Option(index) => options
                .with_untracked(|all| all.get(*index).cloned())
                .unwrap_or_default(),
            Row::Create(name) => ComboOption {
                label: format!("Create “{name}”"),
                ..Default::default()
            },
        };
        let create = matches!(row, Row::Create(_));
        let selected = value.with_untracked(|value| !create && *value == text.id);
        view! {
            <li
                class="option"
                class:option--active=is_active
                class:option--create=create
                role="option"
                id=id
                node_ref=line
                aria-selected=if selected { "true" } else { "false" }
                on:mousemove=move |_| active.set(at)
                on:click=move |_| pick.run(row.clone())
            >
                {create.then(|| view! { <Icon glyph=Glyph::Plus/> })}
                <span class="option__label">{text.label}</span>
                <span class="option__detail">{text.detail}</span>
                {selected.then(|| view! { <Icon glyph=Glyph::Check/> })}
            </li>
        }
    };
    // Pressing a row must not take the focus from the text box.
    view! {
        <ul class="options" role="listbox" aria-label="Matches" id=list_id.get_value() on:mousedown=|event| event.prevent_default()>
            {block(move || rows.get().into_iter().enumerate().map(line).collect_view())}
        </ul>
        {block(move || rows.with(Vec::is_empty).then(|| view! { <p class="options__none">"No matches"</p> }))}
    }
}

/// Scrolls the element's list just so far that the element is seen.
fn show_nearest(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
