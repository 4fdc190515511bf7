//! The one table of metrics: what is measured, of what, and where each metric is reported.
//!
//! A row of [`table`] says all of it: the key in the result, how the value comes from what was folded, the name in
//! conditions, the column of the text output, the label in the inspector, the chart that explains it, whether a sweep
//! prints it. The result, the text output, sweeps, conditions and the inspector read the table. What is left to write by
//! hand for a new metric is the fold, from observations to counters and levels (`telemetry::statistics`).

mod metric;
mod parts;
#[macro_use]
mod subject;
mod table;
mod values;

pub use metric::{Cell, Column, Figure, Measured, Metric, Over, Part, Subject, Value};
pub use parts::*;
pub use table::*;
