//! JSON: values that keep the order of their keys, a parser that says where a mistake is, and a printer.

mod decimal;
mod parse;
mod print;
mod value;
mod words;

pub use parse::MAX_TEXT;
pub use value::Json;
