//! What the deal's stage asks for before it is left, and the next one before it is entered.

use super::questions::said;
use super::track;
use crate::domain::command::qualify::QualifyCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::deal::Status;
use crate::domain::gate::{GateMode, GateSide};
use crate::domain::ids::{CriterionId, DealId};
use crate::domain::query::gate::{Missing, contact_count, criteria, of_side};
use crate::domain::stage::{Stage, StageKind};
use crate::domain::world::World;
use crate::ui::parts::{
    Button, ButtonKind, ButtonSize, Checkbox, DateField, Field, Glyph, Icon, IconButton, TextArea,
    unique_id,
};
use crate::ui::store::{Store, use_store};
use chrono::NaiveDate;
use leptos::prelude::*;

/// One criterion with the deal's tick.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    id: CriterionId,
    text: String,
    /// Ticking it off needs evidence.
    needs: bool,
    /// Evidence, date and who, once ticked.
    check: Option<(String, NaiveDate, Option<String>)>,
}

/// One side of one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    heading: String,
    mode: GateMode,
    items: Vec<Item>,
    /// What else is missing, in words.
    lacks: Vec<String>,
}

/// All of it, with a warning when too few people are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct List {
    parts: Vec<Part>,
    single: Option<String>,
}

fn read(world: &World, deal: DealId) -> Option<List> {
    let state = &world.state;
    let known = state.tables.deals.get(deal)?;
    if !matches!(known.outcome.status(), Status::Open | Status::OnHold) {
        return None;
    }
    let here = state.stage_of(known)?;
    let stages = state.stages(here.pipeline);
    let next = stages
        .iter()
        .skip_while(|s| s.id != here.id)
        .skip(1)
        .find(|s| matches!(s.kind, StageKind::Open | StageKind::Won));
    let part = |stage: &Stage, side: GateSide| {
        let item = |c: &crate::domain::gate::Criterion| Item {
            id: c.id,
            text: c.text.clone(),
            needs: c.evidence,
            check: known.checks.get(c.id).map(|check| {
                let by = check.by.map(|id| state.name_of(id.into()));
                (check.evidence.clone(), check.on, by)
            }),
        };
        let lacks = of_side(world, known, stage, side)
            .into_iter()
            .map(|l| l.what);
        let lacks = lacks.filter(|what| !matches!(what, Missing::Criterion { .. }));
        Part {
            heading: match side {
                GateSide::Exit => format!("Before leaving {}", stage.name),
                GateSide::Entry => format!("Before entering {}", stage.name),
            },
            mode: stage.gate,
            items: criteria(state, stage.id, side)
                .into_iter()
                .map(item)
                .collect(),
            lacks: lacks.map(|what| what.text()).collect(),
        }
    };
    let mut parts = vec![part(here, GateSide::Exit)];
    parts.extend(next.map(|next| part(next, GateSide::Entry)));
    parts.retain(|p| !p.items.is_empty() || !p.lacks.is_empty());
    let contacts = contact_count(world, known);
    // In the first stage one need not know anybody yet; after that a deal with one contact hangs
    // by a thread.
    let begun = here.contacts > 1 || stages.first().is_some_and(|first| first.id != here.id);
    let single = match contacts {
        1 if begun => Some(
            "Single-threaded: only one contact is known. When they leave, the deal leaves with them.",
        ),
        0 if begun => Some("No contact is known. Nobody there speaks for this deal yet."),
        _ => None,
    };
    let single = single.map(String::from);
    let list = List { parts, single };
    (list != List::default()).then_some(list)
}

/// The criteria around the deal's stage, ticked off in place.
#[component]
pub fn Checklist(
    /// Of which deal.
    deal: DealId,
) -> impl IntoView {
    let store = use_store();
    let list = Memo::new(move |_| {
        track(store, deal);
        store.with(|s| read(s.world(), deal))
    });
    let editing = RwSignal::new(None::<CriterionId>);
    let heading = StoredValue::new(unique_id("criteria"));
    move || {
        let List { parts, single } = list.get()?;
        let part = |part: Part| view! { <PartView store deal part editing/> };
        Some(view! {
            <section class="deal-group checklist" aria-labelledby=heading.get_value()>
                <h2 class="deal-section" id=heading.get_value()>"Criteria"</h2>
                {single.map(|text| view! { <p class="checklist__single"><Icon glyph=Glyph::Warning/><span>{text}</span></p> })}
                {parts.into_iter().map(part).collect_view()}
            </section>
        })
    }
}

#[component]
fn PartView(
    store: Store,
    deal: DealId,
    part: Part,
    editing: RwSignal<Option<CriterionId>>,
) -> impl IntoView {
    let (done, all) = (
        part.items.iter().filter(|i| i.check.is_some()).count(),
        part.items.len(),
    );
    let gate = match part.mode {
        GateMode::Off => None,
        GateMode::Warn => Some("warns"),
        GateMode::Block => Some("blocks"),
    };
    view! {
        <h3 class="checklist__heading">
            <span>{part.heading}</span>
            {(all > 0).then(|| view! { <span class="checklist__count">{format!("{done} of {all}")}</span> })}
            {gate.map(|gate| view! { <span class="checklist__gate" data-gate=part.mode.code() title="What happens to a move past it">{gate}</span> })}
        </h3>
        <ul class="checklist__items">
            {part.items.into_iter().map(|item| view! { <ItemView store deal item editing/> }).collect_view()}
            {part.lacks.into_iter().map(|text| view! { <li class="checklist__lack"><Icon glyph=Glyph::Minus/>{text}</li> }).collect_view()}
        </ul>
    }
}

#[component]
fn ItemView(
    store: Store,
    deal: DealId,
    item: Item,
    editing: RwSignal<Option<CriterionId>>,
) -> impl IntoView {
    let Item {
        id,
        text,
        needs,
        check,
    } = item;
    let ticked = check.is_some();
    let evidence = check.as_ref().map(|c| c.0.clone()).unwrap_or_default();
    let has_evidence = !evidence.is_empty();
    let tick = move |evidence: Option<String>, on: Option<NaiveDate>| {
        store.run(Command::Qualify(QualifyCommand::Tick {
            deal,
            criterion: id,
            evidence,
            on,
        }))
    };
    let change = move |on: bool| {
        if on && needs {
            editing.set(Some(id));
        } else {
            editing.set(None);
            tell(store, tick(on.then(String::new), None));
        }
    };
    let name = text.clone();
    let since = check.as_ref().map(|c| c.1);
    let note = check.map(|(evidence, on, by)| {
        let when = said(on, by);
        view! {
            <p class="checklist__note">
                {(!evidence.is_empty()).then(|| view! { <span class="checklist__evidence">{evidence}</span> })}
                <span class="checklist__when">{when}</span>
            </p>
        }
    });
    let evidence = StoredValue::new(evidence);
    let edit = move || {
        (editing.get() == Some(id)).then(|| {
            view! { <Evidence store begin=evidence.get_value() needs close=move || editing.set(None) since save=move |text, on| tick(Some(text), on)/> }
        })
    };
    view! {
        <li class="checklist__item">
            <div class="checklist__line">
                <Checkbox checked=ticked label=text on_change=change/>
                {ticked.then(|| view! {
                    <IconButton
                        label=format!("{} evidence: {name}", if has_evidence { "Change" } else { "Add" })
                        glyph=Glyph::Pencil
                        size=ButtonSize::Small
                        on_click=move |_| editing.set(Some(id))
                    />
                })}
            </div>
            {note}
            {edit}
        </li>
    }
}

fn tell(store: Store, done: Result<Option<crate::domain::change::EntityRef>, Refusal>) {
    if let Err(refusal) = done
        && refusal != Refusal::Nothing
    {
        store.say(refusal.to_string(), crate::app::session::Tone::Refused);
    }
}

/// How one knows, being written.
#[component]
fn Evidence<C, S>(
    store: Store,
    begin: String,
    needs: bool,
    /// Since when it is known to hold, where it was ticked before.
    #[prop(optional_no_strip)]
    since: Option<NaiveDate>,
    close: C,
    save: S,
) -> impl IntoView
where
    C: Fn() + Copy + Send + Sync + 'static,
    S: Fn(String, Option<NaiveDate>) -> Result<Option<crate::domain::change::EntityRef>, Refusal>
        + Copy
        + Send
        + Sync
        + 'static,
{
    let typed = RwSignal::new(begin);
    let error = RwSignal::new(None::<String>);
    let today = store.moment().today;
    let on = RwSignal::new(since.unwrap_or(today).to_string());
    let submit = move || match save(
        typed.get_untracked(),
        on.with_untracked(|on| on.parse().ok()),
    ) {
        Ok(_) | Err(Refusal::Nothing) => close(),
        Err(Refusal::Field { message, .. }) => error.set(Some(message)),
        Err(other) => {
            close();
            tell(store, Err(other));
        }
    };
    let area = NodeRef::<leptos::html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(area) = area.get() {
            // A control in the page takes the focus.
            let _ = area.focus();
        }
    });
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            submit();
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
        _ => {}
    };
    view! {
        <div class="checklist__edit">
            <Field label="How do you know?" required=needs error>
                <TextArea
                    value=typed
                    rows=2
                    node_ref=area
                    on_input=move |text| {
                        error.set(None);
                        typed.set(text);
                    }
                    on_key=on_key
                />
            </Field>
            <Field label="Since">
                <DateField value=on on_change=move |day| on.set(day) max=Some(today.to_string())/>
            </Field>
            <div class="checklist__buttons">
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost on_click=move |_| close()>"Cancel"</Button>
                <Button size=ButtonSize::Small kind=ButtonKind::Primary on_click=move |_| submit()>"Save"</Button>
            </div>
        </div>
    }
}
