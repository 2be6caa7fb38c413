//! Points by two amounts, with limits: also the funnel plot, which shows for small numbers
//! what chance alone does (Spiegelhalter 2005).

use super::axis::Axis;
use super::legend::{Entry, Swatch, legend};
use super::line::{along, around};
use super::look::nth;
use super::panel::{self, Panel};
use super::path::Path;
use super::scene::{Anchor, Frame, Head, Look, Point, Room, Scene, Table, Tip};
use super::sketch::Sketch;
use super::text;
use super::value::{About, Amount, Measure, kept, span};
use crate::domain::order::Order;

/// One point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dot {
    /// What picking it means.
    pub key: Option<u64>,
    /// Its name.
    pub label: String,
    /// How far right.
    pub across: Amount,
    /// How far up.
    pub up: Amount,
    /// How large its area is, as against the others. `None` for the common size.
    pub size: Option<Amount>,
    /// Its group, counted from 0.
    pub group: usize,
    /// What else is said of it: name and value.
    pub more: Vec<(String, String)>,
}

/// A curve through given places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    /// What it is: "95 % limit".
    pub label: String,
    /// Its places, across and up, from left to right.
    pub places: Vec<(i128, i128)>,
}

/// A chart of points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scatter {
    /// What it is about.
    pub about: About,
    /// What a point is: "Owner".
    pub label: String,
    /// What is measured from left to right.
    pub across: Measure,
    /// What is measured upwards.
    pub up: Measure,
    /// What the sizes are: "Value". None when all have the same.
    pub size: Option<String>,
    /// The names of the groups; none, or one, is not named.
    pub groups: Vec<String>,
    /// The points.
    pub dots: Vec<Dot>,
    /// Curves within which chance alone would keep the points.
    pub limits: Vec<Limit>,
    /// What would be expected: a line to compare with.
    pub expected: Option<Limit>,
}

/// Beyond so many points they are drawn in one, cannot be pointed at one by one and have no
/// names: all of them stand in the table.
pub const MANY: usize = 800;

impl Scatter {
    fn curves(&self) -> impl Iterator<Item = &Limit> {
        self.limits.iter().chain(self.expected.as_ref())
    }

    fn tip(&self, dot: &Dot) -> Tip {
        let mut lines = vec![
            (self.across.name.clone(), dot.across.said.full.clone()),
            (self.up.name.clone(), dot.up.said.full.clone()),
        ];
        if let (Some(name), Some(size)) = (&self.size, &dot.size) {
            lines.push((name.clone(), size.said.full.clone()));
        }
        if let Some(group) = self.groups.get(dot.group).filter(|_| self.groups.len() > 1) {
            lines.push(("Group".into(), text::one_line(group)));
        }
        lines.extend(dot.more.iter().cloned());
        Tip {
            title: text::one_line(&dot.label),
            lines,
        }
    }

    fn table(&self) -> Table {
        let head = |label: &str, numeric| Head {
            label: label.to_owned(),
            numeric,
        };
        let mut heads = vec![
            head(&self.label, false),
            head(&self.across.name, true),
            head(&self.up.name, true),
        ];
        heads.extend(self.size.as_ref().map(|name| head(name, true)));
        let grouped = self.groups.len() > 1;
        heads.extend(grouped.then(|| head("Group", false)));
        // What else is said of any point has a column, in the order in which it comes up.
        let mut more: Vec<&str> = Vec::new();
        for (name, _) in self.dots.iter().flat_map(|dot| &dot.more) {
            if !more.contains(&name.as_str()) {
                more.push(name);
            }
        }
        heads.extend(more.iter().map(|name| head(name, true)));
        let row = |dot: &Dot| {
            let said = |name: &&str| {
                let found = dot.more.iter().find(|(of, _)| of == name);
                found.map(|(_, value)| value.clone()).unwrap_or_default()
            };
            let mut cells = vec![
                text::one_line(&dot.label),
                dot.across.said.full.clone(),
                dot.up.said.full.clone(),
            ];
            let size = dot.size.as_ref().map(|size| size.said.full.clone());
            cells.extend(self.size.as_ref().map(|_| size.unwrap_or_default()));
            let group = self.groups.get(dot.group).map(|name| text::one_line(name));
            cells.extend(grouped.then(|| group.unwrap_or_default()));
            cells.extend(more.iter().map(said));
            cells
        };
        Table {
            heads,
            rows: self.dots.iter().map(row).collect(),
        }
    }

    /// The largest of the sizes.
    fn most(&self) -> i128 {
        let sizes = self.dots.iter().filter_map(|dot| dot.size.as_ref());
        sizes.map(|size| kept(size.minor)).max().unwrap_or_default()
    }

    /// The radius of a point: its area is as its size, from 3 pixels to 1.6 em for the largest.
    fn radius(&self, dot: &Dot, most: i128, em: f64) -> f64 {
        match &dot.size {
            Some(size) if self.size.is_some() && most > 0 => {
                let share = kept(size.minor).max(0) as f64 / most as f64;
                (share.sqrt() * 1.6 * em).max(3.0)
            }
            _ => (0.38 * em).max(3.0),
        }
    }

    fn legend(&self, sketch: &mut Sketch, width: f64) -> f64 {
        let mut entries = Vec::new();
        if self.groups.len() > 1 {
            let groups = self.groups.iter().enumerate();
            entries.extend(groups.map(|(n, name)| Entry::new(name, Swatch::Dot(nth(n)))));
        }
        // Limits of one name, an upper and a lower, are named once.
        let mut named: Vec<&str> = Vec::new();
        for limit in &self.limits {
            if !limit.label.is_empty() && !named.contains(&limit.label.as_str()) {
                named.push(&limit.label);
                entries.push(Entry::new(&limit.label, Swatch::Line(Look::Limit)));
            }
        }
        let expected = self
            .expected
            .as_ref()
            .filter(|curve| !curve.label.is_empty());
        entries
            .extend(expected.map(|curve| Entry::new(&curve.label, Swatch::Line(Look::Reference))));
        legend(sketch, &entries, width, 0.0)
    }
}

/// Draws points. Names stand beside the larger points, where they have room and hide nothing;
/// groups differ in shape besides colour.
#[must_use]
pub fn scatter(data: &Scatter, room: Room) -> Scene {
    let room = Room::new(room.width, room.em);
    let (em, width) = (room.em, room.width);
    let mut sketch = Sketch::new(em);
    if data.dots.is_empty() {
        return sketch.nothing(&data.about, width, data.table());
    }
    let top = data.legend(&mut sketch, width) + 2.1 * em;
    let bottom = top + panel::height(room) * 1.1;
    let places = || data.curves().flat_map(|curve| curve.places.iter().copied());
    let up = data
        .dots
        .iter()
        .map(|dot| dot.up.minor)
        .chain(places().map(|(_, up)| up));
    let across = data
        .dots
        .iter()
        .map(|dot| dot.across.minor)
        .chain(places().map(|(at, _)| at));
    let (up, across) = (
        span(up, data.up.from_zero),
        span(across, data.across.from_zero),
    );
    let panel = Panel::new(&data.up, up, (top, bottom), width, em);
    let write = |n| data.across.write.of(n);
    let range = (panel.left + 0.5 * em, panel.right - 0.5 * em);
    let axis = Axis::snug(across, data.across.least_step, range, width, em, &write);
    let most = data.most();
    // Half of the largest point may stand beyond the ends of the axes, but not outside.
    let point = |dot: &Dot| Point::new(axis.scale.place(dot.across.minor), panel.y(dot.up.minor));
    let radius = |dot: &Dot, at: Point| {
        data.radius(dot, most, em)
            .min(at.x)
            .min(width - at.x)
            .min(at.y)
    };
    let all: Vec<(Point, f64)> = data
        .dots
        .iter()
        .map(|dot| {
            let at = point(dot);
            (at, radius(dot, at))
        })
        .collect();
    panel.draw(&mut sketch);
    panel.name(&mut sketch, &data.up);
    let baseline = bottom + 1.5 * em;
    for (n, (middle, label)) in axis.labels.iter().enumerate() {
        let area = Frame::new(0.0, 0.0, width, baseline + em);
        let free = [(Point::new(*middle, baseline), Anchor::Middle)];
        sketch.where_free(("across", n), &free, (label, Look::Tick), area, &[]);
    }
    let at = Point::new(width, baseline + 1.5 * em);
    sketch.words(
        ("axis", 1),
        at,
        Anchor::End,
        (&data.across.name, Look::Head),
        width,
    );
    for (n, curve) in data.curves().enumerate() {
        let look = if n < data.limits.len() {
            Look::Limit
        } else {
            Look::Reference
        };
        let places = curve.places.iter();
        let points = places.map(|(across, up)| Point::new(axis.scale.place(*across), panel.y(*up)));
        let path = along(Path::default(), points);
        if curve.places.len() > 1 {
            sketch.path("limit", n, look, path);
        }
    }
    if data.dots.len() > MANY {
        crowd(data, &mut sketch, &all);
    } else {
        dots(data, &mut sketch, &all, (width, baseline));
        labels(data, &mut sketch, &panel, &all);
    }
    sketch.scene(&data.about, (width, baseline + 2.0 * em), data.table())
}

/// More points than can be told apart: one shape for each group.
fn crowd(data: &Scatter, sketch: &mut Sketch, all: &[(Point, f64)]) {
    let groups = data
        .dots
        .iter()
        .map(|dot| dot.group)
        .max()
        .unwrap_or_default()
        .min(7);
    for group in 0..=groups {
        let dots = data.dots.iter().zip(all);
        let of_group = dots.filter(|(dot, _)| dot.group.min(7) == group);
        // Points on the same pixel are drawn once.
        let pixel = |at: &Point| (at.x.round() as i32, at.y.round() as i32);
        let mut pixels: Vec<(i32, i32)> = of_group.map(|(_, (at, _))| pixel(at)).collect();
        pixels.order();
        pixels.dedup();
        let path = pixels.into_iter().fold(Path::default(), |path, (x, y)| {
            let at = Point::new(f64::from(x), f64::from(y));
            let side = 2.0_f64.min(at.x).min(at.y);
            path.move_to(Point::new(at.x - side, at.y))
                .line_to(Point::new(at.x, at.y - side))
                .line_to(Point::new(at.x + side, at.y))
                .line_to(Point::new(at.x, at.y + side))
                .close()
        });
        if !path.is_empty() {
            sketch.path("crowd", group, Look::Flow(nth(group)), path);
        }
    }
}

/// The points with their areas to point at, the largest first so that small ones lie above.
fn dots(data: &Scatter, sketch: &mut Sketch, all: &[(Point, f64)], (width, height): (f64, f64)) {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.order_by(|a, b| all[*b].1.total_cmp(&all[*a].1));
    for n in &order {
        let ((at, r), dot) = (all[*n], &data.dots[*n]);
        let reach = (r + 2.0).max(10.0);
        let (x0, y0) = ((at.x - reach).max(0.0), (at.y - reach).max(0.0));
        let (x1, y1) = ((at.x + reach).min(width), (at.y + reach).min(height));
        sketch.hit(
            *n,
            Frame::new(x0, y0, x1 - x0, y1 - y0),
            dot.key,
            data.tip(dot),
        );
    }
    for n in order {
        let (at, r) = all[n];
        sketch.dot(("dot", n), nth(data.dots[n].group), at, r);
    }
}

fn labels(data: &Scatter, sketch: &mut Sketch, panel: &Panel, all: &[(Point, f64)]) {
    let em = sketch.em;
    let frames: Vec<Frame> = all
        .iter()
        .map(|(at, r)| Frame::new(at.x - r, at.y - r, 2.0 * r, 2.0 * r))
        .collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.order_by(|a, b| all[*b].1.total_cmp(&all[*a].1));
    for n in order.into_iter().take(60) {
        let (at, r) = all[n];
        let name = text::one_line(&data.dots[n].label);
        let name = text::fit(&name, em, 12.0 * em).unwrap_or_default();
        let places = around(at, r, em);
        sketch.where_free(
            ("label", n),
            &places,
            (&name, Look::Callout),
            panel.frame(),
            &frames,
        );
    }
}
