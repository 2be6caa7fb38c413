//! Views that are not needed for the first sight of the board and come in files of their own.
//!
//! A release build cuts the program into chunks (`scripts/split`). Shortly after the page
//! stands all of them are loaded ([`load_rest`]), so that a view normally opens at once, also
//! without a network; before that it appears as soon as its chunk is there. Without the feature
//! `split` (tests, `trunk serve`) everything is one program, and each view stands at once.

mod failed;
mod parts;

use leptos::callback::UnsyncCallback;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub use parts::Part;

use crate::shell::clock::idle;
use crate::ui::parts::{block, effect};

/// Stands on the page's `html` element once every chunk is here: nothing is fetched any more.
const WHOLE: &str = "data-whole";

/// A chunk that could not be loaded: no network, or a newer version took its place. The page
/// goes on without it.
#[derive(Clone, Copy, Debug)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        // The loader has told the console why.
        Self
    }
}

/// How far a view is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Coming,
    Here,
    Failed,
}

/// A view that is waited for.
#[derive(Clone, Copy)]
struct Coming {
    part: StoredValue<Part, LocalStorage>,
    phase: RwSignal<Phase>,
}

impl Coming {
    fn new(part: Part) -> Self {
        let coming = Self {
            part: StoredValue::new_local(part),
            phase: RwSignal::new(Phase::Coming),
        };
        coming.load();
        coming
    }

    /// Loads it, also once more.
    fn load(self) {
        let part = self.part.get_value();
        self.phase.set(Phase::Coming);
        spawn_local(async move {
            let phase = match part.load().await {
                Ok(()) => Phase::Here,
                Err(Missing) => Phase::Failed,
            };
            // Nobody waits any more for a view that was left.
            let _ = self.phase.try_set(phase);
        });
    }

    fn view(self, failed: Box<dyn Fn(Self) -> AnyView + Send>) -> AnyView {
        let view = block(move || match self.phase.get() {
            Phase::Coming => ().into_any(),
            Phase::Here => self.part.get_value().stand().into_any(),
            Phase::Failed => failed(self),
        });
        view.into_any()
    }
}

/// Told when a page has arrived after its place was made, for the focus and the scroll position.
#[derive(Clone, Copy)]
pub struct Arrivals(RwSignal<u32>);

impl Arrivals {
    /// Nothing has arrived yet.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Reruns the surrounding closure when something arrives.
    pub fn track(self) {
        self.0.track();
    }
}

impl Default for Arrivals {
    fn default() -> Self {
        Self::new()
    }
}

/// A page: nothing until it is there, and a message in its place when it does not come.
pub fn page(part: Part) -> AnyView {
    part.clone().stand().unwrap_or_else(|| {
        let coming = Coming::new(part);
        let arrivals = use_context::<Arrivals>();
        effect(move || {
            if coming.phase.get() != Phase::Coming
                && let Some(Arrivals(count)) = arrivals
            {
                count.update(|n| *n += 1);
            }
        });
        coming.view(Box::new(|coming| failed::page(coming).into_any()))
    })
}

/// A piece of a page or of a dialog, in the same way.
pub fn piece(part: Part) -> AnyView {
    part.clone().stand().unwrap_or_else(|| {
        Coming::new(part).view(Box::new(|coming| failed::piece(coming).into_any()))
    })
}

/// Something that opens over the page while `open` holds, such as a dialog. It is made the first
/// time that it is wanted, and then stays. `on_close` is called when it does not come and the
/// person has read so.
pub fn over(
    open: impl Fn() -> bool + Send + Sync + 'static,
    part: Part,
    on_close: impl Fn(()) + 'static,
) -> AnyView {
    opens(Signal::derive(open), part, UnsyncCallback::new(on_close))
}

fn opens(open: Signal<bool>, part: Part, on_close: UnsyncCallback<()>) -> AnyView {
    let on_close = StoredValue::new_local(on_close);
    let part = StoredValue::new_local(part);
    let wanted = Memo::new(move |before| before == Some(&true) || open.get());
    let view = block(move || {
        if !wanted.get() {
            return ().into_any();
        }
        let part = part.get_value();
        part.clone().stand().unwrap_or_else(|| {
            let coming = Coming::new(part);
            // Asked for once more, it is tried once more.
            effect(move || {
                if open.get() && coming.phase.get_untracked() == Phase::Failed {
                    coming.load();
                }
            });
            let message = move |coming| failed::over(coming, open, on_close.get_value()).into_any();
            coming.view(Box::new(message))
        })
    });
    view.into_any()
}

/// Loads all that is not here yet, once the page has nothing else to do.
pub fn load_rest() {
    spawn_local(async {
        idle().await;
        // What does not come now is asked for again when it is needed.
        if parts::load_all().await.is_ok()
            && let Some(page) = document().document_element()
        {
            // Refused for no name of this kind.
            let _ = page.set_attribute(WHOLE, "yes");
        }
    });
}
