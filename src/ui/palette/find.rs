//! What the palette lists for what was typed.

use crate::domain::order::Order;
use std::cmp::Reverse;

use crate::domain::deal::Deal;
use crate::domain::ids::{ContactId, DealId, OrgId};
use crate::domain::stamp::Stamp;
use crate::domain::world::World;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::parts::{Glyph, best_matches, fold};
use crate::ui::store::Store;

use super::actions::{self, Action, ENTRIES};

/// What a line leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Does something.
    Do(Action),
    /// Opens a deal.
    Deal(DealId),
    /// Opens an organisation.
    Organisation(OrgId),
    /// Opens a contact.
    Contact(ContactId),
    /// Lists an organisation's deals.
    DealsOf(OrgId),
}

/// What stands before a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Icon(Glyph),
    /// The colour of the deal's stage.
    Hue(&'static str),
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) target: Target,
    pub(super) mark: Mark,
    pub(super) label: String,
    pub(super) detail: String,
    pub(super) keys: Option<&'static str>,
}

/// Lines under a heading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// The most deals listed at once.
const DEALS: usize = 8;
/// The most organisations listed at once.
const ORGANISATIONS: usize = 5;
/// The most contacts listed at once.
const CONTACTS: usize = 5;
/// The most recent things listed before anything is typed.
const RECENT: usize = 5;
/// The most deals looked at for the best ones among them.
const CANDIDATES: usize = 2_000;

/// The list for a query, and for the organisation it is limited to, if it is. `recent` are
/// the targets picked last, newest first.
pub(super) fn blocks(
    store: Store,
    query: &str,
    within: Option<OrgId>,
    recent: &[Target],
) -> Vec<Block> {
    let query = query.trim();
    let mut blocks = match within {
        Some(org) => vec![deals_of(store, org, query)],
        None if query.is_empty() => vec![recently(store, recent), all_actions(store)],
        None => found(store, query),
    };
    blocks.retain(|block| !block.lines.is_empty());
    blocks
}

fn found(store: Store, query: &str) -> Vec<Block> {
    let actions = actions::matching(query);
    let by_word = actions.first().is_some_and(|(_, by_word)| *by_word);
    let actions = Block {
        title: String::from("Actions"),
        lines: actions
            .into_iter()
            .map(|(entry, _)| action_line(store, entry))
            .collect(),
    };
    store.prepare_search();
    let (deals, organisations, contacts) = store.with(|session| {
        let world = session.world();
        (
            find_deals(world, query),
            find_organisations(world, query),
            find_contacts(world, query),
        )
    });
    // Letters that happen to stand in an action's words are no reason to go before a deal.
    if by_word {
        vec![actions, deals, organisations, contacts]
    } else {
        vec![deals, organisations, contacts, actions]
    }
}

fn find_deals(world: &World, query: &str) -> Block {
    let wanted = query.to_lowercase();
    let mut hits: Vec<(u8, Reverse<Stamp>, &Deal)> = world
        .board
        .search(query, CANDIDATES)
        .into_iter()
        .filter_map(|id| world.state.tables.deals.get(id))
        .map(|deal| {
            (
                nearness(&deal.title.to_lowercase(), &wanted),
                Reverse(changed(world, deal.id)),
                deal,
            )
        })
        .collect();
    hits.order_by_key(|(near, changed, deal)| (*near, *changed, deal.id));
    let lines = hits
        .iter()
        .take(DEALS)
        .map(|(_, _, deal)| deal_line(world, deal))
        .collect();
    Block {
        title: String::from("Deals"),
        lines,
    }
}

/// 0: begins so, 1: contains it, 2: it was found by something else than the title.
fn nearness(title: &str, wanted: &str) -> u8 {
    if title.starts_with(wanted) {
        0
    } else if title.contains(wanted) {
        1
    } else {
        2
    }
}

fn find_organisations(world: &World, query: &str) -> Block {
    let all: Vec<_> = world.state.tables.organisations.iter().collect();
    let folded: Vec<String> = all.iter().map(|org| fold(&org.name)).collect();
    let best = best_matches(
        folded.iter().map(|name| (name.as_str(), "")),
        query,
        ORGANISATIONS,
    );
    let line = |at: usize| {
        let org = all.get(at)?;
        let place = [org.industry.as_str(), org.location.as_str()];
        let place: Vec<&str> = place.into_iter().filter(|p| !p.is_empty()).collect();
        Some(Line {
            target: Target::Organisation(org.id),
            mark: Mark::Icon(Glyph::Building),
            label: org.name.clone(),
            detail: place.join(" · "),
            keys: None,
        })
    };
    // The deals of the nearest one can be listed here.
    let first = best.first().and_then(|at| all.get(*at));
    let deals = first.and_then(|org| {
        let count = world.links.deals_of(org.id).len();
        (count > 0).then(|| Line {
            target: Target::DealsOf(org.id),
            mark: Mark::Icon(Glyph::Board),
            label: format!("Deals of {}", org.name),
            detail: intl::count(count, "deal", "deals"),
            keys: None,
        })
    });
    let lines = best.into_iter().filter_map(line);
    Block {
        title: String::from("Organisations"),
        lines: lines.chain(deals).collect(),
    }
}

fn find_contacts(world: &World, query: &str) -> Block {
    let t = &world.state.tables;
    let all: Vec<_> = t.contacts.iter().collect();
    let folded: Vec<String> = all.iter().map(|contact| fold(&contact.name)).collect();
    let best = best_matches(
        folded.iter().map(|name| (name.as_str(), "")),
        query,
        CONTACTS,
    );
    let line = |at: usize| {
        let contact = all.get(at)?;
        let org = contact
            .organisation
            .and_then(|id| t.organisations.get(id))
            .map(|org| org.name.clone());
        let parts = [Some(contact.title.clone()), org];
        let parts: Vec<String> = parts
            .into_iter()
            .flatten()
            .filter(|p| !p.is_empty())
            .collect();
        Some(Line {
            target: Target::Contact(contact.id),
            mark: Mark::Icon(Glyph::User),
            label: contact.name.clone(),
            detail: parts.join(" · "),
            keys: None,
        })
    };
    Block {
        title: String::from("Contacts"),
        lines: best.into_iter().filter_map(line).collect(),
    }
}

fn deals_of(store: Store, org: OrgId, query: &str) -> Block {
    store.with(|session| {
        let world = session.world();
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        let mut deals: Vec<&Deal> = world
            .deals_of(org)
            .into_iter()
            .filter_map(|id| world.state.tables.deals.get(id))
            .filter(|deal| {
                let title = deal.title.to_lowercase();
                words.iter().all(|word| title.contains(word.as_str()))
            })
            .collect();
        deals.order_by_key(|deal| (Reverse(changed(world, deal.id)), deal.id));
        let lines = deals
            .into_iter()
            .take(50)
            .map(|deal| deal_line(world, deal))
            .collect();
        Block {
            title: format!("Deals of {}", world.state.name_of(org.into())),
            lines,
        }
    })
}

/// What was picked last, then the deals that changed last.
fn recently(store: Store, picked: &[Target]) -> Block {
    store.with(|session| {
        let world = session.world();
        let mut lines: Vec<Line> = picked
            .iter()
            .filter_map(|target| match target {
                Target::Deal(id) => world
                    .state
                    .tables
                    .deals
                    .get(*id)
                    .map(|deal| deal_line(world, deal)),
                _ => None,
            })
            .collect();
        for id in last_changed(world) {
            let known = lines.iter().any(|line| line.target == Target::Deal(id));
            if let Some(deal) = world.state.tables.deals.get(id).filter(|_| !known) {
                lines.push(deal_line(world, deal));
            }
        }
        lines.truncate(RECENT);
        Block {
            title: String::from("Recent deals"),
            lines,
        }
    })
}

/// The deals that changed last, newest first: one pass, however many there are.
fn last_changed(world: &World) -> Vec<DealId> {
    let mut newest: Vec<(Stamp, DealId)> = Vec::with_capacity(RECENT + 1);
    for (id, row) in world
        .state
        .tables
        .deals
        .rows()
        .filter(|(_, row)| !row.entity.deleted)
    {
        let stamp = row.stamps.last();
        if newest.len() < RECENT || newest.last().is_some_and(|last| (stamp, id) > *last) {
            newest.push((stamp, id));
            newest.order_by(|a, b| b.cmp(a));
            newest.truncate(RECENT);
        }
    }
    newest.into_iter().map(|(_, id)| id).collect()
}

fn changed(world: &World, deal: DealId) -> Stamp {
    world
        .state
        .tables
        .deals
        .row(deal)
        .map_or(Stamp::ZERO, |row| row.stamps.last())
}

fn all_actions(store: Store) -> Block {
    let lines = ENTRIES
        .iter()
        .map(|entry| action_line(store, entry))
        .collect();
    Block {
        title: String::from("Actions"),
        lines,
    }
}

fn action_line(store: Store, entry: &actions::Entry) -> Line {
    Line {
        target: Target::Do(entry.action),
        mark: Mark::Icon(entry.glyph),
        label: String::from(entry.label),
        detail: entry.action.detail(store),
        keys: entry.keys,
    }
}

fn deal_line(world: &World, deal: &Deal) -> Line {
    let stage = world.state.stage_of(deal);
    let organisation = deal.organisation.map(|id| world.state.name_of(id.into()));
    let parts = [
        organisation,
        stage.map(|s| s.name.clone()),
        deal.value.map(fmt::money),
    ];
    Line {
        target: Target::Deal(deal.id),
        mark: Mark::Hue(stage.map_or("slate", |s| s.hue.code())),
        label: deal.title.clone(),
        detail: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        keys: None,
    }
}
