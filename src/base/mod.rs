//! The ground floor: time, indices, random streams, distributions, deterministic mathematics, JSON, diagnostics, and
//! how a table of texts is written.
//!
//! **Invariant:** nothing here has heard of a service, a message or a screen.

// First: tables of texts elsewhere are written with its macros.
#[macro_use]
mod language;

mod bound;
mod diagnostic;
mod dist;
mod index;
mod json;
mod murmur2;
mod random;
mod time;

pub use bound::{within, within_f32};
pub use diagnostic::Diagnostic;
pub use dist::{Dist, MAX_SAMPLE};
pub use index::{
    AccessIx, AskIx, BreakerIx, CallIx, ClientIx, DistIx, EdgeIx, ExchangeIx, LinkIx, LogIx, NodeIx, OpIx,
    Pc, PolicyIx, PublishIx, QueueIx, RouteIx, SagaIx, ServiceIx, StoreIx, WindowIx,
};
pub use json::{Cursor, Json, MAX_PROBLEMS, MAX_TEXT, Problems};
pub use language::{Wording, fill};
pub use murmur2::{murmur2, murmur2_of_number, partition};
pub use random::{Stream, Zipf, mix};
pub use time::{SimDuration, SimTime, parse_duration};
