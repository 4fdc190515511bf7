//! Texts: whole sentences in the language that the reader speaks.
//!
//! A text is looked up by its key in the file of a language (`static/texts/en.json`; docs/how-to/add-a-language.md). What
//! changes in it is a named place; what depends on a number has the plural forms of the language; numbers and their
//! units are written in its way. So a text is never put together from pieces: another language puts them elsewhere.
//!
//! | to | write |
//! | --- | --- |
//! | say something that never changes | `text!("transport.play")` |
//! | fill its places | `say!("card.busy", busy = 3_u64, workers = 20_u64)` |
//! | put it into a table | `Text::new("chart.latency")`, later `.plain()` |
//! | say what is wrong | `problem!("json.missing", field = key)` |
//! | list things | [`List`] |

// First: the others write with its macros.
#[macro_use]
mod value;

mod catalogue;
mod current;
pub mod format;
mod key;
mod language;
pub mod list;
mod message;
mod plural;
mod say;

pub use catalogue::Catalogue;
pub use current::{complete, speak, texts};
pub use key::Text;
pub use language::{Language, is_tag};
pub use list::List;
pub use message::Message;
pub use value::{Args, Number, Problem, Value};
