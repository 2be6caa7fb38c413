//! Several values in one cell: `Ada Obi; Jan Smit`. A value that holds a separator, or
//! begins with a quote, stands in double quotes, with quotes in it doubled.

/// Writes values so that [`read`] with `;` and `,` gives them back.
#[must_use]
pub fn write<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for value in values.into_iter().map(str::trim).filter(|v| !v.is_empty()) {
        if !out.is_empty() {
            out.push_str("; ");
        }
        if value.starts_with('"') || value.contains([';', ',', '\n']) {
            out.push('"');
            out.push_str(&value.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(value);
        }
    }
    out
}

/// The values of a cell, trimmed, blank ones left out. With `;` in the cell outside of
/// quotes only `;` separates, so that “Smith, Ada; Jan Smit” is two people.
#[must_use]
pub fn read(cell: &str, separators: &[char]) -> Vec<String> {
    let strong = separators.contains(&';') && split(cell, &[';']).len() > 1;
    let parts = if strong {
        split(cell, &[';'])
    } else {
        split(cell, separators)
    };
    parts.into_iter().filter(|p| !p.is_empty()).collect()
}

fn split(cell: &str, separators: &[char]) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = cell.trim_start();
    loop {
        let (part, after) = match quoted(rest, separators) {
            Some(found) => found,
            None => match rest.find(separators) {
                Some(at) => {
                    let width = rest[at..].chars().next().map_or(0, char::len_utf8);
                    (rest[..at].trim().to_owned(), Some(&rest[at + width..]))
                }
                None => (rest.trim().to_owned(), None),
            },
        };
        parts.push(part);
        match after {
            Some(next) => rest = next.trim_start(),
            None => return parts,
        }
    }
}

/// A quoted value at the start, and what follows its separator. `None` when there is none
/// that ends at a separator or the end.
fn quoted<'a>(text: &'a str, separators: &[char]) -> Option<(String, Option<&'a str>)> {
    let body = text.strip_prefix('"')?;
    let mut value = String::new();
    let mut letters = body.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        if c != '"' {
            value.push(c);
            continue;
        }
        if letters.peek().is_some_and(|(_, next)| *next == '"') {
            value.push('"');
            letters.next();
            continue;
        }
        let after = body[at + 1..].trim_start();
        let mut follow = after.chars();
        return match follow.next() {
            None => Some((value, None)),
            Some(c) if separators.contains(&c) => Some((value, Some(follow.as_str()))),
            Some(_) => None,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for values in [
            vec!["one"],
            vec!["a", "b c"],
            vec!["Smith, Ada", "x;y", "\"quoted\" word"],
            vec!["say \"hi\"", "\""],
        ] {
            let cell = write(values.iter().copied());
            assert_eq!(read(&cell, &[';', ',']), values, "{cell}");
        }
    }

    #[test]
    fn other_systems_lists_are_read() {
        assert_eq!(read("Smith, Ada; Jan", &[';', ',']), ["Smith, Ada", "Jan"]);
        assert_eq!(read("hot, new,, ", &[';', ',']), ["hot", "new"]);
        assert_eq!(read("\"open quote", &[';']), ["\"open quote"]);
        assert!(read("  ", &[';']).is_empty());
    }
}
