//! The deal form while it is open: what was typed, and which of its problems are shown.

use crate::app::form::deal::DealForm;
use crate::app::form::{FieldError, field};
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::{DealId, FieldId};
use crate::ui::store::Store;
use leptos::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// An open form, shared by its parts; found with [`use_draft`].
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The data.
    pub store: Store,
    /// What was typed.
    pub form: RwSignal<DealForm>,
    /// The form as it was opened.
    opened: StoredValue<DealForm>,
    /// Everything that is wrong with it at present.
    problems: Memo<Vec<FieldError>>,
    /// The fields whose problems are shown: those left after typing, all after a try to save.
    shown: RwSignal<BTreeSet<Cow<'static, str>>>,
    /// What the last try to save was refused for; gone with the next thing typed.
    refused: RwSignal<Option<FieldError>>,
    /// A try to save failed, and something is still wrong: the summary is shown.
    tried: RwSignal<bool>,
}

/// The form this part stands in.
pub(super) fn use_draft() -> Draft {
    expect_context()
}

impl Draft {
    /// A form opened with this in it; `typed` is what it holds already, when it comes back
    /// after having been left.
    pub fn new(store: Store, opened: DealForm, typed: Option<DealForm>) -> Self {
        let form = RwSignal::new(typed.unwrap_or_else(|| opened.clone()));
        let problems = Memo::new(move |_| {
            form.with(|form| store.with(|s| form.submit(s.world()).err().unwrap_or_default()))
        });
        Self {
            store,
            form,
            opened: StoredValue::new(opened),
            problems,
            shown: RwSignal::default(),
            refused: RwSignal::new(None),
            tried: RwSignal::new(false),
        }
    }

    /// One text of the form.
    pub fn text(self, get: fn(&DealForm) -> &String) -> Memo<String> {
        Memo::new(move |_| self.form.with(|form| get(form).clone()))
    }

    /// Anything read off the form.
    pub fn read<T: PartialEq + Send + Sync + 'static>(self, get: fn(&DealForm) -> T) -> Memo<T> {
        Memo::new(move |_| self.form.with(get))
    }

    /// Changes the form.
    pub fn set(self, change: impl FnOnce(&mut DealForm)) {
        self.refused.set(None);
        self.form.update(change);
    }

    /// A callback that puts a text into a field.
    pub fn put(self, get: fn(&mut DealForm) -> &mut String) -> impl Fn(String) + Copy {
        move |text| self.set(|form| *get(form) = text)
    }

    /// Lets the problem of a field be seen.
    pub fn show(self, field: impl Into<Cow<'static, str>>) {
        let field = field.into();
        if !self.shown.with_untracked(|shown| shown.contains(&field)) {
            self.shown.update(|shown| {
                shown.insert(field);
            });
        }
    }

    /// The problem of a field that is to be shown; empty for none.
    pub fn error(self, field: impl Into<Cow<'static, str>>) -> Signal<String> {
        let field = field.into();
        Signal::derive(move || {
            let of = |error: &FieldError| (error.field == field).then(|| error.message.clone());
            if let Some(message) = self.refused.with(|refused| refused.as_ref().and_then(of)) {
                return message;
            }
            let shown = self.tried.get() || self.shown.with(|shown| shown.contains(&field));
            let found = self.problems.with(|all| all.iter().find_map(of));
            found.filter(|_| shown).unwrap_or_default()
        })
    }

    /// All there is to put right since the last try to save.
    pub fn summary(self) -> Vec<FieldError> {
        let mut all = self.refused.get().into_iter().collect::<Vec<_>>();
        if self.tried.get() {
            all.extend(self.problems.get());
        }
        all
    }

    /// Whether anything was typed.
    pub fn is_dirty(self) -> bool {
        self.form
            .with(|form| self.opened.with_value(|opened| form != opened))
    }

    /// The same, for handlers.
    pub fn is_dirty_now(self) -> bool {
        untrack(|| self.is_dirty())
    }

    /// Saves the form. Where that is not possible its problems are shown from now on.
    pub fn save(self) -> Result<Option<DealId>, ()> {
        let deal = self.form.with_untracked(|form| form.deal);
        let refusal = match self.command() {
            Ok(command) => match self.store.run(command) {
                Ok(focus) => return Ok(focus.map(|entity| DealId(entity.id)).or(deal)),
                Err(Refusal::Nothing) => return Ok(deal),
                // The dialog over the form asks for what is missing.
                Err(Refusal::Gated(_)) => return Err(()),
                Err(refusal) => Some(FieldError::from_refusal(&refusal)),
            },
            Err(_) => None,
        };
        self.refused.set(refusal);
        self.tried.set(true);
        Err(())
    }

    /// What was typed, over what the deal holds by now.
    fn command(self) -> Result<Command, Vec<FieldError>> {
        self.form.with_untracked(|form| {
            self.store.with(|s| {
                let world = s.world();
                let now = form.deal.and_then(|id| DealForm::from_deal(world, id));
                let now = now.map(|now| now.written(world, form.decimal));
                match now {
                    Some(now) => self
                        .opened
                        .with_value(|opened| form.rebased(opened, &now))
                        .command(world),
                    None => form.command(world),
                }
            })
        })
    }

    /// Begins one more deal like the one just saved.
    pub fn begin_another(self) {
        let next = self
            .form
            .with_untracked(|form| self.store.with(|s| form.another(s.world())));
        self.opened.set_value(next.clone());
        self.shown.set(BTreeSet::new());
        self.tried.set(false);
        self.set(|form| *form = next);
    }

    /// The name of a field as its label says it.
    pub fn label(self, field: &str) -> Cow<'static, str> {
        let own = |id: &str| {
            let id: FieldId = id.parse().ok()?;
            Some(self.store.with(|s| s.world().state.name_of(id.into())))
        };
        if let Some(name) = field.strip_prefix("custom.").and_then(own) {
            return Cow::Owned(name);
        }
        Cow::Borrowed(match field {
            field::TITLE => "Title",
            field::STAGE => "Stage",
            field::ORGANISATION => "Organisation",
            field::CONTACTS => "Contacts",
            field::OWNER => "Owner",
            field::VALUE => "Value",
            field::CLOSE => "Expected close",
            field::PROBABILITY => "Probability",
            field::CATEGORY => "Forecast category",
            field::SOURCE => "Source",
            field::TAGS => "Tags",
            field::PRODUCTS => "Products",
            field::DESCRIPTION => "Description",
            field::NEXT => "Next step",
            field::DUE => "Due",
            field::CLOSED_ON => "Closed on",
            field::REASON => "Reason",
            field::NOTE => "Note",
            field::COMPETITOR => "Competitor",
            field::RENEWAL => "Up for renewal on",
            field::KIND => "Kind of sale",
            field::LINES => "Lines",
            _ => "Deal",
        })
    }
}
