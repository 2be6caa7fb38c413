//! The minutes of a review: what was looked at, decided and planned.

use crate::app::history::Format;
use crate::domain::ids::{ActivityId, DealId, ReviewId};
use crate::domain::insight::agenda_review::Section;
use crate::domain::insight::whose::Whose;
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::review::{Review, ReviewItem};
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use crate::domain::world::World;
use chrono::NaiveDate;

/// Something to do that a review asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Which.
    pub id: ActivityId,
    /// What is to be done.
    pub subject: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// By whom.
    pub owner: Option<String>,
    /// When it was done, in milliseconds since 1970.
    pub done: Option<Millis>,
}

/// A deal in the minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Which.
    pub deal: DealId,
    /// It is still there.
    pub here: bool,
    /// What is being sold.
    pub title: String,
    /// To whom.
    pub organisation: Option<String>,
    /// By whom.
    pub owner: Option<String>,
    /// Worth how much now.
    pub value: Option<Money>,
    /// In which stage now.
    pub stage: Option<String>,
    /// Under which heading it stood.
    pub section: Option<Section>,
    /// Why it was on the agenda, in words as they were then.
    pub why: Vec<String>,
    /// It was looked at.
    pub seen: bool,
    /// What was decided; may be empty.
    pub decision: String,
    /// What was planned, those removed since not among them.
    pub tasks: Vec<Task>,
}

/// The minutes of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// Of which review.
    pub id: ReviewId,
    /// Its name.
    pub name: String,
    /// When it was held.
    pub on: Option<NaiveDate>,
    /// What changed since this day was looked at.
    pub since: Option<NaiveDate>,
    /// Whose deals.
    pub whose: String,
    /// Who led it.
    pub lead: Option<String>,
    /// When it was closed; none while it is going on.
    pub closed: Option<Millis>,
    /// What was said besides.
    pub notes: String,
    /// What to celebrate.
    pub wins: String,
    /// The deals, in order.
    pub topics: Vec<Topic>,
}

impl Minutes {
    /// How many deals were looked at.
    #[must_use]
    pub fn seen(&self) -> usize {
        self.topics.iter().filter(|t| t.seen).count()
    }

    /// How many decisions were written down.
    #[must_use]
    pub fn decisions(&self) -> usize {
        let decided = |t: &&Topic| !t.decision.trim().is_empty();
        self.topics.iter().filter(decided).count()
    }

    /// Tasks not done yet, and all of them.
    #[must_use]
    pub fn tasks(&self) -> (usize, usize) {
        let all = || self.topics.iter().flat_map(|t| &t.tasks);
        (all().filter(|t| t.done.is_none()).count(), all().count())
    }
}

/// The items of a review in the order of its agenda.
#[must_use]
pub fn in_order(review: &Review) -> Vec<(DealId, &ReviewItem)> {
    let mut all: Vec<(DealId, &ReviewItem)> = review.items.iter().collect();
    all.order_by_key(|(id, item)| (item.place, *id));
    all
}

/// The minutes of a review; none of one that is gone.
#[must_use]
pub fn minutes(world: &World, id: ReviewId) -> Option<Minutes> {
    let state = &world.state;
    let review = state.tables.reviews.get(id)?;
    let topics = in_order(review)
        .into_iter()
        .map(|(deal, item)| topic(state, deal, item))
        .collect();
    Some(Minutes {
        id,
        name: review.name.clone(),
        on: review.on,
        since: review.since,
        whose: Whose::of(review).name(state),
        lead: review.lead.map(|id| state.name_of(id.into())),
        closed: review.closed,
        notes: review.notes.clone(),
        wins: review.wins.clone(),
        topics,
    })
}

fn topic(state: &State, id: DealId, item: &ReviewItem) -> Topic {
    let t = &state.tables;
    let deal = t.deals.row(id).map(|row| &row.entity);
    let task = |id: &ActivityId| {
        let task = t.activities.get(*id)?;
        Some(Task {
            id: *id,
            subject: if task.subject.is_empty() {
                task.kind.label().to_owned()
            } else {
                task.subject.clone()
            },
            due: task.due,
            owner: task.owner.map(|id| state.name_of(id.into())),
            done: task.done,
        })
    };
    Topic {
        deal: id,
        here: t.deals.get(id).is_some(),
        title: state.name_of(id.into()),
        organisation: deal
            .and_then(|d| d.organisation)
            .map(|id| state.name_of(id.into())),
        owner: deal
            .and_then(|d| d.owner)
            .map(|id| state.name_of(id.into())),
        value: deal.and_then(|d| d.value),
        stage: deal.and_then(|d| state.stage_of(d)).map(|s| s.name.clone()),
        section: Section::of(&item.section),
        why: item.why.clone(),
        seen: item.seen != 0,
        decision: item.decision.clone(),
        tasks: item.tasks.iter().filter_map(task).collect(),
    }
}

/// The line under the name: “23 Nov 2026 · Everyone · led by Ada · changes since 16 Nov 2026”.
#[must_use]
pub fn under(minutes: &Minutes, format: &impl Format) -> String {
    let parts = [
        minutes.on.map(|on| format.date(on)),
        Some(minutes.whose.clone()),
        minutes.lead.as_ref().map(|lead| format!("led by {lead}")),
        minutes
            .since
            .map(|since| format!("changes since {}", format.date(since))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// “17 deals, 15 looked at, 6 decisions, 2 of 5 tasks open”.
#[must_use]
pub fn counts(minutes: &Minutes, format: &impl Format) -> String {
    let counted = |n: usize, one: &str, many: &str| {
        format!("{} {}", format.count(n), if n == 1 { one } else { many })
    };
    let mut parts = vec![
        counted(minutes.topics.len(), "deal", "deals"),
        format!("{} looked at", format.count(minutes.seen())),
        counted(minutes.decisions(), "decision", "decisions"),
    ];
    let (open, all) = minutes.tasks();
    if all > 0 {
        parts.push(format!(
            "{} of {} open",
            format.count(open),
            counted(all, "task", "tasks")
        ));
    }
    parts.join(", ")
}

/// What is said of a deal beside its title.
#[must_use]
pub fn about(topic: &Topic, format: &impl Format) -> String {
    let parts = [
        topic.organisation.clone(),
        topic.value.map(|value| format.money(value)),
        topic.stage.clone(),
        topic.owner.clone(),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// A task with who, until when, and whether it is done.
#[must_use]
pub fn written(task: &Task, format: &impl Format) -> String {
    let more = [
        task.owner.clone(),
        task.due.map(|due| format!("by {}", format.date(due))),
    ];
    let more: Vec<String> = more.into_iter().flatten().collect();
    if more.is_empty() {
        task.subject.clone()
    } else {
        format!("{} ({})", task.subject, more.join(", "))
    }
}

/// The minutes as plain text, for a message.
#[must_use]
pub fn text(minutes: &Minutes, format: &impl Format) -> String {
    let mut out = format!(
        "{}\n{}\n{}\n",
        minutes.name,
        under(minutes, format),
        counts(minutes, format)
    );
    for (title, said) in [("To celebrate", &minutes.wins), ("Notes", &minutes.notes)] {
        if !said.trim().is_empty() {
            out.push_str(&format!("\n{title}\n{}\n", said.trim()));
        }
    }
    let mut heading = None;
    for topic in &minutes.topics {
        let section = topic.section.map_or("Others", Section::label);
        if heading != Some(section) {
            out.push_str(&format!("\n{}\n", section.to_uppercase()));
            heading = Some(section);
        }
        let about = about(topic, format);
        out.push_str(&format!("- {}", topic.title));
        if !about.is_empty() {
            out.push_str(&format!(" ({about})"));
        }
        if !topic.seen {
            out.push_str(", not looked at");
        }
        out.push('\n');
        for why in &topic.why {
            out.push_str(&format!("  {why}\n"));
        }
        if !topic.decision.trim().is_empty() {
            out.push_str(&format!("  Decided: {}\n", topic.decision.trim()));
        }
        for task in &topic.tasks {
            let mark = if task.done.is_some() { "[x]" } else { "[ ]" };
            out.push_str(&format!("  {mark} {}\n", written(task, format)));
        }
    }
    out
}
