//! Lines, renewals and further sales.

use crate::desk::{Desk, today};
use chrono::{Months, NaiveDate};
use fairlead::app::form::deal::DealForm;
use fairlead::app::form::line::LineForm;
use fairlead::app::form::sale::origins;
use fairlead::domain::command::sell::{LineDraft, ProductDraft, RenewalDate, SellCommand};
use fairlead::domain::command::{Command, OrNew, Refusal};
use fairlead::domain::deal::{Closure, Deal, DealKind, Status};
use fairlead::domain::ids::{DealId, LineId};
use fairlead::domain::line::Period;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::query::{customers, lines, whitespace};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn draft(name: &str, minor: i64, period: Option<Period>, periods: u16) -> LineDraft {
    LineDraft {
        product: Some(OrNew::New(name.into())),
        text: String::new(),
        quantity: 1_000,
        price: eur(minor),
        discount: 0,
        period,
        periods,
    }
}

fn add(desk: &mut Desk, deal: DealId, draft: LineDraft) {
    desk.run(Command::Sell(SellCommand::SaveLine {
        deal,
        line: None,
        draft: Box::new(draft),
    }));
}

fn lines_of(desk: &Desk, deal: DealId) -> Vec<LineId> {
    let deal = desk.deal(deal);
    lines::ordered(deal).iter().map(|(id, _)| *id).collect()
}

fn refused(desk: &mut Desk, command: SellCommand) -> Refusal {
    desk.refused(Command::Sell(command))
}

fn win(deal: DealId, renewal: RenewalDate) -> Command {
    Command::Sell(SellCommand::Win {
        closing: Box::new(Command::SetStatus {
            deals: vec![deal],
            status: Status::Won,
            closure: Closure::on(today()),
        }),
        renewal,
    })
}

/// A deal of a customer with a yearly licence and an installation.
fn sold(desk: &mut Desk) -> DealId {
    let deal = desk.add("Fleet telemetry", "Prospecting");
    add(desk, deal, draft("Licence", 120_000, Some(Period::Year), 2));
    add(desk, deal, draft("Installation", 50_000, None, 1));
    let form = DealForm {
        organisation: Some(OrNew::New("Orchard Bank".into())),
        ..DealForm::from_deal(desk.session.world(), deal).unwrap()
    };
    let command = form.command(desk.session.world()).unwrap();
    desk.run(command);
    deal
}

fn value(deal: &Deal) -> Option<i64> {
    deal.value.map(|v| v.minor)
}

#[test]
fn the_value_follows_the_lines_in_the_same_change_until_it_is_kept() {
    let mut desk = Desk::new();
    let deal = desk.add("Fleet telemetry", "Prospecting");
    // A deal nobody has said a value of takes it from its first line.
    add(
        &mut desk,
        deal,
        draft("Licence", 10_000, Some(Period::Month), 12),
    );
    assert!(desk.deal(deal).priced);
    assert_eq!(value(desk.deal(deal)), Some(120_000));
    add(&mut desk, deal, draft("Setup", 5_050, None, 1));
    assert_eq!(value(desk.deal(deal)), Some(125_050));
    assert_eq!(desk.deal(deal).products.len(), 2);
    let changes = desk.log.len();
    let [first, second] = lines_of(&desk, deal)[..] else {
        panic!("two lines");
    };
    desk.run(Command::Sell(SellCommand::MoveLine {
        deal,
        line: second,
        index: 0,
    }));
    assert_eq!(lines_of(&desk, deal), [second, first]);
    assert_eq!(desk.log.len(), changes + 1);
    desk.undo();
    assert_eq!(lines_of(&desk, deal), [first, second]);
    desk.run(Command::Sell(SellCommand::RemoveLine { deal, line: first }));
    assert_eq!(value(desk.deal(deal)), Some(5_050));
    assert_eq!(desk.deal(deal).products.len(), 1);
    desk.undo();
    assert_eq!(value(desk.deal(deal)), Some(125_050));
    let priced = false;
    desk.run(Command::Sell(SellCommand::SetPriced { deal, priced }));
    desk.run(Command::Sell(SellCommand::RemoveLine { deal, line: first }));
    assert_eq!(value(desk.deal(deal)), Some(125_050));
}

#[test]
fn what_cannot_be_sold_is_refused_by_the_field() {
    let mut desk = Desk::new();
    let deal = desk.add("Fleet telemetry", "Prospecting");
    add(&mut desk, deal, draft("Licence", 10_000, None, 1));
    type Case = (&'static str, fn(&mut LineDraft));
    let cases: [Case; 6] = [
        ("quantity", |d| d.quantity = 0),
        ("price", |d| d.price.minor = -1),
        ("price", |d| {
            d.price.currency = Currency::parse("CHF").unwrap()
        }),
        ("discount", |d| d.discount = 10_001),
        ("periods", |d| {
            (d.period, d.periods) = (Some(Period::Year), 101);
        }),
        ("product", |d| d.product = None),
    ];
    let before = desk.log.len();
    for (field, change) in cases {
        let mut wrong = draft("Setup", 100, None, 1);
        change(&mut wrong);
        let refusal = refused(
            &mut desk,
            SellCommand::SaveLine {
                deal,
                line: None,
                draft: Box::new(wrong),
            },
        );
        assert!(
            matches!(refusal, Refusal::Field { field: of, .. } if of == field),
            "{field}: {refusal}"
        );
    }
    assert_eq!(desk.log.len(), before);
    let product = |code: &str, name: &str| SellCommand::SaveProduct {
        id: None,
        draft: Box::new(ProductDraft {
            name: name.into(),
            code: code.into(),
            ..ProductDraft::default()
        }),
    };
    desk.run(Command::Sell(product("A-1", "Sensor")));
    for (code, name, field) in [("a-1", "Gateway", "code"), ("", "sensor", "name")] {
        let refusal = refused(&mut desk, product(code, name));
        assert!(
            matches!(refusal, Refusal::Field { field: of, .. } if of == field),
            "{refusal}"
        );
    }
    // Not even a form gets another currency past the lines.
    let mut form = DealForm::from_deal(desk.session.world(), deal).unwrap();
    form.priced = false;
    form.currency = "CHF".into();
    let command = form.command(desk.session.world()).unwrap();
    desk.refused(command);
}

#[test]
fn a_form_saves_its_lines_with_the_rest_in_one_change() {
    let mut desk = Desk::new();
    let world = desk.session.world();
    let mut form = DealForm::blank(world, None, None);
    form.title = "Fleet telemetry".into();
    form.priced = true;
    for (name, price) in [("Licence", "100"), ("Setup", "20.50")] {
        let mut line = LineForm::blank(Currency::EUR);
        line.product = Some(OrNew::New(name.into()));
        line.price = price.into();
        form.lines.push(line);
    }
    let before = desk.log.len();
    let command = form.command(world).unwrap();
    let deal = DealId(desk.run(command).unwrap().id);
    assert_eq!(desk.log.len(), before + 1);
    assert_eq!(value(desk.deal(deal)), Some(12_050));
    let again = DealForm::from_deal(desk.session.world(), deal).unwrap();
    let command = again.command(desk.session.world()).unwrap();
    assert_eq!(desk.refused(command), Refusal::Nothing);
    // A deleted product is in the way of nothing.
    let product = desk.deal(deal).products[0];
    desk.run(Command::Delete(vec![product.into()]));
    let mut again = DealForm::from_deal(desk.session.world(), deal).unwrap();
    again.lines.swap(0, 1);
    again.title = "Other".into();
    let command = again.command(desk.session.world()).unwrap();
    desk.run(command);
    assert_eq!(desk.deal(deal).lines.len(), 2);
    assert_eq!(value(desk.deal(deal)), Some(12_050));
}

#[test]
fn winning_sets_the_renewal_and_the_renewal_is_made_once() {
    let mut desk = Desk::new();
    let deal = sold(&mut desk);
    let early = refused(&mut desk, SellCommand::Renew { deal });
    assert!(matches!(early, Refusal::Impossible(_)));
    desk.run(win(deal, RenewalDate::Suggested));
    let on = today().checked_add_months(Months::new(24)).unwrap();
    assert_eq!(desk.deal(deal).renewal, Some(on));
    let state = &desk.session.world().state;
    assert_eq!(customers::due(state, on, 30).len(), 1);
    let made = desk.run(Command::Sell(SellCommand::Renew { deal }));
    let made = DealId(made.unwrap().id);
    let (old, new) = (desk.deal(deal), desk.deal(made));
    assert_eq!(new.kind, DealKind::Renewal);
    assert_eq!(
        (new.origin, new.close, new.organisation),
        (Some(deal), Some(on), old.organisation)
    );
    // The installation is not sold again.
    assert_eq!((new.lines.len(), value(new)), (1, Some(240_000)));
    assert_eq!(
        new.title,
        format!("Renewal {}: Fleet telemetry", on.format("%Y"))
    );
    assert!(matches!(
        refused(&mut desk, SellCommand::Renew { deal }),
        Refusal::Impossible(_)
    ));
    // Taken back and made again it is the same deal.
    desk.undo();
    assert_eq!(customers::follow_ups(&desk.session.world().state, deal), []);
    let again = desk.run(Command::Sell(SellCommand::Renew { deal }));
    assert_eq!(again.map(|e| e.id), Some(made.0));
    assert_eq!(desk.deal(made).lines.len(), 1);
    // Two people who renew at once make one deal.
    let mut other = desk.reopened(2);
    desk.run(win(made, RenewalDate::On(None)));
    assert!(desk.deal(made).renewal.is_none());
    other.run(win(made, RenewalDate::Suggested));
    // Won before the old term is over: the new one begins after it.
    let next = on.checked_add_months(Months::new(24)).unwrap();
    assert_eq!(other.deal(made).renewal, Some(next));
    let state = &other.session.world().state;
    assert_eq!(customers::due(state, on, 30), []);
}

#[test]
fn a_renewal_date_before_the_sale_is_refused() {
    let mut desk = Desk::new();
    let deal = sold(&mut desk);
    let before = NaiveDate::from_ymd_opt(2026, 1, 1);
    let refusal = desk.refused(win(deal, RenewalDate::On(before)));
    assert!(matches!(refusal, Refusal::Field { field, .. } if field == "renewal"));
    assert_eq!(desk.deal(deal).outcome.status(), Status::Open);
}

#[test]
fn customers_whitespace_and_the_chain_know_what_was_sold() {
    let mut desk = Desk::new();
    let deal = sold(&mut desk);
    let all = |desk: &Desk| customers::customers(desk.session.world(), today());
    assert_eq!(all(&desk), []);
    desk.run(win(deal, RenewalDate::Suggested));
    let org = desk.deal(deal).organisation.unwrap();
    let further = fairlead::app::form::sale::Further {
        organisation: Some(org),
        origin: Some(deal),
        kind: DealKind::CrossSell,
        product: desk.deal(deal).products.get(1).copied(),
    };
    let form = further.form(desk.session.world(), None);
    let command = form.command(desk.session.world()).unwrap();
    let more = DealId(desk.run(command).unwrap().id);
    assert_eq!(desk.deal(more).origin, Some(deal));
    assert_eq!(value(desk.deal(more)), Some(50_000));
    let [customer] = &all(&desk)[..] else {
        panic!("one customer");
    };
    assert_eq!(
        (customer.org, customer.since, customer.won),
        (org, today(), 1)
    );
    assert_eq!(customer.arr.iter().next(), Some((Currency::EUR, 120_000)));
    assert_eq!(customer.mrr().iter().next(), Some((Currency::EUR, 10_000)));
    assert_eq!(customer.upsell.iter().next(), Some((Currency::EUR, 50_000)));
    let ended = today().checked_add_months(Months::new(24)).unwrap();
    let after = customers::customers(desk.session.world(), ended);
    assert!(after[0].arr.is_empty());
    let chain = customers::chain(desk.session.world(), org);
    let depths: Vec<_> = chain.iter().map(|l| (l.deal, l.depth)).collect();
    assert_eq!(depths, [(deal, 0), (more, 1)]);
    let state = &desk.session.world().state;
    let filter = whitespace::WhitespaceFilter {
        customers: true,
        ..Default::default()
    };
    let table = whitespace::whitespace(state, &filter);
    assert_eq!(table.products.len(), 2);
    assert_eq!(table.rows.len(), 1);
    let won: u32 = table.rows[0].1.iter().map(|s| s.won).sum();
    let open: u32 = table.rows[0].1.iter().map(|s| s.open).sum();
    assert_eq!((won, open), (2, 1));
    assert_eq!(table.totals, [(1, 0), (1, 0)]);
}

#[test]
fn a_further_sale_is_linked_to_the_won_deal_it_comes_from_also_later() {
    let mut desk = Desk::new();
    let won = sold(&mut desk);
    desk.set_status(won, Status::Won);
    let other = desk.add("Elsewhere", "Prospecting");
    desk.set_status(other, Status::Won);
    let deal = desk.add("More seats", "Prospecting");
    let org = desk.deal(won).organisation;
    let titles = |org, but| {
        let all = origins(desk.session.world(), org, but).into_iter();
        all.map(|(_, title, _)| title).collect::<Vec<_>>()
    };
    assert_eq!(titles(org, None), ["Fleet telemetry", "Elsewhere"]);
    assert_eq!(titles(org, Some(won)), ["Elsewhere"]);
    let mut form = DealForm::from_deal(desk.session.world(), deal).unwrap();
    form.kind = DealKind::Upsell;
    form.come_from(desk.session.world(), Some(won));
    let command = form.command(desk.session.world()).unwrap();
    desk.run(command);
    let linked = desk.deal(deal);
    assert_eq!((linked.origin, linked.organisation), (Some(won), org));
    assert_eq!(customers::follow_ups(desk.state(), won), [deal]);
    let mut form = DealForm::from_deal(desk.session.world(), deal).unwrap();
    form.come_from(desk.session.world(), None);
    let command = form.command(desk.session.world()).unwrap();
    desk.run(command);
    assert_eq!(desk.deal(deal).origin, None);
}
