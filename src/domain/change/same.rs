//! When two edits are the same.

use super::Edit;

/// The kinds there are many of are compared as they are; comparing all others by their trees
/// keeps the code small that the first load needs.
impl PartialEq for Edit {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Deal(a, one), Self::Deal(b, two)) => a == b && one == two,
            (Self::Activity(a, one), Self::Activity(b, two)) => a == b && one == two,
            (Self::Organisation(a, one), Self::Organisation(b, two)) => a == b && one == two,
            (Self::Contact(a, one), Self::Contact(b, two)) => a == b && one == two,
            _ => self.slot() == other.slot() && self.value() == other.value(),
        }
    }
}

impl Eq for Edit {}
