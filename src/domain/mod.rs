//! What a sales pipeline is: entities, the log of changes and the rules.
//!
//! Pure: no clock, no randomness, no serialisation, no signals, no browser. Time and
//! entropy come in as data ([`command::Ctx`]).
//!
//! Where to start: [`change::Change`] is the one thing that ever happens,
//! [`state::State::apply`] what it does, [`decide::decide`] who may cause it.

pub mod activity;
pub mod automate;
pub mod automation;
pub mod beside;
pub mod cadence;
pub mod campaign;
pub mod change;
pub mod command;
pub mod custom;
pub mod dashboard;
pub mod deal;
pub mod decide;
pub mod divide;
pub mod entity;
pub mod entries;
pub mod experiment;
pub mod forecast;
pub mod frameworks;
pub mod gate;
pub mod ids;
pub mod insight;
pub mod intent;
pub mod line;
pub mod links;
pub mod merge;
pub mod money;
pub mod order;
pub mod party;
pub mod persona;
pub mod qualify;
pub mod query;
pub mod quota;
pub mod rank;
pub mod restate;
pub mod review;
pub mod rule;
pub mod scoring;
pub mod shared;
pub mod stage;
pub mod stamp;
pub mod stamps;
pub mod state;
pub mod table;
pub mod team;
pub mod undo;
pub mod value;
pub mod workspace;
pub mod world;
