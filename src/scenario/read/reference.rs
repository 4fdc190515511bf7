//! The scenario reference: every field of the language with its meaning, bounds, unit, default and example, as Markdown.

use super::sample::example;
use crate::base::{Json, SimDuration};
use crate::scenario::model::decode::Decode;
use crate::scenario::model::document::Document;
use crate::scenario::model::shape::{Bounds, Record, Shape, Tagged, Word};

/// What stands before the tables.
const HEAD: &str = "# Scenario reference

This page is generated from the tables of the language: `cascade reference > docs/scenario-reference.md`.

A scenario is one JSON object, and [Document](#document) lists its fields. Fields with a dash (—) as their default are
required; everything else is optional.

- A **duration** is a string with a unit: `\"250us\"`, `\"20ms\"`, `\"1.5s\"`, `\"2m\"`; at most `\"1000h\"`. A number without
  a unit is an error.
- An **id** names a node: a lower-case letter, then up to 39 more characters from `a-z`, `0-9`, `_` and `-`.
- A **name** is the name of an operation or a group: a lower-case letter, then up to 39 letters, digits, `_` or `-`.
- **Steps** are an array of [Step](#step): at most 64 in one operation, nested at most 8 deep.
- The whole document is at most 1 MiB long.
";

/// What stands after them: what names in a result leave open.
const TAIL: &str = "
## In a result

Where the name of a figure leaves a question open:

- `utilization` of a service or store: the time for which workers (connections) were held, divided by the time for which
  they were there. Those of a crashed replica are not there: with one of two replicas down and the other one always busy
  it is 1. Those of a paused node are, and stay as they were.
- `depth_mean` and `depth_max` of a queue count messages that are ready, those whose `delivery_latency` is not over
  included, and messages that are delivered and not acknowledged, those on their way to a consumer included.
- `age_ms` of a queue is the time from when the queue took a message to when it hands it over. Every delivery counts, a
  repeated one with the time since the message was first there. The way to the consumer does not.
- `staleness_ms` and `staleness_versions_mean` of a store are about reads that missed a write, and leave the others out.
  How stale a read is counts from the first write that it missed to the end of the read at the store. Of a key the 16
  newest writes are remembered: a read that misses more counts from the oldest of these.
- `lost` of a log counts records that were appended and went with their leader, because the broker that leads after it
  did not have them, and with `acks` 0 also records that came when there was no leader. `lost` of the ledger counts
  these, messages lost by a link or a partition, and requests that were at a replica when it crashed.
- `wasted` of a service counts jobs that had begun and whose answer was of no use: to a call or to an `ask`, whether it
  came too late, was lost on its way, or lost against a hedge.
";

/// The reference of the language, as Markdown.
pub fn reference() -> String {
    let mut page = Page { out: HEAD.to_owned(), known: Vec::new(), next: Vec::new() };
    page.of(&Document::SHAPE);
    // A type is described after the one that names it first.
    while let Some(shape) = page.next.pop() {
        page.section(shape);
    }
    page.out + TAIL
}

/// The page in the making.
struct Page {
    out: String,
    /// The types that have a section, or will have one.
    known: Vec<&'static str>,
    /// The types that still need one, the next at the end.
    next: Vec<&'static Shape>,
}

impl Page {
    /// What a value of this shape is, in a few words; its types get their sections.
    fn of(&mut self, shape: &'static Shape) -> String {
        match shape {
            Shape::Any => "any value".to_owned(),
            Shape::Flag => "`true` or `false`".to_owned(),
            Shape::Text(max) => format!("text, at most {max} bytes"),
            Shape::Path => format!("text, at most {} bytes", Shape::LONGEST_PATH),
            Shape::Name | Shape::Operation(_) => "name".to_owned(),
            Shape::Node(kinds) => format!("id of a {}", kinds.join(" or ")),
            Shape::Number(bounds) => number(bounds),
            Shape::Duration(SimDuration(0)) => "duration".to_owned(),
            Shape::Duration(SimDuration(1)) => "duration above `\"0s\"`".to_owned(),
            Shape::Duration(least) => format!("duration of at least `\"{least}\"`"),
            Shape::Words(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`\"{}\"`", word.word)).collect();
                words.join(" or ")
            }
            Shape::Pair([first, second]) => format!("[{}, {}]", self.of(first), self.of(second)),
            Shape::List(of, max) => format!("list of at most {max}: {}", self.of(of)),
            Shape::Map(of, keys, max) => {
                let keys = if keys.of_operations() { "names" } else { "ids" };
                format!("object from {keys} to {}, at most {max}", self.of(of))
            }
            Shape::Steps(step) => {
                self.of(step());
                "steps".to_owned()
            }
            Shape::Record(Record { name, .. }) => self.link(name, shape),
            Shape::Tagged(Tagged { name, .. }) | Shape::Kinds(Tagged { name, .. }) => self.link(name, shape),
            Shape::Nullable(inner) => format!("{}, or `null`", self.of(inner)),
            Shape::Either(text, other) => format!("{}, or {}", self.of(text), self.of(other)),
        }
    }

    /// A link to the section of a type.
    fn link(&mut self, name: &'static str, shape: &'static Shape) -> String {
        if !self.known.contains(&name) {
            self.known.push(name);
            self.next.insert(0, shape);
        }
        format!("[{name}](#{})", name.to_lowercase())
    }

    /// The section of a type.
    fn section(&mut self, shape: &'static Shape) {
        match shape {
            Shape::Record(record) => {
                self.head(record.name, record.about);
                self.fields(record, None);
            }
            Shape::Kinds(tagged) => {
                self.head(tagged.name, tagged.about);
                for variant in tagged.variants {
                    if let Shape::Record(record) = variant.shape {
                        self.out.push_str(&format!("\n### {}\n\n{}\n", record.name, record.about.trim()));
                        self.fields(record, Some(variant.key));
                    }
                }
            }
            Shape::Tagged(tagged) => {
                self.head(tagged.name, tagged.about);
                self.out.push_str(&format!("\nOne {}: an object with one of these keys.\n", tagged.noun));
                self.out.push_str("\n| key | meaning | value |\n| --- | --- | --- |\n");
                for variant in tagged.variants {
                    let value = self.of(&variant.shape);
                    self.row(&[&format!("`{}`", variant.key), variant.about.trim(), &value]);
                }
            }
            _ => {}
        }
    }

    fn head(&mut self, name: &str, about: &str) {
        self.out.push_str(&format!("\n## {name}\n\n{}\n", about.trim()));
    }

    /// The table of a record's fields, and below it what their words mean.
    fn fields(&mut self, record: &'static Record, kind: Option<&str>) {
        if record.fields.is_empty() {
            return;
        }
        self.out.push_str("\n| field | meaning | value | unit | default | example |\n");
        self.out.push_str("| --- | --- | --- | --- | --- | --- |\n");
        if let Some(kind) = kind {
            let kind = format!("`\"{kind}\"`");
            self.row(&["`kind`", "What the node is.", &kind, "", "—", &kind]);
        }
        for field in record.fields {
            let value = self.of(&field.shape);
            let default = field.default().map_or("—".to_owned(), |given| code(&given));
            let (key, example) = (format!("`{}`", field.key), code(&example(field)));
            self.row(&[&key, field.about.trim(), &value, field.unit, &default, &example]);
        }
        for field in record.fields {
            for word in words(&field.shape) {
                let Word { word, about } = word;
                let list = format!("- `{}`: `\"{word}\"` — {}\n", field.key, about.trim());
                self.out.push_str(if self.out.ends_with("|\n") { "\n" } else { "" });
                self.out.push_str(&list);
            }
        }
    }

    fn row(&mut self, cells: &[&str]) {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        self.out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

/// The words that a value of this shape may be.
fn words(shape: &'static Shape) -> &'static [Word] {
    match shape {
        Shape::Words(words) => words,
        Shape::Nullable(inner) | Shape::List(inner, _) | Shape::Either(inner, _) => words(inner),
        _ => &[],
    }
}

/// A number within bounds.
fn number(bounds: &Bounds) -> String {
    let [min, max] = [bounds.min, bounds.max].map(|number| Json::Number(number).to_string());
    let what = if bounds.whole { "whole number" } else { "number" };
    match bounds.above {
        _ if bounds.min == bounds.max => min,
        true => format!("{what} above {min}, at most {max}"),
        false => format!("{what} from {min} to {max}"),
    }
}

fn code(json: &Json) -> String {
    format!("`{json}`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Cursor;
    use crate::scenario::model::node::Node;
    use crate::scenario::model::shape::Field;
    use crate::scenario::read::reader::Reader;
    use crate::scenario::report::Known;

    /// Visits every field of the language once.
    fn each_field(visit: &mut impl FnMut(&'static Record, &'static Field)) {
        let mut page = Page { out: String::new(), known: Vec::new(), next: Vec::new() };
        page.of(&Document::SHAPE);
        while let Some(shape) = page.next.pop() {
            page.section(shape);
            let records: Vec<&'static Record> = match shape {
                Shape::Record(record) => vec![record],
                Shape::Kinds(tagged) => {
                    tagged.variants.iter().filter_map(|variant| record(&variant.shape)).collect()
                }
                _ => Vec::new(),
            };
            for record in records {
                record.fields.iter().for_each(|field| visit(record, field));
            }
        }
    }

    fn record(shape: &'static Shape) -> Option<&'static Record> {
        match shape {
            Shape::Record(record) => Some(record),
            _ => None,
        }
    }

    #[test]
    fn defaults_and_examples_are_right_by_the_rules_of_their_fields() {
        let mut count = 0;
        each_field(&mut |record, field| {
            count += 1;
            // A node of every name that the examples use.
            let kind = |field: &Field| match &field.shape {
                Shape::Node(kinds) => kinds[0],
                Shape::Nullable(Shape::Node(kinds)) => kinds[0],
                _ => "service",
            };
            let names =
                ["app", "web", "orders", "db", "payment", "dead", "requests", "replies", "results", "log"];
            let operations = ["default", "book", "ship", "refund"].map(str::to_owned).to_vec();
            let known = |kind: &str| {
                let node = |id: &&str| Known {
                    id: (*id).to_owned(),
                    kind: kind.to_owned(),
                    operations: operations.clone(),
                    replicas: 1,
                };
                names.iter().map(node).collect::<Vec<_>>()
            };
            for json in [field.default(), Some(example(field))].into_iter().flatten() {
                // Inner references are to nodes of other kinds: any kind fits.
                let kind = if matches!(json, Json::String(_)) { kind(field) } else { "" };
                let mut reader = Reader::new(known(kind));
                reader.read(&Cursor::root(&json), &field.shape);
                let found = reader.report.problems.or(());
                assert_eq!(found, Ok(()), "{}.{}: {json}", record.name, field.key);
            }
            let text = field.default.into_iter().chain(field.example);
            text.for_each(|text| assert!(Json::parse(text).is_ok(), "{}.{}: {text}", record.name, field.key));
        });
        assert!(count > 150, "{count} fields: the tables are not walked");
    }

    #[test]
    fn every_link_of_the_reference_leads_to_a_section() {
        let page = reference();
        let sections: Vec<String> = page
            .lines()
            .filter_map(|line| Some(line.trim_start_matches('#').strip_prefix(' ')?.to_lowercase()))
            .collect();
        for link in page.split("](#").skip(1) {
            let name = link.split(')').next().unwrap_or("");
            assert!(sections.iter().any(|section| section == name), "#{name}");
        }
        let Shape::Kinds(nodes) = Node::SHAPE else { panic!("nodes have kinds") };
        assert!(
            nodes.keys().all(|kind| page.contains(&format!("| `kind` | What the node is. | `\"{kind}\"`")))
        );
    }
}
