//! Every parameter of a node or a link as a field: what it is called, what it is, what it may be.

use crate::base::{Json, List, NodeIx, Number, OpIx, Text, format, list};
use crate::scenario::{Choice, Control, OperationPlan, Parameter, Parameters};
use crate::session::VariantRun;
use crate::view::stage::subject::ways;
use crate::view::words::{self, name, terms};

/// What items of lists are called, by the list's field; their number fills the place `number`.
const ITEMS: [(&str, Text); 7] = [
    ("bindings", Text::new("inspector.item.binding")),
    ("consumes", Text::new("inspector.item.source")),
    ("choose", Text::new("inspector.item.branch")),
    ("all", Text::new("inspector.item.branch")),
    ("saga", Text::new("inspector.item.step")),
    ("profile", Text::new("inspector.item.point")),
    ("empirical", Text::new("inspector.item.value")),
];

/// What the two of a pair are called, by the field that holds the pair or a list of them.
const PAIRS: [(&str, [Text; 2]); 3] = [
    ("uniform", [Text::new("inspector.pair.from"), Text::new("inspector.pair.to")]),
    ("profile", [Text::new("inspector.pair.at"), Text::new("inspector.pair.rate")]),
    ("empirical", [Text::new("inspector.pair.value"), Text::new("inspector.pair.weight")]),
];

/// A group of at most so many fields is open at first.
const OPEN_AT_FIRST: usize = 9;

/// Fields under one title.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The title.
    pub title: String,
    /// What is to be said about all of them; may be empty.
    pub note: &'static str,
    /// What gives this thing fields of its own: what the button says, the path and the value to set.
    pub add: Option<(&'static str, &'static str, Json)>,
    /// The fields.
    pub fields: Vec<Field>,
}

/// A parameter as a reader finds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What it is found by: its path, with more behind where several fields have one path.
    pub id: String,
    /// Its path in the scenario.
    pub path: String,
    /// What it is called.
    pub label: String,
    /// Its key in the language, or its place in a list.
    pub key: String,
    /// What the language says about it.
    pub about: String,
    /// What it may be.
    pub control: Control,
    /// What it is, as it is written.
    pub value: String,
    /// Unit and range; may be empty.
    pub hint: String,
    /// What it is where nothing is said; none where something must be said, and for groups.
    pub default: Option<Json>,
    /// It has a default and is something else.
    pub changed: bool,
    /// It can be taken away.
    pub removable: bool,
    /// What it is set to holds from the next start on.
    pub waits: bool,
    /// What it is made of.
    pub parts: Vec<Field>,
}

impl Field {
    /// Itself or one of its parts, by its name.
    pub fn find(&self, id: &str) -> Option<&Field> {
        if self.id == id { Some(self) } else { self.parts.iter().find_map(|part| part.find(id)) }
    }

    /// How many there are to set in it.
    pub fn count(&self) -> usize {
        let own = !matches!(self.control, Control::Group | Control::Fixed);
        usize::from(own) + self.parts.iter().map(Field::count).sum::<usize>()
    }

    /// What to set where this was written: JSON for a number if it is one; what is wrong is said by the language.
    pub fn read(&self, text: &str) -> Json {
        let text = text.trim();
        let number = Json::parse(text).ok().filter(|json| json.as_f64().is_some());
        let number = number.filter(|_| matches!(self.control, Control::Number { .. }));
        number.unwrap_or_else(|| text.into())
    }

    /// What to set for the n-th form of a choice, or for a switch that is off (0) or on (1).
    pub fn form(&self, at: usize) -> Option<Json> {
        match &self.control {
            Control::Choice(forms, _) => forms.get(at).map(|form| form.value.clone()),
            Control::Switch(values) => values.get(at).cloned(),
            _ => None,
        }
    }

    /// What to set so that it is there where it is not, and is not where it is.
    pub fn other(&self) -> Json {
        match &self.control {
            Control::Absent(start) => start.clone(),
            _ => Json::Null,
        }
    }

    /// What to set so that it is as if nothing were said; none where something must be said.
    pub fn given(&self) -> Option<Json> {
        match (&self.control, &self.default) {
            (Control::Switch(_), Some(Json::Bool(on))) => self.form(usize::from(*on)),
            (_, default) => default.clone(),
        }
    }

    /// The default in words; none where there is none.
    pub fn default_text(&self) -> Option<String> {
        match &self.default {
            Some(Json::Bool(on)) => {
                Some(if *on { text!("inspector.on") } else { text!("inspector.off") }.to_owned())
            }
            default => default.as_ref().map(|value| self.form_text(value).unwrap_or_else(|| text(value))),
        }
    }

    /// What the form of a choice is called that has this very value; none for what is more than a word.
    fn form_text(&self, value: &Json) -> Option<String> {
        let Control::Choice(forms, _) = &self.control else { return None };
        let form = forms.iter().find(|form| form.value == *value && form.word == word_of(value));
        form.map(form_label)
    }

    /// Whether its parts are seen at first: those of small groups are.
    pub fn opens(&self) -> bool {
        self.count() <= OPEN_AT_FIRST
    }

    /// Whether its parts are steps, or operations with steps.
    pub fn holds_steps(&self) -> bool {
        let parent = self.path.rsplit('.').nth(1);
        matches!(self.key.as_str(), "operation" | "operations") || parent == Some("operations")
    }

    /// How many of them differ from their defaults.
    pub fn changes(&self) -> usize {
        let own = self.changed && !matches!(self.control, Control::Group);
        usize::from(own) + self.parts.iter().map(Field::changes).sum::<usize>()
    }
}

/// What a form of a choice is called.
pub fn form_label(form: &Choice) -> String {
    let term = if form.own { None } else { terms::word(&form.word) };
    term.map_or_else(|| form.word.clone(), str::to_owned)
}

/// A value as the word of a choice.
fn word_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => "none".to_owned(),
        _ => value.to_string(),
    }
}

/// The parameters of a node; whether there are more than fit.
pub(super) fn of_node(variant: &VariantRun, id: &str) -> (Vec<Section>, bool) {
    let Some(Parameters { root, cut }) = variant.scenario().node_parameters(id) else {
        return (Vec::new(), false);
    };
    let fields = root.parts.iter().map(|part| field(variant, part, "")).collect();
    (vec![Section { title: text!("inspector.parameters").to_owned(), note: "", add: None, fields }], cut)
}

/// The parameters of what lies between two nodes: the two links, and every step that sends something along them.
pub(super) fn of_link(variant: &VariantRun, between: (NodeIx, NodeIx)) -> (Vec<Section>, bool) {
    let plan = variant.plan();
    let mut sections = Vec::new();
    let mut cut = false;
    for (from, to) in ways(between) {
        let (ids, other) = ((plan.id(from), plan.id(to)), plan.id(to));
        if let Some(all) = variant.scenario().node_parameters(ids.0) {
            cut |= all.cut;
            steps(variant, &all.root, String::new(), other, &mut sections);
        }
    }
    for (from, to) in ways(between) {
        if plan.link(from, to).is_none() {
            continue;
        }
        let (ids, scenario) = ((plan.id(from), plan.id(to)), variant.scenario());
        let (Parameters { root, .. }, own) = scenario.link_parameters(ids.0, ids.1);
        let add =
            (!own).then(|| (text!("inspector.link-add"), "links", scenario.with_own_link(ids.0, ids.1)));
        sections.push(Section {
            title: say!("inspector.link", link = &name::of_link(plan, from, to)),
            note: if own { "" } else { text!("inspector.link-shared") },
            add,
            fields: root.parts.iter().map(|part| field(variant, part, "")).collect(),
        });
    }
    (sections, cut)
}

/// The steps of a node that have to do with another: calls, messages, accesses, subscriptions.
fn steps(variant: &VariantRun, own: &Parameter, place: String, other: &str, sections: &mut Vec<Section>) {
    let names = |part: &&Parameter| {
        let end = ["to", "from", "via", "reply_via", "emit_to", "dead_letter"].contains(&part.key.as_str());
        end && part.value.as_str() == Some(other)
    };
    if own.parts.iter().any(|part| names(&part)) && !place.is_empty() {
        let fields = own.parts.iter().map(|part| field(variant, part, "")).collect();
        sections.push(Section { title: place.clone(), note: "", add: None, fields });
    }
    for part in &own.parts {
        let inside = match (part.key.as_str(), place.is_empty()) {
            ("operations", true) => String::new(),
            ("operation", true) => text!("inspector.in-requests").to_owned(),
            (_, true) if own.key == "operations" => {
                let name =
                    operation(variant, part).map_or(&*part.key, |op| name::operation(variant.plan(), op));
                say!("inspector.in", operation = name)
            }
            (_, true) => label(variant, part, &own.key),
            _ => say!("inspector.step-in", place = &place, step = &label(variant, part, &own.key)),
        };
        steps(variant, part, inside, other, sections);
    }
}

/// A parameter as a field; `parent` is the key of what it is a part of.
fn field(variant: &VariantRun, parameter: &Parameter, parent: &str) -> Field {
    let Parameter { path, key, control, default, changed, removable, .. } = parameter;
    let unique = path.ends_with(key.as_str()) || path.ends_with(']');
    let grouped = matches!(control, Control::Group | Control::Fixed);
    // What stands behind a form of a choice is a part of the choice, and bears the form's name.
    let inside = if matches!(control, Control::Choice(..)) { form(parameter) } else { key.clone() };
    Field {
        id: if unique { path.clone() } else { [path, "#", key].concat() },
        path: path.clone(),
        label: label(variant, parameter, parent),
        key: key.clone(),
        about: parameter.about.replace('`', ""),
        control: control.clone(),
        value: text(&parameter.value),
        hint: hint(parameter),
        default: default.clone().filter(|_| !grouped),
        changed: *changed,
        removable: *removable,
        waits: variant.waits(path),
        parts: parameter
            .parts
            .iter()
            .map(|part| field(variant, part, part_of(key, parent, &inside)))
            .collect(),
    }
}

/// The key that tells what the parts of `key` are called: an item of a list is called after the list.
fn part_of<'a>(key: &'a str, parent: &'a str, inside: &'a str) -> &'a str {
    let item = key.bytes().all(|byte| byte.is_ascii_digit());
    if item { parent } else { inside }
}

/// The form that a choice has.
fn form(parameter: &Parameter) -> String {
    match &parameter.control {
        Control::Choice(forms, at) => forms.get(*at).map_or(String::new(), |form| form.word.clone()),
        _ => parameter.key.clone(),
    }
}

/// What a parameter is called: its field in words, a step by what it does and to whom, an item by its number.
fn label(variant: &VariantRun, parameter: &Parameter, parent: &str) -> String {
    let (key, path) = (parameter.key.as_str(), parameter.path.as_str());
    // A step is called what it does, and has a number all the same.
    let item = path.strip_suffix(']').and_then(|path| path.rsplit('[').next()?.parse::<u64>().ok());
    if let (Some(at), true) = (item, key.parse::<u64>().is_err()) {
        return step(variant, parameter, at);
    }
    if let Ok(at) = key.parse::<usize>() {
        let pair = PAIRS.iter().find(|(field, _)| *field == parent);
        let scalar = parameter.parts.is_empty() && !matches!(parameter.control, Control::Group);
        if let (Some((_, names)), true) = (pair, scalar) {
            return names[at.min(1)].plain().to_owned();
        }
        let items = ITEMS.iter().find(|(field, _)| *field == parent);
        return items.map_or((at + 1).to_string(), |(_, name)| name.say(&[("number", (at + 1).into())]));
    }
    // Operations and headers have names of their own, which may be words of the language.
    match parent {
        "operations" => {
            let own = operation(variant, parameter);
            return own.map_or_else(|| named(key), |op| name::of_operation(variant.plan(), op));
        }
        "headers" => return named(key),
        _ => {}
    }
    // The words of a list are switches.
    let term = if matches!(&parameter.control, Control::Switch([Json::Array(_), _])) {
        terms::word
    } else {
        terms::field
    };
    term(key).map_or_else(|| named(key), str::to_owned)
}

/// "2. Call → Stock".
fn step(variant: &VariantRun, parameter: &Parameter, at: u64) -> String {
    let mut step = String::new();
    let mut ways = List::new(&mut step, list::ARROW);
    ways.push(terms::field(&parameter.key).unwrap_or(&parameter.key));
    let ends = parameter.parts.iter().filter(|part| ["to", "from", "via"].contains(&part.key.as_str()));
    for id in ends.filter_map(|part| part.value.as_str()) {
        ways.item(|out| match variant.plan().node(id) {
            Some(node) => name::node(out, variant.plan(), node),
            None => words::title(out, id),
        });
    }
    say!("inspector.step", number = at + 1, step = &step)
}

/// The operation that a parameter is.
fn operation(variant: &VariantRun, parameter: &Parameter) -> Option<OpIx> {
    let (plan, id) = (variant.plan(), parameter.path.split('.').nth(1).unwrap_or(""));
    let own =
        |op: &OperationPlan| op.name == parameter.key && plan.id(plan.services[op.service.at()].node) == id;
    plan.operations.iter().position(own).map(|at| OpIx(at as u32))
}

/// A name that the scenario gives, as a title.
fn named(name: &str) -> String {
    format::string(|out| words::title(out, name))
}

/// A value as one reads and writes it.
fn text(value: &Json) -> String {
    match value {
        Json::Null => text!("inspector.none").to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(items) if items.is_empty() => text!("inspector.none").to_owned(),
        Json::Object(members) if members.is_empty() => text!("inspector.none").to_owned(),
        // The form of a choice, and what it is.
        Json::Object(members) if members.len() == 1 => {
            let (key, inside) = &members[0];
            {
                let form = terms::word(key).or(terms::field(key)).unwrap_or(key);
                say!("inspector.form", form = form, value = &text(inside))
            }
        }
        _ => value.to_string(),
    }
}

/// Unit and range of a number.
fn hint(parameter: &Parameter) -> String {
    let Control::Number { min, max, above, .. } = parameter.control else { return String::new() };
    let (min, max) = (Number::Figures(min), Number::Figures(max));
    let range = match above {
        true => say!("inspector.range-above", min = min, max = max),
        false => say!("inspector.range", min = min, max = max),
    };
    match parameter.key.as_str() {
        "rate" => say!("inspector.rate-range", range = &range),
        "factor" => say!("inspector.factor-range", range = &range),
        _ => range,
    }
}
