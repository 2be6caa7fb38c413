//! What this browser remembers about the person, apart from the data.

use super::scope::Scope;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// When the person last put away that the browser may clear the data, milliseconds since
    /// 1970; none once it promises to keep it.
    pub unkept_away_at: Option<i64>,
    /// Columns narrowed to a strip, by stage id.
    pub folded: Vec<String>,
    /// Whether Today and the calendar show everybody's activities.
    pub everybody: bool,
    /// Whether the calendar shows a month.
    pub month: bool,
    /// Whether the playbook beside a deal is folded away.
    pub playbook_folded: bool,
    /// Where a review was left: the ids of the review and of the deal.
    pub review_at: Option<(String, String)>,
    /// What the pages of insight look at.
    pub insight: Scope,
    /// How figures are counted that can be counted in several ways, by the code of the figure.
    pub definitions: BTreeMap<String, String>,
    /// The figure told apart on the page of the pipeline, by its code.
    pub breakdown_metric: String,
    /// By which dimension, by its code.
    pub breakdown_by: String,
    /// By which dimension cohorts are told apart; empty for the month.
    pub funnel_by: String,
    /// The dashboard shown last, by id.
    pub dashboard: Option<String>,
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
            unkept_away_at: None,
            folded: Vec::new(),
            everybody: false,
            month: false,
            playbook_folded: false,
            review_at: None,
            insight: Scope::default(),
            definitions: BTreeMap::new(),
            breakdown_metric: String::new(),
            breakdown_by: String::new(),
            funnel_by: String::new(),
            dashboard: None,
        }
    }
}

/// How long what was put away stays away: 30 days.
const AWAY_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

impl Prefs {
    /// Whether the person has put away, not long ago, that the browser may clear the data. A time
    /// that is still to come (a clock was set back) counts as long ago.
    #[must_use]
    pub fn is_unkept_away(&self, now: i64) -> bool {
        let since = self.unkept_away_at.map(|at| now - at);
        since.is_some_and(|since| (0..AWAY_MS).contains(&since))
    }

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
    fn what_was_put_away_comes_back_after_a_month() {
        let mut prefs = Prefs::default();
        assert!(!prefs.is_unkept_away(1_000));
        prefs.unkept_away_at = Some(1_000);
        assert!(prefs.is_unkept_away(1_000));
        assert!(prefs.is_unkept_away(1_000 + AWAY_MS - 1));
        assert!(!prefs.is_unkept_away(1_000 + AWAY_MS));
        assert!(!prefs.is_unkept_away(999), "the clock was set back");
    }

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
