//! What a sales pipeline is: entities, the log of changes and the rules.
//!
//! Pure: no clock, no randomness, no serialisation, no signals, no browser. Time and
//! entropy come in as data ([`command::Ctx`]).
//!
//! Where to start: [`change::Change`] is the one thing that ever happens,
//! [`state::State::apply`] what it does, [`decide::decide`] who may cause it.

pub mod activity;
pub mod beside;
pub mod change;
pub mod command;
pub mod deal;
pub mod decide;
pub mod divide;
pub mod entity;
pub mod ids;
pub mod merge;
pub mod money;
pub mod order;
pub mod party;
pub mod query;
pub mod rank;
pub mod restate;
pub mod shared;
pub mod stage;
pub mod stamp;
pub mod state;
pub mod undo;
pub mod value;
pub mod workspace;
pub mod world;
