//! The system that is being edited, its text, and everything that was done to it.

use super::apply::{apply, burst, words};
use super::draft::Draft;
use super::edit::{Done, Edit};
use super::places_in_text::place_of_mistake;
use crate::base::Diagnostic;
use crate::scenario::{Plan, Scenario};

/// The most steps that can be undone; before more, the oldest are forgotten.
pub const MOST_STEPS: usize = 200;

/// The most bytes of text that are kept to be undone or redone; before more, the oldest steps are forgotten.
const MOST_BYTES: usize = 16 << 20;

/// A system that is being edited.
#[derive(Clone, Debug)]
pub struct Editor {
    scenario: Scenario,
    plan: Plan,
    now: Moment,
    wrong: Vec<Diagnostic>,
    past: Vec<Step>,
    future: Vec<Step>,
    /// What the last step is one with.
    burst: Option<String>,
}

/// What is restored.
#[derive(Clone, Debug)]
struct Moment {
    /// The text of the last right scenario.
    right: String,
    /// What stands there instead while it is wrong.
    typed: Option<String>,
}

/// Something that was done: what it is called, and the moment on its other side.
#[derive(Clone, Debug)]
struct Step {
    words: String,
    moment: Moment,
}

impl Editor {
    /// Begins with a scenario.
    ///
    /// # Errors
    ///
    /// It does not compile.
    pub fn new(scenario: Scenario) -> Result<Editor, Vec<Diagnostic>> {
        let text = scenario.print();
        Editor::with_text(scenario, text)
    }

    /// Begins with a text, and keeps it as it is.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn read(text: &str) -> Result<Editor, Vec<Diagnostic>> {
        Editor::with_text(Scenario::read(text)?, text.to_owned())
    }

    fn with_text(scenario: Scenario, text: String) -> Result<Editor, Vec<Diagnostic>> {
        let plan = scenario.plan()?;
        let now = Moment { right: text, typed: None };
        Ok(Editor {
            scenario,
            plan,
            now,
            wrong: Vec::new(),
            past: Vec::new(),
            future: Vec::new(),
            burst: None,
        })
    }

    /// The last right scenario: what runs.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Its plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The text that stands beside the drawing: of the scenario, or as it was typed while that is wrong.
    pub fn text(&self) -> &str {
        self.now.typed.as_deref().unwrap_or(&self.now.right)
    }

    /// What is wrong with the text; empty where it is the scenario.
    pub fn wrong(&self) -> &[Diagnostic] {
        &self.wrong
    }

    /// The same, each with its line and column in the text, from 1.
    pub fn mistakes(&self) -> Vec<(usize, usize, &Diagnostic)> {
        let placed = |diagnostic| {
            let (line, column) = place_of_mistake(self.text(), diagnostic);
            (line, column, diagnostic)
        };
        self.wrong.iter().map(placed).collect()
    }

    /// Does an edit. Where the text is wrong at the moment, it is done to the last right scenario, and undoing it brings
    /// the wrong text back.
    ///
    /// # Errors
    ///
    /// Why it cannot be done; nothing has changed then.
    pub fn apply(&mut self, edit: Edit) -> Result<Done, Vec<Diagnostic>> {
        let (words, burst) = (words(&edit), burst(&edit));
        let mut draft = Draft::of(&self.scenario);
        apply(&mut draft, edit)?;
        let (scenario, plan) = draft.finish((&self.scenario, &self.plan))?;
        let Draft { select, dropped, .. } = draft;
        let structure = !self.plan.same_shape(&plan);
        if scenario != self.scenario || self.now.typed.is_some() {
            let now = Moment { right: scenario.print(), typed: None };
            self.step(words, burst, now);
            (self.scenario, self.plan, self.wrong) = (scenario, plan, Vec::new());
        }
        Ok(Done { select, structure, dropped })
    }

    /// Takes what was typed. If it is right it is the scenario; if not, the last right one stays.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn type_text(&mut self, text: &str) -> Result<Done, Vec<Diagnostic>> {
        if text == self.text() {
            return if self.wrong.is_empty() { Ok(Done::default()) } else { Err(self.wrong.clone()) };
        }
        let words = text!("editor.did.type").to_owned();
        let burst = Some("text".to_owned());
        let read = Scenario::read(text).and_then(|scenario| Ok((scenario.plan()?, scenario)));
        match read {
            Ok((plan, scenario)) => {
                self.step(words, burst, Moment { right: text.to_owned(), typed: None });
                let structure = !self.plan.same_shape(&plan);
                (self.scenario, self.plan, self.wrong) = (scenario, plan, Vec::new());
                Ok(Done { structure, ..Done::default() })
            }
            Err(found) => {
                let right = self.now.right.clone();
                self.step(words, burst, Moment { right, typed: Some(text.to_owned()) });
                self.wrong.clone_from(&found);
                Err(found)
            }
        }
    }

    /// Ends a burst: what comes next is a step of its own, also in the same field.
    pub fn pause(&mut self) {
        self.burst = None;
    }

    /// Undoes the last step; false if there is none.
    pub fn undo(&mut self) -> bool {
        self.burst = None;
        let Some(step) = self.past.pop() else { return false };
        let moment = self.restore(step.moment);
        self.future.push(Step { words: step.words, moment });
        true
    }

    /// Does again what was undone last; false if there is nothing.
    pub fn redo(&mut self) -> bool {
        self.burst = None;
        let Some(step) = self.future.pop() else { return false };
        let moment = self.restore(step.moment);
        self.past.push(Step { words: step.words, moment });
        true
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// What would be undone, in words.
    pub fn undo_words(&self) -> Option<&str> {
        self.past.last().map(|step| step.words.as_str())
    }

    /// What would be redone, in words.
    pub fn redo_words(&self) -> Option<&str> {
        self.future.last().map(|step| step.words.as_str())
    }

    /// Goes on from a new moment, and remembers the one before.
    fn step(&mut self, words: String, burst: Option<String>, now: Moment) {
        let before = std::mem::replace(&mut self.now, now);
        self.future.clear();
        if burst.is_none() || burst != self.burst || self.past.is_empty() {
            self.past.push(Step { words, moment: before });
        }
        self.burst = burst;
        let bytes = |step: &Step| step.moment.right.len() + step.moment.typed.as_ref().map_or(0, String::len);
        let mut all: usize = self.past.iter().map(bytes).sum();
        let mut forget = self.past.len().saturating_sub(MOST_STEPS);
        all -= self.past[..forget].iter().map(bytes).sum::<usize>();
        while all > MOST_BYTES && forget + 1 < self.past.len() {
            all -= bytes(&self.past[forget]);
            forget += 1;
        }
        self.past.drain(..forget);
    }

    /// Goes to a moment of the past or the future; returns the present one.
    fn restore(&mut self, moment: Moment) -> Moment {
        if moment.right != self.now.right {
            // It was right when it was left.
            let read = Scenario::read(&moment.right).and_then(|scenario| Ok((scenario.plan()?, scenario)));
            if let Ok((plan, scenario)) = read {
                (self.scenario, self.plan) = (scenario, plan);
            }
        }
        self.wrong = match &moment.typed {
            Some(typed) => {
                Scenario::read(typed).and_then(|scenario| scenario.plan()).err().unwrap_or_default()
            }
            None => Vec::new(),
        };
        std::mem::replace(&mut self.now, moment)
    }
}

#[cfg(test)]
#[path = "editor_tests.rs"]
mod tests;
