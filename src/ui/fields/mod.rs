//! Values of the team's own fields, wherever they are shown or typed.
//!
//! [`CustomFacts`] shows what a deal, an organisation or a contact holds and changes it in
//! place, one command for each value. [`CustomCells`] are the cells of a form that keeps
//! [drafts](crate::app::form::custom) of its own. Both show nothing while the records have
//! no own fields. [`CustomControl`] is the one control both use.

mod cells;
mod control;
mod facts;

pub use cells::CustomCells;
pub use control::CustomControl;
pub use facts::CustomFacts;

use crate::app::form::custom::Habits;
use crate::domain::change::Kind;
use crate::domain::custom::{CustomField, CustomValue, FieldHome};
use crate::domain::ids::FieldId;
use crate::domain::query::fields;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::store::Store;
use leptos::prelude::*;

/// The fields of a kind of record, in order.
#[must_use]
pub fn fields_of(store: Store, home: FieldHome) -> Memo<Vec<FieldId>> {
    Memo::new(move |_| {
        store.track_kind(Kind::CustomField);
        store.with(|s| {
            let all = fields::of_home(&s.world().state, home);
            all.into_iter().map(|f| f.id).collect()
        })
    })
}

/// One field; none once it is gone.
fn field(store: Store, id: FieldId) -> Memo<Option<CustomField>> {
    Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.custom_fields.get(id).cloned())
    })
}

/// How people write here.
#[must_use]
pub fn habits(store: Store) -> Habits {
    store.with(|s| Habits::of(&s.world().state, intl::decimal()))
}

/// A value in words.
#[must_use]
pub fn words(value: &CustomValue) -> String {
    match value {
        CustomValue::Text(text) => text.clone(),
        CustomValue::Number(n) => fmt::decimal(*n),
        CustomValue::Money(money) => fmt::money(*money),
        CustomValue::Date(date) => fmt::date(*date),
        CustomValue::Flag(yes) => String::from(if *yes { "Yes" } else { "No" }),
        CustomValue::List(list) => list.join(", "),
    }
}
