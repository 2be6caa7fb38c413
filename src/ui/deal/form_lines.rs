//! The lines in the form of a deal: saved together with all the rest.

use super::draft::use_draft;
use super::fields::Cell;
use super::products::row;
use crate::app::form::field;
use crate::app::form::line::LineForm;
use crate::app::form::sale::origins;
use crate::domain::change::Kind;
use crate::domain::command::OrNew;
use crate::domain::deal::DealKind;
use crate::domain::ids::DealId;
use crate::domain::money::Currency;
use crate::ui::lines::{AddLine, LineDialog, LineList, LineRow, Totals, TotalsOf};
use crate::ui::parts::*;
use leptos::prelude::*;

/// The lines, and whether the value is their sum.
#[component]
pub(super) fn Lines() -> impl IntoView {
    let draft = use_draft();
    let store = draft.store;
    let forms = draft.read(|f| f.lines.clone());
    let rows = Memo::new(move |_| {
        store.with(|s| {
            let state = &s.world().state;
            forms.with(|all| {
                let rows = all.iter().enumerate();
                rows.map(|(n, form)| line_row(state, n, form))
                    .collect::<Vec<_>>()
            })
        })
    });
    let totals = Memo::new(move |_| {
        let items: Vec<_> = forms.with(|all| all.iter().filter_map(LineForm::item).collect());
        TotalsOf::lines(&items)
    });
    let currency = Memo::new(move |_| {
        let of = |f: &crate::app::form::deal::DealForm| {
            let line = f.lines.first().map(|l| l.currency.clone());
            Currency::parse(&line.unwrap_or_else(|| f.currency.clone())).unwrap_or_default()
        };
        draft.form.with(of)
    });
    let begin = RwSignal::new(None::<LineForm>);
    // Which line is open; none for a new one.
    let at = StoredValue::new(None::<usize>);
    let open = move |key: String| {
        let place = key.parse::<usize>().ok();
        at.set_value(place);
        begin.set(place.and_then(|n| forms.with_untracked(|all| all.get(n).cloned())));
    };
    let add = move |form: LineForm| {
        at.set_value(None);
        begin.set(Some(form));
    };
    let save = move |line: LineForm| {
        draft.set(|form| {
            match at.get_value() {
                Some(n) if n < form.lines.len() => form.lines[n] = line,
                _ => {
                    // A deal nobody has said a value of is worth what its first line is.
                    form.priced |= form.lines.is_empty() && form.amount.trim().is_empty();
                    form.lines.push(line);
                }
            }
        });
        Ok(())
    };
    let shift = move |(key, to): (String, usize)| {
        draft.set(|form| {
            if let Some(from) = key.parse().ok().filter(|n| *n < form.lines.len()) {
                let line = form.lines.remove(from);
                form.lines.insert(to.min(form.lines.len()), line);
            }
        });
    };
    let remove = move |key: String| {
        draft.set(|form| {
            if let Some(n) = key.parse().ok().filter(|n| *n < form.lines.len()) {
                form.lines.remove(n);
            }
        });
    };
    let some = move || rows.with(|all| !all.is_empty());
    let error = draft.error(field::LINES);
    view! {
        <fieldset class="deal-form__part" data-field=field::LINES>
            <legend class="deal-form__legend">"Lines"</legend>
            <div class="deal-form__lines">
                <div hidden=move || !some()>
                    <LineList lines=rows on_open=open on_move=shift on_remove=remove/>
                </div>
                <AddLine currency on_add=add/>
                {move || some().then(|| view! { <Totals of=totals/> })}
                {move || Some(error.get()).filter(|e| !e.is_empty()).map(|why| view! { <p class="line-form__error" role="alert">{why}</p> })}
                <LineDialog begin on_save=save/>
            </div>
        </fieldset>
    }
}

fn line_row(state: &crate::domain::state::State, n: usize, form: &LineForm) -> LineRow {
    let name = match &form.product {
        Some(OrNew::New(name)) if form.text.trim().is_empty() => Some(name.clone()),
        Some(OrNew::Known(id)) if form.text.trim().is_empty() => Some(state.name_of((*id).into())),
        _ => None,
    };
    let name = name.unwrap_or_else(|| form.text.clone());
    match form.item() {
        Some(item) => LineRow {
            name,
            ..row(state, n.to_string(), &item)
        },
        None => LineRow {
            key: n.to_string(),
            name,
            how: String::from("Something is missing"),
            total: String::new(),
        },
    }
}

/// A first sale, or one to a customer.
#[component]
pub(super) fn KindCell() -> impl IntoView {
    let draft = use_draft();
    let kind = draft.read(|f| f.kind);
    let options = DealKind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), k.label()));
    view! {
        <Cell name=field::KIND label="Kind of sale">
            <Select
                options=Signal::stored(options.collect::<Vec<_>>())
                value=move || kind.get().code().to_owned()
                on_change=move |code: String| draft.set(|f| f.kind = DealKind::from_code(&code).unwrap_or(DealKind::New))
            />
        </Cell>
    }
}

/// The won deal that a sale to a customer comes from.
#[component]
pub(super) fn OriginCell() -> impl IntoView {
    let draft = use_draft();
    let store = draft.store;
    let origin = draft.read(|f| f.origin);
    let shown = draft.read(|f| f.kind != DealKind::New || f.origin.is_some());
    let about = draft.read(|f| (f.deal, f.organisation.clone()));
    let options = Memo::new(move |_| {
        store.track_kind(Kind::Deal);
        let (deal, organisation) = about.get();
        let organisation = match organisation {
            Some(OrNew::Known(id)) => Some(id),
            _ => None,
        };
        let chosen = origin.get();
        store.with(|s| {
            let world = s.world();
            let won = origins(world, organisation, deal).into_iter();
            let mut all: Vec<ComboOption> = won
                .map(|(id, label, detail)| ComboOption {
                    id: id.to_string(),
                    label,
                    detail,
                })
                .collect();
            // One reopened or deleted since is still what it says.
            let known = |id: &DealId| all.iter().any(|o| o.id == id.to_string());
            if let Some(id) = chosen.filter(|id| !known(id)) {
                all.push(ComboOption {
                    id: id.to_string(),
                    label: world.state.name_of(id.into()),
                    detail: String::from("no longer won"),
                });
            }
            all
        })
    });
    let pick = move |code: String| {
        let origin: Option<DealId> = code.parse().ok();
        draft.set(|f| store.with(|s| f.come_from(s.world(), origin)));
    };
    move || {
        shown.get().then(|| {
            view! {
                <Cell name=field::ORIGIN label="Comes from">
                    <Combobox
                        options=options
                        value=move || origin.get().map(|id| id.to_string()).unwrap_or_default()
                        on_pick=pick
                        placeholder="The won deal it follows from"
                    />
                </Cell>
            }
        })
    }
}
