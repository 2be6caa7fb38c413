//! The things a deal is missing, each with the control that fills it in.

use super::fill_field::FillField;
use super::filling::{Typed, Wrong};
use super::gate_dialog::Asking;
use super::questions::{QuestionRow, Shown, shown_questions};
use crate::domain::change::Kind;
use crate::domain::command::OrNew;
use crate::domain::ids::{ContactId, CriterionId, DealId, StageId};
use crate::domain::order::Order;
use crate::domain::query::gate::{Gap, Missing};
use crate::ui::parts::{
    Button, ButtonSize, Checkbox, Chip, ComboOption, Combobox, DateField, Field, Glyph, Icon,
    TextInput,
};
use leptos::prelude::*;

/// What one deal is missing, by the stages that ask for it.
#[component]
pub(super) fn Items(
    /// What.
    gap: Gap,
) -> impl IntoView {
    let asking: Asking = expect_context();
    let deal = gap.deal;
    // Of a deal that is about to be made, contacts and answers come once it is there.
    let known = asking
        .store
        .with(|s| s.world().state.tables.deals.get(deal).is_some());
    let mut stages: Vec<(StageId, Vec<Missing>)> = Vec::new();
    // Answers are asked for once, whichever stage wants them.
    let mut asks = false;
    for lack in gap.lacks {
        if matches!(
            lack.what,
            Missing::Qualified { .. } | Missing::Confirm { .. }
        ) {
            asks = true;
        }
        match stages.last_mut() {
            Some((stage, all)) if *stage == lack.stage => all.push(lack.what),
            _ => stages.push((lack.stage, vec![lack.what])),
        }
    }
    let group = move |(stage, all): (StageId, Vec<Missing>)| {
        let name = asking.store.with(|s| s.world().state.name_of(stage.into()));
        view! {
            <section class="gate__stage">
                <h3 class="gate__stage-name">{name}</h3>
                <ul class="gate__items">{all.into_iter().map(|what| item(asking, deal, what, known)).collect_view()}</ul>
            </section>
        }
    };
    view! {
        {stages.into_iter().map(group).collect_view()}
        {(asks && known).then(|| view! { <Answers deal/> })}
    }
}

fn item(asking: Asking, deal: DealId, what: Missing, known: bool) -> AnyView {
    match what {
        Missing::Criterion { id, text, evidence } => {
            view! { <li><Tick asking deal id text evidence/></li> }.into_any()
        }
        Missing::Field { name, label } => {
            view! { <li><FillField deal name label/></li> }.into_any()
        }
        Missing::Contacts { need, have } if known => {
            let text = format!("Contacts: {have} of {need}");
            view! { <li><Contacts asking deal text/></li> }.into_any()
        }
        other => {
            let done = match other {
                Missing::Qualified { .. } => "Enough is known.",
                Missing::Contacts { .. } => "Enough contacts are known.",
                _ => "All answers are confirmed.",
            };
            let now = move || asking.still(deal, &other);
            let line = move || match now() {
                Some(text) => view! { <span>{text}</span> }.into_any(),
                None => view! { <Icon glyph=Glyph::Check/><span>{done}</span> }.into_any(),
            };
            view! { <li class="gate__line"><span class="gate__now" role="status">{line}</span></li> }.into_any()
        }
    }
}

/// A criterion to tick off.
#[component]
fn Tick(
    asking: Asking,
    deal: DealId,
    id: CriterionId,
    text: String,
    evidence: bool,
) -> impl IntoView {
    let key = (deal, id);
    let ticked = Signal::derive(move || {
        asking
            .filling
            .with(|f| f.checks.get(&key).is_some_and(|c| c.0))
    });
    let typed = Signal::derive(move || {
        asking
            .filling
            .with(|f| f.checks.get(&key).map(|c| c.1.clone()).unwrap_or_default())
    });
    let error = Signal::derive(move || {
        let bad = Wrong::Evidence(deal, id);
        asking
            .wrong
            .with(|all| all.contains(&bad))
            .then(|| String::from("Say how you know."))
    });
    let on = Signal::derive(move || {
        asking
            .filling
            .with(|f| f.checks.get(&key).map(|c| c.2.clone()).unwrap_or_default())
    });
    let today = StoredValue::new(asking.store.moment().today.to_string());
    let since = Signal::derive(move || match on.get() {
        none if none.is_empty() => today.get_value(),
        day => day,
    });
    let put = move |change: &dyn Fn(&mut (bool, String, String))| {
        asking
            .wrong
            .update(|all| all.retain(|w| *w != Wrong::Evidence(deal, id)));
        asking
            .filling
            .update(|f| change(f.checks.entry(key).or_default()));
    };
    view! {
        <div class="gate__tick">
            <Checkbox checked=ticked label=text on_change=move |on| put(&|c| c.0 = on)/>
            {move || ticked.get().then(|| view! {
                <Field label="How do you know?" label_hidden=!evidence required=evidence error>
                    <TextInput
                        value=typed
                        placeholder=if evidence { "" } else { "How do you know? (not needed)" }
                        on_input=move |text: String| put(&|c| c.1 = text.clone())
                    />
                </Field>
                <Field label="Since">
                    <DateField value=since on_change=move |text: String| put(&|c| c.2 = text.clone()) max=Some(today.get_value())/>
                </Field>
            })}
        </div>
    }
}

/// Contacts to add.
#[component]
fn Contacts(asking: Asking, deal: DealId, text: String) -> impl IntoView {
    let store = asking.store;
    let added = Signal::derive(move || {
        asking
            .filling
            .with(|f| f.contacts.get(&deal).cloned().unwrap_or_default())
    });
    let options = Memo::new(move |_| {
        store.track_kind(Kind::Contact);
        let added = added.get();
        store.with(|s| {
            let t = &s.world().state.tables;
            let Some(deal) = t.deals.get(deal) else {
                return Vec::new();
            };
            let taken = |id| {
                deal.contacts.iter().any(|c| c.contact == id) || added.contains(&OrNew::Known(id))
            };
            let mut all: Vec<_> = t.contacts.iter().filter(|c| !taken(c.id)).collect();
            all.order_by(|a, b| {
                let home = |c: Option<_>| c.is_none() || c != deal.organisation;
                (home(a.organisation), a.name.to_lowercase())
                    .cmp(&(home(b.organisation), b.name.to_lowercase()))
            });
            let option = |c: &crate::domain::party::Contact| ComboOption {
                id: c.id.to_string(),
                label: c.name.clone(),
                detail: c
                    .organisation
                    .map(|o| s.world().state.name_of(o.into()))
                    .unwrap_or_default(),
            };
            all.into_iter().map(option).collect()
        })
    });
    let add = move |who: OrNew<ContactId>| {
        asking
            .filling
            .update(|f| f.contacts.entry(deal).or_default().push(who));
    };
    let remove = move |at: usize| {
        asking.filling.update(|f| {
            if let Some(all) = f.contacts.get_mut(&deal).filter(|all| at < all.len()) {
                all.remove(at);
            }
        });
    };
    let chip = move |(at, who): (usize, OrNew<ContactId>)| {
        let name = match who {
            OrNew::Known(id) => store.with(|s| s.world().state.name_of(id.into())),
            OrNew::New(name) => name,
        };
        view! {
            <li><Chip remove_label=format!("Remove {name}") on_remove=move |()| remove(at)>{name.clone()}</Chip></li>
        }
    };
    view! {
        <Field label=text>
            <Combobox
                options
                value=""
                on_pick=move |id: String| if let Ok(id) = id.parse() { add(OrNew::Known(id)) }
                on_create=move |name| add(OrNew::New(name))
                placeholder="Add a contact"
            />
        </Field>
        {move || added.with(|all| !all.is_empty()).then(|| view! {
            <ul class="tags" aria-label="Contacts added">{added.get().into_iter().enumerate().map(chip).collect_view()}</ul>
        })}
    }
}

/// The questions of which too little is known, and those to confirm.
#[component]
fn Answers(deal: DealId) -> impl IntoView {
    let asking: Asking = expect_context();
    let all = shown_questions(asking.store, deal);
    let all: Vec<Shown> = all
        .into_iter()
        .filter(|q| q.stale || q.score.unwrap_or(0) < 3)
        .collect();
    let row = move |shown: Shown| {
        let key = (deal, shown.id);
        let (was, said) = (shown.score, shown.evidence.clone());
        let stale = shown.stale;
        let before = shown
            .on
            .map(|on| super::questions::said(on, shown.by.clone()));
        let typed = StoredValue::new(said);
        let draft = Memo::new(move |_| asking.filling.with(|f| f.answers.get(&key).cloned()));
        let score = Signal::derive(move || draft.get().map_or(was, |d| d.0));
        let evidence =
            Signal::derive(move || draft.get().map_or_else(|| typed.get_value(), |d| d.1));
        let put = move |change: &dyn Fn(&mut Typed)| {
            asking.filling.update(|f| {
                let begin = || (was, typed.get_value());
                change(f.answers.entry(key).or_insert_with(begin));
            });
        };
        view! {
            <QuestionRow
                shown
                score
                evidence
                on_score=move |score| put(&|a| a.0 = Some(score))
                on_evidence=move |text: String| put(&|a| {
                    a.1 = text.clone();
                    // Something is known then.
                    a.0 = a.0.or(Some(1));
                })
            >
                {before.clone().map(|said| view! {
                    <p class="question__said">
                        {stale.then(|| view! { <span class="question__stale"><Icon glyph=Glyph::Warning/>"Still so?"</span> })}
                        <span>{said}</span>
                        {move || match draft.with(Option::is_some) {
                            true => view! { <span class="question__now"><Icon glyph=Glyph::Check/>"Answered now"</span> }.into_any(),
                            false => stale.then(|| view! { <Button size=ButtonSize::Small on_click=move |_| put(&|_| ())>"Confirm"</Button> }).into_any(),
                        }}
                    </p>
                })}
            </QuestionRow>
        }
    };
    view! { <ul class="questions">{all.into_iter().map(row).collect_view()}</ul> }
}
