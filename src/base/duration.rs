//! Durations as people write them.

use super::time::SimDuration;

/// The units a duration may be written in, longest suffix first, with their nanoseconds.
const UNITS: [(&str, u64); 6] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// Why a text is no duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDuration {
    /// It is no number with a unit.
    Unlike,
    /// It is longer than a hundred years.
    TooLong,
    /// It has parts of a nanosecond, which there are not.
    TooFine,
}

/// Reads `"250us"`, `"20ms"`, `"1.5s"`, `"2m"`, `"1h"` (also `ns`, and `µs` for `us`).
///
/// Decimal digits are read exactly, so that what is printed by [`SimDuration`]'s `Display` reads back as
/// the same number of nanoseconds. The error is a sentence that says what was expected.
pub fn parse_duration(text: &str) -> Result<SimDuration, String> {
    read_duration(text).map_err(|why| match why {
        NoDuration::Unlike => say!("duration.unlike", text = text),
        NoDuration::TooLong => say!("duration.too-long", text = text),
        NoDuration::TooFine => say!("duration.too-fine", text = text),
    })
}

/// The same for whoever has words of its own for what is wrong.
///
/// # Errors
///
/// Why the text is no duration.
pub fn read_duration(text: &str) -> Result<SimDuration, NoDuration> {
    let wrong = || NoDuration::Unlike;
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
    let too_long = || NoDuration::TooLong;
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| too_long())? };
    let mut nanos = u128::from(whole) * u128::from(scale);
    let mut place = u128::from(scale);
    for digit in fraction.bytes() {
        let nanos_in_ten = u128::from(digit - b'0') * place;
        if nanos_in_ten % 10 != 0 || place == 0 && digit != b'0' {
            return Err(NoDuration::TooFine);
        }
        nanos += nanos_in_ten / 10;
        place /= 10;
    }
    if nanos > 100 * 366 * 24 * 3_600_000_000_000u128 {
        return Err(too_long());
    }
    Ok(SimDuration(nanos as u64))
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
        for fine in ["0.5ns", "1.0001us", "0.00000000001s", "1.0000000005s"] {
            assert_eq!(read_duration(fine), Err(NoDuration::TooFine), "{fine}");
        }
        assert_eq!(read_duration("1.500000000000s"), Ok(SimDuration(1_500_000_000)));
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
