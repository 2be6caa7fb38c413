//! What the form of a deal says about lines and the kind of sale.

use super::check::Check;
use super::deal::DealForm;
use super::line::LineForm;
use super::{field, parse_date};
use crate::domain::command::sell::SaleDraft;
use crate::domain::money::{Currency, Money};
use crate::domain::query::lines;
use crate::domain::world::World;

impl DealForm {
    /// What the form says about lines and the kind of sale.
    pub(super) fn sale(
        &self,
        world: &World,
        currency: Option<Currency>,
        check: &mut Check,
    ) -> SaleDraft {
        let deal = self.deal.and_then(|id| world.state.tables.deals.get(id));
        let renewal = check.take(field::RENEWAL, parse_date(&self.renewal));
        let lines = (self.lines != deal.map(LineForm::all).unwrap_or_default()).then(|| {
            let currency = currency.filter(|_| !self.priced);
            let mut known = currency.map(|c| c.to_string());
            let mut drafts = Vec::with_capacity(self.lines.len());
            for line in &self.lines {
                let home = known.get_or_insert_with(|| line.currency.clone());
                let same = *home == line.currency;
                let message = format!("This deal is in {home}. Enter the prices in {home}.");
                check.require(field::LINES, same, &message);
                match line.submit() {
                    Ok(draft) => drafts.push((line.id, draft)),
                    Err(errors) => {
                        let first = errors.first().map(|e| e.message.clone());
                        check.require(field::LINES, false, &first.unwrap_or_default());
                    }
                }
            }
            drafts
        });
        SaleDraft {
            kind: Some(self.kind),
            origin: (deal.map(|d| d.origin) != Some(self.origin)).then_some(self.origin),
            renewal: Some(renewal),
            priced: Some(self.priced && !self.lines.is_empty()),
            lines,
        }
    }

    /// What the lines come to, where the value is their sum.
    #[must_use]
    pub fn sum(&self) -> Option<Money> {
        let items: Vec<_> = self.lines.iter().map_while(LineForm::item).collect();
        let whole = self.priced && items.len() == self.lines.len();
        lines::value(&items).filter(|_| whole)
    }
}
