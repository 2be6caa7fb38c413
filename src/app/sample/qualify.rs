//! How the sample's seller qualifies: criteria of stages, a framework with answers, the ideal
//! customer, scoring rules.

use super::generate::Sample;
use crate::domain::activity::{ActivityField, ActivityKind, ActivityOutcome, Direction};
use crate::domain::change::Edit;
use crate::domain::deal::{DealField, Outcome};
use crate::domain::frameworks::Template;
use crate::domain::gate::{Check, CriterionField, GateMode, GateSide};
use crate::domain::ids::{
    ActivityId, CriterionId, DealId, IcpId, IdSource, PersonId, PipelineId, ScoreRuleId, StageId,
};
use crate::domain::qualify::{Answer, FrameworkField, QuestionField};
use crate::domain::rank::Rank;
use crate::domain::rule::{Condition, Op};
use crate::domain::scoring::{Axis, IcpField, IcpPart, ScoreRuleField, Signal};
use crate::domain::stage::{PipelineField, StageField};
use crate::domain::workspace::{WORKSPACE, WorkspaceField};
use chrono::Days;
use std::collections::HashMap;

/// A criterion: what has to hold, whether it needs evidence, and evidence people give.
type Criterion = (&'static str, bool, &'static [&'static str]);

/// The criteria before leaving each stage.
#[rustfmt::skip]
const EXIT: [&[Criterion]; 6] = [
    &[("They fit the ideal customer", false, &["Checked the profile"]),
      ("A first meeting is agreed", false, &["In both calendars"])],
    &[("A person with a budget knows about it", true, &["Named the cost centre in the first meeting", "Finance was on the call"]),
      ("They have said what happens if they do nothing", false, &["Another year of estimates"])],
    &[("The saving is written down and agreed", true, &["Sheet signed off by their plant manager", "They sent our numbers on to finance"]),
      ("The sites and meters are counted", false, &["Walked through both halls"])],
    &[("The offer was gone through together", false, &["An hour on the phone, line by line"]),
      ("We know who signs", true, &["Two signatures: plant and finance"])],
    &[("Terms are agreed in writing", true, &["Mail of the buyer", "Red-lined contract came back clean"])],
    &[("The order is here", true, &["Order number on file"])],
];

/// Which questions of the framework each stage answers, on average, to which score.
const KNOWN: [u64; 6] = [1, 3, 6, 9, 11, 13];

/// What people write beside an answer, by question.
#[rustfmt::skip]
const EVIDENCE: [&[&str]; 6] = [
    &["18 % less energy per tonne, agreed with their controller", "They want the night load down by a third", "Two stops a year cost them 40,000 each"],
    &["Met the finance director on site", "Named by our contact, not met yet", "Signs up to 50,000 alone"],
    &["Accuracy, then price, then service", "Open interfaces are a must", "They compare three offers on one sheet"],
    &["Board meets on the first Tuesday", "Plant, then energy, then purchasing", "Decision before the budget closes"],
    &["Energy bill doubled in two years", "Auditors asked for readings they do not have", "Cold store ran warm over a weekend"],
    &["Drives the project and answers within the day", "Presented our pilot to their board", "Wants the energy officer's post"],
];

fn condition(what: &str, op: Op, with: &[&str]) -> Condition {
    Condition {
        what: what.to_owned(),
        op,
        with: with.iter().map(|w| (*w).to_owned()).collect(),
    }
}

impl Sample {
    /// All of it. Chooses by chances of its own, so that what is added elsewhere changes nothing here.
    pub(super) fn qualify(&mut self) {
        let mut rng = IdSource::new(41);
        let criteria = self.criteria();
        self.framework();
        self.deals_qualified(&criteria, &mut rng);
        self.ideal_customer();
        self.scoring();
        self.outcomes(&mut rng);
    }

    fn criteria(&mut self) -> Vec<Vec<CriterionId>> {
        let mut all = Vec::new();
        for (stage, list) in self.stages.clone().into_iter().zip(EXIT) {
            self.edits
                .push(Edit::Stage(stage, StageField::Gate(GateMode::Warn)));
            let mut ids = Vec::new();
            for ((text, evidence, _), rank) in list.iter().zip(Rank::spread(list.len())) {
                let id: CriterionId = self.ids.fresh();
                ids.push(id);
                let fields = [
                    CriterionField::Stage(stage),
                    CriterionField::Side(GateSide::Exit),
                    CriterionField::Text((*text).to_owned()),
                    CriterionField::Evidence(*evidence),
                    CriterionField::Rank(rank),
                ];
                self.edits.extend(fields.map(|f| Edit::Criterion(id, f)));
            }
            all.push(ids);
        }
        let stage = |n: usize| self.stages.get(n).copied().unwrap_or(StageId(0));
        let fields = [
            (
                1,
                StageField::Required(vec!["value".into(), "organisation".into()]),
            ),
            (
                2,
                StageField::Required(vec!["value".into(), "close".into()]),
            ),
            (2, StageField::Contacts(2)),
            (3, StageField::Contacts(2)),
            (3, StageField::Qualified(40)),
            (4, StageField::Reask(true)),
        ];
        let edits = fields.map(|(n, field)| Edit::Stage(stage(n), field));
        self.edits.extend(edits);
        // The way into the proposal is guarded too.
        let id: CriterionId = self.ids.fresh();
        let fields = [
            CriterionField::Stage(stage(3)),
            CriterionField::Side(GateSide::Entry),
            CriterionField::Text("They asked for an offer".into()),
            CriterionField::Rank(Rank::between(None, None)),
        ];
        self.edits.extend(fields.map(|f| Edit::Criterion(id, f)));
        if let Some(list) = all.get_mut(2) {
            list.push(id);
        }
        all
    }

    fn framework(&mut self) {
        let template = Template::Meddic;
        let fields = [
            FrameworkField::Name(template.name().to_owned()),
            FrameworkField::Purpose(template.purpose().to_owned()),
            FrameworkField::Rank(Rank::between(None, None)),
        ];
        self.edits
            .extend(fields.map(|f| Edit::Framework(template.id(), f)));
        let asks = template.questions();
        for ((name, text, weight), rank) in asks.iter().zip(Rank::spread(asks.len())) {
            let fields = [
                QuestionField::Framework(template.id()),
                QuestionField::Name((*name).to_owned()),
                QuestionField::Text((*text).to_owned()),
                QuestionField::Weight(*weight),
                QuestionField::Rank(rank),
            ];
            let id = template.question_id(name);
            self.edits.extend(fields.map(|f| Edit::Question(id, f)));
        }
        let pipelines: Vec<PipelineId> = self
            .edits
            .iter()
            .filter_map(|edit| match edit {
                Edit::Pipeline(id, PipelineField::Name(_)) => Some(*id),
                _ => None,
            })
            .take(1)
            .collect();
        let choice = PipelineField::Framework(Some(template.id()));
        self.edits.extend(
            pipelines
                .into_iter()
                .map(|id| Edit::Pipeline(id, choice.clone())),
        );
    }

    /// Open deals with the person who owns them.
    fn open_deals(&self) -> Vec<(DealId, usize, Option<PersonId>)> {
        let mut owners: HashMap<DealId, PersonId> = HashMap::new();
        let mut open: HashMap<DealId, bool> = HashMap::new();
        for edit in &self.edits {
            match edit {
                Edit::Deal(id, DealField::Owner(Some(owner))) => drop(owners.insert(*id, *owner)),
                Edit::Deal(id, DealField::Outcome(outcome)) => {
                    open.insert(*id, *outcome == Outcome::Open);
                }
                _ => {}
            }
        }
        let placed = self.placed.iter().filter(|p| open.get(&p.0) == Some(&true));
        placed
            .filter_map(|(deal, stage, _)| {
                let at = self.stages.iter().position(|s| s == stage)?;
                (at < EXIT.len()).then(|| (*deal, at, owners.get(deal).copied()))
            })
            .collect()
    }

    fn deals_qualified(&mut self, criteria: &[Vec<CriterionId>], rng: &mut IdSource) {
        let template = Template::Meddic;
        let today = self.at.today;
        for (deal, at, by) in self.open_deals() {
            for (stage, ids) in criteria.iter().enumerate().take(at + 1) {
                for (n, id) in ids.iter().enumerate() {
                    // What lies behind is mostly ticked off, what is at hand sometimes.
                    let chance = if stage < at { 94 } else { 38 };
                    if rng.below(100) >= chance {
                        continue;
                    }
                    let said = EXIT[stage].get(n).map_or(&[][..], |c| c.2);
                    let evidence = said.get(rng.below(said.len() as u64) as usize);
                    let check = Check {
                        evidence: evidence.copied().unwrap_or_default().to_owned(),
                        on: today - Days::new(2 + rng.below(20) + 12 * (at - stage) as u64),
                        by,
                    };
                    self.edits.push(Edit::Deal(
                        deal,
                        DealField::Check(*id, Some(Box::new(check))),
                    ));
                }
            }
            let mut left = KNOWN[at] + rng.below(4);
            let first = rng.below(6) as usize;
            for n in 0..6 {
                let q = (first + n * 5) % 6;
                let score = left.min(1 + rng.below(3)) as u8;
                if score == 0 {
                    break;
                }
                left -= u64::from(score);
                let (name, ..) = template.questions()[q];
                let said = EVIDENCE[q];
                let stage = self.stages[at - rng.below((at + 1).min(2) as u64) as usize];
                let answer = Answer {
                    score,
                    evidence: said[rng.below(said.len() as u64) as usize].to_owned(),
                    on: today - Days::new(1 + rng.below(25)),
                    stage,
                    by,
                };
                let field = DealField::Answer(template.question_id(name), Some(Box::new(answer)));
                self.edits.push(Edit::Deal(deal, field));
            }
        }
    }

    fn ideal_customer(&mut self) {
        let plants = [
            "Food and drink",
            "Building materials",
            "Packaging",
            "Glass",
            "Paper",
            "Machinery",
            "Pharmaceuticals",
        ];
        let all = [
            (
                "Makes things, with heat or cold",
                IcpPart::Scored,
                40,
                condition("organisation.industry", Op::Is, &plants),
            ),
            (
                "At least 300 people",
                IcpPart::Scored,
                25,
                condition("organisation.employees", Op::AtLeast, &["300"]),
            ),
            (
                "Not too large for us",
                IcpPart::Scored,
                10,
                condition("organisation.employees", Op::AtMost, &["3000"]),
            ),
            (
                "",
                IcpPart::Scored,
                15,
                condition(
                    "organisation.location",
                    Op::Contains,
                    &[
                        "Germany",
                        "Netherlands",
                        "Austria",
                        "United Kingdom",
                        "Norway",
                        "Sweden",
                        "Poland",
                        "France",
                        "Italy",
                        "Spain",
                        "Portugal",
                    ],
                ),
            ),
            (
                "Has a budget for energy",
                IcpPart::Scored,
                10,
                condition("organisation.budget", Op::Set, &[]),
            ),
            (
                "Too small to be served",
                IcpPart::Exclusion,
                10,
                condition("organisation.employees", Op::AtMost, &["80"]),
            ),
        ];
        for ((name, part, weight, condition), rank) in all.into_iter().zip(Rank::spread(6)) {
            let id: IcpId = self.ids.fresh();
            let fields = [
                IcpField::Name(name.to_owned()),
                IcpField::Condition(Box::new(condition)),
                IcpField::Part(part),
                IcpField::Weight(weight),
                IcpField::Rank(rank),
            ];
            self.edits.extend(fields.map(|f| Edit::IcpCriterion(id, f)));
        }
    }

    fn scoring(&mut self) {
        let signal = |kind, direction, outcome| {
            Some(Signal {
                kind: Some(kind),
                direction,
                outcome,
            })
        };
        let no: Option<Signal> = None;
        let is = |what, op, with: &[&str]| vec![condition(what, op, with)];
        use ActivityKind::{Call, Email, Meeting};
        use Axis::{Engagement, Fit};
        #[rustfmt::skip]
        let all = [
            ("Fits the ideal customer", Fit, is("organisation.fit", Op::AtLeast, &["60"]), no.clone(), 40, None, None),
            ("A decision maker is known", Fit, is("deal.roles", Op::Contains, &["decision_maker", "economic_buyer"]), no.clone(), 20, None, None),
            ("We have a champion", Fit, is("deal.roles", Op::Contains, &["champion"]), no.clone(), 20, None, None),
            ("Came by referral", Fit, is("deal.source", Op::Contains, &["referral", "customer"]), no.clone(), 10, None, None),
            ("Somebody stands against it", Fit, is("deal.roles", Op::Contains, &["blocker"]), no, -15, None, None),
            ("They met us", Engagement, Vec::new(), signal(Meeting, None, Some(ActivityOutcome::Held)), 30, Some(21), Some(60)),
            ("They answered by mail", Engagement, Vec::new(), signal(Email, Some(Direction::In), None), 20, Some(14), Some(40)),
            ("We spoke", Engagement, Vec::new(), signal(Call, None, Some(ActivityOutcome::Reached)), 15, Some(14), Some(45)),
            ("Did not come", Engagement, Vec::new(), signal(Meeting, None, Some(ActivityOutcome::NoShow)), -20, Some(30), None),
            ("Quiet for a month", Engagement, is("deal.idle_days", Op::AtLeast, &["30"]), None, -20, None, None),
        ];
        let ranks = Rank::spread(all.len());
        for ((name, axis, conditions, signal, points, half_life, cap), rank) in
            all.into_iter().zip(ranks)
        {
            let id: ScoreRuleId = self.ids.fresh();
            let fields = [
                ScoreRuleField::Name(name.to_owned()),
                ScoreRuleField::Axis(axis),
                ScoreRuleField::On(true),
                ScoreRuleField::Conditions(conditions),
                ScoreRuleField::Signal(signal),
                ScoreRuleField::Points(points),
                ScoreRuleField::HalfLife(half_life),
                ScoreRuleField::Cap(cap),
                ScoreRuleField::Rank(rank),
            ];
            self.edits.extend(fields.map(|f| Edit::ScoreRule(id, f)));
        }
        for field in [
            WorkspaceField::FitGrades(vec![70, 40, 20]),
            WorkspaceField::EngagementGrades(vec![24, 12, 3]),
        ] {
            self.edits.push(Edit::Workspace(WORKSPACE, field));
        }
    }

    /// How the activities that were done went.
    fn outcomes(&mut self, rng: &mut IdSource) {
        let mut kinds: HashMap<ActivityId, ActivityKind> = HashMap::new();
        let mut done: Vec<ActivityId> = Vec::new();
        for edit in &self.edits {
            match edit {
                Edit::Activity(id, ActivityField::Kind(kind)) => drop(kinds.insert(*id, *kind)),
                Edit::Activity(id, ActivityField::Done(Some(_))) => done.push(*id),
                _ => {}
            }
        }
        for id in done {
            let chance = rng.below(100);
            let (outcome, direction) = match kinds.get(&id) {
                Some(ActivityKind::Meeting) if chance < 8 => (Some(ActivityOutcome::NoShow), None),
                Some(ActivityKind::Meeting) => (Some(ActivityOutcome::Held), None),
                Some(ActivityKind::Call) if chance < 30 => (Some(ActivityOutcome::NoAnswer), None),
                Some(ActivityKind::Call) => (Some(ActivityOutcome::Reached), None),
                Some(ActivityKind::Email) if chance < 45 => (None, Some(Direction::In)),
                _ => (None, None),
            };
            let outcome = outcome.map(|o| ActivityField::Outcome(Some(o)));
            let direction = direction.map(ActivityField::Direction);
            let fields = outcome.into_iter().chain(direction);
            self.edits.extend(fields.map(|f| Edit::Activity(id, f)));
        }
    }
}
