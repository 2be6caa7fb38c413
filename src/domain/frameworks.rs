//! The qualification frameworks everybody knows, with good questions.

use super::ids::{FrameworkId, Id, QuestionId};
use crate::words;

words! {
    /// A framework to begin with.
    Template: "a qualification framework" {
        /// Budget, authority, need, timing.
        Bant = "bant",
        /// Challenges, authority, money, priority.
        Champ = "champ",
        /// Metrics, economic buyer, decision, pain, champion.
        Meddic = "meddic",
        /// MEDDIC with paper process and competition.
        Meddpicc = "meddpicc",
    }
}

/// A question of a template: what it is about, the question, its weight.
type Ask = (&'static str, &'static str, u8);

const METRICS: Ask = (
    "Metrics",
    "Which numbers will get better for them, by how much, and who has agreed to them?",
    2,
);
const ECONOMIC_BUYER: Ask = (
    "Economic buyer",
    "Who can spend the money without asking anyone, and have we spoken with them ourselves?",
    3,
);
const DECISION_CRITERIA: Ask = (
    "Decision criteria",
    "By what will they compare offers, in which order of weight, and where do we stand on each?",
    2,
);
const DECISION_PROCESS: Ask = (
    "Decision process",
    "Which steps lead to a decision, who takes part in each, and by which dates?",
    2,
);
const PAPER_PROCESS: Ask = (
    "Paper process",
    "What happens between the yes and the signature: legal, security, purchasing, and how long does each take?",
    1,
);
const PAIN: Ask = (
    "Identified pain",
    "What hurts, whom, what does it cost them, and what happens if they do nothing?",
    3,
);
const CHAMPION: Ask = (
    "Champion",
    "Who sells for us when we are not in the room, what do they gain, and how much influence do they have?",
    3,
);
const COMPETITION: Ask = (
    "Competition",
    "Who else is in it, doing it themselves and doing nothing included, and why would they choose us?",
    1,
);

const BANT: [Ask; 4] = [
    (
        "Budget",
        "Is there money for this, how much, and out of whose budget does it come?",
        2,
    ),
    (
        "Authority",
        "Who decides, who has to agree, and who can stop it?",
        2,
    ),
    (
        "Need",
        "What do they need to solve, for whom, and what have they tried so far?",
        3,
    ),
    (
        "Timing",
        "By when do they need it, and what happens on that date?",
        2,
    ),
];

const CHAMP: [Ask; 4] = [
    (
        "Challenges",
        "Which problem do they want to be rid of, and what does it cost them today?",
        3,
    ),
    (
        "Authority",
        "Who takes part in the decision, and how do they decide together?",
        2,
    ),
    (
        "Money",
        "What may a solution cost, and what do they compare that with?",
        2,
    ),
    (
        "Priority",
        "Where does this stand among all they have to do, and what makes it move up?",
        2,
    ),
];

const MEDDIC: [Ask; 6] = [
    METRICS,
    ECONOMIC_BUYER,
    DECISION_CRITERIA,
    DECISION_PROCESS,
    PAIN,
    CHAMPION,
];

const MEDDPICC: [Ask; 8] = [
    METRICS,
    ECONOMIC_BUYER,
    DECISION_CRITERIA,
    DECISION_PROCESS,
    PAPER_PROCESS,
    PAIN,
    CHAMPION,
    COMPETITION,
];

impl Template {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bant => "BANT",
            Self::Champ => "CHAMP",
            Self::Meddic => "MEDDIC",
            Self::Meddpicc => "MEDDPICC",
        }
    }

    /// What it is for.
    #[must_use]
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Bant => {
                "A quick check for short sales: is there money, a decision maker, a need and a date."
            }
            Self::Champ => {
                "Begins with the customer's challenges and asks for the money only after them."
            }
            Self::Meddic => {
                "For larger sales with several people: who decides, by what, in which steps, and why."
            }
            Self::Meddpicc => {
                "MEDDIC for long sales with contracts and competitors: adds paper process and competition."
            }
        }
    }

    /// Its questions in order: what each is about, the question, its weight.
    #[must_use]
    pub fn questions(self) -> &'static [Ask] {
        match self {
            Self::Bant => &BANT,
            Self::Champ => &CHAMP,
            Self::Meddic => &MEDDIC,
            Self::Meddpicc => &MEDDPICC,
        }
    }

    /// Its id: the same for everybody, so that two people who add it have one.
    #[must_use]
    pub fn id(self) -> FrameworkId {
        named(&format!("framework {}", self.name()))
    }

    /// The id of one of its questions, by what it is about.
    #[must_use]
    pub fn question_id(self, name: &str) -> QuestionId {
        named(&format!("question {} {name}", self.name()))
    }
}

/// The id that goes with a name: FNV-1a (Fowler, Noll, Vo), its bits spread once more.
fn named<I: Id>(name: &str) -> I {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    super::ids::IdSource::new(hash).fresh()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_names_and_all_different() {
        let mut seen = std::collections::HashSet::new();
        for template in Template::ALL {
            assert!(seen.insert(template.id().raw()));
            for (name, ..) in template.questions() {
                assert!(seen.insert(template.question_id(name).raw()));
            }
        }
        // Part of what two people's data agree on: must never change.
        assert_eq!(Template::Bant.id().to_string(), "ca6e33ad7a0739f0");
    }
}
