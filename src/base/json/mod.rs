//! JSON: values that keep the order of their keys, a parser that says where a mistake is, a printer, and a reader
//! of documents.

mod decimal;
mod document;
mod parse;
mod print;
mod value;

pub use document::{Cursor, MAX_PROBLEMS, Problems};
pub use parse::{MAX_TEXT, Unread};
pub use value::Json;
