//! The rules in their order.

use leptos::prelude::*;

use super::suggestions::Suggestions;
use super::{Desk, Open};
use crate::domain::automate::{then, when};
use crate::domain::automation::Automation;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::automate::{AutomateCommand, RuleDraft};
use crate::domain::ids::AutomationId;
use crate::domain::order::Order;
use crate::domain::query::condition::sentence;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::parts::{
    Button, ButtonKind, ButtonSize, Checkbox, Glyph, IconButton, Menu, MenuEntry, MenuItem,
};
use crate::ui::process::wording::Local;
use crate::ui::store::{Store, use_store};

/// All rules, earlier ones first.
pub(super) fn in_order(store: Store) -> Vec<AutomationId> {
    store.with(|session| {
        let all = session.world().state.tables.automations.iter();
        let mut rules: Vec<&Automation> = all.collect();
        rules.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
        rules.iter().map(|rule| rule.id).collect()
    })
}

/// The list.
#[component]
pub(super) fn List(desk: Desk) -> impl IntoView {
    let store = use_store();
    let ids = Memo::new(move |_| {
        store.track_kind(Kind::Automation);
        in_order(store)
    });
    let add = move |_| desk.show(Open::Editor(None, Box::new(RuleDraft::blank())));
    view! {
        <p class="page__lead">
            "Rules that do work by themselves: when something happens to a deal, they plan, move, tag or tell. What a rule does goes back with one undo, together with what set it off."
        </p>
        <div class="rules__bar">
            <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=add>"New automation"</Button>
        </div>
        <ol class="rules" aria-label="Automations">
            <For each=move || ids.get() key=|id| *id let(id)>
                <Rule desk id ids/>
            </For>
        </ol>
        {move || ids.with(Vec::is_empty).then(|| view! { <Suggestions desk/> })}
    }
}

/// What can be done with a rule besides editing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum More {
    Up,
    Down,
    Copy,
    Delete,
}

#[component]
fn Rule(desk: Desk, id: AutomationId, ids: Memo<Vec<AutomationId>>) -> impl IntoView {
    let store = use_store();
    let rule = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.automations.get(id).cloned())
    });
    let name = move || rule.with(|r| r.as_ref().map(|r| r.name.clone()).unwrap_or_default());
    let on = move || rule.with(|r| r.as_ref().is_some_and(|r| r.on));
    let edit = move |_| {
        if let Some(rule) = rule.get_untracked() {
            desk.show(Open::Editor(Some(id), Box::new(RuleDraft::of(&rule))));
        }
    };
    let entries = move || {
        let at = ids
            .with(|ids| ids.iter().position(|other| *other == id))
            .unwrap_or(0);
        let last = ids.with(|ids| at + 1 >= ids.len());
        vec![
            MenuEntry::from(
                MenuItem::new(More::Up, "Move up")
                    .icon(Glyph::ArrowUp)
                    .disabled(at == 0),
            ),
            MenuItem::new(More::Down, "Move down")
                .icon(Glyph::ArrowDown)
                .disabled(last)
                .into(),
            MenuItem::new(More::Copy, "Make a copy")
                .icon(Glyph::Plus)
                .into(),
            MenuEntry::Separator,
            MenuItem::new(More::Delete, "Delete")
                .icon(Glyph::Trash)
                .danger()
                .into(),
        ]
    };
    let pick = move |what: More| {
        let at = ids
            .with_untracked(|ids| ids.iter().position(|other| *other == id))
            .unwrap_or(0);
        let to = |index| Command::Automate(AutomateCommand::Reorder { rule: id, index });
        match what {
            More::Up => store.dispatch(to(at.saturating_sub(1))),
            More::Down => store.dispatch(to(at + 1)),
            More::Copy => {
                if let Some(rule) = rule.get_untracked() {
                    let mut draft = RuleDraft::of(&rule);
                    draft.name = format!("{} (copy)", draft.name);
                    desk.show(Open::Editor(None, Box::new(draft)));
                }
            }
            More::Delete => {
                store.dispatch(Command::Delete(vec![id.into()]));
                crate::ui::nav::rescue_focus();
            }
        }
    };
    let switch =
        move |on| store.dispatch(Command::Automate(AutomateCommand::SetOn { rule: id, on }));
    view! {
        <li class="rule" class:rule--off=move || !on()>
            <div class="rule__switch">
                <Checkbox checked=Signal::derive(on) on_change=switch label=Signal::derive(move || format!("{} works", name())) label_hidden=true switch=true/>
            </div>
            <div class="rule__text">
                <h3 class="rule__name">{name}</h3>
                <p class="rule__words">{move || rule.with(|r| r.as_ref().map(|r| words(store, r)))}</p>
                <p class="rule__runs">{move || ran(store, id)}</p>
            </div>
            <div class="rule__actions">
                <Button size=ButtonSize::Small on_click=edit>"Edit"</Button>
                <Button size=ButtonSize::Small on_click=move |_| desk.show(Open::Trial(id))>"Try on the past"</Button>
                <IconButton size=ButtonSize::Small glyph=Glyph::History label=Signal::derive(move || format!("What {} did", name())) on_click=move |_| desk.show(Open::Log(id))/>
                <Menu label=Signal::derive(move || format!("More for {}", name())) icon=Glyph::Dots icon_only=true kind=ButtonKind::Ghost size=ButtonSize::Small entries=Signal::derive(entries) on_pick=pick/>
            </div>
        </li>
    }
}

/// A rule as a sentence.
pub(super) fn words(store: Store, rule: &Automation) -> String {
    store.with(|session| {
        let world = session.world();
        let mut text = when(world, &rule.trigger);
        if let Some(pipeline) = rule.pipeline {
            text = format!("{text} in {}", world.state.name_of(pipeline.into()));
        }
        let only: Vec<String> = rule
            .conditions
            .iter()
            .map(|condition| sentence(&world.state, condition, &Local))
            .collect();
        if !only.is_empty() {
            text = format!("{text}, if {}", only.join(" and "));
        }
        let acts: Vec<String> = rule
            .actions
            .iter()
            .map(|action| then(world, action))
            .collect();
        format!("{text}: {}.", acts.join("; "))
    })
}

/// How often it ran, and when last.
fn ran(store: Store, id: AutomationId) -> String {
    store.track_kind(Kind::RuleRun);
    let (count, failed, last) = store.with(|session| {
        let runs = session.world().state.tables.runs.iter();
        let own = runs.filter(|run| run.automation == id);
        own.fold((0, 0, 0), |(count, failed, last), run| {
            let bad = usize::from(!run.failed.is_empty());
            (count + 1, failed + bad, run.at.max(last))
        })
    });
    if count == 0 {
        return String::from("Has not worked yet");
    }
    let times = match count {
        1 => String::from("Worked once"),
        n => format!("Worked {} times", intl::integer(n)),
    };
    let text = format!("{times}, last {}", fmt::since(last));
    match failed {
        0 => text,
        n => format!(
            "{text}; {} with something it could not do",
            intl::integer(n as i64)
        ),
    }
}
