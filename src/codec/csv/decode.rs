//! From the bytes of a file to text, or to one sentence saying what the file really is.

use super::problem::{FileKind, Place, Problem, ProblemKind};
use super::read::Limits;

/// Text of a file and how it was arrived at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding it was read as.
    pub encoding: Encoding,
    /// What the person should know, such as that the encoding is a guess.
    pub note: Option<Problem>,
}

/// Encodings that exports come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 with a byte order mark, as Excel writes it.
    Utf8Bom,
    /// UTF-16, low byte first; Excel's "Unicode text".
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// The code page of older Windows programs in western Europe, a superset of Latin-1.
    Windows1252,
}

impl Encoding {
    /// The name shown to people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8Bom => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// Reads the bytes as text, guessing the encoding.
///
/// Without a byte order mark the bytes are taken as UTF-8 if they are valid UTF-8. If not,
/// and most characters beyond ASCII are still UTF-8, the broken ones are replaced; otherwise
/// the file is read as Windows-1252. Either way the note names the first bad byte.
///
/// # Errors
/// A [`Problem`] of severity `Refusal` when the file is empty, too large or of another kind.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Problem> {
    refuse_early(&bytes)?;
    let encoding = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8Bom,
        [0xFF, 0xFE, ..] => Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => Encoding::Utf16Be,
        bytes => match unmarked_utf16(bytes) {
            Some(encoding) => encoding,
            None if looks_binary(bytes) => return Err(not_csv(FileKind::Binary)),
            None if prefers_windows_1252(bytes) => Encoding::Windows1252,
            None => Encoding::Utf8,
        },
    };
    convert(bytes, encoding)
}

/// Reads the bytes in the encoding a person chose; characters that do not fit are replaced.
///
/// # Errors
/// As [`decode`].
pub fn decode_as(bytes: Vec<u8>, encoding: Encoding) -> Result<Decoded, Problem> {
    refuse_early(&bytes)?;
    convert(bytes, encoding)
}

fn refuse_early(bytes: &[u8]) -> Result<(), Problem> {
    let limit = Limits::default().bytes;
    if bytes.is_empty() {
        return Err(Problem::new(ProblemKind::Empty));
    }
    if let Some(kind) = kind_by_signature(bytes) {
        return Err(not_csv(kind));
    }
    if bytes.len() > limit {
        let bytes = bytes.len();
        return Err(Problem::new(ProblemKind::TooLarge { bytes, limit }));
    }
    Ok(())
}

fn not_csv(kind: FileKind) -> Problem {
    Problem::new(ProblemKind::NotCsv(kind))
}

fn convert(bytes: Vec<u8>, encoding: Encoding) -> Result<Decoded, Problem> {
    let (mut text, note) = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => from_utf8(bytes),
        Encoding::Utf16Le => from_utf16(&bytes, u16::from_le_bytes),
        Encoding::Utf16Be => from_utf16(&bytes, u16::from_be_bytes),
        Encoding::Windows1252 => from_windows_1252(&bytes),
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    // DOS programs end a text file with Ctrl-Z.
    if text.ends_with('\u{1a}') {
        text.pop();
    }
    if text.trim().is_empty() {
        return Err(Problem::new(ProblemKind::Empty));
    }
    match kind_by_text(&text) {
        Some(kind) => Err(not_csv(kind)),
        None => Ok(Decoded {
            text,
            encoding,
            note,
        }),
    }
}

fn from_utf8(bytes: Vec<u8>) -> (String, Option<Problem>) {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error,
    };
    let bytes = error.as_bytes();
    let first = error.utf8_error().valid_up_to();
    let cut_short = error.utf8_error().error_len().is_none();
    let text = String::from_utf8_lossy(bytes).into_owned();
    if cut_short {
        return (text, Some(Problem::new(ProblemKind::CutShort)));
    }
    let count = bytes
        .utf8_chunks()
        .filter(|chunk| !chunk.invalid().is_empty())
        .count();
    let (place, character) = place_of(bytes.get(..first).unwrap_or_default());
    let kind = ProblemKind::Damaged { count, character };
    let at = Some(place);
    (text, Some(Problem { at, kind }))
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Option<Problem>) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let mut text = String::with_capacity(bytes.len() / 2);
    let (mut count, mut first) = (0, 0);
    for decoded in char::decode_utf16(units) {
        let c = decoded.unwrap_or_else(|_| {
            if count == 0 {
                first = text.len();
            }
            count += 1;
            char::REPLACEMENT_CHARACTER
        });
        text.push(c);
    }
    let note = if count > 0 {
        let (place, character) = place_of(text.as_bytes().get(..first).unwrap_or_default());
        let at = Some(place);
        let kind = ProblemKind::Damaged { count, character };
        Some(Problem { at, kind })
    } else if rest.is_empty() {
        None
    } else {
        Some(Problem::new(ProblemKind::CutShort))
    };
    (text, note)
}

fn from_windows_1252(bytes: &[u8]) -> (String, Option<Problem>) {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    text.extend(bytes.iter().map(|byte| windows_1252(*byte)));
    let note = std::str::from_utf8(bytes).err().and_then(|error| {
        let first = error.valid_up_to();
        let (place, character) = place_of(bytes.get(..first)?);
        let kind = ProblemKind::NotUtf8 {
            byte: *bytes.get(first)?,
            character,
            read_as: Encoding::Windows1252,
        };
        let at = Some(place);
        Some(Problem { at, kind })
    });
    (text, note)
}

/// WHATWG Encoding Standard, index windows-1252: as Latin-1 but for 80 to 9F; the five
/// bytes without a meaning stay control characters.
fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let index = usize::from(byte).wrapping_sub(0x80);
    UPPER.get(index).copied().unwrap_or(char::from(byte))
}

/// Line and character (both from 1) of what comes right after `before`.
fn place_of(before: &[u8]) -> (Place, u32) {
    let (mut line, mut line_start, mut after_cr) = (1, 0, false);
    for (index, byte) in before.iter().enumerate() {
        if *byte == b'\r' || *byte == b'\n' {
            line += u32::from(!(*byte == b'\n' && after_cr));
            line_start = index + 1;
        }
        after_cr = *byte == b'\r';
    }
    let on_line = before.get(line_start..).unwrap_or_default();
    // Bytes that continue a UTF-8 character do not start one.
    let characters = on_line.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    let place = Place { line, column: None };
    (place, u32::try_from(characters + 1).unwrap_or(u32::MAX))
}

/// Whether bytes without a byte order mark are UTF-16: in western text every second byte is 0.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    const SAMPLE_PAIRS: usize = 512;
    let (pairs, _) = bytes.as_chunks::<2>();
    let sample = pairs.get(..SAMPLE_PAIRS).unwrap_or(pairs);
    let mostly = |count: usize| sample.len() > 1 && count * 10 >= sample.len() * 8;
    let low_zero = sample.iter().filter(|p| p[0] == 0 && p[1] != 0).count();
    let high_zero = sample.iter().filter(|p| p[0] != 0 && p[1] == 0).count();
    if mostly(high_zero) {
        Some(Encoding::Utf16Le)
    } else if mostly(low_zero) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// More than one control character in a hundred bytes is no text.
fn looks_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..65_536).unwrap_or(bytes);
    let is_control = |byte: &&u8| matches!(**byte, 0..=8 | 11 | 14..=25 | 28..=31 | 127);
    sample.iter().filter(is_control).count() * 100 > sample.len()
}

/// Whether bytes that are not valid UTF-8 look less like damaged UTF-8 than like Windows-1252.
///
/// In Windows-1252 text almost no bytes happen to form a UTF-8 character, so the majority
/// decides. A file cut in the middle of its last character is still UTF-8.
fn prefers_windows_1252(bytes: &[u8]) -> bool {
    let Err(error) = std::str::from_utf8(bytes) else {
        return false;
    };
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // One lone lead byte at the very end may be either; with other UTF-8 before it, it is cut.
    let cut_short = error.error_len().is_none() && bytes.len() - error.valid_up_to() > 1;
    bad > good && !cut_short
}

fn kind_by_signature(bytes: &[u8]) -> Option<FileKind> {
    Some(match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => kind_of_zip(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => FileKind::OldExcelWorkbook,
        [0x1F, 0x8B, ..] => FileKind::Gzip,
        [b'%', b'P', b'D', b'F', b'-', ..] => FileKind::Pdf,
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] => FileKind::Image,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => FileKind::Image,
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => FileKind::Image,
        [b'{', b'\\', b'r', b't', b'f', ..] => FileKind::Rtf,
        _ => return None,
    })
}

/// Names of the files in an archive stand in its clear at the start of each entry and in the
/// directory at the end.
fn kind_of_zip(bytes: &[u8]) -> FileKind {
    const WINDOW: usize = 64 * 1024;
    let head = bytes.get(..WINDOW).unwrap_or(bytes);
    let tail = bytes
        .get(bytes.len().saturating_sub(WINDOW)..)
        .unwrap_or(bytes);
    let holds = |name: &[u8]| {
        [head, tail]
            .iter()
            .any(|part| part.windows(name.len()).any(|window| window == name))
    };
    if holds(b"xl/workbook") || holds(b"xl/worksheets") {
        FileKind::ExcelWorkbook
    } else if holds(b"opendocument.spreadsheet") {
        FileKind::OpenDocumentSheet
    } else if holds(b"Index/Document.iwa") {
        FileKind::AppleNumbers
    } else if holds(b"word/document") || holds(b"ppt/") || holds(b"opendocument.") {
        FileKind::OfficeDocument
    } else {
        FileKind::Zip
    }
}

fn kind_by_text(text: &str) -> Option<FileKind> {
    /// How pages begin, and the tables that some programs save under the name .xls.
    const HTML: [&str; 8] = [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<table",
        "<div",
        "<meta",
        "<script",
    ];
    let start = text.trim_start();
    let second = start
        .get(1..)
        .and_then(|rest| rest.trim_start().chars().next());
    let begins = |prefix: &str| {
        start
            .get(..prefix.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    match (start.as_bytes().first()?, second) {
        (b'{', Some('"' | '}')) | (b'[', Some('{' | '[' | '"')) => Some(FileKind::Json),
        (b'[', Some('0'..='9' | '-' | ']')) if text.trim_end().ends_with(']') => {
            Some(FileKind::Json)
        }
        _ if HTML.iter().any(|tag| begins(tag)) => Some(FileKind::Html),
        _ if begins("<?xml") && start.contains("<html") => Some(FileKind::Html),
        _ if begins("<?xml") => Some(FileKind::Xml),
        _ if begins("BEGIN:VCARD") => Some(FileKind::VCard),
        _ if begins("BEGIN:VCALENDAR") => Some(FileKind::Calendar),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        decode(bytes.to_vec()).unwrap_err().to_string()
    }

    #[test]
    fn utf8_with_and_without_mark() {
        let plain = decode("naïve,1".into()).unwrap();
        assert_eq!((plain.encoding, plain.note), (Encoding::Utf8, None));
        let marked = decode("\u{feff}naïve,1".into()).unwrap();
        assert_eq!(marked.encoding, Encoding::Utf8Bom);
        assert_eq!(marked.text, "naïve,1");
    }

    #[test]
    fn utf16_in_both_orders_with_and_without_mark() {
        let text = "name;Zoë 🚀\r\nx;y\r\n";
        for mark in ["\u{feff}", ""] {
            let marked = format!("{mark}{text}");
            let le: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let be: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for (bytes, encoding) in [(le, Encoding::Utf16Le), (be, Encoding::Utf16Be)] {
                let decoded = decode(bytes).unwrap();
                assert_eq!(decoded.encoding, encoding);
                assert_eq!(decoded.text, text);
                assert_eq!(decoded.note, None);
            }
        }
    }

    #[test]
    fn half_a_surrogate_and_an_odd_byte_are_said() {
        let lone = [0xFF, 0xFE, b'a', 0, b'\n', 0, b'b', 0, 0x00, 0xD8, b'c', 0];
        let note = decode(lone.to_vec()).unwrap().note.unwrap();
        assert!(
            note.to_string()
                .starts_with("Line 2, character 2: 1 character")
        );
        let odd = decode(vec![0xFF, 0xFE, b'a', 0, b'b']).unwrap();
        assert_eq!(odd.text, "a");
        assert_eq!(odd.note.unwrap().kind, ProblemKind::CutShort);
    }

    #[test]
    fn windows_1252_is_guessed_and_the_first_bad_byte_named() {
        let decoded =
            decode(b"name,city\r\nRen\xe9e,K\xf6ln\r\n\x80 5,\x93x\x94".to_vec()).unwrap();
        assert_eq!(decoded.encoding, Encoding::Windows1252);
        assert_eq!(decoded.text, "name,city\r\nRenée,Köln\r\n€ 5,“x”");
        let note = decoded.note.unwrap();
        assert_eq!(
            note.at,
            Some(Place {
                line: 2,
                column: None
            })
        );
        assert_eq!(
            note.to_string(),
            "Line 2, character 4: the byte E9 is not UTF-8. The file was read as Windows-1252 instead; check that names with accents look right."
        );
    }

    #[test]
    fn mostly_valid_utf8_stays_utf8_and_a_cut_one_too() {
        let mut bytes = "é\né\né".as_bytes().to_vec();
        bytes.push(0xff);
        bytes.extend_from_slice(b",x");
        let damaged = decode(bytes).unwrap();
        assert_eq!(damaged.encoding, Encoding::Utf8);
        assert_eq!(damaged.text, "é\né\né\u{fffd},x");
        assert_eq!(
            damaged.note.unwrap().at,
            Some(Place {
                line: 3,
                column: None
            })
        );
        let cut = decode("a,b\né,€".as_bytes()[..9].to_vec()).unwrap();
        assert_eq!(cut.note.unwrap().kind, ProblemKind::CutShort);
        let other = decode_as("é".into(), Encoding::Windows1252).unwrap();
        assert_eq!(other.text, "Ã©");
    }

    #[test]
    fn other_kinds_of_file_get_one_clear_sentence() {
        let xlsx = b"PK\x03\x04\x14\0\x06\0xxxx[Content_Types].xml..xl/workbook.xml";
        assert_eq!(
            refused(xlsx),
            "This is an Excel workbook (.xlsx). Save it as CSV first."
        );
        assert!(refused(b"PK\x03\x04readme.txt").contains("zip"));
        assert!(refused(b"\x1f\x8b\x08\0").contains("gzip"));
        assert!(refused(b"%PDF-1.7\n").contains("PDF"));
        assert!(refused(b"\x89PNG\r\n\x1a\n\0\0").contains("picture"));
        assert!(refused(b" {\n  \"format\": 1").contains("JSON"));
        assert!(refused(b"[{\"id\":1}]").contains("JSON"));
        assert!(refused(b"[1, 2]\n").contains("JSON"));
        assert!(refused(b"\n<!DOCTYPE html><html>").contains("web page"));
        assert!(refused(b"<?xml version=\"1.0\"?><Workbook/>").contains("XML"));
        assert!(refused(b"BEGIN:VCARD\r\nVERSION:3.0").contains("vCard"));
        assert!(refused(&[1, 0, 0, 2, 3, 0, 9, 200, 0, 0, 0, 7]).contains("not a text file"));
        for empty in [&b""[..], b"\xef\xbb\xbf", b" \r\n", b"\x1a"] {
            assert_eq!(refused(empty), "The file is empty.");
        }
    }

    #[test]
    fn csv_that_begins_oddly_is_still_csv() {
        for text in [
            "[id],name\n1,a",
            "<5,>5\n1,2",
            "<name>,<value>\na,1",
            "[id],[name]\n1,[a]",
            "{id},x\n1,2",
            "PK,name\n1,a",
        ] {
            assert_eq!(decode(text.into()).unwrap().text, text);
        }
    }
}
