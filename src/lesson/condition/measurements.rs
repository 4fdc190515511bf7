//! What a condition is evaluated over.

use crate::session::Session;
use crate::telemetry::{Mark, Telemetry, Window};

/// What a condition is evaluated over: what was measured of one variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurements<'a> {
    /// Its closed windows, oldest first.
    pub windows: Vec<&'a Window>,
    /// Where faults set in and ended.
    pub marks: Vec<Mark>,
}

impl<'a> Measurements<'a> {
    /// What was measured of every variant of a session, A first.
    pub fn all(session: &'a Session) -> Vec<Measurements<'a>> {
        session.variants().iter().map(|run| Measurements::of(run.telemetry())).collect()
    }

    /// What a variant's telemetry knows.
    pub fn of(telemetry: &'a Telemetry) -> Measurements<'a> {
        Measurements {
            windows: telemetry.windows().closed().collect(),
            marks: telemetry.recent().marks().copied().collect(),
        }
    }
}
