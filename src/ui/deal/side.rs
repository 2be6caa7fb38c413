//! What else is known about a deal: who, where from, how long.

use super::activities::duration;
use super::head::StatusChip;
use super::page::use_page;
use crate::app::route::Route;
use crate::domain::deal::{BuyingRole, Status};
use crate::domain::ids::{ContactId, DealId, PersonaId};
use crate::domain::order::Order;
use crate::domain::query::idle::{DAY, idle};
use crate::shell::intl;
use crate::ui::contacts::PersonaCard;
use crate::ui::fields::CustomFacts;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::qualify::{Checklist, ScoreCard};
use leptos::prelude::*;

/// Other deals of the organisation shown at most.
const FEW: usize = 6;

/// Organisation, contacts, facts, description.
#[component]
pub(super) fn Side() -> impl IntoView {
    let id = use_page().id;
    view! {
        <aside class="deal-side" aria-label="More about this deal">
            <super::cadence::Cadences/>
            <super::playbook::Playbook/>
            <super::after::AfterSale/>
            <Checklist deal=use_page().id/>
            <Organisation/>
            <Contacts/>
            <ScoreCard deal=use_page().id/>
            <Times/>
            <Rest/>
            <CustomFacts of=id title="Custom fields" class="deal-group"/>
        </aside>
    }
}

/// A group of facts under a heading.
#[component]
pub(super) fn Group(
    /// The heading.
    title: &'static str,
    /// The facts.
    children: Children,
) -> impl IntoView {
    let id = unique_id("group");
    view! {
        <section class="deal-group" aria-labelledby=id.clone()>
            <h2 class="deal-section" id=id.clone()>{title}</h2>
            {children()}
        </section>
    }
}

/// Another deal of the same organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Other {
    id: DealId,
    title: String,
    stage: String,
    status: Status,
    value: Option<String>,
}

/// The organisation with its other deals.
#[component]
fn Organisation() -> impl IntoView {
    let page = use_page();
    let about = page.read(|world, deal| {
        let org = deal
            .organisation
            .and_then(|id| world.state.tables.organisations.get(id))?;
        let parts = [
            org.industry.clone(),
            org.location.clone(),
            org.website.clone(),
        ];
        let people = org
            .employees
            .map(|n| intl::count(n as usize, "employee", "employees"));
        let known: Vec<String> = parts
            .into_iter()
            .chain(people)
            .filter(|t| !t.trim().is_empty())
            .collect();
        Some((org.id, org.name.clone(), known.join(" · ")))
    });
    let others = Memo::new(move |_| {
        page.track();
        page.store.track_kind(crate::domain::change::Kind::Deal);
        page.now(|world, deal| {
            let ids = deal
                .organisation
                .map(|org| world.deals_of(org))
                .unwrap_or_default();
            let deals = ids
                .into_iter()
                .filter(|id| *id != deal.id)
                .filter_map(|id| world.state.tables.deals.get(id));
            let mut deals: Vec<_> = deals.collect();
            // Open ones first, then the latest.
            deals.order_by_key(|d| {
                (
                    d.outcome.status() != Status::Open,
                    std::cmp::Reverse(d.placement.since),
                    d.id,
                )
            });
            let other = |d: &crate::domain::deal::Deal| Other {
                id: d.id,
                title: d.title.clone(),
                stage: world
                    .state
                    .stage_of(d)
                    .map(|s| s.name.clone())
                    .unwrap_or_default(),
                status: d.outcome.status(),
                value: d.value.map(fmt::money_compact),
            };
            (
                deals.len(),
                deals.into_iter().take(FEW).map(other).collect::<Vec<_>>(),
            )
        })
    });
    let row = |other: Other| {
        view! {
            <li class="deal-other">
                <a class="deal-other__title" href=Route::Deal(other.id).print()>{other.title}</a>
                <span class="deal-other__value">{other.value}</span>
                <span class="deal-other__where">
                    {if other.status == Status::Open { other.stage.into_any() } else { view! { <StatusChip status=other.status/> }.into_any() }}
                </span>
            </li>
        }
    };
    move || {
        about.get().map(|(id, name, known)| view! {
            <Group title="Organisation">
                <p class="deal-group__name"><a href=Route::Organisation(id).print()>{name}</a></p>
                {(!known.is_empty()).then(|| view! { <p class="deal-group__known">{known}</p> })}
                {move || {
                    let (count, some) = others.get();
                    (count > 0).then(|| view! {
                        <h3 class="deal-group__sub">{if count == 1 { "1 other deal".to_owned() } else { format!("{count} other deals") }}</h3>
                        <ul class="deal-others">{some.into_iter().map(row).collect_view()}</ul>
                    })
                }}
            </Group>
        })
    }
}

/// A contact of the deal.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Person {
    id: ContactId,
    name: String,
    title: String,
    role: BuyingRole,
    email: Option<String>,
    phone: Option<String>,
    closed: bool,
    persona: Option<PersonaId>,
}

/// The contacts with their roles, and what is known of their kind.
#[component]
fn Contacts() -> impl IntoView {
    let page = use_page();
    let people = page.read(|world, deal| {
        let person = |link: &crate::domain::deal::DealContact| {
            let contact = world.state.tables.contacts.get(link.contact)?;
            Some(Person {
                id: contact.id,
                name: contact.name.clone(),
                title: contact.title.clone(),
                role: link.role,
                email: contact.emails.first().cloned(),
                phone: contact.phones.first().cloned(),
                closed: contact.do_not_contact,
                persona: contact.persona,
            })
        };
        deal.contacts.iter().filter_map(person).collect::<Vec<_>>()
    });
    let row = |person: Person| {
        let role = (person.role != BuyingRole::Unknown)
            .then(|| view! { <Chip tone=Tone::Accent>{person.role.label()}</Chip> });
        view! {
            <li class="deal-contact">
                <Avatar name=person.name.clone() large=true decorative=true/>
                <div class="deal-contact__who">
                    <p class="deal-contact__name"><a href=Route::Contact(person.id).print()>{person.name}</a>
                        {role}
                        {person.closed.then(|| view! { <Chip tone=Tone::Danger>"Do not contact"</Chip> })}
                    </p>
                    {(!person.title.is_empty()).then(|| view! { <p class="deal-group__known">{person.title}</p> })}
                    {person.email.map(|email| view! { <a href=format!("mailto:{email}") title=email.clone()><span>{email.clone()}</span></a> })}
                    {person.phone.map(|phone| view! { <a href=format!("tel:{}", phone.replace(' ', ""))><span>{phone.clone()}</span></a> })}
                    {person.persona.map(|id| view! { <PersonaCard id/> })}
                </div>
            </li>
        }
    };
    move || {
        people.with(|all| !all.is_empty()).then(|| view! {
            <Group title="Contacts">
                <ul class="deal-contacts">{move || people.get().into_iter().map(row).collect_view()}</ul>
            </Group>
        })
    }
}

/// How long: since its creation, in its stage, without any sign of life.
#[component]
fn Times() -> impl IntoView {
    let page = use_page();
    let created = page.read(|_, deal| deal.created);
    let since = page.read(|world, deal| {
        (
            deal.placement.since,
            world.state.stage_of(deal).map(|s| s.name.clone()),
        )
    });
    let quiet = Memo::new(move |_| {
        page.track();
        let at = page.store.tick();
        page.now(|world, deal| {
            let idle = idle(world, deal, at.now, at.today);
            let limit = world.state.stage_of(deal).and_then(|s| s.rot_days);
            (deal.outcome.status() == Status::Open).then_some((
                idle.days,
                idle.planned,
                idle.rotting,
                idle.warning,
                limit,
            ))
        })
    });
    let in_stage = move || duration((page.store.tick().now - since.get().0).max(0));
    let idle_words = move || {
        quiet.get().map(|(days, planned, rotting, warning, limit)| {
            let class = match (rotting, warning) {
                (true, _) => "deal-rotting",
                (_, true) => "deal-warning",
                _ => "",
            };
            let pause = if planned { ", paused: something is planned" } else { "" };
            let limit = limit.map(|limit| format!("Here a deal counts as neglected after {} without any.", intl::count(limit.into(), "day", "days")));
            view! {
                <div class="deal-pair">
                    <dt>
                        "Idle"
                        <Explain title="Idle time">
                            <p>"Whole days since the latest done activity, note or change of stage."</p>
                            {limit.clone().map(|limit| view! { <p>{limit}</p> })}
                            <p>"While something is planned within that time, the deal does not count as neglected."</p>
                        </Explain>
                    </dt>
                    <dd><span class=class>{intl::count(days as usize, "day", "days")}</span>{pause}</dd>
                </div>
            }
        })
    };
    view! {
        <Group title="Time">
            <dl class="deal-pairs">
                <div class="deal-pair">
                    <dt>"Created"</dt>
                    <dd title=move || fmt::time(created.get())>{move || day(created.get())}</dd>
                </div>
                <div class="deal-pair">
                    <dt>{move || match since.get().1 { Some(name) => format!("In {name}"), None => "In its stage".to_owned() }}</dt>
                    <dd title=move || format!("Since {}", fmt::time(since.get().0))>{in_stage}</dd>
                </div>
                {idle_words}
            </dl>
        </Group>
    }
}

/// The day of a moment, and how long ago that is.
fn day(at: i64) -> String {
    let words = crate::shell::clock::civil_date(at)
        .map(fmt::date)
        .unwrap_or_default();
    let today = crate::shell::clock::now_ms() - at < DAY;
    if today {
        words
    } else {
        format!("{words}, {}", fmt::since(at))
    }
}

/// Source, products, tags, imported id, description.
#[component]
fn Rest() -> impl IntoView {
    let page = use_page();
    let source = page.read(|_, deal| deal.source.clone());
    let external = page.read(|_, deal| deal.external.clone());
    let text = page.read(|_, deal| deal.description.clone());
    let tags = page.read(|_, deal| deal.tags.clone());
    let products = page.read(|world, deal| {
        let alive = deal
            .products
            .iter()
            .filter(|id| world.is_alive((**id).into()));
        alive
            .map(|id| world.state.name_of((*id).into()))
            .collect::<Vec<_>>()
    });
    let pair = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <div class="deal-pair"><dt>{label}</dt><dd>{value}</dd></div>
            }
        })
    };
    let empty = move || {
        let none = source.with(String::is_empty) && external.with(String::is_empty);
        none && tags.with(Vec::is_empty)
            && products.with(Vec::is_empty)
            && text.with(String::is_empty)
    };
    move || {
        (!empty()).then(|| view! {
            <Group title="Details">
                <dl class="deal-pairs">
                    {move || pair("Products", products.get().join(", "))}
                    {move || pair("Source", source.get())}
                    {move || pair("Imported id", external.get())}
                </dl>
                {move || tags.with(|all| !all.is_empty()).then(|| view! {
                    <ul class="deal-tags" aria-label="Tags">
                        {tags.get().into_iter().map(|tag| {
                            let hue = hue_of(&tag).to_owned();
                            view! { <li><Chip hue>{tag}</Chip></li> }
                        }).collect_view()}
                    </ul>
                })}
                {move || text.with(|t| !t.is_empty()).then(|| view! { <p class="deal-text">{text.get()}</p> })}
            </Group>
        })
    }
}
