//! What must hold of every drawing.

use fairlead::chart::scene::{Frame, Mark, Scene};
use fairlead::chart::svg::svg;
use std::collections::HashSet;

/// How far a length is out, at most, through rounding.
pub const SLACK: f64 = 0.01;

pub fn of<'a>(scene: &'a Scene, part: &'a str) -> impl Iterator<Item = (usize, &'a Mark)> {
    let marks = scene.marks.iter().map(|mark| (mark.tag().id, mark));
    marks
        .filter(move |(id, _)| id.part == part)
        .map(|(id, mark)| (id.number, mark))
}

pub fn texts<'a>(scene: &'a Scene, part: &'a str) -> Vec<String> {
    let text = |mark: &Mark| match mark {
        Mark::Text { runs, .. } => runs
            .iter()
            .map(|r| r.text.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        _ => panic!("{part} is no text"),
    };
    of(scene, part).map(|(_, mark)| text(mark)).collect()
}

/// What must hold of every drawing; the first thing that does not.
pub fn fault(scene: &Scene) -> Option<String> {
    let mut seen = HashSet::new();
    let Frame {
        x,
        y,
        width,
        height,
    } = Frame::new(0.0, 0.0, scene.size.width, scene.size.height);
    for mark in &scene.marks {
        let (id, b) = (mark.tag().id, mark.bounds());
        if !seen.insert(id) {
            return Some(format!("{id} is there twice"));
        }
        let numbers = [b.x, b.y, b.width, b.height];
        if !numbers.iter().all(|n| n.is_finite()) || b.width < 0.0 || b.height < 0.0 {
            return Some(format!("{id} has no place: {b:?}"));
        }
        let inside = b.x >= x - SLACK
            && b.y >= y - SLACK
            && b.right() <= width + SLACK
            && b.bottom() <= height + SLACK;
        if !inside {
            return Some(format!("{id} is cut: {b:?} of {:?}", scene.size));
        }
    }
    let words: Vec<&Mark> = scene
        .marks
        .iter()
        .filter(|m| matches!(m, Mark::Text { .. }))
        .collect();
    for (n, one) in words.iter().enumerate() {
        let a = one.bounds();
        let a = Frame::new(
            a.x + SLACK,
            a.y + SLACK,
            a.width - 2.0 * SLACK,
            a.height - 2.0 * SLACK,
        );
        if let Some(other) = words[n + 1..].iter().find(|o| o.bounds().overlaps(&a)) {
            return Some(format!("{} overlaps {}", one.tag().id, other.tag().id));
        }
    }
    if scene
        .table
        .rows
        .iter()
        .any(|row| row.len() != scene.table.heads.len())
    {
        return Some("a row of the table is not as long as its head".into());
    }
    let file = svg(scene);
    // A quote in a name is written as &quot;, so these can only be attributes.
    let odd = ["=\"NaN", "=\"inf", "=\"-inf", "=\"MNaN", "=\"Minf"]
        .iter()
        .any(|n| file.contains(n))
        || file.chars().any(|c| c.is_control() && c != '\n')
        || file.matches('<').count() != file.matches('>').count();
    odd.then(|| "the file is no SVG".into())
}
