//! Shapes: the tables that describe the language. Reading, defaults, paths, the JSON Schema and the reference follow
//! them.

use crate::base::{Cursor, Json, SimDuration, Text};
use crate::scenario::report::Report;

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
    /// The name of an operation: of the service that the field of this key names, or where it is empty of the node itself.
    Operation(&'static str),
    /// The path of a parameter.
    Path,
    /// The id of a node of one of these kinds.
    Node(&'static [&'static str]),
    /// A number within bounds.
    Number(Bounds),
    /// A duration with its unit, and the shortest that it may be.
    Duration(SimDuration),
    /// One of a few words.
    Words(&'static [Word]),
    /// Exactly two values.
    Pair(&'static [Shape; 2]),
    /// An array of at most so many.
    List(&'static Shape, u32),
    /// An object from keys to values. At most so many.
    Map(&'static Shape, KeyShape, u32),
    /// A list of steps. The shape of one step comes from a function, because steps contain steps.
    Steps(fn() -> &'static Shape),
    /// An object with known fields.
    Record(&'static Record),
    /// An object with one key, which says what the value is.
    Tagged(&'static Tagged),
    /// An object whose field `kind` says which further fields it has.
    Kinds(&'static Tagged),
    /// `null`, or a value.
    Nullable(&'static Shape),
    /// A string or a number of the first shape, or else a value of the second.
    Either(&'static Shape, &'static Shape),
}

/// What the keys of an object are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyShape {
    /// New ids, of nodes or of something else: `[a-z][a-z0-9_-]{0,39}`.
    Ids,
    /// Names of operations: `[a-z][a-zA-Z0-9_-]{0,39}`.
    Names,
    /// Names of operations that are there, of the same node.
    Operations,
    /// Ids of nodes that are there.
    Nodes,
}

impl KeyShape {
    /// Whether they are names of operations, which may have capitals within.
    pub fn of_operations(self) -> bool {
        matches!(self, KeyShape::Names | KeyShape::Operations)
    }
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
    /// What it means.
    pub about: &'static str,
}

/// An object with known fields.
#[derive(Debug)]
pub struct Record {
    /// Name of the type in the schema.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Fields, in the order in which they are described.
    pub fields: &'static [Field],
    /// What must hold between the fields; called where each of them is right by itself.
    pub check: Option<Check>,
}

/// A check of a value that has the right shape. It gets the value with its defaults filled in.
pub type Check = fn(&Json, &Cursor, &mut Report);

/// A field of a record: everything that is known of it.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// What it means.
    pub about: &'static str,
    /// The unit of a number; empty for a plain count or ratio, and for what is no number.
    pub unit: &'static str,
    /// What its value must look like.
    pub shape: Shape,
    /// What holds where it is left out, as JSON text; none: it must not be left out.
    pub default: Option<&'static str>,
    /// A value that shows something, as JSON text; none: the default does.
    pub example: Option<&'static str>,
}

/// A choice between variants by name.
#[derive(Debug)]
pub struct Tagged {
    /// Name of the type in the schema.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// What one is called in the reference: "step", "kind".
    pub noun: &'static str,
    /// The variants.
    pub variants: &'static [Variant],
    /// What must hold beyond the shape; called where the value is right by itself.
    pub check: Option<Check>,
}

/// A variant of a choice.
#[derive(Debug)]
pub struct Variant {
    /// Its name.
    pub key: &'static str,
    /// What it means.
    pub about: &'static str,
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

    /// Whether a JSON value is of the kind that this shape is written as, a string or a number; of a shape that is
    /// written otherwise: no.
    pub fn is_written_as(&self, json: &Json) -> bool {
        match self {
            Shape::Number(_) => matches!(json, Json::Number(_)),
            Shape::Text(_)
            | Shape::Name
            | Shape::Operation(_)
            | Shape::Path
            | Shape::Node(_)
            | Shape::Duration(_)
            | Shape::Words(_) => {
                matches!(json, Json::String(_))
            }
            _ => false,
        }
    }

    /// The most bytes of a path.
    pub const LONGEST_PATH: u32 = 400;
    /// A probability.
    pub const CHANCE: Shape = Shape::number(0.0, 1.0);
    /// A duration longer than nothing.
    pub const SOME_TIME: Shape = Shape::Duration(SimDuration(1));
    /// A duration of any length.
    pub const TIME: Shape = Shape::Duration(SimDuration::ZERO);
    /// A duration after which something happens again and again. Every millisecond is often: each time is an event, and
    /// what happens every nanosecond would keep a run from ever getting on.
    pub const INTERVAL: Shape = Shape::Duration(SimDuration::from_millis(1));
}

impl Tagged {
    /// The names of the variants.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.variants.iter().map(|variant| variant.key)
    }

    /// The variant of this name.
    pub fn variant(&self, key: &str) -> Option<&'static Variant> {
        self.variants.iter().find(|variant| variant.key == key)
    }
}

impl Field {
    /// The default as JSON; none where the field must not be left out.
    pub fn default(&self) -> Option<Json> {
        // A test reads every default of the language.
        self.default.map(|text| Json::parse(text).unwrap_or(Json::Null))
    }

    /// The example as JSON; none where there is none.
    pub fn example(&self) -> Option<Json> {
        self.example.map(|text| Json::parse(text).unwrap_or(Json::Null))
    }
}

/// The key of the text on what a field or a choice means: of a record or a choice by its name.
pub fn about(of: &str, key: &str) -> Text {
    Text::new("about.").then(of).then(".").then(key)
}

/// The name and the value of a full choice.
pub fn chosen(full: &Json) -> (&str, &Json) {
    match full.members().first() {
        Some((key, Json::String(kind))) if key == "kind" => (kind, full),
        Some((key, value)) => (key, value),
        None => ("", full),
    }
}
