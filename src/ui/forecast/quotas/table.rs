//! The quotas in rows.

use super::chance::{Chance, Playing, ReachWords};
use super::data::{Line, use_quotas};
use crate::app::form::plan::QuotaForm;
use crate::domain::command::Command;
use crate::domain::ids::DealId;
use crate::shell::intl;
use crate::ui::insight::{number_button, period_words, share_text, use_rows};
use crate::ui::parts::*;
use leptos::prelude::*;

/// The rows.
#[component]
pub(super) fn QuotaTable(
    /// The form that changes one.
    form: RwSignal<Option<QuotaForm>>,
) -> impl IntoView {
    let quotas = use_quotas();
    let columns: Vec<Column> = vec![
        Column::new("who", "Whose"),
        Column::new("quota", "Quota").numeric(),
        Column::new("won", "Won").numeric(),
        Column::new("coverage", "Coverage").numeric(),
        Column::new("pace", "Still to do"),
        Column::new("chance", "Chance").numeric(),
        Column::new("tools", "Actions").unlabelled(),
    ];
    let columns: Vec<Column> = columns.into_iter().map(Column::fixed).collect();
    let rows = move || {
        let all = quotas.lines.get();
        all.into_iter()
            .map(|line| view! { <Row line form/> })
            .collect_view()
    };
    view! {
        <section class="forecast__part" aria-labelledby="quotas">
            <div class="part__line">
                <h2 class="forecast__head" id="quotas">"Quotas " <Legend/></h2>
                <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=move |_| form.set(Some(quotas.blank()))>"Set a quota"</Button>
            </div>
            <Playing/>
            <Table caption="Quotas" columns=Signal::stored(columns) class="team-table quotas-table">{rows}</Table>
        </section>
    }
}

/// How the numbers are made.
#[component]
fn Legend() -> impl IntoView {
    view! {
        <Explain title="Quotas">
            <p><b>"Won: "</b><code>"Σ value won in the period ÷ quota"</code>", each value by the rate of its closing day."</p>
            <p><b>"Coverage: "</b><code>"Σ value of open deals expected in what is left of the period ÷ (quota − won)"</code>", beside 1 ÷ the own win rate, which is how much it takes in the mean."</p>
            <p><b>"Still to do: "</b>"what is missing ÷ own mean value of a won deal ÷ weeks left; and, for what open deals do not bring by their chances, deals to create a week at the own win rate, as long as they still come in time at the own cycle."</p>
            <ReachWords/>
            <p>"For coverage, pace and suggestions the own history is the last 365 days of the same person, team or territory. With fewer than five wins, or four weeks, it says nothing."</p>
        </Explain>
    }
}

/// A number that opens the deals behind it.
pub(super) fn number(text: String, title: String, sentence: &str, deals: Vec<DealId>) -> AnyView {
    number_button(text, use_rows().opener(title, sentence.to_owned(), deals))
}

/// What is still to be done, in sentences.
pub(super) fn to_do(line: &Line, today: i32) -> Vec<String> {
    let (quota, got) = (line.quota(), &line.got);
    if got.remaining(quota) == 0 {
        return vec!["Reached.".into()];
    }
    if line.period.range().1 < today {
        return vec![format!("Over; {} short.", line.text(got.remaining(quota)))];
    }
    let Some(pace) = &line.pace else {
        return vec![
            "Too little history to reckon with: fewer than five wins in the last twelve months."
                .into(),
        ];
    };
    let mut words = vec![format!(
        "{} left: win {} a week for {} weeks.",
        line.text(got.remaining(quota)),
        intl::number(pace.wins, 1),
        intl::number(pace.weeks, 1)
    )];
    words.push(match (pace.gap, pace.create) {
        (0, _) => "By their chances, open deals bring it: move them on.".into(),
        (_, Some(create)) => format!(
            "Open deals leave {}: create {} deals a week in the next {} weeks.",
            line.text(pace.gap),
            intl::number(create, 1),
            intl::number(pace.weeks_to_create, 1)
        ),
        (_, None) => format!(
            "Open deals leave {}, and new ones come too late: a sale takes {} days.",
            line.text(pace.gap),
            intl::number(line.history.cycle.unwrap_or(0.0), 0)
        ),
    });
    words
}

#[component]
fn Row(
    /// It.
    line: Line,
    /// The form that changes it.
    form: RwSignal<Option<QuotaForm>>,
) -> impl IntoView {
    let quotas = use_quotas();
    let today = quotas.ground.with_untracked(|g| g.today);
    let quota = line.quota();
    let id = line.id;
    let edit = move |_| {
        let found = quotas
            .store
            .with(|s| s.world().state.tables.quotas.get(id).cloned());
        if let Some(quota) = found {
            form.set(Some(QuotaForm::of(&quota, quotas.currency())));
        }
    };
    let remove = move |_| quotas.store.dispatch(Command::Delete(vec![id.into()]));
    let (got, history) = (&line.got, &line.history);
    let share = got.share(quota).map(share_text);
    let won = number(
        line.text(got.won),
        format!("Won: {}", line.who),
        "Deals won in the period of the quota.",
        got.won_deals.clone(),
    );
    let coverage = got
        .coverage(quota)
        .map(|c| format!("{} ×", intl::number(c, 1)));
    let needs = history.win.value().filter(|r| *r > 0.0).map(|r| {
        format!(
            "needs {} × at {} of {}",
            intl::number(1.0 / r, 1),
            share_text(r),
            intl::integer(history.win.n as i64)
        )
    });
    let open = number(
        coverage.unwrap_or_else(|| "—".into()),
        format!("Open: {}", line.who),
        "Open deals expected to close in what is left of the period.",
        got.open_deals.clone(),
    );
    let apart = (got.apart > 0).then(|| {
        format!(
            "{} left out: no value or no rate",
            intl::count(got.apart as usize, "deal", "deals")
        )
    });
    let words = to_do(&line, today)
        .into_iter()
        .map(|w| view! { <p>{w}</p> })
        .collect_view();
    let burden = line
        .burden
        .iter()
        .cloned()
        .map(|w| view! { <p class="quotas__burden">{w}</p> })
        .collect_view();
    let (edit_label, remove_label) = (
        format!("Change the quota of {}", line.who),
        format!("Delete the quota of {}", line.who),
    );
    view! {
        <tr data-quota=id.to_string()>
            <th scope="row">
                {line.who.clone()}
                <span class="team-range">{format!("{}: {}", line.span, period_words(line.period))}</span>
                {burden}
            </th>
            <td class="num" data-label="Quota">{line.text(quota)}</td>
            <td class="num" data-label="Won">{won}<span class="team-range">{share}</span>{apart.map(|a| view! { <span class="team-range">{a}</span> })}</td>
            <td class="num" data-label="Coverage">{open}<span class="team-range">{needs}</span></td>
            <td class="quotas__words">{words}</td>
            <td class="num" data-label="Chance"><Chance line=line.clone()/></td>
            <td class="grid-table__tools">
                <IconButton label=edit_label glyph=Glyph::Pencil size=ButtonSize::Small on_click=edit/>
                <IconButton label=remove_label glyph=Glyph::Trash size=ButtonSize::Small on_click=remove/>
            </td>
        </tr>
    }
}
