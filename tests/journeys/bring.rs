//! Much at once: imports and the sample come in as one change, and go as one.

use crate::desk::{DAY, Desk};
use fairlead::app::sample::sample;
use fairlead::app::session::{Bulk, Effect, Past, Safety, Step, Then, Tone};
use fairlead::codec::wire;
use fairlead::domain::activity::ActivityKind;
use fairlead::domain::change::{Edit, EntityRef, Intent, IntentKind, Kind};
use fairlead::domain::command::{ActivityDraft, Command};
use fairlead::domain::deal::{DealField, Placement, Status};
use fairlead::domain::ids::{DealId, OrgId};
use fairlead::domain::money::Currency;
use fairlead::domain::party::OrgField;
use fairlead::domain::rank::Rank;
use std::sync::Arc;

fn imported(desk: &Desk, count: usize) -> Command {
    let stage = desk.stage("Qualification");
    let mut edits = vec![Edit::Organisation(OrgId(9), OrgField::Name("Acme".into()))];
    for (n, rank) in Rank::spread(count).into_iter().enumerate() {
        let id = DealId(1_000 + n as u64);
        let since = desk.now - 90 * DAY;
        edits.extend(
            [
                DealField::Title(format!("Deal {n}")),
                DealField::Placement(Placement { stage, since }),
                DealField::Rank(rank),
                DealField::Organisation(Some(OrgId(9))),
            ]
            .map(|f| Edit::Deal(id, f)),
        );
    }
    let text = format!("Imported {count} deals");
    Command::Bring {
        intent: Intent::new(IntentKind::Import, text),
        edits,
    }
}

#[test]
fn an_import_is_one_change_and_one_undo() {
    let mut desk = Desk::new();
    desk.add("Mine", "Qualification");
    let before = desk.shown();
    let command = imported(&desk, 3_000);
    let told = desk.told(command);
    assert_eq!(
        (told.text.as_str(), told.undo),
        ("Imported 3000 deals", true)
    );
    assert_eq!(desk.column("Qualification").len(), 3_001);
    let import = desk.log.last().unwrap().clone();
    // It is written in parts of which each stands for itself, in one transaction.
    assert!(wire::encode(&import).len() > 1);
    let again = desk.reopened(2);
    assert_eq!(again.state(), desk.state());
    desk.undo();
    assert_eq!(desk.shown(), before);
    assert_eq!(desk.world().board.totals(Status::Open).count, 1);
    desk.redo();
    assert_eq!(desk.column("Qualification").len(), 3_001);
    assert_eq!(desk.reopened(3).shown(), desk.shown());
}

/// Begins the import of a command.
fn begun(desk: &mut Desk, command: Command) -> Bulk {
    let Command::Bring { intent, edits } = command else {
        panic!("not an import");
    };
    desk.now += 1_000;
    let edits = edits.into_iter().collect();
    desk.session.begin_bring(intent, edits, desk.at()).unwrap()
}

#[test]
fn while_a_large_import_comes_in_work_goes_on_and_undo_takes_back_only_the_import() {
    let mut desk = Desk::new();
    desk.add("Mine", "Qualification");
    let command = imported(&desk, 3_000);
    let mut bulk = begun(&mut desk, command);
    while desk.session.step(&mut bulk, 900).step != Step::Arranging {}
    // Nothing of it is seen yet, and what is done now is seen at once.
    assert_eq!(desk.column("Qualification"), ["Mine"]);
    let meanwhile = desk.add("Meanwhile", "Qualification");
    assert_eq!(desk.column("Qualification"), ["Meanwhile", "Mine"]);
    let told = desk.carry(bulk);
    assert_eq!(
        (told.text.as_str(), told.undo),
        ("Imported 3000 deals", true)
    );
    assert_eq!(desk.column("Qualification").len(), 3_002);
    assert_eq!(desk.reopened(2).state(), desk.state());
    desk.move_to(meanwhile, "Close");
    desk.undo();

    // The session keeps of it only what it is called: the edits are in the log.
    let import = desk.session.stored_undo().unwrap().stamp;
    desk.now += 1_000;
    let parts = desk.parts(import);
    let bulk = desk
        .session
        .begin_take_back(parts, Then::Undo, desk.at())
        .unwrap();
    assert_eq!(desk.carry(bulk).text, "Undid: Imported 3000 deals");
    assert_eq!(desk.column("Qualification"), ["Meanwhile", "Mine"]);
    assert_eq!(desk.reopened(3).shown(), desk.shown());

    let undo = desk.session.stored_redo().unwrap().stamp;
    desk.now += 1_000;
    let parts = desk.parts(undo);
    let bulk = desk
        .session
        .begin_take_back(parts, Then::Redo, desk.at())
        .unwrap();
    assert_eq!(desk.carry(bulk).text, "Redid: Imported 3000 deals");
    assert_eq!(desk.column("Qualification").len(), 3_002);
    assert_eq!(desk.reopened(4).shown(), desk.shown());
}

#[test]
fn a_large_import_given_up_in_the_middle_leaves_nothing() {
    let mut desk = Desk::new();
    desk.add("Mine", "Qualification");
    let (shown, log) = (desk.shown(), desk.log.clone());
    for steps in [0, 1, 5, 20, 1_000] {
        let command = imported(&desk, 3_000);
        let mut bulk = begun(&mut desk, command);
        for _ in 0..steps {
            desk.session.step(&mut bulk, 300);
        }
        desk.session.abandon(bulk);
        assert_eq!(desk.shown(), shown);
        assert_eq!(desk.log, log);
        assert_eq!(desk.session.undo_label(), Some("Added Mine"));
    }
    // And it can be tried again.
    let command = imported(&desk, 3_000);
    let bulk = begun(&mut desk, command);
    desk.carry(bulk);
    assert_eq!(desk.column("Qualification").len(), 3_001);
}

#[test]
fn what_is_large_is_written_to_the_disk_before_it_counts_as_saved() {
    let mut desk = Desk::new();
    let safety = |desk: &mut Desk, command| {
        let at = desk.at();
        let done = desk.session.command(command, at).unwrap();
        done.effects.iter().find_map(|e| match e {
            Effect::Persist { safety, .. } => Some(*safety),
            _ => None,
        })
    };
    let small = imported(&desk, 10);
    assert_eq!(safety(&mut desk, small), Some(Safety::Relaxed));
    let large = imported(&desk, 400);
    assert_eq!(safety(&mut desk, large), Some(Safety::Strict));
}

#[test]
fn after_an_import_what_was_changed_since_stays_when_it_is_taken_back() {
    let mut desk = Desk::new();
    let keep = desk.add("Mine", "Qualification");
    let import = imported(&desk, 5);
    desk.run(import);
    let imported = desk.log.last().unwrap().clone();
    desk.move_to(keep, "Close");
    desk.move_to(DealId(1_000), "Close");
    let at = desk.at();
    let effects = desk.session.revert(&imported, at);
    desk.carry_out(effects);
    // What the import had made goes as a whole; what was there before stays where it is now.
    assert_eq!(desk.column("Close"), ["Mine"]);
    assert!(desk.column("Qualification").is_empty());
    desk.undo();
    assert_eq!(desk.column("Close").len(), 2);
}

fn load(desk: &mut Desk, seed: u64) {
    let edits = sample(seed, desk.at(), Currency::EUR);
    let intent = Intent::new(IntentKind::LoadSample, "Loaded the sample");
    desk.run(Command::Bring { intent, edits });
}

#[test]
fn the_sample_comes_and_goes_in_one_action_each() {
    let mut desk = Desk::fresh(3);
    load(&mut desk, 5);
    assert!(desk.world().board.totals(Status::Open).count > 20);
    assert!(desk.state().workspace().sample.is_some());
    assert_eq!(desk.log.len(), 1);
    // It has a past: deals that were won, and moved through stages before today.
    assert!(desk.world().board.totals(Status::Won).count > 20);
    let long = desk
        .state()
        .tables
        .deals
        .iter()
        .filter(|d| desk.state().stage_entries(d.id).len() > 2);
    assert!(long.count() > 20);
    desk.run(Command::RemoveSample);
    assert_eq!(desk.state().workspace().sample, None);
    assert!(desk.state().is_new(), "as if nothing had ever begun");
    for kind in [
        Kind::Deal,
        Kind::Contact,
        Kind::Organisation,
        Kind::Person,
        Kind::Product,
        Kind::Activity,
    ] {
        assert_eq!(desk.world().alive_ids::<DealId>(kind), [], "{kind:?}");
    }
    assert_eq!(
        desk.refused(Command::RemoveSample).to_string(),
        "There is no sample to remove."
    );
    desk.undo();
    assert!(desk.world().board.totals(Status::Open).count > 20);
    assert!(desk.state().workspace().sample.is_some());
    desk.redo();
    // Afterwards a person can begin for themselves, or look at another sample.
    load(&mut desk, 6);
    desk.run(Command::RemoveSample);
    desk.run(Command::Setup {
        name: "Us".into(),
        currency: Currency::EUR,
    });
    assert_eq!(desk.reopened(4).state(), desk.state());
}

#[test]
fn removing_the_sample_leaves_what_a_person_has_made() {
    let mut desk = Desk::fresh(3);
    load(&mut desk, 5);
    let pipeline = desk.state().pipelines()[0].id;
    let stage = desk.state().stages(pipeline)[0].id;
    let own = desk
        .run(Command::QuickAdd {
            stage,
            title: "My own".into(),
        })
        .unwrap();
    let sample_deal = desk
        .state()
        .tables
        .deals
        .iter()
        .map(|d| d.id)
        .find(|d| EntityRef::from(*d) != own)
        .unwrap();
    let call = |deal| ActivityDraft {
        subject: "Call".into(),
        deal: Some(deal),
        ..ActivityDraft::new(ActivityKind::Call)
    };
    desk.run(Command::SaveActivity {
        id: None,
        draft: Box::new(call(sample_deal)),
    });
    desk.run(Command::SaveActivity {
        id: None,
        draft: Box::new(call(DealId(own.id))),
    });
    desk.run(Command::RemoveSample);
    assert_eq!(
        desk.world().alive_ids::<DealId>(Kind::Deal),
        [DealId(own.id)]
    );
    assert_eq!(desk.world().alive_ids::<DealId>(Kind::Activity).len(), 1);
    assert_eq!(
        desk.state().stages(pipeline).len(),
        7,
        "its deals have a home"
    );
    assert_eq!(desk.world().board.totals(Status::Open).count, 1);
}

#[test]
fn a_refused_sample_removal_is_said_plainly() {
    let mut desk = Desk::new();
    let at = desk.at();
    let refusal = desk.session.command(Command::RemoveSample, at).unwrap_err();
    assert_eq!(refusal.to_string(), "There is no sample to remove.");
    assert_eq!(desk.undo().tone, Tone::Done);
}

#[test]
fn nothing_large_is_begun_while_the_past_is_looked_at() {
    let mut desk = Desk::new();
    let at = desk.at();
    let past = Past {
        on: at.today,
        world: desk.world().clone(),
        log: Arc::default(),
    };
    desk.session.look_at(Some(past));
    let intent = Intent::new(IntentKind::Import, "Imported");
    let title = Edit::Deal(DealId(1), DealField::Title("Anchor".into()));
    let edits = [title].into_iter().collect();
    let refusal = desk.session.begin_bring(intent, edits, at).unwrap_err();
    assert!(
        refusal
            .to_string()
            .starts_with("You are looking at an earlier day.")
    );
    let parts = desk.log.clone();
    let begun = desk.session.begin_take_back(parts, Then::Revert, at);
    assert_eq!(begun.unwrap_err(), refusal);
    desk.session.look_at(None);
    assert!(!desk.world().is_alive(DealId(1).into()));
}
