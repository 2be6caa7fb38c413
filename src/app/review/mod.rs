//! Reviews in words: why deals are on the agenda, and minutes to keep and to share.

mod decided;
mod html;
mod minutes;
mod words;

pub use decided::{Decided, decision, decisions};
pub use html::html;
pub use minutes::{Minutes, Task, Topic, about, minutes, text, written};
pub use words::sentence;

#[cfg(test)]
mod tests;
