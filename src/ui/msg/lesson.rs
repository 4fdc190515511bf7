//! What is done with a lesson.

use crate::lesson::player::GuessAction;
use crate::view::Point;

/// What is done with a lesson.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LessonMsg {
    /// Open the step with this number, from 0.
    Step(usize),
    /// Answer a question of the open step.
    Answer {
        /// The question's number, from 0.
        question: usize,
        /// The answer's, among those of the question.
        answer: usize,
    },
    /// Take the answer to this question of the open step back, to answer it once more.
    Again(usize),
    /// Something about the guess of the open step.
    Guess(GuessAction),
    /// The pen is at this point of the chart of a curve, in pixels of the page.
    Pen {
        /// Where.
        at: Point,
        /// It has come down there; else it has moved.
        down: bool,
    },
}
