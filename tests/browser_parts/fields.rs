//! Field and the controls one types into.

use fairlead::ui::parts::*;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, attribute, described, fire, noted, press, settle, type_in};

#[wasm_bindgen_test]
async fn a_field_names_and_describes_its_control() {
    let error = RwSignal::new(None::<String>);
    let stage = Stage::new(move || {
        view! {
            <Field label="Probability" hint="Overrides the stage" error=error required=true>
                <TextInput value="140"/>
            </Field>
        }
        .into_any()
    })
    .await;
    let input = stage.one("input");
    assert_eq!(attribute(&stage.one("label"), "for"), input.id());
    assert_eq!(described(&input, "aria-describedby"), "Overrides the stage");
    assert_eq!(attribute(&input, "aria-required"), "true");
    assert!(!input.has_attribute("aria-invalid"));

    error.set(Some(String::from("Enter a number from 0 to 100")));
    settle().await;
    assert_eq!(attribute(&input, "aria-invalid"), "true");
    assert_eq!(
        described(&input, "aria-describedby"),
        "Overrides the stage | Enter a number from 0 to 100"
    );
    assert_eq!(attribute(&stage.one(".field__live"), "aria-live"), "polite");

    error.set(Some(String::new()));
    settle().await;
    assert!(!input.has_attribute("aria-invalid"));
    assert!(stage.maybe(".field__error").is_none());
}

#[wasm_bindgen_test]
async fn text_is_told_at_each_change_and_when_done() {
    let (on_input, typed) = noted::<String>();
    let (on_commit, done) = noted::<String>();
    let stage = Stage::new(move || {
        view! { <TextInput label="Title" value="" on_input on_commit/> }.into_any()
    })
    .await;
    let input = stage.input("input");
    assert_eq!(attribute(&input, "aria-label"), "Title");
    type_in(&input, "Ware").await;
    type_in(&input, "Warehouse").await;
    assert_eq!(typed.get_untracked(), ["Ware", "Warehouse"]);
    assert!(done.get_untracked().is_empty());
    fire(&input, "change").await;
    assert_eq!(done.get_untracked(), ["Warehouse"]);
}

#[wasm_bindgen_test]
async fn a_text_area_grows_without_scripted_styles() {
    let text = RwSignal::new(String::from("one"));
    let stage =
        Stage::new(move || view! { <TextArea label="Notes" rows=1 value=text/> }.into_any()).await;
    assert_eq!(
        stage.one(".input__replica").text_content().unwrap(),
        "one\n"
    );
    text.set(String::from("one\ntwo"));
    settle().await;
    assert_eq!(
        stage.one(".input__replica").text_content().unwrap(),
        "one\ntwo\n"
    );
    assert!(stage.all("[style]").is_empty());
}

#[wasm_bindgen_test]
async fn a_date_is_told_whole_or_not_at_all() {
    let date = RwSignal::new(String::from("2027-03-31"));
    let (note, told) = noted::<String>();
    let change = move |new: String| {
        note(new.clone());
        date.set(new);
    };
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let picks = vec![DatePick::new("Today", day)];
    let stage = Stage::new(move || {
        view! { <DateField label="Close" value=date on_change=change picks=picks.clone()/> }
            .into_any()
    })
    .await;
    let input = stage.input("input");
    type_in(&input, "0202-12-25").await;
    assert!(told.get_untracked().is_empty(), "a year still being typed");
    type_in(&input, "2028-12-25").await;
    stage.click(".date__pick").await;
    assert_eq!(attribute(&stage.one(".date__pick"), "aria-pressed"), "true");
    assert_eq!(input.value(), "2026-11-23");
    stage.click("[aria-label='Clear date']").await;
    assert_eq!(told.get_untracked(), ["2028-12-25", "2026-11-23", ""]);
    assert!(stage.maybe("[aria-label='Clear date']").is_none());
}

#[wasm_bindgen_test]
async fn money_keeps_the_draft_and_an_unlisted_currency() {
    let (on_amount, amounts) = noted::<String>();
    let (on_currency, codes) = noted::<String>();
    let stage = Stage::new(move || {
        view! {
            <MoneyField label="Value" amount="12,5x" on_amount currency="CHF" on_currency
                currencies=vec![String::from("EUR"), String::from("USD")]/>
        }
        .into_any()
    })
    .await;
    let amount = stage.input("input");
    assert_eq!(amount.value(), "12,5x");
    type_in(&amount, "1.200,50").await;
    assert_eq!(amounts.get_untracked(), ["1.200,50"]);
    let select: web_sys::HtmlSelectElement = stage.one("select").unchecked_into();
    assert_eq!(select.value(), "CHF");
    select.set_value("USD");
    fire(&select, "change").await;
    assert_eq!(codes.get_untracked(), ["USD"]);
}

#[wasm_bindgen_test]
async fn tags_are_added_once_and_taken_back() {
    let tags = RwSignal::new(vec![String::from("Partner")]);
    let stage = Stage::new(move || {
        view! { <TagInput label="Tags" tags on_change=move |new| tags.set(new)/> }.into_any()
    })
    .await;
    let input = stage.input("input");
    type_in(&input, " Pilot ").await;
    assert!(press(&input, "Enter").await);
    type_in(&input, "PARTNER").await;
    press(&input, ",").await;
    assert_eq!(tags.get_untracked(), ["Partner", "Pilot"]);
    assert_eq!(input.value(), "");
    assert!(
        !press(&input, "Enter").await,
        "Enter in the empty box is the form's"
    );
    press(&input, "Backspace").await;
    assert_eq!(
        (tags.get_untracked(), input.value()),
        (vec![String::from("Partner")], String::from("Pilot"))
    );
    fire(&input, "blur").await;
    assert_eq!(
        tags.get_untracked(),
        ["Partner", "Pilot"],
        "leaving adds what was typed"
    );
    stage.click("[aria-label='Remove Partner']").await;
    assert_eq!(tags.get_untracked(), ["Pilot"]);
}
