//! Where deals come from, what becomes of them, and what they cost.
//!
//! All numbers of a source or campaign are about the deals *created* in the time, whatever happened
//! to them since; those that are not decided yet are counted apart.

pub mod cohort;

use super::cycle::CycleRule;
use super::exchange::{Exchange, Total, half_even};
use super::facts::{Facts, NONE};
use super::period::Period;
use super::select::Selection;
use super::stats::Rate;
use super::stats::sample::Sample;
use super::win_loss::date_of;
use crate::domain::campaign::Campaign;
use crate::domain::deal::Status;
use crate::domain::ids::{CampaignId, DealId, PipelineId};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::stage::StageKind;
use crate::domain::state::State;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How it is decided that a deal is qualified, in a sentence.
pub const QUALIFIED_RULE: &str = "A deal is qualified once it came into the stage after qualification or into a later one of its pipeline: the open stage that follows the one with “qualif” in its name, else the third open stage. A won deal is qualified.";

/// The place of the stage from which on deals of a pipeline are qualified; none where it has no
/// such stage, so that only winning qualifies.
#[must_use]
pub fn qualified_from(facts: &Facts, state: &State, pipeline: PipelineId) -> Option<u16> {
    let open: Vec<u16> = facts.stages.open_of(pipeline).collect();
    let named = |number: &u16| {
        let stage = facts.stages.get(*number);
        let stage = stage.and_then(|s| state.tables.stages.get(s.id));
        stage.is_some_and(|s| s.name.to_lowercase().contains("qualif"))
    };
    let at = open.iter().position(named).map_or(2, |at| at + 1);
    open.get(at)
        .and_then(|number| facts.stages.get(*number))
        .map(|s| s.place)
}

/// What became of the deals of a source or campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    /// The source, or the campaign's name; empty for none.
    pub name: String,
    /// Which campaign; none for a source.
    pub campaign: Option<CampaignId>,
    /// Deals created in the time, in order of their ids, as all below.
    pub leads: Vec<DealId>,
    /// Of these: qualified at some time.
    pub qualified: Vec<DealId>,
    /// Of these: won.
    pub won: Vec<DealId>,
    /// Of these: lost.
    pub lost: Vec<DealId>,
    /// What those that were won are worth, by the day they were won.
    pub value: Total,
    /// Days from creation to winning.
    pub cycle: Sample,
    /// What it cost in the time; none where nothing is known of it.
    pub cost: Option<Total>,
}

impl Channel {
    /// Qualified of all created.
    #[must_use]
    pub fn qualified_rate(&self) -> Rate {
        Rate::new(self.qualified.len() as u64, self.leads.len() as u64)
    }

    /// Won of those decided.
    #[must_use]
    pub fn win_rate(&self) -> Rate {
        let won = self.won.len() as u64;
        Rate::new(won, won + self.lost.len() as u64)
    }

    /// Those that were won or lost, in order of their ids.
    #[must_use]
    pub fn decided(&self) -> Vec<DealId> {
        let mut all = self.won.clone();
        all.extend(&self.lost);
        all.order();
        all
    }

    /// Those that are not decided yet, in order of their ids.
    #[must_use]
    pub fn undecided_deals(&self) -> Vec<DealId> {
        let decided = self.decided();
        let open = self.leads.iter().copied();
        open.filter(|id| decided.binary_search(id).is_err())
            .collect()
    }

    /// How many are not decided yet.
    #[must_use]
    pub fn undecided(&self) -> usize {
        self.leads.len() - self.won.len() - self.lost.len()
    }

    /// What one of `n` cost, to the nearest minor unit; none where nothing is known, nothing came
    /// of it or it is in several currencies.
    #[must_use]
    pub fn cost_each(&self, n: usize, home: Currency) -> Option<Money> {
        let (currency, cost) = self.cost.as_ref()?.one(home)?;
        let n = i128::try_from(n).ok().filter(|n| *n > 0)?;
        let each = i64::try_from(half_even(cost, n)).ok()?;
        Some(Money::new(each, currency))
    }

    /// How many times over what it cost came in: value won ÷ cost. None where nothing is known, it
    /// cost nothing, or value and cost are not of one and the same currency.
    #[must_use]
    pub fn times_back(&self, home: Currency) -> Option<f64> {
        let (currency, cost) = self.cost.as_ref()?.one(home)?;
        let (same, won) = self.value.one(currency)?;
        (same == currency && cost > 0).then(|| won as f64 / cost as f64)
    }
}

/// The share of a campaign's cost that falls into a time: by days, both ends counted; all of it
/// where the campaign has no days. None where it costs nothing or lies outside.
#[must_use]
pub fn cost_within(campaign: &Campaign, period: Period) -> Option<(Money, NaiveDate)> {
    let cost = campaign.cost?;
    let first = campaign.from.or(campaign.to);
    let last = campaign.to.or(campaign.from);
    let (Some(first), Some(last)) = (first, last) else {
        // Without a day it cannot be outside; its rate of exchange is that of the time's end.
        let on = if period.to() == NaiveDate::MAX {
            NaiveDate::MAX
        } else {
            period.to()
        };
        return Some((cost, on));
    };
    let whole = Period::new(first, last);
    let part = whole.within(period)?;
    let minor = half_even(
        i128::from(cost.minor) * i128::from(part.days()),
        i128::from(whole.days()),
    );
    let minor = i64::try_from(minor).ok()?;
    Some((Money::new(minor, cost.currency), part.from()))
}

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    /// Records by id.
    pub state: &'a State,
    /// The deals column by column.
    pub facts: &'a Facts,
    /// Which of them.
    pub of: &'a Selection,
    /// Created in this time.
    pub period: Period,
    /// How amounts are added up.
    pub exchange: &'a Exchange,
}

impl Query<'_> {
    /// Whether it is of all deals. Cost is known of all of them only, and is left out of some.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.of.count() == self.facts.len()
    }
}

/// By what deals are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By source.
    Source,
    /// By campaign.
    Campaign,
}

/// Every source or campaign that deals of the time came from, or that cost something in it; the
/// one with most deals first, none last.
#[must_use]
pub fn channels(query: Query<'_>, by: By) -> Vec<Channel> {
    let (facts, state) = (query.facts, query.state);
    let mut found: BTreeMap<(String, u64), Channel> = BTreeMap::new();
    let channel = |campaign: Option<&Campaign>, source: &str| match by {
        By::Source => ((source.to_owned(), 0), source.to_owned(), None),
        By::Campaign => {
            let name = campaign.map(|c| c.name.clone()).unwrap_or_default();
            let id = campaign.map(|c| c.id);
            ((name.clone(), id.map_or(0, |id| id.0)), name, id)
        }
    };
    let gates: BTreeMap<PipelineId, Option<u16>> = facts
        .stages
        .pipelines
        .iter()
        .map(|id| (*id, qualified_from(facts, state, *id)))
        .collect();
    let created = |row: &usize| query.period.holds(facts.created[*row]);
    for row in query.of.rows().filter(created) {
        let source = facts.sources.key(facts.source[row]);
        let source = source.map_or("", |s| s.trim());
        let campaign = match facts.campaign[row] {
            NONE => None,
            code => facts.campaigns.key(code),
        };
        let campaign = campaign.and_then(|id| state.tables.campaigns.get(*id));
        let (key, name, id) = channel(campaign, source);
        let entry = found.entry(key).or_insert_with(|| Channel {
            name,
            campaign: id,
            ..Channel::default()
        });
        let deal = facts.ids[row];
        entry.leads.push(deal);
        if is_qualified(facts, row, &gates) {
            entry.qualified.push(deal);
        }
        match facts.status[row] {
            Status::Won => {
                entry.won.push(deal);
                entry.cycle.add(CycleRule::Creation.days(facts, row));
                if let Some(money) = facts.money(row) {
                    let on = date_of(facts.closed[row]);
                    entry.value.add(query.exchange, money, on);
                }
            }
            Status::Lost => entry.lost.push(deal),
            Status::Open | Status::OnHold => {}
        }
    }
    // What a campaign cost was for all deals it brought: beside some of them it would say nothing.
    let campaigns = state.tables.campaigns.iter().filter(|_| query.is_whole());
    for campaign in campaigns {
        let Some((cost, on)) = cost_within(campaign, query.period) else {
            continue;
        };
        let (key, name, id) = channel(Some(campaign), campaign.source.trim());
        let entry = found.entry(key).or_insert_with(|| Channel {
            name,
            campaign: id,
            ..Channel::default()
        });
        let total = entry.cost.get_or_insert_with(Total::default);
        total.add(query.exchange, cost, on);
    }
    let mut all: Vec<Channel> = found.into_values().collect();
    for channel in &mut all {
        for deals in [
            &mut channel.leads,
            &mut channel.qualified,
            &mut channel.won,
            &mut channel.lost,
        ] {
            deals.order();
        }
    }
    all.order_by_key(|c| {
        let most = std::cmp::Reverse(c.leads.len());
        (c.name.is_empty(), most, c.name.to_lowercase(), c.campaign)
    });
    all
}

fn is_qualified(facts: &Facts, row: usize, gates: &BTreeMap<PipelineId, Option<u16>>) -> bool {
    if facts.status[row] == Status::Won {
        return true;
    }
    let past = |number: u16| {
        let Some(stage) = facts.stages.get(number) else {
            return false;
        };
        let gate = gates.get(&stage.pipeline).copied().flatten();
        stage.kind == StageKind::Open && gate.is_some_and(|gate| stage.place >= gate)
            || stage.kind == StageKind::Won
    };
    past(facts.stage[row]) || facts.entries.of(row).iter().any(|e| past(e.stage))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entity::Entity;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn campaign(from: Option<&str>, to: Option<&str>, minor: i64) -> Campaign {
        let mut campaign = Campaign::blank(CampaignId(1));
        campaign.from = from.map(day);
        campaign.to = to.map(day);
        campaign.cost = Some(Money::new(minor, Currency::EUR));
        campaign
    }

    #[test]
    fn a_campaign_costs_by_its_days() {
        let period = Period::new(day("2026-01-01"), day("2026-01-31"));
        let cost = |from, to| cost_within(&campaign(from, to, 1_000), period).map(|(m, _)| m.minor);
        assert_eq!(cost(Some("2026-01-10"), Some("2026-01-19")), Some(1_000));
        assert_eq!(cost(Some("2026-01-27"), Some("2026-02-05")), Some(500));
        assert_eq!(cost(Some("2026-02-01"), Some("2026-02-05")), None);
        assert_eq!(cost(Some("2026-01-31"), None), Some(1_000));
        assert_eq!(cost(None, None), Some(1_000));
        // Ten days in three parts are all of it again.
        let whole = campaign(Some("2026-01-29"), Some("2026-02-07"), 1_001);
        let parts = [
            ("2026-01-01", "2026-01-31"),
            ("2026-02-01", "2026-02-03"),
            ("2026-02-04", "2026-03-01"),
        ];
        let sum: i64 = parts
            .iter()
            .filter_map(|(a, b)| cost_within(&whole, Period::new(day(a), day(b))))
            .map(|(m, _)| m.minor)
            .sum();
        assert!((sum - 1_001).abs() <= 1, "{sum}");
    }

    #[test]
    fn cost_is_of_all_deals_and_left_out_beside_some_of_them() {
        use crate::domain::campaign::CampaignField;
        use crate::domain::change::Edit;
        use crate::domain::deal::DealField;
        use crate::domain::insight::made::{End, Made};
        let mut made = Made::new();
        for _ in 0..2 {
            let deal = made.deal(Some(1), &[(0, 20)], End::Open);
            made.set(deal, DealField::Source("Web".into()));
        }
        let fields = [
            CampaignField::Name("Ads".into()),
            CampaignField::Source("Web".into()),
            CampaignField::Cost(Some(Money::new(90_000, Currency::EUR))),
        ];
        made.apply(fields.map(|f| Edit::Campaign(CampaignId(1), f)).into());
        let facts = Facts::over(&made.world, &|_| 0);
        let all = Selection::all(&facts);
        let web = |of: &Selection| {
            let query = Query {
                state: &made.world.state,
                facts: &facts,
                of,
                period: Period::all(),
                exchange: &Exchange::default(),
            };
            let found = channels(query, By::Source);
            assert_eq!(found.len(), 1);
            let home = Currency::EUR;
            (
                found[0].leads.len(),
                found[0].cost_each(1, home).map(|m| m.minor),
            )
        };
        assert_eq!(web(&all), (2, Some(90_000)));
        assert_eq!(web(&all.and(|row| row == 0)), (1, None));
    }

    #[test]
    fn without_cost_or_deals_there_is_no_cost_of_one() {
        let home = Currency::EUR;
        let mut channel = Channel::default();
        assert_eq!(channel.cost_each(3, home), None);
        assert_eq!(channel.times_back(home), None);
        let mut cost = Total::default();
        let apart = Exchange::default();
        cost.add(&apart, Money::new(1_000, home), day("2026-01-01"));
        channel.cost = Some(cost);
        assert_eq!(channel.cost_each(3, home), Some(Money::new(333, home)));
        assert_eq!(channel.cost_each(0, home), None);
        // Nothing came in: nothing of what it cost.
        assert_eq!(channel.times_back(home), Some(0.0));
        let usd = Currency::parse("USD").unwrap();
        channel
            .value
            .add(&apart, Money::new(5_000, usd), day("2026-01-01"));
        assert_eq!(channel.times_back(home), None);
    }
}
