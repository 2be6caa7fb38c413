//! What views keep beside the data for as long as the page lives, so that going from one to the
//! other does not work it out anew.

use super::Store;
use crate::domain::change::EntityRef;
use leptos::prelude::*;
use std::any::Any;
use std::rc::Rc;

/// Something kept that follows the data.
///
/// The store knows no more of it than this, so that what is kept comes with the chunk that uses it.
pub trait Beside: Any {
    /// Hears what a change touched; none when everything may be different. Called before anything
    /// on show hears of it, so it should take note only and work when it is asked.
    fn hear(&self, touched: Option<&[EntityRef]>);
}

impl Store {
    /// The one thing kept of its type, made when first asked for. Signals and memos made by `make`
    /// live as long as the page.
    pub fn beside<T: Beside>(self, make: impl FnOnce() -> T) -> Rc<T> {
        let known = self.inner.with_value(|inner| {
            let all = inner.beside.borrow();
            all.iter().find_map(|one| {
                let any: Rc<dyn Any> = one.clone();
                any.downcast::<T>().ok()
            })
        });
        known.unwrap_or_else(|| {
            let owner = self.inner.with_value(|inner| inner.owner.clone());
            let made = Rc::new(owner.unwrap_or_default().with(make));
            self.inner
                .with_value(|inner| inner.beside.borrow_mut().push(made.clone()));
            made
        })
    }

    /// Tells all that is kept.
    pub(super) fn tell_beside(self, touched: Option<&[EntityRef]>) {
        let all = self.inner.with_value(|inner| inner.beside.borrow().clone());
        for one in all {
            one.hear(touched);
        }
    }
}
