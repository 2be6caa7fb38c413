//! A deal where it is talked about and worked on, outside of its own page: its stage, its main
//! facts, who is in it, what is known and what was done last.

use super::activities::duration;
use super::close::Closing;
use super::facts::{Facts, from_today};
use super::head::{Closed, MoveMenu, StatusChip, Steps};
use super::more::glyph_of;
use super::page::{Page, use_page};
use super::side::{Contacts, Group as Part};
use crate::app::route::Route;
use crate::domain::activity::ActivityKind;
use crate::domain::deal::Status;
use crate::domain::ids::{ActivityId, DealId};
use crate::domain::order::Order;
use crate::domain::query::idle::{activities, idle};
use crate::domain::query::parties::happened;
use crate::domain::query::qualify::qualification;
use crate::domain::stamp::Millis;
use crate::shell::intl;
use crate::ui::activity::title_of;
use crate::ui::fmt;
use crate::ui::keys::{self, Group};
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// Activities shown at most.
const LAST: usize = 5;

/// The deal, with all that can be done with it on the spot. Nothing of one that is gone.
#[component]
pub fn DealDesk(
    /// Which.
    id: DealId,
) -> impl IntoView {
    let store = use_store();
    provide_context(Page::new(store, id));
    let here = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().is_alive(id.into()))
    });
    move || {
        if here.get() {
            view! { <Desk/> }.into_any()
        } else {
            view! { <p class="deal-desk__gone">"This deal was deleted."</p> }.into_any()
        }
    }
}

/// Who is in the deal, what is known of it and what was done last.
#[component]
pub fn DealBackground(
    /// Which deal.
    id: DealId,
) -> impl IntoView {
    provide_context(Page::new(use_store(), id));
    view! {
        <div class="deal-desk__more">
            <Contacts/>
            <Known/>
            <Last/>
        </div>
    }
}

#[component]
fn Desk() -> impl IntoView {
    let page = use_page();
    keys::on("W", "Mark as won", Group::Review, move || {
        page.set_status(Status::Won)
    });
    keys::on("L", "Mark as lost", Group::Review, move || {
        page.set_status(Status::Lost)
    });
    let status = page.read(|_, deal| Some(deal.outcome.status()));
    view! {
        <div class="deal-desk" data-deal=page.id.to_string()>
            <div class="deal-desk__line no-print">
                {move || status.get().map(|status| view! { <StatusChip status/> })}
                <Where/>
                <span class="deal-desk__acts">
                    {move || if status.get() == Some(Status::Open) {
                        view! {
                            <Button size=ButtonSize::Small icon=Glyph::Trophy kbd="W" on_click=move |_| page.set_status(Status::Won)>"Won"</Button>
                            <Button size=ButtonSize::Small icon=Glyph::Close kbd="L" on_click=move |_| page.set_status(Status::Lost)>"Lost"</Button>
                            <Button size=ButtonSize::Small icon=Glyph::Pause on_click=move |_| page.set_status(Status::OnHold)>"Put on hold"</Button>
                        }.into_any()
                    } else {
                        view! { <Button size=ButtonSize::Small icon=Glyph::Refresh on_click=move |_| page.set_status(Status::Open)>"Reopen"</Button> }.into_any()
                    }}
                    <MoveMenu small=true/>
                </span>
            </div>
            <Steps/>
            <Closed/>
            <Facts/>
            <Closing/>
        </div>
    }
}

/// The stage with the time in it, and how long nothing happened.
#[component]
fn Where() -> impl IntoView {
    let page = use_page();
    let stage = page.read(|world, deal| {
        let stage = world.state.stage_of(deal)?;
        Some((stage.name.clone(), deal.placement.since))
    });
    let quiet = Memo::new(move |_| {
        page.track();
        let at = page.store.tick();
        page.now(|world, deal| {
            let idle = idle(world, deal, at.now, at.today);
            (deal.outcome.status() == Status::Open).then_some((idle.days, idle.rotting))
        })
    });
    let words = move || {
        let now = page.store.tick().now;
        stage.get().map(|(name, since)| {
            let stood = duration((now - since).max(0));
            format!("{stood} in {name}")
        })
    };
    let idle = move || {
        quiet.get().map(|(days, rotting)| {
            let words = match days {
                0 => String::from("active today"),
                n => format!("quiet for {}", intl::count(n as usize, "day", "days")),
            };
            view! { <span aria-hidden="true">"·"</span><span class:deal-rotting=rotting>{words}</span> }
        })
    };
    view! { <span class="deal-desk__where">{words}{idle}</span> }
}

/// How far it is qualified, and what is not known.
#[component]
fn Known() -> impl IntoView {
    let page = use_page();
    let known = page.read(|world, deal| {
        let known = qualification(&world.state, deal)?;
        let gaps: Vec<String> = known.gaps().map(|q| q.question.name.clone()).collect();
        let need = world.state.stage_of(deal).map_or(0, |s| s.qualified);
        Some((known.framework.name.clone(), known.percent, need, gaps))
    });
    move || {
        known.get().map(|(framework, percent, need, gaps)| {
            let asked = match need {
                0 => String::new(),
                need => format!(", its stage asks for {}", fmt::percent(need)),
            };
            let title = format!("{framework}: {}{asked}", fmt::percent(percent));
            let none = gaps.is_empty();
            view! {
                <Part title="Qualification">
                    <p class="deal-group__known">{title}</p>
                    {none.then(|| view! { <p>"Every question has an answer."</p> })}
                    <ul class="deal-desk__gaps">
                        {gaps.into_iter().map(|gap| view! { <li><Chip tone=Tone::Warn>{gap}</Chip></li> }).collect_view()}
                    </ul>
                </Part>
            }
        })
    }
}

/// An activity that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Happened {
    id: ActivityId,
    kind: ActivityKind,
    title: String,
    outcome: Option<&'static str>,
    at: Millis,
}

/// What was done last.
#[component]
fn Last() -> impl IntoView {
    let page = use_page();
    let last = page.read(|world, deal| {
        let all = activities(world, deal).filter_map(|a| {
            Some(Happened {
                id: a.id,
                kind: a.kind,
                title: title_of(a),
                outcome: a.outcome.map(|o| o.label()),
                at: happened(a)?,
            })
        });
        let mut all: Vec<Happened> = all.collect();
        all.order_by_key(|a| (std::cmp::Reverse(a.at), a.id));
        all.truncate(LAST);
        all
    });
    let row = |one: Happened| {
        let when = crate::shell::clock::civil_date(one.at)
            .map(|day| from_today(day, crate::shell::clock::today()));
        view! {
            <li class="deal-desk__did">
                <Icon glyph=glyph_of(one.kind)/>
                <span>{one.title}{one.outcome.map(|o| format!(", {}", o.to_lowercase()))}</span>
                <span class="deal-desk__when" title=fmt::time(one.at)>{when}</span>
            </li>
        }
    };
    view! {
        <Part title="Last activities">
            {move || if last.with(Vec::is_empty) {
                view! { <p class="deal-group__known">"Nothing was done yet."</p> }.into_any()
            } else {
                view! { <ul class="deal-desk__last">{last.get().into_iter().map(row).collect_view()}</ul> }.into_any()
            }}
            <p class="deal-desk__open"><a href=Route::Deal(page.id).print()>"Open the deal"</a></p>
        </Part>
    }
}
