//! The sample's own fields: what an energy company wants to know of a deal and a customer.

use super::generate::Sample;
use crate::domain::change::Edit;
use crate::domain::custom::{CustomFieldField as F, CustomValue, Decimal, FieldHome, FieldKind};
use crate::domain::deal::DealField;
use crate::domain::ids::FieldId;
use crate::domain::party::OrgField;
use crate::domain::rank::Rank;

/// How the customer measures today.
const METERING: [&str; 4] = [
    "Smart meters",
    "Utility portal",
    "Readings by hand",
    "Not known yet",
];
/// What support an organisation has.
const TIERS: [&str; 3] = ["Gold", "Silver", "Standard"];

impl Sample {
    /// Two fields of deals and one of organisations, with values where work has begun.
    pub(super) fn own_fields(&mut self) {
        let sites = self.own_field(FieldHome::Deal, FieldKind::Number, "Sites", &[], 0);
        let hint = "How many buildings or plants are to be measured";
        self.edits
            .push(Edit::CustomField(sites, F::Hint(hint.into())));
        let metering = self.own_field(
            FieldHome::Deal,
            FieldKind::Choice,
            "Metering today",
            &METERING,
            1,
        );
        let tier = self.own_field(
            FieldHome::Organisation,
            FieldKind::Choice,
            "Support tier",
            &TIERS,
            0,
        );
        let first = self.stages.first().copied();
        let deals: Vec<_> = self
            .placed
            .iter()
            .map(|(deal, stage, _)| (*deal, *stage))
            .collect();
        for (deal, stage) in deals {
            // Found out in qualification.
            if Some(stage) == first {
                continue;
            }
            let count = 1 + self.rng.below(9) * self.rng.below(6);
            let count = CustomValue::Number(Decimal::whole(count as i64));
            self.set(deal, DealField::Custom(sites, Some(count)));
            let at = self.rng.below(METERING.len() as u64) as usize;
            let word = CustomValue::Text(METERING[at].into());
            self.set(deal, DealField::Custom(metering, Some(word)));
        }
        for (n, org) in self.organisations.clone().into_iter().enumerate() {
            let word = TIERS[(n * 7 + n / 3) % TIERS.len()];
            let value = CustomValue::Text(word.into());
            self.edits
                .push(Edit::Organisation(org, OrgField::Custom(tier, Some(value))));
        }
    }

    fn own_field(
        &mut self,
        home: FieldHome,
        kind: FieldKind,
        name: &str,
        options: &[&str],
        place: usize,
    ) -> FieldId {
        let id: FieldId = self.ids.fresh();
        let options = options.iter().map(|o| String::from(*o)).collect();
        let ranks = Rank::spread(place + 1);
        let set = [
            F::Name(name.into()),
            F::Home(home),
            F::Kind(kind),
            F::Options(options),
            F::Rank(ranks[place].clone()),
        ];
        self.edits.extend(set.map(|f| Edit::CustomField(id, f)));
        id
    }
}
