//! Which columns fill own fields: our guess, what a person chooses, and what cannot be.

use super::guess;
use super::kinds;
use super::near::fold;
use super::own::{self, Own};
use super::plan::{FilePlan, Plan};
use crate::codec::csv;
use crate::domain::custom::check::NAME_LIMIT;

impl FilePlan {
    /// The own fields of the records that the file holds.
    pub fn own_fields(&self) -> impl Iterator<Item = &Own> {
        let home = own::home(self.holds);
        let known = self.known.iter();
        known
            .filter(move |(of, _)| Some(*of) == home)
            .map(|(_, own)| own)
    }

    /// The own field a column most likely fills: the one its heading names, or one to be made
    /// of it. None for a column without cells or of a file whose records have no own fields.
    #[must_use]
    pub fn own_of(&self, column: usize) -> Option<Own> {
        own::home(self.holds)?;
        let name = own::name_of(self.heading(column), self.holds);
        let filled = self.source.table.column(column).any(|c| !csv::is_blank(c));
        let mut known = self.own_fields();
        let known = known.find(|own| fold(&own.name) == fold(&name)).cloned();
        known.or_else(|| {
            (filled && !name.is_empty()).then(|| Own {
                field: None,
                kind: kinds::guess(&self.source.table, column),
                name,
            })
        })
    }

    /// True when there is a column that could fill an own field and does not.
    #[must_use]
    pub fn has_unread(&self) -> bool {
        let filled = |at: usize| self.source.table.column(at).any(|c| !csv::is_blank(c));
        let mut columns = self.columns.iter().enumerate();
        own::home(self.holds).is_some()
            && columns.any(|(at, c)| c.reading().is_none() && filled(at))
    }

    /// Every column that means nothing yet fills an own field: the one its heading names, or
    /// a new one.
    fn keep_others(&mut self) {
        for at in 0..self.columns.len() {
            if self.columns[at].reading().is_some() {
                continue;
            }
            let taken = |own: &Own| {
                self.columns
                    .iter()
                    .any(|c| c.own.as_ref().is_some_and(|o| o.is(own)))
            };
            let own = self.own_of(at).filter(|own| !taken(own));
            if own.is_some() {
                self.columns[at] = guess::column(&self.source.table, at, None, own);
            }
        }
    }
}

impl Plan {
    /// Says which own field a column fills; how its cells are read is guessed anew. The name
    /// of a field there is means that field.
    pub fn set_own(&mut self, file: usize, column: usize, own: Option<Own>) {
        if let Some(plan) = self.files.get_mut(file)
            && column < plan.columns.len()
        {
            let here = |own: &Own| {
                let mut all = plan.own_fields();
                let alike =
                    |known: &&Own| fold(&known.name) == fold(&own.name) && known.kind == own.kind;
                all.find(alike).filter(|_| own.field.is_none()).cloned()
            };
            let own = own.map(|own| here(&own).unwrap_or(own));
            plan.columns[column] = guess::column(&plan.source.table, column, None, own);
        }
    }

    /// Every column of a file that means nothing yet fills an own field.
    pub fn keep_others(&mut self, file: usize) {
        if let Some(plan) = self.files.get_mut(file) {
            plan.keep_others();
        }
    }
}

/// What is wrong with the own fields columns fill.
pub(super) fn own_blockers(file: &FilePlan, block: &mut impl FnMut(String)) {
    let name = &file.source.name;
    let own = |at: usize| file.columns[at].own.as_ref();
    for at in 0..file.columns.len() {
        let Some(field) = own(at) else { continue };
        let heading = file.heading(at);
        if let Some(other) = (0..at).find(|other| own(*other).is_some_and(|o| o.is(field))) {
            block(format!(
                "{name}: “{}” (column {}) and “{heading}” (column {}) are both the field “{}”. Choose one of them.",
                file.heading(other),
                other + 1,
                at + 1,
                field.name
            ));
        }
        if field.field.is_some() {
            continue;
        }
        if field.name.trim().is_empty() {
            block(format!(
                "{name}: the new field of column {} needs a name.",
                at + 1
            ));
        } else if field.name.trim().chars().count() > NAME_LIMIT {
            block(format!(
                "{name}: the name of the new field of column {} has more than {NAME_LIMIT} characters.",
                at + 1
            ));
        } else if let Some(known) = file
            .own_fields()
            .find(|k| fold(&k.name) == fold(&field.name))
        {
            block(format!(
                "{name}: there is a field “{}” already, of the kind {}. Choose it for column {}, or give the new one another name.",
                known.name,
                known.kind.label().to_lowercase(),
                at + 1
            ));
        }
    }
}
