//! What works on sales from outside.

use super::data::use_quotas;
use crate::app::form::plan::{FactorForm, print_share};
use crate::app::form::{FieldError, field};
use crate::domain::change::Kind;
use crate::domain::command::{Command, Refusal};
use crate::domain::order::Order;
use crate::domain::quota::ExternalFactor;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::records::{select_of, territories};
use leptos::prelude::*;

/// All of them, to be added to and changed.
#[component]
pub(super) fn Market() -> impl IntoView {
    let store = use_quotas().store;
    let form = RwSignal::new(None::<FactorForm>);
    let all = Memo::new(move |_| {
        for kind in [Kind::ExternalFactor, Kind::Territory] {
            store.track_kind(kind);
        }
        store.with(|s| {
            let all = s.world().state.tables.factors.iter();
            let mut all: Vec<ExternalFactor> = all.cloned().collect();
            all.order_by_key(|f| (f.from, f.name.to_lowercase(), f.id));
            all
        })
    });
    let columns: Vec<Column> = vec![
        Column::new("name", "What"),
        Column::new("when", "When"),
        Column::new("where", "Where"),
        Column::new("effect", "Sales").numeric(),
        Column::new("tools", "Actions").unlabelled(),
    ];
    let columns: Vec<Column> = columns.into_iter().map(Column::fixed).collect();
    view! {
        <section class="forecast__part" aria-labelledby="market">
            <div class="part__line">
                <h2 class="forecast__head" id="market">"From outside"</h2>
                <Button icon=Glyph::Plus on_click=move |_| form.set(Some(FactorForm::blank()))>"Note a factor"</Button>
            </div>
            {block(move || if all.with(Vec::is_empty) {
                view! { <p class="forecast__note">"Nothing is noted. A season, a fair, a price rise or a crisis raises or lowers what can be sold: note it with its days and its effect, and suggestions for quotas reckon with it."</p> }.into_any()
            } else {
                view! {
                    <Table caption="From outside" columns=Signal::stored(columns.clone()) class="sell-table">
                        {block(move || all.get().into_iter().map(|one| view! { <Row one form/> }).collect_view())}
                    </Table>
                }.into_any()
            })}
            <FactorDialog form/>
        </section>
    }
}

#[component]
fn Row(
    /// It.
    one: ExternalFactor,
    /// The form that changes it.
    form: RwSignal<Option<FactorForm>>,
) -> impl IntoView {
    let store = use_quotas().store;
    let days = match (one.from, one.to) {
        (None, None) => "Always".to_owned(),
        (Some(from), None) => format!("From {}", fmt::date(from)),
        (None, Some(to)) => format!("Until {}", fmt::date(to)),
        (Some(from), Some(to)) => format!("{} – {}", fmt::date(from), fmt::date(to)),
    };
    let place = one.territory.map_or_else(
        || "Everywhere".to_owned(),
        |id| store.with(|s| s.world().state.name_of(id.into())),
    );
    let (edit_label, remove_label) = (
        format!("Change {}", one.name),
        format!("Delete {}", one.name),
    );
    let opened = FactorForm::of(&one);
    let id = one.id;
    view! {
        <tr data-factor=id.to_string()>
            <th scope="row">{one.name}<span class="forecast__note-of">{one.note}</span></th>
            <td>{days}</td>
            <td>{place}</td>
            <td class="num">{format!("{} %", print_share(one.effect))}</td>
            <td class="grid-table__tools">
                <IconButton label=edit_label glyph=Glyph::Pencil size=ButtonSize::Small on_click=move |_| form.set(Some(opened.clone()))/>
                <IconButton label=remove_label glyph=Glyph::Trash size=ButtonSize::Small on_click=move |_| store.dispatch(Command::Delete(vec![id.into()]))/>
            </td>
        </tr>
    }
}

#[component]
fn FactorDialog(
    /// The form as it is opened; none while closed.
    form: RwSignal<Option<FactorForm>>,
) -> impl IntoView {
    let open = Memo::new(move |_| form.with(Option::is_some));
    let element = StoredValue::new(unique_id("factor"));
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| form.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form=element.get_value()>"Save"</Button>
        }
    };
    view! {
        <Dialog open title="What works from outside" on_close=move |()| form.set(None) backdrop_closes=false footer>
            {move || form.get().map(|opened| view! { <Fields opened element=element.get_value() close=form/> })}
        </Dialog>
    }
}

#[component]
fn Fields(
    /// The form as it is opened.
    opened: FactorForm,
    /// The id of the element, for the button outside of it.
    element: String,
    /// Set to none when it is saved.
    close: RwSignal<Option<FactorForm>>,
) -> impl IntoView {
    let store = use_quotas().store;
    let form = RwSignal::new(opened);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let submit = move || match form.with_untracked(FactorForm::submit) {
        Err(found) => errors.set(found),
        Ok(command) => match store.run(Command::Plan(command)) {
            Ok(_) | Err(Refusal::Nothing) => close.set(None),
            Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
        },
    };
    let text =
        move |get: fn(&FactorForm) -> &String| Memo::new(move |_| form.with(|f| get(f).clone()));
    let put = move |get: fn(&mut FactorForm) -> &mut String| {
        move |text: String| {
            errors.set(Vec::new());
            form.update(|f| *get(f) = text);
        }
    };
    let error = move |name: &'static str| {
        let of = move |e: &FieldError| (e.field == name).then(|| e.message.clone());
        move || errors.with(|all| all.iter().find_map(of))
    };
    let places = select_of(territories(store), None);
    view! {
        <form class="line-form" id=element novalidate on:submit=move |event| { event.prevent_default(); submit(); }>
            <div class="line-form__wide">
                <Field label="Name" required=true error=error(field::NAME)>
                    <TextInput value=text(|f| &f.name) on_input=put(|f| &mut f.name) autofocus=true/>
                </Field>
            </div>
            <Field label="First day" error=error(field::FROM)>
                <DateField value=text(|f| &f.from) on_change=put(|f| &mut f.from)/>
            </Field>
            <Field label="Last day" error=error(field::TO)>
                <DateField value=text(|f| &f.to) on_change=put(|f| &mut f.to)/>
            </Field>
            <Field label="Sales in percent" required=true hint="Of what they would be without it: 90 is a tenth less" error=error("effect")>
                <NumberInput value=text(|f| &f.effect) on_input=put(|f| &mut f.effect)/>
            </Field>
            <Field label="Where">
                <Select options=places value=text(|f| &f.territory) on_change=put(|f| &mut f.territory) placeholder="Everywhere"/>
            </Field>
            <div class="line-form__wide">
                <Field label="Why" error=error(field::NOTE)>
                    <TextArea value=text(|f| &f.note) on_input=put(|f| &mut f.note)/>
                </Field>
            </div>
        </form>
    }
}
