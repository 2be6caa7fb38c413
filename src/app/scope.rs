//! What the pages of insight look at: chosen once for all of them, and remembered.

use crate::domain::ids::PersonId;
use crate::domain::insight::lens::Lens;
use crate::domain::insight::period::Period;
use crate::domain::insight::slice::Dimension;
use crate::domain::insight::when::{Against, When};
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
    /// Whether it is compared with another time.
    pub compare: bool,
    /// With which, by its code; empty for the time before.
    pub against: String,
    /// The first day of one's own time to compare with, or empty.
    pub against_from: String,
    /// The last one, or empty.
    pub against_to: String,
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
            against: String::new(),
            against_from: String::new(),
            against_to: String::new(),
            by: String::new(),
            value: String::new(),
        }
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
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
        Period::new(
            day(&self.from).unwrap_or(NaiveDate::MIN),
            day(&self.to).unwrap_or(NaiveDate::MAX),
        )
    }

    /// What it is compared with, where it is.
    #[must_use]
    pub fn against(&self) -> Against {
        Against::from_code(&self.against).unwrap_or(Against::Before)
    }

    fn before(&self, today: NaiveDate, fiscal: u8) -> Option<Period> {
        let (when, own) = (self.when(), self.own());
        match self.against() {
            Against::Before => when.before(own, today, fiscal),
            Against::YearBefore => when.year_before(own, today, fiscal),
            // Without a beginning it is not chosen yet.
            Against::Own => day(&self.against_from)
                .map(|from| Period::new(from, day(&self.against_to).unwrap_or(today))),
        }
    }

    /// Which deals of which days that means now. A record that is gone is not looked for: its
    /// choice counts as not made.
    #[must_use]
    pub fn lens(&self, state: &State, today: NaiveDate) -> Lens {
        let t = &state.tables;
        let fiscal = state.workspace().fiscal_month;
        let (when, own) = (self.when(), self.own());
        let pipeline = self.pipeline.parse().ok();
        Lens {
            pipeline: pipeline.filter(|id| t.pipelines.get(*id).is_some()),
            owners: self.owners(state),
            slice: self
                .dimension()
                .zip(self.value.strip_prefix('='))
                .map(|(by, key)| (by, key.to_owned())),
            period: when.days(own, today, fiscal),
            before: self.compare.then(|| self.before(today, fiscal)).flatten(),
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
    fn one_can_compare_with_the_time_before_a_year_before_or_own_days() {
        let shop = shop();
        let state = &shop.session.world().state;
        let today = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
        let before = |scope: Scope| scope.lens(state, today).before;
        let span = |from: &str, to: &str| Period::new(day(from).unwrap(), day(to).unwrap());
        let of = |against: &str, from: &str, to: &str| Scope {
            period: When::LastMonth.code().into(),
            compare: true,
            against: against.into(),
            against_from: from.into(),
            against_to: to.into(),
            ..Scope::default()
        };
        assert_eq!(
            before(of("", "", "")),
            Some(span("2025-12-01", "2025-12-31"))
        );
        assert_eq!(
            before(of("year_before", "", "")),
            Some(span("2025-01-01", "2025-01-31"))
        );
        let own = of("own", "2025-10-05", "2025-11-04");
        assert_eq!(before(own.clone()), Some(span("2025-10-05", "2025-11-04")));
        assert_eq!(before(of("own", "", "2025-11-04")), None);
        assert_eq!(
            before(of("own", "2026-01-05", "")),
            Some(span("2026-01-05", "2026-02-03"))
        );
        let off = Scope {
            compare: false,
            ..own
        };
        assert_eq!(before(off), None);
        // What was kept before there was a choice is read as it was meant.
        let kept: Scope = serde_json::from_str(r#"{"compare":true}"#).unwrap();
        assert_eq!((kept.compare, kept.against()), (true, Against::Before));
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
