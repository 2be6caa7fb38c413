//! The forms of quotas and of what works from outside.

use super::check::Check;
use super::{FieldError, field, parse_amount, parse_date, print_date};
use crate::domain::command::plan::{FactorDraft, PlanCommand, QuotaDraft};
use crate::domain::ids::{ExternalFactorId, QuotaId};
use crate::domain::insight::period::Period;
use crate::domain::insight::quotas::Holder;
use crate::domain::money::{Currency, Money};
use crate::domain::quota::{ExternalFactor, Quota, QuotaFactor, Span};
use chrono::{Months, NaiveDate};

/// Per mille as typed percent: `1125` is `112.5`.
#[must_use]
pub fn print_share(per_mille: i64) -> String {
    match (per_mille / 10, per_mille % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

/// Reads percent with at most one decimal as per mille: `112.5`, `112,5`, `90 %`.
///
/// # Errors
/// A sentence when it is not such a number between 0 and 1,000.
pub fn parse_share(text: &str) -> Result<i64, String> {
    let wrong = || String::from("Type a percentage between 0 and 1,000, such as 110.");
    let plain = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let (whole, tenth) = plain.split_once('.').unwrap_or((&plain, "0"));
    if whole.is_empty()
        || tenth.len() != 1
        || !whole
            .bytes()
            .chain(tenth.bytes())
            .all(|b| b.is_ascii_digit())
    {
        return Err(wrong());
    }
    let whole: i64 = whole.parse().map_err(|_| wrong())?;
    let tenth: i64 = tenth.parse().map_err(|_| wrong())?;
    Some(whole.saturating_mul(10) + tenth)
        .filter(|n| *n <= 10_000)
        .ok_or_else(wrong)
}

/// The periods of a span to choose from: the one before, the present one, and those of a year
/// ahead.
#[must_use]
pub fn periods(span: Span, today: NaiveDate, fiscal_month: u8) -> Vec<Period> {
    let now = match span {
        Span::Month => Period::month_of(today),
        Span::Quarter => Period::quarter_of(today, fiscal_month),
        Span::Year => Period::year_of(today, fiscal_month),
    };
    let months = span.months();
    let ahead = 12 / months + 1;
    let from = now
        .from()
        .checked_sub_months(Months::new(months))
        .unwrap_or(now.from());
    (0..ahead + 1)
        .filter_map(|n| from.checked_add_months(Months::new(n * months)))
        .map(|from| Period::months_from(from, months))
        .collect()
}

/// A quota as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaForm {
    /// The quota it changes; none for a new one.
    pub id: Option<QuotaId>,
    /// Whose: `person:…`, `team:…`, `territory:…`, or empty for all.
    pub holder: String,
    /// In which pipeline, by id; empty for all.
    pub pipeline: String,
    /// How long, by its code.
    pub span: String,
    /// The first day, `2026-10-01`.
    pub from: String,
    /// How much.
    pub amount: String,
    /// In which currency.
    pub currency: String,
    /// What history alone suggests, minor units.
    pub base: Option<i64>,
    /// The steps: name, percent as typed, note.
    pub steps: Vec<(String, String, String)>,
    /// Free text.
    pub note: String,
}

impl QuotaForm {
    /// An empty form for the present quarter.
    #[must_use]
    pub fn blank(currency: Currency, today: NaiveDate, fiscal_month: u8) -> Self {
        let now = Period::quarter_of(today, fiscal_month);
        Self {
            id: None,
            holder: String::new(),
            pipeline: String::new(),
            span: Span::Quarter.code().to_owned(),
            from: print_date(Some(now.from())),
            amount: String::new(),
            currency: currency.to_string(),
            base: None,
            steps: Vec::new(),
            note: String::new(),
        }
    }

    /// The form of a quota that is there.
    #[must_use]
    pub fn of(quota: &Quota, home: Currency) -> Self {
        let holder = match (quota.person, quota.team, quota.territory) {
            (Some(id), _, _) => format!("person:{id}"),
            (_, Some(id), _) => format!("team:{id}"),
            (_, _, Some(id)) => format!("territory:{id}"),
            _ => String::new(),
        };
        let step = |f: &QuotaFactor| (f.name.clone(), print_share(f.factor), f.note.clone());
        Self {
            id: Some(quota.id),
            holder,
            pipeline: quota.pipeline.map(|id| id.to_string()).unwrap_or_default(),
            span: quota.span.code().to_owned(),
            from: print_date(quota.from),
            amount: quota.amount.map(|a| a.to_plain()).unwrap_or_default(),
            currency: quota.amount.map_or(home, |a| a.currency).to_string(),
            base: quota.base.map(|b| b.minor),
            steps: quota.factors.iter().map(step).collect(),
            note: quota.note.clone(),
        }
    }

    /// Whose.
    #[must_use]
    pub fn holder(&self) -> Holder {
        let (kind, id) = self.holder.split_once(':').unwrap_or_default();
        Holder {
            person: id.parse().ok().filter(|_| kind == "person"),
            team: id.parse().ok().filter(|_| kind == "team"),
            territory: id.parse().ok().filter(|_| kind == "territory"),
            pipeline: self.pipeline.parse().ok(),
        }
    }

    /// How long.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::from_code(&self.span).unwrap_or(Span::Quarter)
    }

    /// Its days.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        let from = parse_date(&self.from).ok()??;
        Some(Period::months_from(from, self.span().months()))
    }

    /// Its currency.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        Currency::parse(&self.currency).ok()
    }

    /// The steps as numbers; those that cannot be read change nothing.
    #[must_use]
    pub fn factors(&self) -> Vec<QuotaFactor> {
        let factor = |(name, share, note): &(String, String, String)| QuotaFactor {
            name: name.clone(),
            factor: parse_share(share).unwrap_or(1_000),
            note: note.clone(),
        };
        self.steps.iter().map(factor).collect()
    }

    /// The amount typed, where it is one.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        parse_amount(&self.amount, self.currency()?).ok()?
    }

    /// The command that saves it.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn submit(&self) -> Result<PlanCommand, Vec<FieldError>> {
        let mut check = Check::default();
        let from = check.take(field::FROM, parse_date(&self.from));
        check.require(field::FROM, from.is_some(), "Choose the period.");
        for (name, share, _) in &self.steps {
            if let Err(why) = parse_share(share) {
                check.require("factors", false, &format!("{name}: {why}"));
            }
        }
        let currency = Currency::parse(&self.currency);
        let amount = match &currency {
            Ok(currency) => check.take("amount", parse_amount(&self.amount, *currency)),
            Err(bad) => check.take("amount", Err(format!("{bad}."))),
        };
        check.require(
            "amount",
            amount.is_some_and(|a| a.minor > 0),
            "Say how much is to be sold.",
        );
        let (Some(from), true) = (from, check.errors.is_empty()) else {
            return Err(check.errors);
        };
        let holder = self.holder();
        let base = self
            .base
            .zip(currency.ok())
            .map(|(minor, currency)| Money::new(minor, currency));
        Ok(PlanCommand::Quota {
            id: self.id,
            draft: Box::new(QuotaDraft {
                person: holder.person,
                team: holder.team,
                territory: holder.territory,
                pipeline: holder.pipeline,
                from,
                span: self.span(),
                amount,
                base,
                factors: self.factors(),
                note: self.note.clone(),
            }),
        })
    }
}

/// Something from outside, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorForm {
    /// What it changes; none for a new one.
    pub id: Option<ExternalFactorId>,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// Percent of sales without it.
    pub effect: String,
    /// Where, by id; empty for everywhere.
    pub territory: String,
    /// Why one thinks so.
    pub note: String,
}

impl FactorForm {
    /// An empty form.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            id: None,
            name: String::new(),
            from: String::new(),
            to: String::new(),
            effect: String::new(),
            territory: String::new(),
            note: String::new(),
        }
    }

    /// The form of one that is there.
    #[must_use]
    pub fn of(factor: &ExternalFactor) -> Self {
        Self {
            id: Some(factor.id),
            name: factor.name.clone(),
            from: print_date(factor.from),
            to: print_date(factor.to),
            effect: print_share(factor.effect),
            territory: factor
                .territory
                .map(|id| id.to_string())
                .unwrap_or_default(),
            note: factor.note.clone(),
        }
    }

    /// The command that saves it.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn submit(&self) -> Result<PlanCommand, Vec<FieldError>> {
        let mut check = Check::default();
        check.require(field::NAME, !self.name.trim().is_empty(), "Give it a name.");
        let from = check.take(field::FROM, parse_date(&self.from));
        let to = check.take(field::TO, parse_date(&self.to));
        let ends = from.zip(to).is_none_or(|(from, to)| from <= to);
        check.require(field::TO, ends, "It cannot end before it begins.");
        let effect = check.take("effect", parse_share(&self.effect).map(Some));
        let (Some(effect), true) = (effect, check.errors.is_empty()) else {
            return Err(check.errors);
        };
        Ok(PlanCommand::Factor {
            id: self.id,
            draft: Box::new(FactorDraft {
                name: self.name.clone(),
                from,
                to,
                effect,
                territory: self.territory.parse().ok(),
                note: self.note.clone(),
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_they_are_printed() {
        for n in [0, 5, 900, 1_000, 1_125, 10_000] {
            assert_eq!(parse_share(&print_share(n)), Ok(n));
        }
        assert_eq!(parse_share(" 112,5 % "), Ok(1_125));
        for wrong in ["", "abc", "-5", "1.25", "1001", "1.", ".5"] {
            assert!(parse_share(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn periods_follow_each_other_and_hold_today() {
        let today = "2026-11-23".parse().unwrap();
        for span in Span::ALL {
            let all = periods(*span, today, 4);
            assert!(
                all.windows(2)
                    .all(|w| w[0].to().succ_opt() == Some(w[1].from()))
            );
            assert!(all.iter().any(|p| p.from() <= today && today <= p.to()));
        }
    }

    #[test]
    fn a_form_says_all_that_is_wrong_and_whose_it_is() {
        let today = "2026-11-23".parse().unwrap();
        let mut form = QuotaForm::blank(Currency::EUR, today, 1);
        form.steps
            .push(("Season".into(), "x".into(), String::new()));
        let errors = form.submit().unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|e| e.field.as_ref()).collect();
        assert_eq!(fields, ["factors", "amount"]);
        form.steps[0].1 = "105".into();
        form.amount = "1,000".into();
        form.holder = "team:00000000000001f0".into();
        assert!(form.submit().is_ok());
        assert!(form.holder().team.is_some() && form.holder().person.is_none());
    }
}
