//! Fields and values in words.

use super::{plain, setup};
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::change::{Edit, EntityRef, Kind};
use crate::domain::deal::{BuyingRole, DealField, Outcome, Placement};
use crate::domain::entity::FieldSet;
use crate::domain::ids::{ActivityId, StageId};
use crate::domain::money::Money;
use crate::domain::party::{ContactField, OrgField, PersonField, ProductField};
use crate::domain::stage::{PipelineField, StageField};
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use crate::domain::team::{TeamField, TerritoryField};
use crate::domain::value::Value;
use crate::domain::workspace::WorkspaceField;
use chrono::NaiveDate;
use std::borrow::Cow;

/// How numbers, dates and money are written where the person is.
pub trait Format {
    /// An amount with its currency.
    fn money(&self, money: Money) -> String;
    /// A civil date.
    fn date(&self, date: NaiveDate) -> String;
    /// A point in time, milliseconds since 1970, to the minute.
    fn moment(&self, ms: Millis) -> String;
    /// A whole number.
    fn count(&self, n: usize) -> String;
    /// A percentage, from whole percent.
    fn percent(&self, percent: u8) -> String;
}

/// Two times no further apart than this (one minute) count as the same moment.
const SAME: Millis = 60_000;

/// What a kind of record is called: one of them, or several.
pub(super) fn kind_name(kind: Kind, n: usize) -> &'static str {
    let [one, many] = match kind {
        Kind::Workspace => ["Settings", "Settings"],
        Kind::Pipeline => ["Pipeline", "Pipelines"],
        Kind::Stage => ["Stage", "Stages"],
        Kind::Deal => ["Deal", "Deals"],
        Kind::Organisation => ["Organisation", "Organisations"],
        Kind::Contact => ["Contact", "Contacts"],
        Kind::Person => ["Team member", "Team members"],
        Kind::Product => ["Product", "Products"],
        Kind::Activity => ["Activity", "Activities"],
        Kind::CustomField => ["Field", "Fields"],
        Kind::Team => ["Team", "Teams"],
        Kind::Territory => ["Territory", "Territories"],
        Kind::Persona => ["Persona", "Personas"],
        Kind::IcpCriterion => ["Profile criterion", "Profile criteria"],
        Kind::Criterion => ["Stage criterion", "Stage criteria"],
        Kind::Framework => ["Framework", "Frameworks"],
        Kind::Question => ["Question", "Questions"],
        Kind::ScoreRule => ["Scoring rule", "Scoring rules"],
        Kind::Cadence => ["Cadence", "Cadences"],
        Kind::CadenceStep => ["Cadence step", "Cadence steps"],
        Kind::Template => ["Template", "Templates"],
        Kind::Automation => ["Automation", "Automations"],
        Kind::RuleRun => ["Automation run", "Automation runs"],
    };
    if n == 1 { one } else { many }
}

/// What a field is called; none for those that say nothing to people, such as the place
/// in a column.
pub(super) fn label(state: &State, edit: &Edit) -> Option<Cow<'static, str>> {
    if let Some(name) = plain::entry_label(state, edit) {
        return Some(Cow::Owned(name));
    }
    if deletion(edit).is_some() {
        return Some(Cow::Borrowed("Deleted"));
    }
    Some(Cow::Borrowed(match edit {
        Edit::Deal(_, field) => match field {
            DealField::Placement(_) => "Stage",
            DealField::Outcome(_) => "Status",
            DealField::Close(_) => "Expected close",
            DealField::Category(_) => "Forecast category",
            DealField::External(_) => "Imported id",
            DealField::Rank(_) => return None,
            DealField::Kind(_) => "Kind of sale",
            DealField::Origin(_) => "Goes back to",
            DealField::Priced(_) => "Value from lines",
            other => return Some(known(other.name())),
        },
        Edit::Activity(_, field) => match field {
            ActivityField::Body(_) => "Text",
            ActivityField::DueMinute(_) => "Time",
            ActivityField::Created(_) => "Written down",
            other => return Some(known(other.name())),
        },
        Edit::Stage(_, field) => match field {
            StageField::Kind(_) => "Type",
            StageField::RotDays(_) => "Rots after",
            StageField::Hue(_) => "Colour",
            StageField::Successor(_) => "Deals go to",
            StageField::Rank(_) => return None,
            StageField::Required(_) => "Required fields",
            StageField::Qualified(_) => "Qualification needed",
            StageField::Reask(_) => "Confirm answers here",
            StageField::Contacts(_) => "Contacts needed",
            other => return Some(known(other.name())),
        },
        Edit::Workspace(_, field) => match field {
            WorkspaceField::LostReasons(_) => "Reasons for losing",
            WorkspaceField::WonReasons(_) => "Reasons for winning",
            WorkspaceField::HoldReasons(_) => "Reasons for putting aside",
            WorkspaceField::Sample(_) => return None,
            other => return Some(known(other.name())),
        },
        Edit::Organisation(_, OrgField::Parent(_)) => "Belongs to",
        Edit::Organisation(_, OrgField::Decision(_)) => "Decision structure",
        Edit::Organisation(_, OrgField::Pains(_)) => "Pain points",
        Edit::Organisation(_, OrgField::Merged(_)) | Edit::Contact(_, ContactField::Merged(_)) => {
            "Merged into"
        }
        Edit::Person(_, PersonField::Left(_)) => "No longer here",
        Edit::Team(_, TeamField::Parent(_)) | Edit::Territory(_, TerritoryField::Parent(_)) => {
            "Belongs to"
        }
        Edit::Organisation(_, OrgField::External(_))
        | Edit::Contact(_, ContactField::External(_)) => "Imported id",
        other if other.name() == "rank" => return None,
        Edit::Contact(_, ContactField::Title(_)) => "Job title",
        Edit::Contact(_, ContactField::Emails(_)) | Edit::Person(_, PersonField::Email(_)) => {
            "E-mail"
        }
        Edit::Contact(_, ContactField::Role(_)) => "Buying role",
        other => return Some(known(other.name())),
    }))
}

/// The name in files with a capital; all of these are plain English words.
fn known(name: &'static str) -> Cow<'static, str> {
    Cow::Borrowed(match name {
        "title" => "Title",
        "organisation" => "Organisation",
        "contacts" => "Contacts",
        "contact" => "Contact",
        "owner" => "Owner",
        "value" => "Value",
        "probability" => "Probability",
        "source" => "Source",
        "tags" => "Tags",
        "products" => "Products",
        "description" => "Description",
        "created" => "Created",
        "kind" => "Kind",
        "subject" => "Subject",
        "deal" => "Deal",
        "due" => "Due",
        "done" => "Done",
        "pipeline" => "Pipeline",
        "name" => "Name",
        "purpose" => "Purpose",
        "currency" => "Currency",
        "sources" => "Sources",
        "competitors" => "Competitors",
        "website" => "Website",
        "industry" => "Industry",
        "employees" => "Employees",
        "revenue" => "Revenue",
        "founded" => "Founded",
        "location" => "Location",
        "phones" => "Telephone",
        "manager" => "Manager",
        "office" => "Office",
        "series" => "Series",
        "price" => "Price",
        other => return plain::label(other),
    })
}

/// True for a field that only says that the record was made when the change was.
pub(super) fn is_birth(edit: &Edit, at: Millis) -> bool {
    match edit {
        Edit::Deal(_, DealField::Created(ms)) => (ms - at).abs() <= SAME,
        _ => false,
    }
}

/// Whether the edit removes its record (true) or brings it back (false).
pub(super) fn deletion(edit: &Edit) -> Option<bool> {
    // The first field of every kind.
    match (edit.slot().key, edit.value()) {
        (0, Value::Bool(gone)) => Some(gone),
        _ => None,
    }
}

/// A field's value in words; none when it is empty. `other` is the value on the other
/// side of the arrow: a stage names its pipeline only where that differs. `at` is the
/// time of the change that set it: a stage says since when only where that differs.
pub(super) fn value(
    state: &State,
    edit: &Edit,
    other: &Edit,
    at: Option<Millis>,
    format: &impl Format,
) -> Option<String> {
    if let Some(gone) = deletion(edit) {
        return Some(String::from(if gone { "yes" } else { "no" }));
    }
    match edit {
        Edit::Deal(_, DealField::Placement(placement)) => {
            placed(state, placement, other, at, format)
        }
        Edit::Deal(_, field) => deal(state, edit, field, format),
        Edit::Activity(_, field) => activity(state, edit, field, format),
        Edit::Stage(_, field) => setup::stage(state, edit, field, format),
        Edit::Workspace(_, field) => setup::workspace(state, edit, field, format),
        Edit::Organisation(_, field) => organisation(state, edit, field, format),
        Edit::Contact(_, field) => contact(state, edit, field, format),
        Edit::Person(_, field) => match field {
            PersonField::Name(t) | PersonField::Email(t) | PersonField::Office(t) => text(t),
            PersonField::Manager(id) => id.map(|id| state.name_of(id.into())),
            _ => plain::value(state, edit, format),
        },
        Edit::Product(_, field) => match field {
            ProductField::Name(t) | ProductField::Series(t) => text(t),
            ProductField::Price(money) => money.map(|m| format.money(m)),
            _ => plain::value(state, edit, format),
        },
        Edit::Pipeline(_, PipelineField::Name(name)) => text(name),
        _ => plain::value(state, edit, format),
    }
}

pub(super) fn text(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

pub(super) fn list(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| items.join(", "))
}

fn names<I: Into<EntityRef> + Copy>(state: &State, ids: &[I]) -> Option<String> {
    let names: Vec<String> = ids.iter().map(|id| state.name_of((*id).into())).collect();
    list(&names)
}

fn deal(state: &State, edit: &Edit, field: &DealField, format: &impl Format) -> Option<String> {
    match field {
        DealField::Title(t) | DealField::Source(t) | DealField::Description(t) => text(t),
        DealField::External(t) => text(t),
        DealField::Outcome(outcome) => Some(outcome_text(outcome, format)),
        DealField::Organisation(id) => id.map(|id| state.name_of(id.into())),
        DealField::Owner(id) => id.map(|id| state.name_of(id.into())),
        DealField::Contacts(contacts) => {
            let people: Vec<String> = contacts
                .iter()
                .map(
                    |link| match (state.name_of(link.contact.into()), link.role) {
                        (name, BuyingRole::Unknown) => name,
                        (name, role) => format!("{name} ({})", role.label().to_lowercase()),
                    },
                )
                .collect();
            list(&people)
        }
        DealField::Value(money) => money.map(|m| format.money(m)),
        DealField::Close(date) => date.map(|d| format.date(d)),
        DealField::Probability(own) => Some(own.map_or_else(
            || String::from("that of the stage"),
            |own| format.percent(own),
        )),
        DealField::Category(category) => category.map(|c| c.label().to_owned()),
        DealField::Tags(tags) => list(tags),
        DealField::Products(products) => names(state, products),
        DealField::Created(ms) => (*ms != 0).then(|| format.moment(*ms)),
        DealField::Kind(kind) => Some(kind.label().to_owned()),
        DealField::Placement(_) | DealField::Rank(_) | DealField::Deleted(_) => None,
        _ => plain::value(state, edit, format),
    }
}

fn placed(
    state: &State,
    placement: &Placement,
    other: &Edit,
    at: Option<Millis>,
    format: &impl Format,
) -> Option<String> {
    let nowhere = StageId(0);
    if placement.stage == nowhere {
        return None;
    }
    let home = |id: StageId| state.tables.stages.row(id).map(|row| row.entity.pipeline);
    let mut words = state.name_of(placement.stage.into());
    let here = home(placement.stage);
    if let Edit::Deal(_, DealField::Placement(other)) = other
        && other.stage != nowhere
        && here != home(other.stage)
        && let Some(pipeline) = here
    {
        words = format!("{} › {words}", state.name_of(pipeline.into()));
    }
    if at.is_some_and(|at| (placement.since - at).abs() > SAME) {
        words = format!("{words}, since {}", format.moment(placement.since));
    }
    Some(words)
}

fn outcome_text(outcome: &Outcome, format: &impl Format) -> String {
    let mut words = outcome.status().label().to_owned();
    if let Some(closure) = outcome.closure() {
        words = format!("{words} on {}", format.date(closure.on));
        let competitor = text(&closure.competitor).map(|name| format!("against {name}"));
        let more = [
            text(&closure.reason),
            competitor,
            text(&closure.note).map(|note| format!("“{note}”")),
        ];
        let more: Vec<String> = more.into_iter().flatten().collect();
        if !more.is_empty() {
            words = format!("{words}: {}", more.join(", "));
        }
    }
    words
}

fn activity(
    state: &State,
    edit: &Edit,
    field: &ActivityField,
    format: &impl Format,
) -> Option<String> {
    match field {
        ActivityField::Kind(kind) => Some(kind.label().to_owned()),
        ActivityField::Subject(t) | ActivityField::Body(t) => text(t),
        ActivityField::Deal(id) => id.map(|id| state.name_of(id.into())),
        ActivityField::Contact(id) => id.map(|id| state.name_of(id.into())),
        ActivityField::Owner(id) => id.map(|id| state.name_of(id.into())),
        ActivityField::Due(date) => date.map(|d| format.date(d)),
        ActivityField::DueMinute(minute) => minute.map(crate::app::form::print_time),
        ActivityField::Done(ms) => ms.map(|ms| format.moment(ms)),
        ActivityField::Created(ms) => (*ms != 0).then(|| format.moment(*ms)),
        ActivityField::Deleted(_) => None,
        ActivityField::Direction(way) => Some(way.label().to_owned()),
        ActivityField::Outcome(outcome) => outcome.map(|o| o.label().to_owned()),
        _ => plain::value(state, edit, format),
    }
}

/// A new activity: its kind, and what it is about with when.
pub(super) fn new_activity(
    fields: Vec<ActivityField>,
    format: &impl Format,
) -> (&'static str, String) {
    let mut kind = ActivityKind::Task;
    let [mut subject, mut body] = [String::new(), String::new()];
    let mut when = None;
    for field in fields {
        match field {
            ActivityField::Kind(k) => kind = k,
            ActivityField::Subject(t) => subject = t,
            ActivityField::Body(t) => body = t,
            ActivityField::Due(Some(date)) => {
                when.get_or_insert_with(|| format!("due {}", format.date(date)));
            }
            ActivityField::Done(Some(ms)) => when = Some(format!("done {}", format.moment(ms))),
            _ => {}
        }
    }
    let what = text(&subject).or(text(&body));
    let words: Vec<String> = what.into_iter().chain(when).collect();
    (kind.label(), words.join(", "))
}

/// An activity by its kind and what it is about: “Call Ask about budget”.
pub(super) fn activity_name(state: &State, id: ActivityId) -> String {
    let Some(row) = state.tables.activities.row(id) else {
        return String::from("Activity");
    };
    let activity = &row.entity;
    let about = text(&activity.subject).or_else(|| activity.body.lines().next().and_then(text));
    match about {
        Some(about) => format!("{} {about}", activity.kind.label()),
        None => activity.kind.label().to_owned(),
    }
}

fn organisation(
    state: &State,
    edit: &Edit,
    field: &OrgField,
    format: &impl Format,
) -> Option<String> {
    match field {
        OrgField::Name(t)
        | OrgField::Website(t)
        | OrgField::Industry(t)
        | OrgField::Location(t)
        | OrgField::Description(t)
        | OrgField::External(t) => text(t),
        OrgField::Employees(n) => n.map(|n| format.count(n as usize)),
        OrgField::Revenue(money) => money.map(|m| format.money(m)),
        OrgField::Founded(year) => year.map(|year| year.to_string()),
        OrgField::Parent(id) => id.map(|id| state.name_of(id.into())),
        OrgField::Health(health) => health.map(|h| h.label().to_owned()),
        _ => plain::value(state, edit, format),
    }
}

fn contact(
    state: &State,
    edit: &Edit,
    field: &ContactField,
    format: &impl Format,
) -> Option<String> {
    match field {
        ContactField::Name(t)
        | ContactField::Title(t)
        | ContactField::Description(t)
        | ContactField::External(t) => text(t),
        ContactField::Organisation(id) => id.map(|id| state.name_of(id.into())),
        ContactField::Emails(all) | ContactField::Phones(all) => list(all),
        ContactField::Role(role) => Some(role.label().to_owned()),
        _ => plain::value(state, edit, format),
    }
}
