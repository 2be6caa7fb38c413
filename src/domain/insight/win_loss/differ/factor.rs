//! What won and lost deals are compared in.

use crate::domain::custom::FieldHome;
use crate::domain::ids::StageId;
use crate::domain::insight::slice::Dimension;
use crate::domain::world::World;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Factor {
    /// The share of deals with a value of a dimension.
    Dimension(Dimension),
    /// The share of deals with an organisation of a size.
    Size,
    /// How many contacts.
    Contacts,
    /// Whether a champion is among them.
    Champion,
    /// Whether somebody who decides or holds the budget is among them.
    Decider,
    /// How much of the qualification is known, in percent.
    Qualification,
    /// How many activities were done.
    Activities,
    /// How many of them were meetings.
    Meetings,
    /// How many of them were calls.
    Calls,
    /// How many of them were e-mails.
    Emails,
    /// How often the expected close was put off.
    Slips,
    /// Days from creation to close.
    Cycle,
    /// Days in an open stage, of those that were in it.
    Stay(StageId),
    /// The share of deals worth more than half of the closed ones.
    Value,
}

/// The dimensions that are compared: what is known before a deal is closed.
pub(super) const DIMENSIONS: [Dimension; 9] = [
    Dimension::Owner,
    Dimension::Source,
    Dimension::Campaign,
    Dimension::Industry,
    Dimension::Territory,
    Dimension::Product,
    Dimension::Persona,
    Dimension::Kind,
    Dimension::Tag,
];

pub(super) const NUMBERS: [Factor; 8] = [
    Factor::Contacts,
    Factor::Qualification,
    Factor::Activities,
    Factor::Meetings,
    Factor::Calls,
    Factor::Emails,
    Factor::Slips,
    Factor::Cycle,
];

/// Sizes of organisations: at most so many people.
pub(super) const SIZES: [(&str, u32); 5] = [
    ("1 to 10 people", 10),
    ("11 to 50 people", 50),
    ("51 to 200 people", 200),
    ("201 to 1,000 people", 1_000),
    ("More than 1,000 people", u32::MAX),
];

impl Factor {
    /// What it is called.
    #[must_use]
    pub fn label(self, world: &World) -> String {
        match self {
            Self::Dimension(dimension) => dimension.label(world),
            Self::Size => "Company size".into(),
            Self::Contacts => "Contacts".into(),
            Self::Champion => "A champion is known".into(),
            Self::Decider => "A decision maker or economic buyer is known".into(),
            Self::Qualification => "Qualification known".into(),
            Self::Activities => "Activities done".into(),
            Self::Meetings => "Meetings held".into(),
            Self::Calls => "Calls made".into(),
            Self::Emails => "E-mails written".into(),
            Self::Stay(stage) => {
                let name = world.state.name_of(stage.into());
                let pipelines = world.state.pipelines();
                let of = world.state.tables.stages.get(stage);
                match of.filter(|_| pipelines.len() > 1) {
                    None => format!("Days in {name}"),
                    Some(of) => {
                        format!(
                            "Days in {name} ({})",
                            world.state.name_of(of.pipeline.into())
                        )
                    }
                }
            }
            Self::Value => "Deal value".into(),
            Self::Slips => "Close put off".into(),
            Self::Cycle => "Days from creation to close".into(),
        }
    }

    /// Whether it grows with the time a deal takes, so that it may follow from the outcome.
    #[must_use]
    pub fn grows_with_time(self) -> bool {
        matches!(
            self,
            Self::Activities
                | Self::Meetings
                | Self::Calls
                | Self::Emails
                | Self::Slips
                | Self::Cycle
                | Self::Stay(_)
        )
    }
}

/// The dimensions that are compared, with the team's own fields and experiments.
pub(super) fn dimensions(world: &World) -> Vec<Dimension> {
    let t = &world.state.tables;
    let fields = t.custom_fields.iter();
    let own = fields.filter(|f| f.home != FieldHome::Contact);
    let own = own.map(|f| Dimension::Custom(f.id));
    let arms = t.experiments.iter().map(|e| Dimension::Arm(e.id));
    DIMENSIONS.into_iter().chain(own).chain(arms).collect()
}
