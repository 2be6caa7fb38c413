//! The sample's selling: codes and periods in the catalogue, lines on deals, renewals to
//! come, further sales to customers, and how those are doing.

use super::generate::Sample;
use super::words::PRODUCTS;
use crate::domain::change::Edit;
use crate::domain::deal::{DealField, DealKind, Outcome};
use crate::domain::ids::{DealId, IdMap, IdSource, LineId, OrgId, ProductId, StageId};
use crate::domain::line::{LineItem, Period};
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::party::{Health, OrgField, ProductField};
use crate::domain::query::lines;
use crate::domain::rank::Rank;
use chrono::{Days, Months, NaiveDate};

/// Codes of the products, and which of them recur each year.
const CODES: [(&str, bool); PRODUCTS.len()] = [
    ("TID-100", false),
    ("TID-200", false),
    ("BEA-100", true),
    ("BEA-500", true),
    ("SRV-010", false),
    ("SRV-020", false),
    ("SRV-030", false),
    ("SRV-100", true),
];

/// What is usually sold with a product: another one, and how many.
const WITH: [Option<(usize, i64)>; PRODUCTS.len()] = [
    Some((4, 2_500)),
    Some((2, 10_000)),
    Some((7, 1_000)),
    Some((5, 2_000)),
    Some((5, 1_000)),
    None,
    Some((2, 15_000)),
    None,
];

/// Words on how customers are doing.
const HEALTH: [(Health, &str); 6] = [
    (
        Health::Good,
        "Asks for the monthly report; two more sites planned.",
    ),
    (
        Health::Watch,
        "Few logins since the plant manager left. Call the successor.",
    ),
    (Health::Good, "Reference customer for the trade fair."),
    (
        Health::Risk,
        "Gateway failed twice in spring; a rival was seen on site.",
    ),
    (
        Health::Good,
        "Savings above plan, the board has seen the numbers.",
    ),
    (Health::Watch, "Budget frozen until the new year."),
];

/// What the story so far says of a deal.
#[derive(Default)]
struct Told {
    product: Option<ProductId>,
    value: Option<Money>,
    organisation: Option<OrgId>,
    stage: Option<StageId>,
    created: i64,
    outcome: Outcome,
}

impl Sample {
    /// Adds all of it to the edits so far. Has chances of its own, so that the rest of the
    /// story stays the same.
    pub(super) fn selling(&mut self) {
        let mut rng = IdSource::new(23);
        self.catalogue();
        let told = self.told();
        let mut deals: Vec<DealId> = told.keys().copied().collect();
        // In order of the story: ids differ from one loading to the next.
        let order: IdMap<DealId, usize> = self
            .placed
            .iter()
            .enumerate()
            .map(|(n, p)| (p.0, n))
            .collect();
        deals.order_by_key(|id| order.get(id).copied().unwrap_or(usize::MAX));
        let mut values: IdMap<DealId, Money> = IdMap::default();
        for id in &deals {
            let deal = &told[id];
            let late = deal
                .stage
                .and_then(|s| self.stages.iter().position(|other| *other == s))
                .is_some_and(|at| at >= 3);
            let listed = match deal.outcome {
                Outcome::Won(_) => true,
                Outcome::Open => late,
                _ => false,
            };
            if listed && let Some(sum) = self.lines(*id, deal, &mut rng) {
                values.insert(*id, sum);
            }
        }
        // The value is the sum of the lines.
        for edit in &mut self.edits {
            if let Edit::Deal(id, DealField::Value(value)) = edit
                && let Some(sum) = values.get(id)
            {
                *value = Some(*sum);
            }
        }
        self.further(&deals, &told);
        self.health();
    }

    fn catalogue(&mut self) {
        for (n, (code, yearly)) in CODES.into_iter().enumerate() {
            let Some(id) = self.products.get(n).copied() else {
                continue;
            };
            let period = yearly.then_some(Period::Year);
            let fields = [
                ProductField::Code(code.into()),
                ProductField::Period(period),
            ];
            self.edits.extend(fields.map(|f| Edit::Product(id, f)));
        }
        let more = [
            (
                "Beacon alerts",
                "Beacon",
                "BEA-050",
                4_900,
                Some(Period::Month),
                false,
            ),
            (
                "Tide sensor kit, first edition",
                "Tide",
                "TID-090",
                52_000,
                None,
                true,
            ),
        ];
        for (name, series, code, price, period, retired) in more {
            let id: ProductId = self.ids.fresh();
            let fields = [
                ProductField::Name(name.into()),
                ProductField::Series(series.into()),
                ProductField::Price(Some(Money::new(price, self.currency))),
                ProductField::Code(code.into()),
                ProductField::Period(period),
                ProductField::Retired(retired),
            ];
            self.edits.extend(fields.map(|f| Edit::Product(id, f)));
        }
    }

    fn told(&self) -> IdMap<DealId, Told> {
        let mut all: IdMap<DealId, Told> = IdMap::default();
        for edit in &self.edits {
            let Edit::Deal(id, field) = edit else {
                continue;
            };
            let deal = all.entry(*id).or_default();
            match field {
                DealField::Products(products) => deal.product = products.first().copied(),
                DealField::Value(value) => deal.value = *value,
                DealField::Organisation(org) => deal.organisation = *org,
                DealField::Placement(placement) => deal.stage = Some(placement.stage),
                DealField::Created(at) => deal.created = *at,
                DealField::Outcome(outcome) => deal.outcome = outcome.clone(),
                _ => {}
            }
        }
        all
    }

    /// Lists what is in a deal, and says when it is up for renewal; gives its value.
    fn lines(&mut self, id: DealId, deal: &Told, rng: &mut IdSource) -> Option<Money> {
        let main = self
            .products
            .iter()
            .position(|p| Some(*p) == deal.product)?;
        let won = match &deal.outcome {
            Outcome::Won(closure) => Some(closure.on),
            _ => None,
        };
        let years = self.years(won);
        let price = PRODUCTS[main].price.max(1);
        let quantity = (deal.value?.minor / price).max(1) * 1_000;
        let discount = [0, 0, 500, 1_000][rng.below(4) as usize];
        let mut items = vec![self.line(main, quantity, discount, years)?];
        if let Some((other, quantity)) = WITH[main].filter(|_| rng.below(3) > 0) {
            items.push(self.line(other, quantity, 0, years)?);
        }
        let sum = lines::value(&items)?;
        let recurs = items.iter().any(|line| line.period.is_some());
        let products = items.iter().filter_map(|line| line.product).collect();
        for (line, rank) in items.iter_mut().zip(Rank::spread(2)) {
            line.rank = rank;
        }
        for line in items {
            let of: LineId = self.ids.fresh();
            self.set(id, DealField::Line(of, Some(Box::new(line))));
        }
        self.set(id, DealField::Priced(true));
        self.set(id, DealField::Products(products));
        let renewal = won.and_then(|on| on.checked_add_months(Months::new(u32::from(years) * 12)));
        if let Some(on) = renewal.filter(|_| recurs) {
            self.set(id, DealField::Renewal(Some(on)));
        }
        Some(sum)
    }

    /// For how many years something won on a day was sold: so many that it runs until about
    /// now or beyond, as the renewals of older deals are no part of this story.
    fn years(&self, won: Option<NaiveDate>) -> u16 {
        let Some(won) = won else { return 1 };
        let recent = self.at.today - Days::new(12);
        let ends = |years: u32| won.checked_add_months(Months::new(years * 12));
        (1..5_u16)
            .find(|years| ends((*years).into()).is_none_or(|end| end >= recent))
            .unwrap_or(5)
    }

    fn line(&self, product: usize, quantity: i64, discount: u16, years: u16) -> Option<LineItem> {
        let period = CODES[product].1.then_some(Period::Year);
        Some(LineItem {
            product: Some(*self.products.get(product)?),
            text: String::new(),
            quantity,
            price: Money::new(PRODUCTS[product].price, self.currency),
            discount,
            period,
            periods: period.map_or(1, |_| years),
            rank: Rank::default(),
        })
    }

    /// Makes the first open deal that a customer got after a won one a further sale of it.
    fn further(&mut self, deals: &[DealId], told: &IdMap<DealId, Told>) {
        let mut linked: Vec<OrgId> = Vec::new();
        for id in deals {
            let deal = &told[id];
            let Some(org) = deal.organisation.filter(|org| !linked.contains(org)) else {
                continue;
            };
            if deal.outcome != Outcome::Open {
                continue;
            }
            let before = deals.iter().find(|other| {
                let other = &told[*other];
                let won = matches!(other.outcome, Outcome::Won(_));
                won && other.organisation == Some(org) && other.created < deal.created
            });
            if let Some(origin) = before {
                let same = told[origin].product == deal.product;
                let kind = if same {
                    DealKind::Upsell
                } else {
                    DealKind::CrossSell
                };
                linked.push(org);
                self.set(*id, DealField::Kind(kind));
                self.set(*id, DealField::Origin(Some(*origin)));
            }
        }
    }

    fn health(&mut self) {
        let customers: Vec<OrgId> = self
            .organisations
            .iter()
            .copied()
            .filter(|org| {
                let mut edits = self.edits.iter();
                edits.any(|e| matches!(e, Edit::Deal(_, DealField::Organisation(of)) if of.as_ref() == Some(org)))
            })
            .collect();
        for (n, org) in customers
            .into_iter()
            .enumerate()
            .filter(|(n, _)| n % 2 == 0)
        {
            let (health, note) = HEALTH[n / 2 % HEALTH.len()];
            let fields = [
                OrgField::Health(Some(health)),
                OrgField::HealthNote(note.into()),
            ];
            self.edits
                .extend(fields.map(|f| Edit::Organisation(org, f)));
        }
    }
}
