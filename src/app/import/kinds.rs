//! What kind of field the cells of a column would make.

use super::list;
use crate::codec::csv::{
    DateGuess, DecimalStyle, Table, guess_date_order, is_blank, parse_amount, parse_bool,
};
use crate::domain::custom::{FieldKind, check};
use std::collections::HashSet;

/// So many rows are looked at.
const SAMPLE: usize = 5_000;
/// The most options a guess makes.
const OPTIONS: usize = 24;
/// A text longer than this is taken for a long one.
const LINE: usize = 160;

/// The kind of field that holds what these cells hold. A column that could be several is a
/// text: nothing is lost then.
pub(super) fn guess(table: &Table, column: usize) -> FieldKind {
    let cells: Vec<&str> = table
        .column(column)
        .take(SAMPLE)
        .filter(|text| !is_blank(text))
        .map(str::trim)
        .collect();
    if cells.is_empty() {
        return FieldKind::Text;
    }
    let all = |is: &dyn Fn(&str) -> bool| cells.iter().all(|text| is(text));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if all(&|text| parse_bool(text).is_ok() && !digits(text)) {
        return FieldKind::YesNo;
    }
    if let Some(kind) = numbers(&cells) {
        return kind;
    }
    let dates = guess_date_order(cells.iter().copied());
    if !matches!(dates, DateGuess::NotDates | DateGuess::Conflict { .. }) && all(&is_date) {
        return FieldKind::Date;
    }
    if all(&|text| check::link(text).is_ok()) {
        return FieldKind::Link;
    }
    if cells
        .iter()
        .any(|text| text.contains('\n') || text.chars().count() > LINE)
    {
        return FieldKind::LongText;
    }
    options(&cells).unwrap_or(FieldKind::Text)
}

fn is_date(text: &str) -> bool {
    use crate::codec::csv::{DateOrder, parse_date};
    [DateOrder::DayFirst, DateOrder::MonthFirst]
        .iter()
        .any(|order| parse_date(text, *order).is_ok())
}

/// Numbers or amounts; ids, postcodes and telephone numbers are texts of digits.
fn numbers(cells: &[&str]) -> Option<FieldKind> {
    let (mut marked, mut plain) = (0, 0);
    for text in cells {
        let read = parse_amount(text, DecimalStyle::Point)
            .or_else(|_| parse_amount(text, DecimalStyle::Comma));
        let amount = read.ok()?;
        let led = text.len() > 1 && text.starts_with('0') && !text.starts_with(['.', ',']);
        let led = led && !text[1..].starts_with(['.', ',']);
        let long = text.bytes().filter(u8::is_ascii_digit).count() > 12;
        if led || long || text.starts_with('+') {
            return None;
        }
        if amount.currency.is_some() {
            marked += 1;
        } else {
            plain += 1;
        }
    }
    Some(if marked > plain {
        FieldKind::Money
    } else if marked == 0 {
        FieldKind::Number
    } else {
        return None;
    })
}

/// A few words that come again and again: options, one or several in a cell.
fn options(cells: &[&str]) -> Option<FieldKind> {
    let few = |distinct: usize, many: usize| distinct <= OPTIONS && many >= 4 * distinct;
    let short = |text: &str| text.chars().count() <= check::OPTION_LIMIT / 2;
    let distinct: HashSet<String> = cells.iter().map(|text| text.to_lowercase()).collect();
    let lists = cells.iter().any(|text| text.contains(';'));
    if lists {
        let parts: Vec<String> = cells
            .iter()
            .flat_map(|text| list::read(text, &[';']))
            .collect();
        let distinct: HashSet<String> = parts.iter().map(|text| text.to_lowercase()).collect();
        let fine = few(distinct.len(), parts.len()) && parts.iter().all(|text| short(text));
        return fine.then_some(FieldKind::Choices);
    }
    let fine = few(distinct.len(), cells.len()) && cells.iter().all(|text| short(text));
    fine.then_some(FieldKind::Choice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::{Dialect, read};

    fn kind(cells: &[&str]) -> FieldKind {
        let quoted = cells
            .iter()
            .map(|c| format!("\"{}\"\n", c.replace('"', "\"\"")));
        let text = format!("Heading\n{}", quoted.collect::<String>());
        guess(&read(text, Dialect::default()).unwrap(), 0)
    }

    #[test]
    fn cells_tell_their_kind() {
        let often = |words: &[&'static str]| -> Vec<&'static str> {
            words
                .iter()
                .copied()
                .cycle()
                .take(words.len() * 5)
                .collect()
        };
        for (cells, wanted) in [
            (vec!["yes", "no", ""], FieldKind::YesNo),
            (vec!["1", "0", "1"], FieldKind::Number),
            (vec!["1,200.50", "-3"], FieldKind::Number),
            (vec!["1.200,50", "3"], FieldKind::Number),
            (vec!["€ 12", "€ 1,000.50"], FieldKind::Money),
            (vec!["12 EUR", "7 EUR"], FieldKind::Money),
            (vec!["00123", "00456"], FieldKind::Text),
            (vec!["+49 30 123456"], FieldKind::Text),
            (vec!["1234567890123"], FieldKind::Text),
            (vec!["2026-01-31", "2026-02-01"], FieldKind::Date),
            (vec!["31/1/2026", "1/2/2026"], FieldKind::Date),
            (
                vec!["https://a.example", "http://b.example/c"],
                FieldKind::Link,
            ),
            (vec!["one\ntwo"], FieldKind::LongText),
            (often(&["North", "South"]), FieldKind::Choice),
            (often(&["a; b", "b", "a"]), FieldKind::Choices),
            (vec!["North", "South"], FieldKind::Text),
            (vec!["", " "], FieldKind::Text),
        ] {
            assert_eq!(kind(&cells), wanted, "{cells:?}");
        }
    }
}
