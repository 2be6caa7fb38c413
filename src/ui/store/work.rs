//! How a large change goes, and stopping it.

use super::Store;
use crate::shell::runtime::Work;
use leptos::prelude::*;

impl Store {
    /// How a large change goes; none when there is none under way.
    #[must_use]
    pub fn work(self) -> Signal<Option<Work>> {
        self.work.into()
    }

    /// Says that the present owner shows the work, as long as it lives.
    pub fn host_work(self) {
        self.work_hosts.update(|n| *n += 1);
        on_cleanup(move || {
            self.work_hosts.try_update(|n| *n -= 1);
        });
    }

    /// Whether a view shows the work.
    #[must_use]
    pub fn has_work_host(self) -> bool {
        self.work_hosts.get() > 0
    }

    /// Stops the large change that is under way, unless it is being written already.
    pub fn cancel_work(self) {
        self.runtime().cancel_work();
    }
}
