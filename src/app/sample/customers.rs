//! The sample's customers in depth: a team with territories, whose customer is whose, what they
//! earn and how they decide, personas, and one customer written down twice.

use super::generate::Sample;
use super::parties::{CONTACTS, ORGANISATIONS, SELLERS};
use crate::domain::activity::ActivityField;
use crate::domain::change::Edit;
use crate::domain::deal::DealField;
use crate::domain::ids::{ContactId, OrgId, PersonId, PersonaId, TeamId, TerritoryId};
use crate::domain::money::Money;
use crate::domain::party::{ContactField, Health, OrgField, PersonField};
use crate::domain::persona::{Objection, PersonaField};
use crate::domain::query::words::fold;
use crate::domain::rank::Rank;
use crate::domain::team::{TeamField, TerritoryField};

/// A kind of buyer as the sample has it.
struct SamplePersona {
    name: &'static str,
    titles: &'static [&'static str],
    demographics: &'static str,
    behaviours: &'static str,
    motivations: &'static str,
    objections: &'static [(&'static str, &'static str)],
    channels: &'static [&'static str],
    messages: &'static str,
}

const PERSONAS: [SamplePersona; 2] = [
    SamplePersona {
        name: "Plant and energy lead",
        titles: &[
            "energy manager",
            "energy officer",
            "facilities",
            "plant manager",
            "production",
            "maintenance",
            "operations",
        ],
        demographics: "35 to 55, engineer by training, ten years on the same site.",
        behaviours: "Walks the hall before reading an offer. Asks colleagues at other sites. Wants to try it on one line first.",
        motivations: "Fewer surprises at night and a number to show at the yearly review.",
        objections: &[
            (
                "We have meters already.",
                "Then a pilot costs you nothing but an afternoon: we read what you have and show what it misses.",
            ),
            (
                "Nobody here has time to look at it.",
                "You get one message when something is off. The rest of the week you need not look.",
            ),
        ],
        channels: &["Phone before nine", "Site visit", "Trade fair"],
        messages: "Start with one line and one number: what the compressors cost between ten at night and five in the morning.",
    },
    SamplePersona {
        name: "Finance and owner",
        titles: &[
            "finance",
            "chief financial officer",
            "managing director",
            "chief executive",
            "owner",
            "treasurer",
            "investment",
        ],
        demographics: "45 to 65, answers for the whole company or its money.",
        behaviours: "Reads the last page first. Compares three offers. Decides at the end of the quarter.",
        motivations: "Paid back within a year, without tying up money, and no risk to production.",
        objections: &[
            (
                "Call us next year.",
                "Each month costs you the saving. We can start with the site that pays back first.",
            ),
            (
                "It is not in the budget.",
                "The rental starts after the first readings, out of the energy budget.",
            ),
        ],
        channels: &["E-mail", "Referral by an auditor"],
        messages: "One page: what you pay now, what you would save, when it is paid back, who else did it.",
    },
];

/// Where each seller sells, by index of the territory.
const HOME: [usize; 6] = [0, 0, 0, 1, 0, 1];

/// Countries of the second territory; all others belong to the first.
const SOUTH: [&str; 12] = [
    "Spain",
    "Italy",
    "Portugal",
    "France",
    "Chile",
    "Nigeria",
    "South Africa",
    "Oman",
    "Türkiye",
    "North Macedonia",
    "India",
    "Vietnam",
];

const PAINS: [&str; 5] = [
    "Energy bill doubled in two years. Nobody knows which hall it is.",
    "Two unplanned stops since spring; each cost a day of output.",
    "Auditors ask for readings that are kept on paper.",
    "Cold rooms ran warm over a weekend, and nobody noticed.",
    "Compressors run all night, and nobody can say why.",
];

const DECISIONS: [&str; 4] = [
    "Site proposes, group energy signs, purchasing negotiates. Four to six weeks.",
    "The owner decides alone, after a visit to another customer.",
    "Board meets on the first Tuesday of the month; papers are due ten days before.",
    "Plant manager up to 15,000, finance above. Two signatures.",
];

impl Sample {
    /// Adds all of it; deals and activities stay as they were.
    pub(super) fn customers(&mut self) {
        let territories = self.team();
        let personas = self.personas();
        let owners = self.owners();
        for (at, org) in ORGANISATIONS.iter().enumerate() {
            let Some(id) = self.organisations.get(at).copied() else {
                continue;
            };
            let south = SOUTH.iter().any(|land| org.location.ends_with(land));
            let owner = owners[at];
            // From 40,000 to 200,000 a head, in thousands.
            let head = 40 + self.rng.below(160) as i64;
            let revenue = i64::from(org.employees) * head * 100_000;
            let budget = (i64::from(org.employees) / 50 + 4) * 250_000;
            let pains = PAINS[self.rng.below(PAINS.len() as u64) as usize];
            let decision = DECISIONS[self.rng.below(DECISIONS.len() as u64) as usize];
            let mut fields = vec![
                OrgField::Territory(Some(territories[usize::from(south)])),
                OrgField::Owner(owner),
                OrgField::Revenue(Some(Money::new(revenue, self.currency))),
                OrgField::Pains(pains.into()),
                OrgField::Decision(decision.into()),
            ];
            if self.rng.below(3) > 0 {
                fields.push(OrgField::Budget(Some(Money::new(budget, self.currency))));
            }
            let (health, why) = match at % 9 {
                0 | 5 => (Some(Health::Good), ""),
                2 => (
                    Some(Health::Watch),
                    "Their contact changed; the new one has not been met.",
                ),
                7 => (Some(Health::Risk), "Two tickets open for a month."),
                _ => (None, ""),
            };
            if let Some(health) = health {
                fields.push(OrgField::Health(Some(health)));
                if !why.is_empty() {
                    fields.push(OrgField::HealthNote(why.into()));
                }
            }
            let edits = fields.into_iter().map(|f| Edit::Organisation(id, f));
            self.edits.extend(edits);
        }
        self.people_there(&personas, &owners);
        self.twin(&territories);
    }

    /// A team with its lead, and two territories.
    fn team(&mut self) -> [TerritoryId; 2] {
        let team: TeamId = self.ids.fresh();
        let lead = self.people.first().copied();
        let fields = [TeamField::Name("Field sales".into()), TeamField::Lead(lead)];
        self.edits.extend(fields.map(|f| Edit::Team(team, f)));
        let territories: [TerritoryId; 2] = [self.ids.fresh(), self.ids.fresh()];
        let told = [
            (
                "North",
                "Northern and central Europe, North America, East Asia",
                2,
            ),
            (
                "South",
                "Southern Europe, Africa, the Middle East, South Asia, South America",
                3,
            ),
        ];
        for (id, (name, about, owner)) in territories.into_iter().zip(told) {
            let fields = [
                TerritoryField::Name(name.into()),
                TerritoryField::Description(about.into()),
                TerritoryField::Owner(self.people.get(owner).copied()),
            ];
            self.edits.extend(fields.map(|f| Edit::Territory(id, f)));
        }
        for (at, id) in self.people.clone().into_iter().enumerate() {
            let role = if SELLERS[at].manager.is_none() {
                "Head of sales"
            } else {
                "Account manager"
            };
            let fields = [
                PersonField::Role(role.into()),
                PersonField::Team(Some(team)),
                PersonField::Territory(Some(territories[HOME[at]])),
            ];
            self.edits.extend(fields.map(|f| Edit::Person(id, f)));
        }
        territories
    }

    fn personas(&mut self) -> [PersonaId; 2] {
        let ids: [PersonaId; 2] = [self.ids.fresh(), self.ids.fresh()];
        let texts = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        for ((id, persona), rank) in ids.into_iter().zip(&PERSONAS).zip(Rank::spread(2)) {
            let objections = persona.objections.iter().map(|(said, answer)| Objection {
                objection: (*said).to_owned(),
                answer: (*answer).to_owned(),
            });
            let fields = [
                PersonaField::Name(persona.name.into()),
                PersonaField::Titles(texts(persona.titles)),
                PersonaField::Demographics(persona.demographics.into()),
                PersonaField::Behaviours(persona.behaviours.into()),
                PersonaField::Motivations(persona.motivations.into()),
                PersonaField::Objections(objections.collect()),
                PersonaField::Channels(texts(persona.channels)),
                PersonaField::Messages(persona.messages.into()),
                PersonaField::Rank(rank),
            ];
            self.edits.extend(fields.map(|f| Edit::Persona(id, f)));
        }
        ids
    }

    /// Whose each customer is: the owner of its latest deal, else the territory's.
    fn owners(&self) -> Vec<Option<PersonId>> {
        let mut owner_of = std::collections::HashMap::new();
        let mut org_of = std::collections::HashMap::new();
        for edit in &self.edits {
            match edit {
                Edit::Deal(id, DealField::Organisation(Some(org))) => {
                    org_of.insert(*id, *org);
                }
                Edit::Deal(id, DealField::Owner(Some(owner))) => {
                    owner_of.insert(*id, *owner);
                }
                _ => {}
            }
        }
        let mut latest: std::collections::HashMap<OrgId, PersonId> =
            std::collections::HashMap::new();
        // Deals were made in order of time.
        for (deal, ..) in &self.placed {
            if let (Some(org), Some(owner)) = (org_of.get(deal), owner_of.get(deal)) {
                latest.insert(*org, *owner);
            }
        }
        let orgs = self.organisations.iter();
        orgs.map(|org| latest.get(org).copied().or(self.people.get(2).copied()))
            .collect()
    }

    /// Roles, personas, telephone numbers and owners of the contacts.
    fn people_there(&mut self, personas: &[PersonaId; 2], owners: &[Option<PersonId>]) {
        for (at, contact) in CONTACTS.iter().enumerate() {
            let Some(id) = self.contacts.get(at).copied() else {
                continue;
            };
            let title = fold(contact.title);
            let persona = PERSONAS
                .iter()
                .position(|p| p.titles.iter().any(|word| title.contains(word)))
                .map(|n| personas[n]);
            // 555-01xx is kept free for stories.
            let phone = format!("+44 20 5550 1{:03}", at * 7 % 1_000);
            let fields = [
                ContactField::Role(contact.role),
                ContactField::Persona(persona),
                ContactField::Owner(owners.get(contact.organisation).copied().flatten()),
                ContactField::Phones(if at % 3 == 2 { Vec::new() } else { vec![phone] }),
            ];
            self.edits.extend(fields.map(|f| Edit::Contact(id, f)));
        }
        // One who asked to be left alone.
        if let Some(id) = self.contacts.get(7).copied() {
            self.edits
                .push(Edit::Contact(id, ContactField::DoNotContact(true)));
        }
        // Activities that name who they were with.
        let with: Vec<(usize, crate::domain::ids::ActivityId)> = self
            .edits
            .iter()
            .filter_map(|e| match e {
                Edit::Activity(id, ActivityField::Done(Some(_))) => Some(*id),
                _ => None,
            })
            .enumerate()
            .filter(|(n, _)| n % 4 == 0)
            .collect();
        let mut deal_of = std::collections::HashMap::new();
        let mut contacts_of = std::collections::HashMap::new();
        for edit in &self.edits {
            match edit {
                Edit::Activity(id, ActivityField::Deal(Some(deal))) => {
                    deal_of.insert(*id, *deal);
                }
                Edit::Deal(id, DealField::Contacts(all)) => {
                    contacts_of.insert(*id, all.first().map(|link| link.contact));
                }
                _ => {}
            }
        }
        for (_, id) in with {
            let deal = deal_of.get(&id);
            if let Some(Some(who)) = deal.and_then(|deal| contacts_of.get(deal)) {
                self.edits
                    .push(Edit::Activity(id, ActivityField::Contact(Some(*who))));
            }
        }
    }

    /// A customer and one of its people written down a second time, in another spelling.
    fn twin(&mut self, territories: &[TerritoryId; 2]) {
        let org: OrgId = self.ids.fresh();
        let fields = [
            OrgField::Name("Gruenwald Papier GmbH".into()),
            OrgField::Industry("Paper".into()),
            OrgField::Location("Graz".into()),
            OrgField::Territory(Some(territories[0])),
            OrgField::Owner(self.people.get(1).copied()),
            OrgField::Tags(vec!["Trade fair".into()]),
            OrgField::Description("Met at the fair; wants the night load measured.".into()),
        ];
        self.edits
            .extend(fields.map(|f| Edit::Organisation(org, f)));
        let who: ContactId = self.ids.fresh();
        let fields = [
            ContactField::Name("Pichlmair, Sonja".into()),
            ContactField::Title("Energy".into()),
            ContactField::Organisation(Some(org)),
            ContactField::Emails(vec!["sonja.pichlmair@gruenwald.example".into()]),
            ContactField::Phones(vec!["+43 316 555 0142".into()]),
        ];
        self.edits.extend(fields.map(|f| Edit::Contact(who, f)));
    }
}

#[cfg(test)]
mod tests {
    use crate::app::sample::sample;
    use crate::app::session::Moment;
    use crate::domain::change::{Change, Intent, IntentKind, Kind};
    use crate::domain::money::Currency;
    use crate::domain::query::duplicates::groups;
    use crate::domain::stamp::Stamp;
    use crate::domain::world::World;
    use chrono::NaiveDate;

    #[test]
    fn one_customer_and_one_person_are_there_twice_and_nothing_else() {
        let at = Moment {
            now: 1_795_428_000_000,
            today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        };
        let mut world = World::default();
        world.apply(&Change {
            stamp: Stamp::new(at.now, 0, 1),
            intent: Intent::new(IntentKind::LoadSample, ""),
            author: None,
            edits: sample(7, at, Currency::EUR),
            before: Vec::new(),
            undoes: None,
        });
        for kind in [Kind::Organisation, Kind::Contact] {
            let found = groups(&world, kind);
            assert_eq!(found.len(), 1, "{kind:?} {found:?}");
            assert_eq!(found[0].members.len(), 2);
        }
        let t = &world.state.tables;
        assert_eq!(
            (t.personas.len(), t.teams.len(), t.territories.len()),
            (2, 1, 2)
        );
        assert!(
            t.organisations
                .iter()
                .all(|o| o.owner.is_some() && o.territory.is_some())
        );
        assert!(t.contacts.iter().filter(|c| c.persona.is_some()).count() > 20);
    }
}
