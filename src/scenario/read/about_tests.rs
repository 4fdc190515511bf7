//! The English texts on what fields and choices mean are the descriptions in the tables of the language.

use crate::base::Json;
use crate::scenario::model::decode::Decode;
use crate::scenario::model::document::Document;
use crate::scenario::model::shape::Shape;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../static/texts/about.json");

/// Every type with its fields or choices and what they mean.
fn described() -> Vec<(String, Json)> {
    let (mut found, mut next) = (Vec::<(String, Json)>::new(), vec![&Document::SHAPE]);
    while let Some(shape) = next.pop() {
        let (name, rows): (&str, Vec<(&str, &str)>) = match shape {
            Shape::Pair(both) => {
                next.extend(both.iter());
                continue;
            }
            Shape::Either(first, other) => {
                next.extend([*first, *other]);
                continue;
            }
            Shape::List(of, _) | Shape::Map(of, ..) | Shape::Nullable(of) => {
                next.push(of);
                continue;
            }
            Shape::Steps(step) => {
                next.push(step());
                continue;
            }
            Shape::Record(record) => {
                (record.name, record.fields.iter().map(|field| (field.key, field.about)).collect())
            }
            Shape::Tagged(tagged) => {
                (tagged.name, tagged.variants.iter().map(|variant| (variant.key, variant.about)).collect())
            }
            // What a node is called has a text of its own; what stands behind it is a record.
            Shape::Kinds(tagged) => (tagged.name, Vec::new()),
            _ => continue,
        };
        if found.iter().any(|(known, _)| known == name) {
            continue;
        }
        let texts =
            rows.into_iter().map(|(key, about)| (key.to_owned(), Json::String(message(about.trim()))));
        found.push((name.to_owned(), Json::Object(texts.collect())));
        match shape {
            Shape::Record(record) => next.extend(record.fields.iter().rev().map(|field| &field.shape)),
            Shape::Tagged(tagged) | Shape::Kinds(tagged) => {
                next.extend(tagged.variants.iter().rev().map(|variant| &variant.shape));
            }
            _ => {}
        }
    }
    found.retain(|(_, texts)| !texts.members().is_empty());
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// A text as a message without places has it.
fn message(text: &str) -> String {
    if !text.contains(['{', '}']) {
        return text.to_owned();
    }
    let text = text.replace('\'', "''");
    text.replace('{', "'{'").replace('}', "'}'")
}

/// The file as it is kept: what fits into a line stands in one, and narrow spaces can be seen.
fn printed(json: &Json) -> String {
    json.pretty().replace('\u{202f}', "\\u202f") + "\n"
}

#[test]
fn texts_on_the_language_are_its_descriptions() {
    let text = std::fs::read_to_string(FILE).unwrap_or_default();
    let right = printed(&Json::Object(vec![("about".to_owned(), Json::Object(described()))]));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, right).expect("written");
    } else {
        assert!(
            right == text,
            "static/texts/about.json is not what the tables of the language say, or is printed otherwise; \
             UPDATE=1 cargo test -p scenarios --lib about_tests writes it"
        );
    }
}
