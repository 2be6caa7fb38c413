use super::*;
use crate::domain::entity::Entity;

const ENGLISH: Habits = Habits {
    currency: Currency::EUR,
    decimal: '.',
};

fn field(kind: FieldKind) -> CustomField {
    CustomField {
        kind,
        options: vec!["North".into(), "South".into()],
        ..CustomField::blank(FieldId(1))
    }
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (text, decimal, micro) in [
        ("1234.5", '.', 1_234_500_000),
        ("1,234.5", '.', 1_234_500_000),
        ("1.234,5", ',', 1_234_500_000),
        ("1 234,5", ',', 1_234_500_000),
        ("1.234", '.', 1_234_000),
        ("1.234", ',', 1_234_000_000),
        ("1,234", '.', 1_234_000_000),
        ("1,234", ',', 1_234_000),
        ("12,5", '.', 12_500_000),
        ("12.5", ',', 12_500_000),
        ("-0.000001", '.', -1),
        ("−7", '.', -7_000_000),
        (".5", '.', 500_000),
        ("1.5000000", '.', 1_500_000),
        ("1'000'000", '.', 1_000_000_000_000),
    ] {
        assert_eq!(parse_number(text, decimal), Ok(Decimal(micro)), "{text}");
    }
    for text in [
        "",
        "-",
        ".",
        "abc",
        "1e3",
        "12,34,567",
        "1.2.3",
        "--1",
        "1.0000001",
        "99999999999999",
    ] {
        assert!(parse_number(text, '.').is_err(), "{text}");
    }
}

#[test]
fn what_is_not_touched_stays_whatever_it_is() {
    let odd = [
        (FieldKind::Number, CustomValue::Text("a text".into())),
        (FieldKind::Choice, CustomValue::Text("East".into())),
        (FieldKind::Choices, CustomValue::List(vec!["East".into()])),
        (FieldKind::Number, CustomValue::Number(Decimal(1_234_000))),
        (FieldKind::Date, CustomValue::Flag(true)),
    ];
    for (kind, value) in odd {
        for decimal in ['.', ','] {
            let habits = Habits { decimal, ..ENGLISH };
            let draft = CustomDraft::of(&field(kind), Some(&value), habits);
            assert_eq!(
                draft.read(&field(kind), Some(&value), habits),
                Ok(Some(value.clone()))
            );
        }
    }
}

#[test]
fn every_kind_reads_back_what_it_shows() {
    let date = NaiveDate::from_ymd_opt(2028, 2, 29).unwrap();
    for (kind, value) in [
        (FieldKind::Text, CustomValue::Text("a".into())),
        (FieldKind::LongText, CustomValue::Text("a\nb".into())),
        (
            FieldKind::Number,
            CustomValue::Number(Decimal(-1_234_567_000_001)),
        ),
        (
            FieldKind::Money,
            CustomValue::Money(Money::new(-123_456, Currency::EUR)),
        ),
        (FieldKind::Date, CustomValue::Date(date)),
        (FieldKind::YesNo, CustomValue::Flag(false)),
        (FieldKind::Choice, CustomValue::Text("North".into())),
        (
            FieldKind::Choices,
            CustomValue::List(vec!["North".into(), "South".into()]),
        ),
        (
            FieldKind::Link,
            CustomValue::Text("https://a.example".into()),
        ),
    ] {
        let draft = CustomDraft::of(&field(kind), Some(&value), ENGLISH);
        assert_eq!(
            draft.read(&field(kind), None, ENGLISH),
            Ok(Some(value.clone())),
            "{kind:?}"
        );
        let empty = CustomDraft::of(&field(kind), None, ENGLISH);
        assert_eq!(
            empty.read(&field(kind), Some(&value), ENGLISH),
            Ok(None),
            "{kind:?}"
        );
    }
}

#[test]
fn links_get_what_people_leave_out() {
    for (typed, whole) in [
        ("example.com/x?y", "https://example.com/x?y"),
        ("example.com:8080", "https://example.com:8080"),
        ("a@b.example", "mailto:a@b.example"),
        ("http://x", "http://x"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("nothing", "nothing"),
    ] {
        assert_eq!(whole_link(typed), whole);
    }
}

#[test]
fn drafts_of_two_people_merge_by_field() {
    let draft = |text: &str| CustomDraft {
        text: text.into(),
        ..CustomDraft::default()
    };
    let of = |all: &[(u64, &str)]| -> CustomDrafts {
        all.iter()
            .map(|(id, text)| (FieldId(*id), draft(text)))
            .collect()
    };
    let opened = of(&[(1, "a"), (2, "b"), (3, "c")]);
    let mine = of(&[(1, "mine"), (2, "b"), (3, "c")]);
    let now = of(&[(1, "theirs"), (2, "theirs"), (4, "new")]);
    assert_eq!(
        rebased(&mine, &opened, &now),
        of(&[(1, "mine"), (2, "theirs"), (4, "new")])
    );
}
