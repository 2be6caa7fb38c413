//! Links that open the mail program.

/// The longest `mailto:` link that all mail programs take, in characters. Windows hands on
/// some 2,000.
pub const MAILTO_MOST: usize = 1_900;

/// A link that opens the mail program (RFC 6068).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailto {
    /// The link.
    pub href: String,
    /// The text did not fit: it has to be pasted.
    pub without_body: bool,
}

/// The link for an e-mail; without the text where that is too long for mail programs.
#[must_use]
pub fn mailto(to: &str, subject: &str, body: &str) -> Mailto {
    let head = format!(
        "mailto:{}?subject={}",
        encoded(to, "@,"),
        encoded(subject, "")
    );
    let lines: Vec<&str> = body.lines().collect();
    let whole = format!("{head}&body={}", encoded(&lines.join("\r\n"), ""));
    let without_body = whole.len() > MAILTO_MOST;
    Mailto {
        href: if without_body { head } else { whole },
        without_body,
    }
}

/// Percent-encodes all but letters, digits, `-._~` and `but` (RFC 3986, 2.3).
fn encoded(text: &str, but: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.trim_end().bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if plain || but.as_bytes().contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
