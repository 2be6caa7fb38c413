//! A deal from its first word to the end, and back.

use crate::desk::{DAY, Desk, MORNING, moved, today};
use chrono::NaiveDate;
use fairlead::app::session::Tone;
use fairlead::domain::activity::ActivityKind;
use fairlead::domain::change::{Change, EntityRef, IntentKind, Kind};
use fairlead::domain::command::{Command, DealDraft, NextStep, OrNew};
use fairlead::domain::deal::{BuyingRole, Closure, ForecastCategory, Outcome, Status};
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::query::board::Place;
use fairlead::domain::query::idle::next_step;
use fairlead::domain::stage::StageKind;

fn form(desk: &Desk, stage: &str, title: &str) -> DealDraft {
    DealDraft {
        title: title.into(),
        ..DealDraft::new(desk.stage(stage))
    }
}

#[test]
fn a_new_workspace_has_the_seven_stages() {
    let desk = Desk::asking();
    let sales = desk.pipeline("Sales");
    assert_eq!(
        desk.stage_names(sales),
        [
            "Prospecting",
            "Qualification",
            "Needs Analysis",
            "Proposal",
            "Negotiation",
            "Close",
            "Post-Sales"
        ]
    );
    let stages = desk.state().stages(sales);
    let chances: Vec<u8> = stages.iter().map(|s| s.probability).collect();
    assert_eq!(chances, [10, 20, 40, 60, 75, 90, 100]);
    assert!(stages[..6].iter().all(|s| s.kind == StageKind::Open));
    assert_eq!(stages[6].kind, StageKind::Won);
    assert_eq!(desk.state().workspace().name, "Sales");
    assert_eq!(desk.log.len(), 1);
    assert_eq!(desk.log[0].intent.kind, IntentKind::Setup);
}

#[test]
fn from_a_title_to_a_sale_and_step_by_step_back_and_forth() {
    let mut desk = Desk::asking();
    let start = desk.shown();
    let deal = desk.add("  Site survey ", "Prospecting");
    assert_eq!(desk.deal(deal).title, "Site survey");
    assert_eq!(desk.deal(deal).created, desk.now);
    assert_eq!(desk.path(deal), ["Prospecting"]);

    desk.now += DAY;
    let draft = DealDraft {
        organisation: Some(OrNew::New("Bergström AB".into())),
        contacts: vec![(OrNew::New("Liv Berg".into()), BuyingRole::Champion)],
        owner: Some(OrNew::New("Ada".into())),
        value: Some(Money::new(1_250_000, Currency::EUR)),
        close: NaiveDate::from_ymd_opt(2027, 1, 31),
        probability: Some(30),
        category: Some(ForecastCategory::BestCase),
        source: " Referral ".into(),
        tags: vec!["urgent".into(), " Urgent ".into(), "".into()],
        products: vec![OrNew::New("Survey".into()), OrNew::New("survey".into())],
        description: "First visit in May  \n".into(),
        next_step: Some(NextStep {
            kind: ActivityKind::Call,
            subject: " Call Liv ".into(),
            due: Some(today()),
        }),
        ..form(&desk, "Prospecting", "Site survey")
    };
    let saved = desk.told(Command::SaveDeal {
        id: Some(deal),
        draft: Box::new(draft),
    });
    assert_eq!(
        (saved.text.as_str(), saved.undo),
        ("Changed Site survey", true)
    );
    let d = desk.deal(deal).clone();
    assert_eq!(
        (d.source.as_str(), d.description.as_str()),
        ("Referral", "First visit in May")
    );
    assert_eq!(d.tags, ["urgent"]);
    assert_eq!(d.products.len(), 1);
    let t = &desk.state().tables;
    let contact = t.contacts.get(d.contacts[0].contact).unwrap();
    assert_eq!(
        (contact.name.as_str(), contact.organisation),
        ("Liv Berg", d.organisation)
    );
    let step = next_step(desk.world(), &d).unwrap();
    assert_eq!(
        (step.subject.as_str(), step.owner, step.created),
        ("Call Liv", d.owner, desk.now)
    );
    // Saving what is there already is nothing to do, and no entry into the stage.
    assert_eq!(desk.path(deal), ["Prospecting"]);

    desk.now += 10 * DAY;
    desk.move_to(deal, "Proposal");
    assert_eq!(
        desk.session.undo_label(),
        Some("Moved Site survey to Proposal")
    );
    assert_eq!(desk.deal(deal).placement.since, desk.now);
    desk.now += 10 * DAY;
    let won = desk.told(Command::SetStatus {
        deals: vec![deal],
        status: Status::Won,
        closure: Closure {
            reason: "Best fit".into(),
            ..Closure::on(today())
        },
    });
    assert_eq!(
        (won.text.as_str(), won.tone),
        ("Won Site survey", Tone::Celebrate)
    );
    assert_eq!(desk.path(deal), ["Prospecting", "Proposal", "Post-Sales"]);
    assert_eq!(desk.state().probability(desk.deal(deal)), 100);

    let end = desk.shown();
    let undone: Vec<String> = (0..4).map(|_| desk.undo().text).collect();
    assert_eq!(
        undone,
        [
            "Undid: Won Site survey",
            "Undid: Moved Site survey to Proposal",
            "Undid: Changed Site survey",
            "Undid: Added Site survey"
        ]
    );
    assert_eq!(desk.shown(), start);
    let redone: Vec<String> = (0..4).map(|_| desk.redo().text).collect();
    assert_eq!(
        redone,
        [
            "Redid: Added Site survey",
            "Redid: Changed Site survey",
            "Redid: Moved Site survey to Proposal",
            "Redid: Won Site survey"
        ]
    );
    assert_eq!(desk.shown(), end);
    assert_eq!(desk.path(deal), ["Prospecting", "Proposal", "Post-Sales"]);
    assert_eq!(desk.redo().text, "Nothing to redo");
    // A reload finds the same, with everything that happened in the log.
    let again = desk.reopened(9);
    assert_eq!(again.state(), desk.state());
    assert_eq!(again.log.len(), 1 + 4 + 4 + 4);
}

#[test]
fn what_the_form_names_is_found_before_it_is_made() {
    let mut desk = Desk::new();
    let draft = |desk: &Desk, org: &str| DealDraft {
        organisation: Some(OrNew::New(org.into())),
        owner: Some(OrNew::New(" ada ".into())),
        contacts: vec![
            (OrNew::New("Liv".into()), BuyingRole::User),
            (OrNew::New("Liv".into()), BuyingRole::Blocker),
        ],
        ..form(desk, "Proposal", "One")
    };
    let one = desk.save(draft(&desk, "Acme"));
    let two = desk.save(draft(&desk, " ACME "));
    let t = &desk.state().tables;
    let count = |kind| {
        desk.world()
            .alive_ids::<fairlead::domain::ids::DealId>(kind)
            .len()
    };
    assert_eq!(count(Kind::Organisation), 1);
    assert_eq!(count(Kind::Contact), 1);
    assert_eq!(count(Kind::Person), 1);
    assert_eq!(t.people.iter().next().unwrap().name, "ada");
    assert_eq!(desk.deal(one).organisation, desk.deal(two).organisation);
    assert_eq!(desk.deal(one).contacts.len(), 1);
    assert_eq!(desk.deal(one).contacts[0].role, BuyingRole::User);
}

#[test]
fn entering_a_won_stage_wins_and_leaving_it_opens_again() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Close");
    desk.move_to(deal, "Post-Sales");
    assert_eq!(
        desk.deal(deal).outcome,
        Outcome::Won(Box::new(Closure::on(today())))
    );
    desk.move_to(deal, "Negotiation");
    assert_eq!(desk.deal(deal).outcome, Outcome::Open);
    assert_eq!(desk.path(deal), ["Close", "Post-Sales", "Negotiation"]);
}

#[test]
fn a_lost_deal_stays_in_its_stage_and_lost_until_it_is_taken_up_again() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Proposal");
    let closure = Closure {
        on: today(),
        reason: "Price".into(),
        note: "Too dear".into(),
        competitor: "Rival".into(),
    };
    let lost = desk.told(Command::SetStatus {
        deals: vec![deal],
        status: Status::Lost,
        closure: closure.clone(),
    });
    assert_eq!(
        (lost.text.as_str(), lost.tone),
        ("Marked Crane as lost", Tone::Done)
    );
    assert_eq!(
        desk.deal(deal).outcome,
        Outcome::Lost(Box::new(closure.clone()))
    );
    assert_eq!(desk.path(deal), ["Proposal"]);
    assert_eq!(desk.state().probability(desk.deal(deal)), 0);
    // Tidied into another open column it is still lost, with its reason.
    desk.move_to(deal, "Qualification");
    assert_eq!(desk.deal(deal).outcome, Outcome::Lost(Box::new(closure)));
    desk.set_status(deal, Status::OnHold);
    assert_eq!(desk.deal(deal).outcome.status(), Status::OnHold);
    desk.set_status(deal, Status::Won);
    assert_eq!(desk.path(deal).last().unwrap(), "Post-Sales");
    desk.set_status(deal, Status::Open);
    // Back where it was last worked on.
    assert_eq!(desk.path(deal).last().unwrap(), "Qualification");
    assert_eq!(desk.deal(deal).outcome, Outcome::Open);
    assert_eq!(desk.log.last().unwrap().intent.kind, IntentKind::ReopenDeal);
}

#[test]
fn several_deals_at_once_are_one_change_and_keep_their_order() {
    let mut desk = Desk::new();
    let deals: Vec<_> = ["C", "B", "A"].map(|t| desk.add(t, "Prospecting")).into();
    let (a, b, c) = (deals[2], deals[1], deals[0]);
    assert_eq!(desk.column("Prospecting"), ["A", "B", "C"]);
    let proposal = desk.stage("Proposal");
    desk.add("Other", "Proposal");
    let told = desk.told(moved(&[c, a, b], proposal, Place::Bottom));
    assert_eq!(told.text, "Moved 3 deals to Proposal");
    assert_eq!(desk.column("Proposal"), ["Other", "C", "A", "B"]);
    desk.undo();
    assert_eq!(desk.column("Prospecting"), ["A", "B", "C"]);
    assert_eq!(
        desk.told(Command::Delete(deals.iter().map(|d| (*d).into()).collect()))
            .text,
        "Deleted 3 deals"
    );
    assert!(desk.column("Prospecting").is_empty());
    desk.undo();
    assert_eq!(desk.column("Prospecting"), ["A", "B", "C"]);
}

#[test]
fn who_i_am_signs_what_i_do() {
    let mut desk = Desk::new();
    let deal = desk.add("Unsigned", "Prospecting");
    assert_eq!(desk.log.last().unwrap().author, None);
    desk.save(DealDraft {
        owner: Some(OrNew::New("Ada".into())),
        ..form(&desk, "Proposal", "Of Ada")
    });
    let ada = desk.state().tables.people.iter().next().unwrap().id;
    desk.session.set_me(Some(ada));
    desk.move_to(deal, "Proposal");
    let mine = desk.add("Mine", "Prospecting");
    assert_eq!(desk.deal(mine).owner, Some(ada), "what I add is mine");
    desk.undo();
    desk.redo();
    let signed = |c: &Change| c.author == Some(ada);
    assert_eq!(desk.log.iter().filter(|c| signed(c)).count(), 4);
    // In the file as well, and in whatever another tab hears.
    assert!(desk.export().contains(&format!("\"by\":\"{ada}\"")));
    // Someone who was removed, or never was here, signs nothing.
    desk.run(Command::Delete(vec![EntityRef::from(ada)]));
    desk.add("After", "Prospecting");
    assert_eq!(desk.log.last().unwrap().author, None);
    desk.session
        .set_me(Some(fairlead::domain::ids::PersonId(77)));
    let by_nobody = desk.add("By nobody", "Prospecting");
    assert_eq!(desk.log.last().unwrap().author, None);
    assert_eq!(desk.deal(by_nobody).owner, None);
}

#[test]
fn a_clock_that_goes_back_loses_no_change() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Prospecting");
    desk.now = MORNING - 400 * DAY;
    let rename = |desk: &mut Desk, title: &str| {
        let mut draft = form(desk, "Prospecting", title);
        draft.value = Some(Money::new(5, Currency::EUR));
        desk.run(Command::SaveDeal {
            id: Some(deal),
            draft: Box::new(draft),
        });
    };
    rename(&mut desk, "Crane 2");
    assert_eq!(desk.deal(deal).title, "Crane 2", "the later edit stands");
    let stamps: Vec<_> = desk.log.iter().map(|c| c.stamp).collect();
    assert!(stamps.windows(2).all(|w| w[0] < w[1]));
    assert_eq!(desk.reopened(3).state(), desk.state());
    // After a reload too, when the newest stamp comes from the log.
    let mut again = desk.reopened(4);
    rename(&mut again, "Crane 3");
    assert_eq!(again.deal(deal).title, "Crane 3");
    again.undo();
    assert_eq!(again.deal(deal).title, "Crane 2");
    assert_eq!(again.path(deal), ["Prospecting"]);
}
