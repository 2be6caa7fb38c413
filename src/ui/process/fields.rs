//! Fields: a page of the process. Which fields deals, organisations and contacts have
//! besides the built-in ones.

mod dialogs;
mod row;

use self::dialogs::Dialogs;
use self::row::FieldRow;
use crate::domain::command::Command;
use crate::domain::command::fields::FieldCommand;
use crate::domain::custom::FieldHome;
use crate::domain::ids::FieldId;
use crate::ui::fields::fields_of;
use crate::ui::keys::{self, Group};
use crate::ui::parts::{Button, Glyph, unique_id};
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A dialog of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// For a new field.
    Add(FieldHome),
    /// Whether a field may go.
    Delete(FieldId),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Editor {
    store: Store,
    asked: RwSignal<Option<Asked>>,
}

impl Editor {
    /// Moves a field up or down among the fields of its records.
    fn move_by(self, all: Memo<Vec<FieldId>>, id: FieldId, step: isize) {
        let (at, count) = all.with_untracked(|all| {
            let at = all.iter().position(|f| *f == id).unwrap_or_default();
            (at, all.len())
        });
        let Some(index) = at.checked_add_signed(step).filter(|to| *to < count) else {
            return self.store.announce(if step < 0 {
                "It is the first field"
            } else {
                "It is the last field"
            });
        };
        // Moving its row in the page would lose the focus.
        let focused = document().active_element();
        let focused = focused.and_then(|e| e.dyn_into::<HtmlElement>().ok());
        let command = FieldCommand::Reorder { field: id, index };
        self.store.dispatch(Command::Fields(command));
        let name = self.store.with(|s| s.world().state.name_of(id.into()));
        self.store
            .announce(format!("{name}: place {} of {count}", index + 1));
        request_animation_frame(move || {
            if let Some(element) = focused {
                // It had the focus before, so it takes it again.
                let _ = element.focus();
            }
        });
    }
}

/// The page.
#[component]
pub(super) fn Fields() -> impl IntoView {
    let editor = Editor {
        store: use_store(),
        asked: RwSignal::new(None),
    };
    keys::keys("Alt+Up", "Move the field up", Group::Lists).listed_only();
    keys::keys("Alt+Down", "Move the field down", Group::Lists).listed_only();
    view! {
        <div class="own-page">
            <p class="page__lead">
                "What you need to know about deals, organisations and contacts besides what is there already. Fields stand in forms and pages in this order, are found by the search, and are part of imports and exports."
            </p>
            {FieldHome::ALL.iter().map(|home| view! { <Home editor home=*home/> }).collect_view()}
        </div>
        <Dialogs editor/>
    }
}

/// The fields of one kind of record.
#[component]
fn Home(editor: Editor, home: FieldHome) -> impl IntoView {
    let all = fields_of(editor.store, home);
    let heading = unique_id("fields");
    let add = move |_| editor.asked.set(Some(Asked::Add(home)));
    view! {
        <section class="own-home" aria-labelledby=heading.clone() data-home=home.code()>
            <div class="own-home__head">
                <h2 id=heading.clone()>{home.label()}</h2>
                <Button icon=Glyph::Plus on_click=add attr:aria-label=format!("Add a field to {}", home.counted(2))>"Add a field"</Button>
            </div>
            <ol class="own-list" aria-label=format!("Fields of {} in order", home.counted(2))>
                <For each=move || all.get() key=|id| *id let(id)>
                    <FieldRow editor home all id/>
                </For>
            </ol>
            {move || all.with(Vec::is_empty).then(|| view! {
                <p class="own-home__none">{format!("No own fields of {} yet.", home.counted(2))}</p>
            })}
        </section>
    }
}
