//! The board: order by hand, sums, and what a filter shows.

use crate::desk::{Desk, moved};
use fairlead::domain::change::{Edit, Intent, IntentKind};
use fairlead::domain::command::{Command, DealDraft, OrNew, StageEdit};
use fairlead::domain::deal::{DealField, Status};
use fairlead::domain::ids::DealId;
use fairlead::domain::money::{Currency, Money, percent_of};
use fairlead::domain::query::board::{BoardFilter, OwnerFilter, Place, StatusFilter};
use fairlead::domain::rank::Rank;

fn three() -> (Desk, [DealId; 3]) {
    let mut desk = Desk::new();
    let [c, b, a] = ["C", "B", "A"].map(|t| desk.add(t, "Prospecting"));
    (desk, [a, b, c])
}

#[test]
fn deals_go_where_they_are_put() {
    let (mut desk, [a, b, c]) = three();
    let stage = desk.stage("Prospecting");
    let cases: [(&[DealId], Place, [&str; 3]); 8] = [
        (&[c], Place::Top, ["C", "A", "B"]),
        (&[c], Place::Bottom, ["A", "B", "C"]),
        (&[c], Place::Above(b), ["A", "C", "B"]),
        (&[a], Place::Below(c), ["C", "A", "B"]),
        (&[b, c], Place::Above(a), ["B", "C", "A"]),
        (&[a, b], Place::Bottom, ["C", "A", "B"]),
        // At a deal that is not in the column: the end, or the top.
        (&[c], Place::Below(DealId(77)), ["A", "B", "C"]),
        (&[b], Place::Above(DealId(77)), ["B", "A", "C"]),
    ];
    for (deals, place, order) in cases {
        desk.run(moved(deals, stage, place));
        assert_eq!(desk.column("Prospecting"), order, "{place:?}");
    }
    for _ in 0..8 {
        desk.undo();
    }
    assert_eq!(desk.column("Prospecting"), ["A", "B", "C"]);
}

#[test]
fn put_next_to_itself_a_deal_stays() {
    let (mut desk, [a, b, _]) = three();
    let stage = desk.stage("Prospecting");
    desk.run(moved(&[a], stage, Place::Above(b)));
    assert_eq!(desk.column("Prospecting"), ["A", "B", "C"]);
    assert_eq!(desk.log.last().unwrap().intent.text, "Reordered A");
    assert_eq!(desk.path(a).len(), 1, "that is no entry into the stage");
}

#[test]
fn equal_ranks_are_put_right_by_the_next_drop_between_them() {
    let (mut desk, deals) = three();
    let tie = Rank::parse("V").unwrap();
    let intent = Intent::new(IntentKind::Import, "Ranked alike");
    let edits = deals
        .map(|d| Edit::Deal(d, DealField::Rank(tie.clone())))
        .into();
    desk.run(Command::Bring { intent, edits });
    // By id now, for everybody alike.
    let tied = desk.column("Prospecting").join("");
    let other = desk.reopened(2);
    assert_eq!(other.column("Prospecting").join(""), tied);
    let new = desk.add("New", "Proposal");
    let stage = desk.stage("Prospecting");
    let first = desk
        .world()
        .board
        .column(stage, Status::Open)
        .unwrap()
        .deals[0];
    desk.run(moved(&[new], stage, Place::Below(first)));
    let order = desk.column("Prospecting");
    assert_eq!(order[1], "New");
    assert_eq!(
        format!("{}{}{}", order[0], order[2], order[3]),
        tied,
        "the others keep their order"
    );
    let column = &desk
        .world()
        .board
        .column(stage, Status::Open)
        .unwrap()
        .deals;
    let ranks: Vec<_> = column.iter().map(|d| desk.deal(*d).rank.clone()).collect();
    assert!(ranks.windows(2).all(|w| w[0] < w[1]), "{ranks:?}");
    desk.undo();
    assert_eq!(desk.column("Prospecting").join(""), tied);
}

#[test]
fn a_thousand_drops_at_one_place_keep_their_order() {
    let (mut desk, [a, ..]) = three();
    let stage = desk.stage("Prospecting");
    let mut expected = vec!["A".to_owned()];
    for n in 0..1_000 {
        let id = desk.add(&format!("N{n}"), "Proposal");
        desk.run(moved(&[id], stage, Place::Below(a)));
        expected.insert(1, format!("N{n}"));
    }
    expected.extend(["B".to_owned(), "C".to_owned()]);
    assert_eq!(desk.column("Prospecting"), expected);
    assert_eq!(desk.reopened(2).column("Prospecting"), expected);
}

#[test]
fn two_thousand_deals_added_on_top_or_moved_at_once_keep_short_ranks() {
    let mut desk = Desk::new();
    let deals: Vec<DealId> = (0..2_000)
        .map(|n| desk.add(&format!("{n}"), "Proposal"))
        .collect();
    let newest_first: Vec<String> = (0..2_000).rev().map(|n| n.to_string()).collect();
    assert_eq!(desk.column("Proposal"), newest_first);
    let longest = |desk: &Desk| {
        desk.state()
            .tables
            .deals
            .iter()
            .map(|d| d.rank.as_str().len())
            .max()
    };
    assert!(longest(&desk) < Some(9), "{:?}", longest(&desk));
    let first = desk.add("First", "Close");
    desk.add("Before", "Close");
    let stage = desk.stage("Close");
    for place in [
        Place::Below(first),
        Place::Top,
        Place::Above(first),
        Place::Bottom,
    ] {
        desk.run(moved(&deals, stage, place));
        let column = desk.column("Close");
        let at = column.iter().position(|t| *t == "0").unwrap();
        assert!(
            column[at..at + 2_000]
                .iter()
                .enumerate()
                .all(|(n, t)| *t == n.to_string()),
            "{place:?}"
        );
    }
    assert!(longest(&desk) < Some(16), "{:?}", longest(&desk));
    assert_eq!(desk.reopened(2).column("Close"), desk.column("Close"));
}

#[test]
fn sums_are_kept_apart_by_currency_and_weighted_by_chance() {
    let mut desk = Desk::new();
    let usd = Currency::parse("USD").unwrap();
    let jpy = Currency::parse("JPY").unwrap();
    let add = |desk: &mut Desk, title: &str, value: Option<Money>, probability: Option<u8>| {
        desk.save(DealDraft {
            title: title.into(),
            value,
            probability,
            ..DealDraft::new(desk.stage("Proposal"))
        })
    };
    let one = add(
        &mut desk,
        "One",
        Some(Money::new(10_001, Currency::EUR)),
        None,
    );
    add(
        &mut desk,
        "Two",
        Some(Money::new(20_000, Currency::EUR)),
        Some(35),
    );
    add(&mut desk, "Three", Some(Money::new(999, usd)), None);
    add(&mut desk, "Four", Some(Money::new(5_000, jpy)), Some(0));
    add(&mut desk, "Five", None, Some(100));
    let stage = desk.stage("Proposal");
    let totals = |desk: &Desk, status| {
        desk.world()
            .board
            .column(stage, status)
            .map(|c| c.totals.clone())
            .unwrap_or_default()
    };
    let open = totals(&desk, Status::Open);
    assert_eq!((open.count, open.unvalued), (5, 1));
    let sums: Vec<_> = open.value.iter().map(|(c, n)| (c.to_string(), n)).collect();
    assert_eq!(
        sums,
        [
            ("EUR".to_owned(), 30_001),
            ("JPY".to_owned(), 5_000),
            ("USD".to_owned(), 999)
        ]
    );
    // Proposal wins in 60 of 100: 10,001 × 60 % + 20,000 × 35 %, exact until it is shown.
    assert_eq!(open.weighted.of(Currency::EUR), 10_001 * 60 + 20_000 * 35);
    assert_eq!(percent_of(open.weighted.of(Currency::EUR)), 13_001);
    assert_eq!(percent_of(open.weighted.of(usd)), 599);
    assert_eq!(open.weighted.of(jpy), 0);
    // The stage's chance changes: only those without one of their own follow.
    desk.run(Command::EditStage {
        stage,
        edit: StageEdit {
            probability: Some(50),
            ..StageEdit::default()
        },
    });
    assert_eq!(
        totals(&desk, Status::Open).weighted.of(Currency::EUR),
        10_001 * 50 + 20_000 * 35
    );
    // Lost it is worth as much and weighs nothing; another column of the same stage.
    desk.set_status(one, Status::Lost);
    assert_eq!(totals(&desk, Status::Open).value.of(Currency::EUR), 20_000);
    let lost = totals(&desk, Status::Lost);
    assert_eq!(
        (
            lost.value.of(Currency::EUR),
            lost.weighted.of(Currency::EUR)
        ),
        (10_001, 0)
    );
    assert_eq!(desk.world().board.totals(Status::Open).count, 4);
    desk.run(Command::Delete(vec![one.into()]));
    assert_eq!(
        totals(&desk, Status::Lost),
        fairlead::domain::query::board::Totals::default()
    );
}

#[test]
fn a_filter_finds_by_every_word_and_by_owner() {
    let mut desk = Desk::new();
    let proposal = desk.stage("Proposal");
    let crane = desk.save(DealDraft {
        title: "Tower crane".into(),
        organisation: Some(OrNew::New("Bergström AB".into())),
        owner: Some(OrNew::New("Ada".into())),
        tags: vec!["Harbour".into()],
        ..DealDraft::new(proposal)
    });
    desk.add("Small crane", "Proposal");
    let ada = desk.deal(crane).owner.unwrap();
    let shown = |desk: &mut Desk, filter: BoardFilter| {
        desk.session.prepare_search();
        let world = desk.world();
        let view = world.board.view(&world.state, proposal, &filter);
        assert_eq!(view.totals.count, view.deals.len());
        view.deals
            .iter()
            .map(|d| desk.deal(*d).title.clone())
            .collect::<Vec<_>>()
    };
    let text = |text: &str| BoardFilter {
        text: text.into(),
        ..BoardFilter::default()
    };
    for (words, expected) in [
        ("", vec!["Small crane", "Tower crane"]),
        ("CRANE", vec!["Small crane", "Tower crane"]),
        ("crane bergström", vec!["Tower crane"]),
        ("  harbour  ada ", vec!["Tower crane"]),
        ("crane nothing", vec![]),
    ] {
        assert_eq!(shown(&mut desk, text(words)), expected, "{words}");
    }
    let owner = |owner| BoardFilter {
        owner: Some(owner),
        ..BoardFilter::default()
    };
    assert_eq!(
        shown(&mut desk, owner(OwnerFilter::Person(ada))),
        ["Tower crane"]
    );
    assert_eq!(
        shown(&mut desk, owner(OwnerFilter::Nobody)),
        ["Small crane"]
    );
    // The organisation gets another name: found by that, and no longer by the old one.
    let org = desk.deal(crane).organisation.unwrap();
    let name = fairlead::domain::party::OrgField::Name("Nordwind".into());
    desk.run(Command::EditRecord(vec![Edit::Organisation(org, name)]));
    assert_eq!(shown(&mut desk, text("nordwind")), ["Tower crane"]);
    assert!(shown(&mut desk, text("bergström")).is_empty());
    desk.set_status(crane, Status::Lost);
    assert!(
        shown(&mut desk, text("tower")).is_empty(),
        "lost, it is not among the open ones"
    );
    let lost = BoardFilter {
        status: StatusFilter::Only(Status::Lost),
        ..text("tower")
    };
    assert_eq!(shown(&mut desk, lost), ["Tower crane"]);
    let all = BoardFilter {
        status: StatusFilter::All,
        ..text("crane")
    };
    assert_eq!(shown(&mut desk, all), ["Small crane", "Tower crane"]);
}
