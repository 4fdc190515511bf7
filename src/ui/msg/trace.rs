//! What is done with traces.

use crate::ui::model::side::Side;
use crate::ui::model::traces::{Form, Moment, Saved};
use crate::view::{Meant, Which};

/// What is done with traces.
#[derive(Debug, PartialEq)]
pub enum TraceMsg {
    /// The panel was opened or closed.
    Open(bool),
    /// Show the lists of a variant.
    Of(Side),
    /// Show this list.
    List(Which),
    /// The pointer or the focus is in the list, or has left it: meanwhile it stands still.
    Hold(bool),
    /// Show the waterfall of the trace of this request, of the variant whose list is shown.
    Choose(u64),
    /// Show the waterfall of the trace to which this message on a stage belongs.
    OfMessage(Side, u64),
    /// Show the waterfall of the trace that is nearest to what is meant in a chart.
    Near(Vec<Meant>),
    /// Show the stage at a moment of the trace.
    GoTo(Moment),
    /// The pointer is at this height of the waterfall, or has left it.
    Hover(Option<i32>),
    /// So many rows down, or up.
    Row(isize),
    /// The first row.
    First,
    /// The last row.
    Last,
    /// The waterfall's table was opened or closed.
    Table(bool),
    /// Save traces.
    Save(Saved, Form),
}
