//! Makes a lesson's data of its Markdown, and remembers of every part of it which line it comes from.

use cascade::base::{Diagnostic, Json, parse_duration};
use cascade::lesson::Lesson;
use cascade::session::{Action, FaultButton};
use cascade::view::Knob;

use super::actions::{self, Written};
use super::mistake::Mistakes;
use super::prose::{self, Words, object};
use super::source::{Directive, Part, Source, Step, Text};
use super::variants::{Files, Made, variants};

/// A lesson as data: for the page as JSON, for checks as it is read from there.
pub struct Composed {
    /// For the page.
    pub json: Json,
    /// As the page reads it.
    pub lesson: Lesson,
    /// What people call its subject elsewhere; for the list of all lessons, which is searched.
    pub aliases: Vec<String>,
}

/// Makes the data. None where there are mistakes.
pub fn compose(
    source: &Source,
    files: &Files,
    glossary: &Words,
    mistakes: &mut Mistakes,
) -> Option<Composed> {
    let named = |name: &str| source.top.iter().filter(|each| each.spec.name == name).collect::<Vec<_>>();
    let variants = variants(&named("variant"), files, mistakes);
    let mut composer = Composer {
        glossary,
        mistakes,
        buttons: Vec::new(),
        lines: Vec::new(),
        written: Vec::new(),
        knobs: Vec::new(),
    };
    let mut members = vec![
        ("schema", Json::Number(1.0)),
        ("title", source.title.text.as_str().into()),
        ("summary", composer.spans("summary", &source.summary)),
    ];
    let about = named("lesson");
    members.extend(composer.about(&about, source.title.line));
    let mut own = Vec::new();
    for (at, made) in variants.iter().flatten().enumerate() {
        composer.mark(&format!("variants[{at}]"), made.line);
        own.push(object(vec![
            ("label", made.variant.label.as_str().into()),
            ("scenario", made.variant.scenario.json().clone()),
        ]));
    }
    members.push(("variants", Json::Array(own)));
    members.push(("faults", composer.faults(&named("fault"))));
    let steps = source.steps.iter().enumerate().map(|(at, step)| composer.step(at, step));
    members.push(("steps", Json::Array(steps.collect())));
    members.extend(composer.teacher(&named("teacher"), source.title.line));
    let claims = named("claim").into_iter().enumerate().map(|(at, each)| composer.claim(at, each));
    members.push(("claims", Json::Array(claims.collect())));
    let json = object(members);
    let variants = variants?;
    composer.look_for(&variants);
    let lines = composer.lines;
    let aliases = about.iter().filter_map(|each| each.field("aliases")).flat_map(|text| text.text.split(','));
    let aliases = aliases.map(|alias| alias.trim().to_owned()).collect();
    match Lesson::read(&json.to_string(), &[]) {
        Ok(lesson) => mistakes.found.is_empty().then_some(Composed { json, lesson, aliases }),
        Err(wrong) => {
            for Diagnostic { path, message, help } in wrong {
                let line = line_of(&lines, &path).unwrap_or(source.title.line);
                mistakes.add(line, message, help);
            }
            None
        }
    }
}

/// The line of the nearest part that a path lies in.
fn line_of(lines: &[(String, usize)], path: &str) -> Option<usize> {
    let inside = |known: &str| {
        path.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let known = lines.iter().filter(|(known, _)| inside(known));
    known.max_by_key(|(known, _)| known.len()).map(|(_, line)| *line)
}

pub(super) struct Composer<'a> {
    glossary: &'a Words,
    pub(super) mistakes: &'a mut Mistakes,
    buttons: Vec<FaultButton>,
    /// Paths of the data with the lines that they come from.
    lines: Vec<(String, usize)>,
    pub(super) written: Vec<Written>,
    knobs: Vec<Text>,
}

pub(super) type Members = Vec<(&'static str, Json)>;

impl Composer<'_> {
    pub(super) fn mark(&mut self, path: &str, line: usize) {
        self.lines.push((path.to_owned(), line));
    }

    pub(super) fn spans(&mut self, path: &str, text: &Text) -> Json {
        self.mark(path, text.line);
        prose::spans(text, self.glossary, self.mistakes)
    }

    fn blocks(&mut self, path: &str, text: &Text, list: &mut Vec<Json>) {
        for (line, block) in prose::blocks(text, self.glossary, self.mistakes) {
            self.mark(&format!("{path}[{}]", list.len()), line);
            list.push(block);
        }
    }

    /// A field as it is, marked with its line.
    pub(super) fn word(&mut self, path: &str, text: &Text) -> Json {
        self.mark(path, text.line);
        text.text.as_str().into()
    }

    /// A condition or an instant where the field is there.
    pub(super) fn maybe(&mut self, path: &str, text: Option<&Text>) -> Option<Json> {
        text.map(|text| self.word(path, text))
    }

    fn about(&mut self, found: &[&Directive], line: usize) -> Option<(&'static str, Json)> {
        let [about] = found else {
            self.mistakes.add(
                line,
                "the lesson has no place in the course",
                "write one \":::lesson\" under the summary",
            );
            return None;
        };
        self.mark("about", about.line);
        let mut members: Members = Vec::new();
        for key in ["chapter", "number", "minutes", "level"] {
            if let Some(text) = about.field(key) {
                self.mark(&format!("about.{key}"), text.line);
                let number = text.text.parse().map(Json::Number);
                members.push((key, number.unwrap_or_else(|_| text.text.as_str().into())));
            }
        }
        Some(("about", object(members)))
    }

    fn faults(&mut self, found: &[&Directive]) -> Json {
        let mut list = Vec::new();
        for directive in found {
            let path = format!("faults[{}]", list.len());
            self.mark(&path, directive.line);
            let mut faults = Vec::new();
            for text in directive.all("fault") {
                self.mark(&format!("{path}.fault[{}]", faults.len()), text.line);
                match Json::parse(&text.text) {
                    Ok(fault) => faults.push(fault),
                    Err(wrong) => self.mistakes.add(text.line, wrong.message, wrong.help),
                }
            }
            let lasts = directive.field("for");
            let mut members: Members =
                vec![("label", directive.argument.as_str().into()), ("fault", Json::Array(faults.clone()))];
            members.extend(lasts.map(|lasts| ("for", lasts.text.as_str().into())));
            list.push(object(members));
            // One that is no length is complained of where the data is read.
            let lasts = lasts.and_then(|lasts| parse_duration(&lasts.text).ok());
            self.buttons.push(FaultButton { label: directive.argument.clone(), faults, lasts });
        }
        Json::Array(list)
    }

    fn step(&mut self, at: usize, step: &Step) -> Json {
        let path = format!("steps[{at}]");
        self.mark(&path, step.heading.line);
        let (mut text, mut notes, mut quiz) = (Vec::new(), Vec::new(), Vec::new());
        let (mut real, mut challenge) = (Vec::new(), Vec::new());
        let mut members: Members = vec![("heading", step.heading.text.as_str().into())];
        let mut figure = None;
        for part in &step.parts {
            let directive = match part {
                Part::Text(words) => {
                    self.blocks(&format!("{path}.text"), words, &mut text);
                    continue;
                }
                Part::Directive(directive) => directive,
            };
            let once = match directive.spec.name {
                "cue" => {
                    let place = format!("{path}.notes[{}]", notes.len());
                    notes.push(object(self.text_and_condition(&place, directive)));
                    None
                }
                "quiz" => {
                    let place = format!("{path}.quiz[{}]", quiz.len());
                    quiz.push(self.question(&place, directive));
                    None
                }
                "real" => {
                    self.blocks(&format!("{path}.real"), &directive.text, &mut real);
                    None
                }
                "challenge" => {
                    self.blocks(&format!("{path}.challenge"), &directive.text, &mut challenge);
                    None
                }
                "figure" => Some(("figure", self.figure(&format!("{path}.figure"), directive))),
                "task" => Some(("task", self.task(&format!("{path}.task"), directive))),
                "compare" => Some(("compare", self.comparison(&format!("{path}.compare"), directive))),
                _ => Some(("predict", self.prediction(&format!("{path}.predict"), directive))),
            };
            if let Some((key, json)) = once {
                if members.iter().any(|(known, _)| *known == key) {
                    let what = format!("the step has another :::{}", directive.spec.name);
                    self.mistakes.add(directive.line, what, "make two steps of it");
                }
                figure = figure.or((key == "figure").then_some(()));
                members.push((key, json));
            }
        }
        if figure.is_none() {
            let none = || Json::Array(Vec::new());
            let still = vec![("restart", Json::Bool(true)), ("knobs", none()), ("faults", none())];
            members.push(("figure", object(still)));
        }
        let lists =
            [("text", text), ("notes", notes), ("quiz", quiz), ("real", real), ("challenge", challenge)];
        members.extend(lists.map(|(key, list)| (key, Json::Array(list))));
        object(members)
    }

    /// A figure always begins anew: else its state would depend on how the reader came to it.
    fn figure(&mut self, path: &str, directive: &Directive) -> Json {
        self.mark(path, directive.line);
        let mut members: Members =
            vec![("show", directive.argument.as_str().into()), ("restart", Json::Bool(true))];
        for key in ["speed", "play"] {
            if let Some(text) = directive.field(key) {
                let word = self.word(&format!("{path}.{key}"), text);
                let value = Json::parse(&text.text).unwrap_or(word);
                members.push((key, value));
            }
        }
        let knobs: Vec<Text> = directive.all("knob").cloned().collect();
        if !knobs.iter().any(|knob| knob.text == "all") {
            members
                .push(("knobs", Json::Array(knobs.iter().map(|knob| knob.text.as_str().into()).collect())));
            self.knobs.extend(knobs);
        }
        let looks = directive.all("look").map(|look| look.text.as_str().into()).collect::<Vec<Json>>();
        if !looks.is_empty() {
            for (at, look) in directive.all("look").enumerate() {
                self.mark(&format!("{path}.look[{at}]"), look.line);
            }
            members.push(("look", Json::Array(looks)));
        }
        match directive.field("faults") {
            Some(text) if text.text == "all" => {}
            Some(text) => {
                let places = text.text.split(',').map(|place| place.trim().parse::<f64>());
                self.mark(&format!("{path}.faults"), text.line);
                match places.collect::<Result<Vec<f64>, _>>() {
                    Ok(places) => {
                        let places = places.into_iter().map(|place| Json::Number(place - 1.0));
                        members.push(("faults", Json::Array(places.collect())));
                    }
                    Err(_) => {
                        let mend = "write \"all\", or numbers from 1 with commas between them";
                        self.mistakes.add(text.line, "these are no faults", mend);
                    }
                }
            }
            None => members.push(("faults", Json::Array(Vec::new()))),
        }
        members.push(("do", self.actions(&format!("{path}.do"), directive, false)));
        object(members)
    }

    pub(super) fn actions(&mut self, path: &str, directive: &Directive, timed: bool) -> Json {
        let mut list = Vec::new();
        for text in directive.all("do") {
            for written in actions::read(text, timed, &self.buttons, self.mistakes) {
                self.mark(&format!("{path}[{}]", list.len()), written.line);
                list.push(written.json());
                self.written.push(written);
            }
        }
        Json::Array(list)
    }

    /// What is done, and when one looks; none where it is not said when.
    pub(super) fn run(&mut self, path: &str, directive: &Directive) -> Option<(&'static str, Json)> {
        let at = self.maybe(&format!("{path}.run.at"), directive.field("at"))?;
        let actions = self.actions(&format!("{path}.run.do"), directive, true);
        Some(("run", object(vec![("do", actions), ("at", at)])))
    }

    fn teacher(&mut self, found: &[&Directive], line: usize) -> Option<(&'static str, Json)> {
        let [teacher] = found else {
            self.mistakes.add(line, "the lesson has no teacher's part", "write one \":::teacher\"");
            return None;
        };
        self.mark("teacher", teacher.line);
        let mut members: Members = Vec::new();
        for key in ["goal", "preparation"] {
            let place = format!("teacher.{key}");
            members.extend(teacher.field(key).map(|text| (key, self.spans(&place, text))));
        }
        let live: Vec<&Text> = teacher.all("live").collect();
        let live = live.iter().enumerate().map(|(at, text)| self.spans(&format!("teacher.live[{at}]"), text));
        let live = live.collect();
        members.push(("live", Json::Array(live)));
        let mut questions = Vec::new();
        for item in &teacher.items {
            let place = format!("teacher.questions[{}]", questions.len());
            self.mark(&place, item.text.line);
            let mut members: Members =
                vec![("question", self.spans(&format!("{place}.question"), &item.text))];
            let answer =
                item.fields.first().map(|field| self.spans(&format!("{place}.answer"), &field.value));
            members.extend(answer.map(|answer| ("answer", answer)));
            questions.push(object(members));
        }
        members.push(("questions", Json::Array(questions)));
        Some(("teacher", object(members)))
    }

    /// Looks for what is set and for what is shown as a knob in the variants.
    fn look_for(&mut self, variants: &[Made]) {
        for written in &self.written {
            let Action::Set { variant, path, value } = &written.action else { continue };
            let own = variants.iter().enumerate().filter(|(at, _)| variant.is_none_or(|own| own == *at));
            let tried: Vec<_> = own.map(|(_, made)| made.variant.scenario.with(path, value)).collect();
            if !tried.iter().any(Result::is_ok) {
                let wrong =
                    tried.into_iter().find_map(Result::err).and_then(|wrong| wrong.into_iter().next());
                let (message, help) =
                    wrong.map_or_else(Default::default, |wrong| (wrong.message, wrong.help));
                let what = format!("\"{path}\" cannot be set so: {message}");
                let mend = if help.is_empty() { "name a variant that there is".to_owned() } else { help };
                self.mistakes.add(written.line, what, mend);
                continue;
            }
            let knob = variants.iter().find_map(|made| Knob::of(&made.variant.scenario, path));
            let stop = knob.filter(|_| written.by_hand).map(|knob| knob.nearest(value));
            if let Some((nearest, false)) = stop {
                let what = format!("{value} is no stop of the slider of \"{path}\"");
                self.mistakes.add(written.line, what, format!("write {nearest}, the nearest one"));
            }
        }
        for knob in &self.knobs {
            let known =
                |made: &Made| made.variant.scenario.view().knobs.iter().any(|each| each.path == knob.text);
            if !variants.iter().any(known) {
                let what = format!("no variant has a knob for \"{}\"", knob.text);
                self.mistakes.add(knob.line, what, "add it to view.knobs of the scenario");
            }
        }
    }
}
