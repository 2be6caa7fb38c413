//! An axis of amounts: which ticks, and which of their labels there is room for.

use super::scale::Linear;
use super::{text, ticks};
use crate::domain::order::Order;

/// Ticks with their places.
pub(super) struct Axis {
    /// From amounts to places.
    pub scale: Linear,
    /// The amounts marked.
    pub ticks: Vec<i128>,
    /// What is written beside them: the middle of the label and its text.
    pub labels: Vec<(f64, String)>,
}

/// At most so many ticks: more would be lines to count, not to read.
const MOST: f64 = 6.0;

impl Axis {
    /// An axis from left to right over `range`, with labels below it that may use all from 0 to
    /// `width`. It takes as many ticks as there is room for the labels of all; when even two
    /// have too little, that of zero alone is written, or none.
    pub fn across(
        span: (i128, i128),
        least: i128,
        range: (f64, f64),
        width: f64,
        em: f64,
        write: &dyn Fn(i128) -> String,
    ) -> Self {
        let room = ((range.1 - range.0) / (4.0 * em)).clamp(2.0, MOST) as usize;
        let mut axis = Self::plain(span, least, range, 2);
        for most in (2..=room).rev() {
            let mut fine = Self::plain(span, least, range, most);
            fine.labels = fine.written(&fine.ticks, width, em, write);
            if fine.labels.len() == fine.ticks.len() {
                return fine;
            }
            axis = fine;
        }
        axis.labels = axis.labels.into_iter().take(1).collect();
        axis
    }

    /// An axis like [`Axis::across`] that stays close to the amounts: where too few labels have
    /// room, every second or third tick is written instead of that there are fewer.
    pub fn snug(
        span: (i128, i128),
        least: i128,
        range: (f64, f64),
        width: f64,
        em: f64,
        write: &dyn Fn(i128) -> String,
    ) -> Self {
        let most = ((range.1 - range.0) / (1.8 * em)).clamp(2.0, MOST) as usize;
        let mut axis = Self::plain(span, least, range, most);
        let zero = axis.ticks.iter().position(|tick| *tick == 0).unwrap_or(0);
        for every in 1..=3 {
            let counted = axis.ticks.iter().enumerate();
            let chosen = counted.filter(|(n, _)| n.abs_diff(zero).is_multiple_of(every));
            let chosen: Vec<i128> = chosen.map(|(_, tick)| *tick).collect();
            let labels = axis.written(&chosen, width, em, write);
            if labels.len() == chosen.len() && labels.len() > 1 {
                axis.labels = labels;
                return axis;
            }
        }
        Self::across(span, least, range, width, em, write)
    }

    /// An axis over `range` without labels. Where all is zero there is nothing to read off beyond
    /// it: a second tick would only be the least step there is.
    pub fn plain(span: (i128, i128), least: i128, range: (f64, f64), most: usize) -> Self {
        let ticks = match span {
            (0, 0) => vec![0],
            (low, high) => ticks::amounts(low, high, most, least),
        };
        Self {
            scale: Linear::over(&ticks, range),
            ticks,
            labels: Vec::new(),
        }
    }

    /// An axis from bottom to top, as fine as the height allows with ticks `apart` em or more
    /// from each other.
    pub fn upright(
        span: (i128, i128),
        least: i128,
        range: (f64, f64),
        (em, apart): (f64, f64),
        write: &dyn Fn(i128) -> String,
    ) -> Self {
        let most = ((range.0 - range.1) / (apart * em)).clamp(2.0, MOST) as usize;
        let mut axis = Self::plain(span, least, range, most);
        let label = |tick: &i128| (axis.scale.place(*tick), text::one_line(&write(*tick)));
        axis.labels = axis.ticks.iter().map(label).collect();
        axis
    }

    /// The labels that stand free of each other between 0 and `width`, that of zero first.
    fn written(
        &self,
        ticks: &[i128],
        width: f64,
        em: f64,
        write: &dyn Fn(i128) -> String,
    ) -> Vec<(f64, String)> {
        let mut taken: Vec<(f64, f64)> = Vec::new();
        let mut labels = Vec::new();
        let mut order = ticks.to_vec();
        order.order_by_key(|tick| tick.unsigned_abs());
        for tick in order {
            let label = text::one_line(&write(tick));
            let half = text::width(&label, em) / 2.0;
            if half * 2.0 > width {
                continue;
            }
            // Pushed inwards rather than cut at the edge.
            let middle = self.scale.place(tick).clamp(half, width - half);
            let (from, to) = (middle - half - em * 0.4, middle + half + em * 0.4);
            if taken.iter().all(|(a, b)| to <= *a || *b <= from) {
                taken.push((from, to));
                labels.push((middle, label));
            }
        }
        labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_all_is_zero_only_zero_is_written() {
        let write = |minor: i128| format!("€{minor}");
        for axis in [
            Axis::across((0, 0), 100, (0.0, 300.0), 300.0, 14.0, &write),
            Axis::snug((0, 0), 100, (0.0, 300.0), 300.0, 14.0, &write),
            Axis::upright((0, 0), 100, (300.0, 0.0), (14.0, 2.0), &write),
        ] {
            assert_eq!(axis.ticks, [0]);
            let labels: Vec<&str> = axis.labels.iter().map(|l| l.1.as_str()).collect();
            assert_eq!(labels, ["€0"]);
            assert!(axis.scale.place(0).is_finite());
        }
    }
}
