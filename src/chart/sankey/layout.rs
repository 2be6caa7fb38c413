//! Where nodes and flows stand: few crossings, and no flow runs over a node.

use super::super::scene::Frame;
use super::Drawn;
use crate::domain::order::Order;

/// Between two nodes of a column, in em: a line of text and a little more.
const GAP: f64 = 1.5;
/// How broad a node is, in em.
const NODE: f64 = 0.8;
/// How often the order is bettered, there and back. More changes nothing worth the time.
const SWEEPS: usize = 8;
/// With more pieces of flows than that the order of the nodes stays as given: no order would
/// be legible.
const MOST_SORTED: usize = 600;
/// A flow is at least this thick, in CSS pixels, so that it is not taken for none.
pub const LEAST: f64 = 1.0;

/// A finished layout.
pub(super) struct Layout {
    /// Of each node, or none when nothing comes or goes.
    pub frames: Vec<Option<Frame>>,
    /// Of each flow what it goes through, from its first node to its last.
    pub gates: Vec<Vec<Frame>>,
    /// From one column to the next.
    pub step: f64,
    /// How high all of it is.
    pub height: f64,
    right: f64,
}

/// A piece of a flow, from a column to the very next.
struct Piece {
    flow: usize,
    from: usize,
    to: usize,
    minor: i128,
}

/// Nodes in columns, and pieces between them. A flow past a column has a node of its own
/// there, which keeps its place free.
struct Graph {
    columns: Vec<Vec<usize>>,
    pieces: Vec<Piece>,
    count: usize,
}

impl Graph {
    fn new(column: &[usize], flows: &[Drawn]) -> Self {
        let mut used: Vec<usize> = flows.iter().flat_map(|flow| [flow.from, flow.to]).collect();
        used.order();
        used.dedup();
        let mut numbers: Vec<usize> = used.iter().map(|node| column[*node]).collect();
        numbers.order();
        numbers.dedup();
        let rank = |node: usize| numbers.iter().position(|c| *c == column[node]);
        let mut columns = vec![Vec::new(); numbers.len()];
        for node in &used {
            if let Some(c) = rank(*node) {
                columns[c].push(*node);
            }
        }
        let (mut pieces, mut count) = (Vec::new(), column.len());
        for (n, flow) in flows.iter().enumerate() {
            let (Some(first), Some(last)) = (rank(flow.from), rank(flow.to)) else {
                continue;
            };
            let mut from = flow.from;
            for between in &mut columns[first + 1..=last] {
                let is_end = between.contains(&flow.to);
                let to = if is_end { flow.to } else { count };
                if !is_end {
                    between.push(count);
                    count += 1;
                }
                let (flow, minor) = (n, flow.minor);
                pieces.push(Piece {
                    flow,
                    from,
                    to,
                    minor,
                });
                from = to;
            }
        }
        Self {
            columns,
            pieces,
            count,
        }
    }

    /// Where in its column each node is, from 0 to 1.
    fn ranks(&self) -> Vec<f64> {
        let mut ranks = vec![0.5; self.count];
        for column in &self.columns {
            for (n, node) in column.iter().enumerate() {
                ranks[*node] = (n as f64 + 0.5) / column.len() as f64;
            }
        }
        ranks
    }

    /// How much crosses: of each two pieces that do, the smaller.
    fn crossings(&self) -> f64 {
        let rank = self.ranks();
        let mut place = vec![0; self.count];
        for (c, column) in self.columns.iter().enumerate() {
            for node in column {
                place[*node] = c;
            }
        }
        let mut sum = 0.0;
        for (n, a) in self.pieces.iter().enumerate() {
            let beside = self.pieces[n + 1..]
                .iter()
                .filter(|b| place[a.from] == place[b.from]);
            for b in beside {
                if (rank[a.from] - rank[b.from]) * (rank[a.to] - rank[b.to]) < 0.0 {
                    sum += a.minor.min(b.minor) as f64;
                }
            }
        }
        sum
    }

    /// Puts each node where its neighbours are on average, from left to right and back, again
    /// and again (barycentres; Sugiyama and others 1981), and keeps the best that came of it.
    fn untangle(&mut self) {
        if self.pieces.len() > MOST_SORTED {
            return;
        }
        let mut best = (self.crossings(), self.columns.clone());
        for sweep in 0..SWEEPS {
            let ahead = sweep % 2 == 0;
            for n in 0..self.columns.len() {
                let column = if ahead { n } else { self.columns.len() - 1 - n };
                let rank = self.ranks();
                let middle = |node: usize| {
                    let near = self.pieces.iter().filter_map(|piece| match ahead {
                        true if piece.to == node => Some((rank[piece.from], piece.minor)),
                        false if piece.from == node => Some((rank[piece.to], piece.minor)),
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
                let middles: Vec<f64> = (0..self.count).map(middle).collect();
                self.columns[column].order_by(|a, b| middles[*a].total_cmp(&middles[*b]));
            }
            let now = self.crossings();
            if now < best.0 {
                best = (now, self.columns.clone());
            }
        }
        self.columns = best.1;
    }

    /// The sum over the pieces that come out of a node (`of` the piece's start) or into it.
    fn sum(&self, node: usize, of: fn(&Piece) -> usize, size: &dyn Fn(&Piece) -> f64) -> f64 {
        let pieces = self.pieces.iter().filter(|piece| of(piece) == node);
        pieces.map(size).sum()
    }
}

impl Layout {
    /// For the column of each node and what flows; columns from the left to `width`, and as
    /// high as fits a chart of `full` width. All but `em` in CSS pixels.
    pub fn of(column: &[usize], flows: &[Drawn], (width, full, em): (f64, f64, f64)) -> Self {
        let mut graph = Graph::new(column, flows);
        graph.untangle();
        let larger = |node: usize, size: &dyn Fn(&Piece) -> f64| {
            graph
                .sum(node, |p| p.from, size)
                .max(graph.sum(node, |p| p.to, size))
        };
        let amount = |piece: &Piece| piece.minor as f64;
        let total = |column: &Vec<usize>| column.iter().map(|n| larger(*n, &amount)).sum::<f64>();
        let most = graph.columns.iter().map(total).fold(1.0, f64::max);
        let scale = (0.4 * full).clamp(13.0 * em, 22.0 * em) / most;
        let thick = |piece: &Piece| (piece.minor as f64 * scale).max(LEAST);
        let tall: Vec<f64> = (0..graph.count).map(|node| larger(node, &thick)).collect();
        let taken = |column: &Vec<usize>| column.iter().map(|n| tall[*n] + GAP * em).sum::<f64>();
        let height = graph.columns.iter().map(taken).fold(0.0, f64::max);
        let last = graph.columns.len().saturating_sub(1).max(1);
        let step = (width - NODE * em - 1.0) / last as f64;
        let mut frames = vec![None; graph.count];
        for (c, column) in graph.columns.iter().enumerate() {
            let mut y = (height - taken(column)) / 2.0 + GAP * em / 2.0;
            for node in column {
                frames[*node] = Some(Frame::new(0.5 + step * c as f64, y, NODE * em, tall[*node]));
                y += tall[*node] + GAP * em;
            }
        }
        let gates = gates(&graph, flows.len(), &frames, &thick);
        frames.truncate(column.len());
        let right = 0.5 + step * graph.columns.len().saturating_sub(1) as f64;
        Self {
            frames,
            gates,
            step,
            height,
            right,
        }
    }

    /// Whether a node stands in the last column.
    pub fn is_last(&self, node: usize) -> bool {
        self.frames[node].is_some_and(|frame| frame.x + 1.0 > self.right)
    }
}

/// What each flow goes through. At a node flows lie in the order of where they come from or go
/// to, so that they do not cross there.
fn gates(
    graph: &Graph,
    count: usize,
    frames: &[Option<Frame>],
    thick: &dyn Fn(&Piece) -> f64,
) -> Vec<Vec<Frame>> {
    let y = |node: usize| frames[node].map_or(0.0, |frame| frame.y);
    let stacked = |near: fn(&Piece) -> usize, far: fn(&Piece) -> usize| {
        let mut order: Vec<usize> = (0..graph.pieces.len()).collect();
        order.order_by(|a, b| y(far(&graph.pieces[*a])).total_cmp(&y(far(&graph.pieces[*b]))));
        let mut taken = vec![0.0; graph.count];
        let mut starts = vec![0.0; graph.pieces.len()];
        for n in order {
            let node = near(&graph.pieces[n]);
            starts[n] = y(node) + taken[node];
            taken[node] += thick(&graph.pieces[n]);
        }
        starts
    };
    let (out, into) = (stacked(|p| p.from, |p| p.to), stacked(|p| p.to, |p| p.from));
    let mut gates = vec![Vec::new(); count];
    for (n, piece) in graph.pieces.iter().enumerate() {
        let gate = |node: usize, y: f64| {
            let node = frames[node].unwrap_or(Frame::new(0.0, 0.0, 0.0, 0.0));
            Frame::new(node.x, y, node.width, thick(piece))
        };
        if gates[piece.flow].is_empty() {
            gates[piece.flow].push(gate(piece.from, out[n]));
        }
        // Past a column a flow is alone: it goes out as it came in.
        gates[piece.flow].push(gate(piece.to, into[n]));
    }
    gates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(from: usize, to: usize) -> Drawn {
        Drawn {
            flow: 0,
            from,
            to,
            minor: 10,
        }
    }

    #[test]
    fn crossings_are_undone() {
        let mut graph = Graph::new(&[0, 0, 1, 1], &[flow(0, 3), flow(1, 2)]);
        assert!(graph.crossings() > 0.0);
        graph.untangle();
        assert_eq!(graph.crossings(), 0.0);
    }

    #[test]
    fn a_flow_past_a_column_keeps_clear_of_its_nodes() {
        let flows = [flow(0, 1), flow(1, 2), flow(0, 2)];
        let layout = Layout::of(&[0, 1, 2], &flows, (300.0, 300.0, 12.0));
        let node = layout.frames[1].unwrap();
        assert_eq!(layout.gates[2].len(), 3);
        assert!(!layout.gates[2][1].overlaps(&node));
        assert!(layout.is_last(2) && !layout.is_last(1));
    }

    #[test]
    fn columns_may_have_any_numbers() {
        let layout = Layout::of(&[3, 90, 7], &[flow(0, 2), flow(2, 1)], (300.0, 300.0, 12.0));
        assert_eq!(layout.frames[0].map(|f| f.x), Some(0.5));
        assert!(layout.is_last(1));
    }
}
