//! What works on sales from outside.

use super::data::use_quotas;
use crate::app::form::field;
use crate::app::form::plan::{FactorForm, print_share};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::order::Order;
use crate::domain::quota::ExternalFactor;
use crate::ui::drafted::{Drafted, FormDialog};
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
                    <Table caption="From outside" columns=Signal::stored(columns.clone()) class="team-table quotas-table">
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
            <td data-label="When">{days}</td>
            <td data-label="Where">{place}</td>
            <td class="num" data-label="Sales">{format!("{} %", print_share(one.effect))}</td>
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
    let fields = move |opened, element| view! { <Fields opened element close=form/> }.into_any();
    view! { <FormDialog form title="What works from outside" save="Save" fields/> }
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
    let draft = Drafted::new(opened);
    let submit = move || {
        let command = draft.form.with_untracked(FactorForm::submit);
        if draft.save(store, command.map(Command::Plan)) {
            close.set(None);
        }
    };
    let places = select_of(territories(store), None);
    view! {
        <form class="line-form" id=element novalidate on:submit=move |event| { event.prevent_default(); submit(); }>
            <div class="line-form__wide">
                <Field label="Name" required=true error=draft.error(field::NAME)>
                    <TextInput value=draft.text(|f| &f.name) on_input=draft.put(|f| &mut f.name) autofocus=true/>
                </Field>
            </div>
            <Field label="First day" error=draft.error(field::FROM)>
                <DateField value=draft.text(|f| &f.from) on_change=draft.put(|f| &mut f.from)/>
            </Field>
            <Field label="Last day" error=draft.error(field::TO)>
                <DateField value=draft.text(|f| &f.to) on_change=draft.put(|f| &mut f.to)/>
            </Field>
            <Field label="Sales in percent" required=true hint="Of what they would be without it: 90 is a tenth less" error=draft.error("effect")>
                <NumberInput value=draft.text(|f| &f.effect) on_input=draft.put(|f| &mut f.effect)/>
            </Field>
            <Field label="Where">
                <Select options=places value=draft.text(|f| &f.territory) on_change=draft.put(|f| &mut f.territory) placeholder="Everywhere"/>
            </Field>
            <div class="line-form__wide">
                <Field label="Why" error=draft.error(field::NOTE)>
                    <TextArea value=draft.text(|f| &f.note) on_input=draft.put(|f| &mut f.note)/>
                </Field>
            </div>
        </form>
    }
}
