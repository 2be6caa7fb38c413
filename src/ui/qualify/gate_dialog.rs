//! What a move is missing, to be filled in there and then, or to be overridden.

use super::filling::{Filling, Gated, Wrong, left};
use super::gate_items::Items;
use crate::domain::command::qualify::QualifyCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::gate::GateMode;
use crate::domain::ids::DealId;
use crate::domain::query::gate::{Gap, Missing};
use crate::shell::intl;
use crate::ui::parts::{Button, ButtonKind, Dialog, DialogKind, Field, Glyph, Icon, TextArea};
use crate::ui::store::{Store, use_store};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The dialog, open while a move waits.
#[component]
pub fn GateDialog() -> impl IntoView {
    let store = use_store();
    move || store.gated().get().map(|gated| view! { <Asked gated/> })
}

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    /// The data.
    pub store: Store,
    /// What was filled in so far.
    pub filling: RwSignal<Filling>,
    /// What is wrong with it, since the last try.
    pub wrong: RwSignal<Vec<Wrong>>,
    gated: StoredValue<Gated, LocalStorage>,
    /// What is still missing, and whether that blocks.
    left: Memo<(Vec<Gap>, bool)>,
    refused: RwSignal<Option<(Option<&'static str>, String)>>,
}

impl Asking {
    fn new(store: Store, gated: Gated) -> Self {
        let filling = RwSignal::new(Filling::default());
        let command = gated.command.clone();
        let first = gated.gaps.clone();
        let left = Memo::new(move |before: Option<&(Vec<Gap>, bool)>| {
            // While something filled in cannot be taken, it is as it was.
            let gaps = filling.with(|f| left(store, &command, f));
            let gaps = gaps.unwrap_or_else(|_| match before {
                Some((gaps, _)) => gaps.clone(),
                None => first.clone(),
            });
            let blocks = gaps.iter().any(|gap| gap.mode() == GateMode::Block);
            (gaps, blocks)
        });
        Self {
            store,
            filling,
            wrong: RwSignal::default(),
            gated: StoredValue::new_local(gated),
            left,
            refused: RwSignal::new(None),
        }
    }

    /// Makes the move, with the reason given where something is still missing.
    fn go(self) {
        let (fill, wrong) = self.filling.with_untracked(|f| f.read(self.store));
        if !wrong.is_empty() {
            return self.wrong.set(wrong);
        }
        let open = self.left.with_untracked(|(gaps, _)| !gaps.is_empty());
        let reason = self.filling.with_untracked(|f| f.reason.clone());
        let (command, then) = self
            .gated
            .with_value(|g| (g.command.clone(), g.then.clone()));
        let pass = Command::Qualify(QualifyCommand::Pass {
            command: Box::new(command),
            fill: Box::new(fill),
            reason: open.then_some(reason),
        });
        match self.store.run(pass) {
            Ok(_) | Err(Refusal::Nothing) => {
                self.store.gated().set(None);
                if let Some(then) = then {
                    then();
                }
            }
            Err(Refusal::Field { field, message }) => {
                self.refused.set(Some((Some(field), message)))
            }
            Err(other) => self.refused.set(Some((None, other.to_string()))),
        }
    }

    /// What is missing of this sort by now, in words; none when nothing is any more.
    pub(super) fn still(self, deal: DealId, what: &Missing) -> Option<String> {
        self.left.with(|(gaps, _)| {
            let gap = gaps.iter().find(|gap| gap.deal == deal)?;
            let same =
                |other: &Missing| std::mem::discriminant(other) == std::mem::discriminant(what);
            let found = gap.lacks.iter().find(|lack| same(&lack.what))?;
            Some(found.what.text())
        })
    }

    fn give_up(self) {
        self.store.gated().set(None);
    }

    fn refusal(self, of: Option<&'static str>) -> Option<String> {
        self.refused.with(|r| {
            r.as_ref()
                .filter(|(field, _)| *field == of)
                .map(|(_, message)| message.clone())
        })
    }
}

/// What the button says that makes the move.
fn verb(command: &Command, left: &[Gap], blocks: bool) -> &'static str {
    match (command, left.is_empty(), blocks) {
        (Command::Move { .. }, true, _) => "Move",
        (Command::Move { .. }, false, true) => "Override and move",
        (Command::Move { .. }, false, false) => "Move anyway",
        (_, true, _) => "Save",
        (_, false, true) => "Override and save",
        (_, false, false) => "Save anyway",
    }
}

#[component]
fn Asked(
    /// The move.
    gated: Gated,
) -> impl IntoView {
    let store = use_store();
    let gaps = StoredValue::new(gated.gaps.clone());
    let command = StoredValue::new(gated.command.clone());
    let asking = Asking::new(store, gated);
    provide_context(asking);
    let title = gaps.with_value(|gaps| title(store, gaps));
    let label = move || {
        asking
            .left
            .with(|(left, blocks)| command.with_value(|c| verb(c, left, *blocks)))
    };
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| asking.give_up()>"Cancel"</Button>
            <Button kind=ButtonKind::Primary kbd="Mod+Enter" on_click=move |_| asking.go()>{label}</Button>
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            asking.go();
        }
    };
    view! {
        <Dialog open=true on_close=move |()| asking.give_up() title kind=DialogKind::Medium backdrop_closes=false class="gate-dialog" footer>
            {provide_context(asking)}
            <div class="gate" on:keydown=on_key>
                <Lead/>
                {gaps.with_value(|gaps| {
                    let several = gaps.len() > 1;
                    let section = move |gap: Gap| view! { <Deal gap several/> };
                    gaps.iter().cloned().map(section).collect_view()
                })}
                <Reason/>
                {move || asking.refusal(None).map(|why| view! { <p class="gate__error" role="alert">{why}</p> })}
            </div>
        </Dialog>
    }
}

fn title(store: Store, gaps: &[Gap]) -> String {
    let name = |id| store.with(|s| s.world().state.name_of(id));
    match gaps {
        [gap] => format!("{} to {}", gap.title, name(gap.to.into())),
        [first, ..] => format!("{} deals to {}", gaps.len(), name(first.to.into())),
        [] => String::from("Move"),
    }
}

/// How much is missing, updated as it is filled in.
#[component]
fn Lead() -> impl IntoView {
    let asking: Asking = expect_context();
    let count = Memo::new(move |_| {
        asking
            .left
            .with(|(gaps, blocks)| (gaps.iter().map(|g| g.lacks.len()).sum::<usize>(), *blocks))
    });
    move || {
        let (count, blocks) = count.get();
        let things = intl::count(count, "thing is", "things are");
        let text = match (count, blocks) {
            (0, _) => String::from("Everything is there now."),
            (_, true) => {
                format!("{things} missing. Fill them in, or say why the deal goes on all the same.")
            }
            (_, false) => format!("{things} missing. Fill them in, or go on without."),
        };
        let (tone, glyph) = match (count, blocks) {
            (0, _) => ("success", Glyph::Check),
            (_, true) => ("danger", Glyph::Warning),
            (_, false) => ("warn", Glyph::Warning),
        };
        view! { <p class="gate__lead" data-tone=tone role="status"><Icon glyph/><span>{text}</span></p> }
    }
}

/// What one deal is missing; under its name where there are several.
#[component]
fn Deal(
    /// What it is missing.
    gap: Gap,
    /// There are others.
    several: bool,
) -> impl IntoView {
    let asking: Asking = expect_context();
    let name = gap.title.clone();
    let deal = gap.deal;
    let left = move || {
        asking.left.with(|(gaps, _)| {
            gaps.iter()
                .find(|g| g.deal == deal)
                .map_or(0, |g| g.lacks.len())
        })
    };
    if !several {
        return view! { <Items gap/> }.into_any();
    }
    view! {
        <details class="gate__deal" open=true>
            <summary>
                <span class="gate__name">{name}</span>
                <span class="gate__count">{move || match left() { 0 => String::from("complete"), n => format!("{n} missing") }}</span>
            </summary>
            <Items gap/>
        </details>
    }
    .into_any()
}

/// Why the move is made all the same; shown while something is missing.
#[component]
fn Reason() -> impl IntoView {
    let asking: Asking = expect_context();
    let shown = Memo::new(move |_| asking.left.with(|(gaps, _)| !gaps.is_empty()));
    let blocks = Signal::derive(move || asking.left.with(|(_, blocks)| *blocks));
    let value = Signal::derive(move || asking.filling.with(|f| f.reason.clone()));
    move || {
        shown.get().then(|| {
            view! {
                <Field
                    label="Reason to go on without"
                    required=blocks
                    hint="Kept with the move and shown in the history"
                    error=Signal::derive(move || asking.refusal(Some("reason")))
                    class="gate__reason"
                >
                    <TextArea
                        value
                        rows=2
                        on_input=move |text| {
                            asking.refused.set(None);
                            asking.filling.update(|f| f.reason = text);
                        }
                    />
                </Field>
            }
        })
    }
}
