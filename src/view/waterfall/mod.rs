//! A trace as a waterfall: a row for each call, job, message and access, its time told apart by colour and by shape.

mod here;
mod list;
mod paint;
mod rows;
mod say;
#[cfg(test)]
mod tests;

pub use crate::telemetry::{Trace, Which};
pub use here::{trace_here, trace_places};
pub use list::{
    TraceRow, trace, trace_list, trace_near, trace_of_message, trace_row, trace_sample, trace_tab,
};
pub use paint::{WaterfallOptions, waterfall, waterfall_fitting, waterfall_height, waterfall_row_at};
pub use say::{waterfall_moment, waterfall_rows, waterfall_table, waterfall_words};
