//! The questions of a deal's framework with what is known, and what is not.

use super::track;
use crate::domain::command::Command;
use crate::domain::command::qualify::{AnswerDraft, QualifyCommand};
use crate::domain::ids::{DealId, QuestionId};
use crate::domain::qualify::FULL_SCORE;
use crate::domain::query::qualify::{framework_of, qualification};
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::parts::{
    Button, ButtonKind, ButtonSize, Choice, Explain, Field, Glyph, Icon, IconButton, Progress,
    Segmented, TextArea,
};
use crate::ui::store::{Store, use_store};
use chrono::NaiveDate;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

/// The words of the scores, from nothing known to confirmed.
pub(super) const SCORES: [&str; 4] = ["Unknown", "Assumed", "Known", "Confirmed"];

/// A question with what the deal says to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// Which.
    pub id: QuestionId,
    /// What it is about.
    pub name: String,
    /// The question itself.
    pub text: String,
    /// How much it counts.
    pub weight: u8,
    /// What is known, once something was said.
    pub score: Option<u8>,
    /// How one knows.
    pub evidence: String,
    /// When it was said.
    pub on: Option<NaiveDate>,
    /// Who said so.
    pub by: Option<String>,
    /// Has to be confirmed.
    pub stale: bool,
}

/// The questions of a deal at this moment.
pub(super) fn shown_questions(store: Store, deal: DealId) -> Vec<Shown> {
    store.with(|s| {
        let state = &s.world().state;
        let known = state
            .tables
            .deals
            .get(deal)
            .and_then(|d| qualification(state, d));
        let shown = |q: &crate::domain::query::qualify::Asked| Shown {
            id: q.question.id,
            name: q.question.name.clone(),
            text: q.question.text.clone(),
            weight: q.question.weight,
            score: q.answer.map(|a| a.score),
            evidence: q.answer.map(|a| a.evidence.clone()).unwrap_or_default(),
            on: q.answer.map(|a| a.on),
            by: q
                .answer
                .and_then(|a| a.by)
                .map(|id| state.name_of(id.into())),
            stale: q.stale,
        };
        known
            .map(|k| k.questions.iter().map(shown).collect())
            .unwrap_or_default()
    })
}

/// Whether the deal's pipeline has chosen a framework; tracks it.
#[must_use]
pub fn has_framework(store: Store, deal: DealId) -> bool {
    track(store, deal);
    store.with(|s| {
        let state = &s.world().state;
        let deal = state.tables.deals.get(deal);
        deal.is_some_and(|d| framework_of(state, d).is_some())
    })
}

/// All questions of a deal's framework, answered in place.
#[component]
pub fn Questions(
    /// Of which deal.
    deal: DealId,
) -> impl IntoView {
    let store = use_store();
    let all = Memo::new(move |_| {
        track(store, deal);
        shown_questions(store, deal)
    });
    let ids = Memo::new(move |_| all.with(|all| all.iter().map(|q| q.id).collect::<Vec<_>>()));
    let row = move |id: QuestionId| {
        let shown = Memo::new(move |before: Option<&Option<Shown>>| {
            let found = all.with(|all| all.iter().find(|q| q.id == id).cloned());
            // Kept while the row goes.
            found.or_else(|| before.cloned().flatten())
        });
        view! { <Row store deal id shown/> }
    };
    view! {
        <div class="qualify">
            <Head store deal all/>
            <ul class="questions">
                <For each=move || ids.get() key=|id| *id children=row/>
            </ul>
        </div>
    }
}

/// Framework, completeness, gaps.
#[component]
fn Head(store: Store, deal: DealId, all: Memo<Vec<Shown>>) -> impl IntoView {
    let about = Memo::new(move |_| {
        track(store, deal);
        store.with(|s| {
            let state = &s.world().state;
            let known = qualification(state, state.tables.deals.get(deal)?)?;
            let gaps: Vec<String> = known.gaps().map(|q| q.question.name.clone()).collect();
            Some((
                known.framework.name.clone(),
                known.percent,
                gaps,
                known.stale(),
            ))
        })
    });
    let explanation = move || {
        let (known, most) = all.with(|all| {
            let known: u32 = all
                .iter()
                .map(|q| u32::from(q.weight) * u32::from(q.score.unwrap_or(0)))
                .sum();
            let most: u32 = all
                .iter()
                .map(|q| u32::from(q.weight) * u32::from(FULL_SCORE))
                .sum();
            (known, most)
        });
        view! {
            <p>"Each question counts as much as its weight, times what is known: unknown 0, assumed 1, known 2, confirmed 3."</p>
            <p><code>{format!("{known} ÷ {most}")}</code></p>
        }
    };
    move || {
        let (name, percent, gaps, stale) = about.get()?;
        Some(view! {
            <div class="qualify__head">
                <h2 class="qualify__name">{name}</h2>
                <span class="qualify__percent">{fmt::percent(percent)} " known"</span>
                <Explain title="Qualification">{explanation}</Explain>
                <div class="qualify__bar"><Progress label="Qualification" value=Some(f64::from(percent) / 100.0)/></div>
                {(!gaps.is_empty()).then(|| view! {
                    <p class="qualify__gaps"><strong>"Gaps: "</strong>{gaps.join(", ")}</p>
                })}
                {(stale > 0).then(|| view! {
                    <p class="qualify__stale"><Icon glyph=Glyph::Warning/>{intl::count(stale, "answer has to be confirmed at this stage", "answers have to be confirmed at this stage")}</p>
                })}
            </div>
        })
    }
}

/// A question answered in place: each press and each text is saved.
#[component]
fn Row(store: Store, deal: DealId, id: QuestionId, shown: Memo<Option<Shown>>) -> impl IntoView {
    let read = move |f: fn(&Shown) -> String| shown.with(|s| s.as_ref().map(f).unwrap_or_default());
    let score = Signal::derive(move || shown.with(|s| s.as_ref().and_then(|s| s.score)));
    let evidence = Signal::derive(move || read(|s| s.evidence.clone()));
    let save = move |score: u8, evidence: String| {
        store.dispatch(Command::Qualify(QualifyCommand::Answer {
            deal,
            question: id,
            answer: Some(AnswerDraft { score, evidence }),
        }));
    };
    let clear = move |_| {
        store.dispatch(Command::Qualify(QualifyCommand::Answer {
            deal,
            question: id,
            answer: None,
        }));
    };
    move || {
        // The row is made anew only for another question; its answer comes through signals.
        let first = untrack(|| shown.get())?;
        let confirm = move || save(score.get_untracked().unwrap_or(0), evidence.get_untracked());
        Some(view! {
            <QuestionRow
                shown=first
                score
                evidence
                commit=true
                on_score=move |score| save(score, evidence.get_untracked())
                // Something is known then.
                on_evidence=move |text| save(score.get_untracked().unwrap_or(1), text)
            >
                {move || shown.get().and_then(|s| s.on.map(|on| (on, s.by, s.stale, s.name))).map(|(on, by, stale, name)| view! {
                    <p class="question__said">
                        {stale.then(|| view! { <span class="question__stale"><Icon glyph=Glyph::Warning/>"Still so?"</span> })}
                        <span>{said(on, by)}</span>
                        {stale.then(|| view! { <Button size=ButtonSize::Small on_click=move |_| confirm()>"Confirm"</Button> })}
                        <IconButton label=format!("Take back the answer to {name}") glyph=Glyph::Close size=ButtonSize::Small kind=ButtonKind::Ghost on_click=clear/>
                    </p>
                })}
            </QuestionRow>
        })
    }
}

/// When and by whom, in words.
pub(super) fn said(on: NaiveDate, by: Option<String>) -> String {
    let on = fmt::day_month(on);
    match by {
        Some(by) => format!("{on}, {by}"),
        None => on,
    }
}

/// One question with the controls of its answer.
#[component]
pub(super) fn QuestionRow(
    /// The question.
    shown: Shown,
    /// What is known.
    score: Signal<Option<u8>>,
    /// How one knows.
    evidence: Signal<String>,
    /// The evidence is reported when the person is done with it, not at each key.
    #[prop(optional)]
    commit: bool,
    /// Called with the score chosen.
    #[prop(into)]
    on_score: UnsyncCallback<u8>,
    /// Called with the evidence.
    #[prop(into)]
    on_evidence: UnsyncCallback<String>,
    /// What stands below.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let options: Vec<Choice> = (0..=FULL_SCORE)
        .map(|n| Choice::new(n.to_string(), SCORES[usize::from(n.min(3))]))
        .collect();
    let value = Signal::derive(move || score.get().map(|n| n.to_string()).unwrap_or_default());
    let choose = move |n: String| {
        if let Ok(n) = n.parse() {
            on_score.run(n);
        }
    };
    let typed = move |text: String| {
        if !commit {
            on_evidence.run(text);
        }
    };
    let done = move |text: String| {
        if commit && text != evidence.get_untracked() {
            on_evidence.run(text);
        }
    };
    let gap = move || score.get().unwrap_or(0) < 2;
    view! {
        <li class="question" class:question--gap=gap>
            <div class="question__ask">
                <h3 class="question__name">{shown.name.clone()}</h3>
                {(shown.weight > 1).then(|| view! { <span class="question__weight" title="How much it counts">{format!("× {}", shown.weight)}</span> })}
            </div>
            <p class="question__text">{shown.text.clone()}</p>
            <div class="question__answer">
                <Segmented options value on_change=choose label=format!("What is known: {}", shown.name)/>
                <Field label=format!("How do you know: {}", shown.name) label_hidden=true>
                    <TextArea value=evidence rows=1 placeholder="How do you know?" on_input=typed on_commit=done/>
                </Field>
            </div>
            {children.map(|children| children())}
        </li>
    }
}
