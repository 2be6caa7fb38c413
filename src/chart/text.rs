//! How much room a text needs, and what to leave of one that has too little.
//!
//! A chart is laid out before anything is drawn, so widths come from a table: the advance
//! widths of DejaVu Sans 2.37, the widest of the fonts the page names (`--font` in
//! `style/tokens.css`), in thousandths of an em and rounded up. In every other font a text
//! comes out narrower than said here: it may stand looser than it could, but it never
//! overlaps and is never cut. Kerning is left out, which errs the same way.

/// What stands for the part of a text that is left out.
pub const ELLIPSIS: char = '…';

/// How far a line of text reaches above its baseline, in em.
pub const ASCENT: f64 = 0.93;

/// How far it reaches below, in em.
pub const DESCENT: f64 = 0.24;

/// U+0020 to U+007E.
#[rustfmt::skip]
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, // space to /
    637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 531, // 0 to ?
    1000, 685, 687, 699, 771, 632, 576, 775, 752, 295, 295, 656, 558, 863, 749, 788, // @ to O
    604, 788, 695, 635, 611, 732, 685, 989, 686, 611, 686, 391, 337, 391, 838, 500, // P to _
    500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612, // ` to o
    635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838, // p to ~
];

/// U+0410 to U+044F.
#[rustfmt::skip]
const CYRILLIC: [u16; 64] = [
    685, 687, 687, 610, 782, 632, 1078, 642, 749, 749, 710, 752, 863, 752, 788, 752, // А to П
    604, 699, 611, 610, 861, 686, 777, 686, 1070, 1094, 833, 883, 687, 699, 1080, 695, // Р to Я
    613, 617, 590, 526, 692, 616, 901, 532, 650, 650, 605, 640, 755, 654, 612, 654, // а to п
    635, 550, 583, 592, 855, 592, 681, 591, 916, 942, 707, 790, 590, 549, 842, 602, // р to я
];

/// Thousandths of an em. Outside of the tables: the widest letter of the script, and for
/// scripts not named the full square of a Chinese character or, for pictures, more.
fn advance(c: char) -> u16 {
    let code = u32::from(c);
    match code {
        0x20..=0x7e => ASCII[code as usize - 0x20],
        0x410..=0x44f => CYRILLIC[code as usize - 0x410],
        _ if is_joined(c) => 0,
        0x00..=0x1f | 0x7f..=0x9f => 0,
        0xa0 | 0xb7 | 0x2018..=0x201a | 0x202f | 0x2009 => 318,
        0x2010..=0x2013 | 0x201c..=0x201e => 590,
        0x20a9 => 989,
        0x20a0..=0x20c0 => 1273,
        // The few wide ones among the accented Latin letters: Æ æ Œ œ Ŵ ŵ Ħ and signs.
        0xa9 | 0xac | 0xae | 0xb1 | 0xbc..=0xbe | 0xc6 | 0xd7 | 0xe6 | 0xf7 => 1000,
        0x126 | 0x149 | 0x152 | 0x153 | 0x174 | 0x175 => 1070,
        0xa1..=0x17f if c.is_uppercase() => 788,
        0xa1..=0x17f => 695,
        0x180..=0x24f | 0x1e00..=0x1eff => 1100,
        0x370..=0x3ff => 940,
        0x400..=0x52f => 1180,
        0x590..=0x5ff => 710,
        0x600..=0x6ff => 1221,
        0x2030 => 1342,
        0x1f000..=0x1faff => 1400,
        _ => 1000,
    }
}

/// Whether a character adds to the one before instead of taking room: a combining accent,
/// a joiner, a direction mark, a variation selector, a skin tone.
fn is_joined(c: char) -> bool {
    matches!(
        u32::from(c),
        0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x64b..=0x65f | 0x1ab0..=0x1aff
            | 0x1dc0..=0x1dff | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069
            | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0x1f3fb..=0x1f3ff
    )
}

/// The estimated width of a text in the unit of `em`, its font size.
#[must_use]
pub fn width(text: &str, em: f64) -> f64 {
    let sum: u64 = text.chars().map(|c| u64::from(advance(c))).sum();
    sum as f64 / 1000.0 * em
}

/// A text on one line: line breaks, tabs and rows of spaces become one space, and control
/// characters, which no XML may hold, go.
#[must_use]
pub fn one_line(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control()).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    words.join(" ")
}

/// As much of a text as fits into `room`: all of it, or its beginning and an ellipsis.
/// `None` when there is no room for even one character with an ellipsis.
///
/// Nothing is cut inside what a reader takes for one character (a letter and its accents, a
/// family made of four persons, a flag).
#[must_use]
pub fn fit(text: &str, em: f64, room: f64) -> Option<String> {
    // A room computed from this very width may have lost its last digit.
    let room = room + 1e-6;
    if width(text, em) <= room {
        return Some(text.to_owned());
    }
    let room = room - f64::from(advance(ELLIPSIS)) / 1000.0 * em;
    let mut taken = 0.0;
    let mut end = 0;
    for cluster in clusters(text) {
        taken += width(cluster, em);
        if taken > room {
            break;
        }
        end += cluster.len();
    }
    let kept = text[..end].trim_end();
    (!kept.is_empty()).then(|| format!("{kept}{ELLIPSIS}"))
}

/// A text in lines of at most `room`, broken between words; a word too long for a line is cut.
#[must_use]
pub fn wrap(text: &str, em: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (longer, lines.last_mut()) {
            (Some(longer), Some(line)) if width(&longer, em) <= room => *line = longer,
            _ => lines.extend(fit(word, em, room)),
        }
    }
    lines
}

/// A text in what a reader takes for single characters. A short form of the rules of Unicode
/// Standard Annex 29: enough never to tear an accent, an emoji or a flag apart.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices();
        let (_, first) = chars.next()?;
        let is_flag = |c: char| matches!(u32::from(c), 0x1f1e6..=0x1f1ff);
        let mut last = first;
        let mut pairs = is_flag(first);
        let mut end = rest.len();
        for (at, c) in chars {
            let second_half = pairs && is_flag(c);
            if !(is_joined(c) || last == '\u{200d}' || second_half) {
                end = at;
                break;
            }
            pairs &= !second_half;
            last = c;
        }
        let (cluster, after) = rest.split_at(end);
        rest = after;
        Some(cluster)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_add_up_from_the_table() {
        assert_eq!(width("", 12.0), 0.0);
        assert!((width("il", 1000.0) - 556.0).abs() < 1e-9);
        assert!((width("€0", 1000.0) - 1910.0).abs() < 1e-9);
        assert!(width("W", 12.0) > width("w", 12.0));
        assert_eq!(width("e\u{301}", 12.0), width("e", 12.0));
    }

    #[test]
    fn what_fits_stays_whole_and_the_rest_is_cut_to_the_room() {
        assert_eq!(fit("Proposal", 12.0, 200.0).as_deref(), Some("Proposal"));
        let cut = fit("Proposal and quotation", 12.0, 80.0).unwrap();
        assert!(
            cut.ends_with(ELLIPSIS) && width(&cut, 12.0) <= 80.0,
            "{cut}"
        );
        assert!(cut.starts_with("Propo"), "{cut}");
        assert_eq!(fit("Proposal", 12.0, 10.0), None);
        assert_eq!(fit("Proposal", 12.0, -5.0), None);
        assert_eq!(fit("", 12.0, 0.0).as_deref(), Some(""));
    }

    #[test]
    fn nothing_is_cut_inside_a_character() {
        let parts = |text| clusters(text).collect::<Vec<_>>();
        assert_eq!(parts("ae\u{301}b"), ["a", "e\u{301}", "b"]);
        assert_eq!(parts("🇩🇪🇫🇷"), ["🇩🇪", "🇫🇷"]);
        assert_eq!(
            parts("👨\u{200d}👩\u{200d}👧x"),
            ["👨\u{200d}👩\u{200d}👧", "x"]
        );
        assert_eq!(parts("👍🏽👍"), ["👍🏽", "👍"]);
        assert_eq!(parts(""), [""; 0]);
    }

    #[test]
    fn labels_become_one_line_without_control_characters() {
        assert_eq!(
            one_line("  Needs\n\tanalysis \u{0}\u{7} now\u{0}"),
            "Needs analysis now"
        );
        assert_eq!(one_line("\u{1}"), "");
    }
}
