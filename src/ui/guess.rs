//! A guess that was made: the run that decides it, and what came of it.

use super::msg::Msg;
use super::run::{Run, numbers};
use crate::base::{SimDuration, SimTime};
use crate::lesson::{Condition, Guess, LaneNumbers, Prediction, Step};
use crate::view::{COLUMNS, Drawn};

/// The guess of a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guessed {
    /// What was committed to: the choice, or the place on the scale.
    pub made: Option<usize>,
    /// The place on the scale that is thought of: 0 to [`SCALE`].
    pub draft: usize,
    /// The curve.
    pub drawn: Drawn,
    /// What was measured so far at the columns of the curve; no number where nothing was.
    pub measured: Vec<f64>,
    /// What came of it, once the run that decides has come to its end.
    pub outcome: Option<Outcome>,
}

/// The highest place on the scale of a guess.
pub const SCALE: usize = 100;

/// What came of a guess.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Of each choice: whether it was right.
    Choices(Vec<bool>),
    /// The number; none where nothing was measured.
    Number(Option<f64>),
    /// The curve stands beside the one that was drawn.
    Curve,
}

/// When the run that decides a guess is over, counted from the opening of its step.
pub fn ends(predict: &Prediction) -> SimDuration {
    predict.experiment.as_ref().map_or(SimDuration::ZERO, |run| run.at.since(SimTime::ZERO))
}

/// Which answers are right: what the run says or, where nothing of it holds there, the lesson.
pub fn right<'a>(
    answers: impl Iterator<Item = (bool, Option<&'a Condition>)> + Clone,
    holds: impl Fn(&Condition) -> bool,
) -> Vec<bool> {
    let run: Vec<bool> = answers.clone().map(|(_, when)| when.is_some_and(&holds)).collect();
    if run.contains(&true) { run } else { answers.map(|(marked, _)| marked).collect() }
}

impl Guessed {
    /// Whether it can be committed to.
    fn is_ready(&self, guess: &Guess) -> bool {
        !matches!(guess, Guess::Curve { .. }) || !self.drawn.is_empty()
    }

    /// Whether the run that decides is going on.
    pub fn is_open(&self) -> bool {
        self.made.is_some() && self.outcome.is_none()
    }

    /// Looks at what was measured.
    pub fn look(&mut self, predict: &Prediction, lanes: &[LaneNumbers], since: SimTime, now: SimTime) {
        if !self.is_open() {
            return;
        }
        // Up to where all is known, so that it is the same at every speed.
        let closed =
            lanes.first().and_then(|lane| lane.windows.last()).map_or(SimTime::ZERO, |last| last.end);
        let known = now.min(closed);
        let length = ends(predict);
        if let Guess::Curve { scale, .. } = &predict.guess {
            let at = |column: usize| since + SimDuration(length.0 / COLUMNS as u64 * column as u64);
            // Whoever goes back sees it again.
            let past = (0..=COLUMNS).take_while(|column| at(*column) <= known).count();
            self.measured.truncate(past);
            let new = (self.measured.len()..past)
                .map(|column| scale.quantity.value(lanes, since, at(column)).unwrap_or(f64::NAN));
            self.measured.extend(new);
        }
        let end = since + length;
        self.outcome = (now >= end).then(|| match &predict.guess {
            Guess::Choice(choices) => Outcome::Choices(right(
                choices.iter().map(|choice| (choice.right, choice.holds.as_ref())),
                |condition| condition.progress(lanes, since, end) >= 1.0,
            )),
            Guess::Number { scale, .. } => Outcome::Number(scale.quantity.value(lanes, since, end)),
            Guess::Curve { .. } => Outcome::Curve,
        });
    }
}

impl Run {
    /// What the open step asks to be guessed, and the guess.
    pub fn guessed(&mut self) -> Option<(&Prediction, &mut Guessed)> {
        let step: &Step = self.lesson.steps.get(self.step)?;
        Some((step.predict.as_ref()?, &mut self.steps.get_mut(self.step)?.guess))
    }

    /// Commits to a guess, and begins the run that decides it. A guess stays.
    pub fn commit(&mut self, made: usize) {
        let Some((predict, guessed)) = self.guessed() else { return };
        if guessed.made.is_none() && guessed.is_ready(&predict.guess) {
            guessed.made = Some(made);
            self.open(self.step);
        }
    }

    /// To the end of the run that decides, as fast as it goes; where that is over, the run once more.
    pub fn decide(&mut self) {
        let since = self.since();
        let Some((predict, guessed)) = self.guessed() else { return };
        if guessed.is_open() {
            let end = since + ends(predict);
            self.session.go_to(end);
        } else if guessed.made.is_some() {
            guessed.outcome = None;
            self.open(self.step);
        }
    }

    /// The step has opened or begun again: if a guess waits for its outcome, the run does what decides it.
    pub(super) fn experiment(&mut self) {
        let since = self.since();
        let Some((predict, guessed)) = self.guessed() else { return };
        if !guessed.is_open() {
            return;
        }
        guessed.measured.clear();
        let deeds = predict.experiment.as_ref().map_or(Vec::new(), |run| run.deeds.clone());
        for timed in deeds {
            let at = since + timed.at.since(SimTime::ZERO);
            if at > self.session.now() {
                self.session.plan(at, timed.deed);
            } else {
                self.act(String::new(), timed.deed);
            }
        }
        self.session.set_playing(true);
    }

    /// Looks whether the guess of the open step is decided.
    pub(super) fn look_at_guess(&mut self) {
        let (since, now) = (self.since(), self.session.now());
        let (Some(step), Some(progress)) = (self.lesson.steps.get(self.step), self.steps.get_mut(self.step))
        else {
            return;
        };
        if let Some(predict) = step.predict.as_ref().filter(|_| progress.guess.is_open()) {
            progress.guess.look(predict, &numbers(&self.session), since, now);
        }
    }
}

/// What a person does with a guess.
#[derive(Clone, Copy, Debug)]
pub enum GuessMsg {
    /// Commit to a choice, or to this place on the scale.
    Make(usize),
    /// Move the guess to this place on the scale.
    Draft(usize),
    /// On to the outcome; where that is there, the run once more.
    Decide,
    /// The pen is at this point of the chart, in pixels of the page: it has come down there, or moves.
    Pen(crate::view::Point, bool),
    /// The pen is up.
    Lift,
    /// So many columns on, or back where negative.
    Go(isize),
    /// The curve goes up here by this share of the scale, or down where negative.
    Raise(f64),
    /// The point of the curve goes.
    Erase,
    /// The whole curve goes.
    Clear,
}

impl From<GuessMsg> for Msg {
    fn from(msg: GuessMsg) -> Msg {
        Msg::Guess(msg)
    }
}
