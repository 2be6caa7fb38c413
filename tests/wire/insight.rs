//! What the data says and what is planned: reviews, dashboards, quotas, experiments.

use super::history::{self as h, day, ms, rank, texts, usd};
use fairlead::domain::campaign::{CampaignField as G, InterviewField as I, RateField as R};
use fairlead::domain::change::Edit;
use fairlead::domain::dashboard::{DashboardField as B, Tile};
use fairlead::domain::deal::DealField as D;
use fairlead::domain::experiment::{Arm, Assignment, ExperimentField as X, ExperimentState};
use fairlead::domain::ids::*;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::quota::{CallField as C, QuotaFactor, QuotaField as Q, Span};
use fairlead::domain::review::{
    CoachingField as N, CoachingKind, FeedbackField as F, FeedbackKind, ReviewField as V,
    ReviewItem,
};

const EXPERIMENT: ExperimentId = ExperimentId(0x3a1);

pub fn reasons() -> Vec<Edit> {
    let campaign = CampaignId(0x301);
    let interview = InterviewId(0x311);
    let mut edits = vec![
        Edit::Campaign(campaign, G::Name("Spring fair".into())),
        Edit::Campaign(campaign, G::Cost(Some(Money::new(120_000, usd())))),
        Edit::Campaign(campaign, G::From(Some(day(2026, 3, 1)))),
        Edit::Deal(h::DEAL, D::Campaign(Some(campaign))),
        Edit::Interview(interview, I::Deal(Some(h::DEAL))),
        Edit::Interview(interview, I::Decided("The “price”".into())),
    ];
    let rate = [
        R::Of(usd()),
        R::In(Currency::EUR),
        R::Worth(912_345),
        R::On(Some(day(2026, 1, 1))),
    ];
    edits.extend(rate.map(|field| Edit::Rate(RateId(0x321), field)));
    edits
}

pub fn reviews() -> Vec<Edit> {
    let item = ReviewItem {
        seen: ms(60),
        why: texts(&["Pushed twice", "No next step"]),
        decision: "Call on Monday".into(),
        tasks: vec![ActivityId(0xa2)],
        place: 2,
        section: "pushed".into(),
    };
    let review = ReviewId(0x331);
    let mut edits = vec![
        Edit::Review(review, V::Name("Weekly".into())),
        Edit::Review(review, V::Closed(Some(ms(61)))),
        Edit::Review(review, V::Item(h::DEAL, Some(Box::new(item)))),
    ];
    let notes = CoachingKind::ALL.iter().map(|kind| N::Kind(*kind));
    edits.extend(notes.map(|field| Edit::Coaching(CoachingId(0x341), field)));
    let feedback = FeedbackKind::ALL.iter().map(|kind| F::Kind(*kind));
    edits.extend(feedback.map(|field| Edit::Feedback(FeedbackId(0x351), field)));
    edits
}

pub fn dashboards() -> Vec<Edit> {
    let tile = Tile {
        rank: rank("V"),
        metric: "win_rate".into(),
        view: "bar".into(),
        by: "owner".into(),
        period: "quarter".into(),
        filters: texts(&["pipeline=0000000000000010"]),
        title: "Wins".into(),
        width: 6,
        height: 2,
    };
    let dashboard = DashboardId(0x361);
    vec![
        Edit::Dashboard(dashboard, B::Name("Mine".into())),
        Edit::Dashboard(dashboard, B::Tile(TileId(0x371), Some(Box::new(tile)))),
    ]
}

pub fn plans() -> Vec<Edit> {
    let quota = QuotaId(0x381);
    let factor = QuotaFactor {
        name: "Market".into(),
        factor: 1_100,
        note: "Grows".into(),
    };
    let mut edits = vec![
        Edit::Quota(quota, Q::Person(Some(h::SELLER))),
        Edit::Quota(quota, Q::From(Some(day(2026, 10, 1)))),
        Edit::Quota(quota, Q::Amount(Some(Money::new(5_000_000, usd())))),
        Edit::Quota(quota, Q::Factors(vec![factor])),
        Edit::Call(CallId(0x391), C::Amount(Some(Money::new(-1, usd())))),
        Edit::Call(CallId(0x391), C::At(ms(62))),
    ];
    let spans = Span::ALL.iter().map(|span| Q::Span(*span));
    edits.extend(spans.map(|field| Edit::Quota(quota, field)));
    edits
}

pub fn experiments() -> Vec<Edit> {
    let arm = |name: &str, tag: &str| Arm {
        name: name.into(),
        text: "As ever".into(),
        tag: tag.into(),
        weight: 1,
    };
    let mut fields = vec![
        X::Name("Call first".into()),
        X::Arms(vec![arm("Mail", "mail"), arm("Call", "")]),
        X::Chosen(Some(1)),
    ];
    fields.extend(Assignment::ALL.iter().map(|it| X::Assignment(*it)));
    fields.extend(ExperimentState::ALL.iter().map(|it| X::State(*it)));
    let mut edits: Vec<Edit> = fields
        .into_iter()
        .map(|field| Edit::Experiment(EXPERIMENT, field))
        .collect();
    edits.push(Edit::Deal(h::DEAL, D::Arm(EXPERIMENT, Some(1))));
    edits
}
