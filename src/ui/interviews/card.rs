//! An interview as it is read.

use crate::app::form::insight::InterviewForm;
use crate::app::route::Route;
use crate::domain::command::Command;
use crate::domain::ids::InterviewId;
use crate::ui::deal::StatusChip;
use crate::ui::fmt;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The interview, with buttons to change and to delete it.
#[component]
pub fn InterviewCard(
    /// Which.
    id: InterviewId,
    /// Opens its form.
    form: RwSignal<Option<InterviewForm>>,
    /// Names the deal, where that is not clear from around.
    #[prop(optional)]
    deal: bool,
) -> impl IntoView {
    let store = use_store();
    let found = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.interviews.get(id).cloned())
    });
    let said = |label: &'static str, text: String| {
        (!text.trim().is_empty())
            .then(|| view! { <div class="interview__said"><dt>{label}</dt><dd>{text}</dd></div> })
    };
    let edit = move |_| {
        form.set(found.with_untracked(|i| i.as_ref().and_then(InterviewForm::of)));
    };
    let delete = move |_| {
        store.dispatch(Command::Delete(vec![id.into()]));
        nav::rescue_focus();
    };
    move || {
        found.get().map(|i| {
            let (about, who) = store.with(|s| {
                let state = &s.world().state;
                let about = i.deal.and_then(|id| {
                    let deal = state.tables.deals.get(id)?;
                    Some((id, deal.title.clone(), deal.outcome.status()))
                });
                let name = |e: Option<crate::domain::change::EntityRef>| e.map(|e| state.name_of(e));
                let who = [
                    name(i.contact.map(Into::into)).map(|n| format!("with {n}")),
                    name(i.by.map(Into::into)).map(|n| format!("by {n}")),
                    i.on.map(fmt::date),
                ];
                (about, who.into_iter().flatten().collect::<Vec<_>>().join(", "))
            });
            let label = about.as_ref().map(|(_, title, _)| title.clone()).unwrap_or_default();
            view! {
                <li class="interview">
                    <div class="interview__head">
                        {deal.then(|| about.map(|(id, title, status)| view! {
                            <a class="interview__deal" href=Route::Deal(id).print()>{title}</a>
                            <StatusChip status/>
                        }))}
                        <span class="interview__tools">
                            <IconButton size=ButtonSize::Small label=format!("Change the interview about {label}") glyph=Glyph::Pencil on_click=edit/>
                            <IconButton size=ButtonSize::Small label=format!("Delete the interview about {label}") glyph=Glyph::Trash on_click=delete/>
                        </span>
                    </div>
                    <p class="interview__who">{who}</p>
                    {(!i.decided.is_empty()).then(|| view! { <p class="interview__decided">{i.decided.clone()}</p> })}
                    <dl class="interview__rest">
                        {said("Done well", i.well)}
                        {said("To do better", i.better)}
                        {said("Notes", i.notes)}
                    </dl>
                </li>
            }
        })
    }
}
