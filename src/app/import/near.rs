//! Names that are probably meant to be the same: `GTXPro` and `GTX Pro`, `Philipines` and
//! `Philippines`. Only ever a proposal; nothing is merged by it.
//!
//! Two names are near when they differ in case, blanks and punctuation only, or by one or
//! two letters (Damerau–Levenshtein distance). Candidates are found by their deletions:
//! two words one edit apart have a word in common once a letter is taken out of each
//! (the idea of SymSpell, Garbe 2012), so that a thousand names need no million comparisons.

use std::collections::HashMap;

/// How a name is compared: no case, one blank between words.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

/// Letters and digits only, lower-case.
fn tight(text: &str) -> Vec<char> {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// How many letters may differ in names of this length: none in short ones, where every
/// letter counts.
fn tolerance(letters: usize) -> usize {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// Names to look for near misses in.
#[derive(Debug, Default)]
pub struct Neighbours {
    names: Vec<(String, Vec<char>)>,
    /// From the hash of a tight name, or of one with a letter taken out, to names.
    deletions: HashMap<u64, Vec<u32>>,
}

impl Neighbours {
    /// Adds a name as it is to be proposed.
    pub fn add(&mut self, name: &str) {
        let letters = tight(name);
        let Ok(index) = u32::try_from(self.names.len()) else {
            return;
        };
        for key in keys(&letters) {
            let list = self.deletions.entry(key).or_default();
            if list.last() != Some(&index) {
                list.push(index);
            }
        }
        self.names.push((name.to_owned(), letters));
    }

    /// The name nearest to this one, unless there is none near enough or it is the same.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let letters = tight(name);
        let folded = fold(name);
        let mut best: Option<(usize, &str)> = None;
        for index in keys(&letters)
            .filter_map(|key| self.deletions.get(&key))
            .flatten()
        {
            let (other, theirs) = &self.names[*index as usize];
            if fold(other) == folded || !same_digits(&letters, theirs) {
                continue;
            }
            let limit = tolerance(letters.len().min(theirs.len()));
            let found = distance(&letters, theirs, limit).map(|d| (d, other.as_str()));
            best = match (best, found) {
                (Some(old), Some(new)) => Some(old.min(new)),
                (old, new) => old.or(new),
            };
        }
        best.map(|(_, name)| name)
    }
}

/// The hash of the name and of each name with one letter less.
fn keys(letters: &[char]) -> impl Iterator<Item = u64> + '_ {
    (0..=letters.len()).map(move |gap| {
        // FNV-1a; collisions only cost a comparison.
        letters
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != gap)
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, (_, c)| {
                (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3)
            })
    })
}

/// `Phase 1` and `Phase 2` are one letter apart and never the same thing.
fn same_digits(a: &[char], b: &[char]) -> bool {
    let digits = |list: &[char]| -> String { list.iter().filter(|c| c.is_numeric()).collect() };
    digits(a) == digits(b)
}

/// The Damerau–Levenshtein distance (optimal string alignment), unless above `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let width = b.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; width];
        for (j, y) in b.iter().enumerate() {
            let swap = last[j] + usize::from(x != y);
            row[j + 1] = swap.min(last[j + 1] + 1).min(row[j] + 1);
            let crossed = i > 0 && j > 0 && a[i - 1] == *y && *x == b[j - 1];
            if crossed {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        if row.iter().min().is_some_and(|least| *least > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|d| *d <= limit)
}

/// Industries as they are usually spelt, for columns that hold nothing but such words.
pub const INDUSTRIES: &str = "advertising|aerospace|agriculture|automotive|banking|biotechnology|chemicals|construction|consulting|consumer goods|defence|defense|education|electronics|employment|energy|engineering|entertainment|environment|fashion|finance|financial services|food and beverage|gaming|government|healthcare|health care|hospitality|insurance|legal|logistics|machinery|manufacturing|marketing|media|medical|mining|nonprofit|pharmaceuticals|professional services|public sector|real estate|recreation|recruitment|research|retail|services|shipping|software|sports|technology|telecommunications|tourism|transportation|travel|utilities|wholesale";

/// Countries as they are usually spelt in English.
pub const COUNTRIES: &str = "Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Chad|Chile|China|Colombia|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czech Republic|Czechia|Denmark|Djibouti|Dominican Republic|Ecuador|Egypt|El Salvador|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Georgia|Germany|Ghana|Greece|Guatemala|Guinea|Guyana|Haiti|Honduras|Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Korea|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Macedonia|Norway|Oman|Pakistan|Palestine|Panama|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|San Marino|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa|South Korea|South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tonga|Trinidad and Tobago|Tunisia|Turkey|Turkmenistan|Uganda|Ukraine|United Arab Emirates|United Kingdom|United States|Uruguay|Uzbekistan|Vanuatu|Venezuela|Vietnam|Yemen|Zambia|Zimbabwe";

#[cfg(test)]
mod tests {
    use super::*;

    fn among(names: &[&str]) -> Neighbours {
        let mut all = Neighbours::default();
        names.iter().for_each(|n| all.add(n));
        all
    }

    #[test]
    fn finds_slips_of_blank_case_and_letter() {
        let catalogue = among(&["GTX Pro", "GTX Plus Pro", "GTX Basic", "GTK 500"]);
        assert_eq!(catalogue.nearest("GTXPro"), Some("GTX Pro"));
        assert_eq!(catalogue.nearest("gtx basc"), Some("GTX Basic"));
        assert_eq!(catalogue.nearest("GTX-Plus Pro"), Some("GTX Plus Pro"));
        assert_eq!(catalogue.nearest("GTX Pro"), None, "the same is not near");
        assert_eq!(catalogue.nearest("gtx pro"), None, "nor in another case");
        assert_eq!(catalogue.nearest("MG Special"), None);
        let words = among(&["technology", "Philippines", "Acme Corporation"]);
        assert_eq!(words.nearest("technolgy"), Some("technology"));
        assert_eq!(words.nearest("Philipines"), Some("Philippines"));
        assert_eq!(words.nearest("Amce Corporation"), Some("Acme Corporation"));
    }

    #[test]
    fn different_numbers_and_short_names_are_different_things() {
        let names = among(&["Phase 1 rollout", "GTK 500", "Bolt", "Iran"]);
        assert_eq!(names.nearest("Phase 2 rollout"), None);
        assert_eq!(names.nearest("GTK 600"), None);
        assert_eq!(names.nearest("Bold"), None);
        assert_eq!(names.nearest("Iraq"), None);
        assert_eq!(names.nearest("GTK500"), Some("GTK 500"));
    }

    #[test]
    fn distance_counts_a_swap_as_one() {
        let d = |a: &str, b: &str| distance(&tight(a), &tight(b), 2);
        assert_eq!(d("crop", "corp"), Some(1));
        assert_eq!(d("same", "same"), Some(0));
        assert_eq!(d("kitten", "sitting"), None);
        assert_eq!(d("", "ab"), Some(2));
    }

    #[test]
    fn known_words_are_not_each_others_near_misses_when_exact() {
        let countries = among(&COUNTRIES.split('|').collect::<Vec<_>>());
        for country in COUNTRIES.split('|') {
            let other = countries.nearest(country);
            assert!(other.is_none_or(|o| o != country));
        }
        assert_eq!(fold("  GTX   Pro "), "gtx pro");
    }
}
