//! How old open deals are: how many of which age, and each by age and value.

use crate::chart::histogram::{Bin, Histogram, Line, histogram};
use crate::chart::scatter::{Dot, MANY, Scatter, scatter};
use crate::chart::scene::Room;
use crate::chart::value::{About, Amount, Said};
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::insight::stats::sample::Sample;
use crate::domain::money::{Currency, Money};
use crate::shell::intl;
use crate::ui::charts::{amount_axis, count_axis};
use crate::ui::fmt;
use crate::ui::insight::reading::{Reading, use_reading};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::insight::section::Section;
use crate::ui::insight::write::days_text;
use crate::ui::nav;
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// An open deal: which, how many days old, in which stage, worth how much in the shown currency.
#[derive(Clone, Debug, PartialEq)]
struct Aged {
    id: DealId,
    days: u32,
    stage: u16,
    value: Option<(Currency, i64)>,
}

fn aged(reading: Reading) -> Vec<Aged> {
    let of = reading.of.get();
    let on = reading.insight.store.tick().today;
    reading.ask(reading.insight.lens.get().period, |q| {
        let facts = q.facts;
        let open = of.rows().filter(|row| facts.status[*row] == Status::Open);
        open.map(|row| Aged {
            id: facts.ids[row],
            days: u32::try_from(q.now.today - facts.created[row]).unwrap_or(0),
            stage: facts.stage[row],
            value: facts.money(row).map(|money| {
                let (shown, ..) = q.exchange.shown(money, on);
                (shown.currency, shown.minor)
            }),
        })
        .collect()
    })
}

/// How broad a range is, so that there are about twelve.
fn step(most: u32) -> u32 {
    const STEPS: [u32; 9] = [1, 7, 14, 30, 60, 90, 180, 365, 730];
    let fits = STEPS.into_iter().find(|step| most / step < 12);
    fits.unwrap_or(3_650)
}

fn whole(n: usize) -> Amount {
    Amount {
        minor: n as i128,
        said: Said::plain(intl::integer(n as i64)),
    }
}

fn ages(all: &[Aged]) -> Histogram {
    let most = all.iter().map(|deal| deal.days).max().unwrap_or(0);
    let step = step(most);
    let mut counts = vec![0_usize; (most / step) as usize + 1];
    let mut sample = Sample::default();
    for deal in all {
        counts[(deal.days / step) as usize] += 1;
        sample.add(deal.days);
    }
    let bin = |(n, count): (usize, &usize)| {
        let from = n as u32 * step;
        let to = from + step - 1;
        let short = if step == 1 {
            from.to_string()
        } else {
            format!("{from}–{to}")
        };
        Bin {
            key: Some(n as u64),
            label: Said {
                full: format!("{short} days"),
                short,
            },
            from: from.into(),
            to: (from + step).into(),
            count: whole(*count),
        }
    };
    let median = sample.median().map(|days| Line {
        label: "Median".into(),
        amount: Amount {
            minor: days.round() as i128,
            said: Said::plain(days_text(days)),
        },
    });
    Histogram {
        about: About {
            title: "Open deals by age".into(),
            summary: sample
                .median()
                .map_or_else(String::new, |days| match all.len() {
                    1 => format!("One open deal, {} old.", days_text(days)),
                    n => format!(
                        "Half of {} open deals are older than {}.",
                        intl::integer(n as i64),
                        days_text(days)
                    ),
                }),
            nothing: "No deal is open.".into(),
        },
        label: "Days since creation".into(),
        measure: count_axis("Open deals"),
        bins: counts.iter().enumerate().map(bin).collect(),
        lines: median.into_iter().collect(),
    }
}

fn spread(reading: Reading, all: &[Aged], currency: Currency, alone: bool) -> Scatter {
    let facts = reading.facts();
    let mut has = vec![false; facts.stages.len()];
    for deal in all {
        if let Some(has) = has.get_mut(usize::from(deal.stage)) {
            *has = true;
        }
    }
    let stages: Vec<u16> = (0..)
        .zip(has)
        .filter(|(_, has)| *has)
        .map(|(n, _)| n)
        .collect();
    let mut in_it: Vec<(&Aged, i64)> = all
        .iter()
        .filter_map(|deal| {
            let (own, minor) = deal.value?;
            (own == currency).then_some((deal, minor))
        })
        .collect();
    let count = in_it.len();
    if count > MANY {
        // More could not be told apart: as many are shown, evenly by value, so that the picture is
        // that of all, and it is said.
        in_it.sort_unstable_by_key(|(deal, minor)| (std::cmp::Reverse(*minor), deal.id));
        let place = |n: usize| n * (count - 1) / (MANY - 1);
        in_it = (0..MANY).map(|n| in_it[place(n)]).collect();
    }
    let left = if count > MANY {
        let (most, all) = (intl::integer(MANY as i64), intl::integer(count as i64));
        format!(", {most} of {all}, evenly by value")
    } else {
        String::new()
    };
    let dot = |(deal, minor): (&Aged, i64)| Dot {
        key: Some(deal.id.0),
        label: reading.title(deal.id),
        across: Amount {
            minor: deal.days.into(),
            said: Said::plain(days_text(deal.days.into())),
        },
        up: Amount {
            minor: minor.into(),
            said: Said {
                full: fmt::money(Money::clamped(minor.into(), currency)),
                short: fmt::money_compact(Money::clamped(minor.into(), currency)),
            },
        },
        size: None,
        group: stages.iter().position(|s| *s == deal.stage).unwrap_or(0),
        more: Vec::new(),
    };
    Scatter {
        about: About {
            title: match alone {
                true => format!("Age and value, by stage{left}"),
                false => format!("Age and value in {currency}, by stage{left}"),
            },
            summary: "Each point is an open deal: the further right, the older; the higher, the more it is worth.".into(),
            nothing: "No open deal has a value.".into(),
        },
        label: "Deal".into(),
        across: count_axis("Days since creation"),
        up: amount_axis("Value", currency),
        size: None,
        groups: stages.iter().map(|s| reading.stage_name(&facts, *s)).collect(),
        dots: in_it.into_iter().map(dot).collect(),
        limits: Vec::new(),
        expected: None,
    }
}

/// The two charts.
#[component]
pub(super) fn Ageing() -> impl IntoView {
    let (reading, rows) = (use_reading(), use_rows());
    let all = Memo::new(move |_| Arc::new(aged(reading)));
    let none = Memo::new(move |_| all.with(|all| all.is_empty()));
    let currencies = Memo::new(move |_| {
        all.with(|all| {
            let mut found: Vec<Currency> = Vec::new();
            for currency in all.iter().filter_map(|d| d.value.map(|v| v.0)) {
                if !found.contains(&currency) {
                    found.push(currency);
                }
            }
            found.sort_unstable();
            found
        })
    });
    let by_age = Callback::new(move |room: Room| all.with(|all| histogram(&ages(all), room)));
    let pick_age = move |key: u64| {
        let all = all.get_untracked();
        let step = step(all.iter().map(|deal| deal.days).max().unwrap_or(0));
        let of_bin = all.iter().filter(|deal| u64::from(deal.days / step) == key);
        let mut deals: Vec<DealId> = of_bin.map(|deal| deal.id).collect();
        deals.sort_unstable();
        let from = key as u32 * step;
        rows.open(Behind {
            title: format!("Open deals {from} to {} days old", from + step - 1),
            sentence: "Open deals by the days since they were created.".into(),
            deals: Arc::new(deals),
        });
    };
    let one = move |currency: Currency| {
        let draw = Callback::new(move |room: Room| {
            let alone = currencies.with(|c| c.len() < 2);
            all.with(|all| scatter(&spread(reading, all, currency, alone), room))
        });
        let file = format!("age-and-value-{}", currency.as_str().to_lowercase());
        let pick = move |key: u64| nav::go(crate::app::route::Route::Deal(DealId(key)));
        view! { <ChartView draw on_pick=pick file_name=file/> }
    };
    view! {
        <Section title="Ageing" lead=Signal::derive(move || {
            let today = reading.as_of_today().map_or_else(String::new, |today| format!(", {today}"));
            Some(format!("How long open deals have been there{today}. A point opens its deal."))
        })>
            {block(move || if none.get() {
                view! { <p class="part__lead">"No deal is open."</p> }.into_any()
            } else {
                view! {
                    <div class="part__pair">
                        <ChartView draw=by_age on_pick=pick_age file_name=String::from("open-deals-by-age")/>
                        <For each=move || currencies.get() key=|c| *c children=one/>
                    </div>
                }.into_any()
            })}
        </Section>
    }
}
