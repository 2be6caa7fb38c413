//! What two records of the same thing have in common, whoever wrote them down: names without
//! legal form, domains, e-mail addresses, telephone numbers. Nothing comes of nothing: a blank
//! gives no key.

use crate::domain::order::Order;
use crate::domain::query::words::fold;

/// Legal forms at the end of a name, folded and without punctuation.
const FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "llc",
    "llp",
    "lp",
    "ltd",
    "limited",
    "plc",
    "pty",
    "pte",
    "gmbh",
    "mbh",
    "ggmbh",
    "ag",
    "kg",
    "kgaa",
    "ohg",
    "gbr",
    "ug",
    "ek",
    "ev",
    "eg",
    "se",
    "sa",
    "sas",
    "sasu",
    "sarl",
    "eurl",
    "sca",
    "sci",
    "snc",
    "sl",
    "slu",
    "sll",
    "srl",
    "srls",
    "spa",
    "bv",
    "nv",
    "vof",
    "cv",
    "bvba",
    "oy",
    "oyj",
    "ab",
    "hb",
    "as",
    "asa",
    "aps",
    "amba",
    "ans",
    "ehf",
    "hf",
    "kft",
    "zrt",
    "nyrt",
    "bt",
    "sro",
    "doo",
    "dd",
    "ad",
    "ood",
    "eood",
    "uab",
    "sia",
    "ou",
    "oao",
    "ooo",
    "zao",
    "ltda",
    "eireli",
    "sab",
    "kk",
    "yk",
    "bhd",
    "sdn",
    "jsc",
    "pjsc",
    "tbk",
    "pt",
    "fze",
    "fzco",
];

/// Words that join a name with what follows; left alone at its end they mean nothing.
const JOINTS: &[&str] = &["and", "und", "et", "y", "e", "och", "og", "en"];

/// Titles before a person's name.
const TITLES: &[&str] = &[
    "dr", "prof", "mr", "mrs", "ms", "miss", "sir", "herr", "frau", "mme", "ing", "dipl",
];

/// Providers of e-mail for everybody, and sites on which many have a page: no sign that two
/// records mean one organisation. Those that end in a dot stand for every country.
const SHARED: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "outlook.",
    "hotmail.",
    "live.",
    "msn.com",
    "yahoo.",
    "ymail.com",
    "rocketmail.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.",
    "gmx.",
    "web.de",
    "t-online.de",
    "freenet.de",
    "arcor.de",
    "posteo.de",
    "mailbox.org",
    "mail.ru",
    "bk.ru",
    "inbox.ru",
    "list.ru",
    "yandex.",
    "ya.ru",
    "rambler.ru",
    "proton.me",
    "protonmail.",
    "pm.me",
    "zoho.com",
    "fastmail.",
    "tutanota.",
    "tuta.io",
    "hey.com",
    "mail.com",
    "email.com",
    "inbox.com",
    "qq.com",
    "163.com",
    "126.com",
    "sina.com",
    "foxmail.com",
    "naver.com",
    "daum.net",
    "orange.fr",
    "free.fr",
    "wanadoo.fr",
    "laposte.net",
    "sfr.fr",
    "libero.it",
    "virgilio.it",
    "tiscali.it",
    "alice.it",
    "btinternet.com",
    "sky.com",
    "virginmedia.com",
    "talktalk.net",
    "ntlworld.com",
    "comcast.net",
    "verizon.net",
    "att.net",
    "sbcglobal.net",
    "bellsouth.net",
    "cox.net",
    "shaw.ca",
    "rogers.com",
    "bigpond.com",
    "optusnet.com.au",
    "xtra.co.nz",
    "bluewin.ch",
    "telenet.be",
    "skynet.be",
    "ziggo.nl",
    "kpnmail.nl",
    "planet.nl",
    "wp.pl",
    "o2.pl",
    "interia.pl",
    "onet.pl",
    "seznam.cz",
    "centrum.cz",
    "uol.com.br",
    "bol.com.br",
    "terra.com.br",
    "rediffmail.com",
    "facebook.com",
    "linkedin.com",
    "instagram.com",
    "twitter.com",
    "x.com",
    "youtube.com",
    "github.io",
    "wordpress.com",
    "blogspot.com",
    "wixsite.com",
    "business.site",
    "sites.google.com",
];

/// The words of a name: folded, split at blanks and punctuation, umlauts in either spelling
/// alike, single letters in a row put together (`S. A.`, `G m b H`, `A/S`).
fn words(name: &str) -> Vec<String> {
    let mut folded = String::with_capacity(name.len());
    for c in fold(name).chars() {
        match c {
            '.' | '\'' | '’' => {}
            '&' | '+' => folded.push_str(" and "),
            c if c.is_alphanumeric() => folded.push(c),
            _ => folded.push(' '),
        }
    }
    let mut words: Vec<String> = Vec::new();
    let mut after_letter = false;
    for word in folded.split_whitespace() {
        let letter = word.chars().count() == 1;
        match words.last_mut().filter(|_| letter && after_letter) {
            Some(last) => last.push_str(word),
            None => words.push(word.to_owned()),
        }
        after_letter = letter;
    }
    for word in &mut words {
        for (long, short) in [("ae", "a"), ("oe", "o"), ("ue", "u")] {
            if word.contains(long) {
                *word = word.replace(long, short);
            }
        }
    }
    words
}

/// An organisation's name without what writers differ in: case, accents, punctuation, a leading
/// article, the legal form. None of a blank; a name that is nothing but a legal form stays.
#[must_use]
pub fn company(name: &str) -> Option<String> {
    let all = words(name);
    let mut end = all.len();
    while end > 1 {
        let last = all[end - 1].as_str();
        // “Sp. z o.o.”, however its letters came together.
        let polish = ["sp zoo", "sp z oo"].into_iter().find_map(|form| {
            let count = form.split(' ').count();
            (end > count && all[end - count..end].join(" ") == form).then_some(count)
        });
        if let Some(count) = polish {
            end -= count;
        } else if FORMS.contains(&last) || JOINTS.contains(&last) {
            end -= 1;
        } else {
            break;
        }
    }
    let start = usize::from(end > 1 && matches!(all[0].as_str(), "the" | "die" | "der" | "das"));
    let key = all[start..end].join(" ");
    (!key.is_empty()).then_some(key)
}

/// A person's name: its words in alphabetical order, so that `Doe, Jane` is `Jane Doe`. None of
/// a blank or a single word, which too many people share.
#[must_use]
pub fn person(name: &str) -> Option<String> {
    let mut all = words(name);
    while all.len() > 2 && TITLES.contains(&all[0].as_str()) {
        all.remove(0);
    }
    if all.len() < 2 {
        return None;
    }
    all.order();
    Some(all.join(" "))
}

/// Whether two people's names have a word in common; also when one has no name.
#[must_use]
pub fn share_a_word(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    a.is_empty() || b.is_empty() || a.iter().any(|word| b.contains(word))
}

/// The internet domain of a website: host without `www.`; none of a blank, of what is no
/// address, and of a site that is everybody's.
#[must_use]
pub fn domain(website: &str) -> Option<String> {
    let text = website.trim().to_lowercase();
    let rest = text
        .split_once("://")
        .map_or(text.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    let host = host.split(':').next()?.trim_end_matches('.');
    own_domain(host.strip_prefix("www.").unwrap_or(host))
}

/// The domain of an e-mail address, unless it is a provider's for everybody.
#[must_use]
pub fn mail_domain(address: &str) -> Option<String> {
    let address = email(address)?;
    own_domain(address.rsplit_once('@')?.1)
}

fn own_domain(host: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let is_host = host.contains('.')
        && host.chars().all(plain)
        && !host.starts_with(['.', '-'])
        && !host.split('.').any(str::is_empty)
        && host.chars().any(char::is_alphabetic);
    let shared = SHARED.iter().any(|shared| match shared.strip_suffix('.') {
        Some(_) => host.starts_with(shared),
        None => host == *shared,
    });
    (is_host && !shared).then(|| host.to_owned())
}

/// An e-mail address, compared in lower case; none of what has no `@`.
#[must_use]
pub fn email(address: &str) -> Option<String> {
    let address = address.trim().to_lowercase();
    let (name, host) = address.rsplit_once('@')?;
    (!name.is_empty() && !host.is_empty()).then_some(address)
}

/// A telephone number: its last nine digits, so that it is the same with and without the code
/// of the country. None of fewer than seven digits, which is an extension.
#[must_use]
pub fn phone(number: &str) -> Option<String> {
    let lower = number.to_lowercase();
    // What follows is the extension, and not of the number.
    let main = lower.split("ext").next().unwrap_or("");
    let main = main.split(['x', ';', '#']).next().unwrap_or("");
    let digits: Vec<u8> = main.bytes().filter(u8::is_ascii_digit).collect();
    if digits.len() < 7 || digits.iter().all(|d| *d == digits[0]) {
        return None;
    }
    let from = digits.len().saturating_sub(9);
    String::from_utf8(digits[from..].to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_are_alike_without_case_accents_punctuation_and_legal_form() {
        for (a, b) in [
            ("Acme Inc.", "ACME"),
            ("Acme, Inc", "Acme Incorporated"),
            ("Grünwald Papier GmbH & Co. KG", "Gruenwald-Papier"),
            ("Müller AG", "Muller A.G."),
            ("Société Générale S.A.", "Societe Generale"),
            ("Silvestri S.p.A.", "silvestri spa"),
            ("Novo A/S", "Novo"),
            ("The Blue Heron Company", "Blue Heron"),
            ("Kowalczyk Sp. z o.o.", "Kowalczyk"),
            ("O'Neill's Ltd", "ONeills Limited"),
            ("Kessler & Roth", "Kessler and Roth GmbH"),
            ("Tanabe Seimitsu K.K.", "Tanabe Seimitsu"),
        ] {
            assert_eq!(company(a), company(b), "{a} / {b}");
        }
        for (a, b) in [
            ("Acme Water", "Acme Wind"),
            ("Phase 1", "Phase 2"),
            ("Berlin Zoo", "Berlin"),
            ("Limited", "Inc"),
        ] {
            assert_ne!(company(a), company(b), "{a} / {b}");
        }
        assert_eq!([company(""), company(" .,- ")], [None, None]);
        assert_eq!(company("AG"), Some("ag".into()));
    }

    #[test]
    fn people_are_alike_in_either_order_and_one_word_is_no_name() {
        assert_eq!(person("Doe, Jane"), person("Jane Doe"));
        assert_eq!(
            person("Dr. Jürgen Oberdörfer"),
            person("Juergen Oberdoerfer")
        );
        assert_ne!(person("Jane Doe"), person("Jane Roe"));
        assert_eq!([person("Jane"), person(" ")], [None, None]);
    }

    #[test]
    fn a_domain_is_read_off_any_way_of_writing_a_site() {
        for site in [
            "acme.example",
            "www.acme.example",
            "https://www.ACME.example/about?x=1",
            "http://user@acme.example:8080/",
            "acme.example.",
        ] {
            assert_eq!(domain(site).as_deref(), Some("acme.example"), "{site}");
        }
        for site in [
            "",
            "  ",
            "n/a",
            "none",
            "-",
            "facebook.com/acme",
            "https://",
            "a..b",
            "1.2",
        ] {
            assert_eq!(domain(site), None, "{site}");
        }
    }

    #[test]
    fn mail_for_everybody_says_nothing_about_an_organisation() {
        assert_eq!(
            mail_domain("Jane@Acme.example").as_deref(),
            Some("acme.example")
        );
        for address in [
            "jane@gmail.com",
            "jane@yahoo.co.uk",
            "j@gmx.net",
            "jane",
            "",
            "@acme.example",
            "j@",
        ] {
            assert_eq!(mail_domain(address), None, "{address}");
        }
    }

    #[test]
    fn numbers_are_alike_with_and_without_country_code_and_extension() {
        for (a, b) in [
            ("+44 20 7946 0958", "020 7946 0958"),
            ("0044 (20) 7946-0958", "+442079460958"),
            ("+1 (555) 010-4477 ext. 12", "555-010-4477 x9"),
        ] {
            assert!(phone(a).is_some());
            assert_eq!(phone(a), phone(b), "{a} / {b}");
        }
        for number in ["", "1234", "ext. 20", "0000000000", "none"] {
            assert_eq!(phone(number), None, "{number}");
        }
    }
}
