//! Money: whole minor units (cents) of one currency. Never a float, never a sum
//! across currencies.

use std::collections::BTreeMap;
use std::fmt;

/// A currency by its ISO 4217 code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// A text that is no currency code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a currency: a code of three letters such as EUR is expected")]
pub struct BadCurrency(pub String);

impl Currency {
    /// The euro, where nothing else is known.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads a code; small letters count as capitals.
    ///
    /// # Errors
    /// [`BadCurrency`] when it is not three letters.
    pub fn parse(text: &str) -> Result<Self, BadCurrency> {
        match text.as_bytes() {
            [a, b, c] if text.bytes().all(|b| b.is_ascii_alphabetic()) => Ok(Self([
                a.to_ascii_uppercase(),
                b.to_ascii_uppercase(),
                c.to_ascii_uppercase(),
            ])),
            _ => Err(BadCurrency(text.chars().take(20).collect())),
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Decimal digits of the minor unit by ISO 4217: 0 for JPY, 3 for KWD, mostly 2.
    #[must_use]
    pub fn digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self::EUR
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Money {
    /// Whole minor units: 1250 is 12.50 EUR.
    pub minor: i64,
    /// Of which currency.
    pub currency: Currency,
}

/// Why a typed amount is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAmount {
    /// Something other than digits, separators and a sign.
    #[error("“{0}” is not an amount")]
    NotANumber(String),
    /// More decimals than the currency has.
    #[error("{currency} has {digits} decimal places, “{text}” has more")]
    TooFine {
        /// What was typed.
        text: String,
        /// The currency.
        currency: Currency,
        /// Its decimal places.
        digits: u32,
    },
    /// A lone decimal sign with three digits behind it: more decimals than the currency has, or
    /// thousands as other countries write them.
    #[error(
        "“{text}” can be read in two ways. Write {whole} without a sign in it, or with {digits} decimal places"
    )]
    Unclear {
        /// What was typed.
        text: String,
        /// Its digits.
        whole: String,
        /// Decimal places of the currency.
        digits: u32,
    },
    /// Beyond what can be kept exactly.
    #[error("“{0}” is too large an amount")]
    TooLarge(String),
}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// An amount in minor units that may be a sum: beyond 64 bits their end, far beyond any
    /// pipeline.
    #[must_use]
    pub fn clamped(minor: i128, currency: Currency) -> Self {
        let end = if minor < 0 { i64::MIN } else { i64::MAX };
        Self::new(i64::try_from(minor).unwrap_or(end), currency)
    }

    /// Reads what a person types: `1200`, `1,200.50`, `1.200,50`, `1 200`, `12k`, `1.5m`.
    ///
    /// A lone separator with exactly three digits behind it groups thousands, otherwise
    /// it is the decimal sign (always, where the currency has three decimals); of two different ones the last is the decimal sign.
    ///
    /// # Errors
    /// [`BadAmount`] says what is wrong with it.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, BadAmount> {
        Self::parse_by(text, currency, None)
    }

    /// The same where it is known which sign, `.` or `,`, people write before decimals: that one
    /// alone with three digits behind it is refused, where the currency has fewer. Whoever writes
    /// 1.234 means 1.23 or 1234, and neither is to be guessed.
    ///
    /// # Errors
    /// [`BadAmount`] says what is wrong with it.
    pub fn parse_by(
        text: &str,
        currency: Currency,
        decimal: Option<char>,
    ) -> Result<Self, BadAmount> {
        let bad = || BadAmount::NotANumber(text.chars().take(40).collect());
        let compact: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '\'' && *c != '’' && *c != '_')
            .collect();
        let (negative, body) = match compact.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, compact.as_str()),
        };
        let (body, shift) = match body.chars().last() {
            Some('k' | 'K') => (&body[..body.len() - 1], 3),
            Some('m' | 'M') => (&body[..body.len() - 1], 6),
            _ => (body, 0),
        };
        let scaled = shift > 0 || currency.digits() == 3;
        let lone = decimal.and_then(|sign| body.split_once(sign));
        if let Some((before, behind)) = lone.filter(|_| !scaled && currency.digits() < 3) {
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            let grouped = (1..=3).contains(&before.len()) && !before.starts_with('0');
            if grouped && behind.len() == 3 && digits(before) && digits(behind) {
                return Err(BadAmount::Unclear {
                    text: text.trim().into(),
                    whole: format!("{before}{behind}"),
                    digits: currency.digits(),
                });
            }
        }
        let (whole, fraction) = split_decimal(body, scaled).ok_or_else(bad)?;
        if whole.is_empty() && fraction.is_empty() {
            return Err(bad());
        }
        let places = (currency.digits() + shift) as usize;
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > places {
            return Err(BadAmount::TooFine {
                text: text.into(),
                currency,
                digits: currency.digits(),
            });
        }
        let digits = format!("{whole}{fraction}{}", "0".repeat(places - fraction.len()));
        let minor: i64 = digits
            .parse()
            .map_err(|_| BadAmount::TooLarge(text.chars().take(40).collect()))?;
        if minor > 1_000_000_000_000_000 {
            return Err(BadAmount::TooLarge(text.into()));
        }
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// Plain decimal text without grouping, for forms and files: `1250` EUR is `12.50`,
    /// whole amounts lose the zeros.
    #[must_use]
    pub fn to_plain(self) -> String {
        let digits = self.currency.digits() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let text = format!("{:0>width$}", self.minor.unsigned_abs(), width = digits + 1);
        let (whole, fraction) = text.split_at(text.len() - digits);
        if fraction.bytes().all(|b| b == b'0') {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }
}

/// Splits digits with separators into whole and fraction; `None` when it is no number.
fn split_decimal(body: &str, scaled: bool) -> Option<(String, String)> {
    if !body
        .chars()
        .all(|c| c.is_ascii_digit() || c == '.' || c == ',')
    {
        return None;
    }
    let last = body.rfind(['.', ',']);
    let Some(at) = last else {
        return Some((body.into(), String::new()));
    };
    let sign = &body[at..=at];
    let repeated = body.matches(sign).count() > 1;
    let other = if sign == "." { "," } else { "." };
    let behind = body.len() - at - 1;
    // No thousands begin with a nought: 0.125 is a fraction.
    let thousands = (1..=3).contains(&at) && !body.starts_with('0');
    let groups = repeated || (!scaled && !body.contains(other) && behind == 3 && thousands);
    if groups {
        let parts: Vec<&str> = body.split(sign).collect();
        let well =
            parts[0].len() <= 3 && !parts[0].is_empty() && parts[1..].iter().all(|p| p.len() == 3);
        return (well && !body.contains(other)).then(|| (parts.concat(), String::new()));
    }
    let whole = &body[..at];
    if whole.contains(other) {
        let parts: Vec<&str> = whole.split(other).collect();
        if parts[0].len() > 3 || parts[0].is_empty() || parts[1..].iter().any(|p| p.len() != 3) {
            return None;
        }
    }
    Some((whole.replace(other, ""), body[at + 1..].into()))
}

/// Sums kept apart by currency. Exact: 128-bit, so even 100,000 of the largest amounts
/// cannot overflow.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Sums(BTreeMap<Currency, i128>);

impl Sums {
    /// Adds minor units of a currency; a sum that comes to nothing disappears.
    pub fn add(&mut self, currency: Currency, amount: i128) {
        if amount != 0 {
            let sum = self.0.entry(currency).or_default();
            *sum += amount;
            if *sum == 0 {
                self.0.remove(&currency);
            }
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Self) {
        for (currency, amount) in &other.0 {
            self.add(*currency, *amount);
        }
    }

    /// Each currency with its sum, in order of the code.
    pub fn iter(&self) -> impl Iterator<Item = (Currency, i128)> + '_ {
        self.0.iter().map(|(c, n)| (*c, *n))
    }

    /// The sum in one currency, 0 where there is none.
    #[must_use]
    pub fn of(&self, currency: Currency) -> i128 {
        self.0.get(&currency).copied().unwrap_or(0)
    }

    /// True when nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Minor units rounded to whole units of their currency, a half upwards: for estimates, which are
/// not true to the cent.
#[must_use]
pub fn in_whole_units(minor: i128, currency: Currency) -> i128 {
    let unit = 10_i128.pow(currency.digits());
    (minor + unit / 2).div_euclid(unit) * unit
}

/// Half-even division by 100: turns Σ value × percent into minor units.
#[must_use]
pub fn percent_of(sum_times_percent: i128) -> i128 {
    let (quotient, rest) = (
        sum_times_percent.div_euclid(100),
        sum_times_percent.rem_euclid(100),
    );
    let up = rest > 50 || (rest == 50 && quotient % 2 != 0);
    quotient + i128::from(up)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(text: &str) -> Result<i64, BadAmount> {
        Money::parse(text, Currency::EUR).map(|m| m.minor)
    }

    #[test]
    fn reads_what_people_type() {
        for (text, minor) in [
            ("1200", 120_000),
            ("1,200.50", 120_050),
            ("1.200,50", 120_050),
            ("1 200", 120_000),
            ("1'200", 120_000),
            ("12k", 1_200_000),
            ("1.5m", 150_000_000),
            ("1.500k", 150_000),
            ("0.5", 50),
            (".5", 50),
            ("-3,20", -320),
            ("1,234,567", 123_456_700),
            ("1.234", 123_400),
            ("12.3400", 1_234),
            ("0", 0),
        ] {
            assert_eq!(eur(text), Ok(minor), "{text}");
        }
    }

    #[test]
    fn thousands_are_not_taken_for_decimals_nor_the_other_way_round() {
        let by = |text: &str, sign| Money::parse_by(text, Currency::EUR, Some(sign));
        let minor = |text: &str, sign| by(text, sign).map(|m| m.minor);
        assert_eq!(minor("1,234", '.'), Ok(123_400));
        assert_eq!(minor("1.234", ','), Ok(123_400));
        assert_eq!(minor("1.23", '.'), Ok(123));
        assert_eq!(minor("1,2", ','), Ok(120));
        assert_eq!(minor("1.5k", '.'), Ok(150_000));
        assert_eq!(minor("1.234.567", '.'), Ok(123_456_700));
        assert_eq!(minor("1,200.500", '.'), Ok(120_050));
        for (text, sign) in [
            ("1.234", '.'),
            ("1.200", '.'),
            ("12,345", ','),
            ("-1.234", '.'),
        ] {
            let bad = by(text, sign).unwrap_err();
            assert!(matches!(bad, BadAmount::Unclear { .. }), "{text}");
        }
        assert_eq!(
            by("1.234", '.').unwrap_err().to_string(),
            "“1.234” can be read in two ways. Write 1234 without a sign in it, or with 2 decimal places"
        );
        assert!(matches!(eur("0.125"), Err(BadAmount::TooFine { .. })));
        let yen = Currency::parse("JPY").unwrap();
        assert!(Money::parse_by("1.500", yen, Some('.')).is_err());
        assert_eq!(
            Money::parse_by("1,500", yen, Some('.')),
            Ok(Money::new(1_500, yen))
        );
        let dinar = Currency::parse("KWD").unwrap();
        assert_eq!(
            Money::parse_by("1.234", dinar, Some('.')),
            Ok(Money::new(1_234, dinar))
        );
    }

    #[test]
    fn refuses_the_rest_with_a_reason() {
        for text in [
            "",
            "abc",
            "1,2,3",
            "12,34,567",
            "1.2.3,4",
            "--3",
            "€5",
            "k",
            "1..2",
        ] {
            assert!(matches!(eur(text), Err(BadAmount::NotANumber(_))), "{text}");
        }
        assert!(matches!(eur("1.2345"), Err(BadAmount::TooFine { .. })));
        assert!(matches!(
            eur("99999999999999999"),
            Err(BadAmount::TooLarge(_))
        ));
        let yen = Currency::parse("jpy").unwrap();
        assert!(matches!(
            Money::parse("1.5", yen),
            Err(BadAmount::TooFine { digits: 0, .. })
        ));
        assert_eq!(Money::parse("1500", yen), Ok(Money::new(1_500, yen)));
    }

    #[test]
    fn plain_text_reads_back_as_the_same_amount() {
        for code in ["EUR", "JPY", "KWD"] {
            let currency = Currency::parse(code).unwrap();
            for minor in [0, 1, -1, 99, 100, 120_050, -5_000, 999_999_999] {
                let money = Money::new(minor, currency);
                let plain = money.to_plain();
                assert_eq!(Money::parse(&plain, currency), Ok(money), "{plain}");
            }
        }
    }

    #[test]
    fn sums_stay_apart_and_vanish_at_nothing() {
        let usd = Currency::parse("USD").unwrap();
        let mut sums = Sums::default();
        sums.add(Currency::EUR, 5);
        sums.add(usd, 7);
        sums.add(Currency::EUR, -5);
        assert_eq!(sums.iter().collect::<Vec<_>>(), [(usd, 7)]);
    }

    #[test]
    fn rounds_half_to_even() {
        for (n, want) in [
            (150, 2),
            (250, 2),
            (249, 2),
            (251, 3),
            (-150, -2),
            (-250, -2),
            (0, 0),
        ] {
            assert_eq!(percent_of(n), want, "{n}");
        }
    }
}
