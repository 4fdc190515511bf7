//! Charts over time: from series to drawing operations.
//!
//! All charts share one time axis; A and B are told apart by colour and by dash, and named at their lines' ends.

mod axis;
mod breakers;
pub mod compare;
mod contents;
mod crosshair;
mod data;
mod fill;
mod ghost;
mod guess;
mod heat;
mod kind;
#[cfg(test)]
mod kinds_tests;
mod legend;
mod lines;
mod look;
mod nodes;
mod paint;
mod plot;
mod point;
mod readout;
mod series;
mod source;
mod span;
mod system;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod theory;
pub mod timeline;

pub use axis::{Unit, breaker_state};
pub use contents::chart_data;
pub use data::{BandRow, ChartData, Extra, HeatRow, Layer, TracePoint};
pub use guess::{guess_chart, guess_place};
pub use kind::{ChartId, ChartKind, chart_for, chart_nodes, offered, telling};
pub use paint::{chart, chart_picture, draw_chart};
pub use point::{Meant, mark_trace, meant_at, meant_under};
pub use readout::{chart_says, chart_title, picture_title};
pub use series::{Series, decimated};
pub use span::{crossable, instant_at, nudged, time_span};
pub use table::{Table, table};
pub use theory::{explained, theory};
