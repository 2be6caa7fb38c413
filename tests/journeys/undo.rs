//! Taking back: as deep as promised, only one's own, and never somebody else's work.

use crate::desk::{Desk, moved};
use fairlead::app::session::Tone;
use fairlead::domain::command::{Command, DealDraft};
use fairlead::domain::deal::Status;
use fairlead::domain::ids::DealId;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::query::board::Place;

fn edit(desk: &mut Desk, deal: DealId, change: impl FnOnce(&mut DealDraft)) {
    let old = desk.deal(deal).clone();
    let mut draft = DealDraft {
        title: old.title,
        value: old.value,
        source: old.source,
        ..DealDraft::new(old.placement.stage)
    };
    change(&mut draft);
    desk.run(Command::SaveDeal {
        id: Some(deal),
        draft: Box::new(draft),
    });
}

#[test]
fn two_hundred_steps_back_and_forth() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Prospecting");
    for n in 1..=250 {
        match n % 3 {
            0 => desk.move_to(deal, if n % 2 == 0 { "Proposal" } else { "Close" }),
            _ => edit(&mut desk, deal, |d| {
                d.value = Some(Money::new(n, Currency::EUR))
            }),
        }
    }
    let end = desk.shown();
    for step in 0..200 {
        assert!(desk.session.undo_label().is_some(), "step {step}");
        assert_ne!(desk.undo().tone, Tone::Refused, "step {step}");
    }
    // 250 - 200 steps are left; the last of them set the value to 50.
    assert_eq!(desk.deal(deal).value, Some(Money::new(50, Currency::EUR)));
    assert_eq!(desk.session.undo_label(), None);
    let written = desk.log.len();
    let said = desk.undo();
    assert_eq!(
        (said.text.as_str(), said.tone),
        ("Nothing to undo", Tone::Refused)
    );
    assert_eq!(desk.log.len(), written);
    for _ in 0..200 {
        desk.redo();
    }
    assert_eq!(desk.shown(), end);
    assert_eq!(desk.reopened(5).state(), desk.state());
}

#[test]
fn something_new_ends_what_could_be_done_again() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Prospecting");
    desk.move_to(deal, "Proposal");
    desk.undo();
    assert_eq!(
        desk.session.redo_label(),
        Some("Undid: Moved Crane to Proposal")
    );
    desk.move_to(deal, "Close");
    assert_eq!(desk.session.redo_label(), None);
    assert_eq!(desk.redo().text, "Nothing to redo");
    assert_eq!(desk.column("Close"), ["Crane"]);
}

#[test]
fn each_tab_takes_back_its_own_work_only() {
    let mut here = Desk::new();
    let deal = here.add("Crane", "Prospecting");
    let mut there = here.reopened(2);
    assert_eq!(there.undo().text, "Nothing to undo");
    there.now = here.now + 5_000;
    edit(&mut there, deal, |d| d.source = "Event".into());
    here.catch_up(&there);
    assert_eq!(here.deal(deal).source, "Event");
    // Here, undo takes back what was done here: the making of the deal.
    assert_eq!(here.session.undo_label(), Some("Added Crane"));
    assert_eq!(there.session.undo_label(), Some("Changed Crane"));
    there.undo();
    here.catch_up(&there);
    assert_eq!(here.deal(deal).source, "");
    assert_eq!(here.state(), there.state());
}

#[test]
fn what_another_tab_has_changed_since_is_left_and_said() {
    let mut here = Desk::new();
    let deal = here.add("Crane", "Prospecting");
    edit(&mut here, deal, |d| {
        d.source = "Event".into();
        d.value = Some(Money::new(1, Currency::EUR));
    });
    let mut there = here.reopened(2);
    there.now = here.now + 5_000;
    edit(&mut there, deal, |d| d.source = "Partner".into());
    here.catch_up(&there);
    let said = here.undo();
    assert_eq!(
        said.text,
        "Undid: Changed Crane. 1 field was changed since and stayed as it is"
    );
    assert_eq!(here.deal(deal).source, "Partner");
    assert_eq!(here.deal(deal).value, None);
    here.redo();
    assert_eq!(here.deal(deal).value, Some(Money::new(1, Currency::EUR)));
    there.catch_up(&here);
    edit(&mut there, deal, |d| {
        d.source = "Website".into();
        d.value = None;
    });
    here.catch_up(&there);
    // The redo has nothing left to take back: it is passed over, nothing is written.
    let written = here.log.len();
    let said = here.undo();
    assert_eq!(
        said.text,
        "All of that has been changed since; nothing was undone"
    );
    assert_eq!((said.tone, here.log.len()), (Tone::Refused, written));
    assert_eq!(here.session.undo_label(), Some("Added Crane"));
}

#[test]
fn a_deal_made_here_and_worked_on_there_goes_and_comes_back_whole() {
    let mut here = Desk::new();
    let deal = here.add("Crane", "Prospecting");
    let mut there = here.reopened(2);
    there.now = here.now + 5_000;
    there.move_to(deal, "Proposal");
    edit(&mut there, deal, |d| d.title = "Tower crane".into());
    here.catch_up(&there);
    here.undo();
    assert!(here.state().tables.deals.get(deal).is_none());
    here.redo();
    assert_eq!(here.deal(deal).title, "Tower crane");
    assert_eq!(here.path(deal), ["Prospecting", "Proposal"]);
}

#[test]
fn any_change_of_the_history_can_be_taken_back_and_that_too() {
    let mut desk = Desk::new();
    let one = desk.add("One", "Prospecting");
    let two = desk.add("Two", "Prospecting");
    let proposal = desk.stage("Proposal");
    desk.run(moved(&[one, two], proposal, Place::Top));
    let old = desk.log.last().unwrap().clone();
    desk.set_status(two, Status::Lost);
    desk.move_to(one, "Close");
    let at = desk.at();
    let effects = desk.session.revert(&old, at);
    let said = desk.carry_out(effects).unwrap();
    // One has moved on since, Two goes back; lost it stays.
    assert!(
        said.text.starts_with("Undid: Moved 2 deals to Proposal. "),
        "{}",
        said.text
    );
    assert_eq!(desk.column("Close"), ["One"]);
    assert_eq!(desk.column("Prospecting"), ["Two"]);
    assert_eq!(desk.deal(two).outcome.status(), Status::Lost);
    assert_eq!(desk.path(two), ["Prospecting"]);
    desk.undo();
    assert_eq!(desk.column("Proposal"), ["Two"]);
    assert_eq!(desk.path(two), ["Prospecting", "Proposal"]);
}
