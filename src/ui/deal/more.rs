//! The rest of the deal form: what to do next, where it came from, labels, text.

use super::choices::texts;
use super::draft::use_draft;
use super::fields::Cell;
use super::people::ProductsField;
use crate::app::form::custom::{CustomDraft, error_key};
use crate::app::form::{field, lists};
use crate::domain::activity::ActivityKind;
use crate::domain::custom::FieldHome;
use crate::domain::ids::{CampaignId, FieldId};
use crate::domain::order::Order;
use crate::ui::fields::{CustomCells, fields_of};
use crate::ui::parts::*;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use leptos::prelude::*;

/// The first thing to do.
#[component]
pub(super) fn NextStep() -> impl IntoView {
    let draft = use_draft();
    let today = draft.store.moment().today;
    let kind = draft.read(|f| f.next_kind);
    let kinds = ActivityKind::ALL
        .iter()
        .filter(|k| **k != ActivityKind::Note);
    let kinds = kinds.map(|k| Choice::new(k.code(), k.label()).icon(glyph_of(*k)));
    let new = draft.form.with_untracked(|f| f.deal.is_none());
    view! {
        <fieldset class="deal-form__part">
            <legend class="deal-form__legend">{if new { "Next step" } else { "Add a next step" }}</legend>
            <div class="deal-form__grid">
                <Cell name=field::NEXT label="What to do" wide=true>
                    <TextInput value=draft.text(|f| &f.next) on_input=draft.put(|f| &mut f.next) placeholder="Send the quote"/>
                </Cell>
                <Cell name="kind" label="As">
                    <Segmented
                        options=Signal::stored(kinds.collect::<Vec<_>>())
                        value=move || kind.get().code().to_owned()
                        on_change=move |code: String| draft.set(|f| {
                            f.next_kind = ActivityKind::from_code(&code).unwrap_or(ActivityKind::Task);
                        })
                        icons_only=true
                    />
                </Cell>
                <Cell name=field::DUE label="Due">
                    <DateField
                        value=draft.text(|f| &f.next_due)
                        on_change=draft.put(|f| &mut f.next_due)
                        picks=Signal::stored(due_picks(today))
                    />
                </Cell>
            </div>
        </fieldset>
    }
}

/// The icon of a kind of activity.
#[must_use]
pub fn glyph_of(kind: ActivityKind) -> Glyph {
    match kind {
        ActivityKind::Task => Glyph::Task,
        ActivityKind::Call => Glyph::Phone,
        ActivityKind::Email => Glyph::Mail,
        ActivityKind::Meeting => Glyph::People,
        ActivityKind::Note => Glyph::Note,
    }
}

/// Days on which things are mostly due.
#[must_use]
pub fn due_picks(today: NaiveDate) -> Vec<DatePick> {
    let ahead = |days: u64| today.checked_add_days(Days::new(days));
    let to_monday = 7 - u64::from(today.weekday().num_days_from_monday());
    let weekend = matches!(today.weekday(), Weekday::Fri | Weekday::Sat | Weekday::Sun);
    let mut named = vec![("Today", ahead(0)), ("Tomorrow", ahead(1))];
    // On a Friday “tomorrow” is rarely meant; Monday is.
    if weekend {
        named.remove(1);
    }
    named.extend([("Next Monday", ahead(to_monday)), ("2 weeks", ahead(14))]);
    named
        .into_iter()
        .filter_map(|(label, date)| Some(DatePick::new(label, date?)))
        .collect()
}

/// Source, products, tags and description.
#[component]
pub(super) fn More() -> impl IntoView {
    let draft = use_draft();
    let [sources, tags] = draft
        .store
        .with(|s| [lists::sources(s.world()), lists::tags(s.world())]);
    let source = draft.text(|f| &f.source);
    let chosen = draft.read(|f| f.tags.clone());
    view! {
        <fieldset class="deal-form__part">
            <legend class="deal-form__legend">"More"</legend>
            <div class="deal-form__grid">
                <Cell name=field::SOURCE label="Source">
                    <Combobox
                        options=move || texts(sources.clone(), &source.get())
                        value=source
                        on_pick=draft.put(|f| &mut f.source)
                        on_create=draft.put(|f| &mut f.source)
                        placeholder="Where it came from"
                    />
                </Cell>
                <CampaignCell/>
                <super::form_lines::KindCell/>
                <super::form_lines::OriginCell/>
                <ProductsField/>
                <Cell name=field::TAGS label="Tags" wide=true>
                    <TagInput
                        tags=chosen
                        on_change=move |tags| draft.set(|f| f.tags = tags)
                        suggestions=Signal::stored(tags)
                    />
                </Cell>
                <Cell name=field::DESCRIPTION label="Description" wide=true>
                    <TextArea value=draft.text(|f| &f.description) on_input=draft.put(|f| &mut f.description) rows=4/>
                </Cell>
            </div>
        </fieldset>
    }
}

/// The campaign that brought it, where there are any.
#[component]
fn CampaignCell() -> impl IntoView {
    let draft = use_draft();
    let chosen = draft.read(|f| f.campaign);
    let all = draft.store.with(|s| {
        let mut all: Vec<_> = s.world().state.tables.campaigns.iter().cloned().collect();
        all.order_by_key(|c| (std::cmp::Reverse(c.from), c.name.to_lowercase()));
        all
    });
    let sources: Vec<(CampaignId, String)> = all.iter().map(|c| (c.id, c.source.clone())).collect();
    let mut options: Vec<ComboOption> = all
        .into_iter()
        .map(|c| ComboOption {
            id: c.id.to_string(),
            label: c.name,
            detail: c.source,
        })
        .collect();
    if let Some(gone) = chosen.get_untracked()
        && !sources.iter().any(|(id, _)| *id == gone)
    {
        options.push(ComboOption {
            id: gone.to_string(),
            label: draft.store.with(|s| s.world().state.name_of(gone.into())),
            detail: "deleted".into(),
        });
    }
    if options.is_empty() {
        return ().into_any();
    }
    let pick = move |code: String| {
        let id: Option<CampaignId> = code.parse().ok();
        let source = sources.iter().find(|(known, _)| Some(*known) == id);
        let source = source.map(|(_, source)| source.clone()).unwrap_or_default();
        draft.set(|f| {
            f.campaign = id;
            // What a campaign brings comes from where the campaign is.
            if f.source.trim().is_empty() {
                f.source = source;
            }
        });
    };
    view! {
        <Cell name=field::CAMPAIGN label="Campaign">
            <Combobox
                options=Signal::stored(options)
                value=move || chosen.get().map(|id| id.to_string()).unwrap_or_default()
                on_pick=pick
                placeholder="What brought it"
            />
        </Cell>
    }
    .into_any()
}

/// The team's own fields, while there are any.
#[component]
pub(super) fn Custom() -> impl IntoView {
    let draft = use_draft();
    let all = fields_of(draft.store, FieldHome::Deal);
    let any = Memo::new(move |_| !all.with(Vec::is_empty));
    let change = move |(id, typed): (FieldId, CustomDraft)| {
        draft.set(|f| {
            f.custom.insert(id, typed);
        });
    };
    move || {
        any.get().then(|| {
            view! {
                <fieldset class="deal-form__part">
                    <legend class="deal-form__legend">"Custom fields"</legend>
                    <div class="deal-form__grid">
                        <CustomCells
                            home=FieldHome::Deal
                            drafts=draft.read(|f| f.custom.clone())
                            on_change=change
                            error=move |id| draft.error(error_key(id))
                            on_leave=move |id| draft.show(error_key(id))
                        />
                    </div>
                </fieldset>
            }
        })
    }
}
