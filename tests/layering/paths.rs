//! Finds the paths of a source that lead to other modules of this crate, and its test modules.

use crate::lexer::Token;

/// The first segments that a path's tail can lead to, with their lines: one for `::a::b`,
/// several for `::{a::b, c}`.
fn heads(tokens: &[(usize, Token)], at: usize) -> Vec<(usize, String)> {
    match tokens.get(at) {
        Some((line, Token::Name(name))) => vec![(*line, name.clone())],
        Some((_, Token::Sign('{'))) => {
            let mut found = Vec::new();
            let mut depth = 0;
            let mut fresh = true;
            for (line, token) in &tokens[at..] {
                match token {
                    Token::Sign('{') => depth += 1,
                    Token::Sign('}') if depth == 1 => break,
                    Token::Sign('}') => depth -= 1,
                    Token::Sign(',') if depth == 1 => fresh = true,
                    Token::Name(name) if depth == 1 && fresh => {
                        found.push((*line, name.clone()));
                        fresh = false;
                    }
                    _ => {}
                }
            }
            found
        }
        _ => Vec::new(),
    }
}

/// Whether the module `name` that begins here with `{` or `;` is only compiled for tests.
fn is_test_only(tokens: &[(usize, Token)], module: usize) -> bool {
    // Back over `pub`, `(crate)` and attributes to the end of the item before.
    let start = tokens[..module]
        .iter()
        .rposition(|(_, token)| matches!(token, Token::Sign(';' | '{' | '}')))
        .map_or(0, |i| i + 1);
    let has = |wanted: &str| {
        tokens[start..module]
            .iter()
            .any(|(_, token)| *token == Token::Name(wanted.into()))
    };
    has("cfg") && has("test") && !has("not")
}

/// Every reference to a module of this crate: line and first segment after the crate's root.
/// `depth` is how many modules deep the file itself is (`src/app/form/deal.rs`: 3).
pub fn crate_paths(tokens: &[(usize, Token)], depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    // Brace depths at which inline modules were opened: each makes `super` reach one less far.
    let mut inline = Vec::new();
    let mut braces = 0;
    let mut at = 0;
    while at < tokens.len() {
        let follows_path = at > 0 && tokens[at - 1].1 == Token::Path;
        match &tokens[at].1 {
            Token::Sign('{') => braces += 1,
            Token::Sign('}') => {
                braces -= 1;
                if inline.last() == Some(&braces) {
                    inline.pop();
                }
            }
            Token::Name(name)
                if name == "mod" && matches!(tokens.get(at + 2), Some((_, Token::Sign('{')))) =>
            {
                inline.push(braces);
                at += 1;
            }
            Token::Name(name)
                if (name == "crate" || name == "fairlead")
                    && !follows_path
                    && matches!(tokens.get(at + 1), Some((_, Token::Path))) =>
            {
                found.extend(heads(tokens, at + 2));
            }
            Token::Name(name) if name == "super" && !follows_path => {
                let mut supers = 1;
                while matches!(tokens.get(at + 1), Some((_, Token::Path)))
                    && matches!(tokens.get(at + 2), Some((_, Token::Name(next))) if next == "super")
                {
                    supers += 1;
                    at += 2;
                }
                if supers >= depth + inline.len() {
                    found.extend(heads(tokens, at + 2));
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// How many lines of a source belong to inline test modules.
pub fn test_lines(tokens: &[(usize, Token)]) -> usize {
    let mut sum = 0;
    let mut at = 0;
    while at < tokens.len() {
        let opens = matches!(&tokens[at].1, Token::Name(name) if name == "mod")
            && matches!(tokens.get(at + 2), Some((_, Token::Sign('{'))))
            && is_test_only(tokens, at);
        if !opens {
            at += 1;
            continue;
        }
        let first = tokens[at].0;
        let mut depth = 0;
        at += 2;
        while at < tokens.len() {
            match tokens[at].1 {
                Token::Sign('{') => depth += 1,
                Token::Sign('}') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            at += 1;
        }
        sum += tokens.get(at).map_or(0, |(last, _)| last + 1 - first);
    }
    sum
}
