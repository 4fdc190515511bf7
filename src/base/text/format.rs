//! Numbers with their units, short and steady, as the language writes them: what a card, a chart or a table shows.
//!
//! Everything appends to a `String`, so that a frame's texts land in the sketch without an allocation, and
//! rounds with integers, so that the page does without the heavy float printer.

use super::current::texts;
use super::key::Text;
use super::language::Language;
use super::message::{Message, Places};
use super::plural::Operands;
use super::value::Number;
use crate::base::time::{SimDuration, SimTime};

impl Number {
    /// Writes it; what plural rules ask of what was written.
    pub(super) fn write(self, out: &mut String) -> Operands {
        let language = texts().language();
        match self {
            Number::Count(value) if value >= 1_000_000 => scaled(out, language, value as f64),
            Number::Count(value) => grouped(out, language, value),
            Number::Digits(value) => {
                digits(out, value, 1);
                Operands::whole(value)
            }
            Number::Figures(value) => figures(out, language, value),
            Number::Fixed(value, decimals) => decimal(out, language, value, decimals),
            Number::Rate(per_s) => {
                // Tenths only where they say something.
                let value = if per_s >= 10.0 { libm::round(per_s) } else { per_s };
                in_unit(out, PER_SECOND, |out| figures(out, language, value))
            }
            Number::Percent(share) => {
                in_unit(out, PERCENT, |out| tenths_below_ten(out, language, share * 100.0))
            }
            Number::Duration(length) => {
                time(out, language, length);
                Operands::default()
            }
            Number::Clock(at) => {
                dial(out, language, at);
                Operands::default()
            }
        }
    }

    /// What plural rules ask of it.
    pub(super) fn operands(self) -> Operands {
        match self {
            Number::Count(value @ 0..1_000_000) | Number::Digits(value) => Operands::whole(value),
            _ => self.write(&mut String::new()),
        }
    }
}

const PER_SECOND: Text = Text::new("unit.per-second");
const PERCENT: Text = Text::new("unit.percent");
const NANOSECONDS: Text = Text::new("unit.nanoseconds");
const MICROSECONDS: Text = Text::new("unit.microseconds");
const MILLISECONDS: Text = Text::new("unit.milliseconds");
const SECONDS: Text = Text::new("unit.seconds");
const MINUTES: Text = Text::new("unit.minutes-and-seconds");
const HOURS: Text = Text::new("unit.hours-and-minutes");
const THOUSANDS: Text = Text::new("unit.thousands");
const MILLIONS: Text = Text::new("unit.millions");
const BILLIONS: Text = Text::new("unit.billions");

/// A whole number in groups of three: `1,204`; from a million on `1.2 M`.
pub fn count(out: &mut String, value: u64) {
    Number::Count(value).write(out);
}

/// A number of about three figures: `0.042`, `9.4`, `97`, `12 k`, `1.2 M`. What is not a number is `–`.
pub fn number(out: &mut String, value: f64) {
    Number::Figures(value).write(out);
}

/// A rate: `97/s`.
pub fn rate(out: &mut String, per_s: f64) {
    Number::Rate(per_s).write(out);
}

/// A duration of about three figures in the unit that suits it: `250 µs`, `84 ms`, `8.2 s`, `2 m 05 s`, `3 h 20 m`.
pub fn duration(out: &mut String, length: SimDuration) {
    Number::Duration(length).write(out);
}

/// A share: `50 %`; small ones with a decimal.
pub fn percent(out: &mut String, share: f64) {
    Number::Percent(share).write(out);
}

/// A factor: `10`, `2.5`.
pub fn factor(out: &mut String, value: f64) {
    number(out, value);
}

/// An instant as a clock: `00:52.318`, with hours only where there are any.
pub fn clock(out: &mut String, at: SimTime) {
    Number::Clock(at).write(out);
}

/// A number with so many decimals (0 to 6), rounded half up.
pub fn fixed(out: &mut String, value: f64, decimals: usize) {
    Number::Fixed(value, decimals).write(out);
}

/// The same for machines: with a point and an ASCII minus in every language.
pub fn machine_fixed(out: &mut String, value: f64, decimals: usize) {
    let (negative, units, decimals) = rounded(value, decimals);
    if negative {
        out.push('-');
    }
    with_decimals(out, units, decimals, ".");
}

/// What one of the functions above writes, as a string of its own.
pub fn string(write: impl FnOnce(&mut String)) -> String {
    let mut out = String::new();
    write(&mut out);
    out
}

/// Writes a number into its unit's text, in which its place is called `value`.
fn in_unit(out: &mut String, unit: Text, number: impl FnOnce(&mut String) -> Operands) -> Operands {
    let start = out.len();
    let operands = number(out);
    let Some(message) = texts().get(unit) else { return operands };
    // Nearly always the unit follows, and is there at once.
    if let Some(["", unit, _]) = message.around(VALUE, "") {
        out.push_str(unit);
    } else {
        let number = out.split_off(start);
        fill(out, message, &Written { all: [(VALUE, &number), (VALUE, &number)], operands });
    }
    operands
}

const VALUE: &str = "value";

/// A unit's one or two numbers, written already.
struct Written<'a> {
    all: [(&'a str, &'a str); 2],
    operands: Operands,
}

impl Places for Written<'_> {
    fn write(&self, out: &mut String, place: &str) {
        out.push_str(self.word(place));
    }

    fn operands(&self, _: &str) -> Option<Operands> {
        Some(self.operands)
    }

    fn word(&self, place: &str) -> &str {
        self.all.iter().find(|(name, _)| *name == place).map_or("", |(_, number)| number)
    }
}

fn fill(out: &mut String, message: &Message, written: &Written) {
    message.write(out, &texts().language().plural, written);
}

fn grouped(out: &mut String, language: &Language, value: u64) -> Operands {
    let least = 10_u64.pow(2 + language.min_grouping.clamp(1, 9));
    if value >= least {
        digits(out, value / 1000, 1);
        out.push_str(&language.group);
        digits(out, value % 1000, 3);
    } else {
        digits(out, value, 1);
    }
    Operands::whole(value)
}

fn figures(out: &mut String, language: &Language, value: f64) -> Operands {
    let size = value.abs();
    if !value.is_finite() {
        out.push('–');
        return Operands::default();
    }
    match size {
        10_000.0.. => scaled(out, language, value),
        0.0005..0.995 => decimal(out, language, value, 2),
        0.0..99.95 => tenths(out, language, value),
        _ => decimal(out, language, value, 0),
    }
}

/// From ten thousand on: `12 k`, `1.2 M`, `3.4 G`.
fn scaled(out: &mut String, language: &Language, value: f64) -> Operands {
    let size = value.abs();
    let (scale, power, unit) = match size {
        s if s >= 999.5e6 => (1e9, 9, BILLIONS),
        s if s >= 999.5e3 => (1e6, 6, MILLIONS),
        _ => (1e3, 3, THOUSANDS),
    };
    in_unit(out, unit, |out| {
        let short = tenths_below_ten(out, language, value / scale);
        let units = short.i * 10_u64.pow(short.v) + short.f;
        Operands::decimal(units, short.v, power)
    })
}

fn time(out: &mut String, language: &Language, length: SimDuration) {
    let seconds = length.as_secs();
    let (value, unit) = match length.0 {
        0 => (0.0, SECONDS),
        1..1_000 => (length.0 as f64, NANOSECONDS),
        1_000..999_500 => (seconds * 1e6, MICROSECONDS),
        999_500..999_500_000 => (seconds * 1e3, MILLISECONDS),
        999_500_000..119_500_000_000 => (seconds, SECONDS),
        _ => {
            let whole = (seconds + 0.5) as u64;
            let (unit, big, small, names) = if whole < 7200 {
                (MINUTES, 60, 1, ["minutes", "seconds"])
            } else {
                (HOURS, 3600, 60, ["hours", "minutes"])
            };
            let first = string(|out| digits(out, whole / big, 1));
            let second = string(|out| digits(out, whole % big / small, 2));
            if let Some(message) = texts().get(unit) {
                let all = [(names[0], first.as_str()), (names[1], second.as_str())];
                fill(out, message, &Written { all, operands: Operands::whole(whole / big) });
            }
            return;
        }
    };
    in_unit(out, unit, |out| tenths_below_ten(out, language, value));
}

fn dial(out: &mut String, language: &Language, at: SimTime) {
    let millis = at.0 / 1_000_000;
    let (hours, minutes) = (millis / 3_600_000, millis / 60_000 % 60);
    if hours > 0 {
        digits(out, hours, 1);
        out.push(':');
    }
    digits(out, minutes, 2);
    out.push(':');
    digits(out, millis / 1000 % 60, 2);
    out.push_str(&language.decimal);
    digits(out, millis % 1000, 3);
}

/// With one decimal below ten, unless that is a zero.
fn tenths_below_ten(out: &mut String, language: &Language, value: f64) -> Operands {
    if value.abs() < 9.95 { tenths(out, language, value) } else { decimal(out, language, value, 0) }
}

/// With one decimal, unless that is a zero.
fn tenths(out: &mut String, language: &Language, value: f64) -> Operands {
    let whole = libm::round(value * 10.0) % 10.0 == 0.0;
    decimal(out, language, value, usize::from(!whole))
}

fn decimal(out: &mut String, language: &Language, value: f64, decimals: usize) -> Operands {
    let (negative, units, decimals) = rounded(value, decimals);
    if negative {
        out.push('−');
    }
    with_decimals(out, units, decimals, &language.decimal);
    Operands::decimal(units, decimals as u32, 0)
}

/// Whether it is below zero, and its size in units of its last decimal, of which there are at most six.
fn rounded(value: f64, decimals: usize) -> (bool, u64, usize) {
    let decimals = decimals.min(6);
    let scale = 10_u64.pow(decimals as u32);
    // `as` saturates and sends NaN to zero.
    let units = (value.abs() * scale as f64 + 0.5) as u64;
    (value < 0.0 && units > 0, units, decimals)
}

fn with_decimals(out: &mut String, units: u64, decimals: usize, point: &str) {
    let scale = 10_u64.pow(decimals as u32);
    digits(out, units / scale, 1);
    if decimals > 0 {
        out.push_str(point);
        digits(out, units % scale, decimals);
    }
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

    fn check(number: Number, expected: &str) {
        assert_eq!(string(|out| _ = number.write(out)).replace('\u{202f}', " "), expected);
    }

    #[test]
    fn numbers_are_short_and_keep_their_size() {
        for (value, expected) in
            [(0, "0"), (7, "7"), (999, "999"), (1204, "1,204"), (999_999, "999,999"), (1_234_567, "1.2 M")]
        {
            check(Number::Count(value), expected);
        }
        check(Number::Digits(1_048_576), "1048576");
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
            check(Number::Figures(value), expected);
        }
        check(Number::Rate(97.3), "97/s");
        check(Number::Rate(9.42), "9.4/s");
        check(Number::Percent(0.5), "50 %");
        check(Number::Percent(0.0125), "1.3 %");
        check(Number::Clock(SimTime::from_secs(52.318)), "00:52.318");
        check(Number::Clock(SimTime::from_secs(3661.5)), "1:01:01.500");
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
            check(Number::Duration(SimDuration(nanos)), expected);
        }
        // Whatever comes, it comes to an end.
        duration(&mut String::new(), SimDuration(u64::MAX));
    }

    #[test]
    fn plural_rules_see_what_is_written() {
        let whole = Operands::whole;
        assert_eq!(Number::Count(1).operands(), whole(1));
        assert_eq!(Number::Figures(1.0).operands(), whole(1));
        assert_eq!(Number::Figures(1.5).operands(), Operands { i: 1, v: 1, w: 1, f: 5, t: 5, e: 0 });
        assert_eq!(Number::Fixed(1.0, 1).operands(), Operands { i: 1, v: 1, w: 0, f: 0, t: 0, e: 0 });
        assert_eq!(Number::Count(1_234_567).operands(), Operands { i: 1_200_000, e: 6, ..whole(0) });
    }

    #[test]
    fn a_language_writes_numbers_in_its_way() {
        let language = Language { decimal: ",".to_owned(), group: ".".to_owned(), ..Language::default() };
        let few = Language { min_grouping: 2, ..language.clone() };
        let write = |value: u64, language: &Language| string(|out| _ = grouped(out, language, value));
        assert_eq!([write(1204, &language), write(12_040, &language)], ["1.204", "12.040"]);
        assert_eq!([write(1204, &few), write(12_040, &few)], ["1204", "12.040"]);
        assert_eq!(string(|out| _ = figures(out, &language, 0.25)), "0,25");
        assert_eq!(string(|out| dial(out, &language, SimTime::from_secs(52.318))), "00:52,318");
        assert_eq!(string(|out| machine_fixed(out, -1234.567, 2)), "-1234.57");
    }
}
