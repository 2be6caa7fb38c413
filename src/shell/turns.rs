//! One at a time: work that waits for other work of the same kind in this tab.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

#[derive(Default)]
struct Inner {
    busy: Cell<bool>,
    waiting: RefCell<VecDeque<Function>>,
}

/// A queue; clones share it.
#[derive(Clone, Default)]
pub struct Turns(Rc<Inner>);

/// Someone's turn; the next one's comes when it is dropped.
pub struct Turn(Rc<Inner>);

impl Turns {
    /// Whether it is someone's turn.
    pub fn is_busy(&self) -> bool {
        self.0.busy.get()
    }

    /// Waits for a turn. Those who wait get it in the order in which they came.
    pub async fn take(&self) -> Turn {
        if self.0.busy.replace(true) {
            // The turn is handed on: it stays taken in between.
            let promise = Promise::new(&mut |resolve, _| {
                self.0.waiting.borrow_mut().push_back(resolve);
            });
            // The promise is never rejected.
            let _ = JsFuture::from(promise).await;
        }
        Turn(self.0.clone())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let next = self.0.waiting.borrow_mut().pop_front();
        match next {
            // Resolving a promise does not throw.
            Some(resolve) => drop(resolve.call0(&JsValue::NULL)),
            None => self.0.busy.set(false),
        }
    }
}
