//! The inspector: what is selected on a stage, everything about it, and how it is changed.

mod act;
mod field;
mod panel;
mod parts;

pub use panel::panel;
pub use parts::{Pointers, foot, parts};

use crate::base::{Diagnostic, Json};
use crate::view::Hit;
use crate::view::inspector::Subject;

/// What happens to the inspector and on the stages.
#[derive(Debug)]
pub enum InspectMsg {
    /// The n-th part of a lane's list is opened: lane and part.
    OpenPart(usize, usize),
    /// Nothing is selected any more.
    Close,
    /// A click on the stage of the n-th lane, in pixels from its corner; with a finger or not.
    Click(usize, Place),
    /// The pointer is there on the stage of the n-th lane, or (none) has left it.
    Point(usize, Option<Place>),
    /// The n-th part of a lane's list has the focus, or (none) no part has it.
    Focus(usize, Option<usize>),
    /// The focus goes on to another part of a lane's list.
    Move(usize, Step),
    /// A field is being written.
    Draft(String, String),
    /// A field has been written.
    Commit(String, String),
    /// The n-th form of a field is chosen.
    Choose(String, usize),
    /// A field is switched on or off.
    Switch(String, bool),
    /// A field that is left out is added, or one that need not be there is taken away.
    Add(String),
    /// A field goes back to its default.
    Reset(String),
    /// The n-th section gets fields of its own.
    Own(usize),
    /// A group of fields is opened or closed.
    Group(String, bool),
    /// A fault is injected, or mended.
    Fault(String),
    /// How much a fault breaks.
    Amount(String, String),
    /// The n-th breaker is set to the n-th of what it can be.
    Breaker(usize, usize),
    /// The chart that explains a number is looked at: which of the page's charts.
    Chart(usize),
    /// The last change of a setting is taken back.
    Undo,
}

/// A point of a canvas, in pixels, and whether a finger is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
    /// A finger.
    pub touch: bool,
}

/// Where the focus goes within a lane's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next or the one before, of all.
    By(i32),
    /// To the next node or the one before.
    Node(i32),
    /// To the first or (true) the last.
    End(bool),
}

/// What is selected, pointed at, or has the focus, and what is being written.
#[derive(Default)]
pub struct Inspector {
    /// What the panel shows.
    pub selected: Option<Selected>,
    /// What is under the pointer: in which lane, and what.
    pub hovered: Option<(usize, Hit)>,
    /// The part of a lane's list that has the focus.
    pub focused: Option<(usize, usize)>,
    /// Which part of each lane's list the tabulator reaches.
    pub reach: [usize; 2],
    /// What gets the focus as soon as the page is written: an element's id.
    pub wants_focus: Option<String>,
}

/// What the panel shows, with what a person has written and chosen in it.
pub struct Selected {
    /// In which lane.
    pub lane: usize,
    /// What.
    pub subject: Subject,
    /// How much faults are to break, by the fault's key.
    pub amounts: Vec<(String, Json)>,
    /// The field that is being written, and what is in it.
    pub draft: Option<(String, String)>,
    /// The groups of fields that are not as they were at first: open or closed.
    pub turned: Vec<String>,
    /// What was refused: the field's id (empty: none's) and why.
    pub refused: Option<(String, Vec<Diagnostic>)>,
}

impl Selected {
    /// Selects something.
    pub fn new(lane: usize, subject: Subject) -> Selected {
        Selected { lane, subject, amounts: Vec::new(), draft: None, turned: Vec::new(), refused: None }
    }
}

/// So many groups are remembered as turned; the oldest are forgotten.
const MOST_TURNED: usize = 200;

/// The id of the panel's title.
pub const TITLE: &str = "inspector-title";
