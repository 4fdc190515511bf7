//! What a shape expects, in words.

use crate::base::{Cursor, Json};
use crate::scenario::model::shape::{Bounds, Field, Shape};
use crate::scenario::report::{Report, any_of, names, short};

/// Reports a field that must not be left out; `at` is the record.
pub fn missing(report: &mut Report, at: &Cursor, field: &Field) {
    let [expected, help] = expectation(&field.shape);
    let message = say!("scenario.missing", field = field.key, expected = &expected);
    report.tell(at.path.clone(), message, help);
}

/// Reports what was expected instead of the value here.
pub fn mistaken(report: &mut Report, at: &Cursor, shape: &Shape) {
    let shown = match at.json {
        Json::Array(_) => text!("expected.list.what").to_owned(),
        Json::Object(_) => text!("expected.record.what").to_owned(),
        Json::String(text) => Json::from(short(text)).to_string(),
        json => json.to_string(),
    };
    let mut inner = shape;
    while let Shape::Nullable(next) = inner {
        inner = next;
    }
    if let (Shape::Duration(_), Json::Number(_)) = (inner, at.json) {
        return report.wrong(at, problem!("scenario.no-unit", number = &shown));
    }
    let [expected, help] = expectation(shape);
    report.tell(at.path.clone(), say!("scenario.unlike", expected = &expected, found = &shown), help);
}

/// What a shape expects, and how to write it.
fn expectation(shape: &Shape) -> [String; 2] {
    match shape {
        Shape::Any => problem!("expected.any").say(),
        Shape::Flag => problem!("expected.flag").say(),
        Shape::Text(_) | Shape::Path => problem!("expected.text").say(),
        Shape::Name | Shape::Operation(_) => problem!("expected.name").say(),
        Shape::Node(kinds) => problem!("expected.node", kinds = &any_of(kinds)).say(),
        Shape::Number(bounds) if bounds.whole => problem!("expected.whole", range = &range(bounds)).say(),
        Shape::Number(bounds) => problem!("expected.number", range = &range(bounds)).say(),
        Shape::Duration(_) => problem!("expected.duration").say(),
        Shape::Words(options) => {
            let words = names(&mut options.iter().map(|word| word.word));
            problem!("expected.word", words = &words).say()
        }
        Shape::Pair(_) => problem!("expected.pair").say(),
        Shape::List(..) => problem!("expected.list").say(),
        Shape::Map(..) => problem!("expected.map").say(),
        Shape::Steps(_) => problem!("expected.steps").say(),
        Shape::Record(record) => {
            let fields = names(&mut record.fields.iter().map(|field| field.key));
            problem!("expected.record", fields = &fields).say()
        }
        Shape::Kinds(tagged) => problem!("expected.kinds", kinds = &names(&mut tagged.keys())).say(),
        Shape::Tagged(tagged) => problem!("expected.tagged", keys = &names(&mut tagged.keys())).say(),
        Shape::Nullable(inner) => expectation(inner),
        Shape::Either(Shape::Duration(_), Shape::Tagged(_)) => problem!("expected.dist").say(),
        Shape::Either(Shape::Number(_), Shape::Tagged(_)) => problem!("expected.number-or-drawn").say(),
        Shape::Either(text, other) => {
            let [first, second] = [text, other].map(|shape| expectation(shape)[1].clone());
            problem!("expected.either", first = &first, second = &second).say()
        }
    }
}

/// How to write a number within bounds.
pub fn range(bounds: &Bounds) -> String {
    let [min, max] = [bounds.min, bounds.max].map(|number| Json::Number(number).to_string());
    match (bounds.whole, bounds.above) {
        _ if bounds.min == bounds.max => say!("scenario.range.exactly", number = &min),
        (true, false) => say!("scenario.range.whole-from", min = &min, max = &max),
        (true, true) => say!("scenario.range.whole-above", min = &min, max = &max),
        (false, false) => say!("scenario.range.number-from", min = &min, max = &max),
        (false, true) => say!("scenario.range.number-above", min = &min, max = &max),
    }
}
