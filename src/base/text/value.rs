//! What is said, as data: numbers and how they are written, what fills the places of a text, what is wrong.

use super::key::Text;
use crate::base::time::{SimDuration, SimTime};

/// A number, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// In groups of three digits: `1,204`; from a million on `1.2 M`.
    Count(u64),
    /// All digits, in no groups: `1048576`.
    Digits(u64),
    /// About three figures: `0.042`, `9.4`, `97`, `12 k`, `1.2 M`. What is not a number is `–`.
    Figures(f64),
    /// So many decimals (0 to 6), rounded half up.
    Fixed(f64, usize),
    /// Per second: `97/s`.
    Rate(f64),
    /// A share: `50 %`; small ones with a decimal.
    Percent(f64),
    /// About three figures in the unit that suits it: `250 µs`, `84 ms`, `8.2 s`, `2 m 05 s`, `3 h 20 m`.
    Duration(SimDuration),
    /// A clock: `00:52.318`, with hours only where there are any.
    Clock(SimTime),
}

/// What fills a place: a text, or a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// As it is.
    Words(&'a str),
    /// In the way that it names.
    Number(Number),
    /// A text without places of its own.
    Text(Text),
}

/// The places of a text and what fills them; [`say!`](crate::say) writes them.
pub type Args<'a> = &'a [(&'static str, Value<'a>)];

/// A mistake that somebody made, and what was found there; [`problem!`](crate::problem) writes one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Problem<'a> {
    /// What is wrong.
    pub what: Text,
    /// How to mend it.
    pub help: Text,
    /// What fills the places of both.
    pub args: Args<'a>,
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(words: &'a str) -> Value<'a> {
        Value::Words(words)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(words: &'a String) -> Value<'a> {
        Value::Words(words)
    }
}

impl From<Text> for Value<'_> {
    fn from(text: Text) -> Self {
        Value::Text(text)
    }
}

impl From<Number> for Value<'_> {
    fn from(number: Number) -> Self {
        Value::Number(number)
    }
}

impl From<u64> for Value<'_> {
    fn from(count: u64) -> Self {
        Value::Number(Number::Count(count))
    }
}

impl From<u32> for Value<'_> {
    fn from(count: u32) -> Self {
        Value::Number(Number::Count(count.into()))
    }
}

impl From<usize> for Value<'_> {
    fn from(count: usize) -> Self {
        Value::Number(Number::Count(count as u64))
    }
}

impl From<SimDuration> for Value<'_> {
    fn from(length: SimDuration) -> Self {
        Value::Number(Number::Duration(length))
    }
}

impl From<SimTime> for Value<'_> {
    fn from(at: SimTime) -> Self {
        Value::Number(Number::Clock(at))
    }
}

/// A text that has no places: `text!("transport.play")`.
#[macro_export]
macro_rules! text {
    ($key:literal) => {
        const { $crate::base::Text::new($key) }.plain()
    };
}

/// A text with its places filled: `say!("card.busy", busy = 3_u64, workers = 20_u64)`. With `out =>` before the key
/// it is appended there.
#[macro_export]
macro_rules! say {
    ($out:expr => $key:literal $(, $place:ident = $value:expr)* $(,)?) => {
        const { $crate::base::Text::new($key) }
            .write($out, &[$((stringify!($place), $crate::base::Value::from($value))),*])
    };
    ($key:literal $(, $place:ident = $value:expr)* $(,)?) => {
        const { $crate::base::Text::new($key) }
            .say(&[$((stringify!($place), $crate::base::Value::from($value))),*])
    };
}

/// What is wrong, with what was found there: `problem!("json.missing", field = key)`. Its texts are `KEY.what` and
/// `KEY.help`.
#[macro_export]
macro_rules! problem {
    ($key:literal $(, $place:ident = $value:expr)* $(,)?) => {
        $crate::base::Problem {
            what: const { $crate::base::Text::new($key).then(".what") },
            help: const { $crate::base::Text::new($key).then(".help") },
            args: &[$((stringify!($place), $crate::base::Value::from($value))),*],
        }
    };
}
