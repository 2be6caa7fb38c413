//! Two people, or two browsers of one: exchanging files, or hearing each other.

use crate::desk::{Desk, moved};
use fairlead::app::session::Session;
use fairlead::domain::command::{Command, DealDraft, OrNew};
use fairlead::domain::ids::DealId;
use fairlead::domain::query::board::Place;
use fairlead::domain::stamp::Stamp;
use fairlead::domain::world::World;

fn rename(desk: &mut Desk, deal: DealId, title: &str) {
    let stage = desk.deal(deal).placement.stage;
    let draft = DealDraft {
        title: title.into(),
        ..DealDraft::new(stage)
    };
    desk.run(Command::SaveDeal {
        id: Some(deal),
        draft: Box::new(draft),
    });
}

/// Two people who began with the same file.
fn two() -> (Desk, Desk, DealId) {
    let mut ann = Desk::asking();
    let deal = ann.add("Crane", "Prospecting");
    let mut bob = Desk::fresh(2);
    let report = bob.import(&ann.export());
    assert_eq!((report.added, report.known, report.superseded), (2, 0, 0));
    assert_eq!(bob.state(), ann.state());
    bob.now = ann.now + 10_000;
    (ann, bob, deal)
}

#[test]
fn two_people_merge_both_ways_and_see_the_same() {
    let (mut ann, mut bob, deal) = two();
    ann.add("Only Ann's", "Prospecting");
    rename(&mut ann, deal, "Ann's name");
    bob.add("Only Bob's", "Prospecting");
    rename(&mut bob, deal, "Bob's name");
    let bobs = DealDraft {
        organisation: Some(OrNew::New("Acme".into())),
        ..DealDraft::new(bob.stage("Close"))
    };
    bob.save(DealDraft {
        title: "Of Acme".into(),
        ..bobs
    });
    let (from_ann, from_bob) = (ann.export(), bob.export());
    let report = ann.import(&from_bob);
    assert_eq!((report.added, report.known), (3, 2));
    assert_eq!(report.superseded, 0, "Bob was later");
    let report = bob.import(&from_ann);
    assert_eq!(
        (report.added, report.known, report.superseded),
        (2, 2, 1),
        "the name was set again since"
    );
    assert_eq!(ann.state(), bob.state());
    assert_eq!(ann.shown(), bob.shown());
    assert_eq!(ann.deal(deal).title, "Bob's name");
    assert_eq!(ann.column("Prospecting").len(), 3);
    assert_eq!(ann.column("Prospecting"), bob.column("Prospecting"));
    // Once more changes nothing.
    let before = ann.state().clone();
    let report = ann.import(&bob.export());
    assert_eq!((report.added, report.known), (0, 7));
    assert_eq!(ann.state(), &before);
    // And whoever reads the merged file first of all sees the same too.
    let mut third = Desk::fresh(3);
    third.import(&ann.export());
    assert_eq!(third.state(), ann.state());
}

#[test]
fn after_a_merge_what_is_done_here_wins_over_what_came() {
    let (mut ann, mut bob, deal) = two();
    // Bob's clock is a year ahead.
    bob.now += 365 * crate::desk::DAY;
    rename(&mut bob, deal, "From the future");
    ann.import(&bob.export());
    assert_eq!(ann.deal(deal).title, "From the future");
    rename(&mut ann, deal, "Seen and changed");
    bob.import(&ann.export());
    for desk in [&ann, &bob] {
        assert_eq!(desk.deal(deal).title, "Seen and changed");
    }
}

#[test]
fn what_came_in_a_file_is_not_undone_by_undo() {
    let (mut ann, mut bob, _) = two();
    bob.add("Bob's", "Close");
    ann.import(&bob.export());
    assert_eq!(ann.session.undo_label(), Some("Added Crane"));
    assert_eq!(bob.session.undo_label(), Some("Added Bob's"));
    let mut fresh = Desk::fresh(5);
    fresh.import(&bob.export());
    assert_eq!(fresh.session.undo_label(), None);
}

#[test]
fn two_tabs_hear_each_other_in_any_order_and_twice() {
    let mut here = Desk::asking();
    let mut there = here.reopened(2);
    let deal = here.add("Crane", "Prospecting");
    here.move_to(deal, "Proposal");
    let last_two = here.log[1..].to_vec();
    let backwards: Vec<_> = last_two.iter().rev().cloned().collect();
    there.hear(&backwards);
    there.session.remote(&last_two);
    assert_eq!(there.state(), here.state());
    assert_eq!(there.column("Proposal"), ["Crane"]);
    assert_eq!(there.path(deal), ["Prospecting", "Proposal"]);
}

#[test]
fn a_deal_removed_in_another_tab_cannot_be_worked_on_here() {
    let mut here = Desk::asking();
    let deal = here.add("Crane", "Prospecting");
    let mut there = here.reopened(2);
    there.now = here.now + 1_000;
    there.run(Command::Delete(vec![deal.into()]));
    // The form was open here all the time.
    let stage = here.stage("Proposal");
    here.catch_up(&there);
    let gone = "The deal is no longer there. It may have been removed in another tab.";
    let draft = DealDraft {
        title: "Crane 2".into(),
        ..DealDraft::new(stage)
    };
    let stale = [
        Command::SaveDeal {
            id: Some(deal),
            draft: Box::new(draft),
        },
        moved(&[deal], stage, Place::Top),
        Command::SetStatus {
            deals: vec![deal],
            status: fairlead::domain::deal::Status::Lost,
            closure: fairlead::domain::deal::Closure::on(crate::desk::today()),
        },
    ];
    for command in stale {
        assert_eq!(here.refused(command).to_string(), gone);
    }
    assert_eq!(
        here.refused(Command::Delete(vec![deal.into()])).to_string(),
        "That record is no longer there. It may have been removed in another tab."
    );
    let last = here.log.len();
    there.undo();
    here.catch_up(&there);
    assert_eq!(here.log.len(), last + 1);
    here.move_to(deal, "Proposal");
    assert_eq!(here.path(deal), ["Prospecting", "Proposal"]);
}

#[test]
fn work_done_before_hearing_of_a_removal_is_kept_for_its_return() {
    let mut here = Desk::asking();
    let deal = here.add("Crane", "Prospecting");
    let mut there = here.reopened(2);
    there.run(Command::Delete(vec![deal.into()]));
    rename(&mut here, deal, "Tower crane");
    here.catch_up(&there);
    there.catch_up(&here);
    assert_eq!(here.state(), there.state());
    assert!(here.column("Prospecting").is_empty());
    there.undo();
    assert_eq!(there.deal(deal).title, "Tower crane");
    assert_eq!(there.column("Prospecting"), ["Tower crane"]);
}

#[test]
fn dropping_at_the_same_place_at_once_gives_one_order_for_both() {
    let mut here = Desk::asking();
    let deals: Vec<DealId> = ["D", "C", "B", "A"]
        .map(|t| here.add(t, "Prospecting"))
        .into();
    let mut there = here.reopened(2);
    there.now = here.now;
    let stage = here.stage("Prospecting");
    let (a, b) = (deals[3], deals[2]);
    here.run(moved(&[deals[0]], stage, Place::Below(a)));
    there.run(moved(&[deals[1]], stage, Place::Below(a)));
    here.catch_up(&there);
    there.catch_up(&here);
    assert_eq!(here.column("Prospecting"), there.column("Prospecting"));
    let order = here.column("Prospecting");
    assert_eq!((order[0], order[3]), ("A", "B"), "{order:?}");
    let _ = b;
}

#[test]
fn a_session_over_a_world_without_stages_refuses_and_does_not_fall() {
    let mut session = Session::new(World::default(), Stamp::ZERO, 7);
    let desk = Desk::fresh(7);
    let stage = fairlead::domain::ids::StageId(1);
    let add = Command::QuickAdd {
        stage,
        title: "Crane".into(),
    };
    let refusal = session.command(add, desk.at()).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "The stage is no longer there. It may have been removed in another tab."
    );
    assert!(session.world().state.is_new());
}
