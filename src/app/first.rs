//! The pipeline that an empty workspace begins with.

use crate::domain::ids::PipelineId;
use crate::domain::state::State;

/// The one pipeline there is, when nothing was ever done with it: no deal stood in it, and it and
/// its stages are as they were made. Who opens a file then wants what is in the file.
#[must_use]
pub fn untouched_pipeline(state: &State) -> Option<PipelineId> {
    let t = &state.tables;
    let [only] = state.pipelines()[..] else {
        return None;
    };
    let made = t.born(only.id.into());
    let pipelines = t.pipelines.rows().map(|(_, row)| row.stamps.last());
    let stages = t.stages.rows().map(|(_, row)| row.stamps.last());
    let untouched = pipelines.chain(stages).all(|last| last == made);
    (untouched && t.deals.is_empty()).then_some(only.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::{Moment, Session};
    use crate::domain::command::Command;
    use crate::domain::money::Currency;
    use crate::domain::stamp::Stamp;
    use crate::domain::world::World;
    use chrono::NaiveDate;

    #[test]
    fn is_found_until_something_is_done_with_it() {
        let at = Moment {
            now: 1_795_428_000_000,
            today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        };
        let begun = || {
            let mut session = Session::new(World::default(), Stamp::ZERO, 1);
            let name = String::new();
            let currency = Currency::EUR;
            session
                .command(Command::Setup { name, currency }, at)
                .unwrap();
            session
        };
        assert_eq!(untouched_pipeline(&World::default().state), None);
        let mut session = begun();
        let pipeline = untouched_pipeline(&session.world().state).unwrap();
        let name = "Mine".to_owned();
        session
            .command(Command::RenamePipeline { pipeline, name }, at)
            .unwrap();
        assert_eq!(untouched_pipeline(&session.world().state), None);
        let mut session = begun();
        let stage = session
            .world()
            .state
            .stages(session.world().state.pipelines()[0].id)[0]
            .id;
        let title = "Crane".to_owned();
        session
            .command(Command::QuickAdd { stage, title }, at)
            .unwrap();
        assert_eq!(untouched_pipeline(&session.world().state), None);
    }
}
