//! Texts made comparable: case, accents and punctuation aside.

/// Lower case, without accents: `Citroën` becomes `citroen`, `Straße` `strasse`. Letters of
/// other scripts stay, in lower case.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(letters) => out.push_str(letters),
            // Accents written apart from their letter.
            None if ('\u{300}'..='\u{36f}').contains(&c) => {}
            None => out.push(c),
        }
    }
    out
}

/// A lower-case Latin letter without its accent; none for one that has none.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ȧ' | 'ạ'..='ặ' | 'ḁ' | 'ẚ' => "a",
        'æ' | 'ǣ' | 'ǽ' => "ae",
        'ḃ'..='ḇ' => "b",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' | 'ḉ' => "c",
        'ð' | 'ď' | 'đ' | 'ḋ'..='ḓ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ȩ' | 'ḕ'..='ḝ' | 'ẹ'..='ệ' => {
            "e"
        }
        'ḟ' => "f",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' | 'ǵ' | 'ḡ' => "g",
        'ĥ' | 'ħ' | 'ḣ'..='ḫ' | 'ẖ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' | 'ḭ' | 'ḯ' | 'ỉ' | 'ị' => {
            "i"
        }
        'ĳ' => "ij",
        'ĵ' | 'ǰ' => "j",
        'ķ' | 'ĸ' | 'ǩ' | 'ḱ'..='ḵ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' | 'ḷ'..='ḽ' => "l",
        'ḿ'..='ṃ' => "m",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' | 'ŋ' | 'ǹ' | 'ṅ'..='ṋ' => "n",
        'ò'..='ö'
        | 'ø'
        | 'ō'
        | 'ŏ'
        | 'ő'
        | 'ơ'
        | 'ǒ'
        | 'ǫ'
        | 'ǭ'
        | 'ȫ'..='ȱ'
        | 'ṍ'..='ṓ'
        | 'ọ'..='ợ' => "o",
        'œ' => "oe",
        'ṕ'..='ṗ' => "p",
        'ŕ' | 'ŗ' | 'ř' | 'ṙ'..='ṟ' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ſ' | 'ș' | 'ṡ'..='ṩ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṫ'..='ṱ' | 'ẗ' => "t",
        'þ' => "th",
        'ù'..='ü'
        | 'ũ'
        | 'ū'
        | 'ŭ'
        | 'ů'
        | 'ű'
        | 'ų'
        | 'ư'
        | 'ǔ'
        | 'ǖ'..='ǜ'
        | 'ṳ'..='ṻ'
        | 'ụ'..='ự' => "u",
        'ṽ'..='ṿ' => "v",
        'ŵ' | 'ẁ'..='ẉ' | 'ẘ' => "w",
        'ẋ'..='ẍ' => "x",
        'ý' | 'ÿ' | 'ŷ' | 'ẏ' | 'ẙ' | 'ỳ'..='ỹ' => "y",
        'ź' | 'ż' | 'ž' | 'ẑ'..='ẕ' => "z",
        _ => return None,
    })
}

/// Whether a folded text has every word of a folded query in it.
#[must_use]
pub fn has_all(text: &str, query: &[&str]) -> bool {
    query.iter().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_count() {
        for (text, folded) in [
            ("Citroën", "citroen"),
            ("Grünwald & Söhne", "grunwald & sohne"),
            ("STRASSE Straße", "strasse strasse"),
            ("Łódź, Poznań", "lodz, poznan"),
            ("Nguyễn Minh Châu", "nguyen minh chau"),
            ("Ærø Ørsted Åse", "aero orsted ase"),
            ("Dvořák Čapek", "dvorak capek"),
            ("İstanbul", "istanbul"),
            ("Cafe\u{301}", "cafe"),
            ("Ελλάδα Москва", "ελλάδα москва"),
            ("plain ASCII", "plain ascii"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
            assert_eq!(fold(&fold(text)), folded, "folding twice changes nothing");
        }
    }

    #[test]
    fn every_word_must_be_there() {
        assert!(has_all("acme gmbh berlin", &["ber", "acme"]));
        assert!(!has_all("acme gmbh berlin", &["acme", "paris"]));
        assert!(has_all("anything", &[]));
    }
}
