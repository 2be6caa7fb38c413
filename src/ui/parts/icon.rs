//! Line icons on a 16 × 16 grid, 1.5 wide, in the colour of the text around them.

use leptos::prelude::*;

macro_rules! glyphs {
    ($($(#[$doc:meta])* $name:ident => $path:literal,)*) => {
        /// The icons there are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Glyph { $($(#[$doc])* $name,)* }

        impl Glyph {
            /// Every icon, in the order of the list (for galleries and tests).
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The icon as the `d` of one SVG path.
            #[must_use]
            pub fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }
    };
}

glyphs! {
    /// Three columns of cards.
    Board => "M2.75 2.75h2.5v10.5h-2.5zM6.75 2.75h2.5v6.5h-2.5zM10.75 2.75h2.5v8.5h-2.5z",
    /// Rows and columns.
    Table => "M2.25 3.25h11.5v9.5H2.25zM2.25 6.5h11.5M6.25 6.5v6.25",
    /// A tray.
    Inbox => "M2.25 9.25 4 3.25h8l1.75 6v3.5H2.25zM2.25 9.25H5.5l1 1.75h3l1-1.75h3.25",
    /// Bars.
    Chart => "M2.25 13.25h11.5M4.25 13.25v-4.5M8 13.25v-10M11.75 13.25v-7",
    /// A rising line between axes.
    Forecast => "M2.25 2.75v10.5h11.5M4.75 10.25l2.5-3 2 1.5 4-5M10.75 3.75h2.5v2.5",
    /// A clipboard with a tick.
    Review => "M5.75 3.25h-2v10.5h8.5V3.25h-2M5.75 2.25h4.5v2h-4.5zM5.75 9l1.5 1.5 3-3",
    /// Offset bars along time.
    Timeline => "M2.25 4h6M5 8h7.5M8.5 12h5.25",
    /// Two persons.
    People => "M6 7.75a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M1.75 13.25c0-2.25 1.75-3.5 4.25-3.5s4.25 1.25 4.25 3.5M10.5 3a2.4 2.4 0 0 1 0 4.5M11.75 9.9c1.6.4 2.5 1.6 2.5 3.35",
    /// One person.
    User => "M8 7.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5M2.75 13.75c0-2.5 2.25-3.75 5.25-3.75s5.25 1.25 5.25 3.75",
    /// A house of offices.
    Building => "M3.25 13.75V2.25h6v11.5M9.25 6.25h3.5v7.5M1.75 13.75h12.5M5.5 5H7M5.5 7.5H7M5.5 10H7",
    /// A heart, for customers kept.
    Heart => "M8 13.25C4.5 11 2.25 8.9 2.25 6.25a2.9 2.9 0 0 1 5.75-.7 2.9 2.9 0 0 1 5.75.7c0 2.65-2.25 4.75-5.75 7z",
    /// Two sliders.
    Settings => "M2 4.75h6M11.5 4.75H14M2 11.25h2.5M8 11.25h6M11.5 4.75a1.75 1.75 0 1 1-3.5 0 1.75 1.75 0 0 1 3.5 0M8 11.25a1.75 1.75 0 1 1-3.5 0 1.75 1.75 0 0 1 3.5 0",
    /// A magnifying glass.
    Search => "M7 11.25a4.25 4.25 0 1 0 0-8.5 4.25 4.25 0 0 0 0 8.5M10.25 10.25l3.5 3.5",
    /// A plus sign.
    Plus => "M8 3v10M3 8h10",
    /// A minus sign.
    Minus => "M3 8h10",
    /// A cross.
    Close => "M4 4l8 8M12 4l-8 8",
    /// A tick.
    Check => "M3 8.5l3.25 3.25L13 5",
    /// An angle pointing up.
    ChevronUp => "M4 10l4-4 4 4",
    /// An angle pointing down.
    ChevronDown => "M4 6l4 4 4-4",
    /// An angle pointing left.
    ChevronLeft => "M10 4 6 8l4 4",
    /// An angle pointing right.
    ChevronRight => "M6 4l4 4-4 4",
    /// An arrow up.
    ArrowUp => "M8 13V3M4 7l4-4 4 4",
    /// An arrow down.
    ArrowDown => "M8 3v10M4 9l4 4 4-4",
    /// An arrow left.
    ArrowLeft => "M13 8H3M7 4 3 8l4 4",
    /// An arrow right.
    ArrowRight => "M3 8h10M9 4l4 4-4 4",
    /// Both ways up and down: a column that can be sorted.
    Sort => "M5 6l3-3 3 3M5 10l3 3 3-3",
    /// Six dots: a handle to drag by.
    Grip => "M6 3.25a.5.5 0 1 0 .01 0zM6 7.5a.5.5 0 1 0 .01 0zM6 11.75a.5.5 0 1 0 .01 0zM10 3.25a.5.5 0 1 0 .01 0zM10 7.5a.5.5 0 1 0 .01 0zM10 11.75a.5.5 0 1 0 .01 0z",
    /// Three dots: more.
    Dots => "M3.5 7.5a.5.5 0 1 0 .01 0zM8 7.5a.5.5 0 1 0 .01 0zM12.5 7.5a.5.5 0 1 0 .01 0z",
    /// Three lines: the menu of the page.
    Lines => "M2.5 4h11M2.5 8h11M2.5 12h11",
    /// A bin.
    Trash => "M2.75 4.25h10.5M6.25 4.25v-2h3.5v2M4 4.25l.6 9.5h6.8l.6-9.5M6.6 7v4M9.4 7v4",
    /// A pencil.
    Pencil => "M10.75 2.75l2.5 2.5L5.5 13l-3.25.75L3 10.5zM9 4.5 11.5 7",
    /// An arrow turning back.
    Undo => "M2.75 6.25h6.5a3.75 3.75 0 0 1 0 7.5H6M5.75 3.25l-3 3 3 3",
    /// An arrow turning forward.
    Redo => "M13.25 6.25h-6.5a3.75 3.75 0 0 0 0 7.5H10M10.25 3.25l3 3-3 3",
    /// An arrow into a tray.
    Download => "M8 2.25v8M4.75 7 8 10.25 11.25 7M2.5 13.5h11",
    /// An arrow out of a tray.
    Upload => "M8 10.5v-8M4.75 5.75 8 2.5l3.25 3.25M2.5 13.5h11",
    /// A sheet with a folded corner.
    File => "M3.75 1.75h5.5l3 3v9.5h-8.5zM9.25 1.75v3h3",
    /// A calendar leaf.
    Calendar => "M2.25 3.75h11.5v10H2.25zM2.25 6.75h11.5M5.25 2v3M10.75 2v3",
    /// A clock.
    Clock => "M8 13.75a5.75 5.75 0 1 0 0-11.5 5.75 5.75 0 0 0 0 11.5M8 4.75V8l2.25 1.5",
    /// A flag on a pole.
    Flag => "M3.5 14V2.25c3-1 5 1.5 9.25 0v7c-4.25 1.5-6.25-1-9.25 0",
    /// A bell.
    Bell => "M8 2a3.75 3.75 0 0 0-3.75 3.75v3L2.75 11.25h10.5l-1.5-2.5v-3A3.75 3.75 0 0 0 8 2M6.5 13.75h3",
    /// A cup.
    Trophy => "M4.75 2.25h6.5v4.5a3.25 3.25 0 0 1-6.5 0zM4.75 3.75h-2.5c0 2.5.75 3.5 2.75 3.75M11.25 3.75h2.5c0 2.5-.75 3.5-2.75 3.75M8 10v3.75M5.25 13.75h5.5",
    /// Rings around a point: a quota.
    Target => "M8 13.75a5.75 5.75 0 1 0 0-11.5 5.75 5.75 0 0 0 0 11.5M8 10.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5M8 7.75a.25.25 0 1 0 .01 0z",
    /// Two upright bars.
    Pause => "M5.5 3.25v9.5M10.5 3.25v9.5",
    /// A triangle pointing right.
    Play => "M4.75 2.75v10.5L13 8z",
    /// A box with a lid.
    Archive => "M2.25 2.75h11.5v3H2.25zM3.25 5.75v7.5h9.5v-7.5M6.5 8.5h3",
    /// A triangle with an exclamation mark.
    Warning => "M8 2.25 14.25 13.25H1.75zM8 6.5v3M8 11.25a.25.25 0 1 0 .01 0z",
    /// A circle with an i.
    Info => "M8 13.75a5.75 5.75 0 1 0 0-11.5 5.75 5.75 0 0 0 0 11.5M8 7.75v3M8 5a.25.25 0 1 0 .01 0z",
    /// A circle with a question mark.
    Help => "M8 13.75a5.75 5.75 0 1 0 0-11.5 5.75 5.75 0 0 0 0 11.5M6.25 6.5A1.75 1.75 0 1 1 8 8.25v.75M8 11a.25.25 0 1 0 .01 0z",
    /// An envelope.
    Mail => "M2.25 3.25h11.5v9.5H2.25zM2.5 3.75 8 8.5l5.5-4.75",
    /// A telephone receiver.
    Phone => "M3.25 2.25h2.5L7 5.5 5.25 6.75a8.5 8.5 0 0 0 4 4L10.5 9l3.25 1.25v2.5c0 .5-.5 1-1 1C7 13.5 2.5 9 2.25 3.25c0-.5.5-1 1-1z",
    /// A page of writing.
    Note => "M3.25 2.25h9.5v11.5h-9.5zM5.75 5.75h4.5M5.75 8.25h4.5M5.75 10.75h2.5",
    /// A circle being ticked.
    Task => "M13.75 7.5V8a5.75 5.75 0 1 1-3.5-5.3M5.5 7.5 8 10l5.75-6.25",
    /// A label.
    Tag => "M2.25 2.25h5.5l6 6-5.5 5.5-6-6zM5.25 5a.25.25 0 1 0 .01 0z",
    /// The sun: the light theme.
    Sun => "M8 10.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5M8 1.5v1.25M8 13.25v1.25M1.5 8h1.25M13.25 8h1.25M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9",
    /// The moon: the dark theme.
    Moon => "M13.5 9.75A6 6 0 0 1 6.25 2.5a6 6 0 1 0 7.25 7.25z",
    /// A keyboard.
    Keyboard => "M1.75 4.25h12.5v7.5H1.75zM5.25 9.25h5.5M4.5 6.75h.01M6.8 6.75h.01M9.1 6.75h.01M11.4 6.75h.01",
    /// A clock turned back.
    History => "M2.5 3v3h3M2.75 6A5.6 5.6 0 1 1 2.4 9M8 5v3.25l2.25 1.25",
    /// Lines growing shorter.
    Filter => "M2.25 3.75h11.5M4.5 8h7M6.75 12.25h2.5",
    /// A frame in three.
    Columns => "M2.25 3.25h11.5v9.5H2.25zM6 3.25v9.5M10 3.25v9.5",
    /// Two lines becoming one.
    Merge => "M4 2.25v2.5c0 2.5 4 2.5 4 5v4M12 2.25v2.5c0 2.5-4 2.5-4 5M5.75 11.5 8 13.75l2.25-2.25",
    /// An arrow leaving a frame.
    External => "M9 2.5h4.5V7M13.25 2.75 7.5 8.5M11.25 9.25v4h-8.5v-8.5h4",
    /// Two sheets.
    Copy => "M5.25 5.25h8.5v8.5h-8.5zM10.75 5.25v-3h-8.5v8.5h3",
    /// Two links of a chain.
    Link => "M7 9a2.75 2.75 0 0 0 4 .25l2-2a2.75 2.75 0 0 0-4-4l-.75.75M9 7a2.75 2.75 0 0 0-4-.25l-2 2a2.75 2.75 0 0 0 4 4l.75-.75",
    /// A five-pointed star.
    Star => "M8 1.9l1.9 3.85 4.25.6-3.1 3 .75 4.25L8 11.6l-3.8 2 .75-4.25-3.1-3 4.25-.6z",
    /// The sign of the command key.
    Command => "M6 6V4.25A1.75 1.75 0 1 0 4.25 6zM6 6h4v4H6zM10 6h1.75A1.75 1.75 0 1 0 10 4.25zM10 10v1.75A1.75 1.75 0 1 0 11.75 10zM6 10H4.25A1.75 1.75 0 1 0 6 11.75z",
    /// Two arrows in a ring.
    Refresh => "M13.25 6.5A5.5 5.5 0 0 0 3.4 5M2.75 2.5V5.5h3M2.75 9.5A5.5 5.5 0 0 0 12.6 11M13.25 13.5v-3h-3",
    /// A padlock.
    Lock => "M3.75 7.25h8.5v6.5h-8.5zM5.5 7.25V4.75a2.5 2.5 0 0 1 5 0v2.5",
    /// An eye.
    Eye => "M1.75 8C3 5.25 5.25 3.75 8 3.75S13 5.25 14.25 8C13 10.75 10.75 12.25 8 12.25S3 10.75 1.75 8M8 9.75a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5",
}

/// One icon, hidden from assistive technology: the text or label beside it speaks.
#[component]
pub fn Icon(
    /// Which one.
    glyph: Glyph,
    /// More classes for the `svg`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let class = if class.is_empty() {
        String::from("icon")
    } else {
        format!("icon {class}")
    };
    view! {
        <svg class=class viewBox="0 0 16 16" aria-hidden="true">
            <path d=glyph.path()></path>
        </svg>
    }
}
