//! Facts that are kept while pages come and go, and brought up to date when next asked for.

use super::{Facts, Pushes};
use crate::domain::change::{EntityRef, Kind};
use crate::domain::ids::{DealId, IdSet};
use crate::domain::world::World;
use std::sync::Arc;

/// A change that touches more than this names its own records only, and not the deals of its
/// activities (`World::apply`).
const LARGE: usize = 500;

/// The facts as they were when last asked for, and what was touched since.
///
/// Hearing of a change costs nothing but a note of it; the work is done by whoever asks next. Facts
/// are handed out shared: as long as nobody keeps them, they are changed in place.
#[derive(Debug, Default)]
pub struct Kept {
    facts: Option<Arc<Facts>>,
    heard: Vec<EntityRef>,
    anew: bool,
    version: u64,
}

impl Kept {
    /// Takes note of what a change touched, as [`World::apply`] names it.
    pub fn hear(&mut self, touched: &[EntityRef]) {
        let Some(facts) = &self.facts else {
            return;
        };
        // From about half of the deals on reading all of them is quicker.
        let most = LARGE.max(facts.len() / 2);
        self.anew |= touched.len() > LARGE
            || self.heard.len() + touched.len() > most
            || Facts::is_all_new(touched);
        if self.anew {
            self.heard = Vec::new();
            return;
        }
        self.heard.extend_from_slice(touched);
    }

    /// Takes note that everything may be different.
    pub fn hear_all(&mut self) {
        self.anew = true;
        self.heard = Vec::new();
    }

    /// The facts of this world, and their version: it counts up whenever anything was touched, of
    /// whatever kind, because figures also use names and settings.
    pub fn read(&mut self, world: &World, pushes: Pushes<'_>) -> (Arc<Facts>, u64) {
        let facts = match self.facts.take() {
            Some(facts) if !self.anew && self.heard.is_empty() => facts,
            Some(mut facts) if !self.anew => {
                let mut deals = IdSet::<DealId>::default();
                let heard = self.heard.drain(..);
                for deal in heard.filter(|e| e.kind == Kind::Deal) {
                    deals.insert(DealId(deal.id));
                }
                if !deals.is_empty() {
                    let own = Arc::make_mut(&mut facts);
                    for deal in deals {
                        own.update(world, pushes, deal);
                    }
                }
                self.version += 1;
                facts
            }
            old => {
                // Before the new ones are made: both at once may be more than there is room for.
                drop(old);
                self.version += 1;
                Arc::new(Facts::over(world, pushes))
            }
        };
        self.anew = false;
        self.heard.clear();
        self.facts = Some(facts.clone());
        (facts, self.version)
    }

    /// Fills in how often deals were put off: of these, or of all. Returns whether any number
    /// changed; then there is a new version.
    pub fn read_pushes(&mut self, pushes: Pushes<'_>, of: Option<&[DealId]>) -> bool {
        let Some(facts) = &mut self.facts else {
            return false;
        };
        let differs = |row: usize| facts.pushes[row] != pushes(facts.ids[row]);
        let rows: Vec<usize> = match of {
            Some(deals) => deals.iter().filter_map(|id| facts.row(*id)).collect(),
            None => (0..facts.len()).collect(),
        };
        let rows: Vec<usize> = rows.into_iter().filter(|row| differs(*row)).collect();
        if rows.is_empty() {
            return false;
        }
        let own = Arc::make_mut(facts);
        for row in rows {
            own.pushes[row] = pushes(own.ids[row]);
        }
        self.version += 1;
        true
    }
}
