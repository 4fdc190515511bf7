//! What a condition is evaluated over.

use crate::telemetry::{Mark, Telemetry, Window};

/// What a condition is evaluated over: what was measured of one lane.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneNumbers<'a> {
    /// Its closed windows, oldest first.
    pub windows: Vec<&'a Window>,
    /// Where faults set in and ended.
    pub marks: Vec<Mark>,
}

impl<'a> LaneNumbers<'a> {
    /// What a lane's telemetry knows.
    pub fn of(telemetry: &'a Telemetry) -> LaneNumbers<'a> {
        LaneNumbers {
            windows: telemetry.windows().closed().collect(),
            marks: telemetry.recent().marks().copied().collect(),
        }
    }
}
