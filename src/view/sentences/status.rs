//! The state of a session in a few words: its clock, its digests, its seed.

use crate::base::{Number, SimTime, format};
use crate::session::Session;

/// An instant as `mm:ss.mmm`.
pub fn clock(at: SimTime) -> String {
    format::string(|out| format::clock(out, at))
}

/// The digest of each variant's run so far, with spaces between them.
pub fn digests(session: &Session) -> String {
    let digests: Vec<String> =
        session.variants().iter().map(|variant| variant.telemetry().digest().hex()).collect();
    digests.join(" ")
}

/// A factor, such as `3.1×`.
pub fn times(factor: f64) -> String {
    say!("unit.times", factor = Number::Figures(factor))
}

/// The seed of the run that is going on.
pub fn seed(session: &Session) -> u64 {
    session.variants().first().map_or(0, |variant| variant.plan().seed)
}
