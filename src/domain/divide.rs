//! A large change in parts that each stand for themselves: all edits of an entity are in one
//! part, so that the parts can be applied, taken back, written and read one by one and in any
//! order.

use super::change::{Edit, EntityRef, RefMap};
use super::order::Order;

/// About how many edits go into one part.
pub const PART: usize = 2_000;

/// Which part an entity is in, and its place among that part's entities.
type Home = (usize, u32);

/// The edits of a change, divided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    parts: Vec<Vec<(u32, Edit)>>,
    homes: RefMap<Home>,
    /// The entity of the last edit: mostly the next one is of the same.
    last: Option<(EntityRef, Home)>,
    /// How many entities are in the last part.
    entities: u32,
    /// How many edits there are.
    len: usize,
}

impl Parts {
    /// How many edits there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Puts another edit into its part.
    pub fn push(&mut self, edit: Edit) {
        let entity = edit.entity();
        let home = match self.last {
            Some((last, home)) if last == entity => home,
            _ => self.home_of(entity),
        };
        self.last = Some((entity, home));
        self.len += 1;
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

impl Extend<Edit> for Parts {
    fn extend<I: IntoIterator<Item = Edit>>(&mut self, edits: I) {
        edits.into_iter().for_each(|edit| self.push(edit));
    }
}

impl FromIterator<Edit> for Parts {
    fn from_iter<I: IntoIterator<Item = Edit>>(edits: I) -> Self {
        let mut parts = Self::default();
        parts.extend(edits);
        parts
    }
}

/// The parts one by one: in each, the edits of an entity are together, in order of first
/// mention.
#[derive(Debug)]
pub struct PartIter(std::vec::IntoIter<Vec<(u32, Edit)>>);

impl Iterator for PartIter {
    type Item = Vec<Edit>;
    fn next(&mut self) -> Option<Vec<Edit>> {
        self.0.next().map(together)
    }
}

impl IntoIterator for Parts {
    type Item = Vec<Edit>;
    type IntoIter = PartIter;
    fn into_iter(self) -> PartIter {
        PartIter(self.parts.into_iter())
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
        let divided: Parts = edits.iter().cloned().collect();
        assert_eq!(divided.len(), edits.len());
        let along = divided.along(&edits[..3]);
        let parts: Vec<Vec<Edit>> = divided.into_iter().collect();
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
