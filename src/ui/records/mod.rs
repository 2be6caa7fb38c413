//! What the pages of organisations, contacts and people are made of: fields changed in place,
//! lists to choose from, deals, and what happened.

mod deals;
mod page;
mod pick;
mod props;
mod timeline;

pub use deals::{DealLine, DealLines, deal_line};
pub use page::{Group, RecordPage, Stat, route_of};
pub use pick::{Picks, organisations, people, personas, select_of, teams, territories};
pub use props::{
    ChoiceProp, LongProp, MoneyProp, NumberProp, PickProp, Save, TagsProp, TextProp, change,
    count_text,
};
pub use timeline::{Timeline, What};
