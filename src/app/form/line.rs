//! The form of a line of a deal, and of a product of the catalogue.

use super::check::Check;
use super::deal::{NAME_LIMIT, TEXT_LIMIT};
use super::{FieldError, field, parse_amount, quoted};
use crate::domain::command::OrNew;
use crate::domain::command::sell::{LineDraft, ProductDraft};
use crate::domain::deal::Deal;
use crate::domain::ids::{LineId, ProductId};
use crate::domain::line::{LineItem, Period};
use crate::domain::money::{Currency, Money};
use crate::domain::party::Product;
use crate::domain::query::lines;
use crate::domain::rank::Rank;
use crate::domain::world::World;

/// A line as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineForm {
    /// The line it changes; none for a new one.
    pub id: Option<LineId>,
    /// From the catalogue, or to be added to it; none for something of its own.
    pub product: Option<OrNew<ProductId>>,
    /// What it is called on the offer; empty for the product's name.
    pub text: String,
    /// How many, `2.5`.
    pub quantity: String,
    /// Price of one, for one period where it recurs.
    pub price: String,
    /// In which currency, by its code.
    pub currency: String,
    /// Discount in percent, `12.5`; empty for none.
    pub discount: String,
    /// How often the price recurs; none for once.
    pub period: Option<Period>,
    /// How many periods are agreed.
    pub periods: String,
}

/// How many periods are commonly agreed: those of a year.
#[must_use]
pub fn usual_periods(period: Option<Period>) -> u16 {
    period.map_or(1, |p| 12 / p.months())
}

impl LineForm {
    /// An empty form in a currency.
    #[must_use]
    pub fn blank(currency: Currency) -> Self {
        Self {
            id: None,
            product: None,
            text: String::new(),
            quantity: String::from("1"),
            price: String::new(),
            currency: currency.to_string(),
            discount: String::new(),
            period: None,
            periods: String::from("1"),
        }
    }

    /// The form of a line that is there.
    #[must_use]
    pub fn of(id: LineId, line: &LineItem) -> Self {
        Self {
            id: Some(id),
            product: line.product.map(OrNew::Known),
            text: line.text.clone(),
            quantity: print_quantity(line.quantity),
            price: line.price.to_plain(),
            currency: line.price.currency.to_string(),
            discount: print_discount(line.discount),
            period: line.period,
            periods: line.periods.to_string(),
        }
    }

    /// The forms of all lines of a deal, in order.
    #[must_use]
    pub fn all(deal: &Deal) -> Vec<Self> {
        let lines = lines::ordered(deal).into_iter();
        lines.map(|(id, line)| Self::of(id, line)).collect()
    }

    /// Chooses a product. Its list price and period are taken over, the price only where it
    /// is in the line's currency; something new has the text for its name and no price yet.
    pub fn choose(&mut self, world: &World, product: Option<OrNew<ProductId>>) {
        if let Some(OrNew::Known(id)) = &product
            && let Some(found) = world.state.tables.products.get(*id)
        {
            let same = |p: &Money| p.currency.to_string() == self.currency;
            if let Some(price) = found.price.filter(same) {
                self.price = price.to_plain();
            } else {
                self.price.clear();
            }
            self.repeat(found.period);
        }
        self.product = product;
    }

    /// Says how often the price recurs, with as many periods as make a year.
    pub fn repeat(&mut self, period: Option<Period>) {
        if self.period != period {
            self.period = period;
            self.periods = usual_periods(period).to_string();
        }
    }

    /// Turns the drafts into values.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn submit(&self) -> Result<LineDraft, Vec<FieldError>> {
        let mut check = Check::default();
        let named = self.product.is_some() || !self.text.trim().is_empty();
        check.require(
            field::PRODUCT,
            named,
            "Choose a product, or write what is sold.",
        );
        if let Some(OrNew::New(name)) = &self.product {
            check.length(field::PRODUCT, name, NAME_LIMIT);
        }
        check.length(field::TEXT, &self.text, NAME_LIMIT);
        let quantity = check.take(field::QUANTITY, parse_quantity(&self.quantity));
        check.require(field::QUANTITY, quantity.is_some(), "Say how many.");
        let price = match Currency::parse(&self.currency) {
            Ok(currency) => check.take(field::PRICE, parse_price(&self.price, currency)),
            Err(bad) => check.take(field::PRICE, Err(format!("{bad}."))),
        };
        check.require(
            field::PRICE,
            price.is_some(),
            "Enter the price of one; 0 if it is free.",
        );
        let discount = check.take(field::DISCOUNT, parse_discount(&self.discount));
        let periods = match self.period {
            Some(_) => {
                let periods = check.take(field::PERIODS, parse_periods(&self.periods));
                check.require(field::PERIODS, periods.is_some(), "Say for how many.");
                periods
            }
            None => Some(1),
        };
        match (quantity, price, periods) {
            (Some(quantity), Some(price), Some(periods)) if check.errors.is_empty() => {
                Ok(LineDraft {
                    product: self.product.clone(),
                    text: self.text.trim().to_owned(),
                    quantity,
                    price,
                    discount: discount.unwrap_or(0),
                    period: self.period,
                    periods,
                })
            }
            _ => Err(check.errors),
        }
    }

    /// The line as far as it can be read, for totals while it is being typed.
    #[must_use]
    pub fn item(&self) -> Option<LineItem> {
        let draft = self.submit().ok()?;
        Some(LineItem {
            product: None,
            text: String::new(),
            quantity: draft.quantity,
            price: draft.price,
            discount: draft.discount,
            period: draft.period,
            periods: draft.periods,
            rank: Rank::default(),
        })
    }
}

/// Reads a number of pieces with up to three decimals, in thousandths; nothing typed is none.
/// A point is the decimal sign; so is a comma, unless exactly three digits follow it.
///
/// # Errors
/// A sentence when it is no such number, not more than nothing, or beyond a million.
pub fn parse_quantity(text: &str) -> Result<Option<i64>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let bad = || {
        format!(
            "{} is not a quantity. Write a number with up to three decimals, like 2.5.",
            quoted(text)
        )
    };
    let thousandths = decimals(text, 3, true).ok_or_else(bad)?;
    if thousandths == 0 {
        return Err("The quantity must be more than nothing.".into());
    }
    if thousandths > 1_000_000_000 {
        return Err("The quantity can be a million at most.".into());
    }
    Ok(Some(thousandths))
}

/// Reads a discount in percent with up to two decimals, in hundredths of a percent; nothing
/// typed is none.
///
/// # Errors
/// A sentence when it is no number from 0 to 100.
pub fn parse_discount(text: &str) -> Result<Option<u16>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.strip_suffix('%').unwrap_or(text).trim_end();
    let read = decimals(digits, 2, false).and_then(|n| u16::try_from(n).ok());
    match read.filter(|n| *n <= lines::DISCOUNT_SCALE) {
        Some(discount) => Ok(Some(discount)),
        None => Err(format!(
            "{} is not a discount. Write a number from 0 to 100.",
            quoted(text)
        )),
    }
}

fn parse_periods(text: &str) -> Result<Option<u16>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    match text.parse::<u16>() {
        Ok(n) if plain && (1..=1_200).contains(&n) => Ok(Some(n)),
        _ => Err(format!(
            "{} is not a number of periods. Write a whole number from 1.",
            quoted(text)
        )),
    }
}

fn parse_price(text: &str, currency: Currency) -> Result<Option<Money>, String> {
    parse_amount(text, currency).map_err(|message| {
        message.replace(
            "A deal cannot be worth less than nothing",
            "A price cannot be below nothing",
        )
    })
}

/// Reads a decimal number without sign, in units of its last of `places` decimals.
fn decimals(text: &str, places: usize, grouped: bool) -> Option<i64> {
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, rest))
            if grouped
                && text.contains(',')
                && rest.len() == 3
                && rest.bytes().all(|b| b.is_ascii_digit())
                && !whole.is_empty() =>
        {
            return decimals(&format!("{whole}{rest}"), places, false);
        }
        Some(parts) => parts,
        None => (text, ""),
    };
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fraction = fraction.trim_end_matches('0');
    if (whole.is_empty() && fraction.is_empty()) || fraction.len() > places || whole.len() > 12 {
        return None;
    }
    if !plain(whole) || !plain(fraction) {
        return None;
    }
    format!("{whole}{fraction}{}", "0".repeat(places - fraction.len()))
        .parse()
        .ok()
}

fn scaled(value: i64, places: usize) -> String {
    let text = format!("{value:0>width$}", width = places + 1);
    let (whole, fraction) = text.split_at(text.len() - places);
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

/// A quantity in thousandths as plain text: `2500` is `2.5`.
#[must_use]
pub fn print_quantity(thousandths: i64) -> String {
    scaled(thousandths.max(0), 3)
}

/// A discount in hundredths of a percent as plain text without sign; empty for none.
#[must_use]
pub fn print_discount(hundredths: u16) -> String {
    match hundredths {
        0 => String::new(),
        n => scaled(n.into(), 2),
    }
}

/// A product as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductForm {
    /// The product it changes; none for a new one.
    pub id: Option<ProductId>,
    /// Its name.
    pub name: String,
    /// The line of products it belongs to.
    pub series: String,
    /// Article number.
    pub code: String,
    /// List price.
    pub price: String,
    /// In which currency, by its code.
    pub currency: String,
    /// How often the price recurs.
    pub period: Option<Period>,
    /// What it is.
    pub description: String,
}

impl ProductForm {
    /// An empty form in a currency.
    #[must_use]
    pub fn blank(currency: Currency) -> Self {
        Self {
            id: None,
            name: String::new(),
            series: String::new(),
            code: String::new(),
            price: String::new(),
            currency: currency.to_string(),
            period: None,
            description: String::new(),
        }
    }

    /// The form of a product.
    #[must_use]
    pub fn of(product: &Product, home: Currency) -> Self {
        Self {
            id: Some(product.id),
            name: product.name.clone(),
            series: product.series.clone(),
            code: product.code.clone(),
            price: product.price.map(Money::to_plain).unwrap_or_default(),
            currency: product.price.map_or(home, |p| p.currency).to_string(),
            period: product.period,
            description: product.description.clone(),
        }
    }

    /// Turns the drafts into values.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn submit(&self) -> Result<ProductDraft, Vec<FieldError>> {
        let mut check = Check::default();
        let named = !self.name.trim().is_empty();
        check.require(field::NAME, named, "Give the product a name.");
        check.length(field::NAME, &self.name, NAME_LIMIT);
        check.length(field::SERIES, &self.series, NAME_LIMIT);
        check.length(field::CODE, &self.code, NAME_LIMIT);
        let price = match Currency::parse(&self.currency) {
            Ok(currency) => check.take(field::PRICE, parse_price(&self.price, currency)),
            Err(bad) => check.take(field::PRICE, Err(format!("{bad}."))),
        };
        check.length(field::DESCRIPTION, &self.description, TEXT_LIMIT);
        if !check.errors.is_empty() {
            return Err(check.errors);
        }
        Ok(ProductDraft {
            name: self.name.clone(),
            series: self.series.clone(),
            code: self.code.clone(),
            price,
            period: self.period,
            description: self.description.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_and_discounts_read_back_as_they_are_written() {
        for (text, thousandths) in [
            ("2.5", 2_500),
            ("2,5", 2_500),
            ("1,000", 1_000_000),
            ("0.001", 1),
            (".5", 500),
            ("12", 12_000),
        ] {
            assert_eq!(parse_quantity(text), Ok(Some(thousandths)), "{text}");
            assert_eq!(
                parse_quantity(&print_quantity(thousandths)),
                Ok(Some(thousandths))
            );
        }
        for text in ["0", "-1", "2.0005", "a", ".", "1000001", "1,5,5", "٣"] {
            assert!(parse_quantity(text).is_err(), "{text}");
        }
        assert_eq!(parse_discount("12.5 %"), Ok(Some(1_250)));
        assert_eq!(parse_discount("100"), Ok(Some(10_000)));
        assert_eq!(print_discount(1_250), "12.5");
        for text in ["101", "-5", "1.234", "half"] {
            assert!(parse_discount(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_line_says_what_is_missing_by_the_field() {
        let mut form = LineForm::blank(Currency::EUR);
        form.period = Some(Period::Month);
        form.periods = "0".into();
        form.quantity.clear();
        let errors = form.submit().unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|e| &*e.field).collect();
        assert_eq!(
            fields,
            [
                field::PRODUCT,
                field::QUANTITY,
                field::PRICE,
                field::PERIODS
            ]
        );
        form.text = "Setup".into();
        form.quantity = "2.5".into();
        form.price = "100".into();
        form.repeat(Some(Period::Year));
        let draft = form.submit().unwrap();
        assert_eq!((draft.quantity, draft.periods), (2_500, 1));
        assert_eq!(form.item().map(|l| lines::total(&l)), Some(25_000));
    }
}
