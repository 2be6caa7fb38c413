//! What the sample's numbers are read by: campaigns with what they cost, who else was in deals that
//! were won, interviews, and what one currency is worth in another.

use super::generate::Sample;
use super::words::COMPETITORS;
use crate::domain::campaign::{CampaignField, InterviewField, RateField};
use crate::domain::change::Edit;
use crate::domain::deal::{DealContact, DealField, Outcome, Status};
use crate::domain::ids::{CampaignId, DealId, IdMap, IdSource, InterviewId, PersonId, RateId};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::workspace::{WORKSPACE, WorkspaceField};
use chrono::{Days, NaiveDate};

/// The seed of what is chosen here; apart from that of the deals, which stay as they are.
const SEED: u64 = 73;

/// A campaign: name, source, days ago it began, days it ran, cost in whole units, percent of the
/// source's deals of its days that came from it, what it is.
struct SampleCampaign {
    name: &'static str,
    source: &'static str,
    ago: u64,
    days: u64,
    cost: i64,
    share: u64,
    text: &'static str,
    abroad: bool,
}

const fn campaign(
    name: &'static str,
    source: &'static str,
    (ago, days): (u64, u64),
    cost: i64,
    share: u64,
    text: &'static str,
) -> SampleCampaign {
    SampleCampaign {
        name,
        source,
        ago,
        days,
        cost,
        share,
        text,
        abroad: false,
    }
}

const CAMPAIGNS: [SampleCampaign; 6] = [
    campaign(
        "Energy managers’ fair",
        "Event",
        (330, 60),
        14_500,
        70,
        "A stand of 12 m², two people for three days, and calls with everybody who left a card.",
    ),
    campaign(
        "Regional plant days",
        "Event",
        (150, 75),
        6_200,
        60,
        "Four evenings with a live dashboard of a plant nearby.",
    ),
    campaign(
        "Letters to food producers",
        "Outbound",
        (260, 90),
        3_400,
        55,
        "A letter with their own benchmark, and a call a week later.",
    ),
    SampleCampaign {
        abroad: true,
        ..campaign(
            "Search ads",
            "Website",
            (365, 330),
            9_800,
            65,
            "Adverts on searches for energy monitoring; billed abroad.",
        )
    },
    campaign(
        "Customers bring customers",
        "Referral",
        (300, 290),
        2_600,
        45,
        "A free energy report for each introduction.",
    ),
    campaign(
        "Installers’ bonus",
        "Partner",
        (200, 180),
        4_000,
        50,
        "For each plant an installer brings to a first meeting.",
    ),
];

/// What was said: outcome, what decided it, well, better.
type Said = (Status, &'static str, &'static str, &'static str);

const SAID: [Said; 10] = [
    (
        Status::Lost,
        "The other offer had the payback on one page",
        "The site survey was thorough",
        "Show the savings in euros a month, not in kilowatt hours",
    ),
    (
        Status::Won,
        "We could call a plant like ours that uses it",
        "Answers came the same day",
        "The contract took three rounds with purchasing",
    ),
    (
        Status::Lost,
        "Nobody on the board had heard of it before the vote",
        "The plant manager trusted the engineer",
        "Meet whoever holds the budget before the offer",
    ),
    (
        Status::Won,
        "The pilot paid for itself within the quarter",
        "The dashboard was up on the first day",
        "Installation needed a second visit",
    ),
    (
        Status::Lost,
        "We had no time for a project this year",
        "No pressure, good information",
        "Ask earlier when the shutdown is",
    ),
    (
        Status::Lost,
        "Their alarm goes to the shift phone, yours only by e-mail",
        "The best reports we saw",
        "Text messages for alarms",
    ),
    (
        Status::Won,
        "One contact from survey to invoice",
        "Everybody knew the plant",
        "The price list is hard to read",
    ),
    (
        Status::Lost,
        "Price: a fifth above the next offer",
        "The presentation",
        "Offer a smaller first step",
    ),
    (
        Status::Won,
        "The auditor accepts the reports as they are",
        "Training on site",
        "A German manual",
    ),
    (
        Status::Lost,
        "The champion left the company",
        "Quick replies",
        "Know more than one person",
    ),
];

/// What is known of a deal when it is looked for.
#[derive(Clone, Debug, Default)]
struct Known {
    source: String,
    created: Option<NaiveDate>,
    outcome: Option<Outcome>,
    contacts: Vec<DealContact>,
    owner: Option<PersonId>,
}

impl Sample {
    pub(super) fn insight(&mut self) {
        let mut rng = IdSource::new(SEED);
        let (order, mut known) = self.known();
        self.campaigns(&mut rng, &order, &known);
        self.rivals(&mut rng, &mut known);
        self.interviews(&order, &known);
        self.rates();
    }

    fn known(&self) -> (Vec<DealId>, IdMap<DealId, Known>) {
        let (mut order, mut known) = (Vec::new(), IdMap::<DealId, Known>::default());
        for edit in &self.edits {
            let Edit::Deal(id, field) = edit else {
                continue;
            };
            let deal = known.entry(*id).or_insert_with(|| {
                order.push(*id);
                Known::default()
            });
            match field {
                DealField::Source(source) => deal.source.clone_from(source),
                DealField::Created(at) => {
                    let when = chrono::DateTime::from_timestamp_millis(*at);
                    deal.created = when.map(|w| w.date_naive());
                }
                DealField::Outcome(outcome) => deal.outcome = Some(outcome.clone()),
                DealField::Contacts(contacts) => deal.contacts.clone_from(contacts),
                DealField::Owner(owner) => deal.owner = *owner,
                _ => {}
            }
        }
        (order, known)
    }

    /// The currency of what is paid abroad.
    fn foreign(&self) -> Currency {
        let usd = Currency::parse("USD").unwrap_or_default();
        if self.currency == usd {
            Currency::EUR
        } else {
            usd
        }
    }

    fn campaigns(&mut self, rng: &mut IdSource, order: &[DealId], known: &IdMap<DealId, Known>) {
        let today = self.at.today;
        for (n, c) in CAMPAIGNS.iter().enumerate() {
            let id: CampaignId = self.ids.fresh();
            let from = today - Days::new(c.ago);
            let to = from + Days::new(c.days);
            let currency = if c.abroad {
                self.foreign()
            } else {
                self.currency
            };
            let minor = c.cost * 10_i64.pow(currency.digits());
            let owner = self.people.get(n % self.people.len().max(1)).copied();
            let fields = [
                CampaignField::Name(c.name.into()),
                CampaignField::Source(c.source.into()),
                CampaignField::From(Some(from)),
                CampaignField::To(Some(to)),
                CampaignField::Cost(Some(Money::new(minor, currency))),
                CampaignField::Description(c.text.into()),
                CampaignField::Owner(owner),
            ];
            self.edits.extend(fields.map(|f| Edit::Campaign(id, f)));
            for deal in order {
                let Some(about) = known.get(deal).filter(|d| d.source == c.source) else {
                    continue;
                };
                let ran = about.created.is_some_and(|on| from <= on && on <= to);
                if ran && rng.below(100) < c.share {
                    self.set(*deal, DealField::Campaign(Some(id)));
                }
            }
        }
    }

    /// Who else was in deals that were won: in some, somebody was.
    fn rivals(&mut self, rng: &mut IdSource, known: &mut IdMap<DealId, Known>) {
        for edit in &mut self.edits {
            if let Edit::Deal(id, DealField::Outcome(Outcome::Won(closure))) = edit
                && rng.below(100) < 32
            {
                let rival = rng.below(COMPETITORS.len() as u64) as usize;
                COMPETITORS[rival].clone_into(&mut closure.competitor);
                if let Some(deal) = known.get_mut(id) {
                    deal.outcome = Some(Outcome::Won(closure.clone()));
                }
            }
        }
    }

    fn interviews(&mut self, order: &[DealId], known: &IdMap<DealId, Known>) {
        let mut closed: Vec<(NaiveDate, DealId)> = Vec::new();
        for id in order {
            let closure = known.get(id).and_then(|d| d.outcome.as_ref()?.closure());
            closed.extend(closure.map(|c| (c.on, *id)));
        }
        // The latest first: those one remembers.
        closed.reverse();
        closed.order_by_key(|(on, _)| std::cmp::Reverse(*on));
        let mut taken = std::collections::HashSet::new();
        for (status, decided, well, better) in SAID {
            let fits = |(on, id): &&(NaiveDate, DealId)| {
                let deal = known.get(id);
                let same = deal.and_then(|d| d.outcome.as_ref()).map(Outcome::status);
                same == Some(status)
                    && !taken.contains(id)
                    && *on + Days::new(8) <= self.at.today
                    && deal.is_some_and(|d| !d.contacts.is_empty())
            };
            let Some((on, deal)) = closed.iter().find(fits).copied() else {
                continue;
            };
            taken.insert(deal);
            let about = known.get(&deal);
            let contact = about.and_then(|d| d.contacts.first()).map(|c| c.contact);
            let seller = about.and_then(|d| d.owner);
            // Not whoever sold it asks, if there is anybody else.
            let by = self.people.iter().copied().find(|p| Some(*p) != seller);
            let id: InterviewId = self.ids.fresh();
            let fields = [
                InterviewField::Deal(Some(deal)),
                InterviewField::Contact(contact),
                InterviewField::By(by),
                InterviewField::On(Some(on + Days::new(8))),
                InterviewField::Decided(decided.into()),
                InterviewField::Well(well.into()),
                InterviewField::Better(better.into()),
            ];
            self.edits.extend(fields.map(|f| Edit::Interview(id, f)));
        }
    }

    fn rates(&mut self) {
        let (home, foreign, today) = (self.currency, self.foreign(), self.at.today);
        // Invented, of the size that it has. For others there is no rate here: amounts stay apart,
        // and the page says so.
        let rates = match home.as_str() {
            "EUR" => [926_000, 894_000, 861_000],
            "USD" => [1_080_000, 1_119_000, 1_161_000],
            "GBP" => [792_000, 768_000, 745_000],
            "CHF" => [884_000, 851_000, 803_000],
            _ => return,
        };
        for (ago, worth) in [500, 240, 60].into_iter().zip(rates) {
            let id: RateId = self.ids.fresh();
            let fields = [
                RateField::Of(foreign),
                RateField::In(home),
                RateField::Worth(worth),
                RateField::On(Some(today - Days::new(ago))),
                RateField::Note("Invented for the sample".into()),
            ];
            self.edits.extend(fields.map(|f| Edit::Rate(id, f)));
        }
        let shown = WorkspaceField::Reporting(Some(home));
        self.edits.push(Edit::Workspace(WORKSPACE, shown));
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::app::session::Moment;
    use crate::domain::change::{Change, Intent, IntentKind};
    use crate::domain::insight::exchange::Exchange;
    use crate::domain::insight::facts::Facts;
    use crate::domain::insight::period::Period;
    use crate::domain::insight::select::Selection;
    use crate::domain::insight::sources::cohort::{Seen, cohorts};
    use crate::domain::insight::sources::{By, Query, channels};
    use crate::domain::insight::win_loss::differ::{Differences, differences};
    use crate::domain::insight::win_loss::{Query as Closed, Reasons, rivals};
    use crate::domain::stamp::Stamp;
    use crate::domain::world::World;

    fn world(currency: Currency) -> World {
        let at = Moment {
            now: 1_770_120_000_000,
            today: NaiveDate::from_ymd_opt(2026, 2, 3).unwrap(),
        };
        let mut world = World::default();
        world.apply(&Change {
            stamp: Stamp::new(at.now, 0, 1),
            author: None,
            intent: Intent::new(IntentKind::LoadSample, ""),
            edits: sample(5, at, currency),
            before: Vec::new(),
            undoes: None,
        });
        world
    }

    #[test]
    fn it_has_something_to_tell() {
        let world = world(Currency::EUR);
        let facts = Facts::over(&world, &|_| 0);
        let of = Selection::all(&facts);
        let exchange = Exchange::read(&world.state);
        let closed = Closed {
            world: &world,
            facts: &facts,
            of: &of,
            period: Period::all(),
            exchange: &exchange,
        };
        let lost = Reasons::of(closed, Status::Lost);
        assert!(lost.rows.len() > 5 && lost.stages.len() > 4);
        let sum: usize = lost.rows.iter().map(|r| r.all.deals.len()).sum();
        assert_eq!(sum, lost.all.deals.len());
        let by_stage: usize = (0..lost.stages.len())
            .map(|at| lost.in_stage(at).deals.len())
            .sum();
        assert_eq!(sum, by_stage);
        let met = rivals(closed);
        assert!(met.iter().filter(|r| !r.name.is_empty()).count() >= 3);
        assert!(met.iter().any(|r| !r.name.is_empty() && r.won.n() > 0));
        assert!(matches!(differences(closed), Differences::Found(found) if found.len() > 20));
        let query = Query {
            state: &world.state,
            facts: &facts,
            of: &of,
            period: Period::all(),
            exchange: &exchange,
        };
        for by in [By::Source, By::Campaign] {
            let all = channels(query, by);
            let leads: usize = all.iter().map(|c| c.leads.len()).sum();
            assert_eq!(leads, facts.len());
            for c in &all {
                assert!(c.won.iter().all(|id| c.qualified.contains(id)));
                assert!(c.qualified.iter().all(|id| c.leads.contains(id)));
            }
            let paid = all.iter().filter(|c| c.cost.is_some()).count();
            assert!(paid >= 5, "{paid}");
            let one = |c: &crate::domain::insight::exchange::Total| c.one(Currency::EUR).is_some();
            assert!(all.iter().filter_map(|c| c.cost.as_ref()).all(one));
        }
        assert_eq!(world.state.tables.interviews.iter().count(), SAID.len());
        let today = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
        let all = cohorts(&facts, &of, Period::all(), today, 24);
        assert!(all.len() > 12);
        for cohort in &all {
            let ahead = cohort.cells.windows(2);
            assert!(ahead.into_iter().all(|w| w[0].rate.part <= w[1].rate.part));
            for cell in &cohort.cells {
                assert!(cell.won.iter().all(|id| cohort.deals.contains(id)));
            }
        }
        assert!(
            all.iter()
                .flat_map(|c| &c.cells)
                .any(|c| c.seen == Seen::Part)
        );
    }

    #[test]
    fn a_home_without_a_rate_keeps_currencies_apart() {
        let world = world(Currency::parse("SEK").unwrap());
        assert_eq!(world.state.tables.rates.iter().count(), 0);
        assert_eq!(world.state.workspace().reporting, None);
    }
}
