//! Choosing, by typing, what an activity is about: a deal, an organisation or a contact.

use crate::app::form::activity::ActivityForm;
use crate::app::form::{FieldError, field};
use crate::domain::deal::Status;
use crate::domain::ids::{ContactId, DealId, OrgId};
use crate::domain::order::Order;
use crate::domain::world::World;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

/// The most matches of each kind.
const MOST: usize = 6;
/// The most deals looked at for the best among them.
const CANDIDATES: usize = 500;

/// Something an activity can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Deal(DealId),
    Organisation(OrgId),
    Contact(ContactId),
}

#[derive(Clone, Debug, PartialEq)]
struct Hit {
    link: Link,
    label: String,
    detail: String,
}

fn search(store: Store, query: &str) -> Vec<Hit> {
    if query.trim().is_empty() {
        return Vec::new();
    }
    store.prepare_search();
    store.with(|s| {
        let world = s.world();
        let mut hits = deals(world, query);
        hits.extend(parties(world, query));
        hits
    })
}

fn deals(world: &World, query: &str) -> Vec<Hit> {
    let wanted = query.trim().to_lowercase();
    let found = world.board.search(query, CANDIDATES);
    let mut found: Vec<_> = found
        .into_iter()
        .filter_map(|id| world.state.tables.deals.get(id))
        .collect();
    // Open ones first, then those whose own name it is.
    found.order_by_key(|d| {
        let title = d.title.to_lowercase();
        let near = match title.find(&wanted) {
            Some(0) => 0_u8,
            Some(_) => 1,
            None => 2,
        };
        (d.outcome.status() != Status::Open, near, title, d.id)
    });
    found.truncate(MOST);
    let hit = |d: &crate::domain::deal::Deal| Hit {
        link: Link::Deal(d.id),
        label: d.title.clone(),
        detail: d
            .organisation
            .map(|id| world.state.name_of(id.into()))
            .unwrap_or_default(),
    };
    found.into_iter().map(hit).collect()
}

fn parties(world: &World, query: &str) -> Vec<Hit> {
    let t = &world.state.tables;
    let mut all: Vec<Hit> = Vec::new();
    let orgs: Vec<_> = t.organisations.iter().collect();
    let names: Vec<String> = orgs.iter().map(|o| fold(&o.name)).collect();
    let best = best_matches(names.iter().map(|n| (n.as_str(), "")), query, MOST);
    all.extend(best.into_iter().filter_map(|at| orgs.get(at)).map(|o| Hit {
        link: Link::Organisation(o.id),
        label: o.name.clone(),
        detail: o.location.clone(),
    }));
    let contacts: Vec<_> = t.contacts.iter().collect();
    let names: Vec<String> = contacts.iter().map(|c| fold(&c.name)).collect();
    let best = best_matches(names.iter().map(|n| (n.as_str(), "")), query, MOST);
    all.extend(best.into_iter().filter_map(|at| contacts.get(at)).map(|c| {
        Hit {
            link: Link::Contact(c.id),
            label: c.name.clone(),
            detail: c
                .organisation
                .map(|id| world.state.name_of(id.into()))
                .unwrap_or_default(),
        }
    }));
    all
}

fn glyph(link: Link) -> Glyph {
    match link {
        Link::Deal(_) => Glyph::Board,
        Link::Organisation(_) => Glyph::Building,
        Link::Contact(_) => Glyph::User,
    }
}

fn word(link: Link) -> &'static str {
    match link {
        Link::Deal(_) => "Deal",
        Link::Organisation(_) => "Organisation",
        Link::Contact(_) => "Contact",
    }
}

/// What the form says it is about, as chips; below, the box to look for more.
#[component]
pub(super) fn About(
    /// The form.
    form: RwSignal<ActivityForm>,
    /// What is wrong with it.
    wrong: RwSignal<Vec<FieldError>>,
    /// The box takes the focus when the dialog opens.
    autofocus: bool,
) -> impl IntoView {
    let store = use_store();
    let links = Memo::new(move |_| {
        form.with(|f| {
            let all = [
                f.deal.map(Link::Deal),
                f.organisation.map(Link::Organisation),
                f.contact.map(Link::Contact),
            ];
            all.into_iter().flatten().collect::<Vec<_>>()
        })
    });
    let name = move |link: Link| {
        store.with(|s| {
            let state = &s.world().state;
            match link {
                Link::Deal(id) => state.name_of(id.into()),
                Link::Organisation(id) => state.name_of(id.into()),
                Link::Contact(id) => state.name_of(id.into()),
            }
        })
    };
    let drop_link = move |link| {
        form.update(|f| match link {
            Link::Deal(_) => f.deal = None,
            Link::Organisation(_) => f.organisation = None,
            Link::Contact(_) => f.contact = None,
        });
    };
    let chip = move |link: Link| {
        let name = name(link);
        view! {
            <li>
                <Chip icon=glyph(link) title=Some(word(link).to_owned()) remove_label=format!("Not about {name}") on_remove=move |()| drop_link(link)>
                    {name.clone()}
                </Chip>
            </li>
        }
    };
    view! {
        <div class="about">
            <Search form wrong autofocus/>
            {move || (!links.with(Vec::is_empty)).then(|| view! {
                <ul class="about__chips" aria-label="About">{links.get().into_iter().map(chip).collect_view()}</ul>
            })}
        </div>
    }
}

/// The box with its list.
#[component]
fn Search(
    form: RwSignal<ActivityForm>,
    wrong: RwSignal<Vec<FieldError>>,
    autofocus: bool,
) -> impl IntoView {
    let store = use_store();
    let query = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let hits = Memo::new(move |_| query.with(|query| search(store, query)));
    let list = StoredValue::new(unique_id("about"));
    let input = NodeRef::<html::Input>::new();
    let pick = move |at: usize| {
        let Some(link) = hits.with_untracked(|hits| hits.get(at).map(|h| h.link)) else {
            return;
        };
        wrong.update(|all| all.retain(|e| e.field != field::ABOUT));
        form.update(|f| match link {
            Link::Deal(id) => {
                f.deal = Some(id);
                f.organisation = None;
            }
            Link::Organisation(id) => {
                f.organisation = Some(id);
                f.deal = None;
            }
            Link::Contact(id) => f.contact = Some(id),
        });
        query.set(String::new());
        active.set(0);
    };
    let on_key = move |event: KeyboardEvent| {
        let count = hits.with_untracked(Vec::len);
        let at = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => active.set((at + 1) % count),
            "ArrowUp" if count > 0 => active.set((at + count - 1) % count),
            "Enter" if count > 0 && !event.is_composing() => pick(at),
            "Escape" if count > 0 => {
                query.set(String::new());
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    };
    let open = move || hits.with(|hits| !hits.is_empty());
    let row = move |(at, hit): (usize, Hit)| {
        let id = list.with_value(|list| format!("{list}-{at}"));
        let is_active = move || active.get() == at;
        view! {
            <li
                class="option"
                class:option--active=is_active
                role="option"
                id=id
                aria-selected=move || if is_active() { "true" } else { "false" }
                on:mousemove=move |_| active.set(at)
                on:click=move |_| pick(at)
            >
                <Icon glyph=glyph(hit.link)/>
                <span class="option__label">{hit.label}</span>
                <span class="option__detail">{hit.detail}</span>
            </li>
        }
    };
    let error = move || {
        wrong.with(|all| {
            let found = all.iter().find(|e| e.field == field::ABOUT);
            found.map(|e| e.message.clone())
        })
    };
    let none = move || query.with(|q| !q.trim().is_empty()) && !open();
    view! {
        <Field label="About" error=error>
            <div class="input input--icon">
                <Icon glyph=Glyph::Search/>
                <input
                    class="input__text"
                    type="text"
                    role="combobox"
                    node_ref=input
                    autofocus=autofocus
                    autocomplete="off"
                    spellcheck="false"
                    aria-label="About: a deal, an organisation or a contact"
                    placeholder="A deal, an organisation or a contact"
                    aria-autocomplete="list"
                    aria-expanded=move || if open() { "true" } else { "false" }
                    aria-controls=move || open().then(|| list.get_value())
                    aria-activedescendant=move || open().then(|| list.with_value(|l| format!("{l}-{}", active.get())))
                    prop:value=query
                    on:input:target=move |event| {
                        query.set(event.target().value());
                        active.set(0);
                    }
                    on:keydown=on_key
                />
            </div>
        </Field>
        {move || open().then(|| view! {
            <ul class="options about__list" role="listbox" aria-label="Matches" id=list.get_value() on:mousedown=|event| event.prevent_default()>
                {move || hits.get().into_iter().enumerate().map(row).collect_view()}
            </ul>
        })}
        {move || none().then(|| view! { <p class="options__none">"Nothing is called that here."</p> })}
    }
}
