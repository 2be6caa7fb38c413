//! Small numbers in place of ids and words.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

/// The code of what is not set.
pub const NONE: u32 = 0;

/// Codes 1, 2, 3 … for keys in the order they are met; 0 stands for none.
#[derive(Clone, Debug, Default)]
pub struct Codes<K, S = std::hash::RandomState> {
    keys: Vec<K>,
    codes: HashMap<K, u32, S>,
}

impl<K: Clone + Eq + Hash, S: BuildHasher> Codes<K, S> {
    /// The code of a key, made where there is none yet.
    pub fn code(&mut self, key: &K) -> u32 {
        if let Some(code) = self.codes.get(key) {
            return *code;
        }
        self.keys.push(key.clone());
        let code = self.keys.len() as u32;
        self.codes.insert(key.clone(), code);
        code
    }

    /// The code of a key, or of none.
    pub fn code_of(&mut self, key: Option<&K>) -> u32 {
        key.map_or(NONE, |key| self.code(key))
    }

    /// The code of a key that was met.
    #[must_use]
    pub fn find(&self, key: &K) -> Option<u32> {
        self.codes.get(key).copied()
    }

    /// The key of a code.
    #[must_use]
    pub fn key(&self, code: u32) -> Option<&K> {
        self.keys.get((code as usize).checked_sub(1)?)
    }

    /// How many codes there are, that of none included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len() + 1
    }

    /// True when no key was met.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// All keys, in order of their codes from 1 on.
    #[must_use]
    pub fn keys(&self) -> &[K] {
        &self.keys
    }
}
