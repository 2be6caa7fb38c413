//! What was said against what came.

use crate::chart::scatter::{Dot, Limit, Scatter};
use crate::chart::value::{About, Amount, Measure, Said, Write};
use crate::domain::insight::learned::Grade;
use crate::shell::intl;
use crate::ui::insight::{share_interval, share_text};

/// Shares are drawn in ten-thousandths.
const WHOLE: f64 = 10_000.0;

fn amount(share: f64) -> Amount {
    Amount {
        minor: (share * WHOLE).round() as i128,
        said: Said::plain(share_text(share)),
    }
}

fn measure(name: &str) -> Measure {
    Measure {
        name: name.to_owned(),
        least_step: 100,
        from_zero: true,
        write: Write::new(|n| intl::percent(n as f64 / WHOLE, 0)),
    }
}

/// The reliability curve of a grade.
pub(super) fn reliability(grade: &Grade) -> Scatter {
    let dots = grade.bins.iter().filter_map(|bin| {
        let came = bin.came.value()?;
        let many = intl::count(bin.came.n as usize, "deal", "deals");
        let range = bin.came.interval().map(share_interval);
        Some(Dot {
            key: None,
            label: format!("Said {}", share_text(bin.said)),
            across: amount(bin.said),
            up: amount(came),
            size: None,
            group: 0,
            more: std::iter::once(("Deals".to_owned(), many))
                .chain(range.map(|range| ("95 % range".to_owned(), range)))
                .collect(),
        })
    });
    Scatter {
        about: About {
            title: "What was said, and what came".into(),
            summary: "Each point is a share of the graded deals with about the same score. On the line as many were won as was said; a flat row of points says the same of all.".into(),
            nothing: "Nothing was graded.".into(),
        },
        label: "Deals".into(),
        across: measure("Score"),
        up: measure("Won"),
        size: None,
        groups: Vec::new(),
        dots: dots.collect(),
        limits: Vec::new(),
        expected: Some(Limit {
            label: "As said".into(),
            places: vec![(0, 0), (WHOLE as i128, WHOLE as i128)],
        }),
    }
}
