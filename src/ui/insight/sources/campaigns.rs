//! Keeping campaigns.

use super::Page;
use super::form::CampaignDialog;
use crate::app::form::insight::CampaignForm;
use crate::domain::campaign::Campaign;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::ids::{CampaignId, DealId, IdMap};
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::part::{Count, Nothing, Part};
use crate::ui::nav;
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

fn days(campaign: &Campaign) -> String {
    match (campaign.from, campaign.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!("from {}", fmt::date(from)),
        (None, Some(to)) => format!("until {}", fmt::date(to)),
        (Some(from), Some(to)) => format!("{} – {}", fmt::date(from), fmt::date(to)),
    }
}

/// The part.
#[component]
pub(super) fn CampaignsPart(page: Page) -> impl IntoView {
    let store = page.insight.store;
    let form = RwSignal::new(None::<CampaignForm>);
    let all = Memo::new(move |_| {
        for kind in [Kind::Campaign, Kind::Deal, Kind::Person] {
            store.track_kind(kind);
        }
        store.with(|s| {
            let t = &s.world().state.tables;
            let mut deals: IdMap<CampaignId, Vec<DealId>> = IdMap::default();
            for deal in t.deals.iter() {
                if let Some(id) = deal.campaign {
                    deals.entry(id).or_default().push(deal.id);
                }
            }
            let mut all: Vec<Campaign> = t.campaigns.iter().cloned().collect();
            all.order_by_key(|c| (std::cmp::Reverse(c.from), c.name.to_lowercase(), c.id));
            all.into_iter()
                .map(|c| {
                    let mut with = deals.remove(&c.id).unwrap_or_default();
                    with.order();
                    (c, with)
                })
                .collect::<Vec<_>>()
        })
    });
    let home = page.insight.home;
    let begin = move |_| form.set(Some(CampaignForm::blank(home.get_untracked())));
    let tools = move || {
        view! { <Button size=ButtonSize::Small icon=Glyph::Plus on_click=begin>"Add campaign"</Button> }
    };
    let explain: ChildrenFn = Arc::new(|| {
        view! { <p>"What was done to bring deals in, with what it cost. A campaign belongs to a source; deals name it in their form, under More."</p> }.into_any()
    });
    let line = move |(c, deals): &(Campaign, Vec<DealId>)| {
        let (edited, id, name) = (c.clone(), c.id, c.name.clone());
        let owner = c
            .owner
            .map(|id| store.with(|s| s.world().state.name_of(id.into())));
        let delete = move |_| {
            store.dispatch(Command::Delete(vec![id.into()]));
            nav::rescue_focus();
        };
        view! {
            <tr>
                <th scope="row" title=c.description.clone()>{name.clone()}</th>
                <td>{c.source.clone()}</td>
                <td>{days(c)}</td>
                <td class="num">{c.cost.map(fmt::money)}</td>
                <td>{owner}</td>
                <td class="num"><Count text=intl::integer(deals.len() as i64) what=format!("Deals of {name}") sentence="Deals that name this campaign, whenever they were created." deals=deals.clone()/></td>
                <td class="grid-table__tools">
                    <IconButton size=ButtonSize::Small label=format!("Change {name}") glyph=Glyph::Pencil on_click=move |_| form.set(Some(CampaignForm::of(&edited, home.get_untracked())))/>
                    <IconButton size=ButtonSize::Small label=format!("Delete {name}") glyph=Glyph::Trash on_click=delete/>
                </td>
            </tr>
        }
    };
    view! {
        <Part title="Campaigns" explain tools>
            {block(move || if all.with(Vec::is_empty) {
                view! { <Nothing text="No campaigns yet. With what they cost, this page says what a lead and a sale cost."/> }.into_any()
            } else {
                view! {
                    <div class="grid-table">
                        <table>
                            <caption class="visually-hidden">"Campaigns"</caption>
                            <thead><tr><th scope="col">"Campaign"</th><th scope="col">"Source"</th><th scope="col">"When"</th><th scope="col" class="num">"Cost"</th><th scope="col">"Run by"</th><th scope="col" class="num">"Deals"</th><td></td></tr></thead>
                            <tbody>{move || all.with(|all| all.iter().map(line).collect_view())}</tbody>
                        </table>
                    </div>
                }.into_any()
            })}
            <CampaignDialog form/>
        </Part>
    }
}
