//! Which dashboard, of which time, and what can be done with it.

use super::{show, start, use_board};
use crate::app::dashboard::Preset;
use crate::app::route::Route;
use crate::domain::change::{EntityRef, Kind};
use crate::domain::command::insight::InsightCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::DashboardId;
use crate::domain::insight::when::When;
use crate::ui::nav;
use crate::ui::parts::*;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Rename,
    Duplicate,
    Delete,
    Empty,
    Preset(Preset),
    Print,
}

fn entries() -> Vec<MenuEntry<Act>> {
    let mut all: Vec<MenuEntry<Act>> = vec![
        MenuItem::new(Act::Rename, "Rename…")
            .icon(Glyph::Pencil)
            .into(),
        MenuItem::new(Act::Duplicate, "Duplicate").into(),
        MenuItem::new(Act::Print, "Print").into(),
        MenuItem::new(Act::Delete, "Delete")
            .icon(Glyph::Trash)
            .danger()
            .into(),
        MenuItem::new(Act::Empty, "Add an empty dashboard…")
            .icon(Glyph::Plus)
            .into(),
    ];
    for preset in Preset::ALL {
        all.push(
            MenuItem::new(Act::Preset(*preset), preset.action())
                .icon(Glyph::Plus)
                .into(),
        );
    }
    all
}

/// The line above the tiles.
#[component]
pub(super) fn Head() -> impl IntoView {
    let board = use_board();
    let store = board.store;
    let several = Memo::new(move |_| board.all.with(Vec::len) > 1);
    let options = Signal::derive(move || {
        let all = board.all.get().into_iter();
        all.map(|(id, name)| Choice::new(id.to_string(), name))
            .collect::<Vec<_>>()
    });
    let periods = Memo::new(move |_| {
        store.track_kind(Kind::Workspace);
        let fiscal = store.with(|s| s.world().state.workspace().fiscal_month);
        let all = When::ALL.iter().filter(|w| **w != When::Own);
        all.map(|w| Choice::new(w.code(), w.label(fiscal)))
            .collect::<Vec<_>>()
    });
    let set_period = move |period: String| {
        let Some(id) = board.id.get_untracked() else {
            return;
        };
        let name = board.with(id, |d| d.name.clone()).unwrap_or_default();
        board.run(InsightCommand::EditDashboard { id, name, period });
    };
    let pick = move |act: Act| {
        let Some(id) = board.id.get_untracked() else {
            return;
        };
        match act {
            Act::Rename => board.naming.set(Some(Some(id))),
            Act::Empty => board.naming.set(Some(None)),
            Act::Preset(preset) => start::add(store, preset),
            Act::Print => {
                let _ = window().print();
            }
            Act::Duplicate => {
                match store.run(Command::Insight(InsightCommand::DuplicateDashboard { id })) {
                    Ok(Some(EntityRef { id, .. })) => show(DashboardId(id)),
                    Ok(None) | Err(Refusal::Nothing) => {}
                    Err(refusal) => {
                        store.say(refusal.to_string(), crate::app::session::Tone::Refused)
                    }
                }
            }
            Act::Delete => {
                board.run(InsightCommand::DeleteDashboard { id });
                nav::go(Route::Dashboard(None));
            }
        }
    };
    view! {
        <div class="dash__head no-print">
            {block(move || several.get().then(|| view! {
                <Select class="dash__choice" label="Dashboard" options value=move || board.id.get().map(|id| id.to_string()).unwrap_or_default() on_change=move |id: String| if let Ok(id) = id.parse() { show(id) }/>
            }))}
            <Select class="dash__choice" label="Time" options=periods value=move || board.when("", None).code().to_owned() on_change=set_period/>
            <span class="push"></span>
            <Button icon=Glyph::Plus on_click=move |_| board.form.set(Some(None))>"Add tile"</Button>
            <Menu label="More for this dashboard" icon=Glyph::Dots icon_only=true kind=ButtonKind::Ghost align=Align::End entries=Signal::stored(entries()) on_pick=pick/>
        </div>
    }
}
