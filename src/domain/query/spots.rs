//! Where in a column a deal goes: the rank it takes, and who makes room for it.

use super::board::{BoardIndex, Column, compare};
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, IdSet, StageId};
use crate::domain::order::Order;
use crate::domain::rank::Rank;

/// Where in a column a deal goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Above all others.
    Top,
    /// Below all others.
    Bottom,
    /// Right above this deal.
    Above(DealId),
    /// Right below this deal.
    Below(DealId),
}

/// Places found: the ranks to take, and the ranks of deals that have to make room
/// because several people had given them the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spots {
    /// The ranks for the deals that move, in their order.
    pub ranks: Vec<Rank>,
    /// New ranks for others.
    pub repairs: Vec<(DealId, Rank)>,
}

impl Spots {
    fn is_long(&self) -> bool {
        let repaired = self.repairs.iter().map(|(_, rank)| rank);
        self.ranks.iter().chain(repaired).any(Rank::is_long)
    }
}

impl BoardIndex {
    /// Finds the ranks for deals that go to a place in a column one below the other, as
    /// if none of them were in it. `jitter` keeps two people who drop at the same place
    /// apart.
    #[must_use]
    pub fn spots(&self, stage: StageId, place: Place, moving: &[DealId], jitter: u64) -> Spots {
        let parts: Vec<&Column> = Status::ALL
            .iter()
            .filter_map(|s| self.column(stage, *s))
            .filter(|c| !c.deals.is_empty())
            .collect();
        let leaving: IdSet<DealId> = moving.iter().copied().collect();
        let mut all: Vec<DealId> = parts
            .iter()
            .flat_map(|c| c.deals.iter().copied())
            .filter(|id| !leaving.contains(id))
            .collect();
        if parts.len() > 1 {
            all.order_by(|a, b| compare(&self.placed, *a, *b));
        }
        let position = |id| all.iter().position(|d| *d == id);
        let at = match place {
            Place::Top => 0,
            Place::Bottom => all.len(),
            Place::Above(id) => position(id).unwrap_or(0),
            Place::Below(id) => position(id).map_or(all.len(), |n| n + 1),
        };
        let rank_of = |n: usize| {
            all.get(n)
                .and_then(|id| self.placed.get(id))
                .map(|p| &p.rank)
        };
        let low = at.checked_sub(1).and_then(rank_of);
        // Those at or after the place that share the rank of the one before have to move up.
        let tied = (at..all.len())
            .take_while(|n| low.is_some() && rank_of(*n) == low)
            .count();
        let spots = |from: usize, to: usize| {
            let (low, high) = (from.checked_sub(1).and_then(rank_of), rank_of(to));
            if low.is_some() && high.is_some() && low >= high {
                return None;
            }
            Some(Self::share_out(
                low,
                high,
                &all[from..to],
                at - from,
                moving.len(),
                jitter,
            ))
        };
        // Much sorting at one place makes long ranks: then more and more neighbours are
        // ranked anew, in the end the whole column, which is always short.
        [0, 16, 256, 4_096]
            .into_iter()
            .filter_map(|more| spots(at.saturating_sub(more), (at + tied + more).min(all.len())))
            .find(|spots| !spots.is_long())
            .or_else(|| spots(0, all.len()))
            .unwrap_or_else(|| Spots {
                ranks: Rank::spread(moving.len()),
                repairs: Vec::new(),
            })
    }

    /// Ranks between two others for `count` deals that come in at place `at` among `others`.
    fn share_out(
        low: Option<&Rank>,
        high: Option<&Rank>,
        others: &[DealId],
        at: usize,
        count: usize,
        jitter: u64,
    ) -> Spots {
        let mut all = match others.len() + count {
            1 => vec![Rank::between(low, high)],
            many => Rank::spread_between(low, high, many),
        };
        let mut ranks = Vec::with_capacity(count);
        for n in 0..count {
            let rank = all[at + n].clone();
            let next = all.get(at + n + 1).or(high);
            ranks.push(rank.jittered(next, jitter.rotate_left(n as u32 % 64)));
        }
        all.drain(at..at + count);
        Spots {
            ranks,
            repairs: others.iter().copied().zip(all).collect(),
        }
    }

    /// The rank for one deal at the top of a column.
    #[must_use]
    pub fn top(&self, stage: StageId, moving: DealId, jitter: u64) -> Rank {
        self.spots(stage, Place::Top, &[moving], jitter)
            .ranks
            .pop()
            .unwrap_or_default()
    }
}
