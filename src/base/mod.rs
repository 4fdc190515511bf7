//! The ground floor: time, indices, random streams, distributions, deterministic mathematics, JSON, diagnostics, and
//! texts in the language that the reader speaks.
//!
//! **Invariant:** nothing here has heard of a service, a message or a screen.

// First: texts elsewhere are said with its macros.
#[macro_use]
mod text;

mod bound;
mod diagnostic;
mod dist;
mod duration;
mod index;
mod json;
mod murmur2;
mod order;
mod random;
mod time;

pub use bound::{within, within_f32};
pub use diagnostic::Diagnostic;
pub use dist::{Dist, MAX_SAMPLE};
pub use duration::{NoDuration, parse_duration, read_duration};
pub use index::{
    AccessIx, AskIx, BreakerIx, CallIx, ClientIx, DistIx, EdgeIx, ExchangeIx, HealthIx, LinkIx, LogIx,
    NodeIx, OpIx, Pc, PolicyIx, PublishIx, QueueIx, RouteIx, SagaIx, ServiceIx, StoreIx, WindowIx,
};
pub use json::{Cursor, Json, MAX_PROBLEMS, MAX_TEXT, Problems, Unread};
pub use murmur2::{murmur2, murmur2_of_number, partition};
pub use order::{order_by, sort, sort_by, sort_by_key};
pub use random::{Stream, Zipf, mix};
pub use text::{
    Args, Catalogue, Language, List, Message, Number, Problem, Text, Value, complete, format, is_tag, list,
    speak, texts,
};
pub use time::{SimDuration, SimTime};
