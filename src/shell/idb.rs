//! IndexedDB without a wrapper crate: opening a database and letting go of it in time.
//! Requests and transactions as futures are in `tx.rs`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Event, IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbTransaction,
    IdbVersionChangeEvent,
};

use super::clock::sleep;
use super::error::StoreError;
use super::tx::{Tx, error_of, settle};

/// How long another page may take to finish its transactions when asked to let go, in ms.
const BLOCKED_AFTER_MS: i32 = 1_000;

/// Whether the browser flushes to the disk before it reports success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Safe against a crash of the page and of the browser: the operating system has the data.
    Relaxed,
    /// Flushed as well: for import, restore, migration and deletion.
    Strict,
}

/// Why a connection is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// A page with a newer schema wants to upgrade the database.
    NewerVersion,
    /// The database is being deleted.
    Deleted,
    /// The browser closed it, for instance because the site's data was cleared.
    Closed,
}

/// What opening found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// The database did not exist and was made by this call.
    pub fresh: bool,
    /// The browser says that it threw away a damaged older database (Chromium only, and it does
    /// not always say so: compare with the sentinel as well).
    pub data_loss: bool,
}

/// An open database, closed at once when another page needs it to be.
pub struct Connection {
    db: IdbDatabase,
    lost: Rc<LostState>,
    // The browser holds these only weakly through the database object.
    _handlers: [Closure<dyn FnMut(Event)>; 2],
}

type Listener = Rc<dyn Fn(Lost)>;

#[derive(Default)]
struct LostState {
    why: Cell<Option<Lost>>,
    listener: RefCell<Option<Listener>>,
}

impl LostState {
    fn report(&self, why: Lost) {
        self.why.set(Some(why));
        // Cloned out, so that the listener may itself set a listener.
        let listener = self.listener.borrow().clone();
        if let Some(listener) = listener {
            listener(why);
        }
    }
}

#[wasm_bindgen]
extern "C" {
    // web-sys has durability only behind its unstable flag.
    #[wasm_bindgen(extends = IdbDatabase)]
    type DurableDatabase;
    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn durable(
        this: &DurableDatabase,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Opens `name`, creating or upgrading it with `upgrade(database, old version)`, which must not
/// wait for anything.
///
/// # Errors
/// `Unavailable` without IndexedDB, `Version` when the database is newer than `version`,
/// `Blocked` while an older page does not let go, `Quota`, `Corrupt`.
pub async fn open(
    name: &str,
    version: u32,
    upgrade: fn(&IdbDatabase, u32) -> Result<(), JsValue>,
) -> Result<(Connection, Opened), StoreError> {
    let request = factory()?
        .open_with_u32(name, version)
        .map_err(opening_failed)?;
    let opened = Rc::new(Cell::new(Opened {
        fresh: false,
        data_loss: false,
    }));
    let refused = Rc::new(RefCell::new(None));
    request.set_onupgradeneeded(Some(&upgrader(&opened, &refused, upgrade)));

    if let Err(event) = settle_unless_blocked(&request).await {
        if event.dyn_ref::<Event>().is_some_and(is_blocked) {
            close_when_it_opens(&request);
            return Err(StoreError::Blocked);
        }
        let refusal = refused.borrow_mut().take();
        return Err(refusal.unwrap_or_else(|| opening_failed(error_of(&request))));
    }
    request.set_onblocked(None);
    let db: IdbDatabase = request.result()?.unchecked_into();
    Ok((Connection::new(db), opened.get()))
}

/// Deletes a whole database.
///
/// # Errors
/// `Blocked` while some page keeps it open; it is then deleted as soon as that page closes.
pub async fn delete(name: &str) -> Result<(), StoreError> {
    let request = factory()?.delete_database(name)?;
    match settle_unless_blocked(&request).await {
        Ok(_) => Ok(()),
        Err(event) if event.dyn_ref::<Event>().is_some_and(is_blocked) => Err(StoreError::Blocked),
        Err(_) => Err(opening_failed(error_of(&request))),
    }
}

fn factory() -> Result<IdbFactory, StoreError> {
    let missing = || {
        StoreError::Unavailable(
            "This browser does not let the page store data, as in some private windows.".to_owned(),
        )
    };
    let window = web_sys::window().ok_or_else(missing)?;
    window.indexed_db().ok().flatten().ok_or_else(missing)
}

fn opening_failed(thrown: JsValue) -> StoreError {
    match StoreError::from_js(&thrown) {
        // Firefox's answer in a private window.
        StoreError::Closed => StoreError::Unavailable(
            "This browser does not let the page store data, as in some private windows.".to_owned(),
        ),
        StoreError::Other { name, message } if name == "UnknownError" => {
            StoreError::Corrupt(message.trim_end_matches('.').to_owned())
        }
        other => other,
    }
}

fn is_blocked(event: &Event) -> bool {
    event.type_() == "blocked"
}

/// `blocked` comes also when the other page has let go, but finishes a transaction first. So it
/// counts only if the request has got no further some time later.
fn settle_unless_blocked(request: &IdbOpenDbRequest) -> JsFuture {
    settle(request, |reject| {
        let (request_, reject) = (request.clone(), reject.clone());
        let on_blocked = Closure::once_into_js(move |event: Event| {
            spawn_local(async move {
                sleep(BLOCKED_AFTER_MS).await;
                // In an upgrade the request has its transaction: then it is no longer blocked.
                if request_.transaction().is_none() {
                    // Rejecting a promise does not throw, and has no effect once it is settled.
                    let _ = reject.call1(&JsValue::NULL, &event);
                }
            });
        });
        request.set_onblocked(Some(on_blocked.unchecked_ref()));
    })
}

/// A blocked request stays queued and succeeds later, when nobody waits for it any more. Left
/// open, its connection would itself block the next upgrade.
fn close_when_it_opens(request: &IdbOpenDbRequest) {
    let queued = request.clone();
    let close = Closure::once_into_js(move || {
        if let Ok(db) = queued.result() {
            db.unchecked_into::<IdbDatabase>().close();
        }
    });
    request.set_onsuccess(Some(close.unchecked_ref()));
}

fn upgrader(
    opened: &Rc<Cell<Opened>>,
    refused: &Rc<RefCell<Option<StoreError>>>,
    upgrade: fn(&IdbDatabase, u32) -> Result<(), JsValue>,
) -> Function {
    let (opened, refused) = (opened.clone(), refused.clone());
    // Owned by JavaScript: it must still run if the request is answered after we gave up,
    // or it would leave a database without stores.
    let handler = Closure::once_into_js(move |event: IdbVersionChangeEvent| {
        let Some(request) = event
            .target()
            .and_then(|t| t.dyn_into::<IdbOpenDbRequest>().ok())
        else {
            return;
        };
        let loss = Reflect::get(&event, &"dataLoss".into()).ok();
        opened.set(Opened {
            fresh: event.old_version() == 0.0,
            data_loss: loss
                .and_then(|l| l.as_string())
                .is_some_and(|l| l == "total"),
        });
        let result = request
            .result()
            .and_then(|db| upgrade(db.unchecked_ref(), event.old_version() as u32));
        if let Err(thrown) = result {
            *refused.borrow_mut() = Some(StoreError::from_js(&thrown));
            if let Some(tx) = request.transaction() {
                // Already aborted by the browser if this fails: the same outcome.
                let _ = tx.abort();
            }
        }
    });
    handler.unchecked_into()
}

impl Connection {
    fn new(db: IdbDatabase) -> Self {
        let lost = Rc::new(LostState::default());
        let on_version_change = {
            let (db, lost) = (db.clone(), lost.clone());
            Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                // Closing lets the newer page go on; an open connection would block it for good.
                db.close();
                let newer = event
                    .dyn_ref::<IdbVersionChangeEvent>()
                    .and_then(IdbVersionChangeEvent::new_version);
                lost.report(match newer {
                    Some(_) => Lost::NewerVersion,
                    None => Lost::Deleted,
                });
            })
        };
        let on_close = {
            let lost = lost.clone();
            Closure::<dyn FnMut(Event)>::new(move |_| lost.report(Lost::Closed))
        };
        db.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        db.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Self {
            db,
            lost,
            _handlers: [on_version_change, on_close],
        }
    }

    /// Calls `listener` when the connection is lost, or at once if it is lost already.
    pub fn on_lost(&self, listener: impl Fn(Lost) + 'static) {
        let listener: Listener = Rc::new(listener);
        *self.lost.listener.borrow_mut() = Some(listener.clone());
        if let Some(why) = self.lost.why.get() {
            listener(why);
        }
    }

    /// Starts a readwrite transaction over `stores`.
    ///
    /// # Errors
    /// `Closed` when the connection is gone.
    pub fn write(&self, stores: &[&str], durability: Durability) -> Result<Tx, StoreError> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        let wish = match durability {
            Durability::Relaxed => "relaxed",
            Durability::Strict => "strict",
        };
        Reflect::set(&options, &"durability".into(), &wish.into())?;
        let db: &DurableDatabase = self.db.unchecked_ref();
        let tx = db.durable(&names, "readwrite", &options)?;
        Ok(Tx::new(tx))
    }

    /// Opens one store for reading; its requests see one consistent state as long as they are
    /// issued together.
    ///
    /// # Errors
    /// `Closed` when the connection is gone.
    pub fn read(&self, store: &str) -> Result<IdbObjectStore, StoreError> {
        let tx = self.db.transaction_with_str(store)?;
        Ok(tx.object_store(store)?)
    }

    /// Opens several stores for reading in one transaction.
    ///
    /// # Errors
    /// `Closed` when the connection is gone.
    pub fn read_many<const N: usize>(
        &self,
        stores: [&str; N],
    ) -> Result<[IdbObjectStore; N], StoreError> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let tx = self.db.transaction_with_str_sequence(&names)?;
        let mut opened = Vec::with_capacity(N);
        for name in stores {
            opened.push(tx.object_store(name)?);
        }
        opened.try_into().map_err(|_| StoreError::Closed)
    }

    /// Closes the connection once its transactions are done. Not reported as lost.
    pub fn close(&self) {
        self.db.close();
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.db.set_onversionchange(None);
        self.db.set_onclose(None);
        self.db.close();
    }
}
