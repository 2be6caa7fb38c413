//! The stage editor: pipelines and stages come, change and go; deals and history stay.

use crate::desk::{DAY, Desk, today};
use fairlead::domain::change::{Edit, IntentKind};
use fairlead::domain::command::{Command, StageEdit};
use fairlead::domain::deal::{Closure, DealField, Outcome, Status};
use fairlead::domain::ids::{PipelineId, StageId};
use fairlead::domain::query::idle::idle;
use fairlead::domain::stage::{Hue, StageKind};

fn add_stage(desk: &mut Desk, name: &str, kind: StageKind, index: usize) -> StageId {
    let pipeline = desk.pipeline("Sales");
    let command = Command::AddStage {
        pipeline,
        name: name.into(),
        kind,
        index,
    };
    StageId(desk.run(command).unwrap().id)
}

fn edit(desk: &mut Desk, stage: StageId, edit: StageEdit) {
    desk.run(Command::EditStage { stage, edit });
}

fn add_pipeline(desk: &mut Desk, name: &str) -> PipelineId {
    let name = name.into();
    PipelineId(desk.run(Command::AddPipeline { name }).unwrap().id)
}

#[test]
fn stages_are_added_renamed_moved_and_coloured() {
    let mut desk = Desk::new();
    let demo = add_stage(&mut desk, " Demo ", StageKind::Open, 3);
    let sales = desk.pipeline("Sales");
    assert_eq!(
        desk.stage_names(sales)[2..5],
        ["Needs Analysis", "Demo", "Proposal"]
    );
    let stage = desk.state().tables.stages.get(demo).unwrap();
    assert_eq!(
        (stage.probability, stage.rot_days),
        (50, Some(14)),
        "between its neighbours"
    );
    desk.run(Command::ReorderStage {
        stage: demo,
        index: 0,
    });
    assert_eq!(desk.stage_names(sales)[..2], ["Demo", "Prospecting"]);
    desk.run(Command::ReorderStage {
        stage: demo,
        index: 99,
    });
    assert_eq!(desk.stage_names(sales)[6..], ["Post-Sales", "Demo"]);
    edit(
        &mut desk,
        demo,
        StageEdit {
            name: Some("Show".into()),
            probability: Some(0),
            rot_days: Some(None),
            hue: Some(Hue::Rose),
            purpose: Some("They have seen it.  ".into()),
            ..StageEdit::default()
        },
    );
    let stage = desk.state().tables.stages.get(demo).unwrap();
    assert_eq!(
        (stage.name.as_str(), stage.probability, stage.rot_days),
        ("Show", 0, None)
    );
    assert_eq!(
        (stage.hue, stage.purpose.as_str()),
        (Hue::Rose, "They have seen it.")
    );
    for _ in 0..4 {
        desk.undo();
    }
    assert_eq!(desk.stage_names(sales).len(), 7);
    assert!(!desk.stage_names(sales).contains(&"Show"));
}

#[test]
fn a_stage_put_to_the_same_place_again_and_again_finds_room() {
    let mut desk = Desk::new();
    let sales = desk.pipeline("Sales");
    let other = add_pipeline(&mut desk, "Renewals");
    add_pipeline(&mut desk, "Partners");
    for n in 0..1_500 {
        let last = desk.stage_names(sales).last().unwrap().to_string();
        let stage = desk.stage_in(sales, &last);
        desk.run(Command::ReorderStage { stage, index: 1 });
        assert_eq!(desk.stage_names(sales)[1], last);
        let pipeline = desk.state().pipelines()[2].id;
        desk.run(Command::ReorderPipeline { pipeline, index: 1 });
        assert_eq!(desk.state().pipelines()[1].id, pipeline, "round {n}");
    }
    let ranks: Vec<_> = desk
        .state()
        .stages(sales)
        .iter()
        .map(|s| s.rank.clone())
        .collect();
    assert!(ranks.windows(2).all(|w| w[0] < w[1]));
    assert_eq!(ranks.len(), 7);
    assert!(ranks.iter().all(|r| r.as_str().len() < 60), "{ranks:?}");
    let again = desk.reopened(2);
    assert_eq!(again.state(), desk.state());
    assert_eq!(again.state().stages(other).len(), 7);
    desk.undo();
    desk.undo();
    assert_eq!(desk.state().stages(sales).len(), 7);
}

#[test]
fn merging_moves_the_deals_and_keeps_their_history() {
    let mut desk = Desk::new();
    let moved = desk.add("Crane", "Needs Analysis");
    let lost = desk.add("Lift", "Needs Analysis");
    desk.set_status(lost, Status::Lost);
    let there = desk.add("Roof", "Proposal");
    let entered = desk.deal(there).placement.since;
    let stood = desk.deal(moved).placement.since;
    desk.now += 3 * DAY;
    let (from, into) = (desk.stage("Needs Analysis"), desk.stage("Proposal"));
    let told = desk.told(Command::MergeStage {
        from,
        into,
        closure: None,
    });
    assert_eq!(told.text, "Merged stage Needs Analysis into Proposal");
    assert_eq!(desk.column("Proposal").len(), 3);
    assert_eq!(
        desk.path(moved),
        ["Needs Analysis", "Proposal"],
        "the old name is remembered"
    );
    assert_eq!(
        desk.deal(moved).placement.since,
        stood,
        "nothing happened to it meanwhile"
    );
    let deal = desk.deal(moved);
    let idle = idle(desk.world(), deal, desk.now, today());
    assert_eq!(idle.days, 3);
    assert_eq!(
        desk.deal(there).placement.since,
        entered,
        "who stood there already has not moved"
    );
    assert_eq!(desk.deal(lost).outcome.status(), Status::Lost);
    let sales = desk.pipeline("Sales");
    assert!(!desk.stage_names(sales).contains(&"Needs Analysis"));
    desk.undo();
    assert_eq!(desk.path(moved), ["Needs Analysis"]);
    assert_eq!(desk.column("Proposal"), ["Roof"]);
    assert_eq!(desk.column("Needs Analysis").len(), 2);
    desk.redo();
    assert_eq!(desk.column("Proposal").len(), 3);
}

#[test]
fn a_stage_with_deals_is_deleted_only_with_a_place_for_them() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Close");
    let close = desk.stage("Close");
    let refusal = desk.refused(Command::DeleteStage {
        stage: close,
        to: None,
        closure: None,
    });
    assert_eq!(
        refusal.to_string(),
        "Close still has deals. Say which stage they go to."
    );
    let won = desk.stage("Post-Sales");
    desk.run(Command::DeleteStage {
        stage: close,
        to: Some(won),
        closure: None,
    });
    assert_eq!(
        desk.deal(deal).outcome,
        Outcome::Won(Box::new(Closure::on(today()))),
        "it stands in a won stage now"
    );
    assert_eq!(desk.path(deal), ["Close", "Post-Sales"]);
    assert_eq!(
        desk.log.last().unwrap().intent.kind,
        IntentKind::DeleteStage
    );
    desk.undo();
    assert_eq!(
        (desk.deal(deal).outcome.status(), desk.path(deal).len()),
        (Status::Open, 1)
    );
    // An empty one goes without a word.
    let negotiation = desk.stage("Negotiation");
    desk.run(Command::DeleteStage {
        stage: negotiation,
        to: None,
        closure: None,
    });
    assert_eq!(desk.state().stages(desk.pipeline("Sales")).len(), 6);
}

#[test]
fn the_last_open_stage_cannot_go_nor_change_its_type() {
    let mut desk = Desk::new();
    for name in [
        "Prospecting",
        "Qualification",
        "Needs Analysis",
        "Proposal",
        "Negotiation",
    ] {
        let stage = desk.stage(name);
        desk.run(Command::DeleteStage {
            stage,
            to: None,
            closure: None,
        });
    }
    let (close, won) = (desk.stage("Close"), desk.stage("Post-Sales"));
    for command in [
        Command::DeleteStage {
            stage: close,
            to: Some(won),
            closure: None,
        },
        Command::MergeStage {
            from: close,
            into: won,
            closure: None,
        },
        Command::EditStage {
            stage: close,
            edit: StageEdit {
                kind: Some(StageKind::Lost),
                ..StageEdit::default()
            },
        },
    ] {
        assert_eq!(
            desk.refused(command).to_string(),
            "A pipeline needs at least one open stage."
        );
    }
}

#[test]
fn another_type_takes_the_deals_along_that_stood_under_the_old_one() {
    let mut desk = Desk::new();
    let lost_stage = add_stage(&mut desk, "Not sold", StageKind::Open, 9);
    let open = desk.add("Crane", "Not sold");
    let held = desk.add("Lift", "Not sold");
    desk.set_status(held, Status::OnHold);
    let kind = |kind| StageEdit {
        kind: Some(kind),
        ..StageEdit::default()
    };
    edit(&mut desk, lost_stage, kind(StageKind::Lost));
    assert_eq!(
        desk.deal(open).outcome,
        Outcome::Lost(Box::new(Closure::on(today())))
    );
    assert_eq!(
        desk.deal(held).outcome.status(),
        Status::OnHold,
        "put aside it was by hand"
    );
    // From now on losing a deal takes it there.
    let other = desk.add("Roof", "Proposal");
    desk.set_status(other, Status::Lost);
    assert_eq!(desk.path(other), ["Proposal", "Not sold"]);
    desk.undo();
    desk.undo();
    desk.undo();
    assert_eq!(desk.deal(open).outcome, Outcome::Open);
}

#[test]
fn no_type_undoes_what_was_decided_of_a_deal() {
    let mut desk = Desk::new();
    let stage = desk.stage("Negotiation");
    let (open, lost) = (
        desk.add("Crane", "Negotiation"),
        desk.add("Lift", "Negotiation"),
    );
    let price = Closure {
        reason: "Price".into(),
        ..Closure::on(today())
    };
    desk.run(Command::SetStatus {
        deals: vec![lost],
        status: Status::Lost,
        closure: price.clone(),
    });
    let kind = |kind, closure| StageEdit {
        kind: Some(kind),
        closure,
        ..StageEdit::default()
    };
    let chance = |desk: &Desk| desk.state().tables.stages.get(stage).unwrap().probability;
    assert_eq!(chance(&desk), 75);
    let stopped = Closure {
        reason: "Market left".into(),
        ..Closure::on(today())
    };
    edit(
        &mut desk,
        stage,
        kind(StageKind::Lost, Some(stopped.clone())),
    );
    assert_eq!(chance(&desk), 0);
    assert_eq!(desk.deal(open).outcome, Outcome::Lost(Box::new(stopped)));
    edit(&mut desk, stage, kind(StageKind::Open, None));
    assert_eq!(chance(&desk), 75, "between the open stages beside it");
    assert_eq!(desk.deal(open).outcome.status(), Status::Lost);
    assert_eq!(
        desk.deal(lost).outcome,
        Outcome::Lost(Box::new(price.clone()))
    );
    desk.undo();
    desk.undo();
    assert_eq!(chance(&desk), 75);
    assert_eq!(desk.deal(open).outcome, Outcome::Open);
    // Nor does a stage into which theirs is merged.
    let into = desk.stage("Post-Sales");
    desk.run(Command::MergeStage {
        from: stage,
        into,
        closure: Some(Closure {
            reason: "Delivered".into(),
            ..Closure::on(today())
        }),
    });
    assert_eq!(
        desk.deal(open).outcome.closure().unwrap().reason,
        "Delivered"
    );
    assert_eq!(desk.deal(open).outcome.status(), Status::Won);
    assert_eq!(desk.deal(lost).outcome, Outcome::Lost(Box::new(price)));
}

#[test]
fn pipelines_come_with_stages_and_go_when_their_deals_have_a_place() {
    let mut desk = Desk::new();
    let renewals = add_pipeline(&mut desk, "Renewals");
    let names: Vec<&str> = desk
        .state()
        .pipelines()
        .iter()
        .map(|p| p.name.as_str())
        .collect();
    assert_eq!(names, ["Sales", "Renewals"]);
    desk.run(Command::ReorderPipeline {
        pipeline: renewals,
        index: 0,
    });
    desk.run(Command::RenamePipeline {
        pipeline: renewals,
        name: "Follow-up".into(),
    });
    let names: Vec<&str> = desk
        .state()
        .pipelines()
        .iter()
        .map(|p| p.name.as_str())
        .collect();
    assert_eq!(names, ["Follow-up", "Sales"]);
    let proposal = desk.stage_in(renewals, "Proposal");
    let made = desk.run(Command::QuickAdd {
        stage: proposal,
        title: "Contract".into(),
    });
    let deal = fairlead::domain::ids::DealId(made.unwrap().id);
    let refusal = desk.refused(Command::DeletePipeline {
        pipeline: renewals,
        to: None,
        closure: None,
    });
    assert_eq!(
        refusal.to_string(),
        "Proposal still has deals. Say which stage they go to."
    );
    let refusal = desk.refused(Command::DeletePipeline {
        pipeline: renewals,
        to: Some(proposal),
        closure: None,
    });
    assert_eq!(
        refusal.to_string(),
        "Its deals have to go to a stage of another pipeline."
    );
    let target = desk.stage_in(desk.pipeline("Sales"), "Close");
    desk.run(Command::DeletePipeline {
        pipeline: renewals,
        to: Some(target),
        closure: None,
    });
    assert_eq!(desk.state().pipelines().len(), 1);
    assert_eq!(desk.column("Close"), ["Contract"]);
    assert_eq!(desk.path(deal), ["Proposal", "Close"]);
    let refusal = desk.refused(Command::DeletePipeline {
        pipeline: desk.pipeline("Sales"),
        to: None,
        closure: None,
    });
    assert_eq!(refusal.to_string(), "The last pipeline cannot be deleted.");
    desk.undo();
    assert_eq!(desk.state().pipelines().len(), 2);
    assert_eq!(desk.deal(deal).placement.stage, proposal);
    assert_eq!(desk.state().stages(renewals).len(), 7);
}

#[test]
fn a_deal_put_into_a_stage_that_another_tab_deletes_stays_in_sight() {
    let mut here = Desk::new();
    let deal = here.add("Crane", "Prospecting");
    let mut there = here.reopened(2);
    there.now = here.now + 500;
    let (gone, into) = (there.stage("Proposal"), there.stage("Negotiation"));
    there.run(Command::MergeStage {
        from: gone,
        into,
        closure: None,
    });
    here.move_to(deal, "Proposal");
    here.catch_up(&there);
    there.catch_up(&here);
    assert_eq!(here.state(), there.state());
    assert_eq!(
        here.column("Negotiation"),
        ["Crane"],
        "where the stage went"
    );
    // Moved on from there, it is an ordinary deal again.
    here.move_to(deal, "Close");
    assert_eq!(here.column("Close"), ["Crane"]);
    // Deleted without a target: it stands in the first stage that is left.
    let other = there.add("Lift", "Prospecting");
    let stage = here.stage("Prospecting");
    here.run(Command::DeleteStage {
        stage,
        to: None,
        closure: None,
    });
    here.catch_up(&there);
    assert!(here.column("Qualification").contains(&"Lift"));
    assert_eq!(here.world().board.totals(Status::Open).count, 2);
    let _ = other;
}

#[test]
fn history_can_be_back_dated_and_stays_in_order() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Proposal");
    let entries = [("Prospecting", 30), ("Qualification", 20)].map(|(name, days)| {
        Edit::Deal(
            deal,
            DealField::Placement(fairlead::domain::deal::Placement {
                stage: desk.stage(name),
                since: desk.now - days * DAY,
            }),
        )
    });
    let intent = fairlead::domain::change::Intent::new(IntentKind::Import, "Imported the past");
    let here = desk.deal(deal).placement.clone();
    let mut edits: Vec<Edit> = entries.into();
    edits.push(Edit::Deal(deal, DealField::Placement(here)));
    desk.run(Command::Bring { intent, edits });
    assert_eq!(
        desk.path(deal),
        ["Prospecting", "Qualification", "Proposal"]
    );
    desk.undo();
    assert_eq!(desk.path(deal), ["Proposal"]);
}
