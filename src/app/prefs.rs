//! What this browser remembers about the person, apart from the data.

use serde::{Deserialize, Serialize};

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Preferences of this browser. Unknown parts in a stored text are ignored, missing
/// ones take their default, so older and newer pages can share it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// Colours.
    pub theme: Theme,
    /// Who the person is, as the id of a member of the team.
    pub me: Option<String>,
    /// The pipeline shown last, by id.
    pub pipeline: Option<String>,
    /// BCP 47 tag for numbers and dates; none means the browser's.
    pub locale: Option<String>,
    /// Whether keys of one letter do something (WCAG 2.1.4).
    pub letter_keys: bool,
    /// When a backup file was last downloaded, milliseconds since 1970.
    pub exported_at: Option<i64>,
    /// Columns narrowed to a strip, by stage id.
    pub folded: Vec<String>,
    /// Whether Today and the calendar show everybody's activities.
    pub everybody: bool,
    /// Whether the calendar shows a month.
    pub month: bool,
    /// Whether the playbook beside a deal is folded away.
    pub playbook_folded: bool,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            me: None,
            pipeline: None,
            locale: None,
            letter_keys: true,
            exported_at: None,
            folded: Vec::new(),
            everybody: false,
            month: false,
            playbook_folded: false,
        }
    }
}

impl Prefs {
    /// Reads the stored text; what cannot be read counts as the defaults, since nothing
    /// of value is kept here.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The text to store.
    #[must_use]
    pub fn print(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_and_bears_nonsense() {
        let prefs = Prefs {
            theme: Theme::Dark,
            letter_keys: false,
            ..Prefs::default()
        };
        assert_eq!(Prefs::parse(&prefs.print()), prefs);
        assert_eq!(Prefs::parse("{broken"), Prefs::default());
        assert_eq!(
            Prefs::parse(r#"{"theme":"dark","from_the_future":1}"#).theme,
            Theme::Dark
        );
    }
}
