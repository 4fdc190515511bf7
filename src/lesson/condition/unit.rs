//! Units: what a value is a number of, so that a rate is never compared with a time.

use crate::telemetry;

/// What a value is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number without a unit, as written.
    Bare,
    /// A share of a whole, 0 to 1; `90%`.
    Share,
    /// How many there are.
    Count,
    /// How many a second; `90/s`.
    Rate,
    /// Seconds; `500ms`.
    Time,
    /// One value by another: any number.
    Ratio,
}

use Unit::{Bare, Count, Rate, Ratio, Share, Time};

impl From<telemetry::Unit> for Unit {
    fn from(unit: telemetry::Unit) -> Unit {
        match unit {
            telemetry::Unit::Events => Rate,
            telemetry::Unit::Count => Count,
            telemetry::Unit::Share => Share,
            telemetry::Unit::Time => Time,
        }
    }
}

impl Unit {
    /// What it is, in a sentence.
    pub fn says(self) -> &'static str {
        match self {
            Bare => text!("condition.unit.bare"),
            Share => text!("condition.unit.share"),
            Count => text!("condition.unit.count"),
            Rate => text!("condition.unit.rate"),
            Time => text!("condition.unit.time"),
            Ratio => text!("condition.unit.ratio"),
        }
    }

    /// How to write a number of it.
    pub fn example(self) -> &'static str {
        match self {
            Share => text!("condition.write-share"),
            Rate => text!("condition.write-rate"),
            Time => text!("condition.write-time"),
            Bare | Count | Ratio => text!("condition.write-number"),
        }
    }

    /// The unit of a sum or a difference, or of either side of a comparison; none where the two do not go together.
    pub(super) fn with(self, other: Unit) -> Option<Unit> {
        match (self, other) {
            _ if self == other => Some(self),
            (Bare, Time) | (Time, Bare) => None,
            (Bare, unit) | (unit, Bare) => Some(unit),
            (Ratio, Share) | (Share, Ratio) => Some(Ratio),
            _ => None,
        }
    }

    /// The unit of a product.
    pub(super) fn times(self, other: Unit) -> Option<Unit> {
        match (self, other) {
            (Bare | Share | Ratio, unit) | (unit, Bare | Share | Ratio) => Some(unit),
            (Time, Rate) | (Rate, Time) => Some(Count),
            _ => None,
        }
    }

    /// The unit of a quotient.
    pub(super) fn over(self, other: Unit) -> Option<Unit> {
        match (self, other) {
            (unit, Bare) => Some(unit),
            _ if self == other => Some(Ratio),
            (unit, Share | Ratio) => Some(unit),
            (Count, Rate) => Some(Time),
            (Count, Time) => Some(Rate),
            (Bare, Rate) => Some(Time),
            (Bare, Time) => Some(Rate),
            (Bare | Share | Ratio, _) => Some(Ratio),
            _ => None,
        }
    }
}
