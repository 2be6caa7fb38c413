//! One of a few.

use super::icon::Glyph;

/// One choice of a [`Select`](super::Select), [`Segmented`](super::Segmented) or [`Tabs`](super::Tabs).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the callbacks speak of: an id, never shown.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// An icon before the label (not in a `Select`).
    pub icon: Option<Glyph>,
    /// A number after the label, such as how many are behind a tab (not in a `Select`).
    pub count: Option<usize>,
    /// Shown, but cannot be chosen.
    pub disabled: bool,
}

impl Choice {
    /// A choice with a value and a label, nothing more.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            icon: None,
            count: None,
            disabled: false,
        }
    }

    /// The same with an icon before the label.
    #[must_use]
    pub fn icon(mut self, glyph: Glyph) -> Self {
        self.icon = Some(glyph);
        self
    }

    /// The same with a number after the label.
    #[must_use]
    pub fn count(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }

    /// The same, but not to be chosen.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }
}
