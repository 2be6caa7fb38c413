//! People and teams: how they do, compared fairly; what the better ones do differently; where the
//! work goes; what is shared and what is said of the process.

mod better;
mod effort;
mod funnel;
mod member;
mod table;

pub use member::MemberView;

use self::better::BetterPart;
use self::effort::EffortPart;
use self::funnel::FunnelPart;
use self::table::StandingsTable;
use super::{Snapshot, use_insight};
use crate::domain::change::Kind;
use crate::domain::insight::slice::Dimension;
use crate::domain::insight::team::{Standings, Works, standings, works};
use crate::ui::parts::*;
use crate::ui::review::{FeedbackList, Practices};
use leptos::prelude::*;
use std::sync::Arc;

/// How people or teams do in the time looked at.
pub(super) fn follow(by: Dimension) -> Memo<Arc<Standings>> {
    let insight = use_insight();
    Memo::new(move |_| {
        let Snapshot(facts) = insight.facts.get();
        let lens = insight.lens.get();
        Arc::new(insight.store.with(|s| {
            let world = s.world();
            let of = lens.select(&facts, world);
            standings(world, &facts, &of, lens.period, by)
        }))
    })
}

/// What everybody did in the time looked at.
pub(super) fn follow_work() -> Memo<Arc<Works>> {
    let insight = use_insight();
    Memo::new(move |_| {
        insight.store.track_kind(Kind::Activity);
        let period = insight.lens.get().period;
        let today = insight.store.tick().today.to_epoch_days();
        Arc::new(
            insight
                .store
                .with(|s| works(&s.world().state, period, today)),
        )
    })
}

/// The page.
#[component]
pub(super) fn TeamPage() -> impl IntoView {
    let people = follow(Dimension::Owner);
    let teams = follow(Dimension::Team);
    let work = follow_work();
    let none = Memo::new(move |_| people.with(|p| p.all.is_empty()));
    let several = Memo::new(move |_| {
        let named = |s: &&crate::domain::insight::team::Standing| !s.key.is_empty();
        teams.with(|t| t.all.iter().filter(named).count() > 0)
    });
    view! {
        <div class="insight__page team-page">
            {move || if none.get() {
                view! { <Empty glyph=Glyph::People title="No deals to compare" text="As soon as deals have owners and are won or lost, this page says how people and teams do."/> }.into_any()
            } else {
                view! {
                    <StandingsTable title="People" of=people work/>
                    {several.get().then(|| view! { <StandingsTable title="Teams" of=teams/> })}
                    {in_turn(move || view! { <FunnelPart people/> })}
                    {in_turn(move || view! { <BetterPart people/> })}
                    {in_turn(|| view! { <EffortPart/> })}
                }.into_any()
            }}
            <Practices/>
            <FeedbackList/>
        </div>
    }
}
