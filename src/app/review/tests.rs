//! A review held in a small workspace, and its minutes.

use super::*;
use crate::app::form::fixture::{NOON, Shop, shop};
use crate::app::history::Format;
use crate::domain::activity::ActivityKind;
use crate::domain::command::review::{ReviewCommand, ReviewDraft, ToReview};
use crate::domain::command::{ActivityDraft, Command, Refusal};
use crate::domain::ids::{DealId, ReviewId};
use crate::domain::insight::agenda_review::{Flag, Section};
use crate::domain::insight::whose::Whose;
use crate::domain::money::{Currency, Money};
use crate::domain::review::{CoachingField, FeedbackField, PracticeField, ReviewField};
use crate::domain::stamp::Millis;
use chrono::NaiveDate;

struct Plain;

impl Format for Plain {
    fn money(&self, money: Money) -> String {
        format!("{} {}", money.currency, money.to_plain())
    }
    fn date(&self, date: NaiveDate) -> String {
        date.to_string()
    }
    fn moment(&self, ms: Millis) -> String {
        ms.to_string()
    }
    fn percent(&self, percent: u8) -> String {
        format!("{percent} %")
    }
    fn count(&self, n: usize) -> String {
        n.to_string()
    }
}

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 2, d).unwrap()
}

fn ask(command: ReviewCommand) -> Command {
    Command::Review(command)
}

/// A review that has begun over the deal with every field, and one that is named last.
fn begun(shop: &mut Shop) -> (ReviewId, DealId) {
    let other = shop
        .session
        .world()
        .state
        .tables
        .deals
        .iter()
        .find(|d| d.title == "Site survey")
        .unwrap()
        .id;
    let to_review = |deal, section: Section, why: &str| ToReview {
        deal,
        section: section.code().into(),
        why: vec![why.into()],
    };
    let deals = vec![
        to_review(other, Section::NoStep, "No next step is planned"),
        to_review(shop.deal, Section::Large, "The largest of 11 open deals"),
    ];
    shop.run(ask(ReviewCommand::Begin(Box::new(ReviewDraft {
        name: "Weekly <review>".into(),
        whose: Whose::default(),
        since: day(1),
        lead: Some(shop.me),
        deals,
    }))));
    let review = shop.session.world().state.tables.reviews.iter().next();
    (review.unwrap().id, other)
}

#[test]
fn a_review_is_held_deal_by_deal_and_its_minutes_say_so() {
    let mut shop = shop();
    let (review, other) = begun(&mut shop);
    let deal = shop.deal;
    shop.run(ask(ReviewCommand::Decide {
        review,
        deal,
        decision: "Ask \"Ada\" & close <b>this</b> week\n".into(),
    }));
    let draft = ActivityDraft {
        subject: "Call Ada".into(),
        due: Some(day(5)),
        ..ActivityDraft::new(ActivityKind::Call)
    };
    shop.run(ask(ReviewCommand::Plan {
        review,
        deal,
        draft: Box::new(draft),
    }));
    shop.run(ask(ReviewCommand::Edit(
        review,
        ReviewField::Wins("A good week".into()),
    )));
    let found = minutes(shop.session.world(), review).unwrap();
    let order: Vec<DealId> = found.topics.iter().map(|t| t.deal).collect();
    assert_eq!(order, [other, deal], "in the order of the agenda");
    assert_eq!(
        (found.seen(), found.decisions(), found.tasks()),
        (1, 1, (1, 1))
    );
    let task = found.topics[1].tasks[0].id;
    shop.run(Command::SetDone {
        activity: task,
        done: true,
    });
    shop.run(ask(ReviewCommand::Close(review)));
    let found = minutes(shop.session.world(), review).unwrap();
    assert_eq!(found.tasks(), (0, 1));
    assert!(found.closed.is_some());
    let told = text(&found, &Plain);
    for line in [
        "2 deals, 1 looked at, 1 decision, 0 of 1 task open",
        "To celebrate\nA good week",
        "NO NEXT STEP\n- Site survey",
        "not looked at",
        "  Decided: Ask \"Ada\" & close <b>this</b> week\n",
        "  [x] Call Ada (Jo Ortega, by 2026-02-05)",
    ] {
        assert!(told.contains(line), "{line} in\n{told}");
    }
}

#[test]
fn a_decision_stands_on_the_deal_for_as_long_as_its_review() {
    use crate::app::history::{Event, timeline};
    let mut shop = shop();
    let (review, other) = begun(&mut shop);
    let deal = shop.deal;
    let told = |shop: &Shop, id| {
        let world = shop.session.world();
        let deal = world.state.tables.deals.get(id).unwrap();
        timeline(world, deal)
            .into_iter()
            .filter(|item| matches!(item.event, Event::Decided(_)))
            .map(|item| (item.at, item.event))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&shop, deal), []);
    for decision in ["Ask Ada", "Ask Ada again"] {
        shop.run(ask(ReviewCommand::Decide {
            review,
            deal,
            decision: decision.into(),
        }));
    }
    let state = &shop.session.world().state;
    let all = decisions(state, deal);
    let [one] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(
        (one.review, one.name.as_str(), one.text.as_str(), one.lead),
        (review, "Weekly <review>", "Ask Ada again", Some(shop.me))
    );
    assert_eq!(told(&shop, deal), [(one.at, Event::Decided(review))]);
    assert_eq!(told(&shop, other), []);
    shop.run(Command::Bring {
        intent: crate::domain::change::Intent::new(
            crate::domain::change::IntentKind::Review,
            "Removed",
        ),
        edits: vec![crate::domain::change::Edit::deleted(review.into(), true)],
    });
    assert_eq!(told(&shop, deal), []);
}

#[test]
fn the_file_of_the_minutes_escapes_what_people_typed_and_fetches_nothing() {
    let mut shop = shop();
    let (review, _) = begun(&mut shop);
    let deal = shop.deal;
    shop.run(ask(ReviewCommand::Decide {
        review,
        deal,
        decision: "<script>alert(1)</script> \"quoted\" & 'single'\u{7}".into(),
    }));
    let file = html(&minutes(shop.session.world(), review).unwrap(), &Plain);
    assert!(file.starts_with("<!doctype html>"));
    assert!(file.contains("<title>Weekly &lt;review&gt;</title>"));
    assert!(file.contains(
        "&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &amp; &#39;single&#39;</p>"
    ));
    for never in ["<script", "href=", "src=", "url(", "http://", "\u{7}"] {
        assert!(!file.contains(never), "{never}");
    }
    // Every tag that is opened is closed.
    for tag in [
        "html", "head", "body", "main", "article", "ul", "li", "p", "h2", "h3",
    ] {
        let opened =
            file.matches(&format!("<{tag}>")).count() + file.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, file.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn a_task_planned_in_a_review_is_taken_back_with_its_mention() {
    let mut shop = shop();
    let (review, other) = begun(&mut shop);
    let draft = ActivityDraft {
        subject: "Call".into(),
        ..ActivityDraft::new(ActivityKind::Task)
    };
    shop.run(ask(ReviewCommand::Plan {
        review,
        deal: other,
        draft: Box::new(draft),
    }));
    let tasks = |shop: &Shop| minutes(shop.session.world(), review).unwrap().tasks();
    assert_eq!(tasks(&shop), (1, 1));
    shop.undo();
    assert_eq!(tasks(&shop), (0, 0));
    assert_eq!(minutes(shop.session.world(), review).unwrap().seen(), 0);
}

#[test]
fn a_closed_review_stays_as_it_is_until_it_is_opened_again() {
    let mut shop = shop();
    let (review, other) = begun(&mut shop);
    let see = |seen| {
        ask(ReviewCommand::See {
            review,
            deals: vec![other],
            seen,
        })
    };
    shop.run(ask(ReviewCommand::Close(review)));
    assert!(matches!(shop.refused(see(true)), Refusal::Impossible(_)));
    shop.run(ask(ReviewCommand::Reopen(review)));
    shop.run(see(true));
    assert_eq!(minutes(shop.session.world(), review).unwrap().seen(), 1);
    assert_eq!(shop.refused(see(true)), Refusal::Nothing);
    shop.run(see(false));
    assert_eq!(minutes(shop.session.world(), review).unwrap().seen(), 0);
}

#[test]
fn notes_practices_and_feedback_say_something_or_are_refused() {
    let mut shop = shop();
    let me = shop.me;
    let refused = |shop: &mut Shop, command| match shop.refused(ask(command)) {
        Refusal::Field { field, .. } => field,
        other => panic!("{other:?}"),
    };
    let coach = |fields| ReviewCommand::Coach { id: None, fields };
    let text = || CoachingField::Text(" Ask for the budget first. ".into());
    assert_eq!(refused(&mut shop, coach(vec![text()])), "person");
    let to = || CoachingField::Person(Some(me));
    assert_eq!(refused(&mut shop, coach(vec![to()])), "text");
    shop.run(ask(coach(vec![to(), text()])));
    let note = shop.session.world().state.tables.coaching.iter().next();
    let note = note.unwrap().clone();
    assert_eq!(note.text, "Ask for the budget first.");
    assert!(note.on.is_some());
    shop.run(ask(ReviewCommand::Coach {
        id: Some(note.id),
        fields: vec![CoachingField::Done(true)],
    }));
    let share = |fields| ReviewCommand::Share { id: None, fields };
    let no_title = share(vec![PracticeField::Text("How".into())]);
    assert_eq!(refused(&mut shop, no_title), "title");
    shop.run(ask(share(vec![PracticeField::Title("Walk first".into())])));
    let feed = |fields| ReviewCommand::Feed { id: None, fields };
    assert_eq!(refused(&mut shop, feed(Vec::new())), "text");
    shop.run(ask(feed(vec![FeedbackField::Text(
        "Too many fields".into(),
    )])));
    let said = shop.session.world().state.tables.feedback.iter().next();
    let id = said.unwrap().id;
    shop.run(ask(ReviewCommand::Feed {
        id: Some(id),
        fields: vec![FeedbackField::Answer("Two are gone".into())],
    }));
    assert_eq!(
        shop.log.last().unwrap().intent.text,
        "Answered feedback on the process"
    );
}

#[test]
fn every_flag_is_a_sentence_with_its_facts() {
    let shop = shop();
    let state = &shop.session.world().state;
    let stages = state.stages(state.pipelines()[0].id);
    let eur = |minor| Money::new(minor, Currency::EUR);
    for (flag, said) in [
        (
            Flag::Won(day(2), "Price".into()),
            "Won on 2026-02-02: Price",
        ),
        (Flag::Won(day(2), " ".into()), "Won on 2026-02-02"),
        (
            Flag::Lost(day(2), "Price".into(), "Acme".into()),
            "Lost on 2026-02-02 to Acme: Price",
        ),
        (Flag::New(NOON), "Created on 1770120000000"),
        (
            Flag::Pushed(day(2), day(3), 1),
            "Close pushed from 2026-02-02 to 2026-02-03, 1 day later",
        ),
        (
            Flag::Pushed(day(2), day(12), 3),
            "Close pushed from 2026-02-02 to 2026-02-12, 10 days later; pushed 3 times in all",
        ),
        (
            Flag::Pulled(day(12), day(2)),
            "Close pulled in from 2026-02-12 to 2026-02-02, 10 days earlier",
        ),
        (
            Flag::Value(eur(100), eur(50)),
            "Value down from EUR 1 to EUR 0.50",
        ),
        (
            Flag::Stale(12, 10),
            "Nothing happened for 12 days; this stage allows 10 days",
        ),
        (Flag::NoStep, "No next step is planned"),
        (Flag::Single(0), "No contact is named"),
        (Flag::Large(1, 12), "The largest of 12 open deals"),
        (Flag::Large(2, 12), "Number 2 by value of 12 open deals"),
        (
            Flag::Gap(40, 60, 1),
            "Qualified 40 % where its stage asks for 60 %, 1 question open",
        ),
    ] {
        assert_eq!(sentence(state, &flag, &Plain), said);
    }
    let back = Flag::Back(stages[2].id, stages[1].id);
    let want = format!("Moved back from {} to {}", stages[2].name, stages[1].name);
    assert_eq!(sentence(state, &back, &Plain), want);
}
