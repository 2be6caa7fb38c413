//! The choices there are about an import.

use super::target::Target;

/// By how much the numbers of a column of money are to be multiplied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// As they stand.
    #[default]
    One,
    /// They are thousands.
    Thousand,
    /// They are millions.
    Million,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::One, Self::Thousand, Self::Million];

    /// Zeros to append.
    #[must_use]
    pub fn zeros(self) -> u32 {
        match self {
            Self::One => 0,
            Self::Thousand => 3,
            Self::Million => 6,
        }
    }

    /// The word for it in choices.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::One => "× 1",
            Self::Thousand => "× 1,000",
            Self::Million => "× 1,000,000",
        }
    }
}

/// What a guess about a column is not sure of; a person should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Every date could have day or month first.
    DateOrder,
    /// Some dates have the day first and some the month.
    MixedDates,
    /// Commas and points could be thousands or decimals.
    Decimals,
    /// The amounts are too small for whole units.
    Unit,
    /// The cells do not look like what the heading says.
    Misfit,
}

impl Doubt {
    /// What to look at, as a sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::DateOrder => "The day or the month could stand first. Please choose.",
            Self::MixedDates => {
                "Some dates have the day first and some the month. Those that do not fit are reported."
            }
            Self::Decimals => {
                "A number such as 1,234 could be over a thousand or a little over one. Please check."
            }
            Self::Unit => "The amounts are small for whole units; they were taken to be millions.",
            Self::Misfit => "Most cells do not look like this. Please check the choice.",
        }
    }
}

/// What kind of name or word a cell holds, for names not found and near misses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Domain {
    /// A member of the own team.
    Person,
    /// An organisation.
    Organisation,
    /// A product.
    Product,
    /// A word of a column of words, such as an industry.
    Word(Target),
}

impl Domain {
    /// The word for it, singular.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "Team member",
            Self::Organisation => "Organisation",
            Self::Product => "Product",
            Self::Word(target) => target.label(),
        }
    }

    /// The word for several of it.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Person => "Team members",
            Self::Organisation => "Organisations",
            Self::Product => "Products",
            Self::Word(target) => target.label(),
        }
    }
}

/// What to do with a name that is neither here nor in the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// Make a record of that name.
    #[default]
    Create,
    /// Leave the field empty and report the row.
    LeaveEmpty,
}

/// What to do with a deal whose id is here already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Again {
    /// Bring it up to date.
    #[default]
    Update,
    /// Leave it as it is.
    Leave,
    /// Make another one.
    Add,
}
