//! The main fields of the deal form.

use super::choices::{choice_of, key_of, organisations, people, texts};
use super::draft::{Draft, use_draft};
use super::people::ContactsField;
use crate::app::form::field;
use crate::app::form::lists;
use crate::domain::command::OrNew;
use crate::domain::deal::{ForecastCategory, Status};
use crate::domain::stage::StageKind;
use crate::ui::fmt;
use crate::ui::parts::*;
use chrono::{Datelike, Days, Months, NaiveDate};
use leptos::prelude::*;

/// One field of the form with its label and its error; knows when it was left.
#[component]
pub(super) fn Cell(
    /// Its name, see [`field`].
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// A short help.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// Must not stay empty.
    #[prop(optional)]
    required: bool,
    /// Takes the whole width.
    #[prop(optional)]
    wide: bool,
    /// The control.
    children: Children,
) -> impl IntoView {
    let draft = use_draft();
    let typed = StoredValue::new(false);
    let error = draft.error(name);
    view! {
        <div
            class="deal-form__cell"
            class:deal-form__cell--wide=wide
            data-field=name
            on:input=move |_| typed.set_value(true)
            on:focusout=leaving(move |_| {
                if typed.get_value() {
                    draft.show(name);
                }
            })
        >
            <Field label hint error=move || error.get() required>{children()}</Field>
        </div>
    }
}

/// Title, organisation, contacts, stage, value, dates and owner.
#[component]
pub(super) fn Main() -> impl IntoView {
    let draft = use_draft();
    let organisation = draft.read(|f| f.organisation.clone());
    let orgs = organisations(draft.store, move || organisation.get());
    view! {
        <div class="deal-form__grid">
            <Cell name=field::TITLE label="Title" required=true wide=true>
                <TextInput value=draft.text(|f| &f.title) on_input=draft.put(|f| &mut f.title) placeholder="What is being sold, in a few words" autofocus=true/>
            </Cell>
            <Cell name=field::ORGANISATION label="Organisation">
                <Combobox
                    options=orgs
                    value=move || key_of(organisation.get().as_ref())
                    on_pick=move |key: String| draft.set(|f| f.organisation = choice_of(&key))
                    on_create=move |name| draft.set(|f| f.organisation = Some(OrNew::New(name)))
                    placeholder="Search or create"
                />
            </Cell>
            <Cell name=field::STAGE label="Stage" required=true><StageSelect/></Cell>
            <ContactsField/>
            <ValueCell/>
            <CloseCell/>
            <OwnerCell/>
            <ProbabilityCell/>
            <CategoryCell/>
        </div>
    }
}

/// The stages, grouped by pipeline where there are several.
#[component]
fn StageSelect() -> impl IntoView {
    let draft = use_draft();
    let store = draft.store;
    let chosen = draft.read(|f| f.stage);
    let wiring = expect_context::<FieldContext>();
    let groups = Memo::new(move |_| {
        store.track_kind(crate::domain::change::Kind::Stage);
        store.track_kind(crate::domain::change::Kind::Pipeline);
        store.with(|s| {
            let groups = lists::stages_by_pipeline(s.world()).into_iter();
            let stages = |all: Vec<&crate::domain::stage::Stage>| {
                all.into_iter()
                    .map(|s| (s.id, s.name.clone()))
                    .collect::<Vec<_>>()
            };
            groups
                .map(|(p, all)| (p.name.clone(), stages(all)))
                .collect::<Vec<_>>()
        })
    });
    let option = move |(id, name): (crate::domain::ids::StageId, String)| {
        view! { <option value=id.to_string() prop:selected=move || chosen.get() == Some(id)>{name}</option> }
    };
    let options = move || {
        let groups = groups.get();
        let single = groups.len() == 1;
        let one = move |(name, stages): (String, Vec<_>)| {
            let stages = stages.into_iter().map(option).collect_view();
            if single {
                stages.into_any()
            } else {
                view! { <optgroup label=name>{stages}</optgroup> }.into_any()
            }
        };
        groups.into_iter().map(one).collect_view()
    };
    let on_change = move |value: String| {
        let today = store.moment().today;
        draft.set(|form| {
            let stage = value.parse().ok();
            store.with(|s| form.choose_stage(s.world(), stage, today));
        });
    };
    view! {
        <div class="input input--select">
            <select
                class="input__text"
                id=wiring.id.clone()
                aria-describedby=wiring.described_by
                aria-invalid=move || wiring.invalid.get().then_some("true")
                aria-required="true"
                on:change:target=move |event| on_change(event.target().value())
            >
                {move || chosen.get().is_none().then(|| view! { <option value="" selected=true></option> })}
                {options}
            </select>
            <Icon glyph=Glyph::ChevronDown/>
        </div>
    }
}

/// By whom.
#[component]
pub(super) fn OwnerCell() -> impl IntoView {
    let draft = use_draft();
    let owner = draft.read(|f| f.owner.clone());
    let team = people(draft.store, move || owner.get());
    view! {
        <Cell name=field::OWNER label="Owner">
            <Combobox
                options=team
                value=move || key_of(owner.get().as_ref())
                on_pick=move |key: String| draft.set(|f| f.owner = choice_of(&key))
                on_create=move |name| draft.set(|f| f.owner = Some(OrNew::New(name)))
                placeholder="Nobody yet"
            />
        </Cell>
    }
}

/// Worth how much.
#[component]
pub(super) fn ValueCell() -> impl IntoView {
    let draft = use_draft();
    let currencies = draft.store.with(|s| lists::currencies(s.world()));
    // What the lines come to, while the value is their sum.
    let sum = draft.read(|f| f.sum().filter(|_| !f.lines.is_empty()));
    let priced = draft.read(|f| f.priced && !f.lines.is_empty());
    let has_lines = draft.read(|f| !f.lines.is_empty());
    let amount = draft.text(|f| &f.amount);
    let currency = draft.text(|f| &f.currency);
    view! {
        <div class="deal-form__cell">
            <Cell name=field::VALUE label="Value">
                <MoneyField
                    amount=move || match sum.get() { Some(sum) => sum.to_plain(), None => amount.get() }
                    on_amount=draft.put(|f| &mut f.amount)
                    currency=move || match sum.get() { Some(sum) => sum.currency.to_string(), None => currency.get() }
                    on_currency=draft.put(|f| &mut f.currency)
                    currencies=Signal::stored(currencies)
                    placeholder="1,200"
                    disabled=priced
                />
            </Cell>
            {move || has_lines.get().then(|| view! {
                <Checkbox
                    label="The sum of the lines"
                    checked=priced
                    on_change=move |on: bool| draft.set(|form| {
                        if let Some(sum) = form.sum().filter(|_| !on) {
                            // What it was stays.
                            form.amount = sum.to_plain();
                            form.currency = sum.currency.to_string();
                        }
                        form.priced = on;
                    })
                />
            })}
        </div>
    }
}

/// Expected to close on.
#[component]
pub(super) fn CloseCell() -> impl IntoView {
    let draft = use_draft();
    let today = draft.store.moment().today;
    view! {
        <Cell name=field::CLOSE label="Expected close">
            <DateField
                value=draft.text(|f| &f.close)
                on_change=draft.put(|f| &mut f.close)
                picks=Signal::stored(close_picks(today))
            />
        </Cell>
    }
}

/// Dates people mostly mean when they guess when a deal closes.
pub(super) fn close_picks(today: NaiveDate) -> Vec<DatePick> {
    let ends = |months: u32| {
        // The day before the first of the month that many months on.
        let first = today.with_day(1)?.checked_add_months(Months::new(months))?;
        first.checked_sub_days(Days::new(1))
    };
    let to_quarter = 3 - (today.month0() % 3);
    let named = [
        ("End of month", ends(1)),
        ("End of quarter", ends(to_quarter)),
        ("Next quarter", ends(to_quarter + 3)),
    ];
    let mut picks: Vec<DatePick> = Vec::new();
    for (label, date) in named {
        // In a quarter's last month its end is the month's.
        if let Some(pick) = date.map(|date| DatePick::new(label, date))
            && !picks.iter().any(|p| p.date == pick.date)
        {
            picks.push(pick);
        }
    }
    picks
}

/// Own probability; the stage's is what counts while it is empty.
#[component]
pub(super) fn ProbabilityCell() -> impl IntoView {
    let draft = use_draft();
    let stage = draft.read(|f| f.stage);
    let usual = move || {
        let stage = stage.get()?;
        draft.store.track(stage);
        draft.store.with(|s| {
            let stage = s.world().state.tables.stages.get(stage)?;
            (stage.kind == StageKind::Open).then(|| (stage.probability, stage.name.clone()))
        })
    };
    view! {
        <Cell
            name=field::PROBABILITY
            label="Probability"
            hint=move || usual().map(|(percent, name)| format!("Empty: {} as in {name}", fmt::percent(percent)))
        >
            <NumberInput
                value=draft.text(|f| &f.probability)
                on_input=draft.put(|f| &mut f.probability)
                unit="%"
                placeholder=move || usual().map(|(percent, _)| percent.to_string())
            />
        </Cell>
    }
}

/// The owner's call.
#[component]
pub(super) fn CategoryCell() -> impl IntoView {
    let draft = use_draft();
    let category = draft.read(|f| f.category);
    let options = ForecastCategory::ALL
        .iter()
        .map(|c| Choice::new(c.code(), c.label()));
    view! {
        <Cell name=field::CATEGORY label="Forecast category" wide=true>
            <Segmented
                options=Signal::stored(std::iter::once(Choice::new("", "Not set")).chain(options).collect::<Vec<_>>())
                value=move || category.get().map(|c| c.code().to_owned()).unwrap_or_default()
                on_change=move |code: String| draft.set(|f| f.category = ForecastCategory::from_code(&code))
            />
        </Cell>
    }
}

/// Date and reason, while saving would close the deal.
#[component]
pub(super) fn Closing() -> impl IntoView {
    let draft = use_draft();
    let status = Memo::new(move |_| {
        draft
            .form
            .with(|form| draft.store.with(|s| form.closes(s.world())))
    });
    move || {
        status
            .get()
            .map(|status| view! { <ClosingFields draft status/> })
    }
}

/// The fields of a closure.
#[component]
fn ClosingFields(
    /// The form.
    draft: Draft,
    /// What the deal becomes.
    status: Status,
) -> impl IntoView {
    let (heading, when) = match status {
        Status::Lost => ("Losing the deal", "Lost on"),
        Status::OnHold => ("Putting the deal on hold", "On hold since"),
        _ => ("Winning the deal", "Won on"),
    };
    let [reasons, rivals] = draft.store.with(|s| {
        [
            lists::reasons(s.world(), status),
            lists::competitors(s.world()),
        ]
    });
    let wanted = matches!(status, Status::Won | Status::Lost)
        && draft
            .store
            .with(|s| s.world().state.workspace().reasons_required);
    let reason = draft.text(|f| &f.reason);
    let rival = draft.text(|f| &f.competitor);
    view! {
        <fieldset class="deal-form__part">
            <legend class="deal-form__legend">{heading}</legend>
            <div class="deal-form__grid">
                <Cell name=field::CLOSED_ON label=when>
                    <DateField value=draft.text(|f| &f.closed_on) on_change=draft.put(|f| &mut f.closed_on)/>
                </Cell>
                {(status == Status::Won).then(|| view! {
                    <Cell name=field::RENEWAL label="Up for renewal on">
                        <DateField value=draft.text(|f| &f.renewal) on_change=draft.put(|f| &mut f.renewal)/>
                    </Cell>
                })}
                <Cell name=field::REASON label="Reason" required=wanted>
                    <Combobox
                        options=move || texts(reasons.clone(), &reason.get())
                        value=reason
                        on_pick=draft.put(|f| &mut f.reason)
                        on_create=draft.put(|f| &mut f.reason)
                    />
                </Cell>
                {matches!(status, Status::Won | Status::Lost).then(|| view! {
                    <Cell name=field::COMPETITOR label=if status == Status::Won { "Won against" } else { "Lost to" } hint="The competitor, if there was one">
                        <Combobox
                            options=move || texts(rivals.clone(), &rival.get())
                            value=rival
                            on_pick=draft.put(|f| &mut f.competitor)
                            on_create=draft.put(|f| &mut f.competitor)
                        />
                    </Cell>
                })}
                <Cell name=field::NOTE label="Note" wide=true>
                    <TextArea value=draft.text(|f| &f.note) on_input=draft.put(|f| &mut f.note) rows=2/>
                </Cell>
            </div>
        </fieldset>
    }
}
