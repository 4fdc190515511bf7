//! The data of what a lesson asks and claims: predictions, tasks, questions, comparisons, claims.

use cascade::base::Json;

use super::compose::{Composer, Members};
use super::prose::object;
use super::source::{Directive, Field, Item};

impl Composer<'_> {
    pub(super) fn prediction(&mut self, path: &str, directive: &Directive) -> Json {
        self.mark(path, directive.line);
        let mut members: Members =
            vec![("question", self.spans(&format!("{path}.question"), &directive.text))];
        members.extend(self.run(path, directive));
        members.extend(
            directive.field("reveal").map(|text| ("reveal", self.spans(&format!("{path}.reveal"), text))),
        );
        match directive.spec.name {
            "number" => members.push(("number", self.scale(&format!("{path}.number"), directive, false))),
            "curve" => members.push(("curve", self.scale(&format!("{path}.curve"), directive, true))),
            _ => {
                let items = directive.items.iter().enumerate();
                let choices =
                    items.map(|(at, item)| self.answer(&format!("{path}.choices[{at}]"), item, true));
                let choices = choices.collect();
                members.push(("choices", Json::Array(choices)));
            }
        }
        object(members)
    }

    pub(super) fn scale(&mut self, path: &str, directive: &Directive, curve: bool) -> Json {
        self.mark(path, directive.line);
        let mut members: Members = Vec::new();
        for key in ["value", "near"] {
            let place = format!("{path}.{key}");
            members.extend(self.maybe(&place, directive.field(key)).map(|word| (key, word)));
        }
        if let Some(text) = directive.field("scale") {
            members.push(("scale", self.range(&format!("{path}.scale"), text.line, &text.text)));
        }
        let mut expected = Vec::new();
        for text in directive.all("expect") {
            if !curve {
                members.push(("expect", self.range(&format!("{path}.expect"), text.line, &text.text)));
                break;
            }
            let place = format!("{path}.expect[{}]", expected.len());
            self.mark(&place, text.line);
            let (at, range) = text.text.split_once(' ').unwrap_or((&text.text, ""));
            let between = self.range(&format!("{place}.between"), text.line, range);
            expected.push(object(vec![("at", at.into()), ("between", between)]));
        }
        if curve {
            members.push(("expect", Json::Array(expected)));
        }
        object(members)
    }

    /// `0%..100%`.
    pub(super) fn range(&mut self, path: &str, line: usize, text: &str) -> Json {
        self.mark(path, line);
        let ends = text.split("..").map(|end| end.trim().into());
        Json::Array(ends.collect())
    }

    pub(super) fn answer(&mut self, path: &str, item: &Item, must_hold: bool) -> Json {
        self.mark(path, item.text.line);
        let mut members: Members = vec![
            ("text", self.spans(&format!("{path}.text"), &item.text)),
            ("right", Json::Bool(item.marked)),
        ];
        let own = |key: &str| item.fields.iter().find(|Field { key: known, .. }| known == key);
        match own("when") {
            Some(when) => members.push(("holds", self.word(&format!("{path}.holds"), &when.value))),
            None if must_hold => {
                let mend = "write \"  when: condition\" under it";
                self.mistakes.add(item.text.line, "it is not said when this choice is right", mend);
            }
            None => {}
        }
        if let Some(because) = own("because") {
            members.push(("because", self.spans(&format!("{path}.because"), &because.value)));
        }
        object(members)
    }

    pub(super) fn question(&mut self, path: &str, directive: &Directive) -> Json {
        self.mark(path, directive.line);
        let mut members: Members =
            vec![("question", self.spans(&format!("{path}.question"), &directive.text))];
        members.extend(self.run(path, directive));
        let items = directive.items.iter().enumerate();
        let answers = items.map(|(at, item)| self.answer(&format!("{path}.answers[{at}]"), item, false));
        let answers = answers.collect();
        members.push(("answers", Json::Array(answers)));
        object(members)
    }

    pub(super) fn text_and_condition(&mut self, path: &str, directive: &Directive) -> Members {
        self.mark(path, directive.line);
        let text = self.spans(&format!("{path}.text"), &directive.text);
        vec![("text", text), ("when", directive.argument.as_str().into())]
    }

    pub(super) fn task(&mut self, path: &str, directive: &Directive) -> Json {
        let mut members = self.text_and_condition(path, directive);
        let before = self.written.len();
        members.push(("solution", self.actions(&format!("{path}.solution"), directive, true)));
        self.written[before..].iter_mut().for_each(|written| written.by_hand = true);
        object(members)
    }

    pub(super) fn comparison(&mut self, path: &str, directive: &Directive) -> Json {
        self.mark(path, directive.line);
        let mut rows = Vec::new();
        for item in &directive.items {
            let place = format!("{path}.rows[{}]", rows.len());
            self.mark(&place, item.text.line);
            let mut members: Members = vec![("text", self.spans(&format!("{place}.text"), &item.text))];
            let value = item.fields.first().map(|field| &field.value);
            members.extend(self.maybe(&format!("{place}.value"), value).map(|word| ("value", word)));
            rows.push(object(members));
        }
        let mut members: Members = vec![("rows", Json::Array(rows))];
        members.extend(self.run(path, directive));
        let when = self.maybe(&format!("{path}.holds"), directive.field("when"));
        members.extend(when.map(|when| ("holds", when)));
        object(members)
    }

    pub(super) fn claim(&mut self, at: usize, directive: &Directive) -> Json {
        let path = format!("claims[{at}]");
        self.mark(&path, directive.line);
        let mut members: Members = vec![("text", directive.argument.as_str().into())];
        members.push(("do", self.actions(&format!("{path}.do"), directive, true)));
        for (key, field) in [("at", "at"), ("holds", "when")] {
            let place = format!("{path}.{key}");
            members.extend(self.maybe(&place, directive.field(field)).map(|word| (key, word)));
        }
        object(members)
    }
}
