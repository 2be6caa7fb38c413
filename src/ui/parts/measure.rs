//! Heights of elements, kept up to date.

use crate::ui::parts::effect;
use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// An observer, and the closure it calls, which must live as long.
type Watch = (ResizeObserver, Closure<dyn FnMut()>);

/// Sets `height` to the inner height of an element in CSS pixels, now and whenever it
/// changes, as long as the present owner lives.
pub fn observe_height<E>(node: NodeRef<E>, height: RwSignal<f64>)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    let observer = StoredValue::new_local(None::<Watch>);
    effect(move || {
        let Some(element) = node.get() else { return };
        let element: Element = element.unchecked_into();
        let read = {
            let element = element.clone();
            move || {
                // Not the client height, which is rounded.
                let now = element.get_bounding_client_rect().height();
                if height
                    .try_get_untracked()
                    .is_some_and(|before| before != now)
                {
                    height.set(now);
                }
            }
        };
        // At once: the first picture should be whole already.
        read();
        let closure = Closure::<dyn FnMut()>::new(read);
        if let Ok(watch) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
            watch.observe(&element);
            stop(observer);
            observer.set_value(Some((watch, closure)));
        }
    });
    on_cleanup(move || stop(observer));
}

fn stop(observer: StoredValue<Option<Watch>, LocalStorage>) {
    if let Some((watch, _)) = observer.try_update_value(Option::take).flatten() {
        watch.disconnect();
    }
}
