//! What a lesson is made of, as types.

use crate::base::{SimDuration, SimTime};
use crate::session::{Action, FaultButton, TimedAction, Variant};

use super::{Block, Condition, Look, Quantity, Span};

/// A lesson, read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Vec<Span>,
    /// Where it stands in the course; none where it stands alone.
    pub about: Option<About>,
    /// One or two variants of a system, A first.
    pub variants: Vec<Variant>,
    /// Buttons that break something.
    pub faults: Vec<FaultButton>,
    /// Its steps, at least one.
    pub steps: Vec<Step>,
    /// The teacher's page, if it has one.
    pub teacher: Option<Teacher>,
    /// What its text says, to be verified.
    pub claims: Vec<Claim>,
}

impl Lesson {
    /// The fault buttons that a step shows, in the order of their keys, with their places in the lesson; all of them
    /// where there is no such step.
    pub fn buttons(&self, step: usize) -> impl Iterator<Item = (usize, &FaultButton)> {
        let wanted = self.steps.get(step).and_then(|step| step.figure.faults.as_ref());
        let shown = move |at: &usize| wanted.is_none_or(|wanted| wanted.contains(at));
        self.faults.iter().enumerate().filter(move |(at, _)| shown(at))
    }
}

/// All lessons, in order, as a list to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Its lessons.
    pub lessons: Vec<Listed>,
}

/// A lesson of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Vec<Span>,
    /// Its place in the course.
    pub about: About,
    /// How many steps it has.
    pub steps: usize,
    /// The words that it explains, as the glossary has them.
    pub terms: Vec<String>,
}

/// Where a lesson stands in the course.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Its chapter, from 1.
    pub chapter: u32,
    /// Its number in the course, from 1.
    pub number: u32,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// For whom it is.
    pub level: Level,
}

/// For whom a lesson is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Who has written a program.
    Beginner,
    /// Who has written one that others call.
    Intermediate,
    /// Who has kept one running.
    Advanced,
}

impl Level {
    /// The level of this name.
    pub fn named(name: &str) -> Option<Level> {
        match name {
            "beginner" => Some(Level::Beginner),
            "intermediate" => Some(Level::Intermediate),
            "advanced" => Some(Level::Advanced),
            _ => None,
        }
    }
}

/// One step: a few paragraphs beside a figure in one state.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its heading.
    pub heading: String,
    /// Its paragraphs and lists.
    pub text: Vec<Block>,
    /// The state of the figure.
    pub figure: Figure,
    /// A guess to commit to.
    pub predict: Option<Prediction>,
    /// Something to bring about.
    pub task: Option<Task>,
    /// Notes that wait for a fact.
    pub notes: Vec<Note>,
    /// Figures of the variants beside each other.
    pub compare: Option<Comparison>,
    /// Questions on what was understood.
    pub quiz: Vec<Question>,
    /// What real systems do; empty where nothing is said.
    pub real: Vec<Block>,
    /// Something to try afterwards, without a right answer; empty where there is nothing.
    pub challenge: Vec<Block>,
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
    /// What its text speaks of: the stage marks it.
    pub looks: Vec<Look>,
    /// What is done as the step opens.
    pub actions: Vec<Action>,
}

/// A question to be answered before the reveal.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The question.
    pub question: Vec<Span>,
    /// What kind of answer it wants.
    pub guess: Guess,
    /// Shown once a guess is made.
    pub reveal: Vec<Span>,
    /// The experiment that decides.
    pub experiment: Option<Experiment>,
}

impl Prediction {
    /// How long the run lasts that decides it, from the opening of its step.
    pub fn length(&self) -> SimDuration {
        self.experiment.as_ref().map_or(SimDuration::ZERO, |run| run.at.since(SimTime::ZERO))
    }
}

/// What a prediction asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Guess {
    /// Two to six choices, at least one of them right.
    Choice(Vec<Choice>),
    /// A number on a scale.
    Number {
        /// The scale, and what is measured on it when the experiment is over.
        scale: Scale,
        /// A guess that is no further off is right.
        near: f64,
        /// Between what and what the outcome lies, whatever the seed.
        expect: (f64, f64),
    },
    /// A curve over the time of the experiment.
    Curve {
        /// The scale, and what is measured on it all the time.
        scale: Scale,
        /// A curve that is no further off on average is right.
        near: f64,
        /// Between what and what the outcome lies at some instants, whatever the seed.
        expect: Vec<(SimTime, f64, f64)>,
    },
}

/// A number out of the run, and from where to where it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// What is measured.
    pub quantity: Quantity,
    /// The lowest number, in the quantity's unit.
    pub from: f64,
    /// The highest.
    pub to: f64,
}

impl Scale {
    /// The number at a share of the scale: 0 is its lower end, 1 its upper one.
    pub fn at(&self, share: f64) -> f64 {
        self.from + (self.to - self.from) * share
    }
}

/// One choice of a prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What it says.
    pub text: Vec<Span>,
    /// Whether it is right.
    pub right: bool,
    /// What holds after the experiment if and only if it is right.
    pub holds: Option<Condition>,
}

/// A question on what was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question.
    pub question: Vec<Span>,
    /// Two to six answers, at least one of them right.
    pub answers: Vec<Answer>,
    /// The run that decides, where the answers have conditions: those are asked of the learner's own run.
    pub experiment: Option<Experiment>,
}

/// One answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What it says.
    pub text: Vec<Span>,
    /// Whether it is right in the scripted run.
    pub right: bool,
    /// What holds in a run if and only if it is right there; none: it is right or wrong whatever happens.
    pub holds: Option<Condition>,
    /// Why it is wrong, or right.
    pub because: Vec<Span>,
}

/// Figures of the variants beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is compared: its name, and the number for each variant.
    pub rows: Vec<(Vec<Span>, Vec<Quantity>)>,
    /// The run that shows the difference.
    pub experiment: Option<Experiment>,
    /// What holds at its end.
    pub holds: Option<Condition>,
}

/// The teacher's page.
#[derive(Clone, Debug, PartialEq)]
pub struct Teacher {
    /// What a learner can say afterwards.
    pub goal: Vec<Span>,
    /// What to do before.
    pub preparation: Vec<Span>,
    /// What to break live, and what is seen then.
    pub live: Vec<Vec<Span>>,
    /// Questions to the room, each with its answer.
    pub questions: Vec<(Vec<Span>, Vec<Span>)>,
}

/// What is done to the figure of a step, and when one looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// What is done, in order of time; instants count from the opening of the step.
    pub actions: Vec<TimedAction>,
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
    pub solution: Vec<TimedAction>,
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
    pub actions: Vec<TimedAction>,
    /// The instant at which the condition must hold.
    pub at: SimTime,
    /// What must hold.
    pub holds: Condition,
}
