//! Shapes: the tables that describe the language. Reading, defaults, paths and the JSON Schema all follow them.

use std::ops::Deref;

use super::{Json, Reader};
use crate::base::{SimDuration, parse_duration};

/// What a JSON value must look like.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Anything.
    Any,
    /// `true` or `false`.
    Flag,
    /// Text of at most so many bytes.
    Text(u32),
    /// A new name: `[a-z][a-z0-9_-]{0,39}`.
    Name,
    /// The id of a node of one of these kinds.
    Node(&'static [&'static str]),
    /// A number within bounds.
    Number(Bounds),
    /// A duration with its unit; longer than nothing where `true`.
    Duration(bool),
    /// One of a few words.
    Words(&'static [Word]),
    /// Exactly two values.
    Pair(&'static [Shape; 2]),
    /// An array of at most so many.
    List(&'static Shape, u32),
    /// An object whose keys are names: new ones, or (`true`) ids of nodes. At most so many.
    Map(&'static Shape, bool, u32),
    /// A list of steps.
    Steps,
    /// An object with known fields.
    Record(&'static Record),
    /// An object with one key, which says what the value is.
    Tagged(&'static Tagged),
    /// An object whose field `kind` says which further fields it has.
    Kinds(&'static Tagged),
    /// `null`, or a value.
    Nullable(&'static Shape),
    /// A string of the first shape, or else a value of the second.
    Either(&'static Shape, &'static Shape),
}

/// Bounds of a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Least.
    pub min: f64,
    /// Greatest.
    pub max: f64,
    /// The least itself is excluded.
    pub above: bool,
    /// No fractions.
    pub whole: bool,
}

/// One word of a choice.
#[derive(Debug)]
pub(super) struct Word {
    /// As written.
    pub word: &'static str,
    /// Part of the language that does not run yet.
    pub later: bool,
}

/// An object with known fields.
#[derive(Debug)]
pub(super) struct Record {
    /// Name of the type.
    #[allow(dead_code)]
    pub name: &'static str,
    /// Fields, in the order in which they are described.
    pub fields: &'static [Field],
    /// What must hold between the fields; called where each of them is right by itself.
    pub check: Option<fn(&Json, &mut Reader)>,
}

/// A field of a record.
#[derive(Debug)]
pub(super) struct Field {
    /// Its key.
    pub key: &'static str,
    /// What its value must look like.
    pub shape: Shape,
    /// What holds where it is left out.
    pub given: Given,
    /// Part of the language that does not run yet: an error to run it with anything but what is given.
    pub later: bool,
}

/// What holds for a field that is left out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Given {
    /// It must not be left out.
    Required,
    /// Nothing.
    Null,
    /// This flag.
    Flag(bool),
    /// This number.
    Number(f64),
    /// This string.
    Text(&'static str),
    /// An array of these strings.
    Texts(&'static [&'static str]),
    /// An object in which everything is left out.
    Empty,
    /// An object with one number: key and value.
    One(&'static str, f64),
}

/// A choice between variants by name.
#[derive(Debug)]
pub(super) struct Tagged {
    /// Name of the type.
    pub name: &'static str,
    /// What a variant is called in messages: "step", "kind".
    pub noun: &'static str,
    /// The variants.
    pub variants: &'static [Variant],
    /// What must hold beyond the shape; called where the value is right by itself.
    pub check: Option<fn(&Json, &mut Reader)>,
}

/// A variant of a choice.
#[derive(Debug)]
pub(super) struct Variant {
    /// Its name.
    pub key: &'static str,
    /// What stands behind it.
    pub shape: Shape,
    /// Part of the language that does not run yet.
    pub later: bool,
}

impl Shape {
    /// A whole number from `min` to `max`.
    pub const fn whole(min: u64, max: u64) -> Shape {
        Shape::Number(Bounds { min: min as f64, max: max as f64, above: false, whole: true })
    }

    /// A number from `min` to `max`.
    pub const fn number(min: f64, max: f64) -> Shape {
        Shape::Number(Bounds { min, max, above: false, whole: false })
    }

    /// A number above 0, up to `max`.
    pub const fn positive(max: f64) -> Shape {
        Shape::Number(Bounds { min: 0.0, max, above: true, whole: false })
    }

    /// A probability.
    pub const CHANCE: Shape = Shape::number(0.0, 1.0);
    /// A duration longer than nothing.
    pub const SOME_TIME: Shape = Shape::Duration(true);
}

impl Given {
    /// The default as JSON; none where there is none.
    pub fn json(self) -> Option<Json> {
        Some(match self {
            Given::Required => return None,
            Given::Null => Json::Null,
            Given::Flag(flag) => Json::Bool(flag),
            Given::Number(number) => Json::Number(number),
            Given::Text(text) => text.into(),
            Given::Texts(texts) => Json::Array(texts.iter().map(|&text| text.into()).collect()),
            Given::Empty => Json::Object(Vec::new()),
            Given::One(key, number) => Json::Object(vec![(key.to_owned(), Json::Number(number))]),
        })
    }
}

/// A type that stands for a JSON value of some shape.
pub(super) trait Coded: Sized {
    /// The shape.
    const SHAPE: Shape;
    /// What holds where a field of this type is left out.
    const ABSENT: Given = Given::Required;

    /// The value that `full` stands for. `full` must have been found right by the reader, defaults filled in;
    /// where it was not, some value comes out.
    fn decode(full: &Json) -> Self;
}

/// The members of a full record, in the order of its table.
pub(super) struct Fields<'a>(std::slice::Iter<'a, (String, Json)>);

impl<'a> Fields<'a> {
    /// The last `count` members: those of a record (what stands before is its `kind`).
    pub fn of(full: &'a Json, count: usize) -> Fields<'a> {
        let members = full.members();
        Fields(members[members.len().saturating_sub(count)..].iter())
    }

    /// The value of the next field.
    pub fn take<T: Coded>(&mut self) -> T {
        T::decode(self.0.next().map_or(&Json::Null, |(_, value)| value))
    }
}

/// The name and the value of a full choice.
pub(super) fn chosen(full: &Json) -> (&str, &Json) {
    match full.members().first() {
        Some((key, Json::String(kind))) if key == "kind" => (kind, full),
        Some((key, value)) => (key, value),
        None => ("", full),
    }
}

impl Coded for bool {
    const SHAPE: Shape = Shape::Flag;

    fn decode(full: &Json) -> bool {
        *full == Json::Bool(true)
    }
}

impl Coded for f64 {
    const SHAPE: Shape = Shape::number(f64::MIN, f64::MAX);

    fn decode(full: &Json) -> f64 {
        full.as_f64().unwrap_or(0.0)
    }
}

impl Coded for u32 {
    const SHAPE: Shape = Shape::whole(0, u32::MAX as u64);

    fn decode(full: &Json) -> u32 {
        f64::decode(full) as u32
    }
}

impl Coded for u64 {
    // Every whole number up to here is a number in JSON.
    const SHAPE: Shape = Shape::whole(0, 1 << 53);

    fn decode(full: &Json) -> u64 {
        f64::decode(full) as u64
    }
}

impl Coded for String {
    const SHAPE: Shape = Shape::Text(200);

    fn decode(full: &Json) -> String {
        full.as_str().unwrap_or("").to_owned()
    }
}

impl Coded for SimDuration {
    const SHAPE: Shape = Shape::Duration(false);

    fn decode(full: &Json) -> SimDuration {
        parse_duration(full.as_str().unwrap_or("")).unwrap_or_default()
    }
}

impl Coded for Json {
    const SHAPE: Shape = Shape::Any;

    fn decode(full: &Json) -> Json {
        full.clone()
    }
}

impl<T: Coded> Coded for Option<T> {
    const SHAPE: Shape = Shape::Nullable(&T::SHAPE);
    const ABSENT: Given = Given::Null;

    fn decode(full: &Json) -> Option<T> {
        (*full != Json::Null).then(|| T::decode(full))
    }
}

impl<T: Coded> Coded for Box<T> {
    const SHAPE: Shape = T::SHAPE;

    fn decode(full: &Json) -> Box<T> {
        Box::new(T::decode(full))
    }
}

impl<T: Coded> Coded for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE, 1024);

    fn decode(full: &Json) -> Vec<T> {
        full.items().iter().map(T::decode).collect()
    }
}

impl<A: Coded, B: Coded> Coded for (A, B) {
    const SHAPE: Shape = Shape::Pair(&[A::SHAPE, B::SHAPE]);

    fn decode(full: &Json) -> (A, B) {
        let item = |at| full.items().get(at).unwrap_or(&Json::Null);
        (A::decode(item(0)), B::decode(item(1)))
    }
}

/// A map from names to values, in the order written.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T>(Vec<(String, T)>);

impl<T> Deref for Named<T> {
    type Target = [(String, T)];

    fn deref(&self) -> &[(String, T)] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a Named<T> {
    type Item = &'a (String, T);
    type IntoIter = std::slice::Iter<'a, (String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Coded> Coded for Named<T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE, false, 64);

    fn decode(full: &Json) -> Named<T> {
        Named(full.members().iter().map(|(name, value)| (name.clone(), T::decode(value))).collect())
    }
}
