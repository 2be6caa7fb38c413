//! Finding what was typed among many labels.

use js_sys::JsString;

/// A text made comparable: lower case, no accents, "ß" as "ss".
///
/// Plain ASCII, nearly everything, never leaves Rust; the rest is decomposed by the
/// browser (`String.prototype.normalize`, NFKD) and loses its combining marks.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let decomposed = JsString::from(text).normalize("NFKD");
    String::from(decomposed)
        .chars()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(char::to_lowercase)
        .fold(String::with_capacity(text.len()), |mut folded, c| {
            match c {
                'ß' => folded.push_str("ss"),
                // What remains of a lowered "İ".
                '\u{307}' => {}
                c => folded.push(c),
            }
            folded
        })
}

/// How well a label answers a query; lower is better.
fn rank(label: &str, detail: &str, query: &str, words: &[&str]) -> Option<usize> {
    if label.starts_with(query) {
        return Some(0);
    }
    if label
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word.starts_with(query))
    {
        return Some(1);
    }
    if label.contains(query) {
        return Some(2);
    }
    words
        .iter()
        .all(|word| label.contains(word) || detail.contains(word))
        .then_some(3)
}

/// The indices of the best matches, at most `most`: labels beginning with the query first,
/// then words beginning with it, then labels containing it, then entries whose label and
/// detail together hold every word. Within each, the given order stays. An empty query
/// matches everything.
///
/// `entries` yields folded `(label, detail)` pairs (see [`fold`]); `query` need not be folded.
pub fn best_matches<'a>(
    entries: impl Iterator<Item = (&'a str, &'a str)>,
    query: &str,
    most: usize,
) -> Vec<usize> {
    let query = fold(query.trim());
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut ranked: [Vec<usize>; 4] = Default::default();
    for (index, (label, detail)) in entries.enumerate() {
        if let Some(rank) = rank(label, detail, &query, &words)
            && ranked[rank].len() < most
        {
            ranked[rank].push(index);
            if ranked[0].len() == most {
                break;
            }
        }
    }
    ranked.into_iter().flatten().take(most).collect()
}
