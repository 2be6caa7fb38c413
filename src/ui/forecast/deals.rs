//! The deals that matter most to the forecast, and what-ifs for each.

use super::data::Case;
use super::learning::Made;
use super::play::{Played, use_play};
use crate::app::route::Route;
use crate::domain::forecast::chance::{When, Whether};
use crate::domain::forecast::months::date;
use crate::domain::forecast::outcome::Part;
use crate::domain::forecast::what_if::Fate;
use crate::domain::ids::DealId;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// So many are shown at first, and so many more each time.
const PAGE: usize = 10;

/// Why a deal has its chance, in words.
fn reason(case: &Case, deal: DealId) -> String {
    let pairs = case.book.open.iter().zip(&case.chances);
    let mut found = pairs.filter(|(open, _)| open.deal == deal);
    let Some((open, chance)) = found.next() else {
        return "Chosen in a what-if".into();
    };
    let stage = open
        .step
        .stage
        .and_then(|n| case.learnt.lives.stages.get(usize::from(n)));
    let days = open.step.age(case.learnt.today).max(0) as usize;
    let whether = match chance.whether {
        Whether::Own => format!("its own chance, {}", fmt::percent(open.percent)),
        Whether::History(n) => format!(
            "{} in the end, as {} in its stage for as long ({})",
            intl::percent(chance.ever, 0),
            intl::count(n as usize, "deal", "deals"),
            intl::count(days, "day", "days"),
        ),
        Whether::Stage => format!(
            "the chance of its stage, {}",
            fmt::percent(stage.map_or(0, |(_, s)| s.chance))
        ),
        Whether::Chosen => "chosen in a what-if".into(),
    };
    let when = match chance.when {
        When::Expected => {
            let ahead = open.step.close.saturating_sub(case.learnt.today);
            format!(
                "expected {} ({})",
                fmt::day_month(date(open.step.close)),
                crate::domain::forecast::shift::lead_words(crate::domain::forecast::shift::lead(
                    ahead
                ))
            )
        }
        When::Lag => "no expected day to go by".into(),
    };
    format!("{whether}; {when}")
}

/// The table.
#[component]
pub(super) fn Contributors() -> impl IntoView {
    let play = use_play();
    let most = RwSignal::new(PAGE);
    let columns = vec![
        Column::new("deal", "Deal").fixed(),
        Column::new("chance", "Chance in the period")
            .numeric()
            .fixed(),
        Column::new("mean", "Adds in the mean").numeric().fixed(),
        Column::new("risk", "Share of the risk").numeric().fixed(),
        Column::new("why", "Why").fixed(),
        Column::new("if", "What if").fixed(),
    ];
    let count = Memo::new(move |_| {
        play.played
            .with(|p| p.as_ref().map_or(0, |p| p.outcome.parts.len()))
    });
    // Rows keep their place while what-ifs are played: what is chosen keeps the focus.
    let order = Memo::new(move |_| play.plain.get().or_else(|| play.played.get()));
    let shown = move || {
        let Some(plain) = order.get() else {
            return Vec::new();
        };
        let parts = plain.outcome.parts.iter().take(most.get());
        parts.map(|part| part.deal).collect::<Vec<DealId>>()
    };
    view! {
        <section class="forecast__part" aria-labelledby="contributors">
            <h2 class="forecast__head" id="contributors">
                "What matters most "
                <Explain title="what matters most">
                    <p>"What a deal adds in the mean is its chance to be won in the period times its value. Its share of the risk is how much of the variance of the total goes back to it: a large deal that may or may not come weighs most."</p>
                    <code>"Cov(deal, total) / Var(total)"</code>
                    <p>"Both are worked out from the chances of the simulation, not drawn."</p>
                </Explain>
            </h2>
            <Table caption="Deals by their share of the risk" columns=Signal::stored(columns) class="forecast__table">
                {block(move || shown().into_iter().map(|deal| view! { <Row deal/> }).collect_view())}
                <Arrivals/>
            </Table>
            {block(move || (count.get() > most.get()).then(|| view! {
                <div><Button on_click=move |_| most.update(|n| *n += PAGE)>"Show more deals"</Button></div>
            }))}
        </section>
    }
}

fn part_of(played: &Option<Made<Played>>, deal: DealId) -> Option<Part> {
    let parts = &played.as_ref()?.outcome.parts;
    parts.iter().find(|p| p.deal == deal).copied()
}

#[component]
fn Row(
    /// Which deal.
    deal: DealId,
) -> impl IntoView {
    let (store, play) = (use_store(), use_play());
    let (title, customer) = store.with(|s| {
        let state = &s.world().state;
        let org = state.tables.deals.get(deal).and_then(|d| d.organisation);
        (
            state.name_of(deal.into()),
            org.map(|id| state.name_of(id.into())),
        )
    });
    let part = Memo::new(move |_| play.played.with(|p| part_of(p, deal)));
    let money = move |minor: i128| {
        play.played
            .with(|p| p.as_ref().map(|p| p.case.about(minor)))
    };
    let fate = move || play.what_if.with(|w| w.deals.get(&deal).copied());
    let chance = move || match (fate(), part.get()) {
        (Some(Fate::Won), _) => "won".to_owned(),
        (Some(Fate::Out), _) => "out".to_owned(),
        (_, Some(part)) => intl::percent(part.chance, 0),
        (_, None) => "–".to_owned(),
    };
    let mean = move || {
        part.get()
            .and_then(|p| money(p.mean))
            .unwrap_or_else(|| "–".into())
    };
    let risk = move || part.get().map_or("–".into(), |p| intl::percent(p.risk, 0));
    let why = play
        .plain
        .with_untracked(|p| p.as_ref().map(|p| reason(&p.case, deal)));
    let name = title.clone();
    view! {
        <tr>
            <th scope="row"><a class="sell-link" href=Route::Deal(deal).print()>{title}</a><span class="forecast__note-of">{customer}</span></th>
            <td class="num">{chance}</td>
            <td class="num">{mean}</td>
            <td class="num">{risk}</td>
            <td class="forecast__why">{why}</td>
            <td><FateChoice deal name/></td>
        </tr>
    }
}

/// What becomes of a deal.
#[component]
fn FateChoice(
    /// Which deal.
    deal: DealId,
    /// Its title.
    name: String,
) -> impl IntoView {
    let play = use_play();
    let options = [
        ("won", "Is won"),
        ("out", "Is not won"),
        ("on", "Other date"),
    ]
    .map(|(code, label)| Choice::new(code, label));
    let fate = Memo::new(move |_| play.what_if.with(|w| w.deals.get(&deal).copied()));
    let code = move || match fate.get() {
        None => "",
        Some(Fate::Won) => "won",
        Some(Fate::Out) => "out",
        Some(Fate::On(_)) => "on",
    };
    let set = move |fate: Option<Fate>| {
        play.what_if.update(|w| {
            match fate {
                Some(fate) => w.deals.insert(deal, fate),
                None => w.deals.remove(&deal),
            };
        });
    };
    let expected = move || {
        let case = play.played.get_untracked().map(|p| p.case.clone());
        let case = case?;
        let open = case.book.open.iter().find(|o| o.deal == deal)?;
        let close = open.step.close;
        Some(close.max(case.learnt.today))
    };
    let choose = move |code: String| {
        set(match code.as_str() {
            "won" => Some(Fate::Won),
            "out" => Some(Fate::Out),
            "on" => expected().map(Fate::On),
            _ => None,
        });
    };
    let on = move || match fate.get() {
        Some(Fate::On(day)) => date(day).to_string(),
        _ => String::new(),
    };
    let dated = Memo::new(move |_| matches!(fate.get(), Some(Fate::On(_))));
    let pick = move |text: String| {
        if let Ok(day) = text.parse::<chrono::NaiveDate>() {
            set(Some(Fate::On(day.to_epoch_days())));
        }
    };
    let label = format!("What if, {name}");
    let date_label = format!("Other date, {name}");
    view! {
        <div class="forecast__fate">
            <Select label options=Signal::stored(options.to_vec()) value=Signal::derive(move || code().to_owned()) on_change=choose placeholder="As it is"/>
            {block(move || dated.get().then(|| view! {
                <DateField label=date_label.clone() value=Signal::derive(on) on_change=pick/>
            }))}
        </div>
    }
}

/// What new deals add.
#[component]
fn Arrivals() -> impl IntoView {
    let play = use_play();
    let mean = move || {
        play.played.with(|p| {
            let played = p.as_ref()?;
            Some(played.case.about(played.outcome.arrivals.0))
        })
    };
    let risk = move || {
        play.played
            .with(|p| p.as_ref().map(|p| intl::percent(p.outcome.arrivals.1, 0)))
    };
    let why = move || {
        play.played.with(|p| {
            let case = &p.as_ref()?.case;
            let (model, (first, after)) = (&case.learnt.model.fresh, case.within());
            let won: f64 = case.arrivals.get(first..after)?.iter().sum();
            Some(format!(
                "{} a week came in the last {} weeks ({}); as fast as those were won, {} of those to come are won within the period",
                intl::number(model.per_week, 1),
                intl::number(model.weeks, 0),
                intl::count(model.came as usize, "deal", "deals"),
                intl::number(won, 1)
            ))
        })
    };
    view! {
        <tr class="forecast__new">
            <th scope="row">"New deals"</th>
            <td class="num">"–"</td>
            <td class="num">{mean}</td>
            <td class="num">{risk}</td>
            <td class="forecast__why">{why}</td>
            <td></td>
        </tr>
    }
}
