//! What a learner said in a step, as JSON that is kept from one visit to the next.
//!
//! `{ "answers": [[1, [0, 1], 1], null], "guess": 2, "right": 1 }`: for each question the answer, which answers were right
//! and whether that was tried, or null; the guess once it is made: a choice or a place by number, a curve by its heights;
//! and whether it was right, once that is known.

use super::curve::Drawn;
use super::guess::Draft;
use super::play::{Answered, StepState};
use crate::base::Json;
use crate::lesson::format::{Guess, Step};

impl StepState {
    /// What is kept of it.
    pub(super) fn said(&self) -> Json {
        let answers = self.answers.iter().map(|each| each.as_ref().map_or(Json::Null, of_answer)).collect();
        let guess = self.guess.as_ref().filter(|guess| guess.is_made());
        let right = guess.and_then(|guess| guess.is_right()).map_or(Json::Null, flag);
        let guess = guess.map_or(Json::Null, |guess| of_draft(guess.draft()));
        let said = [("answers", Json::Array(answers)), ("guess", guess), ("right", right)];
        Json::Object(said.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// Takes up what was kept; whatever of it cannot be read, or does not fit the step any more, was not said.
    pub(super) fn recall(&mut self, step: &Step, said: &Json) {
        let kept = said.get("answers").map_or(&[][..], Json::items);
        for ((answered, question), kept) in self.answers.iter_mut().zip(&step.quiz).zip(kept) {
            *answered = to_answer(kept, question.answers.len());
        }
        if let (Some(guessed), Some(predict), Some(kept)) =
            (&mut self.guess, &step.predict, said.get("guess"))
            && let Some(draft) = to_draft(kept, &predict.guess)
        {
            let right = said.get("right").and_then(Json::as_f64).map(|right| right == 1.0);
            guessed.recall(draft, right, &predict.guess);
        }
    }
}

fn flag(flag: bool) -> Json {
    Json::Number(f64::from(u8::from(flag)))
}

fn is_set(json: &Json) -> bool {
    json.as_f64() == Some(1.0)
}

fn of_answer(answered: &Answered) -> Json {
    let right = answered.right.iter().map(|right| flag(*right)).collect();
    Json::Array(vec![Json::Number(answered.answer as f64), Json::Array(right), flag(answered.tried)])
}

fn to_answer(kept: &Json, answers: usize) -> Option<Answered> {
    let [answer, right, tried] = kept.items() else { return None };
    let answer = answer.as_f64().filter(|answer| (0.0..answers as f64).contains(answer))? as usize;
    let right: Vec<bool> = right.items().iter().map(is_set).collect();
    (right.len() == answers).then(|| Answered { answer, right, tried: is_set(tried) })
}

fn of_draft(draft: &Draft) -> Json {
    match draft {
        Draft::Choice(choice) => choice.map_or(Json::Null, |choice| Json::Number(choice as f64)),
        Draft::Place(place) => Json::Number(*place as f64),
        Draft::Curve(drawn) => {
            let heights = drawn.heights().iter();
            Json::Array(heights.map(|height| height.map_or(Json::Null, Json::Number)).collect())
        }
    }
}

fn to_draft(kept: &Json, guess: &Guess) -> Option<Draft> {
    let number = || kept.as_f64().filter(|number| *number >= 0.0).map(|number| number as usize);
    Some(match guess {
        Guess::Choice(_) => Draft::Choice(Some(number()?)),
        Guess::Number { .. } => Draft::Place(number()?),
        Guess::Curve { .. } => Draft::Curve(Box::new(Drawn::of(kept.items().iter().map(Json::as_f64)))),
    })
}
