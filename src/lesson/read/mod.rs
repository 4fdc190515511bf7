//! Reads a lesson from JSON; every problem at once, each with its path.

mod asks;
mod course;
mod glossary;
mod prose;

use crate::base::{Diagnostic, Json, SimDuration, SimTime};
use crate::scenario::{Plan, Scenario, read_fault};

use super::format::{Claim, Deed, FaultButton, Figure, Lesson, Step, Timed, Variant};
use super::place::{Place, Problems};
use super::{Condition, Misread, Scope, words};

/// Bounds of the lists of a lesson.
const MAX_STEPS: usize = 20;
const MAX_LIST: usize = 32;

impl Lesson {
    /// Reads a lesson. `files` are scenarios that its variants may name instead of spelling them out, as (name,
    /// text). All problems at once, each with its path.
    pub fn read(text: &str, files: &[(&str, &str)]) -> Result<Lesson, Vec<Diagnostic>> {
        let json = Json::parse(text).map_err(|problem| vec![problem])?;
        let root = Place { json: &json, path: String::new() };
        let mut problems = Problems::default();
        let variants = variants(&root, files, &mut problems);
        if !problems.0.is_empty() {
            return Err(problems.0);
        }
        let plans = variants.iter().map(|v| v.scenario.plan()).collect::<Result<Vec<_>, _>>()?;
        let primaries = variants.iter().map(|variant| variant.scenario.view().primary().map(str::to_owned));
        let primaries: Vec<Option<String>> = primaries.collect();
        let mut reader = Reader { plans: &plans, primaries: &primaries, lane: None, faults: 0, problems };
        let lesson = reader.lesson(&root, variants);
        if reader.problems.0.is_empty() { Ok(lesson) } else { Err(reader.problems.0) }
    }
}

fn variants(root: &Place, files: &[(&str, &str)], problems: &mut Problems) -> Vec<Variant> {
    let Some(list) = root.must("variants", problems) else {
        if !matches!(root.json, Json::Object(_)) {
            problems.add("", &words::NO_LESSON, &[]);
        }
        return Vec::new();
    };
    let variants: Vec<_> =
        list.items(2, problems).iter().map(|each| variant(each, files, problems)).collect();
    if variants.is_empty() && problems.0.is_empty() {
        problems.add(&list.path, &words::NO_VARIANT, &[]);
    }
    variants.into_iter().flatten().collect()
}

fn variant(place: &Place, files: &[(&str, &str)], problems: &mut Problems) -> Option<Variant> {
    place.only(&["label", "scenario"], problems);
    let label = place.must("label", problems).map_or("", |label| label.text(problems)).to_owned();
    let scenario = place.must("scenario", problems)?;
    let read = match scenario.json {
        Json::String(name) => match files.iter().find(|(file, _)| file == name) {
            Some((_, text)) => Scenario::read(text),
            None => {
                problems.add(&scenario.path, &words::NO_FILE, &[]);
                return None;
            }
        },
        json => Scenario::from_json(json.clone()),
    };
    match read.and_then(|scenario| scenario.plan().map(|_| scenario)) {
        Ok(scenario) => Some(Variant { label, scenario }),
        Err(wrong) => {
            for each in wrong {
                let dot = if each.path.is_empty() { "" } else { "." };
                let path = [&scenario.path, dot, &each.path].concat();
                problems.0.push(Diagnostic { path, ..each });
            }
            None
        }
    }
}

struct Reader<'a> {
    plans: &'a [Plan],
    /// The node that each variant is mostly about.
    primaries: &'a [Option<String>],
    /// The variant that a condition is about where it names none.
    lane: Option<usize>,
    /// How many fault buttons there are.
    faults: usize,
    problems: Problems,
}

impl Reader<'_> {
    fn lesson(&mut self, root: &Place, variants: Vec<Variant>) -> Lesson {
        root.only(
            &["schema", "title", "summary", "about", "variants", "faults", "steps", "teacher", "claims"],
            &mut self.problems,
        );
        if root.must("schema", &mut self.problems).is_some_and(|s| s.number(&mut self.problems) != 1.0) {
            self.problems.add("schema", &words::NO_SCHEMA, &[]);
        }
        let faults = self.list(root, "faults", MAX_LIST, Reader::fault_button);
        self.faults = faults.len();
        Lesson {
            title: self.required(root, "title"),
            summary: root
                .must("summary", &mut self.problems)
                .map(|text| self.spans(&text))
                .unwrap_or_default(),
            about: root.get("about").map(|about| self.about(&about)),
            variants,
            faults,
            steps: self.list(root, "steps", MAX_STEPS, Self::step),
            teacher: root.get("teacher").map(|teacher| self.teacher(&teacher)),
            claims: self.list(root, "claims", MAX_LIST, Self::claim),
        }
    }

    fn step(&mut self, place: &Place) -> Step {
        place.only(
            &["heading", "text", "figure", "predict", "task", "notes", "compare", "quiz", "real"],
            &mut self.problems,
        );
        let figure = match place.get("figure") {
            Some(figure) => self.figure(&figure),
            None => self.plain_figure(),
        };
        self.lane = match figure.show.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let predict = place.get("predict").map(|p| self.prediction(&p));
        let task = place.get("task").map(|t| self.task(&t));
        if predict.is_some() && task.is_some() {
            self.problems.add(&place.path, &words::TWO_TASKS, &[]);
        }
        Step {
            heading: self.required(place, "heading"),
            text: self.list(place, "text", MAX_LIST, Reader::block),
            figure,
            predict,
            task,
            notes: self.list(place, "notes", MAX_LIST, Reader::note),
            compare: place.get("compare").map(|compare| self.comparison(&compare)),
            quiz: self.list(place, "quiz", MAX_LIST, Reader::question),
            real: self.list(place, "real", MAX_LIST, Reader::block),
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
            deeds: Vec::new(),
        }
    }

    fn figure(&mut self, place: &Place) -> Figure {
        place.only(&["show", "speed", "restart", "play", "knobs", "faults", "do"], &mut self.problems);
        let mut figure = self.plain_figure();
        if let Some(show) = place.get("show").filter(|show| *show.json != Json::String("both".to_owned())) {
            figure.show = vec![self.lane(&show)];
        }
        if let Some(speed) = place.get("speed") {
            let asked = speed.number(&mut self.problems);
            if !(0.01..=1000.0).contains(&asked) {
                self.problems.add(&speed.path, &words::NO_SPEED, &[]);
            }
            figure.speed = Some(asked);
        }
        figure.restart = place.get("restart").is_some_and(|flag| flag.flag(&mut self.problems));
        figure.play = place.get("play").is_none_or(|flag| flag.flag(&mut self.problems));
        if place.get("knobs").is_some() {
            figure.knobs = Some(self.list(place, "knobs", MAX_LIST, Reader::string));
        }
        if place.get("faults").is_some() {
            let faults = self.faults;
            let at = |reader: &mut Self, each: &Place| each.below(faults, &mut reader.problems);
            figure.faults = Some(self.list(place, "faults", MAX_LIST, at));
        }
        figure.deeds = self.list(place, "do", MAX_LIST, |reader, each| {
            each.only(DEED, &mut reader.problems);
            reader.deed(each)
        });
        figure
    }

    fn deed(&mut self, place: &Place) -> Deed {
        if let Some(fault) = place.get("inject") {
            return Deed::Inject { fault: self.fault(&fault), lasts: self.lasts(place) };
        }
        if let Some(fault) = place.get("heal") {
            return Deed::Heal { fault: self.fault(&fault) };
        }
        let path = place.get("set").map(|path| self.string(&path));
        let value = place.get("to").map(|value| value.json.clone());
        if path.is_none() || value.is_none() {
            self.problems.add(&place.path, &words::NO_DEED, &[]);
        }
        let lane = place.get("in").map(|lane| self.lane(&lane));
        Deed::Set { lane, path: path.unwrap_or_default(), value: value.unwrap_or(Json::Null) }
    }

    fn claim(&mut self, place: &Place) -> Claim {
        place.only(&["text", "do", "at", "holds"], &mut self.problems);
        self.lane = None;
        let holds = self.condition(place, "holds");
        let deeds = self.timed(place, "do");
        Claim { text: self.required(place, "text"), deeds, at: self.instant(place), holds }
    }

    /// Deeds with their instants, in order of time.
    fn timed(&mut self, place: &Place, key: &str) -> Vec<Timed> {
        let mut deeds = self.list(place, key, MAX_LIST, |reader, each| {
            each.only(&[DEED, &["at"]].concat(), &mut reader.problems);
            Timed { at: reader.instant(each), deed: reader.deed(each) }
        });
        deeds.sort_by_key(|timed| timed.at);
        deeds
    }

    fn fault_button(&mut self, place: &Place) -> FaultButton {
        place.only(&["label", "fault", "for"], &mut self.problems);
        let faults = match place.must("fault", &mut self.problems) {
            Some(list) if matches!(list.json, Json::Array(_)) => {
                list.items(MAX_LIST, &mut self.problems).iter().map(|each| self.fault(each)).collect()
            }
            one => one.iter().map(|fault| self.fault(fault)).collect(),
        };
        FaultButton { label: self.required(place, "label"), faults, lasts: self.lasts(place) }
    }

    /// A fault that at least one variant has the nodes of.
    fn fault(&mut self, place: &Place) -> Json {
        let mut wrong = Vec::new();
        let known = self.plans.iter().any(|plan| match read_fault(place.json, plan) {
            Ok(_) => true,
            Err(problems) => {
                wrong = problems;
                false
            }
        });
        if !known {
            for each in wrong {
                self.problems.0.push(Diagnostic { path: place.path.clone(), ..each });
            }
        }
        place.json.clone()
    }

    fn condition(&mut self, place: &Place, key: &str) -> Condition {
        let Some(at) = place.must(key, &mut self.problems) else { return Condition::default() };
        let text = at.text(&mut self.problems);
        Condition::read(text, &self.scope()).unwrap_or_else(|misread| {
            self.misread(&at.path, misread);
            Condition::default()
        })
    }

    fn scope(&self) -> Scope<'_> {
        let primaries = self.primaries.iter().map(Option::as_deref);
        Scope { variants: self.plans.iter().zip(primaries).collect(), lane: self.lane }
    }

    fn misread(&mut self, path: &str, misread: Misread) {
        let Misread { column, message, help } = misread;
        self.problems.add(path, &words::MISREAD, &[&column.to_string(), &message, &help]);
    }

    fn lane(&mut self, place: &Place) -> usize {
        let letter = place.text(&mut self.problems);
        match ["A", "B"].iter().take(self.plans.len()).position(|name| *name == letter) {
            Some(lane) => lane,
            None => {
                self.problems.add(&place.path, &words::OTHER_VARIANT, &[]);
                0
            }
        }
    }

    fn lasts(&mut self, place: &Place) -> Option<SimDuration> {
        place.get("for").map(|lasts| lasts.duration(&mut self.problems))
    }

    fn instant(&mut self, place: &Place) -> SimTime {
        let at = place.must("at", &mut self.problems);
        SimTime(at.map_or(0, |at| at.duration(&mut self.problems).0))
    }

    fn required(&mut self, place: &Place, key: &str) -> String {
        place.must(key, &mut self.problems).map_or_else(String::new, |text| self.string(&text))
    }

    fn string(&mut self, place: &Place) -> String {
        place.text(&mut self.problems).to_owned()
    }

    fn list<T>(
        &mut self,
        place: &Place,
        key: &str,
        limit: usize,
        read: impl Fn(&mut Self, &Place) -> T,
    ) -> Vec<T> {
        let items = place.get(key).map(|list| list.items(limit, &mut self.problems)).unwrap_or_default();
        items.iter().map(|each| read(self, each)).collect()
    }
}

/// The fields of a deed.
const DEED: &[&str] = &["inject", "heal", "for", "set", "to", "in"];

#[cfg(test)]
mod tests;
