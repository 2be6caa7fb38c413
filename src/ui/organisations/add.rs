//! The form of a new organisation.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::list::industries;
use crate::app::form::customer::parse_count;
use crate::app::form::{FieldError, field};
use crate::app::route::Route;
use crate::domain::command::Command;
use crate::domain::command::customer::CustomerCommand;
use crate::domain::ids::OrgId;
use crate::domain::party::OrgField;
use crate::domain::query::duplicates::keys;
use crate::domain::world::World;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::records::{organisations, people, select_of, territories};
use crate::ui::store::{Store, use_store};

/// What a new organisation begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adding {
    /// The one it belongs to.
    pub parent: Option<OrgId>,
}

/// The dialog, open while something is begun. Opens the page of the new organisation.
#[component]
pub fn AddOrganisation(
    /// What it begins with; set to none to close it.
    adding: RwSignal<Option<Adding>>,
) -> impl IntoView {
    let form_id = StoredValue::new(unique_id("form"));
    let footer = move || {
        let form = form_id.get_value();
        view! {
            <Button on_click=move |_| adding.set(None)>"Cancel"</Button>
            <button type="submit" form=form class="btn btn--primary btn--md"><span class="btn__text">"Add organisation"</span></button>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || adding.with(Option::is_some))
            on_close=move |()| adding.set(None)
            title="New organisation"
            backdrop_closes=false
            footer
        >
            {move || adding.get().map(|begin| view! { <Form begin adding id=form_id.get_value()/> })}
        </Dialog>
    }
}

/// What is typed.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    website: RwSignal<String>,
    industry: RwSignal<String>,
    employees: RwSignal<String>,
    location: RwSignal<String>,
    parent: RwSignal<String>,
    owner: RwSignal<String>,
    territory: RwSignal<String>,
}

impl Draft {
    fn fields(self) -> Result<Vec<OrgField>, FieldError> {
        let employees = parse_count(&self.employees.get_untracked());
        let employees = employees.map_err(|why| FieldError::new("employees", why))?;
        Ok(vec![
            OrgField::Name(self.name.get_untracked()),
            OrgField::Website(self.website.get_untracked()),
            OrgField::Industry(self.industry.get_untracked()),
            OrgField::Employees(employees),
            OrgField::Location(self.location.get_untracked()),
            OrgField::Parent(self.parent.get_untracked().parse().ok()),
            OrgField::Owner(self.owner.get_untracked().parse().ok()),
            OrgField::Territory(self.territory.get_untracked().parse().ok()),
        ])
    }
}

/// An organisation that seems to be the one being typed.
fn same(world: &World, name: &str, website: &str) -> Option<(OrgId, String)> {
    let (name, site) = (keys::company(name), keys::domain(website));
    let same = |a: &Option<String>, b: Option<String>| a.is_some() && *a == b;
    let orgs = world.state.tables.organisations.iter();
    orgs.filter(|o| same(&name, keys::company(&o.name)) || same(&site, keys::domain(&o.website)))
        .min_by_key(|o| o.id)
        .map(|o| (o.id, o.name.clone()))
}

#[component]
fn Form(
    /// What it begins with.
    begin: Adding,
    /// Set to none when it is over.
    adding: RwSignal<Option<Adding>>,
    /// Its id.
    id: String,
) -> impl IntoView {
    let store = use_store();
    let text = |text: String| RwSignal::new(text);
    let id_text = |id: Option<String>| RwSignal::new(id.unwrap_or_default());
    let draft = Draft {
        name: text(String::new()),
        website: text(String::new()),
        industry: text(String::new()),
        employees: text(String::new()),
        location: text(String::new()),
        parent: id_text(begin.parent.map(|id| id.to_string())),
        owner: id_text(store.with(|s| s.me()).map(|id| id.to_string())),
        territory: text(String::new()),
    };
    let error = RwSignal::new(None::<FieldError>);
    let of = move |name: &'static str| {
        Signal::derive(move || {
            error.with(|e| {
                e.as_ref()
                    .filter(|e| e.field == name)
                    .map(|e| e.message.clone())
            })
        })
    };
    // Looked for when a control is left, not at each key: there may be many.
    let left = RwSignal::new((String::new(), String::new()));
    let look = move |_| left.set((draft.name.get_untracked(), draft.website.get_untracked()));
    let alike = Memo::new(move |_| {
        let (name, website) = left.get();
        store.with(|s| same(s.world(), &name, &website))
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let fields = match draft.fields() {
            Ok(fields) => fields,
            Err(wrong) => return error.set(Some(wrong)),
        };
        match store.run(Command::Customer(CustomerCommand::AddOrganisation(fields))) {
            Ok(made) => {
                adding.set(None);
                if let Some(made) = made {
                    nav::go(Route::Organisation(OrgId(made.id)));
                }
            }
            Err(refusal) => error.set(Some(FieldError::from_refusal(&refusal))),
        }
    };
    let owner = draft.owner;
    let owners = select_of(people(store, move || owner.get()), None);
    view! {
        <form class="record-form" id=id prop:noValidate=true on:submit=submit on:focusout=leaving(look)>
            <Field label="Name" required=true error=of("name") class="record-form__wide">
                <TextInput value=draft.name on_input=move |t| draft.name.set(t) autofocus=true/>
            </Field>
            // Its room is kept, so that what is being pressed does not move away.
            <p class="record-form__wide record-form__room" role="status">
                {move || alike.get().map(|(id, name)| view! {
                    <span class="record-form__alike">
                        <Icon glyph=Glyph::Info/>
                        <span>"Perhaps this is "<a href=Route::Organisation(id).print() on:click=move |_| adding.set(None)>{name}</a>", which is here already."</span>
                    </span>
                })}
            </p>
            <Field label="Website" error=of("website")>
                <TextInput kind="url" value=draft.website on_input=move |t| draft.website.set(t) placeholder="example.com"/>
            </Field>
            <Field label="Industry" error=of("industry")>
                <Combobox
                    options=Signal::derive(move || industry_options(store, &draft.industry.get()))
                    value=draft.industry
                    on_pick=move |t| draft.industry.set(t)
                    on_create=move |t| draft.industry.set(t)
                />
            </Field>
            <Field label="Employees" error=of("employees")>
                <NumberInput value=draft.employees on_input=move |t| draft.employees.set(t)/>
            </Field>
            <Field label="Location">
                <TextInput value=draft.location on_input=move |t| draft.location.set(t) placeholder="City, country"/>
            </Field>
            <Field label="Owner" error=of("owner")>
                <Select options=owners placeholder="Nobody yet" value=draft.owner on_change=move |t| draft.owner.set(t)/>
            </Field>
            <Field label="Territory" error=of("territory")>
                <Select options=select_of(territories(store), None) placeholder="None" value=draft.territory on_change=move |t| draft.territory.set(t)/>
            </Field>
            <Field label="Belongs to" error=of("parent") class="record-form__wide">
                <Combobox options=organisations(store, None) value=draft.parent on_pick=move |t| draft.parent.set(t) placeholder="No other organisation"/>
            </Field>
            {move || error.with(|e| e.as_ref().filter(|e| e.field == field::FORM).map(|e| e.message.clone()))
                .map(|why| view! { <p class="record-form__wide record-form__error" role="alert">{why}</p> })}
        </form>
    }
}

/// Industries in use, with the one typed.
pub(super) fn industry_options(store: Store, chosen: &str) -> Vec<ComboOption> {
    store.track_kind(crate::domain::change::Kind::Organisation);
    let mut all = store.with(|s| industries(s.world()));
    if !chosen.is_empty() && !all.iter().any(|name| name == chosen) {
        all.insert(0, chosen.to_owned());
    }
    let option = |name: String| ComboOption {
        id: name.clone(),
        label: name,
        detail: String::new(),
    };
    all.into_iter().map(option).collect()
}
