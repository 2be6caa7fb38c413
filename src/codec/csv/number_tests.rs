use super::*;

fn point(text: &str) -> Result<String, String> {
    parse_decimal(text, DecimalStyle::Point).map(|value| value.to_string())
}

fn comma(text: &str) -> Result<String, String> {
    parse_decimal(text, DecimalStyle::Comma).map(|value| value.to_string())
}

#[test]
fn plain_numbers_keep_their_places() {
    for text in ["0", "7", "1054", "1100.04", "0.05", "-12.50"] {
        assert_eq!(point(text), Ok(text.to_owned()));
    }
    assert_eq!(point(".5"), Ok("0.5".into()));
    assert_eq!(point("5."), Ok("5".into()));
    assert_eq!(point("+3"), Ok("3".into()));
    assert_eq!(comma("3,50"), Ok("3.50".into()));
}

#[test]
fn thousands_in_every_fashion() {
    for text in [
        "1,234,567.8",
        "1 234 567.8",
        "1\u{202f}234\u{202f}567.8",
        "1'234'567.8",
    ] {
        assert_eq!(point(text), Ok("1234567.8".to_owned()), "{text:?}");
    }
    assert_eq!(point("12,34,567"), Ok("1234567".into()));
    assert_eq!(comma("1.234.567,80"), Ok("1234567.80".into()));
    assert_eq!(comma("1 234,5"), Ok("1234.5".into()));
    for text in [
        "1,23",
        "1,2345",
        ",123",
        "0,123",
        "1,,234",
        "12 34",
        "1234,567",
        "1,234 567",
    ] {
        assert!(point(text).is_err(), "{text:?}");
    }
}

#[test]
fn negatives_and_currencies() {
    let read =
        |text| parse_amount(text, DecimalStyle::Point).map(|a| (a.value.to_string(), a.currency));
    let code = |code: &str| Some(CurrencyMark::Code(code.into()));
    let symbol = |sign: &str| Some(CurrencyMark::Symbol(sign.into()));
    assert_eq!(read("(1,234.50)"), Ok(("-1234.50".into(), None)));
    assert_eq!(read("500-"), Ok(("-500".into(), None)));
    assert_eq!(read("−5"), Ok(("-5".into(), None)));
    assert_eq!(read("$1,000"), Ok(("1000".into(), symbol("$"))));
    assert_eq!(read("-$5"), Ok(("-5".into(), symbol("$"))));
    assert_eq!(read("($5)"), Ok(("-5".into(), symbol("$"))));
    assert_eq!(read("$ (1,234.50)"), Ok(("-1234.50".into(), symbol("$"))));
    assert_eq!(read("5 EUR"), Ok(("5".into(), code("EUR"))));
    assert_eq!(read("usd 5.10"), Ok(("5.10".into(), code("USD"))));
    assert_eq!(read("US$5"), Ok(("5".into(), code("USD"))));
    assert_eq!(read("$5 CAD"), Ok(("5".into(), code("CAD"))));
    assert_eq!(read("5\u{a0}€"), Ok(("5".into(), code("EUR"))));
    assert_eq!(read("Rs.500"), Ok(("500".into(), symbol("Rs"))));
    assert_eq!(read("500 kr."), Ok(("500".into(), symbol("kr"))));
    assert_eq!(read("¥1,000"), Ok(("1000".into(), symbol("¥"))));
    assert_eq!(
        read("€5 USD").unwrap_err(),
        "Two currencies stand beside the number: EUR and USD."
    );
}

#[test]
fn reasons_name_the_cell() {
    assert_eq!(
        point("").unwrap_err(),
        "The cell is blank; a number is needed."
    );
    assert_eq!(point("abc").unwrap_err(), "“abc” is not a number.");
    assert_eq!(
        point("1.234,50").unwrap_err(),
        "“1.234,50” is not a number with a decimal point. Is the comma the decimal sign of this column?"
    );
    for text in [
        "--5",
        "-(5)",
        "(-5)",
        "((5))",
        "()",
        "(5",
        "5)",
        "1 2 3",
        "EUR",
        "2024-01-02",
        "1/2",
        "12k",
        "#N/A",
        "NaN",
        "5 XYZ",
        "٣",
        "1e",
        "e5",
    ] {
        assert!(point(text).is_err(), "{text:?}");
    }
    assert!(point(&"9".repeat(31)).unwrap_err().contains("30 digits"));
    assert!(point(&"9".repeat(65)).is_err());
}

#[test]
fn powers_of_ten_are_exact() {
    assert_eq!(point("1.2E+6"), Ok("1200000".into()));
    assert_eq!(point("1.0E7"), Ok("10000000".into()));
    assert_eq!(point("25e-2"), Ok("0.25".into()));
    assert_eq!(point("0e999999999"), Ok("0".into()));
    for text in [
        "1e31",
        "1e-31",
        "1e999999999999",
        "1e-2147483648",
        "1e2147483647",
    ] {
        assert!(point(text).is_err(), "{text:?}");
    }
}

#[test]
fn the_style_of_a_column_is_told() {
    let guess = |samples: &[&'static str]| guess_decimal_style(samples.iter().copied());
    assert_eq!(guess(&["5", "", "700"]), DecimalGuess::EitherStyle);
    assert_eq!(
        guess(&["1,234", "5.50"]),
        DecimalGuess::Clear(DecimalStyle::Point)
    );
    assert_eq!(
        guess(&["1,234,567"]),
        DecimalGuess::Clear(DecimalStyle::Point)
    );
    assert_eq!(
        guess(&["1.234", "5,5"]),
        DecimalGuess::Clear(DecimalStyle::Comma)
    );
    assert_eq!(guess(&["0,123"]), DecimalGuess::Clear(DecimalStyle::Comma));
    assert_eq!(guess(&["1,234", "12"]), DecimalGuess::Ambiguous);
    assert_eq!(guess(&["1.234"]), DecimalGuess::Ambiguous);
    assert_eq!(guess(&["a", "b", "5"]), DecimalGuess::NotNumbers);
    assert_eq!(guess(&[]), DecimalGuess::NotNumbers);
    let (point, comma) = ("1.5".to_owned(), "2,5".to_owned());
    assert_eq!(
        guess(&["1.5", "2,5"]),
        DecimalGuess::Conflict { point, comma }
    );
}

#[test]
fn minor_units_are_exact_or_refused() {
    let minor = |text, digits, rounding| {
        to_minor(
            parse_decimal(text, DecimalStyle::Point).unwrap(),
            digits,
            rounding,
        )
    };
    assert_eq!(minor("10.5", 2, Rounding::Refuse), Ok(1050));
    assert_eq!(minor("10.500", 2, Rounding::Refuse), Ok(1050));
    assert_eq!(minor("-7", 0, Rounding::Refuse), Ok(-7));
    assert_eq!(
        minor("10.505", 2, Rounding::Refuse).unwrap_err(),
        "10.505 has more than 2 decimal places."
    );
    let even = [
        ("0.005", 0),
        ("0.015", 2),
        ("0.025", 2),
        ("-0.015", -2),
        ("-0.025", -2),
        ("0.0251", 3),
        ("-0.0251", -3),
        ("0.995", 100),
    ];
    for (text, expected) in even {
        assert_eq!(minor(text, 2, Rounding::HalfEven), Ok(expected), "{text}");
    }
    assert_eq!(
        minor("92233720368547758.07", 2, Rounding::Refuse),
        Ok(i64::MAX)
    );
    assert!(
        minor("92233720368547758.08", 2, Rounding::Refuse)
            .unwrap_err()
            .contains("too large")
    );
    let huge = Decimal {
        units: 1,
        scale: u32::MAX,
    };
    assert!(to_minor(huge, 2, Rounding::HalfEven).is_err());
    assert!(to_minor(huge, u32::MAX, Rounding::Refuse).is_ok());
}
