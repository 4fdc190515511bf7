//! What a lesson is made of, as types.

use crate::base::{SimDuration, SimTime};
use crate::scenario::{Json, Scenario};

use super::{Condition, Span};

/// A lesson, read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Vec<Span>,
    /// One or two variants of a system, A first.
    pub variants: Vec<Variant>,
    /// Buttons that break something.
    pub faults: Vec<FaultButton>,
    /// Its steps; none for a page that only shows.
    pub steps: Vec<Step>,
    /// What its text says, to be verified.
    pub claims: Vec<Claim>,
}

/// One variant of the system.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What it is called on screen.
    pub label: String,
    /// What it is.
    pub scenario: Scenario,
}

/// A button that breaks something.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultButton {
    /// What it says.
    pub label: String,
    /// The faults that it stands for, as in a timeline entry's `fault`; each sets in where a variant has its nodes.
    pub faults: Vec<Json>,
    /// For how long; none: until pressed again.
    pub lasts: Option<SimDuration>,
}

/// One step: a few paragraphs beside a figure in one state.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its heading.
    pub heading: String,
    /// Its paragraphs.
    pub text: Vec<Vec<Span>>,
    /// The state of the figure.
    pub figure: Figure,
    /// A guess to commit to.
    pub predict: Option<Prediction>,
    /// Something to bring about.
    pub task: Option<Task>,
    /// Notes that wait for a fact.
    pub notes: Vec<Note>,
}

/// In what state the figure is when a step opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Which variants are shown, by place.
    pub show: Vec<usize>,
    /// How fast it plays; none: as before.
    pub speed: Option<f64>,
    /// It begins again at time zero.
    pub restart: bool,
    /// It plays.
    pub play: bool,
    /// Which knobs are shown, by path; none: all.
    pub knobs: Option<Vec<String>>,
    /// Which fault buttons are shown, by place; none: all.
    pub faults: Option<Vec<usize>>,
    /// What is done as the step opens.
    pub deeds: Vec<Deed>,
}

/// Something done to the running system.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// A fault sets in.
    Inject {
        /// The fault, as in a timeline entry's `fault`.
        fault: Json,
        /// For how long; none: until healed.
        lasts: Option<SimDuration>,
    },
    /// A fault that was injected ends.
    Heal {
        /// The fault, as it was injected.
        fault: Json,
    },
    /// A parameter is set.
    Set {
        /// In which variant; none: in all that have it.
        lane: Option<usize>,
        /// Which.
        path: String,
        /// To what.
        value: Json,
    },
}

/// A deed with its instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// When.
    pub at: SimTime,
    /// What.
    pub deed: Deed,
}

/// A question with its choices, to be answered before the reveal.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The question.
    pub question: String,
    /// Two to six choices, at least one of them right.
    pub choices: Vec<Choice>,
    /// Shown once a choice is made.
    pub reveal: Vec<Span>,
    /// The experiment that decides between the choices.
    pub experiment: Option<Experiment>,
}

/// One choice of a prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// What holds after the experiment if and only if it is right.
    pub holds: Option<Condition>,
}

/// What is done to the figure of a step, and when one looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// What is done, in order of time; instants count from the opening of the step.
    pub deeds: Vec<Timed>,
    /// When the result is looked at.
    pub at: SimTime,
}

/// Something to bring about in the running system.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What to do.
    pub text: Vec<Span>,
    /// When it is done.
    pub when: Condition,
    /// A way to do it, in order of time; instants count from the opening of the step.
    pub solution: Vec<Timed>,
}

/// A note that waits for a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// When it appears.
    pub when: Condition,
    /// What it says.
    pub text: Vec<Span>,
}

/// Something that the lesson says, verifiable by running it.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The claim in words.
    pub text: String,
    /// What is done to every variant, in order of time.
    pub deeds: Vec<Timed>,
    /// The instant at which the condition must hold.
    pub at: SimTime,
    /// What must hold.
    pub holds: Condition,
}
