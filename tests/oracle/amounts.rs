//! Figures of amounts in several currencies: kept apart, and converted by the rates of their days.

use super::Found;
use super::figures::{Question as Asked, sums};
use fairlead::domain::insight::answer::{Question, Rules, Value as Told};
use fairlead::domain::insight::catalogue::Metric;
use fairlead::domain::insight::cohort::Ladder;
use fairlead::domain::insight::exchange::{Exchange, Total};
use fairlead::domain::insight::facts::Facts;
use fairlead::domain::insight::open::WeightRule;
use fairlead::domain::insight::period::Period;
use fairlead::domain::insight::select::Selection;
use fairlead::domain::insight::win::{WinBy, WinRate, WinRule};
use fairlead::domain::money::{Currency, Money};
use serde_json::{Value, json};

/// In which currencies sums are told; none keeps them apart.
const REPORTING: [&str; 4] = ["", "EUR", "USD", "JPY"];

pub fn total(total: &Total) -> Value {
    json!({
        "sums": sums(&total.sums), "counts": sums(&total.counts),
        "converted": total.converted, "apart": total.apart, "n": total.n,
    })
}

/// The rates of the world, with sums told in a currency.
pub fn told_in(q: &Asked<'_>, code: &str) -> Exchange {
    let mut exchange = Exchange::read(&q.world.state);
    exchange.reporting = Currency::parse(code).ok();
    exchange
}

fn amount(question: &Question<'_>, metric: Metric, of: &Selection) -> Value {
    let answer = question.answer(metric, of);
    let Told::Money(found) = &answer.value else {
        unreachable!("{metric:?} is an amount");
    };
    json!({ "n": answer.n, "total": total(found) })
}

fn share(question: &Question<'_>, of: &Selection) -> Value {
    let answer = question.answer(Metric::WinValue, of);
    let parts: serde_json::Map<_, _> = match &answer.value {
        Told::Parts(parts) => parts.iter(),
        _ => [].iter(),
    }
    .map(|(c, share)| (c.to_string(), json!(share)))
    .collect();
    json!({ "n": answer.n, "parts": parts })
}

fn speed(question: &Question<'_>, of: &Selection) -> Value {
    let velocity = question.velocity(of);
    let all: serde_json::Map<_, _> = (velocity.all().iter())
        .map(|(c, n)| (c.to_string(), json!(i64::try_from(*n).unwrap())))
        .collect();
    json!({
        "open": sums(&velocity.open), "won": sums(&velocity.won_value),
        "valued": sums(&velocity.won_valued), "of": all,
    })
}

fn covered(question: &Question<'_>, of: &Selection) -> Value {
    let coverage = question.coverage(of).unwrap();
    json!({
        "won": i64::try_from(coverage.won).unwrap(), "open": sums(&coverage.open.value),
        "count": coverage.open.count, "unvalued": coverage.open.unvalued, "apart": coverage.apart,
        "ratio": coverage.ratio(), "n": question.answer(Metric::Coverage, of).n,
    })
}

pub fn amounts(q: &Asked<'_>, facts: &Facts) -> Found {
    let all = Selection::all(facts);
    let mut found = Found::new();
    let mut put = |name: String, value: Value| found.insert(name, value);
    for (name, period) in [("all", Period::all()), ("period", q.period)] {
        for code in REPORTING {
            let exchange = told_in(q, code);
            let told = if code.is_empty() { "apart" } else { code };
            let asked = Question {
                facts,
                exchange: &exchange,
                period,
                now: q.now,
                rules: Rules::default(),
                pipeline: None,
                quota: None,
            };
            for (by, win) in [WinBy::Close, WinBy::Creation]
                .iter()
                .flat_map(|by| WinRule::ALL.map(|rule| (*by, rule)))
            {
                let rules = Rules {
                    by,
                    win,
                    ..Rules::default()
                };
                let question = Question { rules, ..asked };
                put(
                    format!("value_rate.{name}.{told}.{}.{}", by.code(), win.code()),
                    share(&question, &all),
                );
                if code.is_empty() {
                    let rate = WinRate::of(facts, &all, &question.win());
                    let each = facts.currencies.keys().iter();
                    let each: serde_json::Map<_, _> = each
                        .filter_map(|c| Some((c.to_string(), json!(rate.value_rate(*c)?))))
                        .collect();
                    put(
                        format!("value_rate.{name}.plain.{}.{}", by.code(), win.code()),
                        each.into(),
                    );
                }
            }
            for metric in [Metric::Won, Metric::Lost, Metric::Open] {
                let value = amount(&asked, metric, &all);
                put(format!("amount.{name}.{told}.{}", metric.code()), value);
            }
            for weight in WeightRule::ALL {
                let rules = Rules {
                    weight,
                    ..Rules::default()
                };
                let value = amount(&Question { rules, ..asked }, Metric::Weighted, &all);
                put(
                    format!("amount.{name}.{told}.weighted.{}", weight.code()),
                    value,
                );
            }
            let ladder = Ladder::of(facts, q.pipeline);
            let rungs: Vec<Value> = asked.reached(&ladder, &all).iter().map(total).collect();
            put(format!("reached.{name}.{told}"), rungs.into());
            put(format!("speed.{name}.{told}"), speed(&asked, &all));
            let quota = Money::new(q.quota, Currency::parse("USD").unwrap());
            let question = Question {
                quota: Some((quota, q.period)),
                ..asked
            };
            put(format!("covered.{name}.{told}"), covered(&question, &all));
        }
    }
    found
}
