//! How far a large change is, and what becomes of it.

/// What is being done on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Edits are divided into parts.
    Sorting,
    /// It is worked out what takes a change back.
    Inverting,
    /// The parts are compared with what is here, and applied beside it.
    Applying,
    /// The indexes are built.
    Arranging,
    /// The parts are made ready for the log.
    Encoding,
}

impl Step {
    /// What it is called while it is under way.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Sorting => "Sorting the records",
            Self::Inverting => "Working out what to take back",
            Self::Applying => "Applying the changes",
            Self::Arranging => "Arranging the board",
            Self::Encoding => "Getting ready to save",
        }
    }
}

/// How far a large change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// How much of this step is done, in items.
    pub done: usize,
    /// How many items it has.
    pub total: usize,
    /// Nothing is left but to write and to finish it.
    pub finished: bool,
}

/// Where a change that takes one back goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It was the last one of this tab: it can be redone.
    Undo,
    /// It was an undo: it can be undone again.
    Redo,
    /// It was any change of the history: this can be undone like any other.
    Revert,
}

impl Then {
    /// What is said when nothing is left of the change to take back.
    pub(super) fn refusal(self) -> &'static str {
        match self {
            Self::Undo => "All of that has been changed since; nothing was undone",
            Self::Redo => "All of that has been changed since; nothing was redone",
            Self::Revert => "All of that has been changed since; nothing was reverted",
        }
    }
}
