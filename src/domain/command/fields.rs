//! Commands about fields that a team adds to its records.

use crate::domain::change::EntityRef;
use crate::domain::custom::{CustomValue, FieldHome, FieldKind};
use crate::domain::ids::FieldId;

/// A field to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDraft {
    /// What it is called; unique among the fields of its records, whatever the case.
    pub name: String,
    /// On which records.
    pub home: FieldHome,
    /// What it holds.
    pub kind: FieldKind,
    /// What can be chosen; ignored for kinds without options.
    pub options: Vec<String>,
    /// A few words on what to enter.
    pub hint: String,
}

impl FieldDraft {
    /// A field without options or hint.
    pub fn new(home: FieldHome, kind: FieldKind, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            home,
            kind,
            options: Vec::new(),
            hint: String::new(),
        }
    }
}

/// What of a field is to change; none leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldEdit {
    /// Its name.
    pub name: Option<String>,
    /// What it holds. Once there are values only from text to long text.
    pub kind: Option<FieldKind>,
    /// All its options in order. Values that are no longer options stay.
    pub options: Option<Vec<String>>,
    /// The hint.
    pub hint: Option<String>,
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldCommand {
    /// Make a field, after the others of its records.
    Add(FieldDraft),
    /// Change a field.
    Edit {
        /// Which.
        field: FieldId,
        /// What.
        edit: FieldEdit,
    },
    /// Put a field at another place among the fields of its records.
    Reorder {
        /// Which.
        field: FieldId,
        /// Its new place, from 0; beyond the end means the end.
        index: usize,
    },
    /// Take a field away. Its values stay with the records and come back with it.
    Delete(FieldId),
    /// Give an option another name, in the field and in every record that holds it.
    RenameOption {
        /// Of which field.
        field: FieldId,
        /// The option as it is.
        from: String,
        /// As it is to be.
        to: String,
    },
    /// Set values of a deal, an organisation or a contact; none empties a field.
    Set {
        /// Of which record.
        record: EntityRef,
        /// Which fields to what.
        values: Vec<(FieldId, Option<CustomValue>)>,
    },
}
