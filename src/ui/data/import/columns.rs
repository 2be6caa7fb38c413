//! What the columns of one file mean and how their cells are read.

use leptos::prelude::*;

use super::own::{self, KeepOthers, NewField};
use super::wizard::Wizard;
use crate::app::import::{ColumnPlan, FilePlan, Holds, Reading, Target, Unit};
use crate::codec::csv::{DateOrder, DecimalStyle};
use crate::domain::money::Currency;
use crate::ui::parts::{Choice, Field, Glyph, Icon, Select};
use crate::ui::start::currency;

/// Columns with nothing in them are named last; cells shown of each.
const SAMPLES: usize = 3;

/// All columns of a file.
#[component]
pub(super) fn Columns(
    /// The import.
    wizard: Wizard,
    /// Which file.
    file: usize,
) -> impl IntoView {
    let holds = Memo::new(move |_| {
        wizard
            .plan
            .with(|p| p.files.get(file).map_or(Holds::Nothing, |f| f.holds))
    });
    let count = wizard
        .plan
        .with_untracked(|p| p.files.get(file).map_or(0, |f| f.columns.len()));
    let kinds: Vec<Choice> = Holds::ALL
        .iter()
        .map(|h| Choice::new(h.code(), h.label()))
        .collect();
    let set = move |code: String| {
        if let Some(holds) = Holds::from_code(&code) {
            wizard.remap(|plan| plan.set_holds(file, holds));
        }
    };
    view! {
        <div class="import-filebar">
            <Field label="The file holds">
                <Select options=kinds value=Signal::derive(move || holds.get().code().to_owned()) on_change=set/>
            </Field>
            <FileCurrency wizard file/>
            <KeepOthers wizard file/>
        </div>
        {move || {
            let holds = holds.get();
            (holds != Holds::Nothing).then(|| view! {
                <div class="import-columns" role="table" aria-label="Columns">
                    <div class="import-columns__head" role="row">
                        <span role="columnheader">"Column"</span>
                        <span role="columnheader">"First values"</span>
                        <span role="columnheader">"Means"</span>
                        <span role="columnheader">"Read as"</span>
                    </div>
                    {(0..count).map(|column| view! { <ColumnRow wizard file column holds/> }).collect_view()}
                </div>
            })
        }}
    }
}

/// The currency of amounts that say none.
#[component]
fn FileCurrency(wizard: Wizard, file: usize) -> impl IntoView {
    let of_file = move |read: fn(&FilePlan) -> bool| {
        Memo::new(move |_| wizard.plan.with(|p| p.files.get(file).is_some_and(read)))
    };
    let is_asked = of_file(FilePlan::has_money);
    let has_column = of_file(|file| file.has(Target::Currency));
    let chosen = Memo::new(move |_| {
        wizard
            .plan
            .with(|p| p.files.get(file).map_or(Currency::EUR, |f| f.currency))
    });
    let set = move |code: String| {
        if let Ok(currency) = Currency::parse(&code) {
            wizard.change(|plan| {
                if let Some(file) = plan.files.get_mut(file) {
                    file.currency = currency;
                }
            });
        }
    };
    let label = move || {
        if has_column.get() {
            "Currency where the column is blank".to_owned()
        } else {
            "Currency of the amounts".to_owned()
        }
    };
    move || {
        is_asked.get().then(|| {
            view! {
                <Field label=Signal::derive(label)>
                    <Select
                        options=currency::choices(chosen.get_untracked())
                        value=Signal::derive(move || chosen.get().to_string())
                        on_change=set
                    />
                </Field>
            }
        })
    }
}

#[component]
fn ColumnRow(wizard: Wizard, file: usize, column: usize, holds: Holds) -> impl IntoView {
    let plan = Memo::new(move |_| {
        wizard.plan.with(|p| {
            p.files
                .get(file)
                .and_then(|f| f.columns.get(column).cloned())
        })
    });
    let (heading, samples) = wizard.plan.with_untracked(|p| {
        p.files.get(file).map_or_else(Default::default, |f| {
            let mut seen: Vec<String> = Vec::new();
            for cell in f
                .source
                .table
                .column(column)
                .map(str::trim)
                .filter(|c| !c.is_empty())
                .take(500)
            {
                if !seen.iter().any(|s| s == cell) {
                    seen.push(cell.to_owned());
                }
                if seen.len() == SAMPLES {
                    break;
                }
            }
            (f.heading(column).to_owned(), seen)
        })
    });
    let label = format!("Meaning of column {heading}");
    let mut targets: Vec<Choice> = vec![Choice::new("", "Do not import")];
    targets.extend(
        holds
            .targets()
            .iter()
            .map(|t| Choice::new(t.code(), t.label())),
    );
    targets.extend(
        wizard
            .plan
            .with_untracked(|p| p.files.get(file).map(own::choices).unwrap_or_default()),
    );
    let value = move || {
        plan.with(|p| {
            let p = p.as_ref();
            match (p.and_then(|c| c.target), p.and_then(|c| c.own.as_ref())) {
                (Some(target), _) => target.code().to_owned(),
                (None, Some(field)) => own::code(field),
                (None, None) => String::new(),
            }
        })
    };
    let set = move |code: String| {
        if own::choose(wizard, file, column, &code) {
            return;
        }
        let target = Target::from_code(holds, &code);
        wizard.remap(|plan| plan.set_target(file, column, target));
    };
    let is_out = move || plan.with(|p| p.as_ref().is_none_or(|c| c.reading().is_none()));
    view! {
        <div class="import-columns__row" class:import-columns__row--out=is_out role="row">
            <span class="import-columns__name" role="rowheader">{heading}</span>
            <span class="import-columns__samples" role="cell">
                {if samples.is_empty() {
                    view! { <i>"all blank"</i> }.into_any()
                } else {
                    samples.into_iter().map(|s| view! { <span>{s}</span> }).collect_view().into_any()
                }}
            </span>
            <span role="cell">
                <Select options=targets value=Signal::derive(value) on_change=set label=label/>
            </span>
            <span class="import-columns__rules" role="cell">
                <Rules wizard file column plan/>
            </span>
        </div>
    }
}

const ORDERS: [(&str, &str, DateOrder); 3] = [
    ("day", "Day first: 31/1", DateOrder::DayFirst),
    ("month", "Month first: 1/31", DateOrder::MonthFirst),
    ("excel", "Excel day numbers", DateOrder::ExcelSerial),
];
const STYLES: [(&str, &str, DecimalStyle); 2] = [
    ("point", "1,234.50", DecimalStyle::Point),
    ("comma", "1.234,50", DecimalStyle::Comma),
];

/// How the cells of a column are read, and what to look at.
#[component]
fn Rules(
    wizard: Wizard,
    file: usize,
    column: usize,
    /// The column's plan.
    plan: Memo<Option<ColumnPlan>>,
) -> impl IntoView {
    let change = move |set: &dyn Fn(&mut ColumnPlan)| {
        wizard.change(|all| {
            if let Some(plan) = all
                .files
                .get_mut(file)
                .and_then(|f| f.columns.get_mut(column))
            {
                set(plan);
                // The person has looked.
                plan.doubt = None;
            }
        });
    };
    let set_order = move |code: String| {
        if let Some(order) = ORDERS.iter().find(|o| o.0 == code) {
            change(&|plan| plan.dates = order.2);
        }
    };
    let set_style = move |code: String| {
        if let Some(style) = STYLES.iter().find(|s| s.0 == code) {
            change(&|plan| plan.decimals = style.2);
        }
    };
    let set_unit = move |label: String| {
        if let Some(unit) = Unit::ALL.into_iter().find(|u| u.label() == label) {
            change(&|plan| plan.unit = unit);
        }
    };
    let of = move |read: fn(&ColumnPlan) -> &'static str| {
        Signal::derive(move || plan.with(|p| p.as_ref().map_or("", read).to_owned()))
    };
    let order = of(|p| ORDERS.iter().find(|o| o.2 == p.dates).map_or("", |o| o.0));
    let style = of(|p| {
        STYLES
            .iter()
            .find(|s| s.2 == p.decimals)
            .map_or("", |s| s.0)
    });
    let unit = of(|p| p.unit.label());
    let named = |list: &[(&str, &str)]| {
        list.iter()
            .map(|(code, name)| Choice::new(*code, *name))
            .collect::<Vec<_>>()
    };
    let orders = named(&ORDERS.map(|o| (o.0, o.1)));
    let styles = named(&STYLES.map(|s| (s.0, s.1)));
    let units = named(&Unit::ALL.map(|u| (u.label(), u.label())));
    // Only what says which controls there are, so that using one does not make it anew.
    let kind = Memo::new(move |_| {
        plan.with(|p| p.as_ref().and_then(|p| Some((p.reading()?, p.is_plain))))
    });
    let field = Memo::new(move |_| {
        plan.with(|p| {
            let own = p.as_ref().and_then(|p| p.own.clone());
            own.filter(|own| own.field.is_none())
        })
    });
    let is_new = Memo::new(move |_| field.with(Option::is_some));
    let doubt = Memo::new(move |_| plan.with(|p| p.as_ref().and_then(|p| p.doubt)));
    view! {
        {move || is_new.get().then(|| view! { <NewField wizard file column own=field.into()/> })}
        {move || match kind.get() {
            // No choice where none would change anything.
            Some((Reading::Date | Reading::Number, true)) if is_new.get() => ().into_any(),
            Some((Reading::Date, true)) => view! { <span class="data-quiet">"dates in a clear order"</span> }.into_any(),
            Some((Reading::Number, true)) => view! { <span class="data-quiet">"plain numbers"</span> }.into_any(),
            Some((Reading::Date, false)) => {
                view! { <Select options=orders.clone() value=order on_change=set_order label="Order of dates"/> }.into_any()
            }
            Some((Reading::Number, false)) => {
                view! { <Select options=styles.clone() value=style on_change=set_style label="Decimal sign"/> }.into_any()
            }
            Some((Reading::Money, is_plain)) => {
                let styles = (!is_plain).then(|| view! {
                    <Select options=styles.clone() value=style on_change=set_style label="Decimal sign"/>
                });
                view! { {styles} <Select options=units.clone() value=unit on_change=set_unit label="Unit"/> }.into_any()
            }
            Some((Reading::Text, _)) | None => ().into_any(),
        }}
        {move || doubt.get().map(|doubt| view! {
            <span class="import-doubt"><Icon glyph=Glyph::Warning/>{doubt.sentence()}</span>
        })}
    }
}
