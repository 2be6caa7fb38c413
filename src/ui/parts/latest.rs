//! Work that is begun again whenever what it is of changes: only the last one counts.

use leptos::prelude::*;

/// Tells the latest run of some work from those before it.
#[derive(Clone, Copy)]
pub struct Latest(StoredValue<u32>);

impl Latest {
    /// Nothing has begun yet.
    pub fn idle() -> Self {
        Self(StoredValue::new(0))
    }

    /// A run begins. What it gives back says whether somebody still waits for it: no later run has
    /// begun, and the view around is still there.
    pub fn begin(self) -> impl Fn() -> bool + Copy + 'static {
        self.0.update_value(|n| *n = n.wrapping_add(1));
        let mine = self.0.get_value();
        move || self.0.try_get_value() == Some(mine)
    }
}
