//! The deal form in its side sheet: opening, saving, leaving.

use super::draft::{Draft, use_draft};
use super::fields::{Closing, Main};
use super::more::{Custom, More, NextStep};
use crate::app::form::deal::DealForm;
use crate::app::form::sale::Further;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::domain::command::OrNew;
use crate::domain::deal::{BuyingRole, DealKind};
use crate::domain::ids::{ContactId, DealId, OrgId, StageId};
use crate::shell::intl;
use crate::ui::nav;
use crate::ui::parts::{Button, ButtonKind, Dialog, DialogKind, Empty, Glyph, Icon, settled};
use crate::ui::store::use_store;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What a deal form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormTarget {
    /// A new deal, in this stage or the first open one.
    New(Option<StageId>),
    /// A deal there is.
    Edit(DealId),
    /// A further deal with an organisation.
    Further(Further),
}

thread_local! {
    /// The stage the next new deal starts in.
    static STAGE: Cell<Option<StageId>> = const { Cell::new(None) };
    /// What is sold with the next new deal.
    static TITLE: RefCell<String> = const { RefCell::new(String::new()) };
    /// What the next new deal follows from.
    static FURTHER: Cell<Option<Further>> = const { Cell::new(None) };
    /// To whom the next new deal is sold, and with whom.
    static FOR: RefCell<(Option<OrgId>, Option<ContactId>)> = const { RefCell::new((None, None)) };
    /// What was typed into a form that was left without saving or discarding it, such as
    /// by the browser's back button.
    static LEFT: RefCell<Option<(FormTarget, DealForm)>> = const { RefCell::new(None) };
}

/// Opens the form of a new deal with a stage chosen.
pub fn new_deal_in(stage: StageId) {
    STAGE.set(Some(stage));
    nav::go(Route::NewDeal);
}

/// The same with its title typed already.
pub fn new_deal_titled(stage: StageId, title: String) {
    TITLE.set(title);
    new_deal_in(stage);
}

/// Opens the form of a further deal with an organisation, with what is known filled in.
pub fn further_deal(further: Further) {
    FURTHER.set(Some(further));
    nav::go(Route::NewDeal);
}

/// Opens the form of a new deal for an organisation, with a contact.
pub fn new_deal_for(organisation: Option<OrgId>, contact: Option<ContactId>) {
    FOR.replace((organisation, contact));
    nav::go(Route::NewDeal);
}

/// An empty form for whoever [`new_deal_for`] named.
fn blank(session: &Session, stage: Option<StageId>) -> DealForm {
    let mut form = DealForm::blank(session.world(), stage, session.me());
    form.title = TITLE.take();
    let (organisation, contact) = FOR.take();
    if let Some(org) = organisation {
        form.organisation = Some(OrNew::Known(org));
    }
    if let Some(who) = contact {
        let theirs = session.world().state.tables.contacts.get(who);
        let role = theirs.map_or(BuyingRole::Unknown, |c| c.role);
        form.contacts.push((OrNew::Known(who), role));
    }
    form
}

/// The form of the deal the address names, over the page it was opened from. Stands once
/// in the frame.
#[component]
pub fn DealForms() -> impl IntoView {
    let route = nav::use_route();
    let target = Memo::new(move |_| match route.get() {
        Route::NewDeal => Some(match FURTHER.take() {
            Some(further) => FormTarget::Further(further),
            None => FormTarget::New(STAGE.take()),
        }),
        Route::EditDeal(deal) => Some(FormTarget::Edit(deal)),
        _ => None,
    });
    let on_close = move |_| match target.get_untracked() {
        Some(FormTarget::Edit(deal)) => nav::back_or(Route::Deal(deal)),
        _ => nav::back_or(Route::Board(None)),
    };
    view! { <DealFormDialog target on_close/> }
}

/// The form of a deal, in a sheet at the side, while it has a target.
///
/// `on_close` is called with the deal when it was saved, and with none when the person gave
/// up; whoever holds the target then takes it away.
#[component]
pub fn DealFormDialog(
    /// What it is for; none while closed.
    #[prop(into)]
    target: Signal<Option<FormTarget>>,
    /// Called when the form is done with.
    #[prop(into)]
    on_close: UnsyncCallback<Option<DealId>>,
) -> impl IntoView {
    let on_close = StoredValue::new_local(on_close);
    let close = move |saved| on_close.get_value().run(saved);
    move || {
        let target = target.get()?;
        let store = use_store();
        let opened = store.with(|s| {
            let form = match target {
                FormTarget::New(stage) => Some(blank(s, stage)),
                FormTarget::Edit(deal) => DealForm::from_deal(s.world(), deal),
                FormTarget::Further(further) => Some(further.form(s.world(), s.me())),
            };
            form.map(|form| form.written(s.world(), intl::decimal()))
        });
        Some(match opened {
            Some(opened) => view! { <OpenForm target opened close/> }.into_any(),
            None => view! { <GoneForm close/> }.into_any(),
        })
    }
}

/// Says that the deal to be edited is not there.
#[component]
fn GoneForm(
    /// Called to close it.
    #[prop(into)]
    close: UnsyncCallback<Option<DealId>>,
) -> impl IntoView {
    view! {
        <Dialog open=true on_close=move |()| close.run(None) title="Edit deal" kind=DialogKind::Sheet>
            <Empty
                glyph=Glyph::Trash
                title="This deal is not there"
                text="It may have been deleted, here or in another tab. The history can bring it back."
            />
        </Dialog>
    }
}

/// A form that is open.
#[component]
fn OpenForm(
    /// What it is for.
    target: FormTarget,
    /// The form to begin with.
    opened: DealForm,
    /// Called when it is done with.
    #[prop(into)]
    close: UnsyncCallback<Option<DealId>>,
) -> impl IntoView {
    let store = use_store();
    let left = LEFT
        .take()
        .filter(|(of, typed)| *of == target && *typed != opened);
    let came_back = left.is_some();
    let draft = Draft::new(store, opened, left.map(|(_, typed)| typed));
    let body = NodeRef::<html::Div>::new();
    let asking = RwSignal::new(false);
    let over = StoredValue::new(false);
    on_cleanup(move || {
        if !over.get_value() && draft.is_dirty_now() {
            LEFT.set(Some((target, draft.form.get_untracked())));
        }
    });
    let finish = move |saved: Option<DealId>| {
        over.set_value(true);
        close.run(saved);
    };
    let ask = move |()| {
        if draft.is_dirty_now() {
            asking.set(true);
        } else {
            finish(None);
        }
    };
    let save = move |another: bool| {
        if body.get_untracked().is_some_and(|body| !settled(&body)) {
            return;
        }
        match draft.save() {
            Ok(_) if another => {
                draft.begin_another();
                focus_in(body, &["[data-field=title] input"]);
            }
            Ok(saved) => finish(saved),
            Err(()) if store.is_gated() => {
                let deal = draft.form.with_untracked(|form| form.deal);
                store.after_gate(move || finish(deal));
            }
            Err(()) => focus_in(body, &["[aria-invalid=true]", ".deal-form__summary a"]),
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.repeat() {
            event.prevent_default();
            save(event.shift_key() && !matches!(target, FormTarget::Edit(_)));
        }
    };
    let (title, new) = match target {
        FormTarget::New(_) => ("New deal", true),
        FormTarget::Edit(_) => ("Edit deal", false),
        FormTarget::Further(further) => match further.kind {
            DealKind::New => ("New deal", true),
            DealKind::Renewal => ("New renewal deal", true),
            DealKind::Upsell => ("New upsell deal", true),
            DealKind::CrossSell => ("New cross-sell deal", true),
        },
    };
    let save = StoredValue::new_local(save);
    let run = move |another| save.with_value(|save| save(another));
    let ask = StoredValue::new_local(ask);
    let footer = move || view! { <Footer new run cancel=move |()| ask.with_value(|ask| ask(()))/> };
    view! {
        <Dialog
            open=true
            on_close=move |()| ask.with_value(|ask| ask(()))
            title
            kind=DialogKind::Sheet
            backdrop_closes=false
            class="deal-sheet"
            footer
        >
            {provide_context(draft)}
            <div class="deal-form" node_ref=body on:keydown=on_key>
                {came_back.then(|| view! { <p class="deal-form__back">"What you had typed before is still here."</p> })}
                <Summary body/>
                <Main/>
                <super::form_lines::Lines/>
                <Closing/>
                <NextStep/>
                <More/>
                <Custom/>
            </div>
        </Dialog>
        <Discard open=asking on_discard=move |()| finish(None)/>
    }
}

/// The buttons below the form.
#[component]
fn Footer(
    /// For a new deal there is one more button.
    new: bool,
    /// Called to save; with true to go on with another deal.
    #[prop(into)]
    run: UnsyncCallback<bool>,
    /// Called to give up.
    #[prop(into)]
    cancel: UnsyncCallback<()>,
) -> impl IntoView {
    view! {
        <Button kind=ButtonKind::Ghost class="push" on_click=move |_| cancel.run(())>"Cancel"</Button>
        {new.then(|| view! {
            <Button kbd="Mod+Shift+Enter" on_click=move |_| run.run(true)>"Save and add another"</Button>
        })}
        <Button kind=ButtonKind::Primary kbd="Mod+Enter" on_click=move |_| run.run(false)>
            {if new { "Add deal" } else { "Save" }}
        </Button>
    }
}

/// Asks before what was typed is thrown away.
#[component]
fn Discard(
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// Called when it may go.
    #[prop(into)]
    on_discard: UnsyncCallback<()>,
) -> impl IntoView {
    let footer = move || {
        view! {
            <Button attr:autofocus="" on_click=move |_| open.set(false)>"Keep editing"</Button>
            <Button kind=ButtonKind::Danger on_click=move |_| on_discard.run(())>"Discard"</Button>
        }
    };
    view! {
        <Dialog open on_close=move |()| open.set(false) title="Discard what you typed?" kind=DialogKind::Small footer>
            <p>"It has not been saved."</p>
        </Dialog>
    }
}

/// What has to be put right before the form can be saved, each a link to its field.
#[component]
fn Summary(
    /// The form.
    body: NodeRef<html::Div>,
) -> impl IntoView {
    let draft = use_draft();
    let line = move |field: Cow<'static, str>, message: String| {
        let label = draft.label(&field);
        let go = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            focus_in(
                body,
                &[&format!(
                    "[data-field='{field}'] :is(input, select, textarea, [role=radio][tabindex='0'])"
                )],
            );
        };
        view! {
            <li>
                <a href="#" on:click=go>{label}</a>
                <span>{message}</span>
            </li>
        }
    };
    let problems = Memo::new(move |_| draft.summary());
    view! {
        <div role="alert">
            {move || problems.with(|all| (!all.is_empty()).then(|| {
                let count = match all.len() {
                    1 => String::from("One thing needs your attention"),
                    n => format!("{n} things need your attention"),
                };
                let lines = all.iter().map(|e| line(e.field.clone(), e.message.clone())).collect_view();
                view! {
                    <div class="deal-form__summary">
                        <Icon glyph=Glyph::Warning/>
                        <div>
                            <p class="deal-form__count">{count}</p>
                            <ul>{lines}</ul>
                        </div>
                    </div>
                }
            }))}
        </div>
    }
}

/// Focuses the first element in the form that one of the selectors names, the earlier
/// selectors first, once it is drawn.
pub(super) fn focus_in(body: NodeRef<html::Div>, selectors: &[&str]) {
    let selectors: Vec<String> = selectors.iter().map(|&s| s.to_owned()).collect();
    request_animation_frame(move || {
        let Some(body) = body.try_get_untracked().flatten() else {
            return;
        };
        let mut found = selectors
            .iter()
            .filter_map(|s| body.query_selector(s).ok()?);
        if let Some(found) = found.next().and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            // Fails only for an element that cannot take the focus.
            let _ = found.focus();
        }
    });
}
