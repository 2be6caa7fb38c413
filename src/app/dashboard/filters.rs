//! Which deals a tile is about, as lines of a form.

/// A filter while it is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterLine {
    /// The code of the dimension; empty while none is chosen.
    pub by: String,
    /// The key of which of it, which may be empty; none while it is not chosen, and then nothing
    /// is left out.
    pub key: Option<String>,
}

/// The filters of a tile as lines, and those texts that are no filter this page could show.
#[must_use]
pub fn lines(filters: &[String]) -> (Vec<FilterLine>, Vec<String>) {
    let (mut lines, mut kept) = (Vec::new(), Vec::new());
    for text in filters {
        match text.split_once('=') {
            Some((by, key)) if super::Dimension::from_code(by).is_some() => {
                lines.push(FilterLine {
                    by: by.to_owned(),
                    key: Some(key.to_owned()),
                })
            }
            _ => kept.push(text.clone()),
        }
    }
    (lines, kept)
}

/// The filters that lines mean, each once, and after them what was kept.
#[must_use]
pub fn print(lines: &[FilterLine], kept: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let told = lines.iter().filter(|line| !line.by.is_empty());
    let told = told.filter_map(|line| Some(format!("{}={}", line.by, line.key.as_ref()?)));
    for text in told.chain(kept.iter().cloned()) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(by: &str, key: Option<&str>) -> FilterLine {
        FilterLine {
            by: by.into(),
            key: key.map(String::from),
        }
    }

    #[test]
    fn lines_are_what_the_filters_are_and_nothing_is_lost() {
        let texts = ["owner=7", "height=tall", "source=", "source=a=b"].map(String::from);
        let (all, kept) = lines(&texts);
        let wanted = [
            line("owner", Some("7")),
            line("source", Some("")),
            line("source", Some("a=b")),
        ];
        assert_eq!(all, wanted);
        assert_eq!(kept, ["height=tall"]);
        let printed = print(&all, &kept);
        assert_eq!(printed, ["owner=7", "source=", "source=a=b", "height=tall"]);
    }

    #[test]
    fn a_line_that_is_not_finished_leaves_nothing_out() {
        let all = [
            line("", None),
            line("owner", None),
            line("owner", Some("7")),
            line("owner", Some("7")),
            line("", Some("7")),
        ];
        assert_eq!(print(&all, &[]), ["owner=7"]);
        assert!(print(&[], &[]).is_empty());
    }
}
