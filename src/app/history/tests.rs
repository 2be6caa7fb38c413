use super::*;
use crate::app::form::activity::ActivityForm;
use crate::app::form::deal::DealForm;
use crate::app::form::field;
use crate::app::form::fixture::{NOON, Shop, shop};
use crate::domain::activity::ActivityKind;
use crate::domain::change::Intent;
use crate::domain::command::{Command, OrNew, StageEdit};
use crate::domain::deal::{Closure, DealField, Placement, Status};
use crate::domain::ids::{ContactId, IdSource, OrgId};
use crate::domain::money::Money;
use crate::domain::party::OrgField;
use crate::domain::query::board::Place;
use crate::domain::stage::StageKind;
use crate::domain::stamp::Millis;
use chrono::{DateTime, NaiveDate};

/// Numbers and dates as a reader of this file writes them.
struct Plain;

impl Format for Plain {
    fn money(&self, money: Money) -> String {
        format!("{} {}", money.currency, money.to_plain())
    }
    fn date(&self, date: NaiveDate) -> String {
        date.to_string()
    }
    fn moment(&self, ms: Millis) -> String {
        DateTime::from_timestamp_millis(ms)
            .unwrap()
            .format("%Y-%m-%d %H:%M")
            .to_string()
    }
    fn percent(&self, percent: u8) -> String {
        format!("{percent} %")
    }
    fn count(&self, n: usize) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }
}

impl Shop {
    /// What the last change says about the deal, as “field: from → to”.
    fn last(&self, about: Option<EntityRef>) -> Vec<String> {
        said(self, self.log.last().unwrap(), about)
    }

    fn about(&self) -> Option<EntityRef> {
        Some(self.deal.into())
    }

    fn change(&mut self, name: &'static str, set: impl FnOnce(&mut DealForm)) -> Vec<String> {
        let command = DealForm::change(self.session.world(), self.deal, name, set).unwrap();
        self.run(command);
        self.last(self.about())
    }
}

fn said(shop: &Shop, change: &Change, about: Option<EntityRef>) -> Vec<String> {
    let lines = lines(&shop.session.world().state, change, about, &Plain);
    let none = || String::from("–");
    lines
        .into_iter()
        .map(|l| {
            let of = if l.of.is_empty() {
                String::new()
            } else {
                format!("{} / ", l.of)
            };
            match l.from {
                Some(from) => format!("{of}{}: {from} → {}", l.field, l.to.unwrap_or_else(none)),
                None => format!("{of}{}: {}", l.field, l.to.unwrap_or_else(none)),
            }
        })
        .collect()
}

fn stamps(log: &[Change]) -> Vec<(Stamp, Option<Stamp>)> {
    log.iter().map(|c| (c.stamp, c.undoes)).collect()
}

#[test]
fn fields_tell_from_what_to_what_in_words() {
    let mut shop = shop();
    assert_eq!(
        shop.change(field::VALUE, |f| f.amount = "14000".into()),
        ["Value: CHF 12500.50 → CHF 14000"]
    );
    assert_eq!(
        shop.change(field::VALUE, |f| f.amount.clear()),
        ["Value: CHF 14000 → –"]
    );
    assert_eq!(
        shop.change(field::CLOSE, |f| f.close = "2026-04-30".into()),
        ["Expected close: 2026-03-31 → 2026-04-30"]
    );
    assert_eq!(
        shop.change(field::PROBABILITY, |f| f.probability.clear()),
        ["Probability: 55 % → that of the stage"]
    );
    assert_eq!(
        shop.change(field::CATEGORY, |f| f.category = None),
        ["Forecast category: Best case → –"]
    );
    assert_eq!(
        shop.change(field::TAGS, |f| f.tags = vec!["fleet".into()]),
        ["Tags: fleet, pilot, paid → fleet"]
    );
    let contact = |f: &mut DealForm| {
        f.contacts.truncate(1);
    };
    assert_eq!(
        shop.change(field::CONTACTS, contact),
        ["Contacts: Ada Park (champion), Bo Lind → Ada Park (champion)"]
    );
    assert_eq!(
        shop.change(field::OWNER, |f| f.owner = None),
        ["Owner: Jo Ortega → –"]
    );
}

#[test]
fn a_new_deal_tells_what_it_was_given_and_nothing_empty() {
    let shop = shop();
    let made = shop
        .log
        .iter()
        .find(|c| c.edits.iter().any(|e| e.entity() == shop.about().unwrap()))
        .unwrap();
    assert_eq!(
        said(&shop, made, shop.about()),
        [
            "Title: Fleet telemetry pilot",
            "Stage: Prospecting",
            "Organisation: Orchard Bank",
            "Contacts: Ada Park (champion), Bo Lind",
            "Owner: Jo Ortega",
            "Value: CHF 12500.50",
            "Expected close: 2026-03-31",
            "Probability: 55 %",
            "Forecast category: Best case",
            "Source: Fair",
            "Tags: fleet, pilot, paid",
            "Products: Sensor kit",
            "Description: Two lines\nof text",
        ]
    );
    // In the history of the whole, the records made in place are told as well.
    let all = said(&shop, made, None);
    assert!(
        all.contains(&"Organisation Orchard Bank / Name: Orchard Bank".to_owned()),
        "{all:?}"
    );
    assert!(
        all.contains(&"Contact Ada Park / Organisation: Orchard Bank".to_owned()),
        "{all:?}"
    );
}

#[test]
fn names_of_removed_things_are_still_told() {
    let mut shop = shop();
    let proposal = shop.named("Proposal");
    let first = shop.stage(StageKind::Open).id;
    shop.run(Command::Move {
        deals: vec![shop.deal],
        stage: proposal,
        place: Place::Top,
        closure: None,
    });
    let moved = shop.log.last().unwrap().clone();
    shop.run(Command::DeleteStage {
        stage: proposal,
        to: Some(first),
        closure: None,
    });
    assert_eq!(
        said(&shop, &moved, shop.about()),
        ["Stage: Prospecting → Proposal"]
    );
    let gone = shop.last(None);
    assert!(
        gone.contains(&"Stage Proposal / Deleted: no → yes".to_owned()),
        "{gone:?}"
    );
}

#[test]
fn closing_tells_date_reason_and_competitor() {
    let mut shop = shop();
    let closure = Closure {
        reason: "Price".into(),
        note: "Asked for 20 % off".into(),
        competitor: "Vela".into(),
        ..Closure::on(NaiveDate::from_ymd_opt(2026, 2, 1).unwrap())
    };
    shop.run(Command::SetStatus {
        deals: vec![shop.deal],
        status: Status::Lost,
        closure,
    });
    assert_eq!(
        shop.last(shop.about()),
        ["Status: Open → Lost on 2026-02-01: Price, against Vela, “Asked for 20 % off”"]
    );
    shop.run(Command::SetStatus {
        deals: vec![shop.deal],
        status: Status::Open,
        closure: Closure::on(NaiveDate::default()),
    });
    assert_eq!(
        shop.last(shop.about()),
        ["Status: Lost on 2026-02-01: Price, against Vela, “Asked for 20 % off” → Open"]
    );
}

#[test]
fn a_change_taken_back_is_marked_and_one_done_again_is_not() {
    let mut shop = shop();
    shop.change(field::CLOSE, |f| f.close = "2026-04-30".into());
    let changed = shop.log.last().unwrap().stamp;
    assert!(undone(stamps(&shop.log)).is_empty());
    shop.undo();
    let undo = shop.log.last().unwrap().stamp;
    assert_eq!(undone(stamps(&shop.log)), HashSet::from([changed]));
    assert_eq!(
        shop.last(shop.about()),
        ["Expected close: 2026-04-30 → 2026-03-31"]
    );
    shop.redo();
    assert_eq!(undone(stamps(&shop.log)), HashSet::from([undo]));
    let mut backwards = shop.log.clone();
    backwards.reverse();
    assert_eq!(undone(stamps(&backwards)), HashSet::from([undo]));
}

#[test]
fn the_place_in_a_column_is_not_told() {
    let mut shop = shop();
    shop.run(Command::Move {
        deals: vec![shop.deal],
        stage: shop.stage(StageKind::Open).id,
        place: Place::Bottom,
        closure: None,
    });
    assert!(shop.last(shop.about()).is_empty());
    assert_eq!(
        sentence(shop.log.last().unwrap()),
        "Reordered Fleet telemetry pilot"
    );
}

#[test]
fn a_back_dated_stage_says_since_when() {
    let mut shop = shop();
    let deal = shop.deal;
    let entry = |stage, since| Edit::Deal(deal, DealField::Placement(Placement { stage, since }));
    let (one, two) = (shop.named("Proposal"), shop.named("Negotiation"));
    shop.run(Command::Bring {
        intent: Intent::new(IntentKind::Import, "Imported old stages"),
        edits: vec![
            entry(one, NOON - 864_000_000),
            entry(two, NOON - 86_400_000),
        ],
    });
    assert_eq!(
        shop.last(shop.about()),
        [
            "Stage: Prospecting → Proposal, since 2026-01-24 12:00",
            "Stage: Proposal → Negotiation, since 2026-02-02 12:00",
        ]
    );
}

#[test]
fn a_move_to_another_pipeline_names_both() {
    let mut shop = shop();
    shop.run(Command::AddPipeline {
        name: "Renewals".into(),
    });
    let state = &shop.session.world().state;
    let first = state.name_of(state.pipelines()[0].id.into());
    let renewals = state.pipelines()[1].id;
    let stage = state.first_of_kind(renewals, StageKind::Open).unwrap();
    let (id, name) = (stage.id, stage.name.clone());
    shop.run(Command::Move {
        deals: vec![shop.deal],
        stage: id,
        place: Place::Top,
        closure: None,
    });
    assert_eq!(
        shop.last(shop.about()),
        [format!("Stage: {first} › Prospecting → Renewals › {name}")]
    );
}

#[test]
fn activities_belong_to_their_deals_history() {
    let mut shop = shop();
    let mut form = ActivityForm::blank(shop.deal, ActivityKind::Call);
    form.text = "Ask about budget\nand dates".into();
    form.due = "2026-02-05".into();
    let draft = Box::new(form.submit(|_, _| 0).unwrap());
    shop.run(Command::SaveActivity { id: None, draft });
    assert_eq!(
        shop.last(shop.about()),
        ["Call: Ask about budget, due 2026-02-05"]
    );
    let id = shop.session.world().activities[&shop.deal][0];
    shop.run(Command::SetDone {
        activity: id,
        done: true,
    });
    assert_eq!(
        shop.last(shop.about()),
        ["Call Ask about budget / Done: 2026-02-03 12:06"]
    );
    assert!(shop.last(Some(DealId(1).into())).is_empty());
    shop.run(Command::Delete(vec![id.into()]));
    assert_eq!(
        shop.last(shop.about()),
        ["Call Ask about budget / Deleted: no → yes"]
    );
    assert_eq!(
        activities_ever(&shop.session.world().state, shop.deal),
        [id]
    );
    let with_step = shop.change(field::NEXT, |f| {
        f.next = "Send quote".into();
        f.next_due = "2026-02-09".into();
    });
    assert_eq!(with_step, ["Task: Send quote, due 2026-02-09"]);
}

#[test]
fn a_large_change_is_told_in_counts() {
    let mut shop = shop();
    let mut ids = IdSource::new(99);
    let mut edits = vec![Edit::Deal(shop.deal, DealField::Source("Import".into()))];
    for n in 0..1_200 {
        let id: DealId = ids.fresh();
        edits.push(Edit::Deal(id, DealField::Title(format!("Deal {n}"))));
    }
    for n in 0..85 {
        let id: OrgId = ids.fresh();
        edits.push(Edit::Organisation(id, OrgField::Name(format!("Org {n}"))));
    }
    edits.push(Edit::deleted(shop.me.into(), true));
    shop.run(Command::Bring {
        intent: Intent::new(IntentKind::Import, "Imported deals.csv"),
        edits,
    });
    assert_eq!(
        shop.last(None),
        [
            "Deals: 1,200 added, 1 changed",
            "Organisations: 85 added",
            "Team members: 1 deleted",
        ]
    );
    let import = shop.log.last().unwrap().clone();
    assert_eq!(
        extent(&import, &Plain).as_deref(),
        Some("1,201 deals, 85 organisations, 1 team member")
    );
    assert_eq!(shop.last(shop.about()), ["Source: Fair → Import"]);
    shop.undo();
    assert_eq!(
        shop.last(None),
        [
            "Deals: 1 changed, 1,200 deleted",
            "Organisations: 85 deleted",
            "Team members: 1 brought back",
        ]
    );
    assert_eq!(
        sentence(shop.log.last().unwrap()),
        "Undid: Imported deals.csv"
    );
}

#[test]
fn the_beginning_is_told_in_counts() {
    let shop = shop();
    assert_eq!(
        said(&shop, &shop.log[0], None),
        [
            "Pipelines: 1 added",
            "Stages: 7 added",
            "Cadences: 1 added",
            "Cadence steps: 4 added"
        ]
    );
}

#[test]
fn stages_and_settings_tell_their_fields() {
    let mut shop = shop();
    let stage = shop.named("Proposal");
    shop.run(Command::EditStage {
        stage,
        edit: StageEdit {
            name: Some("Offer".into()),
            rot_days: Some(None),
            probability: Some(65),
            ..StageEdit::default()
        },
    });
    let told = shop.last(None);
    assert!(
        told.contains(&"Stage Offer / Name: Proposal → Offer".to_owned()),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|l| l.starts_with("Stage Offer / Probability: ") && l.ends_with(" → 65 %")),
        "{told:?}"
    );
    assert!(
        told.iter().any(|l| l.ends_with(" days → never")),
        "{told:?}"
    );
}

#[test]
fn every_kind_of_change_has_a_title_and_a_group() {
    let mut groups = HashSet::new();
    for kind in IntentKind::ALL {
        let silent = Change {
            stamp: Stamp::ZERO,
            intent: Intent::new(*kind, " "),
            author: None,
            edits: Vec::new(),
            before: Vec::new(),
            undoes: None,
        };
        assert!(!sentence(&silent).trim().is_empty());
        groups.insert(Group::of(*kind).label());
    }
    assert_eq!(groups.len(), Group::ALL.len());
}

#[test]
fn every_field_of_every_kind_has_a_label() {
    for kind in Kind::ALL {
        for key in Tables::keys(*kind) {
            let slot = Slot {
                entity: EntityRef { kind: *kind, id: 1 },
                key,
                sub: 0,
            };
            let label = text::label(&State::default(), &Tables::default().present(slot));
            assert!(
                label.as_deref() != Some("Field") && label.as_deref() != Some(""),
                "{kind:?} {}",
                slot.name()
            );
            let hidden = matches!(slot.name(), "rank" | "sample");
            assert_eq!(label.is_none(), hidden, "{kind:?} {}", slot.name());
        }
    }
}

#[test]
fn the_timeline_merges_stages_notes_and_done_activities_newest_first() {
    let mut shop = shop();
    let id = shop.deal;
    let mut note = ActivityForm::blank(id, ActivityKind::Note);
    note.text = "Met at the fair".into();
    let draft = Box::new(note.submit(|_, _| 0).unwrap());
    shop.run(Command::SaveActivity { id: None, draft });
    let proposal = shop.named("Proposal");
    shop.run(Command::Move {
        deals: vec![id],
        stage: proposal,
        place: Place::Top,
        closure: None,
    });
    let mut call = ActivityForm::blank(id, ActivityKind::Call);
    call.text = "Budget".into();
    for done in [true, false] {
        call.done = done;
        let draft = Box::new(call.submit(|_, _| 0).unwrap());
        shop.run(Command::SaveActivity { id: None, draft });
    }
    let world = shop.session.world();
    let deal = world.state.tables.deals.get(id).unwrap();
    let items = timeline(world, deal);
    let kinds: Vec<&str> = items
        .iter()
        .map(|item| match item.event {
            Event::Activity(a) => world.state.tables.activities.get(a).unwrap().kind.code(),
            Event::Entered { from: None, .. } => "first",
            Event::Entered { .. } => "moved",
            Event::Created => "created",
            Event::Decided(_) => "decided",
        })
        .collect();
    assert_eq!(kinds, ["call", "moved", "note", "first"]);
    let Event::Entered { from, spent, .. } = items[1].event else {
        panic!("{items:?}")
    };
    assert_eq!(from, Some(shop.stage(StageKind::Open).id));
    assert_eq!(spent, items[1].at - items[3].at);
}

#[test]
fn a_deal_created_long_before_its_first_stage_tells_both() {
    let mut shop = shop();
    let id = shop.deal;
    shop.run(Command::Bring {
        intent: Intent::new(IntentKind::Import, "Imported"),
        edits: vec![Edit::Deal(id, DealField::Created(NOON - 172_800_000))],
    });
    let world = shop.session.world();
    let items = timeline(world, world.state.tables.deals.get(id).unwrap());
    assert_eq!(items.last().map(|i| i.event), Some(Event::Created));
    assert_eq!(items.len(), 2);
}

#[test]
fn new_contacts_of_an_older_deal_are_told_with_their_names() {
    let mut shop = shop();
    let told = shop.change(field::CONTACTS, |f| {
        let new: OrNew<ContactId> = OrNew::New("Cy Moss".into());
        f.contacts = vec![(new, crate::domain::deal::BuyingRole::User)];
    });
    assert_eq!(
        told,
        ["Contacts: Ada Park (champion), Bo Lind → Cy Moss (user)"]
    );
}
