//! How it goes against each competitor.

use super::Page;
use crate::domain::insight::stats::Rate;
use crate::domain::insight::win::FEW;
use crate::domain::insight::win_loss::{Rival, rivals};
use crate::shell::intl;
use crate::ui::insight::figure::{few, share_interval, share_text};
use crate::ui::insight::part::{Count, Nothing, Part};
use crate::ui::insight::versus::{self, Was};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// The part.
#[component]
pub(super) fn RivalsPart(page: Page) -> impl IntoView {
    let all = Memo::new(move |_| page.ask(rivals));
    let before = Memo::new(move |_| {
        let before = page.insight.lens.with(|lens| lens.before)?;
        Some(page.ask_in(before, rivals))
    });
    let explain: ChildrenFn = Arc::new(|| {
        view! {
            <p>"Deals won and lost in the time in which the competitor was named when they were closed. Where nobody was named, nobody may have been there, or nobody wrote it down."</p>
            <p>"The interval is Wilson’s at 95 %. Grey: fewer than 30 deals."</p>
            <code>"won ÷ (won + lost), of the deals with them"</code>
        }
        .into_any()
    });
    let line = move |rival: &Rival| {
        let name = match rival.name.as_str() {
            "" => "Nobody named".to_owned(),
            name => name.to_owned(),
        };
        let rate = rival.rate();
        let thin = rate.n < FEW;
        let was = before.get().map(|all| {
            let then = all.into_iter().find(|r| r.name == rival.name);
            let (then, deals) = then.map_or_else(Default::default, |r| (r.rate(), r.deals()));
            let text = versus::rates(rate, then);
            view! { <td class="num"><Was what=format!("Win rate against {name}") text sentence="Deals closed in the time compared with in which this competitor was named." deals/></td> }
        });
        let title = thin.then(|| few(rate.n as usize, ("closed deal", "closed deals")));
        let count = |what: &str, deals: &Vec<_>| {
            view! { <Count text=intl::integer(deals.len() as i64) what=format!("{what} against {name}") sentence="Deals closed in the time in which this competitor was named." deals=deals.clone()/> }
        };
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                <td class="num">{count("Won", &rival.won.deals)}</td>
                <td class="num">{count("Lost", &rival.lost.deals)}</td>
                <td class="num" class:grid-table__few=thin title=title><RateCell rate/></td>
                <td class="num grid-table__quiet">{rate.interval().map(share_interval)}</td>
                <td class="num">{page.insight.sum_compact(&rival.lost.value)}</td>
                {was}
            </tr>
        }
    };
    let named = Memo::new(move |_| all.with(|all| all.iter().any(|r| !r.name.is_empty())));
    view! {
        <Part title="Competitors" explain>
            {block(move || if named.get() {
                view! {
                    <div class="grid-table">
                        <table>
                            <caption class="visually-hidden">"Competitors"</caption>
                            <thead><tr><th scope="col">"Competitor"</th><th scope="col" class="num">"Won"</th><th scope="col" class="num">"Lost"</th><th scope="col" class="num">"Win rate"</th><th scope="col" class="num">"95 % interval"</th><th scope="col" class="num">"Value lost"</th>{move || before.with(Option::is_some).then(|| view! { <th scope="col" class="num">"Win rate before"</th> })}</tr></thead>
                            <tbody>{move || all.with(|all| all.iter().map(line).collect_view())}</tbody>
                        </table>
                    </div>
                }.into_any()
            } else {
                view! { <Nothing text="No competitor was named in deals closed in this time. The dialog that closes a deal asks who else was in it."/> }.into_any()
            })}
        </Part>
    }
}

/// A share.
#[component]
pub(crate) fn RateCell(rate: Rate) -> impl IntoView {
    rate.value().map(share_text)
}
