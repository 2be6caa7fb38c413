//! Laws and cases of the CSV codec, seen from outside.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use fairlead::codec::csv::{
    DateOrder, Decimal, DecimalStyle, Dialect, Limits, Place, Problem, ProblemKind, Progress,
    Reader, Rounding, Severity, Table, WriteStyle, Writer, check, decode, guess_date_order,
    guess_decimal_style, parse_amount, parse_bool, parse_decimal, parse_moment, read, sniff,
    to_minor,
};
use proptest::prelude::*;

const ROWS_ONLY: Dialect = Dialect {
    delimiter: b',',
    has_header: false,
    strip_guard: false,
};

fn rows_with(text: &str, dialect: Dialect) -> (Vec<Vec<String>>, Table) {
    let table = read(text.to_owned(), dialect).unwrap();
    let rows = table
        .rows()
        .map(|row| row.cells().map(str::to_owned).collect());
    (rows.collect(), table)
}

fn rows(text: &str) -> Vec<Vec<String>> {
    rows_with(text, ROWS_ONLY).0
}

fn named(text: &str) -> Table {
    read(text.to_owned(), Dialect::default()).unwrap()
}

fn sentences(table: &Table) -> Vec<String> {
    table.problems().iter().map(Problem::to_string).collect()
}

// ---- Cases ----

#[test]
fn quotes_and_what_they_hold() {
    assert_eq!(rows("a,\"b,c\",d"), [["a", "b,c", "d"]]);
    assert_eq!(rows("\"say \"\"hi\"\"\",x"), [["say \"hi\"", "x"]]);
    assert_eq!(rows("\"\",\"\"\"\",\" \""), [["", "\"", " "]]);
    assert_eq!(
        rows("a,\"two\nlines\",c\nd,e,f"),
        [["a", "two\nlines", "c"], ["d", "e", "f"]]
    );
    assert_eq!(rows("a,\"x\r\ny\""), [["a", "x\r\ny"]]);
    assert_eq!(rows("{\"a\": 1},b"), [["{\"a\": 1}", "b"]]);
    assert_eq!(rows("5\" pipe,3'"), [["5\" pipe", "3'"]]);
    assert_eq!(rows(" \"a\",b"), [[" \"a\"", "b"]]);
}

#[test]
fn line_ends_of_every_system() {
    let expected = [["a", "b"], ["c", "d"]];
    for text in [
        "a,b\nc,d",
        "a,b\nc,d\n",
        "a,b\r\nc,d\r\n",
        "a,b\rc,d\r",
        "a,b\rc,d",
        "\n\na,b\r\n\r\n \nc,d\n\n",
    ] {
        assert_eq!(rows(text), expected, "{text:?}");
    }
    let (_, table) = rows_with("\n\na,b\r\n\r\n \t\nc,d\n\n", ROWS_ONLY);
    assert_eq!(table.blank_lines(), 5);
    assert_eq!(
        table.rows().map(|row| row.line()).collect::<Vec<_>>(),
        [3, 6]
    );
}

#[test]
fn empty_cells_and_empty_files() {
    assert_eq!(
        rows(",\n\"\"\n,,"),
        vec![vec!["", ""], vec![""], vec!["", "", ""]]
    );
    let (none, table) = rows_with("", ROWS_ONLY);
    assert!(none.is_empty() && table.is_empty() && table.columns() == 0);
    let header_only = named("a,b\n");
    assert_eq!((header_only.len(), header_only.columns()), (0, 2));
}

#[test]
fn text_beyond_ascii_stays() {
    assert_eq!(
        rows("naïve,日本語,🚀\n\"é\"\"è\",ß,ñ"),
        [["naïve", "日本語", "🚀"], ["é\"è", "ß", "ñ"]]
    );
}

#[test]
fn lines_are_physical_ones() {
    let table = named("id,text\n1,\"a\nb\r\nc\"\n2,\"x\"\n\n3\n4,ok\n");
    let lines: Vec<_> = table.rows().map(|row| row.line()).collect();
    assert_eq!(lines, [2, 5, 7, 8]);
    assert_eq!(table.cell(0, 1), Some("a\nb\r\nc"));
    assert_eq!(table.cell(2, 1), None);
    assert_eq!(
        sentences(&table),
        ["Line 7: 2 cells expected, 1 found. Is there a separator or a quote too many or too few?"]
    );
}

#[test]
fn ragged_rows_are_kept_and_reported() {
    let table = named("a,b,c\n1,2\n1,2,3\n1,2,3,4\n");
    assert_eq!(
        table.rows().map(|row| row.len()).collect::<Vec<_>>(),
        [2, 3, 4]
    );
    let found: Vec<_> = table
        .problems()
        .iter()
        .map(|p| (p.at, p.kind.clone()))
        .collect();
    let ragged = |line, found| {
        let at = Some(Place { line, column: None });
        (at, ProblemKind::Ragged { expected: 3, found })
    };
    assert_eq!(found, [ragged(2, 2), ragged(4, 4)]);
    assert_eq!(table.column(2).collect::<Vec<_>>(), ["", "3", "3"]);
}

#[test]
fn a_quote_never_closed_costs_one_cell() {
    let table = named("a,b\n1,ok\n2,\"open\n3,fine\n4,also\n");
    assert_eq!(table.len(), 4);
    assert_eq!(table.cell(1, 1), Some("\"open"));
    assert_eq!(table.cell(3, 1), Some("also"));
    assert_eq!(
        sentences(&table),
        [
            "Line 3, column 2: a quote is opened here and never closed; it was read as a plain character."
        ]
    );
}

#[test]
fn text_after_a_quote_is_kept_and_reported() {
    let table = named("a,b\n\"x\"y,2\n\"p\" ,4\n");
    assert_eq!(table.cell(0, 0), Some("xy"));
    assert_eq!(table.cell(1, 0), Some("p "));
    assert_eq!(table.problem_count(), 2);
    assert_eq!(
        table.problems()[0].at,
        Some(Place {
            line: 2,
            column: Some(1)
        })
    );
    assert_eq!(table.problems()[0].kind, ProblemKind::TextAfterQuote);
}

#[test]
fn names_are_made_unique() {
    let table = named(" id ,,id,name,name,name (2),\n1,2,3,4,5,6,7\n");
    let names = [
        "id",
        "Column 2",
        "id (2)",
        "name",
        "name (2)",
        "name (2) (2)",
        "Column 7",
    ];
    assert_eq!(table.header(), names);
    assert_eq!(table.find("name (2)"), Some(4));
    assert_eq!(
        sentences(&table)[..2],
        [
            "Line 1, column 2: the column has no name; it is called “Column 2” here.",
            "Line 1, column 3: there is an earlier column “id”; this one is called “id (2)” here."
        ]
    );
    assert_eq!(table.problem_count(), 5);
    assert!(
        table
            .problems()
            .iter()
            .all(|p| p.severity() == Severity::Note)
    );
    let (_, numbered) = rows_with("1,2\n", ROWS_ONLY);
    assert_eq!(numbered.header(), ["Column 1", "Column 2"]);
}

#[test]
fn the_declared_separator_is_no_row() {
    let text = "sep=;\r\nid;name\r\n1;a\r\n";
    let table = read(text.to_owned(), sniff(text).dialect).unwrap();
    assert_eq!(table.header(), ["id", "name"]);
    assert_eq!(table.row(0).unwrap().line(), 3);
}

#[test]
fn guards_are_taken_off_only_when_asked() {
    let text = "a,b,c\n'=1+1,''+x,'tis\n\"'-5\",\u{200d}@x,'\"\"\n";
    let table = named(text);
    let cells = |table: &Table| -> Vec<String> {
        table
            .rows()
            .flat_map(|row| row.cells())
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(cells(&table), ["=1+1", "'+x", "'tis", "-5", "@x", "'\"\""]);
    let dialect = Dialect {
        strip_guard: false,
        ..Dialect::default()
    };
    let kept = read(text.to_owned(), dialect).unwrap();
    assert_eq!(
        cells(&kept),
        ["'=1+1", "''+x", "'tis", "'-5", "\u{200d}@x", "'\"\""]
    );
}

#[test]
fn odd_delimiters_do_no_harm() {
    let rows_by = |delimiter, text| {
        rows_with(
            text,
            Dialect {
                delimiter,
                ..ROWS_ONLY
            },
        )
        .0
    };
    assert_eq!(rows_by(b'\t', "a\tb"), [["a", "b"]]);
    assert_eq!(rows_by(0xC3, "é,è"), [["é,è"]]);
    assert_eq!(rows_by(b'\n', "a\nb"), [["a"], ["b"]]);
    assert_eq!(rows_by(b'"', "\"a\"").len(), 1);
}

// ---- Limits ----

fn limited(text: &str, limits: Limits) -> Result<Table, Problem> {
    Reader::with_limits(text.to_owned(), Dialect::default(), limits)?.finish()
}

#[test]
fn limits_refuse_with_a_sentence() {
    let usual = Limits::default();
    let text = "a,b\n1,2\n3,4\n";
    let refusal = |limits| limited(text, limits).unwrap_err().to_string();
    assert!(
        limited(
            text,
            Limits {
                bytes: 12,
                rows: 2,
                cells: 4,
                columns: 2,
                cell_bytes: 1
            }
        )
        .is_ok()
    );
    assert!(refusal(Limits { bytes: 11, ..usual }).starts_with("The file is 1 MB; at most 0 MB"));
    assert_eq!(
        refusal(Limits { rows: 1, ..usual }),
        "Line 3: at most 1 row can be read. Split the file and import the parts."
    );
    assert_eq!(
        refusal(Limits {
            columns: 1,
            ..usual
        }),
        "Line 1: at most 1 column can be read. Is this the right separator?"
    );
    assert!(refusal(Limits { cells: 3, ..usual }).starts_with("Line 3: at most 3 cells"));
    let long = "a,b\n1,\"xx\n\"\n1,xxxx\n";
    assert!(
        limited(
            long,
            Limits {
                cell_bytes: 4,
                ..usual
            }
        )
        .is_ok()
    );
    let refused = limited(
        long,
        Limits {
            cell_bytes: 3,
            ..usual
        },
    )
    .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "Line 4, column 2: the cell is longer than 3 bytes. Is this a text file of values?"
    );
    assert_eq!(refused.severity(), Severity::Refusal);
    let open = format!("a,b\n1,\"{}", "x\n".repeat(50));
    let refused = limited(
        &open,
        Limits {
            cell_bytes: 20,
            ..usual
        },
    )
    .unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("Line 2, column 2: the quote opened here is not closed")
    );
}

#[test]
fn a_refusal_stays() {
    let limits = Limits {
        rows: 1,
        ..Limits::default()
    };
    let text = "a\n1\n2\n".to_owned();
    let mut reader = Reader::with_limits(text, Dialect::default(), limits).unwrap();
    assert_eq!(reader.step(2).unwrap().rows, 1);
    let first = reader.step(1).unwrap_err();
    assert_eq!(reader.step(1).unwrap_err(), first);
    assert_eq!(reader.table().len(), 1);
}

#[test]
fn problems_are_counted_beyond_those_kept() {
    let table = named(&format!("a,b\n{}", "1\n".repeat(1_500)));
    assert_eq!(
        (table.problems().len(), table.problem_count()),
        (1_000, 1_500)
    );
}

#[test]
fn progress_is_told() {
    let mut reader = Reader::new("a,b\n1,2\n3,4\n".into(), Dialect::default()).unwrap();
    let step = |reader: &mut Reader| reader.step(1).unwrap();
    let at = |done_bytes, rows, finished| Progress {
        done_bytes,
        total_bytes: 12,
        rows,
        finished,
    };
    assert_eq!(step(&mut reader), at(4, 0, false));
    assert_eq!(step(&mut reader), at(8, 1, false));
    assert_eq!(step(&mut reader), at(12, 2, true));
    assert_eq!(step(&mut reader), at(12, 2, true));
    let mut nothing = Reader::new(String::new(), Dialect::default()).unwrap();
    assert!(nothing.step(0).unwrap().finished);
}

// ---- Laws ----

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
