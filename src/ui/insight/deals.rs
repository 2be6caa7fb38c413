//! The deals behind a number: known, or found when they are asked for.

use crate::domain::ids::DealId;
use std::sync::Arc;

/// Deals behind a number. Most numbers are never opened, so with many deals it pays to find them only
/// when one is.
#[derive(Clone)]
pub struct Deals {
    n: usize,
    found: Found,
}

#[derive(Clone)]
enum Found {
    Known(Arc<Vec<DealId>>),
    Asked(Arc<dyn Fn() -> Vec<DealId> + Send + Sync>),
}

impl Deals {
    /// So many deals, to be found by `find` as the data then is.
    pub fn asked(n: usize, find: impl Fn() -> Vec<DealId> + Send + Sync + 'static) -> Self {
        let found = Found::Asked(Arc::new(find));
        Self { n, found }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.n
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// The deals. Not tracked.
    #[must_use]
    pub fn get(&self) -> Arc<Vec<DealId>> {
        match &self.found {
            Found::Known(deals) => deals.clone(),
            Found::Asked(find) => Arc::new(leptos::prelude::untrack(|| find())),
        }
    }
}

impl Default for Deals {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl From<Arc<Vec<DealId>>> for Deals {
    fn from(deals: Arc<Vec<DealId>>) -> Self {
        Self {
            n: deals.len(),
            found: Found::Known(deals),
        }
    }
}

impl From<Vec<DealId>> for Deals {
    fn from(deals: Vec<DealId>) -> Self {
        Arc::new(deals).into()
    }
}

impl std::fmt::Debug for Deals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} deals", self.n)
    }
}

// As many that are found when asked for are the same: they are found anew each time.
impl PartialEq for Deals {
    fn eq(&self, other: &Self) -> bool {
        let found = match (&self.found, &other.found) {
            (Found::Known(a), Found::Known(b)) => Arc::ptr_eq(a, b) || a == b,
            (Found::Asked(_), Found::Asked(_)) => true,
            _ => false,
        };
        found && self.n == other.n
    }
}

impl Eq for Deals {}
