//! Small values of cells: blanks, yes and no, percentages.

use super::number::{Decimal, DecimalStyle, parse_decimal};
use super::quoted;

/// Whether a cell holds nothing but white space.
pub fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Reads yes or no.
///
/// # Errors
/// A sentence naming the cell when it is neither.
pub fn parse_bool(text: &str) -> Result<bool, String> {
    const YES: [&str; 12] = [
        "true", "yes", "y", "1", "on", "t", "x", "✓", "ja", "oui", "sí", "si",
    ];
    const NO: [&str; 8] = ["false", "no", "n", "0", "off", "f", "nein", "non"];
    let lower = text.trim().to_lowercase();
    if YES.contains(&lower.as_str()) {
        Ok(true)
    } else if NO.contains(&lower.as_str()) {
        Ok(false)
    } else {
        Err(format!("{} is neither yes nor no.", quoted(text)))
    }
}

/// What a number without a percent sign means in a column of percentages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PercentScale {
    /// 45 is 45 %.
    Percent,
    /// 0.45 is 45 %.
    Fraction,
}

/// Reads a percentage from 0 to 100; a percent sign wins over `scale`.
///
/// # Errors
/// A sentence naming the cell when it is no number or out of range.
pub fn parse_percent(
    text: &str,
    style: DecimalStyle,
    scale: PercentScale,
) -> Result<Decimal, String> {
    let trimmed = text.trim();
    let (number, is_fraction) = match trimmed.strip_suffix('%') {
        Some(number) => (number, false),
        None => (trimmed, scale == PercentScale::Fraction),
    };
    let mut value = parse_decimal(number, style)
        .map_err(|_| format!("{} is not a percentage.", quoted(trimmed)))?;
    if is_fraction {
        value = value.hundredfold();
    }
    if value.is_between(0, 100) {
        Ok(value)
    } else {
        Err(format!("{} is not between 0 and 100 %.", quoted(trimmed)))
    }
}

/// Whether a column of percentages holds fractions: no percent sign, nothing outside 0 to 1,
/// and something strictly between. Cells that are no numbers are passed over.
pub fn guess_percent_scale<'a>(
    samples: impl IntoIterator<Item = &'a str>,
    style: DecimalStyle,
) -> PercentScale {
    let mut between = false;
    for text in samples {
        if text.contains('%') {
            return PercentScale::Percent;
        }
        let Ok(value) = parse_decimal(text, style) else {
            continue;
        };
        if !value.is_between(0, 1) {
            return PercentScale::Percent;
        }
        between |= !value.is_whole();
    }
    if between {
        PercentScale::Fraction
    } else {
        PercentScale::Percent
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::{Rounding, to_minor};

    #[test]
    fn yes_and_no() {
        assert_eq!(parse_bool(" TRUE "), Ok(true));
        assert_eq!(parse_bool("No"), Ok(false));
        assert_eq!(
            parse_bool("maybe"),
            Err("“maybe” is neither yes nor no.".into())
        );
        assert!(is_blank(" \u{a0}\t") && !is_blank("0"));
    }

    fn basis_points(text: &str, scale: PercentScale) -> Result<i64, String> {
        let percent = parse_percent(text, DecimalStyle::Point, scale)?;
        to_minor(percent, 2, Rounding::HalfEven)
    }

    #[test]
    fn percentages() {
        use PercentScale::{Fraction, Percent};
        assert_eq!(basis_points("45%", Percent), Ok(4500));
        assert_eq!(basis_points("12.5 %", Fraction), Ok(1250));
        assert_eq!(basis_points("0.4", Fraction), Ok(4000));
        assert_eq!(basis_points("0.4", Percent), Ok(40));
        assert_eq!(basis_points("1", Fraction), Ok(10_000));
        let over = basis_points("101", Percent).unwrap_err();
        assert_eq!(over, "“101” is not between 0 and 100 %.");
        assert!(basis_points("1.01", Fraction).is_err());
        assert!(basis_points("-1", Percent).is_err());
        assert_eq!(
            basis_points("high %", Percent).unwrap_err(),
            "“high %” is not a percentage."
        );
    }

    #[test]
    fn fractions_are_told_from_percentages() {
        let guess = |samples: &[&'static str]| {
            guess_percent_scale(samples.iter().copied(), DecimalStyle::Point)
        };
        assert_eq!(guess(&["0.2", "", "1", "0"]), PercentScale::Fraction);
        assert_eq!(guess(&["0.2", "40"]), PercentScale::Percent);
        assert_eq!(guess(&["0", "1"]), PercentScale::Percent);
        assert_eq!(guess(&["0.5%", "0.2"]), PercentScale::Percent);
    }
}
