//! What became of the deals of each source or campaign, and what they cost.

use super::Page;
use crate::domain::insight::exchange::Total;
use crate::domain::insight::sources::{By, Channel, QUALIFIED_RULE, channels};
use crate::domain::insight::stats::Rate;
use crate::domain::insight::win::FEW;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::figure::{few, share_interval, share_text};
use crate::ui::insight::part::{Count, Nothing, Part};
use crate::ui::insight::write::days_text;
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// The part.
#[component]
pub(super) fn ChannelsPart(page: Page) -> impl IntoView {
    let by_campaign = RwSignal::new(false);
    let all = Memo::new(move |_| {
        let by = if by_campaign.get() {
            By::Campaign
        } else {
            By::Source
        };
        page.ask(|query| channels(query, by))
    });
    let tools = move || {
        view! {
            <Segmented label="By" options=Signal::stored(vec![Choice::new("source", "By source"), Choice::new("campaign", "By campaign")]) value=move || if by_campaign.get() { "campaign" } else { "source" }.to_owned() on_change=move |c: String| by_campaign.set(c == "campaign")/>
        }
    };
    let explain: ChildrenFn = Arc::new(move || view! { <How page all/> }.into_any());
    let any = Memo::new(move |_| all.with(|all| !all.is_empty()));
    let whole = Memo::new(move |_| page.ask(|query| query.is_whole()));
    let head = move || {
        if by_campaign.get() {
            "Campaign"
        } else {
            "Source"
        }
    };
    view! {
        <Part title="Deals created in the time" explain tools>
            {block(move || if any.get() {
                view! {
                    {block(move || (!whole.get()).then(|| view! {
                        <p class="part__lead">"Cost and return are left out: what a campaign cost was for all deals it brought, and the choice above looks at some of them."</p>
                    }))}
                    <div class="grid-table">
                        <table>
                            <caption class="visually-hidden">"Deals created in the time, by where they came from"</caption>
                            <thead><tr>
                                <th scope="col">{head}</th>
                                <th scope="col" class="num">"Leads"</th>
                                <th scope="col" class="num">"Qualified"</th>
                                <th scope="col" class="num">"Won"</th>
                                <th scope="col" class="num">"Undecided"</th>
                                <th scope="col" class="num">"Win rate"</th>
                                <th scope="col" class="num">"95 % interval"</th>
                                <th scope="col" class="num">"Value won"</th>
                                <th scope="col" class="num">"Cycle"</th>
                                <th scope="col" class="num">"Cost"</th>
                                <th scope="col" class="num">"Cost of a lead"</th>
                                <th scope="col" class="num">"Cost of a win"</th>
                                <th scope="col" class="num">"Return"</th>
                            </tr></thead>
                            <tbody>{move || all.with(|all| all.iter().map(|c| line(page, c)).collect_view())}</tbody>
                        </table>
                    </div>
                }.into_any()
            } else {
                view! { <Nothing text="No deal was created in this time, and no campaign ran. Choose a longer one above."/> }.into_any()
            })}
        </Part>
    }
}

/// How the numbers of the table come about.
#[component]
fn How(page: Page, all: Memo<Vec<Channel>>) -> impl IntoView {
    let money = move || {
        let sum = all.with(|all| {
            let mut sum = Total::default();
            for channel in all {
                sum.merge(&channel.value);
                if let Some(cost) = &channel.cost {
                    sum.merge(cost);
                }
            }
            sum
        });
        page.insight.how_summed(&sum)
    };
    view! {
        <p>"All of it is about the deals created in the time, whatever happened to them since. Undecided ones, open or on hold, count neither as won nor as lost."</p>
        <p>{QUALIFIED_RULE}</p>
        <p>"Cost: that of the campaigns of the source, by the share of their days that lies in the time; all of it where a campaign has no days. Under a choice of some deals it is left out. Cycle: the median of days from creation to winning, with its 95 % interval from six deals on."</p>
        <p>{money}</p>
        <code>"win rate = won ÷ (won + lost)"</code>
        <code>"cost of a lead = cost ÷ leads, cost of a win = cost ÷ won"</code>
        <code>"return = value won ÷ cost"</code>
    }
}

fn line(page: Page, c: &Channel) -> impl IntoView + use<> {
    let insight = page.insight;
    let home = insight.home.get();
    let name = match (c.name.as_str(), c.campaign) {
        ("", _) => "Not known".to_owned(),
        (name, _) => name.to_owned(),
    };
    let count = |what: &str, deals: &Vec<_>, sentence: &'static str| {
        view! { <Count text=intl::integer(deals.len() as i64) what=format!("{what}, {name}") sentence deals=deals.clone()/> }
    };
    let (qualified, rate) = (c.qualified_rate(), c.win_rate());
    let thin = rate.n < FEW;
    let title =
        (thin && rate.n > 0).then(|| few(rate.n as usize, ("decided deal", "decided deals")));
    let share = |rate: Rate| rate.value().map(share_text).unwrap_or_default();
    let each = |n: usize| c.cost_each(n, home).map(fmt::money_compact);
    let back = c
        .times_back(home)
        .map(|times| format!("{} ×", intl::number(times, 1)));
    let cycle = c.cycle.median().map(days_text);
    let cycle_sure = c.cycle.median_interval().map_or_else(
        || format!("n {}", c.cycle.len()),
        |i| {
            let (low, high) = (intl::number(i.low, 1), intl::number(i.high, 1));
            format!("{low} to {high}, n {}", c.cycle.len())
        },
    );
    let value = (!c.won.is_empty()).then(|| insight.sum_compact(&c.value));
    let cost = c.cost.as_ref().map(|cost| insight.sum_compact(cost));
    let decided = c.decided();
    // A number with the deals it is of; without any deals only the number.
    let of = |what: &str, text: Option<String>, deals: &Vec<_>, sentence: &'static str| {
        text.map(|text| view! { <Count text what=format!("{what}, {name}") sentence deals=deals.clone()/> })
    };
    const LEADS: &str = "Deals created in the time that came from here. The cost is that of the campaigns, by their days in the time.";
    const WON: &str = "Deals created in the time that came from here and were won.";
    const DECIDED: &str = "Deals created in the time that came from here and were won or lost.";
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td class="num">{count("Leads", &c.leads, "Deals created in the time that came from here.")}</td>
            <td class="num">{count("Qualified", &c.qualified, "Deals created in the time that came from here and were qualified at some time.")}" "<span class="grid-table__quiet">{share(qualified)}</span></td>
            <td class="num">{count("Won", &c.won, "Deals created in the time that came from here and were won.")}</td>
            <td class="num grid-table__quiet">{count("Undecided", &c.undecided_deals(), "Deals created in the time that came from here and are open or on hold.")}</td>
            <td class="num" class:grid-table__few=thin title=title>{of("Win rate", rate.value().map(share_text), &decided, DECIDED)}</td>
            <td class="num grid-table__quiet">{rate.interval().map(share_interval)}</td>
            <td class="num">{of("Value won", value, &c.won, WON)}</td>
            <td class="num">{cycle.is_some().then(|| view! { {of("Cycle", cycle.clone(), &c.won, WON)}" "<span class="grid-table__quiet">{cycle_sure.clone()}</span> })}</td>
            <td class="num">{of("Cost", cost, &c.leads, LEADS)}</td>
            <td class="num">{of("Cost of a lead", each(c.leads.len()), &c.leads, LEADS)}</td>
            <td class="num">{of("Cost of a win", each(c.won.len()), &c.won, WON)}</td>
            <td class="num">{of("Return", back, &c.won, WON)}</td>
        </tr>
    }
}
