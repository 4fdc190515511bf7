//! What a learner guesses before a run shows it, and what comes of it.

use super::curve::{COLUMNS, CurveEdit, Distance, Drawn, distance};
use crate::base::{SimDuration, SimTime};
use crate::lesson::condition::{Condition, Measurements};
use crate::lesson::format::{Guess, Prediction};

/// The highest place on the scale of a guess; the lowest is 0.
pub const SCALE: usize = 100;

/// What a person does with a guess.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GuessAction {
    /// Commits to a choice.
    Choose(usize),
    /// Moves the guess to this place on the scale; beyond [`SCALE`] it is the highest.
    Place(usize),
    /// Draws the curve.
    Curve(CurveEdit),
    /// Commits to the place, or to the curve.
    Commit,
    /// On to the outcome; where that is there, the run once more.
    Decide,
}

/// A guess as far as it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Guessed {
    draft: Draft,
    made: bool,
    measured: Vec<f64>,
    outcome: Option<Outcome>,
    /// Whether it was right when it was last decided.
    earlier: Option<bool>,
}

/// What is guessed.
#[derive(Clone, Debug, PartialEq)]
pub enum Draft {
    /// A choice; none before one was made.
    Choice(Option<usize>),
    /// A place on the scale, from 0 to [`SCALE`].
    Place(usize),
    /// A curve.
    Curve(Box<Drawn>),
}

/// What came of a guess.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Of each choice: whether it was right.
    Choices(Vec<bool>),
    /// The number.
    Number {
        /// What was measured.
        measured: f64,
        /// The guess is near enough to it.
        right: bool,
    },
    /// The curve.
    Curve {
        /// How far it is from what was measured.
        distance: Distance,
        /// That is near enough.
        right: bool,
    },
    /// Nothing was measured that a number or a curve could be compared with.
    NotMeasured,
}

/// Which answers are right: what the run says or, where nothing of it holds there, the lesson.
pub(super) fn right<'a>(
    answers: impl Iterator<Item = (bool, Option<&'a Condition>)> + Clone,
    holds: impl Fn(&Condition) -> bool,
) -> Vec<bool> {
    let run: Vec<bool> = answers.clone().map(|(_, when)| when.is_some_and(&holds)).collect();
    if run.contains(&true) { run } else { answers.map(|(marked, _)| marked).collect() }
}

impl Guessed {
    /// Not made yet: no choice, the middle of the scale, an empty chart.
    pub(super) fn new(guess: &Guess) -> Guessed {
        let draft = match guess {
            Guess::Choice(_) => Draft::Choice(None),
            Guess::Number { .. } => Draft::Place(SCALE / 2),
            Guess::Curve { .. } => Draft::Curve(Box::default()),
        };
        Guessed { draft, made: false, measured: Vec::new(), outcome: None, earlier: None }
    }

    /// What is guessed.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// It is committed to, and stays.
    pub fn is_made(&self) -> bool {
        self.made
    }

    /// It can be committed to.
    pub fn is_ready(&self) -> bool {
        !self.made
            && match &self.draft {
                Draft::Choice(choice) => choice.is_some(),
                Draft::Place(_) => true,
                Draft::Curve(drawn) => !drawn.is_empty(),
            }
    }

    /// The run that decides is going on.
    pub fn is_open(&self) -> bool {
        self.made && self.outcome.is_none()
    }

    /// What was measured so far at the columns of a curve, from the first on; what is no number was not measured.
    pub fn measured(&self) -> &[f64] {
        &self.measured
    }

    /// Whether it was right, once that is known: by the run of this visit, or by that of an earlier one.
    pub fn is_right(&self) -> Option<bool> {
        match (&self.outcome, &self.draft) {
            (Some(Outcome::Choices(right)), Draft::Choice(choice)) => right.get((*choice)?).copied(),
            (Some(Outcome::Number { right, .. } | Outcome::Curve { right, .. }), _) => Some(*right),
            _ => self.earlier,
        }
    }

    /// What came of it, once the run that decides has come to its end.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Changes it, as long as it is not made; along a curve one goes also afterwards.
    pub(super) fn change(&mut self, action: GuessAction, guess: &Guess) {
        match (action, &mut self.draft, guess) {
            (GuessAction::Curve(edit @ CurveEdit::Go(_)), Draft::Curve(drawn), _) => drawn.edit(edit),
            _ if self.made => {}
            (GuessAction::Choose(choice), Draft::Choice(chosen), Guess::Choice(choices)) => {
                *chosen = (choice < choices.len()).then_some(choice);
            }
            (GuessAction::Place(place), Draft::Place(draft), _) => *draft = place.min(SCALE),
            (GuessAction::Curve(edit), Draft::Curve(drawn), _) => drawn.edit(edit),
            _ => {}
        }
    }

    /// Commits to it where that can be done; true if it is done now.
    pub(super) fn commit(&mut self) -> bool {
        let ready = self.is_ready();
        self.made |= ready;
        ready
    }

    /// Takes up what was guessed in an earlier visit, where it is a guess of this kind: it is made.
    pub(super) fn recall(&mut self, draft: Draft, right: Option<bool>, guess: &Guess) {
        let fits = match (&draft, guess) {
            (Draft::Choice(Some(choice)), Guess::Choice(choices)) => *choice < choices.len(),
            (Draft::Place(place), Guess::Number { .. }) => *place <= SCALE,
            (Draft::Curve(drawn), Guess::Curve { .. }) => !drawn.is_empty(),
            _ => false,
        };
        if fits {
            (self.draft, self.made, self.earlier) = (draft, true, right);
        }
    }

    /// The run that decides begins, perhaps once more.
    pub(super) fn begin(&mut self) {
        self.earlier = self.is_right();
        self.measured.clear();
        self.outcome = None;
    }

    /// Looks at what was measured of an open guess since `since`: all of it is `known` up to there, and nothing up to
    /// `settled` is new.
    pub(super) fn look(
        &mut self,
        predict: &Prediction,
        variants: &[Measurements],
        since: SimTime,
        (settled, known): (SimTime, SimTime),
    ) {
        let length = predict.length();
        if let Guess::Curve { scale, .. } = &predict.guess {
            let at = |column: usize| since + SimDuration(length.0 / COLUMNS as u64 * column as u64);
            let until = |instant: SimTime| (0..=COLUMNS).take_while(|column| at(*column) <= instant).count();
            self.measured.truncate(until(settled));
            let new = (self.measured.len()..until(known))
                .map(|column| scale.quantity.value(variants, since, at(column)).unwrap_or(f64::NAN));
            self.measured.extend(new);
        }
        let end = since + length;
        if known < end {
            return;
        }
        let outcome = match (&predict.guess, &self.draft) {
            (Guess::Choice(choices), _) => Some(Outcome::Choices(right(
                choices.iter().map(|choice| (choice.right, choice.holds.as_ref())),
                |condition| condition.progress(variants, since, end) >= 1.0,
            ))),
            (Guess::Number { scale, near, .. }, Draft::Place(place)) => {
                let guess = scale.at(*place as f64 / SCALE as f64);
                let number =
                    |measured: f64| Outcome::Number { measured, right: (measured - guess).abs() <= *near };
                scale.quantity.value(variants, since, end).map(number)
            }
            (Guess::Curve { scale, near, .. }, Draft::Curve(drawn)) => {
                let distance = distance(drawn, scale, length.as_secs(), &self.measured);
                distance.map(|distance| Outcome::Curve { distance, right: distance.mean <= *near })
            }
            // A guess has the draft of its kind.
            _ => None,
        };
        self.outcome = Some(outcome.unwrap_or(Outcome::NotMeasured));
    }
}
