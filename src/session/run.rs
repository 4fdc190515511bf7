//! A run in a person's hands: which variant settings concern, buttons that break something, and the way back from a
//! setting.

use super::{Action, Record, Session, Variant, VariantRun};
use crate::base::{Diagnostic, Json, SimDuration};
use crate::scenario::read_fault;

/// So many settings can be taken back; when they are reached, the oldest is forgotten.
pub const MOST_UNDONE: usize = 100;

/// A button that breaks something.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultButton {
    /// What it says.
    pub label: String,
    /// The faults that it stands for, as in a timeline entry's `fault`; each sets in where a variant has its nodes.
    pub faults: Vec<Json>,
    /// For how long; none: until pressed again.
    pub lasts: Option<SimDuration>,
}

/// A change that was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The parameter that was to be set; empty where it was something else.
    pub path: String,
    /// Why.
    pub problems: Vec<Diagnostic>,
}

/// Which parts of a run a page shows; none: all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// Variants, by place.
    pub variants: Option<Vec<usize>>,
    /// Settings, by path.
    pub knobs: Option<Vec<String>>,
    /// Fault buttons, by place.
    pub faults: Option<Vec<usize>>,
}

/// A session with what a person needs to steer it.
#[derive(Clone, Debug)]
pub struct Run {
    /// What runs.
    pub session: Session,
    /// What can be broken at the press of a button.
    pub faults: Vec<FaultButton>,
    /// Which variant settings concern; none: every one.
    pub target: Option<usize>,
    /// What a page shows of it.
    pub shown: Shown,
    /// The last change that was refused; none once a change was done.
    pub refused: Option<Refusal>,
    /// How many variants it began with.
    began_with: usize,
    /// What takes the last settings back, the latest last: for each of them the values that were there before. At most
    /// [`MOST_UNDONE`].
    undo: Vec<Vec<Action>>,
}

impl Run {
    /// Variants at time zero, playing, at the speed that the first of them asks for.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with their scenarios.
    pub fn new(variants: Vec<Variant>, faults: Vec<FaultButton>) -> Result<Run, Vec<Diagnostic>> {
        let speed = variants.first().and_then(|variant| variant.scenario.view().speed).unwrap_or(1.0);
        Ok(Run {
            began_with: variants.len(),
            session: Session::new(variants, speed)?,
            faults,
            target: None,
            shown: Shown::default(),
            refused: None,
            undo: Vec::new(),
        })
    }

    /// A run that was recorded: it stands at time zero and is on its way to the record's moment, see [`Session::open`].
    ///
    /// # Errors
    ///
    /// Everything that is wrong with its scenarios.
    pub fn open(record: Record, faults: Vec<FaultButton>) -> Result<Run, Vec<Diagnostic>> {
        let session = Session::open(record)?;
        let began_with = session.variants().len();
        let (shown, undo) = (Shown::default(), Vec::new());
        Ok(Run { session, faults, target: None, shown, refused: None, began_with, undo })
    }

    /// Begins with these variants at time zero, at the speed of now. Where they cannot run, all stays as it is, and the
    /// reason is the refusal.
    pub fn begin(&mut self, variants: Vec<Variant>) {
        let count = variants.len();
        let begun = Session::new(variants, self.session.speed()).map(|session| {
            (self.session, self.began_with) = (session, count);
            self.forget();
        });
        self.refused = refusal("", begun);
    }

    /// Back to time zero with the settings of now.
    pub fn restart(&mut self) {
        self.refused = refusal("", self.session.restart());
    }

    /// Which variants are shown, by place. A person who has made two of one, or one of two, sees what there is.
    pub fn shown_variants(&self) -> Vec<usize> {
        let count = self.session.variants().len();
        match &self.shown.variants {
            Some(shown) if count == self.began_with => shown.clone(),
            _ => (0..count).collect(),
        }
    }

    /// Whether the setting of a path is shown.
    pub fn shows_knob(&self, path: &str) -> bool {
        self.shown.knobs.as_ref().is_none_or(|shown| shown.iter().any(|own| own == path))
    }

    /// The fault buttons that are shown, in the order of their keys, with their places among all.
    pub fn buttons(&self) -> impl Iterator<Item = (usize, &FaultButton)> {
        let shown = self.shown.faults.as_ref();
        let buttons = self.faults.iter().enumerate();
        buttons.filter(move |(at, _)| shown.is_none_or(|shown| shown.contains(at)))
    }

    /// The variant that settings concern, if it is there; none: every one.
    pub fn target(&self) -> Option<usize> {
        self.target.filter(|variant| *variant < self.session.variants().len())
    }

    /// Does something at the present instant. `path` is the parameter that it sets, if it sets one: a refusal is told
    /// there. Where no variant has what the action names, nothing changes and there is nothing to tell.
    pub fn act(&mut self, path: &str, action: Action) {
        self.refused = refusal(path, heard(self.session.act(action)));
    }

    /// Sets a parameter in the targeted variant, or in every one that has it.
    pub fn set(&mut self, path: &str, value: Json) {
        self.refused = refusal(path, self.change(self.target(), path, value));
    }

    /// Sets a parameter in one variant or in every one that has it, and remembers what it was. Changes of one parameter
    /// one after the other, as a slider makes them, are taken back together.
    ///
    /// # Errors
    ///
    /// Why it is refused; then nothing has changed. That no variant has the parameter is no error.
    pub fn change(&mut self, variant: Option<usize>, path: &str, value: Json) -> Result<(), Vec<Diagnostic>> {
        let before = self.before(variant, path);
        match self.session.act(Action::Set { variant, path: path.to_owned(), value }) {
            Ok(()) => self.remember(before),
            refused => heard(refused)?,
        }
        Ok(())
    }

    /// What sets a parameter to what it is now, in each variant.
    fn before(&self, variant: Option<usize>, path: &str) -> Vec<Action> {
        let runs = self.session.variants().iter().enumerate();
        let own = runs.filter(|(at, _)| variant.is_none_or(|variant| variant == *at));
        let value = |(at, run): (usize, &VariantRun)| Some((at, run.scenario().get(path)?));
        own.filter_map(value)
            .map(|(at, value)| Action::Set { variant: Some(at), path: path.to_owned(), value })
            .collect()
    }

    fn remember(&mut self, before: Vec<Action>) {
        if self.undo.last().is_some_and(|last| same_places(last, &before)) {
            return;
        }
        if self.undo.len() >= MOST_UNDONE {
            self.undo.remove(0);
        }
        self.undo.push(before);
    }

    /// Takes the last setting back: it is set to what it was, now.
    pub fn undo(&mut self) {
        for action in self.undo.pop().unwrap_or_default() {
            self.act("", action);
        }
    }

    /// Other variants, or another beginning: there is nothing to take back.
    pub fn forget(&mut self) {
        self.undo.clear();
    }

    /// Breaks what a button breaks, or mends it if it is broken. `button` is its place among all.
    pub fn press(&mut self, button: usize) {
        let Some(FaultButton { faults, lasts, .. }) = self.faults.get(button).cloned() else { return };
        let active = self.is_active(&faults);
        for fault in faults {
            let action = if active { Action::Heal { fault } } else { Action::Inject { fault, lasts } };
            self.act("", action);
        }
    }

    /// Whether any of these faults, as written in a scenario, is active in any variant.
    pub fn is_active(&self, faults: &[Json]) -> bool {
        self.session.variants().iter().any(|run| {
            let active = |fault: &Json| {
                read_fault(fault, run.plan())
                    .is_ok_and(|fault| run.snapshot().faults().any(|(_, active)| *active == fault))
            };
            faults.iter().any(active)
        })
    }
}

/// A result that says nothing but that an action concerned nobody is none to tell.
fn heard(result: Result<(), Vec<Diagnostic>>) -> Result<(), Vec<Diagnostic>> {
    match result {
        Err(problems) if !problems.is_empty() => Err(problems),
        _ => Ok(()),
    }
}

fn refusal(path: &str, result: Result<(), Vec<Diagnostic>>) -> Option<Refusal> {
    result.err().map(|problems| Refusal { path: path.to_owned(), problems })
}

/// Whether two settings are of the same parameter in the same variants.
fn same_places(a: &[Action], b: &[Action]) -> bool {
    let place = |action: &Action| match action {
        Action::Set { variant, path, .. } => Some((*variant, path.clone())),
        _ => None,
    };
    a.iter().map(place).eq(b.iter().map(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::scenario::Scenario;

    const PATH: &str = "nodes.app.workers";

    fn run() -> Run {
        let text = r#"{ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 20 } },
                     "operation": [{ "call": { "to": "app" } }] },
            "app": { "kind": "service", "workers": 4, "operations": { "default": [{ "work": "10ms" }] } } } }"#;
        let scenario = Scenario::read(text).expect("a good scenario");
        let variants = ["A", "B"].map(|label| Variant { label: label.into(), scenario: scenario.clone() });
        let fault = |text: &str| Json::parse(text).expect("JSON");
        let button = |label: &str, node: &str| FaultButton {
            label: label.into(),
            faults: vec![fault(&format!(r#"{{ "crash": {{ "node": "{node}" }} }}"#))],
            lasts: None,
        };
        Run::new(variants.into(), vec![button("App", "app"), button("Nobody", "nobody")]).expect("it runs")
    }

    fn workers(run: &Run) -> Vec<f64> {
        let value = |variant: &VariantRun| variant.scenario().get(PATH).and_then(|value| value.as_f64());
        run.session.variants().iter().filter_map(value).collect()
    }

    #[test]
    fn settings_are_taken_back_those_of_one_slider_together() {
        let mut run = run();
        for value in [5.0, 6.0, 7.0] {
            run.set(PATH, value.into());
        }
        run.target = Some(1);
        run.set(PATH, 9.0.into());
        assert_eq!(workers(&run), [7.0, 9.0]);
        run.undo();
        assert_eq!(workers(&run), [7.0, 7.0]);
        run.undo();
        assert_eq!(workers(&run), [4.0, 4.0]);
        run.undo();
        assert_eq!(workers(&run), [4.0, 4.0], "there is nothing to take back");
        for value in 1..=MOST_UNDONE + 9 {
            run.target = Some(value % 2);
            run.set(PATH, (value as f64).into());
        }
        assert_eq!(run.undo.len(), MOST_UNDONE);
    }

    #[test]
    fn a_refusal_stays_until_something_is_done() {
        let mut run = run();
        run.set(PATH, "many".into());
        let refused = run.refused.as_ref().expect("it is refused");
        assert!(refused.path == PATH && !refused.problems.is_empty(), "{refused:?}");
        assert_eq!((workers(&run), run.undo.len()), (vec![4.0, 4.0], 0));
        run.set("nodes.nobody.workers", 3.0.into());
        assert_eq!(run.refused, None, "what concerns nobody is no refusal");
        run.set(PATH, "many".into());
        run.restart();
        assert_eq!(run.refused, None);
        // A variant that is no more is not the target.
        run.target = Some(1);
        run.session.drop_variant(1);
        run.set(PATH, 3.0.into());
        assert_eq!((workers(&run), run.target()), (vec![3.0], None));
    }

    #[test]
    fn a_button_breaks_and_mends() {
        let mut run = run();
        let is_broken = |run: &Run, at: usize| run.is_active(&run.faults[at].faults);
        run.press(0);
        assert!(is_broken(&run, 0));
        run.press(0);
        assert!(!is_broken(&run, 0));
        run.press(9);
        run.press(1);
        assert!(!is_broken(&run, 1), "no variant has it");
        run.press(0);
        run.session.run_until(SimTime::from_secs(1.0));
        run.restart();
        assert!(!is_broken(&run, 0) && run.session.now() == SimTime::ZERO);
    }

    #[test]
    fn a_page_shows_what_it_is_told_to_as_long_as_the_variants_are_those() {
        let mut run = run();
        let places = |run: &Run| run.buttons().map(|(at, _)| at).collect::<Vec<_>>();
        assert_eq!(
            (run.shown_variants(), places(&run), run.shows_knob(PATH)),
            (vec![0, 1], vec![0, 1], true)
        );
        run.shown = Shown { variants: Some(vec![1]), knobs: Some(Vec::new()), faults: Some(vec![1]) };
        assert_eq!((run.shown_variants(), places(&run), run.shows_knob(PATH)), (vec![1], vec![1], false));
        run.session.drop_variant(0);
        assert_eq!(run.shown_variants(), [0]);
    }
}
