//! Names that are not known, and words that look misspelt.

use leptos::prelude::*;

use super::wizard::Wizard;
use crate::app::import::{Domain, Missing, Names, Unknown, fold, grouped};
use crate::ui::parts::{Button, ButtonSize, Choice, Glyph, Segmented};

/// Names shown of those without a proposal.
const SHOWN: usize = 12;

/// The names of the files, where there is anything to decide.
#[component]
pub(super) fn NamesPart(
    /// The import.
    wizard: Wizard,
) -> impl IntoView {
    let groups = Memo::new(move |_| {
        wizard.survey.with(|survey| {
            let all = survey.as_ref().map(|s| s.names.clone()).unwrap_or_default();
            all.into_iter()
                .filter(|n| !n.unknown.is_empty())
                .collect::<Vec<_>>()
        })
    });
    move || {
        (!groups.with(Vec::is_empty)).then(|| view! {
            <section class="import-part" aria-labelledby="import-names">
                <h2 id="import-names">"Names and words"</h2>
                <p class="import-part__about">
                    "Neither here nor listed in the files. Nothing is merged unless you say so."
                </p>
                <AcceptAll wizard groups/>
                {move || groups.get().into_iter().map(|names| view! { <Group wizard names/> }).collect_view()}
            </section>
        })
    }
}

/// One press for all proposals, when there are several.
#[component]
fn AcceptAll(wizard: Wizard, groups: Memo<Vec<Names>>) -> impl IntoView {
    let open = Memo::new(move |_| {
        let plan_has = |domain, value: &str| {
            wizard
                .plan
                .with(|p| p.replace.contains_key(&(domain, fold(value))))
        };
        groups.with(|groups| {
            let of = |names: &Names| {
                names
                    .unknown
                    .iter()
                    .filter(|u| u.near.is_some() && !plan_has(names.domain, &u.value))
                    .count()
            };
            groups.iter().map(of).sum::<usize>()
        })
    });
    let accept = move |_| {
        wizard.change(|plan| {
            for names in groups.get_untracked() {
                for unknown in names.unknown {
                    if let Some(near) = unknown.near {
                        plan.replace
                            .insert((names.domain, fold(&unknown.value)), near);
                    }
                }
            }
        });
    };
    move || {
        (open.get() > 1).then(|| {
            view! {
                <Button size=ButtonSize::Small icon=Glyph::Check on_click=accept>
                    {format!("Take all {} proposals", grouped(open.get()))}
                </Button>
            }
        })
    }
}

#[component]
fn Group(wizard: Wizard, names: Names) -> impl IntoView {
    let domain = names.domain;
    let (near, plain): (Vec<Unknown>, Vec<Unknown>) =
        names.unknown.into_iter().partition(|u| u.near.is_some());
    let total = near.len() + plain.len();
    let is_record = !matches!(domain, Domain::Word(_));
    let heading = if is_record {
        format!(
            "{}: {} of {} not known",
            domain.plural(),
            grouped(total),
            grouped(names.distinct)
        )
    } else {
        format!(
            "{}: {} of {} may be misspelt",
            domain.plural(),
            grouped(near.len()),
            grouped(names.distinct)
        )
    };
    let shown: Vec<String> = plain.iter().take(SHOWN).map(|u| u.value.clone()).collect();
    let more = plain.len().saturating_sub(SHOWN);
    view! {
        <div class="import-names">
            <h3>{heading}</h3>
            {is_record.then(|| view! { <MissingChoice wizard domain/> })}
            {(!near.is_empty()).then(|| view! {
                <ul class="import-near">
                    {near.into_iter().map(|unknown| view! { <Proposal wizard domain unknown/> }).collect_view()}
                </ul>
            })}
            {(!shown.is_empty()).then(|| view! {
                <p class="import-names__list">
                    {shown.join(", ")}
                    {(more > 0).then(|| format!(" and {} more", grouped(more)))}
                </p>
            })}
        </div>
    }
}

/// Whether records are made of names that are not known.
#[component]
fn MissingChoice(wizard: Wizard, domain: Domain) -> impl IntoView {
    let value = move || {
        wizard
            .plan
            .with(|p| match p.missing(domain) {
                Missing::Create => "create",
                Missing::LeaveEmpty => "empty",
            })
            .to_owned()
    };
    let set = move |code: String| {
        let choice = if code == "empty" {
            Missing::LeaveEmpty
        } else {
            Missing::Create
        };
        wizard.change(|plan| {
            plan.missing.insert(domain, choice);
        });
    };
    let options = vec![
        Choice::new("create", "Make new"),
        Choice::new("empty", "Leave empty"),
    ];
    view! {
        <Segmented options=options value=Signal::derive(value) on_change=set label=format!("{} that are not known", domain.plural())/>
    }
}

/// One name with what it may be a slip of.
#[component]
fn Proposal(wizard: Wizard, domain: Domain, unknown: Unknown) -> impl IntoView {
    let near = unknown.near.clone().unwrap_or_default();
    let key = StoredValue::new((domain, fold(&unknown.value)));
    let taken = Memo::new(move |_| {
        wizard
            .plan
            .with(|p| p.replace.contains_key(&key.get_value()))
    });
    let value = unknown.value.clone();
    let options = vec![
        Choice::new("keep", format!("Keep “{value}”")),
        Choice::new("take", format!("Use “{near}”")),
    ];
    let set = move |code: String| {
        let near = near.clone();
        wizard.change(|plan| {
            if code == "take" {
                plan.replace.insert(key.get_value(), near);
            } else {
                plan.replace.remove(&key.get_value());
            }
        });
    };
    let cells = if unknown.rows == 1 {
        "1 cell".to_owned()
    } else {
        format!("{} cells", grouped(unknown.rows))
    };
    view! {
        <li class="import-near__line">
            <span class="import-near__value"><b>{unknown.value}</b> <span>{cells}</span></span>
            <Segmented
                options=options
                value=Signal::derive(move || if taken.get() { "take" } else { "keep" }.to_owned())
                on_change=set
                label=format!("What “{value}” means")
            />
        </li>
    }
}
