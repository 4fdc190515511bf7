//! A value of a shape that shows something: of the fields that must be there, each with its example.

use crate::base::Json;
use crate::scenario::model::shape::{Field, Record, Shape};

/// A value of this shape.
pub fn sample(shape: &Shape) -> Json {
    match shape {
        Shape::Any => Json::Null,
        Shape::Flag => true.into(),
        Shape::Text(_) | Shape::Name | Shape::Path => "name".into(),
        Shape::Operation(_) => "default".into(),
        Shape::Node(_) => "app".into(),
        Shape::Number(bounds) => bounds.min.max(1.0).min(bounds.max).into(),
        Shape::Duration(_) => "20ms".into(),
        Shape::Words(words) => words.first().map_or(Json::Null, |word| word.word.into()),
        Shape::Pair(shapes) => Json::Array(shapes.iter().map(sample).collect()),
        Shape::List(..) | Shape::Steps(_) => Json::Array(Vec::new()),
        Shape::Map(..) => Json::Object(Vec::new()),
        Shape::Record(record) => Json::Object(required(record)),
        Shape::Tagged(tagged) => match tagged.variants.first() {
            Some(variant) => Json::Object(vec![(variant.key.to_owned(), sample(&variant.shape))]),
            None => Json::Null,
        },
        Shape::Kinds(tagged) => Json::Object(match tagged.variants.first() {
            Some(variant) => {
                let mut members = vec![("kind".to_owned(), variant.key.into())];
                if let Shape::Record(record) = variant.shape {
                    members.extend(required(record));
                }
                members
            }
            None => Vec::new(),
        }),
        Shape::Nullable(inner) | Shape::Either(inner, _) => sample(inner),
    }
}

/// The example of a field, or else its default where that shows something, or else a value of its shape.
pub fn example(field: &Field) -> Json {
    field
        .example()
        .or_else(|| field.default().filter(|given| *given != Json::Null))
        .unwrap_or_else(|| sample(&field.shape))
}

/// The fields of a record that must be there.
fn required(record: &Record) -> Vec<(String, Json)> {
    let required = record.fields.iter().filter(|field| field.default.is_none());
    required.map(|field| (field.key.to_owned(), example(field))).collect()
}
