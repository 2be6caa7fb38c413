//! The sample's reviews: one of last week with what was decided and planned, notes to members,
//! practices to share, and what is said of the process.

use super::generate::Sample;
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::change::Edit;
use crate::domain::deal::{DealField, Outcome};
use crate::domain::ids::{ActivityId, CoachingId, DealId, FeedbackId, PracticeId, ReviewId};
use crate::domain::insight::agenda_review::Section;
use crate::domain::query::idle::DAY;
use crate::domain::review::{
    CoachingField, CoachingKind, FeedbackField, FeedbackKind, PracticeField, ReviewField,
    ReviewItem,
};
use chrono::{Days, NaiveDate};

/// An item of the review: heading, why, what was decided, what was planned and whether it is done.
type Item = (
    Section,
    &'static str,
    &'static str,
    Option<(&'static str, bool)>,
);

const WON: Item = (
    Section::Won,
    "Won: a reference visit convinced them",
    "Half a page on how the visit went, for the others.",
    Some(("Write half a page on the reference visit", true)),
);

const OPEN: [Item; 5] = [
    (
        Section::Pushed,
        "Close pushed by four weeks; pushed 2 times in all",
        "Ask for the date of their board meeting before the date moves again.",
        Some(("Ask when their board decides", false)),
    ),
    (
        Section::Stale,
        "Nothing happened for 26 days; this stage allows 21 days",
        "One more call this week. If nobody answers, put it on hold.",
        Some(("Last call before it goes on hold", false)),
    ),
    (
        Section::NoStep,
        "No next step is planned",
        "A site walk with the plant manager.",
        Some(("Agree on a day for the site walk", true)),
    ),
    (
        Section::Single,
        "Only one contact is named",
        "Find out who in finance has to sign.",
        None,
    ),
    (
        Section::Large,
        "Number 2 by value of 61 open deals",
        "",
        None,
    ),
];

/// A note: index of the member, days ago, kind, text, days until it is looked at again.
type Note = (usize, u64, CoachingKind, &'static str, Option<u64>);

const NOTES: [Note; 4] = [
    (
        3,
        9,
        CoachingKind::Coaching,
        "Your first calls are good; the second one comes too late. Plan it before you hang up.",
        Some(5),
    ),
    (
        3,
        9,
        CoachingKind::Agreement,
        "Two site walks in November, with somebody from finance in the room.",
        Some(12),
    ),
    (
        2,
        7,
        CoachingKind::Celebration,
        "Won against a competitor who was cheaper. The numbers from the pilot did it.",
        None,
    ),
    (
        5,
        16,
        CoachingKind::Praise,
        "Every deal of yours has a next step, for three weeks now.",
        None,
    ),
];

/// A practice: index of the stage, of the member, title, text.
const PRACTICES: [(usize, usize, &str, &str); 2] = [
    (
        2,
        2,
        "Walk the hall before you write a number",
        "An hour on site, from the main cabinet to the compressors. One knows that it worked when they name the machine themselves.",
    ),
    (
        3,
        4,
        "Say the price on the telephone first",
        "The proposal then confirms what both know. Fewer are asked for twice.",
    ),
];

/// Feedback: index of the stage, of the member, days ago, kind, text, answer.
const FEEDBACK: [(usize, usize, u64, FeedbackKind, &str, &str); 3] = [
    (
        3,
        1,
        6,
        FeedbackKind::Problem,
        "Nobody knows who checks the numbers of a proposal before it goes out.",
        "",
    ),
    (
        1,
        5,
        13,
        FeedbackKind::Idea,
        "Ask for last year's energy bill in the first call; it saves one meeting.",
        "It is a question of the playbook now.",
    ),
    (
        4,
        2,
        3,
        FeedbackKind::Praise,
        "The list of what has to be clear before negotiating helps.",
        "",
    ),
];

impl Sample {
    /// The review, notes, practices and feedback.
    pub(super) fn reviews(&mut self) {
        let held = self.days_ago(7);
        self.review(held);
        let lead = self.people.first().copied();
        for (person, ago, kind, text, again) in NOTES {
            let id: CoachingId = self.ids.fresh();
            let again = again.and_then(|days| self.at.today.checked_add_days(Days::new(days)));
            let fields = [
                CoachingField::Person(self.people.get(person).copied()),
                CoachingField::By(lead),
                CoachingField::On(Some(self.days_ago(ago))),
                CoachingField::Kind(kind),
                CoachingField::Text(text.into()),
                CoachingField::FollowUp(again),
            ];
            self.edits.extend(fields.map(|f| Edit::Coaching(id, f)));
        }
        for (stage, person, title, text) in PRACTICES {
            let id: PracticeId = self.ids.fresh();
            let fields = [
                PracticeField::Title(title.into()),
                PracticeField::Text(text.into()),
                PracticeField::By(self.people.get(person).copied()),
                PracticeField::On(Some(self.days_ago(20))),
                PracticeField::Stage(self.stages.get(stage).copied()),
            ];
            self.edits.extend(fields.map(|f| Edit::Practice(id, f)));
        }
        for (stage, person, ago, kind, text, answer) in FEEDBACK {
            let id: FeedbackId = self.ids.fresh();
            let mut fields = vec![
                FeedbackField::Stage(self.stages.get(stage).copied()),
                FeedbackField::By(self.people.get(person).copied()),
                FeedbackField::On(Some(self.days_ago(ago))),
                FeedbackField::Kind(kind),
                FeedbackField::Text(text.into()),
            ];
            if !answer.is_empty() {
                fields.push(FeedbackField::Answer(answer.into()));
            }
            let fields = fields.into_iter().map(|f| Edit::Feedback(id, f));
            self.edits.extend(fields);
        }
    }

    fn days_ago(&self, ago: u64) -> NaiveDate {
        let today = self.at.today;
        today.checked_sub_days(Days::new(ago)).unwrap_or(today)
    }

    /// Deals that are open, and the one won last before a day.
    fn to_review(&self, held: NaiveDate) -> (Option<DealId>, Vec<DealId>) {
        let mut closed = Vec::new();
        let mut won: Option<(NaiveDate, DealId)> = None;
        for edit in &self.edits {
            let Edit::Deal(id, DealField::Outcome(outcome)) = edit else {
                continue;
            };
            match outcome {
                Outcome::Open => continue,
                Outcome::Won(closure) if closure.on < held => {
                    won = won.max(Some((closure.on, *id)));
                }
                _ => {}
            }
            closed.push(*id);
        }
        let open = self.placed.iter().map(|(id, ..)| *id);
        let open = open.filter(|id| !closed.contains(id)).collect();
        (won.map(|(_, id)| id), open)
    }

    fn review(&mut self, held: NaiveDate) {
        let id: ReviewId = self.ids.fresh();
        let lead = self.people.first().copied();
        let begun = self.at.now - 7 * DAY;
        let since = held.checked_sub_days(Days::new(7));
        let fields = [
            ReviewField::Name("Weekly review of the team".into()),
            ReviewField::On(Some(held)),
            ReviewField::Since(since),
            ReviewField::Lead(lead),
            ReviewField::Begun(begun),
            ReviewField::Closed(Some(begun + DAY / 24)),
            ReviewField::Wins("A win against a cheaper competitor, and three pilots that ended early because they had shown enough.".into()),
            ReviewField::Notes("Dates move because nobody asks when their board meets. From now on it is asked in the second call.".into()),
        ];
        self.edits.extend(fields.map(|f| Edit::Review(id, f)));
        let (won, open) = self.to_review(held);
        // Deals spread over the list, so that they are of several people.
        let step = (open.len() / OPEN.len()).max(1);
        let some = open.into_iter().step_by(step).zip(OPEN);
        let all = won.map(|deal| (deal, WON)).into_iter().chain(some);
        for (place, (deal, (section, why, decision, task))) in (0_u32..).zip(all) {
            let tasks: Vec<ActivityId> = task
                .map(|(subject, done)| self.planned_task(deal, subject, done, begun))
                .into_iter()
                .collect();
            let item = ReviewItem {
                seen: begun,
                why: vec![why.into()],
                decision: decision.into(),
                tasks,
                place,
                section: section.code().into(),
            };
            let field = ReviewField::Item(deal, Some(Box::new(item)));
            self.edits.push(Edit::Review(id, field));
        }
    }

    fn planned_task(&mut self, deal: DealId, subject: &str, done: bool, at: i64) -> ActivityId {
        let id: ActivityId = self.ids.fresh();
        let owner = self.edits.iter().rev().find_map(|edit| match edit {
            Edit::Deal(of, DealField::Owner(owner)) if *of == deal => Some(*owner),
            _ => None,
        });
        let due = self.at.today.checked_add_days(Days::new(3));
        let mut fields = vec![
            ActivityField::Kind(ActivityKind::Task),
            ActivityField::Subject(subject.into()),
            ActivityField::Deal(Some(deal)),
            ActivityField::Due(due),
            ActivityField::Created(at),
            ActivityField::Owner(owner.flatten()),
        ];
        if done {
            fields.push(ActivityField::Done(Some(at + 2 * DAY)));
        }
        let fields = fields.into_iter().map(|f| Edit::Activity(id, f));
        self.edits.extend(fields);
        id
    }
}
