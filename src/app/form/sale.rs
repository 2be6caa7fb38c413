//! What the form of a deal says about lines and the kind of sale.

use super::check::Check;
use super::deal::DealForm;
use super::line::LineForm;
use super::{field, parse_date};
use crate::domain::command::OrNew;
use crate::domain::command::sell::SaleDraft;
use crate::domain::deal::{DealKind, Status};
use crate::domain::ids::{DealId, OrgId, PersonId, ProductId};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::query::lines;
use crate::domain::stage::StageKind;
use crate::domain::world::World;

/// What a further deal with an organisation is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Further {
    /// With whom.
    pub organisation: Option<OrgId>,
    /// The won deal it goes back to.
    pub origin: Option<DealId>,
    /// What kind of sale.
    pub kind: DealKind,
    /// What is to be sold, where that is known.
    pub product: Option<ProductId>,
}

impl Further {
    /// The form of the new deal: contacts, owner and currency of the one it goes back to.
    #[must_use]
    pub fn form(self, world: &World, me: Option<PersonId>) -> DealForm {
        let t = &world.state.tables;
        let mut form = DealForm::blank(world, None, me);
        let origin = self.origin.and_then(|id| t.deals.get(id));
        let org = self.organisation.and_then(|id| t.organisations.get(id));
        form.kind = self.kind;
        form.organisation = org.map(|o| OrNew::Known(o.id));
        if let Some(origin) = origin {
            let before = DealForm::from_deal(world, origin.id);
            form.origin = Some(origin.id);
            if let Some(before) = before {
                form.contacts = before.contacts;
                form.owner = before.owner.or(form.owner);
                form.currency = before.currency;
                // In the pipeline of the deal before, at its beginning.
                let home = world.state.stage_of(origin).map(|s| s.pipeline);
                let first = home.and_then(|p| world.state.first_of_kind(p, StageKind::Open));
                form.stage = first.map(|s| s.id).or(form.stage);
            }
        }
        let product = self.product.and_then(|id| t.products.get(id));
        if let (Some(product), Ok(currency)) = (product, Currency::parse(&form.currency)) {
            let mut line = LineForm::blank(currency);
            line.choose(world, Some(OrNew::Known(product.id)));
            if line.item().is_some() {
                form.lines.push(line);
                form.priced = true;
            } else {
                // Without a price in this currency there is no line yet.
                form.products.push(OrNew::Known(product.id));
            }
        }
        let what = match (product, self.kind) {
            (Some(product), _) => Some(product.name.clone()),
            (None, DealKind::Upsell) => Some("Upsell".into()),
            (None, DealKind::CrossSell) => Some("Cross-sell".into()),
            (None, DealKind::Renewal) => Some("Renewal".into()),
            (None, DealKind::New) => None,
        };
        form.title = match (what, org) {
            (Some(what), Some(org)) => format!("{what} for {}", org.name),
            (what, _) => what.unwrap_or_default(),
        };
        form
    }
}

/// Won deals that a further one can come from: those of its organisation first, then the latest
/// won. Each with its title and whose it is.
#[must_use]
pub fn origins(
    world: &World,
    organisation: Option<OrgId>,
    but: Option<DealId>,
) -> Vec<(DealId, String, String)> {
    let state = &world.state;
    let deals = state.tables.deals.iter();
    let mut won: Vec<_> = deals
        .filter(|d| d.outcome.status() == Status::Won && Some(d.id) != but)
        .collect();
    won.order_by_key(|d| {
        let elsewhere = organisation.is_none() || d.organisation != organisation;
        let on = d.outcome.closure().map(|c| c.on);
        (elsewhere, std::cmp::Reverse(on), d.id)
    });
    let whose = |org: Option<OrgId>| org.map(|id| state.name_of(id.into())).unwrap_or_default();
    won.into_iter()
        .map(|d| (d.id, d.title.clone(), whose(d.organisation)))
        .collect()
}

impl DealForm {
    /// Links the deal to the won one it comes from, or to none; where nothing is said yet of the
    /// organisation, it is that one's.
    pub fn come_from(&mut self, world: &World, origin: Option<DealId>) {
        self.origin = origin;
        let found = origin.and_then(|id| world.state.tables.deals.get(id));
        if self.organisation.is_none() {
            self.organisation = found.and_then(|d| d.organisation).map(OrNew::Known);
        }
    }

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
