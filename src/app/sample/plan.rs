//! The sample's planning: quotas of the quarter, what works from outside, and two experiments.

use super::generate::Sample;
use crate::domain::change::Edit;
use crate::domain::deal::{DealField, Outcome};
use crate::domain::experiment::{Arm, Assignment, ExperimentField, ExperimentState};
use crate::domain::ids::{DealId, ExperimentId, ExternalFactorId, IdMap, PersonId, QuotaId};
use crate::domain::insight::period::Period;
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::party::PersonField;
use crate::domain::quota::{ExternalFactorField, QuotaFactor, QuotaField, Span};
use crate::domain::stamp::Millis;
use chrono::{Days, Months, NaiveDate};

const DAY: Millis = 86_400_000;

/// What the story so far says of a deal.
#[derive(Default)]
struct Told {
    owner: Option<PersonId>,
    value: Option<Money>,
    created: Millis,
    won: Option<NaiveDate>,
}

impl Sample {
    /// Adds all of it to the edits so far.
    pub(super) fn plan(&mut self) {
        let told = self.told_of_deals();
        self.quotas(&told);
        self.outside();
        self.experiments(&told);
    }

    fn told_of_deals(&self) -> IdMap<DealId, Told> {
        let mut told: IdMap<DealId, Told> = IdMap::default();
        for edit in &self.edits {
            let Edit::Deal(id, field) = edit else {
                continue;
            };
            let deal = told.entry(*id).or_default();
            match field {
                DealField::Owner(owner) => deal.owner = *owner,
                DealField::Value(value) => deal.value = *value,
                DealField::Created(at) => deal.created = *at,
                DealField::Outcome(Outcome::Won(closure)) => deal.won = Some(closure.on),
                DealField::Outcome(_) => deal.won = None,
                _ => {}
            }
        }
        told
    }

    /// A tenth more than a quarter of what each one won in the last year, and of all together.
    fn quotas(&mut self, told: &IdMap<DealId, Told>) {
        let year_ago = self.at.today - Days::new(365);
        let mut won: IdMap<PersonId, i64> = IdMap::default();
        for deal in told.values() {
            if let (Some(owner), Some(value)) = (deal.owner, deal.value)
                && deal.won.is_some_and(|on| on > year_ago)
            {
                *won.entry(owner).or_default() += value.minor;
            }
        }
        let quarter = Period::quarter_of(self.at.today, 1);
        let mut all = 0;
        for (n, person) in self.people.clone().into_iter().enumerate() {
            let base = won.get(&person).copied().unwrap_or(0) / 4;
            let capacity = 12 + 4 * (n as u16 % 3);
            self.edits
                .push(Edit::Person(person, PersonField::Capacity(Some(capacity))));
            if base < 100_000 {
                continue;
            }
            let amount = base / 1_000 * 1_100 / 500_000 * 500_000 + 500_000;
            all += amount;
            self.quota(Some(person), quarter, amount, base);
        }
        if all > 0 {
            let base: i64 = won.values().sum();
            self.quota(None, quarter, all, base / 4);
        }
    }

    fn quota(&mut self, person: Option<PersonId>, period: Period, amount: i64, base: i64) {
        let id: QuotaId = self.ids.fresh();
        let growth = QuotaFactor {
            name: "Growth".into(),
            factor: 1_100,
            note: "What the business plan asks for.".into(),
        };
        let fields = [
            QuotaField::Person(person),
            QuotaField::From(Some(period.from())),
            QuotaField::Span(Span::Quarter),
            QuotaField::Amount(Some(Money::new(amount, self.currency))),
            QuotaField::Base(Some(Money::new(base, self.currency))),
            QuotaField::Factors(vec![growth]),
        ];
        self.edits.extend(fields.map(|f| Edit::Quota(id, f)));
    }

    fn outside(&mut self) {
        let quarter = Period::quarter_of(self.at.today, 1);
        let next = quarter
            .from()
            .checked_add_months(Months::new(3))
            .unwrap_or(quarter.from());
        let told = [
            (
                "Trade fair for plant engineering",
                next,
                next + Days::new(27),
                1_150,
                "Last time it brought a sixth more first talks than other months.",
            ),
            (
                "Energy prices",
                quarter.from(),
                next + Days::new(180),
                1_050,
                "Savings are asked for as long as power is dear.",
            ),
        ];
        for (name, from, to, effect, note) in told {
            let id: ExternalFactorId = self.ids.fresh();
            let fields = [
                ExternalFactorField::Name(name.into()),
                ExternalFactorField::From(Some(from)),
                ExternalFactorField::To(Some(to)),
                ExternalFactorField::Effect(effect),
                ExternalFactorField::Note(note.into()),
            ];
            self.edits
                .extend(fields.map(|f| Edit::ExternalFactor(id, f)));
        }
    }

    fn experiments(&mut self, told: &IdMap<DealId, Told>) {
        let mut order: Vec<(Millis, usize, DealId)> = (self.placed.iter().enumerate())
            .filter_map(|(n, (id, _, _))| Some((told.get(id)?.created, n, *id)))
            .collect();
        order.order();
        let arm = |name: &str, text: &str| Arm {
            name: name.into(),
            text: text.into(),
            tag: String::new(),
            weight: 1,
        };
        let running = vec![
            arm(
                "Mail first",
                "The first contact is an e-mail with a case of the same industry.",
            ),
            arm(
                "Call first",
                "The first contact is a call; the e-mail follows on the same day.",
            ),
        ];
        let over = vec![
            arm(
                "Price with the offer",
                "The price is named with the written offer.",
            ),
            arm(
                "Price range early",
                "A range is named in the first meeting.",
            ),
        ];
        let id = self.experiment(
            "Call before writing",
            "Customers who are called first are won more often.",
            running,
            210,
            None,
        );
        self.assign(id, &order, 210, 0);
        let id = self.experiment(
            "Name a price range early",
            "Customers who know the range early drop out early or not at all.",
            over,
            500,
            Some(230),
        );
        let fields = [
            ExperimentField::Outcome(
                "Nothing that could be told from chance. We stay with what we did.".into(),
            ),
            ExperimentField::Chosen(Some(0)),
            ExperimentField::Early(
                "The price list changed, so that the ways could not be kept apart any longer."
                    .into(),
            ),
        ];
        self.edits.extend(fields.map(|f| Edit::Experiment(id, f)));
        self.assign(id, &order, 500, 230);
    }

    /// An experiment that began so many days ago, and ended so many days ago or runs.
    fn experiment(
        &mut self,
        name: &str,
        hypothesis: &str,
        arms: Vec<Arm>,
        begun: u64,
        ended: Option<u64>,
    ) -> ExperimentId {
        let id: ExperimentId = self.ids.fresh();
        let today = self.at.today;
        let state = if ended.is_some() {
            ExperimentState::Ended
        } else {
            ExperimentState::Running
        };
        let fields = [
            ExperimentField::Name(name.into()),
            ExperimentField::Hypothesis(hypothesis.into()),
            ExperimentField::Arms(arms),
            ExperimentField::Assignment(Assignment::Alternating),
            ExperimentField::Metric("won".into()),
            ExperimentField::Minimum(150),
            ExperimentField::State(state),
            ExperimentField::Begun(Some(today - Days::new(begun))),
            ExperimentField::Ended(ended.map(|days| today - Days::new(days))),
            ExperimentField::Owner(self.people.first().copied()),
        ];
        self.edits.extend(fields.map(|f| Edit::Experiment(id, f)));
        id
    }

    /// Deals made between so many days ago come to the two ways in turn.
    fn assign(&mut self, of: ExperimentId, order: &[(Millis, usize, DealId)], from: i64, to: i64) {
        let (first, last) = (self.at.now - from * DAY, self.at.now - to * DAY);
        let within = order
            .iter()
            .filter(|(at, _, _)| (first..=last).contains(at));
        for (arm, (_, _, deal)) in within.enumerate() {
            self.set(*deal, DealField::Arm(of, Some((arm % 2) as i64)));
        }
    }
}
