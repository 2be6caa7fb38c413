//! A Sankey diagram: how much goes from where to where, column by column.

mod layout;

use super::path;
use super::scene::{Anchor, Frame, Head, Look, Point, Room, Scene, Table, Tip};
use super::sketch::Sketch;
use super::text;
use super::value::{About, Amount, Said, kept};
use crate::domain::order::Order;
use layout::Layout;

pub use layout::LEAST;

/// What a node is, which gives it its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NodeKind {
    /// One of the stages.
    #[default]
    Stage,
    /// Where the won end.
    Won,
    /// Where the lost end.
    Lost,
    /// Where those stand that are still there.
    Still,
}

impl NodeKind {
    fn node(self) -> Look {
        match self {
            Self::Stage => Look::Fill(8),
            Self::Won => Look::Won,
            Self::Lost => Look::Lost,
            Self::Still => Look::Fill(5),
        }
    }

    /// How what goes there looks.
    fn flow(self) -> Look {
        Look::Flow(match self {
            Self::Stage => 8,
            Self::Won => 3,
            Self::Lost => 6,
            Self::Still => 5,
        })
    }
}

/// Where something comes from or goes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// What picking it means.
    pub key: Option<u64>,
    /// Its name.
    pub label: String,
    /// In which column, counted from 0.
    pub column: usize,
    /// What it is.
    pub kind: NodeKind,
    /// How much is in it, in words.
    pub total: Said,
}

/// What goes from one node to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// What picking it means.
    pub key: Option<u64>,
    /// From which node, counted from 0.
    pub from: usize,
    /// To which.
    pub to: usize,
    /// How much. Below zero counts as nothing.
    pub amount: Amount,
}

/// A Sankey diagram.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sankey {
    /// What it is about.
    pub about: About,
    /// What the numbers are: "Deals".
    pub value: String,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// What goes between them. One that does not go to a later column is in the table only.
    pub flows: Vec<Flow>,
}

/// A flow that is drawn: which, from and to which node.
#[derive(Clone, Copy)]
struct Drawn {
    flow: usize,
    from: usize,
    to: usize,
    minor: i128,
}

impl Sankey {
    fn drawn(&self) -> Vec<Drawn> {
        let flows = self.flows.iter().enumerate();
        let drawn = flows.filter_map(|(n, flow)| {
            let (from, to) = (self.nodes.get(flow.from)?, self.nodes.get(flow.to)?);
            let goes_on = from.column < to.column && flow.amount.minor > 0;
            goes_on.then_some(Drawn {
                flow: n,
                from: flow.from,
                to: flow.to,
                minor: kept(flow.amount.minor),
            })
        });
        drawn.collect()
    }

    fn name(&self, n: usize) -> String {
        self.nodes
            .get(n)
            .map(|node| text::one_line(&node.label))
            .unwrap_or_default()
    }

    fn table(&self) -> Table {
        let head = |label: &str, numeric| Head {
            label: label.to_owned(),
            numeric,
        };
        let row = |flow: &Flow| {
            vec![
                self.name(flow.from),
                self.name(flow.to),
                flow.amount.said.full.clone(),
            ]
        };
        Table {
            heads: vec![
                head("From", false),
                head("To", false),
                head(&self.value, true),
            ],
            rows: self.flows.iter().map(row).collect(),
        }
    }
}

/// Draws a Sankey diagram. Names stand at the right of the nodes and are cut to the way to the
/// next column; numbers come with them where there is room for both.
#[must_use]
pub fn sankey(data: &Sankey, room: Room) -> Scene {
    let room = Room::new(room.width, room.em);
    let (em, width) = (room.em, room.width);
    let mut sketch = Sketch::new(em);
    let flows = data.drawn();
    if flows.is_empty() {
        return sketch.nothing(&data.about, width, data.table());
    }
    let column: Vec<usize> = data.nodes.iter().map(|node| node.column).collect();
    // The names of the last column stand at its right.
    let last = column.iter().max().copied().unwrap_or_default();
    let ends = data.nodes.iter().filter(|node| node.column == last);
    let aside = ends
        .map(|node| sketch.width(&named(node)))
        .fold(0.0, f64::max);
    let aside = (aside + 0.5 * em).min(0.26 * width);
    let layout = Layout::of(&column, &flows, (width - aside, room.width, em));
    ribbons(data, &mut sketch, &layout, &flows);
    for (n, node) in data.nodes.iter().enumerate() {
        let Some(frame) = layout.frames[n] else {
            continue;
        };
        let tip = Tip {
            title: text::one_line(&node.label),
            lines: vec![(data.value.clone(), node.total.full.clone())],
        };
        let shape = path::rect(frame);
        sketch.told(("node", n), node.kind.node(), shape, node.key, tip);
    }
    words(data, &mut sketch, &layout, width);
    let mut height = layout.height;
    let back = data
        .flows
        .iter()
        .filter(|flow| flow.amount.minor > 0)
        .count()
        - flows.len();
    if back > 0 {
        let note = "What goes back stands in the table.";
        let at = Point::new(0.0, height + 1.1 * em);
        sketch.words(("note", 0), at, Anchor::Start, (note, Look::Note), width);
        height += 1.5 * em;
    }
    sketch.scene(&data.about, (width, height), data.table())
}

/// Names at the right of their nodes: with the number, without, or cut to the way to the next
/// column, whichever first stands clear of all nodes and names.
fn words(data: &Sankey, sketch: &mut Sketch, layout: &Layout, width: f64) {
    let em = sketch.em;
    let nodes: Vec<Frame> = layout.frames.iter().flatten().copied().collect();
    let area = Frame::new(0.0, 0.0, width, layout.height);
    // The later columns first: a name may reach past a column only where that leaves room.
    let mut order: Vec<usize> = (0..data.nodes.len()).collect();
    order.order_by(|a, b| data.nodes[*b].column.cmp(&data.nodes[*a].column));
    for n in order {
        let (Some(frame), node) = (layout.frames[n], &data.nodes[n]) else {
            continue;
        };
        let x = frame.right() + 0.4 * em;
        let end = if layout.is_last(n) {
            width
        } else {
            frame.x + layout.step - 0.4 * em
        };
        let label = text::one_line(&node.label);
        let cut = text::fit(&label, em, end - x).unwrap_or_default();
        let at = [(
            Point::new(x, frame.y + frame.height / 2.0 + 0.35 * em),
            Anchor::Start,
        )];
        for words in [named(node), label, cut] {
            let words = (words.as_str(), Look::Label);
            if sketch.where_free(("label", n), &at, words, area, &nodes) {
                break;
            }
        }
    }
}

/// A node's name with its number.
fn named(node: &Node) -> String {
    text::one_line(&format!("{} {}", node.label, node.total.short))
}

fn ribbons(data: &Sankey, sketch: &mut Sketch, layout: &Layout, flows: &[Drawn]) {
    for (flow, gates) in flows.iter().zip(&layout.gates) {
        let of = &data.flows[flow.flow];
        let tip = Tip {
            title: format!("{} to {}", data.name(flow.from), data.name(flow.to)),
            lines: vec![(data.value.clone(), of.amount.said.full.clone())],
        };
        let look = data.nodes[flow.to].kind.flow();
        sketch.told(("flow", flow.flow), look, path::stream(gates), of.key, tip);
    }
}
