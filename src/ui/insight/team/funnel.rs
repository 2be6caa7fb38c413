//! Win rates by how many deals they rest on, between the limits of chance.

use crate::app::route::Route;
use crate::chart::scatter::{Dot, Limit, Scatter, scatter};
use crate::chart::scene::{Room, Scene};
use crate::chart::value::{About, Amount, Measure, Said, Write};
use crate::domain::ids::{Id, PersonId};
use crate::domain::insight::team::{FEW, Standing, Standings};
use crate::shell::intl;
use crate::ui::insight::{share_interval, share_text};
use crate::ui::nav;
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// Shares are drawn in ten-thousandths.
const WHOLE: f64 = 10_000.0;

fn share(share: f64) -> i128 {
    (share * WHOLE).round() as i128
}

/// What can be said of the differences, in words.
fn words(all: &Standings) -> String {
    let people: Vec<&Standing> = all
        .all
        .iter()
        .filter(|s| !s.key.is_empty() && s.rate.n > 0)
        .collect();
    let (Some(mean), false) = (all.rate.value(), people.is_empty()) else {
        return String::from("Nothing was closed in this time.");
    };
    if all.rate.n == people[0].rate.n {
        return String::from("One person alone has nobody to be compared with.");
    }
    let known: Vec<&Standing> = all.known().collect();
    if known.is_empty() {
        return format!(
            "Nobody has {FEW} closed deals yet, so nothing can be said of the differences."
        );
    }
    let strays: Vec<&str> = all.strays().iter().map(|s| s.name.as_str()).collect();
    let whole = share_text(mean);
    let said = match (strays.is_empty(), known.as_slice()) {
        (true, [one]) => format!(
            "{} lies within what chance alone gives around {whole}: the difference says nothing of how well they sell.",
            one.name
        ),
        (true, _) => format!(
            "All lie within what chance alone gives around {whole}: the differences between these people say nothing of how well they sell."
        ),
        (false, _) => format!(
            "Outside of what chance alone gives in 19 of 20 cases around {whole}: {}. Of {}, one outside is no surprise now and then.",
            strays.join(", "),
            intl::count(known.len(), "person", "people")
        ),
    };
    let few: Vec<&str> = people
        .iter()
        .filter(|s| s.is_few())
        .map(|s| s.name.as_str())
        .collect();
    if few.is_empty() {
        return said;
    }
    format!(
        "{said} Fewer than {FEW} closed deals, so nothing can be said of them: {}.",
        few.join(", ")
    )
}

fn chart(all: &Standings) -> Scatter {
    let people: Vec<&Standing> = all
        .all
        .iter()
        .filter(|s| !s.key.is_empty() && s.rate.n > 0)
        .collect();
    let most = people.iter().map(|s| s.rate.n).max().unwrap_or(0);
    let dots = people.iter().filter_map(|s| {
        let rate = s.rate.value()?;
        let range = s.rate.interval().map(share_interval);
        Some(Dot {
            key: s.key.parse::<PersonId>().ok().map(Id::raw),
            label: s.name.clone(),
            across: Amount {
                minor: s.rate.n.into(),
                said: Said::plain(intl::count(s.rate.n as usize, "deal", "deals")),
            },
            up: Amount {
                minor: share(rate),
                said: Said::plain(share_text(rate)),
            },
            size: None,
            group: 0,
            more: range
                .map(|range| ("95 % range".to_owned(), range))
                .into_iter()
                .collect(),
        })
    });
    let places = |get: fn(
        &(
            crate::domain::insight::stats::Interval,
            crate::domain::insight::stats::Interval,
        ),
    ) -> f64| {
        let last = most + most / 10 + 1;
        let step = (last / 60).max(1) as usize;
        (1..=last)
            .step_by(step)
            .filter_map(|n| Some((i128::from(n), share(get(&all.limits(n)?)))))
            .collect::<Vec<_>>()
    };
    let limit = |label: &str, places| Limit {
        label: label.to_owned(),
        places,
    };
    let mean = all.rate.value().map(|mean| {
        let end = i128::from(most + most / 10 + 1);
        limit("Rate of all", vec![(1, share(mean)), (end, share(mean))])
    });
    Scatter {
        about: About {
            title: String::from("Win rate by closed deals"),
            summary: words(all),
            nothing: String::from("Nothing was closed in this time."),
        },
        label: String::from("Person"),
        across: Measure {
            name: String::from("Closed deals"),
            least_step: 1,
            from_zero: true,
            write: Write::new(|n| n.to_string()),
        },
        up: Measure {
            name: String::from("Win rate"),
            least_step: 100,
            from_zero: true,
            write: Write::new(|n| intl::percent(n as f64 / WHOLE, 0)),
        },
        size: None,
        groups: Vec::new(),
        dots: dots.collect(),
        limits: vec![
            limit("95 % limit", places(|l| l.0.low)),
            limit("95 % limit", places(|l| l.0.high)),
            limit("99.8 % limit", places(|l| l.1.low)),
            limit("99.8 % limit", places(|l| l.1.high)),
        ],
        expected: mean,
    }
}

/// The chart with its words.
#[component]
pub(super) fn FunnelPart(
    /// How people do.
    people: Memo<Arc<Standings>>,
) -> impl IntoView {
    let draw =
        Callback::new(move |room: Room| -> Scene { people.with(|all| scatter(&chart(all), room)) });
    let said = Memo::new(move |_| people.with(|all| words(all)));
    let pick = |key: u64| nav::go(Route::Member(PersonId(key)));
    view! {
        <section class="team-part" aria-labelledby="team-chance">
            <h2 class="team-part__title" id="team-chance">
                "Skill or chance"
                <Explain title="Limits of chance">
                    <p>"Each point is a person. Were all alike, 19 of 20 would lie between the inner curves and nearly all between the outer ones: the fewer deals, the further chance alone carries a rate."</p>
                    <p><code>"binomial limits at 2.5 % and 0.1 % around won ÷ closed of all"</code>" (funnel plot, Spiegelhalter 2005)"</p>
                </Explain>
            </h2>
            <p class="team-part__words">{said}</p>
            <ChartView draw on_pick=pick file_name="win-rate-by-closed-deals"/>
        </section>
    }
}
