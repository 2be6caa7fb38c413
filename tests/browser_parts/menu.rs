//! Menu: keys, focus, ARIA.

use fairlead::ui::parts::{Anchor, Glyph, Menu, MenuEntry, MenuItem, MenuPopup};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, attribute, fire, focused, noted, press, settle};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Action {
    Open,
    Pin,
    Hold,
    Propose,
    Delete,
}

fn entries() -> Vec<MenuEntry<Action>> {
    vec![
        MenuItem::new(Action::Open, "Open")
            .icon(Glyph::External)
            .kbd("Enter")
            .into(),
        MenuItem::new(Action::Pin, "Pinned").checked(true).into(),
        MenuEntry::Separator,
        MenuEntry::Heading(String::from("Move to")),
        MenuItem::new(Action::Hold, "On hold").disabled(true).into(),
        MenuItem::new(Action::Propose, "Proposal").into(),
        MenuItem::new(Action::Delete, "Delete").danger().into(),
    ]
}

async fn stage() -> (Stage, RwSignal<Vec<Action>>) {
    let (on_pick, picked) = noted::<Action>();
    let stage =
        Stage::new(move || view! { <Menu label="Actions" entries=entries() on_pick/> }.into_any())
            .await;
    (stage, picked)
}

fn here() -> String {
    let label = focused().query_selector(".menu__label").unwrap();
    label
        .map(|label| label.text_content().unwrap())
        .unwrap_or_default()
}

#[wasm_bindgen_test]
async fn keys_move_through_it_and_escape_gives_the_focus_back() {
    let (stage, picked) = stage().await;
    let button = stage.one("button");
    assert_eq!(attribute(&button, "aria-haspopup"), "menu");
    button.focus().unwrap();
    assert!(press(&button, "ArrowDown").await);
    assert_eq!(attribute(&button, "aria-expanded"), "true");
    assert_eq!(
        attribute(&stage.one("[role=menu]"), "aria-label"),
        "Actions"
    );
    let mut way = vec![here()];
    for key in [
        "ArrowDown",
        "ArrowDown",
        "End",
        "ArrowDown",
        "ArrowUp",
        "Home",
        "p",
        "r",
        "d",
    ] {
        press(&focused(), key).await;
        way.push(here());
    }
    // "p", then "pr": letters in quick succession are one text; "prd" begins nothing.
    let expected = [
        "Open", "Pinned", "On hold", "Delete", "Open", "Delete", "Open", "Pinned", "Proposal",
        "Proposal",
    ];
    assert_eq!(way, expected);
    assert!(press(&focused(), "Escape").await);
    assert!(stage.maybe("[role=menu]").is_none());
    assert_eq!(focused(), button);
    assert!(picked.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn an_item_is_picked_once_it_is_closed() {
    let (stage, picked) = stage().await;
    stage.one("button").focus().unwrap();
    stage.click("button").await;
    let roles: Vec<_> = stage
        .all(".menu__item")
        .iter()
        .map(|item| attribute(item, "role"))
        .collect();
    assert_eq!(
        roles,
        [
            "menuitem",
            "menuitemcheckbox",
            "menuitem",
            "menuitem",
            "menuitem"
        ]
    );
    assert_eq!(
        attribute(&stage.all(".menu__item")[1], "aria-checked"),
        "true"
    );
    let hold = stage.all(".menu__item")[2].clone();
    assert_eq!(attribute(&hold, "aria-disabled"), "true");
    hold.click();
    settle().await;
    assert!(picked.get_untracked().is_empty() && stage.maybe("[role=menu]").is_some());
    stage.all(".menu__item")[3].click();
    settle().await;
    assert_eq!(picked.get_untracked(), [Action::Propose]);
    assert!(stage.maybe("[role=menu]").is_none());
    assert_eq!(focused(), stage.one("button"));
}

#[wasm_bindgen_test]
async fn a_press_outside_closes_it() {
    let (stage, picked) = stage().await;
    stage.click("button").await;
    fire(&stage.one("[role=menu]"), "pointerdown").await;
    assert!(stage.maybe("[role=menu]").is_some());
    fire(&stage.root, "pointerdown").await;
    assert!(stage.maybe("[role=menu]").is_none());
    assert!(picked.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn one_menu_opens_at_any_point_and_stays_in_the_window() {
    let anchor = RwSignal::new_local(None::<Anchor>);
    let (on_pick, picked) = noted::<Action>();
    let stage = Stage::new(move || {
        view! { <MenuPopup anchor label="Deal" entries=entries() on_pick/> }.into_any()
    })
    .await;
    let (width, height) = (window_size("innerWidth"), window_size("innerHeight"));
    anchor.set(Some(Anchor::Point {
        x: width - 2.0,
        y: height - 2.0,
    }));
    settle().await;
    // Without the page's style sheets the box is not placed, but where it would be is known.
    let style = stage.one(".pop").style();
    let at = |name: &str| -> f64 {
        let value = style.get_property_value(name).unwrap();
        value.trim_end_matches("px").parse().unwrap()
    };
    assert_eq!(attribute(&stage.one(".pop"), "data-side"), "above");
    assert!(
        at("--pop-x") >= 0.0 && at("--pop-x") < width - 8.0,
        "{}",
        at("--pop-x")
    );
    assert!(at("--pop-most") <= height);
    stage.all(".menu__item")[4].click();
    settle().await;
    assert_eq!(picked.get_untracked(), [Action::Delete]);
    assert!(anchor.with_untracked(Option::is_none));
}

fn window_size(name: &str) -> f64 {
    js_sys::Reflect::get(&super::window(), &name.into())
        .unwrap()
        .as_f64()
        .unwrap()
}
