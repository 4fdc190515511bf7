//! Numbers with their units, short and steady: what a card, a chart or a table shows.
//!
//! Everything appends to a `String`, so that a frame's texts land in the sketch without an allocation, and
//! rounds with integers, so that the page does without the heavy float printer.

use crate::base::{SimDuration, SimTime};

/// Between a number and its unit: a narrow space that does not break.
const THIN: &str = "\u{202f}";

/// A whole number in groups of three: `1,204`; from a million on `1.2 M`.
pub fn count(out: &mut String, value: u64) {
    if value >= 1_000_000 {
        return scaled(out, value as f64);
    }
    if value >= 1000 {
        digits(out, value / 1000, 1);
        out.push(',');
        return digits(out, value % 1000, 3);
    }
    digits(out, value, 1);
}

/// A number of about three figures: `0.042`, `9.4`, `97`, `12 k`, `1.2 M`. What is not a number is `–`.
pub fn number(out: &mut String, value: f64) {
    let size = value.abs();
    if !value.is_finite() {
        out.push('–');
    } else if size >= 10_000.0 {
        scaled(out, value);
    } else {
        match size {
            0.0005..0.995 => fixed(out, value, 2),
            0.0..99.95 => tenths(out, value),
            _ => fixed(out, value, 0),
        }
    }
}

/// A rate: `97/s`.
pub fn rate(out: &mut String, per_s: f64) {
    // Tenths only where they say something.
    number(out, if per_s >= 10.0 { libm::round(per_s) } else { per_s });
    out.push_str("/s");
}

/// A duration of about three figures in the unit that suits it: `250 µs`, `84 ms`, `8.2 s`, `2 m 05 s`, `3 h 20 m`.
pub fn duration(out: &mut String, length: SimDuration) {
    let seconds = length.as_secs();
    let (value, unit) = match length.0 {
        0 => (0.0, "s"),
        1..1_000 => (length.0 as f64, "ns"),
        1_000..999_500 => (seconds * 1e6, "µs"),
        999_500..999_500_000 => (seconds * 1e3, "ms"),
        999_500_000..119_500_000_000 => (seconds, "s"),
        _ => {
            let whole = (seconds + 0.5) as u64;
            let (big, small) = if whole < 7200 { (60, 1) } else { (3600, 60) };
            digits(out, whole / big, 1);
            out.push_str(if big == 60 { "\u{202f}m\u{202f}" } else { "\u{202f}h\u{202f}" });
            digits(out, whole % big / small, 2);
            return out.push_str(if big == 60 { "\u{202f}s" } else { "\u{202f}m" });
        }
    };
    if value < 9.95 {
        tenths(out, value)
    } else {
        fixed(out, value, 0)
    }
    out.push_str(THIN);
    out.push_str(unit);
}

/// A share: `50 %`; small ones with a decimal.
pub fn percent(out: &mut String, share: f64) {
    let value = share * 100.0;
    if value < 9.95 {
        tenths(out, value)
    } else {
        fixed(out, value, 0)
    }
    out.push_str("\u{202f}%");
}

/// A factor: `10`, `2.5`.
pub fn factor(out: &mut String, value: f64) {
    number(out, value);
}

/// An instant as a clock: `00:52.318`, with hours only where there are any.
pub fn clock(out: &mut String, at: SimTime) {
    let millis = at.0 / 1_000_000;
    let (hours, minutes) = (millis / 3_600_000, millis / 60_000 % 60);
    if hours > 0 {
        digits(out, hours, 1);
        out.push(':');
    }
    digits(out, minutes, 2);
    out.push(':');
    digits(out, millis / 1000 % 60, 2);
    out.push('.');
    digits(out, millis % 1000, 3);
}

/// A number with so many decimals (0 to 6), rounded half up.
pub fn fixed(out: &mut String, value: f64, decimals: usize) {
    let scale = [1u64, 10, 100, 1000, 10_000, 100_000, 1_000_000][decimals.min(6)];
    // `as` saturates and sends NaN to zero.
    let units = (value.abs() * scale as f64 + 0.5) as u64;
    if value < 0.0 && units > 0 {
        out.push('−');
    }
    digits(out, units / scale, 1);
    if decimals > 0 {
        out.push('.');
        digits(out, units % scale, decimals.min(6));
    }
}

/// What one of the functions above writes, as a string of its own.
pub fn string(write: impl FnOnce(&mut String)) -> String {
    let mut out = String::new();
    write(&mut out);
    out
}

/// From ten thousand on: `12 k`, `1.2 M`, `3.4 G`.
fn scaled(out: &mut String, value: f64) {
    let size = value.abs();
    let (scale, unit) = match size {
        s if s >= 999.5e6 => (1e9, "G"),
        s if s >= 999.5e3 => (1e6, "M"),
        _ => (1e3, "k"),
    };
    let value = value / scale;
    if value.abs() < 9.95 {
        tenths(out, value)
    } else {
        fixed(out, value, 0)
    }
    out.push_str(THIN);
    out.push_str(unit);
}

/// With one decimal, unless that is a zero.
fn tenths(out: &mut String, value: f64) {
    let whole = libm::round(value * 10.0) % 10.0 == 0.0;
    fixed(out, value, usize::from(!whole));
}

/// A whole number with at least `width` digits.
fn digits(out: &mut String, mut value: u64, width: usize) {
    let mut buffer = [b'0'; 20];
    let mut at = buffer.len();
    while value > 0 || buffer.len() - at < width {
        at -= 1;
        buffer[at] = b'0' + (value % 10) as u8;
        value /= 10;
    }
    out.push_str(std::str::from_utf8(&buffer[at..]).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(write: impl FnOnce(&mut String), expected: &str) {
        assert_eq!(string(write).replace('\u{202f}', " "), expected);
    }

    #[test]
    fn numbers_are_short_and_keep_their_size() {
        for (value, expected) in
            [(0, "0"), (7, "7"), (999, "999"), (1204, "1,204"), (999_999, "999,999"), (1_234_567, "1.2 M")]
        {
            check(|out| count(out, value), expected);
        }
        for (value, expected) in [
            (0.0, "0"),
            (0.25, "0.25"),
            (0.999, "1"),
            (9.42, "9.4"),
            (12.34, "12.3"),
            (97.0, "97"),
            (1204.4, "1204"),
            (12_345.0, "12 k"),
            (-3.5, "−3.5"),
            (f64::NAN, "–"),
            (f64::INFINITY, "–"),
            (0.0001, "0"),
            (2e10, "20 G"),
        ] {
            check(|out| number(out, value), expected);
        }
        check(|out| rate(out, 97.3), "97/s");
        check(|out| rate(out, 9.42), "9.4/s");
        check(|out| percent(out, 0.5), "50 %");
        check(|out| percent(out, 0.0125), "1.3 %");
        check(|out| clock(out, SimTime::from_secs(52.318)), "00:52.318");
        check(|out| clock(out, SimTime::from_secs(3661.5)), "1:01:01.500");
    }

    #[test]
    fn durations_take_the_unit_that_suits_them() {
        for (nanos, expected) in [
            (0, "0 s"),
            (7, "7 ns"),
            (250_000, "250 µs"),
            (1_500_000, "1.5 ms"),
            (84_000_000, "84 ms"),
            (999_600_000, "1 s"),
            (8_200_000_000, "8.2 s"),
            (65_000_000_000, "65 s"),
            (125_000_000_000, "2 m 05 s"),
            (12_000_000_000_000, "3 h 20 m"),
        ] {
            check(|out| duration(out, SimDuration(nanos)), expected);
        }
        // Whatever comes, it comes to an end.
        duration(&mut String::new(), SimDuration(u64::MAX));
    }
}
