//! The minutes of a closed review: read, printed, shared.

use super::share::Share;
use crate::app::review::{Minutes, Task, Topic, minutes, written};
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::review::ReviewCommand;
use crate::domain::ids::ReviewId;
use crate::domain::insight::agenda_review::Section;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::frame::TopBar;
use crate::ui::history::Local;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn MinutesPage(
    /// Of which review.
    id: ReviewId,
) -> impl IntoView {
    let store = use_store();
    let found = Memo::new(move |_| {
        store.track(id);
        for kind in [
            Kind::Deal,
            Kind::Activity,
            Kind::Person,
            Kind::Team,
            Kind::Stage,
        ] {
            store.track_kind(kind);
        }
        store.with(|s| minutes(s.world(), id))
    });
    let name =
        Memo::new(move |_| found.with(|m| m.as_ref().map(|m| m.name.clone()).unwrap_or_default()));
    let again = move |_| store.dispatch(Command::Review(ReviewCommand::Reopen(id)));
    let delete = move |_| {
        store.dispatch(Command::Delete(vec![id.into()]));
        nav::go(Route::Reviews);
    };
    view! {
        <TopBar title=name/>
        <div class="page minutes">
            <div class="minutes__tools no-print">
                <Share found/>
                <Button kind=ButtonKind::Ghost icon=Glyph::Undo on_click=again>"Open again"</Button>
                <Button kind=ButtonKind::Ghost icon=Glyph::Trash on_click=delete>"Delete"</Button>
            </div>
            {move || found.get().map(|found| view! { <Body store found/> })}
        </div>
    }
}

#[component]
fn Body(
    /// The data.
    store: Store,
    /// What was held.
    found: Minutes,
) -> impl IntoView {
    let (open, tasks) = found.tasks();
    let facts = [
        ("Held on", found.on.map(fmt::date)),
        ("Whose deals", Some(found.whose.clone())),
        ("Led by", found.lead.clone()),
        ("Changes since", found.since.map(fmt::date)),
        (
            "Looked at",
            Some(format!(
                "{} of {}",
                intl::integer(found.seen() as i64),
                intl::count(found.topics.len(), "deal", "deals")
            )),
        ),
        ("Decisions", Some(intl::integer(found.decisions() as i64))),
        (
            "Open tasks",
            (tasks > 0).then(|| {
                format!(
                    "{} of {}",
                    intl::integer(open as i64),
                    intl::integer(tasks as i64)
                )
            }),
        ),
    ];
    let facts = facts.into_iter().filter_map(|(label, value)| {
        let value = value?;
        Some(view! { <div class="minutes__fact"><dt>{label}</dt><dd>{value}</dd></div> })
    });
    let texts = [("To celebrate", found.wins), ("Notes", found.notes)];
    let texts = texts
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(title, text)| {
            view! {
                <section class="minutes__text">
                    <h2>{title}</h2>
                    <p>{text}</p>
                </section>
            }
        });
    let mut groups: Vec<(Option<Section>, Vec<Topic>)> = Vec::new();
    for topic in found.topics {
        match groups.last_mut() {
            Some((section, list)) if *section == topic.section => list.push(topic),
            _ => groups.push((topic.section, vec![topic])),
        }
    }
    let group = move |(section, topics): (Option<Section>, Vec<Topic>)| {
        view! {
            <section class="minutes__group">
                <h2>{section.map_or("Others", Section::label)}</h2>
                {topics.into_iter().map(|topic| view! { <TopicCard store topic/> }).collect_view()}
            </section>
        }
    };
    view! {
        <dl class="minutes__facts">{facts.collect_view()}</dl>
        {texts.collect_view()}
        {groups.into_iter().map(group).collect_view()}
    }
}

#[component]
fn TopicCard(
    /// The data.
    store: Store,
    /// It.
    topic: Topic,
) -> impl IntoView {
    let about = crate::app::review::about(&topic, &Local);
    let title = if topic.here {
        view! { <a href=Route::Deal(topic.deal).print()>{topic.title.clone()}</a> }.into_any()
    } else {
        view! { <span>{topic.title.clone()}</span> " " <Chip>"Deleted"</Chip> }.into_any()
    };
    let task = move |task: Task| {
        let (id, done) = (task.id, task.done.is_some());
        let label = written(&task, &Local);
        let tick = move |done| store.dispatch(Command::SetDone { activity: id, done });
        view! { <li><Checkbox checked=done on_change=tick label/></li> }
    };
    let decided = !topic.decision.trim().is_empty();
    view! {
        <article class="minutes__topic">
            <h3>{title}{(!topic.seen).then(|| view! { " " <Chip>"Not looked at"</Chip> })}</h3>
            {(!about.is_empty()).then(|| view! { <p class="minutes__about">{about}</p> })}
            {(!topic.why.is_empty()).then(|| view! {
                <ul class="minutes__why">{topic.why.into_iter().map(|why| view! { <li>{why}</li> }).collect_view()}</ul>
            })}
            {decided.then(|| view! { <p class="minutes__decision">{topic.decision}</p> })}
            {(!topic.tasks.is_empty()).then(|| view! {
                <ul class="minutes__tasks" aria-label="Tasks">{topic.tasks.into_iter().map(task).collect_view()}</ul>
            })}
        </article>
    }
}
