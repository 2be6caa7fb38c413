//! (see mod docs)
