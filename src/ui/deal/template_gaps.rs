//! What a text made from a template still lacks, each to be filled in.

use super::template_draft::Draft;
use crate::app::template::Lack;
use crate::ui::parts::*;
use leptos::prelude::*;

/// Fields with nothing to put in: each to be filled in here, or written over in the text.
#[component]
pub(super) fn Gaps(draft: Draft) -> impl IntoView {
    let all = Memo::new(move |_| draft.gaps());
    let row = move |lack: Lack| {
        match lack {
        Lack::Empty(name) => {
            let why = String::from("This deal has nothing to put here.");
            view! { <Gap draft name why near=None/> }.into_any()
        }
        Lack::Unknown(name, near) => {
            let why = match &near {
                Some(near) => format!("There is no such field. Did you mean {near}?"),
                None => String::from("There is no such field."),
            };
            view! { <Gap draft name why near/> }.into_any()
        }
        Lack::Open(after) => view! {
            <li class="template-gap">
                <p class="template-gap__open">"“{{"{after}"” is not closed by “}}”."</p>
                <Button size=ButtonSize::Small on_click=move |_| draft.close_open()>"Put it right"</Button>
            </li>
        }
        .into_any(),
    }
    };
    move || {
        all.with(|all| !all.is_empty()).then(|| view! {
            <div class="template-gaps" role="group" aria-label="Still to be filled in">
                <p class="template-gaps__title"><Icon glyph=Glyph::Warning/>"Still to be filled in, here or in the text"</p>
                <ul><For each=move || all.get() key=Lack::clone children=row/></ul>
            </div>
        })
    }
}

/// One field, with why nothing stands there and, where a name was meant that is like it, a
/// button that takes that one.
#[component]
fn Gap(draft: Draft, name: String, why: String, near: Option<String>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let own = StoredValue::new(name.clone());
    let fill = move || {
        let value = typed.get_untracked();
        if !value.trim().is_empty() {
            own.with_value(|own| draft.put(own, value.trim()));
        }
    };
    let meant = near.map(|near| {
        let label = format!("Use {near}");
        let take = move |_| {
            own.with_value(|own| draft.put(own, &format!("{{{{{near}}}}}")));
            draft.fill_in();
        };
        view! { <Button size=ButtonSize::Small on_click=take>{label}</Button> }
    });
    view! {
        <li class="template-gap">
            <Field label=name error=Some(why)>
                <TextInput value=typed on_input=move |text| typed.set(text) on_commit=move |_| fill() placeholder="Fill it in"/>
            </Field>
            <div class="template-gap__buttons">
                <Button size=ButtonSize::Small on_click=move |_| fill()>"Fill in"</Button>
                {meant}
            </div>
        </li>
    }
}
