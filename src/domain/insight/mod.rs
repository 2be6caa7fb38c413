//! What the data says: how it was at any time, what changed, and how well the selling goes.

pub mod past;
pub mod trail;
pub mod waterfall;
