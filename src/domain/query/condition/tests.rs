use super::*;
use crate::domain::campaign::RateField;
use crate::domain::change::{Change, Edit, Intent, IntentKind};
use crate::domain::custom::{CustomFieldField, CustomValue, Decimal, FieldHome, FieldKind};
use crate::domain::deal::{BuyingRole, DealContact, DealField, Placement};
use crate::domain::ids::{ContactId, DealId, FieldId, OrgId, PipelineId, RateId, StageId};
use crate::domain::money::{Currency, Money};
use crate::domain::party::{ContactField, OrgField};
use crate::domain::stage::{PipelineField, StageField};
use crate::domain::stamp::Stamp;
use proptest::prelude::*;

const DEAL: DealId = DealId(1);
const REGION: FieldId = FieldId(0xf1);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A deal with organisation and contacts, and one with nothing.
fn world() -> World {
    let usd = |n: i64| Money::new(n * 100, Currency::parse("USD").unwrap());
    let org = OrgId(7);
    let mut edits = vec![
        Edit::Pipeline(PipelineId(1), PipelineField::Name("Sales".into())),
        Edit::Stage(StageId(1), StageField::Pipeline(PipelineId(1))),
        Edit::Stage(StageId(1), StageField::Name("Qualified".into())),
        Edit::Organisation(org, OrgField::Name("Orchard Bank".into())),
        Edit::Organisation(org, OrgField::Industry("Finance".into())),
        Edit::Organisation(org, OrgField::Employees(Some(1_200))),
        Edit::Organisation(org, OrgField::Revenue(Some(usd(5_000)))),
        Edit::CustomField(REGION, CustomFieldField::Name("Region".into())),
        Edit::CustomField(REGION, CustomFieldField::Home(FieldHome::Organisation)),
        Edit::CustomField(REGION, CustomFieldField::Kind(FieldKind::Choices)),
        Edit::CustomField(
            REGION,
            CustomFieldField::Options(vec!["North".into(), "South".into()]),
        ),
        Edit::Organisation(
            org,
            OrgField::Custom(REGION, Some(CustomValue::List(vec!["North".into()]))),
        ),
    ];
    for (id, title) in [(3, "Head of IT"), (4, "Buyer")] {
        edits.push(Edit::Contact(
            ContactId(id),
            ContactField::Title(title.into()),
        ));
    }
    let link = |id, role| DealContact {
        contact: ContactId(id),
        role,
    };
    for id in [DEAL, DealId(2)] {
        let stage = StageId(1);
        edits.push(Edit::Deal(
            id,
            DealField::Placement(Placement { stage, since: 0 }),
        ));
    }
    edits.extend(
        [
            DealField::Organisation(Some(org)),
            DealField::Contacts(vec![
                link(3, BuyingRole::Champion),
                link(4, BuyingRole::Unknown),
            ]),
            DealField::Value(Some(Money::new(10_000, Currency::EUR))),
            DealField::Close(Some(day("2026-03-10"))),
            DealField::Tags(vec!["Pilot".into()]),
        ]
        .map(|f| Edit::Deal(DEAL, f)),
    );
    let mut world = World::default();
    world.apply(&Change {
        stamp: Stamp::new(1, 0, 1),
        intent: Intent::new(IntentKind::Import, "x"),
        author: None,
        edits,
        before: Vec::new(),
        undoes: None,
    });
    world
}

fn condition(what: &str, op: Op, with: &[&str]) -> Condition {
    Condition {
        what: what.into(),
        op,
        with: with.iter().map(|w| (*w).to_owned()).collect(),
    }
}

fn subject(world: &World, deal: DealId) -> Subject<'_> {
    let deal = world.state.tables.deals.get(deal).unwrap();
    Subject::deal(world, deal, 864_000_000, day("2026-03-01"))
}

fn verdict(world: &World, deal: DealId, condition: &Condition) -> Verdict {
    let test = Test::read(&world.state, condition, Scope::All).unwrap();
    test.verdict(&subject(world, deal))
}

#[test]
fn each_type_compares_as_it_says() {
    use Verdict::{Met, Unknown, Unmet};
    let world = world();
    for (what, op, with, wanted) in [
        (
            "organisation.industry",
            Op::Is,
            &["retail", "FINANCE"][..],
            Met,
        ),
        ("organisation.industry", Op::IsNot, &["Finance"], Unmet),
        ("organisation.industry", Op::Contains, &["nan"], Met),
        ("organisation.employees", Op::AtLeast, &["1,200"], Met),
        ("organisation.employees", Op::AtMost, &["1 199.5"], Unmet),
        ("organisation.revenue", Op::AtLeast, &["4999.99 USD"], Met),
        ("organisation.revenue", Op::AtLeast, &["1 EUR"], Unknown),
        ("organisation.founded", Op::AtLeast, &["1990"], Unknown),
        ("organisation.founded", Op::Empty, &[], Met),
        (
            "organisation.custom.00000000000000f1",
            Op::Contains,
            &["North"],
            Met,
        ),
        (
            "organisation.custom.00000000000000f1",
            Op::Lacks,
            &["South"],
            Met,
        ),
        ("contact.title", Op::Contains, &["head of"], Met),
        ("contact.title", Op::IsNot, &["Buyer"], Unmet),
        ("deal.roles", Op::Contains, &["champion"], Met),
        ("deal.roles", Op::Lacks, &["economic_buyer"], Met),
        ("deal.close", Op::Within, &["9"], Met),
        ("deal.close", Op::Within, &["8"], Unmet),
        ("deal.close", Op::Before, &["2026-03-10"], Unmet),
        ("deal.close", Op::Older, &["0"], Unmet),
        ("deal.next_step", Op::Empty, &[], Met),
        ("deal.contact_count", Op::Is, &["2"], Met),
        ("deal.stage", Op::Is, &["0000000000000001"], Met),
        ("deal.days_in_stage", Op::AtLeast, &["10"], Met),
        ("deal.tags", Op::Contains, &["pilot"], Met),
        ("deal.source", Op::IsNot, &["Fair"], Unknown),
        ("deal.fit", Op::AtLeast, &["1"], Unknown),
    ] {
        let condition = condition(what, op, with);
        assert_eq!(verdict(&world, DEAL, &condition), wanted, "{condition:?}");
    }
}

#[test]
fn what_cannot_be_asked_says_which_part_is_wrong() {
    let world = world();
    let read = |c: &Condition, scope| Test::read(&world.state, c, scope).unwrap_err().part;
    for (what, op, with, part) in [
        ("", Op::Is, &["a"][..], Part::What),
        ("deal.nothing", Op::Is, &["a"], Part::What),
        ("deal.custom.00000000000000f1", Op::Set, &[], Part::What),
        ("deal.value", Op::Contains, &["a"], Part::Op),
        ("deal.value", Op::AtLeast, &["many EUR"], Part::With),
        ("deal.value", Op::AtLeast, &[" EUR"], Part::With),
        ("deal.close", Op::Within, &["-1"], Part::With),
        ("deal.close", Op::Before, &["31.12.2026"], Part::With),
        ("deal.stage", Op::Is, &["00000000000000aa"], Part::With),
        ("deal.source", Op::Is, &["  "], Part::With),
    ] {
        assert_eq!(
            read(&condition(what, op, with), Scope::All),
            part,
            "{what} {op:?} {with:?}"
        );
    }
    let fit = condition("deal.fit", Op::AtLeast, &["1"]);
    assert_eq!(read(&fit, Scope::Scoring), Part::What);
    let deal = condition("deal.value", Op::Set, &[]);
    assert_eq!(read(&deal, Scope::Organisation), Part::What);
}

#[test]
fn conditions_and_reasons_read_as_sentences() {
    let world = world();
    let say = |c: &Condition| sentence(&world.state, c, &Plain);
    let why = |deal, c: &Condition| {
        let test = Test::read(&world.state, c, Scope::All).unwrap();
        test.why(&subject(&world, deal), &Plain)
    };
    let industry = condition("organisation.industry", Op::Is, &["Software", "Retail"]);
    assert_eq!(say(&industry), "Industry is Software or Retail");
    assert_eq!(why(DEAL, &industry), "Industry: Finance");
    assert_eq!(why(DealId(2), &industry), "There is no organisation");
    let title = condition("contact.title", Op::Contains, &["head"]);
    assert_eq!(say(&title), "Contact's job title contains head");
    assert_eq!(why(DEAL, &title), "Contact's job title: Head of IT, Buyer");
    assert_eq!(why(DealId(2), &title), "There are no contacts");
    let close = condition("deal.close", Op::Within, &["14"]);
    assert_eq!(say(&close), "Expected close is in the next 14 days");
    assert_eq!(why(DealId(2), &close), "Expected close is not filled in");
    let step = condition("deal.next_step", Op::Empty, &[]);
    assert_eq!(say(&step), "There is no next step");
    let revenue = condition("organisation.revenue", Op::AtLeast, &["1 EUR"]);
    assert_eq!(
        why(DEAL, &revenue),
        "Annual revenue: 5000 USD; not compared, as there is no exchange rate for its currency"
    );
}

#[test]
fn amounts_of_other_currencies_are_compared_by_the_latest_rate() {
    let mut world = world();
    let at_least = |world: &World, amount: &str| {
        let limit = condition("organisation.revenue", Op::AtLeast, &[amount]);
        let test = Test::read(&world.state, &limit, Scope::All).unwrap();
        let of = subject(world, DEAL);
        (test.verdict(&of), test.why(&of, &Plain))
    };
    assert_eq!(at_least(&world, "4000 EUR").0, Verdict::Unknown);
    let (usd, today) = (Currency::parse("USD").unwrap(), subject(&world, DEAL).today);
    let mut rates = Vec::new();
    // A worse one once, a better one still to come: neither counts.
    let before = today.pred_opt();
    for (id, on, worth) in [
        (1, None, 100_000),
        (2, before, 900_000),
        (3, today.succ_opt(), 2_000_000),
    ] {
        let fields = [
            RateField::Of(usd),
            RateField::In(Currency::EUR),
            RateField::On(on),
            RateField::Worth(worth),
        ];
        rates.extend(fields.map(|f| Edit::Rate(RateId(id), f)));
    }
    world.apply(&Change {
        stamp: Stamp::new(2, 0, 1),
        intent: Intent::new(IntentKind::EditRules, ""),
        author: None,
        edits: rates,
        before: Vec::new(),
        undoes: None,
    });
    // 5,000 dollars are 4,500 euros.
    assert_eq!(
        at_least(&world, "4500 EUR"),
        (
            Verdict::Met,
            "Annual revenue: 5000 USD, by the latest exchange rate".into()
        )
    );
    assert_eq!(at_least(&world, "4500.01 EUR").0, Verdict::Unmet);
    assert_eq!(at_least(&world, "4500 GBP").0, Verdict::Unknown);
}

#[test]
fn what_is_read_comes_back_in_plain_form() {
    let world = world();
    let plain = |what, op, with: &[&str]| {
        let test = Test::read(&world.state, &condition(what, op, with), Scope::All).unwrap();
        test.condition().with
    };
    assert_eq!(
        plain("organisation.employees", Op::AtLeast, &["1,200"]),
        ["1200"]
    );
    assert_eq!(
        plain("deal.value", Op::AtLeast, &["12.5k EUR"]),
        ["12500 EUR"]
    );
    assert_eq!(plain("deal.source", Op::Is, &[" Fair ", ""]), ["Fair"]);
    assert!(plain("deal.source", Op::Set, &["left over"]).is_empty());
}

#[test]
fn texts_in_use_are_offered() {
    let world = world();
    let of = |what| suggestions(&world, &field(&world.state, what).unwrap());
    assert_eq!(of("organisation.industry"), ["Finance"]);
    assert_eq!(of("deal.tags"), ["Pilot"]);
    assert!(of("deal.value").is_empty());
}

#[test]
fn every_field_has_a_name_of_its_own() {
    let world = world();
    let all = fields(&world.state, Scope::All);
    let mut names: Vec<&str> = all.iter().map(|f| f.what.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all.len());
    for info in &all {
        assert_eq!(field(&world.state, &info.what).as_ref(), Some(info));
        assert!(!info.kind.ops().is_empty());
    }
}

/// Any field, any comparison, odd values.
fn any_condition() -> impl Strategy<Value = Condition> {
    let whats: Vec<String> = fields(&world().state, Scope::All)
        .into_iter()
        .map(|f| f.what)
        .chain([
            "".into(),
            "deal.".into(),
            "x.custom.".into(),
            "deal.custom.zz".into(),
        ])
        .collect();
    let value = prop_oneof![
        Just("0000000000000001".to_owned()),
        Just("yes".to_owned()),
        Just("open".to_owned()),
        Just("champion".to_owned()),
        Just("2026-03-10".to_owned()),
        Just("99999999999999999999 EUR".to_owned()),
        "[0-9]{0,4}( EUR)?",
        "\\PC{0,8}",
    ];
    (
        proptest::sample::select(whats),
        proptest::sample::select(Op::ALL),
        proptest::collection::vec(value, 0..4),
    )
        .prop_map(|(what, op, with)| Condition { what, op, with })
}

proptest! {
    #[test]
    fn nothing_odd_panics_and_what_is_read_reads_again(condition in any_condition()) {
        let world = world();
        let _ = sentence(&world.state, &condition, &Plain);
        for scope in [Scope::Organisation, Scope::Scoring, Scope::All] {
            let Ok(test) = Test::read(&world.state, &condition, scope) else { continue };
            for deal in [DEAL, DealId(2)] {
                let of = subject(&world, deal);
                let _ = test.why(&of, &Plain);
                let again = Test::read(&world.state, &test.condition(), scope).unwrap();
                prop_assert_eq!(again.condition(), test.condition());
                prop_assert_eq!(again.verdict(&of), test.verdict(&of));
            }
        }
    }

    #[test]
    fn opposites_are_opposite(condition in any_condition()) {
        let world = world();
        let opposite = match condition.op {
            Op::Is => Op::IsNot,
            Op::Contains => Op::Lacks,
            Op::Set => Op::Empty,
            _ => return Ok(()),
        };
        let other = Condition { op: opposite, ..condition.clone() };
        let read = |c| Test::read(&world.state, c, Scope::All);
        let (Ok(a), Ok(b)) = (read(&condition), read(&other)) else { return Ok(()) };
        for deal in [DEAL, DealId(2)] {
            let of = subject(&world, deal);
            prop_assert_ne!(a.holds(&of), b.holds(&of));
            prop_assert_eq!(a.verdict(&of).not(), b.verdict(&of));
        }
    }

    #[test]
    fn numbers_read_as_they_are_printed(n in -9_000_000_000_000_i64..9_000_000_000_000) {
        let world = world();
        let with = Decimal(n).to_string();
        let test = Test::read(&world.state, &condition("deal.age_days", Op::Is, &[&with]), Scope::All).unwrap();
        prop_assert_eq!(test.condition().with, vec![with]);
    }
}
