//! What a rule did, and taking it back.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Desk;
use crate::app::route::Route;
use crate::app::session::Tone;
use crate::domain::automation::RuleRun;
use crate::domain::change::{Change, IntentKind, Kind};
use crate::domain::ids::{AutomationId, RunId};
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::parts::{Button, ButtonSize, Dialog, DialogKind, Empty, Glyph, Icon};
use crate::ui::store::{Store, use_store};

/// How many runs are shown.
const SHOWN: usize = 200;

/// The runs of a rule, latest first.
fn runs(store: Store, id: AutomationId) -> Vec<RuleRun> {
    store.with(|session| {
        let all = session.world().state.tables.runs.iter();
        let mut own: Vec<RuleRun> = all.filter(|run| run.automation == id).cloned().collect();
        own.order_by(|a, b| (b.at, b.id).cmp(&(a.at, a.id)));
        own
    })
}

/// Takes back what these runs did, as one action.
fn take_back(store: Store, runs: Vec<RunId>, text: String, busy: RwSignal<bool>) {
    busy.set(true);
    spawn_local(async move {
        let mut changes: Vec<Change> = Vec::new();
        for run in runs {
            match store.log_of(run.into()).await {
                Ok(log) => changes.extend(
                    log.into_iter()
                        .filter(|c| c.intent.kind == IntentKind::Automate),
                ),
                Err(why) => {
                    store.say(
                        format!("The history could not be read: {why}"),
                        Tone::Refused,
                    );
                    busy.set(false);
                    return;
                }
            }
        }
        store.runtime().revert_all(&changes, &text);
        busy.set(false);
    });
}

/// The sheet.
#[component]
pub(super) fn Log(desk: Desk, id: AutomationId) -> impl IntoView {
    let store = use_store();
    let busy = RwSignal::new(false);
    let all = Memo::new(move |_| {
        store.track_kind(Kind::RuleRun);
        runs(store, id)
    });
    let name = store.with(|s| s.world().state.name_of(id.into()));
    let title = format!("What “{name}” did");
    let everything = StoredValue::new(format!("Took back what “{name}” did"));
    let back = move |_| {
        let ids = all.with_untracked(|all| all.iter().map(|run| run.id).collect());
        take_back(store, ids, everything.get_value(), busy);
    };
    let list = move || {
        all.with(|all| {
            let rows = all.iter().take(SHOWN).map(|run| row(store, run, busy));
            rows.collect_view()
        })
    };
    let more = move || all.with(|all| all.len().saturating_sub(SHOWN));
    view! {
        <Dialog open=true on_close=move |()| desk.close() title kind=DialogKind::Sheet>
            {move || all.with(Vec::is_empty).then(|| view! {
                <Empty glyph=Glyph::History title="It has not worked yet" text="Each time it works there is a line here, with what it did and why."/>
            })}
            {move || (!all.with(Vec::is_empty)).then(|| view! {
                <div class="rules__bar">
                    <Button icon=Glyph::Undo loading=busy on_click=back>"Take back all it did"</Button>
                </div>
                <p class="trial__note">"What was changed since by somebody stays. The automation itself goes on unless it is switched off."</p>
            })}
            <ol class="runs" aria-label="Runs">{list}</ol>
            {move || (more() > 0).then(|| view! { <p class="trial__note">{format!("{} earlier ones are not shown.", intl::integer(more() as i64))}</p> })}
        </Dialog>
    }
}

fn row(store: Store, run: &RuleRun, busy: RwSignal<bool>) -> AnyView {
    let (id, deal) = (run.id, run.deal);
    let name = store.with(|s| s.world().state.name_of(deal.into()));
    let undo = format!("Took back what an automation did on {name}");
    let label = format!("Take back what it did on {name}");
    let back = move |_| take_back(store, vec![id], undo.clone(), busy);
    let did = run
        .did
        .iter()
        .map(|text| view! { <li>{text.clone()}</li> })
        .collect_view();
    let failed = run.failed.iter().map(|text| {
        view! { <li class="runs__failed"><Icon glyph=Glyph::Warning/>{text.clone()}</li> }
    });
    view! {
        <li class="runs__run">
            <div class="runs__head">
                <a href=Route::Deal(deal).print()>{name}</a>
                <span class="runs__when">{fmt::time(run.at)}</span>
                <Button size=ButtonSize::Small on_click=back attr:aria-label=label>"Take back"</Button>
            </div>
            <p class="runs__cause">{run.cause.clone()}</p>
            <ul class="runs__did">{did}{failed.collect_view()}</ul>
        </li>
    }
    .into_any()
}
