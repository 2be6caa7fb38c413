//! A Sankey diagram: how much goes from where to where, column by column.

use super::path;
use super::scene::{Anchor, Frame, Head, Look, Point, Room, Scene, Table, Tip};
use super::sketch::Sketch;
use super::text;
use super::value::{About, Amount, Said, kept};
use crate::domain::order::Order;

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

/// Between two nodes of a column, in em: a line of text and a little more.
const GAP: f64 = 1.5;
/// How broad a node is, in em.
const NODE: f64 = 0.8;
/// How often the order is bettered, there and back. More changes nothing worth the time.
const SWEEPS: usize = 6;

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

    /// The nodes column by column, each column in an order in which few flows cross: again and
    /// again each node is put where its neighbours are on average (barycentres, Sugiyama 1981).
    fn columns(&self, flows: &[Drawn]) -> Vec<Vec<usize>> {
        let used = |n: &usize| flows.iter().any(|flow| flow.from == *n || flow.to == *n);
        let mut numbers: Vec<usize> = self.nodes.iter().map(|node| node.column).collect();
        numbers.order();
        numbers.dedup();
        let mut columns: Vec<Vec<usize>> = numbers
            .iter()
            .map(|c| {
                (0..self.nodes.len())
                    .filter(|n| self.nodes[*n].column == *c)
                    .filter(used)
                    .collect()
            })
            .filter(|column: &Vec<usize>| !column.is_empty())
            .collect();
        let mut best = (crossings(&columns, flows), columns.clone());
        for sweep in 0..SWEEPS {
            let ahead = sweep % 2 == 0;
            let places = (0..columns.len()).collect::<Vec<_>>();
            let order: Vec<usize> = if ahead {
                places
            } else {
                places.into_iter().rev().collect()
            };
            for column in order {
                let rank = ranks(&columns, self.nodes.len());
                let middle = |node: usize| {
                    let near = flows.iter().filter_map(|flow| match ahead {
                        true if flow.to == node => Some((rank[flow.from], flow.minor)),
                        false if flow.from == node => Some((rank[flow.to], flow.minor)),
                        _ => None,
                    });
                    let (sum, weight) = near.fold((0.0, 0.0), |(sum, weight), (rank, minor)| {
                        (sum + rank * minor as f64, weight + minor as f64)
                    });
                    if weight > 0.0 {
                        sum / weight
                    } else {
                        rank[node]
                    }
                };
                columns[column].order_by(|a, b| middle(*a).total_cmp(&middle(*b)));
            }
            let now = crossings(&columns, flows);
            if now < best.0 {
                best = (now, columns.clone());
            }
        }
        best.1
    }
}

/// Where in its column each node is, from 0 to 1.
fn ranks(columns: &[Vec<usize>], count: usize) -> Vec<f64> {
    let mut ranks = vec![0.5; count];
    for column in columns {
        for (n, node) in column.iter().enumerate() {
            ranks[*node] = (n as f64 + 0.5) / column.len() as f64;
        }
    }
    ranks
}

/// How often flows cross, larger ones counting for more. Flows that meet in a node do not.
fn crossings(columns: &[Vec<usize>], flows: &[Drawn]) -> f64 {
    let rank = ranks(
        columns,
        flows
            .iter()
            .map(|f| f.from.max(f.to) + 1)
            .max()
            .unwrap_or(0),
    );
    let mut sum = 0.0;
    for (n, a) in flows.iter().enumerate() {
        for b in &flows[n + 1..] {
            let crossed = (rank[a.from] - rank[b.from]) * (rank[a.to] - rank[b.to]) < 0.0;
            if crossed {
                sum += (a.minor as f64).min(b.minor as f64);
            }
        }
    }
    sum
}

/// Where the nodes stand: for each its frame, or none when nothing comes or goes.
struct Layout {
    frames: Vec<Option<Frame>>,
    /// Pixels for one.
    scale: f64,
    /// From one column to the next.
    step: f64,
    last: usize,
    column: Vec<usize>,
    height: f64,
}

/// A flow is at least this thick, in CSS pixels, so that it is not taken for none.
pub const LEAST: f64 = 1.0;

fn thick(flow: &Drawn, scale: f64) -> f64 {
    (flow.minor as f64 * scale).max(LEAST)
}

fn layout(data: &Sankey, flows: &[Drawn], room: Room) -> Layout {
    let em = room.em;
    let columns = data.columns(flows);
    let sum = |node: usize, of: fn(&Drawn) -> usize| {
        flows
            .iter()
            .filter(|flow| of(flow) == node)
            .map(|flow| flow.minor)
            .sum::<i128>()
    };
    let size = |node: usize| sum(node, |f| f.from).max(sum(node, |f| f.to));
    let most = columns
        .iter()
        .map(|column| column.iter().map(|n| size(*n)).sum::<i128>())
        .max();
    let reach = (0.4 * room.width).clamp(12.0 * em, 22.0 * em);
    let scale = reach / most.unwrap_or(1).max(1) as f64;
    // Flows of less than a pixel make a node higher than its sum.
    let tall = |node: usize| {
        let side = |of: fn(&Drawn) -> usize| {
            flows
                .iter()
                .filter(|flow| of(flow) == node)
                .map(|flow| thick(flow, scale))
                .sum::<f64>()
        };
        side(|f| f.from).max(side(|f| f.to))
    };
    let taken = |column: &Vec<usize>| {
        column
            .iter()
            .map(|n| tall(*n).max(0.0) + GAP * em)
            .sum::<f64>()
    };
    let height = columns.iter().map(taken).fold(0.0, f64::max);
    let mut frames = vec![None; data.nodes.len()];
    let mut place = vec![0; data.nodes.len()];
    let last = columns.len().saturating_sub(1);
    let step = (room.width - NODE * em - 1.0) / last.max(1) as f64;
    for (c, column) in columns.iter().enumerate() {
        let mut y = (height - taken(column)) / 2.0 + GAP * em / 2.0;
        for node in column {
            let x = 0.5 + step * c as f64;
            frames[*node] = Some(Frame::new(x, y, NODE * em, tall(*node)));
            place[*node] = c;
            y += tall(*node) + GAP * em;
        }
    }
    Layout {
        frames,
        scale,
        step,
        last,
        column: place,
        height,
    }
}

/// Draws a Sankey diagram. Names stand beside the nodes and are cut to the way to the next
/// column; numbers come with them where there is room for both.
#[must_use]
pub fn sankey(data: &Sankey, room: Room) -> Scene {
    let room = Room::new(room.width, room.em);
    let (em, width) = (room.em, room.width);
    let mut sketch = Sketch::new(em);
    let flows = data.drawn();
    if flows.is_empty() {
        return sketch.nothing(&data.about, width, data.table());
    }
    let layout = layout(data, &flows, room);
    ribbons(data, &mut sketch, &layout, &flows);
    for (n, node) in data.nodes.iter().enumerate() {
        let Some(frame) = layout.frames[n] else {
            continue;
        };
        let tip = Tip {
            title: text::one_line(&node.label),
            lines: vec![(data.value.clone(), node.total.full.clone())],
        };
        sketch.told(
            ("node", n),
            node.kind.node(),
            path::rect(frame),
            node.key,
            tip,
        );
    }
    for (n, node) in data.nodes.iter().enumerate() {
        let Some(frame) = layout.frames[n] else {
            continue;
        };
        words(&mut sketch, &layout, n, node, frame);
    }
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

fn ribbons(data: &Sankey, sketch: &mut Sketch, layout: &Layout, flows: &[Drawn]) {
    let y = |node: usize| layout.frames[node].map_or(0.0, |frame| frame.y);
    // At each node in the order of where they come from or go to, so that they do not cross there.
    let stacked = |near: fn(&Drawn) -> usize, far: fn(&Drawn) -> usize| {
        let mut order: Vec<usize> = (0..flows.len()).collect();
        order.order_by(|a, b| y(far(&flows[*a])).total_cmp(&y(far(&flows[*b]))));
        let mut taken = vec![0.0; data.nodes.len()];
        let mut starts = vec![0.0; flows.len()];
        for n in order {
            let node = near(&flows[n]);
            starts[n] = y(node) + taken[node];
            taken[node] += thick(&flows[n], layout.scale);
        }
        starts
    };
    let (out, into) = (stacked(|f| f.from, |f| f.to), stacked(|f| f.to, |f| f.from));
    for (n, flow) in flows.iter().enumerate() {
        let (Some(from), Some(to)) = (layout.frames[flow.from], layout.frames[flow.to]) else {
            continue;
        };
        let high = thick(flow, layout.scale);
        let shape = path::ribbon(
            (from.right(), out[n], out[n] + high),
            (to.x, into[n], into[n] + high),
        );
        let of = &data.flows[flow.flow];
        let tip = Tip {
            title: format!("{} to {}", data.name(flow.from), data.name(flow.to)),
            lines: vec![(data.value.clone(), of.amount.said.full.clone())],
        };
        let look = data.nodes[flow.to].kind.flow();
        sketch.told(("flow", flow.flow), look, shape, of.key, tip);
    }
}

/// A node's name at its right, in the last column at its left.
fn words(sketch: &mut Sketch, layout: &Layout, n: usize, node: &Node, frame: Frame) {
    let em = sketch.em;
    let is_last = layout.column[n] == layout.last;
    // In the one gap before the last column, two names share the way.
    let beside_last = layout.column[n] + 1 >= layout.last;
    let way = layout.step - NODE * em - 0.9 * em;
    let room = if beside_last {
        way / 2.0 - 0.3 * em
    } else {
        way
    };
    let (x, anchor) = if is_last {
        (frame.x - 0.45 * em, Anchor::End)
    } else {
        (frame.right() + 0.45 * em, Anchor::Start)
    };
    let at = Point::new(x, frame.y + frame.height / 2.0 + 0.35 * em);
    let full = text::one_line(&format!("{} {}", node.label, node.total.short));
    let words = if sketch.width(&full) <= room {
        full
    } else {
        text::one_line(&node.label)
    };
    sketch.words(("label", n), at, anchor, (&words, Look::Label), room);
}
