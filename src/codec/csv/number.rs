//! Numbers and amounts as people write them, read exactly: no binary fractions.

use std::fmt;

use super::currency::{self, CurrencyMark};
use super::quoted;
use super::value::is_blank;

/// A decimal number: `units / 10^scale`, as many places as were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// The digits, with the sign.
    pub units: i128,
    /// How many of the digits are behind the point.
    pub scale: u32,
}

/// Which character stands between the whole and the fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalStyle {
    /// 1,234.50
    Point,
    /// 1.234,50
    Comma,
}

/// A number with the currency written beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub value: Decimal,
    /// The currency, if one is written.
    pub currency: Option<CurrencyMark>,
}

/// What the cells of a column say about their style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecimalGuess {
    /// They read alike in both.
    EitherStyle,
    /// At least one reads in this style only.
    Clear(DecimalStyle),
    /// Only cells such as `1,234` or `1.234`. In a column of money these are far likelier
    /// thousands than three decimal places, but a person should confirm it.
    Ambiguous,
    /// Some read in one style only and some in the other; an example of each.
    Conflict {
        /// A cell with a decimal point.
        point: String,
        /// A cell with a decimal comma.
        comma: String,
    },
    /// Less than half of the cells are numbers.
    NotNumbers,
}

/// What to do with places beyond those a currency has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Refuse unless they are all zero.
    Refuse,
    /// Round to the nearest, halves to the even neighbour (IEEE 754 roundTiesToEven).
    HalfEven,
}

/// Digits a number may have; leaves room below 2^127 for scaling.
const MOST_DIGITS: usize = 30;
/// Longest cell that is tried.
const LONGEST: usize = 64;

impl Decimal {
    pub(super) fn hundredfold(self) -> Self {
        match self.scale.checked_sub(2) {
            Some(scale) => Self { scale, ..self },
            // At most 30 digits, so two more fit.
            None => Self {
                units: self.units * if self.scale == 1 { 10 } else { 100 },
                scale: 0,
            },
        }
    }

    /// Whether it lies in `low..=high`.
    pub(super) fn is_between(self, low: i128, high: i128) -> bool {
        let Some(one) = ten_to(self.scale) else {
            return false;
        };
        let above = low.checked_mul(one).is_some_and(|low| low <= self.units);
        above && high.checked_mul(one).is_some_and(|high| self.units <= high)
    }

    pub(super) fn is_whole(self) -> bool {
        ten_to(self.scale).is_some_and(|one| self.units % one == 0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale > 2 * MOST_DIGITS as u32 {
            return write!(f, "{}e-{}", self.units, self.scale);
        }
        let places = self.scale as usize;
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if self.units < 0 { "-" } else { "" };
        let point = if places > 0 { "." } else { "" };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

/// Reads a number and drops a currency written beside it.
///
/// # Errors
/// As [`parse_amount`].
pub fn parse_decimal(text: &str, style: DecimalStyle) -> Result<Decimal, String> {
    parse_amount(text, style).map(|amount| amount.value)
}

/// Reads a number with an optional currency before or after it.
///
/// Thousands may be separated by the other of comma and point, by a space or an apostrophe;
/// groups must have three digits (or two, the Indian way). Negative numbers have a minus on
/// either side or stand in brackets. Powers of ten (`1.2E+6`) are read.
///
/// # Errors
/// A sentence naming the cell and what is wrong with it.
pub fn parse_amount(text: &str, style: DecimalStyle) -> Result<Amount, String> {
    let trimmed = text.trim();
    if is_blank(trimmed) {
        return Err("The cell is blank; a number is needed.".to_owned());
    }
    if trimmed.len() > LONGEST {
        return Err(Fault::NotANumber.about(trimmed, style));
    }
    let mut dressing = Dressing::default();
    let body = dressing.strip(trimmed)?;
    let inside = body.strip_prefix('(').and_then(|b| b.strip_suffix(')'));
    let body = match inside {
        Some(inside) if !dressing.has_sign => {
            (dressing.has_sign, dressing.is_negative) = (true, true);
            dressing.strip(inside)?
        }
        _ => body,
    };
    let mut value = digits(body, style).map_err(|fault| fault.about(trimmed, style))?;
    if dressing.is_negative {
        value.units = -value.units;
    }
    let currency = dressing.currency;
    Ok(Amount { value, currency })
}

/// Why something is not a number.
#[derive(Clone, Copy)]
enum Fault {
    NotANumber,
    OtherStyle,
    TooLong,
}

impl Fault {
    fn about(self, text: &str, style: DecimalStyle) -> String {
        let text = quoted(text);
        let (sign, other) = match style {
            DecimalStyle::Point => ("point", "comma"),
            DecimalStyle::Comma => ("comma", "point"),
        };
        match self {
            Self::NotANumber => format!("{text} is not a number."),
            Self::OtherStyle => format!(
                "{text} is not a number with a decimal {sign}. Is the {other} the decimal sign of this column?"
            ),
            Self::TooLong => format!("{text} has more than {MOST_DIGITS} digits."),
        }
    }
}

/// Sign and currency around a number.
#[derive(Default)]
struct Dressing {
    is_negative: bool,
    has_sign: bool,
    currency: Option<CurrencyMark>,
}

impl Dressing {
    fn strip<'a>(&mut self, text: &'a str) -> Result<&'a str, String> {
        let text = self.strip_front(text)?;
        self.strip_back(text)
    }

    fn strip_front<'a>(&mut self, mut body: &'a str) -> Result<&'a str, String> {
        loop {
            body = body.trim_start();
            if let Some(rest) = body.strip_prefix(['-', '−', '+']) {
                if self.has_sign {
                    return Ok(body);
                }
                self.has_sign = true;
                self.is_negative = !body.starts_with('+');
                body = rest;
            } else if let Some((mark, rest)) = currency::in_front(body) {
                self.note(mark)?;
                body = rest;
            } else {
                return Ok(body);
            }
        }
    }

    fn strip_back<'a>(&mut self, mut body: &'a str) -> Result<&'a str, String> {
        loop {
            body = body.trim_end();
            if let Some(rest) = body.strip_suffix(['-', '−']) {
                if self.has_sign {
                    return Ok(body);
                }
                self.has_sign = true;
                self.is_negative = true;
                body = rest;
            } else if let Some((mark, rest)) = currency::behind(body) {
                self.note(mark)?;
                body = rest;
            } else {
                return Ok(body);
            }
        }
    }

    /// A sign and a code may stand together (`$5 USD`); two codes must agree.
    fn note(&mut self, mark: CurrencyMark) -> Result<(), String> {
        match (&self.currency, &mark) {
            (Some(CurrencyMark::Code(one)), CurrencyMark::Code(other)) if one != other => Err(
                format!("Two currencies stand beside the number: {one} and {other}."),
            ),
            (Some(CurrencyMark::Code(_)), _) => Ok(()),
            _ => {
                self.currency = Some(mark);
                Ok(())
            }
        }
    }
}

/// Reads digits with separators.
fn digits(body: &str, style: DecimalStyle) -> Result<Decimal, Fault> {
    let (point, other) = match style {
        DecimalStyle::Point => ('.', ','),
        DecimalStyle::Comma => (',', '.'),
    };
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let exponent = exponent.parse::<i32>().map_err(|_| Fault::NotANumber)?;
            (mantissa, exponent)
        }
        None => (body, 0),
    };
    let (whole, fraction) = mantissa.split_once(point).unwrap_or((mantissa, ""));
    if !mantissa.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(Fault::NotANumber);
    }
    if fraction.contains([point, other]) {
        return Err(Fault::OtherStyle);
    }
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::NotANumber);
    }
    let mut joined = match whole.chars().find(|c| !c.is_ascii_digit()) {
        None => whole.to_owned(),
        Some(separator) if is_grouped(whole, separator) => match separator {
            '\'' | '’' | '_' => whole.split(separator).collect(),
            c if c == other || c.is_whitespace() => whole.split(separator).collect(),
            _ => return Err(Fault::NotANumber),
        },
        Some(separator) if separator == other => return Err(Fault::OtherStyle),
        Some(_) => return Err(Fault::NotANumber),
    };
    joined.push_str(fraction);
    scaled(&joined, fraction.len(), exponent).ok_or(Fault::TooLong)
}

/// Puts the point `places` from the right and moves it by `exponent`; `None` when that takes
/// too many digits.
fn scaled(digits: &str, places: usize, exponent: i32) -> Option<Decimal> {
    let mut digits = digits.trim_start_matches('0').to_owned();
    let scale = i32::try_from(places).ok()?.checked_sub(exponent)?;
    if scale < 0 && !digits.is_empty() {
        let zeros = scale.unsigned_abs() as usize;
        if zeros > MOST_DIGITS {
            return None;
        }
        digits.extend(std::iter::repeat_n('0', zeros));
    }
    let scale = u32::try_from(scale.max(0)).ok()?;
    if digits.len() > MOST_DIGITS || scale as usize > MOST_DIGITS {
        return None;
    }
    let units = match digits.as_str() {
        "" => 0,
        digits => digits.parse().ok()?,
    };
    Some(Decimal { units, scale })
}

/// `1,234,567` or `12,34,567`; a leading group of zero would be no group.
fn is_grouped(whole: &str, separator: char) -> bool {
    let groups: Vec<&str> = whole.split(separator).collect();
    let [first, inner @ .., last] = groups.as_slice() else {
        return false;
    };
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let all = |length: usize| inner.iter().all(|group| group.len() == length);
    groups.iter().all(|group| digits(group))
        && (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && last.len() == 3
        && (all(3) || (all(2) && first.len() <= 2))
}

/// Tells the decimal sign of a column from its cells; blank ones are passed over.
pub fn guess_decimal_style<'a>(samples: impl IntoIterator<Item = &'a str>) -> DecimalGuess {
    let (mut filled, mut numbers, mut is_ambiguous) = (0_usize, 0_usize, false);
    let (mut point, mut comma) = (None, None);
    for text in samples.into_iter().filter(|text| !is_blank(text)) {
        filled += 1;
        let with_point = parse_decimal(text, DecimalStyle::Point);
        let with_comma = parse_decimal(text, DecimalStyle::Comma);
        numbers += usize::from(with_point.is_ok() || with_comma.is_ok());
        match (with_point, with_comma) {
            (Ok(one), Ok(other)) => is_ambiguous |= one != other,
            (Ok(_), Err(_)) => point = point.or(Some(text)),
            (Err(_), Ok(_)) => comma = comma.or(Some(text)),
            (Err(_), Err(_)) => {}
        }
    }
    if numbers == 0 || numbers * 2 < filled {
        return DecimalGuess::NotNumbers;
    }
    match (point, comma) {
        (Some(point), Some(comma)) => DecimalGuess::Conflict {
            point: point.to_owned(),
            comma: comma.to_owned(),
        },
        (Some(_), None) => DecimalGuess::Clear(DecimalStyle::Point),
        (None, Some(_)) => DecimalGuess::Clear(DecimalStyle::Comma),
        (None, None) if is_ambiguous => DecimalGuess::Ambiguous,
        (None, None) => DecimalGuess::EitherStyle,
    }
}

/// The number in minor units of a currency with `digits` decimal places.
///
/// # Errors
/// A sentence when places would be lost and rounding is refused, or the amount is too large.
pub fn to_minor(value: Decimal, digits: u32, rounding: Rounding) -> Result<i64, String> {
    let too_large = || format!("{value} is too large an amount.");
    let exact = if value.scale <= digits {
        ten_to(digits - value.scale).and_then(|factor| value.units.checked_mul(factor))
    } else {
        let divisor = ten_to(value.scale - digits).ok_or_else(too_large)?;
        let (quotient, rest) = (value.units / divisor, value.units % divisor);
        if rest != 0 && rounding == Rounding::Refuse {
            let places = super::counted(digits as usize, "decimal place");
            return Err(format!("{value} has more than {places}."));
        }
        let twice = rest.unsigned_abs() * 2;
        let up = twice > divisor.unsigned_abs()
            || (twice == divisor.unsigned_abs() && quotient % 2 != 0);
        Some(quotient + if up { value.units.signum() } else { 0 })
    };
    exact
        .and_then(|minor| i64::try_from(minor).ok())
        .ok_or_else(too_large)
}

fn ten_to(power: u32) -> Option<i128> {
    10_i128.checked_pow(power)
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
