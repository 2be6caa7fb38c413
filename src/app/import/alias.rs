//! How other systems call things: from a column's heading to what it means.
//!
//! Headings are compared without their dress: no byte order mark, no trailing `*`, no
//! `Deal - ` in front, no case, no punctuation, words apart (`StageName` is `stage name`).
//! The tables know the exports of Pipedrive, HubSpot, Salesforce, Close, Twenty, Atomic
//! and EspoCRM, the four files of the Maven set, and our own.

use super::aliases::names;
use super::holds::Holds;
use super::target::Target;

/// What is written in front of a heading by exports of several kinds of record at once.
const PREFIXES: [(&str, Holds); 10] = [
    ("deal", Holds::Deals),
    ("opportunity", Holds::Deals),
    ("organization", Holds::Organisations),
    ("organisation", Holds::Organisations),
    ("company", Holds::Organisations),
    ("account", Holds::Organisations),
    ("person", Holds::Contacts),
    ("contact", Holds::Contacts),
    ("product", Holds::Products),
    ("activity", Holds::Activities),
];

/// A heading without its dress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The kind of record named in front, as in `Deal - Title`.
    pub prefix: Option<Holds>,
    /// The words, lower-case, one blank between two.
    pub words: String,
    /// The same with words of mixed case taken apart.
    pub split: String,
}

impl Heading {
    /// Undresses a heading.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bare = text
            .trim_start_matches('\u{feff}')
            .trim()
            .trim_end_matches('*')
            .trim();
        let (prefix, rest) = match bare.split_once(" - ") {
            Some((front, rest)) => {
                let front = front.trim().to_lowercase();
                match PREFIXES.iter().find(|(word, _)| *word == front) {
                    Some((_, holds)) => (Some(*holds), rest),
                    None => (None, bare),
                }
            }
            None => (None, bare),
        };
        Self {
            prefix,
            words: plain(rest),
            split: plain(&apart(rest)),
        }
    }

    fn is(&self, alias: &str) -> bool {
        self.words == alias || self.split == alias
    }
}

/// Lower-case letters and digits, everything else one blank.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// `StageName` as `Stage Name`.
fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut before = ' ';
    for c in text.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out
}

/// What each column means, as far as the headings tell. A target that takes one column
/// gets the one whose heading stands first among its names.
#[must_use]
pub fn match_headings(holds: Holds, headings: &[Heading]) -> Vec<Option<Target>> {
    let mut found: Vec<Option<Target>> = vec![None; headings.len()];
    // Its own label is a name of every target, so that what we write we can read.
    for target in holds.targets() {
        claim(*target, &plain(target.label()), headings, &mut found);
    }
    for (target, aliases) in names(holds) {
        claim(*target, aliases, headings, &mut found);
    }
    if holds == Holds::Deals {
        for (heading, slot) in headings.iter().zip(&mut found) {
            if slot.is_none() && entered_stage(&heading.words).is_some() {
                *slot = Some(Target::EnteredStage);
            }
        }
    }
    found
}

fn claim(target: Target, aliases: &str, headings: &[Heading], found: &mut [Option<Target>]) {
    for alias in aliases.split('|') {
        for (at, heading) in headings.iter().enumerate() {
            let taken = !target.takes_several() && found.contains(&Some(target));
            if !taken && found[at].is_none() && heading.is(alias) {
                found[at] = Some(target);
            }
        }
    }
}

/// `Date entered "Contract sent (Sales pipeline)"` names a stage: its words in lower-case,
/// without the pipeline in brackets. Takes the heading as words or as written.
#[must_use]
pub fn entered_stage(heading: &str) -> Option<String> {
    let lower = heading.trim().to_lowercase();
    let rest = lower.strip_prefix("date entered ")?;
    let stage = rest.split_once('(').map_or(rest, |(stage, _)| stage);
    let stage = stage.trim_matches(|c: char| !c.is_alphanumeric());
    let is_current = stage == "current stage";
    (!stage.is_empty() && !is_current).then(|| stage.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(text: &str) -> Vec<Heading> {
        text.split(',').map(Heading::new).collect()
    }

    fn matched(holds: Holds, text: &str) -> Vec<(String, Option<Target>)> {
        let list = headings(text);
        let found = match_headings(holds, &list);
        list.into_iter().map(|h| h.words).zip(found).collect()
    }

    fn all(holds: Holds, text: &str, wanted: &[(&str, Option<Target>)]) {
        let found = matched(holds, text);
        let wanted: Vec<_> = wanted.iter().map(|(h, t)| ((*h).to_owned(), *t)).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn headings_lose_their_dress() {
        let heading = Heading::new("\u{feff}Deal - Expected close date*");
        assert_eq!(heading.prefix, Some(Holds::Deals));
        assert_eq!(heading.words, "expected close date");
        assert_eq!(Heading::new("StageName").split, "stage name");
        assert_eq!(Heading::new("Probability (%)").words, "probability");
        assert_eq!(Heading::new("sales_agent").words, "sales agent");
        assert_eq!(Heading::new("Follow - up").prefix, None);
    }

    #[test]
    fn pipedrive_deals_are_known() {
        use Target as T;
        all(
            Holds::Deals,
            "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Weighted value,Deal - Organization,Deal - Pipeline,Deal - Contact person,Deal - Stage,Deal - Label,Deal - Status,Deal - Deal created,Deal - Last stage change,Deal - Won time,Deal - Lost time,Deal - Deal closed on,Deal - Lost reason,Deal - Expected close date,Deal - Product name",
            &[
                ("id", Some(T::ExternalId)),
                ("title", Some(T::Title)),
                ("owner", Some(T::Owner)),
                ("value", Some(T::Value)),
                ("currency of value", Some(T::Currency)),
                ("weighted value", None),
                ("organization", Some(T::Organisation)),
                ("pipeline", Some(T::Pipeline)),
                ("contact person", Some(T::Contacts)),
                ("stage", Some(T::Stage)),
                ("label", Some(T::Tags)),
                ("status", Some(T::Status)),
                ("deal created", Some(T::Created)),
                ("last stage change", Some(T::StageSince)),
                ("won time", Some(T::ClosedOn)),
                ("lost time", Some(T::ClosedOn)),
                ("deal closed on", Some(T::ClosedOn)),
                ("lost reason", Some(T::Reason)),
                ("expected close date", Some(T::ExpectedClose)),
                ("product name", Some(T::Products)),
            ],
        );
    }

    #[test]
    fn hubspot_and_salesforce_deals_are_known() {
        use Target as T;
        all(
            Holds::Deals,
            "Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal owner,Create Date,Closed Lost Reason,Closed Won Reason,Deal probability,Associated Company (Primary),Associated Company,Forecast category,Date entered \"Contract sent (Sales)\"",
            &[
                ("record id", Some(T::ExternalId)),
                ("deal name", Some(T::Title)),
                ("deal stage", Some(T::Stage)),
                ("amount", Some(T::Value)),
                ("close date", Some(T::CloseDate)),
                ("deal owner", Some(T::Owner)),
                ("create date", Some(T::Created)),
                ("closed lost reason", Some(T::Reason)),
                ("closed won reason", Some(T::Reason)),
                ("deal probability", Some(T::Probability)),
                ("associated company primary", Some(T::Organisation)),
                ("associated company", None),
                ("forecast category", Some(T::Category)),
                ("date entered contract sent sales", Some(T::EnteredStage)),
            ],
        );
        all(
            Holds::Deals,
            "Id,Name,AccountId,StageName,Amount,CloseDate,CreatedDate,LeadSource,NextStep,CurrencyIsoCode,ForecastCategoryName",
            &[
                ("id", Some(T::ExternalId)),
                ("name", Some(T::Title)),
                ("accountid", None),
                ("stagename", Some(T::Stage)),
                ("amount", Some(T::Value)),
                ("closedate", Some(T::CloseDate)),
                ("createddate", Some(T::Created)),
                ("leadsource", Some(T::Source)),
                ("nextstep", Some(T::NextStep)),
                ("currencyisocode", Some(T::Currency)),
                ("forecastcategoryname", Some(T::Category)),
            ],
        );
    }

    #[test]
    fn every_label_is_a_heading_of_its_own() {
        for holds in Holds::ALL {
            for target in holds.targets() {
                let list = [Heading::new(target.label())];
                assert_eq!(match_headings(holds, &list), [Some(*target)]);
            }
        }
    }

    #[test]
    fn a_heading_can_name_a_stage() {
        let stage = |text| entered_stage(text);
        assert_eq!(
            stage("Date entered \"Contract sent (Sales)\""),
            Some("contract sent".into())
        );
        assert_eq!(stage("Date entered current stage"), None);
        assert_eq!(stage("date entered "), None);
        assert_eq!(stage("Entered"), None);
    }
}
