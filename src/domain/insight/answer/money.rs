//! Figures that add up amounts of several currencies.

use super::Question;
use crate::domain::deal::Status;
use crate::domain::insight::cohort::Ladder;
use crate::domain::insight::cycle::Cycle;
use crate::domain::insight::exchange::Total;
use crate::domain::insight::facts::Purse;
use crate::domain::insight::open::{Coverage, Open};
use crate::domain::insight::select::Selection;
use crate::domain::insight::velocity::Velocity;
use crate::domain::insight::win::{WinBy, WinPart, WinQuery, WinRate};
use crate::domain::insight::win_loss::date_of;
use crate::domain::money::{Currency, Money, Sums};
use chrono::NaiveDate;

impl Question<'_> {
    /// Whether amounts of each currency, by its code, are shown as they are.
    pub(super) fn plain(&self) -> Vec<bool> {
        let keys = self.facts.currencies.keys().iter();
        let own = |c: &Currency| self.exchange.reporting.is_none_or(|to| to == *c);
        std::iter::once(false).chain(keys.map(own)).collect()
    }

    /// The day whose rate the value of a row is converted by: that on which it was closed, today
    /// for an open one.
    #[must_use]
    pub fn day_of(&self, row: usize) -> NaiveDate {
        date_of(match self.facts.status[row] {
            Status::Open => self.now.today,
            _ => self.facts.closed[row],
        })
    }

    /// The sum of the values of deals, each by the rate of the day it was closed, or of today.
    #[must_use]
    pub fn total(&self, of: &Selection) -> Total {
        let (facts, plain) = (self.facts, self.plain());
        let (mut total, mut purse) = (Total::default(), Purse::default());
        let mut counts = Purse::default();
        of.each(|row| {
            let code = facts.currency[row];
            if plain[code as usize] {
                purse.add(code, facts.value[row].into());
                counts.add(code, 1);
                total.n += 1;
            } else if let Some(money) = facts.money(row) {
                total.add(self.exchange, money, self.day_of(row));
            }
        });
        total.sums.merge(&purse.sums(facts));
        total.counts.merge(&counts.sums(facts));
        total
    }

    /// What the deals created in the time are worth that came to each rung of a ladder or above
    /// it, rung by rung.
    #[must_use]
    pub fn reached(&self, ladder: &Ladder<'_>, of: &Selection) -> Vec<Total> {
        let mut rungs = vec![Total::default(); ladder.rungs()];
        let created = |row: &usize| self.period.holds(self.facts.created[*row]);
        for row in of.rows().filter(created) {
            if let (Some(way), Some(money)) = (ladder.way(row), self.facts.money(row)) {
                for rung in &mut rungs[..=way.furthest] {
                    rung.add(self.exchange, money, self.day_of(row));
                }
            }
        }
        rungs
    }

    /// The currency an open deal counts for: that in which its value is shown; without a value
    /// the one sums are shown in, else the workspace's.
    fn counts_for(&self, row: usize) -> Currency {
        match self.facts.money(row) {
            Some(money) => self.exchange.shown(money, self.day_of(row)).0.currency,
            None => self.exchange.reporting.unwrap_or(self.facts.home),
        }
    }

    /// The speed of the pipeline with its four drivers. Values are converted as in
    /// [`Question::total`]; those without a rate make a speed of their own currency.
    #[must_use]
    pub fn velocity(&self, of: &Selection) -> Velocity {
        let query = WinQuery {
            by: WinBy::Close,
            ..self.win()
        };
        let win = WinRate::of(self.facts, of, &query);
        let won = of.and(|row| query.part(self.facts, row) == Some(WinPart::Won));
        let won = self.total(&won);
        let mut open = Sums::default();
        of.each(|row| {
            if self.facts.status[row] == Status::Open {
                open.add(self.counts_for(row), 1);
            }
        });
        let cycle = Cycle::of(self.facts, of, self.period, self.rules.cycle);
        Velocity {
            open,
            win: win.rate(),
            won_value: won.sums,
            won_valued: won.counts,
            cycle_days: cycle.won.sum(),
            cycle_n: cycle.won.len(),
        }
    }

    /// The open deals that a velocity counts: those of a currency it is told in.
    #[must_use]
    pub(super) fn counted(&self, of: &Selection) -> Selection {
        let told: Vec<Currency> = self
            .velocity(of)
            .all()
            .into_iter()
            .map(|(c, _)| c)
            .collect();
        of.and(|row| self.facts.status[row] == Status::Open && told.contains(&self.counts_for(row)))
    }

    /// The value of a row in the currency of a quota; none where there is no rate.
    fn in_quota(&self, row: usize, quota: Money) -> Option<Option<Money>> {
        let money = self.facts.money(row);
        money.map(|money| {
            self.exchange
                .convert(money, quota.currency, self.day_of(row))
        })
    }

    /// Whether an open deal counts against the quota: it is due in its days, and its value, if it
    /// has one, can be told in the quota's currency.
    pub(super) fn covers(&self, row: usize) -> bool {
        self.quota.is_some_and(|(quota, period)| {
            self.facts.status[row] == Status::Open
                && period.holds(self.facts.close[row])
                && self.in_quota(row, quota) != Some(None)
        })
    }

    /// How far open deals cover the quota; none without one. Other currencies are converted to
    /// that of the quota, won deals by the rate of the day they were won, open ones by today's.
    #[must_use]
    pub fn coverage(&self, of: &Selection) -> Option<Coverage> {
        let (quota, period) = self.quota?;
        let asked = WinQuery {
            period,
            by: WinBy::Close,
            ..self.win()
        };
        let (mut won, mut apart) = (0_i128, 0_u64);
        let mut open = Open::default();
        of.each(|row| {
            let is_won = asked.part(self.facts, row) == Some(WinPart::Won);
            let is_open =
                self.facts.status[row] == Status::Open && period.holds(self.facts.close[row]);
            if !is_won && !is_open {
                return;
            }
            match self.in_quota(row, quota) {
                Some(None) => apart += 1,
                Some(Some(money)) if is_won => won += i128::from(money.minor),
                money if is_open => {
                    open.count += 1;
                    match money.flatten() {
                        Some(money) => open.value.add(money.currency, money.minor.into()),
                        None => open.unvalued += 1,
                    }
                }
                _ => {}
            }
        });
        let rate = WinQuery {
            by: WinBy::Close,
            ..self.win()
        };
        Some(Coverage {
            quota,
            won,
            open,
            apart,
            win: WinRate::of(self.facts, of, &rate).rate(),
            rule: self.rules.coverage,
        })
    }
}
