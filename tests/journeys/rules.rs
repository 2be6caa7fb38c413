//! Rules that do work by themselves, case by case: what is refused, what counts as one
//! occasion, and what a deal says that a rule must not pass over.

use crate::automate::{action, calls, rule, tag, trigger};
use crate::desk::{DAY, Desk, MORNING, UTC, today};
use chrono::{Duration, NaiveDate};
use fairlead::domain::activity::ActivityKind;
use fairlead::domain::automate::{When, Zone, dry_run, due, when};
use fairlead::domain::automation::{Action, ActionKind, RuleRun, Trigger, TriggerKind};
use fairlead::domain::change::{Edit, Intent, IntentKind};
use fairlead::domain::command::automate::RuleDraft;
use fairlead::domain::command::sell::{LineDraft, SellCommand};
use fairlead::domain::command::{ActivityDraft, Command, DealDraft};
use fairlead::domain::deal::{BuyingRole, Closure, DealContact, DealField, Status};
use fairlead::domain::decide::{Part, Spot, faults};
use fairlead::domain::ids::{ContactId, DealId, OrgId, PersonId, ScoreRuleId};
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::party::{ContactField, OrgField, PersonField};
use fairlead::domain::rule::{Condition, Op};
use fairlead::domain::scoring::{Axis, ScoreRuleField};
use fairlead::domain::stamp::Millis;
use proptest::prelude::*;

fn runs(desk: &Desk) -> Vec<RuleRun> {
    desk.state().tables.runs.iter().cloned().collect()
}

fn idle(days: i64) -> Trigger {
    Trigger {
        days,
        ..trigger(TriggerKind::Idle)
    }
}

fn on(field: &str, days: i64) -> Trigger {
    Trigger {
        field: field.into(),
        days,
        ..trigger(TriggerKind::Date)
    }
}

fn set(field: &str, text: &str) -> Action {
    Action {
        field: field.into(),
        text: text.into(),
        ..action(ActionKind::SetField)
    }
}

fn plan(text: &str) -> Action {
    Action {
        text: text.into(),
        ..action(ActionKind::Activity)
    }
}

fn bring(desk: &mut Desk, edits: Vec<Edit>) {
    let intent = Intent::new(IntentKind::EditDeal, "Edited");
    desk.run(Command::Bring { intent, edits });
}

fn note(desk: &mut Desk, deal: DealId, text: &str) {
    desk.run(Command::SaveActivity {
        id: None,
        draft: Box::new(ActivityDraft {
            subject: text.into(),
            deal: Some(deal),
            ..ActivityDraft::new(ActivityKind::Note)
        }),
    });
}

fn closing(desk: &mut Desk, title: &str, close: NaiveDate) -> DealId {
    let mut draft = DealDraft::new(desk.stage("Proposal"));
    (draft.title, draft.close) = (title.into(), Some(close));
    desk.save(draft)
}

pub fn people(desk: &mut Desk, names: &[&str]) -> Vec<PersonId> {
    let ids = (1..).map(PersonId).zip(names);
    ids.map(|(id, name)| {
        let name = PersonField::Name((*name).into());
        desk.run(Command::EditRecord(vec![Edit::Person(id, name)]));
        id
    })
    .collect()
}

#[test]
fn numbers_that_no_one_means_are_refused_by_their_place() {
    let mut desk = Desk::new();
    let draft = |trigger, actions| RuleDraft {
        name: "Rule".into(),
        trigger,
        actions,
        ..RuleDraft::blank()
    };
    let score = |score| Trigger {
        axis: Some(Axis::Fit),
        score,
        ..trigger(TriggerKind::Score)
    };
    let due = |days| Action {
        days,
        ..plan("Call")
    };
    let fine = || vec![tag("x")];
    // What a text box gives for a word is the least number there is.
    for (draft, spot) in [
        (draft(score(i64::MIN), fine()), Spot::Trigger(Part::Points)),
        (draft(score(i64::MAX), fine()), Spot::Trigger(Part::Points)),
        (draft(score(10_001), fine()), Spot::Trigger(Part::Points)),
        (
            draft(on("deal.close", i64::MIN), fine()),
            Spot::Trigger(Part::Days),
        ),
        (
            draft(on("deal.close", 3_651), fine()),
            Spot::Trigger(Part::Days),
        ),
        (draft(idle(i64::MIN), fine()), Spot::Trigger(Part::Days)),
        (draft(idle(0), fine()), Spot::Trigger(Part::Days)),
        (
            draft(score(20), vec![tag("x"), due(-3)]),
            Spot::Action(1, Part::Days),
        ),
        (
            draft(score(20), vec![due(1), set("deal.close", "soon")]),
            Spot::Action(1, Part::Text),
        ),
        (
            draft(score(20), vec![set("", "soon"), due(1)]),
            Spot::Action(0, Part::Field),
        ),
    ] {
        let found = faults(desk.world(), &draft);
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), [spot]);
        // Whatever it says, it can be said.
        let _ = when(desk.world(), &draft.trigger);
        let save = fairlead::domain::command::automate::AutomateCommand::Save {
            id: None,
            draft: Box::new(draft),
        };
        desk.refused(Command::Automate(save));
    }
    // Each is found, not only the first.
    let both = draft(score(i64::MIN), vec![due(-1), tag(" "), due(2)]);
    assert_eq!(faults(desk.world(), &both).len(), 3);
    assert_eq!(faults(desk.world(), &draft(score(-10), vec![due(0)])), []);
}

#[test]
fn a_quiet_deal_is_chased_once_at_whatever_hour_the_page_is_opened() {
    let mut desk = Desk::new();
    let chase = vec![plan("Ask how things stand"), tag("quiet")];
    rule(&mut desk, "Chase quiet deals", idle(14), chase);
    let deals: Vec<DealId> = (0..4)
        .map(|n| {
            desk.now += 3 * 3_600_000;
            desk.add(&format!("Deal {n}"), "Prospecting")
        })
        .collect();
    let hours = |day: Millis, hour: Millis| MORNING - 10 * 3_600_000 + day * DAY + hour * 3_600_000;
    for (day, hour) in [(20, 15), (21, 8), (21, 23), (40, 1)] {
        desk.now = hours(day, hour);
        desk.open();
        for deal in &deals {
            assert_eq!(calls(&desk, *deal), 1, "day {day}, {hour} o'clock");
        }
    }
    assert_eq!(runs(&desk).len(), 4);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// However often, at whatever hours and in however many tabs the page is opened: once for
    /// each time in which nothing happened for long enough.
    #[test]
    fn each_idle_time_is_met_once(
        days in 1_i64..6,
        opens in prop::collection::vec((1_i64..100, 0_usize..3, any::<bool>()), 1..40),
    ) {
        let mut desk = Desk::new();
        let say = Action { text: "Quiet".into(), ..action(ActionKind::Notify) };
        rule(&mut desk, "Quiet", idle(days), vec![say]);
        let deal = desk.add("Crane", "Prospecting");
        let mut tabs = vec![desk.reopened(11), desk.reopened(12), desk];
        let (mut last, mut expected, mut met, mut now) = (tabs[2].now, 0, false, tabs[2].now);
        for (hours, tab, work) in opens {
            now += hours * 3_600_000 + 1_234;
            tabs[tab].now = now;
            if now - last >= days * DAY && !met {
                (met, expected) = (true, expected + 1);
            }
            tabs[tab].open();
            // Two tabs that open at once have not heard of each other.
            let second = (tab + 1) % 3;
            tabs[second].now = now + 1;
            tabs[second].open();
            if work {
                note(&mut tabs[tab], deal, "Talked");
                (last, met, now) = (tabs[tab].now, false, tabs[tab].now);
            }
            for of in 0..3 {
                for to in 0..3 {
                    let (one, all) = (tabs[of].log.clone(), &mut tabs[to]);
                    let new: Vec<_> = one.into_iter().filter(|c| all.log.iter().all(|k| k.stamp != c.stamp)).collect();
                    all.hear(&new);
                }
            }
            for tab in &tabs {
                prop_assert_eq!(runs(tab).len(), expected);
            }
        }
    }
}

/// A rule by which what has this industry, or this source, or talked with a reply, fits.
pub fn fits(desk: &mut Desk, id: u64, what: &str, with: &str, points: i64) {
    let condition = Condition {
        what: what.into(),
        op: Op::Is,
        with: vec![with.into()],
    };
    let fields = [
        ScoreRuleField::Name(format!("{what} is {with}")),
        ScoreRuleField::Axis(Axis::Fit),
        ScoreRuleField::Conditions(vec![condition]),
        ScoreRuleField::Points(points),
    ];
    let edits = fields.map(|f| Edit::ScoreRule(ScoreRuleId(id), f)).into();
    let intent = Intent::new(IntentKind::EditRules, "Rules");
    desk.run(Command::Bring { intent, edits });
}

fn reaches(score: i64) -> Trigger {
    Trigger {
        axis: Some(Axis::Fit),
        score,
        ..trigger(TriggerKind::Score)
    }
}

#[test]
fn a_score_rule_is_not_set_off_by_its_own_work_and_reports_no_loop() {
    let mut desk = Desk::new();
    fits(&mut desk, 5, "deal.source", "Fair", 25);
    rule(&mut desk, "Fits", reaches(20), vec![tag("fits")]);
    let mut draft = DealDraft::new(desk.stage("Proposal"));
    (draft.title, draft.source) = ("Crane".into(), "Fair".into());
    let deal = desk.save(draft);
    note(&mut desk, deal, "Talked");
    let all = runs(&desk);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].cause, "Fit reached 25");
    assert!(all[0].failed.is_empty(), "{:?}", all[0].failed);
    assert_eq!(desk.deal(deal).tags, ["fits"]);
}

#[test]
fn a_score_is_reached_by_what_organisation_and_contacts_become() {
    let mut desk = Desk::new();
    fits(&mut desk, 5, "organisation.industry", "Ports", 25);
    fits(&mut desk, 6, "contact.title", "Buyer", 30);
    rule(&mut desk, "Fits", reaches(20), vec![tag("fits")]);
    let (one, two) = (desk.add("Crane", "Proposal"), desk.add("Lift", "Proposal"));
    let (org, contact) = (OrgId(7), ContactId(8));
    let link = DealContact {
        contact,
        role: BuyingRole::Unknown,
    };
    bring(
        &mut desk,
        vec![
            Edit::Organisation(org, OrgField::Name("Harbour".into())),
            Edit::Contact(contact, ContactField::Name("Ada".into())),
            Edit::Deal(one, DealField::Organisation(Some(org))),
            Edit::Deal(two, DealField::Contacts(vec![link])),
        ],
    );
    assert!(runs(&desk).is_empty());
    let industry = OrgField::Industry("Ports".into());
    bring(&mut desk, vec![Edit::Organisation(org, industry)]);
    assert_eq!(desk.deal(one).tags, ["fits"]);
    let title = ContactField::Title("Buyer".into());
    bring(&mut desk, vec![Edit::Contact(contact, title)]);
    assert_eq!(desk.deal(two).tags, ["fits"]);
    assert_eq!(runs(&desk).len(), 2);
}

#[test]
fn a_score_that_was_there_all_along_is_not_reached_by_a_note() {
    let mut desk = Desk::new();
    fits(&mut desk, 5, "deal.source", "Fair", 25);
    let mut draft = DealDraft::new(desk.stage("Proposal"));
    (draft.title, draft.source) = ("Crane".into(), "Fair".into());
    let deal = desk.save(draft);
    let id = rule(&mut desk, "Fits", reaches(20), vec![tag("fits")]);
    note(&mut desk, deal, "Talked");
    assert!(runs(&desk).is_empty());
    for source in ["Other", "Fair"] {
        let source = DealField::Source(source.into());
        bring(&mut desk, vec![Edit::Deal(deal, source)]);
    }
    assert_eq!(runs(&desk).len(), 1);
    // The trial, which takes the rule to have been there from the beginning, says the first.
    let automation = desk.state().tables.automations.get(id).unwrap().clone();
    let found = dry_run(&automation, desk.log.clone(), desk.now, UTC);
    assert_eq!(found.len(), 1);
    assert!(found[0].at < runs(&desk)[0].at);
}

#[test]
fn a_value_from_lines_and_a_renewal_before_the_win_are_not_set() {
    let mut desk = Desk::new();
    let line = LineDraft {
        product: None,
        text: "Crane".into(),
        quantity: 1_000,
        price: Money::new(50_000, Currency::EUR),
        discount: 0,
        period: None,
        periods: 1,
    };
    let deal = desk.add("Crane", "Prospecting");
    let draft = Box::new(line);
    desk.run(Command::Sell(SellCommand::SaveLine {
        deal,
        line: None,
        draft,
    }));
    let priced = |priced| Command::Sell(SellCommand::SetPriced { deal, priced });
    if !desk.deal(deal).priced {
        desk.run(priced(true));
    }
    let entered = crate::automate::entering(&desk, "Proposal");
    let actions = vec![set("deal.value", "1200.00 USD"), tag("seen")];
    rule(&mut desk, "Value", entered, actions);
    desk.move_to(deal, "Proposal");
    let value = desk.deal(deal).value.map(|v| (v.minor, v.currency));
    assert_eq!(value, Some((50_000, Currency::EUR)));
    assert_eq!(desk.deal(deal).tags, ["seen"]);
    let failed = |desk: &Desk| runs(desk).into_iter().max_by_key(|r| r.at).unwrap().failed;
    assert_eq!(
        failed(&desk),
        ["Value is the sum of the lines of this deal and was not set"]
    );
    // By hand it is in the currency of the lines all the same.
    desk.run(priced(false));
    desk.move_to(deal, "Prospecting");
    desk.move_to(deal, "Proposal");
    assert_eq!(
        failed(&desk),
        ["The lines of this deal are in EUR, so its value was not set in USD"]
    );
    let won = Trigger {
        field: "deal.source".into(),
        ..trigger(TriggerKind::Changed)
    };
    rule(
        &mut desk,
        "Renew",
        won,
        vec![set("deal.renewal", "2026-11-20")],
    );
    desk.set_status(deal, Status::Won);
    let source = DealField::Source("Fair".into());
    bring(&mut desk, vec![Edit::Deal(deal, source)]);
    assert_eq!(desk.deal(deal).renewal, None);
    assert_eq!(
        failed(&desk),
        ["The renewal comes after the day the deal was won and was not set"]
    );
}

const PACIFIC: Zone = |_| -480;

#[test]
fn days_are_those_of_where_the_person_is() {
    // 26 November 2026, 18:00 in Los Angeles, is the 27th in UTC.
    let mut desk = Desk::new();
    let evening = MORNING + 3 * DAY + 16 * 3_600_000;
    let date = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
    desk.now = evening - 60_000;
    let say = |text: &str| Action {
        text: text.into(),
        ..action(ActionKind::Notify)
    };
    closing(&mut desk, "Crane", date(26));
    rule(&mut desk, "Closes", on("deal.close", 0), vec![say("Today")]);
    let id = rule(&mut desk, "Added", on("deal.created", 0), vec![say("New")]);
    let ask = When {
        now: evening,
        today: date(26),
        zone: PACIFIC,
    };
    let found: Vec<String> = due(desk.world(), ask)
        .into_iter()
        .map(|f| f.cause)
        .collect();
    assert_eq!(
        found,
        [
            "On the day of expected close (26 Nov 2026)",
            "On the day it was added (26 Nov 2026)"
        ]
    );
    let automation = desk.state().tables.automations.get(id).unwrap().clone();
    let tried = dry_run(&automation, desk.log.clone(), evening + 2 * DAY, PACIFIC);
    let tried: Vec<_> = tried.into_iter().map(|w| (w.firing.cause, w.at)).collect();
    // At the end of that day, which is the next morning in UTC.
    let midnight = MORNING - 10 * 3_600_000 + 4 * DAY + 8 * 3_600_000;
    assert_eq!(tried, [(found[1].clone(), midnight - 1_000)]);
}

#[test]
fn what_follows_giving_it_away_is_for_the_new_owner_and_with_who_may_be_contacted() {
    let mut desk = Desk::new();
    let all = people(&mut desk, &["Ada", "Bo"]);
    let give = Action {
        people: vec![all[1]],
        ..action(ActionKind::Assign)
    };
    let go = |desk: &Desk, stage: &str| Action {
        stage: Some(desk.stage(stage)),
        ..action(ActionKind::Move)
    };
    let actions = vec![
        give,
        go(&desk, "Proposal"),
        go(&desk, "Proposal"),
        plan("Say hello"),
        tag("a"),
        tag("b"),
    ];
    let changed = Trigger {
        field: "deal.source".into(),
        ..trigger(TriggerKind::Changed)
    };
    rule(&mut desk, "Hand over", changed.clone(), actions);
    let deal = desk.add("Crane", "Prospecting");
    let link = |id| DealContact {
        contact: ContactId(id),
        role: BuyingRole::Unknown,
    };
    bring(
        &mut desk,
        vec![
            Edit::Contact(ContactId(1), ContactField::Name("Cy".into())),
            Edit::Contact(ContactId(1), ContactField::DoNotContact(true)),
            Edit::Contact(ContactId(2), ContactField::Name("Di".into())),
            Edit::Deal(deal, DealField::Contacts(vec![link(1), link(2)])),
            Edit::Deal(deal, DealField::Owner(Some(all[0]))),
        ],
    );
    let source = DealField::Source("Fair".into());
    bring(&mut desk, vec![Edit::Deal(deal, source)]);
    let planned = desk.state().tables.activities.iter().next().unwrap();
    assert_eq!(planned.owner, Some(all[1]));
    assert_eq!(planned.contact, Some(ContactId(2)));
    assert_eq!(desk.deal(deal).owner, Some(all[1]));
    assert_eq!(desk.deal(deal).tags, ["a", "b"]);
    assert_eq!(desk.path(deal), ["Prospecting", "Proposal"]);
    let run = &runs(&desk)[0];
    assert_eq!(run.did[2], "Was in Proposal already");
    assert_eq!(run.failed, [] as [String; 0]);

    // There and on: the last move is the one, also back to where it began.
    let actions = vec![go(&desk, "Negotiation"), go(&desk, "Prospecting"), tag("c")];
    let mut desk = Desk::new();
    rule(&mut desk, "Zigzag", changed, actions);
    for (begin, end) in [
        ("Prospecting", "Prospecting"),
        ("Qualification", "Prospecting"),
    ] {
        let deal = desk.add(begin, begin);
        let source = DealField::Source("Fair".into());
        bring(&mut desk, vec![Edit::Deal(deal, source)]);
        assert_eq!(desk.path(deal).last().unwrap(), end);
        assert_eq!(desk.deal(deal).tags, ["c"]);
    }
}

#[test]
fn dates_mean_something_for_deals_they_are_about() {
    let mut desk = Desk::new();
    let day = |n| today() + Duration::days(n);
    let conditions = |desk: &mut Desk, id, conditions| {
        let automation = desk.state().tables.automations.get(id).unwrap();
        let draft = Box::new(RuleDraft {
            conditions,
            ..RuleDraft::of(automation)
        });
        let id = Some(id);
        desk.run(Command::Automate(
            fairlead::domain::command::automate::AutomateCommand::Save { id, draft },
        ));
    };
    rule(&mut desk, "Close", on("deal.close", -7), vec![tag("close")]);
    rule(
        &mut desk,
        "Renew",
        on("deal.renewal", -7),
        vec![tag("renew")],
    );
    let back = rule(&mut desk, "Back", on("deal.close", 3), vec![tag("back")]);
    let lost_only = Condition {
        what: "deal.status".into(),
        op: Op::Is,
        with: vec!["lost".into()],
    };
    conditions(&mut desk, back, vec![lost_only]);
    let made: Vec<DealId> = [Status::Open, Status::Won, Status::Lost, Status::OnHold]
        .into_iter()
        .map(|status| {
            let deal = closing(&mut desk, "Crane", day(10));
            if status != Status::Open {
                desk.run(Command::SetStatus {
                    deals: vec![deal],
                    status,
                    closure: Closure::on(today()),
                });
            }
            let renewal = DealField::Renewal(Some(day(10)));
            bring(&mut desk, vec![Edit::Deal(deal, renewal)]);
            deal
        })
        .collect();
    desk.now += 20 * DAY;
    desk.open();
    let tags: Vec<Vec<String>> = made.iter().map(|d| desk.deal(*d).tags.clone()).collect();
    let none: Vec<String> = Vec::new();
    let one = |tag: &str| vec![tag.to_owned()];
    assert_eq!(tags, [one("close"), one("renew"), one("back"), none]);
}

#[test]
fn what_came_while_nothing_was_open_is_caught_up_once_however_long_ago() {
    let mut desk = Desk::new();
    rule(&mut desk, "Close", on("deal.close", -7), vec![tag("close")]);
    let deal = closing(&mut desk, "Crane", today() + Duration::days(10));
    desk.now += 200 * DAY;
    // Brought in from elsewhere: what was over before it came here is no occasion.
    let old = closing(&mut desk, "Old", today() + Duration::days(20));
    desk.open();
    desk.now += DAY;
    desk.open();
    assert_eq!(desk.deal(deal).tags, ["close"]);
    assert!(desk.deal(old).tags.is_empty());
    assert_eq!(runs(&desk).len(), 1);
    assert_eq!(
        runs(&desk)[0].cause,
        "7 days before expected close (3 Dec 2026)"
    );
}

#[test]
fn a_trial_gives_deals_in_turns_and_says_days_as_people_do() {
    let mut desk = Desk::new();
    let all = people(&mut desk, &["Ada", "Bo"]);
    let give = Action {
        people: all,
        ..action(ActionKind::Assign)
    };
    let actions = vec![give, plan("Say hello"), set("deal.close", "+9")];
    for title in ["One", "Two", "Three"] {
        desk.add(title, "Prospecting");
    }
    let id = rule(&mut desk, "Turns", trigger(TriggerKind::Created), actions);
    // Real runs change nothing about the trial.
    let own = desk.add("Four", "Prospecting");
    assert!(desk.deal(own).owner.is_some());
    let automation = desk.state().tables.automations.get(id).unwrap().clone();
    let found = dry_run(&automation, desk.log.clone(), desk.now, UTC);
    let gave: Vec<&str> = found.iter().map(|w| w.did[0].as_str()).collect();
    let turns = ["Gave it to Ada", "Gave it to Bo"];
    assert_eq!(gave, [turns, turns].concat());
    assert_eq!(
        found[0].did[1..],
        [
            "Planned the task “Say hello” for 23 Nov 2026",
            "Set Expected close to 2 Dec 2026"
        ]
    );
}

#[test]
fn rules_by_days_are_said_in_plain_words() {
    let desk = Desk::new();
    for (trigger, words) in [
        (on("deal.created", 0), "On the day it was added"),
        (on("deal.created", 1), "1 day after it was added"),
        (on("deal.close", -1), "1 day before expected close"),
        (on("deal.close", 0), "On the day of expected close"),
        (on("deal.renewal", -30), "30 days before renewal"),
        (idle(1), "When nothing happened for 1 day"),
    ] {
        assert_eq!(when(desk.world(), &trigger), words);
    }
}
