//! What a change was meant to be.

use crate::words;

words! {
    /// What the person meant by a change. The words are part of the file format.
    IntentKind: "an intent" {
        /// Began the workspace.
        Setup = "setup",
        /// Made a deal.
        CreateDeal = "create_deal",
        /// Changed fields of a deal.
        EditDeal = "edit_deal",
        /// Moved a deal to a stage or within its column.
        MoveDeal = "move_deal",
        /// Won, lost or put a deal aside.
        CloseDeal = "close_deal",
        /// Took a deal up again.
        ReopenDeal = "reopen_deal",
        /// Removed records.
        Delete = "delete",
        /// Made or changed a customer, contact, person or product.
        EditRecord = "edit_record",
        /// Wrote down or planned an activity.
        LogActivity = "log_activity",
        /// Did a planned activity, or undid that.
        CompleteActivity = "complete_activity",
        /// Changed pipelines or stages.
        EditStages = "edit_stages",
        /// Merged two stages.
        MergeStages = "merge_stages",
        /// Deleted a stage.
        DeleteStage = "delete_stage",
        /// Changed settings of the workspace.
        EditWorkspace = "edit_workspace",
        /// Brought in a file.
        Import = "import",
        /// Loaded the sample.
        LoadSample = "load_sample",
        /// Removed the sample.
        RemoveSample = "remove_sample",
        /// Took a change back.
        Undo = "undo",
        /// Did a change again that had been taken back.
        Redo = "redo",
        /// Merged records that meant the same.
        MergeRecords = "merge_records",
        /// Ticked a criterion off, or answered a question of qualification.
        Qualify = "qualify",
        /// Started, paused or stopped a cadence.
        RunCadence = "run_cadence",
        /// Worked by itself.
        Automate = "automate",
        /// Changed fields, rules, frameworks, personas, cadences or templates.
        EditRules = "edit_rules",
    }
}

/// What was meant, with a name or two for people to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Intent {
    /// What was meant.
    pub kind: IntentKind,
    /// A sentence without full stop, as shown in the toast and the history:
    /// “Moved Site survey to Proposal”.
    pub text: String,
}

impl Intent {
    /// An intent with its sentence.
    pub fn new(kind: IntentKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
        }
    }
}
