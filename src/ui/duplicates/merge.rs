//! Merging with a look at every field that differs.

use leptos::prelude::*;

use crate::app::merging::{self, Choice, Relinked};
use crate::domain::change::{EntityRef, Slot};
use crate::domain::command::Command;
use crate::domain::command::customer::{CustomerCommand, Merge};
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::history::Local;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::records::route_of;
use crate::ui::store::{Store, use_store};

/// The most records merged at once: more columns nobody can compare.
const MOST: usize = 8;

/// The dialog, open while there are records.
#[component]
pub fn MergeDialog(
    /// Which records; set to none to close it.
    records: RwSignal<Option<Vec<EntityRef>>>,
    /// Opens the record that stays afterwards.
    #[prop(optional)]
    then_open: bool,
) -> impl IntoView {
    let store = use_store();
    let draft = StoredValue::new(None::<Draft>);
    let open = Memo::new(move |_| records.with(Option::is_some));
    let refusal = RwSignal::new(None::<String>);
    let merge = move || {
        let Some(draft) = draft.get_value() else {
            return;
        };
        let what = draft.command();
        let keep = what.keep;
        match store.run(Command::Customer(CustomerCommand::Merge(what))) {
            Ok(_) => {
                records.set(None);
                if let Some(route) = route_of(keep).filter(|_| then_open) {
                    nav::go(route);
                } else {
                    nav::rescue_focus();
                }
            }
            Err(why) => refusal.set(Some(why.to_string())),
        }
    };
    let footer = move || {
        view! {
            {move || refusal.get().map(|why| view! { <p class="push merge__refusal" role="alert">{why}</p> })}
            <Button on_click=move |_| records.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary icon=Glyph::Merge on_click=move |_| merge()>"Merge"</Button>
        }
    };
    view! {
        <Dialog open on_close=move |()| records.set(None) title="Merge into one" kind=DialogKind::Large footer>
            {move || {
                let mut all = records.get()?;
                refusal.set(None);
                all.truncate(MOST);
                let new = Draft::new(store, all)?;
                draft.set_value(Some(new));
                Some(view! { <Preview draft=new/> })
            }}
        </Dialog>
    }
}

/// What is chosen.
#[derive(Clone, Copy)]
struct Draft {
    /// The records still in it.
    records: RwSignal<Vec<EntityRef>>,
    keep: RwSignal<EntityRef>,
    /// Fields whose value comes from one of those that go.
    take: RwSignal<Vec<Slot>>,
}

impl Draft {
    fn new(store: Store, mut all: Vec<EntityRef>) -> Option<Self> {
        // The one of which most is known is proposed to stay.
        store.with(|s| {
            all.order_by_key(|e| std::cmp::Reverse(merging::weight(s.world(), *e)));
        });
        let keep = *all.first()?;
        Some(Self {
            records: RwSignal::new(all),
            keep: RwSignal::new(keep),
            take: RwSignal::new(Vec::new()),
        })
    }

    fn gone(self) -> Vec<EntityRef> {
        let keep = self.keep.get();
        self.records
            .with(|all| all.iter().copied().filter(|e| *e != keep).collect())
    }

    fn command(self) -> Merge {
        Merge {
            keep: self.keep.get_untracked(),
            gone: untrack(|| self.gone()),
            take: self.take.get_untracked(),
        }
    }
}

/// Which one stays, what goes over, and each field that differs.
#[component]
fn Preview(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let store = use_store();
    let name = move |e: EntityRef| store.with(|s| s.world().state.name_of(e));
    let stays = Signal::derive(move || {
        let all = draft.records.get();
        all.into_iter()
            .map(|e| crate::ui::parts::Choice::new(e.to_string(), name(e)))
            .collect::<Vec<_>>()
    });
    let fields = Memo::new(move |_| {
        let mut all = draft.gone();
        all.insert(0, draft.keep.get());
        store.with(|s| merging::choices(s.world(), &all, &Local))
    });
    let goes = move || {
        let gone = draft.gone();
        let sum = store.with(|s| merging::relinked(s.world(), &gone));
        consequences(sum)
    };
    let keep = move |code: String| {
        if let Ok(entity) = code.parse::<EntityRef>() {
            draft.take.set(Vec::new());
            draft.keep.set(entity);
        }
    };
    view! {
        <div class="merge">
            <Field label="Stays" hint="The others go into it and are shown nowhere else. The merge can be taken back on its page.">
                <Select options=stays value=move || draft.keep.get().to_string() on_change=keep/>
            </Field>
            <p class="merge__goes">{goes}</p>
            {move || fields.with(Vec::is_empty).then(|| view! { <p class="record-none">"They do not differ in any field."</p> })}
            <div class="merge__fields">
                <For each=move || fields.get() key=|field| (field.slot, field.values.clone()) children=move |field| view! { <FieldChoice field draft/> }/>
            </div>
        </div>
    }
}

fn consequences(sum: Relinked) -> String {
    let parts = [
        (sum.deals, "deal", "deals"),
        (sum.contacts, "contact", "contacts"),
        (sum.activities, "activity", "activities"),
        (sum.parts, "part", "parts"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| intl::count(n, one, many))
        .collect();
    match parts.as_slice() {
        [] => String::from("Nothing else names the records that go."),
        parts => format!("Goes over with them: {}.", parts.join(", ")),
    }
}

/// One field: its values to choose from, or lists that are brought together.
#[component]
fn FieldChoice(
    /// The field.
    field: Choice,
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let Choice {
        slot,
        label,
        values,
        united,
    } = field;
    let group = unique_id("merge");
    if let Some(all) = united {
        return view! {
            <div class="merge__field">
                <span class="merge__label">{label}</span>
                <span class="merge__united">{all.join(", ")}<span class="merge__hint">" – brought together"</span></span>
            </div>
        }
        .into_any();
    }
    let keep = slot.entity;
    let own_is_empty = !values.iter().any(|(entity, _)| *entity == keep);
    let first = values.first().map(|(entity, _)| *entity);
    let at = move |entity| Slot { entity, ..slot };
    let chosen = Memo::new(move |_| {
        let taken = draft.take.with(|take| {
            take.iter()
                .find(|s| (s.key, s.sub) == (slot.key, slot.sub))
                .map(|s| s.entity)
        });
        taken.or(if own_is_empty { first } else { Some(keep) })
    });
    let choose = move |entity: EntityRef| {
        draft.take.update(|take| {
            take.retain(|s| (s.key, s.sub) != (slot.key, slot.sub));
            if entity != keep {
                take.push(at(entity));
            }
        });
    };
    // Records that hold the same are one choice.
    let mut distinct: Vec<(EntityRef, String)> = Vec::new();
    for (entity, text) in values {
        if !distinct.iter().any(|(_, known)| *known == text) {
            distinct.push((entity, text));
        }
    }
    let (name, labelled) = (group.clone(), group.clone());
    let option = move |(entity, text): (EntityRef, String)| {
        view! {
            <label class="merge__value">
                <input
                    type="radio"
                    name=name.clone()
                    prop:checked=move || chosen.get() == Some(entity)
                    on:change=move |_| choose(entity)
                />
                <span>{text}</span>
            </label>
        }
    };
    view! {
        <div class="merge__field" role="radiogroup" aria-labelledby=labelled>
            <span class="merge__label" id=group>{label}</span>
            <div class="merge__values">{distinct.into_iter().map(option).collect_view()}</div>
        </div>
    }
    .into_any()
}
