//! What happens to deals that are here already.

use leptos::prelude::*;

use super::wizard::Wizard;
use crate::app::import::{Again as AgainChoice, grouped};
use crate::ui::parts::{Choice, Segmented};

/// What happens to deals whose id is here already.
#[component]
pub(super) fn Again(
    /// The import.
    wizard: Wizard,
) -> impl IntoView {
    let known = Memo::new(move |_| {
        wizard
            .survey
            .with(|s| s.as_ref().map_or(0, |s| s.here_already))
    });
    let value = move || {
        wizard
            .plan
            .with(|p| match p.again {
                AgainChoice::Update => "update",
                AgainChoice::Leave => "leave",
                AgainChoice::Add => "add",
            })
            .to_owned()
    };
    let set = move |code: String| {
        let again = match code.as_str() {
            "leave" => AgainChoice::Leave,
            "add" => AgainChoice::Add,
            _ => AgainChoice::Update,
        };
        wizard.change(|plan| plan.again = again);
    };
    let options = || {
        vec![
            Choice::new("update", "Bring them up to date"),
            Choice::new("leave", "Leave them as they are"),
            Choice::new("add", "Add them again"),
        ]
    };
    move || {
        let count = known.get();
        (count > 0).then(|| view! {
            <section class="import-part" aria-labelledby="import-again">
                <h2 id="import-again">"Here already"</h2>
                <p class="import-part__about">
                    {format!("{} of the files {} here already, known by the id. Blank cells never wipe what is here.", grouped(count), if count == 1 { "is" } else { "are" })}
                </p>
                <Segmented options=options() value=Signal::derive(value) on_change=set label="Deals that are here already"/>
            </section>
        })
    }
}
