//! Dumb parts: they take labels, signals and callbacks, and know nothing of sales.
//!
//! Conventions shared by all of them:
//! - Text and state come in as signals (a plain value, a signal or a closure will do);
//!   what the person did goes out through an [`UnsyncCallback`](leptos::callback::UnsyncCallback).
//! - A part keeps no copy of what it is given. The few that hold state of their own
//!   (the text being typed into a [`Combobox`], which item of a [`Menu`] is active) drop it on closing.
//! - A control inside a [`Field`] takes its id, description and error state from the field;
//!   outside one it needs `label`.
//! - Looks live in `style/parts.css`, one block per part, under the part's name.

mod above;
mod avatar;
mod banner;
mod boxed;
mod button;
mod chart_view;
mod checkbox;
mod chip;
mod choice;
mod combobox;
mod date_field;
mod dialog;
mod dom;
mod empty;
mod explain;
mod field;
mod icon;
mod in_turn;
mod kbd;
mod latest;
mod list;
mod live_region;
mod matching;
mod measure;
mod menu;
mod money_field;
mod popup;
mod progress;
mod segmented;
mod select;
mod strip;
mod table;
mod tabs;
mod tag_input;
mod text;
mod toast;

pub use avatar::{Avatar, hue_of, initials_of};
pub use banner::Banner;
pub use boxed::{block, effect};
pub use button::{Button, ButtonKind, ButtonSize, IconButton};
pub use chart_view::{ChartView, SparkView};
pub use checkbox::Checkbox;
pub use chip::{Badge, Chip, Tone};
pub use choice::Choice;
pub use combobox::{ComboOption, Combobox, texts};
pub use date_field::{DateField, DatePick};
pub use dialog::{Dialog, DialogKind};
pub(crate) use dom::px;
pub use dom::{focus_first, is_mac, leaving, settled, unique_id};
pub use empty::Empty;
pub use explain::Explain;
pub use field::{Field, FieldContext};
pub use icon::{Glyph, Icon};
pub use in_turn::{Turns, in_turn};
pub use kbd::Kbd;
pub use latest::Latest;
pub use list::{Corner, Keep, List, ListColumn, ListData, ListModel, ListRow, ListTools, use_list};
pub use live_region::{Announcer, LiveRegion};
pub use matching::{best_matches, fold};
pub use measure::observe_height;
pub use menu::{Menu, MenuEntry, MenuItem, MenuPopup};
pub use money_field::MoneyField;
pub use popup::{Align, Anchor, Popup};
pub use progress::Progress;
pub use segmented::Segmented;
pub use select::Select;
pub use strip::show_current;
pub use table::{Column, SortDir, Table};
pub use tabs::Tabs;
pub use tag_input::TagInput;
pub use text::{NumberInput, TextArea, TextInput};
pub use toast::{Toast, ToastRegion};
