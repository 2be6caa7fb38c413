//! Activities wherever they appear: what to call them, finishing one, writing one down from
//! anywhere, inviting to one, and being reminded of one.

mod about;
mod finish;
mod invite;
mod log;
mod remind;
mod words;

pub use finish::Finish;
pub use invite::{can_invite, invite};
pub use log::{LogDialog, Logging};
pub use remind::{ask_permission, can_remind, follow_reminders};
pub use words::{time_words, title_of};
