//! Several of a list: chips, and a box to add one more.

use crate::ui::parts::{Chip, ComboOption, Combobox};
use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

/// Chips of what is chosen with a combobox before them.
#[component]
pub fn PickMany(
    /// Everything there is to choose.
    #[prop(into)]
    options: Signal<Vec<ComboOption>>,
    /// The ids chosen, in order.
    #[prop(into)]
    chosen: Signal<Vec<String>>,
    /// Called with the ids as they should be now.
    #[prop(into)]
    on_change: UnsyncCallback<Vec<String>>,
    /// Shown in the box.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
) -> impl IntoView {
    let open = Memo::new(move |_| {
        let chosen = chosen.get();
        let left = options
            .get()
            .into_iter()
            .filter(|o| !chosen.contains(&o.id));
        left.collect::<Vec<_>>()
    });
    let label = move |id: &str| {
        let found = options.with(|all| all.iter().find(|o| o.id == id).map(|o| o.label.clone()));
        found.unwrap_or_else(|| String::from("No longer there"))
    };
    let add = move |id: String| {
        if !id.is_empty() {
            let mut all = chosen.get_untracked();
            all.push(id);
            on_change.run(all);
        }
    };
    let chip = move |id: String| {
        let (text, own) = (label(&id), id.clone());
        let remove = move |()| {
            let left = chosen
                .get_untracked()
                .into_iter()
                .filter(|other| *other != own);
            on_change.run(left.collect());
        };
        view! {
            <li><Chip remove_label=format!("Remove {text}") on_remove=remove>{text.clone()}</Chip></li>
        }
    };
    view! {
        <div class="pick-many">
            <Combobox options=open value="" on_pick=add clearable=false placeholder/>
            {move || (!chosen.with(Vec::is_empty)).then(|| view! {
                <ul class="tags" aria-label="Chosen">
                    {chosen.get().into_iter().map(chip).collect_view()}
                </ul>
            })}
        </div>
    }
}
