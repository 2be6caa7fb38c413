//! The real "CRM Sales Opportunities" set, where it is at hand, and its look-alike always: the
//! CSV reader must find what is known to be in them.
//!
//! The real set is looked for in `FAIRLEAD_MAVEN` and beside the project in
//! `../shared/data/maven`; it may not be committed.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

#[path = "support/lookalike.rs"]
mod lookalike;

use fairlead::codec::csv::{
    DateGuess, DateOrder, DecimalGuess, DecimalStyle, Rounding, Table, decode, guess_date_order,
    guess_decimal_style, is_blank, parse_date, parse_decimal, read, sniff, to_minor,
};
use lookalike::{Shape, Totals, checksum, generate};
use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Reads a file the way the import does; none of these may leave a doubt.
fn table(bytes: Vec<u8>) -> Table {
    let decoded = decode(bytes).unwrap();
    assert_eq!(decoded.note, None);
    let sniffed = sniff(&decoded.text);
    assert_eq!(sniffed.problems, []);
    assert!(sniffed.dialect.has_header);
    let table = read(decoded.text, sniffed.dialect).unwrap();
    assert_eq!(table.problems(), []);
    assert_eq!(table.columns(), sniffed.columns);
    table
}

fn column<'a>(table: &'a Table, name: &str) -> Vec<&'a str> {
    let index = table
        .find(name)
        .unwrap_or_else(|| panic!("no column {name}"));
    table.column(index).collect()
}

fn whole(cell: &str) -> u64 {
    let value = parse_decimal(cell, DecimalStyle::Point).unwrap();
    to_minor(value, 0, Rounding::Refuse)
        .unwrap()
        .try_into()
        .unwrap()
}

/// Counts in the four files what [`Totals`] names.
fn totals(accounts: &Table, products: &Table, teams: &Table, pipeline: &Table) -> Totals {
    let blanks = |name| {
        column(pipeline, name)
            .into_iter()
            .filter(|c| is_blank(c))
            .count() as u64
    };
    let catalogue: HashSet<_> = column(products, "product").into_iter().collect();
    let deals_by: HashSet<_> = column(pipeline, "sales_agent").into_iter().collect();
    let agents = column(teams, "sales_agent");
    assert!(deals_by.iter().all(|agent| agents.contains(agent)));
    let known: HashSet<_> = column(accounts, "account").into_iter().collect();
    assert!(
        column(pipeline, "account")
            .iter()
            .all(|a| is_blank(a) || known.contains(a))
    );

    let mut stages: HashMap<&str, u64> = HashMap::new();
    let mut cycle_days: HashMap<&str, u64> = HashMap::new();
    let mut won_value = 0;
    let dates = column(pipeline, "engage_date")
        .into_iter()
        .zip(column(pipeline, "close_date"));
    let values = column(pipeline, "close_value");
    for ((stage, (engage, close)), value) in column(pipeline, "deal_stage")
        .into_iter()
        .zip(dates)
        .zip(values)
    {
        *stages.entry(stage).or_default() += 1;
        if stage == "Won" || stage == "Lost" {
            let day = |cell| parse_date(cell, DateOrder::DayFirst).unwrap();
            let cycle = day(close).signed_duration_since(day(engage)).num_days();
            *cycle_days.entry(stage).or_default() += u64::try_from(cycle).unwrap();
        }
        if stage == "Won" {
            won_value += whole(value);
        }
    }
    let count = |stage| stages.get(stage).copied().unwrap_or_default();
    assert_eq!(stages.len(), 4);
    let (won, lost) = (count("Won"), count("Lost"));
    Totals {
        won,
        lost,
        engaging: count("Engaging"),
        prospecting: count("Prospecting"),
        won_value,
        blank_accounts: blanks("account"),
        blank_engage_dates: blanks("engage_date"),
        blank_close_dates: blanks("close_date"),
        blank_close_values: blanks("close_value"),
        misspelt_products: column(pipeline, "product")
            .iter()
            .filter(|product| !catalogue.contains(*product))
            .count() as u64,
        agents_without_deals: agents.iter().filter(|a| !deals_by.contains(*a)).count() as u64,
        subsidiaries: column(accounts, "subsidiary_of")
            .iter()
            .filter(|c| !is_blank(c))
            .count() as u64,
        win_rate_basis_points: (won * 20_000 + won + lost) / (2 * (won + lost)),
        won_cycle_days: cycle_days["Won"],
        lost_cycle_days: cycle_days["Lost"],
    }
}

/// What does not depend on the exact figures.
fn check_shape(accounts: &Table, products: &Table, teams: &Table, pipeline: &Table) {
    let sizes = [accounts, products, teams, pipeline].map(Table::len);
    assert_eq!(sizes, [85, 7, 35, 8_800]);
    let dates = guess_date_order(column(pipeline, "close_date"));
    assert_eq!(dates, DateGuess::AnyOrder);
    let values = guess_decimal_style(column(pipeline, "close_value"));
    assert_eq!(values, DecimalGuess::EitherStyle);
    let revenue = guess_decimal_style(column(accounts, "revenue"));
    assert_eq!(revenue, DecimalGuess::Clear(DecimalStyle::Point));
    assert!(column(accounts, "sector").contains(&"technolgy"));
    assert!(column(accounts, "office_location").contains(&"Philipines"));
    assert_eq!(
        pipeline.rows().next_back().map(|row| row.line()),
        Some(8_801)
    );
}

/// Says something past the test harness, which swallows the output of tests that pass.
fn say(text: &str) {
    let line = format!("{text}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/maven");
    let folder = std::env::var_os("FAIRLEAD_MAVEN").map_or_else(beside, PathBuf::from);
    folder
        .join("sales_pipeline.csv")
        .is_file()
        .then_some(folder)
}

#[test]
fn the_real_set_has_its_known_totals() {
    let Some(folder) = folder() else {
        say("maven: the real data set is not at hand; only its look-alike was tested.");
        return check_lookalike();
    };
    let open = |name: &str| table(std::fs::read(folder.join(name)).unwrap());
    let (accounts, products) = (open("accounts.csv"), open("products.csv"));
    let (teams, pipeline) = (open("sales_teams.csv"), open("sales_pipeline.csv"));
    check_shape(&accounts, &products, &teams, &pipeline);
    let known = Totals {
        won: 4_238,
        lost: 2_473,
        engaging: 1_589,
        prospecting: 500,
        won_value: 10_005_534,
        blank_accounts: 1_425,
        blank_engage_dates: 500,
        blank_close_dates: 2_089,
        blank_close_values: 2_089,
        misspelt_products: 1_480,
        agents_without_deals: 5,
        subsidiaries: 15,
        win_rate_basis_points: 6_315,
        won_cycle_days: 219_452,
        lost_cycle_days: 102_578,
    };
    assert_eq!(totals(&accounts, &products, &teams, &pipeline), known);
    say("maven: the real data set was there: 8,800 deals, won value 10,005,534.");
}

fn check_lookalike() {
    let made = generate(Shape::default());
    let [accounts, products, teams, pipeline] = made.files().map(|(_, text)| table(text.into()));
    check_shape(&accounts, &products, &teams, &pipeline);
    assert_eq!(totals(&accounts, &products, &teams, &pipeline), made.totals);
}

#[test]
fn the_lookalike_has_the_totals_it_says() {
    check_lookalike();
    for shape in [
        Shape {
            seed: 7,
            deals: 300,
            accounts: 20,
            products: 2,
            agents: 14,
        },
        Shape {
            seed: u32::MAX,
            deals: 20_000,
            accounts: 600,
            products: 12,
            agents: 400,
        },
    ] {
        let made = generate(shape);
        let [accounts, products, teams, pipeline] =
            made.files().map(|(_, text)| table(text.into()));
        assert_eq!(pipeline.len(), shape.deals as usize);
        assert_eq!(totals(&accounts, &products, &teams, &pipeline), made.totals);
    }
}

/// Sizes, checksums and totals as `lookalike.mjs --sums` prints them.
fn sums(shape: Shape) -> serde_json::Value {
    let made = generate(shape);
    let files: serde_json::Map<_, _> = made
        .files()
        .into_iter()
        .map(|(name, text)| {
            let sums = serde_json::json!({ "bytes": text.len(), "checksum": checksum(text) });
            (name.to_owned(), sums)
        })
        .collect();
    let totals = made.totals;
    serde_json::json!({
        "files": files,
        "totals": {
            "won": totals.won,
            "lost": totals.lost,
            "engaging": totals.engaging,
            "prospecting": totals.prospecting,
            "won_value": totals.won_value,
            "blank_accounts": totals.blank_accounts,
            "blank_engage_dates": totals.blank_engage_dates,
            "blank_close_dates": totals.blank_close_dates,
            "blank_close_values": totals.blank_close_values,
            "misspelt_products": totals.misspelt_products,
            "agents_without_deals": totals.agents_without_deals,
            "subsidiaries": totals.subsidiaries,
            "win_rate_basis_points": totals.win_rate_basis_points,
            "won_cycle_days": totals.won_cycle_days,
            "lost_cycle_days": totals.lost_cycle_days,
        }
    })
}

#[test]
fn the_lookalike_is_the_one_that_was_committed() {
    let committed = include_str!("fixtures/lookalike.json");
    let committed: serde_json::Value = serde_json::from_str(committed).unwrap();
    assert_eq!(sums(Shape::default()), committed);
}

#[test]
fn both_languages_make_the_same_lookalike() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/lookalike.mjs");
    for deals in [8_800, 500, 7] {
        let deals_argument = deals.to_string();
        let run = Command::new("node")
            .arg(&script)
            .args(["--sums", &deals_argument])
            .output();
        let Ok(output) = run else {
            return say("maven: node is not at hand; lookalike.mjs was not compared.");
        };
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let theirs: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            sums(Shape {
                deals,
                ..Shape::default()
            }),
            theirs,
            "{deals} deals"
        );
    }
}
