//! Shapes: the tables that describe the language. Reading, defaults, paths and the JSON Schema all follow them.

use std::marker::PhantomData;

use super::Reader;
use crate::base::{Json, SimDuration, parse_duration};

/// What a JSON value must look like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Anything.
    Any,
    /// `true` or `false`.
    Flag,
    /// Text of at most so many bytes.
    Text(u32),
    /// The name of an operation or a group: `[a-z][a-zA-Z0-9_-]{0,39}`.
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
pub struct Bounds {
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
pub struct Word {
    /// As written.
    pub word: &'static str,
}

/// An object with known fields.
#[derive(Debug)]
pub struct Record {
    /// Name of the type.
    pub name: &'static str,
    /// Fields, in the order in which they are described.
    pub fields: &'static [Field],
    /// What must hold between the fields; called where each of them is right by itself.
    pub check: Option<fn(&Json, &mut Reader)>,
}

/// A field of a record.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// What its value must look like.
    pub shape: Shape,
    /// What holds where it is left out.
    pub given: Given,
}

/// What holds for a field that is left out.
#[derive(Clone, Copy, Debug)]
pub enum Given {
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
pub struct Tagged {
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
pub struct Variant {
    /// Its name.
    pub key: &'static str,
    /// What stands behind it.
    pub shape: Shape,
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

impl Tagged {
    /// The names of the variants.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.variants.iter().map(|variant| variant.key)
    }
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
pub trait Coded<'a>: Sized {
    /// The shape.
    const SHAPE: Shape;
    /// What holds where a field of this type is left out.
    const ABSENT: Given = Given::Required;

    /// The value that `full` stands for. `full` must have been found right by the reader, defaults filled in;
    /// where it was not, some value comes out.
    fn decode(full: &'a Json) -> Self;
}

/// A field of a full record, by its place in the table: the last `count` members are the fields (what stands
/// before is a node's `kind`).
#[inline(never)]
pub fn part(full: &Json, count: usize, at: usize) -> &Json {
    let members = full.members();
    members.get(members.len().saturating_sub(count) + at).map_or(&Json::Null, |(_, value)| value)
}

/// The name and the value of a full choice.
#[inline(never)]
pub fn chosen(full: &Json) -> (&str, &Json) {
    match full.members().first() {
        Some((key, Json::String(kind))) if key == "kind" => (kind, full),
        Some((key, value)) => (key, value),
        None => ("", full),
    }
}

/// A list of values.
#[derive(Debug)]
pub struct List<'a, T>(&'a [Json], PhantomData<T>);

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<'a, T: Coded<'a>> List<'a, T> {
    /// The values, in order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = T> + DoubleEndedIterator {
        self.0.iter().map(T::decode)
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

/// A map from names to values, in the order written.
#[derive(Debug)]
pub struct Named<'a, T>(&'a [(String, Json)], PhantomData<T>);

impl<T> Clone for Named<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Named<'_, T> {}

impl<'a, T: Coded<'a>> Named<'a, T> {
    /// Names and values, in order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = (&'a str, T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), T::decode(value)))
    }

    /// The names, in order.
    pub fn names(self) -> impl Iterator<Item = &'a str> + Clone {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The value of this name.
    pub fn get(self, name: &str) -> Option<T> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| T::decode(value))
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

impl<'a, T: Coded<'a>> Coded<'a> for List<'a, T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE, 1024);

    fn decode(full: &'a Json) -> Self {
        List(full.items(), PhantomData)
    }
}

impl<'a, T: Coded<'a>> Coded<'a> for Named<'a, T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE, false, 64);

    fn decode(full: &'a Json) -> Self {
        Named(full.members(), PhantomData)
    }
}

impl Coded<'_> for bool {
    const SHAPE: Shape = Shape::Flag;

    fn decode(full: &Json) -> bool {
        matches!(full, Json::Bool(true))
    }
}

impl Coded<'_> for f64 {
    const SHAPE: Shape = Shape::number(f64::MIN, f64::MAX);

    fn decode(full: &Json) -> f64 {
        full.as_f64().unwrap_or(0.0)
    }
}

impl Coded<'_> for u32 {
    const SHAPE: Shape = Shape::whole(0, u32::MAX as u64);

    fn decode(full: &Json) -> u32 {
        f64::decode(full) as u32
    }
}

impl Coded<'_> for u64 {
    // Every whole number up to here is a number in JSON.
    const SHAPE: Shape = Shape::whole(0, 1 << 53);

    fn decode(full: &Json) -> u64 {
        f64::decode(full) as u64
    }
}

impl<'a> Coded<'a> for &'a str {
    const SHAPE: Shape = Shape::Text(200);

    fn decode(full: &'a Json) -> &'a str {
        full.as_str().unwrap_or("")
    }
}

impl Coded<'_> for SimDuration {
    const SHAPE: Shape = Shape::Duration(false);

    #[inline(never)]
    fn decode(full: &Json) -> SimDuration {
        parse_duration(full.as_str().unwrap_or("")).unwrap_or_default()
    }
}

impl<'a> Coded<'a> for &'a Json {
    const SHAPE: Shape = Shape::Any;

    fn decode(full: &'a Json) -> &'a Json {
        full
    }
}

impl<'a, T: Coded<'a>> Coded<'a> for Option<T> {
    const SHAPE: Shape = Shape::Nullable(&T::SHAPE);
    const ABSENT: Given = Given::Null;

    fn decode(full: &'a Json) -> Option<T> {
        if matches!(full, Json::Null) { None } else { Some(T::decode(full)) }
    }
}

impl<'a, A: Coded<'a>, B: Coded<'a>> Coded<'a> for (A, B) {
    const SHAPE: Shape = Shape::Pair(&[A::SHAPE, B::SHAPE]);

    fn decode(full: &'a Json) -> (A, B) {
        let item = |at| full.items().get(at).unwrap_or(&Json::Null);
        (A::decode(item(0)), B::decode(item(1)))
    }
}
