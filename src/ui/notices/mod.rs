//! What automations have to say, newest first: the sheet behind the bell.

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

use crate::app::route::{ProcessPage, Route};
use crate::domain::automation::RuleRun;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::automate::AutomateCommand;
use crate::domain::ids::{DealId, RunId};
use crate::domain::query::notices::{is_unread, newest, unread};
use crate::domain::world::World;
use crate::shell::intl;
use crate::ui::frame::{Chrome, use_chrome};
use crate::ui::parts::{
    Button, ButtonKind, ButtonSize, Choice, Dialog, DialogKind, Empty, Glyph, Icon, Segmented,
    block,
};
use crate::ui::store::{Store, use_store};
use crate::ui::{fmt, nav};

/// How many are shown; the log of each automation has its own.
const SHOWN: usize = 200;

/// What rows are made of, and which is to be seen.
#[derive(Clone, Copy)]
struct Desk {
    store: Store,
    chrome: Chrome,
    /// Every run, or only what there is to read.
    all: RwSignal<bool>,
}

impl Desk {
    /// Reads the present, also while an earlier day is looked at. Reruns as notices come.
    fn read<R>(self, read: impl FnOnce(&World) -> R) -> R {
        self.store.track_kind(Kind::RuleRun);
        self.store.with(|session| read(session.present()))
    }

    fn close(self) {
        self.chrome.notices.set(false);
    }

    fn mark(self, runs: Vec<RunId>) {
        if !runs.is_empty() {
            self.store
                .dispatch(Command::Automate(AutomateCommand::Seen(runs)));
        }
    }

    fn mark_all(self) {
        let runs = self.store.with(|session| {
            let runs = session.present().state.tables.runs.iter();
            let new = runs.filter(|run| is_unread(run));
            new.map(|run| run.id).collect()
        });
        self.mark(runs);
    }

    /// To a page, once the sheet is gone and has given the focus back.
    fn leave(self, event: &MouseEvent, route: Route) {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            // To a tab of its own.
            return;
        }
        event.prevent_default();
        self.close();
        request_animation_frame(move || nav::go(route));
    }
}

/// The sheet; open while the frame says so.
#[component]
pub fn Notices() -> impl IntoView {
    let desk = Desk {
        store: use_store(),
        chrome: use_chrome(),
        all: RwSignal::new(false),
    };
    // Another page, by the browser's own way back, is another matter.
    let route = nav::use_route();
    Effect::new(move |before: Option<Route>| {
        let now = route.get();
        if before.is_some_and(|before| before != now) && desk.chrome.notices.get_untracked() {
            desk.close();
        }
        now
    });
    view! {
        <Dialog
            open=desk.chrome.notices
            on_close=move |()| desk.close()
            title="Notices"
            kind=DialogKind::Sheet
            class="notices"
        >
            <Content desk/>
        </Dialog>
    }
}

#[component]
fn Content(
    /// The state.
    desk: Desk,
) -> impl IntoView {
    let found = Memo::new(move |_| {
        let all = desk.all.get();
        desk.read(|world| {
            let runs = newest(&world.state, all);
            let ids = runs.iter().take(SHOWN).map(|run| run.id);
            (ids.collect::<Vec<_>>(), runs.len())
        })
    });
    let new = Memo::new(move |_| desk.read(|world| unread(&world.state)));
    let list = NodeRef::<html::Ol>::new();
    let mark_all = move |_| {
        desk.mark_all();
        // The button rests from now on.
        if let Some(list) = list.get_untracked() {
            let _ = list.focus();
        }
    };
    let more = move || found.with(|(shown, all)| all - shown.len());
    let is_empty = Memo::new(move |_| found.with(|(shown, _)| shown.is_empty()));
    let choices = vec![
        Choice::new("told", "To read"),
        Choice::new("all", "All runs"),
    ];
    view! {
        <div class="notices__bar">
            <Segmented
                label=Some(String::from("What to show"))
                options=Signal::stored(choices)
                value=Signal::derive(move || String::from(if desk.all.get() { "all" } else { "told" }))
                on_change=move |value: String| desk.all.set(value == "all")
            />
            <Button icon=Glyph::Check disabled=Signal::derive(move || new.get() == 0) on_click=mark_all>"Mark all as read"</Button>
        </div>
        <p class="notices__count" role="status">{move || count_words(new.get())}</p>
        {block(move || is_empty.get().then(|| empty(desk)))}
        <ol class="notices__list" aria-label="Notices" tabindex="-1" node_ref=list>
            <For each=move || found.with(|(shown, _)| shown.clone()) key=|id| *id let:id>
                <Row desk id/>
            </For>
        </ol>
        {block(move || (more() > 0).then(|| view! {
            <p class="notices__count">{format!("{} earlier ones are not shown. The log of each automation has its own.", intl::integer(more() as i64))}</p>
        }))}
    }
}

fn count_words(new: usize) -> String {
    match new {
        0 => String::from("Everything is read."),
        1 => String::from("1 is unread."),
        n => format!("{} are unread.", intl::integer(n as i64)),
    }
}

fn empty(desk: Desk) -> impl IntoView {
    let rules = Route::Process(ProcessPage::Automations);
    view! {
        <Empty glyph=Glyph::Bell title="Nothing to read" text="What an automation says, and what it could not do, is kept here.">
            <a href=rules.print() on:click=move |event| desk.leave(&event, rules)>"To the automations"</a>
        </Empty>
    }
}

/// What a row says.
struct Told {
    text: String,
    did: Vec<String>,
    failed: Vec<String>,
    cause: String,
    rule: String,
    at: i64,
    deal: DealId,
    name: String,
    /// Whether the deal is still there to go to.
    there: bool,
}

fn told(world: &World, run: &RuleRun) -> Told {
    let said = format!("Said “{}”", run.notice);
    let mut did: Vec<String> = run.did.iter().filter(|d| **d != said).cloned().collect();
    let text = match run.notice.as_str() {
        "" if did.is_empty() => String::from("Could not do what it was to do"),
        "" => did.remove(0),
        text => text.to_owned(),
    };
    Told {
        text,
        did,
        failed: run.failed.clone(),
        cause: run.cause.clone(),
        rule: world.state.name_of(run.automation.into()),
        at: run.at,
        deal: run.deal,
        name: world.state.name_of(run.deal.into()),
        there: world.is_alive(run.deal.into()),
    }
}

#[component]
fn Row(
    /// The state.
    desk: Desk,
    /// Which run.
    id: RunId,
) -> impl IntoView {
    let row = NodeRef::<html::Li>::new();
    let is_new = Memo::new(move |_| {
        desk.read(|world| {
            let run = world.state.tables.runs.get(id);
            run.is_some_and(is_unread)
        })
    });
    let found = desk.store.with(|session| {
        let world = session.present();
        let run = world.state.tables.runs.get(id)?;
        Some(told(world, run))
    });
    let Some(told) = found else {
        return ().into_any();
    };
    let mark = move |_| {
        desk.mark(vec![id]);
        // The button goes; the place in the list stays.
        if let Some(row) = row.get_untracked() {
            let _ = row.focus();
        }
    };
    let route = Route::Deal(told.deal);
    let deal = match told.there {
        true => view! {
            <a href=route.print() on:click=move |event| {
                if is_new.get_untracked() {
                    desk.mark(vec![id]);
                }
                desk.leave(&event, route);
            }>{told.name.clone()}</a>
        }
        .into_any(),
        false => view! { <span>{format!("{}, which is removed", told.name)}</span> }.into_any(),
    };
    let label = format!("Mark as read: {}", told.text);
    let did = told.did.into_iter().map(|text| view! { <li>{text}</li> });
    let failed = told.failed.into_iter().map(|text| {
        view! { <li class="runs__failed"><Icon glyph=Glyph::Warning/>{text}</li> }
    });
    view! {
        <li class="notices__one" class:notices__one--new=is_new tabindex="-1" node_ref=row>
            <p class="notices__text">
                {block(move || is_new.get().then(|| view! { <span class="visually-hidden">"Unread: "</span> }))}
                {told.text}
            </p>
            <ul class="notices__did">{did.collect_view()}{failed.collect_view()}</ul>
            <p class="notices__deal">{deal}</p>
            <p class="notices__meta">{format!("{} · {} · {}", told.cause, told.rule, fmt::time(told.at))}</p>
            {block(move || {
                let label = label.clone();
                is_new.get().then(|| view! {
                    <Button size=ButtonSize::Small kind=ButtonKind::Ghost class="notices__mark" on_click=mark attr:aria-label=label>"Mark as read"</Button>
                })
            })}
        </li>
    }
    .into_any()
}
