//! The first component: waits for the data, then shows the application.

use super::lazy::{self, Part};
use super::store::Store;
use crate::shell::runtime::{Boot, Missing, Runtime, boot};
use crate::ui::parts::block;
use leptos::prelude::*;

/// How far starting is.
#[derive(Clone)]
enum Phase {
    Loading,
    Ready(StoredValue<Runtime, LocalStorage>, Vec<String>),
    Missing(
        StoredValue<Runtime, LocalStorage>,
        StoredValue<Missing, LocalStorage>,
    ),
    Refused(String),
}

/// Boots, then shows the application, the recovery screen or the reason why neither.
#[component]
pub fn Root() -> impl IntoView {
    let phase = RwSignal::new(Phase::Loading);
    leptos::task::spawn_local(async move {
        let next = match boot().await {
            Boot::Ready(runtime, problems) => {
                Phase::Ready(StoredValue::new_local(runtime), problems)
            }
            Boot::Missing(runtime, missing) => Phase::Missing(
                StoredValue::new_local(runtime),
                StoredValue::new_local(missing),
            ),
            Boot::Refused(why) => Phase::Refused(why),
        };
        phase.set(next);
        drop_skeleton();
        lazy::load_rest();
    });
    block(move || match phase.get() {
        Phase::Loading => ().into_any(),
        Phase::Ready(runtime, problems) => {
            provide_context(Store::new(runtime.get_value()));
            view! { <super::frame::App problems /> }.into_any()
        }
        Phase::Missing(runtime, missing) => {
            provide_context(Store::new(runtime.get_value()));
            lazy::page(Part::Recovery {
                missing: missing.get_value(),
            })
        }
        Phase::Refused(why) => view! {
            <main class="refused">
                <h1>"Fairlead cannot open your data"</h1>
                <p>{why}</p>
                <p>"Nothing has been changed or deleted."</p>
            </main>
        }
        .into_any(),
    })
}

/// Takes away the still picture that was shown while the program was loading.
fn drop_skeleton() {
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}
