//! Why a deal is on the agenda, in a sentence with its facts.

use crate::app::history::Format;
use crate::domain::insight::agenda_review::Flag;
use crate::domain::state::State;

/// The sentence of a flag, without full stop.
#[must_use]
pub fn sentence(state: &State, flag: &Flag, format: &impl Format) -> String {
    let days = |n: i64| match n {
        1 => String::from("1 day"),
        n => format!(
            "{} days",
            format.count(usize::try_from(n).unwrap_or_default())
        ),
    };
    let because = |reason: &str| match reason.trim() {
        "" => String::new(),
        reason => format!(": {reason}"),
    };
    match flag {
        Flag::Won(on, reason) => format!("Won on {}{}", format.date(*on), because(reason)),
        Flag::Lost(on, reason, rival) => {
            let to = match rival.trim() {
                "" => String::new(),
                rival => format!(" to {rival}"),
            };
            format!("Lost on {}{to}{}", format.date(*on), because(reason))
        }
        Flag::Held(on, reason) => {
            format!("Put on hold on {}{}", format.date(*on), because(reason))
        }
        Flag::New(at) => format!("Created on {}", format.moment(*at)),
        Flag::Pushed(from, to, times) => {
            let often = match times {
                0 | 1 => String::new(),
                n => format!("; pushed {} times in all", format.count(*n)),
            };
            format!(
                "Close pushed from {} to {}, {} later{often}",
                format.date(*from),
                format.date(*to),
                days((*to - *from).num_days())
            )
        }
        Flag::Pulled(from, to) => format!(
            "Close pulled in from {} to {}, {} earlier",
            format.date(*from),
            format.date(*to),
            days((*from - *to).num_days())
        ),
        Flag::Value(from, to) => format!(
            "Value {} from {} to {}",
            if to.minor > from.minor { "up" } else { "down" },
            format.money(*from),
            format.money(*to)
        ),
        Flag::Back(from, to) => format!(
            "Moved back from {} to {}",
            state.name_of((*from).into()),
            state.name_of((*to).into())
        ),
        Flag::Stale(quiet, allowed) => format!(
            "Nothing happened for {}; this stage allows {}",
            days(i64::from(*quiet)),
            days(i64::from(*allowed))
        ),
        Flag::Overdue(close) => format!("Was expected to close on {}", format.date(*close)),
        Flag::NoStep => String::from("No next step is planned"),
        Flag::Single(0) => String::from("No contact is named"),
        Flag::Single(_) => String::from("Only one contact is named"),
        Flag::Overridden(to, reason, missing) => {
            let unmet = match missing {
                0 => String::new(),
                1 => String::from(" past 1 unmet criterion"),
                n => format!(" past {} unmet criteria", format.count(*n)),
            };
            let to = state.name_of((*to).into());
            format!("Moved to {to}{unmet}{}", because(reason))
        }
        Flag::Large(1, of) => format!("The largest of {} open deals", format.count(*of)),
        Flag::Large(place, of) => format!(
            "Number {} by value of {} open deals",
            format.count(*place),
            format.count(*of)
        ),
        Flag::ScoreFell(then, now) => {
            format!("Engagement fell from {then} to {now} points and to a lower grade")
        }
        Flag::Gap(have, need, open) => {
            let open = match open {
                0 => String::new(),
                1 => String::from(", 1 question open"),
                n => format!(", {} questions open", format.count(*n)),
            };
            format!(
                "Qualified {} where its stage asks for {}{open}",
                format.percent(*have),
                format.percent(*need)
            )
        }
    }
}
