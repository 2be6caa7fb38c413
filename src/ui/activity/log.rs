//! Writing an activity down from anywhere: about what, which kind, what, done or to do.

use super::about::About;
use crate::app::form::FieldError;
use crate::app::form::activity::ActivityForm;
use crate::app::route::Route;
use crate::domain::activity::ActivityKind;
use crate::domain::ids::{ContactId, OrgId};
use crate::ui::deal::Composer;
use crate::ui::nav;
use crate::ui::parts::{Dialog, DialogKind};
use crate::ui::store::Store;
use leptos::prelude::*;

/// The dialog's state; cheap to copy.
#[derive(Clone, Copy)]
pub struct Logging {
    pub(in crate::ui) open: RwSignal<bool>,
    form: RwSignal<ActivityForm>,
}

impl Default for Logging {
    fn default() -> Self {
        Self::new()
    }
}

impl Logging {
    /// Closed.
    #[must_use]
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            form: RwSignal::new(ActivityForm::empty(ActivityKind::Call)),
        }
    }

    /// Opens it for what the page is about, if that is a deal, an organisation or a contact.
    /// What was typed and not saved is still there.
    pub fn open(self, store: Store) {
        if store.with(|s| s.world().state.is_new()) {
            return;
        }
        let route = nav::use_route().get_untracked();
        self.form.update(|form| {
            if !form.text.trim().is_empty() {
                return;
            }
            let mut fresh = ActivityForm::empty(form.kind);
            match route {
                Route::Deal(id) => fresh.deal = Some(id),
                Route::Organisation(id) => fresh.organisation = Some(id),
                Route::Contact(id) => fresh.contact = Some(id),
                _ => {}
            }
            *form = fresh;
        });
        self.open.set(true);
    }

    /// Opens it for an organisation or a contact.
    pub fn about(self, organisation: Option<OrgId>, contact: Option<ContactId>) {
        self.form.set(ActivityForm {
            organisation,
            contact,
            ..ActivityForm::empty(ActivityKind::Call)
        });
        self.open.set(true);
    }

    /// Opens it with a form begun elsewhere, such as for a day of the calendar.
    pub fn with(self, form: ActivityForm) {
        self.form.set(form);
        self.open.set(true);
    }
}

/// The dialog.
#[component]
pub fn LogDialog(
    /// Its state.
    logging: Logging,
) -> impl IntoView {
    let Logging { open, form } = logging;
    let close = move || open.set(false);
    let wrong = RwSignal::new(Vec::<FieldError>::new());
    view! {
        <Dialog
            open=open
            on_close=move |()| close()
            title="Log or plan an activity"
            kind=DialogKind::Medium
            backdrop_closes=false
            class="log"
        >
            {move || {
                // Where it is said already what it is about, the text comes first.
                let linked = form.with_untracked(|f| f.deal.is_some() || f.organisation.is_some() || f.contact.is_some());
                view! {
                    <About form wrong autofocus=!linked/>
                    <Composer begin=form.get_untracked() kept=form wrong main=true autofocus=linked on_saved=move |()| close()/>
                }
            }}
        </Dialog>
    }
}
