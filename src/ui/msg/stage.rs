//! What is done with the camera of a stage.

use crate::view::Point;

/// What is done with the camera of a stage. Points are on its canvas, in pixels of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CameraMsg {
    /// Magnify so many times more; around a point, or around the middle.
    Zoom(f32, Option<Point>),
    /// See the whole.
    Fit,
    /// A double click: see the whole again, or the node under it from near.
    Twice(Point),
    /// A finger or a mouse button goes down: which, and where.
    Down(i32, Point),
    /// It moves.
    Drag(i32, Point),
    /// It goes up, or away.
    Up(i32),
}
