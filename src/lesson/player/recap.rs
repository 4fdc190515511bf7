//! What a learner has to look back on at the end of a lesson.

use super::play::Player;

/// How a learner did in a lesson so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recap {
    /// The steps that ask for a guess, by place, and whether it was right; none where it is not decided yet.
    pub guesses: Vec<(usize, Option<bool>)>,
    /// Tasks that are done.
    pub tasks: Tally,
    /// Questions whose answer is right.
    pub answers: Tally,
    /// The first step, by place, in which something is still to be done.
    pub open: Option<usize>,
}

/// So many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// So many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
}

impl Tally {
    fn add(&mut self, counts: bool) {
        self.count += usize::from(counts);
        self.of += 1;
    }
}

impl Player {
    /// How the learner did so far.
    pub fn recap(&self) -> Recap {
        let (mut guesses, mut tasks, mut answers) = (Vec::new(), Tally::default(), Tally::default());
        for (at, (step, state)) in self.lesson().steps.iter().zip(self.states()).enumerate() {
            if let Some(guess) = &state.guess {
                guesses.push((at, guess.is_right()));
            }
            if step.task.is_some() {
                tasks.add(self.progress().has_task(at));
            }
            for answered in &state.answers {
                answers
                    .add(answered.as_ref().is_some_and(|given| given.right.get(given.answer) == Some(&true)));
            }
        }
        let open = (0..self.lesson().steps.len()).find(|at| !self.is_done(*at));
        Recap { guesses, tasks, answers, open }
    }
}
