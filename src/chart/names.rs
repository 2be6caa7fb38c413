//! Names below a drawing: which there is room for.

use super::scene::{Anchor, Look, Point};
use super::sketch::Sketch;
use super::text;

/// A name that is cut keeps at least this much, in em.
const LEAST: f64 = 4.5;
/// A name longer than this is cut rather than that others are left out for it, in em.
const MOST: f64 = 8.0;

/// Writes names under their middles, which go from left to right, between `left` and `right`:
/// all of them, or every so manieth. Where each still has some room, they are cut instead.
pub(super) fn below(
    sketch: &mut Sketch,
    (part, look): (&'static str, Look),
    names: &[(f64, &str)],
    (left, right): (f64, f64),
    baseline: f64,
) {
    let em = sketch.em;
    let gap = 0.6 * em;
    let words: Vec<String> = names.iter().map(|(_, name)| text::one_line(name)).collect();
    let widths: Vec<f64> = words.iter().map(|name| sketch.width(name)).collect();
    // Pushed inwards rather than cut at an end.
    let middles: Vec<f64> = names
        .iter()
        .zip(&widths)
        .map(|((middle, _), width)| {
            let half = width.min(MOST * em) / 2.0;
            middle.clamp(left + half, (right - half).max(left + half))
        })
        .collect();
    let apart = |every: usize, n: usize| match middles.get(n + every) {
        Some(next) => next - middles[n],
        None => f64::INFINITY,
    };
    let fits = |every: &usize| {
        (0..names.len()).step_by(*every).all(|n| {
            let here = widths[n].min(MOST * em);
            let next = widths.get(n + every).map_or(0.0, |w| w.min(MOST * em));
            let wanted = (here + next) / 2.0 + gap;
            apart(*every, n) >= wanted.min(if *every == 1 { LEAST * em } else { wanted })
        })
    };
    let every = (1..=names.len()).find(fits).unwrap_or(1);
    let mut free = left;
    for n in (0..names.len()).step_by(every) {
        // As much as reaches half way to the neighbours.
        let before = if n >= every {
            apart(every, n - every)
        } else {
            f64::INFINITY
        };
        let room = apart(every, n).min(before).max(0.0) - gap;
        let room = room
            .max(widths[n].min(MOST * em).min(LEAST * em))
            .min(right - left);
        let Some(name) = text::fit(&words[n], em, room).filter(|name| !name.is_empty()) else {
            continue;
        };
        let half = sketch.width(&name) / 2.0;
        let middle = names[n]
            .0
            .clamp(left + half, (right - half).max(left + half));
        if middle - half < free - 1e-6 || middle + half > right + 1e-6 {
            continue;
        }
        free = middle + half + gap / 2.0;
        let at = Point::new(middle, baseline);
        sketch.words((part, n), at, Anchor::Middle, (&name, look), 2.0 * half);
    }
}
