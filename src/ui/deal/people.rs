//! Contacts with their buying roles, and products: lists one adds to.

use super::choices::{choice_of, contacts, name_of, products};
use super::draft::use_draft;
use super::fields::Cell;
use crate::app::form::field;
use crate::domain::command::OrNew;
use crate::domain::deal::BuyingRole;
use crate::domain::ids::ContactId;
use crate::ui::parts::*;
use leptos::prelude::*;

/// The contacts chosen, each with a role, and a box to add one more.
#[component]
pub(super) fn ContactsField() -> impl IntoView {
    let draft = use_draft();
    let chosen = draft.read(|f| {
        f.contacts
            .iter()
            .map(|(who, _)| who.clone())
            .collect::<Vec<_>>()
    });
    let organisation = draft.read(|f| f.organisation.clone());
    let options = contacts(
        draft.store,
        move || chosen.get(),
        move || organisation.get(),
    );
    let add = move |who: OrNew<ContactId>| {
        draft.set(|form| {
            if !form.contacts.iter().any(|(other, _)| *other == who) {
                form.contacts.push((who, BuyingRole::Unknown));
            }
        });
    };
    view! {
        <div class="deal-form__cell deal-form__cell--wide">
            <Cell name=field::CONTACTS label="Contacts">
                <Combobox
                    options
                    value=""
                    on_pick=move |key: String| {
                        if let Some(who) = choice_of(&key) {
                            add(who);
                        }
                    }
                    on_create=move |name| add(OrNew::New(name))
                    placeholder="Search or create, one after the other"
                />
            </Cell>
            <ul class="deal-form__people" aria-label="Contacts chosen">
                <For each=move || chosen.get() key=|who| format!("{who:?}") children=|who| view! { <ContactRow who/> }/>
            </ul>
        </div>
    }
}

/// A contact with the role played in this deal.
#[component]
fn ContactRow(
    /// Who.
    who: OrNew<ContactId>,
) -> impl IntoView {
    let draft = use_draft();
    let name = draft.store.with(|s| name_of(&s.world().state, &who));
    let who = StoredValue::new(who);
    let role = Memo::new(move |_| {
        let of = |(other, role): &(OrNew<ContactId>, BuyingRole)| {
            who.with_value(|who| (who == other).then_some(*role))
        };
        draft.form.with(|form| {
            form.contacts
                .iter()
                .find_map(of)
                .unwrap_or(BuyingRole::Unknown)
        })
    });
    let set_role = move |code: String| {
        let role = BuyingRole::from_code(&code).unwrap_or(BuyingRole::Unknown);
        draft.set(|form| {
            for (other, theirs) in &mut form.contacts {
                if who.with_value(|who| who == other) {
                    *theirs = role;
                }
            }
        });
    };
    let remove = move |_| {
        draft.set(|form| {
            form.contacts
                .retain(|(other, _)| who.with_value(|who| who != other))
        })
    };
    let roles = BuyingRole::ALL
        .iter()
        .map(|role| Choice::new(role.code(), role.label()));
    let is_new = who.with_value(|who| matches!(who, OrNew::New(_)));
    view! {
        <li class="deal-form__person">
            <Avatar name=name.clone() decorative=true/>
            <span class="deal-form__name">{name.clone()}</span>
            {is_new.then(|| view! { <Chip tone=Tone::Accent>"New"</Chip> })}
            <Select
                class="deal-form__role"
                options=Signal::stored(roles.collect::<Vec<_>>())
                value=move || role.get().code().to_owned()
                on_change=set_role
                label=format!("Role of {name}")
            />
            <IconButton label=format!("Remove {name}") glyph=Glyph::Close on_click=remove/>
        </li>
    }
}

/// The products chosen as chips, and a box to add one more.
#[component]
pub(super) fn ProductsField() -> impl IntoView {
    let draft = use_draft();
    let chosen = draft.read(|f| f.products.clone());
    let options = products(draft.store, move || chosen.get());
    let add = move |product| {
        draft.set(|form| {
            if !form.products.contains(&product) {
                form.products.push(product);
            }
        });
    };
    let chip = move |product| {
        let name = draft.store.with(|s| name_of(&s.world().state, &product));
        let remove = move |()| draft.set(|form| form.products.retain(|p| *p != product));
        view! {
            <li>
                <Chip remove_label=format!("Remove {name}") on_remove=remove>{name.clone()}</Chip>
            </li>
        }
    };
    view! {
        <Cell name=field::PRODUCTS label="Products">
            <Combobox
                options
                value=""
                on_pick=move |key: String| {
                    if let Some(product) = choice_of(&key) {
                        add(product);
                    }
                }
                on_create=move |name| add(OrNew::New(name))
                placeholder="Add one"
            />
            <ul class="deal-form__chips" aria-label="Products chosen">
                <For each=move || chosen.get() key=|p| format!("{p:?}") children=chip/>
            </ul>
        </Cell>
    }
}
