//! One change: who, when, what was meant, and what it set.

use crate::app::history::{Format, Line, MANY, extent, lines, sentence};
use crate::app::route::Route;
use crate::domain::change::{Change, EntityRef, IntentKind, Kind};
use crate::domain::ids::DealId;
use crate::domain::money::Money;
use crate::domain::stamp::Millis;
use crate::domain::undo::stays;
use crate::shell::{clock, intl};
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

/// Values as the person's locale writes them.
pub struct Local;

impl Format for Local {
    fn money(&self, money: Money) -> String {
        fmt::money(money)
    }
    fn date(&self, date: NaiveDate) -> String {
        fmt::date(date)
    }
    fn moment(&self, ms: Millis) -> String {
        fmt::time(ms)
    }
    fn percent(&self, percent: u8) -> String {
        fmt::percent(percent)
    }
    fn count(&self, n: usize) -> String {
        intl::integer(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

/// Lines of a change shown before one asks for the rest.
const FEW: usize = 9;

/// The icon of a kind of change.
fn glyph_of(kind: IntentKind) -> Glyph {
    match kind {
        IntentKind::CreateDeal => Glyph::Plus,
        IntentKind::EditDeal | IntentKind::EditRecord | IntentKind::EditWorkspace => Glyph::Pencil,
        IntentKind::MoveDeal => Glyph::ArrowRight,
        IntentKind::CloseDeal => Glyph::Flag,
        IntentKind::ReopenDeal => Glyph::Refresh,
        IntentKind::Delete | IntentKind::RemoveSample | IntentKind::DeleteStage => Glyph::Trash,
        IntentKind::LogActivity => Glyph::Note,
        IntentKind::CompleteActivity => Glyph::Check,
        IntentKind::EditStages => Glyph::Columns,
        IntentKind::MergeStages => Glyph::Merge,
        IntentKind::Import | IntentKind::LoadSample => Glyph::Download,
        IntentKind::Setup => Glyph::Flag,
        IntentKind::MergeRecords => Glyph::Merge,
        IntentKind::Qualify => Glyph::Check,
        IntentKind::RunCadence => Glyph::Play,
        IntentKind::Automate => Glyph::Refresh,
        IntentKind::EditRules => Glyph::Settings,
        IntentKind::Review => Glyph::Review,
        IntentKind::EditInsight => Glyph::Chart,
        IntentKind::Plan => Glyph::Flag,
        IntentKind::Experiment => Glyph::Columns,
        IntentKind::Undo => Glyph::Undo,
        IntentKind::Redo => Glyph::Redo,
    }
}

/// The one deal a change is about, when it is about one that is still there.
fn deal_of(store: Store, change: &Change) -> Option<DealId> {
    let mut deals = change
        .entities()
        .into_iter()
        .filter(|e| e.kind == Kind::Deal);
    let one = deals.next().filter(|_| deals.next().is_none())?;
    store
        .with(|s| s.world().is_alive(one))
        .then_some(DealId(one.id))
}

/// A day as a heading: “Today”, “Yesterday”, else in full.
pub(super) fn day_heading(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        0 => String::from("Today"),
        1 => String::from("Yesterday"),
        _ => intl::date_long(day),
    }
}

/// The day a moment has where the person is.
pub(super) fn day_of(ms: Millis) -> NaiveDate {
    clock::civil_date(ms).unwrap_or_default()
}

/// One change in a list of them.
#[component]
pub(super) fn Entry(
    /// The change.
    change: Arc<Change>,
    /// The entity whose history this is; none for that of everything.
    #[prop(optional_no_strip)]
    about: Option<EntityRef>,
    /// It is taken back at present.
    undone: bool,
    /// Says the day as well, where no heading does.
    #[prop(optional)]
    with_day: bool,
) -> impl IntoView {
    let store = use_store();
    let at = change.stamp.ms();
    let told = store.with(|s| lines(&s.world().state, &change, about, &Local));
    let author = store.with(|s| change.author.map(|id| s.world().state.name_of(id.into())));
    // Of a large change the log of one record has only a part: no counts then.
    let part = about.is_some() && change.entities().len() > MANY;
    let link = about.is_none().then(|| deal_of(store, &change)).flatten();
    // Without its beginning a workspace has no place for its deals; a call stays as it was said.
    let can_revert = !undone && change.intent.kind != IntentKind::Setup && !stays(&change);
    let text = sentence(&change).to_owned();
    let heading = match link {
        Some(deal) => {
            view! { <a class="history-entry__link" href=Route::Deal(deal).print()>{text}</a> }
                .into_any()
        }
        None => view! { <span>{text}</span> }.into_any(),
    };
    let time = if with_day {
        fmt::time(at)
    } else {
        intl::time(at)
    };
    view! {
        <li class="history-entry" class:history-entry--undone=undone data-change=change.stamp.to_string()>
            <span class="history-entry__icon"><Icon glyph=glyph_of(change.intent.kind)/></span>
            <div class="history-entry__body">
                <p class="history-entry__head">
                    <span class="history-entry__text">{heading}</span>
                    {undone.then(|| view! { <Chip tone=Tone::Warn title="A later change took this back">"Undone"</Chip> })}
                    {part.then(|| view! { <Chip>"Part of a larger change"</Chip> })}
                </p>
                <p class="history-entry__meta">
                    {match author {
                        Some(name) => view! { <Avatar name=name.clone() decorative=true/><span>{name}</span> }.into_any(),
                        None => view! { <a href=Route::Settings.print() title="Say who you are in the settings, and your changes bear your name">"Someone"</a> }.into_any(),
                    }}
                    <time title=fmt::time(at)>{time}</time>
                </p>
                <Lines told/>
            </div>
            {can_revert.then(|| view! { <Revert change=change.clone() about/> })}
        </li>
    }
}

/// What a change set.
#[component]
fn Lines(
    /// All of it.
    told: Vec<Line>,
) -> impl IntoView {
    let all = RwSignal::new(told.len() <= FEW + 1);
    let count = told.len();
    let rest = told.len().saturating_sub(FEW);
    // Where all of it is about one record, the sentence above has its name.
    let one = told.iter().all(|line| line.of == told[0].of);
    let told = StoredValue::new(told);
    let shown = move || {
        let most = if all.get() { usize::MAX } else { FEW };
        told.with_value(|told| told.iter().take(most).map(|l| line(l, one)).collect_view())
    };
    (count > 0).then(|| {
        view! {
            <dl class="history-lines">{shown}</dl>
            {move || (!all.get()).then(|| view! {
                <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| all.set(true)>
                    {format!("Show {rest} more")}
                </Button>
            })}
        }
    })
}

/// One field; with the name of its record unless all lines are about `one`.
fn line(line: &Line, one: bool) -> impl IntoView + use<> {
    let field = match line.of.as_str() {
        "" => line.field.to_string(),
        _ if one => line.field.to_string(),
        of => format!("{of}: {}", line.field),
    };
    let nothing = || view! { <span class="history-lines__none">"nothing"</span> }.into_any();
    let value = |text: &Option<String>, class: &'static str| match text {
        Some(text) => {
            view! { <span class=class title=text.clone()>{text.clone()}</span> }.into_any()
        }
        None => nothing(),
    };
    let to = value(&line.to, "history-lines__to");
    let values = if line.from.is_some() || line.to.is_none() {
        let from = value(&line.from, "history-lines__from");
        view! {
            {from}
            <span class="history-lines__arrow"><Icon glyph=Glyph::ArrowRight/><span class="visually-hidden">" to "</span></span>
            {to}
        }
        .into_any()
    } else {
        to
    };
    view! {
        <div class="history-lines__line">
            <dt>{field}</dt>
            <dd>{values}</dd>
        </div>
    }
}

/// The button that takes a change back; asks first where that would do more than what the
/// history at hand shows.
#[component]
fn Revert(
    /// The change.
    change: Arc<Change>,
    /// The entity whose history this is.
    about: Option<EntityRef>,
) -> impl IntoView {
    let store = use_store();
    let asking = RwSignal::new(false);
    let large = change.entities().len() > MANY;
    let size = extent(&change, &Local).filter(|_| large);
    let text = sentence(&change).to_owned();
    let change = StoredValue::new(change);
    let revert = move || change.with_value(|change| store.revert(change.stamp));
    let press = move |_| if large { asking.set(true) } else { revert() };
    let footer = move || {
        view! {
            <Button attr:autofocus="" on_click=move |_| asking.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Danger on_click=move |_| {
                asking.set(false);
                revert();
            }>"Revert all of it"</Button>
        }
    };
    let more = match (about, size) {
        (None, Some(size)) => format!("This change touched {size}."),
        _ => String::from("This change did much more than what concerns this deal."),
    };
    view! {
        <div class="history-entry__act">
            <IconButton
                label=format!("Revert this change: {text}")
                glyph=Glyph::Undo
                size=ButtonSize::Small
                on_click=press
            />
            <Dialog open=asking on_close=move |()| asking.set(false) title="Revert the whole change?" kind=DialogKind::Small footer>
                <p>{format!("{more} Reverting “{text}” takes back all of it, except where something was changed since. You can undo that.")}</p>
            </Dialog>
        </div>
    }
}
