//! Conversion by the month in which deals were created: how many of a month's deals were won
//! within one month, within two, and so on. What cannot be known yet is marked, not guessed.

use super::super::facts::Facts;
use super::super::period::{Cut, Period};
use super::super::select::Selection;
use super::super::stats::Rate;
use super::super::win_loss::date_of;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use chrono::{Datelike, NaiveDate};

/// The most ages shown, in months.
pub const AGES: usize = 12;

/// How far a cell can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// All deals of the month are that old: the share stands.
    Whole,
    /// Some are not that old yet: the share can still grow.
    Part,
}

/// The share of a month's deals that were won by an age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohortCell {
    /// Won of all created in the month.
    pub rate: Rate,
    /// Which were won by then.
    pub won: Vec<DealId>,
    /// How far it is known.
    pub seen: Seen,
}

/// The deals created in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// The month.
    pub month: Period,
    /// Its deals, in order of their ids.
    pub deals: Vec<DealId>,
    /// How many of them are open or on hold.
    pub undecided: usize,
    /// By age: within 1 month, 2 months, …; ends where none of them can be that old.
    pub cells: Vec<CohortCell>,
}

/// How many months after its creation a deal was closed, begun ones counted: 1 for the same day.
fn months_taken(created: NaiveDate, closed: NaiveDate) -> u32 {
    let months =
        (closed.year() - created.year()) * 12 + closed.month() as i32 - created.month() as i32;
    let begun = i32::from(closed.day() >= created.day());
    u32::try_from(months + begun).unwrap_or(0).max(1)
}

/// The months of a time in which deals were created, in order; at most `most`, the latest.
#[must_use]
pub fn cohorts(
    facts: &Facts,
    of: &Selection,
    period: Period,
    today: NaiveDate,
    most: usize,
) -> Vec<Cohort> {
    let created = |row: &usize| period.holds(facts.created[*row]);
    let days = || of.rows().filter(created).map(|row| facts.created[row]);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Vec::new();
    };
    let span = Period::new(date_of(first), date_of(last));
    let mut months: Vec<(Period, Vec<usize>)> = Cut::Month
        .pieces(span, most)
        .into_iter()
        .map(|month| (month, Vec::new()))
        .collect();
    for row in of.rows().filter(created) {
        let day = date_of(facts.created[row]);
        let at = months.partition_point(|(month, _)| month.to() < day);
        if let Some((month, rows)) = months.get_mut(at)
            && month.from() <= day
        {
            rows.push(row);
        }
    }
    months
        .into_iter()
        .map(|(month, mut rows)| {
            rows.order_by_key(|row| facts.ids[*row]);
            cohort(facts, month, &rows, today)
        })
        .collect()
}

fn cohort(facts: &Facts, month: Period, rows: &[usize], today: NaiveDate) -> Cohort {
    let taken: Vec<(DealId, Option<u32>)> = rows
        .iter()
        .map(|row| {
            let won = facts.status[*row] == Status::Won;
            let took = || months_taken(date_of(facts.created[*row]), date_of(facts.closed[*row]));
            (facts.ids[*row], won.then(took))
        })
        .collect();
    let undecided = rows
        .iter()
        .filter(|row| matches!(facts.status[**row], Status::Open | Status::OnHold))
        .count();
    let created: Vec<NaiveDate> = rows
        .iter()
        .map(|row| date_of(facts.created[*row]))
        .collect();
    let (first, last) = (created.iter().min().copied(), created.iter().max().copied());
    let mut cells = Vec::new();
    for age in 1..=AGES as u32 {
        let (Some(first), Some(last)) = (first, last) else {
            break;
        };
        // The oldest deal has not begun this age yet: nothing can be known.
        if first > today || months_taken(first, today) < age {
            break;
        }
        let won: Vec<DealId> = taken
            .iter()
            .filter(|(_, took)| took.is_some_and(|took| took <= age))
            .map(|(id, _)| *id)
            .collect();
        // Once all are decided nothing can change any more; before that, once none that is won
        // from today on can count.
        let whole = undecided == 0 || (last <= today && months_taken(last, today) > age);
        cells.push(CohortCell {
            rate: Rate::new(won.len() as u64, rows.len() as u64),
            won,
            seen: if whole { Seen::Whole } else { Seen::Part },
        });
    }
    Cohort {
        month,
        deals: rows.iter().map(|row| facts.ids[*row]).collect(),
        undecided,
        cells,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deal::DealField;
    use crate::domain::insight::made::{End, Made};
    use crate::domain::insight::trail::noon;

    #[test]
    fn a_month_stands_only_when_no_deal_won_today_can_count_in_it() {
        let mut made = Made::new();
        let id = made.deal(Some(1), &[(0, 20)], End::Open);
        // The last day of a long month; the next month has no such day.
        let last = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
        made.set(id, DealField::Created(noon(last)));
        let facts = Facts::over(&made.world, &|_| 0);
        let all = Selection::all(&facts);
        let cells = |today: &str| {
            let today = today.parse().unwrap();
            let months = cohorts(&facts, &all, Period::all(), today, 36);
            let seen = months[0].cells.iter().map(|cell| cell.seen);
            seen.collect::<Vec<_>>()
        };
        assert_eq!(cells("2026-02-28"), [Seen::Part]);
        assert_eq!(cells("2026-03-01"), [Seen::Whole, Seen::Part]);
        assert_eq!(cells("2026-03-30"), [Seen::Whole, Seen::Part]);
        assert_eq!(cells("2026-03-31"), [Seen::Whole, Seen::Whole, Seen::Part]);
        assert_eq!(cells("2026-01-30"), []);
    }

    #[test]
    fn months_taken_counts_begun_ones() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (created, closed, months) in [
            ("2026-01-15", "2026-01-15", 1),
            ("2026-01-15", "2026-02-14", 1),
            ("2026-01-15", "2026-02-15", 2),
            ("2026-01-31", "2026-02-28", 1),
            ("2025-12-01", "2026-12-01", 13),
            // A deal cannot be closed before it is there, but imports say so.
            ("2026-03-01", "2026-01-01", 1),
        ] {
            assert_eq!(
                months_taken(day(created), day(closed)),
                months,
                "{created} {closed}"
            );
        }
    }
}
