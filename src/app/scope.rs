//! What the pages of insight look at: chosen once for all of them, and remembered.

use crate::domain::ids::PersonId;
use crate::domain::insight::lens::Lens;
use crate::domain::insight::period::Period;
use crate::domain::insight::slice::Dimension;
use crate::domain::insight::when::When;
use crate::domain::state::State;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The choices, as they are kept. What can no longer be understood counts as not chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scope {
    /// Of which pipeline, by id; empty for all.
    pub pipeline: String,
    /// Whose: `person:` or `team:` and an id; empty for everybody.
    pub who: String,
    /// Of which time, by its code.
    pub period: String,
    /// The first of one's own days, `2026-03-31`, or empty.
    pub from: String,
    /// The last of one's own days, or empty.
    pub to: String,
    /// Whether it is compared with the time before.
    pub compare: bool,
    /// What else deals are told apart by, by its code, or empty.
    pub by: String,
    /// Which of it, as `=` and its key, or empty for all.
    pub value: String,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            pipeline: String::new(),
            who: String::new(),
            period: When::Months12.code().to_owned(),
            from: String::new(),
            to: String::new(),
            compare: false,
            by: String::new(),
            value: String::new(),
        }
    }
}

impl Scope {
    /// The period chosen; twelve months where it is not known.
    #[must_use]
    pub fn when(&self) -> When {
        When::from_code(&self.period).unwrap_or(When::Months12)
    }

    /// The dimension chosen.
    #[must_use]
    pub fn dimension(&self) -> Option<Dimension> {
        Dimension::from_code(&self.by)
    }

    /// One's own days; what is no date is open.
    #[must_use]
    pub fn own(&self) -> Period {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        Period::new(
            day(&self.from).unwrap_or(NaiveDate::MIN),
            day(&self.to).unwrap_or(NaiveDate::MAX),
        )
    }

    /// Which deals of which days that means now. A record that is gone is not looked for: its
    /// choice counts as not made.
    #[must_use]
    pub fn lens(&self, state: &State, today: NaiveDate) -> Lens {
        let t = &state.tables;
        let fiscal = state.workspace().fiscal_month;
        let (when, own) = (self.when(), self.own());
        let pipeline = self.pipeline.parse().ok();
        let before = || when.before(own, today, fiscal);
        Lens {
            pipeline: pipeline.filter(|id| t.pipelines.get(*id).is_some()),
            owners: self.owners(state),
            slice: self
                .dimension()
                .zip(self.value.strip_prefix('='))
                .map(|(by, key)| (by, key.to_owned())),
            period: when.days(own, today, fiscal),
            before: self.compare.then(before).flatten(),
        }
    }

    fn owners(&self, state: &State) -> Option<Vec<PersonId>> {
        let t = &state.tables;
        match self.who.split_once(':')? {
            ("person", id) => {
                let id = id.parse().ok().filter(|id| t.people.get(*id).is_some())?;
                Some(vec![id])
            }
            ("team", id) => {
                let id = id.parse().ok().filter(|id| t.teams.get(*id).is_some())?;
                let members = t.people.iter().filter(|p| p.team == Some(id));
                Some(members.map(|p| p.id).collect())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::fixture::shop;
    use crate::domain::insight::facts::Facts;

    #[test]
    fn what_is_gone_or_unknown_counts_as_not_chosen() {
        let shop = shop();
        let state = &shop.session.world().state;
        let today = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
        let odd = Scope {
            pipeline: "00000000000000ff".into(),
            who: "team:0000000000000001".into(),
            period: "some_day".into(),
            by: "height".into(),
            value: "tall".into(),
            ..Scope::default()
        };
        assert_eq!(odd.lens(state, today), Scope::default().lens(state, today));
        let facts = Facts::over(shop.session.world(), &|_| 0);
        let of = odd.lens(state, today).select(&facts, shop.session.world());
        assert_eq!(of.count(), facts.len());
    }

    #[test]
    fn owner_and_slice_leave_others_out() {
        let shop = shop();
        let world = shop.session.world();
        let today = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
        let facts = Facts::over(world, &|_| 0);
        let found = |scope: Scope| {
            scope
                .lens(&world.state, today)
                .select(&facts, world)
                .deals(&facts)
        };
        let who = format!("person:{}", shop.me);
        let mine = Scope {
            who,
            ..Scope::default()
        };
        assert_eq!(found(mine), [shop.deal]);
        let slice = |by: Dimension, value: &str| Scope {
            by: by.code(),
            value: value.into(),
            ..Scope::default()
        };
        assert_eq!(found(slice(Dimension::Source, "=Nowhere")), []);
        assert_eq!(found(slice(Dimension::Source, "=Fair")), [shop.deal]);
        assert_eq!(found(slice(Dimension::Source, "=")).len(), 2);
        assert_eq!(found(slice(Dimension::Source, "")).len(), 3);
    }
}
