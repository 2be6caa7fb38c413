//! Criteria of stages and moves past them, frameworks and answers, the ideal customer, scores.

use crate::desk::{DAY, Desk, moved, today};
use fairlead::app::gates;
use fairlead::domain::activity::{ActivityField, ActivityKind, ActivityOutcome};
use fairlead::domain::change::{Edit, EntityRef, Intent, IntentKind};
use fairlead::domain::command::qualify::{
    AnswerDraft, Fill, GateEdit, IcpDraft, QualifyCommand, RuleDraft,
};
use fairlead::domain::command::sell::{RenewalDate, SellCommand};
use fairlead::domain::command::{Command, DealDraft, Refusal};
use fairlead::domain::deal::{Closure, DealField, Placement, Status};
use fairlead::domain::frameworks::Template;
use fairlead::domain::gate::{GateMode, GateSide};
use fairlead::domain::ids::{ActivityId, CriterionId, DealId, OrgId, QuestionId};
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::party::OrgField;
use fairlead::domain::query::board::Place;
use fairlead::domain::query::condition::{Subject, Verdict};
use fairlead::domain::query::gate::criteria;
use fairlead::domain::query::qualify::{frameworks, qualification, questions};
use fairlead::domain::query::score::Score;
use fairlead::domain::rule::{Condition, Op};
use fairlead::domain::scoring::{Axis, IcpPart, Signal};
use fairlead::domain::stage::StageKind;

fn q(command: QualifyCommand) -> Command {
    Command::Qualify(command)
}

fn criterion(
    desk: &mut Desk,
    stage: &str,
    side: GateSide,
    text: &str,
    evidence: bool,
) -> CriterionId {
    let id = desk.stage(stage);
    desk.run(q(QualifyCommand::SaveCriterion {
        id: None,
        stage: id,
        side,
        text: text.into(),
        evidence,
    }));
    criteria(desk.state(), id, side).last().unwrap().id
}

fn gate(desk: &mut Desk, stage: &str, edit: GateEdit) {
    let stage = desk.stage(stage);
    desk.run(q(QualifyCommand::EditGate { stage, edit }));
}

fn mode(desk: &mut Desk, stage: &str, mode: GateMode) {
    let mode = Some(mode);
    gate(
        desk,
        stage,
        GateEdit {
            mode,
            ..GateEdit::default()
        },
    );
}

fn tick(deal: DealId, criterion: CriterionId, evidence: &str) -> Command {
    q(QualifyCommand::Tick {
        deal,
        criterion,
        evidence: Some(evidence.into()),
        on: None,
    })
}

fn pass(command: Command, fill: Fill, reason: Option<&str>) -> Command {
    q(QualifyCommand::Pass {
        command: Box::new(command),
        fill: Box::new(fill),
        reason: reason.map(str::to_owned),
    })
}

fn missing(refusal: Refusal) -> Vec<String> {
    match refusal {
        Refusal::Gated(gaps) => gaps.iter().flat_map(|g| g.texts()).collect(),
        other => panic!("not gated: {other:?}"),
    }
}

fn here(desk: &Desk, deal: DealId) -> String {
    let state = desk.state();
    state.stage_of(desk.deal(deal)).unwrap().name.clone()
}

#[test]
fn criteria_are_added_changed_put_in_order_and_removed() {
    let mut desk = Desk::new();
    let a = criterion(
        &mut desk,
        "Proposal",
        GateSide::Exit,
        " They asked for it ",
        false,
    );
    let b = criterion(
        &mut desk,
        "Proposal",
        GateSide::Exit,
        "We know who signs",
        true,
    );
    let stage = desk.stage("Proposal");
    let texts = |desk: &Desk| {
        let all = criteria(desk.state(), stage, GateSide::Exit);
        all.iter().map(|c| c.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&desk), ["They asked for it", "We know who signs"]);
    let save = |id, text: &str| {
        q(QualifyCommand::SaveCriterion {
            id,
            stage,
            side: GateSide::Exit,
            text: text.into(),
            evidence: false,
        })
    };
    for (id, text) in [
        (None, "we know who SIGNS"),
        (None, "  "),
        (Some(a), "We know who signs"),
    ] {
        assert!(matches!(
            desk.refused(save(id, text)),
            Refusal::Field { field: "text", .. }
        ));
    }
    desk.run(save(Some(a), "They asked for an offer"));
    desk.run(q(QualifyCommand::Reorder {
        what: b.into(),
        index: 0,
    }));
    assert_eq!(
        texts(&desk),
        ["We know who signs", "They asked for an offer"]
    );
    let last = q(QualifyCommand::Reorder {
        what: b.into(),
        index: 0,
    });
    assert_eq!(desk.refused(last), Refusal::Nothing);
    desk.run(q(QualifyCommand::Remove(b.into())));
    assert_eq!(texts(&desk), ["They asked for an offer"]);
    desk.undo();
    assert_eq!(
        texts(&desk),
        ["We know who signs", "They asked for an offer"]
    );
    let stage = EntityRef::from(stage);
    assert!(matches!(
        desk.refused(q(QualifyCommand::Remove(stage))),
        Refusal::Impossible(_)
    ));
}

#[test]
fn a_blocking_gate_refuses_until_all_is_there() {
    let mut desk = Desk::new();
    let deal = desk.add("Survey", "Qualification");
    let exit = criterion(
        &mut desk,
        "Qualification",
        GateSide::Exit,
        "Budget named",
        true,
    );
    let entry = criterion(&mut desk, "Proposal", GateSide::Entry, "They asked", false);
    let to = desk.stage("Proposal");
    let go = moved(&[deal], to, Place::Top);
    // Off, and warn: nothing is refused.
    for free in [GateMode::Warn, GateMode::Off] {
        mode(&mut desk, "Qualification", free);
        desk.run(go.clone());
        desk.undo();
    }
    for stage in ["Qualification", "Needs Analysis", "Proposal"] {
        mode(&mut desk, stage, GateMode::Block);
    }
    let required = Some(vec!["value".to_owned(), "close".to_owned()]);
    gate(
        &mut desk,
        "Needs Analysis",
        GateEdit {
            required,
            ..GateEdit::default()
        },
    );
    assert_eq!(
        missing(desk.refused(go.clone())),
        [
            "Budget named",
            "Value is not filled in",
            "Expected close is not filled in",
            "They asked"
        ]
    );
    // Only as far as the way goes; what stands later does not matter.
    let near = moved(&[deal], desk.stage("Needs Analysis"), Place::Top);
    assert_eq!(missing(desk.refused(near)), ["Budget named"]);
    let evidence = desk.refused(tick(deal, exit, "  "));
    assert!(matches!(
        evidence,
        Refusal::Field {
            field: "evidence",
            ..
        }
    ));
    desk.run(tick(deal, exit, "Mail of the buyer"));
    desk.run(tick(deal, entry, ""));
    let check = desk.deal(deal).checks.get(exit).unwrap().clone();
    assert_eq!(
        (check.evidence.as_str(), check.on),
        ("Mail of the buyer", today())
    );
    assert_eq!(missing(desk.refused(go.clone())).len(), 2);
    let fields = [
        DealField::Value(Some(Money::new(5_000, Currency::EUR))),
        DealField::Close(Some(today())),
    ];
    let fill = Fill {
        edits: fields.map(|f| Edit::Deal(deal, f)).into(),
        ..Fill::default()
    };
    let before = desk.log.len();
    desk.run(pass(go, fill, None));
    assert_eq!(desk.log.len(), before + 1, "fields and move are one change");
    assert_eq!(here(&desk, deal), "Proposal");
    assert!(desk.deal(deal).overrides.is_empty());
    desk.undo();
    assert_eq!(here(&desk, deal), "Qualification");
    assert_eq!(desk.deal(deal).value, None);
}

#[test]
fn winning_past_a_gate_that_blocks_asks_first_and_goes_on_with_a_reason() {
    let mut desk = Desk::new();
    let deal = desk.add("Survey", "Proposal");
    criterion(&mut desk, "Proposal", GateSide::Exit, "They signed", false);
    mode(&mut desk, "Proposal", GateMode::Block);
    let closing = Command::SetStatus {
        deals: vec![deal],
        status: Status::Won,
        closure: Closure::on(today()),
    };
    // As the closing dialog gives it.
    let win = || {
        Command::Sell(SellCommand::Win {
            closing: Box::new(closing.clone()),
            renewal: RenewalDate::Suggested,
        })
    };
    let asked = gates::gaps(&desk.session, &win(), desk.at());
    assert_eq!(asked.len(), 1, "it is asked before it is tried");
    assert_eq!(missing(desk.refused(win())), ["They signed"]);
    let at = desk.at();
    let left = gates::remaining(&desk.session, &win(), &Fill::default(), at).unwrap();
    assert_eq!(left.len(), 1);
    let before = desk.log.len();
    desk.run(pass(win(), Fill::default(), Some("The order came by mail")));
    assert_eq!(desk.log.len(), before + 1);
    assert_eq!(desk.deal(deal).outcome.status(), Status::Won);
    assert_eq!(desk.deal(deal).overrides.len(), 1);
}

#[test]
fn winning_past_a_gate_still_needs_its_reason() {
    let mut desk = Desk::asking();
    let deal = desk.add("Survey", "Proposal");
    let win = Command::Sell(SellCommand::Win {
        closing: Box::new(Command::SetStatus {
            deals: vec![deal],
            status: Status::Won,
            closure: Closure::on(today()),
        }),
        renewal: RenewalDate::Suggested,
    });
    for command in [win.clone(), pass(win, Fill::default(), Some("x"))] {
        assert!(matches!(
            desk.refused(command),
            Refusal::Field {
                field: "reason",
                ..
            }
        ));
    }
}

#[test]
fn an_override_needs_a_reason_and_is_kept_with_the_move() {
    let mut desk = Desk::new();
    let deal = desk.add("Survey", "Prospecting");
    let text = criterion(
        &mut desk,
        "Prospecting",
        GateSide::Exit,
        "First meeting agreed",
        false,
    );
    mode(&mut desk, "Prospecting", GateMode::Block);
    let from = desk.stage("Prospecting");
    let to = desk.stage("Qualification");
    let go = moved(&[deal], to, Place::Top);
    assert_eq!(
        missing(desk.refused(pass(go.clone(), Fill::default(), None))).len(),
        1
    );
    let blank = desk.refused(pass(go.clone(), Fill::default(), Some("  ")));
    assert!(matches!(
        blank,
        Refusal::Field {
            field: "reason",
            ..
        }
    ));
    let before = desk.log.len();
    desk.run(pass(
        go.clone(),
        Fill::default(),
        Some("Met them at the fair"),
    ));
    assert_eq!(desk.log.len(), before + 1);
    let (_, noted) = desk.deal(deal).overrides.iter().next().unwrap();
    assert_eq!((noted.from, noted.to), (from, to));
    assert_eq!(noted.reason, "Met them at the fair");
    assert_eq!(noted.missing, ["First meeting agreed"]);
    desk.undo();
    assert!(desk.deal(deal).overrides.is_empty());
    // A warning needs none, and is kept all the same.
    mode(&mut desk, "Prospecting", GateMode::Warn);
    desk.run(pass(go.clone(), Fill::default(), Some("")));
    assert_eq!(desk.deal(deal).overrides.len(), 1);
    // What is filled in needs no override.
    desk.undo();
    let fill = Fill {
        checks: vec![(deal, text, "In both calendars".into(), None)],
        ..Fill::default()
    };
    desk.run(pass(go, fill, Some("not needed")));
    assert!(desk.deal(deal).overrides.is_empty());
}

#[test]
fn only_moves_forward_are_gated_and_no_import_or_undo() {
    let mut desk = Desk::new();
    let deal = desk.add("Survey", "Proposal");
    criterion(
        &mut desk,
        "Proposal",
        GateSide::Exit,
        "We know who signs",
        false,
    );
    criterion(
        &mut desk,
        "Qualification",
        GateSide::Entry,
        "They fit",
        false,
    );
    for stage in ["Prospecting", "Qualification", "Proposal", "Post-Sales"] {
        mode(&mut desk, stage, GateMode::Block);
    }
    desk.move_to(deal, "Prospecting");
    // Undo goes forward again, and is not asked.
    desk.undo();
    assert_eq!(here(&desk, deal), "Proposal");
    // Losing it and putting it aside are no moves forward.
    let status = |status| Command::SetStatus {
        deals: vec![deal],
        status,
        closure: Closure::on(today()),
    };
    desk.run(status(Status::Lost));
    desk.run(status(Status::Open));
    // Winning it is one, by status and by form.
    assert_eq!(
        missing(desk.refused(status(Status::Won))),
        ["We know who signs"]
    );
    let draft = DealDraft {
        title: "Survey".into(),
        ..DealDraft::new(desk.stage("Close"))
    };
    let draft = Box::new(draft);
    assert_eq!(
        missing(desk.refused(Command::SaveDeal {
            id: Some(deal),
            draft
        }))
        .len(),
        1
    );
    let placement = Placement {
        stage: desk.stage("Close"),
        since: desk.now,
    };
    desk.run(Command::Bring {
        intent: Intent::new(IntentKind::Import, "Imported"),
        edits: vec![Edit::Deal(deal, DealField::Placement(placement))],
    });
    assert_eq!(here(&desk, deal), "Close");
}

#[test]
fn what_comes_from_outside_of_the_pipeline_is_asked_for_all_on_the_way() {
    let mut desk = Desk::new();
    let entry = criterion(&mut desk, "Proposal", GateSide::Entry, "They asked", false);
    mode(&mut desk, "Proposal", GateMode::Block);
    let proposal = desk.stage("Proposal");
    let add = Command::QuickAdd {
        stage: proposal,
        title: "Begun late".into(),
    };
    let draft = Box::new(DealDraft {
        title: "Begun late".into(),
        ..DealDraft::new(proposal)
    });
    let save = Command::SaveDeal { id: None, draft };
    for command in [add.clone(), save] {
        let gaps = gates::gaps(&desk.session, &command, desk.at());
        assert_eq!(gaps[0].title, "Begun late");
        assert_eq!(missing(desk.refused(command.clone())), ["They asked"]);
        // What is ticked for a deal that is about to be made goes to the one that is made.
        let fill = Fill {
            checks: vec![(gaps[0].deal, entry, String::new(), today().pred_opt())],
            ..Fill::default()
        };
        let left = gates::remaining(&desk.session, &command, &fill, desk.at());
        assert_eq!(left, Ok(Vec::new()));
        let made = DealId(desk.run(pass(command.clone(), fill, None)).unwrap().id);
        let check = desk.deal(made).checks.get(entry).unwrap();
        assert_eq!(Some(check.on), today().pred_opt());
        let made = desk.run(pass(command, Fill::default(), Some("A tender")));
        let made = desk.deal(DealId(made.unwrap().id));
        assert_eq!(made.overrides.len(), 1);
    }
    // Before it nothing is asked, and what is ticked lies in the past.
    let deal = desk.add("Begun early", "Prospecting");
    let ahead = q(QualifyCommand::Tick {
        deal,
        criterion: entry,
        evidence: Some(String::new()),
        on: today().succ_opt(),
    });
    assert!(matches!(
        desk.refused(ahead),
        Refusal::Field { field: "on", .. }
    ));
}

#[test]
fn moving_to_another_pipeline_and_winning_without_a_won_stage_are_asked_too() {
    let mut desk = Desk::new();
    let deal = desk.add("Survey", "Prospecting");
    desk.run(Command::AddPipeline {
        name: "Partners".into(),
    });
    let other = desk.state().pipelines().last().unwrap().id;
    let stages: Vec<_> = desk
        .state()
        .stages(other)
        .iter()
        .map(|s| (s.id, s.kind))
        .collect();
    let (first, last) = (stages[0].0, stages[2].0);
    let add = |desk: &mut Desk, stage, side, text: &str| {
        desk.run(q(QualifyCommand::SaveCriterion {
            id: None,
            stage,
            side,
            text: text.into(),
            evidence: false,
        }));
        desk.run(q(QualifyCommand::EditGate {
            stage,
            edit: GateEdit {
                mode: Some(GateMode::Block),
                ..GateEdit::default()
            },
        }));
    };
    add(&mut desk, first, GateSide::Entry, "A partner");
    add(&mut desk, last, GateSide::Exit, "Signed");
    let go = moved(&[deal], last, Place::Top);
    let asked = gates::gaps(&desk.session, &go, desk.at());
    assert_eq!(asked[0].texts(), ["A partner"]);
    assert_eq!(missing(desk.refused(go.clone())), ["A partner"]);
    desk.run(pass(go, Fill::default(), Some("By mistake in Sales")));
    for (stage, _) in stages.iter().filter(|s| s.1 == StageKind::Won) {
        desk.run(Command::DeleteStage {
            stage: *stage,
            to: None,
            closure: None,
        });
    }
    let win = |on| Command::SetStatus {
        deals: vec![deal],
        status: Status::Won,
        closure: Closure::on(on),
    };
    assert_eq!(missing(desk.refused(win(today()))), ["Signed"]);
    desk.run(pass(win(today()), Fill::default(), Some("Tomorrow")));
    // Won already, its day may be put right.
    desk.run(win(today().pred_opt().unwrap()));
}

#[test]
fn many_deals_are_refused_together_and_each_keeps_its_override() {
    let mut desk = Desk::new();
    let deals: Vec<DealId> = ["a", "b", "c"].map(|t| desk.add(t, "Prospecting")).into();
    let id = criterion(&mut desk, "Prospecting", GateSide::Exit, "They fit", false);
    mode(&mut desk, "Prospecting", GateMode::Block);
    desk.run(tick(deals[1], id, ""));
    let to = desk.stage("Qualification");
    let go = moved(&deals, to, Place::Top);
    let Refusal::Gated(gaps) = desk.refused(go.clone()) else {
        panic!()
    };
    assert_eq!(
        gaps.iter().map(|g| g.deal).collect::<Vec<_>>(),
        [deals[0], deals[2]]
    );
    desk.run(pass(go, Fill::default(), Some("A campaign")));
    let kept = deals
        .iter()
        .map(|d| desk.deal(*d).overrides.len())
        .collect::<Vec<_>>();
    assert_eq!(kept, [1, 0, 1]);
    assert!(deals.iter().all(|d| here(&desk, *d) == "Qualification"));
}

fn add_meddic(desk: &mut Desk) -> Vec<QuestionId> {
    desk.run(q(QualifyCommand::AddTemplate(Template::Meddic)));
    let pipeline = desk.state().pipelines()[0].id;
    desk.run(q(QualifyCommand::ChooseFramework {
        pipeline,
        framework: Some(Template::Meddic.id()),
    }));
    let all = questions(desk.state(), Template::Meddic.id());
    all.iter().map(|q| q.id).collect()
}

fn answer(deal: DealId, question: QuestionId, score: u8) -> Command {
    q(QualifyCommand::Answer {
        deal,
        question,
        answer: Some(AnswerDraft {
            score,
            evidence: "Said so".into(),
        }),
    })
}

#[test]
fn answers_add_up_and_go_stale_where_a_stage_asks_again() {
    let mut desk = Desk::new();
    let all = add_meddic(&mut desk);
    let deal = desk.add("Survey", "Qualification");
    let percent = |desk: &Desk| {
        qualification(desk.state(), desk.deal(deal))
            .unwrap()
            .percent
    };
    let stale = |desk: &Desk| {
        qualification(desk.state(), desk.deal(deal))
            .unwrap()
            .stale()
    };
    assert_eq!((all.len(), percent(&desk)), (6, 0));
    // Weights 2, 3, 2, 2, 3, 3.
    desk.run(answer(deal, all[1], 3));
    assert_eq!(percent(&desk), 20);
    desk.run(answer(deal, all[0], 1));
    assert_eq!(percent(&desk), 24);
    assert!(matches!(
        desk.refused(answer(deal, all[0], 4)),
        Refusal::Field { field: "score", .. }
    ));
    let reask = Some(true);
    gate(
        &mut desk,
        "Needs Analysis",
        GateEdit {
            reask,
            qualified: Some(30),
            ..GateEdit::default()
        },
    );
    desk.now += 3 * DAY;
    desk.move_to(deal, "Needs Analysis");
    assert_eq!(stale(&desk), 2);
    mode(&mut desk, "Needs Analysis", GateMode::Block);
    let go = moved(&[deal], desk.stage("Proposal"), Place::Top);
    assert_eq!(
        missing(desk.refused(go.clone())),
        ["Qualified 24 % of 30 %", "2 answers to confirm"]
    );
    desk.run(answer(deal, all[1], 3));
    assert_eq!(stale(&desk), 1);
    let draft = |score| AnswerDraft {
        score,
        evidence: String::new(),
    };
    let fill = Fill {
        answers: vec![(deal, all[0], draft(2)), (deal, all[5], draft(1))],
        ..Fill::default()
    };
    desk.run(pass(go, fill, None));
    assert_eq!((here(&desk, deal).as_str(), stale(&desk)), ("Proposal", 0));
    // Without a framework nothing is asked.
    desk.run(q(QualifyCommand::Remove(Template::Meddic.id().into())));
    assert_eq!(qualification(desk.state(), desk.deal(deal)), None);
}

#[test]
fn a_template_added_by_two_people_is_one_framework() {
    let mut a = Desk::new();
    let mut b = a.reopened(2);
    for desk in [&mut a, &mut b] {
        desk.run(q(QualifyCommand::AddTemplate(Template::Meddpicc)));
    }
    b.run(q(QualifyCommand::SaveQuestion {
        id: Some(Template::Meddpicc.question_id("Champion")),
        framework: Template::Meddpicc.id(),
        name: "Champion".into(),
        text: "Who pushes it?".into(),
        weight: 5,
    }));
    a.catch_up(&b);
    b.catch_up(&a);
    for desk in [&a, &b] {
        assert_eq!(frameworks(desk.state()).len(), 1);
        let all = questions(desk.state(), Template::Meddpicc.id());
        assert_eq!(all.len(), 8);
        assert_eq!(all[6].weight, 5);
    }
    assert!(matches!(
        a.refused(q(QualifyCommand::AddTemplate(Template::Meddpicc))),
        Refusal::Impossible(_)
    ));
    // Removed and added again, it is as at first.
    a.run(q(QualifyCommand::Remove(Template::Meddpicc.id().into())));
    a.run(q(QualifyCommand::AddTemplate(Template::Meddpicc)));
    assert_eq!(questions(a.state(), Template::Meddpicc.id())[6].weight, 3);
    // One of one's own, beside it.
    let own = |name: &str| {
        q(QualifyCommand::SaveFramework {
            id: None,
            name: name.into(),
            purpose: String::new(),
        })
    };
    assert!(matches!(a.refused(own("meddpicc")), Refusal::Field { .. }));
    a.run(own("Ours"));
    assert_eq!(frameworks(a.state()).len(), 2);
}

fn condition(what: &str, op: Op, with: &[&str]) -> Condition {
    Condition {
        what: what.into(),
        op,
        with: with.iter().map(|w| (*w).to_owned()).collect(),
    }
}

#[test]
fn the_ideal_customer_gives_each_organisation_a_fit_with_reasons() {
    let mut desk = Desk::new();
    let org = |id, fields: Vec<OrgField>| {
        fields
            .into_iter()
            .map(move |f| Edit::Organisation(OrgId(id), f))
    };
    let mut edits: Vec<Edit> = Vec::new();
    edits.extend(org(
        1,
        vec![
            OrgField::Name("Both".into()),
            OrgField::Industry("Glass".into()),
            OrgField::Employees(Some(400)),
        ],
    ));
    edits.extend(org(
        2,
        vec![
            OrgField::Name("Half".into()),
            OrgField::Industry("glass".into()),
        ],
    ));
    edits.extend(org(
        3,
        vec![
            OrgField::Name("Small".into()),
            OrgField::Industry("Glass".into()),
            OrgField::Employees(Some(5)),
        ],
    ));
    desk.run(Command::EditRecord(edits));
    let fit = |desk: &Desk, id| {
        let world = desk.world();
        let org = world.state.tables.organisations.get(OrgId(id)).unwrap();
        let at = desk.at();
        world
            .rules
            .profile
            .fit(&Subject::organisation(world, org, at.now, at.today))
    };
    assert_eq!(
        fit(&desk, 1),
        None,
        "without a profile there is nothing to fit"
    );
    let draft = |part, weight, condition| IcpDraft {
        name: String::new(),
        condition,
        part,
        weight,
    };
    for d in [
        draft(
            IcpPart::Scored,
            60,
            condition("organisation.industry", Op::Is, &["Glass"]),
        ),
        draft(
            IcpPart::Scored,
            40,
            condition("organisation.employees", Op::AtLeast, &["100"]),
        ),
        draft(
            IcpPart::Exclusion,
            10,
            condition("organisation.employees", Op::AtMost, &["10"]),
        ),
    ] {
        desk.run(q(QualifyCommand::SaveIcp { id: None, draft: d }));
    }
    let both = fit(&desk, 1).unwrap();
    assert_eq!((both.percent, both.fits(), both.unknown), (100, true, 0));
    let half = fit(&desk, 2).unwrap();
    assert_eq!((half.percent, half.most, half.unknown), (60, 100, 2));
    assert_eq!(half.reasons[1].verdict, Verdict::Unknown);
    let small = fit(&desk, 3).unwrap();
    assert_eq!((small.percent, small.ruled_out), (0, true));
    let wrong = draft(
        IcpPart::Scored,
        0,
        condition("organisation.industry", Op::Set, &[]),
    );
    assert!(matches!(
        desk.refused(q(QualifyCommand::SaveIcp {
            id: None,
            draft: wrong
        })),
        Refusal::Field {
            field: "weight",
            ..
        }
    ));
    let deals = draft(IcpPart::Scored, 1, condition("deal.value", Op::Set, &[]));
    assert!(matches!(
        desk.refused(q(QualifyCommand::SaveIcp {
            id: None,
            draft: deals
        })),
        Refusal::Field {
            field: "conditions",
            ..
        }
    ));
}

fn score(desk: &Desk, deal: DealId) -> Score {
    let (world, at) = (desk.world(), desk.at());
    let subject = Subject::deal(world, desk.deal(deal), at.now, at.today);
    world.rules.scores.score(&subject).unwrap()
}

#[test]
fn a_score_is_the_sum_of_its_reasons_and_fades() {
    let mut desk = Desk::new();
    let deal = desk.add("Survey", "Qualification");
    let rule = |name: &str, axis, points| RuleDraft {
        name: name.into(),
        axis,
        on: true,
        conditions: Vec::new(),
        signal: None,
        points,
        half_life: None,
        cap: None,
    };
    let meeting = Signal {
        kind: Some(ActivityKind::Meeting),
        direction: None,
        outcome: Some(ActivityOutcome::Held),
    };
    let here = desk.stage("Qualification").to_string();
    for draft in [
        RuleDraft {
            conditions: vec![condition("deal.stage", Op::Is, &[&here])],
            ..rule("Qualified", Axis::Fit, 80)
        },
        RuleDraft {
            conditions: vec![condition("deal.organisation", Op::Empty, &[])],
            ..rule("Nobody known", Axis::Fit, -30)
        },
        RuleDraft {
            signal: Some(meeting),
            half_life: Some(10),
            cap: Some(50),
            ..rule("Met", Axis::Engagement, 40)
        },
    ] {
        let draft = Box::new(draft);
        desk.run(q(QualifyCommand::SaveRule { id: None, draft }));
    }
    let empty = Box::new(rule("Everybody", Axis::Fit, 5));
    assert!(matches!(
        desk.refused(q(QualifyCommand::SaveRule {
            id: None,
            draft: empty
        })),
        Refusal::Field {
            field: "conditions",
            ..
        }
    ));
    let first = score(&desk, deal);
    assert_eq!((first.fit.points, first.engagement.points), (50, 0));
    assert_eq!(first.grade.to_string(), "B4");
    for id in [1, 2] {
        let fields = [
            ActivityField::Kind(ActivityKind::Meeting),
            ActivityField::Deal(Some(deal)),
            ActivityField::Outcome(Some(ActivityOutcome::Held)),
            ActivityField::Done(Some(desk.now)),
        ];
        let edits = fields.map(|f| Edit::Activity(ActivityId(id), f)).into();
        let intent = Intent::new(IntentKind::LogActivity, "Met");
        desk.run(Command::Bring { intent, edits });
    }
    let met = score(&desk, deal);
    assert_eq!(met.engagement.points, 50, "two meetings of 40, at most 50");
    assert!(met.engagement.reasons[0].capped);
    desk.now += 10 * DAY;
    assert_eq!(score(&desk, deal).engagement.points, 40);
    desk.now += 10 * DAY;
    let later = score(&desk, deal);
    assert_eq!(later.engagement.points, 20);
    let sum: i64 = later.engagement.reasons.iter().map(|r| r.points).sum();
    assert_eq!(sum, 20);
}
