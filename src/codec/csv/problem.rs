//! Everything that can be wrong with a file of values, as data and as a sentence.

use std::fmt;

use super::decode::Encoding;
use super::{counted, quoted};

/// One thing a person should know about the file, with where it is.
///
/// `Display` gives a whole sentence that can be shown as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where; `None` when it concerns the whole file.
    pub at: Option<Place>,
    /// What.
    pub kind: ProblemKind,
}

/// A place in the file as a text editor and a spreadsheet would number it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Physical line, counted from 1; the header is normally line 1. A row whose cells
    /// hold line breaks is named by the line on which it starts.
    pub line: u32,
    /// Column of the table, counted from 1; `None` when the whole line is meant.
    pub column: Option<u32>,
}

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the reading is most likely right.
    Note,
    /// Something was read that may not be what was meant.
    Warning,
    /// The file cannot be read at all.
    Refusal,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// There is nothing in the file.
    Empty,
    /// It is a file of another kind.
    NotCsv(FileKind),
    /// More bytes than are accepted.
    TooLarge {
        /// Size of the file in bytes.
        bytes: usize,
        /// The most that is accepted, in bytes.
        limit: usize,
    },
    /// The bytes are not valid UTF-8 and another encoding was taken.
    NotUtf8 {
        /// The first byte that does not fit.
        byte: u8,
        /// Which character of its line it is, counted from 1.
        character: u32,
        /// What the text was read as.
        read_as: Encoding,
    },
    /// Some characters could not be read and were replaced by U+FFFD.
    Damaged {
        /// How many were replaced.
        count: usize,
        /// Which character of its line the first one is, counted from 1.
        character: u32,
    },
    /// The file ends in the middle of a character.
    CutShort,
    /// Everything is in one column.
    OneColumn {
        /// A character that stands equally often on every line and may be the separator.
        hint: Option<char>,
    },
    /// Two delimiters explain the file almost equally well.
    UnsureDelimiter {
        /// The one that was taken.
        chosen: char,
        /// The other one.
        other: char,
    },
    /// Another delimiter explains the file better than the chosen one.
    WrongDelimiter {
        /// The one in use.
        chosen: char,
        /// The one that fits.
        better: char,
        /// How many columns it gives.
        columns: usize,
    },
    /// A column has no name.
    EmptyName {
        /// The name it was given.
        given: String,
    },
    /// A column has the name of an earlier one.
    DuplicateName {
        /// The name as it stands in the file.
        name: String,
        /// The name it was given.
        given: String,
    },
    /// A row has more or fewer cells than the header.
    Ragged {
        /// Cells in the header.
        expected: usize,
        /// Cells in this row.
        found: usize,
    },
    /// A quote is opened and never closed; it was read as a plain character.
    UnclosedQuote,
    /// Characters follow a closing quote before the next delimiter.
    TextAfterQuote,
    /// More rows than are accepted.
    TooManyRows {
        /// The most that is accepted.
        limit: usize,
    },
    /// More columns than are accepted.
    TooManyColumns {
        /// The most that is accepted.
        limit: usize,
    },
    /// More cells in the whole file than are accepted.
    TooManyCells {
        /// The most that is accepted.
        limit: usize,
    },
    /// One cell is longer than is accepted.
    CellTooLarge {
        /// The most that is accepted, in bytes.
        limit: usize,
        /// Whether it began with a quote, which then may be one that is never closed.
        in_quotes: bool,
    },
}

/// Kinds of file people pick by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// .xlsx, .xlsm, .xlsb
    ExcelWorkbook,
    /// .xls, and other files of that container
    OldExcelWorkbook,
    /// .ods
    OpenDocumentSheet,
    /// .numbers
    AppleNumbers,
    /// .docx, .pptx, .odt
    OfficeDocument,
    /// Any other zip archive.
    Zip,
    /// .gz
    Gzip,
    /// .pdf
    Pdf,
    /// PNG, JPEG, GIF, WebP
    Image,
    /// JSON text
    Json,
    /// A web page, often a login page saved under the name of an export.
    Html,
    /// XML text
    Xml,
    /// .vcf
    VCard,
    /// .ics
    Calendar,
    /// .rtf
    Rtf,
    /// Some other file that is not text.
    Binary,
}

impl Problem {
    pub(super) fn new(kind: ProblemKind) -> Self {
        Self { at: None, kind }
    }

    pub(super) fn on_line(line: u32, kind: ProblemKind) -> Self {
        let at = Some(Place { line, column: None });
        Self { at, kind }
    }

    pub(super) fn in_cell(line: u32, column: usize, kind: ProblemKind) -> Self {
        let column = u32::try_from(column + 1).ok();
        Self {
            at: Some(Place { line, column }),
            kind,
        }
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        use ProblemKind as K;
        match self.kind {
            K::Empty
            | K::NotCsv(_)
            | K::TooLarge { .. }
            | K::TooManyRows { .. }
            | K::TooManyColumns { .. }
            | K::TooManyCells { .. }
            | K::CellTooLarge { .. } => Severity::Refusal,
            K::Damaged { .. }
            | K::CutShort
            | K::OneColumn { .. }
            | K::WrongDelimiter { .. }
            | K::Ragged { .. }
            | K::UnclosedQuote
            | K::TextAfterQuote => Severity::Warning,
            K::NotUtf8 { .. }
            | K::UnsureDelimiter { .. }
            | K::EmptyName { .. }
            | K::DuplicateName { .. } => Severity::Note,
        }
    }
}

impl std::error::Error for Problem {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.at, self.kind.character()) {
            (Some(place), Some(character)) => {
                write!(f, "Line {}, character {character}: ", place.line)?;
            }
            (Some(place), None) => write!(f, "{place}: ")?,
            (None, _) => {}
        }
        write!(f, "{}", self.kind)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(column) => write!(f, "Line {}, column {column}", self.line),
            None => write!(f, "Line {}", self.line),
        }
    }
}

impl ProblemKind {
    /// Problems of encoding are found before there are columns, so they count characters.
    fn character(&self) -> Option<u32> {
        match self {
            Self::NotUtf8 { character, .. } | Self::Damaged { character, .. } => Some(*character),
            _ => None,
        }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "The file is empty."),
            Self::NotCsv(kind) => write!(f, "{kind}"),
            Self::TooLarge { bytes, limit } => write!(
                f,
                "The file is {} MB; at most {} MB can be read. Split it and import the parts.",
                bytes.div_ceil(1_000_000),
                limit / 1_000_000
            ),
            Self::NotUtf8 { byte, read_as, .. } => write!(
                f,
                "the byte {byte:02X} is not UTF-8. The file was read as {} instead; check that names with accents look right.",
                read_as.label()
            ),
            Self::Damaged { count, .. } => write!(
                f,
                "{} could not be read and stands as \u{fffd}. Export the file again as UTF-8 if you can.",
                counted(*count, "character")
            ),
            Self::CutShort => write!(
                f,
                "The file ends in the middle of a character; it may have been cut short."
            ),
            Self::OneColumn { hint: Some(hint) } => write!(
                f,
                "Only one column was found. The {} stands equally often on every line: is it the separator?",
                separator(*hint)
            ),
            Self::OneColumn { hint: None } => write!(
                f,
                "Only one column was found. If there should be more, choose the separator the file uses."
            ),
            Self::UnsureDelimiter { chosen, other } => write!(
                f,
                "The separator was taken to be the {}, but the {} would fit almost as well.",
                separator(*chosen),
                separator(*other)
            ),
            Self::WrongDelimiter {
                chosen,
                better,
                columns,
            } => write!(
                f,
                "The {} does not seem to be the separator of this file; the {} gives {} on every line.",
                separator(*chosen),
                separator(*better),
                counted(*columns, "column")
            ),
            Self::EmptyName { given } => {
                write!(
                    f,
                    "the column has no name; it is called {} here.",
                    quoted(given)
                )
            }
            Self::DuplicateName { name, given } => write!(
                f,
                "there is an earlier column {}; this one is called {} here.",
                quoted(name),
                quoted(given)
            ),
            Self::Ragged { expected, found } => write!(
                f,
                "{} expected, {found} found. Is there a separator or a quote too many or too few?",
                counted(*expected, "cell")
            ),
            Self::UnclosedQuote => write!(
                f,
                "a quote is opened here and never closed; it was read as a plain character."
            ),
            Self::TextAfterQuote => write!(
                f,
                "text follows the closing quote; it was added to the cell. A quote inside a cell must be doubled."
            ),
            Self::TooManyRows { limit } => write!(
                f,
                "at most {} can be read. Split the file and import the parts.",
                counted(*limit, "row")
            ),
            Self::TooManyColumns { limit } => write!(
                f,
                "at most {} can be read. Is this the right separator?",
                counted(*limit, "column")
            ),
            Self::TooManyCells { limit } => write!(
                f,
                "at most {} can be read. Leave out columns or split the file.",
                counted(*limit, "cell")
            ),
            Self::CellTooLarge {
                limit,
                in_quotes: true,
            } => write!(
                f,
                "the quote opened here is not closed within {limit} bytes. Close it, or double it if it belongs to the text."
            ),
            Self::CellTooLarge { limit, .. } => write!(
                f,
                "the cell is longer than {limit} bytes. Is this a text file of values?"
            ),
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ExcelWorkbook => "This is an Excel workbook (.xlsx). Save it as CSV first.",
            Self::OldExcelWorkbook => {
                "This is an old Office file (such as .xls). Save it as CSV first."
            }
            Self::OpenDocumentSheet => "This is a LibreOffice sheet (.ods). Save it as CSV first.",
            Self::AppleNumbers => "This is a Numbers sheet. Export it as CSV first.",
            Self::OfficeDocument => "This is an office document, not a table in CSV.",
            Self::Zip => "This is a zip archive. Unpack it and choose the CSV file inside.",
            Self::Gzip => "This is a gzip archive. Unpack it and choose the CSV file inside.",
            Self::Pdf => "This is a PDF. Export the data as CSV instead.",
            Self::Image => "This is a picture, not a CSV file.",
            Self::Json => {
                "This is a JSON file, not CSV. If Fairlead wrote it, import it as a Fairlead file."
            }
            Self::Html => {
                "This is a web page, not CSV. Some sites save their sign-in page instead of the export: sign in and export again."
            }
            Self::Xml => "This is an XML file, not CSV. Export the data as CSV instead.",
            Self::VCard => "This is a file of contact cards (vCard), not CSV.",
            Self::Calendar => "This is a calendar file (iCalendar), not CSV.",
            Self::Rtf => "This is a formatted text (.rtf). Save it as plain CSV first.",
            Self::Binary => "This is not a text file. Choose a CSV file.",
        })
    }
}

/// What people call a separator.
fn separator(c: char) -> String {
    match c {
        ',' => "comma".to_owned(),
        ';' => "semicolon".to_owned(),
        '\t' => "tab".to_owned(),
        '|' => "vertical bar".to_owned(),
        ':' => "colon".to_owned(),
        ' ' => "space".to_owned(),
        c => format!("character “{c}”"),
    }
}
