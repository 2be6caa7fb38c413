//! The drawing itself, and what is said of the mark pointed at.

use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

use super::super::dom::{focus, leaving};
use super::room;
use crate::chart::scene::{Id, Look, Mark, Room, Run, Scene, Tag, px};

/// The mark whose tip is shown, and where in the plot, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shown {
    mark: Id,
    x: f64,
    y: f64,
}

/// The plot: everything about pointing and keys is heard here, not mark by mark.
#[derive(Clone, Copy)]
struct Pointing {
    scene: Memo<Scene>,
    shown: RwSignal<Option<Shown>>,
    /// The mark last focused: where Tab comes back to.
    last: RwSignal<Option<Id>>,
    on_pick: Option<UnsyncCallback<u64>>,
    plot: NodeRef<html::Div>,
}

impl Pointing {
    /// The mark an event happened on.
    fn mark_at(self, target: Option<EventTarget>) -> Option<Id> {
        let element = target?.dyn_into::<Element>().ok()?;
        let name = element
            .closest("[data-mark]")
            .ok()??
            .get_attribute("data-mark")?;
        let of_name = |s: &Scene| s.told().map(|(id, _)| id).find(|id| id.to_string() == name);
        self.scene.with_untracked(of_name)
    }

    /// The place of the plot's upper left corner in the window.
    fn corner(self) -> Option<(f64, f64)> {
        let plot: Element = self.plot.get_untracked()?.unchecked_into();
        let frame = plot.get_bounding_client_rect();
        Some((frame.left(), frame.top()))
    }

    fn pointer_over(self, event: &PointerEvent) {
        let Some(mark) = self.mark_at(event.target()) else {
            // The tip itself may be pointed at, to read it with a magnifier.
            let element = event.target().and_then(|t| t.dyn_into::<Element>().ok());
            let on_tip =
                element.is_some_and(|e| e.closest(".chart__tip").is_ok_and(|t| t.is_some()));
            if !on_tip {
                self.hide();
            }
            return;
        };
        let is_shown = self
            .shown
            .with_untracked(|s| s.is_some_and(|s| s.mark == mark));
        if let (false, Some((left, top))) = (is_shown, self.corner()) {
            let (x, y) = (
                f64::from(event.client_x()) - left,
                f64::from(event.client_y()) - top,
            );
            self.shown.set(Some(Shown { mark, x, y }));
        }
    }

    fn focus_in(self, event: &FocusEvent) {
        let Some(mark) = self.mark_at(event.target()) else {
            return;
        };
        self.last.set(Some(mark));
        // A press has shown it already, where the pointer is.
        if self
            .shown
            .with_untracked(|s| s.is_some_and(|s| s.mark == mark))
        {
            return;
        }
        let bounds = self
            .scene
            .with_untracked(|s| s.mark(mark).map(Mark::bounds));
        if let Some(b) = bounds {
            let (x, y) = (b.x + b.width / 2.0, b.y + b.height / 2.0);
            self.shown.set(Some(Shown { mark, x, y }));
        }
    }

    fn hide(self) {
        if self.shown.with_untracked(Option::is_some) {
            self.shown.set(None);
        }
    }

    fn pick(self, mark: Id) {
        let key = self
            .scene
            .with_untracked(|s| s.mark(mark).and_then(|m| m.tag().key));
        if let (Some(on_pick), Some(key)) = (self.on_pick, key) {
            on_pick.run(key);
        }
    }

    fn click(self, event: &MouseEvent) {
        if let Some(mark) = self.mark_at(event.target()) {
            self.pick(mark);
        }
    }

    fn key_down(self, event: &KeyboardEvent) {
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key();
        let Some(here) = self.mark_at(event.target()).filter(|_| !modified) else {
            return;
        };
        let all: Vec<Id> = self
            .scene
            .with_untracked(|s| s.told().map(|(id, _)| id).collect());
        let at = all.iter().position(|id| *id == here).unwrap_or_default();
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => all.get(at + 1),
            "ArrowLeft" | "ArrowUp" => at.checked_sub(1).and_then(|at| all.get(at)),
            "Home" => all.first(),
            "End" => all.last(),
            "Enter" | " " => {
                event.prevent_default();
                return self.pick(here);
            }
            "Escape" if self.shown.with_untracked(Option::is_some) => {
                event.prevent_default();
                // What stands around the chart stays open.
                event.stop_propagation();
                return self.hide();
            }
            _ => return,
        };
        event.prevent_default();
        if let (Some(next), Some(plot)) = (next, self.plot.get_untracked()) {
            let plot: Element = plot.unchecked_into();
            if let Ok(Some(mark)) = plot.query_selector(&format!("[data-mark='{next}']")) {
                // SVG elements take the focus by the same method.
                focus(mark.unchecked_ref());
            }
        }
    }
}

/// The drawing.
#[component]
pub(super) fn Plot(
    /// The chart.
    scene: Memo<Scene>,
    /// Where to say how much room there is.
    room: RwSignal<Room>,
    /// Called with the key of the mark picked.
    on_pick: Option<UnsyncCallback<u64>>,
    /// The id of its title.
    title_id: String,
    /// The id of its description.
    text_id: String,
) -> impl IntoView {
    let plot = NodeRef::new();
    room::observe(plot, room);
    let pointing = Pointing {
        scene,
        shown: RwSignal::new(None),
        last: RwSignal::new(None),
        on_pick,
        plot,
    };
    let stop = Memo::new(move |_| {
        let last = pointing.last.get();
        scene.with(|s| {
            last.filter(|id| s.mark(*id).is_some())
                .or_else(|| s.told().next().map(|(id, _)| id))
        })
    });
    // A picture may hold nothing that takes the focus; with such marks it is a group of them.
    let role = move || {
        if stop.with(Option::is_some) {
            "group"
        } else {
            "img"
        }
    };
    let size = Memo::new(move |_| scene.with(|s| (px(s.size.width), px(s.size.height))));
    let ids = move || scene.with(|s| s.marks.iter().map(|mark| mark.tag().id).collect::<Vec<_>>());
    view! {
        <div
            class="chart__plot"
            node_ref=plot
            on:pointerover=move |event| pointing.pointer_over(&event)
            on:pointerleave=leaving(move |_| pointing.hide())
            on:focusin=move |event| pointing.focus_in(&event)
            on:focusout=leaving(move |_| pointing.hide())
            on:click=move |event| pointing.click(&event)
            on:keydown=move |event| pointing.key_down(&event)
        >
            <svg
                class="chart__svg"
                role=role
                aria-labelledby=title_id
                aria-describedby=text_id
                width=move || size.with(|size| size.0.clone())
                height=move || size.with(|size| size.1.clone())
                viewBox=move || size.with(|(width, height)| format!("0 0 {width} {height}"))
            >
                <For each=ids key=|id| *id let:id>
                    <MarkView id pointing stop/>
                </For>
            </svg>
            <TipView pointing/>
        </div>
    }
}

/// One mark. Its element stays the same when the numbers change, and keeps the focus.
#[component]
fn MarkView(
    /// Which one.
    id: Id,
    /// What it belongs to.
    pointing: Pointing,
    /// The mark that Tab comes to.
    stop: Memo<Option<Id>>,
) -> impl IntoView {
    let scene = pointing.scene;
    let mark = Memo::new(move |_| scene.with(|s| s.mark(id).cloned()));
    let can_pick = pointing.on_pick.is_some();
    move || mark.get().map(|mark| element(mark, can_pick, Some(stop)))
}

/// What a mark needs that says something when pointed at: the attributes of its element.
struct Told {
    role: Option<&'static str>,
    label: Option<String>,
    name: Option<String>,
    hidden: Option<&'static str>,
    picks: bool,
    /// Its place in the order of Tab.
    index: Box<dyn Fn() -> Option<&'static str> + Send>,
    class: String,
}

impl Told {
    fn of(tag: &Tag, can_pick: bool, stop: Option<Memo<Option<Id>>>) -> Self {
        let told = tag.tip.is_some();
        let picks = told && can_pick && tag.key.is_some();
        let id = tag.id;
        let role = if picks { "button" } else { "img" };
        let seen = if told && tag.look != Look::Hit {
            " mark--told"
        } else {
            ""
        };
        let stops = move || stop.is_some_and(|stop| stop.get() == Some(id));
        let index = move || told.then(|| if stops() { "0" } else { "-1" });
        Self {
            role: told.then_some(role),
            label: tag.tip.as_ref().map(ToString::to_string),
            name: told.then(|| id.to_string()),
            hidden: (!told).then_some("true"),
            picks,
            index: Box::new(index),
            class: format!("mark {}{seen}", tag.look.class()),
        }
    }
}

/// The element of a mark. `stop` is the mark that Tab comes to; without it, none.
pub(super) fn element(mark: Mark, can_pick: bool, stop: Option<Memo<Option<Id>>>) -> AnyView {
    let told = Told::of(mark.tag(), can_pick, stop);
    match mark {
        Mark::Rect { frame, radius, .. } => view! {
            <rect
                class=told.class
                class:mark--pick=told.picks
                x=px(frame.x)
                y=px(frame.y)
                width=px(frame.width)
                height=px(frame.height)
                rx=px(radius)
                role=told.role
                aria-label=told.label
                aria-hidden=told.hidden
                tabindex=told.index
                data-mark=told.name
            />
        }
        .into_any(),
        Mark::Path { path, .. } => view! {
            <path
                class=told.class
                class:mark--pick=told.picks
                d=path.to_string()
                role=told.role
                aria-label=told.label
                aria-hidden=told.hidden
                tabindex=told.index
                data-mark=told.name
            />
        }
        .into_any(),
        Mark::Rule { from, to, .. } => {
            view! { <line class=told.class x1=px(from.x) y1=px(from.y) x2=px(to.x) y2=px(to.y) aria-hidden="true"/> }
                .into_any()
        }
        Mark::Text { at, anchor, runs, .. } => {
            let runs = runs.into_iter().map(piece).collect_view();
            view! {
                <text class=told.class x=px(at.x) y=px(at.y) text-anchor=anchor.as_str() aria-hidden="true">{runs}</text>
            }
            .into_any()
        }
    }
}

/// A piece of a text with a look of its own.
fn piece(run: Run) -> impl IntoView {
    let gap = (run.gap > 0.0).then(|| px(run.gap));
    view! { <tspan class=format!("mark {}", run.look.class()) dx=gap>{run.text}</tspan> }
}

/// What is said of the mark pointed at. It stands beside the pointer towards the middle of
/// the chart, where there is room for it, and next to it, so that one can get there.
#[component]
fn TipView(
    /// What it belongs to.
    pointing: Pointing,
) -> impl IntoView {
    let scene = pointing.scene;
    let tip = Memo::new(move |_| {
        let mark = pointing.shown.get()?.mark;
        scene.with(|s| s.mark(mark).and_then(|m| m.tag().tip.clone()))
    });
    let at = Memo::new(move |_| {
        let Shown { x, y, .. } = pointing.shown.get()?;
        let (before, above) = scene.with(|s| (x > s.size.width / 2.0, y > s.size.height / 2.0));
        Some((x, y, before, above))
    });
    let place = move || at.get().unwrap_or((0.0, 0.0, false, false));
    // The mark itself says the same to those who listen.
    let body = move |tip: crate::chart::scene::Tip| {
        let lines = tip
            .lines
            .into_iter()
            .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> });
        view! {
            <div
                class="chart__tips no-print"
                class:chart__tips--before=move || place().2
                class:chart__tips--above=move || place().3
                style:--x=move || format!("{}px", px(place().0))
                style:--y=move || format!("{}px", px(place().1))
                aria-hidden="true"
            >
                <div class="chart__tip">
                    <b>{tip.title}</b>
                    <dl>{lines.collect_view()}</dl>
                </div>
            </div>
        }
    };
    move || tip.get().map(body)
}
