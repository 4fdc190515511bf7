//! What counts as done in a lesson.

use crate::lesson::format::Step;

/// So many questions of a step count.
const QUESTIONS: usize = 28;

/// A task that was ticked; in a step that asks nothing, the learner has gone on.
const TASK: u32 = 1;
/// A guess that was made.
const GUESS: u32 = 2;
/// The first question that was answered; the next ones follow.
const ANSWER: u32 = 4;

/// What was done in each step of a lesson, and which step was open last. What was done stays done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    at: usize,
    steps: Vec<u32>,
}

impl Progress {
    /// Of a lesson of so many steps of which nothing is done.
    pub fn new(steps: usize) -> Progress {
        Progress { at: 0, steps: vec![0; steps] }
    }

    /// The step that was open last, from 0.
    pub fn at(&self) -> usize {
        self.at
    }

    /// A step opens. Those before it that ask nothing are done; the last one is when it opens.
    pub(super) fn open(&mut self, at: usize, steps: &[Step]) {
        self.at = at;
        let last = steps.len().saturating_sub(1);
        for (own, bits) in self.steps.iter_mut().enumerate() {
            let gone_on = own < at || own == at && at == last;
            if gone_on && steps.get(own).is_some_and(|step| requests(step) == 0) {
                *bits |= TASK;
            }
        }
    }

    /// The task of a step is done.
    pub(super) fn task(&mut self, step: usize) {
        self.add(step, TASK);
    }

    /// The guess of a step is made.
    pub(super) fn guess(&mut self, step: usize) {
        self.add(step, GUESS);
    }

    /// A question of a step is answered.
    pub(super) fn answer(&mut self, step: usize, question: usize) {
        if question < QUESTIONS {
            self.add(step, ANSWER << question);
        }
    }

    fn add(&mut self, step: usize, bits: u32) {
        if let Some(own) = self.steps.get_mut(step) {
            *own |= bits;
        }
    }

    /// What was done earlier is done as well.
    pub(super) fn resume(&mut self, earlier: &Progress) {
        for (own, earlier) in self.steps.iter_mut().zip(&earlier.steps) {
            *own |= earlier;
        }
    }

    /// The task of a step is done.
    pub(super) fn has_task(&self, step: usize) -> bool {
        self.steps.get(step).is_some_and(|bits| bits & TASK != 0)
    }

    /// Whether all that a step asks is done.
    pub(super) fn is_done(&self, at: usize, step: &Step) -> bool {
        let asked = match requests(step) {
            0 => TASK,
            requests => requests,
        };
        self.steps.get(at).is_some_and(|bits| bits & asked == asked)
    }

    /// As numbers to be kept: the bits of what was done in each step.
    pub(super) fn bits(&self) -> &[u32] {
        &self.steps
    }

    /// From numbers that were kept.
    pub(super) fn from_bits(at: usize, steps: Vec<u32>) -> Progress {
        Progress { at, steps }
    }
}

/// What a step asks for; none where one only goes on.
fn requests(step: &Step) -> u32 {
    let task = if step.task.is_some() { TASK } else { 0 };
    let guess = if step.predict.is_some() { GUESS } else { 0 };
    (0..step.quiz.len().min(QUESTIONS)).fold(task | guess, |bits, at| bits | ANSWER << at)
}
