//! What is done with charts.

use crate::ui::model::charts::Slot;
use crate::view::{ChartId, Point};

/// What is done with charts. Points count pixels of the page from the chart's corner.
#[derive(Debug, PartialEq)]
pub enum ChartMsg {
    /// The pointer is at this point of a chart; none: it has left.
    Cross(Slot, Option<Point>),
    /// A key moves the crosshair by so many steps; infinite: to an end. From which chart.
    Nudge(Slot, f64),
    /// Show the trace that is nearest to a point of a chart; none: to where the crosshair stands.
    Ask(Slot, Option<Point>),
    /// The table was opened or closed.
    Table(Slot, bool),
    /// Show the chart that has this place, or do not.
    Choose(Slot, bool),
    /// Open this chart.
    Open(ChartId),
    /// Make one large, or none.
    Enlarge(Option<Slot>),
    /// Save one.
    Save(Slot, Form),
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The picture in pixels.
    Png,
    /// The picture as shapes.
    Svg,
    /// The values.
    Csv,
}
