//! Beginning a review: whose deals, since when, and what would be on the agenda.

use super::pick::{WhoPick, who_code, who_of};
use crate::app::form::FieldError;
use crate::app::review::sentence;
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::command::review::{ReviewCommand, ReviewDraft, ToReview};
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::ReviewId;
use crate::domain::insight::agenda_review::{Ask, MOST, ReviewAgenda, agenda, last_review, since};
use crate::domain::insight::trail::Trails;
use crate::domain::insight::whose::Whose;
use crate::shell::clock::instant;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::history::Local;
use crate::ui::insight::trails_now;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What was chosen so far.
#[derive(Clone, Copy)]
struct Chosen {
    store: Store,
    who: RwSignal<String>,
    pipeline: RwSignal<String>,
    /// A day of one's own; empty for the one that is suggested.
    since: RwSignal<Option<String>>,
    /// What the log says; none while it is being read.
    trails: RwSignal<Option<Result<Arc<Trails>, String>>>,
}

impl Chosen {
    fn whose(self) -> Whose {
        let (person, team) = self.who.with(|code| who_of(code));
        Whose {
            person,
            team,
            pipeline: self.pipeline.with(|id| id.parse().ok()),
        }
    }

    fn suggested(self) -> NaiveDate {
        let today = self.store.moment().today;
        let whose = self.whose();
        self.store.with(|s| since(&s.world().state, whose, today))
    }

    fn since(self) -> NaiveDate {
        let own = self.since.get().and_then(|text| text.parse().ok());
        own.unwrap_or_else(|| self.suggested())
    }

    /// Whether the day of one's own is still to come: nothing can have changed since.
    fn is_to_come(self) -> bool {
        self.since() > self.store.moment().today
    }

    /// The agenda as it would be now; none while there can be none.
    fn agenda(self) -> Option<Result<ReviewAgenda, String>> {
        let (whose, since) = (self.whose(), self.since());
        if self.is_to_come() {
            return None;
        }
        for kind in [Kind::Deal, Kind::Activity, Kind::Review] {
            self.store.track_kind(kind);
        }
        let at = self.store.moment();
        self.trails.with(|trails| {
            let trails = match trails.as_ref()? {
                Ok(trails) => trails,
                Err(error) => return Some(Err(error.clone())),
            };
            let ask = Ask {
                whose,
                since,
                from: instant(since, 0),
                now: at.now,
                today: at.today,
                trails,
            };
            Some(Ok(self.store.with(|s| agenda(s.world(), &ask))))
        })
    }

    fn draft(self, agenda: &ReviewAgenda) -> ReviewDraft {
        let whose = untrack(|| self.whose());
        let since = untrack(|| self.since());
        self.store.with(|s| {
            let state = &s.world().state;
            let deal = |point: &crate::domain::insight::agenda_review::Point| ToReview {
                deal: point.deal,
                section: point.section().code().to_owned(),
                why: point
                    .flags
                    .iter()
                    .map(|flag| sentence(state, flag, &Local))
                    .collect(),
            };
            let today = self.store.moment().today;
            ReviewDraft {
                name: format!("Review of {}, {}", whose.name(state), fmt::date(today)),
                whose,
                since,
                lead: s.me(),
                deals: agenda.points.iter().map(deal).collect(),
            }
        })
    }
}

/// The dialog.
#[component]
pub(super) fn BeginDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let store = use_store();
    let me = store.with(|s| s.me());
    let chosen = Chosen {
        store,
        who: RwSignal::new(String::new()),
        pipeline: RwSignal::new(String::new()),
        since: RwSignal::new(None),
        trails: RwSignal::new(None),
    };
    let agenda = Memo::new(move |_| open.get().then(|| chosen.agenda()).flatten());
    let error = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if !open.get() {
            return;
        }
        // One who has no team sees what is theirs first.
        chosen.since.set(None);
        chosen.trails.set(None);
        error.set(None);
        spawn_local(async move {
            let read = trails_now(store).await;
            // None when the page has been left meanwhile.
            let _ = chosen.trails.try_set(Some(read));
        });
    });
    let begin = move || {
        let Some(Ok(agenda)) = agenda.get_untracked() else {
            return;
        };
        let draft = Box::new(chosen.draft(&agenda));
        match store.run(Command::Review(ReviewCommand::Begin(draft))) {
            Ok(Some(review)) => {
                open.set(false);
                nav::go(Route::Review(ReviewId(review.id)));
            }
            Ok(None) | Err(Refusal::Nothing) => open.set(false),
            Err(refusal) => error.set(Some(FieldError::from_refusal(&refusal).message)),
        }
    };
    let ready = Memo::new(move |_| agenda.with(|a| matches!(a, Some(Ok(_)))));
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary disabled=move || !ready.get() on_click=move |_| begin()>"Begin"</Button>
        }
    };
    view! {
        <Dialog open on_close=move |()| open.set(false) title="Begin a review" kind=DialogKind::Medium footer>
            {move || open.get().then(|| view! {
                <div class="review-begin">
                    <Fields chosen me=who_code(me, None)/>
                    {move || error.get().map(|why| view! { <p class="review-begin__error" role="alert">{why}</p> })}
                    {move || (!chosen.is_to_come()).then(|| view! { <Preview agenda/> })}
                </div>
            })}
        </Dialog>
    }
}

#[component]
fn Fields(
    /// What was chosen.
    chosen: Chosen,
    /// The person's own code; empty where it is not known who they are.
    me: String,
) -> impl IntoView {
    let store = chosen.store;
    let pipelines = store.with(|s| {
        let all = s.world().state.pipelines().into_iter();
        all.map(|p| Choice::new(p.id.to_string(), p.name.clone()))
            .collect::<Vec<_>>()
    });
    let several = pipelines.len() > 1;
    let since = Memo::new(move |_| chosen.since().to_string());
    let hint = Memo::new(move |_| {
        let whose = chosen.whose();
        let last = store.with(|s| last_review(&s.world().state, whose).and_then(|r| r.on));
        Some(match last {
            Some(on) => format!("The last review of this scope was on {}.", fmt::date(on)),
            None => String::from("There was no review of this scope yet: the last 7 days."),
        })
    });
    let to_come = Memo::new(move |_| {
        let words = "This day is still to come: nothing has changed since.";
        chosen.is_to_come().then(|| String::from(words))
    });
    let today = store.moment().today;
    let choose = move |code: String| {
        chosen.who.set(code);
        chosen.since.set(None);
    };
    let own = me.clone();
    let is_mine = move || chosen.who.with(|who| *who == own);
    view! {
        <Field label="Whose deals">
            <WhoPick value=chosen.who on_change=Callback::new(choose)/>
        </Field>
        {(!me.is_empty()).then(|| {
            let me = me.clone();
            view! {
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost disabled=is_mine on_click=move |_| choose(me.clone())>"Only my own"</Button>
            }
        })}
        {several.then(|| view! {
            <Field label="Pipeline">
                <Select options=Signal::stored(pipelines) value=chosen.pipeline on_change=move |id| chosen.pipeline.set(id) placeholder="All pipelines"/>
            </Field>
        })}
        <Field label="What changed since" hint error=to_come>
            <DateField value=since on_change=move |day: String| chosen.since.set((!day.is_empty()).then_some(day)) max=Some(today.to_string())/>
        </Field>
    }
}

/// How many deals there would be, and why.
#[component]
fn Preview(
    /// The agenda; none while the log is read.
    agenda: Memo<Option<Result<ReviewAgenda, String>>>,
) -> impl IntoView {
    move || match agenda.get() {
        None => view! { <p role="status">"Reading the history…"</p> }.into_any(),
        Some(Err(error)) => {
            view! { <Banner tone=Tone::Danger title="The history could not be read" text=error/> }
                .into_any()
        }
        Some(Ok(agenda)) if agenda.points.is_empty() => view! {
            <p>"Nothing would be on the agenda. A review can be held all the same, for notes."</p>
        }
        .into_any(),
        Some(Ok(agenda)) => {
            let deals = intl::count(agenda.points.len(), "deal", "deals");
            let more = (agenda.left_off > 0).then(|| {
                let all = intl::integer((agenda.points.len() + agenda.left_off) as i64);
                format!("These are the first {MOST} of {all}: choose a team, a person or a pipeline to see fewer.")
            });
            let row = |(section, n): (crate::domain::insight::agenda_review::Section, usize)| {
                view! { <li><span>{section.label()}</span><span class="review-begin__n">{intl::integer(n as i64)}</span></li> }
            };
            view! {
                <div class="review-begin__agenda" aria-live="polite">
                    <p class="review-begin__count">{format!("{deals} on the agenda")}</p>
                    {more.map(|more| view! { <p>{more}</p> })}
                    <ul>{agenda.counts().into_iter().map(row).collect_view()}</ul>
                </div>
            }
            .into_any()
        }
    }
}
