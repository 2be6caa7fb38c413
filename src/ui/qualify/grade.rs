//! Grade and qualification in a few letters, for cards and headings.

use crate::domain::query::score::Grade;
use crate::ui::fmt;
use leptos::prelude::*;

/// A grade: fit A to D, engagement 1 to 4.
#[component]
pub fn GradeChip(
    /// Which.
    grade: Grade,
) -> impl IntoView {
    let words = format!(
        "Grade {grade}: fit {}, engagement {}",
        Grade::letter(grade.fit),
        grade.engagement + 1
    );
    view! {
        <span class="grade" data-heat=grade.heat().to_string() title=words.clone()>
            <span class="visually-hidden">{words.clone()}</span>
            <span aria-hidden="true">{grade.to_string()}</span>
        </span>
    }
}

/// How far a deal is qualified, as a small ring; its percentage is the tooltip.
#[component]
pub fn QualifiedMark(
    /// 0 to 100.
    percent: u8,
) -> impl IntoView {
    let words = format!("Qualified {}", fmt::percent(percent));
    view! {
        <span class="qualified" title=words.clone()>
            <svg class="qualified__ring" viewBox="0 0 16 16" aria-hidden="true">
                <circle class="qualified__track" cx="8" cy="8" r="6" pathLength="100"/>
                <circle class="qualified__part" cx="8" cy="8" r="6" pathLength="100" stroke-dasharray=format!("{percent} 100")/>
            </svg>
            <span class="visually-hidden">{words.clone()}</span>
        </span>
    }
}
