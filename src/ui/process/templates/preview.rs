//! How a template reads for one deal.

use crate::app::template::{Whom, fill, gaps};
use crate::domain::change::Kind;
use crate::domain::deal::{Deal, Status};
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use crate::ui::history::Local;
use crate::ui::parts::*;
use crate::ui::store::Store;
use leptos::prelude::*;

/// The most deals to choose from by typing; open ones and recent ones first.
const MOST: usize = 2_000;

/// The preview, with the deal it is for.
#[component]
pub(super) fn Preview(
    store: Store,
    subject: Signal<String>,
    body: Signal<String>,
) -> impl IntoView {
    let options = Memo::new(move |_| {
        store.track_kind(Kind::Deal);
        store.with(|s| {
            let world = s.world();
            let mut deals: Vec<&Deal> = world.state.tables.deals.iter().collect();
            deals.order_by_key(|d| {
                let without = d.contacts.is_empty();
                (
                    d.outcome.status() != Status::Open,
                    without,
                    std::cmp::Reverse(d.placement.since),
                    d.id,
                )
            });
            deals.truncate(MOST);
            let option = |d: &Deal| ComboOption {
                id: d.id.to_string(),
                label: d.title.clone(),
                detail: d
                    .organisation
                    .map(|o| world.state.name_of(o.into()))
                    .unwrap_or_default(),
            };
            deals.into_iter().map(option).collect::<Vec<_>>()
        })
    });
    let chosen = RwSignal::new(None::<DealId>);
    let deal = Memo::new(move |_| {
        let first = || options.with(|all| all.first().and_then(|o| o.id.parse().ok()));
        chosen.get().or_else(first)
    });
    let shown = Memo::new(move |_| {
        let deal = deal.get()?;
        store.track(deal);
        store.with(|s| {
            let whom = Whom {
                deal,
                contact: None,
                me: s.me(),
            };
            let state = &s.world().state;
            let subject = subject.with(|t| fill(state, whom, t, &Local));
            let body = body.with(|t| fill(state, whom, t, &Local));
            Some((subject, body))
        })
    });
    let open = move || {
        shown.with(|shown| {
            let mut all: Vec<String> = Vec::new();
            for text in shown.iter().flat_map(|(a, b)| [a, b]) {
                all.extend(gaps(text));
            }
            all.dedup();
            all
        })
    };
    view! {
        <section class="template-preview" aria-labelledby="template-preview">
            <div class="template-preview__head">
                <h2 id="template-preview">"Preview"</h2>
                <Field label="For the deal" class="template-preview__deal">
                    <Combobox
                        options
                        value=Signal::derive(move || deal.get().map(|id| id.to_string()).unwrap_or_default())
                        on_pick=move |id: String| chosen.set(id.parse().ok())
                        clearable=false
                        placeholder="Choose a deal"
                    />
                </Field>
            </div>
            {move || match shown.get() {
                None => view! { <p class="deal-group__known">"There is no deal to show it for yet."</p> }.into_any(),
                Some((subject, body)) => view! {
                    {(!subject.trim().is_empty()).then(|| view! { <p class="template-preview__subject">{subject}</p> })}
                    <p class="template-preview__body">{body}</p>
                }
                .into_any(),
            }}
            {move || {
                let open = open();
                (!open.is_empty()).then(|| view! {
                    <p class="template-preview__gaps"><Icon glyph=Glyph::Warning/>{format!("Nothing to put here for this deal: {}", open.join(", "))}</p>
                })
            }}
        </section>
    }
}
