//! Reading the cells of a row by what their columns mean.

use super::guess::{can_be, symbol};
use super::list;
use super::plan::{FilePlan, Plan};
use super::report::Problem;
use super::target::Target;
use super::what::What;
use crate::codec::csv::{
    self, CurrencyMark, Moment, Rounding, parse_amount, parse_bool, parse_decimal, parse_moment,
    parse_percent, to_minor,
};
use crate::domain::ids::PersonId;
use crate::domain::money::{Currency, Money};
use crate::domain::stamp::Millis;
use chrono::{NaiveDate, NaiveTime};

/// Time, place and entropy of an import, handed in as data.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Now, in milliseconds since 1970.
    pub now: Millis,
    /// Today where the person is.
    pub today: NaiveDate,
    /// Who the person is.
    pub me: Option<PersonId>,
    /// 64 random bits, for ids.
    pub seed: u64,
    /// Minutes east of UTC at a point in time where the person is.
    pub offset: fn(Millis) -> i32,
}

const MINUTE: i64 = 60_000;

impl Setting {
    /// The point in time of a date: noon where the person is, so that it stays the same
    /// day in every time zone near; or the time written, in the zone written or else the
    /// person's.
    #[must_use]
    pub fn millis(&self, moment: Moment) -> Millis {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN);
        let civil = moment
            .date
            .and_time(moment.time.unwrap_or(noon))
            .and_utc()
            .timestamp_millis();
        match (moment.time, moment.offset_minutes) {
            (Some(_), Some(minutes)) => civil - i64::from(minutes) * MINUTE,
            _ => {
                // The offset at the point in time meant, which itself depends on it.
                let near = civil - i64::from((self.offset)(civil)) * MINUTE;
                civil - i64::from((self.offset)(near)) * MINUTE
            }
        }
    }

    /// Noon of a date where the person is.
    #[must_use]
    pub fn noon(&self, date: NaiveDate) -> Millis {
        self.millis(Moment {
            date,
            time: None,
            offset_minutes: None,
        })
    }
}

/// Which columns mean what, ready to look up.
#[derive(Clone, Debug)]
pub(super) struct Layout(Vec<Vec<usize>>);

impl Layout {
    pub(super) fn of(file: &FilePlan) -> Self {
        let mut columns: Vec<Vec<usize>> = Vec::new();
        for (at, column) in file.columns.iter().enumerate() {
            if let Some(target) = column.target {
                let slot = target as usize;
                if columns.len() <= slot {
                    columns.resize(slot + 1, Vec::new());
                }
                columns[slot].push(at);
            }
        }
        Self(columns)
    }

    fn of_target(&self, target: Target) -> &[usize] {
        self.0.get(target as usize).map_or(&[], Vec::as_slice)
    }
}

/// A row with the meaning of its columns. Problems are collected on the way.
pub(super) struct Cells<'a> {
    pub(super) plan: &'a Plan,
    pub(super) file: &'a FilePlan,
    pub(super) index: usize,
    pub(super) setting: &'a Setting,
    pub(super) problems: Vec<Problem>,
    layout: &'a Layout,
    row: csv::Row<'a>,
}

/// What a cell says as an amount.
pub(super) enum Amount {
    /// This.
    Read(Money),
    /// More than can be kept.
    Large,
    /// It is none; why, as a sentence.
    Bad(String),
}

/// A filled cell and its column.
type Found<'a> = (usize, &'a str);

impl<'a> Cells<'a> {
    pub(super) fn new(
        plan: &'a Plan,
        index: usize,
        layout: &'a Layout,
        setting: &'a Setting,
        row: csv::Row<'a>,
    ) -> Self {
        let file = &plan.files[index];
        Self {
            plan,
            file,
            index,
            setting,
            problems: Vec::new(),
            layout,
            row,
        }
    }

    pub(super) fn line(&self) -> u32 {
        self.row.line()
    }

    /// The cell of a column, trimmed.
    pub(super) fn cell(&self, column: usize) -> &'a str {
        let row = self.row;
        row.get(column).unwrap_or_default().trim()
    }

    pub(super) fn has(&self, target: Target) -> bool {
        !self.layout.of_target(target).is_empty()
    }

    /// Notes a problem with a column's cell.
    pub(super) fn note(&mut self, column: usize, value: &str, what: What) {
        self.problems
            .push(Problem::cell(self.index, self.line(), column, value, what));
    }

    /// Notes a problem with the cell that means this, or with the row where none does.
    pub(super) fn note_at(&mut self, target: Target, value: &str, what: What) {
        match self.layout.of_target(target).first() {
            Some(column) => self.note(*column, value, what),
            None => self
                .problems
                .push(Problem::row(self.index, self.line(), value, what)),
        }
    }

    /// The filled cells that mean this, from left to right, trimmed.
    pub(super) fn filled(&self, target: Target) -> impl Iterator<Item = Found<'a>> + use<'a> {
        let (layout, row): (&'a Layout, _) = (self.layout, self.row);
        layout
            .of_target(target)
            .iter()
            .filter_map(move |column| Some((*column, row.get(*column)?.trim())))
            .filter(|(_, text)| !text.is_empty())
    }

    /// The first filled cell that means this.
    pub(super) fn text(&self, target: Target) -> Option<&'a str> {
        self.filled(target).next().map(|(_, text)| text)
    }

    /// As [`Cells::text`]; a blank cell in a column of this meaning is noted.
    pub(super) fn expected(&mut self, target: Target) -> Option<&'a str> {
        let found = self.text(target);
        if found.is_none() && self.has(target) {
            self.note_at(target, "", What::Blank(target));
        }
        found
    }

    /// All values of all cells that mean this, each once.
    pub(super) fn values(&self, target: Target, separators: &[char]) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for value in self
            .filled(target)
            .flat_map(|(_, text)| list::read(text, separators))
        {
            if !all.contains(&value) {
                all.push(value);
            }
        }
        all
    }

    /// The filled cells that mean this, one below the other.
    pub(super) fn joined(&self, target: Target, between: &str) -> Option<String> {
        let parts: Vec<&str> = self.filled(target).map(|(_, text)| text).collect();
        (!parts.is_empty()).then(|| parts.join(between))
    }

    /// The first date that can be read.
    pub(super) fn moment(&mut self, target: Target) -> Option<Moment> {
        for (column, text) in self.filled(target) {
            match parse_moment(text, self.file.columns[column].dates) {
                Ok(moment) => return Some(moment),
                Err(reason) => self.note(column, text, What::Unreadable(target, reason)),
            }
        }
        None
    }

    pub(super) fn date(&mut self, target: Target) -> Option<NaiveDate> {
        self.moment(target).map(|m| m.date)
    }

    /// A point in time that has passed; one in the future is noted and taken for now.
    pub(super) fn past(&mut self, target: Target) -> Option<Millis> {
        let moment = self.moment(target)?;
        // Today's noon may still lie ahead.
        if moment.date > self.setting.today {
            let text = self.text(target).unwrap_or_default();
            self.note_at(target, text, What::Future(target));
        }
        Some(self.setting.millis(moment).min(self.setting.now))
    }

    /// The currency of the row's amounts.
    pub(super) fn currency(&mut self) -> Currency {
        let Some((column, text)) = self.filled(Target::Currency).next() else {
            return self.file.currency;
        };
        // A name or sign with a code beside it, such as “Euro (EUR)”, is rare and reported.
        Currency::parse(text)
            .ok()
            .or_else(|| {
                match parse_amount(&format!("1 {text}"), csv::DecimalStyle::Point)
                    .ok()?
                    .currency?
                {
                    CurrencyMark::Code(code) => Currency::parse(&code).ok(),
                    CurrencyMark::Symbol(sign) => symbol(&sign),
                }
            })
            .unwrap_or_else(|| {
                self.note(column, text, What::NotACurrency);
                self.file.currency
            })
    }

    /// An amount from nothing to `most` minor units.
    pub(super) fn money(&mut self, target: Target, most: i64) -> Option<Money> {
        let (column, text) = self.filled(target).next()?;
        match self.amount(column, text) {
            Amount::Read(money) if (0..=most).contains(&money.minor) => Some(money),
            Amount::Read(_) | Amount::Large => {
                self.note(column, text, What::OutOfRange(target));
                None
            }
            Amount::Bad(reason) => {
                self.note(column, text, What::Unreadable(target, reason));
                None
            }
        }
    }

    /// The amount in a cell of a column.
    pub(super) fn amount(&mut self, column: usize, text: &str) -> Amount {
        let plan = &self.file.columns[column];
        let amount = match parse_amount(text, plan.decimals) {
            Ok(amount) => amount,
            Err(reason) => return Amount::Bad(reason),
        };
        let currency = match &amount.currency {
            None => self.currency(),
            Some(CurrencyMark::Code(code)) => Currency::parse(code).unwrap_or(self.file.currency),
            Some(CurrencyMark::Symbol(sign)) => self.shared(sign, column, text),
        };
        let mut value = amount.value;
        let scaled = 10_i128.pow(plan.unit.zeros()).checked_mul(value.units);
        value.units = scaled.unwrap_or(i128::MAX);
        let minor = to_minor(value, currency.digits(), Rounding::Refuse).or_else(|_| {
            let rounded = to_minor(value, currency.digits(), Rounding::HalfEven);
            if rounded.is_ok() {
                self.note(column, text, What::Rounded);
            }
            rounded
        });
        match minor {
            Ok(minor) => Amount::Read(Money::new(minor, currency)),
            Err(_) => Amount::Large,
        }
    }

    /// The currency meant by a sign that several have: the row's if it can be.
    fn shared(&mut self, sign: &str, column: usize, text: &str) -> Currency {
        let row = self.currency();
        if can_be(sign, row) {
            return row;
        }
        let taken = symbol(sign).unwrap_or(row);
        self.note(column, text, What::SharedSign(taken.to_string()));
        taken
    }

    /// A whole number within bounds.
    pub(super) fn whole(&mut self, target: Target, least: i64, most: i64) -> Option<i64> {
        let (column, text) = self.filled(target).next()?;
        let plan = &self.file.columns[column];
        let read =
            parse_decimal(text, plan.decimals).and_then(|d| to_minor(d, 0, Rounding::HalfEven));
        match read {
            Ok(number) if (least..=most).contains(&number) => Some(number),
            Ok(_) => {
                self.note(column, text, What::OutOfRange(target));
                None
            }
            Err(reason) => {
                self.note(column, text, What::Unreadable(target, reason));
                None
            }
        }
    }

    /// A percentage from 0 to 100.
    pub(super) fn percent(&mut self, target: Target) -> Option<u8> {
        let (column, text) = self.filled(target).next()?;
        let plan = &self.file.columns[column];
        let read = parse_percent(text, plan.decimals, plan.percent)
            .and_then(|d| to_minor(d, 0, Rounding::HalfEven));
        match read {
            Ok(percent) => u8::try_from(percent).ok(),
            Err(reason) => {
                self.note(column, text, What::Unreadable(target, reason));
                None
            }
        }
    }

    /// Yes or no.
    pub(super) fn yes(&mut self, target: Target) -> Option<bool> {
        let (column, text) = self.filled(target).next()?;
        let words: String = text.trim().to_lowercase();
        match words.as_str() {
            "done" | "completed" | "complete" | "closed" => return Some(true),
            "to do" | "todo" | "open" | "not started" | "in progress" => return Some(false),
            _ => {}
        }
        match parse_bool(text) {
            Ok(yes) => Some(yes),
            Err(reason) => {
                self.note(column, text, What::Unreadable(target, reason));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_noon_and_a_time_is_where_it_says() {
        let east = Setting {
            now: 0,
            today: NaiveDate::MIN,
            me: None,
            seed: 0,
            offset: |_| 120,
        };
        let date = NaiveDate::from_ymd_opt(1970, 1, 2).unwrap();
        let at = |h, m| NaiveTime::from_hms_opt(h, m, 0);
        let hours = |ms: i64| ms as f64 / 3_600_000.0;
        assert!((hours(east.noon(date)) - 34.0).abs() < 1e-9);
        let local = Moment {
            date,
            time: at(1, 30),
            offset_minutes: None,
        };
        assert!((hours(east.millis(local)) - 23.5).abs() < 1e-9);
        let zulu = Moment {
            date,
            time: at(1, 30),
            offset_minutes: Some(0),
        };
        assert!((hours(east.millis(zulu)) - 25.5).abs() < 1e-9);
    }
}
