//! Guesses from headings and cells: what a file holds and how its columns are read.

use super::alias::{Heading, match_headings, plain};
use super::choice::{Doubt, Unit};
use super::holds::Holds;
use super::own::Own;
use super::plan::{ColumnPlan, FilePlan};
use super::target::{Reading, Target};
use crate::codec::csv::{
    CurrencyMark, DateGuess, DateOrder, DecimalGuess, DecimalStyle, Rounding, Table,
    guess_date_order, guess_decimal_style, guess_percent_scale, is_blank, parse_amount,
    parse_decimal, to_minor,
};
use crate::domain::money::Currency;

/// So many rows are looked at; enough to tell an order of dates, and quick.
const SAMPLE: usize = 5_000;

/// What a file most likely holds.
pub(super) fn holds(headings: &[Heading], file_name: &str) -> Holds {
    let name = plain(file_name);
    let mut best = (0, Holds::Nothing);
    for holds in Holds::ALL {
        let known = match_headings(holds, headings);
        let mut score = 0;
        for (heading, target) in headings.iter().zip(&known) {
            score += target.map_or(0, |t| weight(holds, t));
            // `Deal - Title`: half the votes of a file of one kind of record.
            if heading.prefix == Some(holds) {
                score += 4;
            }
        }
        let hinted = hints(holds).iter().any(|hint| name.contains(hint));
        if score > 0 && hinted {
            score += 3;
        }
        // A file of which only a name is known could be anything.
        if score > best.0 && score >= 4 {
            best = (score, holds);
        }
    }
    best.1
}

/// How much a known column speaks for a kind of file.
fn weight(holds: Holds, target: Target) -> u32 {
    use Target as T;
    match (holds, target) {
        (Holds::Deals, T::Stage | T::Value | T::CloseDate | T::ExpectedClose | T::FairleadId)
        | (Holds::Organisations, T::Employees | T::Revenue | T::Parent | T::Industry)
        | (Holds::Contacts, T::JobTitle | T::FirstName | T::LastName | T::Phones)
        | (Holds::People, T::Manager | T::Office)
        | (Holds::Products, T::Price | T::Series)
        | (Holds::Activities, T::Due | T::Done | T::Kind | T::DoneOn | T::Deal) => 4,
        (Holds::Deals, T::Status | T::Pipeline | T::Probability | T::Engaged | T::ClosedOn) => 3,
        (_, T::Name | T::Title) => 2,
        (Holds::Contacts, T::Emails) => 3,
        _ => 1,
    }
}

fn hints(holds: Holds) -> &'static [&'static str] {
    match holds {
        Holds::Deals => &["deal", "opportunit", "pipeline"],
        Holds::Organisations => &["account", "compan", "organi", "customer"],
        Holds::Contacts => &["contact", "people", "person"],
        Holds::People => &["team", "agent", "user", "rep", "owner"],
        Holds::Products => &["product", "price"],
        Holds::Activities => &["activit", "task", "call", "meeting"],
        Holds::Nothing => &[],
    }
}

/// A file with a status but no stage has its stages in the status.
pub(super) fn settle_status(targets: &mut [Option<Target>]) {
    if !targets.contains(&Some(Target::Stage))
        && let Some(status) = targets.iter_mut().find(|t| **t == Some(Target::Status))
    {
        *status = Some(Target::Stage);
    }
}

/// How a column is read if it means this.
pub(super) fn column(
    table: &Table,
    column: usize,
    target: Option<Target>,
    own: Option<Own>,
) -> ColumnPlan {
    let mut plan = ColumnPlan {
        target,
        own,
        ..ColumnPlan::unread()
    };
    let samples = || table.column(column).take(SAMPLE);
    match plan.reading() {
        Some(Reading::Date) => {
            let guess = guess_date_order(samples());
            plan.is_plain = guess == DateGuess::AnyOrder;
            (plan.dates, plan.doubt) = match guess {
                DateGuess::Clear(order) => (order, None),
                DateGuess::AnyOrder => (DateOrder::DayFirst, None),
                DateGuess::Ambiguous => (DateOrder::DayFirst, Some(Doubt::DateOrder)),
                DateGuess::Conflict { .. } => (DateOrder::DayFirst, Some(Doubt::MixedDates)),
                DateGuess::NotDates => (DateOrder::DayFirst, misfit(samples())),
            };
        }
        Some(Reading::Money | Reading::Number) => {
            let guess = guess_decimal_style(samples());
            plan.is_plain = guess == DecimalGuess::EitherStyle;
            (plan.decimals, plan.doubt) = match guess {
                DecimalGuess::Clear(style) => (style, None),
                DecimalGuess::EitherStyle => (DecimalStyle::Point, None),
                // Read in the style in which the separator stands for thousands.
                DecimalGuess::Ambiguous if samples().any(|t| t.contains('.')) => {
                    (DecimalStyle::Comma, Some(Doubt::Decimals))
                }
                DecimalGuess::Ambiguous => (DecimalStyle::Point, Some(Doubt::Decimals)),
                DecimalGuess::Conflict { .. } => (DecimalStyle::Point, Some(Doubt::Decimals)),
                DecimalGuess::NotNumbers => (DecimalStyle::Point, misfit(samples())),
            };
            if target == Some(Target::Probability) {
                plan.percent = guess_percent_scale(samples(), plan.decimals);
            }
        }
        Some(Reading::Text) | None => {}
    }
    plan
}

/// An empty column fits anything.
fn misfit<'a>(mut samples: impl Iterator<Item = &'a str>) -> Option<Doubt> {
    samples.any(|text| !is_blank(text)).then_some(Doubt::Misfit)
}

/// Finds columns of money that hold thousands or millions: by a word in the heading, or,
/// for revenue, because revenue per head would be next to nothing otherwise.
pub(super) fn units(file: &mut FilePlan) {
    for at in 0..file.columns.len() {
        if file.columns[at].reading() != Some(Reading::Money) {
            continue;
        }
        let heading = file.heading(at).to_lowercase();
        let words = plain(&heading);
        let has = |list: &[&str]| words.split(' ').any(|w| list.contains(&w));
        if has(&["m", "mn", "mio", "million", "millions", "mm"]) {
            file.columns[at].unit = Unit::Million;
        } else if has(&["k", "thousand", "thousands", "tsd"]) {
            file.columns[at].unit = Unit::Thousand;
        } else if file.columns[at].target == Some(Target::Revenue)
            && let Some(unit) = by_head(file, at)
        {
            file.columns[at].unit = unit;
            file.columns[at].doubt = Some(Doubt::Unit);
        }
    }
}

/// Revenue per head is rarely under 5,000 of any of the large currencies; when it would
/// be under 100, the column must be in millions (nobody states the revenue of a company
/// in thousands only to lose three digits per head).
fn by_head(file: &FilePlan, revenue: usize) -> Option<Unit> {
    let heads = file.columns_of(Target::Employees).next()?;
    let (mut money, mut people) = (0_i128, 0_i128);
    for row in file.source.table.rows().take(SAMPLE) {
        let read = |column: usize| {
            let cell = row.get(column)?;
            let value = parse_decimal(cell, file.columns[column].decimals).ok()?;
            to_minor(value, 0, Rounding::HalfEven).ok().map(i128::from)
        };
        if let (Some(amount), Some(count)) = (read(revenue), read(heads)) {
            money += amount;
            people += count;
        }
    }
    (people > 0 && money > 0 && money < people * 100).then_some(Unit::Million)
}

/// The currency of a file's amounts, when a heading or the cells name one: `Amount (USD)`,
/// `€ 1,200`.
pub(super) fn currency(file: &FilePlan) -> Option<Currency> {
    let money = |c: &ColumnPlan| c.reading() == Some(Reading::Money);
    let columns = file
        .columns
        .iter()
        .enumerate()
        .filter(|(_, c)| money(c))
        .map(|(at, _)| at);
    for at in columns {
        let words = plain(file.heading(at)).to_uppercase();
        let named = words.split(' ').find_map(known_code);
        let style = file.columns[at].decimals;
        let shown = || {
            let mut cells = file.source.table.column(at).take(SAMPLE);
            cells
                .find_map(|cell| parse_amount(cell, style).ok()?.currency)
                .and_then(|mark| match mark {
                    CurrencyMark::Code(code) => Currency::parse(&code).ok(),
                    CurrencyMark::Symbol(sign) => symbol(&sign),
                })
        };
        if let Some(currency) = named.or_else(shown) {
            return Some(currency);
        }
    }
    None
}

fn known_code(word: &str) -> Option<Currency> {
    // A number with a code beside it is read only when the code is one of ISO 4217.
    match parse_amount(&format!("1 {word}"), DecimalStyle::Point)
        .ok()?
        .currency?
    {
        CurrencyMark::Code(code) if code == word => Currency::parse(&code).ok(),
        _ => None,
    }
}

/// The commonest currency of a sign that several share.
pub(super) fn symbol(sign: &str) -> Option<Currency> {
    let code = match sign {
        "$" => "USD",
        "¥" => "JPY",
        "kr" => "SEK",
        "Rs" => "INR",
        "Fr" => "CHF",
        _ => return None,
    };
    Currency::parse(code).ok()
}

/// True when a sign that several currencies share can stand for this one.
pub(super) fn can_be(sign: &str, currency: Currency) -> bool {
    let codes = match sign {
        "$" => {
            "USD CAD AUD NZD SGD HKD MXN TWD ARS CLP COP BBD BMD BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD"
        }
        "¥" => "JPY CNY",
        "kr" => "SEK NOK DKK ISK",
        "Rs" => "INR PKR LKR NPR MUR SCR",
        "Fr" => "CHF XAF XOF XPF",
        _ => "",
    };
    codes.split(' ').any(|code| code == currency.as_str())
}
