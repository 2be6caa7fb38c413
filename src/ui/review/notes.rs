//! What was said to a member of the team, and what was agreed.

use super::coach::{CoachDialog, CoachDraft};
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::review::ReviewCommand;
use crate::domain::ids::PersonId;
use crate::domain::order::Order;
use crate::domain::review::{Coaching, CoachingField, CoachingKind};
use crate::ui::deal::from_today;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::records::Group;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The notes to somebody: open ones first, those to come back to soonest before the others.
#[component]
pub fn Notes(
    /// To whom.
    person: PersonId,
) -> impl IntoView {
    let store = use_store();
    let draft = RwSignal::new(None::<CoachDraft>);
    let notes = Memo::new(move |_| {
        for kind in [Kind::Coaching, Kind::Person, Kind::Deal] {
            store.track_kind(kind);
        }
        store.with(|s| {
            let all = s.world().state.tables.coaching.iter();
            let mut all: Vec<Coaching> =
                all.filter(|n| n.person == Some(person)).cloned().collect();
            all.order_by_key(|n| {
                (
                    n.done,
                    n.follow_up.is_none(),
                    n.follow_up,
                    std::cmp::Reverse(n.on),
                    n.id,
                )
            });
            all
        })
    });
    let agreed = Memo::new(move |_| {
        let open = |n: &&Coaching| n.kind == CoachingKind::Agreement && !n.done;
        notes.with(|all| all.iter().filter(open).count())
    });
    let begin = move |_| {
        draft.set(Some(CoachDraft {
            person: Some(person),
            ..CoachDraft::new(CoachingKind::Coaching)
        }));
    };
    let tools = move || view! { <Button size=ButtonSize::Small icon=Glyph::Plus on_click=begin>"Write a note"</Button> };
    view! {
        <Group title="Notes and agreements" tools>
            {move || match agreed.get() {
                0 => None,
                1 => Some(view! { <p class="notes__open">"1 agreement is open."</p> }),
                n => Some(view! { <p class="notes__open">{format!("{n} agreements are open.")}</p> }),
            }}
            {move || if notes.with(Vec::is_empty) {
                view! { <p class="notes__none">"Nothing was written down yet: coaching, praise, what was agreed, wins to celebrate."</p> }.into_any()
            } else {
                view! { <ul class="notes">{notes.get().into_iter().map(|note| view! { <NoteRow note draft/> }).collect_view()}</ul> }.into_any()
            }}
        </Group>
        <CoachDialog draft/>
    }
}

fn tone_of(kind: CoachingKind) -> Tone {
    match kind {
        CoachingKind::Coaching => Tone::Info,
        CoachingKind::Praise | CoachingKind::Celebration => Tone::Success,
        CoachingKind::Agreement => Tone::Accent,
    }
}

#[component]
fn NoteRow(
    /// It.
    note: Coaching,
    /// Opens it for changing.
    draft: RwSignal<Option<CoachDraft>>,
) -> impl IntoView {
    let store = use_store();
    let (by, deal) = store.with(|s| {
        let state = &s.world().state;
        (
            note.by.map(|id| state.name_of(id.into())),
            note.deal.map(|id| (id, state.name_of(id.into()))),
        )
    });
    let today = store.moment().today;
    let late = note.follow_up.is_some_and(|day| day < today) && !note.done;
    let follow = note.follow_up.map(|day| {
        format!(
            "Come back to it {}, {}",
            fmt::day_month(day),
            from_today(day, today)
        )
    });
    let under = [by.map(|by| format!("from {by}")), note.on.map(fmt::date)];
    let under: Vec<String> = under.into_iter().flatten().collect();
    let id = note.id;
    let done = move |done| {
        store.dispatch(Command::Review(ReviewCommand::Coach {
            id: Some(id),
            fields: vec![CoachingField::Done(done)],
        }));
    };
    let begin = CoachDraft::of(&note);
    let kind = note.kind;
    let open_ended = matches!(kind, CoachingKind::Coaching | CoachingKind::Agreement);
    view! {
        <li class="notes__note" class:notes__note--done=note.done>
            <div class="notes__head">
                <Chip tone=tone_of(kind)>{kind.label()}</Chip>
                <span class="notes__under">{under.join(", ")}</span>
                {follow.map(|follow| view! { <span class:notes__late=late class="notes__follow">{follow}</span> })}
            </div>
            <p class="notes__text">{note.text.clone()}</p>
            {deal.map(|(id, title)| view! { <p class="notes__deal"><a href=Route::Deal(id).print()>{title}</a></p> })}
            <div class="notes__acts no-print">
                {open_ended.then(|| view! { <Checkbox checked=note.done on_change=done label="Done"/> })}
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Pencil on_click=move |_| draft.set(Some(begin.clone()))>"Change"</Button>
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Trash on_click=move |_| store.dispatch(Command::Delete(vec![id.into()]))>"Delete"</Button>
            </div>
        </li>
    }
}
