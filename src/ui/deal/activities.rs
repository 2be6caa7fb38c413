//! What was done on a deal and what is still to do.

use super::composer::Composer;
use super::decided::DecidedItem;
use super::facts::from_today;
use super::more::glyph_of;
use super::page::use_page;
use super::row_menu::RowMenu;
use super::template::UseTemplate;
use crate::app::form::activity::ActivityForm;
use crate::app::history::{Event, TimelineItem, timeline};
use crate::app::today::step_place;
use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::ids::ActivityId;
use crate::domain::order::Order;
use crate::domain::query::idle::{DAY, activities};
use crate::domain::stamp::Millis;
use crate::shell::{clock, intl};
use crate::ui::activity::{Finish, time_words, title_of};
use crate::ui::fmt;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::store::Store;
use leptos::prelude::*;

/// Items of the timeline shown before one asks for the rest.
const MOST: usize = 40;

/// The box to write in, what is open, and the timeline.
#[component]
pub(super) fn Activities() -> impl IntoView {
    let page = use_page();
    let begin = page.writing.get_untracked();
    view! {
        <Composer begin kept=page.writing/>
        <UseTemplate/>
        <Open/>
        <Timeline/>
    }
}

/// What is still to do, the next first.
#[component]
fn Open() -> impl IntoView {
    let page = use_page();
    let open = page.read(|world, deal| {
        let waiting = |a: &&Activity| a.done.is_none() && a.kind != ActivityKind::Note;
        let mut open: Vec<&Activity> = activities(world, deal).filter(waiting).collect();
        open.order_by_key(|a| (a.due.is_none(), a.due, a.due_minute, a.created, a.id));
        open.into_iter().map(|a| a.id).collect::<Vec<_>>()
    });
    let finishing = RwSignal::new(None::<ActivityId>);
    let finish = move || {
        finishing.get().map(|id| {
            let over = move |()| {
                finishing.set(None);
                // The strip goes, and with it the focus.
                nav::rescue_focus();
            };
            view! { <Finish id focused=true on_over=over/> }
        })
    };
    let some = Memo::new(move |_| open.with(|all| !all.is_empty()));
    let any = Memo::new(move |_| some.get() || finishing.get().is_some());
    move || {
        any.get().then(|| {
            view! {
                <section class="deal-open" aria-labelledby="deal-open">
                    <h2 class="deal-section" id="deal-open">"To do"</h2>
                    {finish}
                    {move || some.get().then(|| view! {
                        <ul class="deal-open__list">
                            <For each=move || open.get() key=|id| *id children=move |id| view! { <OpenRow id finishing/> }/>
                        </ul>
                    })}
                </section>
            }
        })
    }
}

/// An activity to be done.
#[component]
fn OpenRow(
    /// Which.
    id: ActivityId,
    /// What was done last, whose questions are still open.
    finishing: RwSignal<Option<ActivityId>>,
) -> impl IntoView {
    let page = use_page();
    let editing = RwSignal::new(false);
    let activity = read(id);
    let done = move |done| {
        page.store.dispatch(Command::SetDone { activity: id, done });
        finishing.set(Some(id));
    };
    view! {
        <li class="deal-todo" data-activity=id.to_string()>
            {move || activity.get().map(|activity| if editing.get() {
                view! { <EditHere id editing/> }.into_any()
            } else {
                let label = format!("Done: {}", title_of(&activity));
                view! {
                    <Checkbox checked=false on_change=done label label_hidden=true/>
                    <Said activity=activity.clone()/>
                    <Due activity/>
                    <RowMenu id editing done=false/>
                }
                .into_any()
            })}
        </li>
    }
}

/// An activity, again whenever it changes.
fn read(id: ActivityId) -> Memo<Option<Activity>> {
    let page = use_page();
    Memo::new(move |_| {
        page.store.track(id);
        page.store
            .with(|s| s.world().state.tables.activities.get(id).cloned())
    })
}

/// Kind and text of an activity.
#[component]
fn Said(
    /// It.
    activity: Activity,
) -> impl IntoView {
    let page = use_page();
    let more = more_words(page.store, &activity);
    let Activity {
        kind,
        subject,
        body,
        ..
    } = activity;
    view! {
        <span class="deal-said">
            <span class="deal-said__kind" title=kind.label()>
                <Icon glyph=glyph_of(kind)/>
                <span class="visually-hidden">{kind.label()}": "</span>
            </span>
            <span class="deal-said__text">
                {(!subject.is_empty()).then(|| view! { <span class="deal-said__subject">{subject}</span> })}
                {(!body.trim().is_empty()).then(|| view! { <span class="deal-said__body">{body}</span> })}
                {(!more.is_empty()).then(|| view! { <span class="deal-said__more">{more}</span> })}
            </span>
        </span>
    }
}

/// With whom, where, and by which cadence, in a line.
fn more_words(store: Store, activity: &Activity) -> String {
    store.with(|s| {
        let state = &s.world().state;
        let step = step_place(state, activity.cadence, activity.step).map(|p| match p.at {
            0 => p.cadence,
            at => format!("{}, step {at} of {}", p.cadence, p.of),
        });
        let parts = [
            activity.contact.map(|id| state.name_of(id.into())),
            Some(activity.location.clone()).filter(|l| !l.is_empty()),
            step,
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(" · ")
    })
}

/// When it is due.
#[component]
fn Due(
    /// The activity.
    activity: Activity,
) -> impl IntoView {
    let page = use_page();
    activity.due.map(|due| {
        let time = time_words(&activity)
            .map(|time| format!(" {time}"))
            .unwrap_or_default();
        let day = fmt::day_month(due);
        move || {
            let today = page.store.tick().today;
            let tone = match due.cmp(&today) {
                std::cmp::Ordering::Less => Tone::Danger,
                std::cmp::Ordering::Equal => Tone::Warn,
                std::cmp::Ordering::Greater => Tone::Neutral,
            };
            let near = (due - today).num_days().abs() <= 7;
            let words = if near {
                from_today(due, today)
            } else {
                day.clone()
            };
            let title = format!("Due {}{time}", fmt::date(due));
            view! { <Chip tone title>{format!("{words}{time}")}</Chip> }
        }
    })
}

/// The box in which an activity is changed, in its place.
#[component]
fn EditHere(
    /// Which.
    id: ActivityId,
    /// Set to false when it is over.
    editing: RwSignal<bool>,
) -> impl IntoView {
    let page = use_page();
    let begin = page
        .store
        .with(|s| ActivityForm::from_activity(s.world(), id));
    begin.map(|begin| view! { <Composer begin on_done=move |()| editing.set(false)/> })
}

/// Stages, notes and what was done, newest first.
#[component]
fn Timeline() -> impl IntoView {
    let page = use_page();
    let items = Memo::new(move |_| {
        page.track();
        page.store.track_kind(Kind::Review);
        page.now(timeline)
    });
    let all = RwSignal::new(false);
    let shown = move || {
        let most = if all.get() { usize::MAX } else { MOST };
        items.with(|items| items.iter().take(most).copied().collect::<Vec<_>>())
    };
    let hidden = move || items.with(Vec::len).saturating_sub(MOST);
    view! {
        <section class="deal-timeline" aria-labelledby="deal-timeline">
            <h2 class="deal-section" id="deal-timeline">"Timeline"</h2>
            <ol class="deal-timeline__list">
                <For each=shown key=|item| (item.at, format!("{:?}", item.event)) children=|item| view! { <Item item/> }/>
            </ol>
            {move || (!all.get() && hidden() > 0).then(|| view! {
                <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| all.set(true)>
                    {format!("Show {} older", hidden())}
                </Button>
            })}
        </section>
    }
}

/// One thing that happened.
#[component]
fn Item(
    /// It.
    item: TimelineItem,
) -> impl IntoView {
    let TimelineItem { at, event } = item;
    match event {
        Event::Activity(id) => view! { <ActivityItem id at/> }.into_any(),
        Event::Decided(review) => view! { <DecidedItem review at/> }.into_any(),
        Event::Created => {
            view! { <Happened at glyph=Glyph::Plus text="Deal created".to_owned() note=None/> }
                .into_any()
        }
        Event::Entered { stage, from, spent } => {
            let page = use_page();
            let name = |id| {
                page.store.with(|s| {
                    s.world()
                        .state
                        .name_of(crate::domain::change::EntityRef::from(id))
                })
            };
            let text = match from {
                None => format!("Created in {}", name(stage)),
                Some(from) => format!(
                    "Moved from {} to {}, after {}",
                    name(from),
                    name(stage),
                    duration(spent)
                ),
            };
            let glyph = if from.is_none() {
                Glyph::Plus
            } else {
                Glyph::ArrowRight
            };
            let past = page.store.with(|s| {
                let deal = s.world().state.tables.deals.get(page.id)?;
                deal.overrides
                    .iter()
                    .map(|(_, past)| past)
                    .find(|o| o.to == stage && o.at == at)
                    .cloned()
            });
            let note = past.map(|past| {
                let missing = past.missing.join(", ");
                format!("Past what was missing: {missing}. “{}”", past.reason)
            });
            view! { <Happened at glyph text note/> }.into_any()
        }
    }
}

/// How long ago, while that says more than the date.
pub(super) fn ago(at: Millis) -> String {
    let today = clock::today();
    match clock::civil_date(at) {
        Some(day) if (today - day).num_days() > 30 => fmt::day_month(day),
        _ => fmt::since(at),
    }
}

/// A length of time in the largest unit that fits.
pub(super) fn duration(ms: Millis) -> String {
    const HOUR: Millis = 3_600_000;
    let counted =
        |n: Millis, one, many| intl::count(usize::try_from(n).unwrap_or_default(), one, many);
    match ms {
        ms if ms >= 2 * DAY => counted(ms / DAY, "day", "days"),
        ms if ms >= DAY => String::from("a day"),
        ms if ms >= HOUR => counted(ms / HOUR, "hour", "hours"),
        ms if ms >= 60_000 => counted(ms / 60_000, "minute", "minutes"),
        _ => String::from("less than a minute"),
    }
}

/// Something that happened by itself.
#[component]
fn Happened(
    /// When.
    at: Millis,
    /// Its icon.
    glyph: Glyph,
    /// What.
    text: String,
    /// More about it.
    note: Option<String>,
) -> impl IntoView {
    view! {
        <li class="deal-event">
            <span class="deal-event__icon"><Icon glyph/></span>
            <p class="deal-event__text">
                {text}
                {note.map(|note| view! { <span class="deal-event__note">{note}</span> })}
            </p>
            <time class="deal-event__time" title=fmt::time(at)>{ago(at)}</time>
        </li>
    }
}

/// What kind it was, how it went, and with whom: “Call · No answer · Ada Park”.
fn head_words(store: Store, activity: &Activity) -> String {
    let inbound = activity.direction == crate::domain::activity::Direction::In;
    let parts = [
        Some(activity.kind.label().to_owned()),
        inbound.then(|| activity.direction.label().to_owned()),
        activity.outcome.map(|o| o.label().to_owned()),
        Some(more_words(store, activity)).filter(|more| !more.is_empty()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// An activity that was done, or a note.
#[component]
fn ActivityItem(
    /// Which.
    id: ActivityId,
    /// When.
    at: Millis,
) -> impl IntoView {
    let page = use_page();
    let editing = RwSignal::new(false);
    let activity = read(id);
    let owner = move |activity: &Activity| {
        activity
            .owner
            .map(|id| page.store.with(|s| s.world().state.name_of(id.into())))
    };
    view! {
        <li class="deal-event deal-event--activity" data-activity=id.to_string()>
            {move || activity.get().map(|activity| if editing.get() {
                view! { <EditHere id editing/> }.into_any()
            } else {
                let (kind, by) = (activity.kind, owner(&activity));
                let head = head_words(page.store, &activity);
                view! {
                    <span class="deal-event__icon" title=kind.label()><Icon glyph=glyph_of(kind)/></span>
                    <div class="deal-event__body">
                        <p class="deal-event__head">
                            <span>{head}</span>
                            {by.map(|name| view! { <Avatar name/> })}
                        </p>
                        {(!activity.subject.is_empty()).then(|| view! { <p class="deal-said__subject">{activity.subject}</p> })}
                        {(!activity.body.trim().is_empty()).then(|| view! { <p class="deal-said__body">{activity.body}</p> })}
                    </div>
                    <time class="deal-event__time" title=fmt::time(at)>{ago(at)}</time>
                    <RowMenu id editing done=kind != ActivityKind::Note/>
                }
                .into_any()
            })}
        </li>
    }
}
