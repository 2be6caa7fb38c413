//! What is won and open now, read off the facts: for sums that need no history.

use super::book::{Book, OpenDeal, WonDeal};
use super::life::Step;
use super::months::date;
use crate::domain::deal::Status;
use crate::domain::insight::answer::Question;
use crate::domain::insight::select::Selection;
use crate::domain::money::Currency;
use crate::domain::state::State;

impl Book {
    /// The book of today: the same as [`Book::new`] over the lives up to today, without the
    /// history. Amounts are in `currency`, won ones by the rate of the day they were won, open ones
    /// by today's; those without a rate count as 0 and are counted as apart.
    #[must_use]
    pub fn standing(state: &State, q: &Question<'_>, of: &Selection, currency: Currency) -> Self {
        let facts = q.facts;
        let mut book = Self {
            until: q.now.today,
            ..Self::default()
        };
        of.each(|row| {
            let (deal, status) = (facts.ids[row], facts.status[row]);
            if !matches!(status, Status::Open | Status::Won) {
                return;
            }
            let value = facts.money(row);
            let on = match status {
                Status::Won => facts.closed[row],
                _ => q.now.today,
            };
            let told = value.and_then(|money| q.exchange.convert(money, currency, date(on)));
            book.apart += u32::from(value.is_some() && told.is_none());
            let minor = told.map_or(0, |money| money.minor);
            if status == Status::Won {
                book.won.push(WonDeal { deal, on, minor });
                return;
            }
            book.unvalued += u32::from(value.is_none());
            let known = state.tables.deals.get(deal);
            book.open.push(OpenDeal {
                deal,
                step: Step {
                    on: q.now.today,
                    stage: Some(facts.stage[row]),
                    since: facts.entries.of(row).last().map_or(on, |entry| entry.day),
                    status,
                    gone: false,
                    value,
                    close: facts.close[row],
                    chance: known.and_then(|deal| deal.probability),
                    category: known.and_then(|deal| deal.category),
                    owner: known.and_then(|deal| deal.owner),
                },
                minor,
                percent: facts.probability[row],
            });
        });
        book
    }
}
