//! What is going on in the figure: the session, and how far the reader has come in the lesson.

use super::guess::{Guessed, SCALE, right};
use crate::base::{Diagnostic, Json, SimTime};
use crate::lesson::{Condition, FaultButton, LaneNumbers, Lesson, Quantity, Step};
use crate::session::{Action, Lane, Session};
use crate::view::{self, Knob};

/// A lesson (or the opening page) in motion.
pub struct Run {
    /// Its text.
    pub lesson: Lesson,
    /// The figure.
    pub session: Session,
    /// Which step is open.
    pub step: usize,
    /// How far the reader has come in each step.
    pub steps: Vec<Progress>,
    /// The last change that was refused: the knob's path (empty for what is no knob) and why.
    pub refused: Option<(String, Vec<Diagnostic>)>,
    /// Which lane settings concern; none: both.
    pub target: Option<usize>,
    /// What takes the last settings back, the latest last: for each of them the values that were there before. At most
    /// [`MOST_UNDONE`]; the oldest are forgotten.
    undo: Vec<Vec<Action>>,
    /// When the step opened, or the run began again.
    since: SimTime,
    /// What the open step compares, as it is now: by row and variant.
    pub compared: Vec<Vec<Option<f64>>>,
}

/// How far the reader has come in a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// The guess.
    pub guess: Guessed,
    /// What was answered to each question.
    pub answers: Vec<Option<Answered>>,
    /// How far the task is done, 0 to 1; once 1 it stays 1.
    pub task: f64,
    /// Which notes have appeared.
    pub notes: Vec<bool>,
}

/// An answer to a question, with what was right in the learner's run at that moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Which.
    pub answer: usize,
    /// Of each answer: whether it is right.
    pub right: Vec<bool>,
}

impl Answered {
    /// A question has fewer answers.
    pub const MOST: usize = 10;
}

impl Run {
    /// Opens a lesson at its first step.
    pub fn new(lesson: Lesson) -> Result<Run, Vec<Diagnostic>> {
        let speed = lesson.variants.first().and_then(|variant| variant.scenario.view().speed).unwrap_or(1.0);
        let session = session(&lesson, speed)?;
        let progress = |step: &Step| Progress {
            notes: vec![false; step.notes.len()],
            guess: Guessed { draft: SCALE / 2, ..Guessed::default() },
            answers: vec![None; step.quiz.len()],
            ..Progress::default()
        };
        let steps = lesson.steps.iter().map(progress).collect();
        let mut run = Run {
            lesson,
            session,
            step: 0,
            steps,
            refused: None,
            target: None,
            undo: Vec::new(),
            since: SimTime::ZERO,
            compared: Vec::new(),
        };
        run.open(0);
        Ok(run)
    }

    /// Opens a step and brings the figure into its state.
    pub fn open(&mut self, step: usize) {
        let Some(opened) = self.lesson.steps.get(step) else { return };
        self.step = step;
        let figure = opened.figure.clone();
        if figure.restart {
            // With the settings of the lesson, whatever the reader has turned since.
            match session(&self.lesson, self.session.speed()) {
                Ok(session) => {
                    (self.session, self.refused) = (session, None);
                    self.forget();
                }
                Err(problems) => self.refused = Some((String::new(), problems)),
            }
        }
        if let Some(speed) = figure.speed {
            self.session.set_speed(speed);
        }
        self.session.set_playing(figure.play);
        self.since = self.session.now();
        for deed in figure.deeds {
            self.act(String::new(), deed);
        }
        self.experiment();
    }

    /// When the step opened, or the run began again.
    pub fn since(&self) -> SimTime {
        self.since
    }

    /// Which panes the open step shows.
    pub fn shown(&self) -> Vec<usize> {
        let lanes = 0..self.session.lanes().len();
        match self.lesson.steps.get(self.step) {
            // A reader who has made two lanes of one, or one of two, sees what there is.
            Some(step) if lanes.len() == self.lesson.variants.len() => step.figure.show.clone(),
            _ => lanes.collect(),
        }
    }

    /// The variant that settings concern, if it is there; none: every one.
    fn target(&self) -> Option<usize> {
        self.target.filter(|lane| *lane < self.session.lanes().len())
    }

    /// The knobs that the open step shows, with the values of the variant that settings concern.
    pub fn knobs(&self) -> Vec<Knob> {
        let mut knobs = view::knobs(&self.session, self.target());
        if let Some(wanted) = self.lesson.steps.get(self.step).and_then(|step| step.figure.knobs.as_ref()) {
            knobs.retain(|knob| wanted.contains(&knob.path));
        }
        knobs
    }

    /// The fault buttons that the open step shows, with their places in the lesson.
    pub fn buttons(&self) -> impl Iterator<Item = (usize, &FaultButton)> {
        self.lesson.buttons(self.step)
    }

    /// Sets a parameter, in the target lane, or in every one that has it.
    pub fn set(&mut self, path: String, value: Json) {
        self.refused = self.change(self.target(), path.clone(), value).err().map(|problems| (path, problems));
    }

    /// Sets a parameter in one lane or in every one that has it, and remembers what it was. Refused: why. Changes of one
    /// parameter one after the other, as a slider makes them, are one.
    pub fn change(&mut self, lane: Option<usize>, path: String, value: Json) -> Result<(), Vec<Diagnostic>> {
        let before = self.before(lane, &path);
        match self.session.act(Action::Set { lane, path, value }) {
            // Nothing that any variant has: nothing to say either.
            Err(problems) if !problems.is_empty() => Err(problems),
            Err(_) => Ok(()),
            Ok(()) => {
                if !self.undo.last().is_some_and(|last| same_places(last, &before)) {
                    if self.undo.len() >= MOST_UNDONE {
                        self.undo.remove(0);
                    }
                    self.undo.push(before);
                }
                Ok(())
            }
        }
    }

    /// What sets a parameter to what it is now, in each lane.
    fn before(&self, lane: Option<usize>, path: &str) -> Vec<Action> {
        let lanes = self.session.lanes().iter().enumerate();
        let own = lanes.filter(|(at, _)| lane.is_none_or(|lane| lane == *at));
        let value = |(at, lane): (usize, &Lane)| Some((at, lane.scenario().get(path)?));
        own.filter_map(value)
            .map(|(at, value)| Action::Set { lane: Some(at), path: path.to_owned(), value })
            .collect()
    }

    /// Takes the last setting back: it is set to what it was, now.
    pub fn undo(&mut self) {
        for action in self.undo.pop().unwrap_or_default() {
            self.act(String::new(), action);
        }
    }

    /// Other lanes, or another beginning: there is nothing to take back.
    pub fn forget(&mut self) {
        self.undo.clear();
    }

    /// Breaks what the button breaks, or mends it if it is broken.
    pub fn toggle(&mut self, button: usize) {
        let Some(FaultButton { faults, lasts, .. }) = self.lesson.faults.get(button).cloned() else { return };
        let active = view::is_active(&self.session, &faults);
        for fault in faults {
            let action = if active { Action::Heal { fault } } else { Action::Inject { fault, lasts } };
            self.act(String::new(), action);
        }
    }

    /// Back to time zero with the settings of now; what the open step breaks is broken again.
    pub fn restart(&mut self) {
        match self.session.restart() {
            Ok(()) => self.refused = None,
            Err(problems) => self.refused = Some((String::new(), problems)),
        }
        self.since = self.session.now();
        let deeds = self.lesson.steps.get(self.step).map_or(Vec::new(), |step| step.figure.deeds.clone());
        for deed in deeds.into_iter().filter(|deed| matches!(deed, Action::Inject { .. })) {
            self.act(String::new(), deed);
        }
        self.experiment();
    }

    /// Looks at what was measured: ticks the task, shows the notes whose facts have come.
    pub fn look(&mut self) {
        self.look_at_guess();
        let (Some(step), Some(progress)) = (self.lesson.steps.get(self.step), self.steps.get_mut(self.step))
        else {
            return;
        };
        let waits = progress.task < 1.0 && step.task.is_some() || progress.notes.contains(&false);
        if !waits && step.compare.is_none() {
            return;
        }
        let now = self.session.now();
        let lanes = numbers(&self.session);
        let of = |quantity: &Quantity| quantity.value(&lanes, self.since, now);
        let rows = step.compare.iter().flat_map(|compare| &compare.rows);
        self.compared = rows.map(|(_, quantities)| quantities.iter().map(of).collect()).collect();
        let of = |condition: &Condition| condition.progress(&lanes, self.since, now);
        if let Some(task) = step.task.as_ref().filter(|_| progress.task < 1.0) {
            progress.task = of(&task.when);
        }
        for (note, seen) in step.notes.iter().zip(&mut progress.notes) {
            *seen = *seen || of(&note.when) >= 1.0;
        }
    }

    /// Answers a question of the open step; an answer stays. Where answers have conditions, the learner's own run says
    /// which is right; where none of them holds in it, the lesson does.
    pub fn answer(&mut self, place: usize) {
        let (question, answer) = (place / Answered::MOST, place % Answered::MOST);
        let step = self.lesson.steps.get(self.step);
        let Some(asked) = step.and_then(|step| step.quiz.get(question)) else { return };
        let (now, lanes) = (self.session.now(), numbers(&self.session));
        let holds = |condition: &Condition| condition.progress(&lanes, self.since, now) >= 1.0;
        let right = right(asked.answers.iter().map(|each| (each.right, each.holds.as_ref())), holds);
        let places = self.steps.get_mut(self.step).and_then(|progress| progress.answers.get_mut(question));
        if let Some(empty @ None) = places {
            *empty = Some(Answered { answer, right });
        }
    }

    pub(super) fn act(&mut self, knob: String, action: Action) {
        self.refused = match self.session.act(action) {
            Ok(()) => None,
            // Nothing that any variant has: nothing to say either.
            Err(problems) if problems.is_empty() => None,
            Err(problems) => Some((knob, problems)),
        };
    }
}

/// What was measured in each lane.
pub(super) fn numbers(session: &Session) -> Vec<LaneNumbers<'_>> {
    session.lanes().iter().map(|lane| LaneNumbers::of(lane.telemetry())).collect()
}

/// Whether two settings are of the same parameter in the same lanes.
fn same_places(a: &[Action], b: &[Action]) -> bool {
    let place = |action: &Action| match action {
        Action::Set { lane, path, .. } => Some((*lane, path.clone())),
        _ => None,
    };
    a.iter().map(place).eq(b.iter().map(place))
}

/// So many settings can be taken back.
const MOST_UNDONE: usize = 100;

/// The variants of a lesson as it gives them, at time zero.
fn session(lesson: &Lesson, speed: f64) -> Result<Session, Vec<Diagnostic>> {
    Session::new(lesson.variants.clone(), speed)
}
