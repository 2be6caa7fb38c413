//! Charts of the pipeline: what the domain knows, put into scenes and shown.

mod stage_chart;

pub use stage_chart::StageChart;
