//! Agendas over small worlds.

use super::*;
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::change::{Change, Edit, Intent, IntentKind};
use crate::domain::deal::{Closure, DealContact, DealField, Placement};
use crate::domain::gate::Override;
use crate::domain::ids::{
    ActivityId, ContactId, FrameworkId, OverrideId, PersonId, PipelineId, QuestionId, ReviewId,
    TeamId,
};
use crate::domain::money::Money;
use crate::domain::party::PersonField;
use crate::domain::qualify::QuestionField;
use crate::domain::rank::Rank;
use crate::domain::review::{ReviewField, ReviewItem};
use crate::domain::stage::{PipelineField, StageField};
use crate::domain::stamp::Stamp;

const TODAY: u32 = 20;

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, d).unwrap()
}

/// Noon of a day of March 2026.
fn noon(d: u32) -> Millis {
    day(d)
        .and_hms_opt(12, 0, 0)
        .unwrap()
        .and_utc()
        .timestamp_millis()
}

struct Desk {
    world: World,
    log: Vec<Change>,
    at: i64,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self {
            world: World::default(),
            log: Vec::new(),
            at: 0,
        };
        let pipeline = PipelineId(1);
        let mut edits = vec![Edit::Pipeline(
            pipeline,
            PipelineField::Name("Sales".into()),
        )];
        let ranks = Rank::spread(3);
        for (n, rank) in ranks.into_iter().enumerate() {
            let id = StageId(n as u64 + 1);
            let fields = [
                StageField::Pipeline(pipeline),
                StageField::Name(format!("Stage {}", n + 1)),
                StageField::Rank(rank),
                StageField::Probability(20 * (n as u8 + 1)),
                StageField::RotDays(Some(10)),
            ];
            edits.extend(fields.map(|f| Edit::Stage(id, f)));
        }
        desk.apply(edits);
        desk
    }

    fn apply(&mut self, edits: Vec<Edit>) {
        self.at += 1;
        self.world.apply(&Change {
            stamp: Stamp::new(self.at, 0, 1),
            intent: Intent::new(IntentKind::Import, ""),
            author: None,
            edits,
            before: Vec::new(),
            undoes: None,
        });
    }

    /// An old deal in the second stage that nothing is to be said about.
    fn quiet(&mut self, id: u64, value: i64) -> DealId {
        let deal = DealId(id);
        let contacts = [1, 2].map(|n| DealContact {
            contact: ContactId(n),
            role: crate::domain::deal::BuyingRole::Unknown,
        });
        let mut edits: Vec<Edit> = [
            DealField::Title(format!("Deal {id}")),
            DealField::Placement(Placement {
                stage: StageId(2),
                since: noon(1),
            }),
            DealField::Created(noon(1)),
            DealField::Value(Some(Money::new(value, Currency::EUR))),
            DealField::Owner(Some(PersonId(id))),
            DealField::Contacts(contacts.into()),
        ]
        .map(|f| Edit::Deal(deal, f))
        .into();
        let step = ActivityId(id);
        edits.extend(
            [
                ActivityField::Kind(ActivityKind::Call),
                ActivityField::Deal(Some(deal)),
                ActivityField::Due(Some(day(TODAY + 1))),
            ]
            .map(|f| Edit::Activity(step, f)),
        );
        self.apply(edits);
        deal
    }

    fn set(&mut self, deal: DealId, field: DealField) {
        self.apply(vec![Edit::Deal(deal, field)]);
    }

    fn agenda(&self, whose: Whose) -> ReviewAgenda {
        let ask = Ask {
            whose,
            since: day(13),
            from: noon(13) - DAY / 2,
            now: noon(TODAY),
            today: day(TODAY),
            trails: &Trails::read(&self.log),
        };
        agenda(&self.world, &ask)
    }

    fn flags(&self, deal: DealId) -> Vec<Flag> {
        let all = self.agenda(Whose::default()).points;
        let point = all.into_iter().find(|p| p.deal == deal);
        point.map(|p| p.flags).unwrap_or_default()
    }
}

fn at(stage: u64, d: u32) -> DealField {
    DealField::Placement(Placement {
        stage: StageId(stage),
        since: noon(d),
    })
}

#[test]
fn nothing_is_said_of_nothing_and_of_deals_in_order() {
    assert_eq!(
        Desk::new().agenda(Whose::default()),
        ReviewAgenda::default()
    );
    let mut desk = Desk::new();
    desk.quiet(1, 500);
    assert_eq!(desk.agenda(Whose::default()), ReviewAgenda::default());
}

#[test]
fn wins_come_first_then_by_heading_and_weighted_value() {
    let mut desk = Desk::new();
    let ids: Vec<DealId> = (1..=5).map(|n| desk.quiet(n, n as i64 * 100)).collect();
    let mut won = Closure::on(day(15));
    won.reason = "Price".into();
    desk.set(ids[0], DealField::Outcome(Outcome::Won(Box::new(won))));
    let lost = Closure::on(day(14));
    desk.set(ids[1], DealField::Outcome(Outcome::Lost(Box::new(lost))));
    let long_ago = Closure::on(day(2));
    desk.set(ids[2], DealField::Outcome(Outcome::Won(Box::new(long_ago))));
    for id in &ids[3..] {
        desk.set(*id, DealField::Close(Some(day(18))));
    }
    let agenda = desk.agenda(Whose::default());
    let order: Vec<u64> = agenda.points.iter().map(|p| p.deal.0).collect();
    assert_eq!(order, [1, 2, 5, 4]);
    assert_eq!(
        agenda.counts(),
        [(Section::Won, 1), (Section::Lost, 1), (Section::Overdue, 2)]
    );
    assert_eq!(desk.flags(ids[0]), [Flag::Won(day(15), "Price".into())]);
}

#[test]
fn what_is_entered_late_is_told_and_what_comes_from_a_file_is_not() {
    let mut desk = Desk::new();
    let ids: Vec<DealId> = (1..=5).map(|n| desk.quiet(n, 100)).collect();
    let write = |desk: &mut Desk, at: Millis, deal: DealId, field: DealField| {
        let change = Change {
            stamp: Stamp::new(at, 0, 1),
            intent: Intent::new(IntentKind::EditDeal, ""),
            author: None,
            edits: vec![Edit::Deal(deal, field)],
            before: Vec::new(),
            undoes: None,
        };
        desk.world.apply(&change);
        desk.log.push(change);
    };
    let closed = |status, on, why: &str| {
        let mut closure = Closure::on(day(on));
        closure.reason = why.into();
        DealField::Outcome(Outcome::new(status, closure))
    };
    for id in &ids[..4] {
        write(&mut desk, noon(1), *id, DealField::Title("Known".into()));
    }
    for (n, status) in [Status::Won, Status::Lost, Status::OnHold]
        .into_iter()
        .enumerate()
    {
        write(&mut desk, noon(14), ids[n], closed(status, 11, "Late"));
    }
    // Known as won before; only the reason was put right since.
    write(&mut desk, noon(5), ids[3], closed(Status::Won, 5, ""));
    write(&mut desk, noon(14), ids[3], closed(Status::Won, 5, "Price"));
    // It came in since, won long ago.
    write(&mut desk, noon(15), ids[4], closed(Status::Won, 3, ""));
    let late = || String::from("Late");
    assert_eq!(desk.flags(ids[0]), [Flag::Won(day(11), late())]);
    assert_eq!(
        desk.flags(ids[1]),
        [Flag::Lost(day(11), late(), String::new())]
    );
    assert_eq!(desk.flags(ids[2]), [Flag::Held(day(11), late())]);
    assert_eq!(desk.flags(ids[3]), []);
    assert_eq!(desk.flags(ids[4]), []);
    // Told once, they are told no more, unless as something else.
    let told = |section: Section| {
        Box::new(ReviewItem {
            seen: noon(13),
            why: Vec::new(),
            decision: String::new(),
            tasks: Vec::new(),
            place: 0,
            section: section.code().into(),
        })
    };
    let review = ReviewId(1);
    desk.apply(vec![
        Edit::Review(review, ReviewField::On(Some(day(13)))),
        Edit::Review(review, ReviewField::Closed(Some(noon(13)))),
        Edit::Review(review, ReviewField::Item(ids[0], Some(told(Section::Won)))),
        Edit::Review(review, ReviewField::Item(ids[1], Some(told(Section::Won)))),
    ]);
    assert_eq!(desk.flags(ids[0]), []);
    assert_eq!(desk.flags(ids[1]).len(), 1);
}

#[test]
fn a_deal_is_listed_once_with_all_that_is_to_be_said() {
    let mut desk = Desk::new();
    let deal = desk.quiet(1, 100);
    desk.set(deal, DealField::Created(noon(14)));
    desk.set(deal, DealField::Close(Some(day(3))));
    desk.set(deal, DealField::Contacts(Vec::new()));
    desk.apply(vec![Edit::deleted(ActivityId(1).into(), true)]);
    assert_eq!(
        desk.flags(deal),
        [
            Flag::New(noon(14)),
            Flag::Overdue(day(3)),
            Flag::NoStep,
            Flag::Single(0)
        ]
    );
}

#[test]
fn a_move_back_is_told_until_it_has_gone_on_again() {
    let mut desk = Desk::new();
    let deal = desk.quiet(1, 100);
    desk.set(deal, at(3, 5));
    desk.set(deal, at(1, 15));
    let back = Flag::Back(StageId(3), StageId(1));
    assert_eq!(desk.flags(deal), [back]);
    desk.set(deal, at(3, 16));
    assert_eq!(desk.flags(deal), []);
    // A move back before the time looked at was told then.
    let mut desk = Desk::new();
    let deal = desk.quiet(1, 100);
    desk.set(deal, at(3, 5));
    desk.set(deal, at(2, 9));
    assert_eq!(desk.flags(deal), []);
}

#[test]
fn what_is_quiet_beyond_its_stage_is_stale_unless_something_is_planned() {
    let mut desk = Desk::new();
    let deal = desk.quiet(1, 100);
    let due = |d| Edit::Activity(ActivityId(1), ActivityField::Due(Some(day(d))));
    desk.apply(vec![due(19)]);
    assert_eq!(desk.flags(deal), [Flag::Stale(19, 10)]);
    desk.apply(vec![due(25)]);
    assert_eq!(desk.flags(deal), []);
}

#[test]
fn dates_and_values_moved_are_told_from_the_log() {
    let mut desk = Desk::new();
    let deal = desk.quiet(1, 100);
    let eur = |n| Money::new(n, Currency::EUR);
    let edit = |close, value| {
        vec![
            Edit::Deal(deal, DealField::Close(Some(day(close)))),
            Edit::Deal(deal, DealField::Value(Some(eur(value)))),
        ]
    };
    for (at, close, value) in [(noon(2), 22, 100), (noon(15), 28, 80)] {
        desk.log.push(Change {
            stamp: Stamp::new(at, 0, 1),
            intent: Intent::new(IntentKind::EditDeal, ""),
            author: None,
            edits: edit(close, value),
            before: Vec::new(),
            undoes: None,
        });
    }
    assert_eq!(
        desk.flags(deal),
        [
            Flag::Pushed(day(22), day(28), 1),
            Flag::Value(eur(100), eur(80))
        ]
    );
}

#[test]
fn the_largest_are_told_where_there_are_many_and_each_currency_for_itself() {
    let mut desk = Desk::new();
    for n in 1..=11 {
        desk.quiet(n, n as i64);
    }
    let usd = Currency::parse("USD").unwrap();
    let other = desk.quiet(20, 1);
    desk.set(other, DealField::Value(Some(Money::new(9_999, usd))));
    let agenda = desk.agenda(Whose::default());
    let order: Vec<u64> = agenda.points.iter().map(|p| p.deal.0).collect();
    assert_eq!(order, [11, 10, 9, 8, 7]);
    assert_eq!(agenda.points[0].flags, [Flag::Large(1, 11)]);
}

#[test]
fn moves_past_gates_and_lacking_answers_are_told() {
    let mut desk = Desk::new();
    let deal = desk.quiet(1, 100);
    let past = Override {
        from: StageId(1),
        to: StageId(2),
        reason: "They are in a hurry".into(),
        at: noon(15),
        by: None,
        missing: vec!["Budget".into(), "Who decides".into()],
    };
    desk.set(
        deal,
        DealField::Override(OverrideId(1), Some(Box::new(past))),
    );
    let (framework, question) = (FrameworkId(1), QuestionId(1));
    desk.apply(vec![
        Edit::Framework(
            framework,
            crate::domain::qualify::FrameworkField::Name("BANT".into()),
        ),
        Edit::Question(question, QuestionField::Framework(framework)),
        Edit::Pipeline(PipelineId(1), PipelineField::Framework(Some(framework))),
        Edit::Stage(StageId(2), StageField::Qualified(60)),
    ]);
    assert_eq!(
        desk.flags(deal),
        [
            Flag::Overridden(StageId(2), "They are in a hurry".into(), 2),
            Flag::Gap(0, 60, 1)
        ]
    );
}

#[test]
fn a_scope_holds_its_own_and_too_many_are_left_off() {
    let mut desk = Desk::new();
    for n in 1..=(MOST as u64 + 3) {
        let id = desk.quiet(n, 1);
        desk.set(id, DealField::Close(Some(day(2))));
    }
    let all = desk.agenda(Whose::default());
    assert_eq!((all.points.len(), all.left_off), (MOST, 3));
    let of = |person| Whose {
        person: Some(PersonId(person)),
        ..Whose::default()
    };
    assert_eq!(desk.agenda(of(7)).points.len(), 1);
    assert_eq!(desk.agenda(of(999)).points.len(), 0);
    let team = TeamId(5);
    desk.apply(
        [3, 4]
            .map(|n| Edit::Person(PersonId(n), PersonField::Team(Some(team))))
            .into(),
    );
    let whose = Whose {
        team: Some(team),
        ..Whose::default()
    };
    assert_eq!(desk.agenda(whose).points.len(), 2);
}

#[test]
fn it_looks_back_to_the_last_review_of_the_same_scope_and_tells_no_win_twice() {
    let mut desk = Desk::new();
    let deal = desk.quiet(1, 100);
    let won = Closure::on(day(16));
    desk.set(deal, DealField::Outcome(Outcome::Won(Box::new(won))));
    let whose = Whose::default();
    assert_eq!(since(&desk.world.state, whose, day(TODAY)), day(13));
    let item = ReviewItem {
        seen: 1,
        why: Vec::new(),
        decision: String::new(),
        tasks: Vec::new(),
        place: 0,
        section: Section::Won.code().into(),
    };
    let review = ReviewId(1);
    let fields = [
        ReviewField::On(Some(day(16))),
        ReviewField::Closed(Some(noon(16))),
        ReviewField::Item(deal, Some(Box::new(item))),
    ];
    desk.apply(fields.map(|f| Edit::Review(review, f)).into());
    assert_eq!(since(&desk.world.state, whose, day(TODAY)), day(16));
    assert_eq!(desk.flags(deal), []);
    let own = Whose {
        person: Some(PersonId(1)),
        ..whose
    };
    assert_eq!(since(&desk.world.state, own, day(TODAY)), day(13));
    assert_eq!(desk.agenda(own).points.len(), 1, "told for the first time");
}

#[test]
fn codes_lead_back_to_their_headings() {
    for section in Section::ALL {
        assert_eq!(Section::of(section.code()), Some(*section));
        assert!(!section.label().is_empty());
    }
    assert_eq!(Section::of(""), None);
}
