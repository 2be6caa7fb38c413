//! What an organisation is: its fields, changed in place.

use leptos::prelude::*;

use super::add::industry_options;
use super::page::Page;
use crate::app::form::customer::{parse_count, parse_year};
use crate::app::form::lists::tags;
use crate::app::route::Route;
use crate::domain::change::{Edit, Kind};
use crate::domain::ids::OrgId;
use crate::domain::party::{Health, OrgField, Organisation};
use crate::domain::query::parties::family;
use crate::ui::fields::CustomFacts;
use crate::ui::parts::*;
use crate::ui::qualify::FitCard;
use crate::ui::records::{
    ChoiceProp, Group, LongProp, MoneyProp, NumberProp, PickProp, Save, TagsProp, TextProp, change,
    count_text, organisations, people, select_of, territories,
};
use crate::ui::stages::Draft;

/// The side of the page.
#[component]
pub(super) fn About(
    /// The page.
    page: Page,
) -> impl IntoView {
    view! {
        <aside class="record__side" aria-label="About the organisation">
            <Firm page/>
            <FitCard organisation=Signal::stored(Some(page.id))/>
            <Ours page/>
            <Selling page/>
            <Family page/>
            <CustomFacts of=page.id title="Custom fields" title_class="record-group__title" class="record-group"/>
        </aside>
    }
}

/// A text of the organisation.
fn text(page: Page, get: fn(&Organisation) -> &String) -> Signal<String> {
    page.read(move |_, org| get(org).clone()).into()
}

/// An id of the organisation as text; "" for none.
fn id_of(page: Page, get: fn(&Organisation) -> Option<String>) -> Signal<String> {
    page.read(move |_, org| get(org).unwrap_or_default()).into()
}

/// Saves a text.
fn put(page: Page, field: fn(String) -> OrgField) -> Save {
    let id = page.id;
    Save::from(move |text: String| Ok(Edit::Organisation(id, field(text))))
}

/// Saves an id chosen; "" is none.
fn choose<T: std::str::FromStr + 'static>(page: Page, field: fn(Option<T>) -> OrgField) -> Save {
    let id = page.id;
    Save::from(move |text: String| Ok(Edit::Organisation(id, field(text.parse().ok()))))
}

/// Firmographics.
#[component]
fn Firm(
    /// The page.
    page: Page,
) -> impl IntoView {
    let id = page.id;
    let store = page.store;
    let industry = text(page, |o| &o.industry);
    let employees = page.read(|_, o| o.employees.map(count_text).unwrap_or_default());
    let founded = page.read(|_, o| o.founded.map(|n| n.to_string()).unwrap_or_default());
    let industry_draft = Draft::new();
    let set_industry = move |name: String| {
        let edit = Edit::Organisation(id, OrgField::Industry(name));
        industry_draft.settle(store.run(change(vec![edit])));
    };
    view! {
        <Group title="Organisation">
            <TextProp label="Name" value=text(page, |o| &o.name) save=put(page, OrgField::Name)/>
            <TextProp label="Website" kind="url" placeholder="example.com" value=text(page, |o| &o.website) save=put(page, OrgField::Website)/>
            <Field label="Industry" error=industry_draft.error() class="prop">
                <Combobox
                    options=Signal::derive(move || industry_options(store, &industry.get()))
                    value=industry
                    on_pick=set_industry
                    on_create=set_industry
                />
            </Field>
            <NumberProp
                label="Employees"
                value=employees
                save=move |text: String| Ok(Edit::Organisation(id, OrgField::Employees(parse_count(&text)?)))
            />
            <MoneyProp
                label="Revenue a year"
                value=page.read(|_, o| o.revenue)
                set=move |money| Edit::Organisation(id, OrgField::Revenue(money))
            />
            <NumberProp
                label="Founded"
                value=founded
                save=move |text: String| Ok(Edit::Organisation(id, OrgField::Founded(parse_year(&text)?)))
            />
            <TextProp label="Location" placeholder="City, country" value=text(page, |o| &o.location) save=put(page, OrgField::Location)/>
            <LongProp label="Description" value=text(page, |o| &o.description) save=put(page, OrgField::Description)/>
        </Group>
    }
}

/// Who of ours, which territory, labels, health.
#[component]
fn Ours(
    /// The page.
    page: Page,
) -> impl IntoView {
    let (id, store) = (page.id, page.store);
    let owner = id_of(page, |o| o.owner.map(|id| id.to_string()));
    let health = id_of(page, |o| o.health.map(|h| h.code().to_owned()));
    let healths: Vec<Choice> = Health::ALL
        .iter()
        .map(|h| Choice::new(h.code(), h.label()))
        .collect();
    let set_health = move |code: String| {
        Ok(Edit::Organisation(
            id,
            OrgField::Health(Health::from_code(&code)),
        ))
    };
    let known = Memo::new(move |_| {
        store.track_kind(Kind::Organisation);
        store.with(|s| tags(s.world()))
    });
    view! {
        <Group title="Looked after by">
            <PickProp label="Owner" placeholder="Nobody yet" options=people(store, move || owner.get()) value=owner save=choose(page, OrgField::Owner)/>
            <ChoiceProp
                label="Territory"
                placeholder="None"
                options=select_of(territories(store), None)
                value=id_of(page, |o| o.territory.map(|id| id.to_string()))
                save=choose(page, OrgField::Territory)
            />
            <TagsProp
                label="Tags"
                value=page.read(|_, o| o.tags.clone())
                suggestions=known
                set=move |tags| Edit::Organisation(id, OrgField::Tags(tags))
            />
            <ChoiceProp label="Health" placeholder="Not said" options=Signal::stored(healths) value=health save=set_health/>
            {move || (!health.get().is_empty()).then(|| view! {
                <LongProp label="Why" rows=1 value=text(page, |o| &o.health_note) save=put(page, OrgField::HealthNote)/>
            })}
        </Group>
    }
}

/// What matters for selling to them.
#[component]
fn Selling(
    /// The page.
    page: Page,
) -> impl IntoView {
    let id = page.id;
    view! {
        <Group title="Buying">
            <MoneyProp
                label="Budget a year"
                value=page.read(|_, o| o.budget)
                set=move |money| Edit::Organisation(id, OrgField::Budget(money))
            />
            <LongProp
                label="Decision structure"
                placeholder="Who decides, in which steps, by when"
                value=text(page, |o| &o.decision)
                save=put(page, OrgField::Decision)
            />
            <LongProp label="Pain points" placeholder="What hurts them" value=text(page, |o| &o.pains) save=put(page, OrgField::Pains)/>
        </Group>
    }
}

/// The one it belongs to, and those that belong to it.
#[component]
fn Family(
    /// The page.
    page: Page,
) -> impl IntoView {
    let (id, store) = (page.id, page.store);
    let tree = page.read_with(&[Kind::Organisation], |world, id| {
        let all = family(world, id);
        let name = |id: OrgId| world.state.name_of(id.into());
        all.into_iter()
            .map(|(depth, id)| (depth, id, name(id)))
            .collect::<Vec<_>>()
    });
    let line = move |(depth, other, name): (u8, OrgId, String)| {
        let here = other == id;
        view! {
            <li class="record-tree__line" style:--depth=depth.min(8).to_string() aria-current=here.then_some("true")>
                {if here {
                    view! { <strong>{name}</strong> }.into_any()
                } else {
                    view! { <a href=Route::Organisation(other).print()>{name}</a> }.into_any()
                }}
            </li>
        }
    };
    view! {
        <Group title="Concern">
            <PickProp
                label="Belongs to"
                placeholder="No other organisation"
                options=organisations(store, Some(id))
                value=id_of(page, |o| o.parent.map(|id| id.to_string()))
                save=choose(page, OrgField::Parent)
            />
            {move || tree.with(|all| all.len() > 1).then(|| view! {
                <ul class="record-tree" aria-label="Organisations of the concern">{tree.get().into_iter().map(line).collect_view()}</ul>
            })}
        </Group>
    }
}
