use super::*;
use crate::domain::deal::DealField;
use crate::domain::entity::Entity;
use crate::domain::ids::DealId;
use crate::domain::line::Period;
use crate::domain::rank::Rank;
use proptest::prelude::*;

fn line(
    quantity: i64,
    minor: i64,
    discount: u16,
    period: Option<Period>,
    periods: u16,
) -> LineItem {
    LineItem {
        product: None,
        text: "x".into(),
        quantity,
        price: Money::new(minor, Currency::EUR),
        discount,
        period,
        periods,
        rank: Rank::default(),
    }
}

#[test]
fn a_line_is_quantity_times_price_less_discount_rounded_half_up() {
    assert_eq!(total(&line(2_500, 1_000, 0, None, 1)), 2_500);
    // 2.5 × 10.01 = 25.025, 10 % off = 22.5225.
    assert_eq!(total(&line(2_500, 1_001, 1_000, None, 1)), 2_252);
    // 0.5 × 0.01 = 0.005.
    assert_eq!(total(&line(500, 1, 0, None, 1)), 1);
    assert_eq!(total(&line(1_000, 9_999, 10_000, None, 1)), 0);
    // What does not recur is paid once, whatever the number of periods says.
    assert_eq!(total(&line(1_000, 500, 0, None, 9)), 500);
}

#[test]
fn two_years_by_the_month_with_an_installation() {
    let all = [
        line(10_000, 1_500, 0, Some(Period::Month), 24),
        line(2_000, 98_000, 0, None, 1),
    ];
    let sums = sums(&all)[&Currency::EUR];
    assert_eq!(sums.one_time, 196_000);
    assert_eq!(sums.mrr(), 15_000);
    assert_eq!(sums.arr, 180_000);
    assert_eq!(sums.acv, 376_000);
    assert_eq!(sums.tcv, 556_000);
    assert_eq!(sums.recurring(), 360_000);
    assert_eq!(value(&all), Some(Money::new(556_000, Currency::EUR)));
}

#[test]
fn a_term_of_less_than_a_year_counts_only_its_own_periods_in_the_first_year() {
    let sums = sums(&[line(1_000, 3_000, 0, Some(Period::Quarter), 2)])[&Currency::EUR];
    assert_eq!((sums.arr, sums.acv, sums.tcv), (12_000, 6_000, 6_000));
}

#[test]
fn currencies_are_never_added_up() {
    let mut other = line(1_000, 5, 0, None, 1);
    other.price.currency = Currency::parse("CHF").unwrap();
    let all = [line(1_000, 7, 0, None, 1), other];
    assert_eq!(sums(&all).len(), 2);
    assert_eq!(value(&all), None);
    assert_eq!(value(&all[..0]), None);
}

#[test]
fn the_renewal_is_when_the_first_recurring_line_ends() {
    let won = NaiveDate::from_ymd_opt(2026, 8, 31).unwrap();
    let mut deal = Deal::blank(DealId(1));
    assert_eq!(renewal_date(&State::default(), &deal, won), None);
    for (n, one) in [
        line(1_000, 1, 0, None, 1),
        line(1_000, 1, 0, Some(Period::Year), 3),
        line(1_000, 1, 0, Some(Period::Month), 6),
    ]
    .into_iter()
    .enumerate()
    {
        deal.set(DealField::Line(LineId(n as u64), Some(Box::new(one))));
    }
    // February has no 31st.
    assert_eq!(
        renewal_date(&State::default(), &deal, won),
        NaiveDate::from_ymd_opt(2027, 2, 28)
    );
}

fn any_line() -> impl Strategy<Value = LineItem> {
    let period = prop_oneof![
        Just(None),
        Just(Some(Period::Month)),
        Just(Some(Period::Quarter)),
        Just(Some(Period::Year))
    ];
    (
        any::<i64>(),
        any::<i64>(),
        0..=DISCOUNT_SCALE,
        period,
        any::<u16>(),
    )
        .prop_map(|(quantity, minor, discount, period, periods)| {
            line(quantity, minor, discount, period, periods)
        })
}

proptest! {
    #[test]
    fn lines_add_up_and_nothing_overflows(lines in prop::collection::vec(any_line(), 0..20)) {
        let sums = sums(&lines).remove(&Currency::EUR).unwrap_or_default();
        prop_assert_eq!(sums.tcv, lines.iter().map(total).sum::<i128>());
        prop_assert_eq!(sums.one_time + sums.recurring(), sums.tcv);
        prop_assert!((sums.mrr() * 12 - sums.arr).abs() <= 6);
    }

    #[test]
    fn more_discount_never_costs_more(mut one in any_line(), more in 0..=DISCOUNT_SCALE) {
        one.quantity = one.quantity.saturating_abs();
        one.price.minor = one.price.minor.saturating_abs();
        let before = total(&one);
        one.discount = one.discount.max(more);
        prop_assert!(total(&one) <= before);
        prop_assert!(total(&one) >= 0);
    }

    #[test]
    fn the_first_year_is_at_most_the_whole(mut one in any_line()) {
        one.quantity = one.quantity.saturating_abs();
        one.price.minor = one.price.minor.saturating_abs();
        let mut sums = LineSums::default();
        sums.add(&one);
        prop_assert!(sums.acv <= sums.tcv);
        prop_assert!(one.period.is_none() || sums.acv <= sums.arr);
    }
}
