//! What cannot be done is refused with a sentence, and changes nothing (`Desk::refused` looks).

use crate::desk::{Desk, moved, today};
use fairlead::domain::activity::ActivityKind;
use fairlead::domain::change::Edit;
use fairlead::domain::command::{ActivityDraft, Command, DealDraft, OrNew, Refusal, StageEdit};
use fairlead::domain::deal::{BuyingRole, Closure, DealField, Status};
use fairlead::domain::ids::*;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::party::{ContactField, OrgField, PersonField, ProductField};
use fairlead::domain::query::board::Place;
use fairlead::domain::stage::{StageField, StageKind};
use fairlead::domain::workspace::{WORKSPACE, WorkspaceField};

fn draft(desk: &Desk) -> DealDraft {
    DealDraft {
        title: "Crane".into(),
        ..DealDraft::new(desk.stage("Proposal"))
    }
}

fn save(draft: DealDraft) -> Command {
    Command::SaveDeal {
        id: None,
        draft: Box::new(draft),
    }
}

#[test]
fn a_form_with_something_wrong_names_the_field() {
    let mut desk = Desk::new();
    let base = draft(&desk);
    let money = |minor| Some(Money::new(minor, Currency::EUR));
    let cases = [
        (
            DealDraft {
                title: " \t ".into(),
                ..base.clone()
            },
            "title",
            "A deal needs a name.",
        ),
        (
            DealDraft {
                title: "x".repeat(301),
                ..base.clone()
            },
            "title",
            "A deal can have a name of at most 300 characters.",
        ),
        (
            DealDraft {
                probability: Some(101),
                ..base.clone()
            },
            "probability",
            "A probability lies between 0 and 100 percent.",
        ),
        (
            DealDraft {
                value: money(-1),
                ..base.clone()
            },
            "value",
            "A deal cannot be worth less than nothing.",
        ),
        (
            DealDraft {
                value: money(1_000_000_000_001),
                ..base.clone()
            },
            "value",
            "That is more than ten billion; please check the amount.",
        ),
    ];
    for (draft, field, sentence) in cases {
        match desk.refused(save(draft)) {
            Refusal::Field {
                field: named,
                message,
            } => assert_eq!((named, message.as_str()), (field, sentence)),
            other => panic!("{other:?}"),
        }
    }
    // What lies right at the limits is taken.
    desk.save(DealDraft {
        title: "x".repeat(300),
        probability: Some(100),
        value: money(1_000_000_000_000),
        ..base
    });
}

#[test]
fn what_is_gone_is_named() {
    let mut desk = Desk::new();
    let base = draft(&desk);
    let deal = desk.add("Crane", "Proposal");
    let gone = |desk: &mut Desk, command| desk.refused(command).to_string();
    let tail = "is no longer there. It may have been removed in another tab.";
    let cases = [
        (
            save(DealDraft {
                stage: StageId(5),
                ..base.clone()
            }),
            "The stage",
        ),
        (
            save(DealDraft {
                organisation: Some(OrNew::Known(OrgId(5))),
                ..base.clone()
            }),
            "The organisation",
        ),
        (
            save(DealDraft {
                owner: Some(OrNew::Known(PersonId(5))),
                ..base.clone()
            }),
            "The owner",
        ),
        (
            save(DealDraft {
                contacts: vec![(OrNew::Known(ContactId(5)), BuyingRole::User)],
                ..base.clone()
            }),
            "The contact",
        ),
        (
            save(DealDraft {
                products: vec![OrNew::Known(ProductId(5))],
                ..base.clone()
            }),
            "The product",
        ),
        (
            Command::SaveDeal {
                id: Some(DealId(5)),
                draft: Box::new(base.clone()),
            },
            "The deal",
        ),
        (moved(&[deal], StageId(5), Place::Top), "The stage"),
        (
            moved(&[deal, DealId(5)], base.stage, Place::Top),
            "The deal",
        ),
        (
            Command::SetDone {
                activity: ActivityId(5),
                done: true,
            },
            "The activity",
        ),
        (
            Command::RenamePipeline {
                pipeline: PipelineId(5),
                name: "x".into(),
            },
            "The pipeline",
        ),
        (
            Command::ReorderPipeline {
                pipeline: PipelineId(5),
                index: 0,
            },
            "The pipeline",
        ),
        (
            Command::AddStage {
                pipeline: PipelineId(5),
                name: "x".into(),
                kind: StageKind::Open,
                index: 0,
            },
            "The pipeline",
        ),
        (
            Command::EditStage {
                stage: StageId(5),
                edit: StageEdit::default(),
            },
            "The stage",
        ),
        (
            Command::ReorderStage {
                stage: StageId(5),
                index: 0,
            },
            "The stage",
        ),
        (
            Command::MergeStage {
                from: base.stage,
                into: StageId(5),
                closure: None,
            },
            "The stage",
        ),
        (
            Command::DeleteStage {
                stage: base.stage,
                to: Some(StageId(5)),
                closure: None,
            },
            "The stage",
        ),
    ];
    for (command, what) in cases {
        assert_eq!(gone(&mut desk, command), format!("{what} {tail}"));
    }
}

#[test]
fn the_editors_refuse_what_would_leave_nothing_to_stand_on() {
    let mut desk = Desk::new();
    let stage = desk.stage("Proposal");
    let pipeline = desk.pipeline("Sales");
    let edit = |edit| Command::EditStage { stage, edit };
    let cases = [
        (
            edit(StageEdit {
                name: Some(" ".into()),
                ..StageEdit::default()
            }),
            "A stage needs a name.",
        ),
        (
            edit(StageEdit {
                name: Some("close".into()),
                ..StageEdit::default()
            }),
            "There is a stage called close already.",
        ),
        (
            edit(StageEdit {
                probability: Some(101),
                ..StageEdit::default()
            }),
            "A probability lies between 0 and 100 percent.",
        ),
        (
            edit(StageEdit {
                rot_days: Some(Some(0)),
                ..StageEdit::default()
            }),
            "Give at least 1 day, or leave it empty for never.",
        ),
        (
            Command::AddStage {
                pipeline,
                name: "PROPOSAL".into(),
                kind: StageKind::Open,
                index: 0,
            },
            "There is a stage called PROPOSAL already.",
        ),
        (
            Command::AddPipeline {
                name: " sales ".into(),
            },
            "There is a pipeline called sales already.",
        ),
        (
            Command::AddPipeline {
                name: String::new(),
            },
            "A pipeline needs a name.",
        ),
        (
            Command::MergeStage {
                from: stage,
                into: stage,
                closure: None,
            },
            "A stage cannot be merged into itself.",
        ),
        (
            Command::DeleteStage {
                stage,
                to: Some(stage),
                closure: None,
            },
            "Its deals have to go to another stage.",
        ),
        (
            Command::Setup {
                name: "Again".into(),
                currency: Currency::EUR,
            },
            "This workspace has been set up already.",
        ),
        (
            Command::Delete(vec![stage.into()]),
            "Stages and pipelines are deleted in their editor, where their deals find a new place.",
        ),
        (
            Command::Delete(vec![WORKSPACE.into()]),
            "Stages and pipelines are deleted in their editor, where their deals find a new place.",
        ),
        (
            Command::EditWorkspace(vec![WorkspaceField::Name(" ".into())]),
            "The workspace needs a name.",
        ),
        (
            Command::EditWorkspace(vec![WorkspaceField::Deleted(true)]),
            "This is not a setting.",
        ),
        (
            Command::EditRecord(vec![Edit::Stage(stage, StageField::Name("x".into()))]),
            "This kind of record has an editor of its own.",
        ),
        (
            Command::EditRecord(vec![Edit::Deal(DealId(1), DealField::Title("x".into()))]),
            "This kind of record has an editor of its own.",
        ),
    ];
    for (command, sentence) in cases {
        assert_eq!(desk.refused(command).to_string(), sentence);
    }
}

#[test]
fn records_are_checked_one_by_one() {
    let mut desk = Desk::new();
    let (a, b, c) = (OrgId(1), OrgId(2), OrgId(3));
    let named = |id, name: &str| Edit::Organisation(id, OrgField::Name(name.into()));
    let under = |id, parent| Edit::Organisation(id, OrgField::Parent(Some(parent)));
    desk.run(Command::EditRecord(vec![named(a, " A ")]));
    assert_eq!(desk.state().tables.organisations.get(a).unwrap().name, "A");
    desk.run(Command::EditRecord(vec![named(b, "B"), under(b, a)]));
    desk.run(Command::EditRecord(vec![named(c, "C"), under(c, b)]));
    let ring = "An organisation cannot belong to itself, not even through others.";
    let price = ProductField::Price(Some(Money::new(-1, Currency::EUR)));
    let cases = [
        (under(a, a), ring),
        (under(a, c), ring),
        (named(a, ""), "An organisation needs a name."),
        (
            Edit::Contact(ContactId(1), ContactField::Name(" ".into())),
            "A contact needs a name.",
        ),
        (
            Edit::Person(PersonId(1), PersonField::Name(" ".into())),
            "A person needs a name.",
        ),
        (
            Edit::Product(ProductId(1), ProductField::Name(" ".into())),
            "A product needs a name.",
        ),
        (
            Edit::Product(ProductId(1), price),
            "A price cannot be below nothing.",
        ),
        (
            Edit::Contact(ContactId(1), ContactField::Organisation(Some(OrgId(9)))),
            "The organisation is no longer there. It may have been removed in another tab.",
        ),
    ];
    for (edit, sentence) in cases {
        assert_eq!(
            desk.refused(Command::EditRecord(vec![edit])).to_string(),
            sentence
        );
    }
    assert_eq!(
        desk.refused(Command::EditRecord(Vec::new())),
        Refusal::Nothing
    );
}

#[test]
fn activities_need_a_few_words_and_a_time_that_exists() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Proposal");
    let base = ActivityDraft {
        subject: "Call".into(),
        deal: Some(deal),
        due: Some(today()),
        due_minute: Some(1_439),
        ..ActivityDraft::new(ActivityKind::Task)
    };
    let save = |draft| Command::SaveActivity {
        id: None,
        draft: Box::new(draft),
    };
    let cases = [
        (
            ActivityDraft {
                subject: " ".into(),
                ..base.clone()
            },
            "Please write a few words.",
        ),
        (
            ActivityDraft {
                due_minute: Some(1_440),
                ..base.clone()
            },
            "A time lies between 00:00 and 23:59.",
        ),
        (
            ActivityDraft {
                deal: Some(DealId(9)),
                ..base.clone()
            },
            "The deal is no longer there. It may have been removed in another tab.",
        ),
    ];
    for (draft, sentence) in cases {
        assert_eq!(desk.refused(save(draft)).to_string(), sentence);
    }
    desk.run(save(base));
}

#[test]
fn what_is_so_already_is_nothing_to_do() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Proposal");
    let stage = desk.stage("Proposal");
    let pipeline = desk.pipeline("Sales");
    let same = DealDraft {
        title: " Crane ".into(),
        ..DealDraft::new(stage)
    };
    let closure = Closure::on(today());
    let cases = [
        Command::SaveDeal {
            id: Some(deal),
            draft: Box::new(same),
        },
        Command::SetStatus {
            deals: vec![deal],
            status: Status::Open,
            closure: closure.clone(),
        },
        Command::SetStatus {
            deals: Vec::new(),
            status: Status::Lost,
            closure,
        },
        moved(&[], stage, Place::Top),
        Command::RenamePipeline {
            pipeline,
            name: "Sales ".into(),
        },
        Command::ReorderStage { stage, index: 3 },
        Command::EditStage {
            stage,
            edit: StageEdit {
                name: Some("Proposal".into()),
                ..StageEdit::default()
            },
        },
        Command::EditStage {
            stage,
            edit: StageEdit::default(),
        },
        Command::EditWorkspace(vec![WorkspaceField::Currency(Currency::EUR)]),
        Command::EditWorkspace(Vec::new()),
    ];
    for command in cases {
        let shown = format!("{command:?}");
        assert_eq!(desk.refused(command), Refusal::Nothing, "{shown}");
    }
}

#[test]
fn a_deal_keeps_what_it_was_linked_to_before_that_was_removed() {
    let mut desk = Desk::new();
    let full = DealDraft {
        organisation: Some(OrNew::New("Orchard Bank".into())),
        contacts: vec![(OrNew::New("Ada Park".into()), BuyingRole::User)],
        owner: Some(OrNew::New("Jo Ortega".into())),
        products: vec![OrNew::New("Sensor kit".into())],
        ..draft(&desk)
    };
    let deal = desk.save(full);
    let other = desk.add("Other", "Proposal");
    let before = desk.deal(deal).clone();
    let links = DealDraft {
        title: "Crane, renamed".into(),
        organisation: before.organisation.map(OrNew::Known),
        contacts: vec![(
            OrNew::Known(before.contacts[0].contact),
            BuyingRole::Champion,
        )],
        owner: before.owner.map(OrNew::Known),
        products: vec![OrNew::Known(before.products[0])],
        ..draft(&desk)
    };
    desk.run(Command::Delete(vec![
        before.organisation.unwrap().into(),
        before.contacts[0].contact.into(),
        before.owner.unwrap().into(),
        before.products[0].into(),
    ]));
    // Another deal cannot be linked to what is gone.
    let elsewhere = Command::SaveDeal {
        id: Some(other),
        draft: Box::new(links.clone()),
    };
    assert!(matches!(desk.refused(elsewhere), Refusal::Gone(_)));
    desk.run(Command::SaveDeal {
        id: Some(deal),
        draft: Box::new(links),
    });
    let after = desk.deal(deal);
    assert_eq!(after.title, "Crane, renamed");
    assert_eq!(after.organisation, before.organisation);
    assert_eq!(after.owner, before.owner);
    assert_eq!(after.products, before.products);
    assert_eq!(after.contacts[0].contact, before.contacts[0].contact);
    assert_eq!(after.contacts[0].role, BuyingRole::Champion);
}
