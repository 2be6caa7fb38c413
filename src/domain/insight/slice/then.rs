//! By what deals can be told apart as they were at an earlier time.

use super::Dimension;
use crate::domain::insight::trail::Standing;
use crate::domain::state::State;

/// Whether a deal that stood so was this in a dimension, by its key; an empty key for one that was
/// nothing in it. None where the log does not say how that was then.
#[must_use]
pub fn was(state: &State, by: Dimension, key: &str, then: &Standing) -> Option<bool> {
    let t = &state.tables;
    let stage = || then.stage.and_then(|id| state.standing(id));
    let had = match by {
        Dimension::Owner => then.owner.map(|id| id.to_string()),
        Dimension::Team => {
            let owner = then.owner.and_then(|id| t.people.row(id));
            let team = owner.and_then(|row| row.entity.team);
            team.map(|id| id.to_string())
        }
        Dimension::Stage => stage().map(|id| id.to_string()),
        Dimension::Pipeline => {
            let stage = stage().and_then(|id| t.stages.row(id));
            stage.map(|row| row.entity.pipeline.to_string())
        }
        Dimension::Currency => then.value.map(|value| value.currency.to_string()),
        _ => return None,
    };
    Some(had.unwrap_or_default() == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Edit, Intent, IntentKind};
    use crate::domain::ids::{PersonId, PipelineId, StageId};
    use crate::domain::money::{Currency, Money};
    use crate::domain::stage::{PipelineField, StageField};
    use crate::domain::stamp::Stamp;
    use crate::domain::world::World;

    #[test]
    fn a_deal_is_told_by_what_it_was() {
        let (pipeline, stage) = (PipelineId(1), StageId(2));
        let mut world = World::default();
        world.apply(&Change {
            stamp: Stamp::new(1, 0, 1),
            intent: Intent::new(IntentKind::Import, ""),
            author: None,
            edits: vec![
                Edit::Pipeline(pipeline, PipelineField::Name("Sales".into())),
                Edit::Stage(stage, StageField::Pipeline(pipeline)),
            ],
            before: Vec::new(),
            undoes: None,
        });
        let then = Standing {
            stage: Some(stage),
            value: Some(Money::new(1, Currency::EUR)),
            owner: Some(PersonId(3)),
            ..Standing::default()
        };
        let told = |by, key: &str| was(&world.state, by, key, &then);
        assert_eq!(told(Dimension::Stage, &stage.to_string()), Some(true));
        assert_eq!(told(Dimension::Stage, &StageId(4).to_string()), Some(false));
        assert_eq!(told(Dimension::Pipeline, &pipeline.to_string()), Some(true));
        assert_eq!(told(Dimension::Owner, &PersonId(3).to_string()), Some(true));
        assert_eq!(told(Dimension::Owner, ""), Some(false));
        assert_eq!(told(Dimension::Team, ""), Some(true));
        assert_eq!(told(Dimension::Currency, "EUR"), Some(true));
        assert_eq!(told(Dimension::Source, "Fair"), None);
    }
}
