//! The frame of a record's page.

use leptos::prelude::*;

use crate::app::route::Route;
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind, Kind};
use crate::domain::command::Command;
use crate::domain::ids::{ContactId, OrgId};
use crate::ui::frame::TopBar;
use crate::ui::history::RecordHistory;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};

/// What there is to show of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Nowhere,
    Deleted,
    Here,
}

/// The page of a record when it is there; else what became of it.
#[component]
pub fn RecordPage(
    /// Which.
    #[prop(into)]
    entity: EntityRef,
    /// Where all of its kind are.
    home: Route,
    /// The page.
    children: ViewFn,
) -> impl IntoView {
    let store = use_store();
    let found = Memo::new(move |_| {
        store.track_kind(entity.kind);
        store.with(|s| {
            let t = &s.world().state.tables;
            match (t.is_alive(entity), t.knows(entity)) {
                (true, _) => Found::Here,
                (false, true) => Found::Deleted,
                (false, false) => Found::Nowhere,
            }
        })
    });
    move || {
        match found.get() {
        Found::Here => children.run(),
        Found::Deleted => view! { <Gone entity/> }.into_any(),
        Found::Nowhere => view! {
            <TopBar title="No such record"/>
            <Empty
                glyph=Glyph::Search
                title="There is no such record here"
                text="The address may be incomplete, or the record belongs to data kept in another browser."
            >
                <Button kind=ButtonKind::Primary on_click=move |_| nav::go(home)>
                    {format!("All {}", home.title().to_lowercase())}
                </Button>
            </Empty>
        }
        .into_any(),
    }
    }
}

/// The page of an organisation or contact.
#[must_use]
pub fn route_of(entity: EntityRef) -> Option<Route> {
    match entity.kind {
        Kind::Organisation => Some(Route::Organisation(OrgId(entity.id))),
        Kind::Contact => Some(Route::Contact(ContactId(entity.id))),
        _ => None,
    }
}

/// The record was removed, or merged into another one; its history is still there.
#[component]
fn Gone(
    /// Which.
    entity: EntityRef,
) -> impl IntoView {
    let store = use_store();
    let name = store.with(|s| s.world().state.name_of(entity));
    let into = store.with(|s| {
        let into = crate::app::merging::merged_away(s.world(), entity)?;
        Some((route_of(into)?, s.world().state.name_of(into)))
    });
    let text = format!("Brought back {name}");
    let bring_back = move |_| bring_back(store, entity, text.clone());
    let banner = match into {
        Some((route, into)) => view! {
            <Banner tone=Tone::Info title=format!("Merged into {into}") text="Its deals, contacts and activities are there. The merge can be taken back on that page.">
                <a class="btn btn--secondary btn--md" href=route.print()>{format!("Open {into}")}</a>
            </Banner>
        }
        .into_any(),
        None => view! {
            <Banner tone=Tone::Warn title="This record was deleted" text="It is shown nowhere else.">
                <Button icon=Glyph::Undo on_click=bring_back>"Bring it back"</Button>
            </Banner>
        }
        .into_any(),
    };
    view! {
        <div class="record">
            <TopBar title=name/>
            {banner}
            <section class="record__main" aria-label="History"><RecordHistory entity/></section>
        </div>
    }
}

fn bring_back(store: Store, entity: EntityRef, text: String) {
    store.dispatch(Command::Bring {
        intent: Intent::new(IntentKind::EditRecord, text),
        edits: vec![Edit::deleted(entity, false)],
    });
}

/// A group of fields or facts under a heading.
#[component]
pub fn Group(
    /// The heading.
    #[prop(into)]
    title: String,
    /// A button or two beside the heading.
    #[prop(optional, into)]
    tools: ViewFn,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    let id = unique_id("group");
    view! {
        <section class="record-group" aria-labelledby=id.clone()>
            <div class="record-group__head">
                <h2 class="record-group__title" id=id.clone()>{title}</h2>
                {tools.run()}
            </div>
            {children()}
        </section>
    }
}

/// A figure with its name.
#[component]
pub fn Stat(
    /// What it is.
    label: &'static str,
    /// The figure.
    #[prop(into)]
    value: Signal<String>,
    /// A few more words.
    #[prop(optional, into)]
    note: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="record-stat">
            <dt class="record-stat__label">{label}</dt>
            <dd class="record-stat__value">{value}</dd>
            {move || note.get().filter(|n| !n.is_empty()).map(|note| view! { <dd class="record-stat__note">{note}</dd> })}
        </div>
    }
}
