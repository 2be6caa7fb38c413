//! What the columns of one file mean and how their cells are read.

use leptos::prelude::*;

use super::wizard::Wizard;
use crate::app::import::{ColumnPlan, Holds, Reading, Target, Unit};
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
    let asked = Memo::new(move |_| {
        wizard.plan.with(|p| {
            p.files
                .get(file)
                .filter(|f| f.has_money())
                .map(|f| (f.currency, f.has(Target::Currency)))
        })
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
    move || {
        asked.get().map(|(chosen, has_column)| {
            let label = if has_column { "Currency where the column is blank" } else { "Currency of the amounts" };
            view! {
                <Field label=label>
                    <Select options=currency::choices(chosen) value=chosen.to_string() on_change=set/>
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
    let value = move || {
        plan.with(|p| {
            p.as_ref()
                .and_then(|c| c.target)
                .map_or("", Target::code)
                .to_owned()
        })
    };
    let set = move |code: String| {
        let target = Target::from_code(holds, &code);
        wizard.remap(|plan| plan.set_target(file, column, target));
    };
    let is_out = move || plan.with(|p| p.as_ref().is_none_or(|c| c.target.is_none()));
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
                {move || plan.get().map(|c| view! { <Rules wizard file column plan=c/> })}
            </span>
        </div>
    }
}

/// How the cells of a column are read, and what to look at.
#[component]
fn Rules(wizard: Wizard, file: usize, column: usize, plan: ColumnPlan) -> impl IntoView {
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
    let reading = plan.target.map(Target::reading);
    let dates = (reading == Some(Reading::Date)).then(|| {
        let orders = [
            ("day", "Day first: 31/1", DateOrder::DayFirst),
            ("month", "Month first: 1/31", DateOrder::MonthFirst),
            ("excel", "Excel day numbers", DateOrder::ExcelSerial),
        ];
        let now = orders
            .iter()
            .find(|o| o.2 == plan.dates)
            .map_or("", |o| o.0);
        let options: Vec<Choice> = orders.iter().map(|o| Choice::new(o.0, o.1)).collect();
        let set = move |code: String| {
            if let Some(order) = orders.iter().find(|o| o.0 == code) {
                change(&|plan| plan.dates = order.2);
            }
        };
        view! { <Select options=options value=now on_change=set label="Order of dates"/> }
    });
    let is_number = matches!(reading, Some(Reading::Money | Reading::Number));
    let decimals = is_number.then(|| {
        let styles = [
            ("point", "1,234.50", DecimalStyle::Point),
            ("comma", "1.234,50", DecimalStyle::Comma),
        ];
        let now = styles
            .iter()
            .find(|o| o.2 == plan.decimals)
            .map_or("", |o| o.0);
        let options: Vec<Choice> = styles.iter().map(|o| Choice::new(o.0, o.1)).collect();
        let set = move |code: String| {
            if let Some(style) = styles.iter().find(|o| o.0 == code) {
                change(&|plan| plan.decimals = style.2);
            }
        };
        view! { <Select options=options value=now on_change=set label="Decimal sign"/> }
    });
    let units = (reading == Some(Reading::Money)).then(|| {
        let options: Vec<Choice> = Unit::ALL
            .iter()
            .map(|u| Choice::new(u.label(), u.label()))
            .collect();
        let set = move |label: String| {
            if let Some(unit) = Unit::ALL.into_iter().find(|u| u.label() == label) {
                change(&|plan| plan.unit = unit);
            }
        };
        view! { <Select options=options value=plan.unit.label() on_change=set label="Unit"/> }
    });
    view! {
        {dates}
        {decimals}
        {units}
        {plan.doubt.map(|doubt| view! {
            <span class="import-doubt"><Icon glyph=Glyph::Warning/>{doubt.sentence()}</span>
        })}
    }
}
