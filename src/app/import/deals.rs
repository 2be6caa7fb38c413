//! A row of deals.

use super::cells::Cells;
use super::choice::{Again, Domain};
use super::holds::Holds;
use super::placing::{self, Placed};
use super::target::Target;
use super::what::What;
use super::work::{Waiting, Work};
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::change::Edit;
use crate::domain::deal::{
    BuyingRole, Closure, Deal, DealContact, DealField, DealKind, ForecastCategory, Outcome,
    Placement, Status,
};
use crate::domain::ids::{ActivityId, DealId, OrgId, ProductId};
use crate::domain::state::State;

/// The largest amount a deal may be worth, as in the form: ten billion of a currency with
/// two decimals.
const MOST: i64 = 1_000_000_000_000;
/// The longest title, as in the form.
pub(super) const LONGEST: usize = 300;

/// Imports one row.
pub(super) fn row(work: &mut Work, state: &State, c: &mut Cells<'_>) {
    work.tally(Holds::Deals).rows += 1;
    let external = c.text(Target::ExternalId).unwrap_or_default().to_owned();
    let own = own_id(c);
    if let Some(line) = work.deals.repeated(own, &external, c.line()) {
        let target = if own.is_some() {
            Target::FairleadId
        } else {
            Target::ExternalId
        };
        let text = c.text(target).unwrap_or_default();
        c.note_at(target, text, What::Repeated { line, kept: false });
        work.tally(Holds::Deals).skipped += 1;
        return;
    }
    let existing = match c.plan.again {
        Again::Add => None,
        Again::Update | Again::Leave => {
            own.and_then(|id| state.tables.deals.get(id)).or_else(|| {
                work.deals
                    .here(&external)
                    .and_then(|id| state.tables.deals.get(id))
            })
        }
    };
    if let Some(deal) = existing.filter(|_| c.plan.again == Again::Leave) {
        c.note_at(Target::ExternalId, &external, What::LeftAsIs);
        work.tally(Holds::Deals).unchanged += 1;
        work.deals.note(deal.id, &deal.title, &external);
        return;
    }
    let Some(placed) = placing::read(c, &work.stages) else {
        work.tally(Holds::Deals).skipped += 1;
        return;
    };
    let id = match (existing, own) {
        (Some(deal), _) => deal.id,
        // In another browser the deal keeps its identity.
        (None, Some(id)) if c.plan.again != Again::Add => id,
        _ => work.ids.fresh(),
    };
    let before = work.edits.len();
    let title = fields(work, state, c, id, existing, &placed, &external);
    stand(work, state, c, id, existing, &placed);
    if existing.is_none() {
        next_step(work, c, id);
    }
    let changed = work.edits.len() > before;
    if existing.is_none() && own.is_none() && external.is_empty() {
        let organisation = work.organisation_of(state, id);
        if work.deals.has_twin(&title, organisation) {
            c.note_at(Target::Title, &title, What::Twin);
        }
    }
    let tally = work.tally(Holds::Deals);
    match existing {
        None => tally.created += 1,
        Some(_) if changed => tally.updated += 1,
        Some(_) => tally.unchanged += 1,
    }
    work.deals.note(id, &title, &external);
}

fn own_id(c: &mut Cells<'_>) -> Option<DealId> {
    let text = c.text(Target::FairleadId)?;
    let id = text.parse().ok();
    if id.is_none() {
        c.note_at(
            Target::FairleadId,
            text,
            What::UnknownWord(Target::FairleadId, "left out"),
        );
    }
    id
}

/// Sets what the row says of a deal apart from where it stands. Blank cells leave what is
/// here. Returns the title.
fn fields(
    work: &mut Work,
    state: &State,
    c: &mut Cells<'_>,
    id: DealId,
    existing: Option<&Deal>,
    placed: &Placed,
    external: &str,
) -> String {
    let organisation = c
        .expected(Target::Organisation)
        .and_then(|name| work.organisation(c, Target::Organisation, name));
    let owner = c
        .expected(Target::Owner)
        .and_then(|name| work.person(c, Target::Owner, name));
    let products = products(work, c);
    let contacts = contacts(work, state, c, organisation);
    if c.has(Target::Value) {
        c.expected(Target::Value);
    }
    let title = title(work, state, c, existing, organisation, &products, external);
    let is_open = placed.outcome == Outcome::Open;
    let mut list = vec![DealField::Title(title.clone())];
    list.extend(organisation.map(|o| DealField::Organisation(Some(o))));
    list.extend(owner.map(|o| DealField::Owner(Some(o))));
    list.extend((!products.is_empty()).then_some(DealField::Products(products)));
    list.extend((!contacts.is_empty()).then_some(DealField::Contacts(contacts)));
    list.extend(
        c.money(Target::Value, MOST)
            .map(|v| DealField::Value(Some(v))),
    );
    list.extend(expected_close(c, &placed.outcome).map(|d| DealField::Close(Some(d))));
    // A closed deal's probability is 0 or 100 and says nothing.
    list.extend(
        c.percent(Target::Probability)
            .filter(|_| is_open)
            .map(|p| DealField::Probability(Some(p))),
    );
    list.extend(category(c).map(|k| DealField::Category(Some(k))));
    list.extend(kind(c).map(DealField::Kind));
    list.extend(
        c.date(Target::Renewal)
            .map(|on| DealField::Renewal(Some(on))),
    );
    list.extend(
        c.text(Target::Source)
            .map(|s| DealField::Source(c.plan.meant(Domain::Word(Target::Source), s).to_owned())),
    );
    let tags = c.values(Target::Tags, &[';', ',']);
    list.extend((!tags.is_empty()).then_some(DealField::Tags(tags)));
    list.extend(
        c.joined(Target::Description, "\n\n")
            .map(DealField::Description),
    );
    list.extend((!external.is_empty()).then(|| DealField::External(external.to_owned())));
    // Files have no milliseconds, so the same second is the same time.
    let same_second =
        existing.is_some_and(|d| d.created.div_euclid(1_000) == placed.created.div_euclid(1_000));
    if existing.is_none() || (c.text(Target::Created).is_some() && !same_second) {
        list.push(DealField::Created(placed.created));
    }
    if state
        .tables
        .deals
        .row(id)
        .is_some_and(|row| row.entity.deleted)
    {
        list.push(DealField::Deleted(false));
    }
    for field in list {
        work.set(state, Edit::Deal(id, field));
    }
    work.set_own(state, c, id);
    title
}

/// Outcome, stage and place in the column.
fn stand(
    work: &mut Work,
    state: &State,
    c: &mut Cells<'_>,
    id: DealId,
    existing: Option<&Deal>,
    placed: &Placed,
) {
    let status = placed.outcome.status();
    let stage = placed.stage();
    let moves = match existing {
        None => {
            for (since, stage) in &placed.entries {
                let entry = Placement {
                    stage: *stage,
                    since: *since,
                };
                work.edits.push(Edit::Deal(id, DealField::Placement(entry)));
            }
            true
        }
        Some(deal) => {
            let stays = deal.outcome.status() == status
                && (placed.is_stage_guessed || state.standing(deal.placement.stage) == Some(stage));
            if !stays {
                // Never before the stage it stands in now.
                let since = Some(placed.since()).filter(|at| *at > deal.placement.since);
                let since = since.unwrap_or(c.setting.now);
                let entry = Placement { stage, since };
                work.edits.push(Edit::Deal(id, DealField::Placement(entry)));
            }
            !stays
        }
    };
    let outcome = match existing {
        Some(deal) => keep_known(deal, &placed.outcome, placed.is_dated),
        None => placed.outcome.clone(),
    };
    work.set(state, Edit::Deal(id, DealField::Outcome(outcome)));
    if moves {
        let place = c.whole(Target::Place, 0, i64::from(u32::MAX));
        let when = if placed.has_beginning || status != Status::Open {
            placed.since()
        } else {
            0
        };
        work.waiting.push(Waiting {
            deal: id,
            stage,
            is_open: status == Status::Open,
            place,
            when,
        });
    }
    let value = work.value_of(state, id);
    work.count(stage, status, value);
}

/// What the row does not say of an ending that is known stays.
fn keep_known(deal: &Deal, told: &Outcome, is_dated: bool) -> Outcome {
    let (Some(old), Some(new)) = (deal.outcome.closure(), told.closure()) else {
        return told.clone();
    };
    if deal.outcome.status() != told.status() {
        return told.clone();
    }
    let or = |new: &String, old: &String| {
        if new.is_empty() {
            old.clone()
        } else {
            new.clone()
        }
    };
    let closure = Closure {
        on: if is_dated { new.on } else { old.on },
        reason: or(&new.reason, &old.reason),
        note: or(&new.note, &old.note),
        competitor: or(&new.competitor, &old.competitor),
    };
    Outcome::new(told.status(), closure)
}

fn expected_close(c: &mut Cells<'_>, outcome: &Outcome) -> Option<chrono::NaiveDate> {
    let expected = c.date(Target::ExpectedClose);
    match outcome.status() {
        Status::Open | Status::OnHold => expected.or_else(|| c.date(Target::CloseDate)),
        Status::Won | Status::Lost => expected,
    }
}

fn category(c: &mut Cells<'_>) -> Option<ForecastCategory> {
    let text = c.text(Target::Category)?;
    let found = match super::alias::plain(text).as_str() {
        "omitted" | "not forecasted" | "closed" | "closed won" => Some(ForecastCategory::Omitted),
        "pipeline" => Some(ForecastCategory::Pipeline),
        "best case" | "bestcase" => Some(ForecastCategory::BestCase),
        "commit" | "most likely" | "forecast" => Some(ForecastCategory::Commit),
        _ => None,
    };
    if found.is_none() {
        c.note_at(
            Target::Category,
            text,
            What::UnknownWord(Target::Category, "left empty"),
        );
    }
    found
}

fn kind(c: &mut Cells<'_>) -> Option<DealKind> {
    let text = c.text(Target::SaleKind)?;
    let found = match super::alias::plain(text).as_str() {
        "new business" | "new" | "newbusiness" | "new customer" => Some(DealKind::New),
        "renewal" => Some(DealKind::Renewal),
        "upsell" | "up sell" | "expansion" => Some(DealKind::Upsell),
        "cross sell" | "crosssell" => Some(DealKind::CrossSell),
        // Of a customer, but whether more of the same or something else is not said.
        "existing business" | "existingbusiness" => Some(DealKind::Upsell),
        _ => None,
    };
    if found.is_none() {
        c.note_at(
            Target::SaleKind,
            text,
            What::UnknownWord(Target::SaleKind, "left empty"),
        );
    }
    found
}

fn products(work: &mut Work, c: &mut Cells<'_>) -> Vec<ProductId> {
    if c.expected(Target::Products).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for name in c.values(Target::Products, &[';', '\n']) {
        if let Some(product) = work.product(c, Target::Products, &name)
            && !found.contains(&product)
        {
            found.push(product);
        }
    }
    found
}

/// `Ada Obi (champion); Jan Smit (jan@example.org)`: names with a role or an e-mail.
fn contacts(
    work: &mut Work,
    state: &State,
    c: &mut Cells<'_>,
    org: Option<OrgId>,
) -> Vec<DealContact> {
    let mut found: Vec<DealContact> = Vec::new();
    for part in c.values(Target::Contacts, &[';', '\n']) {
        let (mut name, mut role, mut emails) = (part.clone(), BuyingRole::Unknown, Vec::new());
        if let Some((front, inside)) = part.strip_suffix(')').and_then(|p| p.rsplit_once('(')) {
            if let Some(known) = role_of(inside) {
                (name, role) = (front.trim().to_owned(), known);
            } else if inside.contains('@') {
                (name, emails) = (front.trim().to_owned(), vec![inside.trim().to_owned()]);
            }
        }
        let contact = work.contact(state, &name, &emails, org);
        if !found.iter().any(|f| f.contact == contact) {
            found.push(DealContact { contact, role });
        }
    }
    found
}

fn role_of(text: &str) -> Option<BuyingRole> {
    let word = text.trim().to_lowercase();
    BuyingRole::ALL
        .iter()
        .copied()
        .find(|r| r.label().to_lowercase() == word || r.code() == word)
}

/// The title; without one, what is sold to whom.
fn title(
    work: &Work,
    state: &State,
    c: &mut Cells<'_>,
    existing: Option<&Deal>,
    organisation: Option<OrgId>,
    products: &[ProductId],
    external: &str,
) -> String {
    if let Some(text) = c.expected(Target::Title) {
        return cut(c, Target::Title, text);
    }
    if let Some(deal) = existing {
        return deal.title.clone();
    }
    let names: Vec<String> = products
        .iter()
        .map(|p| work.name_of(state, (*p).into()))
        .collect();
    let what = names.join(", ");
    let whom = organisation.map(|o| work.name_of(state, o.into()));
    let made = match (what.as_str(), whom) {
        ("", Some(whom)) => whom,
        ("", None) if external.is_empty() => format!("Deal of line {}", c.line()),
        ("", None) => format!("Deal {external}"),
        (what, Some(whom)) => format!("{what} for {whom}"),
        (what, None) => what.to_owned(),
    };
    made.chars().take(LONGEST).collect()
}

/// A text of at most 300 characters.
pub(super) fn cut(c: &mut Cells<'_>, target: Target, text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    c.note_at(target, text, What::Cut(target));
    text.chars().take(LONGEST).collect()
}

/// The next thing to do, as a task of the new deal.
fn next_step(work: &mut Work, c: &mut Cells<'_>, deal: DealId) {
    let due = c.date(Target::NextStepDue);
    let Some(text) = c.text(Target::NextStep) else {
        return;
    };
    let id: ActivityId = work.ids.fresh();
    let fields = [
        ActivityField::Kind(ActivityKind::Task),
        ActivityField::Subject(text.to_owned()),
        ActivityField::Deal(Some(deal)),
        ActivityField::Due(due),
        ActivityField::Created(c.setting.now),
    ];
    work.edits.extend(fields.map(|f| Edit::Activity(id, f)));
    let tally = work.tally(Holds::Activities);
    tally.created += 1;
    tally.mentioned += 1;
}
