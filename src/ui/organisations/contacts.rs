//! The contacts of an organisation.

use leptos::prelude::*;

use super::page::Page;
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::deal::BuyingRole;
use crate::domain::ids::ContactId;
use crate::domain::order::Order;
use crate::domain::query::words::fold;
use crate::ui::contacts::{AddContact, AddingContact};
use crate::ui::parts::*;
use crate::ui::records::Group;

/// Contacts shown before one asks for the rest.
const FEW: usize = 12;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    id: ContactId,
    name: String,
    title: String,
    role: BuyingRole,
    email: Option<String>,
    phone: Option<String>,
    no_contact: bool,
}

/// Who works there.
#[component]
pub(super) fn Contacts(
    /// The page.
    page: Page,
) -> impl IntoView {
    let lines = page.read_with(&[Kind::Contact], |world, id| {
        let t = &world.state.tables.contacts;
        let all = world.links.contacts_of(id).iter();
        let mut all: Vec<_> = all.filter_map(|id| t.get(*id)).collect();
        all.order_by_key(|c| (fold(&c.name), c.id));
        let line = |c: &crate::domain::party::Contact| Line {
            id: c.id,
            name: c.name.clone(),
            title: c.title.clone(),
            role: c.role,
            email: c.emails.first().cloned(),
            phone: c.phones.first().cloned(),
            no_contact: c.do_not_contact,
        };
        all.into_iter().map(line).collect::<Vec<_>>()
    });
    let all = RwSignal::new(false);
    let adding = RwSignal::new(None::<AddingContact>);
    let id = page.id;
    let add = move |_| {
        adding.set(Some(AddingContact {
            organisation: Some(id),
        }));
    };
    let tools = move || {
        view! {
            <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Plus on_click=add>"New contact"</Button>
        }
    };
    let shown = move || {
        let most = if all.get() { usize::MAX } else { FEW };
        lines.with(|lines| lines.iter().take(most).cloned().collect::<Vec<_>>())
    };
    view! {
        <Group title="Contacts" tools>
            {move || lines.with(Vec::is_empty).then(|| view! { <p class="record-none">"No contacts yet."</p> })}
            <ul class="record-people">{move || shown().into_iter().map(line).collect_view()}</ul>
            {move || (!all.get() && lines.with(Vec::len) > FEW).then(|| view! {
                <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| all.set(true)>
                    {format!("Show {} more", lines.with(Vec::len) - FEW)}
                </Button>
            })}
        </Group>
        <AddContact adding stay=true/>
    }
}

fn line(contact: Line) -> impl IntoView {
    let role = contact.role;
    view! {
        <li class="record-person">
            <Avatar name=contact.name.clone() large=true decorative=true/>
            <div class="record-person__who">
                <p class="record-person__name">
                    <a href=Route::Contact(contact.id).print()>{contact.name}</a>
                    {(role != BuyingRole::Unknown).then(|| view! { <Chip tone=Tone::Accent>{role.label()}</Chip> })}
                    {contact.no_contact.then(|| view! { <Chip tone=Tone::Danger>"Do not contact"</Chip> })}
                </p>
                <p class="record-person__title">{contact.title}</p>
            </div>
            <div class="record-person__ways">
                {contact.email.map(|email| view! { <a href=format!("mailto:{email}")>{email.clone()}</a> })}
                {contact.phone.map(|phone| view! { <a href=format!("tel:{}", phone.replace(' ', ""))>{phone.clone()}</a> })}
            </div>
        </li>
    }
}
