//! A lesson in motion.

use super::guess::{GuessAction, Guessed, right};
use super::progress::Progress;
use super::watch::{Watch, known, rounded_up};
use crate::base::{Diagnostic, Json, SimDuration, SimTime};
use crate::lesson::condition::{Condition, Measurements, Quantity};
use crate::lesson::format::{Lesson, Prediction, Step};
use crate::session::{Action, Run, Shown, TimedAction};
use crate::telemetry::{KEPT, WIDTH};

/// A lesson that somebody goes through: its run, the step that is open, and what was done in every step.
#[derive(Clone, Debug)]
pub struct Player {
    lesson: Lesson,
    /// What runs in the figure. Time may pass in it, and anything may be done to it; but it begins again by
    /// [`Player::restart`].
    pub run: Run,
    step: usize,
    states: Vec<StepState>,
    watch: Watch,
    compared: Vec<Vec<Option<f64>>>,
    progress: Progress,
    /// How often something was answered, committed to or taken back.
    edits: u32,
}

/// What was done in a step since the lesson was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepState {
    /// The guess; none where the step asks for none.
    pub guess: Option<Guessed>,
    /// The task; not begun where there is none.
    pub task: TaskState,
    /// For each note the instant at which it appeared.
    pub notes: Vec<Option<SimTime>>,
    /// What was answered to each question.
    pub answers: Vec<Option<Answered>>,
}

/// How far a task has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TaskState {
    /// How far it is done, from 0 to 1; once 1 it stays 1.
    pub share: f64,
    /// The instant at which it was done.
    pub done: Option<SimTime>,
}

/// An answer to a question, with what was right in the learner's run at that moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Which answer, by place.
    pub answer: usize,
    /// Of each answer: whether it is right.
    pub right: Vec<bool>,
    /// The learner's own run decided which is right: what the answers are about was tried in it.
    pub tried: bool,
}

impl StepState {
    fn new(step: &Step) -> StepState {
        StepState {
            guess: step.predict.as_ref().map(|predict| Guessed::new(&predict.guess)),
            task: TaskState::default(),
            notes: vec![None; step.notes.len()],
            answers: vec![None; step.quiz.len()],
        }
    }

    /// Whether anything in the step can still change by what is measured.
    fn waits(&self, step: &Step) -> bool {
        self.guess.as_ref().is_some_and(Guessed::is_open)
            || step.task.is_some() && self.task.done.is_none()
            || self.notes.contains(&None)
            || step.compare.is_some()
    }
}

impl Player {
    /// Opens a lesson at its first step.
    ///
    /// # Errors
    ///
    /// Where it has no step, or its variants cannot run.
    pub fn new(lesson: Lesson) -> Result<Player, Vec<Diagnostic>> {
        if lesson.steps.is_empty() {
            return Err(vec![Diagnostic::new("steps", problem!("lesson.no-step"))]);
        }
        let run = Run::new(lesson.variants.clone(), lesson.faults.clone())?;
        let mut player = Player {
            watch: Watch::begin(&run.session),
            run,
            step: 0,
            states: lesson.steps.iter().map(StepState::new).collect(),
            compared: Vec::new(),
            progress: Progress::new(lesson.steps.len()),
            edits: 0,
            lesson,
        };
        player.open(0);
        Ok(player)
    }

    /// The lesson.
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// Which step is open, from 0.
    pub fn at(&self) -> usize {
        self.step
    }

    /// The step that is open.
    pub fn step(&self) -> &Step {
        &self.lesson.steps[self.step]
    }

    /// What was done in the open step.
    pub fn state(&self) -> &StepState {
        &self.states[self.step]
    }

    /// When the step opened, or the run began again.
    pub fn since(&self) -> SimTime {
        self.watch.since()
    }

    /// What the open step compares, by row and variant, as it was when the last window closed; none where nothing was
    /// measured.
    pub fn compared(&self) -> &[Vec<Option<f64>>] {
        &self.compared
    }

    /// What is done in all steps.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Whether all that a step asks is done.
    pub fn is_done(&self, step: usize) -> bool {
        self.lesson.steps.get(step).is_some_and(|asked| self.progress.is_done(step, asked))
    }

    /// What was done in each step since the lesson was opened, and what was kept of earlier visits.
    pub fn states(&self) -> &[StepState] {
        &self.states
    }

    /// Counts what was answered, committed to, decided or taken back: where it has changed, there is something to be kept.
    pub fn edits(&self) -> u32 {
        self.edits
    }

    /// The open step waits for a guess: until it is made, nothing may be broken or set that would give the outcome away.
    pub fn awaits_guess(&self) -> bool {
        self.state().guess.as_ref().is_some_and(|guess| !guess.is_made())
    }

    /// Takes the lesson up where an earlier visit left it: what was done is done, answers and guesses are as they were.
    /// A guess that was made is decided again by the run when its step opens.
    pub fn resume(&mut self, earlier: &Progress, said: &[Json]) {
        self.progress.resume(earlier);
        for ((state, step), said) in self.states.iter_mut().zip(&self.lesson.steps).zip(said) {
            state.recall(step, said);
        }
    }

    /// Opens a step and brings the figure into its state. Answers that were given there stay.
    pub fn open(&mut self, step: usize) {
        let Some(opened) = self.lesson.steps.get(step) else { return };
        let figure = opened.figure.clone();
        self.step = step;
        self.run.shown = Shown { variants: Some(figure.show), knobs: figure.knobs, faults: figure.faults };
        if figure.restart {
            // With the settings of the lesson, whatever the learner has turned since.
            self.run.begin(self.lesson.variants.clone());
        }
        if let Some(speed) = figure.speed {
            self.run.session.set_speed(speed);
        }
        self.run.session.set_playing(figure.play);
        self.progress.open(step, &self.lesson.steps);
        self.begin(figure.actions);
    }

    /// Back to time zero with the settings of now; what the open step breaks is broken again.
    pub fn restart(&mut self) {
        self.run.restart();
        let mut actions = self.step().figure.actions.clone();
        actions.retain(|action| matches!(action, Action::Inject { .. }));
        self.begin(actions);
    }

    /// The open step begins at the present instant: these actions are done, and, where a guess waits for its outcome, the
    /// run does what decides it.
    fn begin(&mut self, actions: Vec<Action>) {
        self.watch = Watch::begin(&self.run.session);
        self.compared.clear();
        for action in actions {
            self.run.act("", action);
        }
        let guess = self.states[self.step].guess.as_mut().filter(|guess| guess.is_open());
        if let Some(guess) = guess {
            guess.begin();
            let experiment = self.step().predict.as_ref().and_then(|predict| predict.experiment.clone());
            self.follow(&experiment.map_or(Vec::new(), |run| run.actions));
            self.run.session.set_playing(true);
        }
        self.look();
    }

    /// Has the run do these actions, whose instants count from the opening of the step.
    pub fn follow(&mut self, script: &[TimedAction]) {
        for TimedAction { at, action } in script {
            let at = self.since() + at.since(SimTime::ZERO);
            if at > self.run.session.now() {
                self.run.session.plan(at, action.clone());
            } else {
                self.run.act("", action.clone());
            }
        }
    }

    /// Does something with the guess of the open step. A guess that is made stays.
    pub fn guess(&mut self, action: GuessAction) {
        let step = &self.lesson.steps[self.step];
        let (Some(predict), Some(guess)) = (&step.predict, &mut self.states[self.step].guess) else { return };
        guess.change(action, &predict.guess);
        let commits = matches!(action, GuessAction::Choose(_) | GuessAction::Commit);
        if commits && guess.commit() {
            self.progress.guess(self.step);
            self.edits += 1;
            self.open(self.step);
        } else if action == GuessAction::Decide && guess.is_open() {
            let decided = self.decided();
            self.run.session.go_to(decided);
        } else if action == GuessAction::Decide && guess.is_made() {
            guess.begin();
            self.open(self.step);
        }
    }

    /// When the guess of the open step is decided: at the end of its run, once that is measured.
    pub fn decided(&self) -> SimTime {
        rounded_up(self.since() + self.step().predict.as_ref().map_or(SimDuration::ZERO, Prediction::length))
    }

    /// Answers a question of the open step; an answer stays until it is taken back. Where answers have conditions, the
    /// learner's own run says which is right; where none of them holds in it, the lesson does.
    pub fn answer(&mut self, question: usize, answer: usize) {
        let Some(asked) = self.step().quiz.get(question).filter(|asked| answer < asked.answers.len()) else {
            return;
        };
        if self.state().answers[question].is_none() {
            let conditions = asked.answers.iter().filter_map(|each| each.holds.as_ref());
            let tried =
                conditions.clone().next().is_none() || conditions.clone().any(|each| self.holds(each));
            let answers = asked.answers.iter().map(|each| (each.right, each.holds.as_ref()));
            let right = right(answers, |condition| self.holds(condition));
            self.states[self.step].answers[question] = Some(Answered { answer, right, tried });
            self.progress.answer(self.step, question);
            self.edits += 1;
        }
    }

    /// Takes the answer to a question of the open step back, so that it can be answered once more.
    pub fn ask_again(&mut self, question: usize) {
        if let Some(answered) = self.states[self.step].answers.get_mut(question) {
            self.edits += u32::from(answered.take().is_some());
        }
    }

    /// Whether a condition holds now, by all that is measured since the step opened.
    pub fn holds(&self, condition: &Condition) -> bool {
        let variants = Measurements::all(&self.run.session);
        condition.progress(&variants, self.since(), self.run.session.now()) >= 1.0
    }

    /// What a quantity was at an instant, by what is measured since the step opened; none where it was not measured.
    pub fn value(&self, quantity: &Quantity, at: SimTime) -> Option<f64> {
        quantity.value(&Measurements::all(&self.run.session), self.since(), at.min(known(&self.run.session)))
    }

    /// `wall_s` seconds have passed since the last frame: see [`Session::frame`](crate::session::Session::frame).
    pub fn frame(&mut self, wall_s: f64, within_budget: impl FnMut() -> bool) {
        self.run.session.frame(wall_s, within_budget);
        self.look();
    }

    /// Runs to an instant, inclusive, and looks at all that happens on the way.
    pub fn run_until(&mut self, until: SimTime) {
        let stride = SimDuration(WIDTH.0 * KEPT as u64 / 2);
        while self.run.session.now() < until && self.run.session.halted().is_none() {
            self.run.session.run_until(until.min(self.run.session.now() + stride));
            self.look();
        }
    }

    /// Looks at what was measured since it was last looked: decides the guess, ticks the task, shows the notes whose facts
    /// have come. To be called whenever time has passed or something was done.
    pub fn look(&mut self) {
        let Some(due) = self.watch.due(&self.run.session) else { return };
        let (step, state) = (&self.lesson.steps[self.step], &mut self.states[self.step]);
        if !state.waits(step) {
            return;
        }
        let (variants, since) = (Measurements::all(&self.run.session), self.watch.since());
        let guess = state.guess.as_mut().filter(|guess| guess.is_open());
        if let (Some(predict), Some(guess)) = (&step.predict, guess) {
            guess.look(predict, &variants, since, (due.settled(), due.known));
            self.edits += u32::from(guess.outcome().is_some());
        }
        if let Some(task) = step.task.as_ref().filter(|_| state.task.done.is_none()) {
            let share = |at| task.when.progress(&variants, since, at);
            state.task.done = due.instants().find(|at| share(*at) >= 1.0);
            state.task.share = if state.task.done.is_some() { 1.0 } else { share(due.known) };
            if state.task.done.is_some() {
                self.progress.task(self.step);
            }
        }
        for (note, seen) in step.notes.iter().zip(&mut state.notes) {
            let holds = |at: &SimTime| note.when.progress(&variants, since, *at) >= 1.0;
            *seen = seen.or_else(|| due.instants().find(holds));
        }
        let value = |quantity: &Quantity| quantity.value(&variants, since, due.known);
        let rows = step.compare.iter().flat_map(|compare| &compare.rows);
        self.compared = rows.map(|(_, quantities)| quantities.iter().map(value).collect()).collect();
    }
}
