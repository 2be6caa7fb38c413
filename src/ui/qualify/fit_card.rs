//! How well an organisation fits the ideal customer, criterion by criterion.

use crate::app::route::{ProcessPage, Route};
use crate::domain::change::Kind;
use crate::domain::ids::OrgId;
use crate::domain::query::condition::{Scope, Subject, Test, Verdict, sentence};
use crate::domain::query::fit::Fit;
use crate::domain::scoring::IcpPart;
use crate::ui::fmt;
use crate::ui::parts::{Glyph, Icon, Progress, unique_id};
use crate::ui::process::wording::Local;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;

/// A criterion with what became of it, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// What it asks.
    pub text: String,
    /// What the organisation says to it.
    pub why: String,
    /// What it does.
    pub part: IcpPart,
    /// Met, not met, unknown.
    pub verdict: Verdict,
    /// How much it counts.
    pub weight: u8,
}

impl Line {
    /// Good, bad or neither, for colour and icon.
    fn tone(&self) -> (&'static str, Glyph, &'static str) {
        match (self.verdict, self.part) {
            (Verdict::Unknown, _) => ("unknown", Glyph::Help, "Not known"),
            (Verdict::Met, IcpPart::Exclusion) => ("bad", Glyph::Close, "Rules it out"),
            (Verdict::Unmet, IcpPart::Exclusion) => ("good", Glyph::Check, "Does not apply"),
            (Verdict::Met, _) => ("good", Glyph::Check, "Met"),
            (Verdict::Unmet, IcpPart::Must) => ("bad", Glyph::Close, "Not met, and needed"),
            (Verdict::Unmet, IcpPart::Scored) => ("bad", Glyph::Close, "Not met"),
        }
    }
}

/// The fit of an organisation with its reasons in words; none without a profile.
pub(crate) fn read(store: Store, org: OrgId) -> Option<(Fit, Vec<Line>)> {
    let at = store.moment();
    store.with(|s| {
        let world = s.world();
        let organisation = world.state.tables.organisations.get(org)?;
        let subject = Subject::organisation(world, organisation, at.now, at.today);
        let fit = world.rules.profile.fit(&subject)?;
        let line = |reason: &crate::domain::query::fit::FitReason| {
            let criterion = world.state.tables.icp.get(reason.criterion)?;
            let test = Test::read(&world.state, &criterion.condition, Scope::Organisation);
            Some(Line {
                text: match criterion.name.as_str() {
                    "" => sentence(&world.state, &criterion.condition, &Local),
                    name => name.to_owned(),
                },
                why: match test {
                    Ok(test) => test.why(&subject, &Local),
                    Err(bad) => bad.message,
                },
                part: reason.part,
                verdict: reason.verdict,
                weight: reason.weight,
            })
        };
        let lines = fit.reasons.iter().filter_map(line).collect();
        Some((fit, lines))
    })
}

/// The fit in a word.
pub(crate) fn word(fit: &Fit) -> &'static str {
    match fit.percent {
        _ if fit.ruled_out => "Ruled out",
        percent if fit.fits() && percent >= 80 => "Strong fit",
        _ if fit.fits() => "Fits",
        _ if fit.most >= crate::domain::query::fit::FITS => "Not known enough",
        _ => "Weak fit",
    }
}

/// A card with the fit of an organisation and the reason of each criterion. Nothing while
/// there is no profile.
#[component]
pub fn FitCard(
    /// Which organisation.
    #[prop(into)]
    organisation: Signal<Option<OrgId>>,
) -> impl IntoView {
    let store = use_store();
    let found = Memo::new(move |_| {
        let org = organisation.get()?;
        store.track(org);
        store.track_kind(Kind::IcpCriterion);
        store.track_kind(Kind::CustomField);
        read(store, org)
    });
    let id = StoredValue::new(unique_id("fit"));
    move || {
        let (fit, lines) = found.get()?;
        Some(view! {
            <section class="deal-group fit" aria-labelledby=id.get_value()>
                <h2 class="deal-section" id=id.get_value()>"Ideal customer"</h2>
                <FitHead fit=fit.clone()/>
                <ul class="fit__lines">{lines.into_iter().map(line_view).collect_view()}</ul>
                <a class="fit__link" href=Route::Process(ProcessPage::Profile).print()>"Change the profile"</a>
            </section>
        })
    }
}

/// Percentage, word and bar.
#[component]
pub(crate) fn FitHead(
    /// The fit.
    fit: Fit,
) -> impl IntoView {
    let more = (fit.unknown > 0 && fit.most > fit.percent)
        .then(|| format!("up to {} once all is known", fmt::percent(fit.most)));
    view! {
        <p class="fit__head">
            <strong class="fit__percent">{fmt::percent(fit.percent)}</strong>
            <span class="fit__word" data-fit=if fit.fits() { "good" } else if fit.ruled_out { "bad" } else { "unknown" }>{word(&fit)}</span>
            <span class="fit__more">{more}</span>
        </p>
        <Progress label="Fit with the ideal customer" value=Some(f64::from(fit.percent) / 100.0)/>
    }
}

/// One criterion with its verdict and why.
pub(crate) fn line_view(line: Line) -> impl IntoView {
    let (tone, glyph, word) = line.tone();
    let part = match line.part {
        IcpPart::Scored => format!("{}", line.weight),
        IcpPart::Must => String::from("must"),
        IcpPart::Exclusion => String::from("rules out"),
    };
    view! {
        <li class="fit__line" data-tone=tone>
            <span class="fit__mark" title=word><Icon glyph/><span class="visually-hidden">{word} ": "</span></span>
            <span class="fit__text">{line.text}</span>
            <span class="fit__weight">{part}</span>
            <span class="fit__why">{line.why}</span>
        </li>
    }
}
