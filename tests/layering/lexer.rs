//! Just enough of Rust's lexis to tell code from comments and strings.

/// What the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// An identifier or a keyword.
    Name(String),
    /// `::`
    Path,
    /// Any other character that is not white space.
    Sign(char),
}

/// The names and signs of a Rust source with their lines. Comments and the insides of strings
/// and character literals are left out.
pub fn tokens(source: &str) -> Vec<(usize, Token)> {
    let text: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let mut line = 1;
    let mut at = 0;
    let peek = |at: usize| text.get(at).copied().unwrap_or('\0');
    while at < text.len() {
        let here = text[at];
        if here == '\n' {
            line += 1;
            at += 1;
        } else if here == '/' && peek(at + 1) == '/' {
            while at < text.len() && text[at] != '\n' {
                at += 1;
            }
        } else if here == '/' && peek(at + 1) == '*' {
            let end = end_of_comment(&text, at);
            line += text[at..end].iter().filter(|&&c| c == '\n').count();
            at = end;
        } else if let Some(end) = end_of_string(&text, at).or_else(|| end_of_char(&text, at)) {
            line += text[at..end].iter().filter(|&&c| c == '\n').count();
            at = end;
        } else if here.is_alphabetic() || here == '_' {
            let begin = at;
            while peek(at).is_alphanumeric() || peek(at) == '_' {
                at += 1;
            }
            found.push((line, Token::Name(text[begin..at].iter().collect())));
        } else if here == ':' && peek(at + 1) == ':' {
            found.push((line, Token::Path));
            at += 2;
        } else {
            if !here.is_whitespace() {
                found.push((line, Token::Sign(here)));
            }
            at += 1;
        }
    }
    found
}

/// Past the block comment that begins at `at`; block comments nest.
fn end_of_comment(text: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < text.len() {
        match (text[at], text.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

/// Past the string literal (plain, byte, C or raw) that begins at `at`, if one does.
fn end_of_string(text: &[char], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|i| text[i]);
    if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut i = at;
    while i - at < 2 && matches!(text.get(i), Some('b' | 'c' | 'r')) {
        i += 1;
    }
    let raw = i > at && text[i - 1] == 'r';
    let hashes = text[i..].iter().take_while(|&&c| c == '#').count();
    if hashes > 0 && !raw {
        return None;
    }
    i += hashes;
    if text.get(i) != Some(&'"') {
        return None;
    }
    i += 1;
    while i < text.len() {
        if text[i] == '\\' && !raw {
            i += 2;
        } else if text[i] == '"'
            && text[i + 1..].iter().take_while(|&&c| c == '#').count() >= hashes
        {
            return Some(i + 1 + hashes);
        } else {
            i += 1;
        }
    }
    Some(text.len())
}

/// Past the character literal that begins at `at`, if one does and it is no lifetime.
fn end_of_char(text: &[char], at: usize) -> Option<usize> {
    if text[at] != '\'' {
        return None;
    }
    if text.get(at + 1) == Some(&'\\') {
        let end = text[at + 3..].iter().position(|&c| c == '\'')?;
        return Some(at + 3 + end + 1);
    }
    (text.get(at + 2) == Some(&'\'')).then_some(at + 3)
}
