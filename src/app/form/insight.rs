//! The forms of campaigns, rates and interviews.

use super::check::Check;
use super::deal::{NAME_LIMIT, TEXT_LIMIT};
use super::{FieldError, field, parse_amount, parse_date, print_date, quoted};
use crate::domain::campaign::{Campaign, Interview, Rate};
use crate::domain::command::insight::{CampaignDraft, InsightCommand, InterviewDraft, RateDraft};
use crate::domain::ids::{CampaignId, ContactId, DealId, InterviewId, PersonId, RateId};
use crate::domain::insight::exchange::{MOST, PARTS};
use crate::domain::money::Currency;
use chrono::NaiveDate;

/// A campaign as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignForm {
    /// The campaign it changes; none for a new one.
    pub id: Option<CampaignId>,
    /// Its name.
    pub name: String,
    /// The source it belongs to.
    pub source: String,
    /// Its first day, `2026-03-31`.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// What it cost.
    pub cost: String,
    /// In which currency.
    pub currency: String,
    /// What it is.
    pub description: String,
    /// Who runs it, by id, or empty.
    pub owner: String,
}

impl CampaignForm {
    /// An empty form.
    #[must_use]
    pub fn blank(home: Currency) -> Self {
        Self {
            id: None,
            name: String::new(),
            source: String::new(),
            from: String::new(),
            to: String::new(),
            cost: String::new(),
            currency: home.to_string(),
            description: String::new(),
            owner: String::new(),
        }
    }

    /// The form of a campaign that is there.
    #[must_use]
    pub fn of(campaign: &Campaign, home: Currency) -> Self {
        Self {
            id: Some(campaign.id),
            name: campaign.name.clone(),
            source: campaign.source.clone(),
            from: print_date(campaign.from),
            to: print_date(campaign.to),
            cost: campaign.cost.map(|c| c.to_plain()).unwrap_or_default(),
            currency: campaign.cost.map_or(home, |c| c.currency).to_string(),
            description: campaign.description.clone(),
            owner: campaign.owner.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    /// The command that saves it.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn submit(&self) -> Result<InsightCommand, Vec<FieldError>> {
        let mut check = Check::default();
        let named = !self.name.trim().is_empty();
        check.require(field::NAME, named, "Give the campaign a name.");
        check.length(field::NAME, &self.name, NAME_LIMIT);
        check.length(field::SOURCE, &self.source, NAME_LIMIT);
        let from = check.take(field::FROM, parse_date(&self.from));
        let to = check.take(field::TO, parse_date(&self.to));
        let ends = from.zip(to).is_none_or(|(from, to)| from <= to);
        check.require(field::TO, ends, "It cannot end before it begins.");
        let cost = match Currency::parse(&self.currency) {
            Ok(currency) => check.take(field::COST, parse_amount(&self.cost, currency)),
            Err(bad) => check.take(field::COST, Err(format!("{bad}."))),
        };
        check.length(field::DESCRIPTION, &self.description, TEXT_LIMIT);
        if !check.errors.is_empty() {
            return Err(check.errors);
        }
        Ok(InsightCommand::SaveCampaign {
            id: self.id,
            draft: Box::new(CampaignDraft {
                name: self.name.clone(),
                source: self.source.clone(),
                from,
                to,
                cost,
                description: self.description.clone(),
                owner: self.owner.parse::<PersonId>().ok(),
            }),
        })
    }
}

/// A rate as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateForm {
    /// The rate it changes; none for a new one.
    pub id: Option<RateId>,
    /// Of which currency, by its code.
    pub of: String,
    /// In which.
    pub to: String,
    /// How much of the other one unit is worth.
    pub worth: String,
    /// From which day on, `2026-03-31`; empty for always.
    pub on: String,
    /// Where it is from.
    pub note: String,
}

impl RateForm {
    /// An empty form, in the currency that sums are shown in.
    #[must_use]
    pub fn blank(to: Currency) -> Self {
        Self {
            id: None,
            of: String::new(),
            to: to.to_string(),
            worth: String::new(),
            on: String::new(),
            note: String::new(),
        }
    }

    /// The form of a rate that is there; `decimal` is the sign numbers are written with.
    #[must_use]
    pub fn of(rate: &Rate, decimal: char) -> Self {
        Self {
            id: Some(rate.id),
            of: rate.of.to_string(),
            to: rate.in_currency.to_string(),
            worth: print_worth(rate.worth, decimal),
            on: print_date(rate.on),
            note: rate.note.clone(),
        }
    }

    /// The command that saves it.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn submit(&self) -> Result<InsightCommand, Vec<FieldError>> {
        let mut check = Check::default();
        let code = |text: &str| match text.trim() {
            "" => Err(String::from("Choose a currency.")),
            text => Currency::parse(text).map(Some).map_err(|e| format!("{e}.")),
        };
        let of = check.take(field::OF, code(&self.of));
        let to = check.take(field::IN_CURRENCY, code(&self.to));
        check.require(
            field::IN_CURRENCY,
            of.is_none() || of != to,
            "Choose another currency: one in itself is always 1.",
        );
        let worth = check.take(field::WORTH, parse_worth(&self.worth).map(Some));
        let on = check.take(field::ON, parse_date(&self.on));
        check.length(field::NOTE, &self.note, NAME_LIMIT);
        match (of, to, worth) {
            (Some(of), Some(to), Some(worth)) if check.errors.is_empty() => {
                Ok(InsightCommand::SaveRate {
                    id: self.id,
                    draft: Box::new(RateDraft {
                        of,
                        to,
                        worth,
                        on,
                        note: self.note.clone(),
                    }),
                })
            }
            _ => Err(check.errors),
        }
    }
}

/// Reads a rate in millionths: `0.92`, `0,92`, `160`.
///
/// # Errors
/// A sentence when it is no number, not more than nothing, too fine or too large.
pub fn parse_worth(text: &str) -> Result<i64, String> {
    let text = text.trim();
    let bad = || format!("{} is not a rate. Write it like 0.92.", quoted(text));
    if text.is_empty() {
        return Err(String::from("Say how much one is worth."));
    }
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || (whole.is_empty() && part.is_empty()) {
        return Err(bad());
    }
    let part = part.trim_end_matches('0');
    if part.len() > 6 {
        return Err(String::from("Write at most six decimal places."));
    }
    let padded = format!("{whole}{part}{}", "0".repeat(6 - part.len()));
    let worth: i64 = padded.parse().unwrap_or(i64::MAX);
    match worth {
        0 => Err(String::from("A rate is more than nothing.")),
        _ if worth > MOST => Err(String::from(
            "That is more than a million for one. Check the rate.",
        )),
        worth => Ok(worth),
    }
}

/// A rate in millionths as people write it, without needless zeros.
#[must_use]
pub fn print_worth(worth: i64, decimal: char) -> String {
    let (whole, part) = (worth / PARTS, worth % PARTS);
    let part = format!("{part:06}");
    match part.trim_end_matches('0') {
        "" => whole.to_string(),
        part => format!("{whole}{decimal}{part}"),
    }
}

/// An interview as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterviewForm {
    /// The interview it changes; none for a new one.
    pub id: Option<InterviewId>,
    /// About which deal.
    pub deal: DealId,
    /// With whom, by id, or empty.
    pub contact: String,
    /// Who asked, by id, or empty.
    pub by: String,
    /// When, `2026-03-31`.
    pub on: String,
    /// What decided it.
    pub decided: String,
    /// What we did well.
    pub well: String,
    /// What we should do better.
    pub better: String,
    /// Anything more.
    pub notes: String,
}

impl InterviewForm {
    /// An empty form about a deal, of today, asked by `me`.
    #[must_use]
    pub fn blank(deal: DealId, me: Option<PersonId>, today: NaiveDate) -> Self {
        Self {
            id: None,
            deal,
            contact: String::new(),
            by: me.map(|id| id.to_string()).unwrap_or_default(),
            on: print_date(Some(today)),
            decided: String::new(),
            well: String::new(),
            better: String::new(),
            notes: String::new(),
        }
    }

    /// The form of an interview that is there; none when it is about no deal.
    #[must_use]
    pub fn of(interview: &Interview) -> Option<Self> {
        Some(Self {
            id: Some(interview.id),
            deal: interview.deal?,
            contact: interview
                .contact
                .map(|id| id.to_string())
                .unwrap_or_default(),
            by: interview.by.map(|id| id.to_string()).unwrap_or_default(),
            on: print_date(interview.on),
            decided: interview.decided.clone(),
            well: interview.well.clone(),
            better: interview.better.clone(),
            notes: interview.notes.clone(),
        })
    }

    /// The command that saves it.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn submit(&self, today: NaiveDate) -> Result<InsightCommand, Vec<FieldError>> {
        let mut check = Check::default();
        let on = check.take(field::ON, parse_date(&self.on));
        let ahead = on.is_some_and(|on| on > today);
        check.require(
            field::ON,
            !ahead,
            "That day is still to come. Choose today or earlier.",
        );
        let texts = [&self.decided, &self.well, &self.better, &self.notes];
        check.require(
            field::DECIDED,
            texts.iter().any(|text| !text.trim().is_empty()),
            "Write down what was said: what decided it, at least.",
        );
        check.length(field::DECIDED, &self.decided, NAME_LIMIT);
        for (name, text) in [
            (field::WELL, &self.well),
            (field::BETTER, &self.better),
            (field::NOTES, &self.notes),
        ] {
            check.length(name, text, TEXT_LIMIT);
        }
        if !check.errors.is_empty() {
            return Err(check.errors);
        }
        Ok(InsightCommand::SaveInterview {
            id: self.id,
            draft: Box::new(InterviewDraft {
                deal: self.deal,
                contact: self.contact.parse::<ContactId>().ok(),
                by: self.by.parse::<PersonId>().ok(),
                on,
                decided: self.decided.clone(),
                well: self.well.clone(),
                better: self.better.clone(),
                notes: self.notes.clone(),
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_as_written() {
        for (text, worth) in [
            ("0.92", 920_000),
            ("0,92", 920_000),
            ("160", 160_000_000),
            (".5", 500_000),
            ("1.2345600", 1_234_560),
            ("1000000", MOST),
        ] {
            assert_eq!(parse_worth(text), Ok(worth), "{text}");
            let again = print_worth(worth, '.');
            assert_eq!(parse_worth(&again), Ok(worth), "{again}");
        }
        for text in [
            "",
            "a",
            "-1",
            "0",
            "0.0000001",
            "1.2.3",
            "1000001",
            ".",
            "99999999999999999999",
        ] {
            assert!(parse_worth(text).unwrap_err().ends_with('.'), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let fields = |errors: Vec<FieldError>| {
            errors
                .into_iter()
                .map(|e| e.field.into_owned())
                .collect::<Vec<_>>()
        };
        let campaign = CampaignForm {
            from: "2026-03-02".into(),
            to: "2026-03-01".into(),
            cost: "x".into(),
            ..CampaignForm::blank(Currency::EUR)
        };
        assert_eq!(
            fields(campaign.submit().unwrap_err()),
            [field::NAME, field::TO, field::COST]
        );
        let rate = RateForm::blank(Currency::EUR);
        assert_eq!(
            fields(rate.submit().unwrap_err()),
            [field::OF, field::WORTH]
        );
        let today = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
        let mut interview = InterviewForm::blank(DealId(1), None, today);
        assert_eq!(
            fields(interview.submit(today).unwrap_err()),
            [field::DECIDED]
        );
        interview.better = "Answer sooner".into();
        assert!(interview.submit(today).is_ok());
    }
}
