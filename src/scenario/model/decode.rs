//! From JSON values with their defaults filled in to typed values.

use super::shape::{KeyShape, Shape};
use crate::base::{Json, SimDuration, parse_duration};

/// A type of the language: the shape of its JSON values, and how they are decoded.
pub trait Decode: Sized {
    /// The shape.
    const SHAPE: Shape;
    /// What holds where a field of this type is left out, as JSON text; none: it must not be left out.
    const DEFAULT: Option<&'static str> = None;

    /// The value that `full` stands for. The reader must have found `full` right and filled in its defaults; where it
    /// did not, some value comes out.
    fn decode(full: &Json) -> Self;
}

/// The fields of a full record, in the order of its table: its last `count` members. What stands before them is a
/// node's `kind`.
pub fn fields(full: &Json, count: usize) -> impl Iterator<Item = &Json> {
    let members = full.members();
    let fields = members.iter().skip(members.len().saturating_sub(count)).map(|(_, value)| value);
    fields.chain(std::iter::repeat(&Json::Null))
}

/// A map from names to values, in the order written.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T>(Vec<(String, T)>);

impl<T> Default for Named<T> {
    fn default() -> Named<T> {
        Named(Vec::new())
    }
}

impl<T> Named<T> {
    /// Names and values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }
}

impl<T: Decode> Decode for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE, 1024);

    fn decode(full: &Json) -> Vec<T> {
        full.items().iter().map(T::decode).collect()
    }
}

impl<T: Decode> Decode for Named<T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE, KeyShape::Ids, 64);

    fn decode(full: &Json) -> Named<T> {
        Named(full.members().iter().map(|(name, value)| (name.clone(), T::decode(value))).collect())
    }
}

impl Decode for bool {
    const SHAPE: Shape = Shape::Flag;

    fn decode(full: &Json) -> bool {
        matches!(full, Json::Bool(true))
    }
}

impl Decode for f64 {
    const SHAPE: Shape = Shape::number(f64::MIN, f64::MAX);

    fn decode(full: &Json) -> f64 {
        full.as_f64().unwrap_or(0.0)
    }
}

impl Decode for u32 {
    const SHAPE: Shape = Shape::whole(0, u32::MAX as u64);

    fn decode(full: &Json) -> u32 {
        f64::decode(full) as u32
    }
}

impl Decode for u64 {
    // Every whole number up to here is a number in JSON.
    const SHAPE: Shape = Shape::whole(0, 1 << 53);

    fn decode(full: &Json) -> u64 {
        f64::decode(full) as u64
    }
}

impl Decode for String {
    const SHAPE: Shape = Shape::Text(200);

    fn decode(full: &Json) -> String {
        full.as_str().unwrap_or("").to_owned()
    }
}

impl Decode for SimDuration {
    const SHAPE: Shape = Shape::TIME;

    fn decode(full: &Json) -> SimDuration {
        parse_duration(full.as_str().unwrap_or("")).unwrap_or_default()
    }
}

impl Decode for Json {
    const SHAPE: Shape = Shape::Any;

    fn decode(full: &Json) -> Json {
        full.clone()
    }
}

impl<T: Decode> Decode for Option<T> {
    const SHAPE: Shape = Shape::Nullable(&T::SHAPE);
    const DEFAULT: Option<&'static str> = Some("null");

    fn decode(full: &Json) -> Option<T> {
        if matches!(full, Json::Null) { None } else { Some(T::decode(full)) }
    }
}

impl<A: Decode, B: Decode> Decode for (A, B) {
    const SHAPE: Shape = Shape::Pair(&[A::SHAPE, B::SHAPE]);

    fn decode(full: &Json) -> (A, B) {
        let item = |at| full.items().get(at).unwrap_or(&Json::Null);
        (A::decode(item(0)), B::decode(item(1)))
    }
}
