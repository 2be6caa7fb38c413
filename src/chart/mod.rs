//! Numbers in, geometry out: charts as data, drawn by whoever has something to draw with.
//!
//! Where to start: [`scene::Scene`] is a finished chart, [`svg::svg`] writes it as a file,
//! `ui::parts::ChartView` shows it. Each kind is one function of its data and the room there
//! is: [`bar::horizontal`], [`bar::vertical`], [`stack::stacked`], [`line::line`],
//! [`funnel::funnel`], [`waterfall::waterfall`], [`heat::heat`], [`histogram::histogram`],
//! [`survival::survival`], [`scatter::scatter`], [`spark::sparkline`], [`sankey::sankey`].
//!
//! Amounts are whole numbers (`i128` minor units or counts) up to the moment they become a
//! place on the screen; a float is never shown as one. Words arrive ready: what is written
//! beside a bar, and how a tick reads, is the caller's.

mod axis;
pub mod bar;
pub mod funnel;
pub mod heat;
pub mod histogram;
mod legend;
pub mod line;
mod look;
mod names;
mod panel;
pub mod path;
mod rows;
pub mod sankey;
pub mod scale;
pub mod scatter;
pub mod scene;
mod sketch;
pub mod spark;
pub mod stack;
pub mod survival;
pub mod svg;
mod svg_paint;
pub mod text;
pub mod ticks;
pub mod value;
pub mod waterfall;
