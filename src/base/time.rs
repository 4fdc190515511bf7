//! Simulated time: whole nanoseconds, so that no platform rounds differently.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use super::language::fill;

/// An instant of simulated time, in nanoseconds since the start of the run.
///
/// Arithmetic saturates: an instant beyond [`SimTime::NEVER`] does not exist (584 years in).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(pub u64);

/// A length of simulated time, in nanoseconds. Arithmetic saturates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimDuration(pub u64);

impl SimTime {
    /// The start of every run.
    pub const ZERO: SimTime = SimTime(0);
    /// Later than anything that happens.
    pub const NEVER: SimTime = SimTime(u64::MAX);

    /// The instant `seconds` after the start; negative and NaN give the start.
    pub fn from_secs(seconds: f64) -> SimTime {
        SimTime(SimDuration::from_secs(seconds).0)
    }

    /// Seconds since the start.
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// How long after `earlier` this is; zero if it is not after it.
    pub fn since(self, earlier: SimTime) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: SimDuration = SimDuration(0);

    /// So many whole milliseconds.
    pub const fn from_millis(millis: u64) -> SimDuration {
        SimDuration(millis.saturating_mul(1_000_000))
    }

    /// So many seconds, to the nearest nanosecond; negative and NaN give zero, infinity the maximum.
    pub fn from_secs(seconds: f64) -> SimDuration {
        // `as` saturates and sends NaN to zero.
        SimDuration(libm::round(seconds * 1e9) as u64)
    }

    /// The length in seconds.
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// The length in milliseconds.
    pub fn as_millis(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// This length times `factor`, to the nearest nanosecond; saturates, NaN gives zero.
    pub fn scaled(self, factor: f64) -> SimDuration {
        if factor == 1.0 {
            return self;
        }
        SimDuration(libm::round(self.0 as f64 * factor) as u64)
    }
}

impl Add<SimDuration> for SimTime {
    type Output = SimTime;
    fn add(self, length: SimDuration) -> SimTime {
        SimTime(self.0.saturating_add(length.0))
    }
}

impl AddAssign<SimDuration> for SimTime {
    fn add_assign(&mut self, length: SimDuration) {
        *self = *self + length;
    }
}

impl Add for SimDuration {
    type Output = SimDuration;
    fn add(self, other: SimDuration) -> SimDuration {
        SimDuration(self.0.saturating_add(other.0))
    }
}

impl Sub for SimDuration {
    type Output = SimDuration;
    fn sub(self, other: SimDuration) -> SimDuration {
        SimDuration(self.0.saturating_sub(other.0))
    }
}

table! {
    const NO_DURATION: &str =
        "\"{0}\" is not a duration: write a number and a unit, such as \"250us\", \"20ms\", \"1.5s\" or \"2m\"";
    const TOO_LONG: &str = "\"{0}\" is too long: at most 100 years";
}

/// The units a duration may be written in, longest suffix first, with their nanoseconds.
const UNITS: [(&str, u64); 6] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// Reads `"250us"`, `"20ms"`, `"1.5s"`, `"2m"`, `"1h"` (also `ns`, and `µs` for `us`).
///
/// Decimal digits are read exactly, so that what is printed by [`SimDuration`]'s `Display` reads back as
/// the same number of nanoseconds. The error is a sentence that says what was expected.
pub fn parse_duration(text: &str) -> Result<SimDuration, String> {
    let wrong = || fill(NO_DURATION, &[text]);
    let trimmed = text.trim();
    let split = trimmed.find(|c: char| !(c.is_ascii_digit() || c == '.')).ok_or_else(wrong)?;
    let (number, unit) = trimmed.split_at(split);
    let unit = match unit.trim() {
        "µs" | "μs" => "us",
        other => other,
    };
    let (_, scale) = *UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(wrong)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') || fraction.len() > 30 {
        return Err(wrong());
    }
    let too_long = || fill(TOO_LONG, &[text]);
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| too_long())? };
    let mut nanos = u128::from(whole) * u128::from(scale);
    let mut place = u128::from(scale);
    for digit in fraction.bytes() {
        // Digits below a nanosecond are cut off.
        nanos += u128::from(digit - b'0') * place / 10;
        place /= 10;
    }
    if nanos > 100 * 366 * 24 * 3_600_000_000_000u128 {
        return Err(too_long());
    }
    Ok(SimDuration(nanos as u64))
}

impl fmt::Display for SimDuration {
    /// The shortest exact form in the largest unit that fits: `1.5s`, `20ms`, `250us`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = self.0;
        let (name, scale) = match nanos {
            0 => return f.write_str("0s"),
            n if n % 60_000_000_000 == 0 => ("m", 60_000_000_000),
            n if n >= 1_000_000_000 => ("s", 1_000_000_000),
            n if n >= 1_000_000 => ("ms", 1_000_000),
            n if n >= 1_000 => ("us", 1_000),
            _ => ("ns", 1),
        };
        let (whole, rest) = (nanos / scale, nanos % scale);
        if rest == 0 {
            return write!(f, "{whole}{name}");
        }
        let digits = scale.ilog10() as usize;
        let fraction = format!("{rest:0digits$}");
        write!(f, "{whole}.{}{name}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_and_print_exactly() {
        for (text, nanos) in [
            ("250us", 250_000),
            ("20ms", 20_000_000),
            ("1.5s", 1_500_000_000),
            ("2m", 120_000_000_000),
            ("0s", 0),
            ("7ns", 7),
            ("1.000000001s", 1_000_000_001),
        ] {
            assert_eq!(parse_duration(text), Ok(SimDuration(nanos)), "{text}");
            assert_eq!(SimDuration(nanos).to_string(), text);
        }
        assert_eq!(parse_duration(".5h"), Ok(SimDuration(1_800_000_000_000)));
        for nanos in [1, 999, 1_001, 61_000_000_000, 90_000_000_001, 123_456_789_012_345] {
            assert_eq!(parse_duration(&SimDuration(nanos).to_string()), Ok(SimDuration(nanos)));
        }
    }

    #[test]
    fn what_is_no_duration_says_so() {
        for text in ["", "20", "ms", "1..2s", "-5ms", "1e3s", "5 parsecs", ".s", "99999999999h", "1.5.s"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }
}
