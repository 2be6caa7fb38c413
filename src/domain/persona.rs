//! Buyer personas: the kinds of people one sells to.

use super::ids::PersonaId;
use super::rank::Rank;
use crate::{entity, record};

record! {
    /// What somebody may object, and what to answer.
    Objection {
        /// What they say.
        objection: String,
        /// What to answer.
        answer: String,
    }
}

record! {
    /// An address on the web with its title.
    Link {
        /// What it is called.
        title: String,
        /// Where it is; http, https or mailto.
        url: String,
    }
}

entity! {
    /// A kind of person one sells to.
    Persona(PersonaId) sets PersonaField {
        /// What they are called: “Head of facilities”.
        name / Name: String = String::new(),
        /// Words in job titles that point to this persona.
        titles / Titles: Vec<String> = Vec::new(),
        /// Age, education, seniority, place.
        demographics / Demographics: String = String::new(),
        /// How they work, buy and decide.
        behaviours / Behaviours: String = String::new(),
        /// What drives them.
        motivations / Motivations: String = String::new(),
        /// What they object, with answers.
        objections / Objections: Vec<Objection> = Vec::new(),
        /// How to reach them.
        channels / Channels: Vec<String> = Vec::new(),
        /// What to say to them.
        messages / Messages: String = String::new(),
        /// Place in the list.
        rank / Rank: Rank = Rank::default(),
    }
}
