//! What activities are called.

use crate::app::form::activity::whole_text;
use crate::app::form::print_time;
use crate::domain::activity::Activity;

/// What it is about, in a few words: its first line, or its kind.
#[must_use]
pub fn title_of(activity: &Activity) -> String {
    let text = whole_text(activity);
    match text.lines().next().map(str::trim) {
        Some(first) if !first.is_empty() => first.to_owned(),
        _ => activity.kind.label().to_owned(),
    }
}

/// Its time of day, with its end where it has a duration: `14:30–15:00`.
#[must_use]
pub fn time_words(activity: &Activity) -> Option<String> {
    let from = activity.due_minute?;
    let to = activity
        .duration
        .map(|long| from.saturating_add(long))
        .filter(|to| *to < 24 * 60);
    Some(match to {
        Some(to) => format!("{}–{}", print_time(from), print_time(to)),
        None => print_time(from),
    })
}
