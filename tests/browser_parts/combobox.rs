//! Combobox: filtering, keys, ARIA.

use fairlead::ui::parts::{ComboOption, Combobox, best_matches, fold};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, attribute, document, fire, noted, press, settle, type_in};

fn options(labels: &[&str]) -> Vec<ComboOption> {
    let option = |label: &&str| ComboOption {
        id: format!("id-{label}"),
        label: String::from(*label),
        detail: String::new(),
    };
    labels.iter().map(option).collect()
}

const NAMES: [&str; 5] = [
    "Northwind Foods",
    "Blue Heron",
    "Heron Logistics",
    "Zoë Straße",
    "Aster",
];

/// The text of the row that Enter would pick, by way of `aria-activedescendant`.
fn active(stage: &Stage) -> Option<String> {
    let id = stage.one("input").get_attribute("aria-activedescendant")?;
    let row = document()
        .get_element_by_id(&id)
        .expect("the active row is in the page");
    assert_eq!(attribute(&row, "role"), "option");
    row.query_selector(".option__label")
        .unwrap()?
        .text_content()
}

#[wasm_bindgen_test]
async fn typing_filters_and_enter_picks() {
    let value = RwSignal::new(String::new());
    let stage = Stage::new(move || {
        view! { <Combobox label="Organisation" options=options(&NAMES) value on_pick=move |id| value.set(id)/> }
            .into_any()
    })
    .await;
    let input = stage.input("input");
    assert_eq!(attribute(&input, "role"), "combobox");
    assert_eq!(attribute(&input, "aria-expanded"), "false");
    assert!(stage.maybe("[role=listbox]").is_none());

    type_in(&input, "heron").await;
    assert_eq!(attribute(&input, "aria-expanded"), "true");
    assert_eq!(
        attribute(&input, "aria-controls"),
        stage.one("[role=listbox]").id()
    );
    assert_eq!(
        stage.texts(".option__label"),
        ["Heron Logistics", "Blue Heron"]
    );
    assert_eq!(active(&stage).unwrap(), "Heron Logistics");
    assert_eq!(
        stage.one("[role=status]").text_content().unwrap(),
        "2 matches"
    );

    press(&input, "ArrowDown").await;
    assert_eq!(active(&stage).unwrap(), "Blue Heron");
    press(&input, "ArrowDown").await;
    assert_eq!(active(&stage).unwrap(), "Heron Logistics", "comes round");
    press(&input, "ArrowUp").await;
    assert!(
        press(&input, "Enter").await,
        "Enter picks and does not send the form"
    );
    assert_eq!(value.get_untracked(), "id-Blue Heron");
    assert_eq!(input.value(), "Blue Heron");
    assert_eq!(attribute(&input, "aria-expanded"), "false");
    assert!(!press(&input, "Enter").await, "closed, Enter is the form's");
}

#[wasm_bindgen_test]
async fn escape_closes_and_takes_back_and_goes_no_further() {
    let value = RwSignal::new(String::from("id-Aster"));
    let (heard, escapes) = noted::<String>();
    let stage = Stage::new(move || {
        view! {
            <div on:keydown=move |event| heard(event.key())>
                <Combobox label="Organisation" options=options(&NAMES) value on_pick=move |id| value.set(id)/>
            </div>
        }
        .into_any()
    })
    .await;
    let input = stage.input("input");
    type_in(&input, "nothing like it").await;
    assert_eq!(active(&stage), None);
    assert!(press(&input, "Escape").await);
    assert_eq!(input.value(), "Aster");
    assert!(
        escapes.get_untracked().is_empty(),
        "the dialog around must not hear it"
    );
    press(&input, "Escape").await;
    assert_eq!(
        escapes.get_untracked(),
        ["Escape"],
        "closed, it is the dialog's"
    );
}

#[wasm_bindgen_test]
async fn leaving_half_typed_keeps_the_text_and_emptied_clears() {
    let value = RwSignal::new(String::from("id-Aster"));
    let stage = Stage::new(move || {
        view! { <Combobox label="Organisation" options=options(&NAMES) value on_pick=move |id| value.set(id)/> }
            .into_any()
    })
    .await;
    let input = stage.input("input");
    type_in(&input, "Her").await;
    fire(&input, "blur").await;
    // What names nothing changes nothing, and is not thrown away: it is marked.
    assert_eq!(
        (value.get_untracked().as_str(), input.value().as_str()),
        ("id-Aster", "Her")
    );
    assert!(input.has_attribute("data-unsettled"));
    type_in(&input, "ASTER").await;
    fire(&input, "blur").await;
    assert_eq!(
        (value.get_untracked().as_str(), input.value().as_str()),
        ("id-Aster", "Aster")
    );
    assert!(!input.has_attribute("data-unsettled"));
    type_in(&input, "").await;
    fire(&input, "blur").await;
    assert_eq!(value.get_untracked(), "");
}

#[wasm_bindgen_test]
async fn something_new_is_offered_only_when_there_is_none_like_it() {
    let (on_create, made) = noted::<String>();
    let (on_pick, picked) = noted::<String>();
    let stage = Stage::new(move || {
        view! { <Combobox label="Organisation" options=options(&NAMES) value="" on_pick on_create/> }.into_any()
    })
    .await;
    let input = stage.input("input");
    type_in(&input, "zoe strasse").await;
    assert_eq!(stage.texts(".option__label"), ["Zoë Straße"]);
    type_in(&input, " Acme ").await;
    assert_eq!(stage.texts(".option__label"), ["Create “Acme”"]);
    press(&input, "Enter").await;
    assert_eq!(made.get_untracked(), ["Acme"]);
    assert!(picked.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn a_press_on_a_row_picks_it() {
    let (on_pick, picked) = noted::<String>();
    let stage = Stage::new(move || {
        view! { <Combobox label="Organisation" options=options(&NAMES) value="id-Aster" on_pick/> }
            .into_any()
    })
    .await;
    stage.click("input").await;
    assert_eq!(
        stage.all("[role=option]").len(),
        NAMES.len(),
        "opened, it shows everything"
    );
    assert_eq!(
        attribute(&stage.one("[role=option]:last-child"), "aria-selected"),
        "true"
    );
    stage.click("[role=option]:nth-child(2)").await;
    assert_eq!(picked.get_untracked(), ["id-Blue Heron"]);
    stage.click("[aria-label=Clear]").await;
    assert_eq!(picked.get_untracked(), ["id-Blue Heron", ""]);
}

#[wasm_bindgen_test]
async fn of_many_matches_fifty_are_shown() {
    let labels: Vec<String> = (0..1_000).map(|i| format!("Account {i}")).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let all = options(&labels);
    let stage = Stage::new(move || {
        view! { <Combobox label="Organisation" options=all.clone() value="" on_pick=|_| ()/> }
            .into_any()
    })
    .await;
    let input = stage.input("input");
    type_in(&input, "account").await;
    assert_eq!(stage.all("[role=option]").len(), 50);
    type_in(&input, "999").await;
    settle().await;
    assert_eq!(stage.texts(".option__label"), ["Account 999"]);
}

#[wasm_bindgen_test]
fn matching_ranks_and_ignores_case_and_accents() {
    assert_eq!(fold("Zoë STRASSE Straße"), "zoe strasse strasse");
    assert_eq!(fold("İstanbul"), "istanbul");
    assert_eq!(fold("Ｆｕｌｌ"), "full");
    let entries = [
        ("heron logistics", "oslo"),
        ("blue heron", ""),
        ("sheron", ""),
        ("logistics", "heron"),
    ];
    assert_eq!(best_matches(entries.into_iter(), "HERON", 9), [0, 1, 2, 3]);
    assert_eq!(best_matches(entries.into_iter(), "heron log", 9), [0, 3]);
    assert_eq!(best_matches(entries.into_iter(), "", 2), [0, 1]);
    assert!(best_matches(entries.into_iter(), "heron oslo x", 9).is_empty());
}
