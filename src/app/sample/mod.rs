//! The sample workspace that a first visit can load: invented, realistic, the same each time.

pub mod parties;
pub mod words;
