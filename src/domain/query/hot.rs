//! The best deals by their scores, and how all of them spread over the grades.

use super::condition::Subject;
use super::score::Grade;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use crate::domain::stamp::Millis;
use crate::domain::world::World;
use chrono::NaiveDate;

/// An open deal with its scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Which.
    pub deal: DealId,
    /// Its grade.
    pub grade: Grade,
    /// Its points for fit.
    pub fit: i64,
    /// Its points for engagement.
    pub engagement: i64,
}

/// All open deals by their scores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hot {
    /// The hottest, at most as many as asked for.
    pub best: Vec<Scored>,
    /// How many deals have each grade: by fit, then by engagement, 0 best.
    pub counts: [[usize; 4]; 4],
}

/// Scores all open deals; at most `most` of them are listed. Costs as much as the rules times
/// the activities of all of them.
#[must_use]
pub fn hot(world: &World, most: usize, now: Millis, today: NaiveDate) -> Hot {
    let mut hot = Hot::default();
    if world.rules.scores.is_empty() {
        return hot;
    }
    let open = world.state.tables.deals.iter();
    for deal in open.filter(|d| d.outcome.status() == Status::Open) {
        let subject = Subject::deal(world, deal, now, today);
        let Some(score) = world.rules.scores.score(&subject) else {
            continue;
        };
        let grade = score.grade;
        hot.counts[usize::from(grade.fit.min(3))][usize::from(grade.engagement.min(3))] += 1;
        hot.best.push(Scored {
            deal: deal.id,
            grade,
            fit: score.fit.points,
            engagement: score.engagement.points,
        });
    }
    hot.best.order_by_key(|s| {
        let points = s.fit.saturating_add(s.engagement);
        (s.grade.heat(), std::cmp::Reverse(points), s.deal)
    });
    hot.best.truncate(most);
    hot
}
