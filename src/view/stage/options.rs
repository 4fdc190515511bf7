//! What a stage's picture depends on beside the run: what is selected, what is traced, how fast it plays.

use super::editing::Editing;
use super::hit::Hit;
use crate::base::{LogIx, NodeIx};
use crate::lesson::{Counterpart, Look};

/// What a stage's picture depends on beside the run and the layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StageOptions<'a> {
    /// The variant's letter ("A"); empty where there is only one.
    pub badge: &'a str,
    /// What the variant is called, beside the badge; may be empty.
    pub label: &'a str,
    /// Playback speed, in simulated seconds per second on screen.
    pub speed: f64,
    /// Counts instead of moving dots.
    pub reduced_motion: bool,
    /// What is selected or has the focus.
    pub selected: Option<Hit>,
    /// What is under the pointer.
    pub hovered: Option<Hit>,
    /// Where the request is whose trace is shown.
    pub traced: &'a [TracePlace],
    /// What the text beside it speaks of.
    pub looks: &'a [Look],
    /// What a word means that somebody points at in a text.
    pub counterpart: Option<Counterpart>,
    /// What somebody is editing there.
    pub editing: Option<Editing<'a>>,
}

/// A picture at real time in which nothing is marked.
impl Default for StageOptions<'_> {
    fn default() -> Self {
        StageOptions {
            badge: "",
            label: "",
            speed: 1.0,
            reduced_motion: false,
            selected: None,
            hovered: None,
            traced: &[],
            looks: &[],
            counterpart: None,
            editing: None,
        }
    }
}

/// A place on the stage where a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TracePlace {
    /// A message under way, by its number.
    Message(u64),
    /// A node that is at work for it, or keeps a message of it.
    Node(NodeIx),
    /// A record of a log that some group has yet to commit: its partition and its offset.
    Record(LogIx, u32, u64),
}
