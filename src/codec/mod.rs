//! (see mod docs)

pub mod csv;
