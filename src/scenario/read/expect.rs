//! What a shape expects, in words.

use crate::base::{Cursor, Json, Wording, fill};
use crate::scenario::model::shape::{Bounds, Field, Shape};
use crate::scenario::report::{Report, any_of, list, short};
use crate::scenario::words;

/// Reports a field that must not be left out; `at` is the record.
pub fn missing(report: &mut Report, at: &Cursor, field: &Field) {
    let (expected, help) = expectation(&field.shape);
    report.wrong(at, &words::MISSING, &[field.key, expected, &help]);
}

/// Reports what was expected instead of the value here.
pub fn mistaken(report: &mut Report, at: &Cursor, shape: &Shape) {
    let shown = match at.json {
        Json::Array(_) => words::LIST.what.to_owned(),
        Json::Object(_) => words::RECORD.what.to_owned(),
        Json::String(text) => Json::from(short(text)).to_string(),
        json => json.to_string(),
    };
    let mut inner = shape;
    while let Shape::Nullable(next) = inner {
        inner = next;
    }
    if let (Shape::Duration(_), Json::Number(_)) = (inner, at.json) {
        return report.wrong(at, &words::NO_UNIT, &[&shown]);
    }
    let (expected, help) = expectation(shape);
    report.wrong(at, &words::UNLIKE, &[expected, &shown, &help]);
}

/// What a shape expects, and how to write it.
fn expectation(shape: &Shape) -> (&'static str, String) {
    let (Wording { what, help }, parts) = match shape {
        Shape::Any => (words::ANY, String::new()),
        Shape::Flag => (words::FLAG, String::new()),
        Shape::Text(_) => (words::TEXT, String::new()),
        Shape::Name => (words::NAME, String::new()),
        Shape::Node(kinds) => (words::NODE, any_of(kinds)),
        Shape::Number(bounds) if bounds.whole => (words::WHOLE, range(bounds)),
        Shape::Number(bounds) => (words::NUMBER, range(bounds)),
        Shape::Duration(_) => (words::DURATION, String::new()),
        Shape::Words(options) => (words::WORD, list(&mut options.iter().map(|word| word.word))),
        Shape::Pair(_) => (words::PAIR, String::new()),
        Shape::List(..) => (words::LIST, String::new()),
        Shape::Map(..) => (words::MAP, String::new()),
        Shape::Steps(_) => (words::STEPS, String::new()),
        Shape::Record(record) => (words::RECORD, list(&mut record.fields.iter().map(|field| field.key))),
        Shape::Kinds(tagged) => (words::KINDS, list(&mut tagged.keys())),
        Shape::Tagged(tagged) => (words::TAGGED, list(&mut tagged.keys())),
        Shape::Nullable(inner) => return expectation(inner),
        Shape::Either(Shape::Duration(_), Shape::Tagged(_)) => (words::DIST, String::new()),
        Shape::Either(Shape::Number(_), Shape::Tagged(_)) => (words::NUMBER_OR_DRAWN, String::new()),
        Shape::Either(text, other) => {
            let [first, second] = [text, other].map(|shape| expectation(shape).1);
            (words::EITHER, fill(words::OR_ELSE, &[&first, &second]))
        }
    };
    (what, fill(help, &[&parts]))
}

/// How to write a number within bounds.
pub fn range(bounds: &Bounds) -> String {
    let [min, max] = [bounds.min, bounds.max].map(|number| Json::Number(number).to_string());
    let text = match (bounds.whole, bounds.above) {
        _ if bounds.min == bounds.max => words::EXACTLY,
        (true, false) => words::WHOLE_FROM,
        (true, true) => words::WHOLE_ABOVE,
        (false, false) => words::NUMBER_FROM,
        (false, true) => words::NUMBER_ABOVE,
    };
    fill(text, &[&min, &max])
}
