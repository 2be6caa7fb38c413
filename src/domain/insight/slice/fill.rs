//! The values of dimensions, read deal by deal.

use super::range::Ranges;
use super::{Dimension, Label, Rows};
use crate::domain::custom::{CustomValue, Decimal, FieldHome};
use crate::domain::deal::DealKind;
use crate::domain::ids::{ContactId, DealId, IdMap};
use crate::domain::insight::facts::{Codes, Facts, NONE};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::world::World;
use std::collections::BTreeMap;

pub(super) fn fill(
    world: &World,
    facts: &Facts,
    dimension: Dimension,
    labels: &mut Vec<Label>,
) -> Rows {
    let t = &world.state.tables;
    let mut words = Words::new(labels);
    let name = |entity: Option<String>| entity.filter(|n| !n.is_empty());
    // Codes of facts become numbers of labels by a table of one entry for each code.
    macro_rules! by_code {
        ($column:expr, $codes:expr, |$key:ident| $label:expr) => {{
            let table: Vec<u32> = std::iter::once(NONE)
                .chain($codes.keys().iter().map(|$key| match $label {
                    Some((key, name)) => words.number(key, name),
                    None => NONE,
                }))
                .collect();
            Rows::One($column.iter().map(|code| table[*code as usize]).collect())
        }};
    }
    macro_rules! named {
        ($table:ident, $id:expr) => {{
            let id = $id;
            let found = name(t.$table.row(id).map(|row| row.entity.name.clone()));
            Some((
                id.to_string(),
                found.unwrap_or_else(|| "unnamed".to_owned()),
            ))
        }};
    }
    match dimension {
        Dimension::Owner => by_code!(facts.owner, facts.owners, |id| named!(people, *id)),
        Dimension::Campaign => {
            by_code!(facts.campaign, facts.campaigns, |id| named!(campaigns, *id))
        }
        Dimension::Team => by_code!(facts.owner, facts.owners, |id| {
            let team = t.people.row(*id).and_then(|row| row.entity.team);
            team.and_then(|team| named!(teams, team))
        }),
        Dimension::Industry => by_code!(facts.organisation, facts.organisations, |id| {
            let industry = t
                .organisations
                .row(*id)
                .map(|row| row.entity.industry.clone());
            name(industry).map(|i| (i.clone(), i))
        }),
        Dimension::Source => {
            by_code!(facts.source, facts.sources, |word| Some((
                word.clone(),
                word.clone()
            )))
        }
        Dimension::Competitor => by_code!(facts.competitor, facts.competitors, |word| Some((
            word.clone(),
            word.clone()
        ))),
        Dimension::Currency => by_code!(facts.currency, facts.currencies, |code| Some((
            code.to_string(),
            code.to_string()
        ))),
        Dimension::Territory => {
            let of_owner = facts.owners.keys().iter().map(|id| {
                let place = t.people.row(*id).and_then(|row| row.entity.territory);
                place.and_then(|place| named!(territories, place))
            });
            let of_owner: Vec<u32> = std::iter::once(NONE)
                .chain(of_owner.map(|l| l.map_or(NONE, |(key, name)| words.number(key, name))))
                .collect();
            let of_org = facts.organisations.keys().iter().map(|id| {
                let place = t
                    .organisations
                    .row(*id)
                    .and_then(|row| row.entity.territory);
                place.and_then(|place| named!(territories, place))
            });
            let of_org: Vec<u32> = std::iter::once(NONE)
                .chain(of_org.map(|l| l.map_or(NONE, |(key, name)| words.number(key, name))))
                .collect();
            let rows = facts.organisation.iter().zip(&facts.owner);
            Rows::One(
                rows.map(|(org, owner)| match of_org[*org as usize] {
                    NONE => of_owner[*owner as usize],
                    place => place,
                })
                .collect(),
            )
        }
        Dimension::Kind => {
            let table: Vec<u32> = DealKind::ALL
                .iter()
                .map(|kind| words.number(kind.code().to_owned(), kind.label().to_owned()))
                .collect();
            Rows::One(
                facts
                    .kind
                    .iter()
                    .map(|kind| table[*kind as usize])
                    .collect(),
            )
        }
        Dimension::Stage | Dimension::Pipeline => {
            let table: Vec<u32> = (facts.stages.list.iter())
                .map(|stage| {
                    let label = match dimension {
                        Dimension::Stage => named!(stages, stage.id),
                        _ => named!(pipelines, stage.pipeline),
                    };
                    label.map_or(NONE, |(key, name)| words.number(key, name))
                })
                .collect();
            let number = |stage: &u16| table.get(usize::from(*stage)).copied().unwrap_or(NONE);
            Rows::One(facts.stage.iter().map(number).collect())
        }
        Dimension::Arm(experiment) => {
            let arms = t
                .experiments
                .row(experiment)
                .map(|row| row.entity.arms.clone());
            let arms = arms.unwrap_or_default();
            each(facts, false, &mut |deal, out| {
                let deal = t.deals.get(deal);
                if let Some(arm) = deal.and_then(|d| d.arms.get(experiment)) {
                    let arm_name = usize::try_from(*arm).ok().and_then(|at| arms.get(at));
                    let arm_name =
                        arm_name.map_or_else(|| format!("Arm {arm}"), |a| a.name.clone());
                    out.push(words.number(arm.to_string(), arm_name));
                }
            })
        }
        Dimension::Tag => each(facts, true, &mut |deal, out| {
            for tag in t.deals.get(deal).iter().flat_map(|d| &d.tags) {
                out.push(words.number(tag.clone(), tag.clone()));
            }
        }),
        Dimension::Product => each(facts, true, &mut |deal, out| {
            let Some(deal) = t.deals.get(deal) else {
                return;
            };
            let lines = deal.lines.iter().filter_map(|(_, line)| line.product);
            for id in deal.products.iter().copied().chain(lines) {
                if let Some((key, name)) = named!(products, id) {
                    out.push(words.number(key, name));
                }
            }
        }),
        Dimension::Persona => {
            let mut known: IdMap<ContactId, u32> = IdMap::default();
            each(facts, true, &mut |deal, out| {
                for link in t.deals.get(deal).iter().flat_map(|d| &d.contacts) {
                    let number = *known.entry(link.contact).or_insert_with(|| {
                        let persona = t.contacts.get(link.contact).and_then(|c| c.persona);
                        let label = persona.and_then(|id| named!(personas, id));
                        label.map_or(NONE, |(key, name)| words.number(key, name))
                    });
                    if number != NONE {
                        out.push(number);
                    }
                }
            })
        }
        Dimension::Custom(field) => {
            let home = t.custom_fields.row(field).map(|row| row.entity.home);
            let several = dimension.is_several(world);
            let value_of = |deal: DealId| {
                let deal = t.deals.get(deal)?;
                let org = || deal.organisation.and_then(|id| t.organisations.get(id));
                match home {
                    Some(FieldHome::Organisation) => org().and_then(|o| o.custom.get(field)),
                    _ => deal.custom.get(field),
                }
            };
            let numbers = Numbers::over(facts, &value_of, &mut words);
            each(facts, several, &mut |deal, out| {
                let value = value_of(deal);
                let mut add = |word: String| out.push(words.number(word.clone(), word));
                match value {
                    None => {}
                    Some(CustomValue::Text(text)) => add(text.clone()),
                    Some(number @ (CustomValue::Number(_) | CustomValue::Money(_))) => {
                        if let Some(word) = numbers.word(number) {
                            add(word);
                        }
                    }
                    Some(CustomValue::Date(date)) => add(date.to_string()),
                    Some(CustomValue::Flag(yes)) => add(if *yes { "Yes" } else { "No" }.into()),
                    Some(CustomValue::List(list)) => list.iter().cloned().for_each(add),
                }
            })
        }
    }
}

/// Numbers and amounts of an own field, in ranges where there are many.
struct Numbers(BTreeMap<Option<Currency>, Ranges>);

/// A number as a whole one, and its currency where it is an amount.
fn whole(value: &CustomValue) -> Option<(Option<Currency>, i64)> {
    match value {
        CustomValue::Number(n) => Some((None, n.0)),
        CustomValue::Money(m) => Some((Some(m.currency), m.minor)),
        _ => None,
    }
}

impl Numbers {
    /// Takes all in, and gives each range its number in ascending order.
    fn over<'v>(
        facts: &Facts,
        value: &impl Fn(DealId) -> Option<&'v CustomValue>,
        words: &mut Words<'_>,
    ) -> Self {
        let mut found: BTreeMap<Option<Currency>, Vec<i64>> = BTreeMap::new();
        for (currency, n) in facts.ids.iter().filter_map(|id| whole(value(*id)?)) {
            found.entry(currency).or_default().push(n);
        }
        let mut all = Self(BTreeMap::new());
        for (currency, mut numbers) in found {
            let least = currency.map_or(1, |c| 10_i64.pow(c.digits()));
            all.0.insert(currency, Ranges::over(numbers.clone(), least));
            numbers.order();
            numbers.dedup();
            for n in numbers {
                let value = match currency {
                    None => CustomValue::Number(Decimal(n)),
                    Some(currency) => CustomValue::Money(Money::new(n, currency)),
                };
                if let Some(word) = all.word(&value) {
                    words.number(word.clone(), word);
                }
            }
        }
        all
    }

    fn word(&self, value: &CustomValue) -> Option<String> {
        let (currency, n) = whole(value)?;
        let (from, to) = self.0.get(&currency)?.of(n);
        let plain = |n: i64| match currency {
            None => Decimal(n).to_string(),
            Some(currency) => Money::new(n, currency).to_plain(),
        };
        let after = currency.map_or_else(String::new, |c| format!(" {c}"));
        Some(match from == to {
            true => format!("{}{after}", plain(from)),
            false => format!("{} to below {}{after}", plain(from), plain(to)),
        })
    }
}

/// Asks each deal for its values; with `several` all of them, each once, else the first.
fn each(facts: &Facts, several: bool, values: &mut dyn FnMut(DealId, &mut Vec<u32>)) -> Rows {
    let mut found = Vec::new();
    if !several {
        let one = facts.ids.iter().map(|id| {
            found.clear();
            values(*id, &mut found);
            found.first().copied().unwrap_or(NONE)
        });
        return Rows::One(one.collect());
    }
    let (mut starts, mut codes) = (vec![0], Vec::new());
    for id in &facts.ids {
        found.clear();
        values(*id, &mut found);
        found.sort_unstable();
        found.dedup();
        if found.is_empty() {
            found.push(NONE);
        }
        codes.extend_from_slice(&found);
        starts.push(codes.len() as u32);
    }
    Rows::Several(starts, codes)
}

/// Numbers for keys, and the labels they stand for.
struct Words<'l> {
    codes: Codes<String>,
    labels: &'l mut Vec<Label>,
}

impl<'l> Words<'l> {
    fn new(labels: &'l mut Vec<Label>) -> Self {
        Self {
            codes: Codes::default(),
            labels,
        }
    }

    /// The number of a key; an empty word says no more than none.
    fn number(&mut self, key: String, name: String) -> u32 {
        if key.is_empty() {
            return NONE;
        }
        let number = self.codes.code(&key);
        if self.labels.len() <= number as usize {
            self.labels.push(Label { key, name });
        }
        number
    }
}
