//! What is always in sight while the past is looked at.

use leptos::prelude::*;

use crate::app::session::Tone;
use crate::domain::value::parse_date;
use crate::shell::clock;
use crate::ui::fmt;
use crate::ui::parts::{
    Button, ButtonKind, ButtonSize, DateField, Glyph, Icon, Progress, block, effect,
};
use crate::ui::store::{Store, use_store};

/// The bar that says which day is shown, and leads to others and back.
#[component]
pub(super) fn LookingBack() -> impl IntoView {
    let store = use_store();
    mark_page(store);
    let going = move || {
        store.turning().get().map(|(done, all)| {
            view! {
                <div class="past past--going">
                    <Progress label="Going through the history" value=Some(done as f64) max=all.max(1) as f64/>
                </div>
            }
        })
    };
    let day = move || store.past().get().map(|day| day.to_string());
    let empty = move || store.with(|s| s.world().board.deal_count() == 0);
    let bar = move || {
        store.past().get().map(|at| {
            view! {
                <section class="past" aria-label="Looking back">
                    <Icon glyph=Glyph::History/>
                    <p class="past__text">
                        <strong>{format!("As it was at the end of {}.", fmt::date(at))}</strong>
                        {if empty() { " There was no deal yet." } else { " Nothing can be changed here." }}
                    </p>
                    <DateField
                        label=Some(String::from("Day to look at"))
                        value=Signal::derive(move || day().unwrap_or_default())
                        max=Some(clock::today().to_string())
                        lasting=true
                        on_change=move |date: String| go(store, &date)
                    />
                    <Button size=ButtonSize::Small kind=ButtonKind::Primary on_click=move |_| store.back_to_today()>"Back to today"</Button>
                </section>
            }
        })
    };
    view! { {block(going)} {block(bar)} }
}

/// Goes to a day, "2026-03-01"; today is the present, and what is still to come cannot be seen.
pub fn go(store: Store, date: &str) {
    let Some(day) = parse_date(date) else {
        return;
    };
    let today = clock::today();
    if day > today {
        return store.say(
            "That day is still to come. The forecast says what may be then.",
            Tone::Refused,
        );
    }
    if day == today {
        return store.back_to_today();
    }
    leptos::task::spawn_local(async move {
        if let Err(why) = store.look_at(day).await {
            let text = format!("The history could not be read: {why}");
            store.say(text, Tone::Refused);
        }
    });
}

/// The whole page looks different while the past is looked at, and prints so.
fn mark_page(store: Store) {
    effect(move || {
        let Some(html) = document().document_element() else {
            return;
        };
        // A name without spaces is always taken.
        let _ = match store.past().get() {
            Some(_) => html.set_attribute("data-past", "yes"),
            None => html.remove_attribute("data-past"),
        };
    });
}
