//! Several e-mail addresses or telephone numbers: add, change, remove, put first.

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::change::Edit;
use crate::ui::parts::*;
use crate::ui::records::change;
use crate::ui::stages::Draft;
use crate::ui::store::use_store;

/// Makes the edit of the whole list.
type MakeEdit = Arc<dyn Fn(Vec<String>) -> Edit + Send + Sync>;

/// The list; the first one is first choice.
#[component]
pub(super) fn Ways(
    /// What they are: "E-mail".
    label: &'static str,
    /// What one more is called: "Add an e-mail address".
    add: &'static str,
    /// The native type of the control.
    kind: &'static str,
    /// The list.
    #[prop(into)]
    value: Signal<Vec<String>>,
    /// The edit that sets it.
    set: impl Fn(Vec<String>) -> Edit + Send + Sync + 'static,
) -> impl IntoView {
    let store = use_store();
    let set: MakeEdit = Arc::new(set);
    let set = StoredValue::new(set);
    let (draft, adding) = (Draft::new(), RwSignal::new(false));
    let box_ref = NodeRef::<leptos::html::Input>::new();
    let save = move |list: Vec<String>, draft: Draft| {
        let edit = set.with_value(|set| set(list));
        let outcome = store.run(change(vec![edit]));
        let done = outcome.is_ok();
        draft.settle(outcome);
        done
    };
    let add_one = move |text: String| {
        if text.trim().is_empty() {
            draft.drop_it();
            adding.set(false);
            return;
        }
        let mut list = value.get_untracked();
        list.push(text);
        if save(list, draft) {
            adding.set(false);
        }
    };
    let begin = move |_| {
        adding.set(true);
        request_animation_frame(move || {
            if let Some(input) = box_ref.try_get_untracked().flatten() {
                // A control in the page takes the focus.
                let _ = input.focus();
            }
        });
    };
    let keep = move |list: Vec<String>, draft: Draft| {
        save(list, draft);
    };
    let count = Memo::new(move |_| value.with(Vec::len));
    let places = move || (0..count.get()).collect::<Vec<usize>>();
    view! {
        <div class="ways" role="group" aria-label=label>
            <span class="ways__label" aria-hidden="true">{label}</span>
            <div class="ways__list">
                <For each=places key=|at| *at let(at)>
                    <Way label kind value at save=keep/>
                </For>
                {move || adding.get().then(|| view! {
                    <Field label=add label_hidden=true error=draft.error()>
                        <TextInput kind node_ref=box_ref value=draft.or(String::new) on_input=move |t| draft.typed(t) on_commit=add_one/>
                    </Field>
                })}
                {move || (!adding.get()).then(|| view! {
                    <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Plus on_click=begin>{add}</Button>
                })}
            </div>
        </div>
    }
}

/// One of them.
#[component]
fn Way(
    label: &'static str,
    kind: &'static str,
    value: Signal<Vec<String>>,
    at: usize,
    save: impl Fn(Vec<String>, Draft) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let draft = Draft::new();
    let own = move || value.with(|list| list.get(at).cloned().unwrap_or_default());
    let commit = move |text: String| {
        let mut list = value.get_untracked();
        if at >= list.len() {
            return;
        }
        if text.trim().is_empty() {
            list.remove(at);
        } else {
            list[at] = text;
        }
        save(list, draft);
    };
    let to_front = move |_| {
        let mut list = value.get_untracked();
        if at < list.len() {
            let first = list.remove(at);
            list.insert(0, first);
            save(list, draft);
        }
    };
    let remove = move |_| {
        let mut list = value.get_untracked();
        if at < list.len() {
            list.remove(at);
            crate::ui::nav::rescue_focus();
            save(list, draft);
        }
    };
    let link = move || {
        let text = own();
        let scheme = if kind == "email" { "mailto" } else { "tel" };
        format!("{scheme}:{}", text.replace(' ', ""))
    };
    let act = if kind == "email" { "Write to" } else { "Call" };
    let glyph = if kind == "email" {
        Glyph::Mail
    } else {
        Glyph::Phone
    };
    view! {
        <div class="ways__one">
            <Field label=format!("{label} {}", at + 1) label_hidden=true error=draft.error()>
                <TextInput kind value=draft.or(own) on_input=move |t| draft.typed(t) on_commit=commit/>
            </Field>
            <a class="btn btn--ghost btn--sm btn--icon" href=link aria-label=move || format!("{act} {}", own()) title=move || format!("{act} {}", own())>
                <Icon glyph/>
            </a>
            {(at > 0).then(|| view! {
                <IconButton size=ButtonSize::Small label=Signal::derive(move || format!("Put {} first", own())) glyph=Glyph::ArrowUp on_click=to_front/>
            })}
            <IconButton size=ButtonSize::Small label=Signal::derive(move || format!("Remove {}", own())) glyph=Glyph::Close on_click=remove/>
        </div>
    }
}
