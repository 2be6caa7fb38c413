//! One deal in a review: why it is here, what changed, how it stands, and what is decided.

use super::changed::Changed;
use super::coach::CoachDraft;
use super::decide::{Decision, Plan};
use super::earlier::Earlier;
use super::state::{Entry, use_desk};
use crate::app::route::Route;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::insight::agenda_review::Section;
use crate::domain::review::CoachingKind;
use crate::ui::lazy::{self, Part};
use crate::ui::parts::*;
use leptos::prelude::*;

/// The note to somebody that is being written.
#[derive(Clone, Copy)]
pub(super) struct Praise(pub RwSignal<Option<CoachDraft>>);

/// The deal.
#[component]
pub(super) fn Topic(
    /// Which.
    deal: DealId,
) -> impl IntoView {
    let desk = use_desk();
    let entry = Memo::new(move |_| {
        desk.order
            .with(|all| all.iter().find(|e| e.deal == deal).cloned())
    });
    let title = move || entry.with(|e| e.as_ref().map(|e| e.title.clone()));
    let heading = move || entry.with(|e| e.as_ref().map(Entry::heading));
    let organisation = Memo::new(move |_| {
        desk.store.track(deal);
        desk.store.with(|s| {
            let state = &s.world().state;
            let org = state.tables.deals.get(deal)?.organisation?;
            Some((org, state.name_of(org.into())))
        })
    });
    // A win is told below, with who it is owed to.
    let why = desk.item(deal, |item| {
        let won = item.section == Section::Won.code();
        item.why
            .iter()
            .skip(usize::from(won))
            .cloned()
            .collect::<Vec<_>>()
    });
    view! {
        <article class="review-topic" aria-labelledby="review-topic">
            <header class="review-topic__head">
                <p class="review-topic__section">{heading}</p>
                <h2 class="review-topic__title" id="review-topic" tabindex="-1" data-topic="">{title}</h2>
                {move || organisation.get().map(|(id, name)| view! {
                    <a class="review-topic__org" href=Route::Organisation(id).print()><Icon glyph=Glyph::Building/>{name}</a>
                })}
            </header>
            <ul class="review-topic__why" aria-label="Why it is on the agenda">
                {move || why.get().into_iter().map(|why| view! { <li><Icon glyph=Glyph::Flag/>{why}</li> }).collect_view()}
            </ul>
            <Celebrate deal entry/>
            {lazy::piece(Part::DealDesk { id: deal })}
            <Earlier deal/>
            <div class="review-topic__work">
                <Decision deal/>
                <Plan deal/>
            </div>
            <Changed deal/>
            {lazy::piece(Part::DealBackground { id: deal })}
        </article>
    }
}

/// A win: who did it, and a word of praise.
#[component]
fn Celebrate(
    /// Which deal.
    deal: DealId,
    /// Its place on the agenda.
    entry: Memo<Option<Entry>>,
) -> impl IntoView {
    let desk = use_desk();
    let Praise(praise) = expect_context();
    let win = Memo::new(move |_| {
        desk.store.track(deal);
        let listed = entry.with(|e| e.as_ref().is_some_and(|e| e.section == Some(Section::Won)));
        desk.store.with(|s| {
            let state = &s.world().state;
            let deal = state.tables.deals.get(deal)?;
            let won = deal.outcome.status() == Status::Won;
            let owner = deal.owner.map(|id| (id, state.name_of(id.into())));
            let reason = deal.outcome.closure().map(|c| c.reason.clone());
            (won && listed).then_some((owner, reason.unwrap_or_default()))
        })
    });
    move || {
        win.get().map(|(owner, reason)| {
            let words = match (&owner, reason.trim()) {
                (Some((_, name)), "") => format!("{name} won it."),
                (Some((_, name)), reason) => format!("{name} won it: {reason}."),
                (None, "") => String::from("It was won."),
                (None, reason) => format!("It was won: {reason}."),
            };
            let to = owner.map(|(id, _)| id);
            let begin = move |_| {
                praise.set(Some(CoachDraft {
                    person: to,
                    deal: Some(deal),
                    ..CoachDraft::new(CoachingKind::Celebration)
                }));
            };
            view! {
                <div class="review-win">
                    <Icon glyph=Glyph::Trophy/>
                    <p>{words}</p>
                    <Button size=ButtonSize::Small icon=Glyph::Star on_click=begin>"Praise"</Button>
                </div>
            }
        })
    }
}
