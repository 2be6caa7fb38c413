//! Select, segmented control, tabs, checkbox, table, progress, explanation, buttons.

use fairlead::ui::parts::*;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, attribute, described, fire, focused, noted, press, settle};

fn stages() -> Vec<Choice> {
    vec![
        Choice::new("q", "Qualification"),
        Choice::new("p", "Proposal").count(7),
        Choice::new("x", "Closed").disabled(),
        Choice::new("n", "Negotiation"),
    ]
}

#[wasm_bindgen_test]
async fn a_select_follows_its_value_even_among_new_options() {
    let value = RwSignal::new(String::from("n"));
    let options = RwSignal::new(stages());
    let stage = Stage::new(move || {
        view! { <Select label="Stage" options value on_change=move |v| value.set(v)/> }.into_any()
    })
    .await;
    let select: web_sys::HtmlSelectElement = stage.one("select").unchecked_into();
    assert_eq!(select.value(), "n");
    options.set(vec![Choice::new("n", "Talks"), Choice::new("a", "Another")]);
    settle().await;
    assert_eq!(select.value(), "n");
    value.set(String::from("gone"));
    settle().await;
    assert_eq!(select.value(), "", "never the first option by accident");
    select.set_value("a");
    fire(&select, "change").await;
    assert_eq!(value.get_untracked(), "a");
}

#[wasm_bindgen_test]
async fn a_segmented_control_is_a_radio_group() {
    let value = RwSignal::new(String::from("p"));
    let stage = Stage::new(move || {
        view! {
            <Field label="Stage"><Segmented options=stages() value on_change=move |v| value.set(v)/></Field>
        }
        .into_any()
    })
    .await;
    let group = stage.one("[role=radiogroup]");
    assert_eq!(described(&group, "aria-labelledby"), "Stage");
    let radios = stage.all("[role=radio]");
    let tabs: Vec<_> = radios
        .iter()
        .map(|radio| attribute(radio, "tabindex"))
        .collect();
    assert_eq!(tabs, ["-1", "0", "-1", "-1"], "one stop for Tab");
    radios[1].focus().unwrap();
    press(&focused(), "ArrowRight").await;
    assert_eq!(value.get_untracked(), "n", "past what is disabled");
    assert_eq!(attribute(&focused(), "aria-checked"), "true");
    press(&focused(), "ArrowRight").await;
    assert_eq!(value.get_untracked(), "q");
    press(&focused(), "ArrowLeft").await;
    assert_eq!(value.get_untracked(), "n");
    value.set(String::from("unknown"));
    settle().await;
    assert_eq!(
        attribute(&stage.all("[role=radio]")[0], "tabindex"),
        "0",
        "still reachable"
    );
}

#[wasm_bindgen_test]
async fn tabs_name_their_panel() {
    let value = RwSignal::new(String::from("q"));
    let stage = Stage::new(move || {
        view! {
            <Tabs label="Deal" options=stages() value on_change=move |v| value.set(v)>{move || value.get()}</Tabs>
        }
        .into_any()
    })
    .await;
    let panel = stage.one("[role=tabpanel]");
    assert_eq!(described(&panel, "aria-labelledby"), "Qualification");
    stage.one("[aria-selected=true]").focus().unwrap();
    press(&focused(), "End").await;
    assert_eq!(
        (
            value.get_untracked().as_str(),
            panel.text_content().unwrap().as_str()
        ),
        ("n", "n")
    );
    assert_eq!(described(&panel, "aria-labelledby"), "Negotiation");
    assert_eq!(attribute(&focused(), "aria-controls"), panel.id());
    press(&focused(), "ArrowRight").await;
    assert_eq!(value.get_untracked(), "q");
}

#[wasm_bindgen_test]
async fn a_checkbox_shows_what_its_holder_says() {
    let on = RwSignal::new(false);
    let refuse = RwSignal::new(true);
    let change = move |wanted| {
        if !refuse.get_untracked() {
            on.set(wanted);
        }
    };
    let stage = Stage::new(move || {
        view! { <Checkbox checked=on on_change=change label="Shortcuts" hint="One letter each" switch=true/> }.into_any()
    })
    .await;
    let input = stage.input("input");
    assert_eq!(attribute(&input, "role"), "switch");
    assert_eq!(described(&input, "aria-describedby"), "One letter each");
    assert_eq!(attribute(&stage.one("label"), "for"), input.id());
    input.click();
    settle().await;
    assert!(!input.checked(), "refused");
    refuse.set(false);
    input.click();
    settle().await;
    assert!(input.checked() && on.get_untracked());
}

#[wasm_bindgen_test]
async fn a_table_says_how_it_is_sorted() {
    let sort = RwSignal::new(Some((String::from("value"), SortDir::Descending)));
    let (on_sort, asked) = noted::<String>();
    let columns = vec![
        Column::new("title", "Deal"),
        Column::new("value", "Value").numeric(),
        Column::new("menu", "Actions").unlabelled(),
    ];
    let stage = Stage::new(move || {
        view! {
            <Table caption="Deals" columns=columns.clone() sort on_sort row_count=4>
                <tr><th scope="row">"a"</th><td>"1"</td><td></td></tr>
            </Table>
        }
        .into_any()
    })
    .await;
    let sorts = |stage: &Stage| {
        stage
            .all("thead th")
            .iter()
            .map(|th| attribute(th, "aria-sort"))
            .collect::<Vec<_>>()
    };
    assert_eq!(sorts(&stage), ["none", "descending", ""]);
    assert_eq!(
        attribute(&stage.one("table"), "aria-rowcount"),
        "5",
        "with the head"
    );
    assert!(stage.maybe("thead th:last-child button").is_none());
    stage.click("thead th:first-child button").await;
    assert_eq!(asked.get_untracked(), ["title"]);
    sort.set(Some((String::from("title"), SortDir::Ascending)));
    settle().await;
    assert_eq!(sorts(&stage), ["ascending", "none", ""]);
}

#[wasm_bindgen_test]
async fn progress_is_read_out_and_can_be_stopped() {
    let value = RwSignal::new(None::<f64>);
    let (stop, stopped) = noted::<()>();
    let stage = Stage::new(move || {
        view! { <Progress label="Reading" value max=8800.0 on_cancel=move || stop(())/> }.into_any()
    })
    .await;
    let bar = stage.one("progress");
    assert_eq!(described(&bar, "aria-labelledby"), "Reading");
    assert!(!bar.has_attribute("value"), "not known yet");
    value.set(Some(4400.0));
    settle().await;
    assert_eq!(attribute(&bar, "value"), "0.5");
    assert_eq!(stage.one(".progress__text").text_content().unwrap(), "50 %");
    value.set(Some(8799.0));
    settle().await;
    assert_eq!(
        stage.one(".progress__text").text_content().unwrap(),
        "99 %",
        "not done before it is done"
    );
    stage.click("button").await;
    assert_eq!(stopped.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn an_explanation_opens_and_escape_returns() {
    let stage = Stage::new(|| {
        view! { <Explain title="win rate"><code>"won / (won + lost)"</code></Explain> }.into_any()
    })
    .await;
    let button = stage.one(".explain__button");
    assert_eq!(attribute(&button, "aria-label"), "How win rate is computed");
    button.focus().unwrap();
    button.click();
    settle().await;
    assert_eq!(attribute(&button, "aria-expanded"), "true");
    assert_eq!(focused(), stage.one(".explain__content"));
    assert_eq!(
        stage.one("code").text_content().unwrap(),
        "won / (won + lost)"
    );
    press(&focused(), "Escape").await;
    assert!(stage.maybe("code").is_none());
    assert_eq!(focused(), button);
}

#[wasm_bindgen_test]
async fn a_button_at_work_keeps_the_focus_and_ignores_presses() {
    let loading = RwSignal::new(false);
    let (note, pressed) = noted::<()>();
    let stage = Stage::new(move || {
        view! { <Button loading kbd="Mod+K" on_click=move |_| note(())>"Save"</Button> }.into_any()
    })
    .await;
    let button = stage.one("button");
    assert!(attribute(&button, "aria-keyshortcuts").ends_with("+K"));
    button.focus().unwrap();
    button.click();
    loading.set(true);
    settle().await;
    button.click();
    assert_eq!(pressed.get_untracked().len(), 1);
    assert_eq!(attribute(&button, "aria-busy"), "true");
    assert_eq!(focused(), button);
}

#[wasm_bindgen_test]
async fn an_icon_button_and_an_avatar_have_names() {
    let stage = Stage::new(|| {
        view! {
            <IconButton label="Delete" glyph=Glyph::Trash/>
            <Avatar name="Ada de Marsh"/>
        }
        .into_any()
    })
    .await;
    assert_eq!(attribute(&stage.one("button"), "aria-label"), "Delete");
    assert_eq!(attribute(&stage.one("button"), "title"), "Delete");
    assert_eq!(attribute(&stage.one("button svg"), "aria-hidden"), "true");
    assert_eq!(stage.one(".avatar").text_content().unwrap(), "AM");
    assert_eq!(
        attribute(&stage.one(".avatar"), "aria-label"),
        "Ada de Marsh"
    );
    assert_eq!(
        (
            initials_of("  "),
            initials_of("zoë"),
            initials_of("“Bo” (x)")
        ),
        ("?".into(), "Z".into(), "BX".into())
    );
    assert_eq!(hue_of("Ada"), hue_of("Ada"));
}
