//! How the organisations fit the profile: how many, which best and worst, what is not known.

use super::wording::Local;
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::OrgId;
use crate::domain::order::Order;
use crate::domain::query::condition::{Subject, Verdict, sentence};
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;

/// Organisations shown at each end.
const FEW: usize = 5;

/// One organisation with its fit.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    id: OrgId,
    name: String,
    percent: u8,
    ruled_out: bool,
}

/// What the preview shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seen {
    fits: usize,
    weak: usize,
    open: usize,
    ruled_out: usize,
    best: Vec<Entry>,
    worst: Vec<Entry>,
    /// Per criterion how many organisations it cannot be answered of.
    lacking: Vec<(String, usize)>,
}

impl Seen {
    fn all(&self) -> usize {
        self.fits + self.weak + self.open + self.ruled_out
    }
}

fn look(store: Store) -> Seen {
    let at = store.moment();
    store.with(|s| {
        let world = s.world();
        let mut seen = Seen::default();
        let mut entries = Vec::new();
        let criteria = &world.rules.profile.criteria;
        let mut lacking = vec![0_usize; criteria.len()];
        for org in world.state.tables.organisations.iter() {
            let subject = Subject::organisation(world, org, at.now, at.today);
            let Some(fit) = world.rules.profile.fit(&subject) else {
                continue;
            };
            match () {
                () if fit.ruled_out => seen.ruled_out += 1,
                () if fit.fits() => seen.fits += 1,
                () if fit.most >= crate::domain::query::fit::FITS => seen.open += 1,
                () => seen.weak += 1,
            }
            for (n, reason) in fit.reasons.iter().enumerate() {
                lacking[n] += usize::from(reason.verdict == Verdict::Unknown);
            }
            entries.push((fit.ruled_out, fit.percent, org));
        }
        entries
            .order_by(|a, b| (a.0, u8::MAX - a.1, &a.2.name).cmp(&(b.0, u8::MAX - b.1, &b.2.name)));
        let entry =
            |(ruled_out, percent, org): &(bool, u8, &crate::domain::party::Organisation)| Entry {
                id: org.id,
                name: org.name.clone(),
                percent: *percent,
                ruled_out: *ruled_out,
            };
        let few = FEW.min(entries.len() / 2 + entries.len() % 2);
        seen.best = entries.iter().take(few).map(entry).collect();
        seen.worst = entries
            .iter()
            .rev()
            .take(FEW.min(entries.len() - few))
            .map(entry)
            .collect();
        seen.lacking = criteria
            .iter()
            .zip(lacking)
            .filter(|(_, n)| *n > 0)
            .filter_map(|(c, n)| {
                let c = world.state.tables.icp.get(c.id)?;
                let name = if c.name.is_empty() {
                    sentence(&world.state, &c.condition, &Local)
                } else {
                    c.name.clone()
                };
                Some((name, n))
            })
            .collect();
        seen
    })
}

/// The preview; follows the profile and the organisations.
#[component]
pub(super) fn Preview() -> impl IntoView {
    let store = use_store();
    let seen = Memo::new(move |_| {
        store.track_kind(Kind::IcpCriterion);
        store.track_kind(Kind::Organisation);
        store.track_kind(Kind::CustomField);
        look(store)
    });
    move || {
        let seen = seen.get();
        if seen.all() == 0 {
            return view! { <p class="fit-preview__none">"There are no organisations yet to try the profile on."</p> }.into_any();
        }
        let shares = [
            ("fits", "Fit", seen.fits),
            ("open", "Not known enough", seen.open),
            ("weak", "Weak fit", seen.weak),
            ("out", "Ruled out", seen.ruled_out),
        ];
        let bar = shares.iter().filter(|s| s.2 > 0).map(|(code, _, n)| {
            view! { <span class="fit-preview__share" data-share=*code style:--n=n.to_string()></span> }
        });
        let legend = shares.iter().map(|(code, label, n)| {
            view! { <li data-share=*code><b>{intl::integer(*n as i64)}</b> " " {*label}</li> }
        });
        view! {
            <section class="fit-preview" aria-labelledby="fit-preview">
                <h2 class="score-rules__title" id="fit-preview">{format!("Your {}", intl::count(seen.all(), "organisation", "organisations"))}</h2>
                <div class="fit-preview__bar" aria-hidden="true">{bar.collect_view()}</div>
                <ul class="fit-preview__legend">{legend.collect_view()}</ul>
                <div class="fit-preview__ends">
                    <Ends title="Best" list=seen.best/>
                    <Ends title="Worst" list=seen.worst/>
                </div>
                {(!seen.lacking.is_empty()).then(|| view! {
                    <h3 class="fit-preview__sub">"Not filled in"</h3>
                    <ul class="fit-preview__lacking">
                        {seen.lacking.into_iter().map(|(name, n)| view! { <li><b>{intl::integer(n as i64)}</b> <span>{name}</span></li> }).collect_view()}
                    </ul>
                })}
            </section>
        }
        .into_any()
    }
}

#[component]
fn Ends(title: &'static str, list: Vec<Entry>) -> impl IntoView {
    let row = |entry: Entry| {
        let percent = if entry.ruled_out {
            String::from("ruled out")
        } else {
            fmt::percent(entry.percent)
        };
        view! {
            <li><a href=Route::Organisation(entry.id).print()>{entry.name}</a> <span>{percent}</span></li>
        }
    };
    (!list.is_empty()).then(|| {
        view! {
            <div>
                <h3 class="fit-preview__sub">{title}</h3>
                <ol class="fit-preview__list">{list.into_iter().map(row).collect_view()}</ol>
            </div>
        }
    })
}
