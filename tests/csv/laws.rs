//! What holds for any text, shown on many made up ones.

use super::{ROWS_ONLY, rows_with};
use fairlead::codec::csv::{
    DateOrder, Decimal, DecimalStyle, Dialect, Limits, ProblemKind, Reader, Rounding, Severity,
    Table, WriteStyle, Writer, check, decode, guess_date_order, guess_decimal_style, parse_amount,
    parse_bool, parse_decimal, parse_moment, read, sniff, to_minor,
};
use proptest::prelude::*;

/// Cells with much of what can go wrong.
fn cell() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", "'", "''", "=", "+", "-", "@",
        "\u{200d}", "＝", "a", "0", " ", "é", "日", "🚀", "\u{0}", "\u{feff}", "sep=", "1,5", "\\",
        "\u{a0}", "\u{1a}",
    ]);
    prop_oneof![
        4 => prop::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn grid() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(cell(), 1..5), 0..6)
}

fn written(rows: &[Vec<String>], style: WriteStyle) -> String {
    let mut writer = Writer::new(style);
    for row in rows {
        for cell in row {
            writer.text(cell);
        }
        writer.end_row();
    }
    writer.finish()
}

/// Everything about a table that can be seen.
fn seen(table: &Table) -> impl PartialEq + std::fmt::Debug + use<> {
    let rows: Vec<(u32, Vec<String>)> = table
        .rows()
        .map(|row| (row.line(), row.cells().map(str::to_owned).collect()))
        .collect();
    let counts = (table.blank_lines(), table.problem_count());
    (
        table.header().to_vec(),
        rows,
        table.problems().to_vec(),
        counts,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_gives_back_what_was_written(
        rows in grid(),
        delimiter in prop::sample::select(b",;\t|".to_vec()),
        guard: bool,
    ) {
        let text = written(&rows, WriteStyle { delimiter, guard, bom: false });
        let dialect = Dialect { delimiter, has_header: false, strip_guard: guard };
        let (read_back, table) = rows_with(&text, dialect);
        prop_assert_eq!(&read_back, &rows);
        prop_assert_eq!(table.blank_lines(), 0);
        let only_ragged = table.problems().iter().all(|p| matches!(p.kind, ProblemKind::Ragged { .. }));
        prop_assert!(only_ragged);
    }

    #[test]
    fn a_written_file_survives_as_bytes(rows in grid(), bom: bool) {
        let text = written(&rows, WriteStyle { bom, ..WriteStyle::default() });
        let content = if bom { &text['\u{feff}'.len_utf8()..] } else { &text };
        match decode(text.clone().into_bytes()) {
            Ok(decoded) => {
                prop_assert_eq!(decoded.note, None);
                prop_assert_eq!(decoded.text.as_str(), content);
            }
            // Cells may look like another kind of file, or there may be none.
            Err(problem) => prop_assert!(
                matches!(problem.kind, ProblemKind::Empty | ProblemKind::NotCsv(_)), "{}", problem
            ),
        }
    }

    #[test]
    fn no_cell_can_run_as_a_formula(rows in grid()) {
        let text = written(&rows, WriteStyle { bom: false, ..WriteStyle::default() });
        for cell in rows_with(&text, ROWS_ONLY).0.concat() {
            let first = cell.chars().next();
            prop_assert!(!matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n')), "{:?}", cell);
        }
    }

    #[test]
    fn the_size_of_the_slices_does_not_matter(
        pieces in prop::collection::vec(cell(), 0..30),
        steps in prop::collection::vec(0_usize..4, 1..8),
        has_header: bool,
    ) {
        let text = pieces.join("\n");
        let dialect = Dialect { has_header, ..Dialect::default() };
        let whole = read(text.clone(), dialect).unwrap();
        let mut reader = Reader::new(text, dialect).unwrap();
        let mut done = 0;
        for step in steps.iter().cycle() {
            let progress = reader.step(*step).unwrap();
            prop_assert!(progress.finished || progress.done_bytes > done);
            done = progress.done_bytes;
            if progress.finished {
                break;
            }
        }
        prop_assert_eq!(seen(reader.table()), seen(&whole));
    }

    #[test]
    fn no_character_is_lost(pieces in prop::collection::vec(cell(), 0..30)) {
        let text = pieces.join(",");
        let letters = |text: &str| text.matches(['a', '0', 'é', '日']).count();
        let (read_back, _) = rows_with(&text, ROWS_ONLY);
        prop_assert_eq!(letters(&read_back.concat().concat()), letters(&text));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), limit in 0_usize..40) {
        let Ok(decoded) = decode(bytes) else { return Ok(()) };
        let sniffed = sniff(&decoded.text);
        check(&decoded.text, Dialect { delimiter: b'|', ..sniffed.dialect });
        let limits = Limits { bytes: 10_000, rows: limit, cell_bytes: limit, columns: limit, cells: limit };
        for limits in [Limits::default(), limits] {
            let reader = Reader::with_limits(decoded.text.clone(), sniffed.dialect, limits).unwrap();
            let table = match reader.finish() {
                Ok(table) => table,
                Err(problem) => {
                    prop_assert_eq!(problem.severity(), Severity::Refusal);
                    continue;
                }
            };
            for column in 0..table.columns() {
                guess_date_order(table.column(column));
                guess_decimal_style(table.column(column));
            }
        }
    }

    #[test]
    fn any_cell_is_a_value_or_a_reason(text in prop_oneof![any::<String>(), "[0-9/:.,+\\- TZeE$€()%apmJan]{0,24}"]) {
        for order in [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::ExcelSerial] {
            prop_assert!(parse_moment(&text, order).err().is_none_or(|reason| reason.ends_with('.')));
        }
        for style in [DecimalStyle::Point, DecimalStyle::Comma] {
            match parse_amount(&text, style) {
                Ok(amount) => {
                    let minor = to_minor(amount.value, 2, Rounding::HalfEven);
                    prop_assert!(minor.is_ok() || amount.value.units.unsigned_abs() > 1 << 50);
                }
                Err(reason) => prop_assert!(reason.ends_with(['.', '?']), "{}", reason),
            }
        }
        prop_assert!(parse_bool(&text).err().is_none_or(|reason| reason.ends_with('.')));
    }

    #[test]
    fn a_number_reads_back_as_printed(units in -10_i128.pow(29)..10_i128.pow(29), scale in 0_u32..=28) {
        let value = Decimal { units, scale };
        prop_assert_eq!(parse_decimal(&value.to_string(), DecimalStyle::Point), Ok(value));
    }

    #[test]
    fn thousands_change_nothing(units in 0_i64..10_i64.pow(15), style in prop::sample::select(vec![',', ' ', '\''])) {
        let plain = units.to_string();
        let mut grouped = String::new();
        for (at, digit) in plain.chars().enumerate() {
            if at > 0 && (plain.len() - at) % 3 == 0 {
                grouped.push(style);
            }
            grouped.push(digit);
        }
        let value = parse_decimal(&grouped, DecimalStyle::Point).unwrap();
        prop_assert_eq!(to_minor(value, 0, Rounding::Refuse), Ok(units));
    }

    #[test]
    fn rounding_is_to_the_nearest_and_even(units in -1_000_000_i128..1_000_000) {
        let rounded = i128::from(to_minor(Decimal { units, scale: 3 }, 2, Rounding::HalfEven).unwrap());
        let off = (units - rounded * 10).abs();
        prop_assert!(off < 5 || (off == 5 && rounded % 2 == 0));
    }
}
