//! What is done on the stages and in the inspector.

use crate::base::Json;
use crate::ui::model::side::Side;
use crate::view::inspector::{BreakerState, Subject};
use crate::view::{ChartKind, Point};

/// What is done on the stages and in the inspector. Fields are named by their ids.
#[derive(Debug, PartialEq)]
pub enum InspectMsg {
    /// The pointer is there on a stage, or (none) has left it.
    Point(Side, Option<Point>),
    /// A click on a stage; with a finger or not.
    Click {
        /// On which.
        side: Side,
        /// Where, in pixels of the page from its corner.
        at: Point,
        /// With a finger.
        touch: bool,
    },
    /// A part of a stage is opened.
    Open(Side, Subject),
    /// A part of a stage has the focus, or (none) no part has it.
    Focus(Side, Option<Subject>),
    /// The focus goes on to another part of a stage.
    Move(Side, Step),
    /// Nothing is selected any more.
    Close,
    /// The chart of this kind that explains a number is looked at.
    Chart(ChartKind),
    /// A field is being written.
    Draft(String, String),
    /// A field has been written.
    Commit(String, String),
    /// A form of a field is chosen: the field, and the form's word in the language.
    Choose(String, String),
    /// A field is switched on or off.
    Switch(String, bool),
    /// A field that is left out is added, or one that need not be there is taken away.
    Add(String),
    /// A field goes back to its default.
    Reset(String),
    /// The thing gets fields of its own: which path is set to what.
    Own(String, Json),
    /// A group of fields is opened or closed.
    Group(String, bool),
    /// A fault is injected, or mended.
    Fault(String),
    /// How much a fault breaks.
    Amount(String, String),
    /// A breaker is set.
    Breaker {
        /// Ids of the caller and the callee.
        between: (String, String),
        /// Which of the breakers between the two.
        number: usize,
        /// What it is set to.
        state: BreakerState,
    },
}

/// Where the focus goes within the list of a stage's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next or the one before, of all.
    By(i32),
    /// To the next node or the one before.
    Node(i32),
    /// To the first.
    First,
    /// To the last.
    Last,
}
