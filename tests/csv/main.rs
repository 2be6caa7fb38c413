//! Laws and cases of the CSV codec, seen from outside.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod laws;

use fairlead::codec::csv::{
    Dialect, Limits, Place, Problem, ProblemKind, Progress, Reader, Severity, Table, read, sniff,
};

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
        table.rows().map(|row| row.width()).collect::<Vec<_>>(),
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
