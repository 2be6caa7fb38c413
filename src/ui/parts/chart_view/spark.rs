//! A chart so small that it stands in a line of text, a cell or a tile.

use leptos::prelude::*;

use super::super::boxed::block;
use super::marks::element;
use crate::chart::scene::{Scene, px};

/// A picture without anything to press or point at, for
/// [`sparkline`](crate::chart::spark::sparkline). Its title and summary are said to those who
/// listen; whoever wants the numbers finds them where the sparkline stands.
#[component]
pub fn SparkView(
    /// The chart.
    #[prop(into)]
    scene: Signal<Scene>,
) -> impl IntoView {
    let label = move || {
        scene.with(|s| match (s.title.as_str(), s.summary.as_str()) {
            (title, "") => title.to_owned(),
            ("", summary) => summary.to_owned(),
            (title, summary) => format!("{title}: {summary}"),
        })
    };
    let marks = move || {
        let marks = scene.with(|s| s.marks.clone()).into_iter();
        marks.map(|mark| element(mark, false, None)).collect_view()
    };
    view! {
        <svg
            class="spark"
            role="img"
            aria-label=label
            width=move || scene.with(|s| px(s.size.width))
            height=move || scene.with(|s| px(s.size.height))
        >
            {block(marks)}
        </svg>
    }
}
