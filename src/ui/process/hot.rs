//! The open deals by grade, and the hottest of them.

use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::query::hot::{Hot, Scored, hot};
use crate::domain::query::score::Grade;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::parts::{Empty, Glyph};
use crate::ui::qualify::GradeChip;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// How many deals are listed.
const MOST: usize = 25;

/// A matrix of grades and the list of the best.
#[component]
pub(super) fn HotList() -> impl IntoView {
    let store = use_store();
    let found = Memo::new(move |_| {
        for kind in [
            Kind::ScoreRule,
            Kind::Deal,
            Kind::Activity,
            Kind::Organisation,
            Kind::Contact,
            Kind::Workspace,
        ] {
            store.track_kind(kind);
        }
        let at = store.tick();
        store.with(|s| hot(s.world(), MOST, at.now, at.today))
    });
    move || {
        let Hot { best, counts } = found.get();
        if best.is_empty() {
            return view! {
                <Empty glyph=Glyph::Star title="Nothing is scored yet" text="Add rules, and the open deals line up here, the hottest first."/>
            }
            .into_any();
        }
        view! {
            <Matrix counts/>
            <section class="score-rules" aria-labelledby="hot">
                <h2 class="score-rules__title" id="hot">"Hottest deals"</h2>
                <ol class="hot">{best.into_iter().map(|scored| view! { <Row scored/> }).collect_view()}</ol>
            </section>
        }
        .into_any()
    }
}

/// How many open deals have which grade.
#[component]
fn Matrix(counts: [[usize; 4]; 4]) -> impl IntoView {
    let head = (1..=4)
        .map(|n| view! { <th scope="col">{n}</th> })
        .collect_view();
    let row = |(fit, row): (usize, [usize; 4])| {
        let cells = row.into_iter().enumerate().map(|(engagement, n)| {
            view! { <td data-heat=(fit + engagement).to_string()>{if n > 0 { intl::integer(n as i64) } else { String::from("–") }}</td> }
        });
        view! {
            <tr>
                <th scope="row">{Grade::letter(fit as u8).to_string()}</th>
                {cells.collect_view()}
            </tr>
        }
    };
    view! {
        <table class="grade-matrix">
            <caption>"Open deals by fit (down) and engagement (across)"</caption>
            <thead><tr><td></td>{head}</tr></thead>
            <tbody>{counts.into_iter().enumerate().map(row).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(scored: Scored) -> impl IntoView {
    let store = use_store();
    let facts = store.with(|s| {
        let state = &s.world().state;
        let deal = state.tables.deals.get(scored.deal)?;
        let org = deal
            .organisation
            .filter(|id| s.world().is_alive((*id).into()));
        let org = org.map(|id| state.name_of(id.into()));
        let stage = state.stage_of(deal).map(|s| s.name.clone());
        let value = deal.value.map(fmt::money_compact);
        Some((deal.title.clone(), org, stage, value))
    });
    facts.map(|(title, org, stage, value)| {
        let where_ = org.into_iter().chain(stage).collect::<Vec<_>>().join(" · ");
        view! {
            <li class="hot__row">
                <GradeChip grade=scored.grade/>
                <span class="hot__what">
                    <a href=Route::Deal(scored.deal).print()>{title}</a>
                    <span class="hot__where">{where_}</span>
                </span>
                <span class="hot__points">{format!("fit {}, engagement {}", intl::integer(scored.fit), intl::integer(scored.engagement))}</span>
                <span class="hot__value">{value}</span>
            </li>
        }
    })
}
