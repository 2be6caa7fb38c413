//! Charts of the pipeline: what the domain knows, put into scenes and shown; and the axes that
//! charts of all pages have in common.

mod axes;
mod stage_chart;

pub use axes::{amount_axis, count_axis};
pub use stage_chart::StageChart;
