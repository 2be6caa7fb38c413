//! A large change in parts that each stand for themselves: all edits of an entity are in one
//! part, so that the parts can be applied, taken back, written and read one by one and in any
//! order.

use super::change::{Edit, EntityRef, RefMap};
use super::order::Order;

/// About how many edits go into one part.
pub const PART: usize = 2_000;

/// Which part an entity is in, and its place among that part's entities.
type Home = (usize, u32);

/// The edits of a change being divided, some at a time.
#[derive(Debug, Default)]
pub struct Dividing {
    rest: std::vec::IntoIter<Edit>,
    homes: RefMap<Home>,
    /// The entity of the last edit: mostly the next one is of the same.
    last: Option<(EntityRef, Home)>,
    /// How many entities are in the last part.
    entities: u32,
    parts: Vec<Vec<(u32, Edit)>>,
    divided: Vec<Vec<Edit>>,
}

impl Dividing {
    /// Edits about to be divided.
    #[must_use]
    pub fn new(edits: Vec<Edit>) -> Self {
        Self {
            rest: edits.into_iter(),
            ..Self::default()
        }
    }

    /// Divides about `budget` more edits; says whether that was the rest.
    pub fn step(&mut self, budget: usize) -> bool {
        let mut left = budget.max(1);
        while left > 0 {
            if let Some(edit) = self.rest.next() {
                self.put(edit);
                left -= 1;
            } else if let Some(part) = self.parts.get_mut(self.divided.len()) {
                left = left.saturating_sub(part.len());
                self.divided.push(together(std::mem::take(part)));
            } else {
                return true;
            }
        }
        false
    }

    /// How many edits are still to be given a part.
    #[must_use]
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    fn put(&mut self, edit: Edit) {
        let entity = edit.entity();
        let home = match self.last {
            Some((last, home)) if last == entity => home,
            _ => self.home_of(entity),
        };
        self.last = Some((entity, home));
        self.parts[home.0].push((home.1, edit));
    }

    fn home_of(&mut self, entity: EntityRef) -> Home {
        if let Some(home) = self.homes.get(&entity) {
            return *home;
        }
        if self.parts.last().is_none_or(|part| part.len() >= PART) {
            self.parts.push(Vec::with_capacity(PART));
            self.entities = 0;
        }
        let home = (self.parts.len() - 1, self.entities);
        self.entities += 1;
        self.homes.insert(entity, home);
        home
    }

    /// The parts, once all is divided: those of an entity together, in order of first mention.
    #[must_use]
    pub fn finish(self) -> Vec<Vec<Edit>> {
        self.divided
    }

    /// Other edits of the same entities, each in the part its entity is in; those of other
    /// entities are left out.
    #[must_use]
    pub fn along(&self, edits: &[Edit]) -> Vec<Vec<Edit>> {
        let mut parts: Vec<Vec<(u32, Edit)>> = vec![Vec::new(); self.parts.len()];
        for edit in edits {
            if let Some((part, place)) = self.homes.get(&edit.entity()) {
                parts[*part].push((*place, edit.clone()));
            }
        }
        parts.into_iter().map(together).collect()
    }
}

/// The edits of a part, those of one entity one behind the other.
fn together(mut part: Vec<(u32, Edit)>) -> Vec<Edit> {
    part.order_by_key(|(place, _)| *place);
    part.into_iter().map(|(_, edit)| edit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deal::DealField;
    use crate::domain::ids::DealId;

    #[test]
    fn an_entity_is_in_one_part_and_its_edits_are_together_and_in_order() {
        let title = |id, n: usize| Edit::Deal(DealId(id), DealField::Title(n.to_string()));
        let mut edits: Vec<Edit> = (0..9_000).map(|n| title(n as u64 / 3, n)).collect();
        // Said again at the end, as an import says where each deal stands in its column.
        edits.extend((0..3_000).map(|n| title(n, 9_000 + n as usize)));
        let whole = |budget| {
            let mut dividing = Dividing::new(edits.clone());
            while !dividing.step(budget) {}
            (dividing.along(&edits[..3]), dividing.finish())
        };
        let (along, parts) = whole(usize::MAX);
        for budget in [1, 7, 5_000] {
            assert_eq!(whole(budget).1, parts);
        }
        assert!(parts.len() > 3);
        assert!(parts.iter().all(|part| part.len() <= PART * 3 / 2));
        let all: Vec<&Edit> = parts.iter().flatten().collect();
        assert_eq!(all.len(), edits.len());
        for (n, four) in all.chunks(4).enumerate() {
            let first = 3 * n;
            let wanted = [first, first + 1, first + 2, 9_000 + n].map(|at| title(n as u64, at));
            assert_eq!(four, wanted.each_ref());
        }
        assert_eq!(along[0], edits[..3]);
        assert!(along[1..].iter().all(Vec::is_empty));
    }
}
