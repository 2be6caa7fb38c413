//! Four CSV files of the shape of the "CRM Sales Opportunities" set, with known totals.
//!
//! That set may not be committed, so tests use this invented one: the same columns, sizes,
//! proportions and kinds of dirt (deals without account or engage date, one product spelt
//! otherwise in the deals than in the catalogue, misspelt sector and country, agents without
//! deals). `tests/e2e/lookalike.mjs` is the same generator in JavaScript; `tests/maven.rs`
//! checks that both make the same bytes. Only unsigned 32-bit arithmetic is used, and the
//! order of the draws is part of the format.
#![allow(
    dead_code,
    reason = "every test that includes this file uses a part of it"
)]

use chrono::{Days, NaiveDate};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// How much of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The same seed gives the same bytes.
    pub seed: u32,
    /// Rows of `sales_pipeline.csv`, up to 100,000.
    pub deals: u32,
    /// Rows of `accounts.csv`, up to 600.
    pub accounts: u32,
    /// Rows of `products.csv`, 2 to 12.
    pub products: u32,
    /// Rows of `sales_teams.csv`, up to 400.
    pub agents: u32,
}

impl Default for Shape {
    /// The size of the real set.
    fn default() -> Self {
        Self {
            seed: 20_260_101,
            deals: 8_800,
            accounts: 85,
            products: 7,
            agents: 35,
        }
    }
}

/// The files and what is in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookalike {
    pub accounts: String,
    pub products: String,
    pub sales_teams: String,
    pub sales_pipeline: String,
    pub totals: Totals,
}

impl Lookalike {
    /// Name and text of each file.
    pub fn files(&self) -> [(&'static str, &str); 4] {
        [
            ("accounts.csv", &self.accounts),
            ("products.csv", &self.products),
            ("sales_teams.csv", &self.sales_teams),
            ("sales_pipeline.csv", &self.sales_pipeline),
        ]
    }
}

/// What a right reading of the files must find.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    pub won: u64,
    pub lost: u64,
    pub engaging: u64,
    pub prospecting: u64,
    /// Sum of `close_value` of the won deals.
    pub won_value: u64,
    pub blank_accounts: u64,
    pub blank_engage_dates: u64,
    pub blank_close_dates: u64,
    pub blank_close_values: u64,
    /// Deals whose product is not in the catalogue as spelt.
    pub misspelt_products: u64,
    pub agents_without_deals: u64,
    pub subsidiaries: u64,
    /// Won of won and lost, in hundredths of a percent, rounded half up.
    pub win_rate_basis_points: u64,
    /// Days from engage to close date, summed over the won deals.
    pub won_cycle_days: u64,
    pub lost_cycle_days: u64,
}

const STARTS: &str = "Aven Bram Cald Dorn Elm Farn Gild Hask Ister Jarn Kest Lorn Marl Nev Orl Pend \
    Quor Rusk Stav Thorn Ulver Vant Wex Yarr Zell Brack Crom Drey Fenn Grav";
const ENDS: &str = "bury cast dale field gate holm ing kirk lane mont nor port quest row stead ton \
    vale wick worth yard";
const FIRST_NAMES: &str = "Anne-Marie Bruno Celine Dmitri Esther Farid Greta Hugo Ines Jonas Keiko \
    Liam Mona Nils Olga Pablo Quinn Rita Samir Tessa";
const LAST_NAMES: &str = "Abbott Bergmann Castell Dahl Eze Falk Grimm Holt Ibarra Jung Kovac Lund \
    Mori Nagy Osei Pruitt Quist Rahman Sauer Tran";
const MANAGERS: [&str; 6] = [
    "Vera Lindholm",
    "Oscar Beaumont",
    "Thea Marchetti",
    "Ivan Sorensen",
    "Lucia Whitlock",
    "Amir Castellan",
];
const OFFICES: [&str; 3] = ["Central", "East", "West"];
/// "technolgy" is spelt as in the real set.
const SECTORS: &str = "technolgy medical retail software entertainment marketing telecommunications \
    finance employment services";
const COUNTRIES: &str = "Kenya Norway Japan Italy Brazil Germany Jordan Poland Belgium Romania";
const MISSPELT_COUNTRY: &str = "Philipines";
/// Name, series, price, share of the deals.
#[rustfmt::skip]
const PRODUCTS: [(&str, &str, u32, u32); 12] = [
    ("Orbit Start", "Orbit", 480, 187),
    ("Orbit Pro", "Orbit", 4600, 148),
    ("Nova Lite", "Nova", 60, 165),
    ("Nova Prime", "Nova", 3150, 141),
    ("Orbit Plus Pro", "Orbit", 5900, 97),
    ("Orbit Plus Start", "Orbit", 1210, 138),
    ("Zenith 900", "Zenith", 24500, 4),
    ("Nova Max", "Nova", 7200, 50),
    ("Zenith 300", "Zenith", 9800, 50),
    ("Orbit Mini", "Orbit", 210, 50),
    ("Nova Edge", "Nova", 1875, 50),
    ("Zenith 100", "Zenith", 3990, 50),
];
const MISSPELT: usize = 1;
const MISSPELT_AS: &str = "OrbitPro";

/// Days since 1970: deals close from 1 March to 31 December 2017.
const FIRST_CLOSE: u32 = 17_226;
const CLOSE_DAYS: u32 = 306;
const LONGEST_CYCLE: u32 = 138;

/// Mulberry32 (Tommy Ettinger, public domain).
struct Draw(u32);

impl Draw {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x6D2B_79F5);
        let a = self.0;
        let mut t = (a ^ (a >> 15)).wrapping_mul(1 | a);
        t = t.wrapping_add((t ^ (t >> 7)).wrapping_mul(61 | t)) ^ t;
        t ^ (t >> 14)
    }

    /// Evenly from `0..n`.
    fn below(&mut self, n: u32) -> u32 {
        ((u64::from(self.next()) * u64::from(n)) >> 32) as u32
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u32 + 1) as usize);
        }
    }

    /// `count` different pairs of words, joined.
    fn pairs(&mut self, one: &str, other: &str, join: &str, count: u32) -> Vec<String> {
        let others: Vec<&str> = other.split_ascii_whitespace().collect();
        let mut all: Vec<String> = one
            .split_ascii_whitespace()
            .flat_map(|a| others.iter().map(move |b| format!("{a}{join}{b}")))
            .collect();
        self.shuffle(&mut all);
        all.truncate(count as usize);
        all
    }

    /// `marked` times true, `count - marked` times false, in any order.
    fn marks(&mut self, count: u32, marked: u32) -> Vec<bool> {
        let mut marks: Vec<bool> = (0..count).map(|index| index < marked).collect();
        self.shuffle(&mut marks);
        marks
    }
}

/// Makes the files.
pub fn generate(shape: Shape) -> Lookalike {
    let mut draw = Draw(shape.seed);
    let mut totals = Totals::default();
    let names = account_names(&mut draw, shape.accounts);
    let accounts = accounts(&mut draw, &names, &mut totals);
    let agents = draw.pairs(FIRST_NAMES, LAST_NAMES, " ", shape.agents);
    let products = products(shape.products as usize);
    let sales_teams = sales_teams(&agents);
    let sales_pipeline = sales_pipeline(&mut draw, shape, &names, &agents, &mut totals);
    Lookalike {
        accounts,
        products,
        sales_teams,
        sales_pipeline,
        totals,
    }
}

/// A few are written in small letters, with a hyphen or with more words, as names are.
fn account_names(draw: &mut Draw, count: u32) -> Vec<String> {
    let mut names = draw.pairs(STARTS, ENDS, "|", count);
    for (index, name) in names.iter_mut().enumerate() {
        let plain = name.replace('|', "");
        *name = match index {
            i if i % 17 == 3 => plain.to_lowercase(),
            i if i % 11 == 5 => name.replace('|', "-"),
            i if i % 19 == 7 => format!("{plain} & Co"),
            i if i % 13 == 2 => format!("{plain} Corporation"),
            _ => plain,
        };
    }
    names
}

fn accounts(draw: &mut Draw, names: &[String], totals: &mut Totals) -> String {
    const PARENTS: u32 = 7;
    let sectors: Vec<&str> = SECTORS.split_ascii_whitespace().collect();
    let countries: Vec<&str> = COUNTRIES.split_ascii_whitespace().collect();
    let mut rows: Vec<(String, String)> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let sector = sectors[draw.below(10) as usize];
        let year = 1979 + draw.below(39);
        let employees = 9 + draw.below(300) * (1 + draw.below(60));
        let revenue = 450 + employees * (20 + draw.below(30));
        let abroad = draw.below(100);
        let country = match (index, abroad) {
            (3, _) => MISSPELT_COUNTRY,
            (_, ..15) => countries[draw.below(10) as usize],
            _ => "United States",
        };
        let mut parent = "";
        if index as u32 >= PARENTS && draw.below(100) < 18 {
            parent = &names[draw.below(PARENTS) as usize];
            totals.subsidiaries += 1;
        }
        let revenue = hundredths(revenue);
        rows.push((
            name.to_lowercase(),
            format!("{name},{sector},{year},{revenue},{employees},{country},{parent}"),
        ));
    }
    rows.sort();
    let header = "account,sector,year_established,revenue,employees,office_location,subsidiary_of";
    lines(header, rows.into_iter().map(|(_, row)| row))
}

/// 1250 is written 12.5.
fn hundredths(value: u32) -> String {
    match (value / 100, value % 100) {
        (whole, 0) => whole.to_string(),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}"),
    }
}

fn products(count: usize) -> String {
    let rows = PRODUCTS.iter().take(count);
    lines(
        "product,series,sales_price",
        rows.map(|(name, series, price, _)| format!("{name},{series},{price}")),
    )
}

fn sales_teams(agents: &[String]) -> String {
    let rows = agents.iter().enumerate().map(|(index, agent)| {
        let manager = index * MANAGERS.len() / agents.len();
        format!("{agent},{},{}", MANAGERS[manager], OFFICES[manager / 2])
    });
    lines("sales_agent,manager,regional_office", rows)
}

fn sales_pipeline(
    draw: &mut Draw,
    shape: Shape,
    accounts: &[String],
    agents: &[String],
    totals: &mut Totals,
) -> String {
    // The proportions of the real set.
    let lost = shape.deals * 2473 / 8800;
    let engaging = shape.deals * 1589 / 8800;
    let prospecting = shape.deals * 500 / 8800;
    let won = shape.deals - lost - engaging - prospecting;
    let mut stages = Vec::new();
    for (stage, count) in [
        ("Won", won),
        ("Lost", lost),
        ("Engaging", engaging),
        ("Prospecting", prospecting),
    ] {
        stages.extend((0..count).map(|_| stage));
    }
    draw.shuffle(&mut stages);
    let mut blank_engaging = draw.marks(engaging, engaging * 1088 / 1589);
    let mut blank_prospecting = draw.marks(prospecting, prospecting * 337 / 500);
    let active = shape.agents - shape.agents / 7;
    let catalogue = &PRODUCTS[..shape.products as usize];
    let shares: u32 = catalogue.iter().map(|product| product.3).sum();
    let (mut ids, mut named, mut with_deals) = (HashSet::new(), 0, HashMap::new());
    let mut rows = Vec::new();
    for (index, stage) in stages.into_iter().enumerate() {
        let id = unused_id(draw, &mut ids);
        let agent = match index as u32 {
            index if index < active => index,
            _ => draw.below(active).min(draw.below(active)),
        };
        *with_deals.entry(agent).or_insert(0_u32) += 1;
        let product = by_share(catalogue, draw.below(shares));
        let is_blank = match stage {
            "Engaging" => blank_engaging.pop() == Some(true),
            "Prospecting" => blank_prospecting.pop() == Some(true),
            _ => false,
        };
        let account = match () {
            () if is_blank => "",
            () if named < accounts.len() => &accounts[named],
            () => &accounts[draw.below(accounts.len() as u32) as usize],
        };
        named += usize::from(!is_blank);
        let (engage, close, value) = history(draw, stage, catalogue[product].2, totals);
        let product_name = if product == MISSPELT {
            MISSPELT_AS
        } else {
            catalogue[product].0
        };
        totals.misspelt_products += u64::from(product == MISSPELT);
        totals.blank_accounts += u64::from(is_blank);
        let agent = &agents[agent as usize];
        rows.push(format!(
            "{id},{agent},{product_name},{account},{stage},{engage},{close},{value}"
        ));
    }
    let open = u64::from(engaging + prospecting);
    (totals.won, totals.lost) = (won.into(), lost.into());
    (totals.engaging, totals.prospecting) = (engaging.into(), prospecting.into());
    totals.blank_engage_dates = prospecting.into();
    (totals.blank_close_dates, totals.blank_close_values) = (open, open);
    totals.agents_without_deals = (agents.len() - with_deals.len()) as u64;
    let closed = u64::from(won + lost).max(1);
    totals.win_rate_basis_points = (u64::from(won) * 20_000 + closed) / (2 * closed);
    let header =
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value";
    lines(header, rows)
}

/// Eight capitals and digits.
fn unused_id(draw: &mut Draw, used: &mut HashSet<String>) -> String {
    const SIGNS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    loop {
        let id: String = (0..8)
            .map(|_| char::from(SIGNS[draw.below(36) as usize]))
            .collect();
        if used.insert(id.clone()) {
            return id;
        }
    }
}

fn by_share(catalogue: &[(&str, &str, u32, u32)], mut point: u32) -> usize {
    for (index, product) in catalogue.iter().enumerate() {
        if point < product.3 {
            return index;
        }
        point -= product.3;
    }
    unreachable!("the point is below the sum of the shares")
}

/// Engage date, close date and value of a deal. Cycles have two humps, as in the real set.
fn history(
    draw: &mut Draw,
    stage: &str,
    price: u32,
    totals: &mut Totals,
) -> (String, String, String) {
    match stage {
        "Prospecting" => Default::default(),
        "Engaging" => {
            let engage = FIRST_CLOSE - LONGEST_CYCLE + draw.below(440);
            (iso(engage), String::new(), String::new())
        }
        _ => {
            let is_won = stage == "Won";
            let close = FIRST_CLOSE + draw.below(CLOSE_DAYS);
            let is_quick = draw.below(100) < if is_won { 40 } else { 55 };
            let cycle = if is_quick {
                1 + draw.below(20)
            } else {
                45 + draw.below(94)
            };
            let mut value = 0;
            if is_won {
                value = (price * (70 + draw.below(61)) / 100).max(1);
                totals.won_cycle_days += u64::from(cycle);
                totals.won_value += u64::from(value);
            } else {
                totals.lost_cycle_days += u64::from(cycle);
            }
            (iso(close - cycle), iso(close), value.to_string())
        }
    }
}

fn iso(days: u32) -> String {
    NaiveDate::default()
        .checked_add_days(Days::new(days.into()))
        .map(|date| date.to_string())
        .unwrap_or_default()
}

fn lines(header: &str, rows: impl IntoIterator<Item = String>) -> String {
    let mut text = format!("{header}\r\n");
    for row in rows {
        // Writing to a string cannot fail.
        let _ = write!(text, "{row}\r\n");
    }
    text
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo), as hex digits.
pub fn checksum(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
