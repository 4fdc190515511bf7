//! Paths of parameters: `nodes.app2.operations.book[0].work.mean`.

use crate::base::{Diagnostic, Json, Number};
use crate::scenario::model::decode::Decode;
use crate::scenario::model::document::Document;
use crate::scenario::model::shape::{Field, Shape, Tagged, chosen};
use crate::scenario::report::meant;

/// The parameter at `path` in a full tree. One that the language has but this scenario leaves out is null.
///
/// # Errors
///
/// The path names nothing.
pub fn get(full: &Json, path: &str) -> Result<Json, Diagnostic> {
    let mut copy = full.clone();
    let mut made = false;
    let found = Walk { path, made: &mut made }.locate(&mut copy, &Document::SHAPE, path)?.clone();
    Ok(if made { Json::Null } else { found })
}

/// Sets the parameter at `path` in a tree as written; objects that are missing on the way are made.
///
/// # Errors
///
/// The path names nothing.
pub fn set(written: &mut Json, path: &str, value: Json) -> Result<(), Diagnostic> {
    *Walk { path, made: &mut false }.locate(written, &Document::SHAPE, path)? = value;
    Ok(())
}

/// One step of a path.
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// The first step of a path and the rest of it.
fn split(path: &str) -> Option<(Step<'_>, &str)> {
    if let Some(inner) = path.strip_prefix('[') {
        let (index, rest) = inner.split_once(']')?;
        let digits = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
        let index = digits.then(|| index.parse().ok())??;
        return Some((Step::Index(index), rest.strip_prefix('.').unwrap_or(rest)));
    }
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (key, rest) = path.split_at(end);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    (!key.is_empty()).then_some((Step::Key(key), rest))
}

/// A walk along a path.
struct Walk<'a> {
    path: &'a str,
    /// Something that was left out had to be made on the way.
    made: &'a mut bool,
}

impl Walk<'_> {
    /// The place of `rest` within `json`, which has this shape.
    fn locate<'j>(
        &mut self,
        json: &'j mut Json,
        shape: &Shape,
        rest: &str,
    ) -> Result<&'j mut Json, Diagnostic> {
        if rest.is_empty() && !self.path.is_empty() {
            return Ok(json);
        }
        let Some((step, after)) = split(rest) else {
            return Err(self.miss(rest, text!("scenario.path.path-form")));
        };
        match (shape, step) {
            (Shape::Nullable(inner), _) => self.locate(json, inner, rest),
            (Shape::Either(..), Step::Key("mean")) if after.is_empty() && matches!(json, Json::String(_)) => {
                Ok(json)
            }
            (Shape::Either(_, other), _) => self.locate(json, other, rest),
            (Shape::Kinds(tagged), Step::Key(key)) => {
                let kind = json.get("kind").and_then(Json::as_str).unwrap_or("");
                match tagged.variant(kind).map(|variant| variant.shape) {
                    Some(Shape::Record(record)) if key != "kind" => {
                        self.field(json, record.fields, key, rest, after)
                    }
                    _ => Err(self.miss(rest, text!("scenario.path.kind-stays"))),
                }
            }
            (Shape::Record(record), Step::Key(key)) => {
                self.make(json);
                self.field(json, record.fields, key, rest, after)
            }
            (Shape::Tagged(tagged), Step::Key(key)) => self.variant(json, tagged, key, rest, after),
            (Shape::Map(of, ..), Step::Key(key)) => {
                if *json == Json::Null {
                    *json = Json::Object(Vec::new());
                }
                let Json::Object(members) = json else {
                    return Err(self.miss(rest, text!("scenario.path.whole-object")));
                };
                let at = match members.iter().position(|(name, _)| name == key) {
                    Some(at) => at,
                    // A new entry can be set as a whole; a path into one is a slip.
                    None if after.is_empty() && !key.is_empty() => {
                        *self.made = true;
                        members.push((key.to_owned(), Json::Null));
                        members.len() - 1
                    }
                    None => {
                        return Err(self.unknown(
                            rest,
                            key,
                            &mut members.iter().map(|(name, _)| name.as_str()),
                        ));
                    }
                };
                self.locate(&mut members[at].1, of, after)
            }
            (Shape::List(of, _), Step::Index(index)) => self.item(json, of, index, rest, after),
            (Shape::Steps(step), Step::Index(index)) => self.item(json, step(), index, rest, after),
            (Shape::Pair(shapes), Step::Index(index)) if index < 2 => {
                self.item(json, &shapes[index], index, rest, after)
            }
            (Shape::List(..) | Shape::Steps(_) | Shape::Pair(_), _) => {
                Err(self.miss(rest, text!("scenario.path.by-index")))
            }
            _ => Err(self.miss(rest, text!("scenario.path.nothing-inside"))),
        }
    }

    /// Makes an object of what was left out.
    fn make(&mut self, json: &mut Json) {
        if *json == Json::Null {
            *self.made = true;
            *json = Json::Object(Vec::new());
        }
    }

    fn field<'j>(
        &mut self,
        json: &'j mut Json,
        fields: &[Field],
        key: &str,
        rest: &str,
        after: &str,
    ) -> Result<&'j mut Json, Diagnostic> {
        let Some(field) = fields.iter().find(|field| field.key == key) else {
            return Err(self.unknown(rest, key, &mut fields.iter().map(|field| field.key)));
        };
        let Json::Object(members) = json else {
            return Err(self.miss(rest, text!("scenario.path.whole-object")));
        };
        let at = members.iter().position(|(name, _)| name == key).unwrap_or_else(|| {
            let given = if after.is_empty() { None } else { field.default() };
            members.push((key.to_owned(), given.unwrap_or(Json::Null)));
            members.len() - 1
        });
        self.locate(&mut members[at].1, &field.shape, after)
    }

    fn variant<'j>(
        &mut self,
        json: &'j mut Json,
        tagged: &Tagged,
        key: &str,
        rest: &str,
        after: &str,
    ) -> Result<&'j mut Json, Diagnostic> {
        let found = tagged.variant(key);
        if let (Some(variant), Json::Null) = (found, &*json) {
            *self.made = true;
            *json = Json::Object(vec![(variant.key.to_owned(), Json::Null)]);
        }
        let now = chosen(json).0.to_owned();
        let Json::Object(members) = json else {
            return Err(self.miss(rest, text!("scenario.path.whole-value")));
        };
        let Some((_, value)) = members.first_mut() else {
            return Err(self.miss(rest, text!("scenario.path.whole-value")));
        };
        if let Some(variant) = found
            && now == key
        {
            return self.locate(value, &variant.shape, after);
        }
        // The mean of a distribution and the rate of arrivals are where the form of either has them.
        if after.is_empty() && matches!((tagged.name, key), ("Spread", "mean") | ("Arrivals", "rate")) {
            match value {
                Json::String(_) => return Ok(value),
                Json::Object(parts) => {
                    if let Some((_, value)) = parts.iter_mut().find(|(name, _)| name == key) {
                        return Ok(value);
                    }
                }
                _ => {}
            }
            return Err(self.miss(rest, &say!("scenario.path.none-in-form", form = &now)));
        }
        Err(self.miss(rest, &say!("scenario.path.is-other", form = &now)))
    }

    fn item<'j>(
        &mut self,
        json: &'j mut Json,
        of: &Shape,
        index: usize,
        rest: &str,
        after: &str,
    ) -> Result<&'j mut Json, Diagnostic> {
        let count = json.items().len();
        match json {
            Json::Array(items) if index < count => self.locate(&mut items[index], of, after),
            _ => Err(self.miss(rest, &say!("scenario.path.items", count = Number::Digits(count as u64)))),
        }
    }

    /// There is nothing where `rest` begins.
    fn miss(&self, rest: &str, help: &str) -> Diagnostic {
        let done = self.path.len() - rest.len();
        let message = match self.path[..done].trim_end_matches('.') {
            "" => say!("scenario.no-parameter", path = self.path),
            before => say!("scenario.nothing-there", rest = rest, before = before),
        };
        Diagnostic { path: self.path.to_owned(), message, help: help.to_owned() }
    }

    fn unknown(&self, rest: &str, key: &str, known: &mut dyn Iterator<Item = &str>) -> Diagnostic {
        let help = meant(key, known);
        self.miss(rest, help.as_deref().unwrap_or(text!("scenario.path.name-a-field")))
    }
}
