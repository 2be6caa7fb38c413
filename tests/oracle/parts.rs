//! What is put around the deals of the made log: rates, organisations, contacts, and what was said
//! when deals were closed.

use super::generate::Made;
use chrono::NaiveDate;
use fairlead::domain::campaign::RateField;
use fairlead::domain::change::Edit;
use fairlead::domain::deal::{BuyingRole, Closure, DealContact, DealField, Status};
use fairlead::domain::ids::{ContactId, DealId, OrgId, RateId};
use fairlead::domain::money::Currency;
use fairlead::domain::party::OrgField;
use std::fmt::Write as _;

/// In what deals are worth something, one of twelve; empty for no value.
pub const CURRENCIES: [&str; 12] = [
    "EUR", "USD", "EUR", "", "EUR", "USD", "", "JPY", "KWD", "GBP", "CHF", "SEK",
];

/// Of a currency, in another, from a day on (empty: always), worth in millionths. Among them: rates
/// that begin late, one that holds beside its inverse, and none at all for SEK.
const RATES: [(&str, &str, &str, i64); 12] = [
    ("USD", "EUR", "2025-09-01", 861_337),
    ("USD", "EUR", "2026-03-15", 905_001),
    ("USD", "EUR", "2026-11-24", 500_000),
    ("EUR", "USD", "2024-12-01", 1_087_300),
    ("EUR", "USD", "2026-01-01", 1_300_000),
    ("EUR", "JPY", "", 161_250_000),
    ("EUR", "JPY", "2026-06-30", 158_400_000),
    ("KWD", "EUR", "", 3_012_345),
    ("GBP", "EUR", "2024-01-01", 1_171_717),
    ("GBP", "USD", "2026-08-01", 1_310_000),
    ("CHF", "EUR", "2026-02-01", 1_050_505),
    ("JPY", "USD", "2025-06-01", 6_603),
];

/// How many organisations there are; the number of a fifth of them is not known.
const ORGANISATIONS: u64 = 60;

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// The rates as edits.
pub fn rates() -> Vec<Edit> {
    let fields = |(of, to, on, worth): (&str, &str, &str, i64)| {
        [
            RateField::Of(currency(of)),
            RateField::In(currency(to)),
            RateField::On(day(on)),
            RateField::Worth(worth),
        ]
    };
    let each = (1..).zip(RATES);
    each.flat_map(|(n, rate)| fields(rate).map(|f| Edit::Rate(RateId(n), f)))
        .collect()
}

/// The rates as a table.
pub fn rates_table() -> String {
    let mut table = String::from("of,to,on,worth\n");
    for (of, to, on, worth) in RATES {
        writeln!(table, "{of},{to},{on},{worth}").unwrap();
    }
    table
}

fn employees(id: u64) -> Option<u32> {
    let sizes = [1, 10, 11, 50, 51, 200, 201, 1_000, 1_001, 40_000];
    (!id.is_multiple_of(5)).then(|| sizes[(id * 7 % 10) as usize])
}

/// The organisations as edits.
pub fn organisations() -> Vec<Edit> {
    let each = (1..=ORGANISATIONS).flat_map(|id| {
        let fields = [
            OrgField::Name(format!("Organisation {id}")),
            OrgField::Employees(employees(id)),
        ];
        fields.map(|f| Edit::Organisation(OrgId(id), f))
    });
    each.collect()
}

/// The organisations as a table.
pub fn organisations_table() -> String {
    let mut table = String::from("id,employees\n");
    for id in 1..=ORGANISATIONS {
        let known = employees(id).map_or(String::new(), |n| n.to_string());
        writeln!(table, "{id},{known}").unwrap();
    }
    table
}

/// What was said when a deal was closed.
pub struct Said {
    on: NaiveDate,
    pub reason: &'static str,
    pub competitor: &'static str,
}

impl Said {
    pub fn made(&self) -> Closure {
        Closure {
            reason: self.reason.into(),
            competitor: self.competitor.into(),
            ..Closure::on(self.on)
        }
    }
}

impl Made {
    /// A reason and a competitor; Globex is met more often where deals are lost.
    pub fn closure(&mut self, status: Status, on: NaiveDate) -> Said {
        let reasons = match status {
            Status::Won => ["Price", "Trust", "", "Known to us", "trust "],
            _ => ["Price", " price", "No budget", "", "NO BUDGET"],
        };
        // Written in several ways, as people do.
        let globex = self.chance(if status == Status::Lost { 45 } else { 15 });
        let others = ["Acme", "Initech", "", ""];
        let reason = reasons[self.rng.below(5) as usize];
        let other = others[self.rng.below(4) as usize];
        let spelt = ["Globex", "globex", "Globex "][self.rng.below(3) as usize];
        let competitor = if globex { spelt } else { other };
        Said {
            on,
            reason,
            competitor,
        }
    }

    /// Says with whom a deal is, if that is known.
    pub fn organisation(&mut self, id: DealId, edits: &mut Vec<Edit>) -> String {
        let org = self.rng.below(ORGANISATIONS + 10) + 1;
        if org > ORGANISATIONS {
            return String::new();
        }
        edits.push(Edit::Deal(id, DealField::Organisation(Some(OrgId(org)))));
        org.to_string()
    }

    /// Names up to three contacts of a deal with their roles; a champion more often where it is won.
    pub fn contacts(&mut self, id: DealId, won: bool, edits: &mut Vec<Edit>) {
        let roles = [
            BuyingRole::Champion,
            BuyingRole::EconomicBuyer,
            BuyingRole::DecisionMaker,
            BuyingRole::User,
            BuyingRole::Unknown,
        ];
        let mut named = Vec::new();
        for _ in 0..self.rng.below(4) {
            let role = match won && self.chance(30) {
                true => BuyingRole::Champion,
                false => roles[self.rng.below(5) as usize],
            };
            let contact: ContactId = self.rng.fresh();
            writeln!(self.contacts, "{id},{}", role.code()).unwrap();
            named.push(DealContact { contact, role });
        }
        edits.push(Edit::Deal(id, DealField::Contacts(named)));
    }
}
