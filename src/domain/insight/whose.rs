//! Whose deals are looked at in a review: of one person, of a team with those below it, of all.

use crate::domain::deal::Deal;
use crate::domain::ids::{IdSet, PersonId, PipelineId, TeamId};
use crate::domain::review::Review;
use crate::domain::state::State;

/// Whose deals, and of which pipeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Whose {
    /// Of one person.
    pub person: Option<PersonId>,
    /// Of a team and those below it; counts only where no person is named.
    pub team: Option<TeamId>,
    /// Of this pipeline only.
    pub pipeline: Option<PipelineId>,
}

impl Whose {
    /// What a review looked at.
    #[must_use]
    pub fn of(review: &Review) -> Self {
        Self {
            person: review.person,
            team: review.team.filter(|_| review.person.is_none()),
            pipeline: review.pipeline,
        }
    }

    /// The people whose deals count; none for everybody's, also those of nobody.
    #[must_use]
    pub fn people(&self, state: &State) -> Option<IdSet<PersonId>> {
        match (self.person, self.team) {
            (Some(person), _) => Some([person].into_iter().collect()),
            (None, Some(team)) => Some(members(state, team)),
            (None, None) => None,
        }
    }

    /// What to call it: “Kirsten Aalto”, “South”, “Everyone”, with the pipeline where one is named.
    #[must_use]
    pub fn name(&self, state: &State) -> String {
        let whose = match (self.person, self.team) {
            (Some(person), _) => state.name_of(person.into()),
            (None, Some(team)) => state.name_of(team.into()),
            (None, None) => String::from("Everyone"),
        };
        match self.pipeline {
            Some(pipeline) => format!("{whose}, {}", state.name_of(pipeline.into())),
            None => whose,
        }
    }
}

/// A scope made ready to be asked about many deals.
#[derive(Clone, Debug)]
pub struct Holds {
    people: Option<IdSet<PersonId>>,
    pipeline: Option<PipelineId>,
}

impl Holds {
    /// Reads the people of a scope.
    #[must_use]
    pub fn new(state: &State, whose: &Whose) -> Self {
        Self {
            people: whose.people(state),
            pipeline: whose.pipeline,
        }
    }

    /// Whether a deal is in it.
    #[must_use]
    pub fn deal(&self, state: &State, deal: &Deal) -> bool {
        let owned = match &self.people {
            Some(people) => deal.owner.is_some_and(|owner| people.contains(&owner)),
            None => true,
        };
        let placed = || state.stage_of(deal).map(|stage| stage.pipeline);
        owned && (self.pipeline.is_none() || placed() == self.pipeline)
    }
}

/// The members of a team and of all teams below it. Rings, which two people together may have
/// made, end where they began.
#[must_use]
pub fn members(state: &State, team: TeamId) -> IdSet<PersonId> {
    let mut teams: IdSet<TeamId> = [team].into_iter().collect();
    let mut stack = vec![team];
    while let Some(above) = stack.pop() {
        let below = state.tables.teams.iter();
        for team in below.filter(|t| t.parent == Some(above)) {
            if teams.insert(team.id) {
                stack.push(team.id);
            }
        }
    }
    let people = state.tables.people.iter();
    people
        .filter(|p| p.team.is_some_and(|team| teams.contains(&team)))
        .map(|p| p.id)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Edit, Intent, IntentKind};
    use crate::domain::party::PersonField;
    use crate::domain::stamp::Stamp;
    use crate::domain::team::TeamField;

    #[test]
    fn a_team_is_its_members_and_those_of_the_teams_below_it_and_a_ring_ends() {
        let under = |id, up| Edit::Team(TeamId(id), TeamField::Parent(Some(TeamId(up))));
        let of = |id, team| Edit::Person(PersonId(id), PersonField::Team(Some(TeamId(team))));
        let mut state = State::default();
        state.apply(&Change {
            stamp: Stamp::new(1, 0, 1),
            intent: Intent::new(IntentKind::Import, ""),
            author: None,
            edits: vec![
                under(2, 1),
                under(3, 2),
                under(1, 3),
                under(5, 4),
                of(11, 1),
                of(12, 2),
                of(13, 3),
                of(15, 5),
            ],
            before: Vec::new(),
            undoes: None,
        });
        let found = |team| {
            let mut all: Vec<u64> = members(&state, TeamId(team)).iter().map(|p| p.0).collect();
            all.sort_unstable();
            all
        };
        assert_eq!(found(1), [11, 12, 13]);
        assert_eq!(found(4), [15]);
        assert_eq!(found(9), [0_u64; 0]);
        let whose = Whose {
            person: Some(PersonId(12)),
            team: Some(TeamId(1)),
            pipeline: None,
        };
        assert_eq!(whose.people(&state).map(|p| p.len()), Some(1));
        assert_eq!(Whose::default().people(&state), None);
    }
}
