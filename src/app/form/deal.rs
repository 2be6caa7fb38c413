//! The form of a deal.

use super::check::Check;
use super::custom::{self, CustomDrafts};
use super::line::LineForm;
use super::{FieldError, field, parse_amount, parse_date, parse_percent, print_date};
use crate::domain::activity::ActivityKind;
use crate::domain::command::{Command, DealDraft, NextStep, OrNew};
use crate::domain::custom::FieldHome;
use crate::domain::deal::{BuyingRole, Closure, Deal, DealKind, ForecastCategory};
use crate::domain::ids::{ContactId, DealId, OrgId, PersonId, ProductId, StageId};
use crate::domain::money::Currency;
use crate::domain::stage::StageKind;
use crate::domain::world::World;

/// The most characters of a title or a name; `decide` takes no more.
pub const NAME_LIMIT: usize = 300;
/// The most characters of a tag.
pub const TAG_LIMIT: usize = 100;
/// The most characters of a description or a note.
pub const TEXT_LIMIT: usize = 50_000;

/// A deal as typed. Texts are drafts; what is chosen from a list is kept as chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealForm {
    /// The deal it changes; none for a new one.
    pub deal: Option<DealId>,
    /// What is being sold.
    pub title: String,
    /// In which stage; none only while there are no stages.
    pub stage: Option<StageId>,
    /// To whom.
    pub organisation: Option<OrNew<OrgId>>,
    /// With whom, in which roles.
    pub contacts: Vec<(OrNew<ContactId>, BuyingRole)>,
    /// By whom.
    pub owner: Option<OrNew<PersonId>>,
    /// Worth how much.
    pub amount: String,
    /// In which currency, by its code.
    pub currency: String,
    /// Expected to close on, `2026-03-31`.
    pub close: String,
    /// Own probability in percent; empty for the stage's.
    pub probability: String,
    /// The owner's call.
    pub category: Option<ForecastCategory>,
    /// Where it came from.
    pub source: String,
    /// Labels.
    pub tags: Vec<String>,
    /// What the customer may buy.
    pub products: Vec<OrNew<ProductId>>,
    /// Free text.
    pub description: String,
    /// What to do next; empty for nothing.
    pub next: String,
    /// Which kind of activity that is.
    pub next_kind: ActivityKind,
    /// When it is due, `2026-03-31`.
    pub next_due: String,
    /// When the deal was won, lost or put aside, `2026-03-31`; asked for only when the
    /// form moves it into such a stage. Empty for today.
    pub closed_on: String,
    /// Why.
    pub reason: String,
    /// Anything more to say about that.
    pub note: String,
    /// Who else was in it.
    pub competitor: String,
    /// What own fields hold, as typed.
    pub custom: CustomDrafts,
    /// The decimal sign of numbers in `custom`: a point or a comma.
    pub decimal: char,
    /// A first sale, or one to a customer.
    pub kind: DealKind,
    /// The won deal it goes back to.
    pub origin: Option<DealId>,
    /// When what was sold is up for renewal, `2026-03-31`.
    pub renewal: String,
    /// Whether the value is the sum of the lines.
    pub priced: bool,
    /// What is in it, line by line.
    pub lines: Vec<LineForm>,
}

impl DealForm {
    /// An empty form for a new deal in `stage`, or in the first open stage there is; owned
    /// by `me`, in the workspace's currency.
    #[must_use]
    pub fn blank(world: &World, stage: Option<StageId>, me: Option<PersonId>) -> Self {
        let state = &world.state;
        let first_open = || {
            let pipelines = state.pipelines();
            let mut open = pipelines.iter();
            open.find_map(|p| state.first_of_kind(p.id, StageKind::Open))
        };
        let stage = stage
            .filter(|id| state.tables.stages.get(*id).is_some())
            .or_else(|| first_open().map(|s| s.id));
        let me = me.filter(|id| state.tables.people.get(*id).is_some());
        Self {
            deal: None,
            title: String::new(),
            stage,
            organisation: None,
            contacts: Vec::new(),
            owner: me.map(OrNew::Known),
            amount: String::new(),
            currency: state.workspace().currency.to_string(),
            close: String::new(),
            probability: String::new(),
            category: None,
            source: String::new(),
            tags: Vec::new(),
            products: Vec::new(),
            description: String::new(),
            next: String::new(),
            next_kind: ActivityKind::Task,
            next_due: String::new(),
            closed_on: String::new(),
            reason: String::new(),
            note: String::new(),
            competitor: String::new(),
            custom: custom::drafts(state, FieldHome::Deal, None, '.'),
            decimal: '.',
            kind: DealKind::New,
            origin: None,
            renewal: String::new(),
            priced: false,
            lines: Vec::new(),
        }
    }

    /// The same with numbers written with this decimal sign. Before anything was typed.
    #[must_use]
    pub fn written(self, world: &World, decimal: char) -> Self {
        if decimal == self.decimal {
            return self;
        }
        let deal = self.deal.map(Into::into);
        let custom = custom::drafts(&world.state, FieldHome::Deal, deal, decimal);
        Self {
            custom,
            decimal,
            ..self
        }
    }

    /// The form of a deal; none when the deal is not there (any more). Links to what was
    /// removed stay, so that they are there again when it is brought back.
    #[must_use]
    pub fn from_deal(world: &World, id: DealId) -> Option<Self> {
        let state = &world.state;
        let t = &state.tables;
        let deal: &Deal = t.deals.get(id)?;
        let currency = deal
            .value
            .map_or_else(|| state.workspace().currency, |v| v.currency);
        let closure = deal.outcome.closure();
        let closure_text = |part: fn(&Closure) -> &String| closure.map(part).cloned();
        Some(Self {
            deal: Some(id),
            title: deal.title.clone(),
            stage: state.standing(deal.placement.stage),
            organisation: deal.organisation.map(OrNew::Known),
            contacts: deal
                .contacts
                .iter()
                .map(|link| (OrNew::Known(link.contact), link.role))
                .collect(),
            owner: deal.owner.map(OrNew::Known),
            amount: deal.value.map(|v| v.to_plain()).unwrap_or_default(),
            currency: currency.to_string(),
            close: print_date(deal.close),
            probability: deal.probability.map(|p| p.to_string()).unwrap_or_default(),
            category: deal.category,
            source: deal.source.clone(),
            tags: deal.tags.clone(),
            products: deal.products.iter().copied().map(OrNew::Known).collect(),
            description: deal.description.clone(),
            closed_on: print_date(closure.map(|c| c.on)),
            reason: closure_text(|c| &c.reason).unwrap_or_default(),
            note: closure_text(|c| &c.note).unwrap_or_default(),
            competitor: closure_text(|c| &c.competitor).unwrap_or_default(),
            custom: custom::drafts(state, FieldHome::Deal, Some(id.into()), '.'),
            kind: deal.kind,
            origin: deal.origin,
            renewal: print_date(deal.renewal),
            priced: deal.priced,
            lines: LineForm::all(deal),
            ..Self::blank(world, None, None)
        })
    }

    /// The form for one more deal after this one was saved: same stage, owner, currency
    /// and source.
    #[must_use]
    pub fn another(&self, world: &World) -> Self {
        let people = &world.state.tables.people;
        let owner = match &self.owner {
            Some(OrNew::New(name)) => {
                let name = name.trim().to_lowercase();
                let same = people.iter().filter(|p| p.name.to_lowercase() == name);
                same.map(|p| p.id).min().map(OrNew::Known)
            }
            known => known.clone(),
        };
        let blank = Self::blank(world, self.stage, None).written(world, self.decimal);
        Self {
            owner,
            currency: self.currency.clone(),
            source: self.source.clone(),
            ..blank
        }
    }

    /// This form with what another tab has changed since it was opened: where the person
    /// changed a field, theirs stands, elsewhere what the deal holds `now`. `opened` is the
    /// form as it was opened; both are written with the same decimal sign as this one.
    #[must_use]
    pub fn rebased(&self, opened: &Self, now: &Self) -> Self {
        fn pick<T: Clone + PartialEq>(mine: &T, opened: &T, now: &T) -> T {
            if mine == opened { now } else { mine }.clone()
        }
        macro_rules! pick {
            ($($field:ident),*) => {
                Self { deal: self.deal, decimal: self.decimal, $($field: pick(&self.$field, &opened.$field, &now.$field)),* }
            };
        }
        let mut form = pick!(
            title,
            stage,
            organisation,
            contacts,
            owner,
            amount,
            currency,
            close,
            probability,
            category,
            source,
            tags,
            products,
            description,
            next,
            next_kind,
            next_due,
            closed_on,
            reason,
            note,
            competitor,
            custom,
            kind,
            origin,
            renewal,
            priced,
            lines
        );
        form.custom = custom::rebased(&self.custom, &opened.custom, &now.custom);
        // An amount means nothing without its currency.
        if (&self.amount, &self.currency) != (&opened.amount, &opened.currency) {
            (form.amount, form.currency) = (self.amount.clone(), self.currency.clone());
        }
        form
    }

    /// The command that saves the form.
    ///
    /// # Errors
    /// As [`DealForm::submit`].
    pub fn command(&self, world: &World) -> Result<Command, Vec<FieldError>> {
        let draft = Box::new(self.submit(world)?);
        Ok(Command::SaveDeal {
            id: self.deal,
            draft,
        })
    }

    /// The command that changes one thing about a deal, as inline editing does.
    ///
    /// # Errors
    /// A sentence: what `field` has wrong, else what else the deal has.
    pub fn change(
        world: &World,
        deal: DealId,
        field: &'static str,
        set: impl FnOnce(&mut Self),
    ) -> Result<Command, String> {
        let mut form = Self::from_deal(world, deal).ok_or_else(|| {
            String::from("The deal is no longer there. It may have been removed in another tab.")
        })?;
        set(&mut form);
        form.command(world).map_err(|errors| {
            let own = errors.iter().find(|e| e.field == field);
            own.or(errors.first())
                .map(|e| e.message.clone())
                .unwrap_or_default()
        })
    }

    /// Turns the drafts into values.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form; at most one error for a field.
    pub fn submit(&self, world: &World) -> Result<DealDraft, Vec<FieldError>> {
        let t = &world.state.tables;
        let mut check = Check::default();
        let deal = self.deal.and_then(|id| t.deals.get(id));
        let contacts = deal.map_or(&[][..], |d| &d.contacts);
        let contacts: Vec<ContactId> = contacts.iter().map(|c| c.contact).collect();
        check.require(
            field::TITLE,
            !self.title.trim().is_empty(),
            "Give the deal a title.",
        );
        check.length(field::TITLE, &self.title, NAME_LIMIT);
        check.choice(
            field::ORGANISATION,
            self.organisation.iter(),
            &t.organisations,
            deal.and_then(|d| d.organisation).as_slice(),
        );
        check.choice(
            field::CONTACTS,
            self.contacts.iter().map(|(who, _)| who),
            &t.contacts,
            &contacts,
        );
        let stage = self.stage.filter(|id| t.stages.get(*id).is_some());
        check.require(field::STAGE, stage.is_some(), "Choose a stage.");
        let owner = deal.and_then(|d| d.owner);
        check.choice(field::OWNER, self.owner.iter(), &t.people, owner.as_slice());
        let value = match Currency::parse(&self.currency) {
            Ok(currency) => check.take(field::VALUE, parse_amount(&self.amount, currency)),
            Err(bad) => check.take(field::VALUE, Err(format!("{bad}."))),
        };
        let close = check.take(field::CLOSE, parse_date(&self.close));
        let probability = check.take(field::PROBABILITY, parse_percent(&self.probability));
        let closure = self.closure(world, &mut check);
        let sale = self.sale(world, value.map(|v| v.currency), &mut check);
        let next_step = self.next_step(&mut check);
        check.length(field::SOURCE, &self.source, NAME_LIMIT);
        for tag in &self.tags {
            check.length(field::TAGS, tag, TAG_LIMIT);
        }
        let products = deal.map_or(&[][..], |d| &d.products);
        check.choice(field::PRODUCTS, self.products.iter(), &t.products, products);
        check.length(field::DESCRIPTION, &self.description, TEXT_LIMIT);
        let custom = custom::submit(
            &world.state,
            FieldHome::Deal,
            self.deal.map(Into::into),
            &self.custom,
            self.decimal,
        );
        let custom = custom.unwrap_or_else(|wrong| {
            for (field, message) in wrong {
                check.add(custom::error_key(field), message);
            }
            Vec::new()
        });
        let (Some(stage), true) = (stage, check.errors.is_empty()) else {
            return Err(check.errors);
        };
        Ok(DealDraft {
            title: self.title.clone(),
            stage,
            organisation: self.organisation.clone(),
            contacts: self.contacts.clone(),
            owner: self.owner.clone(),
            value,
            close,
            probability,
            category: self.category,
            source: self.source.clone(),
            tags: self.tags.clone(),
            products: self.products.clone(),
            description: self.description.clone(),
            next_step,
            closure,
            custom,
            sale,
        })
    }

    fn next_step(&self, check: &mut Check) -> Option<NextStep> {
        let subject = self.next.trim();
        let due = check.take(field::DUE, parse_date(&self.next_due));
        let missing = subject.is_empty() && due.is_some();
        check.require(
            field::NEXT,
            !missing,
            "Say what is to be done then, or clear the date.",
        );
        check.length(field::NEXT, subject, NAME_LIMIT);
        (!subject.is_empty()).then(|| NextStep {
            kind: self.next_kind,
            subject: subject.to_owned(),
            due,
        })
    }
}

#[cfg(test)]
#[path = "deal_tests.rs"]
mod tests;
