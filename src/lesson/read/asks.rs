//! Reads what a lesson asks: predictions, tasks, questions, comparisons, and the notes that wait for a fact.

use super::{MAX_LIST, Reader};
use crate::base::Cursor;
use crate::base::{Problem, SimTime};
use crate::lesson::format::{
    Answer, Choice, Comparison, Experiment, Guess, Note, Prediction, Question, Scale, Task,
};
use crate::lesson::{Condition, Quantity, Span};

/// A prediction or a question has at most so many answers.
const MOST_ANSWERS: usize = 6;

impl Reader<'_> {
    pub(super) fn prediction(&mut self, here: &Cursor) -> Prediction {
        let fields = ["question", "run", "choices", "number", "curve", "reveal"];
        here.only(&fields, &mut self.problems);
        let guess = match (here.get("number"), here.get("curve")) {
            (Some(number), _) => self.number_guess(&number),
            (_, Some(curve)) => self.curve_guess(&curve),
            _ => Guess::Choice(self.choices(here)),
        };
        let question = self.must_spans(here, "question");
        Prediction {
            question,
            guess,
            reveal: self.must_spans(here, "reveal"),
            experiment: self.experiment(here),
        }
    }

    fn choices(&mut self, here: &Cursor) -> Vec<Choice> {
        let choices = self.list(here, "choices", MOST_ANSWERS, |reader, each| {
            each.only(&["text", "right", "holds"], &mut reader.problems);
            let (right, holds) = reader.verdict(each);
            Choice { text: reader.must_spans(each, "text"), right, holds }
        });
        let right = choices.iter().filter(|choice| choice.right).count();
        self.need_answers(here, problem!("lesson.no-choices"), choices.len(), right);
        choices
    }

    fn need_answers(&mut self, here: &Cursor, problem: Problem, count: usize, right: usize) {
        if count < 2 || right == 0 {
            self.problems.add(&here.path, problem);
        }
    }

    /// Whether an answer is right, and what holds if it is.
    fn verdict(&mut self, here: &Cursor) -> (bool, Option<Condition>) {
        let right = here.get("right").is_some_and(|right| right.flag(&mut self.problems));
        (right, here.get("holds").map(|_| self.condition(here, "holds")))
    }

    fn number_guess(&mut self, here: &Cursor) -> Guess {
        here.only(&["value", "scale", "near", "expect"], &mut self.problems);
        let Some(scale) = self.scale(here) else { return Guess::Choice(Vec::new()) };
        let expect = here.must("expect", &mut self.problems);
        let expect = expect.map_or((0.0, 0.0), |expect| self.range(&expect, &scale.quantity));
        Guess::Number { near: self.near(here, &scale.quantity), scale, expect }
    }

    fn curve_guess(&mut self, here: &Cursor) -> Guess {
        here.only(&["value", "scale", "near", "expect"], &mut self.problems);
        let Some(scale) = self.scale(here) else { return Guess::Choice(Vec::new()) };
        let expect = self.list(here, "expect", MAX_LIST, |reader, each| {
            each.only(&["at", "between"], &mut reader.problems);
            let between = each.must("between", &mut reader.problems);
            let (low, high) = between.map_or((0.0, 0.0), |range| reader.range(&range, &scale.quantity));
            (reader.instant(each), low, high)
        });
        if expect.is_empty() {
            self.problems.add(&here.path, problem!("lesson.no-curve"));
        }
        Guess::Curve { near: self.near(here, &scale.quantity), scale, expect }
    }

    fn near(&mut self, here: &Cursor, quantity: &Quantity) -> f64 {
        here.must("near", &mut self.problems).map_or(0.0, |near| self.scalar(&near, quantity))
    }

    fn scale(&mut self, here: &Cursor) -> Option<Scale> {
        let value = here.must("value", &mut self.problems)?;
        let quantity = self.quantity(&value)?;
        let scale = here.must("scale", &mut self.problems)?;
        let (from, to) = self.range(&scale, &quantity);
        if from >= to {
            self.problems.add(&scale.path, problem!("lesson.no-scale"));
        }
        Some(Scale { quantity, from, to })
    }

    /// Two numbers in a quantity's unit, the lower one first.
    fn range(&mut self, here: &Cursor, quantity: &Quantity) -> (f64, f64) {
        let ends = here.items(2, &mut self.problems);
        let ends: Vec<f64> = ends.iter().map(|end| self.scalar(end, quantity)).collect();
        match ends.as_slice() {
            [low, high] => (*low, *high),
            _ => {
                self.problems.add(&here.path, problem!("lesson.no-range"));
                (0.0, 0.0)
            }
        }
    }

    /// A number in a quantity's unit, written with it: `"20%"`.
    fn scalar(&mut self, here: &Cursor, quantity: &Quantity) -> f64 {
        let Some(number) = self.quantity(here) else { return 0.0 };
        let value = number.value(&[], SimTime::ZERO, SimTime::ZERO);
        match value.filter(|value| *value == 0.0 || quantity.goes_with(&number)) {
            Some(value) => value,
            None => {
                let message = say!("lesson.other-unit", unit = quantity.unit.says());
                self.problems.tell(&here.path, message, quantity.unit.example().to_owned());
                0.0
            }
        }
    }

    pub(super) fn quantity(&mut self, here: &Cursor) -> Option<Quantity> {
        let text = here.text(&mut self.problems);
        match Quantity::read(text, &self.scope()) {
            Ok(quantity) => Some(quantity),
            Err(misread) => {
                self.misread(&here.path, misread);
                None
            }
        }
    }

    fn experiment(&mut self, here: &Cursor) -> Option<Experiment> {
        here.get("run").map(|run| {
            run.only(&["do", "at"], &mut self.problems);
            Experiment { actions: self.timed(&run, "do"), at: self.instant(&run) }
        })
    }

    pub(super) fn question(&mut self, here: &Cursor) -> Question {
        here.only(&["question", "answers", "run"], &mut self.problems);
        let answers = self.list(here, "answers", MOST_ANSWERS, |reader, each| {
            each.only(&["text", "right", "holds", "because"], &mut reader.problems);
            let (right, holds) = reader.verdict(each);
            let because = each.get("because").map(|because| reader.spans(&because)).unwrap_or_default();
            if because.is_empty() && !right {
                reader.problems.add(&each.path, problem!("lesson.not-explained"));
            }
            Answer { text: reader.must_spans(each, "text"), right, holds, because }
        });
        let right = answers.iter().filter(|answer| answer.right).count();
        self.need_answers(here, problem!("lesson.no-answers"), answers.len(), right);
        Question { question: self.must_spans(here, "question"), answers, experiment: self.experiment(here) }
    }

    pub(super) fn comparison(&mut self, here: &Cursor) -> Comparison {
        here.only(&["rows", "run", "holds"], &mut self.problems);
        let variant = self.variant;
        let variants = self.plans.len();
        let rows = self.list(here, "rows", MAX_LIST, |reader, each| {
            each.only(&["text", "value"], &mut reader.problems);
            let value = each.must("value", &mut reader.problems);
            let mut of = |at: usize| {
                reader.variant = Some(at);
                reader.quantity(value.as_ref()?)
            };
            let quantities = (0..variants).filter_map(&mut of).collect();
            (reader.must_spans(each, "text"), quantities)
        });
        self.variant = variant;
        if rows.is_empty() || variants < 2 {
            self.problems.add(&here.path, problem!("lesson.no-comparison"));
        }
        let holds = here.get("holds").map(|_| self.condition(here, "holds"));
        Comparison { rows, experiment: self.experiment(here), holds }
    }

    pub(super) fn task(&mut self, here: &Cursor) -> Task {
        here.only(&["text", "when", "solution"], &mut self.problems);
        let (text, when) = self.text_and_condition(here);
        Task { text, when, solution: self.timed(here, "solution") }
    }

    pub(super) fn note(&mut self, here: &Cursor) -> Note {
        here.only(&["text", "when"], &mut self.problems);
        let (text, when) = self.text_and_condition(here);
        Note { when, text }
    }

    fn text_and_condition(&mut self, here: &Cursor) -> (Vec<Span>, Condition) {
        (self.must_spans(here, "text"), self.condition(here, "when"))
    }

    pub(super) fn must_spans(&mut self, here: &Cursor, key: &str) -> Vec<Span> {
        let found = here.must(key, &mut self.problems);
        found.map(|text| self.spans(&text)).unwrap_or_default()
    }
}
