//! Charts: marks by pointer and keys, the table in their place, and the tiny ones.

use fairlead::chart::heat::{Cell, Heat, HeatRow, heat};
use fairlead::chart::scene::Room;
use fairlead::chart::spark::{Spark, sparkline};
use fairlead::chart::value::{About, Amount, Said};
use fairlead::ui::parts::{ChartView, SparkView};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, attribute, fire, focused, noted, press, settle};

fn count(n: i128) -> Amount {
    Amount {
        minor: n,
        said: Said::plain(n.to_string()),
    }
}

/// Two owners, two days, one cell without a number.
fn calls() -> Heat {
    let cell = |key: u64, n: i128| {
        Some(Cell {
            key: Some(key),
            amount: count(n),
            more: Vec::new(),
        })
    };
    let row = |label: &str, cells| HeatRow {
        label: label.into(),
        cells,
    };
    Heat {
        about: About {
            title: "Calls by weekday".into(),
            summary: "Most on Monday.".into(),
            nothing: String::new(),
        },
        label: "Owner".into(),
        value: "Calls".into(),
        columns: ["Mon", "Tue"].map(Said::plain).into(),
        rows: vec![
            row("Ada", vec![cell(11, 5), cell(12, 2)]),
            row("Björn", vec![cell(13, 1), None]),
        ],
    }
}

async fn stage() -> (Stage, RwSignal<Vec<u64>>) {
    let (on_pick, picked) = noted::<u64>();
    let draw = |room: Room| heat(&calls(), room);
    let stage = Stage::new(move || {
        view! { <ChartView draw=Callback::new(draw) on_pick file_name="calls"/> }.into_any()
    })
    .await;
    (stage, picked)
}

#[wasm_bindgen_test]
async fn a_mark_is_picked_by_a_press_and_by_keys() {
    let (stage, picked) = stage().await;
    let marks: Vec<String> = stage
        .all("[data-mark]")
        .iter()
        .map(|m| attribute(m, "data-mark"))
        .collect();
    assert_eq!(marks, ["cell-0", "cell-1", "cell-2"]);
    assert_eq!(
        attribute(&stage.one("[data-mark=cell-1]"), "aria-label"),
        "Ada, Tue: Calls 2"
    );
    // SVG elements have no `click()` of their own.
    fire(&stage.one("[data-mark=cell-1]"), "click").await;
    assert_eq!(picked.get_untracked(), [12]);
    let first = stage.one("[data-mark=cell-0]");
    assert_eq!(attribute(&first, "tabindex"), "0");
    first.focus().unwrap();
    settle().await;
    assert_eq!(
        stage.one(".chart__tip b").text_content().unwrap(),
        "Ada, Mon"
    );
    assert!(press(&first, "End").await);
    assert_eq!(attribute(&focused(), "data-mark"), "cell-2");
    assert!(press(&focused(), "Enter").await);
    assert_eq!(picked.get_untracked(), [12, 13]);
    assert!(press(&focused(), "Escape").await);
    assert!(stage.maybe(".chart__tip").is_none());
}

#[wasm_bindgen_test]
async fn the_table_stands_in_place_of_the_picture_with_the_same_numbers() {
    let (stage, _) = stage().await;
    assert!(stage.maybe("table").is_none());
    stage.click("button[aria-label='Show as a table']").await;
    assert!(stage.maybe(".chart__svg").is_none());
    assert_eq!(stage.texts("thead th"), ["Owner", "Mon", "Tue"]);
    assert_eq!(
        stage.texts("tbody th, tbody td"),
        ["Ada", "5", "2", "Björn", "1", ""]
    );
    assert_eq!(
        stage.one("caption").text_content().unwrap(),
        "Calls by weekday"
    );
    stage.click("button[aria-label='Show as a table']").await;
    assert!(stage.maybe(".chart__svg").is_some() && stage.maybe("table").is_none());
}

#[wasm_bindgen_test]
async fn a_long_table_says_that_there_is_more() {
    let draw = |room: Room| {
        let mut data = calls();
        let row = data.rows[0].clone();
        data.rows = vec![row; 600];
        heat(&data, room)
    };
    let stage = Stage::new(move || {
        view! { <ChartView draw=Callback::new(draw) file_name="calls"/> }.into_any()
    })
    .await;
    stage.click("button[aria-label='Show as a table']").await;
    assert_eq!(stage.all("tbody tr").len(), 500);
    assert_eq!(stage.texts(".chart__more"), ["The first 500 of 600 rows."]);
}

#[wasm_bindgen_test]
async fn a_sparkline_is_one_picture_with_words() {
    let data = Spark {
        about: About {
            title: "Won per week".into(),
            summary: "2, 5, 3".into(),
            nothing: String::new(),
        },
        values: [2, 5, 3].map(|n| (n.to_string(), Some(count(n)))).into(),
        ..Spark::default()
    };
    let scene = sparkline(
        &data,
        Room {
            width: 96.0,
            em: 12.0,
        },
    );
    let stage = Stage::new(move || view! { <SparkView scene/> }.into_any()).await;
    let picture = stage.one("svg");
    assert_eq!(attribute(&picture, "aria-label"), "Won per week: 2, 5, 3");
    assert_eq!(attribute(&picture, "width"), "96");
    assert!(stage.maybe("[tabindex]").is_none() && stage.maybe("path").is_some());
}
