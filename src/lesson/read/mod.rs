//! Reads a lesson from JSON; every problem at once, each with its path.

mod asks;
mod course;
mod glossary;
mod prose;

use crate::base::{Cursor, Diagnostic, Json, Number, Problems, SimDuration, SimTime, sort_by_key};
use crate::scenario::{Plan, Scenario, read_fault};

use super::format::{Claim, Figure, Lesson, Step};
use super::{Condition, Look, Misread, ScenarioPage, Scope};
use crate::session::{Action, FaultButton, TimedAction, Variant};

/// Bounds of the lists of a lesson.
const MAX_STEPS: usize = 20;
const MAX_LIST: usize = 32;

impl Lesson {
    /// Reads a lesson. `files` are scenarios that its variants may name instead of spelling them out, as (name,
    /// text). All problems at once, each with its path.
    pub fn read(text: &str, files: &[(&str, &str)]) -> Result<Lesson, Vec<Diagnostic>> {
        read(text, files, |reader, root, variants| reader.lesson(root, variants))
    }
}

impl ScenarioPage {
    /// Reads a page without steps, written as a lesson that has a title, a summary, variants and faults alone. All
    /// problems at once, each with its path.
    pub fn read(text: &str, files: &[(&str, &str)]) -> Result<ScenarioPage, Vec<Diagnostic>> {
        read(text, files, |reader, root, variants| {
            root.only(&PAGE, &mut reader.problems);
            reader.page(root, variants)
        })
    }
}

/// Reads the variants, and then all the rest that is about them.
fn read<T>(
    text: &str,
    files: &[(&str, &str)],
    rest: impl FnOnce(&mut Reader, &Cursor, Vec<Variant>) -> T,
) -> Result<T, Vec<Diagnostic>> {
    let json = Json::parse(text).map_err(|problem| vec![problem])?;
    let root = Cursor::root(&json);
    let mut problems = Problems::default();
    let variants = variants(&root, files, &mut problems);
    problems.or(())?;
    let plans = variants.iter().map(|v| v.scenario.plan()).collect::<Result<Vec<_>, _>>()?;
    let primaries = variants.iter().map(|variant| variant.scenario.view().primary);
    let primaries: Vec<Option<String>> = primaries.collect();
    let mut reader = Reader::new(&plans, &primaries);
    let found = rest(&mut reader, &root, variants);
    reader.problems.or(found)
}

fn variants(root: &Cursor, files: &[(&str, &str)], problems: &mut Problems) -> Vec<Variant> {
    let Some(list) = root.must("variants", problems) else {
        if !matches!(root.json, Json::Object(_)) {
            problems.add("", problem!("lesson.no-lesson"));
        }
        return Vec::new();
    };
    let variants: Vec<_> =
        list.items(2, problems).iter().map(|each| variant(each, files, problems)).collect();
    if variants.is_empty() && problems.is_empty() {
        problems.add(&list.path, problem!("lesson.no-variant"));
    }
    variants.into_iter().flatten().collect()
}

fn variant(here: &Cursor, files: &[(&str, &str)], problems: &mut Problems) -> Option<Variant> {
    here.only(&["label", "scenario"], problems);
    let label = here.must("label", problems).map_or("", |label| label.text(problems)).to_owned();
    let scenario = here.must("scenario", problems)?;
    let read = match scenario.json {
        Json::String(name) => match files.iter().find(|(file, _)| file == name) {
            Some((_, text)) => Scenario::read(text),
            None => {
                problems.add(&scenario.path, problem!("lesson.no-file"));
                return None;
            }
        },
        json => Scenario::from_json(json.clone()),
    };
    match read.and_then(|scenario| scenario.plan().map(|_| scenario)) {
        Ok(scenario) => Some(Variant { label, scenario }),
        Err(wrong) => {
            problems.add_inside(&scenario.path, wrong);
            None
        }
    }
}

struct Reader<'a> {
    plans: &'a [Plan],
    /// The node that each variant is mostly about.
    primaries: &'a [Option<String>],
    /// The variant that a condition is about where it names none.
    variant: Option<usize>,
    /// How many fault buttons there are.
    faults: usize,
    problems: Problems,
}

impl<'a> Reader<'a> {
    /// A reader of what is about these plans.
    fn new(plans: &'a [Plan], primaries: &'a [Option<String>]) -> Reader<'a> {
        Reader { plans, primaries, variant: None, faults: 0, problems: Problems::default() }
    }

    fn lesson(&mut self, root: &Cursor, variants: Vec<Variant>) -> Lesson {
        root.only(&[&PAGE[..], &["about", "steps", "teacher", "claims"]].concat(), &mut self.problems);
        let ScenarioPage { title, summary, variants, faults } = self.page(root, variants);
        let steps = self.list(root, "steps", MAX_STEPS, Self::step);
        if steps.is_empty() {
            self.problems.add("steps", problem!("lesson.no-step"));
        }
        Lesson {
            title,
            summary,
            about: root.get("about").map(|about| self.about(&about)),
            variants,
            faults,
            steps,
            teacher: root.get("teacher").map(|teacher| self.teacher(&teacher)),
            claims: self.list(root, "claims", MAX_LIST, Self::claim),
        }
    }

    /// What a lesson has in common with a page without steps.
    fn page(&mut self, root: &Cursor, variants: Vec<Variant>) -> ScenarioPage {
        if root.must("schema", &mut self.problems).is_some_and(|s| s.number(&mut self.problems) != 1.0) {
            self.problems.add("schema", problem!("lesson.no-schema"));
        }
        let faults = self.list(root, "faults", MAX_LIST, Reader::fault_button);
        self.faults = faults.len();
        let title = self.required(root, "title");
        ScenarioPage { title, summary: self.must_spans(root, "summary"), variants, faults }
    }

    fn step(&mut self, here: &Cursor) -> Step {
        here.only(
            &[
                "heading",
                "text",
                "figure",
                "predict",
                "task",
                "notes",
                "compare",
                "quiz",
                "real",
                "challenge",
            ],
            &mut self.problems,
        );
        let figure = match here.get("figure") {
            Some(figure) => self.figure(&figure),
            None => self.plain_figure(),
        };
        self.variant = match figure.show.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let predict = here.get("predict").map(|p| self.prediction(&p));
        let task = here.get("task").map(|t| self.task(&t));
        if predict.is_some() && task.is_some() {
            self.problems.add(&here.path, problem!("lesson.two-tasks"));
        }
        Step {
            heading: self.required(here, "heading"),
            text: self.list(here, "text", MAX_LIST, Reader::block),
            figure,
            predict,
            task,
            notes: self.list(here, "notes", MAX_LIST, Reader::note),
            compare: here.get("compare").map(|compare| self.comparison(&compare)),
            quiz: self.list(here, "quiz", MAX_LIST, Reader::question),
            real: self.list(here, "real", MAX_LIST, Reader::block),
            challenge: self.list(here, "challenge", MAX_LIST, Reader::block),
        }
    }

    fn plain_figure(&self) -> Figure {
        Figure {
            show: (0..self.plans.len()).collect(),
            speed: None,
            restart: false,
            play: true,
            knobs: None,
            faults: None,
            looks: Vec::new(),
            actions: Vec::new(),
        }
    }

    fn figure(&mut self, here: &Cursor) -> Figure {
        here.only(&["show", "speed", "restart", "play", "knobs", "faults", "look", "do"], &mut self.problems);
        let mut figure = self.plain_figure();
        if let Some(show) = here.get("show").filter(|show| *show.json != Json::String("both".to_owned())) {
            figure.show = vec![self.variant(&show)];
        }
        if let Some(speed) = here.get("speed") {
            let asked = speed.number(&mut self.problems);
            if !(0.01..=1000.0).contains(&asked) {
                self.problems.add(&speed.path, problem!("lesson.no-speed"));
            }
            figure.speed = Some(asked);
        }
        figure.restart = here.get("restart").is_some_and(|flag| flag.flag(&mut self.problems));
        figure.play = here.get("play").is_none_or(|flag| flag.flag(&mut self.problems));
        if here.get("knobs").is_some() {
            figure.knobs = Some(self.list(here, "knobs", MAX_LIST, Reader::string));
        }
        if here.get("faults").is_some() {
            let faults = self.faults;
            let at = |reader: &mut Self, each: &Cursor| each.below(faults, &mut reader.problems);
            figure.faults = Some(self.list(here, "faults", MAX_LIST, at));
        }
        figure.looks = self.list(here, "look", MAX_LIST, Reader::look);
        figure.actions = self.list(here, "do", MAX_LIST, |reader, each| {
            each.only(ACTION, &mut reader.problems);
            reader.action(each)
        });
        figure
    }

    /// Something that at least one variant has.
    fn look(&mut self, here: &Cursor) -> Look {
        let look = Look::read(here.text(&mut self.problems));
        if !self.plans.iter().any(|plan| look.find(plan).is_some()) {
            self.problems.add(&here.path, problem!("lesson.no-look"));
        }
        look
    }

    fn action(&mut self, here: &Cursor) -> Action {
        if let Some(fault) = here.get("inject") {
            return Action::Inject { fault: self.fault(&fault), lasts: self.lasts(here) };
        }
        if let Some(fault) = here.get("heal") {
            return Action::Heal { fault: self.fault(&fault) };
        }
        let path = here.get("set").map(|path| self.string(&path));
        let value = here.get("to").map(|value| value.json.clone());
        if path.is_none() || value.is_none() {
            self.problems.add(&here.path, problem!("lesson.no-action"));
        }
        let variant = here.get("in").map(|variant| self.variant(&variant));
        Action::Set { variant, path: path.unwrap_or_default(), value: value.unwrap_or(Json::Null) }
    }

    fn claim(&mut self, here: &Cursor) -> Claim {
        here.only(&["text", "do", "at", "holds"], &mut self.problems);
        self.variant = None;
        let holds = self.condition(here, "holds");
        let actions = self.timed(here, "do");
        Claim { text: self.required(here, "text"), actions, at: self.instant(here), holds }
    }

    /// Actions with their instants, in order of time.
    fn timed(&mut self, here: &Cursor, key: &str) -> Vec<TimedAction> {
        let mut actions = self.list(here, key, MAX_LIST, |reader, each| {
            each.only(&[ACTION, &["at"]].concat(), &mut reader.problems);
            TimedAction { at: reader.instant(each), action: reader.action(each) }
        });
        sort_by_key(&mut actions, |timed| timed.at);
        actions
    }

    fn fault_button(&mut self, here: &Cursor) -> FaultButton {
        here.only(&["label", "fault", "for"], &mut self.problems);
        let faults = match here.must("fault", &mut self.problems) {
            Some(list) if matches!(list.json, Json::Array(_)) => {
                list.items(MAX_LIST, &mut self.problems).iter().map(|each| self.fault(each)).collect()
            }
            one => one.iter().map(|fault| self.fault(fault)).collect(),
        };
        FaultButton { label: self.required(here, "label"), faults, lasts: self.lasts(here) }
    }

    /// A fault that at least one variant has the nodes of.
    fn fault(&mut self, here: &Cursor) -> Json {
        let mut wrong = Vec::new();
        let known = self.plans.iter().any(|plan| match read_fault(here.json, plan) {
            Ok(_) => true,
            Err(problems) => {
                wrong = problems;
                false
            }
        });
        if !known {
            for each in wrong {
                self.problems.push(Diagnostic { path: here.path.clone(), ..each });
            }
        }
        here.json.clone()
    }

    fn condition(&mut self, here: &Cursor, key: &str) -> Condition {
        let Some(at) = here.must(key, &mut self.problems) else { return Condition::default() };
        let text = at.text(&mut self.problems);
        Condition::read(text, &self.scope()).unwrap_or_else(|misread| {
            self.misread(&at.path, misread);
            Condition::default()
        })
    }

    fn scope(&self) -> Scope<'_> {
        let primaries = self.primaries.iter().map(Option::as_deref);
        Scope { variants: self.plans.iter().zip(primaries).collect(), variant: self.variant }
    }

    fn misread(&mut self, path: &str, misread: Misread) {
        let Misread { column, message, help } = misread;
        let column = Number::Digits(column as u64);
        self.problems.tell(path, say!("lesson.misread", column = column, mistake = &message), help);
    }

    fn variant(&mut self, here: &Cursor) -> usize {
        let letter = here.text(&mut self.problems);
        match ["A", "B"].iter().take(self.plans.len()).position(|name| *name == letter) {
            Some(variant) => variant,
            None => {
                self.problems.add(&here.path, problem!("lesson.other-variant"));
                0
            }
        }
    }

    fn lasts(&mut self, here: &Cursor) -> Option<SimDuration> {
        here.get("for").map(|lasts| lasts.duration(&mut self.problems))
    }

    fn instant(&mut self, here: &Cursor) -> SimTime {
        let at = here.must("at", &mut self.problems);
        SimTime(at.map_or(0, |at| at.duration(&mut self.problems).0))
    }

    fn required(&mut self, here: &Cursor, key: &str) -> String {
        here.must(key, &mut self.problems).map_or_else(String::new, |text| self.string(&text))
    }

    fn string(&mut self, here: &Cursor) -> String {
        here.text(&mut self.problems).to_owned()
    }

    fn list<T>(
        &mut self,
        here: &Cursor,
        key: &str,
        limit: usize,
        read: impl Fn(&mut Self, &Cursor) -> T,
    ) -> Vec<T> {
        let items = here.get(key).map(|list| list.items(limit, &mut self.problems)).unwrap_or_default();
        items.iter().map(|each| read(self, each)).collect()
    }
}

/// The fields of a page without steps.
const PAGE: [&str; 5] = ["schema", "title", "summary", "variants", "faults"];

/// The fields of an action.
const ACTION: &[&str] = &["inject", "heal", "for", "set", "to", "in"];

#[cfg(test)]
mod tests;
