//! Gathering what is wrong with a form.

use super::deal::NAME_LIMIT;
use super::{FieldError, overlong};
use crate::domain::command::OrNew;
use crate::domain::entity::{Entity, Table};
use std::borrow::Cow;

/// Gathers what is wrong; a field's first error stands.
#[derive(Default)]
pub(super) struct Check {
    /// All of it, in the order it was found.
    pub errors: Vec<FieldError>,
}

impl Check {
    /// Something is wrong with a field.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, message: impl Into<String>) {
        let field = field.into();
        if !self.errors.iter().any(|e| e.field == field) {
            self.errors.push(FieldError::new(field, message));
        }
    }

    /// Something must hold.
    pub fn require(&mut self, field: &'static str, holds: bool, message: &str) {
        if !holds {
            self.add(field, message);
        }
    }

    /// A text must not be longer than `most` characters.
    pub fn length(&mut self, field: &'static str, text: &str, most: usize) {
        if let Some(message) = overlong(text, most) {
            self.add(field, message);
        }
    }

    /// The value read, or none with what is wrong noted.
    pub fn take<T>(&mut self, field: &'static str, read: Result<Option<T>, String>) -> Option<T> {
        read.unwrap_or_else(|message| {
            self.add(field, message);
            None
        })
    }

    /// Names to be made must be short enough, known things must still be there, unless the
    /// record is linked to them already (`held`).
    pub fn choice<'a, E: Entity>(
        &mut self,
        field: &'static str,
        choices: impl Iterator<Item = &'a OrNew<E::Id>>,
        table: &Table<E>,
        held: &[E::Id],
    ) where
        E::Id: 'a,
    {
        for choice in choices {
            match choice {
                OrNew::New(name) => self.length(field, name, NAME_LIMIT),
                OrNew::Known(id) if table.get(*id).is_some() || held.contains(id) => {}
                OrNew::Known(_) => self.add(
                    field,
                    "What was chosen is no longer there. It may have been removed in another tab; choose again.",
                ),
            }
        }
    }
}
