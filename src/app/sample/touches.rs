//! The sample's cadences: one for each part of a sale, and two of them on their way.

use super::follow::Party;
use super::generate::Sample;
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::cadence::{CadenceField, CadenceRun, RunState, StepField};
use crate::domain::change::Edit;
use crate::domain::deal::{DealField, Outcome};
use crate::domain::ids::{CadenceId, StepId, TemplateId};
use crate::domain::query::cadence::{WorkCalendar, activity_id};
use crate::domain::query::idle::DAY;
use crate::domain::rank::Rank;
use chrono::{Days, Duration, NaiveDate};

/// A step: day, kind, what to do, index of its template.
type Touch = (u16, ActivityKind, &'static str, Option<usize>);

const FIRST_TOUCHES: [Touch; 5] = [
    (0, ActivityKind::Email, "Send the first e-mail", Some(0)),
    (
        2,
        ActivityKind::Call,
        "Call and ask whether it arrived",
        None,
    ),
    (
        5,
        ActivityKind::Email,
        "Send the case of a plant like theirs",
        None,
    ),
    (9, ActivityKind::Call, "Call once more", None),
    (
        14,
        ActivityKind::Email,
        "Say good-bye, and that the door stays open",
        None,
    ),
];

const AFTER_PROPOSAL: [Touch; 3] = [
    (
        1,
        ActivityKind::Call,
        "Ask whether the proposal is clear",
        None,
    ),
    (
        4,
        ActivityKind::Email,
        "Answer open questions in writing",
        None,
    ),
    (
        8,
        ActivityKind::Meeting,
        "Go through the proposal together",
        None,
    ),
];

/// What comes after the sale, as in a new workspace but in the words of this trade.
const AFTER_SALE: [Touch; 4] = [
    (
        0,
        ActivityKind::Task,
        "Hand over to the installation team",
        None,
    ),
    (
        10,
        ActivityKind::Call,
        "First check-in: do all sensors report?",
        None,
    ),
    (
        30,
        ActivityKind::Meeting,
        "Go through the first energy report together",
        None,
    ),
    (
        65,
        ActivityKind::Call,
        "Ask about the next site and the renewal",
        None,
    ),
];

/// A cadence on its way.
struct Course<'c> {
    cadence: CadenceId,
    touches: &'c [Touch],
    steps: &'c [StepId],
    started: NaiveDate,
    /// How many of its steps are done.
    done: usize,
    templates: &'c [TemplateId],
}

impl Sample {
    /// All of them. Started by hand: what somebody tries out with the sample should not plan by
    /// itself.
    pub(super) fn cadences(&mut self, templates: &[TemplateId]) {
        let made: [(&str, usize, &[Touch]); 3] = [
            ("First contact", 0, &FIRST_TOUCHES),
            ("After the proposal", 3, &AFTER_PROPOSAL),
            ("Onboarding and check-ins", 6, &AFTER_SALE),
        ];
        let all: Vec<(CadenceId, Vec<StepId>)> = made
            .into_iter()
            .zip(Rank::spread(made.len()))
            .map(|((name, stage, touches), rank)| {
                self.cadence(name, stage, touches, templates, rank)
            })
            .collect();
        let [first, _, after] = all.as_slice() else {
            return;
        };
        self.outreach(first, templates);
        self.onboarding(after, templates);
    }

    fn cadence(
        &mut self,
        name: &str,
        stage: usize,
        touches: &[Touch],
        templates: &[TemplateId],
        rank: Rank,
    ) -> (CadenceId, Vec<StepId>) {
        let id: CadenceId = self.ids.fresh();
        let fields = [
            CadenceField::Name(name.into()),
            CadenceField::Stage(self.stages.get(stage).copied()),
            CadenceField::Auto(false),
            CadenceField::Working(true),
            CadenceField::Rank(rank),
        ];
        self.edits.extend(fields.map(|f| Edit::Cadence(id, f)));
        let mut steps = Vec::new();
        for ((day, kind, subject, template), rank) in
            touches.iter().zip(Rank::spread(touches.len()))
        {
            let step: StepId = self.ids.fresh();
            let fields = [
                StepField::Cadence(id),
                StepField::Day(*day),
                StepField::Kind(*kind),
                StepField::Subject((*subject).into()),
                StepField::Template(template.and_then(|n| templates.get(n).copied())),
                StepField::Rank(rank),
            ];
            self.edits
                .extend(fields.map(|f| Edit::CadenceStep(step, f)));
            steps.push(step);
        }
        (id, steps)
    }

    /// The first cadence on its way: its first two steps done, the third to come.
    fn outreach(&mut self, (cadence, steps): &(CadenceId, Vec<StepId>), templates: &[TemplateId]) {
        let started = weekdays().on_or_after(self.at.today - Days::new(7));
        // One that was there when it began.
        let before = self.hour(started, 0);
        let old = |(id, ..): &Party| self.placed.iter().any(|p| p.0 == *id && p.2 < before);
        let found = self.open_in(0).into_iter().find(old);
        let course = Course {
            cadence: *cadence,
            touches: &FIRST_TOUCHES,
            steps,
            started,
            done: 2,
            templates,
        };
        if let Some(party) = found {
            self.course(party, &course);
        }
    }

    /// The one after the sale, for the deal won last: handed over, check-ins to come.
    fn onboarding(
        &mut self,
        (cadence, steps): &(CadenceId, Vec<StepId>),
        templates: &[TemplateId],
    ) {
        let calendar = weekdays();
        let won = self.deals_in(6, |outcome| matches!(outcome, Outcome::Won(_)));
        let found = won.into_iter().find_map(|party| {
            let since = self.placed.iter().find(|p| p.0 == party.0)?.2;
            let ago = (self.at.now - since).div_euclid(DAY).max(0);
            let started = calendar.on_or_after(self.at.today - Duration::days(ago));
            let due = |touch: &&Touch| calendar.add(started, touch.0) < self.at.today;
            let done = AFTER_SALE.iter().take_while(due).count();
            (1..AFTER_SALE.len())
                .contains(&done)
                .then_some((party, started, done))
        });
        if let Some((party, started, done)) = found {
            let course = Course {
                cadence: *cadence,
                touches: &AFTER_SALE,
                steps,
                started,
                done,
                templates,
            };
            self.course(party, &course);
        }
    }

    /// The activities of a run up to the next one, and where the deal stands in it.
    fn course(&mut self, (deal, owner, contact): Party, course: &Course<'_>) {
        let Course {
            cadence,
            started,
            done,
            ..
        } = *course;
        let calendar = weekdays();
        let steps = course.touches.iter().zip(course.steps);
        for (n, (touch, step)) in steps.take(done + 1).enumerate() {
            let due = calendar.add(started, touch.0);
            let when = self.hour(due, 10);
            let template = touch.3.and_then(|n| course.templates.get(n).copied());
            let id = activity_id(deal, cadence, started, *step, 0);
            let fields = [
                ActivityField::Kind(touch.1),
                ActivityField::Subject(touch.2.into()),
                ActivityField::Deal(Some(deal)),
                ActivityField::Contact(contact),
                ActivityField::Owner(owner),
                ActivityField::Due(Some(due)),
                ActivityField::Done((n < done).then_some(when)),
                ActivityField::Created(self.hour(started, 9)),
                ActivityField::Template(template),
                ActivityField::Cadence(Some(cadence)),
                ActivityField::Step(Some(*step)),
            ];
            self.edits.extend(fields.map(|f| Edit::Activity(id, f)));
        }
        let run = CadenceRun {
            started,
            state: RunState::Running,
            why: None,
            paused: None,
            done: course.steps.iter().take(done).copied().collect(),
        };
        let field = DealField::Cadence(cadence, Some(Box::new(run)));
        self.edits.push(Edit::Deal(deal, field));
    }
}

/// Monday to Friday.
fn weekdays() -> WorkCalendar {
    WorkCalendar::new(0b001_1111, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::sample;
    use crate::app::session::Moment;
    use crate::domain::change::{Change, Intent, IntentKind};
    use crate::domain::deal::Status;
    use crate::domain::money::Currency;
    use crate::domain::stamp::Stamp;
    use crate::domain::state::State;

    #[test]
    fn one_deal_is_being_sold_and_one_looked_after_by_a_cadence() {
        for ahead in 0..14 {
            let at = Moment {
                now: 1_795_428_000_000 + ahead * DAY,
                today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap() + Duration::days(ahead),
            };
            let mut state = State::default();
            state.apply(&Change {
                stamp: Stamp::new(at.now, 0, 1),
                intent: Intent::new(IntentKind::LoadSample, ""),
                author: None,
                edits: sample(7, at, Currency::EUR),
                before: Vec::new(),
                undoes: None,
            });
            let mut running = Vec::new();
            for deal in state.tables.deals.iter() {
                for (cadence, _) in deal.cadences.iter() {
                    let next = state
                        .tables
                        .activities
                        .iter()
                        .find(|a| a.deal == Some(deal.id) && a.step.is_some() && a.done.is_none())
                        .unwrap();
                    assert!(next.due >= Some(at.today) && next.cadence == Some(cadence));
                    running.push(deal.outcome.status());
                }
            }
            running.sort();
            assert_eq!(running, [Status::Open, Status::Won], "{}", at.today);
        }
    }
}
