//! What marks are, which decides how they look.

/// What a mark is. The style sheet and [`svg`](super::svg) know a colour for each. No two
/// things are told apart by colour alone: lines have dashes, areas a hatching, points a shape,
/// and where there is room all have words beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Look {
    /// The area that reacts to pointer and keys; not seen until then.
    Hit,
    /// A quiet line that a tick continues.
    Grid,
    /// The line of zero.
    Zero,
    /// The text of a tick.
    Tick,
    /// The name of a bar.
    Label,
    /// Something small beside a name.
    Note,
    /// The name of a column or series.
    Head,
    /// A number.
    Number,
    /// A number that stands back behind another.
    Minor,
    /// Words that may stand on lines and areas; a halo keeps them legible.
    Callout,
    /// An area in the colour of a series, 1 to 8.
    Fill(u8),
    /// An area in a tint of it with an outline: a whole of which a [`Look::Fill`] is a part.
    Whole(u8),
    /// One of several areas that touch, in the colour of a series.
    Part(u8),
    /// A line in the colour of a series, with its dashes.
    Line(u8),
    /// Where a line may lie: a tint of a series that lets through what is behind it.
    Band(u8),
    /// A point in the colour of a series.
    Dot(u8),
    /// What goes from one thing to another: a tint like a band, but stronger.
    Flow(u8),
    /// A cell of a heat map, from the least (0) to the most (8).
    Heat(u8),
    /// A cell without a number.
    Missing,
    /// Lines over an area that tell it from others without colour.
    Hatch,
    /// What was won.
    Won,
    /// What was lost.
    Lost,
    /// What is added.
    Gain,
    /// What is taken away.
    Loss,
    /// That something was still going on when last seen.
    Censor,
    /// A limit within which chance alone would keep things.
    Limit,
    /// A value to compare with: a target, what is expected.
    Reference,
    /// A value to be pointed out, such as the median.
    Marker,
    /// From the end of one bar to the start of the next.
    Link,
}

impl Look {
    /// The classes of the style sheet.
    #[must_use]
    pub fn class(self) -> String {
        let of_series = |name: &str, n: u8| format!("mark--{name} mark--series-{}", series(n));
        let name = match self {
            Self::Fill(n) => return of_series("fill", n),
            Self::Whole(n) => return of_series("whole", n),
            Self::Part(n) => return of_series("part", n),
            Self::Line(n) => return of_series("line", n),
            Self::Band(n) => return of_series("band", n),
            Self::Dot(n) => return of_series("dot", n),
            Self::Flow(n) => return of_series("flow", n),
            Self::Heat(n) => return format!("mark--heat mark--heat-{}", n.min(8)),
            Self::Hit => "hit",
            Self::Grid => "grid",
            Self::Zero => "zero",
            Self::Tick => "tick",
            Self::Label => "label",
            Self::Note => "note",
            Self::Head => "head",
            Self::Number => "number",
            Self::Minor => "minor",
            Self::Callout => "callout",
            Self::Missing => "missing",
            Self::Hatch => "hatch",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Gain => "gain",
            Self::Loss => "loss",
            Self::Censor => "censor",
            Self::Limit => "limit",
            Self::Reference => "reference",
            Self::Marker => "marker",
            Self::Link => "link",
        };
        format!("mark--{name}")
    }
}

/// The colours go round: the ninth series has the first one again.
pub(super) fn series(n: u8) -> u8 {
    n.saturating_sub(1) % 8 + 1
}

/// The series of the so manieth thing, counted from 0.
pub(super) fn nth(n: usize) -> u8 {
    (n % 8) as u8 + 1
}
