//! Messages between tabs, and the locks that keep them apart.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use fairlead::shell::clock::sleep;
use fairlead::shell::tabs::{Election, TabMessage, Tabs, lock, with_lock};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::BroadcastChannel;

use super::{Heard, unique};

#[wasm_bindgen_test]
async fn the_other_tab_hears_every_kind_of_message_and_the_sender_none() {
    let channel = unique("channel");
    let (own, other) = (Heard::new(), Heard::new());
    let sender = Tabs::listen_on(&channel, own.listener()).unwrap();
    let _receiver = Tabs::listen_on(&channel, other.listener()).unwrap();
    let messages = [
        TabMessage::Hello { schema: 3 },
        TabMessage::Changes(vec!["{\"a\":\"ü\"}".to_owned(), String::new()]),
        TabMessage::NewerSchema,
        TabMessage::Cleared,
    ];
    for message in &messages {
        sender.send(message).unwrap();
    }
    other.until(|m| *m == TabMessage::Cleared).await;
    assert_eq!(other.all(), messages);
    assert!(own.all().is_empty());
}

#[wasm_bindgen_test]
async fn a_message_of_another_version_is_not_dropped_silently() {
    let channel = unique("channel-unknown");
    let heard = Heard::new();
    let _tabs = Tabs::listen_on(&channel, heard.listener()).unwrap();
    let newer = BroadcastChannel::new(&channel).unwrap();
    newer.post_message(&JsValue::from_f64(1.0)).unwrap();
    let unknown = JsValue::from_str(r#"{"kind":"teleport"}"#);
    newer.post_message(&unknown).unwrap();
    heard
        .until(|m| matches!(m, TabMessage::Unreadable(why) if why.contains("teleport")))
        .await;
    assert_eq!(
        heard.all()[0],
        TabMessage::Unreadable("not text".to_owned())
    );
    newer.close();
}

#[wasm_bindgen_test]
async fn only_one_is_inside_a_locked_section() {
    let name = unique("lock");
    let inside = Rc::new(Cell::new(0));
    let left = Heard::new();
    for _ in 0..5 {
        let (name, inside, tell) = (name.clone(), inside.clone(), left.listener());
        spawn_local(async move {
            let most = with_lock(&name, async {
                inside.set(inside.get() + 1);
                // Gives the others a chance to come in.
                sleep(0).await;
                let most = inside.get();
                inside.set(inside.get() - 1);
                most
            });
            tell(most.await.unwrap());
        });
    }
    let count = Rc::new(Cell::new(0));
    left.until(|_| {
        count.set(left.all().len());
        count.get() == 5
    })
    .await;
    assert_eq!(left.all(), [1, 1, 1, 1, 1]);
}

#[wasm_bindgen_test]
async fn the_next_in_line_leads_when_the_leader_goes() {
    let name = unique("election");
    let leader = Election::try_lead(&name).await.unwrap();
    let elected = Heard::new();
    let (tell, waiting) = (elected.listener(), name.clone());
    spawn_local(async move {
        tell(Election::try_lead(&waiting).await.is_ok());
    });
    // Answered after all requests that were made before it.
    lock(&unique("barrier")).await.unwrap();
    assert!(elected.all().is_empty());
    drop(leader);
    assert!(elected.until(|_| true).await);
}

#[wasm_bindgen_test]
async fn whoever_gives_up_waiting_does_not_keep_the_lock() {
    let name = unique("lock-abandoned");
    let held = lock(&name).await.unwrap();
    {
        let mut abandoned = pin!(lock(&name));
        let mut context = Context::from_waker(Waker::noop());
        assert!(abandoned.as_mut().poll(&mut context).is_pending());
    }
    drop(held);
    // Would wait for ever if the abandoned request were granted and never released.
    lock(&name).await.unwrap();
}
