//! Campaigns, rates, interviews, and the reasons deals are closed for.

use crate::desk::{Desk, moved, today};
use chrono::{Days, NaiveDate};
use fairlead::domain::command::insight::{
    CampaignDraft, InsightCommand, InterviewDraft, RateDraft,
};
use fairlead::domain::command::sell::{RenewalDate, SellCommand};
use fairlead::domain::command::{Command, DealDraft, Refusal};
use fairlead::domain::deal::{Closure, Status};
use fairlead::domain::ids::{CampaignId, DealId, InterviewId, RateId};
use fairlead::domain::insight::exchange::{Exchange, Total};
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::query::board::Place;
use fairlead::domain::workspace::WorkspaceField;

fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Field { field, .. } => field,
        other => panic!("{other}"),
    }
}

fn because(reason: &str) -> Closure {
    Closure {
        reason: reason.into(),
        ..Closure::on(today())
    }
}

fn close(deal: DealId, status: Status, closure: Closure) -> Command {
    Command::SetStatus {
        deals: vec![deal],
        status,
        closure,
    }
}

#[test]
fn closing_by_hand_asks_why_whichever_way_it_is_done() {
    let mut desk = Desk::asking();
    let deal = desk.add("Pump", "Prospecting");
    let won = desk.stage("Post-Sales");
    let draft = DealDraft {
        title: "Pump".into(),
        closure: Some(Closure::on(today())),
        ..DealDraft::new(won)
    };
    let ways = [
        close(deal, Status::Won, Closure::on(today())),
        close(deal, Status::Lost, because("  ")),
        moved(&[deal], won, Place::Top),
        Command::SaveDeal {
            id: Some(deal),
            draft: Box::new(draft),
        },
        Command::QuickAdd {
            stage: won,
            title: "Sold at once".into(),
        },
        Command::Sell(SellCommand::Win {
            closing: Box::new(close(deal, Status::Won, Closure::on(today()))),
            renewal: RenewalDate::Suggested,
        }),
    ];
    for way in ways {
        assert_eq!(field(desk.refused(way)), "reason");
    }
    // Putting aside asks nothing.
    desk.run(close(deal, Status::OnHold, Closure::on(today())));
    desk.run(close(deal, Status::Open, Closure::on(today())));
    desk.run(close(deal, Status::Lost, because("Price")));
    // A reason that was said cannot be taken away, another date can be set.
    assert_eq!(
        field(desk.refused(close(deal, Status::Lost, Closure::on(today())))),
        "reason"
    );
    let earlier = today() - Days::new(3);
    desk.run(close(
        deal,
        Status::Lost,
        Closure {
            reason: "Price".into(),
            ..Closure::on(earlier)
        },
    ));
    // Undo and redo never ask.
    desk.undo();
    desk.undo();
    desk.redo();
    assert_eq!(desk.deal(deal).outcome.status(), Status::Lost);
}

#[test]
fn who_turns_it_off_is_not_asked_and_old_closures_without_a_reason_can_be_changed() {
    let mut desk = Desk::new();
    let deal = desk.add("Pump", "Prospecting");
    desk.run(close(deal, Status::Lost, Closure::on(today())));
    desk.run(Command::EditWorkspace(vec![
        WorkspaceField::ReasonsRequired(true),
    ]));
    let earlier = today() - Days::new(3);
    desk.run(close(deal, Status::Lost, Closure::on(earlier)));
    assert_eq!(
        field(desk.refused(close(deal, Status::Won, Closure::on(today())))),
        "reason"
    );
}

#[test]
fn campaigns_are_kept_and_named_by_deals() {
    let mut desk = Desk::new();
    let save = |id, draft: &CampaignDraft| {
        Command::Insight(InsightCommand::SaveCampaign {
            id,
            draft: Box::new(draft.clone()),
        })
    };
    let fair = CampaignDraft {
        name: " Spring fair ".into(),
        source: "Event".into(),
        from: NaiveDate::from_ymd_opt(2026, 3, 1),
        to: NaiveDate::from_ymd_opt(2026, 3, 4),
        cost: Some(Money::new(500_000, Currency::EUR)),
        ..CampaignDraft::default()
    };
    let id = CampaignId(desk.run(save(None, &fair)).unwrap().id);
    let kept = desk.state().tables.campaigns.get(id).unwrap().clone();
    assert_eq!((kept.name.as_str(), kept.cost), ("Spring fair", fair.cost));
    assert_eq!(desk.refused(save(Some(id), &fair)), Refusal::Nothing);
    for (draft, wrong) in [
        (
            CampaignDraft {
                name: "SPRING FAIR".into(),
                ..fair.clone()
            },
            "name",
        ),
        (
            CampaignDraft {
                name: "Other".into(),
                to: NaiveDate::from_ymd_opt(2026, 2, 1),
                ..fair.clone()
            },
            "to",
        ),
        (
            CampaignDraft {
                name: "Other".into(),
                cost: Some(Money::new(-1, Currency::EUR)),
                ..fair.clone()
            },
            "cost",
        ),
    ] {
        assert_eq!(field(desk.refused(save(None, &draft))), wrong);
    }
    let stage = desk.stage("Prospecting");
    let draft = |campaign| DealDraft {
        title: "From the fair".into(),
        campaign,
        ..DealDraft::new(stage)
    };
    let add = |campaign| Command::SaveDeal {
        id: None,
        draft: Box::new(draft(campaign)),
    };
    let deal = DealId(desk.run(add(Some(id))).unwrap().id);
    assert_eq!(desk.deal(deal).campaign, Some(id));
    desk.run(Command::Delete(vec![id.into()]));
    // The deal keeps it; a new one cannot have it.
    let keep = Command::SaveDeal {
        id: Some(deal),
        draft: Box::new(DealDraft {
            description: "More".into(),
            ..draft(Some(id))
        }),
    };
    desk.run(keep);
    assert_eq!(desk.refused(add(Some(id))), Refusal::Gone("The campaign"));
}

#[test]
fn rates_make_one_sum_of_two_currencies() {
    let mut desk = Desk::new();
    let usd = Currency::parse("USD").unwrap();
    let rate = RateDraft {
        of: usd,
        to: Currency::EUR,
        worth: 900_000,
        on: Some(today()),
        note: "Bank".into(),
    };
    let save = |id, draft: RateDraft| {
        Command::Insight(InsightCommand::SaveRate {
            id,
            draft: Box::new(draft),
        })
    };
    let id = RateId(desk.run(save(None, rate.clone())).unwrap().id);
    assert_eq!(field(desk.refused(save(None, rate.clone()))), "on");
    for (worth, to, wrong) in [
        (0, Currency::EUR, "worth"),
        (i64::MAX, Currency::EUR, "worth"),
        (1, usd, "in_currency"),
    ] {
        let bad = RateDraft {
            worth,
            to,
            ..rate.clone()
        };
        assert_eq!(field(desk.refused(save(None, bad))), wrong);
    }
    let sum = |desk: &Desk| {
        let exchange = Exchange::read(desk.state());
        let mut total = Total::default();
        for (minor, currency) in [(100, Currency::EUR), (100, usd)] {
            total.add(&exchange, Money::new(minor, currency), today());
        }
        (total.sums.of(Currency::EUR), total.sums.of(usd))
    };
    assert_eq!(sum(&desk), (100, 100));
    desk.run(Command::EditWorkspace(vec![WorkspaceField::Reporting(
        Some(Currency::EUR),
    )]));
    assert_eq!(sum(&desk), (190, 0));
    desk.run(Command::Delete(vec![id.into()]));
    assert_eq!(sum(&desk), (100, 100));
}

#[test]
fn interviews_are_about_closed_deals() {
    let mut desk = Desk::new();
    let deal = desk.add("Pump", "Prospecting");
    let save = |id, draft: InterviewDraft| {
        Command::Insight(InsightCommand::SaveInterview {
            id,
            draft: Box::new(draft),
        })
    };
    let said = InterviewDraft {
        decided: "Price".into(),
        ..InterviewDraft::new(deal)
    };
    assert!(matches!(
        desk.refused(save(None, said.clone())),
        Refusal::Impossible(_)
    ));
    desk.run(close(deal, Status::Lost, because("Price")));
    assert_eq!(
        field(desk.refused(save(None, InterviewDraft::new(deal)))),
        "decided"
    );
    let ahead = InterviewDraft {
        on: today().checked_add_days(Days::new(40)),
        ..said.clone()
    };
    assert_eq!(field(desk.refused(save(None, ahead))), "on");
    let id = InterviewId(desk.run(save(None, said.clone())).unwrap().id);
    let kept = desk.state().tables.interviews.get(id).unwrap();
    assert_eq!((kept.deal, kept.on), (Some(deal), Some(today())));
    // Taken up again, what was said before can still be put right.
    desk.run(close(deal, Status::Open, Closure::on(today())));
    desk.run(save(
        Some(id),
        InterviewDraft {
            better: "Call sooner".into(),
            ..said
        },
    ));
    desk.run(Command::Delete(vec![id.into()]));
    assert!(desk.state().tables.interviews.get(id).is_none());
}
