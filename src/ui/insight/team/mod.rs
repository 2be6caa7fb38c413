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
use super::{Insight, use_insight};
use crate::domain::change::Kind;
use crate::domain::insight::lens::Lens;
use crate::domain::insight::slice::Dimension;
use crate::domain::insight::team::{Ask, Standings, Works, standings, works};
use crate::ui::parts::*;
use crate::ui::review::{FeedbackList, Practices};
use leptos::prelude::*;
use std::sync::Arc;

/// Works something out for those looked at, held against everybody. Reactive.
fn ask<R>(insight: Insight, lens: &Lens, read: impl FnOnce(Ask<'_>) -> R) -> R {
    let (facts, exchange) = (insight.facts.get(), insight.exchange.get());
    let today = insight.store.tick().today.to_epoch_days();
    insight.store.with(|s| {
        let world = s.world();
        read(Ask {
            world,
            facts: &facts.0,
            of: &lens.select(&facts.0, world),
            everybody: &lens.of_everybody().select(&facts.0, world),
            period: lens.period,
            exchange: &exchange,
            today,
        })
    })
}

/// How people or teams do in the time looked at, held against everybody.
pub(super) fn follow(by: Dimension) -> Memo<Arc<Standings>> {
    let insight = use_insight();
    Memo::new(move |_| {
        let lens = insight.lens.get();
        Arc::new(ask(insight, &lens, |asked| standings(asked, by)))
    })
}

/// How all people do, whoever is chosen.
pub(super) fn follow_everybody() -> Memo<Arc<Standings>> {
    let insight = use_insight();
    Memo::new(move |_| {
        let lens = insight.lens.get().of_everybody();
        Arc::new(ask(insight, &lens, |asked| {
            standings(asked, Dimension::Owner)
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
    let insight = use_insight();
    let people = follow(Dimension::Owner);
    let teams = follow(Dimension::Team);
    let work = follow_work();
    let none = Memo::new(move |_| people.with(|p| p.all.is_empty()));
    let several = Memo::new(move |_| {
        let named = |s: &&crate::domain::insight::team::Standing| !s.key.is_empty();
        // Of one person's deals a team is that person again.
        let one = insight.scope.with(|scope| scope.who.starts_with("person:"));
        !one && teams.with(|t| t.all.iter().filter(named).count() > 0)
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
