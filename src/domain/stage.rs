//! Pipelines and their stages.

use super::gate::GateMode;
use super::ids::{FrameworkId, PipelineId, StageId};
use super::persona::{Link, Objection};
use super::rank::Rank;
use crate::{entity, words};

words! {
    /// What standing in a stage means, apart from the stage's name.
    StageKind: "a stage type: open, won, lost or on_hold" {
        /// Deals here are being worked on.
        Open = "open",
        /// Deals here are won.
        Won = "won",
        /// Deals here are lost.
        Lost = "lost",
        /// Deals here are put aside.
        OnHold = "on_hold",
    }
}

impl StageKind {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.status().label()
    }

    /// The status a deal gets by entering such a stage.
    #[must_use]
    pub fn status(self) -> super::deal::Status {
        use super::deal::Status;
        match self {
            Self::Open => Status::Open,
            Self::Won => Status::Won,
            Self::Lost => Status::Lost,
            Self::OnHold => Status::OnHold,
        }
    }
}

words! {
    /// The colour of a stage, by the name of its hue in the style sheet.
    Hue: "a colour name" {
        /// Slate grey.
        Slate = "slate",
        /// Blue.
        Blue = "blue",
        /// Sky.
        Sky = "sky",
        /// Teal, the accent.
        Teal = "teal",
        /// Green.
        Green = "green",
        /// Lime.
        Lime = "lime",
        /// Amber.
        Amber = "amber",
        /// Orange.
        Orange = "orange",
        /// Rose.
        Rose = "rose",
        /// Violet.
        Violet = "violet",
    }
}

entity! {
    /// A way of selling, from first contact to what comes after the sale.
    Pipeline(PipelineId) sets PipelineField {
        /// Its name.
        name / Name: String = String::new(),
        /// Place among the pipelines.
        rank / Rank: Rank = Rank::default(),
        /// How its deals are qualified.
        framework / Framework: Option<FrameworkId> = None,
    }
}

entity! {
    /// One step of a pipeline.
    Stage(StageId) sets StageField {
        /// Of which pipeline.
        pipeline / Pipeline: PipelineId = PipelineId(0),
        /// Its name.
        name / Name: String = String::new(),
        /// Place in the pipeline.
        rank / Rank: Rank = Rank::default(),
        /// What standing here means.
        kind / Kind: StageKind = StageKind::Open,
        /// Chance to win from here in percent, 0 to 100.
        probability / Probability: u8 = 0,
        /// Days without any sign of life after which a deal counts as rotting.
        rot_days / RotDays: Option<u16> = None,
        /// Its colour.
        hue / Hue: Hue = Hue::Teal,
        /// What the stage is for, in the person's own words.
        purpose / Purpose: String = String::new(),
        /// Set when the stage was merged or deleted: where deals that still name it stand.
        successor / Successor: Option<StageId> = None,
        /// What happens to a move past unmet criteria, into it and out of it.
        gate / Gate: GateMode = GateMode::Off,
        /// Fields a deal must have before it leaves for a later stage, by their names in
        /// files: `value`, `close`, `custom.00000000000000f1`.
        required / Required: Vec<String> = Vec::new(),
        /// Qualification, in percent of what can be known, that a deal needs before it
        /// leaves for a later stage; 0 for none.
        qualified / Qualified: u8 = 0,
        /// Whether answers given before this stage have to be confirmed in it.
        reask / Reask: bool = false,
        /// Contacts a deal should have in it; fewer is a warning.
        contacts / Contacts: u8 = 0,
        /// How to work a deal here.
        playbook / Playbook: String = String::new(),
        /// Questions to ask the customer here.
        questions / Questions: Vec<String> = Vec::new(),
        /// What customers object here, with answers.
        objections / Objections: Vec<Objection> = Vec::new(),
        /// What to say of the products here.
        product_notes / ProductNotes: String = String::new(),
        /// Where to read more.
        links / Links: Vec<Link> = Vec::new(),
    }
}
