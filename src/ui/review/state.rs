//! What the parts of a review being held share: the deals in order, and the one looked at.

use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::review::ReviewCommand;
use crate::domain::ids::{DealId, ReviewId};
use crate::domain::insight::agenda_review::Section;
use crate::domain::order::Order;
use crate::domain::review::{Review, ReviewItem};
use crate::ui::nav;
use crate::ui::store::Store;
use leptos::prelude::*;

/// A deal of the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub deal: DealId,
    pub section: Option<Section>,
    pub title: String,
    pub organisation: Option<String>,
    pub seen: bool,
    pub decided: bool,
}

impl Entry {
    /// Its heading in words.
    pub fn heading(&self) -> &'static str {
        self.section.map_or("Others", Section::label)
    }
}

/// The review; cheap to copy, found with [`use_desk`].
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub store: Store,
    pub id: ReviewId,
    /// The deals in order.
    pub order: Memo<Vec<Entry>>,
    /// Which deal is looked at.
    at: RwSignal<Option<DealId>>,
}

pub(super) fn use_desk() -> Desk {
    expect_context()
}

impl Desk {
    pub fn new(store: Store, id: ReviewId) -> Self {
        let order = Memo::new(move |_| {
            store.track(id);
            store.track_kind(Kind::Deal);
            entries(store, id)
        });
        // Where it was left in this browser; else what was not looked at yet.
        let left = store.prefs().with_untracked(|p| {
            let (review, deal) = p.review_at.as_ref()?;
            (*review == id.to_string())
                .then(|| deal.parse().ok())
                .flatten()
        });
        let at = order.with_untracked(|all| {
            let known = left.filter(|deal| all.iter().any(|e| e.deal == *deal));
            let unseen = all.iter().find(|e| !e.seen).or_else(|| all.first());
            known.or(unseen.map(|e| e.deal))
        });
        Self {
            store,
            id,
            order,
            at: RwSignal::new(at),
        }
    }

    /// What is read off the review.
    pub fn read<T>(self, get: impl Fn(&Review) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            self.store.track(self.id);
            self.store.with(|s| {
                let review = s.world().state.tables.reviews.get(self.id);
                review.map(&get).unwrap_or_default()
            })
        })
    }

    /// What is said of a deal.
    pub fn item<T>(
        self,
        deal: DealId,
        get: impl Fn(&ReviewItem) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        self.read(move |review| review.items.get(deal).map(&get).unwrap_or_default())
    }

    /// The deal looked at, with its place.
    pub fn current(self) -> Option<(usize, DealId)> {
        let deal = self.at.get()?;
        let place = self
            .order
            .with(|all| all.iter().position(|e| e.deal == deal));
        match place {
            Some(place) => Some((place, deal)),
            // It was taken off in another tab.
            None => self.order.with(|all| all.first().map(|e| (0, e.deal))),
        }
    }

    fn place(self) -> usize {
        untrack(|| self.current()).map_or(0, |(place, _)| place)
    }

    /// Looks at a deal.
    pub fn go(self, deal: DealId) {
        self.at.set(Some(deal));
        let at = (self.id.to_string(), deal.to_string());
        self.store.prefs().update(|p| p.review_at = Some(at));
        let (place, of, title) = self.order.with_untracked(|all| {
            let place = all.iter().position(|e| e.deal == deal).unwrap_or(0);
            let title = all.get(place).map(|e| e.title.clone()).unwrap_or_default();
            (place, all.len(), title)
        });
        self.store
            .announce(format!("{title}, {} of {of}", place + 1));
        // Once the page shows it; from the top, as a new page would.
        request_animation_frame(|| {
            nav::focus_in_view("[data-topic]");
            if let Some(heading) = document().query_selector("[data-topic]").ok().flatten() {
                heading.scroll_into_view_with_bool(false);
            }
        });
    }

    /// Goes on by so many deals.
    pub fn step(self, by: isize) {
        let to = self.place().checked_add_signed(by);
        let deal = to.and_then(|to| self.order.with_untracked(|all| all.get(to).map(|e| e.deal)));
        match deal {
            Some(deal) => self.go(deal),
            None => self.store.announce(if by < 0 {
                "This is the first deal"
            } else {
                "This is the last deal"
            }),
        }
    }

    /// Goes to the first deal of the next heading, or of the one before.
    pub fn step_section(self, by: isize) {
        let here = self.place();
        let deal = self.order.with_untracked(|all| {
            let starts: Vec<usize> = (0..all.len())
                .filter(|at| *at == 0 || all[*at].section != all[at - 1].section)
                .collect();
            let mine = starts.iter().rposition(|start| *start <= here)?;
            let to = *starts.get(mine.checked_add_signed(by)?)?;
            Some(all[to].deal)
        });
        match deal {
            Some(deal) => self.go(deal),
            None => self.store.announce("There are no more headings"),
        }
    }

    /// Marks a deal looked at, or not after all.
    pub fn see(self, deal: DealId, seen: bool) {
        self.run(ReviewCommand::See {
            review: self.id,
            deals: vec![deal],
            seen,
        });
    }

    /// Marks the deal looked at and goes on to the next one.
    pub fn see_and_go_on(self) {
        if let Some((_, deal)) = untrack(|| self.current()) {
            self.see(deal, true);
            self.step(1);
        }
    }

    /// Carries out a command of a button.
    pub fn run(self, command: ReviewCommand) {
        self.store.dispatch(Command::Review(command));
    }
}

fn entries(store: Store, id: ReviewId) -> Vec<Entry> {
    store.with(|s| {
        let state = &s.world().state;
        let Some(review) = state.tables.reviews.get(id) else {
            return Vec::new();
        };
        let organisation = |deal| {
            let org = state.tables.deals.get(deal)?.organisation?;
            Some(state.name_of(org.into()))
        };
        let mut all: Vec<(u32, Entry)> = review
            .items
            .iter()
            .map(|(deal, item)| {
                let entry = Entry {
                    deal,
                    section: Section::of(&item.section),
                    title: state.name_of(deal.into()),
                    organisation: organisation(deal),
                    seen: item.seen != 0,
                    decided: !item.decision.is_empty() || !item.tasks.is_empty(),
                };
                (item.place, entry)
            })
            .collect();
        all.order_by_key(|(place, entry)| (*place, entry.deal));
        all.into_iter().map(|(_, entry)| entry).collect()
    })
}
