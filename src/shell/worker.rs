//! A thread of its own for long calculations: the same program once more, in a web worker.
//!
//! Messages are arrays. From the page: `[number, words, log]` to begin, `[number]` to stop.
//! From the worker: `["ready"]` once, `[number, done, all]` on the way, `[number, words]` at the end.
//! Where there is no worker (yet), the page does the work itself, a slice at a time.

use crate::app::job::{Job, Order};
use crate::shell::clock::{now_ms, sleep};
use js_sys::{Array, BigUint64Array, Function, Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageEvent;

/// Where the worker's first lines are, beside the page.
const SCRIPT: &str = "./worker.js";
/// How long one slice of work on the page may take, in milliseconds.
const PAGE_SLICE: i64 = 12;
/// The same in the worker, which only has to hear whether it is to stop.
const WORKER_SLICE: i64 = 40;
/// How long one waits for the worker to start, in milliseconds.
const PATIENCE: i64 = 30_000;

#[wasm_bindgen]
extern "C" {
    // Kept here instead of in web-sys, where each type more is compiled for all.
    #[wasm_bindgen(js_name = Worker)]
    type Thread;
    #[wasm_bindgen(constructor, js_class = "Worker", catch)]
    fn new(url: &str, options: &Object) -> Result<Thread, JsValue>;
    #[wasm_bindgen(method, js_name = postMessage, catch)]
    fn post(this: &Thread, message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_onmessage(this: &Thread, listener: Option<&Function>);
    #[wasm_bindgen(method, setter)]
    fn set_onerror(this: &Thread, listener: Option<&Function>);
    #[wasm_bindgen(js_name = postMessage, catch)]
    fn tell_page(message: &JsValue) -> Result<(), JsValue>;
}

/// What is waited for.
struct Waiting {
    told: Box<dyn Fn(u32, u32)>,
    done: Function,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Starting,
    Ready,
    Failed,
}

/// The worker of this page.
struct Helper {
    thread: Option<Thread>,
    stand: Cell<Stand>,
    next: Cell<u32>,
    waiting: RefCell<HashMap<u32, Waiting>>,
}

thread_local! {
    static HELPER: RefCell<Option<Rc<Helper>>> = const { RefCell::new(None) };
}

fn helper() -> Rc<Helper> {
    HELPER.with_borrow_mut(|known| known.get_or_insert_with(Helper::start).clone())
}

/// Starts the worker, so that it is ready when it is needed.
pub fn start() {
    helper();
}

/// The address of one of the program's two files, as the page names them.
fn address(rel: &str) -> Option<String> {
    let link = format!("link[rel=\"{rel}\"][href*=\"fairlead-\"]");
    let document = web_sys::window()?.document()?;
    let link: web_sys::Element = document.query_selector(&link).ok()??;
    let href = link.get_attribute("href")?;
    web_sys::Url::new_with_base(&href, &document.base_uri().ok()??)
        .ok()
        .map(|url| url.href())
}

impl Helper {
    fn start() -> Rc<Self> {
        let thread = Self::thread();
        let helper = Rc::new(Self {
            stand: Cell::new(match thread {
                Some(_) => Stand::Starting,
                None => Stand::Failed,
            }),
            thread,
            next: Cell::new(1),
            waiting: RefCell::default(),
        });
        if let Some(thread) = &helper.thread {
            let own = helper.clone();
            let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                own.hear(&Array::from(&event.data()));
            });
            thread.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
            let own = helper.clone();
            let fail = Closure::<dyn FnMut(JsValue)>::new(move |_| own.fail());
            thread.set_onerror(Some(fail.into_js_value().unchecked_ref()));
        }
        helper
    }

    fn thread() -> Option<Thread> {
        if !Reflect::has(&js_sys::global(), &"Worker".into()).unwrap_or(false) {
            return None;
        }
        let (script, wasm) = (address("modulepreload")?, address("preload")?);
        let options = Object::new();
        Reflect::set(&options, &"type".into(), &"module".into()).ok()?;
        let thread = Thread::new(SCRIPT, &options).ok()?;
        let files = Array::of2(&script.into(), &wasm.into());
        thread.post(&files).ok()?;
        Some(thread)
    }

    fn hear(&self, message: &Array) {
        if message.get(0).as_string().is_some() {
            // Its first word: it is ready, or could not start.
            match message.get(0).as_string().as_deref() {
                Some("ready") => self.stand.set(Stand::Ready),
                _ => self.fail(),
            }
            return;
        }
        let Some(number) = message.get(0).as_f64().map(|n| n as u32) else {
            return;
        };
        let said = message.get(1);
        if let Some(done) = said.as_f64() {
            if let Some(waiting) = self.waiting.borrow().get(&number) {
                let all = message.get(2).as_f64().unwrap_or(1.0);
                (waiting.told)(done as u32, all as u32);
            }
        } else if let Some(waiting) = self.waiting.borrow_mut().remove(&number) {
            // Resolving a promise does not throw.
            let _ = waiting.done.call1(&JsValue::NULL, &said);
        }
    }

    /// It stopped: whoever waits gets nothing and does the work on the page.
    fn fail(&self) {
        self.stand.set(Stand::Failed);
        for (_, waiting) in self.waiting.borrow_mut().drain() {
            let _ = waiting.done.call0(&JsValue::NULL);
        }
    }

    fn stop(&self, number: u32) {
        self.waiting.borrow_mut().remove(&number);
        if let Some(thread) = &self.thread {
            // A worker that is gone has stopped already.
            let _ = thread.post(&Array::of1(&number.into()));
        }
    }
}

/// How what was asked for ended.
enum Ended {
    Done(Vec<u64>),
    Stopped,
    /// There is no worker.
    Nobody,
}

/// Carries an order out; none where nobody waits for it any more. `patient` waits for the worker to
/// start; else the page does what comes before.
pub async fn carry_out(
    order: Order,
    patient: bool,
    told: impl Fn(u32, u32) + Clone + 'static,
    alive: impl Fn() -> bool,
) -> Option<Vec<u64>> {
    let helper = helper();
    let until = now_ms() + PATIENCE;
    while patient && helper.stand.get() == Stand::Starting && now_ms() < until {
        sleep(30).await;
        if !alive() {
            return None;
        }
    }
    if helper.stand.get() == Stand::Ready {
        match in_worker(&helper, &order, told.clone(), &alive).await {
            Ended::Done(words) => return Some(words),
            Ended::Stopped => return None,
            Ended::Nobody => {}
        }
    }
    in_slices(order, PAGE_SLICE, told, alive).await
}

async fn in_worker(
    helper: &Helper,
    order: &Order,
    told: impl Fn(u32, u32) + 'static,
    alive: &impl Fn() -> bool,
) -> Ended {
    let Some(thread) = &helper.thread else {
        return Ended::Nobody;
    };
    let number = helper.next.get();
    helper.next.set(number + 1);
    let answer = Promise::new(&mut |done, _| {
        let told = Box::new(|_, _| {});
        helper
            .waiting
            .borrow_mut()
            .insert(number, Waiting { told, done });
    });
    if let Some(waiting) = helper.waiting.borrow_mut().get_mut(&number) {
        waiting.told = Box::new(told);
    }
    let words = BigUint64Array::from(order.words.as_slice());
    let message = Array::of3(&number.into(), &words, &order.log.as_str().into());
    if thread.post(&message).is_err() {
        helper.waiting.borrow_mut().remove(&number);
        return Ended::Nobody;
    }
    // Whoever leaves is noticed now and then: the worker then stops.
    let answer = JsFuture::from(answer);
    let mut answer = std::pin::pin!(answer);
    loop {
        match race(answer.as_mut(), sleep(60)).await {
            Some(Ok(words)) if words.is_undefined() => return Ended::Nobody,
            Some(Ok(words)) => return Ended::Done(BigUint64Array::from(words).to_vec()),
            Some(Err(_)) => return Ended::Nobody,
            None if alive() => {}
            None => {
                helper.stop(number);
                return Ended::Stopped;
            }
        }
    }
}

/// What the first gives, unless the second is over before.
async fn race<T>(
    mut first: std::pin::Pin<&mut impl Future<Output = T>>,
    second: impl Future<Output = ()>,
) -> Option<T> {
    let mut second = std::pin::pin!(second);
    std::future::poll_fn(move |context| {
        use std::task::Poll;
        if let Poll::Ready(done) = first.as_mut().poll(context) {
            return Poll::Ready(Some(done));
        }
        second.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// Works a slice at a time; none where nobody waits any more.
async fn in_slices(
    order: Order,
    slice: i64,
    told: impl Fn(u32, u32),
    alive: impl Fn() -> bool,
) -> Option<Vec<u64>> {
    let mut job = Job::new(order)?;
    loop {
        let until = now_ms() + slice;
        let mut more = true;
        // The clock is asked now and then only.
        while more && now_ms() < until {
            for _ in 0..16 {
                more = more && job.step();
            }
        }
        if !more {
            return Some(job.finish());
        }
        let (done, all) = job.progress();
        told(done, all);
        sleep(0).await;
        if !alive() {
            return None;
        }
    }
}

thread_local! {
    static STOPPED: RefCell<HashSet<u32>> = RefCell::default();
}

/// In the worker: does what the page asks for from now on.
pub fn listen() {
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        let message = Array::from(&event.data());
        let Some(number) = message.get(0).as_f64().map(|n| n as u32) else {
            return;
        };
        if message.length() == 1 {
            STOPPED.with_borrow_mut(|stopped| stopped.insert(number));
            return;
        }
        let order = Order {
            words: BigUint64Array::from(message.get(1)).to_vec(),
            log: message.get(2).as_string().unwrap_or_default(),
        };
        wasm_bindgen_futures::spawn_local(work(number, order));
    });
    // An object without this property has nobody to hear.
    let _ = Reflect::set(
        &js_sys::global(),
        &"onmessage".into(),
        &hear.into_js_value(),
    );
    let _ = tell_page(&Array::of1(&"ready".into()));
}

async fn work(number: u32, order: Order) {
    let told = move |done: u32, all: u32| {
        // A page that is gone hears nothing.
        let _ = tell_page(&Array::of3(&number.into(), &done.into(), &all.into()));
    };
    let alive = move || !STOPPED.with_borrow_mut(|stopped| stopped.remove(&number));
    let words = in_slices(order, WORKER_SLICE, told, alive).await;
    if let Some(words) = words {
        let words = BigUint64Array::from(words.as_slice());
        let _ = tell_page(&Array::of2(&number.into(), &words));
    }
}
