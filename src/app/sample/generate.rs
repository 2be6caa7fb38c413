//! Makes the sample: a year and a half of a small team's selling, the same for everybody,
//! ending today.

use super::parties::{CONTACTS, ORGANISATIONS, SELLERS};
use super::words::{
    COMPETITORS, LOST_REASONS, LOST_TO_COMPETITOR, PRODUCTS, SOURCES, STAGES as WORDS,
    SampleReason, TITLES, WON_REASONS,
};
use crate::app::session::Moment;
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::change::Edit;
use crate::domain::deal::{Closure, DealContact, DealField, ForecastCategory, Outcome, Placement};
use crate::domain::ids::{
    ActivityId, ContactId, DealId, Id, IdSource, OrgId, PersonId, ProductId, StageId,
};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::query::idle::DAY;
use crate::domain::rank::Rank;
use crate::domain::stamp::Millis;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The seed of the story: everybody gets the same.
const SEED: u64 = 9;

/// How many deals the sample has.
pub const DEALS: usize = 240;

/// How far back its first deal lies, in days.
const PAST: u64 = 540;

/// Percent of deals that go on from each open stage, before source and seller count.
const ADVANCE: [i64; 6] = [78, 74, 80, 76, 82, 92];

/// Usual days in each open stage.
const STAY: [u64; 6] = [9, 12, 14, 16, 12, 8];

/// A sample being made.
pub(super) struct Sample {
    /// Chooses what happens: the same for everybody.
    pub(super) rng: IdSource,
    /// Makes the ids: others each time, so that a sample loaded again is a new one.
    pub(super) ids: Ids,
    pub(super) at: Moment,
    pub(super) currency: Currency,
    pub(super) edits: Vec<Edit>,
    pub(super) stages: Vec<StageId>,
    pub(super) people: Vec<PersonId>,
    pub(super) organisations: Vec<OrgId>,
    pub(super) contacts: Vec<ContactId>,
    pub(super) products: Vec<ProductId>,
    /// Deals with the stage they ended in, for the order of the columns.
    pub(super) placed: Vec<(DealId, StageId, Millis)>,
}

/// Makes ids that are new each time, but always in the same order among each other: where nothing
/// else says what comes first, ids do, and the sample is to look the same to everybody.
pub(super) struct Ids {
    order: IdSource,
    own: IdSource,
}

impl Ids {
    /// The next id.
    pub(super) fn fresh<I: Id>(&mut self) -> I {
        const HALF: u64 = 0xffff_ffff;
        I::from_raw(self.order.next_u64() & !HALF | self.own.next_u64() & HALF)
    }
}

/// The edits that make the sample workspace, for one change. `ids` is 64 random bits.
#[must_use]
pub fn sample(ids: u64, at: Moment, currency: Currency) -> Vec<Edit> {
    let mut s = Sample {
        rng: IdSource::new(SEED),
        ids: Ids {
            order: IdSource::new(!SEED),
            own: IdSource::new(ids),
        },
        at,
        currency,
        edits: Vec::with_capacity(12_000),
        stages: Vec::new(),
        people: Vec::new(),
        organisations: Vec::new(),
        contacts: Vec::new(),
        products: Vec::new(),
        placed: Vec::new(),
    };
    s.workspace();
    s.parties();
    for n in 0..DEALS {
        s.deal(n);
    }
    s.order();
    s.customers();
    s.own_fields();
    s.selling();
    s.qualify();
    s.follow();
    s.insight();
    s.reviews();
    s.plan();
    s.edits
}

impl Sample {
    fn chance(&mut self, percent: i64) -> bool {
        (self.rng.below(100) as i64) < percent
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        list.get(self.rng.below(list.len() as u64) as usize)
            .copied()
    }

    fn weighted(&mut self, shares: impl Iterator<Item = u32> + Clone) -> usize {
        let mut left = self.rng.below(shares.clone().map(u64::from).sum());
        for (n, share) in shares.enumerate() {
            match left.checked_sub(u64::from(share)) {
                Some(rest) => left = rest,
                None => return n,
            }
        }
        0
    }

    /// One deal's life: it goes from stage to stage until it is lost, won, or today comes.
    fn deal(&mut self, n: usize) {
        let id: DealId = self.ids.fresh();
        // More deals began lately than long ago, as in a team that grows.
        let share = (1_000 - n as u64 * 1_000 / DEALS as u64).pow(2) / 1_000;
        let age = share * PAST / 1_000 + self.rng.below(12);
        let start = workday(self.at.today - Days::new(age + 1));
        let org_at = self.rng.below(ORGANISATIONS.len() as u64) as usize;
        let source = self.weighted(SOURCES.iter().map(|s| s.1));
        let seller = self.weighted(SELLERS.iter().map(|s| s.share));
        let bonus = i64::from(SOURCES[source].2 + SELLERS[seller].skill) / 3;
        let product = self.rng.below(PRODUCTS.len() as u64) as usize;
        let value = self.value(product);

        let mut day = start;
        let mut visits = vec![(0_usize, day)];
        let mut lost = None;
        let mut stage = 0;
        while stage < STAY.len() {
            let stay = STAY[stage] / 2 + self.rng.below(STAY[stage] * 3 / 2 + 1);
            let next = workday(day + Days::new(stay.max(1)));
            if next > self.at.today {
                break;
            }
            day = next;
            if !self.chance(ADVANCE[stage] + bonus) {
                lost = Some(day);
                break;
            }
            stage += 1;
            visits.push((stage, day));
        }
        let title = self.title(product);
        let created = self.hour(start, 8);
        let last = visits.last().copied().unwrap_or((0, start));
        for (stage, day) in &visits {
            let since = self.hour(*day, 9);
            self.set(
                id,
                DealField::Placement(Placement {
                    stage: self.stages[*stage],
                    since,
                }),
            );
        }
        let won = last.0 == STAY.len();
        let outcome = self.outcome(won.then_some(last.1), lost, last);
        let open = outcome == Outcome::Open;
        let close = match outcome.closure() {
            Some(closure) => closure.on,
            None => {
                let left: u64 = STAY[last.0.min(5)..].iter().sum();
                workday(self.at.today + Days::new(left / 2 + self.rng.below(left + 10)))
            }
        };
        let people: Vec<DealContact> = CONTACTS
            .iter()
            .zip(&self.contacts)
            .filter(|(c, _)| c.organisation == org_at)
            .map(|(c, id)| DealContact {
                contact: *id,
                role: c.role,
            })
            .collect();
        let category = (open && last.0 >= 3).then_some(match last.0 {
            ..=3 => ForecastCategory::Pipeline,
            4 => ForecastCategory::BestCase,
            _ => ForecastCategory::Commit,
        });
        for field in [
            DealField::Title(title),
            DealField::Outcome(outcome),
            DealField::Organisation(self.organisations.get(org_at).copied()),
            DealField::Contacts(people),
            DealField::Owner(self.people.get(seller).copied()),
            DealField::Value(Some(value)),
            DealField::Close(Some(close)),
            DealField::Category(category),
            DealField::Source(SOURCES[source].0.into()),
            DealField::Products(self.products.get(product).copied().into_iter().collect()),
            DealField::Created(created),
        ] {
            self.set(id, field);
        }
        self.placed
            .push((id, self.stages[last.0], self.hour(last.1, 9)));
        self.activities(id, seller, &visits, open);
    }

    fn outcome(
        &mut self,
        won: Option<NaiveDate>,
        lost: Option<NaiveDate>,
        last: (usize, NaiveDate),
    ) -> Outcome {
        let reason = |s: &mut Self, list: &[SampleReason]| {
            let chosen = list[s.weighted(list.iter().map(|r| r.share))];
            (
                chosen.reason.to_owned(),
                s.pick(chosen.notes).unwrap_or("").to_owned(),
            )
        };
        if let Some(on) = won {
            let (reason, note) = reason(self, &WON_REASONS);
            return Outcome::Won(Box::new(Closure {
                reason,
                note,
                ..Closure::on(on)
            }));
        }
        if let Some(on) = lost {
            let (reason, note) = reason(self, &LOST_REASONS);
            let rival = reason == LOST_TO_COMPETITOR || self.chance(15);
            let competitor = if rival {
                self.pick(&COMPETITORS).unwrap_or("").to_owned()
            } else {
                String::new()
            };
            return Outcome::Lost(Box::new(Closure {
                reason,
                note,
                competitor,
                ..Closure::on(on)
            }));
        }
        if last.0 >= 1 && self.chance(5) {
            let closure = Closure {
                reason: "Waiting for budget".into(),
                ..Closure::on(last.1)
            };
            return Outcome::OnHold(Box::new(closure));
        }
        Outcome::Open
    }

    fn activities(
        &mut self,
        deal: DealId,
        seller: usize,
        visits: &[(usize, NaiveDate)],
        open: bool,
    ) {
        for (n, (stage, day)) in visits.iter().enumerate() {
            let end = visits.get(n + 1).map_or(self.at.today, |v| v.1);
            let done = workday(*day + Days::new(1 + self.rng.below(4)));
            if done < end && self.chance(80) {
                let subject = self.pick(WORDS[*stage].next_steps).unwrap_or("Call back");
                let kind = self.kind_for(subject);
                self.activity(deal, seller, kind, subject, None, Some(done));
            }
            let noted = workday(*day + Days::new(self.rng.below(5)));
            if noted < end && self.chance(55) {
                let text = self.pick(WORDS[*stage].notes).unwrap_or("");
                self.activity(deal, seller, ActivityKind::Note, text, None, Some(noted));
            }
        }
        let Some((stage, _)) = visits.last().copied().filter(|_| open) else {
            return;
        };
        if self.chance(78) {
            // Mostly ahead, some overdue, as on a real day.
            let ahead = self.rng.below(16);
            let due = if ahead < 3 {
                workday(self.at.today - Days::new(1 + ahead))
            } else {
                workday(self.at.today + Days::new(ahead - 3))
            };
            let subject = self.pick(WORDS[stage].next_steps).unwrap_or("Call back");
            let kind = self.kind_for(subject);
            self.activity(deal, seller, kind, subject, Some(due), None);
        }
    }

    fn kind_for(&mut self, subject: &str) -> ActivityKind {
        let lower = subject.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
        if has(&["call", "ask", "find out"]) {
            ActivityKind::Call
        } else if has(&["send", "mail"]) {
            ActivityKind::Email
        } else if has(&["meet", "visit", "walk", "show", "bring", "agree"]) {
            ActivityKind::Meeting
        } else {
            ActivityKind::Task
        }
    }

    fn activity(
        &mut self,
        deal: DealId,
        seller: usize,
        kind: ActivityKind,
        text: &str,
        due: Option<NaiveDate>,
        done: Option<NaiveDate>,
    ) {
        let id: ActivityId = self.ids.fresh();
        let hour = 9 + self.rng.below(8) as i64;
        let when = done.map(|d| self.hour(d, hour));
        let note = kind == ActivityKind::Note;
        let created = when.unwrap_or(self.at.now - DAY);
        let fields = [
            ActivityField::Kind(kind),
            if note {
                ActivityField::Body(text.into())
            } else {
                ActivityField::Subject(text.into())
            },
            ActivityField::Deal(Some(deal)),
            ActivityField::Owner(self.people.get(seller).copied()),
            ActivityField::Due(due.or(done).filter(|_| !note)),
            ActivityField::Done(when.filter(|_| !note)),
            ActivityField::Created(created),
        ];
        self.edits.extend(fields.map(|f| Edit::Activity(id, f)));
    }

    /// Gives the columns their order: who came last stands on top.
    fn order(&mut self) {
        for stage in self.stages.clone() {
            let mut column: Vec<(Millis, DealId)> = self
                .placed
                .iter()
                .filter(|p| p.1 == stage)
                .map(|p| (p.2, p.0))
                .collect();
            column.order_by(|a, b| b.cmp(a));
            for ((_, deal), rank) in column.iter().zip(Rank::spread(column.len())) {
                self.set(*deal, DealField::Rank(rank));
            }
        }
    }

    pub(super) fn set(&mut self, deal: DealId, field: DealField) {
        self.edits.push(Edit::Deal(deal, field));
    }

    /// List price times a usual quantity, rounded as people quote.
    fn value(&mut self, product: usize) -> Money {
        let p = &PRODUCTS[product];
        let (from, to) = p.quantity;
        let quantity = i64::from(from) + self.rng.below(u64::from(to - from + 1)) as i64;
        let minor = p.price * quantity;
        let step = if minor > 1_000_000 { 50_000 } else { 10_000 };
        Money::new((minor / step).max(1) * step, self.currency)
    }

    fn title(&mut self, product: usize) -> String {
        let name = PRODUCTS[product].name;
        // “Beacon licence, one year” is “Beacon licence” in a title.
        let short = name.split(',').next().unwrap_or(name);
        self.pick(&TITLES)
            .unwrap_or("{product}")
            .replace("{product}", short)
    }

    /// A time on a civil day, never after now.
    pub(super) fn hour(&self, day: NaiveDate, hour: i64) -> Millis {
        let back = (self.at.today - day).num_days();
        (self.at.now - back * DAY - (17 - hour) * 3_600_000 / 4).min(self.at.now)
    }
}

/// The day itself, or the Monday after a weekend.
pub(super) fn workday(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::Session;
    use crate::domain::change::{Intent, IntentKind, Kind};
    use crate::domain::command::Command;
    use crate::domain::deal::Status;
    use crate::domain::stamp::Stamp;
    use crate::domain::world::World;

    fn at() -> Moment {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        Moment {
            now: 1_795_428_000_000,
            today,
        }
    }

    fn loaded() -> Session {
        loaded_with(7)
    }

    fn loaded_with(ids: u64) -> Session {
        let mut session = Session::new(World::default(), Stamp::ZERO, 1);
        let edits = sample(ids, at(), Currency::EUR);
        let intent = Intent::new(IntentKind::LoadSample, "Loaded the sample");
        session
            .command(Command::Bring { intent, edits }, at())
            .unwrap();
        session
    }

    #[test]
    fn is_the_same_for_the_same_seed_and_tells_a_plausible_story() {
        assert_eq!(
            sample(7, at(), Currency::EUR),
            sample(7, at(), Currency::EUR)
        );
        let told = |ids| {
            let edits = sample(ids, at(), Currency::EUR);
            edits.iter().map(|e| e.name()).collect::<Vec<_>>()
        };
        assert_eq!(told(7), told(8));
        let session = loaded();
        let deals: Vec<_> = session.world().state.tables.deals.iter().collect();
        assert_eq!(deals.len(), DEALS);
        let count = |status| {
            deals
                .iter()
                .filter(|d| d.outcome.status() == status)
                .count()
        };
        let (open, won, lost) = (count(Status::Open), count(Status::Won), count(Status::Lost));
        assert!(
            open >= 30 && won >= 20 && lost >= 60,
            "open {open}, won {won}, lost {lost}"
        );
        for deal in &deals {
            let entries = session.world().state.stage_entries(deal.id);
            assert!(!entries.is_empty());
            assert!(entries.windows(2).all(|w| w[0].since <= w[1].since));
            assert!(entries.iter().all(|e| e.since <= at().now));
            assert!(deal.outcome.closure().is_none_or(|c| c.on <= at().today));
            assert!(!deal.title.contains('{'));
        }
        for stage in session
            .world()
            .state
            .stages(session.world().state.pipelines()[0].id)
        {
            let status = stage.kind.status();
            let column = session.world().board.column(stage.id, status);
            assert!(
                column.is_some_and(|c| c.totals.count > 2),
                "{} is empty",
                stage.name
            );
        }
    }

    #[test]
    fn looks_the_same_to_everybody() {
        use crate::domain::query::idle::next_step;
        let told = |ids| {
            let session = loaded_with(ids);
            let world = session.world();
            let mut told = Vec::new();
            for stage in world.state.stages(world.state.pipelines()[0].id) {
                for status in Status::ALL {
                    let column = world.board.column(stage.id, *status);
                    for id in column.map(|c| c.deals.clone()).into_iter().flatten() {
                        let deal = world.state.tables.deals.get(id).unwrap();
                        let next = next_step(world, deal);
                        let next = next.map(|a| (a.subject.clone(), a.due));
                        told.push((deal.title.clone(), deal.close, deal.value, next));
                    }
                }
            }
            let mut orgs: Vec<_> = world.state.tables.organisations.iter().collect();
            orgs.sort_by_key(|o| o.id);
            let orgs: Vec<String> = orgs.into_iter().map(|o| o.name.clone()).collect();
            (told, orgs)
        };
        let (one, other) = (told(7), told(90_000_000_000));
        assert!(one.0.len() > 100);
        assert_eq!(one, other);
    }

    #[test]
    fn goes_away_in_one_action_and_comes_back_by_undo() {
        let mut session = loaded();
        assert!(session.world().state.workspace().sample.is_some());
        session.command(Command::RemoveSample, at()).unwrap();
        let alive = |s: &Session, kind| {
            s.world()
                .state
                .tables
                .alive()
                .iter()
                .filter(|(e, _)| e.kind == kind)
                .count()
        };
        for kind in [
            Kind::Deal,
            Kind::Organisation,
            Kind::Contact,
            Kind::Person,
            Kind::Product,
            Kind::Activity,
            Kind::Pipeline,
        ] {
            assert_eq!(alive(&session, kind), 0, "{kind:?}");
        }
        assert!(session.world().state.is_new());
        session.undo(at());
        assert_eq!(alive(&session, Kind::Deal), DEALS);
    }
}
