//! What a parameter is, and what controls it.

use crate::base::Json;

/// One part of a scenario describes at most so many parameters; what comes after is left out
/// ([`Parameters::cut`]).
pub const MOST_PARAMETERS: usize = 2_000;

/// The parameters of a part of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// The part itself.
    pub root: Parameter,
    /// There are more than [`MOST_PARAMETERS`]: some are not listed.
    pub cut: bool,
}

/// A parameter, or several of them under one name.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its path in the scenario: what it is set by.
    pub path: String,
    /// The last part of its name in the language: a field, an operation, a form, or a number from 0 in a list.
    pub key: String,
    /// What the language's documentation says about it; empty for what has no words of its own.
    pub about: &'static str,
    /// What it may be.
    pub control: Control,
    /// What it is, defaults filled in.
    pub value: Json,
    /// What it is where nothing is said; none where something must be said.
    pub default: Option<Json>,
    /// It has a default and is something else; for several, at least one of them is.
    pub changed: bool,
    /// It can be left out, and is there: setting its path to null takes it away.
    pub removable: bool,
    /// What it is made of.
    pub parts: Vec<Parameter>,
}

/// What a parameter may be.
#[derive(Clone, Debug, PartialEq)]
pub enum Control {
    /// It has nothing to set but its parts.
    Group,
    /// It is shown and not set: what it names would be another system.
    Fixed,
    /// It is on or off: the values to set, off first.
    Switch([Json; 2]),
    /// A number.
    Number {
        /// Least; excluded where `above`.
        min: f64,
        /// Greatest.
        max: f64,
        /// The least itself is excluded.
        above: bool,
        /// No fractions.
        whole: bool,
    },
    /// A duration with its unit; longer than nothing where `true`.
    Duration(bool),
    /// Text of at most so many bytes.
    Text(u32),
    /// One of several forms; the values to set, and which of them holds.
    Choice(Vec<Choice>, usize),
    /// It is left out; the value that adds it, with the language's defaults.
    Absent(Json),
}

/// One form of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its word in the language, or else what it is.
    pub word: String,
    /// The language has no word for it: it is a node, by its id, or a number.
    pub own: bool,
    /// What to set for it.
    pub value: Json,
}
