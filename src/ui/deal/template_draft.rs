//! What is being written with a template: filled in, checked, and logged.

use super::form::focus_in;
use super::page::Page;
use super::template::Using;
use crate::app::sending::{Place, Sending, When};
use crate::app::template::{Lack, Whom, close_open, fill, lacks, put};
use crate::domain::activity::ActivityKind;
use crate::domain::cadence::TemplateKind;
use crate::domain::change::Edit;
use crate::domain::command::{ActivityDraft, Command, Refusal};
use crate::domain::ids::ContactId;
use crate::domain::party::ContactField;
use crate::domain::query::cadence::contact_of;
use crate::ui::history::Local;
use leptos::html;
use leptos::prelude::*;

/// What is being written.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) page: Page,
    pub(super) using: Using,
    pub(super) kind: TemplateKind,
    pub(super) contact: RwSignal<Option<ContactId>>,
    pub(super) subject: RwSignal<String>,
    pub(super) body: RwSignal<String>,
    pub(super) day: RwSignal<String>,
    pub(super) time: RwSignal<String>,
    pub(super) minutes: RwSignal<String>,
    /// The address, where the contact has none or there is no contact.
    pub(super) address: RwSignal<String>,
    /// That somebody is contacted who asked not to be.
    pub(super) confirmed: RwSignal<bool>,
    /// Whether it was to go out once: from then on what is wrong is shown.
    pub(super) tried: RwSignal<bool>,
    pub(super) error: RwSignal<Option<String>>,
    /// The fields, for going to the first that is wrong.
    pub(super) fields: NodeRef<html::Div>,
}

impl Draft {
    pub(super) fn new(page: Page, using: Using) -> Option<Self> {
        let (template, contact) = page.store.with(|s| {
            let state = &s.world().state;
            let template = state.tables.templates.get(using.template)?.clone();
            let planned = using
                .activity
                .and_then(|id| state.tables.activities.get(id)?.contact);
            let deal = state.tables.deals.get(page.id)?;
            Some((template, planned.or_else(|| contact_of(state, deal))))
        })?;
        let draft = Self {
            page,
            using,
            kind: template.kind,
            contact: RwSignal::new(contact),
            subject: RwSignal::new(template.subject),
            body: RwSignal::new(template.body),
            day: RwSignal::new(String::new()),
            time: RwSignal::new(String::new()),
            minutes: RwSignal::new(template.minutes.map(|m| m.to_string()).unwrap_or_default()),
            address: RwSignal::new(String::new()),
            confirmed: RwSignal::new(false),
            tried: RwSignal::new(false),
            error: RwSignal::new(None),
            fields: NodeRef::new(),
        };
        draft.fill_in();
        Some(draft)
    }

    /// Fills in what is still open.
    pub(super) fn fill_in(self) {
        let contact = self.contact.get_untracked();
        self.page.store.with(|s| {
            let whom = Whom {
                deal: self.page.id,
                contact,
                me: s.me(),
            };
            let state = &s.world().state;
            self.subject.update(|t| *t = fill(state, whom, t, &Local));
            self.body.update(|t| *t = fill(state, whom, t, &Local));
        });
    }

    /// Begins anew for another contact: what was written for one does not fit the next.
    pub(super) fn readdress(self, contact: Option<ContactId>) {
        self.contact.set(contact);
        self.address.set(String::new());
        self.confirmed.set(false);
        let template = self.page.store.with(|s| {
            let t = &s.world().state.tables.templates;
            t.get(self.using.template).cloned()
        });
        if let Some(template) = template {
            self.subject.set(template.subject);
            self.body.set(template.body);
            self.fill_in();
        }
    }

    pub(super) fn gaps(self) -> Vec<Lack> {
        self.page.store.with(|s| {
            let state = &s.world().state;
            let mut all = self.subject.with(|t| lacks(state, t));
            for gap in self.body.with(|t| lacks(state, t)) {
                if !all.contains(&gap) {
                    all.push(gap);
                }
            }
            all
        })
    }

    /// Closes or takes away braces that nothing closes.
    pub(super) fn close_open(self) {
        self.page.store.with(|s| {
            let state = &s.world().state;
            self.subject.update(|t| *t = close_open(state, t));
            self.body.update(|t| *t = close_open(state, t));
        });
        self.fill_in();
    }

    pub(super) fn put(self, field: &str, value: &str) {
        self.subject.update(|t| *t = put(t, field, value));
        self.body.update(|t| *t = put(t, field, value));
    }

    /// The contact's name and address, where one is chosen.
    fn chosen(self) -> Option<(String, Option<String>, bool)> {
        let contact = self.contact.get()?;
        self.page.store.with(|s| {
            let contact = s.world().state.tables.contacts.get(contact)?;
            let address = contact.emails.first().cloned();
            Some((contact.name.clone(), address, contact.do_not_contact))
        })
    }

    /// The one chosen, who has no address yet.
    pub(super) fn without_address(self) -> Option<String> {
        let (name, address, _) = self.chosen()?;
        address.is_none().then_some(name)
    }

    /// The one chosen, who asked not to be contacted.
    pub(super) fn blocked(self) -> Option<String> {
        let (name, _, blocked) = self.chosen()?;
        blocked.then_some(name)
    }

    pub(super) fn email(self) -> String {
        let known = self.chosen().and_then(|(_, address, _)| address);
        known.unwrap_or_else(|| self.address.get().trim().to_owned())
    }

    /// Whether the deal has contacts to choose from.
    pub(super) fn has_choice(self) -> bool {
        self.page.now(|world, deal| {
            let known = |id| world.state.tables.contacts.get(id).is_some();
            deal.contacts.iter().any(|c| known(c.contact))
        })
    }

    fn read(self) -> Result<When, Vec<(Place, String)>> {
        let sending = Sending {
            choice: self.has_choice(),
            chosen: self.chosen().is_some(),
            blocked: self.blocked().is_some(),
            confirmed: self.confirmed.get(),
            address: self.email(),
            subject: self.subject.get(),
            body: self.body.get(),
            day: self.day.get(),
            time: self.time.get(),
            duration: self.minutes.get(),
        };
        sending.check(self.kind)
    }

    /// What is wrong in a place, once it was to go out.
    pub(super) fn wrong(self, place: Place) -> Signal<Option<String>> {
        Signal::derive(move || {
            let wrong = self.tried.get().then(|| self.read().err()).flatten()?;
            wrong
                .into_iter()
                .find_map(|(at, why)| (at == place).then_some(why))
        })
    }

    /// When it is; where something is wrong, shows that and goes there.
    pub(super) fn check(self) -> Option<When> {
        self.tried.set(true);
        let read = untrack(|| self.read());
        if read.is_err() {
            focus_in(
                self.fields,
                &["[aria-invalid=true]", ".template-use__confirm input"],
            );
        }
        read.ok()
    }

    /// Keeps an address that was typed with the contact it belongs to; says whether that worked.
    fn keep_address(self) -> bool {
        let Some(contact) = self.contact.get_untracked() else {
            return true;
        };
        let typed = self.address.get_untracked().trim().to_owned();
        if typed.is_empty() || untrack(|| self.without_address()).is_none() {
            return true;
        }
        let edit = Edit::Contact(contact, ContactField::Emails(vec![typed]));
        match self.page.store.run(Command::EditRecord(vec![edit])) {
            Ok(_) | Err(Refusal::Nothing) => true,
            Err(refusal) => {
                self.error.set(Some(refusal.to_string()));
                false
            }
        }
    }

    /// Writes the activity down; says whether that worked.
    pub(super) fn log(self) -> bool {
        let Some(when) = self.check() else {
            return false;
        };
        let kind = match self.kind {
            TemplateKind::Email => ActivityKind::Email,
            TemplateKind::Call => ActivityKind::Call,
            TemplateKind::Meeting => ActivityKind::Meeting,
        };
        let meeting = kind == ActivityKind::Meeting;
        if kind == ActivityKind::Email && !self.keep_address() {
            return false;
        }
        let store = self.page.store;
        // A planned activity keeps the day it was planned for.
        let before = self
            .using
            .activity
            .and_then(|id| store.with(|s| s.world().state.tables.activities.get(id).cloned()));
        let subject = self.subject.get_untracked();
        let contact = self.contact.get_untracked();
        let mut body = self.body.get_untracked();
        // Without a contact the text says to whom it went.
        if kind == ActivityKind::Email && contact.is_none() {
            body = format!("To: {}\n\n{body}", self.address.get_untracked().trim());
        }
        let draft = ActivityDraft {
            subject: if subject.trim().is_empty() {
                store.with(|s| s.world().state.name_of(self.using.template.into()))
            } else {
                subject
            },
            body,
            deal: Some(self.page.id),
            contact,
            done: !meeting,
            due: when.due.or_else(|| before.as_ref().and_then(|a| a.due)),
            due_minute: when
                .minute
                .or_else(|| before.as_ref().and_then(|a| a.due_minute)),
            duration: when.duration,
            template: Some(self.using.template),
            ..ActivityDraft::new(kind)
        };
        let saved = store.run(Command::SaveActivity {
            id: self.using.activity,
            draft: Box::new(draft),
        });
        match saved {
            Ok(_) | Err(Refusal::Nothing) => {
                self.page.using.set(None);
                true
            }
            Err(refusal) => {
                self.error.set(Some(refusal.to_string()));
                false
            }
        }
    }
}
