//! Rules to begin with.

use leptos::prelude::*;

use super::{Desk, Open};
use crate::domain::activity::ActivityKind;
use crate::domain::automation::{Action, ActionKind, Trigger, TriggerKind};
use crate::domain::command::automate::RuleDraft;
use crate::domain::stage::StageKind;
use crate::ui::parts::{Button, ButtonSize, Glyph, Icon};
use crate::ui::store::{Store, use_store};

/// An action of a kind with a text.
pub(super) fn action(kind: ActionKind, text: &str) -> Action {
    Action {
        kind,
        text: text.to_owned(),
        field: String::new(),
        activity: None,
        days: 0,
        stage: None,
        people: Vec::new(),
    }
}

fn trigger(kind: TriggerKind) -> Trigger {
    Trigger {
        kind,
        ..RuleDraft::blank().trigger
    }
}

fn drafts(store: Store) -> Vec<RuleDraft> {
    // The stage in which an offer lies with the customer: the one before the last open one.
    let offer = store.with(|session| {
        let state = &session.world().state;
        let pipeline = state.pipelines().first().map(|p| p.id)?;
        let stages = state.stages(pipeline);
        let named = stages
            .iter()
            .find(|s| s.name.to_lowercase().contains("propos"));
        let open = stages.iter().rev().filter(|s| s.kind == StageKind::Open);
        named.or_else(|| open.clone().nth(1)).map(|s| s.id)
    });
    let rule = |name: &str, trigger, actions| RuleDraft {
        name: name.to_owned(),
        trigger,
        actions,
        ..RuleDraft::blank()
    };
    let call = Action {
        activity: Some(ActivityKind::Call),
        days: 3,
        ..action(ActionKind::Activity, "Ask what they think of the offer")
    };
    let chase = Action {
        activity: Some(ActivityKind::Email),
        ..action(ActionKind::Activity, "Ask how things stand")
    };
    vec![
        rule(
            "Call after the offer",
            Trigger {
                stage: offer,
                ..trigger(TriggerKind::Entered)
            },
            vec![call],
        ),
        rule(
            "Chase quiet deals",
            Trigger {
                days: 14,
                ..trigger(TriggerKind::Idle)
            },
            vec![chase, action(ActionKind::Tag, "quiet")],
        ),
        rule(
            "A week before the close",
            Trigger {
                field: String::from("deal.close"),
                days: -7,
                ..trigger(TriggerKind::Date)
            },
            vec![action(
                ActionKind::Notify,
                "A deal is expected to close in a week",
            )],
        ),
    ]
}

/// Three rules most teams want, each a press away from the editor.
#[component]
pub(super) fn Suggestions(desk: Desk) -> impl IntoView {
    let store = use_store();
    let cards = drafts(store).into_iter().map(|draft| {
        let (name, words) = (draft.name.clone(), words(store, &draft));
        let label = format!("Use this: {name}");
        let begin = move |_| desk.show(Open::Editor(None, Box::new(draft.clone())));
        view! {
            <li class="rules__idea">
                <h3 class="rule__name">{name}</h3>
                <p class="rule__words">{words}</p>
                <Button size=ButtonSize::Small on_click=begin attr:aria-label=label>"Use this"</Button>
            </li>
        }
    });
    view! {
        <div class="rules__none">
            <p class="rules__lead"><Icon glyph=Glyph::Refresh/>"No automations yet. Begin with one of these, or with your own."</p>
            <ul class="rules__ideas">{cards.collect_view()}</ul>
        </div>
    }
}

fn words(store: Store, draft: &RuleDraft) -> String {
    store.with(|session| {
        let world = session.world();
        let acts = draft.actions.iter();
        let acts: Vec<String> = acts
            .map(|a| crate::domain::automate::then(world, a))
            .collect();
        let when = crate::domain::automate::when(world, &draft.trigger);
        format!("{when}: {}.", acts.join("; "))
    })
}
