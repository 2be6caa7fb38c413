//! What kind of touch goes ahead of an advance.

use crate::app::route::{InsightPage, Route};
use crate::domain::ids::StageId;
use crate::domain::insight::select::Selection;
use crate::domain::insight::touch::{Effect as Found, FEW, FIRST, WITHIN, touches};
use crate::shell::intl;
use crate::ui::insight::{
    LiveFacts, Snapshot, number_button, share_interval, share_text, use_rows,
};
use crate::ui::parts::*;
use crate::ui::review::stage_choices;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// Rows shown.
const MOST: usize = 12;

/// The part of the page.
#[component]
pub(super) fn Touches() -> impl IntoView {
    let store = use_store();
    let stage = RwSignal::new(String::new());
    let live = LiveFacts::follow(store);
    let found = Memo::new(move |_| {
        let today = store.moment().today.to_epoch_days();
        let of = stage.with(|s| s.parse::<StageId>().ok());
        let Snapshot(facts) = live.get();
        store.with(|s| {
            let number = of.and_then(|id| facts.stages.find(id));
            let mut all = touches(s.world(), &facts, &Selection::all(&facts), number, today);
            all.truncate(MOST);
            all
        })
    });
    let columns: Vec<Column> = vec![
        Column::new("touch", "Touch in the first week"),
        Column::new("with", "Went on with it").numeric(),
        Column::new("without", "Without it").numeric(),
        Column::new("off", "Difference").numeric(),
        Column::new("says", "Says"),
    ];
    let columns: Vec<Column> = columns.into_iter().map(Column::fixed).collect();
    view! {
        <section class="forecast__part" aria-labelledby="touches">
            <div class="part__line">
                <h2 class="forecast__head" id="touches">
                    "Which touches go ahead of an advance "
                    <Explain title="Touches and advances">
                        <p>{format!("Touches are counted in the first {FIRST} days of a stay in a stage, of deals that still stand there then; they went on when they came into a later stage, or were won, within {WITHIN} days after (a landmark analysis: Anderson, Cain and Gelber 1983). Counting all touches would favour them: only a deal that stands long gets many.")}</p>
                        <p>"The interval of the difference is Newcombe's (1998). “Clear” means that chance alone gives as much in less than 5 % of cases, corrected for the number of rows (Holm 1979)."</p>
                        <p>"This looks back: deals that were called may have been the better ones to begin with. Only an experiment can tell."</p>
                    </Explain>
                </h2>
                <Select label="Stage" options=Signal::stored(stage_choices(store)) value=stage on_change=move |id| stage.set(id) placeholder="All stages" class="scope__one"/>
            </div>
            {block(move || if found.with(Vec::is_empty) {
                view! { <p class="forecast__note">{format!("Too little is known: a kind of touch is compared from {FEW} stays with it and {FEW} without it.")}</p> }.into_any()
            } else {
                view! {
                    <Table caption="Touches and advances" columns=Signal::stored(columns.clone()) class="team-table">
                        {block(move || found.get().into_iter().map(|one| view! { <Row one/> }).collect_view())}
                    </Table>
                }.into_any()
            })}
            <p class="forecast__note">"What people say of each stage stands on "<a href=Route::Insight(InsightPage::Team).print()>"the page of the team"</a>"."</p>
        </section>
    }
}

#[component]
fn Row(
    /// A kind of touch.
    one: Found,
) -> impl IntoView {
    let name = match one.touch {
        (kind, None) => kind.label().to_owned(),
        (kind, Some(outcome)) => format!("{}: {}", kind.label(), outcome.label().to_lowercase()),
    };
    let of = |rate: crate::domain::insight::stats::Rate| {
        let share = rate.value().map(share_text).unwrap_or_default();
        format!("{share} of {}", intl::integer(rate.n as i64))
    };
    let range = |rate: crate::domain::insight::stats::Rate| rate.interval().map(share_interval);
    let points = |x: f64| {
        let size = intl::number((x * 100.0).abs(), 0);
        if x < 0.0 {
            format!("−{size}")
        } else {
            format!("+{size}")
        }
    };
    let off = one.difference.map(|(d, i)| {
        (
            format!("{} points", points(d)),
            format!("{} to {}", points(i.low), points(i.high)),
        )
    });
    let says = match (one.p < 0.05, one.difference) {
        (true, Some((d, _))) if d > 0.0 => "Clear: more went on. Worth an experiment.",
        (true, _) => "Clear: fewer went on. It may follow on trouble.",
        (false, _) => "Within chance.",
    };
    let (off, interval) = off.unzip();
    let press = use_rows().opener(
        format!("{name} in the first week of a stage"),
        "Deals with such a touch in the first days of a stay.".into(),
        one.deals.clone(),
    );
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="num">
                {number_button(of(one.with), press)}
                <span class="team-range">{range(one.with)}</span>
            </td>
            <td class="num">{of(one.without)}<span class="team-range">{range(one.without)}</span></td>
            <td class="num">{off}<span class="team-range">{interval}</span></td>
            <td>{says}</td>
        </tr>
    }
}
