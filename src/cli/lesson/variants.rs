//! The variants of a lesson: scenarios in files beside it, the second one perhaps as the first with changes.

use cascade::base::Json;
use cascade::scenario::Scenario;
use cascade::session::Variant;

use super::mistake::Mistakes;
use super::source::Directive;

/// Reads a file beside the lesson. The error is why it cannot be read.
pub type Files<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

/// A variant, and the line in which it is described.
pub struct Made {
    pub line: usize,
    pub variant: Variant,
}

/// Reads the variants, A first. None where one is wrong: what is said of it in the lesson cannot be judged.
pub fn variants(directives: &[&Directive], files: &Files, mistakes: &mut Mistakes) -> Option<Vec<Made>> {
    let mut made: Vec<Made> = Vec::new();
    if directives.is_empty() {
        mistakes.add(
            1,
            "the lesson has no variant",
            "write \":::variant A …\" with a line \"scenario: name.json\"",
        );
    }
    for (at, directive) in directives.iter().enumerate() {
        let (letter, label) = directive.argument.split_once(' ').unwrap_or((&directive.argument, ""));
        if at > 1 || letter != ["A", "B"][at] || label.is_empty() {
            let mend = "write \":::variant A …\", then perhaps \":::variant B …\", each with its label";
            mistakes.add(directive.line, "variants are A and B, in this order", mend);
            return None;
        }
        let scenario = match (directive.field("scenario"), directive.field("from")) {
            (Some(name), None) => match files(&name.text) {
                Err(why) => {
                    let mend = "name a file beside lesson.md";
                    mistakes.add(name.line, format!("cannot read \"{}\": {why}", name.text), mend);
                    return None;
                }
                Ok(text) => Scenario::read(&text),
            },
            (None, Some(from)) => match made.first() {
                Some(first) if from.text == "A" => Ok(first.variant.scenario.clone()),
                _ => {
                    mistakes.add(
                        from.line,
                        "only B can be made from A",
                        "write \"from: A\" in \":::variant B\"",
                    );
                    return None;
                }
            },
            _ => {
                let mend = "write \"scenario: name.json\" or, in B, \"from: A\"";
                mistakes.add(directive.line, "the variant has no scenario", mend);
                return None;
            }
        };
        let changes: Vec<_> = directive
            .fields
            .iter()
            .filter(|field| !["scenario", "from"].contains(&field.key.as_str()))
            .collect();
        let value = |text: &str| Json::parse(text).unwrap_or_else(|_| text.into());
        let values: Vec<(&str, Json)> =
            changes.iter().map(|field| (field.key.as_str(), value(&field.value.text))).collect();
        let changed = scenario.and_then(|scenario| scenario.with_all(&values));
        match changed.and_then(|scenario| scenario.plan().map(|_| scenario)) {
            Ok(scenario) => {
                let variant = Variant { label: label.to_owned(), scenario };
                made.push(Made { line: directive.line, variant });
            }
            Err(wrong) => {
                for each in wrong {
                    // At the change that it is about, if it is about one.
                    let about = changes.iter().find(|field| each.path.starts_with(&field.key));
                    let line = about.map_or(directive.line, |field| field.value.line);
                    mistakes.add(
                        line,
                        format!("in the scenario, {}: {}", each.path, each.message),
                        each.help,
                    );
                }
                return None;
            }
        }
    }
    Some(made)
}
