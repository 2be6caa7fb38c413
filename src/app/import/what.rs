//! What can be odd about a row, as data and as a sentence.

use super::choice::Domain;
use super::holds::grouped;
use super::target::Target;
use std::fmt;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The row is not imported.
    Error,
    /// Something is left out or was assumed.
    Warning,
    /// Worth knowing; imported as it stands.
    Note,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "Row skipped",
            Self::Warning => "Check",
            Self::Note => "Note",
        }
    }
}

/// What is odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something about the file or a line of it, found while cutting it into cells.
    Cutting(String),
    /// A cell that usually has a value has none.
    Blank(Target),
    /// No date says since when the deal is in its stage; the time of the import counts.
    NoSince,
    /// No date says when the deal was closed; today counts.
    NoClosingDate,
    /// The deal is closed before work on it began.
    ClosedBeforeBegun,
    /// A date is after today.
    Future(Target),
    /// The deal is said to be won or lost on a day that is still to come.
    NotYetClosed,
    /// The only date of a closed deal is one still to come; today counts.
    ExpectedOnly,
    /// A cell cannot be read; the reason is a sentence.
    Unreadable(Target, String),
    /// An amount was rounded to the currency's smallest unit.
    Rounded,
    /// An amount below nothing, or beyond what can be kept.
    OutOfRange(Target),
    /// A currency sign that several currencies share was taken for this one.
    SharedSign(String),
    /// The word is not a currency.
    NotACurrency,
    /// A word not known in this place; what was done about it.
    UnknownWord(Target, &'static str),
    /// An open deal has no such thing; it was left out.
    NotForOpen(Target),
    /// A text was cut at the longest that is kept.
    Cut(Target),
    /// No name, and nothing to make one of.
    NoName,
    /// The id, or the name, stood in an earlier line of the files.
    Repeated {
        /// That line.
        line: u32,
        /// True when the row still counts.
        kept: bool,
    },
    /// The choice for this stage is not to import its deals.
    LeftOut,
    /// The deal is here and the choice is to leave it.
    LeftAsIs,
    /// A cell of an own field cannot be read; the reason is a sentence.
    OwnUnreadable(String),
    /// A number of an own field was rounded to the decimals that are kept.
    OwnRounded,
    /// A text of an own field was cut at so many characters.
    OwnCut(usize),
    /// A word that was no option of its field; it was made one.
    OptionMade,
    /// A word that is no option of its field, which can have no more.
    TooManyOptions,
    /// A deal of this title and organisation was here before; without an id nothing says
    /// that it is the same.
    Twin,
    /// A name that was not here or listed; a record was made of it.
    Made(Domain),
    /// A name that was not here or listed; the field was left empty.
    NotFound(Domain),
    /// Several deals have the name; the activity was linked to none.
    Ambiguous,
    /// A name or word that is probably a slip, kept as written.
    Near {
        /// Of what kind.
        domain: Domain,
        /// What it may be a slip of.
        suggestion: String,
        /// In how many cells.
        rows: usize,
    },
}

impl What {
    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::NoName
            | Self::LeftOut
            | Self::NotYetClosed
            | Self::Repeated { kept: false, .. } => Severity::Error,
            Self::Cutting(_)
            | Self::NoSince
            | Self::NoClosingDate
            | Self::ClosedBeforeBegun
            | Self::Future(_)
            | Self::ExpectedOnly
            | Self::Unreadable(..)
            | Self::OutOfRange(_)
            | Self::SharedSign(_)
            | Self::NotACurrency
            | Self::UnknownWord(..)
            | Self::Cut(_)
            | Self::Repeated { kept: true, .. }
            | Self::NotFound(_)
            | Self::Ambiguous
            | Self::OwnUnreadable(_)
            | Self::OwnCut(_)
            | Self::TooManyOptions
            | Self::Twin
            | Self::Near {
                domain: Domain::Person | Domain::Organisation | Domain::Product,
                ..
            } => Severity::Warning,
            Self::Blank(_)
            | Self::NotForOpen(_)
            | Self::Rounded
            | Self::LeftAsIs
            | Self::OptionMade
            | Self::OwnRounded
            | Self::Made(_)
            | Self::Near { .. } => Severity::Note,
        }
    }

    /// What it is, without the particulars of a row: the heading of a group.
    #[must_use]
    pub fn headline(&self) -> String {
        match self {
            Self::Cutting(_) => "Odd lines in the file".to_owned(),
            Self::Blank(target) => format!("No {}", short(*target)),
            Self::NoSince => "No date for the stage; counted from now".to_owned(),
            Self::NoClosingDate => "Closed without a date; today was taken".to_owned(),
            Self::ClosedBeforeBegun => "Closed before work began".to_owned(),
            Self::Future(_) => "A date in the future".to_owned(),
            Self::NotYetClosed => "Closed in the future".to_owned(),
            Self::ExpectedOnly => {
                "Closed, but the date is still to come; today was taken".to_owned()
            }
            Self::Unreadable(target, _) => format!("{target}: cannot be read; left empty"),
            Self::Rounded => "Amount rounded".to_owned(),
            Self::OutOfRange(target) => format!("{target}: out of range; left empty"),
            Self::SharedSign(code) => format!("Currency sign taken for {code}"),
            Self::NotACurrency => "Not a currency; the file’s currency was taken".to_owned(),
            Self::UnknownWord(target, done) => format!("{target}: word not known; {done}"),
            Self::NotForOpen(target) => format!("{target}: not for open deals; left out"),
            Self::Cut(target) => format!("{target}: too long; cut"),
            Self::NoName => "No name".to_owned(),
            Self::Repeated { kept: false, .. } => "The id was there before".to_owned(),
            Self::Repeated { kept: true, .. } => "The name was there before".to_owned(),
            Self::LeftOut => "Stage not to be imported".to_owned(),
            Self::LeftAsIs => "Here already; left as it is".to_owned(),
            Self::Twin => "A deal of this name is here already".to_owned(),
            Self::OwnUnreadable(_) => "Cannot be read; left empty".to_owned(),
            Self::OwnRounded => "Number rounded".to_owned(),
            Self::OwnCut(_) => "Text too long; cut".to_owned(),
            Self::OptionMade => "Not an option yet; added to the options".to_owned(),
            Self::TooManyOptions => "Not an option, and no room for more; left empty".to_owned(),
            Self::Made(domain) => format!("{}: not listed; made new", domain.label()),
            Self::NotFound(domain) => format!("{}: not found; left empty", domain.label()),
            Self::Ambiguous => "Several deals have this name; not linked".to_owned(),
            Self::Near { domain, .. } => format!("{}: looks like another one", domain.label()),
        }
    }

    /// Rows with the same answer are shown together.
    pub(super) fn group(&self) -> String {
        match self {
            // Each its own sentence, so the group goes by kind only.
            Self::Unreadable(target, _) => format!("unreadable {target}"),
            Self::OwnUnreadable(_) => "unreadable".to_owned(),
            Self::Near { domain, .. } => format!("near {}", domain.label()),
            other => other.headline(),
        }
    }
}

/// The name of a field inside a sentence.
fn short(target: Target) -> String {
    match target {
        Target::Engaged => "date on which work began".to_owned(),
        other => {
            let label = other.label();
            let label = label.split_once(" (").map_or(label, |(front, _)| front);
            label.to_lowercase()
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cutting(sentence) => f.write_str(sentence),
            Self::Blank(target) => write!(f, "No {} is given.", short(*target)),
            Self::NoSince => write!(
                f,
                "No date says since when the deal is in this stage; it counts from the import on."
            ),
            Self::NoClosingDate => write!(
                f,
                "The deal is closed, but no date says when; today was taken."
            ),
            Self::ClosedBeforeBegun => write!(
                f,
                "The deal is closed before work on it began; the closing date was taken for both."
            ),
            Self::Future(target) => write!(f, "The date ({}) lies in the future.", short(*target)),
            Self::NotYetClosed => write!(
                f,
                "The deal is closed, but that day is still to come; the row was not imported."
            ),
            Self::ExpectedOnly => write!(
                f,
                "The deal is closed, but this day is still to come; today was taken."
            ),
            Self::Unreadable(_, reason) | Self::OwnUnreadable(reason) => {
                write!(f, "{reason} It was left empty.")
            }
            Self::OwnRounded => {
                write!(
                    f,
                    "The number has more than six decimal places; it was rounded."
                )
            }
            Self::OwnCut(most) => write!(
                f,
                "The text is longer than {} characters; the rest was left out.",
                grouped(*most)
            ),
            Self::OptionMade => write!(
                f,
                "This is not one of the field’s options yet; it was added to them."
            ),
            Self::TooManyOptions => write!(
                f,
                "This is not one of the field’s options, and it can have no more; it was left empty."
            ),
            Self::Rounded => write!(
                f,
                "The amount has more decimal places than its currency; it was rounded."
            ),
            Self::OutOfRange(_) => write!(
                f,
                "The amount is below nothing or too large; it was left empty."
            ),
            Self::SharedSign(code) => write!(
                f,
                "Several currencies have this sign; it was taken for {code}."
            ),
            Self::NotACurrency => {
                write!(f, "This is not a currency; the file’s currency was taken.")
            }
            Self::UnknownWord(target, done) => {
                write!(f, "The word is not known as {}; {done}.", short(*target))
            }
            Self::NotForOpen(target) => write!(
                f,
                "An open deal has no {}; it was left out.",
                short(*target)
            ),
            Self::Cut(target) => write!(
                f,
                "The {} is longer than 300 characters; the rest was left out.",
                short(*target)
            ),
            Self::NoName => write!(f, "The row has no name; it was not imported."),
            Self::Repeated { line, kept: false } => write!(
                f,
                "The same id stands in line {line} already; this row was not imported."
            ),
            Self::Repeated { line, kept: true } => write!(
                f,
                "The same name stands in line {line} already; both rows count for one record."
            ),
            Self::LeftOut => write!(f, "Deals of this stage are not imported, as chosen."),
            Self::LeftAsIs => write!(
                f,
                "The deal is here already and was left as it is, as chosen."
            ),
            Self::Twin => write!(
                f,
                "A deal of this title and organisation is here already. Without an id it cannot be told whether this is the same; another one is made."
            ),
            Self::Made(domain) => write!(
                f,
                "{} was not here or in the files; it was made new.",
                domain.label()
            ),
            Self::NotFound(domain) => write!(
                f,
                "{} is not here or in the files; the field was left empty.",
                domain.label()
            ),
            Self::Ambiguous => write!(
                f,
                "Several deals have this name; the activity was linked to none of them."
            ),
            Self::Near {
                suggestion, rows, ..
            } => {
                let cells = if *rows == 1 {
                    "1 cell".to_owned()
                } else {
                    format!("{} cells", grouped(*rows))
                };
                write!(f, "Looks like “{suggestion}”; kept as written ({cells}).")
            }
        }
    }
}
