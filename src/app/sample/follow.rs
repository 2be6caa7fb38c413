//! The sample's way of following up: templates, the playbook of each stage, and a day with
//! something to do. Its cadences are in `touches`.

use super::generate::Sample;
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::cadence::{TemplateField, TemplateKind};
use crate::domain::change::Edit;
use crate::domain::deal::{DealContact, DealField, Outcome};
use crate::domain::ids::{ActivityId, ContactId, DealId, PersonId, StageId, TemplateId};
use crate::domain::order::Order;
use crate::domain::persona::{Link, Objection};
use crate::domain::query::cadence::WorkCalendar;
use crate::domain::rank::Rank;
use crate::domain::stage::StageField;
use crate::domain::workspace::{WORKSPACE, WorkspaceField};
use chrono::{Datelike, NaiveDate};

/// A template: kind, name, subject, text, index of its stage.
type Text = (
    TemplateKind,
    &'static str,
    &'static str,
    &'static str,
    usize,
);

const TEMPLATES: [Text; 3] = [
    (
        TemplateKind::Email,
        "First contact",
        "Energy use at {{organisation.name}}",
        "Dear {{contact.first_name}},\n\nplants like yours mostly find a tenth of their energy in machines that run while nobody needs them. We measure that in two weeks, with sensors that stick to the cabinet.\n\nWould a short call next week suit you?\n\nKind regards\n{{owner.name}}",
        0,
    ),
    (
        TemplateKind::Call,
        "Qualification call",
        "",
        "Hello {{contact.first_name}}, this is {{owner.name}} of Tideway Energy. Is this a good moment?\n\n1. What made you look at your energy use now?\n2. Who else at {{organisation.name}} has a say in this?\n3. Is there a budget for {{deal.title}}, and until when?\n\nThen: agree on the next step, with a date.",
        1,
    ),
    (
        TemplateKind::Meeting,
        "Site walk",
        "Site walk at {{organisation.name}}",
        "Dear {{contact.first_name}},\n\nwe will walk through the hall together, from the main cabinet to the compressors. Please bring somebody who knows the machines.\n\nKind regards\n{{owner.name}}",
        2,
    ),
];

/// A playbook: text, questions, objection with answer, notes on products.
struct Book {
    text: &'static str,
    questions: &'static [&'static str],
    objection: (&'static str, &'static str),
    products: &'static str,
}

const BOOKS: [Book; 7] = [
    Book {
        text: "Find out who pays the energy bill and who runs the machines: mostly two people. Write to the first, call the second.",
        questions: &[
            "Who looks after energy on your side?",
            "Which machines run at night?",
        ],
        objection: (
            "We have no time for this now.",
            "Measuring takes an hour of your electrician; the report comes by itself.",
        ),
        products: "Begin with the Tide sensor kit: small, and it can be sent back.",
    },
    Book {
        text: "Need, budget, who decides, until when. No proposal before all four are known.",
        questions: &[
            "What happens if nothing changes this year?",
            "How are decisions of this size made at your place?",
            "Is there a budget, and whose is it?",
        ],
        objection: (
            "Just send us a price.",
            "Gladly, with two sizes. For the right one I need to know how many machines matter.",
        ),
        products: "An energy audit pays off from about 200,000 kWh a year.",
    },
    Book {
        text: "Walk the site. Write down together what has to change and what that is worth, in their words and numbers.",
        questions: &[
            "Which of this hurts most?",
            "How would you notice that it worked?",
        ],
        objection: (
            "Our meters show that already.",
            "They show the sum. The question is which machine, and when.",
        ),
        products: "Tide gateway: one for each hall, none through steel doors.",
    },
    Book {
        text: "An offer is never sent alone: agree on a meeting to go through it before you write it.",
        questions: &[
            "Who will read it besides you?",
            "What would have to be in it for you to sign?",
        ],
        objection: (
            "It is too expensive.",
            "Compared with what? The payback on page two is from your own numbers.",
        ),
        products: "Beacon licences are by the year; a group saves from six sites on.",
    },
    Book {
        text: "Give something only for something: a longer term, a reference, an earlier date.",
        questions: &[
            "What else stands in the way?",
            "If we find a way there, can we sign this month?",
        ],
        objection: (
            "Purchasing wants ten percent.",
            "With three years instead of one, priority support is included.",
        ),
        products: "Priority support is the cheapest thing to give away.",
    },
    Book {
        text: "Everything is agreed; now nothing must go stale. Name each paper that is missing, who signs it and when.",
        questions: &["Who signs, and is that person there this week?"],
        objection: (
            "Legal still has it.",
            "May I call them? Most of it are the data terms, and those are short.",
        ),
        products: "Book the installation days before the order is in: the team is planned four weeks ahead.",
    },
    Book {
        text: "Hand over within two days. First check-in after two weeks, the first report together after six.",
        questions: &[
            "What did your people say about it?",
            "Where would you put the next sensors?",
        ],
        objection: (
            "Nobody looks at the dashboard.",
            "Then we send the three numbers that matter by e-mail, each Monday.",
        ),
        products: "Talk of renewal three months before the licence ends.",
    },
];

/// A deal with its owner and its first contact.
pub(super) type Party = (DealId, Option<PersonId>, Option<ContactId>);

impl Sample {
    /// All of it. Comes last: it looks at the deals there are.
    pub(super) fn follow(&mut self) {
        let year = self.at.today.year();
        let holidays = [(12, 25, year), (12, 26, year), (1, 1, year + 1)]
            .into_iter()
            .filter_map(|(m, d, y)| NaiveDate::from_ymd_opt(y, m, d));
        self.edits.push(Edit::Workspace(
            WORKSPACE,
            WorkspaceField::Holidays(holidays.collect()),
        ));
        let templates = self.templates();
        self.playbooks();
        self.cadences(&templates);
        self.day();
    }

    fn templates(&mut self) -> Vec<TemplateId> {
        let mut all = Vec::new();
        let ranks = Rank::spread(TEMPLATES.len());
        for ((kind, name, subject, body, stage), rank) in TEMPLATES.into_iter().zip(ranks) {
            let id: TemplateId = self.ids.fresh();
            let minutes = (kind == TemplateKind::Meeting).then_some(90);
            let fields = [
                TemplateField::Name(name.into()),
                TemplateField::Kind(kind),
                TemplateField::Subject(subject.into()),
                TemplateField::Body(body.into()),
                TemplateField::Stage(self.stages.get(stage).copied()),
                TemplateField::Minutes(minutes),
                TemplateField::Rank(rank),
            ];
            self.edits.extend(fields.map(|f| Edit::Template(id, f)));
            all.push(id);
        }
        all
    }

    fn playbooks(&mut self) {
        let stages: Vec<StageId> = self.stages.clone();
        for (book, stage) in BOOKS.iter().zip(stages) {
            let fields = [
                StageField::Playbook(book.text.into()),
                StageField::Questions(book.questions.iter().map(|q| (*q).into()).collect()),
                StageField::Objections(vec![Objection {
                    objection: book.objection.0.into(),
                    answer: book.objection.1.into(),
                }]),
                StageField::ProductNotes(book.products.into()),
            ];
            self.edits.extend(fields.map(|f| Edit::Stage(stage, f)));
        }
        // One stage shows that a playbook can lead further.
        if let Some(stage) = self.stages.get(1) {
            let link = Link {
                title: "What to ask before an offer".into(),
                url: "https://tideway.example/guide/questions".into(),
            };
            self.edits
                .push(Edit::Stage(*stage, StageField::Links(vec![link])));
        }
    }

    /// The open deals of a stage, the latest first, with owner and first contact.
    pub(super) fn open_in(&self, stage: usize) -> Vec<Party> {
        self.deals_in(stage, |outcome| *outcome == Outcome::Open)
    }

    /// The deals of a stage that ended so, the latest first, with owner and first contact.
    pub(super) fn deals_in(&self, stage: usize, ended: impl Fn(&Outcome) -> bool) -> Vec<Party> {
        let Some(stage) = self.stages.get(stage) else {
            return Vec::new();
        };
        let mut all: Vec<_> = self.placed.iter().filter(|p| p.1 == *stage).collect();
        all.order_by_key(|p| (std::cmp::Reverse(p.2), p.0));
        let fields = |id: DealId| {
            self.edits.iter().filter_map(move |e| match e {
                Edit::Deal(d, field) if *d == id => Some(field),
                _ => None,
            })
        };
        all.into_iter()
            .map(|p| p.0)
            .filter(|id| fields(*id).any(|f| matches!(f, DealField::Outcome(o) if ended(o))))
            .map(|id| {
                let owner = fields(id).find_map(|f| match f {
                    DealField::Owner(owner) => *owner,
                    _ => None,
                });
                let contact = fields(id).find_map(|f| match f {
                    DealField::Contacts(all) => all.first().map(|c: &DealContact| c.contact),
                    _ => None,
                });
                (id, owner, contact)
            })
            .collect()
    }

    /// Meetings and calls with a time around today, so that day and calendar show some.
    fn day(&mut self) {
        const PLANS: [(i64, u16, u16, ActivityKind, &str, usize); 6] = [
            (
                0,
                9 * 60 + 30,
                30,
                ActivityKind::Call,
                "Agree on the date of the site walk",
                1,
            ),
            (
                0,
                14 * 60,
                60,
                ActivityKind::Meeting,
                "Go through the proposal",
                3,
            ),
            (0, 14 * 60 + 30, 30, ActivityKind::Call, "Ask who signs", 5),
            (1, 10 * 60, 90, ActivityKind::Meeting, "Site walk", 2),
            (2, 11 * 60, 45, ActivityKind::Meeting, "Meet purchasing", 4),
            (
                4,
                15 * 60,
                30,
                ActivityKind::Call,
                "Check the numbers of the payback",
                3,
            ),
        ];
        let calendar = WorkCalendar::new(0b001_1111, &[]);
        for (n, (ahead, minute, long, kind, subject, stage)) in PLANS.into_iter().enumerate() {
            let deals = self.open_in(stage);
            let Some((deal, owner, contact)) = deals.get(n % deals.len().max(1)).copied() else {
                continue;
            };
            let day = self.at.today + chrono::Duration::days(ahead);
            // Today stays today, whatever weekday it is.
            let day = if ahead == 0 {
                day
            } else {
                calendar.on_or_after(day)
            };
            let id: ActivityId = self.ids.fresh();
            let meeting = kind == ActivityKind::Meeting;
            let fields = [
                ActivityField::Kind(kind),
                ActivityField::Subject(subject.into()),
                ActivityField::Deal(Some(deal)),
                ActivityField::Contact(contact),
                ActivityField::Owner(owner),
                ActivityField::Due(Some(day)),
                ActivityField::DueMinute(Some(minute)),
                ActivityField::Duration(Some(long)),
                ActivityField::Remind(meeting.then_some(15)),
                ActivityField::Created(self.at.now - crate::domain::query::idle::DAY),
            ];
            self.edits.extend(fields.map(|f| Edit::Activity(id, f)));
        }
    }
}
