//! Modal dialogs and side sheets.

use super::boxed::{block, effect};
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::{Event, KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::above;
use super::button::IconButton;
use super::dom::{focus, focused, unique_id};
use super::icon::Glyph;

/// Where a dialog stands and how large it is. On a phone every one of them fills the screen's width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogKind {
    /// In the middle, 400 px wide: a question.
    Small,
    /// In the middle, 560 px wide: a form.
    #[default]
    Medium,
    /// In the middle, 880 px wide: a form in two columns, an import.
    Large,
    /// At the right edge, full height, 640 px wide: a page beside the page.
    Sheet,
}

impl DialogKind {
    fn class(self) -> &'static str {
        match self {
            Self::Small => "dialog dialog--sm",
            Self::Medium => "dialog dialog--md",
            Self::Large => "dialog dialog--lg",
            Self::Sheet => "dialog dialog--sheet",
        }
    }
}

/// A native modal `dialog` with a title. The rest of the page cannot be reached while it is open.
///
/// It opens and closes as `open` says. Escape, a press on the backdrop and the close button
/// only ask, through `on_close`: whoever holds `open` may refuse. The focus goes to the first
/// `autofocus` element, else the first control, and back where it came from on closing.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when the person wants it closed.
    #[prop(into)]
    on_close: UnsyncCallback<()>,
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// Place and size; `Medium` when not given.
    #[prop(optional)]
    kind: DialogKind,
    /// Whether a press on the backdrop asks to close. Off for forms one would not like to lose.
    #[prop(default = true)]
    backdrop_closes: bool,
    /// What stands below the scrolling part: the buttons, the main one last.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// The content; made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let heading = StoredValue::new(unique_id("dialog"));
    let content = StoredValue::new((children, footer));
    // Closed first and taken down after: closing moves the focus, and what that sets off in
    // the content (a changed text is committed) must still find the content's own state.
    let standing = RwSignal::new(false);
    effect(move || {
        let open = open.get();
        if !open {
            heading.with_value(|id| close(dialog, id));
        }
        if standing.get_untracked() != open {
            standing.set(open);
        }
    });
    block(move || {
        standing.get().then(|| {
            effect(move || {
                if let Some(dialog) = dialog.get() {
                    heading.with_value(|id| show(&dialog, id));
                }
            });
            let id = heading.get_value();
            on_cleanup(move || above::left(&id));
            let presses = Presses::new(dialog, backdrop_closes, on_close);
            view! {
                <dialog
                    class=format!("{} {class}", kind.class())
                    node_ref=dialog
                    aria-labelledby=heading.get_value()
                    on:cancel=move |event: Event| {
                        event.prevent_default();
                        on_close.run(());
                    }
                    on:keydown=move |event: KeyboardEvent| {
                        // Handled here and not left to `cancel`, which browsers let through
                        // unasked the second time.
                        if event.key() == "Escape" && !event.default_prevented() {
                            event.prevent_default();
                            event.stop_propagation();
                            on_close.run(());
                        }
                    }
                    on:pointerdown=move |event| presses.down(&event)
                    on:click=move |event| presses.up(&event)
                >
                    <header class="dialog__head">
                        <h2 class="dialog__title" id=heading.get_value()>{title}</h2>
                        <IconButton label="Close" glyph=Glyph::Close class="dialog__close" on_click=move |_| on_close.run(())/>
                    </header>
                    <div class="dialog__body">{content.with_value(|(children, _)| children())}</div>
                    {content.with_value(|(_, footer)| {
                        footer.as_ref().map(|footer| view! { <footer class="dialog__foot">{footer.run()}</footer> })
                    })}
                </dialog>
            }
        })
    })
}

/// Tells a press on the backdrop from one that only ends there, such as selecting text.
#[derive(Clone, Copy)]
struct Presses {
    dialog: NodeRef<html::Dialog>,
    began_outside: StoredValue<bool>,
    closes: bool,
    on_close: UnsyncCallback<()>,
}

impl Presses {
    fn new(dialog: NodeRef<html::Dialog>, closes: bool, on_close: UnsyncCallback<()>) -> Self {
        Self {
            dialog,
            began_outside: StoredValue::new(false),
            closes,
            on_close,
        }
    }

    fn down(self, event: &PointerEvent) {
        self.began_outside.set_value(self.is_outside(event));
    }

    fn up(self, event: &web_sys::MouseEvent) {
        if self.closes && self.began_outside.get_value() && self.is_outside(event) {
            self.on_close.run(());
        }
    }

    /// The backdrop belongs to the dialog element, but lies outside of its box.
    fn is_outside(self, event: &web_sys::MouseEvent) -> bool {
        let Some(dialog) = self.dialog.get_untracked() else {
            return false;
        };
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if target.as_ref() != Some(dialog.unchecked_ref()) {
            return false;
        }
        let rect = dialog.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        x < rect.left() || x > rect.right() || y < rect.top() || y > rect.bottom()
    }
}

fn show(dialog: &HtmlDialogElement, id: &str) {
    // Refused only for a dialog that is open already, or not in the page any more.
    if dialog.show_modal().is_err() {
        return;
    }
    above::entered(id, dialog);
    let wanted = [
        "[autofocus]",
        ".dialog__body :is(input, select, textarea):not([disabled])",
        ".dialog__foot .btn:last-child",
    ];
    let first = wanted.iter().find_map(|selector| {
        let found = dialog.query_selector(selector).ok().flatten()?;
        found.dyn_into::<HtmlElement>().ok()
    });
    if let Some(first) = first {
        focus(&first);
    }
}

fn close(dialog: NodeRef<html::Dialog>, id: &str) {
    if let Some(dialog) = dialog.get_untracked().filter(|dialog| dialog.open()) {
        // A changed text is committed now and not, or never, as its box goes.
        if let Some(inside) = focused().filter(|now| dialog.contains(Some(now))) {
            let _ = inside.blur();
        }
        above::left(id);
        dialog.close();
    }
}
