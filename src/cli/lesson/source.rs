//! The lines of a lesson's Markdown: its title, its steps, and the directives between the paragraphs.
//!
//! A directive begins with `:::name arguments` and ends with a line `:::`; one without a body ends with ` :::` on its own
//! line. In its body a line `key: value` is a field where the directive knows the key, `- …` begins an item (an answer),
//! and what is indented goes on with the field or the item before it, or is a field of the item.
//! Outside of directives, from `<!--` at the beginning of a line to `-->` at the end of one is a comment.

use super::mistake::Mistakes;
use super::spec::{SPECS, Spec};

/// Some lines of text, joined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The line that it begins in, from 1.
    pub line: usize,
    /// Its words, with line breaks.
    pub text: String,
}

impl Text {
    pub fn push(&mut self, line: usize, text: &str) {
        if self.text.is_empty() {
            self.line = line;
        } else {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A field: `key: value`, or `path = value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it is called.
    pub key: String,
    /// What it says.
    pub value: Text,
}

/// An item of a list, with its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// It is marked by `[x]`.
    pub marked: bool,
    /// What it says.
    pub text: Text,
    /// Its own fields.
    pub fields: Vec<Field>,
}

/// A directive with its body.
#[derive(Clone, Debug)]
pub struct Directive {
    /// What it is.
    pub spec: &'static Spec,
    /// Where it begins.
    pub line: usize,
    /// What follows its name.
    pub argument: String,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// Its items, in order.
    pub items: Vec<Item>,
    /// Its text.
    pub text: Text,
}

impl Directive {
    /// The field of this name, the first if there are several.
    pub fn field(&self, key: &str) -> Option<&Text> {
        self.fields.iter().find(|field| field.key == key).map(|field| &field.value)
    }

    /// All fields of this name.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Text> {
        self.fields.iter().filter(move |field| field.key == key).map(|field| &field.value)
    }
}

/// A part of a step.
#[derive(Clone, Debug)]
pub enum Part {
    /// Paragraphs.
    Text(Text),
    /// A directive.
    Directive(Directive),
}

/// A step: a heading, and what is under it.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its heading.
    pub heading: Text,
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// A lesson's Markdown, cut into its parts.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The title.
    pub title: Text,
    /// The summary.
    pub summary: Text,
    /// Directives before the first step, and those that stand for the lesson wherever they are written.
    pub top: Vec<Directive>,
    /// The steps.
    pub steps: Vec<Step>,
}

/// Cuts the text of a lesson.
pub fn cut(text: &str, mistakes: &mut Mistakes) -> Source {
    let mut source = Source::default();
    let mut fence = false;
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
    while let Some((number, line)) = lines.next() {
        let toggles = line.trim_start().starts_with("```");
        fence ^= toggles;
        if line.starts_with("<!--") && !fence {
            comment(number, line, &mut lines, mistakes);
        } else if let Some(rest) = line.strip_prefix(":::").filter(|_| !fence) {
            directive(number, rest, &mut lines, &mut source, mistakes);
        } else if let Some(title) = line.strip_prefix("# ").filter(|_| !fence) {
            if source.title.is_empty() && source.steps.is_empty() {
                source.title.push(number, title.trim());
            } else {
                mistakes.add(number, "a lesson has one title", "write ## for a step");
            }
        } else if let Some(heading) = line.strip_prefix("## ").filter(|_| !fence) {
            let heading = Text { line: number, text: heading.trim().to_owned() };
            source.steps.push(Step { heading, parts: Vec::new() });
        } else if let Some(step) = source.steps.last_mut() {
            match step.parts.last_mut() {
                Some(Part::Text(text)) => text.push(number, line),
                _ if line.is_empty() => {}
                _ => step.parts.push(Part::Text(Text { line: number, text: line.to_owned() })),
            }
        } else if let Some(summary) = line.strip_prefix('>') {
            source.summary.push(number, summary.trim());
        } else if !line.is_empty() {
            mistakes.add(number, "this text belongs to no step", "write it under a heading \"## …\"");
        }
    }
    if source.title.is_empty() {
        mistakes.add(1, "the lesson has no title", "begin it with \"# Title\"");
    }
    if source.summary.is_empty() {
        let line = source.title.line.max(1);
        mistakes.add(
            line,
            "the lesson has no summary",
            "write one or two sentences after \"> \" under the title",
        );
    }
    source
}

/// Skips a comment: what its author has to know, such as where a number was looked up.
fn comment<'a>(
    line: usize,
    first: &'a str,
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
    mistakes: &mut Mistakes,
) {
    if !first.ends_with("-->") && !lines.any(|(_, inner)| inner.ends_with("-->")) {
        mistakes.add(line, "the comment is never closed", "end its last line with \"-->\"");
    }
}

/// Reads a directive up to its end, and puts it where it belongs.
fn directive<'a>(
    line: usize,
    rest: &str,
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
    source: &mut Source,
    mistakes: &mut Mistakes,
) {
    let (head, closed) = match rest.strip_suffix(" :::") {
        Some(head) => (head, true),
        None => (rest, false),
    };
    let (name, argument) = head.trim().split_once(' ').unwrap_or((head.trim(), ""));
    let mut body = Vec::new();
    if !closed && !name.is_empty() {
        loop {
            match lines.next() {
                Some((_, ":::")) => break,
                Some((at, inner)) if inner.starts_with(":::") || inner.starts_with("## ") => {
                    let what = format!("the directive :::{name} of line {line} is not closed before this");
                    mistakes.add(at, what, "end it with a line \":::\"");
                    break;
                }
                Some(inner) => body.push(inner),
                None => {
                    mistakes.add(
                        line,
                        format!("the directive :::{name} is never closed"),
                        "end it with a line \":::\"",
                    );
                    break;
                }
            }
        }
    }
    if name.is_empty() {
        return mistakes.add(line, "this \":::\" ends nothing", "take it out, or write \":::name\" above");
    }
    let Some(spec) = SPECS.iter().find(|spec| spec.name == name) else {
        let names: Vec<&str> = SPECS.iter().map(|spec| spec.name).collect();
        return mistakes.add(
            line,
            format!("there is no directive :::{name}"),
            format!("write one of {}", names.join(", ")),
        );
    };
    let directive = Body::read(spec, line, argument.trim(), &body, mistakes);
    match source.steps.last_mut() {
        Some(step) if !spec.top => step.parts.push(Part::Directive(directive)),
        None if !spec.top => {
            mistakes.add(line, format!(":::{name} belongs to a step"), "write it under a heading \"## …\"");
        }
        _ => source.top.push(directive),
    }
}

/// What an indented line goes on with.
enum Last {
    Nothing,
    Field,
    Item,
    ItemField,
}

/// A directive's body while it is read.
struct Body {
    directive: Directive,
    last: Last,
}

impl Body {
    fn read(
        spec: &'static Spec,
        line: usize,
        argument: &str,
        body: &[(usize, &str)],
        mistakes: &mut Mistakes,
    ) -> Directive {
        let directive = Directive {
            spec,
            line,
            argument: argument.to_owned(),
            fields: Vec::new(),
            items: Vec::new(),
            text: Text::default(),
        };
        let mut reader = Body { directive, last: Last::Nothing };
        for (number, line) in body {
            reader.line(*number, line, mistakes);
        }
        let directive = reader.directive;
        match (spec.argument, argument.is_empty()) {
            (Some(wanted), true) => {
                let name = spec.name;
                mistakes.add(line, format!(":::{name} needs {wanted}"), format!("write \":::{name} …\""));
            }
            (None, false) => {
                mistakes.add(
                    line,
                    format!(":::{} has no argument", spec.name),
                    "write it into the lines below",
                );
            }
            _ => {}
        }
        for needed in spec.needs {
            if directive.field(needed).is_none() {
                let what = format!(":::{} has no \"{needed}\"", spec.name);
                mistakes.add(line, what, format!("add a line \"{needed}: …\""));
            }
        }
        if spec.text && directive.text.is_empty() {
            mistakes.add(line, format!(":::{} says nothing", spec.name), "write its text into it");
        }
        directive
    }

    fn line(&mut self, number: usize, line: &str, mistakes: &mut Mistakes) {
        let spec = self.directive.spec;
        if line.is_empty() {
            self.last = Last::Nothing;
            if spec.text && !self.directive.text.is_empty() {
                self.directive.text.push(number, "");
            }
            return;
        }
        let indented = line.starts_with("  ");
        if indented && self.goes_on(number, line.trim_start()) {
            return;
        }
        if let Some((key, value)) = field(line, &spec.fields.concat()).filter(|_| !indented) {
            self.directive.fields.push(Field { key, value: Text { line: number, text: value } });
            self.last = Last::Field;
        } else if let Some((path, value)) = line.split_once(" = ").filter(|_| spec.assigns && !indented) {
            let value = Text { line: number, text: value.trim().to_owned() };
            self.directive.fields.push(Field { key: path.trim().to_owned(), value });
            self.last = Last::Field;
        } else if let Some(item) = line.strip_prefix("- ").filter(|_| spec.items.is_some()) {
            let (marked, text) = match item.strip_prefix("[x] ") {
                Some(text) => (true, text),
                None => (false, item.strip_prefix("[ ] ").unwrap_or(item)),
            };
            let text = Text { line: number, text: text.trim().to_owned() };
            self.directive.items.push(Item { marked, text, fields: Vec::new() });
            self.last = Last::Item;
        } else if spec.text {
            self.directive.text.push(number, line);
            self.last = Last::Nothing;
        } else {
            let known = spec.fields.concat().join(", ");
            let mend = match (spec.assigns, spec.items) {
                (true, _) => format!("write \"path = value\", or a field: {known}"),
                (_, Some(_)) => format!("write an item \"- …\", or a field: {known}"),
                _ => format!("write a field: {known}"),
            };
            mistakes.add(number, format!(":::{} does not know what this line is", spec.name), mend);
        }
    }

    /// Whether an indented line belongs to what stands before it.
    fn goes_on(&mut self, number: usize, line: &str) -> bool {
        let own = self.directive.spec.items.unwrap_or(&[]);
        match self.last {
            Last::Nothing => false,
            Last::Field => {
                let field = self.directive.fields.last_mut();
                field.map(|field| field.value.push(number, line)).is_some()
            }
            Last::Item | Last::ItemField => {
                let Some(item) = self.directive.items.last_mut() else { return false };
                if let Some((key, value)) = field(line, own) {
                    item.fields.push(Field { key, value: Text { line: number, text: value } });
                    self.last = Last::ItemField;
                    return true;
                }
                match (&self.last, item.fields.last_mut()) {
                    (Last::ItemField, Some(field)) => field.value.push(number, line),
                    _ => item.text.push(number, line),
                }
                true
            }
        }
    }
}

/// `key: value`, where the key is one of these.
fn field(line: &str, known: &[&str]) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    known.contains(&key).then(|| (key.to_owned(), value.trim().to_owned()))
}
